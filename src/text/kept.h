/*
 * Runs of lines that are not plain, kept while these go the way of the data as a text of their own: what a line is in is told
 * once, since it counts for the lines behind it.
 */
#ifndef LAFZ_TEXT_KEPT_H
#define LAFZ_TEXT_KEPT_H

#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "piece.h"
#include "segment/segment.h"

struct text_kept_piece {
	uint32_t run;
	float confidence;
	uint16_t lang;
};

/* Of segments, in their order. */
struct text_kept {
	struct text_kept_piece *pieces; /* owned */
	size_t n_pieces, pieces_cap;
	uint32_t *n_runs; /* of each segment; owned */
	size_t n, cap;
};

/* Adds a segment, whose pieces are those from first on, or a part of one, whose bytes are those from start to end. LAFZ_OK or LAFZ_ERR_MEMORY. */
int text_kept_add(struct text_kept *kept, const struct lafz_allocator *mem, const struct segment *segment,
                  const struct pieces *pieces, size_t first);
int text_kept_add_part(struct text_kept *kept, const struct lafz_allocator *mem, const struct segment *segment,
                       const struct pieces *pieces, size_t first, uint32_t start, uint32_t end);

/* Gives them to the same segments, whose pieces were found again. */
void text_kept_give(const struct text_kept *kept, const struct segments *segments, struct pieces *pieces);

void text_kept_free(struct text_kept *kept, const struct lafz_allocator *mem);

#endif
