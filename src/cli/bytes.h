/*
 * A growing buffer of bytes for the filter. A zeroed struct is an empty one. The owner of the
 * struct owns the bytes.
 */
#ifndef LAFZ_CLI_BYTES_H
#define LAFZ_CLI_BYTES_H

#include <stdbool.h>
#include <stddef.h>

struct bytes {
	char *ptr;
	size_t len, cap;
};

/* Makes room for more bytes behind len. False if there is no memory; then nothing has changed. */
bool bytes_reserve(struct bytes *bytes, size_t more);

/* Appends n bytes. False if there is no memory. */
bool bytes_append(struct bytes *bytes, const char *text, size_t n);

/* Appends text with one U+FFFD for each ill-formed subpart. False if there is no memory. */
bool bytes_append_repaired(struct bytes *bytes, const char *text, size_t len);

void bytes_free(struct bytes *bytes);

#endif
