/*
 * model_words for AVX-512: the rows of all places of a word at once, gathered from the table.
 */
#include <immintrin.h>

#include <assert.h>

#include "base/bytes.h"
#include "run/model_wide.h"

/* ---- Numbers of rows ---- */

/* The four symbols from each place on. */
static inline __m512i stretches_of(const struct grams_symbols *word)
{
	const __m512i order = _mm512_setr_epi32(0x03020100, 0x04030201, 0x05040302, 0x06050403, 0x07060504, 0x08070605, 0x09080706,
	                                        0x0A090807, 0x0B0A0908, 0x0C0B0A09, 0x0D0C0B0A, 0x0E0D0C0B, 0x0F0E0D0C, 0x100F0E0D,
	                                        0x11100F0E, 0x1211100F);
	const __m256i symbols = _mm256_loadu_si256((const __m256i *)(const void *)word->symbols);
	return _mm512_permutexvar_epi8(order, _mm512_castsi256_si512(symbols));
}

/* grams_row_in for lines that stand in the upper halves of the numbers. */
WIDE_ALWAYS __m512i rows_in(struct wide wide, __m512i lines, __m512i hashes)
{
	const __m512i both = _mm512_mask_mov_epi16(lines, 0x55555555, hashes);
	return _mm512_add_epi32(_mm512_srli_epi32(both, wide.is_wide ? 13 : 12), _mm512_set1_epi32(GRAMS_PAIRS));
}

WIDE_ALWAYS void find_rows(struct wide wide, const struct grams_symbols *word, struct wide_rows *rows)
{
	rows->whole = grams_word_row(wide.layout, word);
	__builtin_prefetch(wide_row(wide, rows->whole));
	const __m512i four = stretches_of(word), three = _mm512_and_si512(four, _mm512_set1_epi32(0xFFFFFF));
	const __m512i twos = _mm512_mullo_epi16(four, _mm512_set1_epi32(GRAMS_PAIR_FACTOR));
	const __m512i threes = _mm512_mullo_epi32(three, _mm512_set1_epi32((int)GRAMS_THREE_FACTOR));
	const __m512i fours = _mm512_mullo_epi32(four, _mm512_set1_epi32((int)GRAMS_FOUR_FACTOR));
	const __m512i lines = _mm512_mulhi_epu16(threes, _mm512_set1_epi32((int)(wide.layout.n_lines << 16)));
	const __m512i in_three = rows_in(wide, lines, threes), in_four = rows_in(wide, lines, _mm512_srli_epi32(fours, 16));
	_mm512_store_si512(rows->two, _mm512_srli_epi32(twos, 4));
	_mm512_store_si512(rows->line[0], _mm512_shuffle_i64x2(in_three, in_four, 0x44));
	wide_ask(wide, rows->line[0]);
	if (wide.n_halves == 1)
		return;
	_mm512_store_si512(rows->line[1], _mm512_shuffle_i64x2(in_three, in_four, 0xEE));
	wide_ask(wide, rows->line[1]);
}

/* ---- Sums ---- */

struct sums {
	__m512i even, odd; /* of the columns, a byte each */
};

static inline void add(struct sums *sums, __m512i rows)
{
	const __m512i nibbles = _mm512_set1_epi8(0x0F);
	sums->even = _mm512_add_epi8(sums->even, _mm512_and_si512(rows, nibbles));
	sums->odd = _mm512_add_epi8(sums->odd, _mm512_and_si512(_mm512_srli_epi16(rows, 4), nibbles));
}

WIDE_ALWAYS void add_eight(struct wide wide, const uint32_t *at, __mmask8 there, struct sums *sums)
{
	const __m256i rows = _mm256_load_si256((const __m256i *)(const void *)at);
	if (wide.is_wide)
		add(sums, _mm512_mask_i32gather_epi64(_mm512_setzero_si512(), there, rows, wide.weights, 8));
	else
		add(sums, _mm512_zextsi256_si512(_mm256_mmask_i32gather_epi32(_mm256_setzero_si256(), there, rows, wide.weights, 4)));
}

WIDE_ALWAYS void add_sixteen(struct wide wide, const uint32_t *at, __mmask16 there, struct sums *sums)
{
	if (wide.is_wide) {
		add_eight(wide, at, (__mmask8)there, sums);
		add_eight(wide, at + 8, (__mmask8)(there >> 8), sums);
	} else {
		add(sums, _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), there, _mm512_load_si512(at), wide.weights, 4));
	}
}

/* Those of one half of the places; in so many there is a pair. */
WIDE_ALWAYS void add_half(struct wide wide, const struct wide_rows *rows, size_t half, size_t n_pairs, struct sums *sums)
{
	const uint32_t pairs = (1u << n_pairs) - 1;
	const uint32_t threes = pairs >> 1 >> half * WIDE_HALF & 0xFF, fours = pairs >> 2 >> half * WIDE_HALF & 0xFF;
	add_eight(wide, rows->two + half * WIDE_HALF, (__mmask8)(pairs >> half * WIDE_HALF), sums);
	add_sixteen(wide, rows->line[half], (__mmask16)(threes | fours << 8), sums);
}

/* The whole word stands in each of the first two groups. */
WIDE_ALWAYS __m512i twice(struct wide wide, const unsigned char *row)
{
	return wide.is_wide ? _mm512_maskz_set1_epi64(3, (long long)bytes_u64(row)) : _mm512_maskz_set1_epi32(3, (int)bytes_u32(row));
}

static_assert((2 * 6 + 2) * 15 <= 255, "bytes hold the sums of two groups: six rows of each and the whole word");

/* The sums of all groups: of the 16 columns of a wide row, in 16 bits each, or of the 8 of two narrow ones. */
static inline __m256i sum_groups(const struct sums *sums)
{
	const __m512i two = _mm512_add_epi8(_mm512_unpacklo_epi8(sums->even, sums->odd), _mm512_unpackhi_epi8(sums->even, sums->odd));
	const __m512i four = _mm512_add_epi16(_mm512_cvtepu8_epi16(_mm512_castsi512_si256(two)),
	                                      _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(two, 1)));
	return _mm256_add_epi16(_mm512_castsi512_si256(four), _mm512_extracti64x4_epi64(four, 1));
}

WIDE_ALWAYS void sum_rows(struct wide wide, const struct wide_rows *rows, size_t n_pairs, struct states *out)
{
	struct sums sums = {_mm512_setzero_si512(), _mm512_setzero_si512()};
	add_half(wide, rows, 0, n_pairs, &sums);
	if (wide.n_halves == 2)
		add_half(wide, rows, 1, n_pairs, &sums);
	add(&sums, twice(wide, wide_row(wide, rows->whole)));
	const __m256i columns = sum_groups(&sums);
	const __m128i low = _mm256_castsi256_si128(columns), high = _mm256_extracti128_si256(columns, 1);
	out->half[0] = (states_half)(wide.is_wide ? low : _mm_add_epi16(low, high));
	out->half[1] = (states_half)(wide.is_wide ? high : _mm_setzero_si128());
}

void model_avx512(size_t script, const struct grams_symbols *const words[], size_t n, struct states sums[])
{
	model_wide(script, words, n, sums);
}
