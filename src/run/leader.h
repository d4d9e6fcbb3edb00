/*
 * The leader of a path (path.h): the state that its words as a whole speak for most. Written once and compiled for each kind of
 * processor.
 */
#ifndef LAFZ_RUN_LEADER_H
#define LAFZ_RUN_LEADER_H

#include "run/path.h"
#include "run/vectors.h"

#define LEADER_FAR 1900 /* a state further behind than this is as far as this: no lead of that size matters */

static inline vectors_pairs leader_blocked(const struct path *path)
{
	return (vectors_pairs)(vectors_load(path->blocked) != 0);
}

/* What sums of many words are behind the least of them, which leader_distances cannot tell. */
__attribute__((noinline)) static vectors_pairs leader_distances_long(const struct path *path)
{
	uint32_t least = UINT32_MAX;
	uint16_t distances[STATES];
	for (size_t i = 0; i < STATES; i++)
		if (path->blocked[i] == 0 && path->behind[i] < least)
			least = path->behind[i];
	for (size_t i = 0; i < STATES; i++) {
		const uint32_t distance = path->behind[i] < least ? 0 : path->behind[i] - least;
		distances[i] = distance < LEADER_FAR ? (uint16_t)distance : LEADER_FAR;
	}
	return vectors_load(distances);
}

/* What the sums of states that may be used are behind the least of them, cut off. */
static inline vectors_pairs leader_distances(const struct path *path)
{
	const vectors_pairs far = (vectors_pairs){0} + LEADER_FAR;
	const vectors_pairs sums = vectors_cut_off(vectors_load_sums(path->behind)) | leader_blocked(path);
	const uint16_t least = vectors_least(sums);
	return least > UINT16_MAX - LEADER_FAR ? leader_distances_long(path) : vectors_min(sums - least, far);
}

/* Sets it and its lead; the lowest one of equals. Most often it is the one of the segment before. */
static inline void leader_find(struct path *path)
{
	const vectors_pairs blocked = leader_blocked(path), all = leader_distances(path) + vectors_load(path->start);
	uint16_t totals[STATES];
	vectors_store(totals, all);
	uint16_t next = vectors_least(all | blocked | vectors_only((uint32_t)path->leader));
	if (totals[path->leader] >= next || path->blocked[path->leader] != 0) {
		path->leader = vectors_first_of(all | blocked, vectors_least(all | blocked));
		next = vectors_least(all | blocked | vectors_only((uint32_t)path->leader));
	}
	path->lead = next == UINT16_MAX ? INT64_MAX : next - totals[path->leader];
}

#endif
