/*
 * How values are written: numbers, strings escaped for tsv and for JSON, confidences, and texts that
 * are the same again and again. A token has a dozen values, so the fast ways are here, inline. They
 * write straight to a place in the sink whose room was asked for once, in steps of PUT_STEP bytes:
 * what they write behind the end of a value is overwritten by the next.
 */
#ifndef LAFZ_CLI_PUT_H
#define LAFZ_CLI_PUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "cli/sink.h"

/* Copies a string literal to dst and returns the place behind it. */
#define PUT_LITERAL(dst, literal)                                                                  \
	((char *)memcpy((dst), (literal), sizeof(literal) - 1) + sizeof(literal) - 1)

/* ---- Numbers ---- */

#define PUT_DECIMAL_ROOM 24 /* the longest number has 20 digits */

extern const char put_thousand[1000][4]; /* "000" to "999" */

/*
 * The digits above the last three of the number before: offsets grow slowly, so they are mostly the
 * same.
 */
struct put_high {
	uint64_t base; /* the number before without its last three digits */
	size_t len;    /* 0 if base is 0 */
	char text[16];
};

/*
 * Writes a number whose higher digits are not those of the cache, and remembers them if they fit.
 * Rarely called.
 */
char *put_decimal_anew(char *dst, struct put_high *cache, uint64_t number);

/* Writes 0 to 999 without leading zeros, and up to two bytes behind. */
static inline char *put_small(char *dst, uint64_t number)
{
	const size_t zeros = (size_t)(number < 100) + (size_t)(number < 10);
	memcpy(dst, (const char *)put_thousand + 4 * number + zeros, 4);
	return dst + 3 - zeros;
}

/* Writes a decimal number. dst has room for PUT_DECIMAL_ROOM bytes. */
static inline char *put_decimal(char *dst, struct put_high *cache, uint64_t number)
{
	const uint64_t low = number - cache->base;
	if (low >= 1000)
		return put_decimal_anew(dst, cache, number);
	if (cache->len == 0)
		return put_small(dst, low);
	memcpy(dst, cache->text, sizeof cache->text);
	dst += cache->len;
	memcpy(dst, put_thousand[low], 4);
	return dst + 3;
}

/* ---- Texts without escapes ---- */

#define PUT_STEP 16

/* Sixteen bytes at once, for all of which one operator stands. (An attribute needs the typedef.) */
typedef unsigned char put_bytes __attribute__((vector_size(PUT_STEP)));

/*
 * Copies two steps, with one instruction where the compiler may use AVX2. Writers wait for their stores more than for
 * anything else, and these are half as many.
 */
static inline void put_two(char *dst, const char *text)
{
	typedef unsigned char two_steps __attribute__((vector_size(2 * PUT_STEP)));
	two_steps bytes;
	memcpy(&bytes, text, sizeof bytes);
	memcpy(dst, &bytes, sizeof bytes);
}

extern const unsigned char put_ones[4 * PUT_STEP]; /* 2 * PUT_STEP times 0xFF, then zeros */

/* The bytes that put_json escapes. With 2 taken by exclusive or, controls and the quote are those up to 0x20. */
static inline put_bytes put_special_json(put_bytes bytes)
{
	return (put_bytes)(((bytes ^ 2) <= 0x20) | (bytes == '\\'));
}

/* The bytes that put_tsv escapes, and other controls: one comparison instead of three. */
static inline put_bytes put_special_tsv(put_bytes bytes)
{
	return (put_bytes)((bytes < 0x0E) | (bytes == '\\'));
}

static inline bool put_any(put_bytes bytes)
{
	uint64_t halves[2];
	memcpy(halves, &bytes, sizeof halves);
	return (halves[0] | halves[1]) != 0;
}

typedef put_bytes put_special(put_bytes bytes);

/*
 * Copies up to PUT_STEP bytes as they are, and adds those that are special to *found. PUT_STEP bytes
 * are read and written in any case.
 */
static inline char *put_step(char *dst, const char *text, size_t len, put_special *special,
                             put_bytes *found)
{
	put_bytes bytes, mask;
	memcpy(&bytes, text, PUT_STEP);
	memcpy(dst, &bytes, PUT_STEP);
	memcpy(&mask, put_ones + 2 * PUT_STEP - len, PUT_STEP);
	*found |= special(bytes) & mask;
	return dst + len;
}

/* The same at the end of a text, behind which nothing may be read. */
static inline char *put_edge(char *dst, const char *text, size_t len, put_special *special,
                             put_bytes *found)
{
	char step[PUT_STEP] = {0};
	memcpy(step, text, len);
	return put_step(dst, step, len, special, found);
}

