/*
 * The lattice of a path (path.h): which state each word is in on the best one. Written once and compiled for each kind of processor.
 */
#ifndef LAFZ_RUN_LATTICE_H
#define LAFZ_RUN_LATTICE_H

#include "run/leader.h"
#include "run/path.h"
#include "run/vectors.h"

#define LATTICE_FINE 16 /* parts of a unit */

/*
 * How far behind the best path each one is that ends in a state, in LATTICE_FINE parts of a unit, all others but the leader having lost one
 * more a word: so of two paths of the same worth the one wins that leaves words without evidence to it.
 */
struct lattice {
	vectors_pairs behind;
	vectors_pairs blocked; /* all bits for states that may not be used */
	vectors_pairs others;  /* 1 for all states but the leader */
};

static inline vectors_pairs lattice_lost(const struct lattice *lattice, const struct evidence_word *word)
{
	return vectors_of_bytes(vectors_load_bytes(word->behind)) * LATTICE_FINE + lattice->others;
}

/* The state of the best path; the lowest one of equals. */
static inline uint8_t lattice_best(const struct lattice *lattice, uint16_t *behind)
{
	const vectors_pairs usable = lattice->behind | lattice->blocked;
	*behind = vectors_least(usable);
	return (uint8_t)vectors_first_of(usable, *behind);
}

/* One step: no path is further behind than a switch and one word, which bounds them. */
static inline void lattice_go_on(struct lattice *lattice, const struct evidence_word *word, uint8_t cost, struct path_step *step)
{
	uint16_t best;
	step->from = lattice_best(lattice, &best);
	const vectors_pairs behind = lattice->behind - best, switched = (vectors_pairs){0} + (uint16_t)(LATTICE_FINE * cost);
	const vectors_pairs least = vectors_min(behind, switched);
	step->stays = (uint16_t)vectors_equal(vectors_low_bytes((vectors_pairs)(least == behind) & 0xFF), 0xFF);
	lattice->behind = least + lattice_lost(lattice, word);
}

static void lattice_find(struct path *path)
{
	const vectors_pairs all = (vectors_pairs){0} + 1, others = all & ~vectors_only((uint32_t)path->leader);
	struct lattice lattice = {.blocked = leader_blocked(path), .others = others};
	lattice.behind = (vectors_load(path->start) + others * PATH_EDGE) * LATTICE_FINE + lattice_lost(&lattice, &path->scores[0]);
	for (size_t w = 1; w < path->n; w++)
		lattice_go_on(&lattice, &path->scores[w], path->costs[w], &path->steps[w]);
	uint16_t best;
	uint8_t state = lattice_best(&lattice, &best);
	for (size_t w = path->n; w-- > 0;) {
		struct path_step *const step = &path->steps[w];
		step->state = state;
		if (w > 0 && !(step->stays >> state & 1))
			state = step->from;
	}
}

#endif
