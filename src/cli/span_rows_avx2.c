/*
 * Tokens of -f spans, eight at a time. Their numbers are taken apart side by side, a token's sixteen digits brought together, and
 * its text is two steps of 32 bytes, in which a shuffle puts them.
 */
#include "cli/span_rows.h"

#include <immintrin.h>
#include <string.h>

#define AT_ONCE 8

static inline __m256i load(const void *from)
{
	return _mm256_loadu_si256((const __m256i *)from);
}

static inline void store(void *to, __m256i bytes)
{
	_mm256_storeu_si256((__m256i *)to, bytes);
}

/*
 * The four digits of eight numbers below ten thousand, a byte each, the first one first. (Products by instructions that add two of
 * them, one being 0: for others gcc 12 puts twice as many shifts and sums.)
 */
static inline __m256i digits_of(__m256i numbers)
{
	const __m256i hundreds = _mm256_srli_epi16(_mm256_mulhi_epu16(numbers, _mm256_set1_epi16(10486)), 4);
	const __m256i rest = _mm256_sub_epi32(numbers, _mm256_madd_epi16(hundreds, _mm256_set1_epi16(100)));
	const __m256i pairs = _mm256_or_si256(hundreds, _mm256_slli_epi32(rest, 16));
	const __m256i tens = _mm256_srli_epi16(_mm256_maddubs_epi16(pairs, _mm256_set1_epi16(103)), 10);
	const __m256i ones = _mm256_sub_epi16(pairs, _mm256_maddubs_epi16(tens, _mm256_set1_epi16(10)));
	return _mm256_or_si256(_mm256_or_si256(tens, _mm256_slli_epi16(ones, 8)), _mm256_set1_epi8('0'));
}

/* What is subtracted from the columns of characters and of bytes. */
struct less {
	__m256i chars, bytes;
};

static inline struct less less_of(const struct span_rows *rows, const struct lafz_batch *batch)
{
	return (struct less){
		.chars = _mm256_set1_epi32((int32_t)(uint32_t)(rows->chars.base - batch->cbase)),
		.bytes = _mm256_set1_epi32((int32_t)(uint32_t)(rows->bytes.base - batch->base)),
	};
}

/* The digits of eight tokens or spans; out[k] has those of the k-th, and behind them of the one behind it by four. */
static inline void bring_together(__m256i out[4], const __m256i columns[4], const struct less *less)
{
	const __m256i a = digits_of(_mm256_sub_epi32(columns[0], less->chars));
	const __m256i b = digits_of(_mm256_sub_epi32(columns[1], less->chars));
	const __m256i c = digits_of(_mm256_sub_epi32(columns[2], less->bytes));
	const __m256i d = digits_of(_mm256_sub_epi32(columns[3], less->bytes));
	const __m256i ab = _mm256_unpacklo_epi32(a, b), ab_high = _mm256_unpackhi_epi32(a, b);
	const __m256i cd = _mm256_unpacklo_epi32(c, d), cd_high = _mm256_unpackhi_epi32(c, d);
	out[0] = _mm256_unpacklo_epi64(ab, cd);
	out[1] = _mm256_unpackhi_epi64(ab, cd);
	out[2] = _mm256_unpacklo_epi64(ab_high, cd_high);
	out[3] = _mm256_unpackhi_epi64(ab_high, cd_high);
}

static inline void digits_of_tokens(__m256i out[4], const uint32_t *const columns[4], const struct less *less)
{
	const __m256i loaded[4] = {load(columns[0]), load(columns[1]), load(columns[2]), load(columns[3])};
	bring_together(out, loaded, less);
}

/* The k-th of what bring_together has made, twice. */
static inline __m256i digits_at(const __m256i digits[4], size_t k)
{
	const __m256i two = digits[k % 4];
	return k < 4 ? _mm256_permute4x64_epi64(two, 0x44) : _mm256_permute4x64_epi64(two, 0xEE);
}

/* The kept text in registers. */
struct kept {
	__m256i text[2], digits[2];
	size_t len, kind_at;
};

static inline char *put_token(char *dst, const struct kept *kept, __m256i digits, uint8_t kind)
{
	store(dst, _mm256_or_si256(kept->text[0], _mm256_shuffle_epi8(digits, kept->digits[0])));
	store(dst + 32, _mm256_or_si256(kept->text[1], _mm256_shuffle_epi8(digits, kept->digits[1])));
	dst[kept->kind_at] = (char)('0' + kind);
	return dst + kept->len;
}

/* Eight tokens. */
static inline char *put_eight(char *dst, const struct kept *kept, const __m256i digits[4], const uint8_t *kinds)
{
#pragma GCC unroll 8
	for (size_t k = 0; k < AT_ONCE; k++)
		dst = put_token(dst, kept, digits_at(digits, k), kinds[k]);
	return dst;
}

