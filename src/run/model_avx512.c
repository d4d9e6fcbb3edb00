/*
 * model_words for AVX-512: the rows of four places of a word at once, sixteen of them, gathered from the table. The rows of all words are
 * asked for before any is looked at, since what is waited for is the memory.
 */
#include <immintrin.h>

#include <assert.h>

#include "base/bits.h"
#include "base/bytes.h"
#include "run/model.h"

#define BLOCK 4 /* places, each with four rows */
#define BLOCKS (GRAMS_LETTERS / BLOCK)

static_assert(GRAMS_LETTERS % BLOCK == 0, "no word has more places than blocks have");
static_assert((2 * BLOCKS + 2) * 15 <= 255, "so many weights fit a byte");

/* ---- Numbers of rows ---- */

/* The upper halves of sixteen products. */
static inline __m512i upper(__m512i a, __m512i b)
{
	const __m512i even = _mm512_srli_epi64(_mm512_mul_epu32(a, b), 32);
	const __m512i odd = _mm512_mul_epu32(_mm512_srli_epi64(a, 32), b);
	return _mm512_mask_mov_epi32(even, 0xAAAA, odd);
}

/* grams_row_of the hash of each stretch, which has up to four symbols. */
static inline __m512i rows_of(__m512i stretches, __m512i n_rows)
{
	const __m512i low = _mm512_set1_epi32(0x7F4A7C15), high = _mm512_set1_epi32((int)0x9E3779B9u);
	const __m512i hash = _mm512_add_epi32(upper(stretches, low), _mm512_mullo_epi32(stretches, high));
	return upper(hash, n_rows);
}

/* Of place i behind the first one: its letter, and the two, three and four symbols from it on. */
#define PLACE(i) (i) + 1, -1, -1, -1, i, (i) + 1, -1, -1, i, (i) + 1, (i) + 2, -1, i, (i) + 1, (i) + 2, (i) + 3
/* The last place of a word has instead of the four that of the end of the word and the letter before. */
#define LAST(i) -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, (i) + 1, (i) + 2, -1, -1

static const _Alignas(64) int8_t orders[2][64] = {
	{PLACE(0), PLACE(1), PLACE(2), PLACE(3)},
	{LAST(0), LAST(1), LAST(2), LAST(3)},
};

/* The stretches of the places from a symbol on; the last place of the word is that one of them, if it is among them. */
static inline __m512i stretches_at(const uint8_t *symbols, __mmask16 last)
{
	const __m512i all = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(const void *)symbols));
	const __m512i order = _mm512_mask_mov_epi32(_mm512_load_si512(orders[0]), last, _mm512_load_si512(orders[1]));
	return _mm512_shuffle_epi8(all, order);
}

struct rows {
	uint32_t at[BLOCKS][4 * BLOCK];
	uint32_t whole; /* of the whole word */
};

/*
 * Asks the memory for those that are hardly ever at hand: there are few letters. What is behind the word are rows of its end, or of
 * nothing, which are.
 */
static inline void ask_for(const struct model_rows *model, const uint32_t *rows)
{
	const size_t size = model->is_wide ? 8 : 4;
	for (size_t i = 0; i < BLOCK; i++)
		for (size_t k = 1; k < 4; k++)
			__builtin_prefetch(model->weights + rows[4 * i + k] * size);
}

/* Those of one block of a word of so many letters. */
static inline void find_block(const struct model_rows *model, const struct grams_symbols *word, size_t block, __m512i n_rows,
                              struct rows *rows)
{
	const uint64_t last = (uint64_t)1 << (word->n - 3) % BLOCK * 4 << 3;
	const __mmask16 here = (__mmask16)((word->n - 3) / BLOCK == block ? last : 0);
	uint32_t *const at = rows->at[block];
	_mm512_storeu_si512(at, rows_of(stretches_at(word->symbols + block * BLOCK, here), n_rows));
	ask_for(model, at);
}

/* Most words have no more than two blocks; those that have one have two, too, for how many there are is not foreseen. */
static inline void find_rows(const struct model_rows *model, const struct grams_symbols *word, struct rows *rows)
{
	const __m512i n_rows = _mm512_set1_epi32((int)model->n);
	rows->whole = grams_word_row(word, model->n);
	__builtin_prefetch(model->weights + rows->whole * (model->is_wide ? 8u : 4u));
	for (size_t block = 0; block < 2; block++)
		find_block(model, word, block, n_rows, rows);
	for (size_t block = 2; block * BLOCK < word->n - 2; block++)
		find_block(model, word, block, n_rows, rows);
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

/* The sums of all groups of eight bytes, of 16 bits each. */
static inline __m128i sum_groups(__m512i bytes)
{
	const __m512i four = _mm512_add_epi16(_mm512_cvtepu8_epi16(_mm512_castsi512_si256(bytes)),
	                                      _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(bytes, 1)));
	const __m256i two = _mm256_add_epi16(_mm512_castsi512_si256(four), _mm512_extracti64x4_epi64(four, 1));
	return _mm_add_epi16(_mm256_castsi256_si128(two), _mm256_extracti128_si256(two, 1));
}

static inline void add_wide(const struct model_rows *model, const uint32_t *at, __mmask16 rows, struct sums *sums)
{
	const __m512i zero = _mm512_setzero_si512();
	for (size_t i = 0; i < 2; i++) {
		const __m256i numbers = _mm256_loadu_si256((const __m256i *)(const void *)(at + 8 * i));
		add(sums, _mm512_mask_i32gather_epi64(zero, (__mmask8)(rows >> 8 * i), numbers, model->weights, 8));
	}
}

static inline void add_narrow(const struct model_rows *model, const uint32_t *at, __mmask16 rows, struct sums *sums)
{
	add(sums, _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), rows, _mm512_loadu_si512(at), model->weights, 4));
}

/* Of one block of a word of n letters. */
static inline void add_block(const struct model_rows *model, const struct rows *rows, size_t n, size_t block, struct sums *sums)
{
	const size_t first = block * BLOCK;
	const __mmask16 mask = (__mmask16)(n > first ? bits_below(4 * (n - first)) : 0);
	if (model->is_wide)
		add_wide(model, rows->at[block], mask, sums);
	else
		add_narrow(model, rows->at[block], mask, sums);
}

static inline void sum_rows(const struct model_rows *model, const struct rows *rows, size_t n, struct states *out)
{
	struct sums sums = {_mm512_setzero_si512(), _mm512_setzero_si512()};
	for (size_t block = 0; block < 2; block++)
		add_block(model, rows, n, block, &sums);
	for (size_t block = 2; block * BLOCK < n; block++)
		add_block(model, rows, n, block, &sums);
	/* the whole word, twice */
	const uint64_t row = model->is_wide ? bytes_u64(model->weights + (size_t)rows->whole * 8)
	                                    : bytes_u32(model->weights + (size_t)rows->whole * 4);
	const __m512i once = _mm512_zextsi128_si512(_mm_cvtsi64_si128((long long)row));
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

/* ---- Words ---- */

void model_avx512(size_t script, const struct grams_symbols *const words[], size_t n, struct states sums[])
{
	const struct model_rows model = model_rows(script);
	struct rows rows[MODEL_WORDS];
	for (size_t i = 0; i < n; i++)
		find_rows(&model, words[i], &rows[i]);
	for (size_t i = 0; i < n; i++)
		sum_rows(&model, &rows[i], words[i]->n - 2, &sums[i]);
}
