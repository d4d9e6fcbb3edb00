/*
 * Atoms that are tokens by themselves, whatever the rest of the text is: told by their class and those of
 * the atoms beside them, 64 at a time. Nearly all words are settled here, those with an apostrophe or a hyphen inside too.
 */
#ifndef LAFZ_ENTITY_ALONE_H
#define LAFZ_ENTITY_ALONE_H

#include "entity/view.h"

/* Of the 64 atoms looked at. */
struct alone {
	uint64_t content; /* no white space or line end */
	uint64_t tokens;  /* tokens by themselves: words and marks of punctuation */
	/* Of them, marks that rules of sentences look at: no commas, no curly quotes, no mark that ends its segment but for white space. */
	uint64_t stops;
	uint64_t before;       /* words in Latin script right before a full stop */
	uint64_t contractions; /* words that the next two atoms belong to: an apostrophe and letters */
	uint64_t asked; /* words and marks that rules of words look at: hyphens and single quotes, what is before them */
	uint64_t behind; /* the atoms that belong to contractions */
};

/*
 * Looks at the 64 atoms from one on, those that are within; the last one of all is followed by white space or nothing. The sets
 * are theirs, with those of the atoms before them, if there are any, and behind them. has_smile: the text may hold an emoticon
 * of letters.
 */
void alone_find(const struct view *view, const struct atom_sets *sets, size_t first, uint64_t within, bool has_smile,
                struct alone *alone);

/* The same at the k-th 64 atoms. */
static inline void alone_at(const struct view *view, size_t k, uint64_t within, bool has_smile, struct alone *alone)
{
	alone_find(view, &view->atoms->sets[k], 64 * k, within, has_smile, alone);
}

/* Whether a text holds XD or xD. */
bool alone_has_smile(const char *text, uint32_t len);

#endif
