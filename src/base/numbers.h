/*
 * Columns of numbers, eight at a time: what a batch does to all of its tokens alike. The compiler makes one instruction of
 * each operator, or two where it may not use AVX2.
 */
#ifndef LAFZ_BASE_NUMBERS_H
#define LAFZ_BASE_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* (An attribute needs the typedef.) */
typedef uint32_t numbers_8 __attribute__((vector_size(32)));

/* to[i] = from[i] + add, modulo 2^32. The two may be one column. */
static inline void numbers_add(uint32_t *to, const uint32_t *from, size_t n, uint32_t add)
{
	const numbers_8 adds = {add, add, add, add, add, add, add, add};
	size_t i = 0;
	for (; n - i >= 8; i += 8) {
		numbers_8 eight;
		memcpy(&eight, from + i, sizeof eight);
		eight += adds;
		memcpy(to + i, &eight, sizeof eight);
	}
	for (; i < n; i++)
		to[i] = from[i] + add;
}

#define NUMBERS_SLACK 7 /* entries behind those that are meant that numbers_parts_over reads and writes */

/* Parts from start[i] to end[i], given by their lengths and by places that are so many numbers behind, modulo 2^32. */
static inline void numbers_parts_over(uint32_t *place, uint32_t *len, const uint32_t *start,
                                      const uint32_t *end, size_t n, uint32_t add)
{
	const numbers_8 adds = {add, add, add, add, add, add, add, add};
	for (size_t i = 0; i < n; i += 8) {
		numbers_8 from, to;
		memcpy(&from, start + i, sizeof from);
		memcpy(&to, end + i, sizeof to);
		to -= from;
		from += adds;
		memcpy(place + i, &from, sizeof from);
		memcpy(len + i, &to, sizeof to);
	}
}

/* The same, but nothing else is written. */
static inline void numbers_parts(uint32_t *place, uint32_t *len, const uint32_t *start,
                                 const uint32_t *end, size_t n, uint32_t add)
{
	size_t i = n & ~(size_t)7;
	numbers_parts_over(place, len, start, end, i, add);
	for (; i < n; i++) {
		len[i] = end[i] - start[i];
		place[i] = start[i] + add;
	}
}

/*
 * to[i] = counts[i] + starts[i] - ends[i] for eight numbers, if that is no or one more for each; else false.
 */
static inline bool numbers_follow(uint32_t *to, const uint32_t *starts, const uint32_t *ends,
                                  const uint32_t *counts)
{
	numbers_8 from, after, count;
	uint64_t parts[4];
	memcpy(&from, starts, sizeof from);
	memcpy(&after, ends, sizeof after);
	memcpy(&count, counts, sizeof count);
	from -= after;
	const numbers_8 more = from & ~1u;
	memcpy(parts, &more, sizeof parts);
	if ((parts[0] | parts[1] | parts[2] | parts[3]) != 0)
		return false;
	count += from;
	memcpy(to, &count, sizeof count);
	return true;
}

#endif
