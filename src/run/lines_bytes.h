/*
 * The loop over lines whose words are told by bytes (bytes.h), written once and compiled for each kind of processor like
 * lines_loop.h.
 */
#ifndef LAFZ_RUN_LINES_BYTES_H
#define LAFZ_RUN_LINES_BYTES_H

#include "run/lines_scores.h"
#include "run/lines_settle.h"

/* ---- Words ---- */

/* Finds the words of some lines, from byte first to end. Returns end, or a byte up to which there are not too many. */
static inline uint32_t pack_bytes(const struct run_bytes *bytes, uint32_t first, uint32_t end, struct lines_words *words)
{
	const uint32_t begin = first - first % 64;
	uint64_t within = ~(uint64_t)0 << first % 64;
	struct lines_bits *const found = &words->found[LINES_EITHER];
	size_t n = 0, n_ends = 0;
	words->first = begin;
	words->begin[LINES_EITHER] = 0;
	found->before[0] = 0;
	for (uint32_t i = begin; i < end; i += 64, within = ~(uint64_t)0) {
		within &= bits_below(end - i);
		const uint64_t begins = bytes->begins[i / 64] & within;
		if (n + bits_count(begins) > LINES_MOST)
			return i;
		vectors_put_few_numbers(begins, i, words->starts + n);
		n_ends += vectors_put_few_numbers(bytes->ends[i / 64] & within, i, words->ends + n_ends);
		n += bits_count(begins);
		found->bits[(i - begin) / 64] = begins;
		found->before[(i - begin) / 64 + 1] = (uint32_t)n;
	}
	return end;
}

#define ANY_SCRIPT RUN_SCRIPTS

/* Whether a line's words, if it has any, are of a script, or of any one. What asks has no words here (text/byte_lines.c). */
static inline bool is_in_script(const struct run_bytes *bytes, size_t line, size_t script)
{
	const unsigned kind = bytes->kinds[line] & ~(unsigned)RUN_BYTES_EASY;
	return script == ANY_SCRIPT || kind == RUN_BYTES_BLANK || kind == RUN_BYTES_ASKS ||
	       kind == (script == RUN_ARAB ? RUN_BYTES_ARAB : RUN_BYTES_LATN);
}

/* The line behind those from one on, of a script or of any, whose words are looked at together. */
static inline size_t byte_lines_together(const struct run_bytes *bytes, size_t line, size_t last, size_t script, uint32_t together)
{
	const uint32_t *const starts = bytes->starts;
	size_t end = line;
	while (end < last && starts[end] - starts[line] < together && starts[end + 1] - starts[end] <= PRIOR_REACH &&
	       is_in_script(bytes, end, script))
		end++;
	return end;
}

/* The same as find_bytes of lines some of which are in the other script. */
__attribute__((noinline)) static size_t find_bytes_of_both(struct evidence *evidence, struct lines_words *words,
                                                           const struct run_bytes *bytes, size_t line, size_t last,
                                                           size_t script, uint32_t together)
{
	const uint32_t *const starts = bytes->starts;
	const size_t end = byte_lines_together(bytes, line, last, ANY_SCRIPT, together);
	const uint32_t stop = pack_bytes(bytes, starts[line], starts[end], words);
	words->n_stretches = 0;
	size_t i = line;
	for (; i < end && starts[i + 1] <= stop; i++) {
		script = is_in_script(bytes, i, script) ? script : !script;
		if (!add_to_stretches(words, i + 1, words_before(words, LINES_EITHER, starts[i + 1]), script))
			break;
	}
	if (i == line)
		return line;
	words->n = words_before(words, LINES_EITHER, starts[i]);
	keep_end(words, bytes->text, starts[i], bytes->len);
	score_stretches(evidence, words, bytes->text);
	return i;
}

/*
 * Finds the words, most of which are of one script, of some lines from one on but before last, and what they are behind. Returns the line
 * behind these, the line itself if there are none.
 */
