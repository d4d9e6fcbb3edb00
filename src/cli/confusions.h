/*
 * Letters that are likely to stand for others but that no profile changes, because both are
 * letters of the language or the right one depends on the word. lafz stats counts them, so that
 * somebody can look. Each row is a guess by rule; it says what to look at, not what is wrong.
 */
#ifndef LAFZ_CLI_CONFUSIONS_H
#define LAFZ_CLI_CONFUSIONS_H

#include <stddef.h>
#include <stdint.h>

#define CONFUSIONS_MOST 16

/* Marks, ZWNJ, ZWJ and tatweel do not count as letters. */
enum confusion_place { CONFUSION_ANY, CONFUSION_LAST, CONFUSION_INNER };

struct confusion {
	const char *name; /* NULL: the end of the table */
	const char *lang; /* tag */
	enum confusion_place place;
	uint32_t cps[2];        /* what stands there; cps[1] is 0 if it is one letter */
	uint32_t instead_of[2]; /* what may be meant; instead_of[1] is 0 if it is one letter */
};

extern const struct confusion confusions[];

/* The name of a place: any, last, inner. */
const char *confusions_place(enum confusion_place place);

/* Counts what a word's norm has, in counts[i] for confusions[i]. */
void confusions_count(uint64_t counts[CONFUSIONS_MOST], const char *tag, const char *norm,
                      size_t len);

#endif
