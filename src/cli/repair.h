/*
 * Well-formed UTF-8, for what the filter writes: surfaces and names come as they are in the source,
 * output is always UTF-8. The library decodes for itself; this is all the filter needs to know
 * about bytes.
 */
#ifndef LAFZ_CLI_REPAIR_H
#define LAFZ_CLI_REPAIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define REPAIR_MARK "\xEF\xBF\xBD" /* U+FFFD REPLACEMENT CHARACTER */
#define REPAIR_MARK_LEN 3
#define REPAIR_NOTHING UINT32_MAX /* in place of a code point */

enum repair_answer {
	REPAIR_GOOD,       /* one character */
	REPAIR_ILL_FORMED, /* one maximal subpart (Unicode 15.0, section 3.9, U+FFFD substitution) */
	REPAIR_CUT         /* the text ends inside a character */
};

/* Looks at the beginning of len > 0 bytes of text; *n is how many bytes the answer is about. */
enum repair_answer repair_look(const char *text, size_t len, size_t *n);

/*
 * The code point at the beginning of len > 0 bytes of text, or REPAIR_NOTHING if they are
 * ill-formed there; *n is how many bytes the answer is about.
 */
uint32_t repair_read(const char *text, size_t len, size_t *n);

/* How many bytes at the beginning of text are well-formed. */
size_t repair_good(const char *text, size_t len);

/* Whether well-formed text is len bytes of source as they are written: with a mark for what is ill-formed. */
bool repair_is_same(const char *text, size_t text_len, const char *source, size_t len);

#endif