__attribute__((always_inline)) static inline size_t find_bytes(struct evidence *evidence, struct lines_words *words,
                                                               const struct run_bytes *bytes, size_t line, size_t last,
                                                               size_t script)
{
	const uint32_t *const starts = bytes->starts;
	const uint32_t first = starts[line], together = script == RUN_ARAB ? LINES_BYTES_ARAB : LINES_BYTES_LATN;
	size_t end = byte_lines_together(bytes, line, last, script, together);
	if (end == line)
		return line;
	if (end < last && starts[end] - first < together / 2 && is_in_script(bytes, end, ANY_SCRIPT))
		return find_bytes_of_both(evidence, words, bytes, line, last, script, together);
	const uint32_t stop = pack_bytes(bytes, first, starts[end], words);
	while (end > line && starts[end] > stop)
		end--;
	if (end == line)
		return line;
	words->n = words_before(words, LINES_EITHER, starts[end]);
	keep_end(words, bytes->text, starts[end], bytes->len);
	set_stretch(words, end, script);
	score_words(evidence, words, bytes->text, script);
	return end;
}

__attribute__((noinline)) static size_t find_arab_bytes(struct evidence *evidence, struct lines_words *words,
                                                        const struct run_bytes *bytes, size_t line, size_t last)
{
	return find_bytes(evidence, words, bytes, line, last, RUN_ARAB);
}

__attribute__((noinline)) static size_t find_latn_bytes(struct evidence *evidence, struct lines_words *words,
                                                        const struct run_bytes *bytes, size_t line, size_t last)
{
	return find_bytes(evidence, words, bytes, line, last, RUN_LATN);
}

/* ---- Lines ---- */

/* Settles the lines from *at on but before last, a stretch, or to one that is not settled: *at is behind those that are. */
__attribute__((always_inline)) static inline void settle_bytes(struct run_stage *stage, const struct run_bytes *bytes,
                                                               struct run_line *lines, size_t *at, size_t last,
                                                               size_t script)
{
	const struct line_source source = {.from = LINE_BYTES, .bytes = bytes};
	struct lines_words *const words = stage->words;
	size_t i = *at;
	struct line line = {.word_end = words_before(words, LINES_EITHER, bytes->starts[i])};
	for (; i < last; i++) {
		line.doc_start = bytes->offset + bytes->starts[i];
		line.first = i;
		line.word = line.word_end;
		line.word_end = words_before(words, LINES_EITHER, bytes->starts[i + 1]);
		lines[i].n_runs = !run_bytes_is_blank(bytes->kinds[i]);
		if (lines[i].n_runs == 0)
			continue;
		if (line.word_end - line.word > LINES_PIECES ||
		    !settle(stage, &source, &line, script, &lines[i].lang, &lines[i].confidence))
			break;
	}
	*at = i;
}

/* The script of a line's words; that of those before it, if it is blank or asks. */
static inline size_t script_of_line(const struct run_stage *stage, const struct run_bytes *bytes, size_t line)
{
	switch (bytes->kinds[line] & ~(unsigned)RUN_BYTES_EASY) {
	case RUN_BYTES_ARAB:
		return RUN_ARAB;
	case RUN_BYTES_LATN:
		return RUN_LATN;
	default:
		return stage->script;
	}
}

static inline int run_byte_lines(struct run_stage *stage, const struct lafz_allocator *mem, struct run_bytes *bytes,
                                 size_t end, struct run_line *lines, size_t *at)
{
	struct evidence *const evidence = &stage->evidence;
	while (*at < end) {
		if (*at >= bytes->last) {
			stage->script = script_of_line(stage, bytes, *at);
			memo_grow(&evidence->memo, mem);
			bytes->last = (stage->script == RUN_ARAB ? find_arab_bytes : find_latn_bytes)(evidence, stage->words,
			                                                                              bytes, *at, end);
			if (bytes->last == *at)
				return RUN_ASKS;
			if (prior_reserve(&stage->prior, mem, bytes->last - *at) < 0)
				return LAFZ_ERR_MEMORY;
		}
		const struct lines_stretch *const stretch = stretch_of(stage->words, *at);
		stage->script = stretch->script;
		if (stage->script == RUN_ARAB)
			settle_bytes(stage, bytes, lines, at, stretch->last, RUN_ARAB);
		else
			settle_bytes(stage, bytes, lines, at, stretch->last, RUN_LATN);
		if (*at < stretch->last)
			return RUN_ASKS;
	}
	return LAFZ_OK;
}

#endif
