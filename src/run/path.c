#include "run/path.h"

#include <stdbool.h>
#include <string.h>

#define FINE 16       /* parts of a unit */
#define SUM_ROUND 256 /* words whose sums fit 16 bits */

struct path_word *path_add(struct path *path, const struct lafz_allocator *mem)
{
	if (path->n == path->cap &&
	    mem_reserve(mem, &path->words, &path->cap, path->n + 1, sizeof *path->words) < 0)
		return NULL;
	return &path->words[path->n++];
}

static bool is_allowed(const struct path *path, size_t state)
{
	return (path->allowed >> state) & 1;
}

/* ---- The leader ---- */

static void sum_words(const struct path *path, size_t first, size_t end,
                      uint32_t sums[EVIDENCE_STATES])
{
	for (size_t w = first, next; w < end; w = next) {
		uint16_t part[EVIDENCE_STATES] = {0};
		next = end - w > SUM_ROUND ? w + SUM_ROUND : end;
		for (size_t k = w; k < next; k++)
			for (size_t i = 0; i < EVIDENCE_STATES; i++)
				part[i] = (uint16_t)(part[i] + path->words[k].word.behind[i]);
		for (size_t i = 0; i < EVIDENCE_STATES; i++)
			sums[i] += part[i];
	}
}

/* The state that the words as a whole speak for most. */
static size_t leader_of(const struct path *path)
{
	size_t leader = EVIDENCE_STATES;
	int64_t least = INT64_MAX;
	for (size_t i = 0; i < EVIDENCE_STATES; i++) {
		const int64_t behind = (int64_t)path->behind[i] + path->start[i];
		if (is_allowed(path, i) && behind < least) {
			least = behind;
			leader = i;
		}
	}
	return leader;
}

/* By how much the best other state of the word is ahead of the leader, switches aside. */
static int64_t others_gain(const struct path_word *word, size_t leader)
{
	return word->word.best == leader ? -(int64_t)word->word.lead
	                                 : (int64_t)word->word.behind[leader];
}

/*
 * Two states, the leader and all others as one, which switch among themselves for nothing: at least
 * as good for the others as the lattice is. True if the leader is better all the way.
 */
static bool is_leader_alone(const struct path *path, size_t leader)
{
	int64_t others = INT64_MIN;
	for (size_t i = 0; i < EVIDENCE_STATES; i++) {
		const int64_t ahead = (int64_t)path->start[leader] - path->start[i];
		if (i != leader && is_allowed(path, i) && ahead > others)
			others = ahead;
	}
	if (others == INT64_MIN)
		return true;
	for (size_t w = 0; w < path->n; w++) {
		const struct path_word *const word = &path->words[w];
		/* Back to the leader before this word, or from it. */
		if (w > 0) {
			if (others >= word->cost)
				return false;
			others = others < -word->cost ? -(int64_t)word->cost : others;
		}
		others += others_gain(word, leader);
	}
	return others < 0;
}

/* ---- The lattice ---- */

static size_t best_of(const struct path *path, const int32_t *sums)
{
	size_t best = EVIDENCE_STATES;
	for (size_t i = 0; i < EVIDENCE_STATES; i++) {
		if (is_allowed(path, i) && (best == EVIDENCE_STATES || sums[i] > sums[best]))
			best = i;
	}
	return best;
}

/*
 * One step: sums become those of the paths that end with this word in each state. They are kept
 * relative to the best one, which bounds them: no state is further behind than a switch and one
 * word. They are in FINE parts of a unit, and the leader gets one part a word, so that of two paths
 * of the same worth the one wins that leaves words without evidence to it.
 */
static void step(const struct path *path, struct path_word *word, int32_t *sums)
{
	const size_t best = best_of(path, sums);
	const int32_t top = sums[best];
	const int32_t cost = FINE * (int32_t)word->cost;
	word->from = (uint8_t)best;
	word->stays = 0;
	for (size_t i = 0; i < EVIDENCE_STATES; i++) {
		int32_t sum = sums[i] - top;
		if (sum >= -cost)
			word->stays |= (uint16_t)(1u << i);
		else
			sum = -cost;
		sums[i] = sum - FINE * word->word.behind[i] + (i == path->leader);
	}
}

static void find_in_lattice(struct path *path)
{
	int32_t sums[EVIDENCE_STATES];
	for (size_t i = 0; i < EVIDENCE_STATES; i++)
		sums[i] = -FINE * (path->start[i] + path->words[0].word.behind[i]) +
		          (i == path->leader);
	for (size_t w = 1; w < path->n; w++)
		step(path, &path->words[w], sums);
	size_t state = best_of(path, sums);
	for (size_t w = path->n; w-- > 0;) {
		struct path_word *const word = &path->words[w];
		word->state = (uint8_t)state;
		if (w > 0 && !((word->stays >> state) & 1))
			state = word->from;
	}
}

void path_find(struct path *path)
{
	memset(path->behind, 0, sizeof path->behind);
	sum_words(path, 0, path->n, path->behind);
	path->leader = leader_of(path);
	path->is_uniform = !path->has_lattice && is_leader_alone(path, path->leader);
	if (!path->is_uniform && path->n > 0)
		find_in_lattice(path);
}

/* ---- What was found ---- */

size_t path_state(const struct path *path, size_t i)
{
	return path->is_uniform ? path->leader : path->words[i].state;
}

size_t path_stretch(const struct path *path, size_t i)
{
	if (path->is_uniform)
		return path->n;
	size_t end = i + 1;
	while (end < path->n && path->words[end].state == path->words[i].state)
		end++;
	return end;
}

int64_t path_lead(const struct path *path, size_t first, size_t end)
{
	const size_t state = path_state(path, first);
	uint32_t behind[EVIDENCE_STATES] = {0};
	int64_t sums[EVIDENCE_STATES];
	if (first == 0 && end == path->n)
		memcpy(behind, path->behind, sizeof behind);
	else
		sum_words(path, first, end, behind);
	for (size_t i = 0; i < EVIDENCE_STATES; i++) {
		sums[i] = -(int64_t)behind[i];
		if (first == 0)
			sums[i] -= path->start[i];
		/* A neighbour's language saves the switch. */
		if (first > 0 && path_state(path, first - 1) == i)
			sums[i] += path->words[first].cost;
		if (end < path->n && path_state(path, end) == i)
			sums[i] += path->words[end].cost;
	}
	int64_t lead = INT64_MAX;
	for (size_t i = 0; i < EVIDENCE_STATES; i++) {
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
