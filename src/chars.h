/*
 * Offsets of tokens in characters. Each maximal subpart of ill-formed bytes is one character.
 */
#ifndef LAFZ_CHARS_H
#define LAFZ_CHARS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tokens.h"

/* The bytes of one segment. */
struct chars_span {
	const char *text; /* of the region */
	uint32_t len;     /* of text, which may be read beyond the segment */
	uint32_t start, end;
	bool is_valid; /* its bytes are known to be well-formed */
};

/*
 * Fills cstart and cend of the tokens from first to end, which lie in the span. before is the characters of the batch
 * before it; returns those up to its end.
 */
uint32_t chars_count(struct tokens *tokens, size_t first, size_t end, const struct chars_span *span,
                     uint32_t before);

#endif
