/*
 * Tokens of -f spans, sixteen at a time, as span_rows_avx2.c has them eight at a time: a token is one step of 64 bytes, into which one
 * instruction puts its digits.
 */
#include "cli/span_rows.h"

#include <immintrin.h>
#include <string.h>

#define AT_ONCE 16

/* The four digits of sixteen numbers below ten thousand, a byte each, the first one first. */
static inline __m512i digits_of(__m512i numbers)
{
	const __m512i hundreds = _mm512_srli_epi16(_mm512_mulhi_epu16(numbers, _mm512_set1_epi16(10486)), 4);
	const __m512i rest = _mm512_sub_epi32(numbers, _mm512_madd_epi16(hundreds, _mm512_set1_epi16(100)));
	const __m512i pairs = _mm512_or_si512(hundreds, _mm512_slli_epi32(rest, 16));
	const __m512i tens = _mm512_srli_epi16(_mm512_maddubs_epi16(pairs, _mm512_set1_epi16(103)), 10);
	const __m512i ones = _mm512_sub_epi16(pairs, _mm512_maddubs_epi16(tens, _mm512_set1_epi16(10)));
	return _mm512_or_si512(_mm512_or_si512(tens, _mm512_slli_epi16(ones, 8)), _mm512_set1_epi8('0'));
}

/* The kept text in registers, and where the digits of each of four tokens go that lie side by side. */
struct kept {
	__m512i text, from[4];
	__mmask64 digits;
	size_t len, kind_at;
};

static struct kept kept_of(const struct span_rows *rows)
{
	const __m512i digits = _mm512_loadu_si512(rows->digits);
	struct kept kept = {
		.text = _mm512_loadu_si512(rows->text),
		.digits = ~_mm512_movepi8_mask(digits),
		.len = rows->len,
		.kind_at = rows->kind_at,
	};
	for (size_t k = 0; k < 4; k++)
		kept.from[k] = _mm512_add_epi8(digits, _mm512_set1_epi8((char)(16 * k)));
	return kept;
}

/* The digits of tokens k, k + 4, k + 8 and k + 12 come together in out[k], of those tokens that are there. */
static inline void digits_of_tokens(__m512i out[4], const struct span_rows *rows, const struct lafz_batch *batch, size_t i, __mmask16 there)
{
	const __m512i chars = _mm512_set1_epi32((int)(uint32_t)(rows->chars.base - batch->cbase));
	const __m512i bytes = _mm512_set1_epi32((int)(uint32_t)(rows->bytes.base - batch->base));
	const __m512i a = digits_of(_mm512_maskz_sub_epi32(there, _mm512_maskz_loadu_epi32(there, batch->cstart + i), chars));
	const __m512i b = digits_of(_mm512_maskz_sub_epi32(there, _mm512_maskz_loadu_epi32(there, batch->cend + i), chars));
	const __m512i c = digits_of(_mm512_maskz_sub_epi32(there, _mm512_maskz_loadu_epi32(there, batch->start + i), bytes));
	const __m512i d = digits_of(_mm512_maskz_sub_epi32(there, _mm512_maskz_loadu_epi32(there, batch->end + i), bytes));
	const __m512i ab = _mm512_unpacklo_epi32(a, b), ab_high = _mm512_unpackhi_epi32(a, b);
	const __m512i cd = _mm512_unpacklo_epi32(c, d), cd_high = _mm512_unpackhi_epi32(c, d);
	out[0] = _mm512_unpacklo_epi64(ab, cd);
	out[1] = _mm512_unpackhi_epi64(ab, cd);
	out[2] = _mm512_unpacklo_epi64(ab_high, cd_high);
	out[3] = _mm512_unpackhi_epi64(ab_high, cd_high);
}

static inline char *put_token(char *dst, const struct kept *kept, const __m512i digits[4], size_t k, uint8_t kind)
{
	_mm512_storeu_si512(dst, _mm512_mask_permutexvar_epi8(kept->text, kept->digits, kept->from[k / 4], digits[k % 4]));
	dst[kept->kind_at] = (char)('0' + kind);
	return dst + kept->len;
}

size_t span_rows_put_avx512(char *dst, const struct span_rows *rows, const struct lafz_batch *batch, size_t i, size_t n)
{
	const struct kept kept = kept_of(rows);
	const uint8_t *const kinds = batch->kind + i;
	__m512i digits[4];
	for (size_t done = 0; done < n; done += AT_ONCE) {
		const __mmask16 there = (__mmask16)(n - done < AT_ONCE ? (1U << (n - done)) - 1 : 0xFFFFU);
		const __m128i some = _mm_maskz_loadu_epi8(there, kinds + done);
		const __mmask16 fit = there & _mm_cmplt_epu8_mask(some, _mm_set1_epi8(SPAN_ROWS_KINDS));
		digits_of_tokens(digits, rows, batch, i + done, there);
		if (fit == 0xFFFF) {
#pragma GCC unroll 16
			for (size_t k = 0; k < AT_ONCE; k++)
				dst = put_token(dst, &kept, digits, k, kinds[done + k]);
			continue;
		}
		const size_t n_fit = _tzcnt_u32(~(uint32_t)fit);
		for (size_t k = 0; k < n_fit; k++)
			dst = put_token(dst, &kept, digits, k, kinds[done + k]);
		if (done + n_fit < n)
			return done + n_fit;
	}
	return n;
}
