#include "cli/borders.h"

#include <immintrin.h>

#define AT_ONCE 6

/* A bit for each of eight numbers that is the one before it. */
static inline uint32_t same_of(const uint32_t *numbers)
{
	const __m256i now = _mm256_loadu_si256((const __m256i *)(const void *)numbers);
	const __m256i before = _mm256_loadu_si256((const __m256i *)(const void *)(numbers - 1));
	return (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpeq_epi32(now, before)));
}

/*
 * Appends the places of bits. Some are written in any case, as how many there are cannot be foreseen; there is room for them, since
 * count is i at most.
 */
static inline size_t add(uint32_t *out, size_t count, uint32_t i, uint32_t bits)
{
	const size_t n = (size_t)_mm_popcnt_u32(bits);
#pragma GCC unroll 6
	for (size_t k = 0; k < AT_ONCE; k++, bits &= bits - 1)
		out[count + k] = i + _tzcnt_u32(bits);
	for (size_t k = AT_ONCE; k < n; k++, bits &= bits - 1)
		out[count + k] = i + _tzcnt_u32(bits);
	return count + n;
}

size_t borders_find_avx2(const uint32_t *numbers, size_t n, uint32_t *out)
{
	size_t count = 1, i = 1;
	out[0] = 0;
	for (; n >= 32 && i <= n - 32; i += 32) {
		const uint32_t same = same_of(numbers + i) | same_of(numbers + i + 8) << 8 |
		                      same_of(numbers + i + 16) << 16 | same_of(numbers + i + 24) << 24;
		count = add(out, count, (uint32_t)i, ~same);
	}
	for (; i < n; i++) {
		out[count] = (uint32_t)i;
		count += numbers[i] != numbers[i - 1];
	}
	out[count] = (uint32_t)n;
	return count;
}
