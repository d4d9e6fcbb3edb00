/*
 * libarchive, loaded when compressed data are first met: with its dozen libraries it would cost every
 * start more than all the rest.
 */
#ifndef LAFZ_CLI_LOAD_H
#define LAFZ_CLI_LOAD_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The name that the linker would have written into the program. It has been this one since
 * libarchive 3.0.
 */
#define LOAD_NAME "libarchive.so.13"

/* NULL if it cannot be loaded. It is never closed: its own libraries do not all bear that. */
void *load_library(void);

/* Sets the function pointer call, of size bytes, to the function of this name. False: there is none. */
bool load_call(void *library, const char *name, void *call, size_t size);

#endif
