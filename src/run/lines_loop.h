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

static inline vectors_pairs word_at(struct evidence *evidence, size_t script, const char *text, size_t len,
                                    bool is_safe)
{
	struct memo_key key;
	const void *found = NULL;
	if (is_safe && key_of(script, text, len, &key))
		found = memo_get(&evidence->memo, key);
	if (!found)
		found = evidence_find(evidence, script, text, len);
	return __builtin_convertvector(vectors_load_bytes(found), vectors_pairs);
}

/*
 * Sums up the words from piece first to end. False: there is none, or one of another script, or nouns that tell by
 * their place.
 */
static inline bool sum_words(struct evidence *evidence, const struct segment *segment, const struct pieces *pieces,
                             size_t first, size_t end, size_t script, struct line *line)
{
	const uint8_t letters = script == RUN_ARAB ? UCD_SCRIPT_ARAB : UCD_SCRIPT_LATN;
	const uint32_t limit = segment->readable > segment->end ? segment->readable : segment->end;
	const uint32_t safe = limit < MEMO_READ ? 0 : limit - MEMO_READ + 1;
	const char *const text = segment->text;
	uint32_t is_any = 0;
	line->sums = (vectors_pairs){0};
	line->gaps = 0;
	for (size_t i = first; i < end; i += BLOCK) {
		const uint32_t within = end - i >= BLOCK ? 0xFFFF : (1u << (end - i)) - 1;
		const vectors_bytes scripts = vectors_load_bytes(pieces->script + i);
		const uint32_t words = vectors_equal(vectors_load_bytes(pieces->kind + i), LAFZ_KIND_WORD) & within;
		uint32_t own = words & vectors_equal(scripts, letters);
		/* without letters: UCD_SCRIPT_ZYYY, UCD_SCRIPT_ZINH */
		if (words & ~own & ~vectors_equal(scripts >> 1, 0))
			return false;
		is_any |= own;
		/* what is last stands between none */
		line->gaps |= ~own & (end - i > BLOCK ? within : within >> 1);
		for (; own; own &= own - 1) {
			const size_t k = i + (size_t)__builtin_ctz(own);
			const uint32_t start = pieces->start[k];
			line->sums += word_at(evidence, script, text + start, pieces->end[k] - start, start < safe);
		}
	}
	return is_any && (script != RUN_ARAB || line->sums[EVIDENCE_HEAD] == 0);
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
static inline bool settle(struct run_stage *stage, const struct segment *segment, const struct pieces *pieces,
                          size_t first, size_t end, size_t script, uint16_t *lang, float *confidence)
{
	struct lines_states *const states = &stage->lines[script];
	const struct prior_fixed *const fixed = &stage->fixed[script];
	struct line line;
	uint16_t start[STATES], totals[STATES];
	if (!sum_words(&stage->evidence, segment, pieces, first, end, script, &line))
		return false;
	prior_begin_line(&stage->prior, segment->doc_start);
	const vectors_pairs starts = prior_start(&stage->prior, script, fixed);
	const vectors_pairs all = line.sums + starts;
	memcpy(start, &starts, sizeof start);
	memcpy(totals, &all, sizeof totals);
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

/* In the script of the line before, or the other one. */
static inline bool settle_script(struct run_stage *stage, const struct segment *segment, const struct pieces *pieces,
                                 size_t first, size_t end, uint16_t *lang, float *confidence)
{
	const bool was_arab = stage->script == RUN_ARAB;
	if (was_arab && settle(stage, segment, pieces, first, end, RUN_ARAB, lang, confidence))
		return true;
	const bool is_latn = settle(stage, segment, pieces, first, end, RUN_LATN, lang, confidence);
	stage->script = is_latn ? RUN_LATN : RUN_ARAB;
	return is_latn ||
	       (!was_arab && settle(stage, segment, pieces, first, end, RUN_ARAB, lang, confidence));
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

static inline int run_lines(struct run_stage *stage, const struct lafz_allocator *mem,
                            const struct segments *segments, struct pieces *pieces, size_t *s)
{
	struct stretch stretch = {0};
	size_t first = *s == 0 ? 0 : segments->ptr[*s - 1].piece_end;
	stretch.first = stretch.end = first;
	for (; *s < segments->n; (*s)++) {
		struct segment *const segment = &segments->ptr[*s];
		const size_t end = segment->piece_end;
		uint16_t lang = stretch.lang;
		float confidence = stretch.confidence;
		if (!is_simple(segment, end - first))
			break;
		if (stage->prior.n == stage->prior.cap && prior_reserve(&stage->prior, mem, 1) < 0)
			return LAFZ_ERR_MEMORY;
		memo_grow(&stage->evidence.memo, mem);
		if (end > first && !settle_script(stage, segment, pieces, first, end, &lang, &confidence))
			break;
		segment->n_runs = end > first;
		if (lang != stretch.lang || confidence != stretch.confidence) {
			fill_stretch(pieces, &stretch);
			stretch = (struct stretch){.first = first, .lang = lang, .confidence = confidence};
		}
		stretch.end = first = end;
	}
	fill_stretch(pieces, &stretch);
	return LAFZ_OK;
}

#endif
