/*
 * Stands before the compiler's header of this name when the AVX-512 kernel is built for its test on
 * a processor without: the instructions in C, by SIMDe, and what SIMDe lacks.
 */
#ifndef LAFZ_TESTS_SIMDE_H
#define LAFZ_TESTS_SIMDE_H

#include_next <immintrin.h>

#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/avx512.h>

#include <stdint.h>
#include <string.h>

#define _mm512_maskz_compress_epi8 own_compress
static inline __m512i own_compress(uint64_t mask, __m512i x)
{
	uint8_t in[64], out[64] = {0};
	size_t n = 0;
	memcpy(in, &x, sizeof in);
	for (size_t i = 0; i < sizeof in; i++)
		if (mask >> i & 1)
			out[n++] = in[i];
	memcpy(&x, out, sizeof out);
	return x;
}

#define _mm512_cvtepu8_epi32 own_widen
static inline __m512i own_widen(__m128i x)
{
	uint8_t in[16];
	uint32_t out[16];
	__m512i wide;
	memcpy(in, &x, sizeof in);
	for (size_t i = 0; i < sizeof in; i++)
		out[i] = in[i];
	memcpy(&wide, out, sizeof out);
	return wide;
}

#define _mm512_cvtepu8_epi16 own_widen_once
static inline __m512i own_widen_once(__m256i x)
{
	uint8_t in[32];
	uint16_t out[32];
	__m512i wide;
	memcpy(in, &x, sizeof in);
	for (size_t i = 0; i < sizeof in; i++)
		out[i] = in[i];
	memcpy(&wide, out, sizeof out);
	return wide;
}

#define _mm512_cmpneq_epi8_mask(x, y) (~_mm512_cmpeq_epi8_mask(x, y))

#define _pext_u64 own_extract
static inline uint64_t own_extract(uint64_t x, uint64_t which)
{
	uint64_t out = 0;
	for (unsigned n = 0; which != 0; which &= which - 1, n++)
		out |= (x >> __builtin_ctzll(which) & 1) << n;
	return out;
}

#endif
