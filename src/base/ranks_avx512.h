/*
 * How many bits are set before places in a row of blocks of 64, sixteen places at a time: those of the blocks before, and those below the
 * place in its own. For files that are compiled for AVX-512.
 */
#ifndef LAFZ_BASE_RANKS_AVX512_H
#define LAFZ_BASE_RANKS_AVX512_H

#include <immintrin.h>
#include <stdint.h>

#define RANKS_BLOCK 64
#define RANKS_AT_ONCE 16

/* How many bits eight numbers have. */
static inline __m256i ranks_count(__m512i numbers)
{
	const __m512i counts = _mm512_broadcast_i32x4(_mm_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4));
	const __m512i half = _mm512_set1_epi8(0x0F);
	const __m512i low = _mm512_and_si512(numbers, half);
	const __m512i high = _mm512_and_si512(_mm512_srli_epi16(numbers, 4), half);
	const __m512i bytes = _mm512_add_epi8(_mm512_shuffle_epi8(counts, low), _mm512_shuffle_epi8(counts, high));
	return _mm512_cvtepi64_epi32(_mm512_sad_epu8(bytes, _mm512_setzero_si512()));
}

/* Those in their own blocks before eight places. */
static inline __m256i ranks_inside(const uint64_t *bits, __m256i places, __m256i blocks)
{
	const __m512i own = _mm512_i32gather_epi64(blocks, bits, 8);
	const __m256i place = _mm256_and_si256(places, _mm256_set1_epi32(RANKS_BLOCK - 1));
	const __m256i behind = _mm256_sub_epi32(_mm256_set1_epi32(RANKS_BLOCK), place);
	return ranks_count(_mm512_sllv_epi64(own, _mm512_cvtepu32_epi64(behind)));
}

/* The bits before sixteen places; before[i] are those before block i. Both arrays have an entry for the block of each place. */
static inline __m512i ranks_of(const uint32_t *before, const uint64_t *bits, __m512i places)
{
	const __m512i blocks = _mm512_srli_epi32(places, 6);
	const __m256i low = ranks_inside(bits, _mm512_castsi512_si256(places), _mm512_castsi512_si256(blocks));
	const __m256i high = ranks_inside(bits, _mm512_extracti64x4_epi64(places, 1), _mm512_extracti64x4_epi64(blocks, 1));
	const __m512i all_before = _mm512_i32gather_epi32(blocks, before, 4);
	return _mm512_add_epi32(all_before, _mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1));
}

#endif
