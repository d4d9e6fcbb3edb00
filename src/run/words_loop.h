/*
 * The words of a segment by itself, and whether they are all their leader's; written once and compiled for each kind of processor like
 * lines_loop.h.
 */
#ifndef LAFZ_RUN_WORDS_LOOP_H
#define LAFZ_RUN_WORDS_LOOP_H

#include <stdbool.h>

#include "run/alone.h"
#include "run/lattice.h"
#include "run/leader.h"
#include "run/lines_costs.h"
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
	size_t next;    /* the piece behind the last word, if that is a head */
	bool has_heads; /* some words so far are heads */
};

/* A head and the word right behind it are seen together: of the words that were added last, and the one before them. */
static inline void see_heads(struct row *row, const struct evidence *evidence, struct lines_words *words, size_t end)
{
	struct path *const path = row->path;
	struct evidence_word *word = path->scores + path->n;
	size_t next = row->next;
	number_pieces(words, row->script, words->first, end, 0);
	for (size_t w = 0; w < words->n; w++, word++) {
		const bool is_behind = words->pieces[w] == next && word > path->scores;
		next = words->pieces[w] + 1;
		if (is_behind && word[-1].behind[EVIDENCE_HEAD])
			evidence_order(evidence, &word[-1], word);
	}
	row->next = next;
	row->has_heads = true;
}

/* The words that are found, with their scores, go to the end of the path. */
static inline void add_to_path(struct row *row, const struct evidence *evidence, struct lines_words *words, size_t end)
{
	struct path *const path = row->path;
	const vectors_pairs sums = vectors_load(words->sums[words->n]);
	memcpy(path->scores + path->n, words->scores, words->n * sizeof *path->scores);
	vectors_store_sums(path->behind, vectors_add(vectors_load_sums(path->behind), vectors_widen(sums)));
	if (row->script == RUN_ARAB && (row->has_heads || sums[EVIDENCE_HEAD] != 0))
		see_heads(row, evidence, words, end);
	path->n += words->n;
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
		sum_scores(words);
		return;
	}
	keep_line_end(words, segment);
	set_stretch(words, 1, script);
	(script == RUN_ARAB ? find_arab_places : find_latn_places)(&evidence->memo, text, words, 0, words->n);
	score_places(evidence, words, text);
}

static_assert(LINES_PIECES % 64 == 0, "what is looked at together begins with a bit of its own");

/* Some pieces at a time, so that there is work between asking the memory for a word and looking at it. */
static inline int find_row(struct row *row, struct lines_words *words, struct evidence *evidence, const struct lafz_allocator *mem)
{
	const struct pieces *const pieces = row->pieces;
	if (path_reserve(row->path, mem, pieces->n) < 0)
		return LAFZ_ERR_MEMORY;
	for (size_t first = 0, end; first < pieces->n; first = end) {
		end = pieces->n - first < LINES_PIECES ? pieces->n : first + LINES_PIECES;
		find_pieces(pieces, first, end, row->script, words);
		if (words->n == 0)
			continue;
		memo_grow(&evidence->memo, mem);
		score_row(evidence, words, row->segment, row->script);
		add_to_path(row, evidence, words, end);
	}
	if (row->has_heads)
		path_sum(row->path);
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

static int find_rows(struct path paths[RUN_SCRIPTS], struct lines_words *words, struct evidence *evidence,
                            const struct lafz_allocator *mem, const struct segment *segment, const struct pieces *pieces)
{
	const struct found_both found = find_scripts(pieces);
	for (size_t s = 0; s < RUN_SCRIPTS; s++) {
		struct row row = {.path = &paths[s], .segment = segment, .pieces = pieces, .script = s};
		paths[s].n = 0;
		memset(paths[s].behind, 0, sizeof paths[s].behind);
		if ((s == RUN_ARAB ? found.arab : found.own) != 0 && find_row(&row, words, evidence, mem) < 0)
			return LAFZ_ERR_MEMORY;
	}
	return found.others != 0;
}

/* What switches cost before the words that find_rows found. */
static void find_costs(struct path *path, struct lines_words *words, const struct segment *segment, const struct pieces *pieces,
                              size_t script)
{
	const struct costs_source source = {segment, pieces, 0, script};
	size_t next = 0, n = 0;
	for (size_t first = 0, end; first < pieces->n; first = end) {
		end = pieces->n - first < LINES_PIECES ? pieces->n : first + LINES_PIECES;
		find_pieces(pieces, first, end, script, words);
		next = costs_set(&source, words, first, end, next, path->costs + n, words->n);
		n += words->n;
	}
}

/* ---- The leader ---- */

static inline struct alone begin_alone(const struct path *path)
{
	const uint32_t leader = (uint32_t)path->leader;
	return alone_begin(leader, vectors_load(path->start), (uint16_t)path->start[leader], leader_blocked(path) | vectors_only(leader),
	                   path->scores[0].behind);
}

static bool is_alone(const struct path *path)
{
	return alone_by(begin_alone(path), path->scores, path->costs, path->n);
}

static void begin_path(struct path *path, struct prior *prior, size_t script, const struct prior_fixed *fixed,
                       const uint16_t more[STATES])
{
	const uint8_t least = words_costs[script][PLACES - 1];
	vectors_store(path->start, prior_start(prior, script, fixed) + vectors_load(more));
	leader_find(path);
	/* one other state has no more of all words than the leader: all that more than one gain, and start ahead */
	const uint32_t ahead = (uint32_t)path->start[path->leader];
	const uint32_t gains = path->behind[path->leader] + (ahead > PATH_EDGE ? ahead - PATH_EDGE : 0);
	path->is_uniform = !path->has_lattice && (path->lead == INT64_MAX || gains < least || alone_at(begin_alone(path), path->scores, least, path->n));
}

#define WORDS_KERNEL                                                                                                              \
	{                                                                                                                         \
		.find = find_rows, .begin = begin_path, .find_costs = find_costs, .is_alone = is_alone,                           \
		.find_in_lattice = lattice_find                                                                                   \
	}

#endif
