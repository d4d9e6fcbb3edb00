/*
 * The words of some lines in a row: keys, then places, then scores, each in one loop over all of them. Between asking the memory for
 * a place and looking at it lies the work on all other words.
 */
#ifndef LAFZ_RUN_LINES_WORDS_H
#define LAFZ_RUN_LINES_WORDS_H

#include <stdbool.h>

#include "base/bits.h"
#include "run/evidence.h"
#include "run/lines.h"
#include "unicode/ucd.h"

#define BLOCK 16 /* pieces that are looked at together; no more than FILL_SLACK */

/* ---- Pieces ---- */

/* Of 64 pieces from one on but before end: a bit for each word in the letters of a script, and for each in others. */
struct found {
	uint64_t own, others;
};

/* Words without letters are in no script: UCD_SCRIPT_ZYYY, UCD_SCRIPT_ZINH. */
#if defined __AVX512BW__ && defined __BMI2__
static inline struct found find_64(const struct pieces *pieces, size_t i, size_t end, uint8_t letters)
{
	const uint64_t within = bits_below(end - i);
	const __m512i kinds = _mm512_maskz_loadu_epi8(within, pieces->kind + i);
	const __m512i scripts = _mm512_maskz_loadu_epi8(within, pieces->script + i);
	const uint64_t all = _mm512_mask_cmpeq_epi8_mask(within, kinds, _mm512_set1_epi8(LAFZ_KIND_WORD));
	const uint64_t own = _mm512_mask_cmpeq_epi8_mask(all, scripts, _mm512_set1_epi8((char)letters));
	return (struct found){own, _mm512_mask_test_epi8_mask(all & ~own, scripts, _mm512_set1_epi8((char)0xFE))};
}
#else
static inline struct found find_64(const struct pieces *pieces, size_t i, size_t end, uint8_t letters)
{
	struct found found = {0};
	for (size_t k = 0; k < 64 && i + k < end; k += BLOCK) {
		const uint32_t within = end - i - k >= BLOCK ? 0xFFFF : (1u << (end - i - k)) - 1;
		const vectors_bytes scripts = vectors_load_bytes(pieces->script + i + k);
		const uint32_t all = vectors_equal(vectors_load_bytes(pieces->kind + i + k), LAFZ_KIND_WORD) & within;
		const uint32_t in_script = vectors_equal(scripts, letters);
		const uint32_t has_letters = ~vectors_equal(scripts & 0xFE, 0);
		found.own |= (uint64_t)(all & in_script) << k;
		found.others |= (uint64_t)(all & ~in_script & has_letters) << k;
	}
	return found;
}
#endif

/* The same for both scripts that words are told apart in: a bit for each word in one of them, and for each of them that is Arabic. */
struct found_both {
	uint64_t own, arab, others;
};

static inline struct found_both find_64_of_both(const struct pieces *pieces, size_t i, size_t end)
{
	const struct found arab = find_64(pieces, i, end, UCD_SCRIPT_ARAB);
	const struct found latn = find_64(pieces, i, end, UCD_SCRIPT_LATN);
	return (struct found_both){arab.own | latn.own, arab.own, arab.others & latn.others};
}

/* Takes the words of a script that are found among pieces, up to the piece end, as those from word n on. Returns how many there are then. */
static inline size_t pick_pieces(const struct pieces *pieces, size_t end, size_t script, struct lines_words *words, size_t n)
{
	struct lines_bits *const found = &words->found[script];
	const size_t begin = n;
	words->begin[script] = begin;
	for (size_t i = words->first; i < end; i += 64) {
		const uint64_t own = found->bits[(i - words->first) / 64] & bits_below(end - i);
		found->before[(i - words->first) / 64] = (uint32_t)(n - begin);
		if (own != 0)
			n += vectors_pick(own, (const uint32_t *const[]){pieces->start + i, pieces->end + i},
			                  (uint32_t *const[]){words->starts + n, words->ends + n});
	}
	found->before[(end - words->first + 63) / 64] = (uint32_t)(n - begin);
	return n;
}

/* Finds the words of a script among pieces. Returns the first piece that is a word of another script, end if there is none. */
static inline size_t find_pieces(const struct pieces *pieces, size_t first, size_t end, size_t script,
                                 struct lines_words *words)
{
	const uint8_t letters = script == RUN_ARAB ? UCD_SCRIPT_ARAB : UCD_SCRIPT_LATN;
	struct lines_bits *const bits = &words->found[script];
	size_t n = 0, stop = end;
	words->first = first;
	words->begin[script] = 0;
	bits->before[0] = 0;
	for (size_t i = first; i < end; i += 64) {
		const struct found found = find_64(pieces, i, end, letters);
		bits->bits[(i - first) / 64] = found.own;
		if (found.others && stop == end)
			stop = i + vectors_lowest(found.others);
		n += vectors_pick(found.own, (const uint32_t *const[]){pieces->start + i, pieces->end + i},
		                  (uint32_t *const[]){words->starts + n, words->ends + n});
		bits->before[(i - first) / 64 + 1] = (uint32_t)n;
	}
	words->n = n;
	return stop;
}

