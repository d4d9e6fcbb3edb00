/*
 * Sets of characters of two bytes, D8 80 to DB BF, asked for 32 bytes at a time: the rows of a set are those of struct calm_sieve.
 * For files that are compiled for AVX2.
 */
#ifndef LAFZ_NORM_PAIRS_AVX2_H
#define LAFZ_NORM_PAIRS_AVX2_H

#include <immintrin.h>
#include <stdint.h>

static inline __m256i pairs_row(const uint8_t row[16])
{
	return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)row));
}

static inline __m256i pairs_load(const char *s)
{
	return _mm256_loadu_si256((const __m256i *)s);
}

static inline __m256i pairs_all(unsigned char byte)
{
	return _mm256_set1_epi8((char)byte);
}

static inline uint32_t pairs_bits(__m256i where)
{
	return (uint32_t)_mm256_movemask_epi8(where);
}

/* FF where a character that begins at s is in the set. */
static inline __m256i pairs_in(const __m256i rows[2], const char *s)
{
	/* by bits 4 and 5 of the second byte, bit 6, which must be 0, and bit 0 of the first */
	const __m256i places = _mm256_setr_epi8(1, 2, 4, 8, 0, 0, 0, 0, 16, 32, 64, -128, 0, 0, 0, 0, 1, 2, 4, 8, 0,
	                                        0, 0, 0, 16, 32, 64, -128, 0, 0, 0, 0);
	const __m256i first = pairs_load(s), second = pairs_load(s + 1);
	const __m256i firsts = _mm256_cmpeq_epi8(_mm256_and_si256(first, pairs_all(0xFC)), pairs_all(0xD8));
	const __m256i upper = _mm256_and_si256(_mm256_srli_epi16(second, 4), pairs_all(7));
	const __m256i odd = _mm256_slli_epi16(_mm256_and_si256(first, pairs_all(1)), 3);
	const __m256i bit = _mm256_shuffle_epi8(places, _mm256_or_si256(upper, odd));
	/* a look-up gives 0 where the highest bit is set: where the second byte is ASCII */
	const __m256i low = _mm256_xor_si256(_mm256_and_si256(second, pairs_all(0x8F)), pairs_all(0x80));
	const __m256i half = _mm256_slli_epi16(first, 6); /* bit 1 becomes the highest one */
	const __m256i row = _mm256_blendv_epi8(_mm256_shuffle_epi8(rows[0], low),
	                                       _mm256_shuffle_epi8(rows[1], low), half);
	const __m256i out = _mm256_cmpeq_epi8(_mm256_and_si256(row, bit), _mm256_setzero_si256());
	return _mm256_andnot_si256(out, firsts);
}

#endif
