/*
 * The loop over lines, written once and compiled for each kind of processor (lines.c,
 * lines_avx2.c).
 */
#ifndef LAFZ_RUN_LINES_LOOP_H
#define LAFZ_RUN_LINES_LOOP_H

#include <stdbool.h>

#include "base/fill.h"
#include "lang.h"
#include "run/alone.h"
#include "run/evidence.h"
#include "run/lines.h"
#include "run/lines_between.h"
#include "run/lines_costs.h"
#include "run/lines_scores.h"
#include "run/run.h"

/* ---- A line ---- */

/* Nouns that tell by their place: what they and the words behind them say is set by evidence_order, as the path has it. */
__attribute__((noinline)) static vectors_pairs order_heads(const struct evidence *evidence, struct lines_words *words,
                                                           const struct line_source *source, const struct line *line,
                                                           size_t script)
{
	vectors_pairs sums = {0};
	if (source->from == LINE_PIECES)
		number_pieces(words, line->first, line->end, line->word);
	size_t at = between_first(words, source, line, script);
	for (size_t w = line->word; w < line->word_end; w++) {
		struct evidence_word own, next;
		const bool has_next = w + 1 < line->word_end && between_go_on(words, source, line, script, w + 1, &at);
		if (words->scores[w][EVIDENCE_HEAD] && has_next) {
			memcpy(&own, words->scores[w], sizeof own);
			memcpy(&next, words->scores[w + 1], sizeof next);
			evidence_order(evidence, &own, &next);
			memcpy(words->scores[w], &own, sizeof own);
			memcpy(words->scores[w + 1], &next, sizeof next);
		}
		sums += vectors_of_bytes(vectors_load_bytes(words->scores[w]));
	}
	return sums;
}

/* Whether the leader is better all the way, if each switch costs so much: if so, it is where some of them cost more. */
static inline bool is_better_at(const struct lines_words *words, const struct line *line, struct alone alone, uint32_t cost)
{
	for (size_t w = line->word + 1; w < line->word_end; w++)
		if (!alone_go_on(&alone, words->scores[w], cost))
			return false;
	return alone_to_end(&alone);
}

/* Whether it is, by what stands between the words, which are no pieces. */
__attribute__((always_inline)) static inline bool is_better_from(const struct lines_words *words, const struct line_source *source,
                                                                   const struct line *line, size_t script, struct alone alone)
{
	size_t at = between_first(words, source, line, script);
	for (size_t w = line->word + 1; w < line->word_end; w++)
		if (!alone_go_on(&alone, words->scores[w], switch_cost(words, source, line, script, w, &at)))
			return false;
	return alone_to_end(&alone);
}

/* The same as a function of its own for each kind of source, which it is compiled for. */
#define IS_BETTER(name, kind)                                                                                             \
	__attribute__((noinline)) static bool name(const struct lines_words *words, const struct line_source *source, \
	                                           const struct line *line, size_t script, const struct alone *alone) \
	{                                                                                                                 \
		const struct line_source own = {kind, source->pieces, source->atoms, source->bytes};                      \
		return is_better_from(words, &own, line, script, *alone);                                                 \
	}

IS_BETTER(is_better_of_atoms, LINE_ATOMS)
IS_BETTER(is_better_of_bytes, LINE_BYTES)
#undef IS_BETTER

/* The same of words that are pieces. */
__attribute__((noinline)) static bool is_better_of_pieces(const struct lines_words *words, const struct line_source *source,
                                                          const struct line *line, size_t script, struct alone alone)
{
	uint8_t costs[LINES_PIECES];
	const struct pieces own = pieces_part(source->pieces, line->first, line->end);
	const struct costs_source of = {line->segment, &own, line->first, script};
	costs_set(&of, words, line->first, line->end, line->first, costs, line->word_end - line->word);
	for (size_t w = line->word + 1; w < line->word_end; w++)
		if (!alone_go_on(&alone, words->scores[w], costs[w - line->word]))
			return false;
	return alone_to_end(&alone);
}

