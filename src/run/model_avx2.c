/*
 * model_words for AVX2: the rows of two places of a word at once, eight of them, gathered from the table. The rows of all words are
 * asked for before any is looked at, since what is waited for is the memory. Longer words, of which
 * sums of bytes could overflow, are left to the plain one.
 */
#include <immintrin.h>

#include "base/bytes.h"
#include "run/model.h"

#define MOST 15 /* letters: 17 rows, of at most 15 a byte, meet in one byte */

/* ---- Numbers of rows ---- */

/* The upper halves of eight products. */
static inline __m256i upper(__m256i a, __m256i b)
{
	const __m256i even = _mm256_srli_epi64(_mm256_mul_epu32(a, b), 32);
	const __m256i odd = _mm256_mul_epu32(_mm256_srli_epi64(a, 32), b);
	return _mm256_blend_epi32(even, odd, 0xAA);
}

/* grams_row_of the hash of each stretch, which has up to four symbols. */
static inline __m256i rows_of(__m256i stretches, __m256i n_rows)
{
	const __m256i low = _mm256_set1_epi32(0x7F4A7C15), high = _mm256_set1_epi32((int)0x9E3779B9u);
	const __m256i hash = _mm256_add_epi32(upper(stretches, low), _mm256_mullo_epi32(stretches, high));
	return upper(hash, n_rows);
}

/*
 * The stretches of two places in a row: the letter behind the first symbol, and the two, three and four symbols from it on. The
 * last place has instead of the four that of the end of the word and the letter before.
 */
static inline __m256i stretches_at(const uint8_t *symbols, size_t left)
{
	const __m256i both = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)symbols));
	const __m256i order = _mm256_setr_epi8(1, -1, -1, -1, 0, 1, -1, -1, 0, 1, 2, -1, 0, 1, 2, 3, //
	                                       2, -1, -1, -1, 1, 2, -1, -1, 1, 2, 3, -1, 1, 2, 3, 4);
	const __m256i second = _mm256_setr_epi8(1, -1, -1, -1, 0, 1, -1, -1, 0, 1, 2, -1, 0, 1, 2, 3, //
	                                        2, -1, -1, -1, 1, 2, -1, -1, 1, 2, 3, -1, 2, 3, -1, -1);
	const __m256i first = _mm256_setr_epi8(1, -1, -1, -1, 0, 1, -1, -1, 0, 1, 2, -1, 1, 2, -1, -1, //
	                                       -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
	return _mm256_shuffle_epi8(both, left > 2 ? order : left == 2 ? second : first);
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

/* The sums of all groups of eight bytes, of 16 bits each. */
static inline __m128i sum_groups(__m256i bytes)
{
	const __m256i two = _mm256_add_epi16(_mm256_cvtepu8_epi16(_mm256_castsi256_si128(bytes)),
	                                     _mm256_cvtepu8_epi16(_mm256_extracti128_si256(bytes, 1)));
	return _mm_add_epi16(_mm256_castsi256_si128(two), _mm256_extracti128_si256(two, 1));
}

/* ---- Words ---- */

/* The rows of a word: four of each place, then those of a place that is not there, if the number of places is odd. */
struct rows {
	uint32_t at[4 * (MOST + 1)];
	uint32_t whole; /* of the whole word */
};

/* Asks the memory for those that are hardly ever at hand: there are few stretches of one letter or two. */
static inline void ask_for(const struct model_rows *model, const struct rows *rows, size_t n)
{
	const size_t size = model->is_wide ? 8 : 4;
	for (size_t i = 0; i < n; i++) {
		__builtin_prefetch(model->weights + rows->at[4 * i + 1] * size);
		__builtin_prefetch(model->weights + rows->at[4 * i + 2] * size);
		__builtin_prefetch(model->weights + rows->at[4 * i + 3] * size);
	}
	__builtin_prefetch(model->weights + rows->whole * size);
}

static inline void find_rows(const struct model_rows *model, const struct grams_symbols *word, struct rows *rows)
{
	const __m256i n_rows = _mm256_set1_epi32((int)model->n);
	const size_t n = word->n - 2;
	for (size_t i = 0; i < n; i += 2)
		_mm256_storeu_si256((__m256i *)(void *)&rows->at[4 * i],
		                    rows_of(stretches_at(word->symbols + i, n - i), n_rows));
	rows->whole = grams_word_row(word, model->n);
	ask_for(model, rows, n);
}

static inline void sum_rows(const struct model_rows *model, const struct rows *rows, size_t n, struct states *out)
{
	/* a place that is not there has no rows: all bits of its second half are 0 */
	const __m256i last = n % 2 ? _mm256_setr_epi32(-1, -1, -1, -1, 0, 0, 0, 0) : _mm256_set1_epi32(-1);
	struct sums sums = {_mm256_setzero_si256(), _mm256_setzero_si256()};
	for (size_t i = 0; i < n; i += 2) {
		const __m256i at = _mm256_loadu_si256((const __m256i *)(const void *)&rows->at[4 * i]);
		const __m256i mask = n - i > 2 ? _mm256_set1_epi32(-1) : last;
		if (model->is_wide) {
			const long long *const weights = (const long long *)(const void *)model->weights;
			const __m256i low = _mm256_i32gather_epi64(weights, _mm256_castsi256_si128(at), 8);
			const __m256i high = _mm256_i32gather_epi64(weights, _mm256_extracti128_si256(at, 1), 8);
			add(&sums, low);
			add(&sums, _mm256_and_si256(high, _mm256_permute4x64_epi64(mask, 0xFF)));
		} else {
			const int *const weights = (const int *)(const void *)model->weights;
			add(&sums, _mm256_and_si256(_mm256_i32gather_epi32(weights, at, 4), mask));
		}
	}
	/* the whole word, twice */
	const uint64_t row = model->is_wide ? bytes_u64(model->weights + (size_t)rows->whole * 8)
	                                    : bytes_u32(model->weights + (size_t)rows->whole * 4);
	const __m256i once = _mm256_zextsi128_si256(_mm_set_epi64x(0, (long long)row));
	add(&sums, once);
	add(&sums, once);
	__m128i even = sum_groups(sums.even), odd = sum_groups(sums.odd);
	if (!model->is_wide) {
		even = _mm_move_epi64(_mm_add_epi16(even, _mm_srli_si128(even, 8)));
		odd = _mm_move_epi64(_mm_add_epi16(odd, _mm_srli_si128(odd, 8)));
	}
	out->half[0] = (states_half)_mm_unpacklo_epi16(even, odd);
	out->half[1] = (states_half)_mm_unpackhi_epi16(even, odd);
}

static inline bool is_short(const struct grams_symbols *word)
{
	return word->n > 2 && word->n <= MOST + 2;
}

void model_avx2(size_t script, const struct grams_symbols *const words[], size_t n, struct states sums[])
{
	const struct model_rows model = model_rows(script);
	struct rows rows[MODEL_WORDS];
	for (size_t i = 0; i < n; i++)
		if (is_short(words[i]))
			find_rows(&model, words[i], &rows[i]);
	for (size_t i = 0; i < n; i++) {
		if (is_short(words[i]))
			sum_rows(&model, &rows[i], words[i]->n - 2, &sums[i]);
		else
			model_word(script, words[i], &sums[i]);
	}
}
