/*
 * Compressed output, by libarchive, which is loaded when the name of an output asks for it. The same
 * input gives the same bytes: no times are written.
 */
#ifndef LAFZ_CLI_PACK_H
#define LAFZ_CLI_PACK_H

#include <stdbool.h>
#include <stddef.h>

struct pack;

/* Takes compressed bytes. 0, or -1 after a failure that it has told of. */
typedef int pack_out(void *ctx, const char *text, size_t len);

/* Whether a file of this name is to be compressed: it ends in .gz .bz2 .xz .zst .lz4. */
bool pack_is_name(const char *name);

/*
 * Begins a compressed file of this name. NULL and *error if that cannot be. out and ctx are used
 * until pack_end.
 */
struct pack *pack_begin(const char *name, pack_out *out, void *ctx, const char **error);

/* Compresses more. 0, or -1 and *error, which is NULL if out has failed. */
int pack_put(struct pack *pack, const char *text, size_t len, const char **error);

/* Writes the rest if is_whole, and frees pack, which may be NULL. As pack_put. */
int pack_end(struct pack *pack, bool is_whole, const char **error);

#endif
