/*
 * Where bits are set among 64, as numbers. For files that are compiled for AVX-512 with VBMI2.
 */
#ifndef LAFZ_BASE_PLACES_AVX512_H
#define LAFZ_BASE_PLACES_AVX512_H

#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>

/* The places of bits, a byte each, in their order; zero behind them. */
static inline __m512i places_of(uint64_t bits)
{
	static const uint8_t numbers[64] = {
		0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
		22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
		44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63,
	};
	return _mm512_maskz_compress_epi8(bits, _mm512_loadu_si512(numbers));
}

/* Sixteen of them, with a number added to each. */
static inline void places_put_16(__m128i places, __m512i add, uint32_t *out)
{
	_mm512_storeu_si512(out, _mm512_add_epi32(_mm512_cvtepu8_epi32(places), add));
}

/* Those of bits no two of which are side by side, with a number added, and up to sixteen more entries. Returns how many there are. */
static inline size_t places_put_few(uint64_t bits, uint32_t number, uint32_t *out)
{
	const __m512i places = places_of(bits), add = _mm512_set1_epi32((int)number);
	const size_t n = (size_t)__builtin_popcountll(bits);
	places_put_16(_mm512_castsi512_si128(places), add, out);
	if (n > 16)
		places_put_16(_mm512_extracti32x4_epi32(places, 1), add, out + 16);
	return n;
}

#endif
