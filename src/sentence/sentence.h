/*
 * Sentences: where one ends inside a segment. A segment always ends one.
 */
#ifndef LAFZ_SENTENCE_SENTENCE_H
#define LAFZ_SENTENCE_SENTENCE_H

#include <stddef.h>
#include <stdint.h>

#include "tokens.h"

/*
 * Numbers the sentences of the tokens from first on, beginning with sent; returns the number for
 * the next segment. *busy: the numbers of all tokens but words, which are no abbreviations, and commas. There is room for
 * FILL_SLACK tokens more.
 */
uint32_t sentence_segment(const char *text, struct tokens *tokens, size_t first,
                          const struct busy *busy, uint32_t sent);

/*
 * The same by UAX #29 alone, over the bytes of the segment from start to end.
 */
uint32_t sentence_uax29(const char *text, uint32_t start, uint32_t end, struct tokens *tokens,
                        size_t first, uint32_t sent);

#endif
