/*
 * Lines that are in one language, which most are, settled without the words of a path: all that is
 * asked of their words is what they are behind, summed up. Exact: what is settled here is what
 * path_find would say. What is not, and what is not a whole line, is left to it.
 *
 * Some lines together (lines_words.h), and no loop over the words of one line: each would end at a branch that cannot be
 * foreseen, which costs as much as two words.
 */
#ifndef LAFZ_RUN_LINES_H
#define LAFZ_RUN_LINES_H

#include "base/mem.h"
#include "piece.h"
#include "run/atoms.h"
#include "run/bytes.h"
#include "run/memo.h"
#include "run/model.h"
#include "run/states.h"
#include "run/vectors.h"
#include "segment/segment.h"

struct run_stage;

#define LINES_PIECES 256 /* of a line, at most: sums of so many words, and a start, fit 16 bits */
#define LINES_WORDS 384  /* pieces of lines in a row, at least, that are looked at together */
#define LINES_MOST (LINES_WORDS + LINES_PIECES)
#define LINES_ATOMS 512  /* of a line, at most; and of lines in a row, at least, that are looked at together */
/* Of lines in a row, at least, whose words are found by bytes, that are looked at together; letters of Arabic script have two. */
#define LINES_BYTES_LATN 2048
#define LINES_BYTES_ARAB 4096
#define LINES_BLOCKS ((LINES_BYTES_ARAB + LINES_LONGEST) / 64 + 2)
#define LINES_LONGEST 4096 /* bytes of a line, at most: that a prior reaches */
#define LINES_ALIGN 64 /* bytes of a cache line: what is written together does not lie in two */
#define LINES_SLACK 64 /* entries behind the last one that may be read and written */
#define LINES_STRETCHES 64 /* of lines that are looked at together, at most */

/* Lines in a row whose words are of one script. */
struct lines_stretch {
	size_t last;     /* the segment behind them */
	size_t word_end; /* the word behind theirs */
	size_t script;
};

/* Of each 64 pieces, atoms or bytes: a bit for each that is a word, and how many words are before them. */
struct lines_bits {
	uint64_t bits[LINES_BLOCKS];
	uint32_t before[LINES_BLOCKS + 1];
};

#define LINES_EITHER 0 /* lines are of one script each, and their words in the order of the text */

/* The words of some lines in a row. */
struct lines_words {
	/* of each word: its key, how many bytes its place is behind the first one of the memo, what it is behind */
	_Alignas(LINES_ALIGN) struct memo_key keys[LINES_MOST + LINES_SLACK];
	unsigned char scores[LINES_MOST][MEMO_VALUE];
	uint32_t pieces[LINES_MOST + LINES_SLACK]; /* of lines that are looked at again */
	uint32_t places[LINES_MOST + LINES_SLACK];
	_Alignas(LINES_ALIGN) uint16_t sums[LINES_MOST + 1][STATES]; /* of what all words before it are behind, modulo 2^16 */
	uint32_t fresh[LINES_MOST];            /* those that the memo does not have */
	uint32_t others[LINES_MOST];           /* of each that is not in its first place: as in places, the other one */
	uint32_t once[RUN_SCRIPTS + 1][LINES_MOST]; /* each of these once, by script, and those without a key */
	/* where they begin and end */
	uint32_t starts[LINES_MOST + LINES_SLACK], ends[LINES_MOST + LINES_SLACK];
	/* which pieces are words of a script; which atoms or bytes words begin with, of either: LINES_EITHER */
	struct lines_bits found[RUN_SCRIPTS];
	uint64_t third[LINES_BLOCKS]; /* which pieces are words of a third one; set where lines are of both, if there are any: has_third */
	bool has_third;
	size_t begin[RUN_SCRIPTS]; /* the first word of those that are pieces, which are in the order of scripts; of others 0 */
	size_t first; /* the first piece, atom or byte */
	size_t n;
	struct lines_stretch stretches[LINES_STRETCHES];
	size_t n_stretches;
	/* the end of the text, with zeros behind it: words that begin from safe on are read from here */
	char end[2 * MEMO_READ];
	uint32_t safe;
};

/* Where a word can be read from: there are MEMO_READ bytes. */
static inline const char *lines_word(const struct lines_words *words, const char *text, size_t w)
{
	const uint32_t start = words->starts[w];
	return start < words->safe ? text + start : words->end + (start - words->safe);
}

/* The state that the words of a line are least behind. That of the line before is the first guess. */
struct lines_leader {
	uint32_t state;
	uint16_t others[STATES]; /* 0 for all states that may be used but the leader, else UINT16_MAX */
};

/* A new leader, by what each state is behind; blocked is 0 for all that may be used, else UINT16_MAX. */
static inline void lines_lead(struct lines_leader *leader, vectors_pairs behind, vectors_pairs blocked)
{
	const vectors_pairs all = behind | blocked;
	leader->state = vectors_first_of(all, vectors_least(all));
	vectors_store(leader->others, blocked | vectors_only(leader->state));
}

/* Runs of all segments of the region. The evidence is ready. LAFZ_OK or LAFZ_ERR_MEMORY. */
typedef int lines_function(struct run_stage *stage, const struct lafz_allocator *mem,
                           const struct segments *segments, struct pieces *pieces);

/* All give the same. */
lines_function lines_plain, lines_avx2, lines_avx512;

/* The same by atoms, as run_atoms says. */
typedef int lines_atoms_function(struct run_stage *stage, const struct lafz_allocator *mem, const struct segments *segments,
                                 struct run_atoms *atoms, struct run_line *lines, size_t *s);

lines_atoms_function lines_atoms_plain, lines_atoms_avx2, lines_atoms_avx512;

/* The same by bytes, as run_bytes says. */
typedef int lines_bytes_function(struct run_stage *stage, const struct lafz_allocator *mem, struct run_bytes *bytes, size_t end,
                                 struct run_line *lines, size_t *at);

lines_bytes_function lines_bytes_plain, lines_bytes_avx2, lines_bytes_avx512;

/* The fastest one that a processor can run which runs the scanner's kernel of that name. */
lines_function *lines_find(const char *kernel);
lines_atoms_function *lines_atoms_find(const char *kernel);
lines_bytes_function *lines_bytes_find(const char *kernel);

#endif