/* Sees which pieces are words of either script, or of a third one. */
static inline void see_pieces(const struct pieces *pieces, size_t first, size_t end, struct lines_words *words)
{
	uint64_t others = 0;
	words->first = first;
	for (size_t i = first; i < end; i += 64) {
		const size_t k = (i - first) / 64;
		const struct found_both found = find_64_of_both(pieces, i, end);
		words->found[RUN_ARAB].bits[k] = found.arab;
		words->found[RUN_LATN].bits[k] = found.own & ~found.arab;
		words->third[k] = found.others;
		others |= found.others;
	}
	words->has_third = others != 0;
}

/* Numbers the pieces of words of a script from a piece on; the first one is word w. */
static inline void number_pieces(struct lines_words *words, size_t script, size_t first, size_t end, size_t w)
{
	uint64_t within = ~(uint64_t)0 << (first - words->first) % 64;
	for (size_t i = first - (first - words->first) % 64; i < end; i += 64, within = ~(uint64_t)0) {
		const uint64_t own = words->found[script].bits[(i - words->first) / 64] & within & bits_below(end - i);
		w += vectors_put_numbers(own, (uint32_t)i, words->pieces + w);
	}
}

/* How many of some bits are below one, if as many as are said are before each 64 of them. */
static inline size_t bits_before(const uint64_t *bits, const uint32_t *before, size_t at)
{
	return before[at / 64] + bits_count(bits[at / 64] & (((uint64_t)1 << at % 64) - 1));
}

/* The first word of a script, or either, that is no earlier than a piece, atom or byte of those looked at. */
static inline size_t words_before(const struct lines_words *words, size_t script, size_t at)
{
	const struct lines_bits *const found = &words->found[script];
	return words->begin[script] + bits_before(found->bits, found->before, at - words->first);
}

/* ---- Scores ---- */

/* Of the words that the memo has; the number of the others, whose scores are to be found. */
static inline size_t look_up(const struct memo *memo, struct lines_words *words)
{
	/* by the halves of the keys that are equal: how far the value is behind the first one, and whether there is none */
	static const uint8_t values[16] = {[12] = MEMO_VALUE, [13] = MEMO_VALUE, [14] = MEMO_VALUE};
	static const uint8_t has_none[16] = {1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 0, 0};
	const char *const places = (const char *)memo->places;
	size_t n_fresh = 0;
	for (size_t w = 0, n = words->n; w < n; w++) {
		/* which of the two it is, and whether it is one, cannot be foreseen: no branch for it */
		const char *const place = places + words->places[w];
		const uint32_t halves = vectors_halves(place, words->keys[w].halves);
		const char *const value = place + offsetof(struct memo_place, values) + values[halves];
		vectors_store_bytes(words->scores[w], vectors_load_bytes(value));
		words->fresh[n_fresh] = (uint32_t)w;
		n_fresh += has_none[halves];
	}
	return n_fresh;
}

/* The same of those that are not in their first place: looks at the other one, asked for in time. */
static inline size_t look_up_others(const struct memo *memo, struct lines_words *words, size_t n_fresh)
{
	size_t n_left = 0;
	for (size_t i = 0; i < n_fresh; i++) {
		const size_t w = words->fresh[i];
		words->others[w] = memo_other_at(memo, words->places[w], words->keys[w]);
		__builtin_prefetch(memo_place_at(memo, words->others[w]));
	}
	for (size_t i = 0; i < n_fresh; i++) {
		const uint32_t w = words->fresh[i];
		const struct memo_key key = words->keys[w];
		const struct memo_place *const place = memo_place_at(memo, words->others[w]);
		const uint32_t which = vectors_which(place->keys, key.halves);
		const unsigned char *const value = place->values[0] + (which & 4) * (MEMO_VALUE / 4);
		vectors_store_bytes(words->scores[w], vectors_load_bytes(value));
		words->fresh[n_left] = w;
		n_left += which == 0;
	}
	return n_left;
}

static inline void sum_scores(struct lines_words *words)
{
	vectors_pairs sums = {0};
	vectors_store(words->sums[0], sums);
	for (size_t w = 0, n = words->n; w < n; w++) {
		sums += vectors_of_bytes(vectors_load_bytes(words->scores[w]));
		vectors_store(words->sums[w + 1], sums);
	}
}

#endif
