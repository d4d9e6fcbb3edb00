/*
 * What a line is expected to be in: the scores of the words of the whole lines that lie in the 4
 * KiB before it, summed up, never decisions about them. Whoever reads a document from somewhere in
 * the middle, and these 4 KiB first, expects the same. A few vector operations a line.
 */
#ifndef LAFZ_RUN_PRIOR_H
#define LAFZ_RUN_PRIOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "run/model.h"
#include "run/states.h"
#include "run/vectors.h"

/* How far behind the languages of a script are, summed over the words of one line. */
struct prior_line {
	uint32_t sums[STATES];
	uint64_t start; /* its offset in the document */
	uint64_t script;
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
	uint16_t ahead[STATES];   /* what a state starts behind the others, whatever came before */
	uint16_t blocked[STATES]; /* 0 for states that may be used, else UINT16_MAX */
};

/* Adds the numbers, or takes them off. */
static inline void prior_move(uint32_t to[STATES], const uint32_t from[STATES], bool is_off)
{
	for (size_t i = 0; i < 2; i++) {
		const vectors_wide sums = vectors_load_wide(to + i * STATES / 2);
		const vectors_wide change = vectors_load_wide(from + i * STATES / 2);
		vectors_store_wide(to + i * STATES / 2, is_off ? sums - change : sums + change);
	}
}

#define PRIOR_REACH 4096u /* bytes before a line that its prior is made of */
#define PRIOR_MOST 20     /* the prior is a share of the sums; no language is further behind than this */
#define PRIOR_SHARE_BITS 2 /* 1/4 */

/* A line begins at that offset of the document. */
static inline void prior_begin_line(struct prior *prior, uint64_t start)
{
	const uint64_t reach = start < PRIOR_REACH ? 0 : start - PRIOR_REACH;
	for (; prior->first < prior->n; prior->first++) {
		const struct prior_line *const line = &prior->lines[prior->first];
		if (line->start >= reach)
			break;
		prior_move(prior->sums[line->script], line->sums, true);
	}
	prior->start = start;
	prior->n_open = 0;
}

/*
 * Words of the line up to the offset end are behind by so much. In a line longer than the reach,
 * which is in no prior, they are left out: so sums stay small. LAFZ_OK or LAFZ_ERR_MEMORY.
 */
int prior_add(struct prior *prior, const struct lafz_allocator *mem, size_t script,
              const uint32_t sums[STATES], uint64_t end);

/* The line ended at that offset. */
void prior_end_line(struct prior *prior, uint64_t end);

/* Room for n more lines: LAFZ_OK or LAFZ_ERR_MEMORY. Old ones are forgotten. */
int prior_reserve(struct prior *prior, const struct lafz_allocator *mem, size_t n);

/*
 * The same as a line that has begun, words of one script that are behind by so much, and its end; no longer than
 * the reach. There is room for it.
 */
static inline void prior_add_line(struct prior *prior, size_t script, vectors_pairs sums)
{
	struct prior_line *const line = &prior->lines[prior->n++];
	line->start = prior->start;
	line->script = script;
	for (size_t i = 0; i < 2; i++)
		vectors_store_wide(line->sums + i * STATES / 2, vectors_widen(sums, i));
	prior_move(prior->sums[script], line->sums, false);
}

/* What prior_start cannot tell: for states with sums so large that they are cut off. */
vectors_pairs prior_start_exact(const struct prior *prior, size_t script, const struct prior_fixed *fixed);

/* How far behind the states that may be used are before the first word. */
static inline vectors_pairs prior_start(const struct prior *prior, size_t script, const struct prior_fixed *fixed)
{
	const vectors_pairs most = (vectors_pairs){0} + (PRIOR_MOST << PRIOR_SHARE_BITS);
	const vectors_wide low = vectors_load_wide(prior->sums[script]);
	const vectors_wide high = vectors_load_wide(prior->sums[script] + STATES / 2);
	const vectors_pairs sums = vectors_cut_off(low, high) | vectors_load(fixed->blocked);
	const uint16_t least = vectors_least(sums);
	if (least > UINT16_MAX - (PRIOR_MOST << PRIOR_SHARE_BITS))
		return prior_start_exact(prior, script, fixed);
	return vectors_load(fixed->ahead) + (vectors_min(sums - least, most) >> PRIOR_SHARE_BITS);
}

/* Begins a new document. */
void prior_reset(struct prior *prior);

void prior_free(struct prior *prior, const struct lafz_allocator *mem);

#endif
