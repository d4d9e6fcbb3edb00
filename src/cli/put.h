/*
 * How values are written: numbers, strings escaped for tsv and for JSON, confidences. Fast paths
 * are here, since a token has a dozen values.
 */
#ifndef LAFZ_CLI_PUT_H
#define LAFZ_CLI_PUT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "cli/sink.h"

/* Copies a string literal to dst and returns the place behind it. */
#define PUT_LITERAL(dst, literal)                                                                  \
	((char *)memcpy((dst), (literal), sizeof(literal) - 1) + sizeof(literal) - 1)

#define PUT_DECIMAL_ROOM 24 /* the longest number has 20 digits */

extern const char put_pairs[]; /* "00" to "99" */

/*
 * The digits above the last four of the number before: offsets grow slowly, so they are mostly the
 * same.
 */
struct put_high {
	uint64_t high;
	size_t len;
	char text[PUT_DECIMAL_ROOM];
};

void put_high_set(struct put_high *cache, uint64_t high);

/* Writes 0 to 9999 without leading zeros. */
static inline char *put_small(char *dst, uint32_t number)
{
	if (number < 10) {
		*dst = (char)('0' + number);
		return dst + 1;
	}
	if (number < 100) {
		memcpy(dst, put_pairs + 2 * number, 2);
		return dst + 2;
	}
	const uint32_t high = number / 100;
	const uint32_t low = number % 100;
	dst = put_small(dst, high);
	memcpy(dst, put_pairs + 2 * low, 2);
	return dst + 2;
}

/* Writes a decimal number. dst has room for PUT_DECIMAL_ROOM bytes. */
static inline char *put_decimal(char *dst, struct put_high *cache, uint64_t number)
{
	const uint64_t high = number / 10000;
	const uint32_t low = (uint32_t)(number % 10000);
	if (high == 0)
		return put_small(dst, low);
	if (high != cache->high)
		put_high_set(cache, high);
	memcpy(dst, cache->text, sizeof cache->text);
	dst += cache->len;
	memcpy(dst, put_pairs + 2 * (low / 100), 2);
	memcpy(dst + 2, put_pairs + 2 * (low % 100), 2);
	return dst + 4;
}

/* Appends len bytes of text to the sink, in one of the ways below. */
typedef void put_function(struct sink *sink, const char *text, size_t len);

/* sink_put: as it is */
put_function put_tsv;  /* tab, LF, CR and backslash as \t \n \r \\ */
put_function put_json; /* what RFC 8259 requires inside quotes, which are not written */

/* The same with one U+FFFD for each ill-formed subpart. */
void put_repaired(struct sink *sink, const char *text, size_t len, put_function *put);

/*
 * Writes a confidence rounded to three decimals, without zeros at the end: 0.987, 0.5, 1. At most 5
 * bytes.
 */
char *put_confidence(char *dst, float confidence);

#endif
