/*
 * bzip2, xz, zstd and lz4, any number of streams one after the other, by the libraries that libarchive
 * brings (load.h). libarchive itself would throw away up to a buffer of what was decoded when the file
 * is cut off behind it, and end the process where there is no memory.
 */
#ifndef LAFZ_CLI_UNPACK_H
#define LAFZ_CLI_UNPACK_H

#include <stddef.h>

#include "cli/pull.h"

enum unpack_format { UNPACK_BZIP2, UNPACK_XZ, UNPACK_ZSTD, UNPACK_LZ4 };

struct unpack;

/* 0, or -1 with *error set to a fixed text. unpack_close is legal after both. */
int unpack_open(struct unpack **out, enum unpack_format format, const struct pull *pull,
                const char **error);

/* As gzip_read. */
int unpack_read(struct unpack *unpack, char *out, size_t cap, size_t *len, const char **error);

/* NULL is legal. */
void unpack_close(struct unpack *unpack);

#endif
