/*
 * What calm_wide.h asks of a file, for AVX-512: all that a table says of a character is one look-up.
 */
#ifndef LAFZ_NORM_CALM_AVX512_H
#define LAFZ_NORM_CALM_AVX512_H

#include <immintrin.h>

#include "norm/calm.h"
#include "scan/bytes.h"

struct wide {
	__m512i kinds[4]; /* of the sieve */
};

static inline __m512i calm_load(const void *s)
{
	return _mm512_loadu_si512(s);
}

static inline struct wide calm_begin(const struct calm_sieve *sieve)
{
	const uint8_t *const kinds = sieve->kinds;
	return (struct wide){{calm_load(kinds), calm_load(kinds + 64), calm_load(kinds + 128), calm_load(kinds + 192)}};
}

static inline __m512i calm_all(unsigned char byte)
{
	return _mm512_broadcast_i64x4(_mm256_loadu_si256((const __m256i *)scan_bytes[byte]));
}

static inline uint64_t calm_equal(const char *s, unsigned char byte)
{
	return _mm512_cmpeq_epi8_mask(calm_load(s), calm_all(byte));
}

static inline uint64_t calm_up_to(const char *s, unsigned char byte)
{
	return _mm512_cmple_epu8_mask(calm_load(s), calm_all(byte));
}

/* Where a byte is from low to low + count. */
static inline uint64_t calm_from(const char *s, unsigned char low, unsigned char count)
{
	return _mm512_cmple_epu8_mask(_mm512_sub_epi8(calm_load(s), calm_all(low)), calm_all(count));
}

static inline uint64_t calm_tails(const char *s)
{
	return _mm512_cmplt_epi8_mask(calm_load(s), calm_all(0xC0));
}

/* Of which kinds the characters of D8 80 to DB BF are that begin at s; 0: there is none. */
static inline __m512i calm_kinds(const struct wide *wide, const char *s)
{
	const __m512i first = calm_load(s), second = calm_load(s + 1);
	const __m512i stem = _mm512_and_si512(first, calm_all(0xFC));
	const __mmask64 firsts = _mm512_cmpeq_epi8_mask(stem, calm_all(0xD8)) & calm_tails(s + 1);
	/* bit 1 of the first byte at bit 7, bit 0 at bit 6, which the second one has not */
	const __m512i moved = _mm512_slli_epi16(first, 6);
	const __m512i place = _mm512_ternarylogic_epi32(second, moved, calm_all(0x40), 0xD8);
	const __m512i low = _mm512_permutex2var_epi8(wide->kinds[0], place, wide->kinds[1]);
	const __m512i high = _mm512_permutex2var_epi8(wide->kinds[2], place, wide->kinds[3]);
	return _mm512_maskz_mov_epi8(firsts, _mm512_mask_blend_epi8(_mm512_movepi8_mask(moved), low, high));
}

static inline uint64_t calm_beyond(const char *s)
{
	return _mm512_movepi8_mask(calm_load(s));
}

static inline uint64_t calm_quiet(const struct wide *wide, const char *s)
{
	return _mm512_movepi8_mask(calm_kinds(wide, s));
}

static inline uint64_t calm_marks(const struct wide *wide, const char *s)
{
	return _mm512_movepi8_mask(_mm512_slli_epi16(calm_kinds(wide, s), 1));
}

static inline uint64_t calm_joins(const struct wide *wide, const char *s)
{
	return _mm512_movepi8_mask(_mm512_slli_epi16(calm_kinds(wide, s), 2));
}

static inline uint64_t calm_letters(const struct wide *wide, const char *s)
{
	return _mm512_movepi8_mask(_mm512_slli_epi16(calm_kinds(wide, s), 3));
}

static inline uint64_t calm_changes(const struct wide *wide, const char *s)
{
	return _mm512_movepi8_mask(_mm512_slli_epi16(calm_kinds(wide, s), 4));
}

static inline uint64_t calm_latin(const char *s)
{
	return calm_from(s, 0xC3, 0x08) & calm_tails(s + 1);
}

static inline uint64_t calm_general(const char *s)
{
	return calm_equal(s, 0xE2) & calm_equal(s + 1, 0x80);
}

static inline uint64_t calm_punct(const char *s)
{
	return calm_general(s) & calm_from(s + 2, 0x90, 0x17);
}

static inline uint64_t calm_zwnj(const char *s)
{
	return calm_general(s) & calm_equal(s + 2, 0x8C);
}

static inline uint64_t calm_inner(const struct wide *wide, const char *s)
{
	return calm_zwnj(s) & calm_joins(wide, s) << 2 & calm_letters(wide, s) >> 3;
}

#endif
