/*
 * Invisible controls that belong to the word before them or, behind none, to a gap, and that norm leaves out: ZWNJ where it has nothing
 * to do, marks of direction.
 */
#ifndef LAFZ_UNICODE_INVISIBLE_H
#define LAFZ_UNICODE_INVISIBLE_H

#include <stdbool.h>

#define INVISIBLE_LEN 3 /* bytes */

/* ZERO WIDTH NON-JOINER */
static inline bool invisible_is_zwnj(const char *s)
{
	return (unsigned char)s[0] == 0xE2 && (unsigned char)s[1] == 0x80 && (unsigned char)s[2] == 0x8C;
}

/* Whether a text that ends with LF begins with U+200C, U+200E, U+200F or U+202A to U+202E. */
static inline bool invisible_begins(const char *s)
{
	if ((unsigned char)s[0] != 0xE2 || (unsigned char)s[1] != 0x80)
		return false;
	const unsigned char last = (unsigned char)s[2];
	return last == 0x8C || last == 0x8E || last == 0x8F || (last >= 0xAA && last <= 0xAE);
}

#endif
