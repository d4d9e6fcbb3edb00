/*
 * Easy lines (text/easy.h): words of two by elision (French l'eau, Italian dell'anno) and with hyphens inside that join, which is asked
 * of the lists where an apostrophe or a hyphen stands. A word with more than one apostrophe, or more than three hyphens, is not easy. And
 * commas that end a sentence behind some words.
 */
#ifndef LAFZ_TEXT_EASY_INSIDE_H
#define LAFZ_TEXT_EASY_INSIDE_H

#include "text/easy.h"

/* The apostrophe or hyphen at a place stands between letters: what is a word of its own behind it gets a space before it. */
void easy_look_inside(struct easy *easy, const char *text, uint32_t at, uint32_t text_end);

/*
 * finite-verb: whether the Uyghur comma at a place may end a sentence. Not between two words with white space before the first and the
 * second, the first one no finite verb. end: of the text.
 */
bool easy_comma_may_end(const struct easy *easy, const char *text, uint32_t at, uint32_t end);

/* Bytes of the word before a place; where a language elides, of one with an apostrophe what is behind that. */
uint32_t easy_second_before(const struct easy *easy, const char *text, size_t place);

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
