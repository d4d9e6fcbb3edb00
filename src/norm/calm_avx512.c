/*
 * calm_wide for AVX-512.
 */
#include <immintrin.h>

#include "norm/calm.h"

struct wide {
	__m512i quiet[2], marks[2]; /* of the sieve */
};

static inline __m512i four_times(const uint8_t row[16])
{
	return _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)row));
}

static inline __m512i load(const char *s)
{
	return _mm512_loadu_si512(s);
}

static inline __m512i all(unsigned char byte)
{
	return _mm512_set1_epi8((char)byte);
}

/* Where a byte is from low to low + count. */
static inline uint64_t is_from(__m512i bytes, unsigned char low, unsigned char count)
{
	return _mm512_cmple_epu8_mask(_mm512_sub_epi8(bytes, all(low)), all(count));
}

/* Where a character of D8 80 to DB BF that begins at s is in a set of the sieve. */
static inline uint64_t is_in(const __m512i rows[2], const char *s)
{
	/* by bits 4 and 5 of the second byte, bit 6, which must be 0, and bit 0 of the first */
	const __m512i places = _mm512_broadcast_i32x4(
		_mm_setr_epi8(1, 2, 4, 8, 0, 0, 0, 0, 16, 32, 64, -128, 0, 0, 0, 0));
	const __m512i first = load(s), second = load(s + 1);
	const uint64_t firsts = _mm512_cmpeq_epi8_mask(_mm512_and_si512(first, all(0xFC)), all(0xD8));
	const __m512i upper = _mm512_and_si512(_mm512_srli_epi16(second, 4), all(7));
	const __m512i odd = _mm512_slli_epi16(_mm512_and_si512(first, all(1)), 3);
	const __m512i bit = _mm512_shuffle_epi8(places, _mm512_or_si512(upper, odd));
	/* a look-up gives 0 where the highest bit is set: where the second byte is ASCII */
	const __m512i low = _mm512_xor_si512(_mm512_and_si512(second, all(0x8F)), all(0x80));
	const uint64_t half = _mm512_test_epi8_mask(first, all(2));
	const __m512i row = _mm512_mask_shuffle_epi8(_mm512_shuffle_epi8(rows[0], low), half, rows[1], low);
	return firsts & _mm512_test_epi8_mask(row, bit);
}

static inline uint64_t calm_beyond(const char *s)
{
	return _mm512_movepi8_mask(load(s));
}

static inline uint64_t calm_quiet(const struct wide *wide, const char *s)
{
	return is_in(wide->quiet, s);
}

static inline uint64_t calm_marks(const struct wide *wide, const char *s)
{
	return is_in(wide->marks, s);
}

static inline uint64_t calm_latin(const char *s)
{
	return is_from(load(s), 0xC3, 0x08) & is_from(load(s + 1), 0x80, 0x3F);
}

static inline uint64_t calm_punct(const char *s)
{
	return _mm512_cmpeq_epi8_mask(load(s), all(0xE2)) & _mm512_cmpeq_epi8_mask(load(s + 1), all(0x80)) &
	       is_from(load(s + 2), 0x90, 0x17);
}

#include "norm/calm_wide.h"

size_t calm_avx512(const struct fold_table *table, const struct calm_sieve *sieve, const char *text,
                   size_t len, size_t room, struct calm_pairs *pairs)
{
	const struct wide wide = {
		{four_times(sieve->quiet[0]), four_times(sieve->quiet[1])},
		{four_times(sieve->marks[0]), four_times(sieve->marks[1])},
	};
	return calm_wide(&wide, table, text, len, room, pairs);
}
