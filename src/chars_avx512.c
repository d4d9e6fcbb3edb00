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
static size_t chars_fill_many(const struct chars_stretch *stretch, struct tokens *tokens, const char *text, size_t i, uint32_t limit);
static size_t chars_before_many(const struct chars_stretch *stretch, uint32_t *chars, const uint32_t *at, size_t n);

#define CHARS_TOKENS chars_fill_many
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

/*
 * Where a token starts follows from where the one before ends, if no or one byte is between them; else it is looked up with the others of
 * its sixteen.
 */
static size_t chars_fill_many(const struct chars_stretch *stretch, struct tokens *tokens, const char *text, size_t i, uint32_t limit)
{
	const uint32_t *const starts = tokens->start, *const ends = tokens->end;
	/* nothing is before the first token, so if it began before the stretch, its characters have to be counted */
	if (i == tokens->n || starts[i] >= limit || (i == 0 && starts[0] < stretch->start))
		return i;
	const __m512i start = _mm512_set1_epi32((int)stretch->start), one = _mm512_set1_epi32(1);
	/* of the tokens before, that of the last one last */
	__m512i end = _mm512_set1_epi32((int)(i > 0 ? ends[i - 1] : starts[i]));
	__m512i cend = _mm512_set1_epi32((int)(i > 0 ? tokens->cend[i - 1] : chars_before(stretch, starts[i])));
	for (; tokens->n - i >= RANKS_AT_ONCE && ends[i + RANKS_AT_ONCE - 1] < limit; i += RANKS_AT_ONCE) {
		const __m512i own_end = _mm512_loadu_si512(ends + i), from = _mm512_loadu_si512(starts + i);
		const __m512i own_cend = ranks_of(stretch->before, stretch->heads, _mm512_sub_epi32(own_end, start));
		const __m512i gap = _mm512_sub_epi32(from, _mm512_alignr_epi32(own_end, end, RANKS_AT_ONCE - 1));
		const __m512i cstart = _mm512_add_epi32(_mm512_alignr_epi32(own_cend, cend, RANKS_AT_ONCE - 1), gap);
		_mm512_storeu_si512(tokens->cend + i, own_cend);
		_mm512_storeu_si512(tokens->cstart + i, cstart);
		if (_mm512_cmpgt_epu32_mask(gap, one) != 0)
			chars_fill_starts(stretch, tokens, text, i, i + RANKS_AT_ONCE);
		end = own_end;
		cend = own_cend;
	}
	return i;
}

uint32_t chars_count_avx512(struct tokens *tokens, const char *text, uint32_t len, uint32_t before)
{
	return chars_count_blocks(tokens, text, len, before);
}
