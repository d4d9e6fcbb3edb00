/*
 * How the rules of words look at the pieces of one segment. A rule is asked at a piece whose first
 * bytes may be a token already, so that its word begins at start; it answers with the piece behind the
 * token it makes, or with piece itself if it does not apply.
 */
#ifndef LAFZ_WORD_WORDS_H
#define LAFZ_WORD_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lang.h"
#include "piece.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"
#include "word/lists.h"

struct words {
	const char *text;
	const struct piece *begin, *end;       /* pieces of the segment */
	const struct piece *abbreviation_stop; /* the last one that is a token of its own */
	struct lists_filters *filters;
	bool in_quote; /* a single quote has opened and not closed */
};

typedef const struct piece *word_rule(const struct words *words, const struct piece *piece,
                                      uint32_t start);

word_rule match_elided;    /* apostrophe.c */
word_rule match_truncated; /* apostrophe.c */
word_rule match_suffix_apostrophe;
word_rule match_ordinal_suffix; /* digits.c */
word_rule match_digit_suffix;
word_rule match_ordinal_dot;
word_rule match_power;
word_rule match_compound; /* hyphen.c */
word_rule match_clitic;
word_rule match_full_stop; /* full_stop.c */

/* Offset behind the apostrophe where a word of the piece ends by elision; 0 if none does. */
uint32_t elision_end(const struct words *words, const struct piece *piece);

/* Offset behind the sign of hours in French (the h of 20h30); 0 if the piece begins with none. */
uint32_t hour_end(const struct words *words, const struct piece *piece);

/* Whether piece next stands right behind piece, with nothing between. */
static inline bool words_is_glued(const struct words *words, const struct piece *piece,
                                  const struct piece *next)
{
	return next < words->end && next->start == piece->end;
}

/* The character that a piece consists of, or 0. */
static inline uint32_t words_char(const struct words *words, const struct piece *piece)
{
	const uint32_t len = piece->end - piece->start;
	const struct utf8 c = utf8_decode(words->text + piece->start, len);
	return c.len == len ? c.cp : 0;
}

static inline bool words_is_apostrophe(const struct words *words, const struct piece *piece)
{
	const uint32_t cp = words_char(words, piece);
	return cp == '\'' || cp == 0x2019;
}

static inline bool words_is_latin(const struct piece *piece)
{
	return piece->kind == LAFZ_KIND_WORD && piece->script == UCD_SCRIPT_LATN;
}

/* The first character from offset start on. */
static inline uint32_t words_first(const struct words *words, uint32_t start, uint32_t end)
{
	return utf8_decode(words->text + start, end - start).cp;
}

static inline bool words_is_upper(uint32_t cp)
{
	return (ucd_get(cp)->atom_flags & ATOM_UPPER) != 0;
}

static inline bool words_is_lower(uint32_t cp)
{
	return (ucd_get(cp)->atom_flags & ATOM_LOWER) != 0;
}

#endif
