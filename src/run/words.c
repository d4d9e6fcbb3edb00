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

/* A head and the word right behind it are seen together. */
static void see_heads(const struct evidence *evidence, struct path_word *word,
                      const struct path_word *end)
{
	for (; word + 1 < end; word++)
		if (word->word.is_head)
			evidence_order(evidence, &word->word, &word[1].word);
}

/*
 * Words of one script from a piece on, up to a piece that is none; returns it. There is room for
 * them.
 */
static const struct piece *add_stretch(struct row *row, struct evidence *evidence,
                                       const struct segment *segment, const struct pieces *pieces,
                                       const struct piece *piece)
{
	const uint32_t limit = segment->readable > segment->end ? segment->readable : segment->end;
	const uint32_t safe = limit < MEMO_SHORT ? 0 : limit - MEMO_SHORT + 1;
	const struct piece *const end = pieces->ptr + pieces->n;
	const uint8_t script = row->script, inside = row->costs[PLACE_INSIDE];
	const struct memo memo = evidence->memo;
	const char *const text = segment->text;
	const size_t run_script = row->number;
	struct path *const path = row->path;
	struct path_word *const first = path->words + path->n, *word = first;
	uint8_t heads = 0;
	if (path->n > 0 && row->cost < path->cheapest)
		path->cheapest = row->cost;
	for (; piece < end && place_is_word(piece, script); piece++, word++) {
		const uint32_t start = piece->start;
		const size_t len = piece->end - start;
		const struct evidence_word *found = NULL;
		if (len <= MEMO_SHORT && start < safe)
			found = memo_hit(&memo, run_script, text + start, len);
		if (!found)
			found = evidence_find(evidence, run_script, text + start, len);
		word->word = *found;
		word->cost = inside;
		heads |= found->is_head;
	}
	first->cost = row->cost;
	row->cost = inside;
	if (heads)
		see_heads(evidence, first, word);
	path->n = (size_t)(word - path->words);
	return piece;
}

static void pass_place(struct row *row, enum place place)
{
	const uint8_t cost = row->costs[place];
	row->cost = cost < row->cost ? cost : row->cost;
}

static void begin(struct row *row, struct path *path, enum run_script number)
{
	path->n = 0;
	path->cheapest = costs[number][PLACE_INSIDE];
	*row = (struct row){
		.path = path,
		.costs = costs[number],
		.script = number == RUN_ARAB ? UCD_SCRIPT_ARAB : UCD_SCRIPT_LATN,
		.number = (uint8_t)number,
		.cost = costs[number][PLACE_INSIDE],
	};
}

int words_find(struct path paths[RUN_SCRIPTS], struct evidence *evidence,
               const struct lafz_allocator *mem, const struct segment *segment,
               const struct pieces *pieces)
{
	struct row arab, latn;
	int has_others = 0;
	begin(&arab, &paths[RUN_ARAB], RUN_ARAB);
	begin(&latn, &paths[RUN_LATN], RUN_LATN);
	const struct piece *piece = pieces->ptr;
	const struct piece *const end = piece + pieces->n;
	while (piece < end) {
		const bool is_arab = place_is_word(piece, UCD_SCRIPT_ARAB);
		if (!is_arab && !place_is_word(piece, UCD_SCRIPT_LATN)) {
			const enum place across =
				place_across(segment, pieces, (size_t)(piece - pieces->ptr));
			pass_place(&arab, across);
			pass_place(&latn, across);
			has_others |= across == PLACE_SCRIPT;
			piece++;
			continue;
		}
		struct row *const row = is_arab ? &arab : &latn;
		if (row->path->n == 0 && path_reserve(row->path, mem, (size_t)(end - piece)) < 0)
			return LAFZ_ERR_MEMORY;
		piece = add_stretch(row, evidence, segment, pieces, piece);
		pass_place(is_arab ? &latn : &arab, PLACE_SCRIPT);
	}
	return has_others;
}
