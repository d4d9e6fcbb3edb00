/*
 * Numbers for the 16 states of a script, eight in a vector, so that what is done to one is done to
 * all. Written with the vectors of the compiler: any processor has them, or is spared knowing that
 * it has not.
 *
 * The states lie apart, every second one in each half, for so the bytes of a word's scores and the
 * nibbles of the table come apart without being sorted: states_place says where.
 */
#ifndef LAFZ_RUN_STATES_H
#define LAFZ_RUN_STATES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define STATES 16
#define STATES_LANES (STATES / 2)
#define STATES_BLOCKED INT16_MAX /* the number of a state that may not be used: never the least */
#define STATES_MOST 2046         /* of other numbers that are put in order, and 0 the least */

typedef int16_t states_half __attribute__((vector_size(2 * STATES_LANES)));
typedef uint16_t states_bits __attribute__((vector_size(2 * STATES_LANES)));
typedef uint64_t states_lanes __attribute__((vector_size(2 * STATES_LANES)));
typedef int32_t states_quarter __attribute__((vector_size(2 * STATES_LANES)));

struct states {
	states_half half[2];
};

/* The half that has the states of even number: the lower bytes of pairs. */
#define STATES_EVEN (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? 0 : 1)

/* Where a state is in an array of them. */
static inline size_t states_place(size_t state)
{
	return state / 2 + (state % 2 ^ STATES_EVEN) * STATES_LANES;
}

static inline size_t states_at(size_t place)
{
	return place % STATES_LANES * 2 + (place / STATES_LANES ^ STATES_EVEN);
}

/* Arrays in a struct need not be aligned as vectors are: they are copied in and out. */
static inline struct states states_load(const int16_t *from)
{
	struct states states;
	memcpy(&states, from, sizeof states);
	return states;
}

/* Numbers of one byte, in the order of the states. */
static inline struct states states_of_bytes(const uint8_t *bytes)
{
	states_bits pairs;
	memcpy(&pairs, bytes, sizeof pairs);
	return (struct states){{(states_half)(pairs & 0xFF), (states_half)(pairs >> 8)}};
}

/* The other way round, of numbers 0 to 255. */
static inline void states_put_bytes(const struct states *states, uint8_t *bytes)
{
	const states_bits pairs = (states_bits)states->half[0] | (states_bits)states->half[1] << 8;
	memcpy(bytes, &pairs, sizeof pairs);
}

static inline int16_t states_get(const struct states *states, size_t state)
{
	const size_t place = states_place(state);
	return states->half[place / STATES_LANES][place % STATES_LANES];
}

static inline void states_set(struct states *states, size_t state, int16_t number)
{
	const size_t place = states_place(state);
	states->half[place / STATES_LANES][place % STATES_LANES] = number;
}

/* Sums of more than a few words need more room: the same places, numbers from 0 on. */
static inline void states_widen(const struct states *from, uint32_t to[STATES])
{
	typedef uint32_t wide __attribute__((vector_size(4 * STATES_LANES)));
	const wide out[2] = {__builtin_convertvector((states_bits)from->half[0], wide),
	                     __builtin_convertvector((states_bits)from->half[1], wide)};
	memcpy(to, out, sizeof out);
}

static inline states_half states_narrow(const states_quarter from[2])
{
	typedef int32_t wide __attribute__((vector_size(4 * STATES_LANES)));
	wide in;
	memcpy(&in, from, sizeof in);
	return __builtin_convertvector(in, states_half);
}

static inline states_half states_all(int16_t number)
{
	return (states_half){0} + number;
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
	static const states_half even = {0, 2, 4, 6, 8, 10, 12, 14};
	struct states only;
	for (size_t i = 0; i < 2; i++)
		only.half[i] = even + (int16_t)(i ^ STATES_EVEN) == (int16_t)state;
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

/* The least number, the lowest state that has it, and the least number of the others. */
struct states_order {
	int16_t least, next; /* next: STATES_BLOCKED if all others are */
	size_t first;
	struct states is_first; /* all bits of that state */
};

/* Of numbers from 0 to STATES_MOST and STATES_BLOCKED, which at least one is not. */
static inline struct states_order states_order(const struct states *numbers)
{
	static const states_half even = {0, 2, 4, 6, 8, 10, 12, 14};
	const states_half blocked = states_all(STATES_BLOCKED);
	struct states keys;
	struct states_order order;
	/* A number with its state in the lowest bits: no two are equal. A blocked one, too large for that, stays blocked. */
	for (size_t i = 0; i < 2; i++) {
		const states_half is_blocked = numbers->half[i] == blocked;
		const states_half number = numbers->half[i] & ~is_blocked;
		keys.half[i] = (number * STATES + even + (int16_t)(i ^ STATES_EVEN)) | (is_blocked & blocked);
	}
	const int16_t least = states_least(&keys);
	for (size_t i = 0; i < 2; i++) {
		order.is_first.half[i] = keys.half[i] == least;
		keys.half[i] |= order.is_first.half[i] & blocked;
	}
	const int16_t next = states_least(&keys);
	order.first = (size_t)(least % STATES);
	order.least = least / STATES;
	order.next = next == STATES_BLOCKED ? STATES_BLOCKED : next / STATES;
	return order;
}

#endif
