/*
 * Easy lines (text/easy.h): words of two by elision (French l'eau, Italian dell'anno) and with hyphens inside that join, which is asked
 * of the lists where an apostrophe or a hyphen stands. A word with more than one apostrophe, or more than three hyphens, is not easy.
 */
#ifndef LAFZ_TEXT_EASY_INSIDE_H
#define LAFZ_TEXT_EASY_INSIDE_H

#include "text/easy.h"

/*
 * At a place there is a hyphen between letters, or a letter behind an apostrophe: what is a word of its own behind either gets a space before
 * it.
 */
void easy_look_inside(struct easy *easy, const char *text, uint32_t at, uint32_t text_end);

/* Whether white space is before a place. */
static inline bool easy_is_white_before(const char *text, uint32_t at)
{
	return at == 0 || text[at - 1] == ' ' || text[at - 1] == '\n';
}

/* A hyphen behind white space, which joins nothing. */
static inline bool easy_is_dash(const char *text, uint32_t at)
{
	return text[at] == '-' && easy_is_white_before(text, at);
}

/* Bytes of the word from a place on; of a word of which this is all there may be more. */
uint32_t easy_word_behind(const struct easy_bits *bits, size_t place);

/* Bytes of the word before a place; of one that begins by elision what is behind the apostrophe. */
uint32_t easy_second_before(const struct easy *easy, size_t place);

/* Whether the last letters before a place say that no full stop there belongs to a word; most do. */
static inline bool easy_is_free_by_tail(const struct easy_sieve *sieve, const char *text, uint32_t at)
{
	const uint32_t bit = at >= LISTS_TAIL ? lists_tail_bit(text + at - LISTS_TAIL) : 0;
	return at >= LISTS_TAIL && !(sieve->tails[bit / 32] >> bit % 32 & 1);
}

/* Whether a word that begins at a place stands behind a hyphen that joins it to what is before that: no full stop belongs to it. */
static inline bool easy_is_joined(const struct easy *easy, const char *text, size_t place)
{
	return easy->sieve->joins_hyphens && place > 0 && text[place - 1] == '-';
}

/* Whether the full stop at a place may belong to the word before it. */
bool easy_is_taken_at(const struct easy *easy, const char *text, uint32_t stop);

/* Bytes of the token before a place, with all words that hyphens join to it, or its own hyphen. 0: it is not known. */
uint32_t easy_token_before(const struct easy *easy, const char *text, uint32_t place);

#endif
