/*
 * What the files of this folder share. The edits of one token or gap are collected in batch->edits_of_one; those that
 * are kept go to batch->edits.
 */
#ifndef LAFZ_BATCH_BATCH_PARTS_H
#define LAFZ_BATCH_BATCH_PARTS_H

#include "batch/batch.h"

bool batch_wants_edits(const struct batch_request *request);

/* Where the edits of the next token go; NULL: they are not wanted. */
struct norm_edits *batch_edits_for(struct batch *batch, const struct batch_request *request);

/*
 * The edits of what begins at start in the source and at place in the norm; like has its language
 * and kind. LAFZ_OK or LAFZ_ERR_MEMORY.
 */
int batch_take_edits(struct batch *batch, const struct batch_request *request, uint32_t start,
                     uint32_t place, const struct norm_request *like, uint8_t kind);

/* batch_norm for profile nfc, the copy is reset. LAFZ_OK or a failure. */
int batch_nfc(struct batch *batch, const struct batch_request *request);

#endif
