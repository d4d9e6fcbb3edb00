#include "batch/beside.h"

#include "lang.h"
#include "norm/forms.h"
#include "norm/places.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"

/* Token i and the next one stand side by side. */
static bool is_glued(const struct beside *beside, size_t i)
{
	const struct tokens *const t = beside->tokens;
	return i + 1 < beside->end && t->end[i] == t->start[i + 1];
}

static bool is_link(uint8_t kind)
{
	return kind == LAFZ_KIND_URL || kind == LAFZ_KIND_EMAIL;
}

static bool is_number(uint8_t kind)
{
	return kind == LAFZ_KIND_NUMBER || kind == LAFZ_KIND_DATE || kind == LAFZ_KIND_TIME;
}

/* They are in the run before them; what counts here is what they are made of. */
static bool joins_run(uint8_t kind)
{
	return is_link(kind) || kind == LAFZ_KIND_MENTION || kind == LAFZ_KIND_HASHTAG ||
	       is_number(kind);
}

/* The script of a letter; UCD_SCRIPT_ZYYY: it is none, or a spacing form, of which norm makes a mark. */
static uint8_t letter_script(uint32_t cp)
{
	const uint8_t script = ucd_get(cp)->script;
	const bool is_letter = places_is_letter(cp) && !forms_is_mark(cp) &&
	                       script != UCD_SCRIPT_ZINH;
	return is_letter ? script : (uint8_t)UCD_SCRIPT_ZYYY;
}

/* The script of the last letter of token i, or of the first one. */
static uint8_t script_at_edge(const struct beside *beside, size_t i, bool is_last)
{
	const uint32_t start = beside->tokens->start[i], end = beside->tokens->end[i];
	uint8_t script = UCD_SCRIPT_ZYYY;
	for (uint32_t off = 0; off < end - start && script == UCD_SCRIPT_ZYYY;) {
		const struct utf8 c = is_last ? utf8_decode_before(beside->text, end - off)
		                              : utf8_decode(beside->text + start + off,
		                                            end - start - off);
		script = letter_script(c.cp);
		off += c.len;
	}
	return script;
}

static bool has_letters(const struct beside *beside, size_t i)
{
	return script_at_edge(beside, i, false) != UCD_SCRIPT_ZYYY;
}

/* The language of the letters of token i, which has some. */
static uint16_t lang_of_letters(const struct beside *beside, size_t i, bool is_last)
{
	if (!joins_run(beside->tokens->kind[i]))
		return beside->tokens->lang[i];
	const uint8_t script = script_at_edge(beside, i, is_last);
	return script == lang_script(beside->set_lang) ? beside->set_lang : (uint16_t)LANG_UND;
}

/* Numbers at the beginning go with what follows. */
static void find_first_letters(struct beside *beside)
{
	for (size_t i = beside->first; i < beside->end && !beside->has_letters; i++) {
		beside->has_letters = has_letters(beside, i);
		if (beside->has_letters)
			beside->lang = lang_of_letters(beside, i, false);
	}
	beside->has_letters = true;
}

/* The language whose digits token i gets; has_letters is known. */
static uint16_t digits_of(const struct beside *beside, size_t i)
{
	const struct tokens *const t = beside->tokens;
	const bool is_hashtag = t->kind[i] == LAFZ_KIND_HASHTAG;
	if (has_letters(beside, i) && !is_hashtag)
		return lang_of_letters(beside, i, true);
	const bool is_before_word = is_number(t->kind[i]) && is_glued(beside, i) &&
	                            has_letters(beside, i + 1);
	return is_before_word ? lang_of_letters(beside, i + 1, false) : beside->lang;
}

uint16_t beside_digits(struct beside *beside, size_t i, uint16_t lang)
{
	if (beside->set_lang == LANG_UND)
		return lang;
	if (!beside->has_letters)
		find_first_letters(beside);
	beside->last = digits_of(beside, i);
	if (has_letters(beside, i))
		beside->lang = lang_of_letters(beside, i, true);
	return beside->last;
}

/* Nothing is joined across double quotes and rows of full stops. */
static bool joins_nothing(uint32_t cp)
{
	return cp == 0xAB || cp == 0xBB || (cp >= 0x201C && cp <= 0x201F) || cp == 0x2025 ||
	       cp == 0x2026;
}

/* In UAX #29 these are MidNumLet, MidLetter or MidNum once they are of ASCII. */
static bool joins_by_uax29(uint32_t cp)
{
	return cp == 0x06D4 || cp == 0x060C || cp == 0x061B || (cp >= 0x2018 && cp <= 0x201B);
}

/* A mark between numbers, or a number and a word, whose digits go with other letters. */
static bool parts_numbers(const struct beside *beside, size_t i)
{
	const uint8_t before = beside->tokens->kind[i - 1], behind = beside->tokens->kind[i + 1];
	if (!beside->is_native || beside->set_lang == LANG_UND)
		return false;
	return (is_number(before) || is_number(behind)) &&
	       (is_number(before) || before == LAFZ_KIND_WORD) &&
	       (is_number(behind) || behind == LAFZ_KIND_WORD) &&
	       beside->last != digits_of(beside, i + 1);
}

/* The last letter of token i, or the first one, has no other letter next to it. */
static bool is_initial(const struct beside *beside, size_t i, bool is_last)
{
	const uint32_t start = beside->tokens->start[i], end = beside->tokens->end[i];
	bool found = false;
	for (uint32_t off = 0; off < end - start;) {
		const struct utf8 c = is_last ? utf8_decode_before(beside->text, end - off)
		                              : utf8_decode(beside->text + start + off,
		                                            end - start - off);
		off += c.len;
		if (places_is_passed(c.cp) || c.cp == PLACES_TATWEEL)
			continue;
		if (found || !places_is_letter(c.cp))
			return found && !places_is_letter(c.cp);
		found = true;
	}
	return found;
}

bool beside_keeps_mark(const struct beside *beside, size_t i)
{
	const struct tokens *const t = beside->tokens;
	if ((t->kind[i] != LAFZ_KIND_PUNCT && t->kind[i] != LAFZ_KIND_SYMBOL) || !is_glued(beside, i))
		return false;
	const uint32_t start = t->start[i], end = t->end[i];
	const uint32_t cp = utf8_decode(beside->text + start, end - start).cp;
	const uint32_t next = utf8_decode(beside->text + end, t->end[i + 1] - end).cp;
	const bool is_dot = cp == 0x06D4 || cp == 0x2025 || cp == 0x2026;
	if (is_link(t->kind[i + 1]) || (is_dot && letter_script(next) == UCD_SCRIPT_LATN))
		return true;
	if (i == beside->first || !is_glued(beside, i - 1))
		return false;
	if (is_number(t->kind[i - 1]) && (next == 0x066B || next == 0x066C))
		return true; /* a number may end in an apostrophe and a separator */
	if (cp == 0x06D4 && is_initial(beside, i - 1, true) && is_initial(beside, i + 1, false))
		return true;
	return is_link(t->kind[i - 1]) || (beside->is_uax29 && joins_by_uax29(cp)) ||
	       (!joins_nothing(cp) && parts_numbers(beside, i));
}
