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
#include "run/place.h"
#include "run/run.h"
#include "run/words.h"

#define BLOCK 16 /* pieces that are looked at together; no more than FILL_SLACK */

/* The words of a line. */
struct line {
	vectors_pairs sums; /* what they are behind */
	uint32_t gaps;      /* not 0: there may be other pieces between them */
};

/* ---- Words ---- */

/* The word at text; *key is what it is found by. False: it is none of those that most are. */
static inline bool key_of(size_t script, const char *text, size_t len, struct memo_key *key)
{
	if (script == MEMO_PAIRS_SCRIPT)
		return len <= MEMO_PAIRS && memo_key_pairs(text, len, key);
	if (len > MEMO_BYTES)
		return false;
	*key = memo_key_bytes(text, len);
	return true;
}

static inline vectors_pairs word_at(struct evidence *evidence, const struct memo *memo, size_t script,
                                    const char *text, size_t len, bool is_safe)
{
	struct memo_key key;
	const void *found;
	if (is_safe && key_of(script, text, len, &key)) {
		found = memo_get(memo, key);
		if (!found)
			found = evidence_add(evidence, script, key, text, len);
	} else {
		found = evidence_find(evidence, script, text, len);
	}
	return vectors_of_bytes(vectors_load_bytes(found));
}

/*
 * Sums up the words from piece first to end. False: there is none, or one of another script, or nouns that tell by
 * their place.
 */
__attribute__((always_inline)) static inline bool sum_words(struct evidence *evidence, const struct segment *segment,
                                                            const struct pieces *pieces, size_t first, size_t end,
                                                            size_t script, struct line *line)
{
	const uint8_t letters = script == RUN_ARAB ? UCD_SCRIPT_ARAB : UCD_SCRIPT_LATN;
	const uint32_t limit = segment->readable > segment->end ? segment->readable : segment->end;
	const uint32_t safe = limit < MEMO_READ ? 0 : limit - MEMO_READ + 1;
	const char *const text = segment->text;
	const uint32_t *const starts = pieces->start, *const ends = pieces->end;
	const struct memo memo = evidence->memo;
	vectors_pairs sums = {0};
	uint32_t is_any = 0, gaps = 0;
	for (size_t i = first; i < end; i += BLOCK) {
		const uint32_t within = end - i >= BLOCK ? 0xFFFF : (1u << (end - i)) - 1;
		const vectors_bytes scripts = vectors_load_bytes(pieces->script + i);
		const uint32_t words = vectors_equal(vectors_load_bytes(pieces->kind + i), LAFZ_KIND_WORD) & within;
		uint32_t own = words & vectors_equal(scripts, letters);
		/* without letters: UCD_SCRIPT_ZYYY, UCD_SCRIPT_ZINH */
		if (words & ~own & ~vectors_equal(scripts & 0xFE, 0))
			return false;
		is_any |= own;
		/* what is last stands between none */
		gaps |= ~own & (end - i > BLOCK ? within : within >> 1);
		for (; own; own &= own - 1) {
			const size_t k = i + (size_t)__builtin_ctz(own);
			const uint32_t start = starts[k];
			sums += word_at(evidence, &memo, script, text + start, ends[k] - start, start < safe);
		}
	}
	line->sums = sums;
	line->gaps = gaps;
	return is_any && (script != RUN_ARAB || sums[EVIDENCE_HEAD] == 0);
}

/* A function of its own for each script: so all that it needs is in registers. */
__attribute__((noinline)) static bool sum_arab(struct evidence *evidence, const struct segment *segment,
                                               const struct pieces *pieces, size_t first, size_t end, struct line *line)
{
	return sum_words(evidence, segment, pieces, first, end, RUN_ARAB, line);
}

__attribute__((noinline)) static bool sum_latn(struct evidence *evidence, const struct segment *segment,
                                               const struct pieces *pieces, size_t first, size_t end, struct line *line)
{
	return sum_words(evidence, segment, pieces, first, end, RUN_LATN, line);
}

/* ---- A line ---- */

/* Where no language has changed: no way to leave the leader and come back gains what it costs. */
static inline bool is_alone(const struct segment *segment, const struct pieces *pieces, size_t first, size_t end,
                            size_t script, uint32_t gaps, uint32_t gains)
{
	if (gains < words_costs[script][PLACE_QUOTE])
		return true;
	if (gains >= words_costs[script][PLACE_INSIDE])
		return false;
	return !gaps || gains < words_cheapest(segment, pieces, first, end, script);
}

