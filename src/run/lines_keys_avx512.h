/*
 * Keys and places of words for AVX-512: sixteen words at once. A word's own bytes are told by a mask of what its length is more than, so
 * that none of it comes from tables in memory, and hashes are made of keys that are still in registers.
 */
#ifndef LAFZ_RUN_LINES_KEYS_AVX512_H
#define LAFZ_RUN_LINES_KEYS_AVX512_H

#include <assert.h>
#include <immintrin.h>

#define KEYS_16 16 /* words at once */

static_assert(LINES_MOST % KEYS_16 == 0 && LINES_SLACK >= 2 * KEYS_16, "what is made together has room");
static_assert((MEMO_NO_KEY | MEMO_IS_PAIRS) == MEMO_NO_KEY && MEMO_NO_KEY >= 0x80, "as a length it is less than any, as a tag it is none");

/* How long words are, each length in all four bytes of its 32 bits; MEMO_NO_KEY for those without a key. */
struct keys_lens {
	__m512i lens;
	__mmask16 without;
};

static inline struct keys_lens keys_lens(const struct lines_words *words, size_t w, size_t script)
{
	const __m512i first_bytes = _mm512_broadcast_i32x4(_mm_setr_epi8(0, 0, 0, 0, 4, 4, 4, 4, 8, 8, 8, 8, 12, 12, 12, 12));
	const __m512i lens = _mm512_sub_epi32(_mm512_loadu_si512(words->ends + w), _mm512_loadu_si512(words->starts + w));
	const bool are_pairs = script == MEMO_PAIRS_SCRIPT;
	const __mmask16 is_odd = are_pairs ? _mm512_test_epi32_mask(lens, _mm512_set1_epi32(1)) : 0;
	const __mmask16 is_long = _mm512_cmpgt_epu32_mask(lens, _mm512_set1_epi32(are_pairs ? MEMO_PAIRS : MEMO_BYTES));
	const __mmask16 without = is_odd | is_long;
	const __m512i all = _mm512_mask_mov_epi32(lens, without, _mm512_set1_epi32(MEMO_NO_KEY));
	return (struct keys_lens){_mm512_shuffle_epi8(all, first_bytes), without};
}

/* Of four lengths from one on, each in all of 16 bytes. */
static inline __m512i keys_lens_of_four(__m512i lens, int first)
{
	const __m512i four = _mm512_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
	return _mm512_permutexvar_epi32(_mm512_add_epi32(four, _mm512_set1_epi32(first)), lens);
}

/* Of two lengths from one on, each in all of 32 bytes. */
static inline __m512i keys_lens_of_two(__m512i lens, int first)
{
	const __m512i two = _mm512_setr_epi32(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
	return _mm512_permutexvar_epi32(_mm512_add_epi32(two, _mm512_set1_epi32(first)), lens);
}

/* The last byte of each key: its tag. */
static inline __m512i keys_tagged(__m512i keys, __m512i tags)
{
	return _mm512_ternarylogic_epi32(keys, tags, _mm512_broadcast_i32x4(_mm_set_epi32((int)0xFF000000u, 0, 0, 0)), 0xF8);
}

/* Of four words of bytes. */
static inline __m512i keys_of_bytes(const char *text, const uint32_t *starts, __m512i lens)
{
	const __m512i numbers = _mm512_broadcast_i32x4(_mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
	__m512i all = _mm512_castsi128_si512(_mm_loadu_si128((const __m128i *)(const void *)(text + starts[0])));
	all = _mm512_inserti32x4(all, _mm_loadu_si128((const __m128i *)(const void *)(text + starts[1])), 1);
	all = _mm512_inserti32x4(all, _mm_loadu_si128((const __m128i *)(const void *)(text + starts[2])), 2);
	all = _mm512_inserti32x4(all, _mm_loadu_si128((const __m128i *)(const void *)(text + starts[3])), 3);
	return keys_tagged(_mm512_maskz_mov_epi8(_mm512_cmplt_epi8_mask(numbers, lens), all), lens);
}

/* What two words of pairs have beyond D8 and 80. */
static inline __m512i keys_beyond(const char *text, const uint32_t *starts, __m512i lens)
{
	const __m512i numbers = _mm512_inserti64x4(
		_mm512_castsi256_si512(_mm256_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23,
	                                                24, 25, 26, 27, 28, 29, 30, 31)),
		_mm256_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
	                         30, 31),
		1);
	__m512i both = _mm512_castsi256_si512(_mm256_loadu_si256((const __m256i *)(const void *)(text + starts[0])));
	both = _mm512_inserti64x4(both, _mm256_loadu_si256((const __m256i *)(const void *)(text + starts[1])), 1);
	return _mm512_maskz_sub_epi8(_mm512_cmplt_epi8_mask(numbers, lens), both, _mm512_set1_epi16((short)0x80D8));
}

