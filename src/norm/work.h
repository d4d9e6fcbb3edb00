/*
 * For the norm of a token: its characters in struct norm, from bytes and back, and their composition. If edits are asked for,
 * norm->tracing, all of these follow them.
 */
#ifndef LAFZ_NORM_WORK_H
#define LAFZ_NORM_WORK_H

#include "norm/fold.h"
#include "norm/norm.h"

/* Where the text and its norm begin that a piece is part of. */
struct work_whole {
	const char *text;
	size_t begin; /* in out */
	struct norm_edits *edits;
	const struct fold_table *table; /* whose rules have names; NULL: none */
};

/* Room for n characters in both arrays; what is in them stays. LAFZ_OK or LAFZ_ERR_MEMORY. */
int work_room(struct norm *norm, const struct lafz_allocator *mem, size_t n);

/* norm_decode, and the trace begins. */
int work_decode(struct norm *norm, const struct lafz_allocator *mem, const char *text, size_t len,
                enum lafz_invalid on_invalid, size_t *n);

/* What a step has written to norm->alt is what the next one reads. */
void work_swap(struct norm *norm);

/* Composes n characters. Returns the new count or a failure. */
ptrdiff_t work_compose(struct norm *norm, const struct lafz_allocator *mem, size_t n);

/* Appends the n characters of a piece that begins at off, and its edits. LAFZ_OK or LAFZ_ERR_MEMORY. */
int work_put(struct norm *norm, const struct lafz_allocator *mem, const struct work_whole *whole,
             size_t off, size_t n, struct buf *out);

/*
 * What was appended from begin on is the result, unless it is the source or the work has failed
 * (rc); then the output is as long as before, and so are the edits, of which there were n. Returns what norm_token does.
 */
int work_finish(int rc, const char *text, size_t len, struct buf *out, size_t begin,
                struct norm_edits *edits, size_t n);

#endif
