/*
 * What looks for easy lines by bytes with AVX2 have in common (text/easy_avx2.c, text/easy_words_avx2.c), in two halves as norm/calm_avx2.h.
 */
#ifndef LAFZ_TEXT_EASY_AVX2_H
#define LAFZ_TEXT_EASY_AVX2_H

#include "norm/calm_avx2.h"
#include "norm/calm_wide.h"

static inline __m256i easy_are_letters(__m256i bytes)
{
	return calm_is_from(_mm256_or_si256(bytes, pairs_all(0x20)), 'a', 'z' - 'a');
}

static inline uint64_t easy_ascii_letters(const char *s)
{
	return calm_bits(easy_are_letters(pairs_load(s)), easy_are_letters(pairs_load(s + 32)));
}

static inline uint64_t calm_from(const char *s, unsigned char low, unsigned char count)
{
	return calm_bits(calm_is_from(pairs_load(s), low, count), calm_is_from(pairs_load(s + 32), low, count));
}

static inline uint64_t easy_in(const __m256i rows[2], const char *s)
{
	return calm_bits(pairs_in(rows, s), pairs_in(rows, s + 32));
}

static inline __m256i easy_are_stops(__m256i bytes)
{
	static const uint8_t marks[16] = {0xFF, [1] = '!', [14] = '.', [15] = '?'};
	return _mm256_cmpeq_epi8(_mm256_shuffle_epi8(pairs_row(marks), bytes), bytes);
}

static inline __m256i easy_are_general(const char *s)
{
	return _mm256_and_si256(_mm256_cmpeq_epi8(pairs_load(s), pairs_all(0xE2)),
	                        _mm256_cmpeq_epi8(pairs_load(s + 1), pairs_all(0x80)));
}

static inline uint64_t easy_general(const char *s)
{
	return calm_bits(easy_are_general(s), easy_are_general(s + 32));
}

#endif
