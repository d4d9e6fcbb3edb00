/*
 * Numbers in bytes, little-endian on every machine. Nothing need be aligned.
 */
#ifndef LAFZ_BASE_BYTES_H
#define LAFZ_BASE_BYTES_H

#include <stdint.h>
#include <string.h>

static inline uint32_t bytes_u32(const void *at)
{
	uint32_t number;
	memcpy(&number, at, sizeof number);
	return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? number : __builtin_bswap32(number);
}

static inline uint64_t bytes_u64(const void *at)
{
	uint64_t number;
	memcpy(&number, at, sizeof number);
	return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? number : __builtin_bswap64(number);
}

static inline void bytes_put_u64(void *at, uint64_t number)
{
	if (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__)
		number = __builtin_bswap64(number);
	memcpy(at, &number, sizeof number);
}

#endif
