/*
 * The one hot loop over bytes: checks UTF-8 and finds the atoms of a text. Written once as a plain
 * loop, the reference, and to be written once per instruction set; all give the same atoms.
 */
#ifndef LAFZ_SCAN_SCAN_H
#define LAFZ_SCAN_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "scan/atom.h"

/*
 * Scans len bytes and appends nothing to what atoms held: it is written anew. The caller has given
 * room for len atoms (scan_reserve). A sequence cut off by the end of the text is ill-formed.
 * Returns the number of ill-formed atoms.
 */
typedef uint32_t scan_function(const char *text, uint32_t len, struct atoms *atoms);

struct scan_kernel {
	const char *name;
	scan_function *scan;
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

#endif
