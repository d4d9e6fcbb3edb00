/*
 * model_words for AVX2: the rows of eight places of a word at once, gathered from the table.
 */
#include <immintrin.h>

#include <assert.h>

#include "base/bytes.h"
#include "run/model_wide.h"

/* ---- Numbers of rows ---- */

static inline __m256i load(const void *at)
{
	return _mm256_loadu_si256((const __m256i *)at);
}

static inline void store(uint32_t *at, __m256i rows)
{
	_mm256_store_si256((__m256i *)(void *)at, rows);
}

/* The four symbols from each of eight places on. */
static inline __m256i stretches_at(const uint8_t *symbols)
{
	const __m128i low = _mm_loadu_si128((const __m128i *)(const void *)symbols);
	const __m128i high = _mm_loadu_si128((const __m128i *)(const void *)(symbols + 4));
	const __m256i order = _mm256_setr_epi8(0, 1, 2, 3, 1, 2, 3, 4, 2, 3, 4, 5, 3, 4, 5, 6, //
	                                       0, 1, 2, 3, 1, 2, 3, 4, 2, 3, 4, 5, 3, 4, 5, 6);
	return _mm256_shuffle_epi8(_mm256_set_m128i(high, low), order);
}

/* grams_row_in for lines that stand in the upper halves of the numbers. */
WIDE_ALWAYS __m256i rows_in(struct wide wide, __m256i lines, __m256i hashes)
{
	const __m256i both = _mm256_blend_epi16(lines, hashes, 0x55);
	return _mm256_add_epi32(_mm256_srli_epi32(both, wide.is_wide ? 13 : 12), _mm256_set1_epi32(GRAMS_PAIRS));
}

WIDE_ALWAYS void find_half(struct wide wide, const struct grams_symbols *word, size_t half, struct wide_rows *rows)
{
	const __m256i four = stretches_at(word->symbols + half * WIDE_HALF), three = _mm256_and_si256(four, _mm256_set1_epi32(0xFFFFFF));
	const __m256i twos = _mm256_mullo_epi16(four, _mm256_set1_epi32(GRAMS_PAIR_FACTOR));
	const __m256i threes = _mm256_mullo_epi32(three, _mm256_set1_epi32((int)GRAMS_THREE_FACTOR));
	const __m256i fours = _mm256_mullo_epi32(four, _mm256_set1_epi32((int)GRAMS_FOUR_FACTOR));
	const __m256i lines = _mm256_mulhi_epu16(threes, _mm256_set1_epi32((int)(wide.layout.n_lines << 16)));
	store(rows->two + half * WIDE_HALF, _mm256_srli_epi32(twos, 4));
	store(rows->line[half], rows_in(wide, lines, threes));
	store(rows->line[half] + WIDE_HALF, rows_in(wide, lines, _mm256_srli_epi32(fours, 16)));
	wide_ask(wide, rows->line[half]);
}

WIDE_ALWAYS void find_rows(struct wide wide, const struct grams_symbols *word, struct wide_rows *rows)
{
	rows->whole = grams_word_row(wide.layout, word);
	__builtin_prefetch(wide_row(wide, rows->whole));
	find_half(wide, word, 0, rows);
	if (wide.n_halves == 2)
		find_half(wide, word, 1, rows);
}

/* ---- Sums ---- */

struct sums {
	__m256i even, odd; /* of the columns, a byte each */
};

static inline void add(struct sums *sums, __m256i rows)
{
	const __m256i nibbles = _mm256_set1_epi8(0x0F);
	sums->even = _mm256_add_epi8(sums->even, _mm256_and_si256(rows, nibbles));
	sums->odd = _mm256_add_epi8(sums->odd, _mm256_and_si256(_mm256_srli_epi16(rows, 4), nibbles));
}

/* The rows of eight places, of which so many are there. */
WIDE_ALWAYS void add_eight(struct wide wide, const uint32_t *at, int n, struct sums *sums)
{
	const __m256i rows = load(at);
	const __m256i there = _mm256_cmpgt_epi32(_mm256_set1_epi32(n), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
	if (wide.is_wide) {
		const long long *const weights = (const long long *)(const void *)wide.weights;
		const __m128i low = _mm256_castsi256_si128(rows), high = _mm256_extracti128_si256(rows, 1);
		const __m128i low_there = _mm256_castsi256_si128(there), high_there = _mm256_extracti128_si256(there, 1);
		add(sums, _mm256_and_si256(_mm256_i32gather_epi64(weights, low, 8), _mm256_cvtepi32_epi64(low_there)));
		add(sums, _mm256_and_si256(_mm256_i32gather_epi64(weights, high, 8), _mm256_cvtepi32_epi64(high_there)));
	} else {
		add(sums, _mm256_and_si256(_mm256_i32gather_epi32((const int *)(const void *)wide.weights, rows, 4), there));
	}
}

/* Those of one half of the places, of which so many have a pair. */
WIDE_ALWAYS void add_half(struct wide wide, const struct wide_rows *rows, size_t half, int n_pairs, struct sums *sums)
{
	add_eight(wide, rows->two + half * WIDE_HALF, n_pairs, sums);
	add_eight(wide, rows->line[half], n_pairs - 1, sums);
	add_eight(wide, rows->line[half] + WIDE_HALF, n_pairs - 2, sums);
}

/* The whole word stands in each of the first two groups. */
WIDE_ALWAYS __m256i twice(struct wide wide, const unsigned char *row)
{
	const uint64_t both = wide.is_wide ? bytes_u64(row) : bytes_u32(row) * ((uint64_t)1 << 32 | 1);
	return _mm256_zextsi128_si256(_mm_set_epi64x(wide.is_wide ? (long long)both : 0, (long long)both));
}

static_assert((2 * 6 + 1) * 15 <= 255, "a byte holds the sum of a group: six rows for each half, and the whole word");

static inline __m256i sum_halves(__m256i bytes)
{
	return _mm256_add_epi16(_mm256_cvtepu8_epi16(_mm256_castsi256_si128(bytes)), _mm256_cvtepu8_epi16(_mm256_extracti128_si256(bytes, 1)));
}

WIDE_ALWAYS void sum_rows(struct wide wide, const struct wide_rows *rows, size_t n_pairs, struct states *out)
{
	struct sums sums = {_mm256_setzero_si256(), _mm256_setzero_si256()};
	add_half(wide, rows, 0, (int)n_pairs, &sums);
	if (wide.n_halves == 2)
		add_half(wide, rows, 1, (int)n_pairs - WIDE_HALF, &sums);
	add(&sums, twice(wide, wide_row(wide, rows->whole)));
	/* of the 16 columns of a wide row, in 16 bits each, or of the 8 of two narrow ones */
	const __m256i columns = _mm256_add_epi16(sum_halves(_mm256_unpacklo_epi8(sums.even, sums.odd)),
	                                         sum_halves(_mm256_unpackhi_epi8(sums.even, sums.odd)));
	const __m128i low = _mm256_castsi256_si128(columns), high = _mm256_extracti128_si256(columns, 1);
	out->half[0] = (states_half)(wide.is_wide ? low : _mm_add_epi16(low, high));
	out->half[1] = (states_half)(wide.is_wide ? high : _mm_setzero_si128());
}

void model_avx2(size_t script, const struct grams_symbols *const words[], size_t n, struct states sums[])
{
	model_wide(script, words, n, sums);
}
