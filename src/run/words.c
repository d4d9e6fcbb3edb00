#include "run/words.h"

#include <stdbool.h>

#include "run/place.h"
#include "unicode/ucd.h"

const uint8_t words_costs[RUN_SCRIPTS][PLACES] = {
	[RUN_ARAB] = {24, 18, 16, 13, 8},
	[RUN_LATN] = {40, 36, 33, 28, 18},
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
		if (word->word.behind[EVIDENCE_HEAD])
			evidence_order(evidence, &word->word, &word[1].word);
}

/* The word at text. Most are in the memo, and MEMO_READ bytes can be read (is_safe). */
static inline const struct evidence_word *look_up(struct evidence *evidence, size_t script,
                                                  const char *text, size_t len, bool is_safe)
{
	const struct evidence_word *const found =
		is_safe ? memo_get(&evidence->memo, memo_key_quick(script, text, len)) : NULL;
	return found ? found : evidence_find(evidence, script, text, len);
}

/*
 * Words of one script from piece i on, up to a piece that is none; returns it. There is room for
 * them.
 */
static size_t add_words(const struct row *row, struct evidence *evidence,
                        const struct segment *segment, const struct pieces *pieces, size_t i)
{
	const uint32_t limit = segment->readable > segment->end ? segment->readable : segment->end;
	const uint32_t safe = limit < MEMO_READ ? 0 : limit - MEMO_READ + 1;
	struct path_word *const first = row->path->words + row->path->n;
	struct path_word *word = first;
	uint8_t heads = 0;
	for (; i < pieces->n && place_is_word(pieces, i, row->script); i++, word++) {
		const uint32_t start = pieces->start[i];
		word->word = *look_up(evidence, row->number, segment->text + start,
		                      pieces->end[i] - start, start < safe);
		word->cost = row->costs[PLACE_INSIDE];
		heads |= word->word.behind[EVIDENCE_HEAD];
	}
	first->cost = row->cost;
	if (row->number == RUN_ARAB && heads)
		see_heads(evidence, first, word);
	row->path->n += (size_t)(word - first);
	return i;
}

static void begin(struct row *row, struct path *path, enum run_script number)
{
	path->n = 0;
	path->cheapest = words_costs[number][PLACE_INSIDE];
	row->path = path;
	row->costs = words_costs[number];
	row->script = number == RUN_ARAB ? UCD_SCRIPT_ARAB : UCD_SCRIPT_LATN;
	row->number = (uint8_t)number;
	row->cost = words_costs[number][PLACE_INSIDE];
}

int words_find(struct path paths[RUN_SCRIPTS], struct evidence *evidence,
               const struct lafz_allocator *mem, const struct segment *segment,
               const struct pieces *pieces)
{
	struct row arab, latn;
	int has_others = 0;
	begin(&arab, &paths[RUN_ARAB], RUN_ARAB);
	begin(&latn, &paths[RUN_LATN], RUN_LATN);
	for (size_t i = 0; i < pieces->n;) {
		const bool is_arab = place_is_word(pieces, i, UCD_SCRIPT_ARAB);
		if (!is_arab && !place_is_word(pieces, i, UCD_SCRIPT_LATN)) {
			const enum place across = place_across(segment, pieces, i);
			pass_place(&arab, across);
			pass_place(&latn, across);
			has_others |= across == PLACE_SCRIPT;
			i++;
			continue;
		}
		struct row *const row = is_arab ? &arab : &latn;
		struct path *const path = row->path;
		if (path->n == 0 && path_reserve(path, mem, pieces->n - i) < 0)
			return LAFZ_ERR_MEMORY;
		if (path->n > 0 && row->cost < path->cheapest)
			path->cheapest = row->cost;
		i = add_words(row, evidence, segment, pieces, i);
		row->cost = row->costs[PLACE_INSIDE];
		pass_place(is_arab ? &latn : &arab, PLACE_SCRIPT);
	}
	return has_others;
}
