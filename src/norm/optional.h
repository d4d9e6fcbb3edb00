/*
 * The steps of the profile standard that are off by default: marks, punctuation, digits, lower case
 * (lafz.h, options). Each works in place, or from in to out, and returns the new count; trace may
 * be NULL. None changes what the key joins.
 */
#ifndef LAFZ_NORM_OPTIONAL_H
#define LAFZ_NORM_OPTIONAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "norm/trace.h"

#define OPTIONAL_PUNCT 3 /* code points that optional_punct makes of one, at most */

/*
 * Drops the marks of Arabic script that the key drops, but for one of U+0653 to U+0655 where it
 * makes another letter of its base or stands on a yeh. U+06C0 becomes U+0647: there the hamza is an
 * ezafe, as it is on U+0647 itself. A text of nothing but marks and invisible characters stays.
 */
size_t optional_marks(uint32_t *cps, size_t n, struct trace *trace);

/* The second half of it alone, for what folds have made: U+06C0 to U+0647. */
void optional_ezafe(uint32_t *cps, size_t n, struct trace *trace);

/* Whether optional_punct changes it. */
bool optional_is_punct(uint32_t cp);

/* Punctuation to ASCII by src/norm/punct.fold. */
size_t optional_punct(const uint32_t *in, size_t n, uint32_t *out, struct trace *trace);

/* Digits of ASCII, U+0660 and U+06F0 on to those that begin with zero. */
void optional_digits(uint32_t *cps, size_t n, uint32_t zero, struct trace *trace);

/* The zero of the digits a language writes natively; 0: it is not known. */
uint32_t optional_zero(uint16_t lang);

/* Latin letters to lower case, by their simple mappings; I to U+0131 if is_turkish is set. */
void optional_lower(uint32_t *cps, size_t n, bool is_turkish, struct trace *trace);

#endif
