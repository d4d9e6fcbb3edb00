/*
 * Parts of lines: where a line stays hard, only those of its sentences go the long way that hold something bad, as lines of their own, and
 * those between them are copied as easy lines are. The conditions are those of text/parts.h, by bytes: a part begins and ends where a sentence
 * surely ends by what is right beside its mark alone, before a word of the language, and with no bracket and no single quote open.
 */
#ifndef LAFZ_TEXT_EASY_PARTS_H
#define LAFZ_TEXT_EASY_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "text/easy.h"

/* A line that is looked at again. */
struct easy_parting {
	uint32_t start;
	size_t change, mended; /* those not noted yet: of the first look, and of the second one in Arabic script */
	char wanted;           /* what closes the bracket that is open; 0: none is */
	uint32_t opened;       /* where that is */
	bool is_unknown;       /* a bracket or single quote may be open to the end of the line */
	bool has_ends;         /* some were noted */
	uint32_t single;       /* behind this a single quote may be open that is not bad */
};

/* Begins the line of a byte, which ends at another; lines are begun in their order. False: it has no parts. */
bool easy_parting_begin(struct easy_parting *parting, const struct easy *easy, const char *text, uint32_t at, uint32_t end);

/* Whether a character that begins with a byte may open or close something. */
static inline bool easy_may_part(char c)
{
	return c == '(' || c == ')' || c == '[' || c == ']' || c == '\'' || c == '\xE2';
}

/* Takes account of such a bad byte, before it is looked at, and of ends as easy_parting_ends does. */
bool easy_parting_note(struct easy_parting *parting, struct easy *easy, const char *text, uint32_t at);

/* Takes account of ends of sentences that were found before a byte. Whether there were any. */
bool easy_parting_ends(struct easy_parting *parting, struct easy *easy, uint32_t at);

/* Whether sentences end behind what was noted, and before a byte. */
bool easy_parting_ends_behind(const struct easy_parting *parting, const struct easy *easy, uint32_t at);

/*
 * Parts the line, which has something bad, where sentences end: from there on that counts as the end of a line. Returns how many bytes of it
 * are easy.
 */
uint32_t easy_parting_end(struct easy_parting *parting, struct easy *easy, const char *text, uint32_t end);

#endif
