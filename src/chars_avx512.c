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
static size_t chars_look_many(struct chars_stretch *stretch, const char *text, size_t left, uint32_t *n);

#define CHARS_TOKENS chars_fill_many
#define CHARS_MANY chars_before_many
#define CHARS_LOOK chars_look_many
#include "chars_blocks.h"

/* Each number with those before it added. */
static inline __m256i sums_of(__m256i numbers)
{
	const __m256i zero = _mm256_setzero_si256();
	numbers = _mm256_add_epi32(numbers, _mm256_alignr_epi32(numbers, zero, 7));
	numbers = _mm256_add_epi32(numbers, _mm256_alignr_epi32(numbers, zero, 6));
	return _mm256_add_epi32(numbers, _mm256_alignr_epi32(numbers, zero, 4));
}

/* (All heads first: what has just been written in parts cannot be read as one yet.) */
static size_t chars_look_many(struct chars_stretch *stretch, const char *text, size_t left, uint32_t *n)
{
	const size_t whole = left / CHARS_BLOCK < CHARS_BLOCKS ? left / CHARS_BLOCK : CHARS_BLOCKS;
	const size_t count = whole - whole % CHARS_EIGHT;
	__m256i before = _mm256_set1_epi32((int)*n);
	for (size_t i = 0; i < count; i++)
		stretch->heads[i] = chars_heads(text + i * CHARS_BLOCK);
	for (size_t i = 0; i < count; i += CHARS_EIGHT) {
		const __m512i heads = _mm512_loadu_si512(stretch->heads + i);
		const __m256i counts = _mm512_cvtepi64_epi32(_mm512_popcnt_epi64(heads));
		const __m256i behind = _mm256_add_epi32(before, sums_of(counts));
		const bool is_ascii = _mm512_cmpeq_epi64_mask(heads, _mm512_set1_epi64(-1)) == 0xFF;
		_mm256_storeu_si256((__m256i *)(void *)(stretch->before + i), _mm256_sub_epi32(behind, counts));
		stretch->ascii |= (unsigned)is_ascii << i / CHARS_EIGHT;
		before = _mm256_permutexvar_epi32(_mm256_set1_epi32(7), behind);
	}
	*n = (uint32_t)_mm256_cvtsi256_si32(before);
	return count;
}

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
