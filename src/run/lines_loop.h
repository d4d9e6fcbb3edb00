/*
 * The loop over lines, written once and compiled for each kind of processor (lines.c,
 * lines_avx2.c).
 */
#ifndef LAFZ_RUN_LINES_LOOP_H
#define LAFZ_RUN_LINES_LOOP_H

#include <stdbool.h>

#include "base/fill.h"
#include "lang.h"
#include "run/evidence.h"
#include "run/lines.h"
#include "run/lines_between.h"
#include "run/lines_keys.h"
#include "run/lines_settle.h"
#include "run/lines_words.h"
#include "run/run.h"

/* ---- Lines ---- */

/* A whole line with few pieces. */
static inline bool is_simple(const struct segment *segment, size_t n)
{
	return segment->is_line_start && segment->is_line_end && n <= LINES_PIECES &&
	       segment->end - segment->start <= PRIOR_REACH;
}

/* The line behind those, from segment s on, that are looked at together. */
static inline size_t lines_together(const struct segments *segments, size_t s, size_t first)
{
	size_t at = first;
	for (; s < segments->n && at - first < LINES_WORDS; s++) {
		const size_t end = segments->ptr[s].piece_end;
		if (!is_simple(&segments->ptr[s], end - at))
			break;
		at = end;
	}
	return s;
}

/* What the words that are found are behind. */
__attribute__((always_inline)) static inline void score_words(struct evidence *evidence, struct lines_words *words,
                                                              const char *text, size_t script)
{
	find_places(&evidence->memo, text, script, words);
	const size_t n_fresh = look_up_others(&evidence->memo, words, look_up(&evidence->memo, words));
	if (n_fresh > 0)
		score_fresh(evidence, text, script, words, n_fresh);
	sum_scores(words);
}

/*
 * Finds the words, which are of one script, of some lines from segment s on, and what they are behind. Returns the
 * segment behind these lines, s if there are none.
 */
__attribute__((always_inline)) static inline size_t find_script(struct evidence *evidence, struct lines_words *words,
                                                                const struct segments *segments,
                                                                const struct pieces *pieces, size_t s, size_t first,
                                                                size_t script)
{
	const char *const text = segments->ptr[s].text;
	size_t last = lines_together(segments, s, first);
	if (last == s)
		return s;
	const size_t end = segments->ptr[last - 1].piece_end;
	const size_t stop = find_pieces(pieces, first, end, script, words);
	if (stop < end) {
		while (last > s && segments->ptr[last - 1].piece_end > stop)
			last--;
		if (last == s)
			return s;
		words->n = words_before(words, segments->ptr[last - 1].piece_end);
	}
	keep_end(words, &segments->ptr[last - 1]);
	score_words(evidence, words, text, script);
	return last;
}

/* A function of its own for each script: so all that it needs is in registers. */
__attribute__((noinline)) static size_t find_arab(struct evidence *evidence, struct lines_words *words,
                                                  const struct segments *segments, const struct pieces *pieces, size_t s,
                                                  size_t first)
{
	return find_script(evidence, words, segments, pieces, s, first, RUN_ARAB);
}

__attribute__((noinline)) static size_t find_latn(struct evidence *evidence, struct lines_words *words,
                                                  const struct segments *segments, const struct pieces *pieces, size_t s,
                                                  size_t first)
{
	return find_script(evidence, words, segments, pieces, s, first, RUN_LATN);
}

static inline size_t find_lines(struct evidence *evidence, struct lines_words *words, const struct segments *segments,
                                const struct pieces *pieces, size_t s, size_t first, size_t script)
{
	return (script == RUN_ARAB ? find_arab : find_latn)(evidence, words, segments, pieces, s, first);
}

/* Pieces of lines in a row that are settled. */
static inline void fill_lines(const struct run_stage *stage, struct pieces *pieces, const struct lines_sums *sums, size_t n,
                              size_t script)
{
	for (size_t k = 0; k < n; k++) {
		const struct line *const line = &sums->lines[k];
		float confidence;
		const uint16_t lang = settled_lang(stage, sums, k, script, &confidence);
		for (size_t i = line->first; i < line->end; i += 16) {
			fill_u16_16(pieces->lang + i, lang);
			fill_float_16(pieces->confidence + i, confidence);
			fill_u32_16(pieces->run + i, 0);
		}
	}
}

