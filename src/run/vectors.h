/*
 * What is done to 32 bytes at once, by the vectors of the compiler, and what these have no words
 * for: files that are compiled for a processor get its instructions.
 */
#ifndef LAFZ_RUN_VECTORS_H
#define LAFZ_RUN_VECTORS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#ifdef __AVX2__
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
#endif

#endif
