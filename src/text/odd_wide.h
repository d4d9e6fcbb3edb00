/*
 * odd_find with vectors of ODD_WIDE bytes, for files that are compiled for processors that have them.
 */
#ifndef LAFZ_TEXT_ODD_WIDE_H
#define LAFZ_TEXT_ODD_WIDE_H

#include <stdbool.h>
#include <string.h>

#include "text/odd.h"

#define ODD_MANY 64 /* bytes that are looked at at once */

typedef uint8_t odd_bytes __attribute__((vector_size(ODD_WIDE)));

static inline odd_bytes odd_load(const char *s)
{
	odd_bytes bytes;
	memcpy(&bytes, s, sizeof bytes);
	return bytes;
}

static inline bool is_odd(char before, char c, char next)
{
	if (c == '\r')
		return next != '\n' || before == '\n';
	return ((unsigned char)c < ' ' && c != '\n') ||
	       (c == ' ' && (before == ' ' || before == '\n')) || (c == '\n' && before == '\n');
}

static inline bool is_odd_at(const char *text, uint32_t len, uint32_t at, char before)
{
	return is_odd(before, text[at], at + 1 < len ? text[at + 1] : '\0');
}

/* The first odd byte from one place on, before another; a byte stands before the first place. */
static inline uint32_t odd_find_byte(const char *text, uint32_t len, uint32_t at, uint32_t end)
{
	while (at < end && !is_odd_at(text, len, at, text[at - 1]))
		at++;
	return at;
}

/* Which bytes may be odd: all that are, and no letter or mark, and no space before a line end. */
static inline odd_bytes odd_candidates(const char *s)
{
	const odd_bytes now = odd_load(s), before = odd_load(s - 1);
	const odd_bytes ends = (odd_bytes)(now == '\n'), trailing = ends & (odd_bytes)(before == ' ');
	const odd_bytes known = (odd_bytes)(now == ' ') | ends;
	return (odd_bytes)(now <= ' ') & (((odd_bytes)(before <= ' ') & ~trailing) | ~known);
}

static inline bool has_odd_candidate(const char *s)
{
	odd_bytes any = odd_candidates(s);
	for (size_t i = ODD_WIDE; i < ODD_MANY; i += ODD_WIDE)
		any |= odd_candidates(s + i);
	uint64_t parts[ODD_WIDE / 8], all = 0;
	memcpy(parts, &any, sizeof parts);
	for (size_t i = 0; i < ODD_WIDE / 8; i++)
		all |= parts[i];
	return all != 0;
}

static inline uint32_t odd_find_wide(const char *text, uint32_t len, uint32_t at)
{
	if (at == len || is_odd_at(text, len, at, '\n'))
		return at;
	for (at++; len - at >= ODD_MANY; at += ODD_MANY) {
		if (!has_odd_candidate(text + at))
			continue;
		const uint32_t found = odd_find_byte(text, len, at, at + ODD_MANY);
		if (found < at + ODD_MANY)
			return found;
	}
	return odd_find_byte(text, len, at, len);
}

#endif
