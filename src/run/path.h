/*
 * The best path: a language for each word of one script in a segment, so that what the words are
 * behind, and the cost of the switches, is least. Integers alone, so the result is the same on
 * every machine; ties go to the language that leads in the segment, to staying, to the lower state.
 * Linear in the words; 21 bytes a word.
 *
 * Most segments are in one language, and that is seen without the lattice: the leader has all of
 * it if no stretch, however its words are given to the other languages, gains more than the
 * switches there and back cost. The test is exact: where it says so, the lattice would say the
 * same.
 */
#ifndef LAFZ_RUN_PATH_H
#define LAFZ_RUN_PATH_H

#include <stdbool.h>

#include "base/mem.h"
#include "run/evidence.h"

#define PATH_EDGE 8 /* what all but the leader start with: a name begins many a segment */

/* A word in the lattice. */
struct path_step {
	uint16_t stays; /* a bit for each state that is reached without a switch */
	uint8_t from;   /* the state a switch comes from */
	uint8_t state;  /* of the word, on the best path */
};

struct path {
	/* Of each word, owned. */
	struct evidence_word *scores;
	uint8_t *costs;          /* of a switch before it; nothing asks for them if is_uniform */
	struct path_step *steps; /* set unless is_uniform */
	size_t n, scores_cap, costs_cap, steps_cap;
	uint32_t behind[STATES]; /* scores, summed up */
	int16_t start[STATES]; /* how far behind the states are before the first word, 0 or more */
	int16_t blocked[STATES]; /* 0 for states that may be used, at least one; STATES_BLOCKED */
	bool has_lattice;        /* the lattice is asked every time: for tests */
	/* Set by words.h; the leader of the segment before is looked at first. */
	size_t leader;   /* the state of which start and behind are least */
	int64_t lead;    /* by how much the second best is behind it; large ones are cut off */
	bool is_uniform; /* all words are in it */
};

/* Sums up what the words are behind. */
void path_sum(struct path *path);

/* Room for n words, or LAFZ_ERR_MEMORY. */
int path_reserve(struct path *path, const struct lafz_allocator *mem, size_t n);

struct words_kernel;

/* Sets the state of every word, or is_uniform, by what switches cost. */
void path_find(struct path *path, const struct words_kernel *kernel);

size_t path_state(const struct path *path, size_t i);

/* The first word after i that has another state than word i, n if there is none. */
size_t path_stretch(const struct path *path, size_t i);

/*
 * By how much the best path leads the best one that gives the words from first to end (a stretch,
 * half open) one and the same other state. Below 0 by no more than ties were worth; INT64_MAX if no
 * other state may be used.
 */
int64_t path_lead(const struct path *path, size_t first, size_t end);

void path_free(struct path *path, const struct lafz_allocator *mem);

#endif
