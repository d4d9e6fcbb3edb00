/*
 * The search key: a function of the text alone, recall first (doc/design.md, Normalisation; src/norm/key.fold). For any
 * text x, key(key(x)), key(NFD(x)) and key(norm(x)) in whatever language are key(x). lafz_key is the public side of it.
 * Linear.
 */
#ifndef LAFZ_NORM_KEY_H
#define LAFZ_NORM_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/mem.h"
#include "norm/norm.h"

/*
 * Appends the key of a token to out if it differs from the source. Returns 1 if it did, 0 if the key is the source and
 * nothing was appended, or LAFZ_ERR_MEMORY or LAFZ_ERR_UNICODE (out is then as long as before).
 */
int key_token(struct norm *norm, const struct lafz_allocator *mem, const char *text, size_t len,
              struct buf *out);

/* cp is a mark of Arabic script that is not part of a key. */
bool key_drops_mark(uint32_t cp);

#endif
