/*
 * Grapheme cluster borders (UAX #29, Unicode 15.0), for places where text must be cut.
 */
#ifndef LAFZ_UNICODE_GRAPHEME_H
#define LAFZ_UNICODE_GRAPHEME_H

#include <stdint.h>

/*
 * The last place at or before off, and after 0, where text may be cut between two clusters; the
 * text goes on for at least one whole character behind off, or ends there (len). Flags count from
 * the start of text. Errs on the side of not cutting: behind a ZWJ never. If there is no such
 * place, the last border of a character; 0 only if there is none of those either.
 */
uint32_t grapheme_border_before(const char *text, uint32_t len, uint32_t off);

#endif
