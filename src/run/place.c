#include "run/place.h"

#include "unicode/utf8.h"

static bool is_entity(uint8_t kind)
{
	return kind == LAFZ_KIND_MENTION || kind == LAFZ_KIND_HASHTAG || kind == LAFZ_KIND_URL ||
	       kind == LAFZ_KIND_EMAIL;
}

static uint32_t first_char(const struct segment *segment, const struct pieces *pieces, size_t i)
{
	const uint32_t start = pieces->start[i];
	return utf8_decode(segment->text + start, pieces->end[i] - start).cp;
}

static bool is_gap_before(const struct pieces *pieces, size_t i)
{
	return i == 0 || pieces->end[i - 1] < pieces->start[i];
}

static bool is_gap_after(const struct pieces *pieces, size_t i)
{
	return i + 1 == pieces->n || pieces->end[i] < pieces->start[i + 1];
}

static bool is_sentence_end(uint32_t cp)
{
	/*
	 * The Arabic question mark, the Urdu full stop, the ellipsis; a colon introduces speech in
	 * another language as often.
	 */
	return cp == '.' || cp == '!' || cp == '?' || cp == ':' || cp == 0x061F || cp == 0x06D4 ||
	       cp == 0x2026;
}

static bool is_quote(uint32_t cp)
{
	const uint8_t gc = ucd_get(cp)->gc;
	return cp == '"' || cp == '\'' || gc == UCD_GC_PI || gc == UCD_GC_PF ||
	       (cp >= 0x201A && cp <= 0x201F);
}

/*
 * A quote, bracket or dash that stands between words; an apostrophe or hyphen inside one says
 * nothing.
 */
static bool is_quotation(const struct pieces *pieces, size_t i, uint32_t cp)
{
	const uint8_t gc = ucd_get(cp)->gc;
	if (gc == UCD_GC_PS || gc == UCD_GC_PE || cp == 0x2013 || cp == 0x2014)
		return true;
	return (is_quote(cp) || gc == UCD_GC_PD) &&
	       (is_gap_before(pieces, i) || is_gap_after(pieces, i));
}

const uint8_t place_of_ascii[0x80] = {
	['.'] = PLACE_SENTENCE, ['!'] = PLACE_SENTENCE, ['?'] = PLACE_SENTENCE, [':'] = PLACE_SENTENCE,
	['('] = PLACE_QUOTE,    [')'] = PLACE_QUOTE,    ['['] = PLACE_QUOTE,    [']'] = PLACE_QUOTE,
	['{'] = PLACE_QUOTE,    ['}'] = PLACE_QUOTE,    ['"'] = PLACES,         ['\''] = PLACES,
	['-'] = PLACES,
};

enum place place_across_any(const struct segment *segment, const struct pieces *pieces, size_t i)
{
	if (place_is_anchor(pieces, i))
		return PLACE_SCRIPT;
	if (is_entity(pieces->kind[i]))
		return PLACE_ENTITY;
	if (pieces->kind[i] != LAFZ_KIND_PUNCT)
		return PLACE_INSIDE;
	const uint32_t cp = first_char(segment, pieces, i);
	if (is_quotation(pieces, i, cp))
		return PLACE_QUOTE;
	return is_sentence_end(cp) ? PLACE_SENTENCE : PLACE_INSIDE;
}

/*
 * A quote opens if it clings to what follows and not to what comes before; where that says nothing,
 * by its nature. (The quotes of Urdu come as U+201D first, those of German as U+201C last.)
 * Brackets go by their nature.
 */
bool place_is_opener(const struct segment *segment, const struct pieces *pieces, size_t i,
                     bool is_after_opener)
{
	if (pieces->kind[i] != LAFZ_KIND_PUNCT)
		return false;
	const uint32_t cp = first_char(segment, pieces, i);
	const uint8_t gc = ucd_get(cp)->gc;
	if (!is_quote(cp))
		return gc == UCD_GC_PS;
	const bool is_before = is_after_opener || is_gap_before(pieces, i);
	const bool is_after = is_gap_after(pieces, i);
	if (is_before != is_after)
		return is_before;
	return gc == UCD_GC_PI;
}
