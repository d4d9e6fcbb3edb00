/*
 * The plain loop, for the kernels that leave to it what they are not made for. It can stop behind
 * any character and go on from there.
 */
#ifndef LAFZ_SCAN_PLAIN_H
#define LAFZ_SCAN_PLAIN_H

#include <stddef.h>
#include <stdint.h>

#include "scan/atom.h"

#define PLAIN_NO_ROW 0xFFFFFFFFu

/* Where the scan stands. The atom under way is the last one of atoms. */
struct plain {
	struct atoms *atoms;
	size_t n;
	uint32_t at; /* offset of the next character */
	uint32_t key; /* class and script of what goes on with the atom; PLAIN_NO_ROW: nothing does */
	uint32_t flags; /* of the atom so far */
	uint32_t ask;   /* UCD_LOW_ASK if the next character cannot be judged by the key alone */
	uint32_t n_ill;
	size_t ended; /* the n of an atom that only marks go on with: keycaps stand alone (UTS #51) */
};

/* The start of a text. */
struct plain plain_begin(struct atoms *atoms);

/*
 * Scans on until a character of ASCII ends at stop or behind it, or the text does. What is left has
 * three bytes before it, and the last two before that character are no broken one.
 */
void plain_to(struct plain *plain, const unsigned char *s, uint32_t len, uint32_t stop);

/* The end of the text. Returns the number of ill-formed atoms. */
uint32_t plain_end(struct plain *plain, uint32_t len);

/*
 * Goes on behind atom n - 1, which another loop has written and whose last character is a letter of
 * a script, digit, white space, mark of punctuation or symbol, or a mark on one of these.
 */
void plain_resume(struct plain *plain, size_t n, uint32_t at);

#endif
