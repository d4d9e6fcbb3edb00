/*
 * What the kernels that pick atoms share: which flags of a piece those of its atom make.
 */
#ifndef LAFZ_SCAN_PICKS_H
#define LAFZ_SCAN_PICKS_H

#include "scan/atom.h"

/* By bits 1 to 4 of the flags of an atom without ATOM_CONTROL: ZWNJ 2, upper case 4, lower case 8. */
static const uint8_t picks_flags[16] = {
	[2] = LAFZ_FLAG_ZWNJ,  [4] = LAFZ_FLAG_UPPER, [6] = LAFZ_FLAG_UPPER | LAFZ_FLAG_ZWNJ,
	[10] = LAFZ_FLAG_ZWNJ, [14] = LAFZ_FLAG_ZWNJ,
};

_Static_assert(ATOM_ZWNJ == 4 && ATOM_UPPER == 8 && ATOM_LOWER == 16, "the bits of picks_flags");

#endif
