/*
 * What is done to 32 bytes at once, by the vectors of the compiler, and what these have no words
 * for: files that are compiled for a processor get its instructions.
 */
#ifndef LAFZ_RUN_VECTORS_H
#define LAFZ_RUN_VECTORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined __AVX2__ || defined __SSE2__
#include <immintrin.h>
#endif

typedef uint8_t vectors_bytes __attribute__((vector_size(16)));
typedef uint16_t vectors_pairs __attribute__((vector_size(32)));
typedef uint64_t vectors_words __attribute__((vector_size(32)));

/* Each pair with its first byte in the lower half. */
static inline vectors_pairs vectors_pairs_little(vectors_pairs pairs)
{
	return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? pairs : pairs << 8 | pairs >> 8;
}

typedef uint32_t vectors_wide __attribute__((vector_size(32)));

/* Vectors are copied in and out, so that arrays need not be aligned. */
static inline vectors_pairs vectors_load(const void *from)
{
	vectors_pairs pairs;
	memcpy(&pairs, from, sizeof pairs);
	return pairs;
}

static inline vectors_bytes vectors_load_bytes(const void *from)
{
	vectors_bytes bytes;
	memcpy(&bytes, from, sizeof bytes);
	return bytes;
}

/* A bit for each byte that is the number. */
#ifdef __SSE2__
static inline uint32_t vectors_equal(vectors_bytes bytes, uint8_t number)
{
	return (uint32_t)_mm_movemask_epi8((__m128i)(bytes == number));
}
#else
static inline uint32_t vectors_equal(vectors_bytes bytes, uint8_t number)
{
	const vectors_bytes is_equal = bytes == number;
	uint32_t bits = 0;
	for (unsigned i = 0; i < sizeof bytes; i++)
		bits |= (uint32_t)(is_equal[i] & 1) << i;
	return bits;
}
#endif

#ifdef __AVX2__
static inline bool vectors_is_zero(vectors_pairs pairs)
{
	return _mm256_testz_si256((__m256i)pairs, (__m256i)pairs);
}

/* Of pairs below 0x100. */
static inline vectors_bytes vectors_low_bytes(vectors_pairs pairs)
{
	const __m256i all = (__m256i)pairs;
	return (vectors_bytes)_mm_packus_epi16(_mm256_castsi256_si128(all), _mm256_extracti128_si256(all, 1));
}

static inline vectors_pairs vectors_min(vectors_pairs a, vectors_pairs b)
{
	return (vectors_pairs)_mm256_min_epu16((__m256i)a, (__m256i)b);
}

/* The least of all numbers. */
static inline uint16_t vectors_least(vectors_pairs pairs)
{
	const __m256i all = (__m256i)pairs;
	const __m128i eight = _mm_min_epu16(_mm256_castsi256_si128(all), _mm256_extracti128_si256(all, 1));
	return (uint16_t)_mm_cvtsi128_si32(_mm_minpos_epu16(eight));
}

/* Numbers below 2^31, 0xFFFF for those that are more. */
static inline vectors_pairs vectors_cut_off(vectors_wide low, vectors_wide high)
{
	const __m256i mixed = _mm256_packus_epi32((__m256i)low, (__m256i)high);
	return (vectors_pairs)_mm256_permute4x64_epi64(mixed, 0xD8);
}
#else
static inline bool vectors_is_zero(vectors_pairs pairs)
{
	const vectors_words words = (vectors_words)pairs;
	return (words[0] | words[1] | words[2] | words[3]) == 0;
}

static inline vectors_bytes vectors_low_bytes(vectors_pairs pairs)
{
	return __builtin_convertvector(pairs, vectors_bytes);
}

static inline vectors_pairs vectors_min(vectors_pairs a, vectors_pairs b)
{
	const vectors_pairs is_a = (vectors_pairs)(a < b);
	return (a & is_a) | (b & ~is_a);
}

static inline uint16_t vectors_least(vectors_pairs pairs)
{
	uint16_t least = UINT16_MAX;
	for (size_t i = 0; i < sizeof pairs / sizeof least; i++)
		least = pairs[i] < least ? pairs[i] : least;
	return least;
}

static inline vectors_pairs vectors_cut_off(vectors_wide low, vectors_wide high)
{
	typedef uint16_t half __attribute__((vector_size(16)));
	const vectors_wide most = (vectors_wide){0} + UINT16_MAX;
	const half halves[2] = {
		__builtin_convertvector(low | (vectors_wide)(low > most), half),
		__builtin_convertvector(high | (vectors_wide)(high > most), half),
	};
	return vectors_load(halves);
}
#endif

#endif
