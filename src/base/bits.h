/*
 * Masks of 64 bits.
 */
#ifndef LAFZ_BASE_BITS_H
#define LAFZ_BASE_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The bits below a place, all 64 of them at most. */
static inline uint64_t bits_below(size_t place)
{
	return place < 64 ? ((uint64_t)1 << place) - 1 : ~(uint64_t)0;
}

/* Whether bit i is set, 64 being in a word. */
static inline bool bits_has(const uint64_t *bits, size_t i)
{
	return bits[i / 64] >> i % 64 & 1;
}

/* The bits from one to another that are among the k-th 64: 64 * k is below to, and from is below all of them or among them. */
static inline uint64_t bits_between(size_t k, size_t from, size_t to)
{
	const uint64_t below = bits_below(to - 64 * k);
	return 64 * k < from ? below & (~(uint64_t)0 << from % 64) : below;
}

/* Whether any bit from one to another is set. */
static inline bool bits_any(const uint64_t *bits, size_t from, size_t to)
{
	for (size_t k = from / 64; 64 * k < to; k++)
		if ((bits[k] & bits_between(k, from, to)) != 0)
			return true;
	return false;
}

/* How many bits are set. Without the instruction for it the compiler's own way is a call. */
static inline uint32_t bits_count(uint64_t n)
{
#ifdef __POPCNT__
	return (uint32_t)__builtin_popcountll(n);
#else
	n -= n >> 1 & 0x5555555555555555u;
	n = (n & 0x3333333333333333u) + (n >> 2 & 0x3333333333333333u);
	n = (n + (n >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
	return (uint32_t)(n * 0x0101010101010101u >> 56);
#endif
}

/* The number behind the highest bit; there is one. */
static inline uint32_t bits_end(uint64_t bits)
{
	return 64 - (uint32_t)__builtin_clzll(bits);
}

#endif
