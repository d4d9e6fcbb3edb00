/*
 * write_group_loop.h for AVX2: groups of eight tokens.
 */
#include <immintrin.h>
#include <stdint.h>

#define GROUP 8
#define GROUP_BYTES 32

/* (An attribute needs the typedef.) */
typedef uint32_t group_numbers __attribute__((vector_size(32)));
typedef uint16_t group_halves __attribute__((vector_size(32)));
typedef uint16_t group_row __attribute__((vector_size(16)));
typedef uint8_t group_bytes __attribute__((vector_size(32)));

static inline group_numbers group_load(const void *from)
{
	return (group_numbers)_mm256_loadu_si256(from);
}

static inline void group_store(void *to, group_numbers numbers)
{
	_mm256_storeu_si256(to, (__m256i)numbers);
}

static inline group_numbers group_min(group_numbers a, group_numbers b)
{
	return (group_numbers)_mm256_min_epu32((__m256i)a, (__m256i)b);
}

static inline group_halves group_high(group_halves a, uint16_t b)
{
	return (group_halves)_mm256_mulhi_epu16((__m256i)a, _mm256_set1_epi16((short)b));
}

static inline group_numbers group_order(group_numbers a)
{
	return (group_numbers)_mm256_permutevar8x32_epi32((__m256i)a, _mm256_setr_epi32(0, 2, 4, 6, 1, 3, 5, 7));
}

static inline group_numbers group_low_2(group_halves a, group_halves b)
{
	return (group_numbers)_mm256_unpacklo_epi16((__m256i)a, (__m256i)b);
}

static inline group_numbers group_high_2(group_halves a, group_halves b)
{
	return (group_numbers)_mm256_unpackhi_epi16((__m256i)a, (__m256i)b);
}

static inline group_numbers group_low_8(group_numbers a, group_numbers b)
{
	return (group_numbers)_mm256_unpacklo_epi64((__m256i)a, (__m256i)b);
}

static inline group_numbers group_high_8(group_numbers a, group_numbers b)
{
	return (group_numbers)_mm256_unpackhi_epi64((__m256i)a, (__m256i)b);
}

static inline group_bytes group_shuffle(group_bytes a, group_bytes places)
{
	return (group_bytes)_mm256_shuffle_epi8((__m256i)a, (__m256i)places);
}

static inline uint32_t group_bits(group_numbers a)
{
	const __m256i zero = _mm256_cmpeq_epi32((__m256i)a, _mm256_setzero_si256());
	return (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(zero));
}

static inline uint32_t group_row_bits(group_row a)
{
	const __m128i zero = _mm_cmpeq_epi16((__m128i)a, _mm_setzero_si128());
	return (uint32_t)_mm_movemask_epi8(_mm_packs_epi16(zero, _mm_setzero_si128()));
}

/* As put_confidence: what is no number is 0. */
static inline group_numbers group_thousandths(const float *confidences)
{
	const __m256 some = _mm256_max_ps(_mm256_loadu_ps(confidences), _mm256_setzero_ps());
	const __m256 many = _mm256_mul_ps(_mm256_min_ps(some, _mm256_set1_ps(1.0f)), _mm256_set1_ps(1000.0f));
	return (group_numbers)_mm256_cvttps_epi32(_mm256_add_ps(many, _mm256_set1_ps(0.5f)));
}

static inline group_bytes group_repeat(const unsigned char *bytes)
{
	return (group_bytes)_mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)bytes));
}

#include "cli/write_group_loop.h"

char *write_group_rows_avx2(struct writer *writer, char *dst, const struct lafz_batch *given, size_t *at, size_t end)
{
	return group_rows(writer, dst, given, at, end);
}
