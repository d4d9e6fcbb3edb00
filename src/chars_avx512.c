/*
 * chars_count for AVX-512.
 */
#include <immintrin.h>

#include "base/ranks_avx512.h"
#include "chars.h"

static inline uint64_t chars_heads(const char *s)
{
	/* bytes that go on with a character are the lowest ones of a sign */
	return _mm512_cmpgt_epi8_mask(_mm512_loadu_si512(s), _mm512_set1_epi8((char)0xBF));
}

struct chars_stretch;
static size_t chars_before_many(const struct chars_stretch *stretch, uint32_t *chars, const uint32_t *at, size_t n);

#define CHARS_MANY chars_before_many
#include "chars_blocks.h"

static size_t chars_before_many(const struct chars_stretch *stretch, uint32_t *chars, const uint32_t *at, size_t n)
{
	const __m512i start = _mm512_set1_epi32((int)stretch->start);
	size_t i = 0;
	for (; n - i >= RANKS_AT_ONCE; i += RANKS_AT_ONCE) {
		const __m512i places = _mm512_sub_epi32(_mm512_loadu_si512(at + i), start);
		_mm512_storeu_si512(chars + i, ranks_of(stretch->before, stretch->heads, places));
	}
	return i;
}

uint32_t chars_count_avx512(struct tokens *tokens, const char *text, uint32_t len, uint32_t before)
{
	return chars_count_blocks(tokens, text, len, before);
}
