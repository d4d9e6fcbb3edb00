#include "run/path.h"

#include <stdbool.h>
#include <string.h>

#include "run/words.h"

#define SUM_ROUND 128 /* words whose sums, and a start, fit 15 bits */
#define LONE_LEAD 12  /* what a word between two of another language must lead by */

int path_reserve(struct path *path, const struct lafz_allocator *mem, size_t n)
{
	if (n <= path->steps_cap)
		return LAFZ_OK;
	/* in this order, so that there are as many of the others when there are steps */
	return mem_reserve(mem, &path->scores, &path->scores_cap, n, sizeof *path->scores) < 0 ||
	                       mem_reserve(mem, &path->costs, &path->costs_cap, n, sizeof *path->costs) < 0 ||
	                       mem_reserve(mem, &path->steps, &path->steps_cap, n, sizeof *path->steps) < 0
	               ? LAFZ_ERR_MEMORY
	               : LAFZ_OK;
}

static bool is_allowed(const struct path *path, size_t state)
{
	return path->blocked[state] == 0;
}

/* How far behind a state is before the first word. */
static int32_t start_of(const struct path *path, size_t state)
{
	return path->start[state] + (state == path->leader ? 0 : PATH_EDGE);
}

/* What the words are behind, summed up; SUM_ROUND of them at most. */
static struct states sum_round(const struct path *path, size_t first, size_t end)
{
	struct states sums = {{{0}, {0}}};
	for (size_t w = first; w < end; w++) {
		const struct states behind = states_of_bytes(path->scores[w].behind);
		sums.half[0] += behind.half[0];
		sums.half[1] += behind.half[1];
	}
	return sums;
}

static void sum_words(const struct path *path, size_t first, size_t end, uint32_t sums[STATES])
{
	memset(sums, 0, STATES * sizeof *sums);
	for (size_t w = first, next; w < end; w = next) {
		uint32_t wide[STATES];
		next = end - w > SUM_ROUND ? w + SUM_ROUND : end;
		const struct states part = sum_round(path, w, next);
		states_widen(&part, wide);
		for (size_t i = 0; i < STATES; i++)
			sums[i] += wide[i];
	}
}

void path_sum(struct path *path)
{
	sum_words(path, 0, path->n, path->behind);
}

/* ---- What was found ---- */

size_t path_state(const struct path *path, size_t i)
{
	return path->is_uniform ? path->leader : path->steps[i].state;
}

size_t path_stretch(const struct path *path, size_t i)
{
	if (path->is_uniform)
		return path->n;
	size_t end = i + 1;
	while (end < path->n && path->steps[end].state == path->steps[i].state)
		end++;
	return end;
}

int64_t path_lead(const struct path *path, size_t first, size_t end)
{
	if (path->is_uniform)
		return path->lead;
	const size_t state = path_state(path, first);
	uint32_t behind[STATES];
	int64_t sums[STATES];
	const bool is_whole = first == 0 && end == path->n;
	if (is_whole)
		memcpy(behind, path->behind, sizeof behind);
	else
		sum_words(path, first, end, behind);
	for (size_t i = 0; i < STATES; i++) {
		sums[i] = -(int64_t)behind[i];
		/* What a segment as a whole is in, its edge does not tell. */
		if (first == 0)
			sums[i] -= is_whole ? path->start[i] : start_of(path, i);
		/* A neighbour's language saves the switch. */
		if (first > 0 && path_state(path, first - 1) == i)
			sums[i] += path->costs[first];
		if (end < path->n && path_state(path, end) == i)
			sums[i] += path->costs[end];
	}
	int64_t lead = INT64_MAX;
	for (size_t i = 0; i < STATES; i++) {
		if (i != state && is_allowed(path, i) && sums[state] - sums[i] < lead)
			lead = sums[state] - sums[i];
	}
	return lead;
}

/* ---- All of it ---- */

/*
 * One word between two of one language is a name as likely as a quotation: it has to be surer of
 * its own than a stretch.
 */
static void join_lone_words(struct path *path)
{
	for (size_t w = 1; w + 1 < path->n; w++) {
		const uint8_t around = path->steps[w - 1].state;
		if (path->steps[w].state != around && path->steps[w + 1].state == around &&
		    path_lead(path, w, w + 1) < LONE_LEAD)
			path->steps[w].state = around;
	}
}

void path_find(struct path *path, const struct words_kernel *kernel)
{
	path->is_uniform = !path->has_lattice && kernel->is_alone(path);
	if (path->is_uniform)
		return;
	kernel->find_in_lattice(path);
	join_lone_words(path);
}

void path_free(struct path *path, const struct lafz_allocator *mem)
{
	mem_free(mem, path->scores);
	mem_free(mem, path->costs);
	mem_free(mem, path->steps);
	*path = (struct path){0};
}
