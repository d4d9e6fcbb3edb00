/*
 * What the versions of model_words for wide vectors have in common: the words of a call one after the other, first their lines asked
 * for, then their rows summed up, since what is waited for is the memory. A version defines find_rows and sum_rows behind this header
 * and calls model_wide.
 */
#ifndef LAFZ_RUN_MODEL_WIDE_H
#define LAFZ_RUN_MODEL_WIDE_H

#include "run/model.h"

#define WIDE_PLACES 16              /* of the pairs of a word, one more than its letters; those with more are left to model_word */
#define WIDE_HALF (WIDE_PLACES / 2) /* most words have no more */

/* All of it is there for rows of both widths, and for a half of the places and all, without a branch inside. */
#define WIDE_ALWAYS __attribute__((always_inline)) static inline

/* The rows of a word. */
struct wide_rows {
	_Alignas(64) uint32_t two[WIDE_PLACES];
	/* The first half of the places, threes before fours; then the second. */
	uint32_t line[2][2 * WIDE_HALF];
	uint32_t whole; /* of the whole word */
};

/* What is the same for all words of a call. */
struct wide {
	const unsigned char *weights;
	struct grams_layout layout;
	bool is_wide; /* as model_rows has it */
	size_t n_halves;
};

/* As grams_here does, for all places of so many halves. What is behind the word is zeros, whose line is at hand. Asks for the lines. */
WIDE_ALWAYS void find_rows(struct wide wide, const struct grams_symbols *word, struct wide_rows *rows);

/* Those of n_pairs places: their pairs, threes of one less, fours of two less, and the whole word twice. */
WIDE_ALWAYS void sum_rows(struct wide wide, const struct wide_rows *rows, size_t n_pairs, struct states *sums);

WIDE_ALWAYS const unsigned char *wide_row(struct wide wide, uint32_t row)
{
	return wide.weights + (size_t)row * (wide.is_wide ? 8 : 4);
}

/* Asks the memory for the lines of eight rows. */
WIDE_ALWAYS void wide_ask(struct wide wide, const uint32_t *rows)
{
	__builtin_prefetch(wide_row(wide, rows[0]));
	__builtin_prefetch(wide_row(wide, rows[1]));
	__builtin_prefetch(wide_row(wide, rows[2]));
	__builtin_prefetch(wide_row(wide, rows[3]));
	__builtin_prefetch(wide_row(wide, rows[4]));
	__builtin_prefetch(wide_row(wide, rows[5]));
	__builtin_prefetch(wide_row(wide, rows[6]));
	__builtin_prefetch(wide_row(wide, rows[7]));
}

/* ---- Words ---- */

/*
 * Which words have one half of the places and which both, each in their order: how long the next one is cannot be foreseen, so they are
 * not looked at in turn. The longest are left out, and those without letters.
 */
struct wide_lengths {
	uint8_t words[2][MODEL_WORDS + 1];
	size_t n[2];
};

static inline void wide_sort(const struct grams_symbols *const words[], size_t n, struct wide_lengths *lengths)
{
	size_t n_short = 0, n_long = 0;
	for (size_t i = 0; i < n; i++) {
		const size_t n_letters = words[i]->n - 2;
		lengths->words[0][n_short] = lengths->words[1][n_long] = (uint8_t)i;
		n_short += n_letters > 0 && n_letters < WIDE_HALF;
		n_long += n_letters >= WIDE_HALF && n_letters < WIDE_PLACES;
	}
	lengths->n[0] = n_short;
	lengths->n[1] = n_long;
}

/* Those of one length. */
WIDE_ALWAYS void wide_find(struct wide wide, const struct grams_symbols *const words[], const struct wide_lengths *lengths,
                           struct wide_rows rows[])
{
	for (size_t i = 0, n = lengths->n[wide.n_halves - 1]; i < n; i++) {
		const size_t w = lengths->words[wide.n_halves - 1][i];
		find_rows(wide, words[w], &rows[w]);
	}
}

WIDE_ALWAYS void wide_sum(struct wide wide, const struct grams_symbols *const words[], const struct wide_lengths *lengths,
                          const struct wide_rows rows[], struct states sums[])
{
	for (size_t i = 0, n = lengths->n[wide.n_halves - 1]; i < n; i++) {
		const size_t w = lengths->words[wide.n_halves - 1][i];
		sum_rows(wide, &rows[w], words[w]->n - 1, &sums[w]);
	}
}

WIDE_ALWAYS void wide_weigh(const struct model_rows *model, bool is_wide, const struct grams_symbols *const words[],
                            const struct wide_lengths *lengths, struct states sums[])
{
	struct wide_rows rows[MODEL_WORDS];
	const struct wide half = {model->weights, model->layout, is_wide, 1}, both = {model->weights, model->layout, is_wide, 2};
	wide_find(half, words, lengths, rows);
	wide_find(both, words, lengths, rows);
	wide_sum(half, words, lengths, rows, sums);
	wide_sum(both, words, lengths, rows, sums);
}

/* model_words. */
WIDE_ALWAYS void model_wide(size_t script, const struct grams_symbols *const words[], size_t n, struct states sums[])
{
	const struct model_rows model = model_rows(script);
	struct wide_lengths lengths;
	wide_sort(words, n, &lengths);
	if (model.is_wide)
		wide_weigh(&model, true, words, &lengths, sums);
	else
		wide_weigh(&model, false, words, &lengths, sums);
	for (size_t i = 0; i < n && lengths.n[0] + lengths.n[1] < n; i++)
		if (words[i]->n == 2 || words[i]->n - 2 >= WIDE_PLACES)
			model_word(script, words[i], &sums[i]);
}

#endif
