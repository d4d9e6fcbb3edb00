/*
 * Lines that are in one language, which most are, settled without the words of a path: all that is
 * asked of their words is what they are behind, summed up. Exact: what is settled here is what
 * path_find would say. What is not, and what is not a whole line, is left to it.
 *
 * One look-up a word (memo.h), some hundred instructions a line.
 */
#ifndef LAFZ_RUN_LINES_H
#define LAFZ_RUN_LINES_H

#include "base/mem.h"
#include "piece.h"
#include "run/memo.h"
#include "run/model.h"
#include "run/states.h"
#include "segment/segment.h"

struct run_stage;

#define LINES_PIECES 256 /* of a line, at most: sums of so many words, and a start, fit 16 bits */

#define LINES_WORDS 64  /* words of lines in a row, at least, whose places are asked for before they are looked at */
#define LINES_GROUP 16  /* such lines, at most */

struct lines_word {
	struct memo_key key;
	const struct memo_place *place; /* NULL: it has no key */
	uint32_t piece;
};

/* The words of some lines in a row. */
struct lines_words {
	struct lines_word words[LINES_WORDS + LINES_PIECES];
	size_t n;
	/* Of each line the word behind its last one, and whether there may be other pieces between its words. */
	uint32_t ends[LINES_GROUP], gaps[LINES_GROUP];
	size_t n_lines;
};

/* What is asked of the states of a script. */
struct lines_states {
	uint16_t leader;         /* of the line before: the first guess */
	uint16_t others[STATES]; /* 0 for all states that may be used but the leader, else UINT16_MAX */
};

/*
 * Runs of segment *s of the region and those that follow it, up to one that is not settled; *s is
 * that one then, or their number. The evidence is ready. LAFZ_OK or LAFZ_ERR_MEMORY.
 */
typedef int lines_function(struct run_stage *stage, const struct lafz_allocator *mem,
                           const struct segments *segments, struct pieces *pieces, size_t *s);

/* Both give the same. */
lines_function lines_plain, lines_avx2;

/* The fastest one that a processor can run which runs the scanner's kernel of that name. */
lines_function *lines_find(const char *kernel);

/* A new leader: the state that is least in the totals. */
void lines_lead(struct lines_states *states, const uint16_t blocked[STATES], const uint16_t totals[STATES]);

#endif
