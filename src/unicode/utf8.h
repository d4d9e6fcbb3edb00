/*
 * UTF-8, decoded and encoded. Nobody else looks at lead bytes (the scanner's kernels aside, which
 * are this module written for speed). Ill-formed bytes are cut into maximal subparts (The Unicode
 * Standard 15.0, section 3.9, "U+FFFD Substitution of Maximal Subparts").
 */
#ifndef LAFZ_UNICODE_UTF8_H
#define LAFZ_UNICODE_UTF8_H

#include <stddef.h>
#include <stdint.h>

#define UTF8_REPLACEMENT 0xFFFDu
#define UTF8_MAX 4 /* bytes of a character, at most */

enum utf8_status {
	UTF8_CHAR,      /* a code point */
	UTF8_ILLFORMED, /* a maximal subpart that can never become one */
	UTF8_CUT,       /* the bytes end inside a sequence that may still become well-formed */
	UTF8_END        /* no bytes left */
};

struct utf8 {
	uint32_t cp;  /* U+FFFD unless CHAR */
	uint32_t len; /* bytes it covers; CUT: the bytes that are there; END: 0 */
	enum utf8_status status;
};

/* Decodes what begins at text, len bytes long. */
struct utf8 utf8_decode(const char *text, size_t len);

/*
 * The character that ends at text + off (off > 0) within well-formed or repaired text; steps back
 * one subpart.
 */
struct utf8 utf8_decode_before(const char *text, size_t off);

/* Writes cp (a scalar value) to out, 4 bytes of room; returns the bytes written. */
uint32_t utf8_encode(uint32_t cp, char *out);

/*
 * Characters in len bytes; each maximal subpart of ill-formed bytes counts as one, a sequence cut
 * off at the end too.
 */
size_t utf8_count(const char *text, size_t len);

/* The same for bytes known to be well-formed: as fast as memory. */
size_t utf8_count_valid(const char *text, size_t len);

#endif
