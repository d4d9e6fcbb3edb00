/*
 * What the run stage needs of the lines of a region whose words are told by bits of bytes (text/byte_lines.h): most are easy
 * (text/easy.h), words of one script between two of which no place is cheaper for a switch than another if they have spaces, a comma
 * or a hyphen alone between them.
 */
#ifndef LAFZ_RUN_BYTES_H
#define LAFZ_RUN_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum run_bytes_kind {
	RUN_BYTES_ASKS,  /* no bits tell it: none of its words begins here */
	RUN_BYTES_BLANK, /* without words */
	RUN_BYTES_ARAB,  /* words of a script */
	RUN_BYTES_LATN,
	RUN_BYTES_EASY = 4, /* of a script and this: between two words what easy lines hold */
	RUN_BYTES_EASY_BLANK = RUN_BYTES_EASY | RUN_BYTES_BLANK,
	RUN_BYTES_EASY_ARAB = RUN_BYTES_EASY | RUN_BYTES_ARAB,
	RUN_BYTES_EASY_LATN = RUN_BYTES_EASY | RUN_BYTES_LATN
};

/* Whether a line of some kind is blank, an easy one or another. */
static inline bool run_bytes_is_blank(uint8_t kind)
{
	return (kind & ~(unsigned)RUN_BYTES_EASY) == RUN_BYTES_BLANK;
}

/* Of a region; bits are of 64 bytes each. */
struct run_bytes {
	const char *text;
	uint32_t len;    /* bytes that can be read */
	uint64_t offset; /* of the first one, in the document */
	const uint64_t *begins, *ends; /* where words begin, and what is behind them */
	/*
	 * Where tokens that are no words begin; those of them across which a switch may cost less; of these, stops and colons. Of no
	 * easy lines.
	 */
	const uint64_t *tokens, *breaks, *stops;
	const uint32_t *starts; /* of lines, and the byte behind the last one */
	const uint8_t *kinds;   /* of lines */
	bool are_bare; /* between two words of easy lines are spaces, commas and hyphens alone */
	size_t last; /* the line behind those whose words are found; set by the run stage, 0 before it begins */
};

#endif
