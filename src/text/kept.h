/*
 * What lines are in, kept while those that are not plain go the way of the data as a text of their own: a language is told
 * once, since it counts for the lines behind it. Nearly all lines are one run, of which a line's entry says all; only of others, whose
 * languages were guessed by their pieces, each piece is kept.
 */
#ifndef LAFZ_TEXT_KEPT_H
#define LAFZ_TEXT_KEPT_H

#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "piece.h"
#include "run/atoms.h"
#include "segment/segment.h"

struct text_kept_piece {
	uint32_t start; /* from that of its line */
	uint32_t run;
	float confidence;
	uint16_t lang;
};

/* A line whose pieces are kept. */
struct text_kept_line {
	size_t line, first, end;
};

/* A line, or what of it begins so many bytes behind its start. */
struct text_kept_part {
	uint32_t line, start;
};

struct text_kept {
	struct run_line *lines; /* of all lines of a region; owned */
	size_t lines_cap;
	struct text_kept_line *guessed; /* in their order; owned */
	size_t n_guessed, guessed_cap;
	struct text_kept_piece *pieces; /* of these; owned */
	size_t n_pieces, pieces_cap;
};

/* Begins a region of so many lines. LAFZ_OK or LAFZ_ERR_MEMORY. */
int text_kept_begin(struct text_kept *kept, const struct lafz_allocator *mem, size_t n);

/*
 * Keeps all of a line, which begins at that byte and is in so many runs, and sets its entry. In the order of lines. LAFZ_OK or
 * LAFZ_ERR_MEMORY.
 */
int text_kept_add(struct text_kept *kept, const struct lafz_allocator *mem, size_t line, uint32_t n_runs,
                  const struct pieces *pieces, uint32_t start);

/* Gives them to segments, whose pieces were found again: those parts of lines, in their order; NULL: all lines of the region. */
void text_kept_give(const struct text_kept *kept, const struct text_kept_part *parts, const struct segments *segments,
                    struct pieces *pieces);

void text_kept_free(struct text_kept *kept, const struct lafz_allocator *mem);

#endif
