/*
 * Whether one state, the leader, has all words of a row on the best path (path.h): told word by word for all other states side by side,
 * by how far behind the leader the best path is that ends in each of them. The same sums as the lattice's, but none are kept to
 * go back. Exact but for ties, which count as not sure.
 */
#ifndef LAFZ_RUN_ALONE_H
#define LAFZ_RUN_ALONE_H

#include <stdbool.h>
#include <stdint.h>

#include "run/path.h"
#include "run/states.h"
#include "run/vectors.h"

#define ALONE_SAME 0x4000u /* a path as good as the leader's; one that is better has less, so without this bit */

/* Paths are apart by no more than two switches, two words and a start. */
struct alone {
	vectors_pairs behind; /* ALONE_SAME and how far behind a path is that ends in each state */
	vectors_pairs rivals; /* all bits for states that may be used but the leader */
	uint32_t leader;
};

/* By how much a word sets back each rival more than the leader, modulo 2^16. */
static inline vectors_pairs alone_lost(const struct alone *alone, const uint8_t scores[STATES])
{
	return (vectors_of_bytes(vectors_load_bytes(scores)) - scores[alone->leader]) & alone->rivals;
}

/* With the first word. start says how far behind each state starts; others is 0 for states that may be used but the leader, else UINT16_MAX. */
static inline struct alone alone_begin(uint32_t leader, vectors_pairs start, uint16_t start_of_leader, vectors_pairs others,
                                       const uint8_t scores[STATES])
{
	struct alone alone = {.rivals = ~others, .leader = leader};
	const vectors_pairs behind = (start + PATH_EDGE - start_of_leader) & alone.rivals;
	/* what is no rival stays one behind */
	alone.behind = ALONE_SAME + (behind | (others & 1)) + alone_lost(&alone, scores);
	return alone;
}

/* The next word, before which a switch costs so much, at least 1. False if a path that comes back to the leader here is as good as its own. */
__attribute__((always_inline)) static inline bool alone_go_on(struct alone *alone, const uint8_t scores[STATES], uint32_t cost)
{
	const vectors_pairs same = (vectors_pairs){0} + ALONE_SAME;
	/* switched to here, from the leader or from what is ahead of it */
	vectors_pairs switched = same + (uint16_t)cost;
	if (!vectors_has_none(~alone->behind, same)) {
		const uint32_t ahead = ALONE_SAME - vectors_least(alone->behind);
		if (ahead >= cost)
			return false;
		switched -= (uint16_t)ahead;
	}
	alone->behind = vectors_min_low(alone->behind, switched) + alone_lost(alone, scores);
	return true;
}

/* Whether no path that ends otherwise is as good as the leader's. */
static inline bool alone_to_end(const struct alone *alone)
{
	return vectors_least(alone->behind) > ALONE_SAME;
}

/* Whether the leader has all n words, the first of which it has begun with, by what a switch before each costs. Scores are STATES bytes a word. */
static inline bool alone_by(struct alone alone, const void *scores, const uint8_t *costs, size_t n)
{
	for (size_t w = 1; w < n; w++)
		if (!alone_go_on(&alone, (const uint8_t *)scores + w * STATES, costs[w]))
			return false;
	return alone_to_end(&alone);
}

/* The same if each switch costs so much: if the leader has them all then, it has them where some cost more. */
static inline bool alone_at(struct alone alone, const void *scores, uint32_t cost, size_t n)
{
	for (size_t w = 1; w < n; w++)
		if (!alone_go_on(&alone, (const uint8_t *)scores + w * STATES, cost))
			return false;
	return alone_to_end(&alone);
}

#endif
