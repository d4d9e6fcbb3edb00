/*
 * What easy lines of a language hold: its letters that stay, marks, and ASCII.
 */
#include <string.h>

#include "lang.h"
#include "norm/places.h"
#include "text/easy.h"
#include "text/easy_at.h"
#include "unicode/ucd.h"
#include "word/lists.h"

#define ARABIC_SEMICOLON 0x061B

/* Whether a letter stays, or becomes another one of Arabic script that joins as it does. */
static inline bool is_settled(uint8_t calm, uint8_t hints)
{
	const uint8_t becomes = FOLD_HINT_SIMPLE | FOLD_HINT_JOINS;
	return calm == FOLD_CALM || (hints & becomes) == becomes;
}

static uint8_t kind_of(uint32_t cp, uint8_t calm, uint8_t hints)
{
	const struct ucd_row *const row = ucd_get(cp);
	if (cp == EASY_ARABIC_COMMA || cp == ARABIC_SEMICOLON)
		return EASY_COMMA;
	if (cp == EASY_ARABIC_QUESTION || cp == EASY_URDU_STOP)
		return EASY_STOP;
	if (calm == FOLD_CALM_MARK && row->atom == UCD_ATOM_MARK)
		return EASY_MARK;
	if (!is_settled(calm, hints) || row->atom != UCD_ATOM_LETTER || row->atom_script != UCD_SCRIPT_ARAB ||
	    !(row->atom_flags & ATOM_LETTER) || row->atom_flags & ATOM_CONTROL)
		return 0;
	return EASY_LETTER | (hints & FOLD_HINT_JOINS ? EASY_JOINS : 0);
}

static uint8_t code_of(uint8_t kind, uint8_t becomes)
{
	if (kind & EASY_LETTER && becomes != 0)
		return EASY_CODE_CHANGES;
	if (kind & EASY_LETTER)
		return kind & EASY_JOINS ? EASY_CODE_JOINS : EASY_CODE_LETTER;
	if (kind & EASY_MARK)
		return EASY_CODE_MARK;
	return kind & EASY_COMMA ? EASY_CODE_COMMA_TWO : kind & EASY_STOP ? EASY_CODE_STOP_TWO : EASY_CODE_NONE;
}

/* No two of them have the same lower half. */
static void set_ascii(struct easy_sieve *sieve)
{
	const struct {
		uint8_t byte, kind;
		bool is_there;
	} rows[] = {
		{' ', EASY_SPACE, true},
		{'\n', EASY_END, true},
		{',', EASY_COMMA, true},
		{'?', EASY_STOP, true},
		{'!', EASY_STOP, true},
		{'.', EASY_STOP | EASY_FULL, true},
		{'\'', EASY_JOINS, sieve->has_contractions},
		{'-', EASY_HYPHEN, sieve->has_more || sieve->joins_hyphens},
		{';', EASY_COMMA, sieve->has_more},
		{'"', EASY_QUOTE, sieve->has_more},
	};
	memset(sieve->ascii, 0xFF, sizeof sieve->ascii);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (!rows[i].is_there)
			continue;
		sieve->ascii[rows[i].byte & 15] = rows[i].byte;
		sieve->ascii_kinds[rows[i].byte & 15] = rows[i].kind;
	}
}

