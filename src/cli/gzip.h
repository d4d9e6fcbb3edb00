/*
 * gzip, any number of members one after the other, by zlib. (libarchive reads gzip too, but throws
 * away up to 64 KiB that it has decoded when the file is cut off behind them.)
 */
#ifndef LAFZ_CLI_GZIP_H
#define LAFZ_CLI_GZIP_H

#include <stddef.h>

#include "cli/pull.h"

struct gzip;

/* NULL if there is no memory. */
struct gzip *gzip_open(const struct pull *pull);

/*
 * Decodes up to cap bytes. 1: *len are there; 0: the end, or *error is set to a fixed text; -1:
 * reading has failed, and said so.
 */
int gzip_read(struct gzip *gzip, char *out, size_t cap, size_t *len, const char **error);

void gzip_close(struct gzip *gzip);

#endif
