/*
 * Reads a word by its key (memo.h), as reader_read_quick does; with AVX-512 all letters at once, and no branch on their number.
 */
#ifndef LAFZ_RUN_READER_KEY_H
#define LAFZ_RUN_READER_KEY_H

#include <assert.h>

#include "run/memo.h"
#include "run/reader.h"

#if defined __AVX512BW__ && defined __AVX512VL__
static_assert(READER_QUICK == 15 && GRAMS_START == 1, "letters and the border before them are sixteen bytes");

static inline bool reader_any(__m512i letters, uint32_t bits)
{
	return _mm512_test_epi32_mask(letters, _mm512_set1_epi32((int)bits)) != 0;
}

/* So many symbols, of 32 bits each, zeros behind them, become those of a word. */
static inline void reader_put(__m512i symbols, size_t n, struct grams_symbols *out)
{
	const __m512i begun = _mm512_alignr_epi32(symbols, _mm512_set1_epi32(GRAMS_START), 15);
	const __m256i bytes = _mm256_zextsi128_si256(_mm512_cvtepi32_epi8(begun));
	const __m256i ended = _mm256_mask_mov_epi8(bytes, (__mmask32)(1u << (n + 1)), _mm256_set1_epi8(GRAMS_END));
	out->n = n + 2;
	memset(out->symbols, 0, sizeof out->symbols);
	_mm256_storeu_si256((__m256i *)(void *)out->symbols, ended);
}

/*
 * The numbers of the letters of a word of Latin script: that of a letter of two bytes stands at the second one, and *own loses
 * the first one. False if there is any other letter.
 */
static inline bool reader_latin_numbers(__m128i bytes, __m512i *numbers, __mmask16 *own)
{
	const __mmask16 leads = *own & _mm_cmplt_epu8_mask(_mm_sub_epi8(bytes, _mm_set1_epi8((char)READER_LEAD)), _mm_set1_epi8(READER_LEADS));
	const __mmask16 beyond = *own & _mm_movepi8_mask(bytes);
	const __mmask16 trails = *own & _mm_cmplt_epi8_mask(bytes, _mm_set1_epi8((char)0xC0));
	const __m512i before = _mm512_cvtepu8_epi32(_mm_bslli_si128(bytes, 1));
	const __m512i leading = _mm512_slli_epi32(_mm512_sub_epi32(before, _mm512_set1_epi32(READER_LEAD)), 6);
	*numbers = _mm512_mask_add_epi32(*numbers, trails, *numbers, leading);
	*own &= (__mmask16)~leads;
	return leads << 1 == trails && (leads | trails) == beyond;
}

static inline bool reader_read_key(const struct reader *reader, size_t script, struct memo_key key, size_t n, struct reading *out)
{
	__mmask16 own = (__mmask16)((1u << n) - 1);
	__m512i numbers = _mm512_cvtepu8_epi32((__m128i)key.halves);
	if (script == RUN_LATN && !reader_latin_numbers((__m128i)key.halves, &numbers, &own))
		return false;
	const __m512i letters = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), own, numbers, reader->letters[script], 4);
	const __mmask16 kept = _mm512_test_epi32_mask(letters, _mm512_set1_epi32(READER_LETTER));
	const __mmask16 harakat = _mm512_test_epi32_mask(letters, _mm512_set1_epi32(READER_HARAKA));
	if (reader_any(letters, READER_OTHER))
		return false;
	reader_put(_mm512_maskz_compress_epi32(kept, _mm512_srli_epi32(letters, READER_SYMBOL_AT)),
	           (size_t)__builtin_popcount(kept), &out->word);
	const __m512i rows = _mm512_and_si512(letters, _mm512_set1_epi32(READER_ROW));
	out->rows = (uint32_t)_mm512_reduce_or_epi32(_mm512_sllv_epi32(_mm512_set1_epi32(1), rows));
	out->harakat = (size_t)__builtin_popcount(harakat);
	out->is_upper = !reader_any(letters, READER_NO_CAPITAL);
	out->is_arabic = !reader_any(letters, READER_NOT_ARABIC);
	out->is_head = script == RUN_ARAB && reader_heads(reader, &out->word) != 0 && reader_is_head(reader, &out->word);
	return true;
}
#else
static inline bool reader_read_key(const struct reader *reader, size_t script, struct memo_key key, size_t n, struct reading *out)
{
	uint8_t letters[sizeof key];
	memcpy(letters, &key, sizeof letters);
	return reader_read_quick(reader, script, letters, n, out);
}
#endif

#endif
