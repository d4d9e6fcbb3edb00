/*
 * What calm_wide.h asks of a file, for AVX2, in two halves.
 */
#ifndef LAFZ_NORM_CALM_AVX2_H
#define LAFZ_NORM_CALM_AVX2_H

#include "norm/calm.h"
#include "norm/pairs_avx2.h"

struct wide {
	__m256i quiet[2], marks[2], changes[2]; /* of the sieve */
};

static inline struct wide calm_begin(const struct calm_sieve *sieve)
{
	return (struct wide){
		{pairs_row(sieve->quiet[0]), pairs_row(sieve->quiet[1])},
		{pairs_row(sieve->marks[0]), pairs_row(sieve->marks[1])},
		{pairs_row(sieve->changes[0]), pairs_row(sieve->changes[1])},
	};
}

static inline uint64_t calm_bits(__m256i lower, __m256i upper)
{
	return pairs_bits(lower) | (uint64_t)pairs_bits(upper) << 32;
}

/* FF where a byte is from low to low + count. */
static inline __m256i calm_is_from(__m256i bytes, unsigned char low, unsigned char count)
{
	const __m256i above = _mm256_sub_epi8(bytes, pairs_all(low));
	return _mm256_cmpeq_epi8(_mm256_min_epu8(above, pairs_all(count)), above);
}

static inline uint64_t calm_beyond(const char *s)
{
	return calm_bits(pairs_load(s), pairs_load(s + 32));
}

static inline uint64_t calm_quiet(const struct wide *wide, const char *s)
{
	return calm_bits(pairs_in(wide->quiet, s), pairs_in(wide->quiet, s + 32));
}

static inline uint64_t calm_marks(const struct wide *wide, const char *s)
{
	return calm_bits(pairs_in(wide->marks, s), pairs_in(wide->marks, s + 32));
}

static inline uint64_t calm_changes(const struct wide *wide, const char *s)
{
	return calm_bits(pairs_in(wide->changes, s), pairs_in(wide->changes, s + 32));
}

static inline __m256i calm_is_latin(const char *s)
{
	return _mm256_and_si256(calm_is_from(pairs_load(s), 0xC3, 0x08), calm_is_from(pairs_load(s + 1), 0x80, 0x3F));
}

static inline uint64_t calm_latin(const char *s)
{
	return calm_bits(calm_is_latin(s), calm_is_latin(s + 32));
}

static inline __m256i calm_is_punct(const char *s)
{
	const __m256i two = _mm256_and_si256(_mm256_cmpeq_epi8(pairs_load(s), pairs_all(0xE2)),
	                                     _mm256_cmpeq_epi8(pairs_load(s + 1), pairs_all(0x80)));
	return _mm256_and_si256(two, calm_is_from(pairs_load(s + 2), 0x90, 0x17));
}

static inline uint64_t calm_punct(const char *s)
{
	return calm_bits(calm_is_punct(s), calm_is_punct(s + 32));
}

static inline uint64_t calm_equal(const char *s, unsigned char byte)
{
	const __m256i all = pairs_all(byte);
	return calm_bits(_mm256_cmpeq_epi8(pairs_load(s), all), _mm256_cmpeq_epi8(pairs_load(s + 32), all));
}

static inline uint64_t calm_up_to(const char *s, unsigned char byte)
{
	return calm_bits(calm_is_from(pairs_load(s), 0, byte), calm_is_from(pairs_load(s + 32), 0, byte));
}

/* 80 to BF: below C0 among signed numbers. */
static inline uint64_t calm_tails(const char *s)
{
	const __m256i lead = pairs_all(0xC0);
	return calm_bits(_mm256_cmpgt_epi8(lead, pairs_load(s)), _mm256_cmpgt_epi8(lead, pairs_load(s + 32)));
}

/* They are few, and telling them costs more here. */
static inline uint64_t calm_inner(const struct wide *wide, const char *s)
{
	(void)wide, (void)s;
	return 0;
}

#endif
