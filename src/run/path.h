/*
 * The best path: a language for each word of one script in a segment, so that the sum of the words'
 * scores less the cost of the switches is greatest. Integers alone, so the result is the same on
 * every machine; ties go to the language that leads in the segment, to staying, to the lower state.
 * Linear in the words; 24 bytes a word.
 */
#ifndef LAFZ_RUN_PATH_H
#define LAFZ_RUN_PATH_H

#include "base/mem.h"
#include "run/evidence.h"

struct path_word {
	int16_t scores[EVIDENCE_STATES];
	uint32_t piece; /* the word's place in the segment */
	uint8_t cost;   /* of a switch before this word */
	uint8_t state;  /* of the word, on the best path */
	uint8_t from;   /* the state a switch comes from */
	uint8_t stays;  /* a bit for each state that is reached without a switch */
};

struct path {
	struct path_word *words; /* owned */
	size_t n, cap;
	int32_t start[EVIDENCE_STATES]; /* scores before the first word: the prior */
	size_t n_states;
	uint32_t allowed; /* a bit for each state that may be used; at least one */
};

/*
 * One more word at the end of the path; its scores and cost are for the caller to set. NULL: no
 * memory.
 */
struct path_word *path_add(struct path *path, const struct lafz_allocator *mem);

/* Sets state of every word. */
void path_find(struct path *path);

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
