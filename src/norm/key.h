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
 * Appends the key of a token to out, whether it differs from the source or not. Returns LAFZ_OK, LAFZ_ERR_MEMORY or
 * LAFZ_ERR_UNICODE (out is then as long as before).
 */
int key_token(struct norm *norm, const struct lafz_allocator *mem, const char *text, size_t len,
              struct buf *out);

/*
 * The bytes from the beginning of text on of which the key is as long as they are, wherever the borders of tokens lie in
 * them: ASCII and letters of U+0600 to U+06FF whose place does not matter. Writes it to out, which has room for len. What
 * out holds behind it is undefined.
 */
typedef size_t key_function(const char *text, size_t len, char *out);

/* key_plain is the reference; both give the same. */
key_function key_plain, key_plain_avx2;

/* The fastest one that a processor can run which runs the scanner's kernel of that name. */
key_function *key_find(const char *kernel);

/* For the others: what the two bytes at text become, if they are a letter that is plain; and the letters that stay, as in calm_sieve. */
bool key_pair(const char *text, char *out);
extern const uint8_t (*const key_same)[16];

/* cp is a mark of Arabic script that is not part of a key. */
bool key_drops_mark(uint32_t cp);

#endif
