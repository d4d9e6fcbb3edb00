#include "run/prior.h"

#include <string.h>

#include "base/pages.h"

#define FORGOTTEN 256 /* lines, at least, that are worth a move of the others */

/* No line before the first one. */
static void begin(struct prior_lines *lines)
{
	memset(lines->before, 0, sizeof *lines->before);
	for (size_t i = 0; i < PRIOR_AHEAD; i++)
		lines->starts[i] = PRIOR_NEVER;
}

/* Forgotten lines are most of the arrays: moves the rest down, which costs less than them. */
static void move_down(struct prior_lines *lines)
{
	lines->n -= lines->first;
	memmove(lines->before, lines->before + lines->first, (lines->n + 1) * sizeof *lines->before);
	memmove(lines->starts, lines->starts + lines->first, (lines->n + PRIOR_AHEAD) * sizeof *lines->starts);
	lines->first = 0;
}

/*
 * A new block, since rows begin with a cache line: a row is looked at right after it was written, and one that lay in two lines would
 * have to be in the cache before.
 */
static int enlarge(struct prior_lines *lines, const struct lafz_allocator *mem, size_t need)
{
	struct prior_lines larger = *lines;
	size_t size;
	larger.cap = mem_capacity(lines->cap, need);
	if (larger.cap == 0 || !size_mul(larger.cap, sizeof *larger.before + sizeof *larger.starts, &size))
		return LAFZ_ERR_MEMORY;
	larger.before = pages_alloc_zero(mem, size, &larger.block);
	if (!larger.before)
		return LAFZ_ERR_MEMORY;
	larger.starts = (uint64_t *)(void *)(larger.before + larger.cap);
	if (lines->block) {
		memcpy(larger.before, lines->before, (lines->n + 1) * sizeof *lines->before);
		memcpy(larger.starts, lines->starts, (lines->n + PRIOR_AHEAD) * sizeof *lines->starts);
	} else {
		begin(&larger);
	}
	mem_free(mem, lines->block);
	*lines = larger;
	return LAFZ_OK;
}

static int reserve(struct prior_lines *lines, const struct lafz_allocator *mem, size_t n)
{
	if (lines->first > lines->n / 2 && lines->first >= FORGOTTEN)
		move_down(lines);
	n += lines->n + PRIOR_AHEAD;
	return n <= lines->cap ? LAFZ_OK : enlarge(lines, mem, n);
}

int prior_reserve(struct prior *prior, const struct lafz_allocator *mem, size_t n)
{
	for (size_t s = 0; s < RUN_SCRIPTS; s++)
		if (reserve(&prior->scripts[s], mem, n) < 0)
			return LAFZ_ERR_MEMORY;
	return LAFZ_OK;
}

void prior_add(struct prior *prior, size_t script, const uint32_t sums[STATES], uint64_t end)
{
	struct prior_lines *const lines = &prior->scripts[script];
	if (end - prior->start > PRIOR_REACH)
		return;
	const vectors_sums more = vectors_load_sums(sums);
	vectors_store_sums(lines->open, lines->is_open ? vectors_add(vectors_load_sums(lines->open), more) : more);
	lines->is_open = true;
}

void prior_end_line(struct prior *prior, uint64_t end)
{
	for (size_t s = 0; s < RUN_SCRIPTS; s++) {
		struct prior_lines *const lines = &prior->scripts[s];
		if (lines->is_open && end - prior->start <= PRIOR_REACH)
			prior_put(prior, s, vectors_load_sums(lines->open));
		lines->is_open = false;
	}
}

vectors_pairs prior_start_exact(const uint32_t sums[STATES], const struct prior_fixed *fixed)
{
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
	for (size_t s = 0; s < RUN_SCRIPTS; s++) {
		struct prior_lines *const lines = &prior->scripts[s];
		lines->n = lines->first = 0;
		lines->is_open = false;
		if (lines->block)
			begin(lines);
	}
	prior->start = 0;
}

void prior_free(struct prior *prior, const struct lafz_allocator *mem)
{
	for (size_t s = 0; s < RUN_SCRIPTS; s++)
		mem_free(mem, prior->scripts[s].block);
	*prior = (struct prior){0};
}
