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
#if defined __AVX512VBMI2__ && defined __AVX512BW__
#include "base/places_avx512.h"
#endif

#include "base/bits.h"

typedef uint8_t vectors_bytes __attribute__((vector_size(16)));
typedef uint64_t vectors_8 __attribute__((vector_size(16)));
typedef uint16_t vectors_pairs __attribute__((vector_size(32)));
typedef uint64_t vectors_words __attribute__((vector_size(32)));

/* Each pair with its first byte in the lower half. */
static inline vectors_pairs vectors_pairs_little(vectors_pairs pairs)
{
	return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? pairs : pairs << 8 | pairs >> 8;
}

typedef uint32_t vectors_wide __attribute__((vector_size(32)));

/* The same anywhere in memory, whatever it is of. */
typedef vectors_bytes vectors_bytes_at __attribute__((aligned(1), may_alias));
typedef vectors_pairs vectors_pairs_at __attribute__((aligned(1), may_alias));
typedef vectors_wide vectors_wide_at __attribute__((aligned(1), may_alias));

static inline vectors_bytes vectors_load_bytes(const void *from)
{
	return *(const vectors_bytes_at *)from;
}

static inline void vectors_store_bytes(void *to, vectors_bytes bytes)
{
	*(vectors_bytes_at *)to = bytes;
}

static inline vectors_pairs vectors_load(const void *from)
{
	return *(const vectors_pairs_at *)from;
}

static inline void vectors_store(void *to, vectors_pairs pairs)
{
	*(vectors_pairs_at *)to = pairs;
}

static inline vectors_wide vectors_load_wide(const void *from)
{
	return *(const vectors_wide_at *)from;
}

static inline void vectors_store_wide(void *to, vectors_wide wide)
{
	*(vectors_wide_at *)to = wide;
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
	const vectors_bytes is_equal = (vectors_bytes)(bytes == number);
	uint32_t bits = 0;
	for (unsigned i = 0; i < sizeof bytes; i++)
		bits |= (uint32_t)(is_equal[i] & 1) << i;
	return bits;
}
#endif

/* The number of the lowest bit; any, if there is none. */
#ifdef __BMI__
static inline uint32_t vectors_lowest(uint64_t bits)
{
	return (uint32_t)_tzcnt_u64(bits);
}
#else
static inline uint32_t vectors_lowest(uint64_t bits)
{
	return (uint32_t)__builtin_ctzll(bits | (uint64_t)1 << 63);
}
#endif

/* The number of the lowest bit, 32 if there is none. */
static inline uint32_t vectors_first(uint32_t bits)
{
	return (uint32_t)__builtin_ctzll((uint64_t)1 << 32 | bits);
}

/* Numbers of the bits, from number on, are put at out, and up to sixteen more; returns how many there are. */
#ifdef __AVX512F__
static inline size_t vectors_put_numbers(uint64_t bits, uint32_t number, uint32_t *out)
{
	__m512i numbers = _mm512_add_epi32(_mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
	                                   _mm512_set1_epi32((int)number));
	size_t n = 0;
	for (unsigned i = 0; i < 64; i += 16) {
		const __mmask16 some = (__mmask16)(bits >> i);
		_mm512_storeu_si512(out + n, _mm512_maskz_compress_epi32(some, numbers));
		n += (size_t)__builtin_popcount(some);
		numbers = _mm512_add_epi32(numbers, _mm512_set1_epi32(16));
	}
	return n;
}
#else
static inline size_t vectors_put_numbers(uint64_t bits, uint32_t number, uint32_t *out)
{
	const size_t n = (size_t)__builtin_popcountll(bits);
	for (size_t i = 0; i < n; i += 8) {
		for (size_t k = 0; k < 8; k++) {
			out[i + k] = number + vectors_lowest(bits);
			bits &= bits - 1;
		}
	}
	return n;
}
#endif

/* The same of bits no two of which are side by side. */
#if defined __AVX512VBMI2__ && defined __AVX512BW__
static inline size_t vectors_put_few_numbers(uint64_t bits, uint32_t number, uint32_t *out)
{
	return places_put_few(bits, number, out);
}
#else
static inline size_t vectors_put_few_numbers(uint64_t bits, uint32_t number, uint32_t *out)
{
	return vectors_put_numbers(bits, number, out);
}
#endif

/*
 * Of up to 64 numbers in each of two columns, those of the bits, of which there are any, are put at out, and up to sixteen more. What
 * is behind the last bit is not read. Returns how many there are.
 */
