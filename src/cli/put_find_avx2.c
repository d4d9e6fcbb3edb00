/*
 * put_find for AVX2, 64 bytes at a time.
 */
#include <immintrin.h>

#include "cli/put.h"

typedef __m256i special_32(__m256i bytes);

static inline __m256i all(char byte)
{
	return _mm256_set1_epi8(byte);
}

static inline __m256i is_most(__m256i bytes, char most)
{
	return _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, all(most)), bytes);
}

/* put_special_json and put_special_tsv. */
static inline __m256i special_json(__m256i bytes)
{
	return _mm256_or_si256(is_most(_mm256_xor_si256(bytes, all(2)), 0x20), _mm256_cmpeq_epi8(bytes, all('\\')));
}

static inline __m256i special_tsv(__m256i bytes)
{
	return _mm256_or_si256(is_most(bytes, 0x0D), _mm256_cmpeq_epi8(bytes, all('\\')));
}

static inline __m256i look_at(const char *text, special_32 *special, char but)
{
	const __m256i bytes = _mm256_loadu_si256((const __m256i *)text);
	return _mm256_andnot_si256(_mm256_cmpeq_epi8(bytes, all(but)), special(bytes));
}

/* Up to the last bytes, which are fewer than 32. */
__attribute__((always_inline)) static inline size_t find(const char *text, size_t i, size_t len, char but,
                                                         special_32 *special, put_find *rest)
{
	for (; len - i >= 64; i += 64) {
		const __m256i a = look_at(text + i, special, but), b = look_at(text + i + 32, special, but);
		const __m256i both = _mm256_or_si256(a, b);
		if (!_mm256_testz_si256(both, both))
			break;
	}
	for (; len - i >= 32; i += 32) {
		const uint32_t found = (uint32_t)_mm256_movemask_epi8(look_at(text + i, special, but));
		if (found != 0)
			return i + (size_t)__builtin_ctz(found);
	}
	return rest(text, i, len, but);
}

size_t put_find_json_avx2(const char *text, size_t i, size_t len, char but)
{
	return find(text, i, len, but, special_json, put_find_json);
}

size_t put_find_tsv_avx2(const char *text, size_t i, size_t len, char but)
{
	return find(text, i, len, but, special_tsv, put_find_tsv);
}
