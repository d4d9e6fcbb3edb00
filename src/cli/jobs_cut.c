#include "cli/jobs_cut.h"

#include <string.h>

#define SPACES_MOST 64 /* of white space between the last token and a cut */

static unsigned char byte_at(const char *text, size_t at)
{
	return (unsigned char)text[at];
}

/*
 * Whether the character that ends at end is surely of a token. Those that are no part of one in some
 * rule set or another (white space, invisible controls) all lie outside of these ranges; so do many
 * that are, which costs nothing but a cut at another line.
 */
static bool ends_token_utf8(const char *text, size_t end)
{
	const unsigned char last = end > 0 ? byte_at(text, end - 1) : 0;
	if (last < 0x80)
		return last > ' ' && last < 0x7F;
	if (last >= 0xC0 || end < 2)
		return false;
	const unsigned char before = byte_at(text, end - 2);
	/* Arabic but U+061C, Latin, Greek, Cyrillic */
	if (before == 0xD8)
		return last != 0x9C;
	if ((before >= 0xC3 && before <= 0xCA) || (before >= 0xCE && before <= 0xDB))
		return true;
	/* U+2010 to U+2026: dashes, quotes, the ellipsis */
	return end >= 3 && byte_at(text, end - 3) == 0xE2 && before == 0x80 && last >= 0x90 &&
	       last <= 0xA6;
}

/*
 * The same for a unit of another encoding. E4 to EF are letters and their marks in all encodings of
 * one byte that have a form, among them those that end most words in Persian and Arabic.
 */
static bool is_of_token(const struct form *form, uint32_t unit)
{
	if (unit < 0x80)
		return unit > ' ' && unit < 0x7F;
	if (form->unit == 1)
		return unit >= 0xE4 && unit <= 0xEF;
	return (unit >= 0xC0 && unit < 0x2C0) || (unit >= 0x380 && unit < 0x700 && unit != 0x61C) ||
	       (unit >= 0x2010 && unit <= 0x2026);
}

static bool ends_token(const struct form *form, const char *text, size_t end)
{
	if (form->is_utf8)
		return ends_token_utf8(text, end);
	return end >= form->unit && is_of_token(form, form_unit(form, text, end - form->unit));
}

/* The unit that ends at end; NUL at the beginning. */
static uint32_t unit_before(const struct form *form, const char *text, size_t end)
{
	return end < form->unit ? 0 : form_unit(form, text, end - form->unit);
}

/* Takes one line end, LF or CRLF, and the spaces before it off the n bytes of text. */
static bool take_line_end(const struct form *form, const char *text, size_t *n)
{
	size_t at = *n;
	if (unit_before(form, text, at) != '\n')
		return false;
	at -= form->unit;
	if (unit_before(form, text, at) == '\r')
		at -= form->unit;
	for (size_t i = 0; i < SPACES_MOST; i++) {
		const uint32_t unit = unit_before(form, text, at);
		if (unit != ' ' && unit != '\t')
			break;
		at -= form->unit;
	}
	*n = at;
	return true;
}

static bool is_cut(const struct form *form, const char *text, size_t at, bool unwrap)
{
	size_t n = at;
	if (!take_line_end(form, text, &n) || (unwrap && !take_line_end(form, text, &n)))
		return false;
	return ends_token(form, text, n);
}

size_t cut_find(const struct form *form, const char *text, size_t len, bool unwrap)
{
	for (size_t at = len - len % form->unit; at > 0; at -= form->unit) {
		if (is_cut(form, text, at, unwrap))
			return at;
	}
	return 0;
}

/*
 * Whether what begins here is no white space: in UTF-8 the leads of characters of which none is any;
 * the letters of all scripts begin with them.
 */
static bool is_filled(const struct form *form, const char *text, size_t at)
{
	const uint32_t unit = form_unit(form, text, at);
	if (!form->is_utf8)
		return is_of_token(form, unit);
	return (unit > ' ' && unit < 0x7F) || (unit >= 0xC3 && unit <= 0xDF && unit != 0xD8) ||
	       unit == 0xE0 || (unit >= 0xE4 && unit <= 0xEE);
}

/* Whether a place lies inside a character. */
static bool is_inside(const struct form *form, const char *text, size_t at)
{
	const uint32_t unit = form_unit(form, text, at);
	if (form->is_utf8)
		return (unit & 0xC0) == 0x80;
	return form->unit == 2 && (unit & 0xFC00) == 0xDC00;
}

bool cut_before(const struct form *form, const char *text, size_t end, bool is_whole, bool unwrap,
                size_t *start)
{
	const size_t unit = form->unit;
	*start = 0;
	if (end <= (CUT_BEFORE + 3) * unit)
		return is_whole;
	size_t at = end - CUT_BEFORE * unit;
	if (!unwrap) {
		for (size_t i = 0; i < 3 && is_inside(form, text, at); i++)
			at -= unit;
		*start = at;
		return true;
	}
	const size_t least = end > CUT_HISTORY * unit ? end - CUT_HISTORY * unit : 0;
	for (*start = at; *start > least; *start -= unit) {
		if (unit_before(form, text, *start) == '\n')
			return true;
	}
	if (least == 0 && is_whole)
		return true;
	for (*start = at; *start > least; *start -= unit) {
		if (is_filled(form, text, *start))
			return true;
	}
	return false;
}
