/*
 * The steps of the profile standard, character by character: presentation forms, controls, folds, ZWNJ, composition, options.
 */
#ifndef LAFZ_NORM_STANDARD_H
#define LAFZ_NORM_STANDARD_H

#include "norm/work.h"

/* Appends text mended, without controls, composed; with a table, for words and hashtags, folded. LAFZ_OK or a failure. */
int standard_pieces(struct norm *norm, const struct lafz_allocator *mem,
                    const struct norm_request *request, const struct work_whole *whole, size_t len,
                    struct buf *out);

/* The same with nothing changed but ill-formed bytes. */
int standard_mend(struct norm *norm, const struct lafz_allocator *mem, enum lafz_invalid on_invalid,
                  const struct work_whole *whole, size_t len, struct buf *out);

#endif
