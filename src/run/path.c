#include "run/path.h"

#include <stdbool.h>
#include <string.h>

#define FINE 16       /* parts of a unit */
#define SUM_ROUND 256 /* words whose sums fit 16 bits */
#define EDGE 8        /* what all but the leader start with: a name begins many a segment */
#define LONE_LEAD 12  /* what a word between two of another language must lead by */

int path_reserve(struct path *path, const struct lafz_allocator *mem, size_t n)
{
	return n <= path->cap ? LAFZ_OK
	                      : mem_reserve(mem, &path->words, &path->cap, n, sizeof *path->words);
}

static bool is_allowed(const struct path *path, size_t state)
{
	return (path->allowed >> state) & 1;
}

/* ---- The leader ---- */

/* A number for each state. */
typedef uint8_t states_u8 __attribute__((vector_size(EVIDENCE_STATES)));
typedef uint16_t states_u16 __attribute__((vector_size(2 * EVIDENCE_STATES)));

static void sum_words(const struct path *path, size_t first, size_t end,
                      uint32_t sums[EVIDENCE_STATES])
{
	for (size_t w = first, next; w < end; w = next) {
		states_u16 part = {0};
		next = end - w > SUM_ROUND ? w + SUM_ROUND : end;
		for (size_t k = w; k < next; k++) {
			states_u8 behind;
			memcpy(&behind, path->words[k].word.behind, sizeof behind);
			part += __builtin_convertvector(behind, states_u16);
		}
		for (size_t i = 0; i < EVIDENCE_STATES; i++)
			sums[i] += part[i];
	}
}

#define BLOCKED (INT32_MAX / 2) /* more than any sum: the score of a state that may not be used */

/* How far behind a state is before the first word. */
static int32_t start_of(const struct path *path, size_t state)
{
	return path->start[state] + (state == path->leader ? 0 : EDGE);
}

/* The state that the words as a whole speak for most. */
static void find_leader(struct path *path)
{
	int32_t least = INT32_MAX, next = INT32_MAX;
	for (size_t i = 0; i < EVIDENCE_STATES; i++) {
		const int32_t total = is_allowed(path, i) ? (int32_t)path->behind[i] + path->start[i]
		                                          : BLOCKED;
		const int32_t other = total < least ? least : total;
		next = other < next ? other : next;
		path->leader = total < least ? i : path->leader;
		least = total < least ? total : least;
	}
	path->lead = next == BLOCKED ? INT64_MAX : (int64_t)next - least;
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
	int32_t least = BLOCKED;
	for (size_t i = 0; i < EVIDENCE_STATES; i++) {
		const int32_t start = is_allowed(path, i) && i != leader ? start_of(path, i)
		                                                         : BLOCKED;
		least = start < least ? start : least;
	}
	if (least == BLOCKED)
		return true;
	int64_t others = start_of(path, leader) - least;
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
		sums[i] = -FINE * (start_of(path, i) + path->words[0].word.behind[i]) +
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
	if (path->is_uniform)
		return path->lead;
	const size_t state = path_state(path, first);
	uint32_t behind[EVIDENCE_STATES] = {0};
	int64_t sums[EVIDENCE_STATES];
	const bool is_whole = first == 0 && end == path->n;
	if (is_whole)
		memcpy(behind, path->behind, sizeof behind);
	else
		sum_words(path, first, end, behind);
	for (size_t i = 0; i < EVIDENCE_STATES; i++) {
		sums[i] = -(int64_t)behind[i];
		/* What a segment as a whole is in, its edge does not tell. */
		if (first == 0)
			sums[i] -= is_whole ? path->start[i] : start_of(path, i);
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

/* ---- All of it ---- */

/*
 * One word between two of one language is a name as likely as a quotation: it has to be surer of
 * its own than a stretch.
 */
static void join_lone_words(struct path *path)
{
	for (size_t w = 1; w + 1 < path->n; w++) {
		const uint8_t around = path->words[w - 1].state;
		if (path->words[w].state != around && path->words[w + 1].state == around &&
		    path_lead(path, w, w + 1) < LONE_LEAD)
			path->words[w].state = around;
	}
}

void path_find(struct path *path)
{
	memset(path->behind, 0, sizeof path->behind);
	sum_words(path, 0, path->n, path->behind);
	find_leader(path);
	path->is_uniform = !path->has_lattice && is_leader_alone(path, path->leader);
	if (path->is_uniform || path->n == 0)
		return;
	find_in_lattice(path);
	join_lone_words(path);
}

void path_free(struct path *path, const struct lafz_allocator *mem)
{
	mem_free(mem, path->words);
	*path = (struct path){0};
}