/* Of four words of pairs, two and two. */
static inline __m512i keys_of_pairs(__m512i first, __m512i second, __m512i lens)
{
	const __m512i weights = _mm512_set1_epi16(0x0140);
	const __m512i mixed = _mm512_packus_epi16(_mm512_maddubs_epi16(first, weights), _mm512_maddubs_epi16(second, weights));
	const __m512i keys = _mm512_permutexvar_epi64(_mm512_setr_epi64(0, 2, 4, 6, 1, 3, 5, 7), mixed);
	return keys_tagged(keys, _mm512_or_si512(lens, _mm512_set1_epi8(MEMO_IS_PAIRS)));
}

/* Of sixteen words from word w on. Returns a bit for each that has none. */
static inline __mmask16 keys_make(const char *text, struct lines_words *words, size_t w, size_t script, __m512i keys[4])
{
	const uint32_t *const starts = words->starts + w;
	const struct keys_lens lens = keys_lens(words, w, script);
	if (script != MEMO_PAIRS_SCRIPT) {
#pragma GCC unroll 4
		for (int i = 0; i < 4; i++)
			keys[i] = keys_of_bytes(text, starts + 4 * i, keys_lens_of_four(lens.lens, 4 * i));
		return 0;
	}
	__m512i all = _mm512_setzero_si512();
#pragma GCC unroll 4
	for (int i = 0; i < 4; i++) {
		const __m512i first = keys_beyond(text, starts + 4 * i, keys_lens_of_two(lens.lens, 4 * i));
		const __m512i second = keys_beyond(text, starts + 4 * i + 2, keys_lens_of_two(lens.lens, 4 * i + 2));
		all = _mm512_ternarylogic_epi32(all, first, second, 0xFE);
		keys[i] = keys_of_pairs(first, second, keys_lens_of_four(lens.lens, 4 * i));
	}
	const bool are_pairs = _mm512_test_epi16_mask(all, _mm512_set1_epi16((short)0xC0FC)) == 0;
	return are_pairs ? lens.without : 0xFFFF;
}

/* Words that have no keys yet get them by themselves. */
static inline void keys_make_others(const struct memo *memo, const char *text, struct lines_words *words, size_t w, uint64_t without)
{
	for (; without != 0; without &= without - 1) {
		const size_t i = w + vectors_lowest(without);
		const struct memo_key key = memo_key_pairs(text + words->starts[i], words->ends[i] - words->starts[i]);
		const struct memo_place *const place = memo_place(memo, key);
		words->keys[i] = key;
		words->places[i] = (uint32_t)((const char *)place - (const char *)memo->places);
		__builtin_prefetch(place);
	}
}

/* Keys and places of the words from one on but before end, and of up to fifteen more, which can be read. */
__attribute__((always_inline)) static inline void find_16_places(const struct memo *memo, const char *text, size_t script,
                                                                 struct lines_words *words, size_t first, size_t end)
{
	const char *const places = (const char *)memo->places;
	const uint32_t shift = memo->shift - MEMO_PLACE_BITS;
	uint64_t without = 0;
	for (size_t w = first; w < end; w += KEYS_16) {
		const size_t at = (w - first) % 64;
		__m512i keys[4];
		const uint64_t none = keys_make(text, words, w, script, keys);
#pragma GCC unroll 4
		for (size_t i = 0; i < 4; i++)
			_mm512_storeu_si512(&words->keys[w + 4 * i], keys[i]);
		hash_eight_of(keys[0], keys[1], shift, MEMO_PLACES_AT, &words->places[w]);
		hash_eight_of(keys[2], keys[3], shift, MEMO_PLACES_AT, &words->places[w + 8]);
#pragma GCC unroll 16
		for (size_t i = 0; i < KEYS_16; i++)
			__builtin_prefetch(places + words->places[w + i]);
		if (script != MEMO_PAIRS_SCRIPT)
			continue;
		without |= none << at;
		if (at == 64 - KEYS_16 || w + KEYS_16 >= end) {
			keys_make_others(memo, text, words, w - at, without & bits_below(end - (w - at)));
			without = 0;
		}
	}
}

__attribute__((always_inline)) static inline void find_places(const struct memo *memo, const char *text, size_t script,
                                                              struct lines_words *words, size_t first, size_t end)
{
	size_t n = end;
	while (n > first && words->starts[n - 1] >= words->safe)
		n--;
	const size_t beyond = end + KEYS_16 < words->n ? end + KEYS_16 : words->n;
	if (n == end && n > first && words->starts[beyond - 1] < words->safe) {
		/* words that are none, so that there are sixteen at a time */
		const uint32_t start = words->starts[first];
		_mm512_storeu_si512(words->starts + words->n, _mm512_set1_epi32((int)start));
		_mm512_storeu_si512(words->ends + words->n, _mm512_set1_epi32((int)start + 2));
		find_16_places(memo, text, script, words, first, n);
		return;
	}
	n -= (n - first) % KEYS_16;
	find_16_places(memo, text, script, words, first, n);
	find_last_keys(text, words, n, end, script);
	for (; n < end; n += HASH_TOGETHER)
		ask_for_places(memo, words, n);
}

#endif
