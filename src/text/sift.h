/*
 * Which bytes of a text plain lines do not hold, for all of its lines at once: white space that is more than one space between two
 * tokens, control characters, and what norm may change. A bit for each byte, 64 in a word.
 */
#ifndef LAFZ_TEXT_SIFT_H
#define LAFZ_TEXT_SIFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "norm/calm.h"

/* Well-formed; it begins where a line does. */
struct sift_text {
	const char *text;
	uint32_t len;
	const struct fold_table *table;
	const struct calm_sieve *sieve; /* made of it */
};

/* Words that a text of some length fills. */
static inline size_t sift_words(uint32_t len)
{
	return (size_t)len / 64 + 1;
}

/* Each has sift_words(len) words. */
struct sift_bits {
	/* Control characters, but for a CR LF that ends something; spaces behind white space, line ends behind others. */
	uint64_t *odd;
	/* First bytes of characters that calm_char has to be asked about: all that are not calm are among them. */
	uint64_t *restless;
	/* First bytes of marks that are the second in a row, which are calm unless they change places with the first one. */
	uint64_t *pairs;
};

/* Behind the text there is a bit in odd and one in restless. */
typedef void sift_function(const struct sift_text *text, const struct sift_bits *bits);

/* sift_plain is the reference; of characters that are calm another one may have fewer. */
sift_function sift_plain, sift_avx2, sift_avx512;

/* The fastest one that a processor can run which runs the scanner's kernel of that name. */
sift_function *sift_find(const char *kernel);

/* Whether a byte is odd between two others. */
static inline bool sift_is_odd(char before, char c, char next)
{
	if (c == '\r')
		return next != '\n' || before == '\n';
	return ((unsigned char)c < ' ' && c != '\n') ||
	       (c == ' ' && (before == ' ' || before == '\n')) || (c == '\n' && before == '\n');
}

/* The same at a place, behind another byte. */
static inline bool sift_is_odd_at(const char *text, uint32_t len, uint32_t at, char before)
{
	return sift_is_odd(before, text[at], at + 1 < len ? text[at + 1] : '\0');
}

/* The first byte from one on that has a bit. */
static inline uint32_t sift_next(const uint64_t *bits, uint32_t at)
{
	size_t k = at / 64;
	uint64_t word = bits[k] & ~(uint64_t)0 << at % 64;
	while (word == 0)
		word = bits[++k];
	return (uint32_t)(64 * k) + (uint32_t)__builtin_ctzll(word);
}

#endif
