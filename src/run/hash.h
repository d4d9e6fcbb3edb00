/*
 * Hashes of keys of 16 bytes: each 32 bits times a number of their own, summed up. Few operations where eight are made at once, and
 * nothing that a processor without wide vectors lacks.
 */
#ifndef LAFZ_RUN_HASH_H
#define LAFZ_RUN_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "run/vectors.h"

/* Odd numbers, of the fractional parts of the square roots of 2, 3, 5 and 7. */
#define HASH_0 0x6A09E667u
#define HASH_1 0xBB67AE85u
#define HASH_2 0x3C6EF373u
#define HASH_3 0xA54FF53Bu

/* The lower half is best in its upper bits: what depends on all bits of what is hashed. The upper half is best in its lower ones. */
#ifdef __SSE2__
static inline uint64_t hash_of(vectors_8 key)
{
	const __m128i all = (__m128i)key;
	const __m128i even = _mm_mul_epu32(all, _mm_set_epi32(0, (int)HASH_2, 0, (int)HASH_0));
	const __m128i odd = _mm_mul_epu32(_mm_srli_epi64(all, 32), _mm_set_epi32(0, (int)HASH_3, 0, (int)HASH_1));
	const __m128i sums = _mm_add_epi64(even, odd);
	return ((vectors_8)_mm_add_epi64(sums, _mm_unpackhi_epi64(sums, sums)))[0];
}
#else
static inline uint64_t hash_of(vectors_8 key)
{
	return (uint64_t)(uint32_t)key[0] * HASH_0 + (key[0] >> 32) * HASH_1 + (uint64_t)(uint32_t)key[1] * HASH_2 +
	       (key[1] >> 32) * HASH_3;
}
#endif

#define HASH_TOGETHER 8

/* Of so many keys, the upper bits of the lower halves of their hashes: shifted down, of which the bits of the mask are kept. */
#if defined __AVX512F__
/* The sums of four keys, each in the first of its four parts. */
static inline __m512i hash_four(__m512i all)
{
	const __m512i even = _mm512_mul_epu32(all, _mm512_broadcast_i32x4(_mm_set_epi32(0, (int)HASH_2, 0, (int)HASH_0)));
	const __m512i odd = _mm512_mul_epu32(_mm512_srli_epi64(all, 32),
	                                     _mm512_broadcast_i32x4(_mm_set_epi32(0, (int)HASH_3, 0, (int)HASH_1)));
	const __m512i sums = _mm512_add_epi64(even, odd);
	return _mm512_add_epi64(sums, _mm512_shuffle_epi32(sums, _MM_PERM_BADC));
}

static inline void hash_eight_of(__m512i low, __m512i high, uint32_t shift, uint32_t mask, uint32_t out[HASH_TOGETHER])
{
	const __m512i firsts = _mm512_setr_epi32(0, 4, 8, 12, 16, 20, 24, 28, 0, 0, 0, 0, 0, 0, 0, 0);
	const __m512i both = _mm512_permutex2var_epi32(hash_four(low), firsts, hash_four(high));
	const __m256i hashes = _mm256_srl_epi32(_mm512_castsi512_si256(both), _mm_cvtsi32_si128((int)shift));
	_mm256_storeu_si256((__m256i *)(void *)out, _mm256_and_si256(hashes, _mm256_set1_epi32((int)mask)));
}

static inline void hash_eight(const void *keys, uint32_t shift, uint32_t mask, uint32_t out[HASH_TOGETHER])
{
	hash_eight_of(_mm512_loadu_si512(keys), _mm512_loadu_si512((const char *)keys + 64), shift, mask, out);
}
#elif defined __AVX2__
/* The sums of two keys, two parts of each that are still to be added. */
static inline __m256i hash_two(const void *keys)
{
	const __m256i all = *(const __m256i_u *)keys;
	const __m256i even = _mm256_mul_epu32(all, _mm256_set_epi32(0, (int)HASH_2, 0, (int)HASH_0, 0, (int)HASH_2, 0, (int)HASH_0));
	const __m256i odd = _mm256_mul_epu32(_mm256_srli_epi64(all, 32),
	                                     _mm256_set_epi32(0, (int)HASH_3, 0, (int)HASH_1, 0, (int)HASH_3, 0, (int)HASH_1));
	return _mm256_add_epi64(even, odd);
}

/* Of four keys: the first, third, second and fourth one. */
static inline __m256i hash_four(const void *keys)
{
	const __m256i low = hash_two(keys), high = hash_two((const char *)keys + 32);
	return _mm256_add_epi64(_mm256_unpacklo_epi64(low, high), _mm256_unpackhi_epi64(low, high));
}

static inline void hash_eight(const void *keys, uint32_t shift, uint32_t mask, uint32_t out[HASH_TOGETHER])
{
	const __m256 low = (__m256)hash_four(keys), high = (__m256)hash_four((const char *)keys + 64);
	/* 0 2 4 6 1 3 5 7 */
	const __m256i mixed = (__m256i)_mm256_shuffle_ps(low, high, 0x88);
	const __m256i both = _mm256_permutevar8x32_epi32(mixed, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7));
	const __m256i hashes = _mm256_srl_epi32(both, _mm_cvtsi32_si128((int)shift));
	*(__m256i_u *)(void *)out = _mm256_and_si256(hashes, _mm256_set1_epi32((int)mask));
}
#else
static inline void hash_eight(const void *keys, uint32_t shift, uint32_t mask, uint32_t out[HASH_TOGETHER])
{
	for (size_t i = 0; i < HASH_TOGETHER; i++)
		out[i] = (uint32_t)hash_of((vectors_8)vectors_load_bytes((const char *)keys + 16 * i)) >> shift & mask;
}
#endif

#endif
