/*
 * calm_wide for AVX2, in two halves.
 */
#include "norm/calm.h"
#include "norm/pairs_avx2.h"

struct wide {
	__m256i quiet[2], marks[2]; /* of the sieve */
};

static inline uint64_t bits(__m256i lower, __m256i upper)
{
	return pairs_bits(lower) | (uint64_t)pairs_bits(upper) << 32;
}

/* FF where a byte is from low to low + count. */
static inline __m256i is_from(__m256i bytes, unsigned char low, unsigned char count)
{
	const __m256i above = _mm256_sub_epi8(bytes, pairs_all(low));
	return _mm256_cmpeq_epi8(_mm256_min_epu8(above, pairs_all(count)), above);
}

static inline uint64_t calm_beyond(const char *s)
{
	return bits(pairs_load(s), pairs_load(s + 32));
}

static inline uint64_t calm_quiet(const struct wide *wide, const char *s)
{
	return bits(pairs_in(wide->quiet, s), pairs_in(wide->quiet, s + 32));
}

static inline uint64_t calm_marks(const struct wide *wide, const char *s)
{
	return bits(pairs_in(wide->marks, s), pairs_in(wide->marks, s + 32));
}

static inline __m256i is_latin(const char *s)
{
	return _mm256_and_si256(is_from(pairs_load(s), 0xC3, 0x08), is_from(pairs_load(s + 1), 0x80, 0x3F));
}

static inline uint64_t calm_latin(const char *s)
{
	return bits(is_latin(s), is_latin(s + 32));
}

static inline __m256i is_punct(const char *s)
{
	const __m256i two = _mm256_and_si256(_mm256_cmpeq_epi8(pairs_load(s), pairs_all(0xE2)),
	                                     _mm256_cmpeq_epi8(pairs_load(s + 1), pairs_all(0x80)));
	return _mm256_and_si256(two, is_from(pairs_load(s + 2), 0x90, 0x17));
}

static inline uint64_t calm_punct(const char *s)
{
	return bits(is_punct(s), is_punct(s + 32));
}

#include "norm/calm_wide.h"

size_t calm_avx2(const struct fold_table *table, const struct calm_sieve *sieve, const char *text,
                 size_t len, size_t room, struct calm_pairs *pairs)
{
	const struct wide wide = {
		{pairs_row(sieve->quiet[0]), pairs_row(sieve->quiet[1])},
		{pairs_row(sieve->marks[0]), pairs_row(sieve->marks[1])},
	};
	return calm_wide(&wide, table, text, len, room, pairs);
}
