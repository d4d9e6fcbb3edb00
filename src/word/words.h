/*
 * How the rules of words look at the pieces of a segment. A rule is asked at a piece whose first
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
	/* The pieces of some segments (piece.h); those before the one a rule is asked at, but one, may be gone. */
	size_t total;
	size_t first, limit; /* those of the segment that rules look at, half open */
	const uint32_t *start, *end, *run;
	const float *confidence;
	const uint16_t *lang;
	uint16_t *flags;
	const uint8_t *kind, *script;
	struct piece last; /* the last one that a token was made of by the rules ... */
	size_t behind;     /* ... and the one behind it, 0 if there was none yet */
	uint32_t last_start; /* of that token */
	struct lists_filters *filters;
	size_t most_splits; /* pieces from the one a rule is asked at on that can become two tokens, at most */
	bool is_first_run, is_one_lang, is_uniform; /* of all pieces, as piece.h says */
	bool in_quote; /* a single quote has opened and not closed */
};

typedef size_t word_rule(const struct words *words, size_t piece, uint32_t start);

word_rule match_elided;    /* apostrophe.c */
word_rule match_truncated; /* apostrophe.c */
word_rule match_suffix_apostrophe;
word_rule match_glottal_y;
word_rule match_ordinal_suffix; /* digits.c */
word_rule match_digit_suffix;
word_rule match_decimal_slash;
word_rule match_ordinal_dot;
word_rule match_power;
word_rule match_compound; /* hyphen.c */
word_rule match_clitic;
word_rule match_full_stop;    /* full_stop.c */
word_rule match_letter_names; /* letter_names.c */
word_rule match_gender_form;  /* gender.c */

/*
 * The piece behind the token that begins in a piece, at start: asks all of these rules. *flags: of the token. Indonesian marks a full
 * stop instead of taking it.
 */
size_t words_match(struct words *words, size_t piece, uint32_t start, uint16_t *flags);

/* The piece behind the apostrophe and s that stand right behind an English abbreviation; piece if none do. */
size_t words_take_possessive(const struct words *words, size_t piece);

/* Offset behind the apostrophe where a word of the piece ends by elision; 0 if none does. */
uint32_t elision_end(const struct words *words, size_t piece);

/* Offset behind the sign of hours in French (the h of 20h30); 0 if the piece begins with none. */
uint32_t hour_end(const struct words *words, size_t piece);

/* Whether a number and the piece behind it are hours and minutes (14h30), which are one token. */
bool words_is_hour(const struct words *words, size_t piece);

/* Whether piece next stands right behind piece, with nothing between. */
static inline bool words_is_glued(const struct words *words, size_t piece, size_t next)
{
	return next < words->limit && words->start[next] == words->end[piece];
}

/* The bytes of a piece, and how many. */
static inline const char *words_at(const struct words *words, size_t piece)
{
	return words->text + words->start[piece];
}

static inline uint32_t words_len(const struct words *words, size_t piece)
{
	return words->end[piece] - words->start[piece];
}

/* The piece before this one, which is not the first of its segment. */
static inline struct piece words_before(const struct words *words, size_t piece)
{
	if (piece == words->behind)
		return words->last;
	return (struct piece){
		.start = words->start[piece - 1],
		.end = words->end[piece - 1],
		.lang = words->lang[piece - 1],
		.kind = words->kind[piece - 1],
	};
}

/* The character that a piece consists of, or 0. */
static inline uint32_t words_char(const struct words *words, size_t piece)
{
	const uint32_t len = words_len(words, piece);
	const unsigned char first = (unsigned char)*words_at(words, piece);
	if (first < 0x80)
		return len == 1 ? first : 0;
	const struct utf8 c = utf8_decode(words_at(words, piece), len);
	return c.len == len ? c.cp : 0;
}

static inline bool words_is_apostrophe(const struct words *words, size_t piece)
{
	const uint32_t cp = words_char(words, piece);
	return cp == '\'' || cp == 0x2019;
}

static inline bool words_is_latin(const struct words *words, size_t piece)
{
	return words->kind[piece] == LAFZ_KIND_WORD && words->script[piece] == UCD_SCRIPT_LATN;
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
