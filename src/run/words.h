/*
 * The words of a segment, each script's in a row: their scores and what a switch before each costs.
 * One look-up a word.
 */
#ifndef LAFZ_RUN_WORDS_H
#define LAFZ_RUN_WORDS_H

#include "base/mem.h"
#include "piece.h"
#include "run/evidence.h"
#include "run/lines.h"
#include "run/path.h"
#include "run/place.h"
#include "run/prior.h"
#include "segment/segment.h"

/* What a switch costs at each place, in units of the evidence. */
extern const uint8_t words_costs[RUN_SCRIPTS][PLACES];

/* What is done to all words of a segment by itself, for one kind of processor. All give the same. */
struct words_kernel {
	/*
	 * Sets the scores of each path, by the words given, whose contents are lost. Returns 1 if there are words of other scripts, 0 if not,
	 * or LAFZ_ERR_MEMORY.
	 */
	int (*find)(struct path paths[RUN_SCRIPTS], struct lines_words *words, struct evidence *evidence,
	            const struct lafz_allocator *mem, const struct segment *segment, const struct pieces *pieces);
	/*
	 * What a path starts with, by the prior and with more for some states; its leader; is_uniform, if that has all words wherever they
	 * may be switched between.
	 */
	void (*begin)(struct path *path, struct prior *prior, size_t script, const struct prior_fixed *fixed, const uint16_t more[STATES]);
	/* Sets the costs. */
	void (*find_costs)(struct path *path, struct lines_words *words, const struct segment *segment, const struct pieces *pieces,
	                   size_t script);
	/* Whether the leader has all words by these; true only if it is sure. */
	bool (*is_alone)(const struct path *path);
	/* Sets the steps. */
	void (*find_in_lattice)(struct path *path);
};

extern const struct words_kernel words_plain, words_avx2, words_avx512;

/* The fastest one that a processor can run which runs the scanner's kernel of that name. */
const struct words_kernel *words_find_kernel(const char *kernel);

#endif
