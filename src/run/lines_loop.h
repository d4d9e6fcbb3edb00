/*
 * The loop over lines whose words are told by pieces, written once and compiled for each kind of processor (lines.c,
 * lines_avx2.c).
 */
#ifndef LAFZ_RUN_LINES_LOOP_H
#define LAFZ_RUN_LINES_LOOP_H

#include <stdbool.h>

#include "base/fill.h"
#include "lang.h"
#include "run/evidence.h"
#include "run/lines.h"
#include "run/lines_scores.h"
#include "run/lines_settle.h"
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

/* ---- Lines of both scripts ---- */

/*
 * Finds the words of the lines from segment s to last, and what they are behind. Each may be in one script or have words of both, or of others,
 * so words are in the order of scripts.
 */
__attribute__((noinline)) static void find_both(struct evidence *evidence, struct lines_words *words, const struct segments *segments,
                                                const struct pieces *pieces, size_t s, size_t last, size_t first)
{
	const struct segment *const ptr = segments->ptr;
	const size_t end = ptr[last - 1].piece_end;
	see_pieces(pieces, first, end, words);
	const size_t n_arab = pick_pieces(pieces, end, RUN_ARAB, words, 0);
	words->n = pick_pieces(pieces, end, RUN_LATN, words, n_arab);
	words->stretches[0] = (struct lines_stretch){last, n_arab, RUN_ARAB};
	words->stretches[1] = (struct lines_stretch){last, words->n, RUN_LATN};
	words->n_stretches = 2;
	keep_line_end(words, &ptr[last - 1]);
	score_stretches(evidence, words, ptr[s].text);
	/* if all are of one script, those behind them most likely are */
	if ((n_arab == 0 || n_arab == words->n) && !words->has_third)
		set_stretch(words, last, n_arab == 0 ? RUN_LATN : RUN_ARAB);
}

/* ---- Lines of one script ---- */

/*
 * Finds the words of some lines from segment s on, and what they are behind. Most are in the script given. Returns the segment behind these
 * lines, s if there are none.
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
	if (are_of_both(words) || find_pieces(pieces, first, end, script, words) < end) {
		find_both(evidence, words, segments, pieces, s, last, first);
		return last;
	}
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

/* A segment with so many runs, or less than 0: no memory. */
static inline void add_segment(struct row_filled *row, struct segment *segment, const struct pieces *own, bool is_first, int n_runs)
{
	segment->n_runs = n_runs < 0 ? 0 : (uint32_t)n_runs;
	row->first = segment->piece_end;
	if (n_runs > 0) {
		row->lang = is_first ? own->lang[0] : row->lang;
		row->is_one = row->is_one && n_runs == 1 && own->lang[0] == row->lang;
		row->is_first_run = row->is_first_run && n_runs == 1;
	}
}

/* A segment whose words are not found. Less than 0: no memory. */
static inline int guess_segment(struct run_stage *stage, const struct lafz_allocator *mem, struct segment *segment,
                                struct row_filled *row, struct pieces *pieces, size_t first)
{
	struct pieces own = pieces_part(pieces, first, segment->piece_end);
	fill_row(row, pieces, first);
	const int n = run_guess(stage, mem, segment, &own);
	add_segment(row, segment, &own, first == 0, n);
	return n;
}

/* The words of a line are those of a path. Heads were seen. */
static inline int put_in_path(struct path *path, const struct lafz_allocator *mem, const struct lines_words *words, const struct line *line,
                              size_t script)
{
	const size_t n = line->word_end - line->word;
	const vectors_pairs sums = vectors_load(words->sums[line->word_end]) - vectors_load(words->sums[line->word]);
	path->n = n;
	if (n == 0)
		return LAFZ_OK;
	if (path_reserve(path, mem, n) < 0)
		return LAFZ_ERR_MEMORY;
	memcpy(path->scores, words->scores[line->word], n * sizeof *path->scores);
	vectors_store_sums(path->behind, vectors_widen(sums));
	/* of words that were set back with their heads the sums say nothing */
	if (script == RUN_ARAB && sums[EVIDENCE_HEAD] != 0)
		path_sum(path);
	return LAFZ_OK;
}

/* A line that is not settled, its words of each script, and whether it has others. Less than 0: no memory. */
__attribute__((noinline)) static int guess_line(struct run_stage *stage, const struct lafz_allocator *mem, struct segment *segment,
                                                struct row_filled *row, struct pieces *pieces, const struct line lines[RUN_SCRIPTS],
                                                bool has_others)
{
	const size_t first = lines[0].first;
	struct pieces own = pieces_part(pieces, first, segment->piece_end);
	fill_row(row, pieces, first);
	for (size_t s = 0; s < RUN_SCRIPTS; s++)
		if (put_in_path(&stage->paths[s], mem, stage->words, &lines[s], s) < 0)
			return LAFZ_ERR_MEMORY;
	const int n = run_guess_found(stage, mem, segment, &own, has_others);
	add_segment(row, segment, &own, first == 0, n);
	return n;
}

