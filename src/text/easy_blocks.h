/*
 * What looks at the bytes of a text 64 at a time have in common (text/easy_wide.h, text/easy_words_wide.h). Behind norm/calm_wide.h.
 */
#ifndef LAFZ_TEXT_EASY_BLOCKS_H
#define LAFZ_TEXT_EASY_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "text/easy.h"

/* The bytes behind rows of some that ones come to which are carried through these from a byte of each. *carry: whether they are carried on. */
static inline uint64_t easy_through(uint64_t rows, uint64_t from, uint64_t *carry)
{
	unsigned long long sum;
	*carry = _addcarry_u64((unsigned char)*carry, rows, from, &sum);
	return sum & ~rows;
}

/*
 * First bytes of apostrophes in words that have one before: ones that are carried from one through letters come to another.
 * *carry: whether they are carried on.
 */
static inline uint64_t easy_second_inner(uint64_t words, uint64_t inner, uint64_t inner_ends, uint64_t *carry)
{
	const uint64_t seconds = easy_through(words, inner_ends << 1, carry) & inner;
	*carry |= inner_ends >> 63;
	return seconds;
}

#define EASY_BEHIND 4 /* bytes behind a block that are read */

/* A text in two parts: blocks that are read in place, and what is left, with NUL behind it. The byte before a block can be read, too. */
struct easy_part {
	const char *text;
	size_t end; /* the block behind it */
};

struct easy_text {
	struct easy_part parts[2];
	char rest[1 + 2 * CALM_WIDE + EASY_BEHIND];
};

static inline void easy_open(struct easy_text *text, const char *bytes, uint32_t len)
{
	enum { READ = CALM_WIDE + EASY_BEHIND };
	const size_t whole = len >= READ ? (len - READ) / CALM_WIDE + 1 : 0;
	memset(text->rest, 0, sizeof text->rest);
	text->rest[0] = whole > 0 ? bytes[CALM_WIDE * whole - 1] : '\n';
	memcpy(text->rest + 1, bytes + CALM_WIDE * whole, len - CALM_WIDE * whole);
	text->parts[0] = (struct easy_part){bytes, whole};
	text->parts[1] = (struct easy_part){text->rest + 1, easy_blocks(len)};
}

#endif
