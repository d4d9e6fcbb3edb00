/*
 * What is seen in a block, for the kernel of AVX-512: the code of each character is looked up in a table of all of them, and its row
 * by its code. So which characters begin atoms takes one comparison with the rows one byte before, whatever they are.
 */
#ifndef LAFZ_SCAN_SIGHT_AVX512_H
#define LAFZ_SCAN_SIGHT_AVX512_H

#include "gen/scan_codes.h"

static const uint8_t places_before[64] = {
	0,  0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20,
	21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42,
	43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62,
};
static const uint8_t places_behind[64] = {
	1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
	23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44,
	45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 63,
};

/* What is known of the bytes that are not ASCII. */
struct beyond {
	__mmask64 tails, leads;
	uint64_t zwnj;
	uint64_t bad;     /* what is not for this loop, by first bytes, or tails without one */
	uint64_t seconds; /* of characters of three bytes */
};

/* Entries of a table, by the lower seven bits of their places; half: the eighth bits. */
static inline __m512i look_up(const uint8_t table[256], __m512i places, __mmask64 half)
{
	const __m512i low = _mm512_permutex2var_epi8(_mm512_loadu_si512(table), places,
	                                             _mm512_loadu_si512(table + 64));
	const __m512i high = _mm512_permutex2var_epi8(_mm512_loadu_si512(table + 128), places,
	                                              _mm512_loadu_si512(table + 192));
	return _mm512_mask_blend_epi8(half, low, high);
}

/* Looks at the characters that are not ASCII; puts their codes at their last bytes. */
static inline struct beyond see_beyond(const unsigned char *s, __m512i v, __mmask64 high, __m512i *codes)
{
	const __m512i before = _mm512_loadu_si512(s - 1);
	const __mmask64 tails = _mm512_cmplt_epi8_mask(v, block_all(0xC0).all);
	struct beyond beyond = {.tails = tails, .leads = high & ~tails};
	const uint64_t leads = beyond.leads;
	/* bit 1 of the first byte at bit 7, bit 0 at bit 6 */
	const __m512i moved = _mm512_slli_epi16(before, 6);
	const __mmask64 half = _mm512_movepi8_mask(moved);
	/* bit 6 of that, the others of the second byte */
	const __m512i places = _mm512_ternarylogic_epi32(v, moved, block_all(0x40).all, 0xD8);
	const __m512i stem = _mm512_and_si512(before, block_all(0xFC).all);
	const __mmask64 arabic = _mm512_mask_cmpeq_epi8_mask(tails, stem, block_all(0xD8).all);
	__m512i code = _mm512_mask_mov_epi8(v, arabic, look_up(scan_code_arabic, places, half));
	uint64_t two = arabic, three = 0;
	/* the last byte of the block is left for the next one if a character begins there */
	if ((leads & ~(two >> 1)) << 1) {
		const __m512i from_c2 = _mm512_sub_epi8(before, block_all(0xC2).all);
		const __mmask64 latin = tails & _mm512_cmple_epu8_mask(from_c2, block_all(3).all);
		const __mmask64 of_e2 = _mm512_mask_cmpeq_epi8_mask(tails, _mm512_loadu_si512(s - 2), block_all(0xE2).all);
		const __mmask64 general = _mm512_mask_cmpeq_epi8_mask(of_e2, before, block_all(0x80).all);
		code = _mm512_mask_mov_epi8(code, latin, look_up(scan_code_latin, places, half));
		code = _mm512_mask_permutexvar_epi8(code, general, v, _mm512_loadu_si512(scan_code_general));
		beyond.zwnj = _mm512_mask_cmpeq_epi8_mask(general, code, block_all(CODE_ARABIC | CODE_MORE | CODE_ZWNJ).all);
		two |= latin;
		three = general;
	}
	const uint64_t unknown = _mm512_cmpeq_epi8_mask(code, block_all(SCAN_UNKNOWN).all);
	beyond.seconds = three >> 1;
	beyond.bad = (leads & ~(two >> 1 | three >> 2)) | (tails & ~(two | three | beyond.seconds)) |
	             (unknown & two) >> 1 | (unknown & three) >> 2;
	*codes = code;
	return beyond;
}

/* The rows of the characters, by their codes. */
static inline __m512i rows_low(__m512i codes)
{
	return _mm512_permutex2var_epi8(_mm512_loadu_si512(scan_row_low), codes,
	                                _mm512_loadu_si512(scan_row_low + 64));
}

static inline __m512i rows_all(__m512i codes, const struct beyond *beyond)
{
	const __m512i behind = _mm512_loadu_si512(places_behind);
	__m512i rows = _mm512_mask_permutexvar_epi8(rows_low(codes), _mm512_movepi8_mask(codes), codes,
	                                            _mm512_loadu_si512(scan_row_high));
	/* all bytes of a character have its row */
	if (beyond->seconds)
		rows = _mm512_mask_permutexvar_epi8(rows, beyond->seconds, behind, rows);
	return _mm512_mask_permutexvar_epi8(rows, beyond->leads, behind, rows);
}

static inline struct sight see(const unsigned char *s)
{
	const __m512i v = _mm512_loadu_si512(s);
	const __m512i before = _mm512_loadu_si512(places_before);
	const __mmask64 high = _mm512_movepi8_mask(v);
	struct beyond beyond = {0};
	__m512i codes = v, rows;
	if (high) {
		beyond = see_beyond(s, v, high, &codes);
		rows = rows_all(codes, &beyond);
	} else {
		rows = rows_low(v);
	}
	/* where the row is another one, or none */
	const __m512i change = _mm512_ternarylogic_epi32(
		rows, _mm512_permutexvar_epi8(before, rows), block_all(SCAN_NO_ROW).all, 0x3C | 0xA0);
	const uint64_t differs = _mm512_test_epi8_mask(change, block_all(0x7F).all);
	if (high) {
		/* marks and ZWNJ whose base is no Arabic letter; the base of the first character is known */
		const uint64_t marks = _mm512_cmpeq_epi8_mask(rows, block_all(0x82).all);
		beyond.bad |= marks & differs & ~UINT64_C(1);
	}
	return (struct sight){
		.chars = ~(uint64_t)beyond.tails,
		.starts = differs & ~(uint64_t)beyond.tails,
		.known = (beyond.bad & -beyond.bad) - 1,
		.more = _mm512_movepi8_mask(change) & ~differs,
		.zwnj = beyond.zwnj,
		.codes = {codes},
	};
}

/* Where the last character of a block ends that is whole, if all are known. */
static inline uint64_t whole_of_known(const unsigned char *s)
{
	const unsigned two = s[63] >= 0xC0, three = s[62] >= 0xE0;
	return ~UINT64_C(0) >> (two + 2 * three);
}

/* Mostly all are known: then the next block need not wait until this one is understood, since the last bytes tell where it begins. */
static inline uint32_t see_last(const unsigned char *s, const struct sight *sight, uint64_t *known)
{
	const uint64_t whole = whole_of_known(s);
	if (*known >= whole)
		*known = whole;
	else
		__asm__ volatile(""); /* or the branch becomes a choice that waits */
	return last_char(sight, *known);
}

static inline void code_decode_64(struct atoms *atoms, size_t n)
{
	const __m512i code = _mm512_loadu_si512(atoms->code + n);
	const __mmask64 high = _mm512_movepi8_mask(code);
	_mm512_storeu_si512(atoms->cls + n, look_up(scan_code_class, code, high));
	_mm512_storeu_si512(atoms->script + n, look_up(scan_code_script, code, high));
	_mm512_storeu_si512(atoms->flags + n, look_up(scan_code_flags, code, high));
}

#endif
