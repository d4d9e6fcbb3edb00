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

/* ---- Words ---- */

/*
 * Finds the keys and places of the words of a line, from piece first to end. False: there is none, or one of another
 * script. The place is asked for, so that it is at hand when the word's turn comes.
 */
__attribute__((always_inline)) static inline bool find_words(const struct memo *from, const struct segment *segment,
                                                             const struct pieces *pieces, size_t first, size_t end,
                                                             size_t script, struct lines_words *words)
{
	const uint8_t letters = script == RUN_ARAB ? UCD_SCRIPT_ARAB : UCD_SCRIPT_LATN;
	const uint32_t limit = segment->readable > segment->end ? segment->readable : segment->end;
	const uint32_t safe = limit < MEMO_READ ? 0 : limit - MEMO_READ + 1;
	const char *const text = segment->text;
	const uint32_t *const starts = pieces->start, *const ends = pieces->end;
	const struct memo memo = *from;
	struct lines_word *word = words->words + words->n;
	uint32_t gaps = 0;
	for (size_t i = first; i < end; i += BLOCK) {
		const uint32_t within = end - i >= BLOCK ? 0xFFFF : (1u << (end - i)) - 1;
		const vectors_bytes scripts = vectors_load_bytes(pieces->script + i);
		const uint32_t all = vectors_equal(vectors_load_bytes(pieces->kind + i), LAFZ_KIND_WORD) & within;
		uint32_t own = all & vectors_equal(scripts, letters);
		/* without letters: UCD_SCRIPT_ZYYY, UCD_SCRIPT_ZINH */
		if (all & ~own & ~vectors_equal(scripts & 0xFE, 0))
			return false;
		/* what is last stands between none */
		gaps |= ~own & (end - i > BLOCK ? within : within >> 1);
		for (; own; own &= own - 1, word++) {
			const size_t k = i + (size_t)__builtin_ctz(own);
			const uint32_t start = starts[k];
			struct memo_key key;
			word->piece = (uint32_t)k;
			if (start < safe && memo_key_quick(script, text + start, ends[k] - start, &key)) {
				word->place = memo_place(&memo, key);
				word->key = key;
				__builtin_prefetch(word->place);
			} else {
				word->place = NULL;
			}
		}
	}
	const size_t n = (size_t)(word - words->words);
	if (n == words->n)
		return false;
	words->n = n;
	words->gaps[words->n_lines] = gaps;
	words->ends[words->n_lines++] = (uint32_t)n;
	return true;
}

/* A function of its own for each script: so all that it needs is in registers. */
__attribute__((noinline)) static bool find_arab(const struct memo *memo, const struct segment *segment,
                                                const struct pieces *pieces, size_t first, size_t end,
                                                struct lines_words *words)
{
	return find_words(memo, segment, pieces, first, end, RUN_ARAB, words);
}

__attribute__((noinline)) static bool find_latn(const struct memo *memo, const struct segment *segment,
                                                const struct pieces *pieces, size_t first, size_t end,
                                                struct lines_words *words)
{
	return find_words(memo, segment, pieces, first, end, RUN_LATN, words);
}

/* The scores of a word that is not where it was looked for. */
__attribute__((noinline)) static const struct evidence_word *new_word(struct evidence *evidence, size_t script,
                                                                      const char *text, const struct pieces *pieces,
                                                                      const struct lines_word *word)
{
	const uint32_t start = pieces->start[word->piece];
	const size_t len = pieces->end[word->piece] - start;
	return word->place ? evidence_add(evidence, script, word->key, text + start, len)
	                   : evidence_find(evidence, script, text + start, len);
}

/* What the words are behind, summed up. */
static inline vectors_pairs sum_words(struct evidence *evidence, size_t script, const char *text,
                                      const struct pieces *pieces, const struct lines_word *word,
                                      const struct lines_word *end)
{
	vectors_pairs sums = {0};
	for (; word < end; word++) {
		const void *found = word->place ? memo_get_at(word->place, word->key) : NULL;
		if (!found)
			found = new_word(evidence, script, text, pieces, word);
		sums += vectors_of_bytes(vectors_load_bytes(found));
	}
	return sums;
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

/* What line i of those whose words are found is in, with its confidence; false if that is not settled. */
__attribute__((always_inline)) static inline bool settle(struct run_stage *stage, const struct segment *segment,
                                                         const struct pieces *pieces, size_t i, size_t first, size_t end,
                                                         size_t script, uint16_t *lang, float *confidence)
{
	struct lines_states *const states = &stage->lines[script];
	const struct prior_fixed *const fixed = &stage->fixed[script];
	const struct lines_words *const words = &stage->words;
	uint16_t start[STATES], totals[STATES];
	const vectors_pairs sums = sum_words(&stage->evidence, script, segment->text, pieces,
	                                     words->words + (i == 0 ? 0 : words->ends[i - 1]),
	                                     words->words + words->ends[i]);
	/* nouns that tell by their place */
	if (script == RUN_ARAB && sums[EVIDENCE_HEAD] != 0)
		return false;
	prior_begin_line(&stage->prior, segment->doc_start);
	const vectors_pairs starts = prior_start(&stage->prior, script, fixed);
	const vectors_pairs all = sums + starts;
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
	if (!is_alone(segment, pieces, first, end, script, words->gaps[i], gains))
		return false;
	prior_add_line(&stage->prior, script, sums);
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

/* Finds the words of some lines from segment s on; lines without pieces between them are passed. */
static inline void find_lines(struct run_stage *stage, const struct segments *segments, const struct pieces *pieces,
                              size_t s, size_t first, size_t script)
{
	struct lines_words *const words = &stage->words;
	words->n = words->n_lines = 0;
	for (; s < segments->n && words->n < LINES_WORDS && words->n_lines < LINES_GROUP; s++) {
		const struct segment *const segment = &segments->ptr[s];
		const size_t end = segment->piece_end;
		if (!is_simple(segment, end - first))
			return;
		if (end > first && !(script == RUN_ARAB ? find_arab : find_latn)(&stage->evidence.memo, segment,
		                                                                 pieces, first, end, words))
			return;
		first = end;
	}
}

/* Lines in one script, from segment s on; the first one that is not settled. Less than 0: no memory. */
__attribute__((always_inline)) static inline int64_t run_script(struct run_stage *stage, const struct lafz_allocator *mem,
                                                                const struct segments *segments,
                                                                struct pieces *pieces, size_t s, size_t script)
{
	const struct pieces own = *pieces;
	size_t first = s == 0 ? 0 : segments->ptr[s - 1].piece_end, i = 0;
	struct stretch stretch = {.first = first, .end = first};
	stage->words.n_lines = 0;
	for (; s < segments->n; s++) {
		struct segment *const segment = &segments->ptr[s];
		const size_t end = segment->piece_end;
		uint16_t lang = stretch.lang;
		float confidence = stretch.confidence;
		if (!is_simple(segment, end - first))
			break;
		if (end > first && i == stage->words.n_lines) {
			if (prior_reserve(&stage->prior, mem, LINES_GROUP) < 0)
				return LAFZ_ERR_MEMORY;
			memo_grow(&stage->evidence.memo, mem);
			find_lines(stage, segments, &own, s, first, script);
			i = 0;
		}
		if (end > first && (i == stage->words.n_lines ||
		                    !settle(stage, segment, &own, i++, first, end, script, &lang, &confidence)))
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
