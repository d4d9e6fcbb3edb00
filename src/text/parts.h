/*
 * Which part of a line that is not plain goes the way of the data: from the last border of sentences before what is not plain to the
 * first one behind it that is told for sure. What is before and behind that part is as plain as in a line of its own. A sentence
 * knows of those before it in its line nothing but brackets and single quotes that are open, so no part begins or ends behind these.
 */
#ifndef LAFZ_TEXT_PARTS_H
#define LAFZ_TEXT_PARTS_H

#include <stddef.h>
#include <stdint.h>

#include "segment/segment.h"
#include "text/lines.h"

/* Atoms from one to another, the first of which begins a sentence. */
struct text_part {
	size_t first, end;
};

/*
 * The part around the first byte that a line does not hold, as text_lines_stop has told it of the line, or of what is left of it: from
 * an atom on. Where the line goes on behind the part, its next atom is what text_lines_stop is to be asked of next.
 */
struct text_part text_parts_find(struct text_lines *lines, const struct text_lines_request *request,
                                 const struct segment *line, size_t from, uint32_t stop);

/* The end of the text of a part, without the white space that stands before the next sentence. */
uint32_t text_parts_text_end(const struct text_lines_request *request, const struct segment *line,
                             const struct text_part *part);

#endif