/*
 * The same as path.c asks of a segment: true if the leader is better all the way, of a line whose words together gain what no switch costs
 * less than. What stands between words is not looked at where that settles it, or is what all switches cost.
 */
__attribute__((noinline)) static bool is_better(const struct lines_words *words, const struct line_source *source, const struct line *line,
                                                size_t script, const struct lines_leader *leader, const uint16_t start[STATES],
                                                uint32_t least)
{
	const struct alone alone = alone_begin(leader->state, vectors_load(start), start[leader->state], vectors_load(leader->others),
	                                       words->scores[line->word]);
	if (is_better_at(words, line, alone, least))
		return true;
	if (least == words_costs[script][PLACE_INSIDE])
		return false;
	switch (source->from) {
	case LINE_PIECES:
		return is_better_of_pieces(words, source, line, script, alone);
	case LINE_ATOMS:
		return is_better_of_atoms(words, source, line, script, &alone);
	default:
		return is_better_of_bytes(words, source, line, script, &alone);
	}
}

/* What a line is in, with its confidence; false if that is not settled. */
__attribute__((always_inline)) static inline bool settle(struct run_stage *stage, const struct line_source *source,
                                                         const struct line *line, size_t script, uint16_t *lang,
                                                         float *confidence)
{
	struct lines_leader *const leader = &stage->leaders[script];
	const struct prior_fixed *const fixed = &stage->fixed[script];
	struct lines_words *const words = stage->words;
	uint16_t start[STATES], totals[STATES];
	vectors_pairs sums = vectors_load(words->sums[line->word_end]) - vectors_load(words->sums[line->word]);
	if (line->word == line->word_end)
		return false;
	const bool has_heads = script == RUN_ARAB && sums[EVIDENCE_HEAD] != 0;
	if (has_heads)
		sums = order_heads(&stage->evidence, words, source, line, script);
	prior_begin_line(&stage->prior, line->doc_start);
	const vectors_pairs starts = prior_start(&stage->prior, script, fixed);
	const vectors_pairs all = sums + starts;
	vectors_store(start, starts);
	vectors_store(totals, all);
	uint16_t next = vectors_least(all | vectors_load(leader->others));
	if (totals[leader->state] >= next || fixed->blocked[leader->state] != 0) {
		lines_lead(leader, all, vectors_load(fixed->blocked));
		next = vectors_least(all | vectors_load(leader->others));
	}
	const uint32_t own = totals[leader->state], ahead = start[leader->state];
	/* what the others gain on the leader word for word, and by how much one may start ahead of it */
	const uint32_t gains = own - ahead + (ahead > PATH_EDGE ? ahead - PATH_EDGE : 0);
	/* no way to leave the leader and come back, or not to begin with it, gains what it costs */
	if (gains >= cheapest_of_all(source, line, script)) {
		const uint32_t cost = cheapest(words, source, line, script);
		if (gains >= cost && !is_better(words, source, line, script, leader, start, cost))
			return false;
	}
	prior_add_line(&stage->prior, script, sums);
	const uint32_t lead = next - own;
	*lang = lead < RUN_UND_LEAD ? (uint16_t)LANG_UND : stage->evidence.langs[script][leader->state];
	*confidence = *lang == LANG_UND ? 0.0f : evidence_probability(lead);
	return true;
}

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

/* ---- Lines of both scripts ---- */

/* Of some pieces or atoms: a bit for each word of Arabic script, and how many are before each 64 of them. */
struct line_bits {
	const uint64_t *arab;
	const uint32_t *n_arab;
};

/* Of the lines so far: their words, those of Arabic script, and the script of the last line that has any. */
struct lines_counts {
	size_t word, arab, script;
};

