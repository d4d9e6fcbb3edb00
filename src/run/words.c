#include "run/words.h"

#include <stdbool.h>

#include "run/place.h"
#include "unicode/ucd.h"

/* What a switch costs there, in units of the evidence. */
static const uint8_t costs[RUN_SCRIPTS][PLACES] = {
	[RUN_ARAB] = {24, 18, 16, 13, 8},
	[RUN_LATN] = {60, 40, 35, 30, 24},
};

/* Words of one script while they are found. */
struct row {
	struct path *path;
	const uint8_t *costs;
	uint8_t script; /* enum ucd_script */
	uint8_t number; /* enum run_script */
	uint8_t cost;   /* of a switch before the next word: the least since the last one */
};

static void pass_place(struct row *row, enum place place)
{
	const uint8_t cost = row->costs[place];
	row->cost = cost < row->cost ? cost : row->cost;
}

/* A head and the word right behind it are seen together. */
static void see_heads(const struct evidence *evidence, struct path_word *word,
                      const struct path_word *end)
{
	for (; word + 1 < end; word++)
		if (word->word.is_head)
			evidence_order(evidence, &word->word, &word[1].word);
}

/* The pieces that are left, and the place of the next word. */
struct cursor {
	const struct piece *piece, *end;
	struct path_word *word;
	uint8_t heads;
};

/*
 * Words of one script that the memo has, up to a piece that is none of them. All that is done for
 * most words is in this loop, which calls nothing, so that all it needs stays in registers.
 */
static struct cursor add_known(struct cursor at, const struct memo *from, const char *text,
                               uint32_t safe, const struct row *row)
{
	const struct memo memo = *from;
	const size_t script = row->number;
	const uint8_t own = row->script, inside = row->costs[PLACE_INSIDE];
	for (; at.piece < at.end && place_is_word(at.piece, own); at.piece++, at.word++) {
		const uint32_t start = at.piece->start;
		const size_t len = at.piece->end - start;
		if (len > MEMO_SHORT || start >= safe)
			break;
		const struct evidence_word *const found = memo_hit(&memo, script, text + start, len);
		if (!found)
			break;
		at.word->word = *found;
		at.word->cost = inside;
		at.heads |= found->is_head;
	}
	return at;
}

/*
 * Words of one script from a piece on, up to a piece that is none; returns it. There is room for
 * them.
 */
static const struct piece *add_words(const struct row *row, struct evidence *evidence,
                                     const struct segment *segment, const struct piece *piece,
                                     const struct piece *end)
{
	const uint32_t limit = segment->readable > segment->end ? segment->readable : segment->end;
	const uint32_t safe = limit < MEMO_SHORT ? 0 : limit - MEMO_SHORT + 1;
	struct path_word *const first = row->path->words + row->path->n;
	struct cursor at = {.piece = piece, .end = end, .word = first};
	for (;;) {
		at = add_known(at, &evidence->memo, segment->text, safe, row);
		if (at.piece == end || !place_is_word(at.piece, row->script))
			break;
		at.word->word = *evidence_find(evidence, row->number, segment->text + at.piece->start,
		                               at.piece->end - at.piece->start);
		at.word->cost = row->costs[PLACE_INSIDE];
		at.heads |= at.word->word.is_head;
		at.piece++;
		at.word++;
	}
	first->cost = row->cost;
	if (at.heads)
		see_heads(evidence, first, at.word);
	row->path->n += (size_t)(at.word - first);
	return at.piece;
}

static void begin(struct row *row, struct path *path, enum run_script number)
{
	path->n = 0;
	path->cheapest = costs[number][PLACE_INSIDE];
	row->path = path;
	row->costs = costs[number];
	row->script = number == RUN_ARAB ? UCD_SCRIPT_ARAB : UCD_SCRIPT_LATN;
	row->number = (uint8_t)number;
	row->cost = costs[number][PLACE_INSIDE];
}

int words_find(struct path paths[RUN_SCRIPTS], struct evidence *evidence,
               const struct lafz_allocator *mem, const struct segment *segment,
               const struct pieces *pieces)
{
	struct row arab, latn;
	int has_others = 0;
	begin(&arab, &paths[RUN_ARAB], RUN_ARAB);
	begin(&latn, &paths[RUN_LATN], RUN_LATN);
	const struct piece *const end = pieces->ptr + pieces->n;
	for (const struct piece *piece = pieces->ptr; piece < end;) {
		const bool is_arab = place_is_word(piece, UCD_SCRIPT_ARAB);
		if (!is_arab && !place_is_word(piece, UCD_SCRIPT_LATN)) {
			const enum place across = place_across(segment, pieces,
			                                       (size_t)(piece - pieces->ptr));
			pass_place(&arab, across);
			pass_place(&latn, across);
			has_others |= across == PLACE_SCRIPT;
			piece++;
			continue;
		}
		struct row *const row = is_arab ? &arab : &latn;
		struct path *const path = row->path;
		if (path->n == 0 && path_reserve(path, mem, (size_t)(end - piece)) < 0)
			return LAFZ_ERR_MEMORY;
		if (path->n > 0 && row->cost < path->cheapest)
			path->cheapest = row->cost;
		piece = add_words(row, evidence, segment, piece, end);
		row->cost = row->costs[PLACE_INSIDE];
		pass_place(is_arab ? &latn : &arab, PLACE_SCRIPT);
	}
	return has_others;
}
