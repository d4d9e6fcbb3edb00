/*
 * How tokens become lines of text: for segments whose tokens there are.
 */
#ifndef LAFZ_TEXT_PUT_H
#define LAFZ_TEXT_PUT_H

#include <stddef.h>

#include "batch/batch.h"
#include "text/text.h"

/* The norms of a batch. */
struct text_norms {
	const struct tokens *tokens;
	const char *text, *end;
};

/* Those of a batch, whose source that is. */
struct text_norms text_norms_of(const struct batch *batch, const char *text, size_t len);

/* Before the first line of a segment that has tokens. */
void text_meet_tokens(struct text_place *place);

/* Before a line: an empty one where its paragraph is not that of the line before. LAFZ_OK or LAFZ_ERR_MEMORY. */
int text_open_line(struct text *text, const struct lafz_allocator *mem);

/* The tokens from first to end, those of one segment: their lines. LAFZ_OK or LAFZ_ERR_MEMORY. */
int text_put(struct text *text, const struct lafz_allocator *mem, const struct text_norms *norms, size_t first,
             size_t end);

#endif