/* What common blocks hold: letters and some of the others. */
static void set_common(struct easy_sieve *sieve)
{
	const struct {
		uint8_t kind, ends, follows;
	} rows[] = {
		{EASY_SPACE, EASY_ENDS_SPACE, EASY_ENDS_WORD | EASY_ENDS_COMMA},
		{EASY_END, EASY_ENDS_LINE, EASY_ENDS_WORD | EASY_ENDS_MARK},
		{EASY_COMMA, EASY_ENDS_COMMA, EASY_ENDS_WORD | EASY_ENDS_SPACE},
		{EASY_STOP, EASY_ENDS_STOP, EASY_ENDS_WORD | EASY_ENDS_SPACE},
		{EASY_STOP | EASY_FULL, EASY_ENDS_FULL, EASY_ENDS_WORD | EASY_ENDS_SPACE},
		{EASY_JOINS, EASY_ENDS_INNER, EASY_ENDS_WORD},
	};
	memset(sieve->common_ends, sieve->has_more ? 0 : EASY_ENDS_INNER, sizeof sieve->common_ends);
	if (sieve->joins_hyphens)
		sieve->common_follows['-'] = EASY_ENDS_WORD;
	for (size_t i = 0; i < sizeof sieve->ascii; i++) {
		for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
			if (sieve->ascii[i] >= 0x80 || sieve->ascii_kinds[i] != rows[row].kind)
				continue;
			sieve->common_ends[sieve->ascii[i]] = rows[row].ends;
			sieve->common_follows[sieve->ascii[i]] = rows[row].follows;
		}
	}
	for (unsigned i = 0; i < 26; i++) {
		const uint8_t follows = EASY_ENDS_WORD | EASY_ENDS_INNER | EASY_ENDS_SPACE | EASY_ENDS_LINE;
		sieve->common_ends['A' + i] = sieve->common_ends['a' + i] = EASY_ENDS_LETTER;
		sieve->common_follows['A' + i] = sieve->common_follows['a' + i] = follows;
	}
	sieve->common_ends['X'] = sieve->common_ends['x'] = EASY_ENDS_X;
	sieve->common_follows['D'] &= (uint8_t)~EASY_ENDS_X;
}

/* Words of one letter before an apostrophe, and qu. */
static void set_elided(struct easy_sieve *sieve)
{
	sieve->elided = lists_elided_letters(sieve->lang);
	for (unsigned place = 1; place <= 26; place++)
		if (lists_has_letter(sieve->elided, (char)('a' - 1 + place)))
			sieve->elided_letters[place >> 4][place & 15] = 0x80;
	sieve->elides_qu = lists_is_elided(sieve->lang, "qu", 2);
}

/* The two bytes of a character, by the lower two bits of the first and six of the second. */
static void put_pair(uint8_t *to, unsigned place)
{
	to[0] = easy_place_first(place);
	to[1] = easy_place_second(place);
}

/* What the letter becomes with ZWNJ behind it, wherever they stand, if that is something. */
static void set_last_joined(struct easy_sieve *sieve, const struct fold_table *table, uint32_t cp)
{
	for (size_t i = table->begins[FOLD_JOINER]; i < table->begins[FOLD_JOINER + 1]; i++) {
		const struct fold_row *const row = &table->rows[i];
		if (row->from[0] == cp && row->n_from == 2 && row->from[1] == PLACES_ZWNJ && row->context == 0 && row->n_to == 1)
			put_pair(sieve->last_joined, row->to[0] & 0xFF);
	}
}

/* The letter of Arabic script that stays where another one is behind it: heh in Sorani. Of several the first. */
static void set_last(struct easy_sieve *sieve, const struct fold_table *table)
{
	unsigned place = 0;
	while (place < 256 && !(table->hints[place] & FOLD_HINT_LAST))
		place++;
	if (place == 256)
		return;
	put_pair(sieve->last, place);
	set_last_joined(sieve, table, 0x600 + place);
	sieve->kinds[place] = EASY_LETTER;
	sieve->codes[place] = EASY_CODE_LAST;
	easy_put_in(sieve->letters, place);
}

/* ASCII in lines of Arabic script. */
static void set_ascii_codes(struct easy_sieve *sieve)
{
	uint8_t *const codes = sieve->ascii_codes;
	codes[' '] = EASY_CODE_SPACE;
	codes['\n'] = EASY_CODE_END;
	codes[','] = EASY_CODE_COMMA;
	codes[':'] = EASY_CODE_COMMA;
	codes['-'] = sieve->joins_hyphens ? EASY_CODE_HYPHEN : EASY_CODE_NONE;
	codes['.'] = codes['?'] = codes['!'] = EASY_CODE_STOP;
}

