/*
 * Short lists of words in one string, split by one space, with one at each end: read more easily than
 * arrays, and searched only where a mark beside the word asks for it.
 */
#ifndef LAFZ_WORD_WORDLIST_H
#define LAFZ_WORD_WORDLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The words of a language. */
struct wordlist {
	uint16_t lang;
	const char *words;
};

/*
 * Whether words holds the text as it is, with its first letter in lower case, or all of it: ASCII
 * letters, the first of them a capital, or all.
 */
bool wordlist_holds(const char *words, const char *text, size_t len);

/* The same for the list of a language; false if it has none. */
bool wordlists_hold(const struct wordlist *lists, size_t n, uint16_t lang, const char *text,
                    size_t len);

#define WORDLISTS_HOLD(lists, lang, text, len)                                                     \
	wordlists_hold(lists, sizeof(lists) / sizeof *(lists), lang, text, len)

#endif
