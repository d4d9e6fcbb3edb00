/*
 * What stands between words: where a language can change, and which marks belong to what follows
 * them.
 */
#ifndef LAFZ_RUN_PLACE_H
#define LAFZ_RUN_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "piece.h"
#include "segment/segment.h"
#include "unicode/ucd.h"

/* Where a language can change, from the dearest place to the cheapest. */
enum place {
	PLACE_INSIDE,   /* between two words */
	PLACE_ENTITY,   /* across a mention, hashtag or link */
	PLACE_SCRIPT,   /* across words of another script */
	PLACE_SENTENCE, /* after a sentence end or a colon */
	PLACE_QUOTE,    /* at a quote, bracket or dash */
	PLACES
};

/* A word of a script that may have states. */
static inline bool place_is_word(const struct pieces *pieces, size_t i, uint8_t script)
{
	return pieces->kind[i] == LAFZ_KIND_WORD && pieces->script[i] == script;
}

/* A word with letters begins or continues a run; all else joins one. */
static inline bool place_is_anchor(const struct pieces *pieces, size_t i)
{
	return pieces->kind[i] == LAFZ_KIND_WORD && pieces->script[i] != UCD_SCRIPT_ZYYY &&
	       pieces->script[i] != UCD_SCRIPT_ZINH;
}

/* What it is at a mark of one of the ASCII characters, PLACES where that depends on what is beside it; of no others. */
extern const uint8_t place_of_ascii[0x80];

/* The same as place_across, of any piece. */
enum place place_across_any(const struct segment *segment, const struct pieces *pieces, size_t i);

/* What a switch across piece i, which is no word of our scripts, is. */
static inline enum place place_across(const struct segment *segment, const struct pieces *pieces, size_t i)
{
	const unsigned char first = (unsigned char)segment->text[pieces->start[i]];
	if (pieces->kind[i] == LAFZ_KIND_PUNCT && first < 0x80 && place_of_ascii[first] != PLACES)
		return (enum place)place_of_ascii[first];
	return place_across_any(segment, pieces, i);
}

/* Whether piece i is a mark that opens something: it belongs to what follows. */
bool place_is_opener(const struct segment *segment, const struct pieces *pieces, size_t i,
                     bool is_after_opener);

#endif
