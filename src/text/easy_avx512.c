/*
 * easy_wide for AVX-512, and copying by expansion.
 */
#include "norm/calm_avx512.h"
#include "norm/calm_wide.h"
#include "text/easy.h"

struct easy_wide {
	struct wide kinds;
};

struct easy_arabic {
	uint64_t letters, marks, joins, signs, commas;
};

static inline struct easy_wide easy_begin(const struct easy_sieve *sieve)
{
	const uint8_t *const kinds = sieve->kinds;
	return (struct easy_wide){{{calm_load(kinds), calm_load(kinds + 64), calm_load(kinds + 128), calm_load(kinds + 192)}}};
}

static inline uint64_t easy_ascii_letters(const char *s)
{
	const __m512i small = _mm512_or_si512(calm_load(s), calm_all(0x20));
	return _mm512_cmple_epu8_mask(_mm512_sub_epi8(small, calm_all('a')), calm_all('z' - 'a'));
}

static inline struct easy_arabic easy_look(const struct easy_wide *wide, const char *s)
{
	const __m512i kinds = calm_kinds(&wide->kinds, s);
	return (struct easy_arabic){
		.letters = _mm512_movepi8_mask(kinds),
		.marks = _mm512_movepi8_mask(_mm512_slli_epi16(kinds, 1)),
		.joins = _mm512_movepi8_mask(_mm512_slli_epi16(kinds, 2)),
		.signs = _mm512_movepi8_mask(_mm512_slli_epi16(kinds, 3)),
		.commas = _mm512_movepi8_mask(_mm512_slli_epi16(kinds, 4)),
	};
}

static inline uint64_t easy_general(const char *s)
{
	return calm_general(s);
}

static const uint8_t numbers[64] = {
	0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
	22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
	44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63,
};

static inline void write_16(__m128i places, uint32_t add, uint32_t *out)
{
	_mm512_storeu_si512(out, _mm512_add_epi32(_mm512_cvtepu8_epi32(places), _mm512_set1_epi32((int)add)));
}

/* Every second byte has one at most. */
static inline uint32_t *easy_write(uint64_t bits, uint32_t add, uint32_t *out)
{
	const __m512i places = _mm512_maskz_compress_epi8(bits, calm_load(numbers));
	const uint32_t n = (uint32_t)_mm_popcnt_u64(bits);
	write_16(_mm512_castsi512_si128(places), add, out);
	if (n > 16)
		write_16(_mm512_extracti32x4_epi32(places, 1), add, out + 16);
	return out + n;
}

#include "text/easy_wide.h"

size_t easy_find_avx512(const char *text, uint32_t len, const struct easy_sieve *sieve, struct easy_bits *bits,
                        uint32_t *places)
{
	return sieve->is_latin ? easy_wide_latin(text, len, sieve, bits, places)
	                       : easy_wide_arabic(text, len, sieve, bits, places);
}

/* The marks from a place on. */
static inline uint64_t glued_from(const struct easy_bits *bits, size_t place)
{
	const struct easy_bits *const at = bits + place / 64;
	const size_t shift = place % 64;
	return shift == 0 ? at[0].glued : at[0].glued >> shift | at[1].glued << (64 - shift);
}

static inline uint64_t low_bits(uint32_t n)
{
	return _bzhi_u64(~UINT64_C(0), n);
}

#define AT_ONCE 60 /* bytes that are copied, so that the four spaces among them have room */

/* Swaps the marks on both sides of a place of dst. */
static inline void turn(char *at)
{
	uint32_t both;
	memcpy(&both, at - 2, sizeof both);
	both = both >> 16 | both << 16;
	memcpy(at - 2, &both, sizeof both);
}

void easy_copy_avx512(struct easy_copying *now, uint32_t from, uint32_t to)
{
	const __m512i spaces = calm_all(' ');
	char *dst = now->dst;
	const uint32_t *next = now->turn;
	for (uint32_t at = from; at < to;) {
		uint32_t n = to - at < AT_ONCE ? to - at : AT_ONCE;
		const __m512i bytes = _mm512_maskz_loadu_epi8(low_bits(n), now->text + at);
		const uint64_t marks = glued_from(now->bits, at) & low_bits(n);
		/* the i-th mark gets its space before it, behind those of the others */
		const uint64_t two = _blsr_u64(marks), three = _blsr_u64(two), four = _blsr_u64(three), five = _blsr_u64(four);
		const uint64_t holes = (marks ^ two) | (two ^ three) << 1 | (three ^ four) << 2 | (four ^ five) << 3;
		_mm512_storeu_si512(dst, _mm512_mask_expand_epi8(spaces, ~holes, bytes));
		if (five != 0)
			n = (uint32_t)_tzcnt_u64(five);
		/* as far as both marks are there */
		for (; *next + UINT64_C(2) <= at + n; next++) {
			const uint32_t before = *next > at ? *next - at : 0;
			turn(dst + _mm_popcnt_u64(marks & low_bits(before)) + ((ptrdiff_t)*next - (ptrdiff_t)at));
		}
		dst += n + (uint32_t)_mm_popcnt_u64(marks & low_bits(n));
		at += n;
	}
	now->dst = dst;
	now->turn = next;
}
