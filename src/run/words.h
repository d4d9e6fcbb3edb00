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
#include "segment/segment.h"

/* What a switch costs at each place, in units of the evidence. */
extern const uint8_t words_costs[RUN_SCRIPTS][PLACES];

/*
 * Sets the words of each path, by the words given, whose contents are lost. Returns 1 if there are words of other scripts, 0 if not, or
 * LAFZ_ERR_MEMORY.
 */
typedef int words_function(struct path paths[RUN_SCRIPTS], struct lines_words *words, struct evidence *evidence,
                           const struct lafz_allocator *mem, const struct segment *segment, const struct pieces *pieces);

/* All give the same. */
words_function words_find_plain, words_find_avx2, words_find_avx512;

/* The fastest one that a processor can run which runs the scanner's kernel of that name. */
words_function *words_find(const char *kernel);

#endif