/*
 * A line whose pieces or atoms end before one, counted from the first of all. A line without words goes with those before it. False if it
 * has words of both scripts, or if there is no room for another stretch.
 */
static inline bool add_line_of_both(struct lines_words *words, const struct line_bits *bits, struct lines_counts *counts, size_t last,
                                    size_t at)
{
	const size_t word = bits_before(words->bits, words->before, at), arab = bits_before(bits->arab, bits->n_arab, at);
	const size_t n = word - counts->word, n_arab = arab - counts->arab;
	/* which script it is cannot be foreseen: no branch for it */
	if ((n_arab > 0) & (n_arab < n))
		return false;
	const size_t own = n_arab > 0 ? RUN_ARAB : RUN_LATN;
	const size_t script = n == 0 ? counts->script : own;
	if (!add_to_stretches(words, last, word, script))
		return false;
	*counts = (struct lines_counts){word, arab, script};
	return true;
}

/*
 * Finds the words of the lines from segment s to last, each of which is in one script, and what they are behind. Returns the segment behind
 * these lines, s if there are none. The first lines are as of the script given, if they have no words.
 */
__attribute__((noinline)) static size_t find_both(struct evidence *evidence, struct lines_words *words,
                                                  const struct segments *segments, const struct pieces *pieces, size_t s,
                                                  size_t last, size_t first, size_t script)
{
	uint64_t arab[LINES_MOST / 64 + 1];
	uint32_t n_arab[LINES_MOST / 64 + 2];
	const size_t begin = s, stop = find_pieces_of_both(pieces, first, segments->ptr[last - 1].piece_end, words, arab, n_arab);
	const struct line_bits bits = {arab, n_arab};
	struct lines_counts counts = {.script = script};
	words->n_stretches = 0;
	for (; s < last && segments->ptr[s].piece_end <= stop; s++)
		if (!add_line_of_both(words, &bits, &counts, s + 1, segments->ptr[s].piece_end - first))
			break;
	if (s == begin)
		return s;
	words->n = counts.word;
	keep_line_end(words, &segments->ptr[s - 1]);
	score_stretches(evidence, words, segments->ptr[begin].text);
	return s;
}

/* ---- Lines of one script ---- */

/*
 * Finds the words of some lines from segment s on, each of which is in one script, and what they are behind. Most are in the script
 * given. Returns the segment behind these lines, s if there are none.
 */