/* The next line, before its words. */
static inline void begin_line(struct line *line, const struct segment *segment)
{
	line->segment = segment;
	line->doc_start = segment->doc_start;
	line->first = line->end;
	line->end = segment->piece_end;
	line->word = line->word_end;
}

/* Runs of the lines from segment s to last, of one script, whose words are found. */
__attribute__((always_inline)) static inline int run_script(struct run_stage *stage, const struct lafz_allocator *mem,
                                                            const struct segments *segments, struct row_filled *row,
                                                            struct pieces *pieces, size_t s, size_t last, size_t script)
{
	struct pieces own = *pieces;
	const struct line_source source = {.from = LINE_PIECES, .pieces = &own};
	struct line line = {.end = s == 0 ? 0 : segments->ptr[s - 1].piece_end};
	line.word_end = words_before(stage->words, script, line.end);
	for (; s < last; s++) {
		struct segment *const segment = &segments->ptr[s];
		uint16_t lang;
		float confidence;
		begin_line(&line, segment);
		line.word_end = words_before(stage->words, script, line.end);
		segment->n_runs = line.end > line.first;
		if (line.first == line.end)
			continue;
		if (settle(stage, &source, &line, script, &lang, &confidence)) {
			add_line(row, &own, &line, lang, confidence);
			continue;
		}
		struct line lines[RUN_SCRIPTS] = {{.first = line.first}};
		lines[script] = line;
		if (guess_line(stage, mem, segment, row, &own, lines, false) < 0)
			return LAFZ_ERR_MEMORY;
	}
	return LAFZ_OK;
}

/* The same of lines of either script or both. */
__attribute__((noinline)) static int run_both(struct run_stage *stage, const struct lafz_allocator *mem,
                                              const struct segments *segments, struct row_filled *row, struct pieces *pieces, size_t s,
                                              size_t last)
{
	struct lines_words *const words = stage->words;
	struct pieces own = *pieces;
	const struct line_source source = {.from = LINE_PIECES, .pieces = &own};
	struct line arab = {.end = s == 0 ? 0 : segments->ptr[s - 1].piece_end}, latn = arab;
	arab.word_end = words_before(words, RUN_ARAB, arab.end);
	latn.word_end = words_before(words, RUN_LATN, latn.end);
	for (; s < last; s++) {
		struct segment *const segment = &segments->ptr[s];
		uint16_t lang;
		float confidence;
		begin_line(&arab, segment);
		begin_line(&latn, segment);
		arab.word_end = words_before(words, RUN_ARAB, arab.end);
		latn.word_end = words_before(words, RUN_LATN, latn.end);
		segment->n_runs = arab.end > arab.first;
		if (arab.first == arab.end)
			continue;
		const bool has_arab = arab.word < arab.word_end, has_latn = latn.word < latn.word_end;
		const bool has_others = words->has_third && bits_any(words->third, arab.first - words->first, arab.end - words->first);
		const bool is_one = has_arab != has_latn && !has_others;
		if (is_one && (has_arab ? settle(stage, &source, &arab, RUN_ARAB, &lang, &confidence)
		                        : settle(stage, &source, &latn, RUN_LATN, &lang, &confidence))) {
			add_line(row, &own, &arab, lang, confidence);
			continue;
		}
		const struct line lines[RUN_SCRIPTS] = {[RUN_ARAB] = arab, [RUN_LATN] = latn};
		if (!is_one && has_heads_in(words, &lines[RUN_ARAB]))
			(void)order_heads(&stage->evidence, words, &source, &lines[RUN_ARAB], RUN_ARAB);
		if (guess_line(stage, mem, segment, row, &own, lines, has_others) < 0)
			return LAFZ_ERR_MEMORY;
	}
	return LAFZ_OK;
}

/* Runs of the lines from segment s to last whose words are found. */
static inline int run_found(struct run_stage *stage, const struct lafz_allocator *mem, const struct segments *segments,
                            struct row_filled *row, struct pieces *pieces, size_t s, size_t last)
{
	if (prior_reserve(&stage->prior, mem, last - s) < 0)
		return LAFZ_ERR_MEMORY;
	if (are_of_both(stage->words))
		return run_both(stage, mem, segments, row, pieces, s, last);
	stage->script = stage->words->stretches[0].script;
	return stage->script == RUN_ARAB ? run_script(stage, mem, segments, row, pieces, s, last, RUN_ARAB)
	                                 : run_script(stage, mem, segments, row, pieces, s, last, RUN_LATN);
}

/* Whole lines together; what else there is by itself. */
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
		if (run_found(stage, mem, segments, &row, pieces, s, last) < 0)
			return LAFZ_ERR_MEMORY;
		s = last;
	}
	fill_row(&row, pieces, pieces->n);
	pieces->is_one_lang = row.is_one;
	pieces->is_first_run = row.is_first_run;
	return LAFZ_OK;
}

#endif
