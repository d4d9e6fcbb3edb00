/*
 * chars_count 4096 bytes at a time, for files that have
 *
 *	uint64_t chars_heads(s)  a bit for each of 64 bytes that begins a character
 *
 * CHARS_TOKENS may be a function of theirs that fills cstart and cend of tokens from i on, many at once, as long as they end before limit and
 * in a stretch that is not of ASCII, and says how far it came. CHARS_MANY may be one that is chars_before for some of n places, and says of how many.
 * CHARS_LOOK may be one that looks at some of a stretch's blocks, CHARS_EIGHT at a time, as chars_look does, and says at how many.
 */
#ifndef LAFZ_CHARS_BLOCKS_H
#define LAFZ_CHARS_BLOCKS_H

#include <string.h>

#include "base/numbers.h"
#include "chars.h"
#include "unicode/utf8.h"

#define CHARS_BLOCK 64
#define CHARS_BLOCKS 64
#define CHARS_SLACK 7
#define CHARS_EIGHT 8 /* blocks of which it is told whether they are ASCII */

struct chars_stretch {
	uint32_t start, end; /* bytes */
	unsigned ascii;      /* which eights of blocks are ASCII, as bits */
	/* One more, since the end can be asked for too, and CHARS_SLACK that may be read. */
	uint32_t before[CHARS_BLOCKS + 1 + CHARS_SLACK]; /* characters before each block */
	uint64_t heads[CHARS_BLOCKS + 1 + CHARS_SLACK];
};

/* The characters before a byte of the stretch. */
static inline uint32_t chars_before(const struct chars_stretch *stretch, uint32_t at)
{
	const uint32_t place = at - stretch->start, block = place / CHARS_BLOCK;
	const uint64_t below = (UINT64_C(1) << place % CHARS_BLOCK) - 1;
	return stretch->before[block] + (uint32_t)__builtin_popcountll(stretch->heads[block] & below);
}

#ifndef CHARS_TOKENS
#define CHARS_TOKENS(stretch, tokens, text, i, limit) (i)
#endif

#ifndef CHARS_MANY
#define CHARS_MANY(stretch, chars, at, n) ((size_t)0)
#endif

#ifndef CHARS_LOOK
#define CHARS_LOOK(stretch, text, left, n) ((size_t)0)
#endif

/* The same for n places. */
static inline void chars_before_all(const struct chars_stretch *stretch, uint32_t *chars, const uint32_t *at, size_t n)
{
	for (size_t i = CHARS_MANY(stretch, chars, at, n); i < n; i++)
		chars[i] = chars_before(stretch, at[i]);
}

/* Looks at a block, of which left bytes are there. */
static inline uint64_t chars_look_at(const char *text, size_t left)
{
	if (left >= CHARS_BLOCK)
		return chars_heads(text);
	char rest[CHARS_BLOCK] = {0};
	memcpy(rest, text, left);
	return chars_heads(rest) & ((UINT64_C(1) << left) - 1);
}

/* Looks at the bytes from at on; *n are the characters before them, and then those up to their end. */
static inline void chars_look(struct chars_stretch *stretch, const char *text, uint32_t len, uint32_t at,
                              uint32_t *n)
{
	uint64_t all = ~UINT64_C(0);
	stretch->start = at;
	stretch->ascii = 0;
	size_t i = CHARS_LOOK(stretch, text + at, len - at, n);
	at += (uint32_t)(i * CHARS_BLOCK);
	for (; i < CHARS_BLOCKS && at < len; i++) {
		const uint64_t heads = chars_look_at(text + at, len - at);
		stretch->before[i] = *n;
		stretch->heads[i] = heads;
		*n += (uint32_t)__builtin_popcountll(heads);
		at = len - at < CHARS_BLOCK ? len : at + CHARS_BLOCK;
		all &= heads;
		if (i % CHARS_EIGHT == CHARS_EIGHT - 1) {
			stretch->ascii |= (unsigned)(all == ~UINT64_C(0)) << i / CHARS_EIGHT;
			all = ~UINT64_C(0);
		}
	}
	stretch->before[i] = *n;
	stretch->heads[i] = 0;
	stretch->end = at;
}

/* The first entry from i on that is not below end. */
static inline size_t chars_offset(const uint32_t *offs, size_t i, size_t n, uint32_t end)
{
	while (n - i > 8 && offs[i + 7] < end)
		i += 8;
	while (i < n && offs[i] < end)
		i++;
	return i;
}

/* Fills cend from i on, as far as tokens end before limit. Returns how far that is. */
static inline size_t chars_fill_ends(const struct chars_stretch *stretch, struct tokens *tokens,
                                     size_t i, uint32_t limit)
{
	const uint32_t *const ends = tokens->end;
	uint32_t *const chars = tokens->cend;
	const size_t n = tokens->n;
	if (stretch->ascii == 0) {
		const size_t last = chars_offset(ends, i, n, limit);
		chars_before_all(stretch, chars + i, ends + i, last - i);
		return last;
	}
	uint32_t start = stretch->start;
	for (unsigned k = 0; k < CHARS_BLOCKS / CHARS_EIGHT; k++) {
		const size_t first = i;
		const uint32_t next = start + CHARS_EIGHT * CHARS_BLOCK;
		i = chars_offset(ends, i, n, next < stretch->end ? next : limit);
		if (stretch->ascii >> k & 1)
			numbers_add(chars + first, ends + first, i - first,
			            stretch->before[k * CHARS_EIGHT] - start);
		else
			chars_before_all(stretch, chars + first, ends + first, i - first);
		start = next;
	}
	return i;
}

/*
 * Fills cstart of the tokens from i to end, whose cend is known. Between two tokens is mostly nothing or one byte, and that is a
 * character: the text is well-formed.
 */
static inline void chars_fill_starts(const struct chars_stretch *stretch, struct tokens *tokens,
                                     const char *text, size_t i, size_t end)
{
	const uint32_t *const starts = tokens->start, *const ends = tokens->end,
			      *const cends = tokens->cend;
	uint32_t *const chars = tokens->cstart;
	if (i < end && starts[i] < stretch->start) {
		chars[i] = cends[i] -
		           (uint32_t)utf8_count_valid(text + starts[i], ends[i] - starts[i]);
		i++;
	}
	while (i < end) {
		if (i > 0 && end - i >= 8 &&
		    numbers_follow(chars + i, starts + i, ends + i - 1, cends + i - 1)) {
			i += 8;
			continue;
		}
		for (const size_t last = end - i < 8 ? end : i + 8; i < last; i++)
			chars[i] = chars_before(stretch, starts[i]);
	}
}

static inline uint32_t chars_count_blocks(struct tokens *tokens, const char *text, uint32_t len, uint32_t before)
{
	struct chars_stretch stretch;
	size_t i = 0;
	uint32_t n = before;
	for (uint32_t at = 0; at < len; at = stretch.end) {
		chars_look(&stretch, text, len, at, &n);
		/* a token may end where the stretch does */
		if (stretch.ascii == 0)
			i = CHARS_TOKENS(&stretch, tokens, text, i, stretch.end + 1);
		const size_t first = i;
		i = chars_fill_ends(&stretch, tokens, i, stretch.end + 1);
		chars_fill_starts(&stretch, tokens, text, first, i);
	}
	return n;
}

#endif