#ifdef __AVX512F__
static inline size_t vectors_pick(uint64_t bits, const uint32_t *const from[2], uint32_t *const out[2])
{
	size_t n = 0;
	for (unsigned i = 0; i < 64; i += 16) {
		const __mmask16 some = (__mmask16)(bits >> i);
		for (size_t k = 0; k < 2; k++)
			_mm512_storeu_si512(out[k] + n, _mm512_maskz_compress_epi32(some, _mm512_maskz_loadu_epi32(some, from[k] + i)));
		n += (size_t)__builtin_popcount(some);
	}
	return n;
}
#else
static inline size_t vectors_pick(uint64_t bits, const uint32_t *const from[2], uint32_t *const out[2])
{
	const size_t n = bits_count(bits);
	const uint64_t first = bits;
	for (size_t i = 0; i < n; i += 4) {
		for (size_t k = 0; k < 4; k++) {
			const uint32_t at = vectors_lowest(bits != 0 ? bits : first);
			out[0][i + k] = from[0][at];
			out[1][i + k] = from[1][at];
			bits &= bits - 1;
		}
	}
	return n;
}
#endif

/*
 * Of 64 numbers, those of the bits are put at out, and at ends the one behind each, or, of threes, the third behind it; and up to
 * sixteen more.
 */
#ifdef __AVX512F__
static inline void vectors_pack(uint64_t bits, uint64_t threes, const uint32_t *from, uint32_t *out, uint32_t *ends)
{
	size_t n = 0;
	for (unsigned i = 0; i < 64; i += 16) {
		const __mmask16 some = (__mmask16)(bits >> i);
		const __m512i next = _mm512_mask_loadu_epi32(_mm512_loadu_si512(from + i + 1), (__mmask16)(threes >> i), from + i + 3);
		_mm512_storeu_si512(out + n, _mm512_maskz_compress_epi32(some, _mm512_loadu_si512(from + i)));
		_mm512_storeu_si512(ends + n, _mm512_maskz_compress_epi32(some, next));
		n += (size_t)__builtin_popcount(some);
	}
}
#else
static inline void vectors_pack(uint64_t bits, uint64_t threes, const uint32_t *from, uint32_t *out, uint32_t *ends)
{
	const size_t n = (size_t)__builtin_popcountll(bits);
	for (size_t i = 0; i < n; i += 4) {
		for (size_t k = 0; k < 4; k++) {
			const uint32_t at = vectors_lowest(bits) % 64;
			out[i + k] = from[at];
			ends[i + k] = from[at + 1 + (threes >> at & 1) * 2];
			bits &= bits - 1;
		}
	}
}
#endif

/* A bit for each of eight numbers that has its highest one. */
#if defined __AVX2__
static inline uint32_t vectors_signs(vectors_wide wide)
{
	return (uint32_t)_mm256_movemask_ps((__m256)wide);
}
#elif defined __SSE2__
static inline uint32_t vectors_signs(vectors_wide wide)
{
	__m128 halves[2];
	memcpy(halves, &wide, sizeof halves);
	return (uint32_t)_mm_movemask_ps(halves[0]) | (uint32_t)_mm_movemask_ps(halves[1]) << 4;
}
#else
static inline uint32_t vectors_signs(vectors_wide wide)
{
	uint32_t bits = 0;
	for (unsigned i = 0; i < 8; i++)
		bits |= wide[i] >> 31 << i;
	return bits;
}
#endif

/*
 * Of up to eight places in a text, n of which count, up to four bytes from each to another place behind it, the last one the highest byte; of
 * more bytes, and where none count, 0. Four bytes of text can be read from each.
 */
