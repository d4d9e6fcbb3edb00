/*
 * Eight bytes at a time: rows of ASCII, and the characters in a row of well-formed bytes. For text of which whole
 * stretches can be settled; nothing is read outside the bytes given.
 */
#ifndef LAFZ_UNICODE_ASCII_H
#define LAFZ_UNICODE_ASCII_H

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

#define ASCII_HIGH 0x8080808080808080u /* the highest bit of each byte */
#define ASCII_ONES 0x0101010101010101u

/* Eight bytes, the first one lowest. */
static inline uint64_t ascii_load(const void *text)
{
	return bytes_u64(text);
}

/* Of eight bytes the first n, from 1 to 8; the others are 0. */
static inline uint64_t ascii_first(uint64_t eight, uint32_t n)
{
	const uint32_t drop = 64 - 8 * n;
	return eight << drop >> drop;
}

/* Which of eight bytes is the first with its highest bit set; bits has one at least. */
static inline uint32_t ascii_index(uint64_t bits)
{
	return (uint32_t)__builtin_ctzll(bits & ASCII_HIGH) / 8;
}

/* The highest bit of those of eight bytes of ASCII that are from low to high. */
static inline uint64_t ascii_between(uint64_t eight, unsigned char low, unsigned char high)
{
	return (eight + ASCII_ONES * (0x80u - low)) & ~(eight + ASCII_ONES * (0x7Fu - high)) &
	       ASCII_HIGH;
}

/* The bytes of text that are ASCII, from its beginning on. */
static inline size_t ascii_len(const char *text, size_t len)
{
	size_t i = 0;
	for (; len - i >= 8; i += 8) {
		const uint64_t high = ascii_load(text + i) & ASCII_HIGH;
		if (high != 0)
			return i + ascii_index(high);
	}
	while (i < len && (unsigned char)text[i] < 0x80)
		i++;
	return i;
}

/* Eight bytes of ASCII in lower case. */
static inline uint64_t ascii_lower(uint64_t eight)
{
	return eight + (ascii_between(eight, 'A', 'Z') >> 2);
}

/*
 * Writes text in lower case to out, which has room for len, up to its first byte that is not ASCII; returns the bytes
 * written. What out holds behind them is undefined.
 */
static inline size_t ascii_lower_all(const char *text, size_t len, char *out)
{
	size_t i = 0;
	for (; len - i >= 8; i += 8) {
		const uint64_t eight = ascii_load(text + i);
		const uint64_t high = eight & ASCII_HIGH;
		bytes_put_u64(out + i, ascii_lower(eight & ~ASCII_HIGH));
		if (high != 0)
			return i + ascii_index(high);
	}
	for (; i < len && (unsigned char)text[i] < 0x80; i++) {
		const char c = text[i];
		out[i] = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
	}
	return i;
}

#endif
