/*
 * How many bits are set before places in a row of blocks of 64, sixteen places at a time: those of the blocks before, and those below the
 * place in its own. For files that are compiled for AVX-512.
 */
#ifndef LAFZ_BASE_RANKS_AVX512_H
#define LAFZ_BASE_RANKS_AVX512_H

#include <immintrin.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RANKS_BLOCK 64
#define RANKS_AT_ONCE 16
#define RANKS_NEAR 8 /* blocks of places that are near */
#define RANKS_SLACK (RANKS_NEAR - 1)

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

/* Those below eight places in their own blocks, which are given. */
static inline __m256i ranks_inside(__m512i own, __m256i places)
{
	const __m256i place = _mm256_and_si256(places, _mm256_set1_epi32(RANKS_BLOCK - 1));
	const __m256i behind = _mm256_sub_epi32(_mm256_set1_epi32(RANKS_BLOCK), place);
	return ranks_count(_mm512_sllv_epi64(own, _mm512_cvtepu32_epi64(behind)));
}

/* Sixteen places, as blocks behind the first one's block. */
struct ranks_near {
	size_t first;
	__m512i blocks;
};

/* Whether sixteen places, in ascending order, lie in RANKS_NEAR blocks side by side. */
static inline bool ranks_are_near(__m512i places, struct ranks_near *near)
{
	const __m512i blocks = _mm512_srli_epi32(places, 6);
	const __m512i first = _mm512_broadcastd_epi32(_mm512_castsi512_si128(blocks));
	*near = (struct ranks_near){(size_t)(uint32_t)_mm512_cvtsi512_si32(blocks), _mm512_sub_epi32(blocks, first)};
	return _mm512_cmpge_epu32_mask(near->blocks, _mm512_set1_epi32(RANKS_NEAR)) == 0;
}

/* The numbers of the blocks of eight of the places: the first eight, or the others. */
static inline __m512i ranks_pick(const uint64_t *numbers, const struct ranks_near *near, bool others)
{
	const __m256i blocks = others ? _mm512_extracti64x4_epi64(near->blocks, 1) : _mm512_castsi512_si256(near->blocks);
	return _mm512_permutexvar_epi64(_mm512_cvtepu32_epi64(blocks), _mm512_loadu_si512(numbers + near->first));
}

/* Places that are not near. */
__attribute__((noinline)) static __m512i ranks_far(const uint32_t *before, const uint64_t *bits, __m512i places)
{
	const __m512i blocks = _mm512_srli_epi32(places, 6);
	const __m512i low = _mm512_i32gather_epi64(_mm512_castsi512_si256(blocks), bits, 8);
	const __m512i high = _mm512_i32gather_epi64(_mm512_extracti64x4_epi64(blocks, 1), bits, 8);
	const __m256i inside[2] = {ranks_inside(low, _mm512_castsi512_si256(places)),
	                           ranks_inside(high, _mm512_extracti64x4_epi64(places, 1))};
	const __m512i all_before = _mm512_i32gather_epi32(blocks, before, 4);
	return _mm512_add_epi32(all_before, _mm512_inserti64x4(_mm512_castsi256_si512(inside[0]), inside[1], 1));
}

/*
 * The bits before sixteen places, in ascending order; before[i] are those before block i. Both arrays have an entry for the block of
 * each place, and RANKS_SLACK more that may be read. Mostly the places are near, so that nothing is gathered from memory.
 */
static inline __m512i ranks_of(const uint32_t *before, const uint64_t *bits, __m512i places)
{
	struct ranks_near near;
	if (!ranks_are_near(places, &near))
		return ranks_far(before, bits, places);
	const __m256i low = ranks_inside(ranks_pick(bits, &near, false), _mm512_castsi512_si256(places));
	const __m256i high = ranks_inside(ranks_pick(bits, &near, true), _mm512_extracti64x4_epi64(places, 1));
	const __m256i eight = _mm256_loadu_si256((const __m256i *)(const void *)(before + near.first));
	const __m512i all_before = _mm512_permutexvar_epi32(near.blocks, _mm512_castsi256_si512(eight));
	return _mm512_add_epi32(all_before, _mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1));
}

#endif
