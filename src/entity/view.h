/*
 * How the rules look at the atoms of one segment. Outside the segment there are line ends, so a
 * rule may look beside any atom without asking where the segment ends.
 */
#ifndef LAFZ_ENTITY_VIEW_H
#define LAFZ_ENTITY_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "piece.h"
#include "segment/segment.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"

struct view {
	const char *text;
	const struct atoms *atoms;
	size_t first, end; /* atoms of the segment, half open */
};

static inline bool view_holds(const struct view *view, size_t i)
{
	return i >= view->first && i < view->end;
}

static inline uint8_t view_cls(const struct view *view, size_t i)
{
	return view_holds(view, i) ? view->atoms->cls[i] : (uint8_t)UCD_ATOM_NEWLINE;
}

static inline uint8_t view_script(const struct view *view, size_t i)
{
	return view_holds(view, i) ? view->atoms->script[i] : (uint8_t)UCD_SCRIPT_ZYYY;
}

static inline uint8_t view_flags(const struct view *view, size_t i)
{
	return view_holds(view, i) ? view->atoms->flags[i] : (uint8_t)0;
}

static inline uint32_t view_start(const struct view *view, size_t i)
{
	return view->atoms->off[i];
}

/* Bytes of atom i; 0 outside the segment. */
static inline uint32_t view_len(const struct view *view, size_t i)
{
	return view_holds(view, i) ? view->atoms->off[i + 1] - view->atoms->off[i] : 0;
}

/* The first character of atom i; U+000A outside the segment. */
static inline uint32_t view_char(const struct view *view, size_t i)
{
	if (!view_holds(view, i))
		return '\n';
	const char *const s = view->text + view_start(view, i);
	return (unsigned char)*s < 0x80 ? (unsigned char)*s : utf8_decode(s, view_len(view, i)).cp;
}

/* Whether atom i is the one character c of ASCII, marks and all left out. */
static inline bool view_is(const struct view *view, size_t i, char c)
{
	return view_holds(view, i) && view->text[view_start(view, i)] == c && view_len(view, i) == 1;
}

static inline bool view_is_gap(const struct view *view, size_t i)
{
	const uint8_t cls = view_cls(view, i);
	return cls == UCD_ATOM_SPACE || cls == UCD_ATOM_NEWLINE || cls == UCD_ATOM_CR ||
	       cls == UCD_ATOM_LF || cls == UCD_ATOM_FORMAT || cls == UCD_ATOM_JOINER ||
	       cls == UCD_ATOM_ZWSP;
}

static inline bool view_is_letter(const struct view *view, size_t i)
{
	const uint8_t cls = view_cls(view, i);
	return cls == UCD_ATOM_LETTER || cls == UCD_ATOM_HEBREW;
}

/* Letters, digits and low lines: what names are made of. */
static inline bool view_is_name(const struct view *view, size_t i)
{
	const uint8_t cls = view_cls(view, i);
	return view_is_letter(view, i) || cls == UCD_ATOM_NUMERIC || cls == UCD_ATOM_EXTNUMLET;
}

static inline bool view_is_latin(const struct view *view, size_t i)
{
	return view_cls(view, i) == UCD_ATOM_LETTER && view_script(view, i) == UCD_SCRIPT_LATN;
}

static inline bool view_is_arabic(const struct view *view, size_t i)
{
	return view_cls(view, i) == UCD_ATOM_LETTER && view_script(view, i) == UCD_SCRIPT_ARAB;
}

/* Bytes of atom i without the invisible controls behind its last letter or digit: norm drops them. */
static inline uint32_t view_bare_len(const struct view *view, size_t i)
{
	uint32_t len = view_len(view, i);
	while (view_flags(view, i) & ATOM_CONTROL && len > 0) {
		const struct utf8 c = utf8_decode_before(view->text + view_start(view, i), len);
		if (!(ucd_get(c.cp)->atom_flags & ATOM_CONTROL))
			break;
		len -= c.len;
	}
	return len;
}

/* Whether all bytes of atom i are ASCII, controls at its end aside. */
static inline bool view_is_ascii(const struct view *view, size_t i)
{
	const uint32_t start = view_start(view, i), len = view_bare_len(view, i);
	for (uint32_t at = start; at < start + len; at++)
		if ((unsigned char)view->text[at] >= 0x80)
			return false;
	return true;
}

/* Whether atom i, controls at its end aside, has the characters of word when in lower case. */
static inline bool view_equals(const struct view *view, size_t i, const char *word)
{
	const char *s = view->text + view_start(view, i);
	const uint32_t len = view_bare_len(view, i);
	for (uint32_t k = 0; k < len; k++) {
		const char c = (char)(s[k] >= 'A' && s[k] <= 'Z' ? s[k] + 32 : s[k]);
		if (!word[k] || c != word[k])
			return false;
	}
	return !word[len];
}

/*
 * A rule looks at atom i and answers with the atom behind the piece it makes of it, having set kind
 * and its own flags of the piece; or with i if it does not apply.
 */
typedef size_t entity_rule(const struct view *view, size_t i, struct piece *piece);

entity_rule match_emoji;      /* emoji.c: emoji sequences */
entity_rule match_emoticon;   /* emoji.c */
entity_rule match_number;     /* number.c: numbers, dates, times */
entity_rule match_short_year; /* number.c: '93 */
entity_rule match_word;       /* letters.c: what letters begin */
entity_rule match_from_mark;  /* from_mark.c: what marks begin */
entity_rule match_rest;       /* marks.c: what no other rule takes */

/* What links, addresses and tags are known by. */
enum web_sign {
	WEB_AT = 1,
	WEB_HASH = 2, /* U+FF03 too */
	WEB_DOLLAR = 4,
	WEB_STOP = 8,  /* with letters behind it */
	WEB_COLON = 16 /* with a letter, digit, slash or colon behind it */
};

/*
 * web.c: links, e-mail, mentions, hashtags, cashtags, as an entity_rule; signs has bits of those that may stand between atom i and the next
 * white space. A rule whose sign is not there is not asked.
 */
size_t match_web(const struct view *view, size_t i, unsigned signs, struct piece *piece);

/* tags.c: a hashtag or cashtag that begins with the mark of atom i; the atom behind it, or i */
size_t match_tag(const struct view *view, size_t i);

size_t match_doi(const struct view *view, size_t i); /* web.c */

/* codes.c: of numbers that begin with the digits of atom i */
size_t match_isbn(const struct view *view, size_t i);
size_t match_card(const struct view *view, size_t i);
size_t match_exponent(const struct view *view, size_t i, size_t end);
size_t match_hexadecimal(const struct view *view, size_t i);

/* Whether atom i is a generic top-level domain, such as com. */
bool is_generic_domain(const struct view *view, size_t i);

/* Whether atom i is the extension of a file name, with nothing of the word behind it. */
bool is_extension(const struct view *view, size_t i);

/*
 * One piece a UAX #29 word segment that holds more than white space: the atom behind it, its start
 * set in *start.
 */
size_t match_uax29(const struct view *view, size_t i, struct piece *piece, uint32_t *start);

#endif
