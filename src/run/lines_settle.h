/*
 * Lines that are in one language are settled some together: first what the words of each are behind, without a branch that cannot
 * be foreseen, then which of them may not be settled so, then what they are in. Compiled for each kind of processor, as lines_loop.h.
 */
#ifndef LAFZ_RUN_LINES_SETTLE_H
#define LAFZ_RUN_LINES_SETTLE_H

#include <stdbool.h>

#include "lang.h"
#include "run/evidence.h"
#include "run/lines.h"
#include "run/lines_between.h"
#include "run/lines_words.h"
#include "run/run.h"

#define SETTLE_TOGETHER 64 /* lines: a bit for each */

/* Some lines with words, and what is to be known of them. */
struct lines_sums {
	struct line lines[SETTLE_TOGETHER];
	_Alignas(LINES_ALIGN) uint16_t sums[SETTLE_TOGETHER][STATES]; /* of what their words are behind */
	uint32_t leads[SETTLE_TOGETHER]; /* of the leader, before all others */
	uint32_t firsts[SETTLE_TOGETHER]; /* the oldest line that counts for its prior */
	uint16_t leaders[SETTLE_TOGETHER];
	uint64_t asked;   /* a bit for each that may gain what the cheapest switch costs */
	size_t n, n_prior; /* lines; and those before them in the prior */
};

/* ---- Sums ---- */

