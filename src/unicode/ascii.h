/*
 * Eight bytes at a time: rows of ASCII, and the characters in a row of well-formed bytes. For text of which whole
 * stretches can be settled; nothing is read outside the bytes given.
 */
#ifndef LAFZ_UNICODE_ASCII_H
#define LAFZ_UNICODE_ASCII_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define ASCII_HIGH 0x8080808080808080u /* the highest bit of each byte */
#define ASCII_ONES 0x0101010101010101u

static inline uint64_t ascii_load(const char *text)
{
	uint64_t eight = 0;
	memcpy(&eight, text, sizeof eight);
	return eight;
}

/* Of eight bytes the first n, from 1 to 8; the others are 0. */
static inline uint64_t ascii_first(uint64_t eight, uint32_t n)
{
	const uint32_t drop = 64 - 8 * n;
	if (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__)
		return eight << drop >> drop;
	return eight >> drop << drop;
}

/* The bytes of text, from its beginning on, that are ASCII; to a multiple of eight if more follow. */
static inline size_t ascii_eights(const char *text, size_t len)
{
	size_t i = 0;
	while (len - i >= 8 && !(ascii_load(text + i) & ASCII_HIGH))
		i += 8;
	return i;
}

static inline bool ascii_is_all(const char *text, size_t len)
{
	size_t i = ascii_eights(text, len);
	if (len - i >= 8)
		return false;
	while (i < len && (unsigned char)text[i] < 0x80)
		i++;
	return i == len;
}

/* Eight bytes of ASCII in lower case. */
static inline uint64_t ascii_lower(uint64_t eight)
{
	/* the highest bit of a byte tells whether it is A or more, and whether it is more than Z */
	const uint64_t from_a = eight + ASCII_ONES * (0x80 - 'A');
	const uint64_t above_z = eight + ASCII_ONES * (0x80 - 'Z' - 1);
	return eight + ((from_a & ~above_z & ASCII_HIGH) >> 2);
}

/*
 * Writes text in lower case to out, which has room for len, up to its first byte that is not ASCII; returns the bytes
 * written.
 */
static inline size_t ascii_lower_all(const char *text, size_t len, char *out)
{
	size_t i = 0;
	for (; len - i >= 8; i += 8) {
		const uint64_t eight = ascii_load(text + i);
		if (eight & ASCII_HIGH)
			break;
		const uint64_t lower = ascii_lower(eight);
		memcpy(out + i, &lower, sizeof lower);
	}
	for (; i < len && (unsigned char)text[i] < 0x80; i++)
		out[i] = (char)ascii_lower((unsigned char)text[i]);
	return i;
}

#endif