/* What a line is in, with its confidence; false if that is not settled. */
__attribute__((always_inline)) static inline bool settle(struct run_stage *stage, const struct segment *segment,
                                                         const struct pieces *pieces, size_t first, size_t end,
                                                         size_t script, uint16_t *lang, float *confidence)
{
	struct lines_states *const states = &stage->lines[script];
	const struct prior_fixed *const fixed = &stage->fixed[script];
	struct line line;
	uint16_t start[STATES], totals[STATES];
	if (!(script == RUN_ARAB ? sum_arab : sum_latn)(&stage->evidence, segment, pieces, first, end, &line))
		return false;
	prior_begin_line(&stage->prior, segment->doc_start);
	const vectors_pairs starts = prior_start(&stage->prior, script, fixed);
	const vectors_pairs all = line.sums + starts;
	vectors_store(start, starts);
	vectors_store(totals, all);
	uint16_t next = vectors_least(all | vectors_load(states->others));
	if (totals[states->leader] >= next || fixed->blocked[states->leader] != 0) {
		lines_lead(states, fixed->blocked, totals);
		next = vectors_least(all | vectors_load(states->others));
	}
	const uint32_t own = totals[states->leader], ahead = start[states->leader];
	/* what the others gain on the leader word for word, and by how much one may start ahead of it */
	const uint32_t gains = own - ahead + (ahead > PATH_EDGE ? ahead - PATH_EDGE : 0);
	if (!is_alone(segment, pieces, first, end, script, line.gaps, gains))
		return false;
	prior_add_line(&stage->prior, script, line.sums);
	const uint32_t lead = next - own;
	*lang = lead < RUN_UND_LEAD ? (uint16_t)LANG_UND : stage->evidence.langs[script][states->leader];
	*confidence = *lang == LANG_UND ? 0.0f : evidence_probability(lead);
	return true;
}

/* ---- Lines ---- */

/* Pieces of one language and confidence in a row. */
struct stretch {
	size_t first, end;
	uint16_t lang;
	float confidence;
};

static inline void fill_stretch(struct pieces *pieces, const struct stretch *stretch)
{
	fill_u16(pieces->lang, stretch->first, stretch->end, stretch->lang);
	fill_float(pieces->confidence, stretch->first, stretch->end, stretch->confidence);
	fill_u32(pieces->run, stretch->first, stretch->end, 0);
}

/* A whole line with few pieces. */
static inline bool is_simple(const struct segment *segment, size_t n)
{
	return segment->is_line_start && segment->is_line_end && n <= LINES_PIECES &&
	       segment->end - segment->start <= PRIOR_REACH;
}

/* Lines in one script, from segment s on; the first one that is not settled. Less than 0: no memory. */
__attribute__((always_inline)) static inline int64_t run_script(struct run_stage *stage, const struct lafz_allocator *mem,
                                                                const struct segments *segments,
                                                                struct pieces *pieces, size_t s, size_t script)
{
	const struct pieces own = *pieces;
	size_t first = s == 0 ? 0 : segments->ptr[s - 1].piece_end;
	struct stretch stretch = {.first = first, .end = first};
	for (; s < segments->n; s++) {
		struct segment *const segment = &segments->ptr[s];
		const size_t end = segment->piece_end;
		uint16_t lang = stretch.lang;
		float confidence = stretch.confidence;
		if (!is_simple(segment, end - first))
			break;
		if (stage->prior.n == stage->prior.cap && prior_reserve(&stage->prior, mem, 1) < 0)
			return LAFZ_ERR_MEMORY;
		memo_grow(&stage->evidence.memo, mem);
		if (end > first && !settle(stage, segment, &own, first, end, script, &lang, &confidence))
			break;
		segment->n_runs = end > first;
		if (lang != stretch.lang || confidence != stretch.confidence) {
			fill_stretch(pieces, &stretch);
			stretch = (struct stretch){.first = first, .lang = lang, .confidence = confidence};
		}
		stretch.end = first = end;
	}
	fill_stretch(pieces, &stretch);
	return (int64_t)s;
}

/* In the script of the line before, then in the other one, and so on. */
static inline int run_lines(struct run_stage *stage, const struct lafz_allocator *mem,
                            const struct segments *segments, struct pieces *pieces, size_t *s)
{
	size_t script = stage->script;
	for (size_t n_stuck = 0; *s < segments->n && n_stuck < RUN_SCRIPTS; script = !script) {
		const int64_t next = script == RUN_ARAB ? run_script(stage, mem, segments, pieces, *s, RUN_ARAB)
		                                        : run_script(stage, mem, segments, pieces, *s, RUN_LATN);
		if (next < 0)
			return LAFZ_ERR_MEMORY;
		n_stuck = (size_t)next == *s ? n_stuck + 1 : 1;
		stage->script = n_stuck == 1 ? script : stage->script;
		*s = (size_t)next;
	}
	return LAFZ_OK;
}

#endif