/* Nouns that tell by their place: what they and the words behind them say is set by evidence_order, as the path has it. */
__attribute__((noinline)) static vectors_pairs order_heads(const struct evidence *evidence, struct lines_words *words,
                                                           const struct line_source *source, const struct line *line,
                                                           size_t script)
{
	vectors_pairs sums = {0};
	size_t at = between_first(words, source, line, script);
	for (size_t w = line->word; w < line->word_end; w++) {
		struct evidence_word own, next;
		const bool has_next = w + 1 < line->word_end && between_go_on(words, source, script, w + 1, &at);
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

/* The same of a line that may have been looked at before: it is set once. */
static inline vectors_pairs sum_heads(const struct evidence *evidence, struct lines_words *words, const struct line_source *source,
                                      const struct line *line, size_t script)
{
	vectors_pairs sums = {0};
	if (line->word >= words->ordered) {
		words->ordered = line->word_end;
		return order_heads(evidence, words, source, line, script);
	}
	for (size_t w = line->word; w < line->word_end; w++)
		sums += vectors_of_bytes(vectors_load_bytes(words->scores[w]));
	return sums;
}

/* What others gain at most on a leader that is so far behind: word for word, and by how much one may start ahead of it. */
static inline uint32_t line_gains(uint32_t sum, uint32_t start)
{
	return sum + (start > PATH_EDGE ? start - PATH_EDGE : 0);
}

/* The next line, which has words, is summed up, and is in the prior of the one behind it. */
__attribute__((always_inline)) static inline void sum_line(struct run_stage *stage, const struct line_source *source,
                                                           size_t script, struct prior_row *prior, struct lines_sums *out, size_t k)
{
	struct lines_words *const words = stage->words;
	const struct line *const line = &out->lines[k];
	vectors_pairs sums = vectors_load(words->sums[line->word_end]) - vectors_load(words->sums[line->word]);
	if (script == RUN_ARAB && sums[EVIDENCE_HEAD] != 0)
		sums = sum_heads(&stage->evidence, words, source, line, script);
	vectors_store(out->sums[k], sums);
	prior_row_reach(prior, line->segment->doc_start);
	out->firsts[k] = (uint32_t)prior->first;
	prior_row_add(prior, line->segment->doc_start, sums);
}

/* ---- Leaders ---- */

/* By how much each line's leader leads, and whether a way to leave it may gain what it costs. */
__attribute__((always_inline)) static inline void find_leaders(struct run_stage *stage, const struct line_source *source, size_t script,
                                                               struct lines_sums *out)
{
	struct lines_states *const states = &stage->lines[script];
	const struct prior_fixed *const fixed = &stage->fixed[script];
	const struct prior_lines *const prior = &stage->prior.scripts[script];
	const struct prior_sums *const before = prior->before + out->n_prior;
	vectors_pairs others = vectors_load(states->others);
	size_t leader = states->leader;
	uint64_t asked = 0;
	for (size_t k = 0; k < out->n; k++) {
		uint16_t start[STATES], totals[STATES];
		const vectors_pairs starts = prior_of(vectors_subtract(vectors_load_sums(before[k].states),
		                                                       vectors_load_sums(prior->before[out->firsts[k]].states)), fixed);
		const vectors_pairs all = vectors_load(out->sums[k]) + starts;
		vectors_store(start, starts);
		vectors_store(totals, all);
		uint16_t next = vectors_least(all | others);
		if (totals[leader] >= next) {
			lines_lead(states, fixed->blocked, totals);
			others = vectors_load(states->others);
			leader = states->leader;
			next = vectors_least(all | others);
		}
		const uint32_t own = totals[leader], ahead = start[leader];
		/* Latin letters: few lines gain what the cheapest switch of all costs; in Arabic script many do, so it is asked of each */
		const uint32_t cost = script == RUN_ARAB ? cheapest(stage->words, source, &out->lines[k], script)
		                                         : words_costs[script][PLACE_QUOTE];
		out->leads[k] = next - own;
		out->leaders[k] = (uint16_t)leader;
		asked |= (uint64_t)(line_gains(own - ahead, ahead) >= cost) << k;
	}
	out->asked = asked;
}

/* ---- Lines that are not settled by their sums ---- */

/*
 * The same as path.c asks of a segment: the leader and all other states as one, which switch among themselves for
 * nothing. True if the leader is better all the way; the others start so far behind it.
 */
__attribute__((noinline)) static bool is_better(const struct lines_words *words, const struct line_source *source,
                                                const struct line *line, size_t script,
                                                uint16_t leader, vectors_pairs others, int32_t others_start)
{
	int32_t ahead = -others_start;
	size_t at = between_first(words, source, line, script);
	for (size_t w = line->word; w < line->word_end; w++) {
		if (w > line->word) {
			const int32_t cost = switch_cost(words, source, line, script, w, &at);
			if (ahead >= cost)
				return false;
			ahead = ahead < -cost ? -cost : ahead;
		}
		const vectors_pairs behind = vectors_of_bytes(vectors_load_bytes(words->scores[w]));
		ahead += words->scores[w][leader] - vectors_least(behind | others);
	}
	return ahead < 0;
}

/* Whether no way to leave the leader of a line and come back, or not to begin with it, gains what it costs. The prior is as it was before the line. */
__attribute__((noinline)) static bool keeps_leader(struct run_stage *stage, const struct line_source *source,
                                                   const struct lines_sums *sums, size_t k, size_t script)
{
	const struct prior_fixed *const fixed = &stage->fixed[script];
	const struct line *const line = &sums->lines[k];
	const uint16_t leader = sums->leaders[k];
	uint16_t start[STATES], blocked[STATES];
	memcpy(blocked, fixed->blocked, sizeof blocked);
	blocked[leader] = UINT16_MAX;
	const vectors_pairs others = vectors_load(blocked);
	const vectors_pairs starts = prior_start_at(&stage->prior.scripts[script], sums->n_prior + k, sums->firsts[k], fixed);
	vectors_store(start, starts);
	/* in Arabic script that has been asked */
	if (script != RUN_ARAB && line_gains(sums->sums[k][leader], start[leader]) < cheapest(stage->words, source, line, script))
		return true;
	return is_better(stage->words, source, line, script, leader, others,
	                 vectors_least(starts | others) + PATH_EDGE - (int32_t)start[leader]);
}

/* How many lines are settled, from the first on. The prior is as it was before the next one. */
__attribute__((always_inline)) static inline size_t count_settled(struct run_stage *stage, const struct line_source *source,
                                                                  const struct lines_sums *sums, size_t script)
{
	for (uint64_t asked = sums->asked; asked != 0; asked &= asked - 1) {
		const size_t k = vectors_lowest(asked);
		if (!keeps_leader(stage, source, sums, k, script)) {
			prior_go_back(&stage->prior.scripts[script], sums->n_prior + k, sums->firsts[k]);
			return k;
		}
	}
	return sums->n;
}

/* What a line that is settled is in, with its confidence. */
static inline uint16_t settled_lang(const struct run_stage *stage, const struct lines_sums *sums, size_t k, size_t script,
                                    float *confidence)
{
	const uint32_t lead = sums->leads[k];
	const uint16_t lang = lead < RUN_UND_LEAD ? (uint16_t)LANG_UND : stage->evidence.langs[script][sums->leaders[k]];
	*confidence = lang == LANG_UND ? 0.0f : evidence_probability(lead);
	return lang;
}

#endif
