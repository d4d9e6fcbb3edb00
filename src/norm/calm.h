/*
 * Text in which nothing can change, found without a look at its tokens: what norm_token would settle for each of them.
 * Linear.
 */
#ifndef LAFZ_NORM_CALM_H
#define LAFZ_NORM_CALM_H

#include <stdbool.h>
#include <stddef.h>

#include "norm/fold.h"

enum calm_kind {
	CALM_QUIET = 0x80, /* FOLD_CALM */
	CALM_MARK = 0x40,  /* FOLD_CALM_MARK */
	CALM_JOINS = 0x20, /* FOLD_HINT_JOINS */
	CALM_LETTER = 0x10, /* FOLD_HINT_LETTER */
	CALM_CHANGES = 0x08 /* FOLD_HINT_SIMPLE */
};

/*
 * What a table says of the characters D8 80 to DB BF, for a look at many of them at once: the row by bit 1 of the first byte, the
 * place in it by the lower half of the second, the bit by the bits 4 and 5 of that and bit 0 of the first.
 */
struct calm_sieve {
	uint8_t quiet[2][16], marks[2][16]; /* FOLD_CALM; FOLD_CALM_MARK */
	uint8_t changes[2][16];             /* FOLD_HINT_SIMPLE */
	uint8_t kinds[256]; /* bits of enum calm_kind, by the lower two bits of the first byte and six of the second */
	uint8_t becomes[256]; /* what such a letter becomes, as kinds: U+0600 and so many */
	const struct fold_table *table;     /* what it was made of; NULL: nothing yet */
};

void calm_sieve_make(struct calm_sieve *sieve, const struct fold_table *table);

#define CALM_NOTED 512

/*
 * What changes without a change of any length, by its place. Two marks side by side, by the second, of which calm_noted_keep leaves those
 * in the wrong order: all that can change there is that they change places. They are whole rows, no mark is beside them. And letters that
 * become another one wherever they stand in a word (FOLD_HINT_SIMPLE), or may by where (FOLD_HINT_PLACE) and stand between letters and
 * spaces.
 */
struct calm_noted {
	uint32_t at[CALM_NOTED];
	size_t n;
};

/* Whether the mark at a place and the one before it are in the wrong order. */
bool calm_is_turned(const char *text, size_t at);

/* Between which and a letter a word begins or ends. */
static inline bool calm_is_space(unsigned char byte)
{
	return byte == ' ' || byte == '\n';
}

/* Whether what was noted at a place is a letter, not a mark. */
bool calm_is_letter(const char *text, size_t at);

/* Leaves of the pairs of text those in the wrong order (canonical order), and of all the ones before a place. */
void calm_noted_keep(struct calm_noted *list, const char *text, size_t end);

/*
 * The bytes from the beginning of text on that the profile standard leaves as they are, without options, wherever
 * the borders of tokens and gaps lie in them: ASCII, Latin letters below U+0300, U+0600 to U+06FF by the table, dashes
 * and quotes; ZWNJ between two letters of which the first joins, beside which no border is, since an atom holds all three; and,
 * for the same reason, a letter right before another one, if it changes only where it is the last one (FOLD_HINT_LAST).
 * What stands behind them may change or not. The table is of the language of the words, the sieve is made of it. room >=
 * len bytes may be read.
 *
 * Rows of marks in the right order are among them. With a list, so are two marks in the wrong order, and letters that become others, as
 * long as there is room to note them; they are then in the list, others may be as well, also behind the bytes.
 */
typedef size_t calm_function(const struct fold_table *table, const struct calm_sieve *sieve,
                             const char *text, size_t len, size_t room, struct calm_noted *list);

/* calm_len is the reference; all give the same. */
calm_function calm_len, calm_avx2, calm_avx512;

/* The fastest one that a processor can run which runs the scanner's kernel of that name. */
calm_function *calm_find(const char *kernel);

/* For the others: the bytes of the character at i if it is calm and not ASCII, else 0. */
size_t calm_char(const struct fold_table *table, const char *text, size_t i, size_t len,
                 struct calm_noted *list);

#endif
