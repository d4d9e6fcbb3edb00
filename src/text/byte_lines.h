/*
 * The lines of a region for the run stage (run/bytes.h): easy ones (text/easy.h) as bits of their bytes, and those of the
 * rest, whose atoms say what they are, as bits of the bytes that these atoms have in the region. So the words of all lines are
 * found in one way, in their order.
 */
#ifndef LAFZ_TEXT_BYTE_LINES_H
#define LAFZ_TEXT_BYTE_LINES_H

#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "run/atoms.h"
#include "run/bytes.h"
#include "segment/segment.h"
#include "text/rest.h"

struct byte_lines {
	struct easy_words words;            /* begins is owned, with the block of the other sets; lines is owned */
	uint64_t *tokens, *breaks, *stops;
	uint32_t *starts; /* owned */
	uint8_t *kinds;   /* owned */
	size_t n, sets_cap, lines_cap, starts_cap, kinds_cap;
};

/*
 * Of a region whose rest was made; the segments are the rest's, and get the places in the document that their lines have; the
 * sets say what their atoms are. LAFZ_OK or LAFZ_ERR_MEMORY.
 */
int byte_lines_make(struct byte_lines *lines, const struct lafz_allocator *mem, const struct rest *rest,
                    const struct segments *segments, const struct run_atoms *atoms);

void byte_lines_free(struct byte_lines *lines, const struct lafz_allocator *mem);

#endif