/* How many of eight kinds, which are below 128, have one digit, up to the first that has two. */
static inline size_t count_short(const uint8_t *kinds)
{
	uint64_t eight = 0;
	memcpy(&eight, kinds, sizeof eight);
	const __m128i is_long = _mm_cmpgt_epi8(_mm_cvtsi64_si128((int64_t)eight), _mm_set1_epi8(SPAN_ROWS_KINDS - 1));
	return (size_t)_tzcnt_u32((uint32_t)_mm_movemask_epi8(is_long) | 1U << AT_ONCE);
}

/* Less than eight tokens, from copies of their columns. */
static size_t put_rest(char *dst, const struct kept *kept, const uint32_t *const columns[4], const uint8_t *kinds,
                       const struct less *less, size_t n)
{
	uint32_t copies[4][AT_ONCE] = {{0}};
	uint8_t own_kinds[AT_ONCE] = {0};
	const uint32_t *const own[4] = {copies[0], copies[1], copies[2], copies[3]};
	__m256i digits[4];
	for (size_t k = 0; k < 4; k++)
		memcpy(copies[k], columns[k], n * sizeof *copies[k]);
	memcpy(own_kinds, kinds, n);
	digits_of_tokens(digits, own, less);
	const size_t n_short = count_short(own_kinds);
	n = n < n_short ? n : n_short;
	for (size_t k = 0; k < n; k++)
		dst = put_token(dst, kept, digits_at(digits, k), own_kinds[k]);
	return n;
}

size_t span_rows_put_avx2(char *dst, const struct span_rows *rows, const struct lafz_batch *batch, size_t i, size_t n)
{
	const struct kept kept = {
		.text = {load(rows->text), load(rows->text + 32)},
		.digits = {load(rows->digits), load(rows->digits + 32)},
		.len = rows->len,
		.kind_at = rows->kind_at,
	};
	const struct less less = less_of(rows, batch);
	const uint32_t *columns[4] = {batch->cstart + i, batch->cend + i, batch->start + i, batch->end + i};
	const uint8_t *const kinds = batch->kind + i;
	size_t done = 0;
	for (; n - done >= AT_ONCE && count_short(kinds + done) == AT_ONCE; done += AT_ONCE) {
		__m256i digits[4];
		digits_of_tokens(digits, columns, &less);
		dst = put_eight(dst, &kept, digits, kinds + done);
		for (size_t k = 0; k < 4; k++)
			columns[k] += AT_ONCE;
	}
	const size_t left = n - done < AT_ONCE ? n - done : AT_ONCE - 1; /* one of eight is long */
	return done + put_rest(dst, &kept, columns, kinds + done, &less, left);
}

/* ---- Spans with other values ---- */

/* The four columns at these tokens, the first ones of eight spans and those behind them. */
static inline void digits_of_spans(__m256i out[4], const struct lafz_batch *batch, const uint32_t *first,
                                   const uint32_t *behind, const struct less *less)
{
	const __m256i from = load(first), to = _mm256_sub_epi32(load(behind), _mm256_set1_epi32(1));
	const __m256i columns[4] = {
		_mm256_i32gather_epi32((const int *)batch->cstart, from, 4),
		_mm256_i32gather_epi32((const int *)batch->cend, to, 4),
		_mm256_i32gather_epi32((const int *)batch->start, from, 4),
		_mm256_i32gather_epi32((const int *)batch->end, to, 4),
	};
	bring_together(out, columns, less);
}

static inline char *put_span(char *dst, const struct span_rows *rows, __m256i digits, const struct span_value *value)
{
	store(dst, _mm256_or_si256(load(rows->front), _mm256_shuffle_epi8(digits, load(rows->front_digits))));
	dst += rows->front_len;
	memcpy(dst, value, sizeof *value); /* its length too, in one step */
	dst += value->len;
	store(dst, _mm256_or_si256(load(rows->back), _mm256_shuffle_epi8(digits, load(rows->back_digits))));
	return dst + rows->back_len;
}

char *span_rows_put_spans_avx2(char *dst, const struct span_rows *given, const struct span_list *list,
                               const struct span_value *values)
{
	const struct span_rows rows = *given; /* no write through dst can change it */
	const struct less less = less_of(given, list->batch);
	__m256i digits[4];
	size_t i = 0;
	for (; list->n - i >= AT_ONCE; i += AT_ONCE) {
		digits_of_spans(digits, list->batch, list->first + i, list->first + i + 1, &less);
#pragma GCC unroll 8
		for (size_t k = 0; k < AT_ONCE; k++)
			dst = put_span(dst, &rows, digits_at(digits, k), &values[i + k]);
	}
	if (i == list->n)
		return dst;
	uint32_t first[AT_ONCE], behind[AT_ONCE];
	for (size_t k = 0; k < AT_ONCE; k++) {
		/* the last one again and again in place of those that are not there */
		const size_t at = i + k < list->n ? i + k : list->n - 1;
		first[k] = list->first[at];
		behind[k] = list->first[at + 1];
	}
	digits_of_spans(digits, list->batch, first, behind, &less);
	for (size_t k = 0; i < list->n; i++, k++)
		dst = put_span(dst, &rows, digits_at(digits, k), &values[i]);
	return dst;
}
