/*
 * What the words of some lines in a row are behind: of one script, or of both in stretches.
 */
#ifndef LAFZ_RUN_LINES_SCORES_H
#define LAFZ_RUN_LINES_SCORES_H

#include <stdbool.h>

#include "run/evidence.h"
#include "run/lines.h"
#include "run/lines_fresh.h"
#include "run/lines_keys.h"
#include "run/lines_words.h"

/* ---- Words of one script ---- */

/* What the words are behind whose places the memory was asked for. */
__attribute__((always_inline)) static inline void score_places(struct evidence *evidence, struct lines_words *words, const char *text)
{
	evidence->memo.n_asked += words->n;
	const size_t n_fresh = look_up_others(&evidence->memo, words, look_up(&evidence->memo, words));
	if (n_fresh > 0)
		score_fresh(evidence, text, words, n_fresh);
	sum_scores(words);
}

/* What the words that are found are behind. */
__attribute__((always_inline)) static inline void score_words(struct evidence *evidence, struct lines_words *words,
                                                              const char *text, size_t script)
{
	find_places(&evidence->memo, text, script, words, 0, words->n);
	score_places(evidence, words, text);
}

/* ---- Words of both scripts ---- */

/*
 * Lines of one script are often few: a page has some in one, then some in the other. Their words are looked at together all the same, so
 * that there is work between asking the memory for a word and looking at it.
 */

__attribute__((noinline)) static void find_arab_places(const struct memo *memo, const char *text, struct lines_words *words,
                                                       size_t first, size_t end)
{
	find_places(memo, text, RUN_ARAB, words, first, end);
}

__attribute__((noinline)) static void find_latn_places(const struct memo *memo, const char *text, struct lines_words *words,
                                                       size_t first, size_t end)
{
	find_places(memo, text, RUN_LATN, words, first, end);
}

/* What the words of all stretches are behind. */
static inline void score_stretches(struct evidence *evidence, struct lines_words *words, const char *text)
{
	const struct lines_stretch *const stretches = words->stretches;
	for (size_t i = 0, first = 0; i < words->n_stretches; first = stretches[i++].word_end)
		(stretches[i].script == RUN_ARAB ? find_arab_places : find_latn_places)(&evidence->memo, text, words, first,
		                                                                        stretches[i].word_end);
	score_places(evidence, words, text);
}

/* The only stretch of words that are all in one script. */
static inline void set_stretch(struct lines_words *words, size_t last, size_t script)
{
	words->stretches[0] = (struct lines_stretch){last, words->n, script};
	words->n_stretches = 1;
}

/* Whether the lines that were looked at last were of both scripts: then those behind them most likely are. */
static inline bool are_of_both(const struct lines_words *words)
{
	return words->n_stretches > 1;
}

/* The stretch that a line is in, one of those whose words are found. */
static inline const struct lines_stretch *stretch_of(const struct lines_words *words, size_t line)
{
	const struct lines_stretch *stretch = words->stretches;
	while (stretch->last <= line)
		stretch++;
	return stretch;
}

/* A line that goes with those before it, or begins a stretch of its own. False if there is no room for another one. */
static inline bool add_to_stretches(struct lines_words *words, size_t last, size_t word_end, size_t script)
{
	struct lines_stretch *const stretches = words->stretches;
	if (words->n_stretches == 0 || stretches[words->n_stretches - 1].script != script) {
		if (words->n_stretches == LINES_STRETCHES)
			return false;
		stretches[words->n_stretches++].script = script;
	}
	stretches[words->n_stretches - 1].last = last;
	stretches[words->n_stretches - 1].word_end = word_end;
	return true;
}

#endif
