/*
 * Canonical composition (NFC) of code points, by utf8proc, and the few properties of normalisation
 * that go with it. The only file that names utf8proc. Linear, also for long rows of marks.
 */
#ifndef LAFZ_UNICODE_NFC_H
#define LAFZ_UNICODE_NFC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

#define NFC_PARTS 4 /* code points that one decomposes to, at most */

struct nfc {
	uint32_t *work; /* owned; code points */
	size_t cap;
};

/*
 * Composes n code points (scalar values) in *cps, in place in the caller's array of room cap; NFC
 * may need more room than n (a few characters grow, by three times at most): then the result tells.
 * Returns the new count, or LAFZ_ERR_MEMORY or LAFZ_ERR_UNICODE. The caller gives room for 3 * n.
 */
ptrdiff_t nfc_compose(struct nfc *nfc, const struct lafz_allocator *mem, uint32_t *cps, size_t n,
                      size_t cap);

/* Decomposes canonically (NFD) in the same way. The caller gives room for 4 * n. */
ptrdiff_t nfc_decompose(struct nfc *nfc, const struct lafz_allocator *mem, uint32_t *cps, size_t n,
                        size_t cap);

void nfc_free(struct nfc *nfc, const struct lafz_allocator *mem);

/*
 * The same by steps, for who has the room: each code point's parts (returns how many), the marks of
 * all of them in canonical order (scratch has room for n too), and the result composed, in place.
 * nfc_join returns the new count or LAFZ_ERR_UNICODE.
 */
size_t nfc_parts(uint32_t cp, uint32_t parts[NFC_PARTS]);
void nfc_order(uint32_t *cps, size_t n, uint32_t *scratch);
ptrdiff_t nfc_join(uint32_t *cps, size_t n);

/*
 * NFC_Quick_Check is Yes: where cp stands in its place among the marks, composing leaves it alone.
 */
bool nfc_is_quick(uint32_t cp);

/* True: composing changes nothing. False: it may. */
bool nfc_is_composed(const uint32_t *cps, size_t n);

/* The version of utf8proc that runs, and of the Unicode data in it. */
const char *nfc_library_version(void);
const char *nfc_unicode_version(void);

#endif
