/*
 * chars_count 512 bytes at a time, for files that have
 *
 *	uint64_t chars_heads(s)  a bit for each of 64 bytes that begins a character
 */
#ifndef LAFZ_CHARS_BLOCKS_H
#define LAFZ_CHARS_BLOCKS_H

#include <string.h>

#include "base/numbers.h"
#include "chars.h"

#define CHARS_BLOCK 64
#define CHARS_BLOCKS 8
#define CHARS_STRETCH (CHARS_BLOCKS * CHARS_BLOCK)

struct chars_stretch {
	uint32_t start, end; /* bytes */
	bool is_ascii;
	uint32_t before[CHARS_BLOCKS + 1]; /* characters before each block */
	uint64_t heads[CHARS_BLOCKS + 1];  /* one more: its end can be asked for too */
};

/* The characters before a byte of the stretch. */
static inline uint32_t chars_before(const struct chars_stretch *stretch, uint32_t at)
{
	const uint32_t place = at - stretch->start, block = place / CHARS_BLOCK;
	const uint64_t below = (UINT64_C(1) << place % CHARS_BLOCK) - 1;
	return stretch->before[block] + (uint32_t)__builtin_popcountll(stretch->heads[block] & below);
}

/* Looks at the bytes from at on; *n are the characters before them, and then those up to their end. */
static inline void chars_look(struct chars_stretch *stretch, const char *text, uint32_t len, uint32_t at,
                              uint32_t *n)
{
	uint64_t all = ~UINT64_C(0);
	stretch->start = at;
	for (size_t i = 0; i <= CHARS_BLOCKS; i++) {
		uint64_t heads = 0;
		if (i < CHARS_BLOCKS && len - at >= CHARS_BLOCK) {
			heads = chars_heads(text + at);
			at += CHARS_BLOCK;
			all &= heads;
		} else if (i < CHARS_BLOCKS && at < len) {
			char rest[CHARS_BLOCK] = {0};
			memcpy(rest, text + at, len - at);
			heads = chars_heads(rest) & ((UINT64_C(1) << (len - at)) - 1);
			at = len;
			all = 0;
		}
		stretch->before[i] = *n;
		stretch->heads[i] = heads;
		*n += (uint32_t)__builtin_popcountll(heads);
	}
	stretch->end = at;
	stretch->is_ascii = all == ~UINT64_C(0);
}

/* Fills a column from i on, as far as its offsets are below end. Returns how far that is. */
static inline size_t chars_fill(const struct chars_stretch *stretch, const uint32_t *offs, uint32_t *chars,
                                size_t i, size_t n, uint32_t end)
{
	const size_t first = i;
	if (!stretch->is_ascii) {
		for (; i < n && offs[i] < end; i++)
			chars[i] = chars_before(stretch, offs[i]);
		return i;
	}
	while (n - i > 8 && offs[i + 7] < end)
		i += 8;
	while (i < n && offs[i] < end)
		i++;
	numbers_add(chars + first, offs + first, i - first, stretch->before[0] - stretch->start);
	return i;
}

static inline uint32_t chars_count_blocks(struct tokens *tokens, const char *text, uint32_t len, uint32_t before)
{
	struct chars_stretch stretch;
	size_t start = 0, end = 0;
	uint32_t n = before;
	for (uint32_t at = 0; at < len; at = stretch.end) {
		chars_look(&stretch, text, len, at, &n);
		start = chars_fill(&stretch, tokens->start, tokens->cstart, start, tokens->n, stretch.end);
		/* a token may end where the stretch does */
		end = chars_fill(&stretch, tokens->end, tokens->cend, end, tokens->n, stretch.end + 1);
	}
	return n;
}

#endif
