/*
 * bzip2, xz, zstd and lz4 by libarchive, which is loaded when the first such file is opened.
 */
#ifndef LAFZ_CLI_ARCHIVE_H
#define LAFZ_CLI_ARCHIVE_H

#include <stddef.h>

#include "cli/pull.h"

enum archive_filter { ARCHIVE_BZIP2, ARCHIVE_XZ, ARCHIVE_ZSTD, ARCHIVE_LZ4 };

struct archive_reader;

/* 0, or -1 with *error set to a text that lives until archive_reader_close, which is legal then. */
int archive_reader_open(struct archive_reader **out, enum archive_filter filter,
                        const struct pull *pull, const char **error);

/* As gzip_read. The text of *error lives until archive_reader_close. */
int archive_reader_read(struct archive_reader *reader, char *out, size_t cap, size_t *len,
                        const char **error);

/* NULL is legal. */
void archive_reader_close(struct archive_reader *reader);

#endif