/* The same as put_step for any number of bytes. */
static inline char *put_plain(char *dst, const char *text, size_t len, put_special *special,
                              put_bytes *found)
{
	for (; len > PUT_STEP; len -= PUT_STEP) {
		dst = put_step(dst, text, PUT_STEP, special, found);
		text += PUT_STEP;
	}
	return put_step(dst, text, len, special, found);
}

/*
 * Copies up to two steps of bytes as they are. Two steps are written; both are read if there are more bytes than one
 * has, or with is_wide, which spares the branch.
 */
static inline char *put_short(char *dst, const char *text, size_t len, bool is_wide)
{
	if (is_wide) {
		put_two(dst, text);
		return dst + len;
	}
	memcpy(dst, text, PUT_STEP);
	if (len > PUT_STEP)
		memcpy(dst + PUT_STEP, text + PUT_STEP, PUT_STEP);
	return dst + len;
}

/* Whether two texts that put_short copies are the same. */
static inline bool put_short_same(const char *a, const char *b, size_t len)
{
	put_bytes first[2], second[2], mask[2];
	memcpy(first, a, sizeof first);
	memcpy(second, b, sizeof second);
	memcpy(mask, put_ones + 2 * PUT_STEP - len, sizeof mask);
	return !put_any(((first[0] ^ second[0]) & mask[0]) | ((first[1] ^ second[1]) & mask[1]));
}

/*
 * The first special byte of text from i on, but for one byte that is passed over (PUT_FIND_ALL: none is). len: there is
 * none.
 */
typedef size_t put_find(const char *text, size_t i, size_t len, char but);

put_find put_find_tsv, put_find_json;
put_find put_find_tsv_avx2, put_find_json_avx2; /* the same, where AVX2 can be used */

#define PUT_FIND_ALL 'a'

typedef char *put_copy(char *dst, const char *text, size_t len, put_special *special,
                       put_bytes *found);

/* ---- Texts that come again ---- */

#define PUT_BLOCK_CAP 512

/*
 * A short text that is made once and copied often. Whoever makes one knows that it fits. All zero is
 * an empty one.
 */
struct put_block {
	size_t len;
	char text[PUT_BLOCK_CAP];
};

/* Copies a block. dst has room for PUT_BLOCK_CAP bytes. */
static inline char *put_block(char *dst, const struct put_block *block)
{
	memcpy(dst, block->text, 2 * PUT_STEP);
	for (size_t i = 2 * PUT_STEP; i < block->len; i += 2 * PUT_STEP)
		memcpy(dst + i, block->text + i, 2 * PUT_STEP);
	return dst + block->len;
}

/* The same, faster if it has more than 32 bytes. */
static inline char *put_long_block(char *dst, const struct put_block *block)
{
	put_two(dst, block->text);
	put_two(dst + 2 * PUT_STEP, block->text + 2 * PUT_STEP);
	for (size_t i = 4 * PUT_STEP; i < block->len; i += PUT_STEP)
		memcpy(dst + i, block->text + i, PUT_STEP);
	return dst + block->len;
}

/* Makes a block of what was written to its text up to end. */
static inline void put_block_end(struct put_block *block, const char *end)
{
	block->len = (size_t)(end - block->text);
}

/* Copies a name, which ends with NUL, without the NUL. */
static inline char *put_name(char *dst, const char *name)
{
	const size_t len = strlen(name);
	memcpy(dst, name, len);
	return dst + len;
}

/* ---- Texts with escapes ---- */

/* Appends len bytes of text to the sink, in one of the ways below. */
typedef void put_function(struct sink *sink, const char *text, size_t len);

/* sink_put: as it is */
put_function put_tsv;  /* tab, LF, CR and backslash as \t \n \r \\ */
put_function put_json; /* what RFC 8259 requires inside quotes, which are not written */

/* What these append, written to dst, which has room for 2 * len, or 6 * len. They return its end. */
char *put_copy_tsv(char *dst, const char *text, size_t len);
char *put_copy_json(char *dst, const char *text, size_t len);

/* Appends text with one U+FFFD for each ill-formed subpart, the rest of it by put. */
void put_repaired(struct sink *sink, const char *text, size_t len, put_function *put);

/* A confidence as a number of thousandths, rounded: 0 to 1000. */
static inline unsigned put_thousandths(float confidence)
{
	if (!(confidence > 0))
		return 0;
	return confidence < 1 ? (unsigned)(confidence * 1000.0f + 0.5f) : 1000;
}

/*
 * Writes a confidence rounded to three decimals, without zeros at the end: 0.987, 0.5, 1. At most 5
 * bytes.
 */
char *put_confidence(char *dst, float confidence);

/* What stands in XML and HTML for a byte of ASCII that means something there; NULL for all others. */
const char *put_entity(char byte);

#endif
