/*
 * What a line is expected to be in: the scores of the words of the whole lines that lie in the 4
 * KiB before it, summed up, never decisions about them. Whoever reads a document from somewhere in
 * the middle, and these 4 KiB first, expects the same. A few vector operations a line: what is kept
 * are sums from the document's start on, of which those of two lines differ by what lies between.
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

/* How far behind the languages are, summed over lines; modulo 2^32. */
struct prior_sums {
	uint32_t states[STATES];
};

#define PRIOR_AHEAD 4             /* lines that are looked at together */
#define PRIOR_NEVER ((uint64_t)INT64_MAX) /* where no line starts */

/* The lines with words of one script. */
struct prior_lines {
	void *block;               /* owned */
	struct prior_sums *before; /* in it, each a cache line: of all lines before each, and of all */
	uint64_t *starts;          /* behind them: their offsets in the document, PRIOR_NEVER for PRIOR_AHEAD more */
	size_t n, cap;
	size_t first; /* the oldest that counts */
	bool is_open;          /* the line so far has words of the script */
	uint32_t open[STATES]; /* their sums */
};

struct prior {
	struct prior_lines scripts[RUN_SCRIPTS];
	uint64_t start; /* of the line so far */
};

/* What does not change from line to line, for each script. */
struct prior_fixed {
	uint16_t ahead[STATES];   /* what a state starts behind the others, whatever came before */
	uint16_t blocked[STATES]; /* 0 for states that may be used, else UINT16_MAX */
};

#define PRIOR_REACH 4096u /* bytes before a line that its prior is made of */
#define PRIOR_MOST 20     /* the prior is a share of the sums; no language is further behind than this */
#define PRIOR_SHARE_BITS 2 /* 1/4 */

/* Room for n more lines of each script: LAFZ_OK or LAFZ_ERR_MEMORY. Old ones are forgotten. All else asks for it. */
int prior_reserve(struct prior *prior, const struct lafz_allocator *mem, size_t n);

/* A line begins at that offset of the document. */
static inline void prior_begin_line(struct prior *prior, uint64_t start)
{
	prior->start = start;
	for (size_t s = 0; s < RUN_SCRIPTS; s++)
		prior->scripts[s].is_open = false;
}

/* A line of one script that began last, words that are behind by so much. There is room for it. */
static inline void prior_put(struct prior *prior, size_t script, vectors_sums sums)
{
	struct prior_lines *const lines = &prior->scripts[script];
	const size_t n = lines->n++;
	lines->starts[n] = prior->start;
	lines->starts[n + PRIOR_AHEAD] = PRIOR_NEVER;
	vectors_store_sums(lines->before[n + 1].states, vectors_add(vectors_load_sums(lines->before[n].states), sums));
}

/*
 * Words of the line up to the offset end are behind by so much. In a line longer than the reach,
 * which is in no prior, they are left out: so sums stay small.
 */
void prior_add(struct prior *prior, size_t script, const uint32_t sums[STATES], uint64_t end);

/* The line ended at that offset. There is room for it. */
void prior_end_line(struct prior *prior, uint64_t end);

/* The same as a line that has begun, words of one script that are behind by so much, and its end; no longer than the reach. */
static inline void prior_add_line(struct prior *prior, size_t script, vectors_pairs sums)
{
	prior_put(prior, script, vectors_widen(sums));
}

/* Forgets the lines that do not lie in the reach. Most often it is one or two, so these are not counted by branches. */
static inline void prior_forget(struct prior_lines *lines, uint64_t start)
{
	const uint64_t reach = start < PRIOR_REACH ? 0 : start - PRIOR_REACH;
	const uint64_t *at;
	size_t first = lines->first;
	do {
		/* no vectors: the way through these from line to line is what is waited for, and theirs is twice as long */
		at = lines->starts + first;
		const size_t two = (size_t)(at[0] < reach) + (size_t)(at[1] < reach);
		first += two + ((size_t)(at[2] < reach) + (size_t)(at[3] < reach));
	} while (at[PRIOR_AHEAD - 1] < reach);
	lines->first = first;
}

/* What prior_start cannot tell: for states with sums so large that they are cut off. */
vectors_pairs prior_start_exact(const uint32_t sums[STATES], const struct prior_fixed *fixed);

/* How far behind the states that may be used are before the first word of the line. */
static inline vectors_pairs prior_start(struct prior *prior, size_t script, const struct prior_fixed *fixed)
{
	struct prior_lines *const lines = &prior->scripts[script];
	prior_forget(lines, prior->start);
	const vectors_pairs most = (vectors_pairs){0} + (PRIOR_MOST << PRIOR_SHARE_BITS);
	const vectors_sums all = vectors_subtract(vectors_load_sums(lines->before[lines->n].states),
	                                          vectors_load_sums(lines->before[lines->first].states));
	const vectors_pairs sums = vectors_cut_off(all) | vectors_load(fixed->blocked);
	const uint16_t least = vectors_least(sums);
	if (least > UINT16_MAX - (PRIOR_MOST << PRIOR_SHARE_BITS)) {
		uint32_t exact[STATES];
		vectors_store_sums(exact, all);
		return prior_start_exact(exact, fixed);
	}
	return vectors_load(fixed->ahead) + (vectors_min(sums - least, most) >> PRIOR_SHARE_BITS);
}

/* Begins a new document. */
void prior_reset(struct prior *prior);

void prior_free(struct prior *prior, const struct lafz_allocator *mem);

#endif
