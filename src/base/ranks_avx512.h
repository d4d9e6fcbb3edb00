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

/* The lower halves of the blocks of sixteen places, or the upper ones. */
static inline __m512i ranks_halves(const uint64_t *bits, const struct ranks_near *near, int upper)
{
	const __m512i halves = _mm512_add_epi32(_mm512_add_epi32(near->blocks, near->blocks), _mm512_set1_epi32(upper));
	return _mm512_permutexvar_epi32(halves, _mm512_loadu_si512(bits + near->first));
}

/* Which of sixteen places have a bit. */
static inline __mmask16 ranks_have(const uint64_t *bits, const struct ranks_near *near, __m512i places)
{
	const __m512i halves = _mm512_srli_epi32(places, 5);
	const __m512i first = _mm512_set1_epi32((int)(2 * near->first));
	const __m512i own = _mm512_permutexvar_epi32(_mm512_sub_epi32(halves, first), _mm512_loadu_si512(bits + near->first));
	return _mm512_test_epi32_mask(own, _mm512_rolv_epi32(_mm512_set1_epi32(1), places));
}

/* The same where they are not near. */
static inline __mmask16 ranks_have_far(const uint64_t *bits, __m512i places)
{
	const __m512i own = _mm512_i32gather_epi32(_mm512_srli_epi32(places, 5), bits, 4);
	return _mm512_test_epi32_mask(own, _mm512_rolv_epi32(_mm512_set1_epi32(1), places));
}

/* How many bits are below sixteen places in their own blocks, whose halves are given. */
static inline __m512i ranks_inside(__m512i lower, __m512i upper, __m512i places)
{
	const __m512i within = _mm512_and_si512(places, _mm512_set1_epi32(RANKS_BLOCK - 1));
	/* what is shifted by 32 or more is gone */
	const __m512i others = _mm512_sllv_epi32(_mm512_set1_epi32(-1), within);
	const __m512i below = _mm512_sllv_epi32(upper, _mm512_sub_epi32(_mm512_set1_epi32(RANKS_BLOCK), within));
	return _mm512_add_epi32(_mm512_popcnt_epi32(_mm512_andnot_si512(others, lower)), _mm512_popcnt_epi32(below));
}

/* Places that are not near. */
__attribute__((noinline)) static __m512i ranks_far(const uint32_t *before, const uint64_t *bits, __m512i places)
{
	const __m512i blocks = _mm512_srli_epi32(places, 6);
	const __m512i lower = _mm512_i32gather_epi32(blocks, bits, 8);
	const __m512i upper = _mm512_i32gather_epi32(blocks, (const char *)bits + sizeof(uint32_t), 8);
	return _mm512_add_epi32(_mm512_i32gather_epi32(blocks, before, 4), ranks_inside(lower, upper, places));
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
	const __m256i eight = _mm256_loadu_si256((const __m256i *)(const void *)(before + near.first));
	const __m512i all_before = _mm512_permutexvar_epi32(near.blocks, _mm512_castsi256_si512(eight));
	return _mm512_add_epi32(all_before, ranks_inside(ranks_halves(bits, &near, 0), ranks_halves(bits, &near, 1), places));
}

#endif
