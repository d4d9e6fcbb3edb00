/*
 * Columns of numbers, four at a time: what a batch does to all of its tokens alike. The compiler makes one instruction of
 * each operator.
 */
#ifndef LAFZ_BASE_NUMBERS_H
#define LAFZ_BASE_NUMBERS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* (An attribute needs the typedef.) */
typedef uint32_t numbers_4 __attribute__((vector_size(16)));

/* to[i] = from[i] + add, modulo 2^32. The two may be one column. */
static inline void numbers_add(uint32_t *to, const uint32_t *from, size_t n, uint32_t add)
{
	const numbers_4 adds = {add, add, add, add};
	size_t i = 0;
	for (; n - i >= 4; i += 4) {
		numbers_4 four;
		memcpy(&four, from + i, sizeof four);
		four += adds;
		memcpy(to + i, &four, sizeof four);
	}
	for (; i < n; i++)
		to[i] = from[i] + add;
}

/* Parts from start[i] to end[i], given by their lengths and by places that are so many numbers behind, modulo 2^32. */
static inline void numbers_parts(uint32_t *place, uint32_t *len, const uint32_t *start,
                                 const uint32_t *end, size_t n, uint32_t add)
{
	const numbers_4 adds = {add, add, add, add};
	size_t i = 0;
	for (; n - i >= 4; i += 4) {
		numbers_4 from, to;
		memcpy(&from, start + i, sizeof from);
		memcpy(&to, end + i, sizeof to);
		to -= from;
		from += adds;
		memcpy(place + i, &from, sizeof from);
		memcpy(len + i, &to, sizeof to);
	}
	for (; i < n; i++) {
		len[i] = end[i] - start[i];
		place[i] = start[i] + add;
	}
}

#endif
