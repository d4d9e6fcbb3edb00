/*
 * Signs in lines that are hard at first (text/easy_again.c): brackets; and of languages other than English colons and semicolons, quotes,
 * dashes, hyphens that do not join, digits, and the spaces that do not break which French has beside these and before marks.
 */
#ifndef LAFZ_TEXT_EASY_SIGNS_H
#define LAFZ_TEXT_EASY_SIGNS_H

#include <stdbool.h>
#include <stdint.h>

#include "text/easy.h"

/* Whether a text of two bytes is U+00AB or U+00BB. */
static inline bool easy_opens(const char *s)
{
	return s[0] == '\xC2' && s[1] == '\xAB';
}

static inline bool easy_closes(const char *s)
{
	return s[0] == '\xC2' && s[1] == '\xBB';
}

/* Whether U+00BB or a bracket that closes stands before a byte. */
static inline bool easy_is_behind_closing(const char *text, uint32_t at)
{
	return at > 1 && (text[at - 1] == ')' || easy_closes(text + at - 2));
}

/* Whether a round bracket, a bad byte, may stand where it does, and what is behind it. */
bool easy_pass_bracket(struct easy *easy, const char *text, uint32_t at, uint32_t len);

/* Whether the sign that a bad byte begins may stand there, as its line is copied then. It has three bytes behind it. */
bool easy_pass_sign(struct easy *easy, const char *text, uint32_t at, uint32_t len);

/*
 * dateline: whether what may be a dash stands in the line before a byte, or may stand farther away than is looked: a line of nothing but
 * colons is not gone through for each.
 */
bool easy_is_behind_dash(const char *text, uint32_t at);

#endif
