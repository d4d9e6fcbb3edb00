/*
 * Spans of -f spans, which are alike: [characters,characters,kind,bytes,bytes], a token, and with another value in the middle a
 * sentence or a run. Within ten thousand characters and bytes
 * nothing of it changes from token to token but the last four digits of each number and the value, so all else is kept as
 * text, into which these are put. With AVX2 the digits of eight of them are made at once, with AVX-512 of sixteen.
 */
#ifndef LAFZ_CLI_SPAN_ROWS_H
#define LAFZ_CLI_SPAN_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include <lafz.h>

#include "cli/put.h"

#define SPAN_ROWS_CAP 64   /* the longest text that is kept: four numbers of fourteen digits */
#define SPAN_ROWS_KINDS 10 /* kinds have one digit */
#define SPAN_ROWS_HALF 32  /* what stands on one side of the value */
#define SPAN_ROWS_MOST 72  /* the longest span */

/* The numbers that have the same digits but for the last four, and as many of them. */
struct span_range {
	uint64_t first, end;
	uint64_t base; /* what they have without those four */
};

/* All zero is an empty one, which fits no token. */
struct span_rows {
	struct span_range chars, bytes;
	struct put_high chars_high, bytes_high; /* for their digits above the last four */
	uint8_t len, kind_at;
	char text[SPAN_ROWS_CAP + SPAN_ROWS_HALF]; /* 0 where digits go; a comma at its end; what is behind that is not looked at */
	/* for each byte which digit goes there, counted four a number; 0x80: none */
	uint8_t digits[SPAN_ROWS_CAP + SPAN_ROWS_HALF];
	/* the same before and behind the value of another span, whose comma stands before it; no lengths: they are too long */
	uint8_t front_len, back_len;
	char front[SPAN_ROWS_HALF], back[SPAN_ROWS_HALF];
	uint8_t front_digits[SPAN_ROWS_HALF], back_digits[SPAN_ROWS_HALF];
};

/* What stands in the middle of a span. */
struct span_value {
	char text[7];
	uint8_t len;
};

/* Neighbouring spans of a batch, each of tokens. */
struct span_list {
	const struct lafz_batch *batch;
	const uint32_t *first; /* their first tokens, and the one behind the last span */
	size_t n;
};

/* Makes the text for tokens that begin at these places; an empty one if that would be too long. */
void span_rows_make(struct span_rows *rows, uint64_t ch, uint64_t byte);

/* How many of n tokens from i on, whose offsets only grow, fit. */
size_t span_rows_count(const struct span_rows *rows, const struct lafz_batch *batch, size_t i, size_t n);

/*
 * Writes n tokens that fit, up to the first with a kind of two digits, and says how many it has written, of rows->len bytes each. dst
 * has room for SPAN_ROWS_CAP bytes more than they need.
 */
typedef size_t span_rows_function(char *dst, const struct span_rows *rows, const struct lafz_batch *batch, size_t i, size_t n);

span_rows_function span_rows_put_avx2, span_rows_put_avx512;

/* How many of these spans fit. */
size_t span_rows_count_spans(const struct span_rows *rows, const struct span_list *list);

/* Writes spans that fit, with their values. dst has room for SPAN_ROWS_MOST bytes a span, and for SPAN_ROWS_HALF more. Returns their end. */
char *span_rows_put_spans_avx2(char *dst, const struct span_rows *rows, const struct span_list *list,
                               const struct span_value *values);

#endif
