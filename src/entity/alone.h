/*
 * Atoms that are tokens by themselves, whatever the rest of the text is: told by their class and that of
 * the atom behind them, 63 at a time. Nearly all words are settled here.
 */
#ifndef LAFZ_ENTITY_ALONE_H
#define LAFZ_ENTITY_ALONE_H

#include "entity/view.h"

#define ALONE_MOST 63 /* atoms looked at: the next one is needed for the last of them */

/* Of the atoms looked at, from the first one on. */
struct alone {
	uint32_t n;       /* how many there are */
	uint64_t content; /* no white space or line end */
	uint64_t tokens;  /* tokens by themselves: words and marks of punctuation */
	uint64_t stops; /* of them, marks and quotes other than the comma of ASCII, which ends and joins nothing */
	uint64_t before; /* words right before a full stop */
};

/*
 * Looks at atoms from i on, up to end; the last one before end is followed by white space or nothing. has_smile: the text may hold an emoticon of letters.
 */
struct alone alone_from(const struct view *view, size_t i, size_t end, bool has_smile);

/* Whether a text holds XD or xD. */
bool alone_has_smile(const char *text, uint32_t len);

#endif
