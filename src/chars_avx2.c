/*
 * chars_count for AVX2.
 */
#include <immintrin.h>

#include "chars.h"

static inline uint32_t heads_of(const char *s)
{
	/* bytes that go on with a character are the lowest ones of a sign */
	const __m256i bytes = _mm256_loadu_si256((const __m256i *)s);
	return (uint32_t)_mm256_movemask_epi8(_mm256_cmpgt_epi8(bytes, _mm256_set1_epi8((char)0xBF)));
}

static inline uint64_t chars_heads(const char *s)
{
	return heads_of(s) | (uint64_t)heads_of(s + 32) << 32;
}

#include "chars_blocks.h"

uint32_t chars_count_avx2(struct tokens *tokens, const char *text, uint32_t len, uint32_t before)
{
	return chars_count_blocks(tokens, text, len, before);
}
