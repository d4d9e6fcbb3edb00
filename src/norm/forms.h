/*
 * Presentation forms, Arabic ones (U+FB50 to U+FDFF, U+FE70 to U+FEFC) and Latin ligatures (U+FB00 to U+FB06), and the
 * letters they stand for.
 */
#ifndef LAFZ_NORM_FORMS_H
#define LAFZ_NORM_FORMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FORMS_LONGEST 4 /* letters of a form, at most */

/*
 * The letters of a form: returns how many and sets *letters, which live as long as the program. 0: cp is no form, or
 * one that stays (honorifics, the rial sign, the tail fragment U+FE73). A spacing form of marks gives the bare marks.
 */
size_t forms_letters(uint32_t cp, const uint16_t **letters);

/* cp lies in one of these ranges. */
static inline bool forms_is_form(uint32_t cp)
{
	return (cp >= 0xFB50 && cp <= 0xFDFF) || (cp >= 0xFE70 && cp <= 0xFEFC) ||
	       (cp >= 0xFB00 && cp <= 0xFB06);
}

/* cp is a spacing form of marks, so not a letter whatever its general category says. */
bool forms_is_mark(uint32_t cp);

#endif
