/*
 * write_group_loop.h for AVX-512: groups of sixteen tokens.
 */
#include <immintrin.h>
#include <stdint.h>

#define GROUP 16
#define GROUP_BYTES 64

/* (An attribute needs the typedef.) */
typedef uint32_t group_numbers __attribute__((vector_size(64)));
typedef uint16_t group_halves __attribute__((vector_size(64)));
typedef uint16_t group_row __attribute__((vector_size(32)));
typedef uint8_t group_bytes __attribute__((vector_size(64)));

static inline group_numbers group_load(const void *from)
{
	return (group_numbers)_mm512_loadu_si512(from);
}

static inline void group_store(void *to, group_numbers numbers)
{
	_mm512_storeu_si512(to, (__m512i)numbers);
}

static inline group_numbers group_min(group_numbers a, group_numbers b)
{
	return (group_numbers)_mm512_min_epu32((__m512i)a, (__m512i)b);
}

static inline group_halves group_high(group_halves a, uint16_t b)
{
	return (group_halves)_mm512_mulhi_epu16((__m512i)a, _mm512_set1_epi16((short)b));
}

static inline group_numbers group_order(group_numbers a)
{
	const __m512i order = _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
	return (group_numbers)_mm512_permutexvar_epi32(order, (__m512i)a);
}

static inline group_numbers group_low_2(group_halves a, group_halves b)
{
	return (group_numbers)_mm512_unpacklo_epi16((__m512i)a, (__m512i)b);
}

static inline group_numbers group_high_2(group_halves a, group_halves b)
{
	return (group_numbers)_mm512_unpackhi_epi16((__m512i)a, (__m512i)b);
}

static inline group_numbers group_low_8(group_numbers a, group_numbers b)
{
	return (group_numbers)_mm512_unpacklo_epi64((__m512i)a, (__m512i)b);
}

static inline group_numbers group_high_8(group_numbers a, group_numbers b)
{
	return (group_numbers)_mm512_unpackhi_epi64((__m512i)a, (__m512i)b);
}

static inline group_bytes group_shuffle(group_bytes a, group_bytes places)
{
	return (group_bytes)_mm512_shuffle_epi8((__m512i)a, (__m512i)places);
}

static inline uint32_t group_bits(group_numbers a)
{
	return _mm512_testn_epi32_mask((__m512i)a, (__m512i)a);
}

static inline uint32_t group_row_bits(group_row a)
{
	return _mm256_testn_epi16_mask((__m256i)a, (__m256i)a);
}

/* As put_confidence: what is no number is 0. */
static inline group_numbers group_thousandths(const float *confidences)
{
	const __m512 some = _mm512_max_ps(_mm512_loadu_ps(confidences), _mm512_setzero_ps());
	const __m512 many = _mm512_mul_ps(_mm512_min_ps(some, _mm512_set1_ps(1.0f)), _mm512_set1_ps(1000.0f));
	return (group_numbers)_mm512_cvttps_epi32(_mm512_add_ps(many, _mm512_set1_ps(0.5f)));
}

static inline group_bytes group_repeat(const unsigned char *bytes)
{
	return (group_bytes)_mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)bytes));
}

#include "cli/write_group_loop.h"

char *write_group_rows_avx512(struct writer *writer, char *dst, const struct lafz_batch *given, size_t *at, size_t end)
{
	return group_rows(writer, dst, given, at, end);
}
