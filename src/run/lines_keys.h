/*
 * The keys of the words of some lines in a row, and their places in the memo, which the memory is asked for. Words that are no rows of
 * letters of two bytes, or no short ones, are few: they are found as bits, and their keys made by themselves, for a branch on each
 * word would cost more.
 */
#ifndef LAFZ_RUN_LINES_KEYS_H
#define LAFZ_RUN_LINES_KEYS_H

#include <assert.h>
#include <stdbool.h>

#include "base/bits.h"
#include "run/hash.h"
#include "run/lines.h"
#include "run/memo.h"
#include "run/vectors.h"

#define KEYS_TOGETHER 64

static_assert(LINES_MOST % KEYS_TOGETHER == 0 && KEYS_TOGETHER % HASH_TOGETHER == 0, "what is made together has room");

/* What can be read behind the words is enough for all but the last ones of a text. */
static inline void keep_end(struct lines_words *words, const char *text, uint32_t end, uint32_t readable)
{
	const uint32_t limit = readable > end ? readable : end;
	words->safe = limit < MEMO_READ ? 0 : limit - MEMO_READ + 1;
	if (end <= words->safe)
		return;
	memset(words->end, 0, sizeof words->end);
	memcpy(words->end, text + words->safe, limit - words->safe);
}

static inline void keep_line_end(struct lines_words *words, const struct segment *last)
{
	keep_end(words, last->text, last->end, last->readable);
}

/* Of words from word w on. */
static inline void ask_for_places(const struct memo *memo, struct lines_words *words, size_t w)
{
	hash_eight(&words->keys[w], memo->shift - MEMO_PLACE_BITS, MEMO_PLACES_AT, &words->places[w]);
#pragma GCC unroll 8
	for (size_t i = 0; i < HASH_TOGETHER; i++)
		__builtin_prefetch((const char *)memo->places + words->places[w + i]);
}

/* The last words, from w on but before end, of which some are at the end of the text and are read from a copy of it. */
static inline void find_last_keys(const char *text, struct lines_words *words, size_t w, size_t end, size_t script)
{
	for (; w < end; w++)
		words->keys[w] = memo_key_quick(script, lines_word(words, text, w), words->ends[w] - words->starts[w]);
}

#if defined __AVX512VBMI2__ && defined __AVX512BW__
#include "run/lines_keys_avx512.h"
#else
/*
 * How far the shapes of words, from word w on, are behind the first shape of their script. Those that have no shape get that of no key.
 * Returns a bit for each of them.
 */
static inline uint64_t find_shapes(const struct lines_words *words, size_t w, size_t script, uint32_t shapes[KEYS_TOGETHER])
{
	const bool are_pairs = script == MEMO_PAIRS_SCRIPT;
	const vectors_wide none = {0}, most = none + (uint32_t)(are_pairs ? MEMO_PAIRS : MEMO_BYTES);
	const uint32_t size = are_pairs ? sizeof(struct memo_pairs) : sizeof(struct memo_bytes);
	uint64_t without = 0;
	for (size_t i = 0; i < KEYS_TOGETHER; i += 8) {
		const vectors_wide lens = vectors_load_wide(words->ends + w + i) - vectors_load_wide(words->starts + w + i);
		const vectors_wide is_odd = are_pairs ? none - (lens & 1) : none;
		const vectors_wide has_none = is_odd | (vectors_wide)(lens > most);
		vectors_store_wide(shapes + i, lens * size & ~has_none);
		without |= (uint64_t)vectors_signs(has_none) << i;
	}
	return without;
}

/*
 * Keys of n words from word w on, a multiple of HASH_TOGETHER; and, if they are asked for, places of as many of those KEYS_TOGETHER words
 * before: keys that have just been written one by one cannot be read together yet.
 */
static inline void find_byte_keys(const struct memo *memo, const char *text, struct lines_words *words, size_t w, size_t n,
                                  bool are_asked)
{
	uint32_t shapes[KEYS_TOGETHER];
	find_shapes(words, w, !MEMO_PAIRS_SCRIPT, shapes);
	for (size_t i = 0; i < n; i += HASH_TOGETHER) {
#pragma GCC unroll 8
		for (size_t k = i; k < i + HASH_TOGETHER; k++) {
			const void *const shape = (const char *)memo_bytes + shapes[k];
			words->keys[w + k] = memo_key_shaped(text + words->starts[w + k], shape);
		}
		if (are_asked)
			ask_for_places(memo, words, w + i - KEYS_TOGETHER);
	}
}

static inline void find_pair_keys(const struct memo *memo, const char *text, struct lines_words *words, size_t w, size_t n,
                                  bool are_asked)
{
	uint32_t shapes[KEYS_TOGETHER];
	uint64_t without = find_shapes(words, w, MEMO_PAIRS_SCRIPT, shapes);
	vectors_pairs all = {0};
	for (size_t i = 0; i < n; i += HASH_TOGETHER) {
#pragma GCC unroll 8
		for (size_t k = i; k < i + HASH_TOGETHER; k++) {
			const void *const shape = (const char *)memo_pairs + shapes[k];
			const vectors_pairs beyond = memo_beyond(vectors_load(text + words->starts[w + k]), shape);
			all |= beyond;
			words->keys[w + k] = memo_key_beyond(beyond, shape);
		}
		if (are_asked)
			ask_for_places(memo, words, w + i - KEYS_TOGETHER);
	}
	if (!memo_are_pairs(all))
		without = ~(uint64_t)0;
	for (without &= bits_below(n); without != 0; without &= without - 1) {
		const size_t i = w + vectors_lowest(without);
		words->keys[i] = memo_key_pairs(text + words->starts[i], words->ends[i] - words->starts[i]);
	}
}

/* Keys and places of the words from one on but before end, which are of one script. What is behind them may be overwritten. */
__attribute__((always_inline)) static inline void find_places(const struct memo *memo, const char *text, size_t script,
                                                              struct lines_words *words, size_t first, size_t end)
{
	size_t n = end;
	while (n > first && words->starts[n - 1] >= words->safe)
		n--;
	n -= (n - first) % HASH_TOGETHER;
	size_t w = first, asked = first;
	for (; w < n; w += KEYS_TOGETHER) {
		const size_t together = n - w < KEYS_TOGETHER ? n - w : KEYS_TOGETHER;
		if (script == MEMO_PAIRS_SCRIPT)
			find_pair_keys(memo, text, words, w, together, w > first);
		else
			find_byte_keys(memo, text, words, w, together, w > first);
		asked += w > first ? together : 0;
	}
	find_last_keys(text, words, n, end, script);
	for (; asked < end; asked += HASH_TOGETHER)
		ask_for_places(memo, words, asked);
}
#endif

#endif
