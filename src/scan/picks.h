/*
 * What the kernels that pick atoms share, which have an instruction that counts bits: which flags of a piece those of its
 * atom make, and places.
 */
#ifndef LAFZ_SCAN_PICKS_H
#define LAFZ_SCAN_PICKS_H

#include "piece.h"
#include "scan/atom.h"

/* By bits 1 to 4 of the flags of an atom without ATOM_CONTROL: ZWNJ 2, upper case 4, lower case 8. */
static const uint8_t picks_flags[16] = {
	[2] = LAFZ_FLAG_ZWNJ,  [4] = LAFZ_FLAG_UPPER, [6] = LAFZ_FLAG_UPPER | LAFZ_FLAG_ZWNJ,
	[10] = LAFZ_FLAG_ZWNJ, [14] = LAFZ_FLAG_ZWNJ,
};

_Static_assert(ATOM_ZWNJ == 4 && ATOM_UPPER == 8 && ATOM_LOWER == 16, "the bits of picks_flags");

/* The number behind those of which below each of the atoms that are asked for. */
static inline void picks_places(uint64_t which, uint64_t asked, uint32_t *places, size_t first)
{
	for (; asked != 0; asked &= asked - 1) {
		const uint64_t below = (asked & (0 - asked)) - 1;
		*places++ = (uint32_t)(first + (size_t)__builtin_popcountll(which & below));
	}
}

#endif
