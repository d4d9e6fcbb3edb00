/*
 * How the characters of a document lie in its bytes, as far as one must know it to cut there.
 */
#ifndef LAFZ_CLI_JOBS_FORM_H
#define LAFZ_CLI_JOBS_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FORM_NAME 40 /* room for the name of an encoding with its NUL */

/* All zero: it is not known, and the document is not to be cut. */
struct form {
	size_t unit;  /* bytes of a character of ASCII */
	bool is_utf8; /* else, with a unit of one byte, all characters have one */
	bool is_big;  /* the first byte of a unit counts most */
	char mark[4]; /* a byte order mark at the document's beginning that tells is_big */
	size_t mark_len;
	char name[FORM_NAME]; /* of the encoding if it was guessed, else empty */
};

/*
 * The form of a document that begins with these bytes, in an encoding by its name: NULL is UTF-8.
 * Encodings that shift, or whose characters are of one or two bytes, have none, since a byte alone
 * does not tell what it is: of them *form is all zero, and if text is too short for a mark.
 */
void form_find(struct form *form, const char *encoding, const char *text, size_t len);

/* The unit that begins at a place. */
uint32_t form_unit(const struct form *form, const char *text, size_t at);

#endif
