/*
 * What a line is expected to be in: the scores of the words of the whole lines that lie in the 4
 * KiB before it, summed up, never decisions about them. Whoever reads a document from somewhere in
 * the middle, and these 4 KiB first, expects the same. A few vector operations a line.
 */
#ifndef LAFZ_RUN_PRIOR_H
#define LAFZ_RUN_PRIOR_H

#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "run/model.h"
#include "run/states.h"

/* How far behind the languages of a script are, summed over the words of one line. */
struct prior_line {
	uint64_t start; /* its offset in the document */
	uint32_t script;
	uint32_t sums[STATES];
};

struct prior {
	/* Lines with words in them, owned: those that count, then those of the line so far. */
	struct prior_line *lines;
	size_t n, cap;
	size_t first;   /* the oldest that counts */
	size_t n_open;  /* of the line so far, not counted in n: a script each */
	uint64_t start; /* of the line so far */
	/* Sums of the lines that count for it. */
	uint32_t sums[RUN_SCRIPTS][STATES];
};

/* What does not change from line to line, for each script. */
struct prior_fixed {
	int16_t ahead[STATES];   /* what a state starts behind the others, whatever came before */
	int32_t blocked[STATES]; /* 0 for states that may be used, else INT32_MAX */
};

/* A line begins at that offset of the document. */
void prior_begin_line(struct prior *prior, uint64_t start);

/*
 * Words of the line up to the offset end are behind by so much. In a line longer than the reach,
 * which is in no prior, they are left out: so sums stay small. LAFZ_OK or LAFZ_ERR_MEMORY.
 */
int prior_add(struct prior *prior, const struct lafz_allocator *mem, size_t script,
              const uint32_t sums[STATES], uint64_t end);

/* The line ended at that offset. */
void prior_end_line(struct prior *prior, uint64_t end);

/* How far behind the states that may be used are before the first word. */
void prior_find_start(const struct prior *prior, size_t script, const struct prior_fixed *fixed,
                      int16_t start[STATES]);

/* Begins a new document. */
void prior_reset(struct prior *prior);

void prior_free(struct prior *prior, const struct lafz_allocator *mem);

#endif
