/*
 * Whether a line is in one language, its leader's, by what its words are behind; exact: what is settled here is what the lattice would say.
 * Written once and compiled for each kind of processor.
 */
#ifndef LAFZ_RUN_LINES_SETTLE_H
#define LAFZ_RUN_LINES_SETTLE_H

#include <stdbool.h>

#include "lang.h"
#include "run/alone.h"
#include "run/evidence.h"
#include "run/lines.h"
#include "run/lines_between.h"
#include "run/lines_costs.h"
#include "run/run.h"

/* ---- The leader ---- */

static inline bool has_heads_in(const struct lines_words *words, const struct line *line)
{
	return words->sums[line->word_end][EVIDENCE_HEAD] != words->sums[line->word][EVIDENCE_HEAD];
}

/* Nouns that tell by their place: what they and the words behind them say is set by evidence_order, as the path has it. */
__attribute__((noinline)) static vectors_pairs order_heads(const struct evidence *evidence, struct lines_words *words,
                                                           const struct line_source *source, const struct line *line,
                                                           size_t script)
{
	vectors_pairs sums = {0};
	if (source->from == LINE_PIECES)
		number_pieces(words, script, line->first, line->end, line->word);
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

/* Whether the leader is better all the way, by what stands between the words, which are no pieces. */
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
	return alone_by(alone, words->scores + line->word, costs, line->word_end - line->word);
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
	if (alone_at(alone, words->scores + line->word, least, line->word_end - line->word))
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

/* ---- A line ---- */

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

#endif
