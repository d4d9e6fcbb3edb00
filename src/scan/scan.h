/*
 * The one hot loop over bytes: checks UTF-8 and finds the atoms of a text. Written once as a plain
 * loop, the reference, and once per instruction set; all give the same atoms. Two loops over atoms go
 * with it: what sets they are in, and those of a set as pieces.
 */
#ifndef LAFZ_SCAN_SCAN_H
#define LAFZ_SCAN_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "piece.h"
#include "scan/atom.h"

/*
 * Scans len bytes and appends nothing to what atoms held: it is written anew. The caller has given
 * room for len atoms (scan_reserve). A sequence cut off by the end of the text is ill-formed.
 * Returns the number of ill-formed atoms.
 */
typedef uint32_t scan_function(const char *text, uint32_t len, struct atoms *atoms);

/* Fills atoms->sets and atoms->line_ends. */
typedef void sets_function(struct atoms *atoms);

/* Of 64 atoms. */
struct picks {
	uint64_t which; /* become pieces of their own: all letters or marks of punctuation */
	uint64_t busy;  /* of them, those that are busy */
	uint64_t ones, twos; /* of these, those whose enum busy_kind has bit 0, bit 1 */
};

/*
 * Appends those of the 64 atoms from i on as pieces, and which of them are busy. May write up to SCAN_SLACK entries behind
 * each.
 */
typedef void pick_function(const struct atoms *atoms, size_t i, const struct picks *picks,
                           struct pieces *pieces, struct busy *busy);

struct scan_kernel {
	const char *name;
	scan_function *scan;
	sets_function *sets;
	pick_function *pick;
	bool (*is_usable)(void);
};

/* The i-th kernel of this build, slowest first, NULL past the last. */
const struct scan_kernel *scan_kernel_at(size_t i);

/* The kernel of that name if this processor can run it, the best one if name is NULL; else NULL. */
const struct scan_kernel *scan_kernel_find(const char *name);

/* Entries a kernel may write behind those of the atoms: it writes a block's at once. */
#define SCAN_SLACK 64

int scan_reserve(struct atoms *atoms, const struct lafz_allocator *mem, uint32_t len);
void scan_free(struct atoms *atoms, const struct lafz_allocator *mem);

scan_function scan_plain, scan_ssse3, scan_avx2, scan_avx512, scan_neon;
sets_function sets_plain, sets_ssse3, sets_avx2, sets_avx512, sets_neon;
pick_function pick_plain, pick_avx2, pick_avx512;

#endif