#ifdef __AVX2__
static inline vectors_wide vectors_spans(const char *text, const uint32_t *from, const uint32_t *to, size_t n)
{
	const __m256i within = _mm256_cmpgt_epi32(_mm256_set1_epi32(n < 8 ? (int)n : 8), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
	const __m256i at = _mm256_loadu_si256((const __m256i *)(const void *)from);
	const __m256i lens = _mm256_sub_epi32(_mm256_loadu_si256((const __m256i *)(const void *)to), at);
	const __m256i four = _mm256_mask_i32gather_epi32(_mm256_setzero_si256(), (const int *)(const void *)text, at, within, 1);
	return (vectors_wide)_mm256_sllv_epi32(four, _mm256_sub_epi32(_mm256_set1_epi32(32), _mm256_slli_epi32(lens, 3)));
}
#else
static inline vectors_wide vectors_spans(const char *text, const uint32_t *from, const uint32_t *to, size_t n)
{
	uint32_t spans[8] = {0};
	for (size_t i = 0; i < 8 && i < n; i++)
		for (uint32_t at = from[i]; at < to[i] && to[i] - from[i] <= 4; at++)
			spans[i] = spans[i] >> 8 | (uint32_t)(unsigned char)text[at] << 24;
	return vectors_load_wide(spans);
}
#endif

/* Of two in a row, a bit for each half that is equal to that of one; half of what is not equal may count as not equal. */
#if defined __AVX2__
static inline uint32_t vectors_halves(const void *two, vectors_8 one)
{
	const __m256i both = _mm256_broadcastsi128_si256((__m128i)one);
	const __m256i is_equal = _mm256_cmpeq_epi64(*(const __m256i_u *)two, both);
	return (uint32_t)_mm256_movemask_pd((__m256d)is_equal);
}
#elif defined __SSE2__
static inline uint32_t vectors_halves(const void *two, vectors_8 one)
{
	const vectors_bytes bytes = (vectors_bytes)one;
	const vectors_bytes first = (vectors_bytes)(vectors_load_bytes(two) == bytes);
	const vectors_bytes second = (vectors_bytes)(vectors_load_bytes((const char *)two + 16) == bytes);
	return (uint32_t)(_mm_movemask_epi8((__m128i)first) == 0xFFFF) * 3 |
	       (uint32_t)(_mm_movemask_epi8((__m128i)second) == 0xFFFF) * 12;
}
#else
static inline uint32_t vectors_halves(const void *two, vectors_8 one)
{
	const vectors_8 first = (vectors_8)vectors_load_bytes(two) ^ one;
	const vectors_8 second = (vectors_8)vectors_load_bytes((const char *)two + 16) ^ one;
	return (uint32_t)((first[0] | first[1]) == 0) * 3 | (uint32_t)((second[0] | second[1]) == 0) * 12;
}
#endif

/* 1 if the first one is equal, 4 if the second one is. */
static inline uint32_t vectors_which(const void *two, vectors_8 one)
{
	const uint32_t halves = vectors_halves(two, one);
	return halves & halves >> 1 & 5;
}

#ifdef __AVX2__
/* Whether none of the bits is there. */
static inline bool vectors_has_none(vectors_pairs pairs, vectors_pairs bits)
{
	return _mm256_testz_si256((__m256i)pairs, (__m256i)bits);
}

/* A bit for each of the bytes that is the number. */
static inline uint32_t vectors_find(vectors_pairs bytes, uint8_t number)
{
	return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8((__m256i)bytes, _mm256_set1_epi8((char)number)));
}

/* Of each pair the first byte times its weight and the second one times its; weights are below 128, sums below 32768. */
static inline vectors_pairs vectors_weigh(vectors_pairs bytes, vectors_pairs weights)
{
	return (vectors_pairs)_mm256_maddubs_epi16((__m256i)bytes, (__m256i)weights);
}

/* Of pairs below 0x100. */
static inline vectors_bytes vectors_low_bytes(vectors_pairs pairs)
{
	const __m256i all = (__m256i)pairs;
	return (vectors_bytes)_mm_packus_epi16(_mm256_castsi256_si128(all), _mm256_extracti128_si256(all, 1));
}

