#include "text/stops.h"

#include <string.h>

#include "text/lines.h"
#include "unicode/ucd.h"
#include "word/lists.h"

static inline bool has(uint64_t bits, size_t i)
{
	return bits >> i % 64 & 1;
}

static const char *bytes_of(const struct text_lines_request *request, size_t atom)
{
	return request->text + request->atoms->off[atom];
}

static uint32_t len_of(const struct text_lines_request *request, size_t atom)
{
	return request->atoms->off[atom + 1] - request->atoms->off[atom];
}

/* Atom i behind white space behind another one, in the same line. */
struct next {
	size_t atom;
	bool is_word;   /* of letters in Latin script alone, with nothing beside it */
	bool is_unlike; /* something else than a word in Latin script or a number */
};

static struct next find_next(const struct atoms *atoms, size_t stop)
{
	const size_t blank = stop + 1, next = stop + 2, behind = stop + 3;
	const struct atom_sets *const sets = atoms->sets;
	if (blank >= atoms->n || has(sets[blank / 64].line_end, blank))
		return (struct next){.is_unlike = true};
	/* a quote, or one of the marks that may stand there */
	if (has(sets[blank / 64].content, blank))
		return (struct next){.is_unlike = true};
	if (next >= atoms->n || has(sets[next / 64].line_end, next))
		return (struct next){.is_unlike = true};
	const bool is_latin = has(sets[next / 64].latin, next);
	const bool is_last = behind >= atoms->n || !has(sets[behind / 64].content, behind);
	const bool is_arabic = has(sets[next / 64].word & ~sets[next / 64].latin, next);
	return (struct next){
		.atom = next,
		.is_word = is_latin && (is_last || has(sets[behind / 64].comma | sets[behind / 64].full_stop, behind)),
		.is_unlike = is_arabic || has(sets[next / 64].quote | sets[next / 64].curly, next),
	};
}

/* Whether the word begins behind white space, or a quote or bracket, so that its piece is no part of a longer token. */
static bool begins_piece(const struct atoms *atoms, size_t word)
{
	const size_t before = word - 1;
	if (word == 0)
		return true;
	const struct atom_sets *const sets = &atoms->sets[before / 64];
	return has(~sets->content | sets->quote | sets->curly | sets->bracket | sets->opening, before);
}

/* One letter, not in capitals or in them; not one with marks. */
static bool is_letter(const char *text, uint32_t len)
{
	return utf8_decode(text, len).len == len;
}

static bool is_capital(uint16_t lang, const char *text, uint32_t len)
{
	const uint32_t cp = utf8_decode(text, len).cp;
	return is_letter(text, len) && (ucd_get(cp)->atom_flags & ATOM_UPPER) != 0 &&
	       !((lang == LANG_EN || lang == LANG_UND) && cp == 'I');
}

static bool is_roman(const char *text, uint32_t len)
{
	for (uint32_t i = 0; i < len; i++)
		if (!strchr("IVXLCDM", text[i]))
			return false;
	return true;
}

/* initial, letter-row: of a letter. */
static enum stop behind_letter(const struct text_lines_request *request, uint16_t lang, size_t word, const struct next *next)
{
	const struct atoms *const atoms = request->atoms;
	const bool has_rows = lists_has_letter_rows(lang);
	/* behind another letter with a full stop */
	if (has_rows && word > 1 && atoms->code[word - 2] == '.')
		return STOP_UNKNOWN;
	if (next->is_unlike)
		return STOP_APART;
	if (!next->is_word)
		return STOP_UNKNOWN;
	const char *const name = bytes_of(request, next->atom);
	const uint32_t len = len_of(request, next->atom);
	/* a further letter, or the next word of an abbreviation */
	const bool has_stop = next->atom + 1 < atoms->n && atoms->code[next->atom + 1] == '.';
	if (has_stop && (has_rows || is_letter(name, len)))
		return STOP_UNKNOWN;
	if (!is_capital(lang, bytes_of(request, word), len_of(request, word)))
		return STOP_APART;
	return lists_is_opener(lang, name, len) ? STOP_APART : STOP_TAKEN;
}

enum stop stops_behind(const struct text_lines_request *request, uint16_t lang, size_t word)
{
	const struct atoms *const atoms = request->atoms;
	const char *const text = bytes_of(request, word);
	const uint32_t len = len_of(request, word);
	const size_t stop = word + 1, behind = stop + 1;
	const bool is_one = is_letter(text, len), is_listed = lists_is_abbreviation(lang, text, len);
	const bool needs_number = !is_listed && lists_needs_number(lang, text, len);
	if (lists_is_roman(lang, text, len)) /* ordinal-dot */
		return STOP_UNKNOWN;
	if (!is_one && !is_listed && !needs_number)
		return STOP_APART;
	/* Inc.'s */
	const bool has_apostrophe = behind < atoms->n && has(atoms->sets[behind / 64].apostrophe, behind);
	/* Indonesian has it apart, but marked */
	if (!begins_piece(atoms, word) || lang == LANG_ID || has_apostrophe)
		return STOP_UNKNOWN;
	if (is_listed)
		return STOP_TAKEN;
	const struct next next = find_next(atoms, stop);
	if (needs_number && !next.is_unlike &&
	    (!next.is_word || is_roman(bytes_of(request, next.atom), len_of(request, next.atom))))
		return STOP_UNKNOWN;
	return is_one ? behind_letter(request, lang, word, &next) : STOP_APART;
}
