/*
 * Filling parts of columns, sixteen entries at a time: most parts are short, and a loop over single entries
 * costs more than it writes.
 */
#ifndef LAFZ_BASE_FILL_H
#define LAFZ_BASE_FILL_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define FILL_SLACK 16 /* entries behind the part that may be looked at and written */

/* Sixteen entries; and a part. */
#define FILL_COLUMN(type, name)                                                                    \
	static inline void name##_16(type *column, type value)                                     \
	{                                                                                          \
		for (size_t k = 0; k < 16; k++)                                                    \
			column[k] = value;                                                         \
	}                                                                                          \
	static inline void name(type *column, size_t i, size_t end, type value)                    \
	{                                                                                          \
		for (; i < end; i += 16)                                                           \
			name##_16(column + i, value);                                              \
	}
FILL_COLUMN(uint32_t, fill_u32)
FILL_COLUMN(uint16_t, fill_u16)
FILL_COLUMN(float, fill_float)
#undef FILL_COLUMN

/* Two columns at once. */
static inline void fill_u32_two(uint32_t *a, uint32_t *b, size_t i, size_t end, uint32_t a_value,
                                uint32_t b_value)
{
	for (; i < end; i += 16) {
		for (size_t k = 0; k < 16; k++)
			a[i + k] = a_value;
		for (size_t k = 0; k < 16; k++)
			b[i + k] = b_value;
	}
}

/* The same for one, but what lies behind the part stays as it is. */
static inline void fill_u32_alone(uint32_t *column, size_t i, size_t end, uint32_t value)
{
	uint32_t behind[16];
	memcpy(behind, column + end, sizeof behind);
	fill_u32(column, i, end, value);
	memcpy(column + end, behind, sizeof behind);
}

#endif
