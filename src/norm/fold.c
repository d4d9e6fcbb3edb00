#include "norm/fold.h"

#include <stdbool.h>

#include "gen/folds.h"
#include "lang.h"
#include "norm/places.h"

#define LONGEST_ENDING 8 /* letters of the word's end that are compared */

/* A word on its way through one phase. */
struct walk {
	const struct fold_table *table;
	const uint32_t *in;
	size_t n;
	struct places places; /* in in */
	uint32_t *out;
	size_t m;
	uint32_t before; /* the letter before, already folded; 0: none */
};

/* Where the characters of a row's source stand in the word. */
struct match {
	size_t at[FOLD_MOST];
};

const struct fold_table *fold_table(uint16_t lang)
{
	return &fold_tables[lang < LANG_COUNT ? fold_table_index[lang] : 0];
}

const char *fold_name(const struct fold_row *row)
{
	return fold_names[row->name];
}

size_t fold_alphabet(uint16_t lang, const uint16_t **cps)
{
	const size_t at = lang < LANG_COUNT ? fold_alphabets[lang] : 0;
	*cps = fold_pool + at + 1;
	return fold_pool[at];
}

uint32_t fold_simple(const struct fold_table *table, uint32_t cp)
{
	for (size_t i = table->begins[FOLD_LETTER]; i < table->begins[FOLD_LETTER + 1]; i++) {
		const struct fold_row *row = &table->rows[i];
		if (row->from[0] == cp && !(row->context & FOLD_OFF))
			return row->to[0];
	}
	return cp;
}

const struct fold_row *fold_form(const struct fold_table *table, uint32_t cp)
{
	for (size_t i = table->begins[FOLD_FORM]; i < table->begins[FOLD_FORM + 1]; i++) {
		const struct fold_row *row = &table->rows[i];
		if (row->from[0] == cp && !(row->context & FOLD_OFF))
			return row;
	}
	return NULL;
}

/* A list in a pool begins with its length. */
static bool in_set(const struct walk *walk, size_t set, uint32_t cp)
{
	const uint16_t *const list = walk->table->pool + set;
	for (size_t i = 1; i <= list[0]; i++) {
		if (list[i] == cp)
			return true;
	}
	return false;
}

/* The place of want behind at, n if it is not there. A mark may stand behind marks of a lower class, as in NFC. */
static size_t find_next(const struct walk *walk, size_t at, uint32_t want)
{
	const uint8_t ccc = ucd_get(want)->ccc;
	const bool is_joiner = want == PLACES_TATWEEL || want == PLACES_ZWNJ;
	for (size_t i = at + 1; i < walk->n; i++) {
		const uint32_t cp = walk->in[i];
		if (cp == want)
			return i;
		const uint8_t between = ucd_get(cp)->ccc;
		const bool may_pass = is_joiner ? places_is_mark(cp) : between > 0 && between < ccc;
		if (!may_pass)
			break;
	}
	return walk->n;
}

static bool source_fits(const struct fold_row *row, const struct walk *walk, size_t i,
                        struct match *match)
{
	match->at[0] = i;
	for (size_t k = 1; k < row->n_from; k++) {
		match->at[k] = find_next(walk, match->at[k - 1], row->from[k]);
		if (match->at[k] == walk->n)
			return false;
	}
	return true;
}

static bool word_has(const struct walk *walk, size_t i, size_t set)
{
	for (size_t k = 0; k < walk->m; k++) {
		if (in_set(walk, set, walk->out[k]))
			return true;
	}
	for (size_t k = i; k < walk->n; k++) {
		if (in_set(walk, set, walk->in[k]))
			return true;
	}
	return false;
}

static bool has_marks(const struct walk *walk)
{
	for (size_t k = 0; k < walk->n; k++) {
		if (places_is_mark(walk->in[k]))
			return true;
	}
	return false;
}

