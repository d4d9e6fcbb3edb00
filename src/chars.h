/*
 * Offsets of tokens in characters. Each maximal subpart of ill-formed bytes is one character.
 */
#ifndef LAFZ_CHARS_H
#define LAFZ_CHARS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tokens.h"

/*
 * Fills cstart and cend of all tokens, which lie in text, len bytes. before is the characters before it; returns those up to
 * its end.
 */
typedef uint32_t chars_function(struct tokens *tokens, const char *text, uint32_t len, uint32_t before);

/* The text is well-formed. chars_count is the reference; all give the same. */
chars_function chars_count, chars_count_avx2, chars_count_avx512;

/* The same for any text. */
chars_function chars_count_any;

/* The fastest one for well-formed text that a processor can run which runs the scanner's kernel of that name. */
chars_function *chars_find(const char *kernel);

#endif
