/*
 * The words of a segment by itself, and whether they are all their leader's; written once and compiled for each kind of processor like
 * lines_loop.h.
 */
#ifndef LAFZ_RUN_WORDS_LOOP_H
#define LAFZ_RUN_WORDS_LOOP_H

#include <stdbool.h>

#include "run/alone.h"
#include "run/lines_scores.h"
#include "run/path.h"
#include "run/place.h"
#include "run/words.h"

/* ---- Words ---- */

/* Words of one script while they are found. */
struct row {
	struct path *path;
	const struct segment *segment;
	const struct pieces *pieces;
	size_t script;
	size_t next; /* the piece behind the last word */
};

/* What a switch costs that has some pieces between its words. */
static inline uint8_t cost_across(const struct row *row, size_t first, size_t end)
{
	const uint8_t *const costs = words_costs[row->script];
	uint8_t least = costs[PLACE_INSIDE];
	for (size_t i = first; i < end; i++) {
		const uint8_t cost = costs[place_across(row->segment, row->pieces, i)];
		least = cost < least ? cost : least;
	}
	return least;
}

/* The words that are found, with their scores, go to the end of the path. A head and the word right behind it are seen together. */
static inline void add_to_path(struct row *row, const struct evidence *evidence, const struct lines_words *words)
{
	struct path *const path = row->path;
	for (size_t w = 0; w < words->n; w++) {
		struct path_word *const word = &path->words[path->n];
		const bool is_first = path->n++ == 0;
		const size_t piece = words->pieces[w], next = row->next;
		row->next = piece + 1;
		memcpy(&word->word, words->scores[w], sizeof word->word);
		word->cost = words_costs[row->script][PLACE_INSIDE];
		if (is_first)
			continue;
		if (piece != next) {
			word->cost = cost_across(row, next, piece);
			path->cheapest = word->cost < path->cheapest ? word->cost : path->cheapest;
		} else if (row->script == RUN_ARAB && word[-1].word.behind[EVIDENCE_HEAD]) {
			evidence_order(evidence, &word[-1].word, &word->word);
		}
	}
}

/* What the words are behind that are found, all of one script. */
__attribute__((noinline)) static void score_row(struct evidence *evidence, struct lines_words *words, const struct segment *segment,
                                                size_t script)
{
	const char *const text = segment->text;
	if (evidence->is_uncached) {
		for (size_t w = 0; w < words->n; w++) {
			const uint32_t start = words->starts[w];
			memcpy(words->scores[w], evidence_find(evidence, script, text + start, words->ends[w] - start), MEMO_VALUE);
		}
		return;
	}
	keep_line_end(words, segment);
	set_stretch(words, 1, script);
	(script == RUN_ARAB ? find_arab_places : find_latn_places)(&evidence->memo, text, words, 0, words->n);
	score_places(evidence, words, text);
}

/* Some pieces at a time, so that there is work between asking the memory for a word and looking at it. */
static inline int find_row(struct row *row, struct lines_words *words, struct evidence *evidence, const struct lafz_allocator *mem)
{
	const struct pieces *const pieces = row->pieces;
	if (path_reserve(row->path, mem, pieces->n) < 0)
		return LAFZ_ERR_MEMORY;
	for (size_t first = 0, end; first < pieces->n; first = end) {
		end = pieces->n - first < LINES_WORDS ? pieces->n : first + LINES_WORDS;
		find_pieces(pieces, first, end, row->script, words);
		if (words->n == 0)
			continue;
		number_pieces(words, first, end, 0);
		memo_grow(&evidence->memo, mem);
		score_row(evidence, words, row->segment, row->script);
		add_to_path(row, evidence, words);
	}
	return LAFZ_OK;
}

/* Which words there are among all pieces, a bit for each of 64 of them. */
static inline struct found_both find_scripts(const struct pieces *pieces)
{
	struct found_both all = {0};
	for (size_t i = 0; i < pieces->n; i += 64) {
		const struct found_both some = find_64_of_both(pieces, i, pieces->n);
		all.own |= some.own & ~some.arab;
		all.arab |= some.arab;
		all.others |= some.others;
	}
	return all;
}

static inline int find_rows(struct path paths[RUN_SCRIPTS], struct lines_words *words, struct evidence *evidence,
                            const struct lafz_allocator *mem, const struct segment *segment, const struct pieces *pieces)
{
	const struct found_both found = find_scripts(pieces);
	for (size_t s = 0; s < RUN_SCRIPTS; s++) {
		struct row row = {.path = &paths[s], .segment = segment, .pieces = pieces, .script = s};
		paths[s].n = 0;
		paths[s].cheapest = words_costs[s][PLACE_INSIDE];
		if ((s == RUN_ARAB ? found.arab : found.own) != 0 && find_row(&row, words, evidence, mem) < 0)
			return LAFZ_ERR_MEMORY;
	}
	return found.others != 0;
}

/* ---- The leader ---- */

static inline bool is_alone(const struct path *path)
{
	const struct path_word *const words = path->words;
	const vectors_pairs is_blocked = (vectors_pairs)(vectors_load(path->blocked) != 0);
	const uint32_t leader = (uint32_t)path->leader;
	struct alone alone = alone_begin(leader, vectors_load(path->start), (uint16_t)path->start[leader], is_blocked | vectors_only(leader),
	                                 words[0].word.behind);
	for (size_t w = 1; w < path->n; w++)
		if (!alone_go_on(&alone, words[w].word.behind, words[w].cost))
			return false;
	return alone_to_end(&alone);
}

#endif
