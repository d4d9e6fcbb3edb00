#include "norm/fold.h"

#include "gen/folds.h"
#include "lang.h"
#include "norm/forms.h"
#include "norm/places.h"
#include "unicode/ucd.h"

/* A word on its way through one phase. */
struct walk {
	const struct fold_table *table;
	const uint32_t *in;
	size_t n;
	struct places places; /* in in */
	uint32_t *out;
	size_t m;
	uint32_t before;            /* the letter before, already folded; 0: none */
	size_t skip_from, skip_end; /* the last question to skip_marks and its answer */
	struct trace *trace;
};

/* Where the characters of a row's source stand in the word. */
struct match {
	size_t at[FOLD_MOST];
};

const struct fold_table *fold_table(uint16_t lang)
{
	return &fold_tables[lang < LANG_COUNT ? fold_table_index[lang] : 0];
}

const char *fold_name(const struct fold_table *table, const struct fold_row *row)
{
	return table->names[row->name];
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
	uint32_t letters[FOLD_ENDING] = {last}; /* backwards */
	size_t n = 1;
	for (size_t k = walk->m; k > 0 && n < FOLD_ENDING; k--) {
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

/*
 * The first character from i on that is neither mark nor tatweel. Remembers its last answer, so
 * that a row for a mark is linear in a row of marks.
 */
static size_t skip_marks(struct walk *walk, size_t i)
{
	if (i >= walk->skip_from && i <= walk->skip_end)
		return walk->skip_end;
	size_t end = i;
	while (end < walk->n && (places_is_mark(walk->in[end]) || walk->in[end] == PLACES_TATWEEL))
		end++;
	walk->skip_from = i;
	walk->skip_end = end;
	return end;
}

static bool is_before(struct walk *walk, size_t i, size_t set)
{
	i = skip_marks(walk, i);
	return i < walk->n && in_set(walk, set, walk->in[i]);
}

static bool context_fits(const struct fold_row *row, struct walk *walk, const struct match *match)
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

static const struct fold_row *find_row(struct walk *walk, enum fold_phase phase, size_t i,
                                       struct match *match)
{
	const uint32_t cp = walk->in[i];
	for (size_t k = walk->table->begins[phase]; k < walk->table->begins[phase + 1]; k++) {
		const struct fold_row *row = &walk->table->rows[k];
		if (row->from[0] == cp && !(row->context & FOLD_OFF) &&
		    source_fits(row, walk, i, match) && context_fits(row, walk, match))
			return row;
	}
	return NULL;
}

/* Appends a character that stands for the one at i of the source. */
static inline void put(struct walk *walk, uint32_t cp, size_t i)
{
	if (walk->trace)
		walk->trace->alt_at[walk->m] = walk->trace->at[i];
	walk->out[walk->m++] = cp;
	if (places_is_letter(cp))
		walk->before = cp;
}

static bool stays(const struct fold_row *row)
{
	return row->n_from == row->n_to && row->from[0] == row->to[0] &&
	       row->from[1] == row->to[1] && row->from[2] == row->to[2];
}

/* Writes what a row makes of the word at i. Returns the last character it has used. */
static size_t act(struct walk *walk, const struct fold_row *row, const struct match *match)
{
	const size_t begin = match->at[0], end = match->at[row->n_from - 1];
	for (size_t k = 0; k < row->n_to; k++)
		put(walk, row->to[k], begin);
	/* What stood between the characters of the source stays behind the target. */
	size_t k = 1;
	for (size_t i = begin + 1; i <= end; i++) {
		if (i == match->at[k])
			k++;
		else
			put(walk, walk->in[i], i);
	}
	if (walk->trace) {
		trace_join(walk->trace, begin, end);
		trace_touch(walk->trace, begin, TRACE_FOLDS + row->name);
	}
	return end;
}

static inline bool may_begin(const struct fold_table *table, uint32_t cp)
{
	return cp >> 8 != 6 || (table->hints[cp & 255] & FOLD_HINT_SOURCE);
}

bool fold_may_act(const struct fold_table *table, enum fold_phase phase, const uint32_t *in, size_t n)
{
	const size_t begin = table->begins[phase], end = table->begins[phase + 1];
	for (size_t i = 0; i < n && begin < end; i++) {
		if (!may_begin(table, in[i]))
			continue;
		for (size_t k = begin; k < end; k++) {
			if (table->rows[k].from[0] == in[i])
				return true;
		}
	}
	return false;
}

size_t fold_apply(const struct fold_table *table, enum fold_phase phase, const uint32_t *in,
                  size_t n, uint32_t *out, struct trace *trace, bool *acted)
{
	struct walk walk = {
		.table = table,
		.in = in,
		.n = n,
		.places = places_find(in, n),
		.out = out,
		.skip_from = SIZE_MAX,
		.trace = trace,
	};
	struct match match = {{0}};
	for (size_t i = 0; i < n; i++) {
		const struct fold_row *const row = may_begin(table, in[i])
		                                           ? find_row(&walk, phase, i, &match)
		                                           : NULL;
		if (!row || stays(row)) {
			put(&walk, in[i], i);
			continue;
		}
		i = act(&walk, row, &match);
		*acted = true;
	}
	return walk.m;
}

uint32_t fold_last(const struct fold_table *table, uint32_t *word, size_t n)
{
	struct match match = {{0}};
	struct walk walk = {
		.table = table,
		.in = word,
		.n = n,
		.places = places_find(word, n),
		.out = word,
		.m = n - 1,
		.before = n > 1 ? word[n - 2] : 0,
		.skip_from = SIZE_MAX,
	};
	const struct fold_row *const row = find_row(&walk, FOLD_LETTER, n - 1, &match);
	return row ? row->to[0] : word[n - 1];
}

uint32_t fold_joined(const struct fold_table *table, uint32_t cp)
{
	for (size_t k = table->begins[FOLD_JOINER]; k < table->begins[FOLD_JOINER + 1]; k++) {
		const struct fold_row *const row = &table->rows[k];
		if (row->from[0] == cp && row->n_from == 2 && row->from[1] == PLACES_ZWNJ && row->context == 0 && row->n_to == 1)
			return row->to[0];
	}
	return 0;
}

uint32_t fold_by_place(const struct fold_table *table, uint32_t cp, const struct fold_place *place)
{
	const struct match match = {{place->at}};
	struct walk walk = {.table = table, .places = {place->first, place->last}, .before = place->before};
	for (size_t k = table->begins[FOLD_LETTER]; k < table->begins[FOLD_LETTER + 1]; k++) {
		const struct fold_row *const row = &table->rows[k];
		if (row->from[0] == cp && !(row->context & FOLD_OFF) && context_fits(row, &walk, &match))
			return row->to[0];
	}
	return cp;
}

/* ---- Tables made at run time ---- */

enum fold_phase fold_phase(const uint16_t *from, size_t n)
{
	if (n == 1)
		return forms_is_form(from[0]) ? FOLD_FORM : FOLD_LETTER;
	for (size_t i = 0; i < n; i++) {
		if (from[i] == PLACES_TATWEEL || from[i] == PLACES_ZWNJ)
			return FOLD_JOINER;
	}
	return FOLD_SEQUENCE;
}

/*
 * A letter that becomes another one of the block wherever it stands, so that looking at bytes is
 * enough.
 */
static bool is_simple(const struct fold_row *row)
{
	return row->n_from == 1 && row->n_to == 1 && row->context == 0 && row->from[0] >> 8 == 6 &&
	       row->to[0] >> 8 == 6;
}

/* A row that acts on one letter, if it is the last one. */
static bool is_of_last(const struct fold_row *row)
{
	return row->n_from == 1 && (row->context & FOLD_LAST) != 0;
}

static bool joins(uint32_t cp)
{
	return ucd_get(cp)->joining == UCD_JOINING_D && places_is_letter(cp);
}

/* One letter of the block for another that joins as it does, by its place among letters. */
static bool is_by_place(const struct fold_row *row)
{
	const unsigned places = FOLD_FIRST | FOLD_LAST | FOLD_NOT_FIRST | FOLD_NOT_LAST | FOLD_NOT_ALONE | FOLD_AFTER | FOLD_NOT_AFTER;
	return row->n_from == 1 && row->n_to == 1 && !(row->context & ~places) && row->from[0] >> 8 == 6 && row->to[0] >> 8 == 6 &&
	       places_is_letter(row->from[0]) && places_is_letter(row->to[0]) && joins(row->from[0]) == joins(row->to[0]);
}

static uint8_t hint_of(const struct fold_table *table, uint32_t cp)
{
	uint8_t hint = cp == PLACES_TATWEEL || cp == 0x061C || (cp >= 0x0653 && cp <= 0x0655)
	                       ? FOLD_HINT_LOOK
	                       : 0;
	uint32_t becomes = cp;
	bool is_anywhere = hint != 0, is_place = hint == 0;
	for (size_t i = 0; i < table->begins[FOLD_PHASES]; i++) {
		const struct fold_row *const row = &table->rows[i];
		if (row->context & FOLD_OFF)
			continue;
		if (row->from[0] == cp)
			hint |= FOLD_HINT_SOURCE;
		if (is_simple(row) && row->from[0] == cp) {
			if (!(hint & FOLD_HINT_SIMPLE))
				becomes = row->to[0];
			hint |= FOLD_HINT_SIMPLE;
			is_place = false;
		} else if (!is_simple(row) && row->from[row->n_from - 1] == cp) {
			hint |= FOLD_HINT_LOOK;
			is_anywhere |= !is_of_last(row);
			is_place &= is_by_place(row);
		}
	}
	if (hint & FOLD_HINT_LOOK)
		hint &= (uint8_t)~FOLD_HINT_SIMPLE;
	if (ucd_get(cp)->ccc > 0)
		hint |= FOLD_HINT_MARK;
	if (joins(becomes))
		hint |= FOLD_HINT_JOINS;
	if (hint & FOLD_HINT_LOOK && is_place)
		hint |= FOLD_HINT_PLACE;
	if (places_is_letter(cp))
		hint |= FOLD_HINT_LETTER | (hint & FOLD_HINT_LOOK && !is_anywhere ? FOLD_HINT_LAST : 0);
	return hint;
}

static uint8_t calm_of(const uint8_t *hints, uint32_t pair)
{
	if ((pair & 0xC0) != 0x80)
		return FOLD_RESTLESS;
	const uint8_t hint = hints[(pair >> 2 & 0xC0) | (pair & 0x3F)];
	if (hint & (FOLD_HINT_LOOK | FOLD_HINT_SIMPLE))
		return FOLD_RESTLESS;
	return hint & FOLD_HINT_MARK ? FOLD_CALM_MARK : FOLD_CALM;
}

void fold_hints_of(struct fold_table *table, uint8_t *hints, uint8_t *calm)
{
	for (uint32_t i = 0; i < 256; i++)
		hints[i] = hint_of(table, 0x600 + i);
	for (uint32_t pair = 0; pair < FOLD_PAIRS; pair++)
		calm[pair] = calm_of(hints, pair);
	table->hints = hints;
	table->calm = calm;
	table->is_wide = false;
	for (size_t i = table->begins[FOLD_FORM + 1]; i < table->begins[FOLD_PHASES]; i++) {
		const struct fold_row *const row = &table->rows[i];
		if (!(row->context & FOLD_OFF) && row->from[row->n_from - 1] >> 8 != 6)
			table->is_wide = true;
	}
}