/* Numbers of one byte each. */
static inline vectors_pairs vectors_of_bytes(vectors_bytes bytes)
{
	return (vectors_pairs)_mm256_cvtepu8_epi16((__m128i)bytes);
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

/* Which of the numbers is the first that is so much; there is one. */
static inline uint32_t vectors_first_of(vectors_pairs pairs, uint16_t number)
{
	return vectors_lowest((uint32_t)_mm256_movemask_epi8((__m256i)(pairs == number))) / 2;
}
#else
static inline bool vectors_has_none(vectors_pairs pairs, vectors_pairs bits)
{
	const vectors_words words = (vectors_words)(pairs & bits);
	return (words[0] | words[1] | words[2] | words[3]) == 0;
}

static inline uint32_t vectors_find(vectors_pairs bytes, uint8_t number)
{
	vectors_bytes halves[2];
	memcpy(halves, &bytes, sizeof halves);
	return vectors_equal(halves[0], number) | vectors_equal(halves[1], number) << 16;
}

static inline vectors_pairs vectors_weigh(vectors_pairs bytes, vectors_pairs weights)
{
	const vectors_pairs both = vectors_pairs_little(bytes), by = vectors_pairs_little(weights);
	return (both & 0xFF) * (by & 0xFF) + (both >> 8) * (by >> 8);
}

static inline vectors_bytes vectors_low_bytes(vectors_pairs pairs)
{
	return __builtin_convertvector(pairs, vectors_bytes);
}

static inline vectors_pairs vectors_of_bytes(vectors_bytes bytes)
{
	return __builtin_convertvector(bytes, vectors_pairs);
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

static inline uint32_t vectors_first_of(vectors_pairs pairs, uint16_t number)
{
	uint32_t i = 0;
	while (pairs[i] != number)
		i++;
	return i;
}
#endif

/* The lesser ones of numbers below 2^15, which every processor has an instruction for. */
#if defined __SSE2__ && !defined __AVX2__
static inline vectors_pairs vectors_min_low(vectors_pairs a, vectors_pairs b)
{
	__m128i from[2], with[2];
	vectors_pairs least;
	memcpy(from, &a, sizeof from);
	memcpy(with, &b, sizeof with);
	for (size_t i = 0; i < 2; i++)
		from[i] = _mm_min_epi16(from[i], with[i]);
	memcpy(&least, from, sizeof least);
	return least;
}
#else
static inline vectors_pairs vectors_min_low(vectors_pairs a, vectors_pairs b)
{
	return vectors_min(a, b);
}
#endif

/* All bits of one of the numbers. */
static inline vectors_pairs vectors_only(uint32_t i)
{
	const vectors_pairs numbers = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
	return (vectors_pairs)(numbers == (uint16_t)i);
}

/* ---- Sums: as many numbers as pairs, of 32 bits each ---- */

#if defined __AVX512BW__ && defined __AVX512VL__
typedef __m512i vectors_sums;

static inline vectors_sums vectors_load_sums(const uint32_t from[16])
{
	return _mm512_loadu_si512(from);
}

static inline void vectors_store_sums(uint32_t to[16], vectors_sums sums)
{
	_mm512_storeu_si512(to, sums);
}

static inline vectors_sums vectors_widen(vectors_pairs pairs)
{
	return _mm512_cvtepu16_epi32((__m256i)pairs);
}

static inline vectors_sums vectors_add(vectors_sums a, vectors_sums b)
{
	return _mm512_add_epi32(a, b);
}

static inline vectors_sums vectors_subtract(vectors_sums a, vectors_sums b)
{
	return _mm512_sub_epi32(a, b);
}

/* Of numbers below 2^31; 0xFFFF for those that are more than that. */
static inline vectors_pairs vectors_cut_off(vectors_sums sums)
{
	return (vectors_pairs)_mm512_cvtusepi32_epi16(sums);
}
#else
typedef struct {
	vectors_wide low, high;
} vectors_sums;

static inline vectors_sums vectors_load_sums(const uint32_t from[16])
{
	return (vectors_sums){vectors_load_wide(from), vectors_load_wide(from + 8)};
}

static inline void vectors_store_sums(uint32_t to[16], vectors_sums sums)
{
	vectors_store_wide(to, sums.low);
	vectors_store_wide(to + 8, sums.high);
}

static inline vectors_sums vectors_add(vectors_sums a, vectors_sums b)
{
	return (vectors_sums){a.low + b.low, a.high + b.high};
}

static inline vectors_sums vectors_subtract(vectors_sums a, vectors_sums b)
{
	return (vectors_sums){a.low - b.low, a.high - b.high};
}

#ifdef __AVX2__
static inline vectors_sums vectors_widen(vectors_pairs pairs)
{
	const __m256i all = (__m256i)pairs;
	return (vectors_sums){(vectors_wide)_mm256_cvtepu16_epi32(_mm256_castsi256_si128(all)),
	                      (vectors_wide)_mm256_cvtepu16_epi32(_mm256_extracti128_si256(all, 1))};
}

static inline vectors_pairs vectors_cut_off(vectors_sums sums)
{
	const __m256i mixed = _mm256_packus_epi32((__m256i)sums.low, (__m256i)sums.high);
	return (vectors_pairs)_mm256_permute4x64_epi64(mixed, 0xD8);
}
#else
typedef uint16_t vectors_half __attribute__((vector_size(16)));

static inline vectors_sums vectors_widen(vectors_pairs pairs)
{
	vectors_half halves[2];
	memcpy(halves, &pairs, sizeof halves);
	return (vectors_sums){__builtin_convertvector(halves[0], vectors_wide), __builtin_convertvector(halves[1], vectors_wide)};
}

static inline vectors_pairs vectors_cut_off(vectors_sums sums)
{
	const vectors_wide most = (vectors_wide){0} + UINT16_MAX;
	const vectors_half halves[2] = {
		__builtin_convertvector(sums.low | (vectors_wide)(sums.low > most), vectors_half),
		__builtin_convertvector(sums.high | (vectors_wide)(sums.high > most), vectors_half),
	};
	return vectors_load(halves);
}
#endif
#endif

#endif
