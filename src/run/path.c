#include "run/path.h"

#include <stdbool.h>
#include <string.h>

#include "run/words.h"

#define FAR 1900      /* a state further behind than this is as far as this */
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

/* ---- The leader ---- */

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

/* What all words are behind, as if the least of the states that may be used were 0, and cut off: no lead of that size matters. */
static struct states sum_all(const struct path *path)
{
	struct states sums;
	uint32_t least = UINT32_MAX;
	for (size_t i = 0; i < STATES; i++)
		if (path->blocked[i] == 0 && path->behind[i] < least)
			least = path->behind[i];
	for (size_t i = 0; i < STATES; i++) {
		const uint32_t distance = path->behind[i] < least ? 0 : path->behind[i] - least;
		states_set(&sums, i, (int16_t)(distance < FAR ? distance : FAR));
	}
	return sums;
}

/* STATES_BLOCKED for states that may not be used, and for one more. */
static struct states blocked_but(const struct path *path, size_t state)
{
	const struct states blocked = states_load(path->blocked), is_state = states_only(state);
	return (struct states){{blocked.half[0] | (is_state.half[0] & STATES_BLOCKED),
	                        blocked.half[1] | (is_state.half[1] & STATES_BLOCKED)}};
}

/* The least of the numbers, 0 or more, of the states that are not blocked. */
static inline int16_t least_of(const struct states *numbers, const struct states *blocked)
{
	const struct states usable = {
		{numbers->half[0] | blocked->half[0], numbers->half[1] | blocked->half[1]}};
	return states_least(&usable);
}

/* The state that is least in totals; the lowest one of equals. */
static size_t find_least(const struct path *path, const struct states *totals)
{
	const struct states blocked = states_load(path->blocked);
	const int16_t least = least_of(totals, &blocked);
	size_t state = 0;
	while (!is_allowed(path, state) || states_get(totals, state) != least)
		state++;
	return state;
}

/*
 * The state that the words as a whole speak for most, with their sums. Most often it is the one of
 * the segment before. Returns by how much the best of the others starts behind it.
 */
static int32_t find_leader(struct path *path)
{
	const struct states start = states_load(path->start);
	struct states totals = sum_all(path);
	totals.half[0] += start.half[0];
	totals.half[1] += start.half[1];
	struct states blocked = blocked_but(path, path->leader);
	int32_t next = least_of(&totals, &blocked), own = states_get(&totals, path->leader);
	if (own >= next || !is_allowed(path, path->leader)) {
		path->leader = find_least(path, &totals);
		blocked = blocked_but(path, path->leader);
		next = least_of(&totals, &blocked);
		own = states_get(&totals, path->leader);
	}
	path->lead = next == STATES_BLOCKED ? INT64_MAX : next - own;
	return least_of(&start, &blocked) + PATH_EDGE - path->start[path->leader];
}

void path_begin(struct path *path, const struct words_kernel *kernel, uint8_t least)
{
	const int32_t others_start = find_leader(path);
	/* one other state has no more of all words than the leader: all that more than one gain, and start ahead */
	const uint32_t gains = path->behind[path->leader] + (others_start < 0 ? (uint32_t)-others_start : 0);
	path->is_uniform = !path->has_lattice && (path->lead == INT64_MAX || gains < least || kernel->is_alone_at(path, least));
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
