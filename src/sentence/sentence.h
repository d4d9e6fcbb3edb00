/*
 * Sentences: where one ends inside a segment. A segment always ends one.
 */
#ifndef LAFZ_SENTENCE_SENTENCE_H
#define LAFZ_SENTENCE_SENTENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sentence/scan.h"
#include "tokens.h"

/* The tokens of a segment. */
struct sentence_tokens {
	const char *text;
	struct tokens *tokens;
	size_t first, end;
	/*
	 * The tokens that rules have to look at, from the segment's first one on, and on behind the segment: marks of
	 * punctuation but commas and curly quotes, links, emoji, abbreviations, numbers with a full stop, longer rows of one
	 * symbol; marks that end their segment may be left out.
	 */
	const uint32_t *busy, *busy_end;
	struct lists_filters *filters; /* as in struct scan */
	/*
	 * Where it is sure that a sentence ends, unless a bracket is open, in this segment and those behind it: the byte behind a mark and what
	 * closes behind that, before the next token. Ascending; behind the last one UINT32_MAX. NULL: nothing is sure.
	 */
	const uint32_t *ends;
	bool is_told; /* some do, but none elsewhere: no rules are asked */
};

/* Whether rules have to look at any token of the segment, or a sentence ends inside it; else it is one sentence. */
static inline bool sentence_is_asked(const struct sentence_tokens *segment)
{
	return segment->is_told || (segment->busy < segment->busy_end && *segment->busy < segment->end);
}

/*
 * Numbers the sentences of a segment, beginning with sent; returns the number for the next segment. There
 * is room for FILL_SLACK tokens more. Moves busy to the end of the segment, and ends to what is in it.
 */
uint32_t sentence_segment(struct sentence_tokens *segment, uint32_t sent);

/*
 * Looks whether the sentence ends behind token i, for which it is enough that all tokens beside are there. The token to go
 * on with, past all that belongs to the sentence too; *ends: a sentence begins with it, unless a bracket is open.
 */
size_t sentence_step(const struct scan *scan, size_t i, bool *ends);

/*
 * The same as sentence_segment by UAX #29 alone, over the bytes of the segment from start to end.
 */
uint32_t sentence_uax29(const struct sentence_tokens *segment, uint32_t start, uint32_t end,
                        uint32_t sent);

#endif
