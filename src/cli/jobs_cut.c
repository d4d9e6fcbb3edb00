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
static bool ends_token(const char *text, size_t end)
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

/* Takes one line end, LF or CRLF, and the spaces before it off the n bytes of text. */
static bool take_line_end(const char *text, size_t *n)
{
	size_t at = *n;
	if (at == 0 || text[at - 1] != '\n')
		return false;
	at--;
	if (at > 0 && text[at - 1] == '\r')
		at--;
	for (size_t i = 0;
	     i < SPACES_MOST && at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t'); i++)
		at--;
	*n = at;
	return true;
}

static bool is_cut(const char *text, size_t at, bool unwrap)
{
	size_t n = at;
	if (!take_line_end(text, &n) || (unwrap && !take_line_end(text, &n)))
		return false;
	return ends_token(text, n);
}

size_t cut_find(const char *text, size_t len, bool unwrap)
{
	for (size_t at = len; at > 0; at--) {
		if (text[at - 1] == '\n' && is_cut(text, at, unwrap))
			return at;
	}
	return 0;
}

/* Leads of characters of which none is white space; the letters of all scripts begin with them. */
static bool is_filled(unsigned char byte)
{
	return (byte > ' ' && byte < 0x7F) || (byte >= 0xC3 && byte <= 0xDF && byte != 0xD8) ||
	       byte == 0xE0 || (byte >= 0xE4 && byte <= 0xEE);
}

bool cut_before(const char *text, size_t end, bool is_whole, bool unwrap, size_t *start)
{
	*start = 0;
	if (end <= CUT_BEFORE + 3)
		return is_whole;
	size_t at = end - CUT_BEFORE;
	if (!unwrap) {
		/* not inside a character */
		for (size_t i = 0; i < 3 && (byte_at(text, at) & 0xC0) == 0x80; i++)
			at--;
		*start = at;
		return true;
	}
	const size_t least = end > CUT_HISTORY ? end - CUT_HISTORY : 0;
	for (*start = at; *start > least; --*start) {
		if (text[*start - 1] == '\n')
			return true;
	}
	if (least == 0 && is_whole)
		return true;
	for (*start = at; *start > least; --*start) {
		if (is_filled(byte_at(text, *start)))
			return true;
	}
	return false;
}
