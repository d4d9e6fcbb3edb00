/*
 * Tables of folds and how a row of one acts. The tables are made from src/norm/NAME.fold; src/norm/FORMAT.md says what
 * a row means. A table can as well be built at run time: nothing here asks where it came from.
 */
#ifndef LAFZ_NORM_FOLD_H
#define LAFZ_NORM_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "norm/trace.h"

#define FOLD_MOST 3   /* code points of a source or target, at most */
#define FOLD_ENDING 8 /* letters of an ending, at most */
#define FOLD_NAME TRACE_NAME

/* Where a row acts; all bits must hold. */
enum fold_context {
	FOLD_FIRST = 1,
	FOLD_LAST = 2,
	FOLD_NOT_FIRST = 4,
	FOLD_NOT_LAST = 8,
	FOLD_NOT_ALONE = 16,
	FOLD_AFTER = 32,     /* the letter before is in the set */
	FOLD_NOT_AFTER = 64, /* it is not, or there is none */
	FOLD_BEFORE = 128,   /* the next character that is no mark and no tatweel is in the set */
	FOLD_WORD_HAS = 256, /* the word has a letter of the set */
	FOLD_NO_MARKS = 512, /* the word has no mark */
	FOLD_NOT_ENDING = 1024, /* the word ends in none of the endings */
	FOLD_OFF = 2048
};

struct fold_row {
	uint16_t from[FOLD_MOST], to[FOLD_MOST];
	uint16_t context;   /* bits of enum fold_context */
	uint16_t set, ends; /* where the set and the endings lie in the pool; 0: none */
	uint8_t n_from, n_to;
	uint8_t name; /* number of the rule's name */
};

/* The order in which the rows of a table act. */
enum fold_phase {
	FOLD_FORM,     /* a presentation form */
	FOLD_JOINER,   /* a source with tatweel or ZWNJ */
	FOLD_LETTER,   /* one letter */
	FOLD_SEQUENCE, /* several */
	FOLD_PHASES
};

/* What is worth knowing about a character of U+0600 to U+06FF under a table; bits. */
enum fold_hint {
	FOLD_HINT_LOOK = 1,  /* needs a closer look; a word without one is settled, or SIMPLE */
	FOLD_HINT_MARK = 2,  /* its combining class is not 0 */
	FOLD_HINT_JOINS = 4, /* a letter that joins on both sides, or becomes one by SIMPLE */
	FOLD_HINT_LETTER = 8,
	FOLD_HINT_SOURCE = 16, /* begins the source of a row */
	FOLD_HINT_SIMPLE = 32, /* becomes another letter of U+0600 to U+06FF wherever it stands */
	FOLD_HINT_LAST = 64,   /* a letter that needs its closer look only where no letter is right behind it */
	FOLD_HINT_PLACE = 128  /* a letter of which such a look is needed only to tell where it stands among letters, by which it becomes another one or not */
};

/*
 * What two bytes from D8 00 to DB FF say under a table, by themselves. The same as hints, for a look without decoding
 * at text of which most is calm.
 */
enum fold_calm {
	FOLD_CALM,      /* a character that stays, whatever its neighbours are */
	FOLD_CALM_MARK, /* the same unless another mark is beside it */
	FOLD_RESTLESS   /* may change; or ill-formed */
};

#define FOLD_PAIRS 1024

struct fold_table {
	const struct fold_row *rows;
	const uint16_t *pool;            /* the sets and endings of the rows */
	const uint8_t *hints;            /* 256, bits of enum fold_hint */
	const uint8_t *calm;             /* FOLD_PAIRS, enum fold_calm, by fold_pair */
	const char (*names)[FOLD_NAME];  /* of the rules */
	uint8_t begins[FOLD_PHASES + 1]; /* where the rows of each phase begin */
	bool is_wide;                    /* hints do not tell where the rows act */
	bool is_given; /* made at run time: it may have rows that make a word longer */
};

/* The table of a language; for a language without one that with no rows. Never NULL. */
const struct fold_table *fold_table(uint16_t lang);

/* False: no source of the phase begins anywhere in the word, so fold_apply would only copy it. */
bool fold_may_act(const struct fold_table *table, enum fold_phase phase, const uint32_t *in,
                  size_t n);

/*
 * Lets the rows of one phase act on the word in, n characters, and writes the result to out, which
 * has room for n * FOLD_MOST (n, for the built-in tables) and is not in. Returns its count. *acted
 * is set if a row did. trace, if there is one, follows. Linear.
 */
size_t fold_apply(const struct fold_table *table, enum fold_phase phase, const uint32_t *in,
                  size_t n, uint32_t *out, struct trace *trace, bool *acted);

/* The phase in which a source of n code points acts. */
enum fold_phase fold_phase(const uint16_t *from, size_t n);

/* The place of the two bytes at s in fold_table.calm; FOLD_PAIRS or more: they are not of D8 00 to DB FF. */
static inline uint32_t fold_pair(const unsigned char *s)
{
	return ((uint32_t)s[0] << 8 | s[1]) - 0xD800;
}

/* How far the character of U+0600 to U+06FF in the two bytes at s is behind U+0600: its place in fold_table.hints. */
static inline uint8_t fold_number(const unsigned char *s)
{
	return (uint8_t)((s[0] & 3u) << 6 | (s[1] & 0x3Fu));
}

/* The same as fold_pair for two characters at once, in the four bytes at s. False: some are not of D8 80 to DB BF. */
static inline bool fold_two_pairs(const unsigned char *s, uint32_t *first, uint32_t *second)
{
	const uint32_t four = (uint32_t)s[0] << 24 | (uint32_t)s[1] << 16 | (uint32_t)s[2] << 8 |
	                      s[3];
	*first = four >> 16 & (FOLD_PAIRS - 1);
	*second = four & (FOLD_PAIRS - 1);
	return (four & 0xFCC0FCC0) == 0xD880D880;
}

/* Fills the 256 hints and FOLD_PAIRS of calm of a table that has its rows, and is_wide. */
void fold_hints_of(struct fold_table *table, uint8_t *hints, uint8_t *calm);

/* What a letter with FOLD_HINT_SIMPLE becomes. */
uint32_t fold_simple(const struct fold_table *table, uint32_t cp);

/* Where a letter stands in a word: offsets of any kind that ascend. */
struct fold_place {
	size_t at, first, last; /* of the letter, and of the first and last one of the word */
	uint32_t before;        /* the letter before, already folded; 0: none */
};

/* What a letter with FOLD_HINT_PLACE becomes there. */
uint32_t fold_by_place(const struct fold_table *table, uint32_t cp, const struct fold_place *place);

/* What a row makes of a letter and ZWNJ right behind it, wherever they stand; 0: there is none. */
uint32_t fold_joined(const struct fold_table *table, uint32_t cp);

/*
 * What the last letter of a word becomes by rows for one letter, where all letters and marks of it are as they have become before. It may
 * be written over.
 */
uint32_t fold_last(const struct fold_table *table, uint32_t *word, size_t n);

/* The row for a presentation form, NULL if the language has none of its own. */
const struct fold_row *fold_form(const struct fold_table *table, uint32_t cp);

/* The name of a row's rule, for instance "fa-kaf". Lives as long as the table. */
const char *fold_name(const struct fold_table *table, const struct fold_row *row);

/* The letters a language calls its own, ascending: returns how many and sets *cps; 0 if none are known. */
size_t fold_alphabet(uint16_t lang, const uint16_t **cps);

#endif
