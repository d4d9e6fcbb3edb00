/*
 * calm_wide for AVX2, in two halves.
 */
#include <immintrin.h>

#include "norm/calm.h"

struct wide {
	__m256i quiet[2], marks[2]; /* of the sieve */
};

static inline __m256i twice(const uint8_t row[16])
{
	return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)row));
}

static inline __m256i load(const char *s)
{
	return _mm256_loadu_si256((const __m256i *)s);
}

static inline __m256i all(unsigned char byte)
{
	return _mm256_set1_epi8((char)byte);
}

static inline uint64_t bits(__m256i lower, __m256i upper)
{
	return (uint32_t)_mm256_movemask_epi8(lower) | (uint64_t)(uint32_t)_mm256_movemask_epi8(upper) << 32;
}

/* FF where a byte is from low to low + count. */
static inline __m256i is_from(__m256i bytes, unsigned char low, unsigned char count)
{
	const __m256i above = _mm256_sub_epi8(bytes, all(low));
	return _mm256_cmpeq_epi8(_mm256_min_epu8(above, all(count)), above);
}

/* FF where a character of D8 80 to DB BF that begins at s is in a set of the sieve. */
static inline __m256i is_in(const __m256i rows[2], const char *s)
{
	/* by bits 4 and 5 of the second byte, bit 6, which must be 0, and bit 0 of the first */
	const __m256i places = _mm256_setr_epi8(1, 2, 4, 8, 0, 0, 0, 0, 16, 32, 64, -128, 0, 0, 0, 0, 1, 2, 4, 8, 0,
	                                        0, 0, 0, 16, 32, 64, -128, 0, 0, 0, 0);
	const __m256i first = load(s), second = load(s + 1);
	const __m256i firsts = _mm256_cmpeq_epi8(_mm256_and_si256(first, all(0xFC)), all(0xD8));
	const __m256i upper = _mm256_and_si256(_mm256_srli_epi16(second, 4), all(7));
	const __m256i odd = _mm256_slli_epi16(_mm256_and_si256(first, all(1)), 3);
	const __m256i bit = _mm256_shuffle_epi8(places, _mm256_or_si256(upper, odd));
	/* a look-up gives 0 where the highest bit is set: where the second byte is ASCII */
	const __m256i low = _mm256_xor_si256(_mm256_and_si256(second, all(0x8F)), all(0x80));
	const __m256i half = _mm256_slli_epi16(first, 6); /* bit 1 becomes the highest one */
	const __m256i row = _mm256_blendv_epi8(_mm256_shuffle_epi8(rows[0], low),
	                                       _mm256_shuffle_epi8(rows[1], low), half);
	const __m256i out = _mm256_cmpeq_epi8(_mm256_and_si256(row, bit), _mm256_setzero_si256());
	return _mm256_andnot_si256(out, firsts);
}

static inline uint64_t calm_beyond(const char *s)
{
	return bits(load(s), load(s + 32));
}

static inline uint64_t calm_quiet(const struct wide *wide, const char *s)
{
	return bits(is_in(wide->quiet, s), is_in(wide->quiet, s + 32));
}

static inline uint64_t calm_marks(const struct wide *wide, const char *s)
{
	return bits(is_in(wide->marks, s), is_in(wide->marks, s + 32));
}

static inline __m256i is_latin(const char *s)
{
	return _mm256_and_si256(is_from(load(s), 0xC3, 0x08), is_from(load(s + 1), 0x80, 0x3F));
}

static inline uint64_t calm_latin(const char *s)
{
	return bits(is_latin(s), is_latin(s + 32));
}

static inline __m256i is_punct(const char *s)
{
	const __m256i two = _mm256_and_si256(_mm256_cmpeq_epi8(load(s), all(0xE2)),
	                                     _mm256_cmpeq_epi8(load(s + 1), all(0x80)));
	return _mm256_and_si256(two, is_from(load(s + 2), 0x90, 0x17));
}

static inline uint64_t calm_punct(const char *s)
{
	return bits(is_punct(s), is_punct(s + 32));
}

#include "norm/calm_wide.h"

size_t calm_avx2(const struct fold_table *table, const struct calm_sieve *sieve, const char *text, size_t len,
                 size_t room)
{
	const struct wide wide = {
		{twice(sieve->quiet[0]), twice(sieve->quiet[1])},
		{twice(sieve->marks[0]), twice(sieve->marks[1])},
	};
	return calm_wide(&wide, table, text, len, room);
}
