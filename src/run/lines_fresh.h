/*
 * The new words of some lines in a row: those that the memo does not have, which are words->fresh. Each is singled out where it comes
 * first, so that the memo is not asked for it again; read, weighed together with others of its script, and added to the memo.
 */
#ifndef LAFZ_RUN_LINES_FRESH_H
#define LAFZ_RUN_LINES_FRESH_H

#include <stdbool.h>
#include <string.h>

#include "run/evidence.h"
#include "run/lines.h"
#include "run/weigh.h"

/* ---- Each once ---- */

#define FRESH_SLOTS 1024
#define FRESH_LOOKS 16 /* slots that are looked at for a word, at most */

static_assert(LINES_MOST < UINT16_MAX, "a slot has one more than the number of a word");
static_assert(MEMO_PAIRS_SCRIPT == RUN_ARAB, "tags tell scripts");

/* New words: those with a key by script, and those without one. */
enum fresh_list { FRESH_WITHOUT_KEY = RUN_SCRIPTS, FRESH_LISTS };

struct fresh {
	size_t n[FRESH_LISTS]; /* of words->once */
	size_t n_again;        /* of words->fresh: those that came before, as which is in words->others */
	uint16_t slots[FRESH_SLOTS]; /* one more than the number of a word, from the slot on that its place says */
};

/*
 * Where a word comes first: it may be here. It is looked for in a few slots alone, for a text may be written so that all its words have the
 * same ones; a word that finds none may be weighed and kept twice, which takes room and changes nothing.
 */
static inline uint32_t first_one(struct fresh *fresh, const struct lines_words *words, uint32_t w)
{
	const size_t begin = words->places[w] >> MEMO_PLACE_BITS;
	for (size_t i = begin; i < begin + FRESH_LOOKS; i++) {
		uint16_t *const slot = &fresh->slots[i % FRESH_SLOTS];
		if (*slot == 0) {
			*slot = (uint16_t)(w + 1);
			return w;
		}
		if (memo_is_same(words->keys[*slot - 1], words->keys[w]))
			return *slot - 1u;
	}
	return w;
}

/* All of words->fresh become words->once, or stay there if they came before. */
static inline void single_out(struct lines_words *words, size_t n_fresh, struct fresh *fresh)
{
	memset(fresh, 0, sizeof *fresh);
	for (size_t i = 0; i < n_fresh; i++) {
		const uint32_t w = words->fresh[i];
		const uint8_t tag = memo_tag(words->keys[w]);
		if (tag == MEMO_NO_KEY) {
			words->once[FRESH_WITHOUT_KEY][fresh->n[FRESH_WITHOUT_KEY]++] = w;
			continue;
		}
		const uint32_t first = first_one(fresh, words, w);
		if (first != w) {
			words->others[w] = first;
			words->fresh[fresh->n_again++] = w;
			continue;
		}
		/* which script it is cannot be foreseen: no branch for it */
		const size_t script = tag & MEMO_IS_PAIRS ? RUN_ARAB : RUN_LATN;
		words->once[script][fresh->n[script]++] = w;
	}
}

/* ---- Scores ---- */

/* Of up to MODEL_WORDS words. */
static inline void weigh_some(struct evidence *evidence, const char *text, size_t script, struct lines_words *words,
                              const uint32_t *some, size_t n)
{
	struct reading readings[MODEL_WORDS];
	struct states sums[MODEL_WORDS];
	const struct grams_symbols *symbols[MODEL_WORDS];
	struct memo *const memo = &evidence->memo;
	for (size_t i = 0; i < n; i++) {
		const uint32_t w = some[i], start = words->starts[w];
		evidence_read(evidence, script, words->keys[w], text + start, words->ends[w] - start, &readings[i]);
		symbols[i] = &readings[i].word;
	}
	(evidence->model ? evidence->model : model_words)(script, symbols, n, sums);
	for (size_t i = 0; i < n; i++) {
		const uint32_t w = some[i];
		const struct memo_place *const place = memo_place_at(memo, words->places[w]), *const other = memo_place_at(memo, words->others[w]);
		const vectors_bytes scores = weigh(evidence, script, &readings[i], &sums[i]);
		vectors_store_bytes(words->scores[w], scores);
		vectors_store_bytes(memo_add_to(memo, place, other, words->keys[w]), scores);
	}
}

/* All that were singled out of a script. */
static inline void weigh_fresh(struct evidence *evidence, const char *text, size_t script, struct lines_words *words,
                               const struct fresh *fresh)
{
	const size_t n = fresh->n[script];
	for (size_t i = 0; i < n; i += MODEL_WORDS)
		weigh_some(evidence, text, script, words, words->once[script] + i, n - i < MODEL_WORDS ? n - i : MODEL_WORDS);
}

/* Those that came before. */
static inline void repeat_scores(struct lines_words *words, const struct fresh *fresh)
{
	for (size_t i = 0; i < fresh->n_again; i++) {
		const uint32_t w = words->fresh[i];
		vectors_store_bytes(words->scores[w], vectors_load_bytes(words->scores[words->others[w]]));
	}
}

/* The script of a word, which is in one of the stretches. */
static inline size_t script_of_word(const struct lines_words *words, size_t w)
{
	const struct lines_stretch *stretch = words->stretches;
	while (stretch->word_end <= w)
		stretch++;
	return stretch->script;
}

#define FRESH_ASKED 16 /* words without a key whose places are asked for together */

static inline void score_without_keys(struct evidence *evidence, const char *text, struct lines_words *words, const uint32_t *some,
                                      size_t n)
{
	struct memo_long longs[FRESH_ASKED];
	for (size_t i = 0; i < n; i++) {
		const size_t w = some[i], len = words->ends[w] - words->starts[w];
		if (len <= MEMO_LONGEST)
			longs[i] = memo_ask_for_long(&evidence->memo, script_of_word(words, w), lines_word(words, text, w), len);
	}
	for (size_t i = 0; i < n; i++) {
		const size_t w = some[i], start = words->starts[w], len = words->ends[w] - start, script = script_of_word(words, w);
		const void *const found = len <= MEMO_LONGEST ? evidence_find_long(evidence, script, &longs[i], text + start, len)
		                                              : evidence_find(evidence, script, text + start, len);
		vectors_store_bytes(words->scores[w], vectors_load_bytes(found));
	}
}

/* All of words->fresh. */
static inline void score_fresh(struct evidence *evidence, const char *text, struct lines_words *words, size_t n_fresh)
{
	struct fresh fresh;
	single_out(words, n_fresh, &fresh);
	for (size_t script = 0; script < RUN_SCRIPTS; script++)
		weigh_fresh(evidence, text, script, words, &fresh);
	const size_t n = fresh.n[FRESH_WITHOUT_KEY];
	for (size_t i = 0; i < n; i += FRESH_ASKED)
		score_without_keys(evidence, text, words, words->once[FRESH_WITHOUT_KEY] + i, n - i < FRESH_ASKED ? n - i : FRESH_ASKED);
	repeat_scores(words, &fresh);
}

#endif
