/*
 * The search key: a function of the text alone, recall first (doc/design.md, Normalisation; src/norm/key.fold). For any
 * text x, key(key(x)), key(NFD(x)) and key(norm(x)) in whatever language are key(x). lafz_key is the public side of it
 * (key_string.c). Linear.
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

#define KEY_NOT_FAST SIZE_MAX

/*
 * The key of a piece, or a token, of ASCII, Latin letters below U+0180, U+0600 to U+06FF, ZWNJ and general punctuation
 * in which nothing depends on neighbours. out has room for len bytes. KEY_NOT_FAST if it is anything else.
 */
size_t key_fast(const char *text, size_t len, char *out);

/*
 * The key of one piece of n characters, in place in cps; work is of the same size, with room for all that a character
 * can become. Returns the new count or LAFZ_ERR_UNICODE.
 */
ptrdiff_t key_piece(uint32_t *cps, size_t n, uint32_t *work);

/*
 * The bytes from the beginning of text on of which the key is as long as they are, wherever the borders of tokens lie in
 * them: ASCII and letters of U+0600 to U+06FF whose place does not matter. Writes it to out, which has room for len. What
 * out holds behind it is undefined.
 */
size_t key_plain(const char *text, size_t len, char *out);

/* The tokens of a text, by columns: where they are and where their keys are. */
struct key_tokens {
	const uint32_t *start, *end;
	uint32_t *off, *len;
	size_t n;
};

/* How far the keys of a text are made: bytes of it, of the keys, and the token that is next. */
struct key_progress {
	uint32_t at, out;
	size_t token;
};

/*
 * The keys of the tokens from place->token on, up to one that must be looked at by itself; what lies between them is copied. Letters may
 * become shorter ones, and marks are dropped. Before place->at, and so before place->out, nothing is left to do. The keys, out,
 * have room for KEY_WIDE_ROOM bytes more than all of the text has.
 */
typedef void key_wide_function(struct key_progress *place, const struct key_tokens *tokens, const char *text, size_t len,
                               char *out);

#define KEY_WIDE_ROOM 64

key_wide_function key_wide_avx2, key_wide_avx512;

/* NULL: there is none for that kernel, and key_plain is what there is. */
key_wide_function *key_wide_find(const char *kernel);

/* What the wide ones look up, as src/gen/key.h says, and what a first byte below 4 means. */
struct key_wide_tables {
	const uint8_t (*first)[64], (*last)[64], (*latin_first)[64], (*latin_last)[64], (*punct)[64];
};

enum key_wide {
	KEY_WIDE_DROPPED,
	KEY_WIDE_STOP,  /* not known here */
	KEY_WIDE_PLACE, /* key_by_place knows */
	KEY_WIDE_ZWNJ   /* dropped behind a letter */
};

extern const struct key_wide_tables key_wide_tables;

/*
 * What the letter by place at text becomes. is_first: it stands behind white space; else a letter is before it. False: more would
 * have to be known.
 */
bool key_wide_place(const char *text, bool is_first, char out[2]);

/* The letters that stay wherever they stand, as in calm_sieve. */
extern const uint8_t (*const key_same)[16];

/* cp is a mark of Arabic script that is not part of a key. */
bool key_drops_mark(uint32_t cp);

#endif
