/*
 * Numbers for the 16 states of a script, eight in a vector, so that what is done to one is done to
 * all. Written with the vectors of the compiler: any processor has them, or is spared knowing that
 * it has not.
 */
#ifndef LAFZ_RUN_STATES_H
#define LAFZ_RUN_STATES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define STATES 16
#define STATES_LANES (STATES / 2)
#define STATES_BLOCKED INT16_MAX /* the number of a state that may not be used: never the least */

typedef uint8_t states_bytes __attribute__((vector_size(STATES)));
typedef int16_t states_all __attribute__((vector_size(2 * STATES)));
typedef uint32_t states_wide __attribute__((vector_size(4 * STATES)));
typedef int16_t states_half __attribute__((vector_size(2 * STATES_LANES)));
typedef uint16_t states_bits __attribute__((vector_size(2 * STATES_LANES)));
typedef uint64_t states_lanes __attribute__((vector_size(2 * STATES_LANES)));
typedef int32_t states_quarter __attribute__((vector_size(2 * STATES_LANES)));

struct states {
	states_half half[2];
};

/* Numbers of one byte, which need not be aligned as vectors are. */
static inline struct states states_of_bytes(const uint8_t *bytes)
{
	states_bytes narrow;
	struct states states;
	memcpy(&narrow, bytes, sizeof narrow);
	const states_all all = __builtin_convertvector(narrow, states_all);
	memcpy(&states, &all, sizeof states);
	return states;
}

/* The other way round, of numbers 0 to 255. */
static inline void states_put_bytes(const struct states *states, uint8_t *bytes)
{
	states_all all;
	memcpy(&all, states, sizeof all);
	const states_bytes narrow = __builtin_convertvector(all, states_bytes);
	memcpy(bytes, &narrow, sizeof narrow);
}

static inline int16_t states_get(const struct states *states, size_t state)
{
	return states->half[state / STATES_LANES][state % STATES_LANES];
}

static inline void states_set(struct states *states, size_t state, int16_t number)
{
	states->half[state / STATES_LANES][state % STATES_LANES] = number;
}

/* Sums of more than a few words need more room: numbers from 0 on. */
static inline void states_widen(const struct states *from, uint32_t to[STATES])
{
	typedef uint32_t wide __attribute__((vector_size(4 * STATES_LANES)));
	const wide out[2] = {__builtin_convertvector((states_bits)from->half[0], wide),
	                     __builtin_convertvector((states_bits)from->half[1], wide)};
	memcpy(to, out, sizeof out);
}

/* The compilers make one instruction of each of these, which a comparison and masks are not. */
static inline states_half states_min(states_half a, states_half b)
{
	states_half least;
	for (size_t i = 0; i < STATES_LANES; i++)
		least[i] = a[i] < b[i] ? a[i] : b[i];
	return least;
}

static inline states_half states_max(states_half a, states_half b)
{
	states_half greatest;
	for (size_t i = 0; i < STATES_LANES; i++)
		greatest[i] = a[i] > b[i] ? a[i] : b[i];
	return greatest;
}

/* The upper lanes of each half of a vector come down; what comes into their place is not asked. */
static inline states_half states_down(states_half half, unsigned bits)
{
	const states_lanes lanes = (states_lanes)half;
	return (states_half)(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? lanes >> bits : lanes << bits);
}

/* All bits of one state; of none if there is no such state. */
static inline struct states states_only(size_t state)
{
	static const states_half first = {0, 1, 2, 3, 4, 5, 6, 7};
	const struct states only = {{first == (int16_t)state, first + STATES_LANES == (int16_t)state}};
	return only;
}

static inline int16_t states_least(const struct states *states)
{
	const states_half two = states_min(states->half[0], states->half[1]);
	const states_half four = states_min(two, states_down(two, 32));
	const states_half eight = states_min(four, states_down(four, 16));
	return eight[0] < eight[4] ? eight[0] : eight[4];
}

static inline int16_t states_greatest(const struct states *states)
{
	const states_half two = states_max(states->half[0], states->half[1]);
	const states_half four = states_max(two, states_down(two, 32));
	const states_half eight = states_max(four, states_down(four, 16));
	return eight[0] > eight[4] ? eight[0] : eight[4];
}

#endif
