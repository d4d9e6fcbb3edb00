#include "run/prior.h"

#include <string.h>

#define FORGOTTEN 64 /* lines, at least, that are worth a move of the others */

int prior_reserve(struct prior *prior, const struct lafz_allocator *mem, size_t n)
{
	/* Forgotten lines are most of the array: move the rest down, which costs less than them. */
	if (prior->first > prior->n / 2 && prior->first >= FORGOTTEN && prior->n_open == 0) {
		prior->n -= prior->first;
		memmove(prior->lines, prior->lines + prior->first, prior->n * sizeof *prior->lines);
		prior->first = 0;
	}
	n += prior->n;
	return n <= prior->cap ? LAFZ_OK
	                       : mem_reserve(mem, &prior->lines, &prior->cap, n, sizeof *prior->lines);
}

int prior_add(struct prior *prior, const struct lafz_allocator *mem, size_t script,
              const uint32_t sums[STATES], uint64_t end)
{
	if (end - prior->start > PRIOR_REACH)
		return LAFZ_OK;
	for (size_t i = prior->n; i < prior->n + prior->n_open; i++) {
		if (prior->lines[i].script == script) {
			prior_move(prior->lines[i].sums, sums, false);
			return LAFZ_OK;
		}
	}
	if (prior_reserve(prior, mem, prior->n_open + 1) < 0)
		return LAFZ_ERR_MEMORY;
	struct prior_line *const line = &prior->lines[prior->n + prior->n_open];
	line->start = prior->start;
	line->script = script;
	memcpy(line->sums, sums, sizeof line->sums);
	prior->n_open++;
	return LAFZ_OK;
}

void prior_end_line(struct prior *prior, uint64_t end)
{
	if (end - prior->start > PRIOR_REACH)
		prior->n_open = 0;
	for (; prior->n_open > 0; prior->n_open--) {
		const struct prior_line *const line = &prior->lines[prior->n++];
		prior_move(prior->sums[line->script], line->sums, false);
	}
}

vectors_pairs prior_start_exact(const struct prior *prior, size_t script, const struct prior_fixed *fixed)
{
	const uint32_t *const sums = prior->sums[script];
	const uint32_t most = PRIOR_MOST << PRIOR_SHARE_BITS;
	uint16_t start[STATES];
	uint32_t least = UINT32_MAX;
	for (size_t i = 0; i < STATES; i++)
		if (fixed->blocked[i] == 0 && sums[i] < least)
			least = sums[i];
	for (size_t i = 0; i < STATES; i++) {
		/* a blocked one may be less; it counts nothing */
		const uint32_t behind = sums[i] < least ? most : sums[i] - least;
		start[i] = (uint16_t)(fixed->ahead[i] + ((behind < most ? behind : most) >> PRIOR_SHARE_BITS));
	}
	return vectors_load(start);
}

void prior_reset(struct prior *prior)
{
	prior->n = prior->first = prior->n_open = 0;
	prior->start = 0;
	memset(prior->sums, 0, sizeof prior->sums);
}

void prior_free(struct prior *prior, const struct lafz_allocator *mem)
{
	mem_free(mem, prior->lines);
	*prior = (struct prior){0};
}
