/*
 * What the tests of norms share: the norm of a text, compared by its code points; random texts of what the rules act on; and
 * requests with options.
 */
#ifndef LAFZ_TESTS_NORM_TEXT_H
#define LAFZ_TESTS_NORM_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lafz.h"
#include "norm/norm.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))
#define MOST_CPS 64

enum option {
	STRIP = NORM_STRIP_MARKS,
	PUNCT = NORM_UNIFY_PUNCT,
	LOWER = NORM_LOWER,
	NO_ZWNJ = NORM_DROP_ZWNJ,
	ASCII = NORM_ASCII_DIGITS,
	NATIVE = NORM_NATIVE_DIGITS,
	INNER_YEH = 64
};

struct option_row {
	const char *what;
	unsigned options; /* bits of enum option */
	uint16_t lang;
	uint8_t kind;
	const char *in, *want; /* want NULL: stays */
};

/* The code points of text in hex, for messages, in out, which is returned. */
const char *norm_text_hex(const char *text, size_t len, char *out, size_t cap);

bool norm_text_equals(const char *got, size_t got_len, const char *want, size_t want_len);

/* Fails unless both texts are the same, and shows their code points. Check writes a line at every assertion, so loops call this. */
void norm_text_expect(const char *what, const char *got, size_t got_len, const char *want, size_t want_len);

/* The norm as text, changed or not; fails the test if norm does. out is emptied first. */
void norm_text_of(struct norm *norm, const struct norm_request *request, const char *text, size_t len, struct buf *out);

/* A word of Arabic script in a language, no options. */
struct norm_request norm_text_word(uint16_t lang);

/* The same as a row asks for; its tables are yeh if it asks for INNER_YEH. */
struct norm_request norm_text_request(const struct option_row *row, const struct lafz_tables *yeh);

/* Tables with one rule of this name switched on. The caller closes them. */
struct lafz_tables *norm_text_tables(const char *name);

/* Writes code points as UTF-8, up to 4 bytes each, and returns how many bytes that are. */
size_t norm_text_encode(const uint32_t *cps, size_t n, char *out);

uint64_t norm_text_random(uint64_t *state);

/* Any assigned character, but for private use. */
uint32_t norm_text_assigned(uint64_t *state);

/* Mostly what the rules act on, sometimes any assigned character. */
uint32_t norm_text_any_cp(uint64_t *state);

/* A random text of up to 9 characters, sometimes ill-formed, in at most 4 * MOST_CPS bytes; returns its length. */
size_t norm_text_any(uint64_t *state, char *out);

#endif
