#include "run/path.h"

#include <stdbool.h>

#define FINE 16 /* parts of a unit */

struct path_word *path_add(struct path *path, const struct lafz_allocator *mem)
{
	if (mem_reserve(mem, &path->words, &path->cap, path->n + 1, sizeof *path->words) < 0)
		return NULL;
	return &path->words[path->n++];
}

static bool is_allowed(const struct path *path, size_t state)
{
	return (path->allowed >> state) & 1;
}

static size_t best_of(const struct path *path, const int32_t *sums)
{
	size_t best = path->n_states;
	for (size_t i = 0; i < path->n_states; i++) {
		if (is_allowed(path, i) && (best == path->n_states || sums[i] > sums[best]))
			best = i;
	}
	return best;
}

/* The state that the words as a whole speak for most. */
static size_t leader_of(const struct path *path)
{
	int64_t sums[EVIDENCE_STATES] = {0};
	size_t leader = path->n_states;
	for (size_t i = 0; i < path->n_states; i++) {
		for (size_t w = 0; w < path->n; w++)
			sums[i] += path->words[w].scores[i];
		if (is_allowed(path, i) && (leader == path->n_states || sums[i] > sums[leader]))
			leader = i;
	}
	return leader;
}

/*
 * One step: sums become those of the paths that end with this word in each state. They are kept
 * relative to the best one, which bounds them: no state is further behind than a switch and one
 * word. They are in FINE parts of a unit, and the leader gets one part a word, so that of two paths
 * of the same worth the one wins that leaves words without evidence to it.
 */
static void step(const struct path *path, struct path_word *word, size_t leader, int32_t *sums)
{
	const size_t best = best_of(path, sums);
	const int32_t top = sums[best];
	const int32_t cost = FINE * (int32_t)word->cost;
	word->from = (uint8_t)best;
	word->stays = 0;
	for (size_t i = 0; i < path->n_states; i++) {
		if (!is_allowed(path, i))
			continue;
		int32_t sum = sums[i] - top;
		if (sum >= -cost)
			word->stays |= (uint8_t)(1u << i);
		else
			sum = -cost;
		sums[i] = sum + FINE * word->scores[i] + (i == leader);
	}
}

void path_find(struct path *path)
{
	if (path->n == 0)
		return;
	const size_t leader = leader_of(path);
	int32_t sums[EVIDENCE_STATES];
	for (size_t i = 0; i < EVIDENCE_STATES; i++)
		sums[i] = FINE * (path->start[i] + path->words[0].scores[i]) + (i == leader);
	for (size_t i = 1; i < path->n; i++)
		step(path, &path->words[i], leader, sums);
	size_t state = best_of(path, sums);
	for (size_t i = path->n; i-- > 0;) {
		struct path_word *const word = &path->words[i];
		word->state = (uint8_t)state;
		if (i > 0 && !((word->stays >> state) & 1))
			state = word->from;
	}
}

size_t path_stretch(const struct path *path, size_t i)
{
	size_t end = i + 1;
	while (end < path->n && path->words[end].state == path->words[i].state)
		end++;
	return end;
}

int64_t path_lead(const struct path *path, size_t first, size_t end)
{
	const size_t state = path->words[first].state;
	int64_t sums[EVIDENCE_STATES] = {0};
	for (size_t i = 0; i < path->n_states; i++) {
		if (first == 0)
			sums[i] = path->start[i];
		/* A neighbour's language saves the switch. */
		if (first > 0 && path->words[first - 1].state == i)
			sums[i] += path->words[first].cost;
		if (end < path->n && path->words[end].state == i)
			sums[i] += path->words[end].cost;
	}
	for (size_t w = first; w < end; w++) {
		for (size_t i = 0; i < path->n_states; i++)
			sums[i] += path->words[w].scores[i];
	}
	int64_t lead = INT64_MAX;
	for (size_t i = 0; i < path->n_states; i++) {
		if (i != state && is_allowed(path, i) && sums[state] - sums[i] < lead)
			lead = sums[state] - sums[i];
	}
	return lead;
}

void path_free(struct path *path, const struct lafz_allocator *mem)
{
	mem_free(mem, path->words);
	*path = (struct path){0};
}
