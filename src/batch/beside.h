/*
 * What a token's neighbours say about its norm, so that normalising what is normalised changes nothing: norm may make
 * one token of two (digits and an ending, the parts of a link), and then what is done to them must be the same.
 */
#ifndef LAFZ_BATCH_BESIDE_H
#define LAFZ_BATCH_BESIDE_H

#include "batch/batch.h"

/* A zeroed struct is a valid start; one for each segment, whose tokens are asked for in their order. */
struct beside {
	const char *text;
	const struct tokens *tokens;
	size_t first, end; /* the tokens of the segment */
	uint16_t set_lang; /* the one language that the caller has set; und: none */
	bool is_uax29;     /* rules of UAX #29 alone */
	bool is_native;    /* digits are asked for */
	uint16_t lang;     /* of the last letters before the token */
	bool has_letters;  /* there were some, or will be */
	uint16_t last;     /* what beside_digits said last */
};

/*
 * The language whose digits token i gets; lang is that of its run. Where one language is set, it is a matter of the
 * letters before the digits alone, be they a word's or a link's, but digits right before a word go by the word.
 */
uint16_t beside_digits(struct beside *beside, size_t i, uint16_t lang);

/*
 * A mark that would make one token of those on its sides, were it of ASCII, which are then treated otherwise: a link (an
 * Arabic full stop before com), initials, a word by UAX #29, a number and a word of two languages.
 */
bool beside_keeps_mark(const struct beside *beside, size_t i);

#endif