/* A segment that is not settled. Less than 0: no memory. */
static inline int guess_segment(struct run_stage *stage, const struct lafz_allocator *mem, struct segment *segment,
                                const struct pieces *pieces, size_t first)
{
	struct pieces own = pieces_part(pieces, first, segment->piece_end);
	const int n = run_guess(stage, mem, segment, &own);
	segment->n_runs = n < 0 ? 0 : (uint32_t)n;
	return n;
}

/* Where lines are up to: the segment, piece and word behind them. */
struct lines_at {
	size_t s, piece, word;
};

/* Sums up lines up to segment last. False: the next one has pieces and no words. */
__attribute__((always_inline)) static inline bool sum_lines(struct run_stage *stage, const struct segments *segments,
                                                            const struct line_source *source, struct lines_at *at, size_t last,
                                                            size_t script, struct lines_sums *sums)
{
	size_t s = at->s, piece = at->piece, word = at->word;
	bool has_words = true;
	struct prior_row prior = prior_row_of(&stage->prior.scripts[script]);
	size_t n = 0;
	sums->n_prior = prior.n;
	for (; s < last && n < SETTLE_TOGETHER; s++) {
		struct segment *const segment = &segments->ptr[s];
		struct line *const line = &sums->lines[n];
		const size_t end = segment->piece_end;
		segment->n_runs = end > piece;
		if (end == piece)
			continue;
		line->segment = segment;
		line->first = piece;
		line->end = end;
		line->word = word;
		line->word_end = words_before(stage->words, end);
		has_words = line->word_end > word;
		if (!has_words)
			break;
		piece = end;
		word = line->word_end;
		sum_line(stage, source, script, &prior, sums, n++);
	}
	prior_row_end(&stage->prior.scripts[script], &prior);
	sums->n = n;
	*at = (struct lines_at){s, piece, word};
	return has_words;
}

/* Runs of the lines from segment s to last, whose words are found. */
__attribute__((always_inline)) static inline int run_script(struct run_stage *stage, const struct lafz_allocator *mem,
                                                            const struct segments *segments, struct pieces *pieces,
                                                            size_t s, size_t last, size_t script)
{
	struct pieces own = *pieces;
	const struct line_source source = {.pieces = &own};
	struct lines_at at = {.s = s, .piece = stage->words->first};
	struct lines_sums sums;
	if (prior_reserve(&stage->prior, mem, last - s) < 0)
		return LAFZ_ERR_MEMORY;
	while (at.s < last) {
		const bool has_words = sum_lines(stage, segments, &source, &at, last, script, &sums);
		find_leaders(stage, &source, script, &sums);
		const size_t n = count_settled(stage, &source, &sums, script);
		fill_lines(stage, &own, &sums, n, script);
		if (n < sums.n)
			at = (struct lines_at){(size_t)(sums.lines[n].segment - segments->ptr), sums.lines[n].first, sums.lines[n].word};
		else if (has_words)
			continue;
		struct segment *const segment = &segments->ptr[at.s++];
		if (guess_segment(stage, mem, segment, &own, at.piece) < 0)
			return LAFZ_ERR_MEMORY;
		at.piece = segment->piece_end;
		at.word = words_before(stage->words, at.piece);
	}
	return LAFZ_OK;
}

/* Lines whose words are in the script of those before, or in the other one, together; what else there is by itself. */
static inline int run_lines(struct run_stage *stage, const struct lafz_allocator *mem,
                            const struct segments *segments, struct pieces *pieces)
{
	struct evidence *const evidence = &stage->evidence;
	for (size_t s = 0; s < segments->n;) {
		const size_t first = s == 0 ? 0 : segments->ptr[s - 1].piece_end;
		memo_grow(&evidence->memo, mem);
		size_t script = stage->script;
		size_t last = find_lines(evidence, stage->words, segments, pieces, s, first, script);
		if (last == s) {
			script = !script;
			last = find_lines(evidence, stage->words, segments, pieces, s, first, script);
		}
		if (last == s) {
			if (guess_segment(stage, mem, &segments->ptr[s++], pieces, first) < 0)
				return LAFZ_ERR_MEMORY;
			continue;
		}
		stage->script = script;
		const int rc = script == RUN_ARAB ? run_script(stage, mem, segments, pieces, s, last, RUN_ARAB)
		                                  : run_script(stage, mem, segments, pieces, s, last, RUN_LATN);
		if (rc < 0)
			return LAFZ_ERR_MEMORY;
		s = last;
	}
	return LAFZ_OK;
}

#endif
