/*
 * chars_count for AVX-512.
 */
#include <immintrin.h>

#include "chars.h"

static inline uint64_t chars_heads(const char *s)
{
	/* bytes that go on with a character are the lowest ones of a sign */
	return _mm512_cmpgt_epi8_mask(_mm512_loadu_si512(s), _mm512_set1_epi8((char)0xBF));
}

#include "chars_blocks.h"

uint32_t chars_count_avx512(struct tokens *tokens, const char *text, uint32_t len, uint32_t before)
{
	return chars_count_blocks(tokens, text, len, before);
}
