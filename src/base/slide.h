/*
 * Moving bytes to a lower place that they may overlap. memmove has processors move longer blocks by one instruction, which
 * most do byte by byte if the places lie that close; and calls for short ones cost more than they move.
 */
#ifndef LAFZ_BASE_SLIDE_H
#define LAFZ_BASE_SLIDE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* (An attribute needs the typedef.) */
typedef uint8_t slide_16 __attribute__((vector_size(16)));

/* A part of len bytes, a constant, if the rest has so many. What is read is written before anything behind it is read. */
#define SLIDE_REST(type)                                                                           \
	if (len & sizeof(type)) {                                                                  \
		type part;                                                                         \
		memcpy(&part, source, sizeof part);                                                \
		memcpy(target, &part, sizeof part);                                                \
		source += sizeof part;                                                             \
		target += sizeof part;                                                             \
	}

static inline void slide_down(void *to, const void *from, size_t len)
{
	char *target = to;
	const char *source = from;
	for (size_t n = len / 64; n > 0; n--) {
		slide_16 parts[4];
		memcpy(parts, source, sizeof parts);
		memcpy(target, parts, sizeof parts);
		source += sizeof parts;
		target += sizeof parts;
	}
	for (size_t n = len % 64 / 16; n > 0; n--) {
		slide_16 part;
		memcpy(&part, source, sizeof part);
		memcpy(target, &part, sizeof part);
		source += sizeof part;
		target += sizeof part;
	}
	SLIDE_REST(uint64_t)
	SLIDE_REST(uint32_t)
	SLIDE_REST(uint16_t)
	SLIDE_REST(uint8_t)
}

#undef SLIDE_REST

#define SLIDE_FAR 16 /* entries */

/* Sixteen entries of so many bytes, a constant, to a place that is as many entries lower, or more: no loop whose end would have to be foreseen. */
static inline void slide_far(void *to, const void *from, size_t size)
{
	slide_16 parts[sizeof(uint32_t)];
	memcpy(parts, from, SLIDE_FAR * size);
	memcpy(to, parts, SLIDE_FAR * size);
}

#endif
