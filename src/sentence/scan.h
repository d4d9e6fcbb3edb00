/*
 * The tokens of a segment as the rules of sentences look at them. Every question may be asked for
 * any place; behind the end the answer is no.
 */
#ifndef LAFZ_SENTENCE_SCAN_H
#define LAFZ_SENTENCE_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tokens.h"
#include "unicode/utf8.h"

struct lists_filters;

struct scan {
	const char *text;
	const struct tokens *tokens;
	size_t first, end;  /* the segment */
	size_t begin;       /* the sentence */
	size_t bracket_end; /* what closes a bracket inside the sentence */
	size_t depth;       /* of brackets in the sentence so far */
	bool is_mirrored; /* one closed that was not open: typed as on the screen, right to left */
	bool in_quotes;   /* an odd number of " in the sentence so far */
	bool in_quote;    /* the same for a single ' */
	struct lists_filters *filters; /* asked before lists of abbreviations; NULL: they are not */
};

/* What a mark of punctuation is good for. */
enum mark {
	MARK_NONE,
	MARK_STOP,     /* one full stop, U+06D4 too */
	MARK_DOTS,     /* two or more, or an ellipsis */
	MARK_QUESTION, /* everything else that ends a sentence */
};

/* The bytes of a token, and how many. */
static inline const char *scan_bytes(const struct scan *scan, size_t i)
{
	return scan->text + scan->tokens->start[i];
}

static inline size_t scan_len(const struct scan *scan, size_t i)
{
	return scan->tokens->end[i] - scan->tokens->start[i];
}

static inline bool scan_is_lang(const struct scan *scan, size_t i, uint16_t lang)
{
	return i < scan->end && scan->tokens->lang[i] == lang;
}

/* The first character of token i; U+000A behind the end. */
static inline uint32_t scan_char(const struct scan *scan, size_t i)
{
	if (i >= scan->end)
		return '\n';
	const uint32_t start = scan->tokens->start[i];
	const unsigned char first = (unsigned char)scan->text[start];
	return first < 0x80 ? first
	                    : utf8_decode(scan->text + start, scan->tokens->end[i] - start).cp;
}

static inline bool scan_is_kind(const struct scan *scan, size_t i, uint8_t kind)
{
	return i < scan->end && scan->tokens->kind[i] == kind;
}

/* Whether nothing is between token i and the one before it. */
static inline bool scan_is_glued(const struct scan *scan, size_t i)
{
	return i > scan->first && i < scan->end && scan->tokens->start[i] == scan->tokens->end[i - 1];
}

/* What a mark that begins with the character and has so many bytes is good for. */
enum mark scan_mark_of(uint32_t cp, uint32_t len);

enum mark scan_mark(const struct scan *scan, size_t i);

/* Whether a word begins with a letter in lower case, or in upper case. */
bool scan_is_lower(const struct scan *scan, size_t i);
bool scan_is_upper(const struct scan *scan, size_t i);

/* Whether a word begins with a letter without case. */
bool scan_is_caseless(const struct scan *scan, size_t i);

/* Whether a word is one letter of a script. */
bool scan_is_letter(const struct scan *scan, size_t i, uint8_t script);

/* Whether a word in upper case is an article, pronoun or the like, so that a sentence begins. */
bool scan_is_starter(const struct scan *scan, size_t i);

/* A token of one mark: a comma, semicolon or colon; a dash. */
bool scan_is_comma(const struct scan *scan, size_t i);
bool scan_is_dash(const struct scan *scan, size_t i);

/*
 * opening-quote: whether token i is the U+201D with which Urdu and Sindhi open a quotation: right before a word, if the quote
 * before it in the sentence, not far away, is not U+201C, with which people open who quote as in English.
 */
bool scan_opens_in_urdu(const struct scan *scan, size_t i);

/*
 * Whether a quote or bracket, behind an end mark, closes what stands before it.
 */
bool scan_is_closer(const struct scan *scan, size_t i);

#define SCAN_LONGEST_BRACKET 64 /* tokens; ends behind one that is longer end sentences again */

/* Whether token i begins a bracket; *close: the one that ends it, if it is not far. */
bool scan_find_bracket(const struct scan *scan, size_t i, size_t *close);

#endif