__attribute__((always_inline)) static inline size_t find_script(struct evidence *evidence, struct lines_words *words,
                                                                const struct segments *segments,
                                                                const struct pieces *pieces, size_t s, size_t first,
                                                                size_t script)
{
	const char *const text = segments->ptr[s].text;
	const size_t last = lines_together(segments, s, first);
	if (last == s)
		return s;
	const size_t end = segments->ptr[last - 1].piece_end;
	if (are_of_both(words) || find_pieces(pieces, first, end, script, words) < end)
		return find_both(evidence, words, segments, pieces, s, last, first, script);
	keep_line_end(words, &segments->ptr[last - 1]);
	set_stretch(words, last, script);
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

/* Lines in a row that are in one language, each in one run: their pieces get it together. */
struct row_filled {
	size_t first; /* pieces from here on have no language yet */
	uint16_t lang;
	bool is_one; /* all pieces of the region so far have it */
	bool is_first_run; /* and these the number 0 of a run */
};

static inline void fill_row(struct row_filled *row, struct pieces *pieces, size_t end)
{
	fill_u16(pieces->lang, row->first, end, row->lang);
	row->first = end;
}

/* A line that is settled. */
static inline void add_line(struct row_filled *row, struct pieces *pieces, const struct line *line, uint16_t lang,
                            float confidence)
{
	if (lang != row->lang) {
		fill_row(row, pieces, line->first);
		row->is_one = row->is_one && line->first == 0;
		row->lang = lang;
	}
	fill_float(pieces->confidence, line->first, line->end, confidence);
}

/* A segment that is not settled. Less than 0: no memory. */
static inline int guess_segment(struct run_stage *stage, const struct lafz_allocator *mem, struct segment *segment,
                                struct row_filled *row, struct pieces *pieces, size_t first)
{
	struct pieces own = pieces_part(pieces, first, segment->piece_end);
	fill_row(row, pieces, first);
	const int n = run_guess(stage, mem, segment, &own);
	segment->n_runs = n < 0 ? 0 : (uint32_t)n;
	row->first = segment->piece_end;
	if (n > 0) {
		row->lang = first == 0 ? own.lang[0] : row->lang;
		row->is_one = row->is_one && n == 1 && own.lang[0] == row->lang;
		row->is_first_run = row->is_first_run && n == 1;
	}
	return n;
}

/* Runs of the lines from segment s to last, a stretch whose words are found. */
__attribute__((always_inline)) static inline int run_script(struct run_stage *stage, const struct lafz_allocator *mem,
                                                            const struct segments *segments, struct row_filled *row,
                                                            struct pieces *pieces, size_t s, size_t last, size_t script)
{
	struct pieces own = *pieces;
	const struct line_source source = {.from = LINE_PIECES, .pieces = &own};
	struct line line = {.end = s == 0 ? 0 : segments->ptr[s - 1].piece_end};
	line.word_end = words_before(stage->words, line.end);
	if (prior_reserve(&stage->prior, mem, last - s) < 0)
		return LAFZ_ERR_MEMORY;
	for (; s < last; s++) {
		struct segment *const segment = &segments->ptr[s];
		uint16_t lang;
		float confidence;
		line.segment = segment;
		line.doc_start = segment->doc_start;
		line.first = line.end;
		line.end = segment->piece_end;
		line.word = line.word_end;
		line.word_end = words_before(stage->words, line.end);
		segment->n_runs = line.end > line.first;
		if (line.first == line.end)
			continue;
		if (settle(stage, &source, &line, script, &lang, &confidence))
			add_line(row, &own, &line, lang, confidence);
		else if (guess_segment(stage, mem, segment, row, &own, line.first) < 0)
			return LAFZ_ERR_MEMORY;
	}
	return LAFZ_OK;
}

/* Lines in one script each, together; what else there is by itself. */
static inline int run_lines(struct run_stage *stage, const struct lafz_allocator *mem,
                            const struct segments *segments, struct pieces *pieces)
{
	struct evidence *const evidence = &stage->evidence;
	struct lines_words *const words = stage->words;
	struct row_filled row = {.lang = LANG_UND, .is_one = true, .is_first_run = true};
	fill_u32(pieces->run, 0, pieces->n, 0); /* as it is in lines that are settled */
	for (size_t s = 0; s < segments->n;) {
		const size_t first = s == 0 ? 0 : segments->ptr[s - 1].piece_end;
		memo_grow(&evidence->memo, mem);
		const size_t last = find_lines(evidence, words, segments, pieces, s, first, stage->script);
		if (last == s) {
			if (guess_segment(stage, mem, &segments->ptr[s++], &row, pieces, first) < 0)
				return LAFZ_ERR_MEMORY;
			continue;
		}
		for (size_t i = 0; i < words->n_stretches; s = words->stretches[i++].last) {
			const size_t end = words->stretches[i].last;
			stage->script = words->stretches[i].script;
			const int rc = stage->script == RUN_ARAB
			                       ? run_script(stage, mem, segments, &row, pieces, s, end, RUN_ARAB)
			                       : run_script(stage, mem, segments, &row, pieces, s, end, RUN_LATN);
			if (rc < 0)
				return LAFZ_ERR_MEMORY;
		}
	}
	fill_row(&row, pieces, pieces->n);
	pieces->is_one_lang = row.is_one;
	pieces->is_first_run = row.is_first_run;
	return LAFZ_OK;
}

#endif