/* Whether the word, which ends with the letter last and has all before it in out, ends in one of the endings. */
static bool ends_in(const struct walk *walk, uint32_t last, size_t ends)
{
	uint32_t letters[LONGEST_ENDING] = {last}; /* backwards */
	size_t n = 1;
	for (size_t k = walk->m; k > 0 && n < LONGEST_ENDING; k--) {
		if (places_is_letter(walk->out[k - 1]))
			letters[n++] = walk->out[k - 1];
	}
	const uint16_t *item = walk->table->pool + ends + 1;
	const uint16_t *const end = item + item[-1];
	for (; item < end; item += *item + 1) {
		size_t k = 0;
		while (k < *item && k < n && item[*item - k] == letters[k])
			k++;
		if (k == *item)
			return true;
	}
	return false;
}

static bool is_before(const struct walk *walk, size_t i, size_t set)
{
	while (i < walk->n && (places_is_mark(walk->in[i]) || walk->in[i] == PLACES_TATWEEL))
		i++;
	return i < walk->n && in_set(walk, set, walk->in[i]);
}

static bool context_fits(const struct fold_row *row, const struct walk *walk,
                         const struct match *match)
{
	const unsigned context = row->context;
	if (context == 0)
		return true;
	size_t last_letter = match->at[0];
	for (size_t k = 1; k < row->n_from; k++) {
		if (places_is_letter(row->from[k]))
			last_letter = match->at[k];
	}
	const bool first = match->at[0] == walk->places.first;
	const bool last = last_letter == walk->places.last;
	if (((context & FOLD_FIRST) && !first) || ((context & FOLD_LAST) && !last))
		return false;
	if (((context & FOLD_NOT_FIRST) && first) || ((context & FOLD_NOT_LAST) && last))
		return false;
	if ((context & FOLD_NOT_ALONE) && first && last)
		return false;
	if ((context & FOLD_AFTER) && !in_set(walk, row->set, walk->before))
		return false;
	if ((context & FOLD_NOT_AFTER) && in_set(walk, row->set, walk->before))
		return false;
	if ((context & FOLD_BEFORE) && !is_before(walk, match->at[row->n_from - 1] + 1, row->set))
		return false;
	if ((context & FOLD_WORD_HAS) && !word_has(walk, match->at[0], row->set))
		return false;
	if ((context & FOLD_NO_MARKS) && has_marks(walk))
		return false;
	return !(context & FOLD_NOT_ENDING) || !ends_in(walk, row->from[0], row->ends);
}

static const struct fold_row *find_row(const struct walk *walk, enum fold_phase phase, size_t i,
                                       struct match *match)
{
	const uint32_t cp = walk->in[i];
	if (cp >> 8 == 6 && !(walk->table->hints[cp & 255] & FOLD_HINT_SOURCE))
		return NULL;
	for (size_t k = walk->table->begins[phase]; k < walk->table->begins[phase + 1]; k++) {
		const struct fold_row *row = &walk->table->rows[k];
		if (row->from[0] == cp && !(row->context & FOLD_OFF) &&
		    source_fits(row, walk, i, match) && context_fits(row, walk, match))
			return row;
	}
	return NULL;
}

static void put(struct walk *walk, uint32_t cp)
{
	walk->out[walk->m++] = cp;
	if (places_is_letter(cp))
		walk->before = cp;
}

size_t fold_apply(const struct fold_table *table, enum fold_phase phase, const uint32_t *in,
                  size_t n, uint32_t *out)
{
	struct walk walk = {table, in, n, places_find(in, n), out, 0, 0};
	struct match match = {{0}};
	for (size_t i = 0; i < n; i++) {
		const struct fold_row *row = find_row(&walk, phase, i, &match);
		if (!row) {
			put(&walk, in[i]);
			continue;
		}
		for (size_t k = 0; k < row->n_to; k++)
			put(&walk, row->to[k]);
		/* What stood between the characters of the source stays behind the target. */
		size_t k = 1;
		const size_t end = match.at[row->n_from - 1];
		for (i++; i <= end; i++) {
			if (i == match.at[k])
				k++;
			else
				put(&walk, in[i]);
		}
		i = end;
	}
	return walk.m;
}
