/*
 * What the functions that pick atoms share: which flags of a piece those of its atom make, and busy pieces.
 */
#ifndef LAFZ_SCAN_PICKS_H
#define LAFZ_SCAN_PICKS_H

#include <assert.h>

#include "base/bits.h"
#include "piece.h"
#include "scan/atom.h"
#include "scan/scan.h"

/* By bits 1 to 4 of the flags of an atom without ATOM_CONTROL: ZWNJ 2, upper case 4, lower case 8. */
static const uint8_t picks_flags[16] = {
	[2] = LAFZ_FLAG_ZWNJ,  [4] = LAFZ_FLAG_UPPER, [6] = LAFZ_FLAG_UPPER | LAFZ_FLAG_ZWNJ,
	[10] = LAFZ_FLAG_ZWNJ, [14] = LAFZ_FLAG_ZWNJ,
};

_Static_assert(ATOM_ZWNJ == 4 && ATOM_UPPER == 8 && ATOM_LOWER == 16, "the bits of picks_flags");

static_assert(BUSY_BITS == 2, "two masks have all bits of a kind");

/* Which pieces are busy, one by one; the first of those that are picked is piece n. */
static inline void picks_busy(const struct picks *picks, size_t n, struct busy *busy)
{
	uint32_t *out = busy->at + busy->n;
	for (uint64_t left = picks->busy; left != 0; left &= left - 1) {
		const uint64_t own = left & (0 - left);
		const uint32_t place = (uint32_t)n + bits_count(picks->which & (own - 1));
		const uint32_t kind = (uint32_t)((picks->ones & own) != 0) |
		                      (uint32_t)((picks->twos & own) != 0) << 1;
		*out++ = place << BUSY_BITS | kind;
	}
	busy->n = (size_t)(out - busy->at);
}

#endif