/* What the character with that place from U+0600 on is. */
static void set_place(struct easy_sieve *sieve, unsigned place, uint8_t kind)
{
	const uint8_t bit = (uint8_t)(1u << ((place >> 4 & 3) | (place >> 6 & 1) << 2));
	const unsigned row = place >> 7, column = place & 15;
	const bool changes = sieve->becomes[place] != 0;
	sieve->kinds[place] = kind;
	sieve->codes[place] = code_of(kind, sieve->becomes[place]);
	sieve->changed[row][column] |= changes ? bit : 0;
	sieve->letters[row][column] |= kind & EASY_LETTER && !changes ? bit : 0;
	sieve->marks[row][column] |= kind & EASY_MARK ? bit : 0;
	sieve->joins[row][column] |= kind & EASY_JOINS && !changes ? bit : 0;
	sieve->signs[row][column] |= kind & (EASY_STOP | EASY_COMMA) ? bit : 0;
}

/* What it is in a language with that table. */
static uint8_t kind_in(unsigned place, const struct fold_table *table)
{
	return kind_of(0x600 + place, table->calm[(place & 0xC0) << 2 | 0x80 | (place & 63)], table->hints[place]);
}

/* Letters, marks and signs of Arabic script. */
static void set_arabic(struct easy_sieve *sieve)
{
	const struct fold_table *const table = sieve->table;
	for (unsigned place = 0; place < 256; place++) {
		const uint8_t kind = kind_in(place, table);
		if (kind & EASY_LETTER && table->hints[place] & FOLD_HINT_SIMPLE)
			sieve->becomes[place] = (uint8_t)fold_simple(table, 0x600 + place);
		set_place(sieve, place, kind);
	}
	set_last(sieve, table);
}

/* Whether sentences may end inside a line of Latin script; in what is like Turkish: what says, ordinals. */
static bool ends_inside_latin(uint16_t lang)
{
	return lang_script(lang) == UCD_SCRIPT_LATN && lang != LANG_AZ && lang != LANG_UZ;
}

bool easy_holds_signs(uint16_t lang)
{
	return ends_inside_latin(lang) && lang != LANG_EN;
}

void easy_sieve_make(struct easy_sieve *sieve, uint16_t lang, const struct fold_table *table)
{
	const uint8_t script = lang_script(lang);
	*sieve = (struct easy_sieve){
		.is_known = script == UCD_SCRIPT_LATN || script == UCD_SCRIPT_ARAB,
		.is_latin = script == UCD_SCRIPT_LATN,
		/* glottal-y */
		.has_contractions = script == UCD_SCRIPT_LATN && lang != LANG_HA,
		.has_elision = lists_has_elision(lang),
		.joins_hyphens = lists_joins_hyphens(lang),
		.goes_on_small = easy_holds_signs(lang) && lang != LANG_ID && lang != LANG_TR,
		.asks_hyphens = lang == LANG_FR,
		.has_speech = lang == LANG_UG,
		.ends_inside = script == UCD_SCRIPT_ARAB || ends_inside_latin(lang),
		.asks_commas = lang == LANG_UG,
		.has_more = lang == LANG_EN,
		.table = table,
		.lang = lang,
	};
	set_ascii(sieve);
	set_ascii_codes(sieve);
	if (sieve->is_latin)
		lists_tails(lang, sieve->tails);
	if (sieve->has_elision)
		set_elided(sieve);
	set_common(sieve);
	if (sieve->has_more)
		lists_prefix_lens(lang, sieve->prefixes);
	if (!sieve->is_latin)
		set_arabic(sieve);
}

const struct easy_sieve *easy_sieve_of(struct easy_sieves *sieves, const struct lafz_allocator *mem, uint16_t lang)
{
	struct easy_sieve **const own = &sieves->of[lang];
	if (!*own) {
		*own = mem_alloc(mem, sizeof **own);
		if (*own)
			easy_sieve_make(*own, lang, fold_table(lang));
	}
	return *own;
}

void easy_sieves_free(struct easy_sieves *sieves, const struct lafz_allocator *mem)
{
	for (size_t lang = 0; lang < LANG_COUNT; lang++)
		mem_free(mem, sieves->of[lang]);
}
