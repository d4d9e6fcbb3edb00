#include "chars.h"

#include "scan/wide_choice.h"
#include "unicode/ascii.h"
#include "unicode/utf8.h"

/* Which of eight bytes begin a character: their two highest bits are not 10. The bits are gathered by a product. */
static inline uint64_t heads_of(const char *s)
{
	const uint64_t eight = ascii_load(s);
	const uint64_t heads = (~eight | eight << 1) & ASCII_HIGH;
	return (heads >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

static inline uint64_t chars_heads(const char *s)
{
	uint64_t heads = 0;
	for (unsigned i = 0; i < 8; i++)
		heads |= heads_of(s + 8 * i) << 8 * i;
	return heads;
}

#include "chars_blocks.h"

uint32_t chars_count(struct tokens *tokens, const char *text, uint32_t len, uint32_t before)
{
	return chars_count_blocks(tokens, text, len, before);
}

uint32_t chars_count_any(struct tokens *tokens, const char *text, uint32_t len, uint32_t before)
{
	uint32_t at = 0, n = before;
	for (size_t i = 0; i < tokens->n; i++) {
		const uint32_t start = tokens->start[i], end = tokens->end[i];
		n += (uint32_t)utf8_count(text + at, start - at);
		tokens->cstart[i] = n;
		n += (uint32_t)utf8_count(text + start, end - start);
		tokens->cend[i] = n;
		at = end;
	}
	return n + (uint32_t)utf8_count(text + at, len - at);
}

chars_function *chars_find(const char *kernel)
{
	return AVX512_CHOOSE(kernel, chars_count_avx512, chars_count_avx2, chars_count);
}
