/*
 * The norm of single tokens and gaps of a batch, in profile standard. Those that are not asked for stay as they are.
 */
#ifndef LAFZ_BATCH_BATCH_ONE_H
#define LAFZ_BATCH_BATCH_ONE_H

#include "batch/batch.h"
#include "batch/beside.h"

struct batch_one {
	struct batch *batch;
	const struct batch_request *request;
	struct norm_request token; /* lang, kind and script are those of the last token */
	uint8_t options;           /* bits of enum norm_option */
	struct beside beside;      /* of the segment of the last token; used where options ask for it */
	size_t beside_segment;     /* the one behind it */
	size_t settled;            /* the tokens before it have their places in the norm */
	size_t segment;            /* so have the segments before it, if gaps are asked for */
};

/* The batch's copy is reset. */
void batch_one_begin(struct batch_one *one, struct batch *batch, const struct batch_request *request);

/*
 * The norm of token i, or of a gap from start to end in front of it. is_inner: between two tokens of a segment. They are asked
 * for in their order. LAFZ_OK or a failure.
 */
int batch_one_token(struct batch_one *one, size_t i);
int batch_one_gap(struct batch_one *one, size_t i, uint32_t start, uint32_t end, bool is_inner);

/* What is next of what the batch knows of its known lines. */
struct batch_known_place {
	const uint32_t *turn;
	const struct batch_change *change;
};

/* The norm of token i, of known lines, in which the next change is. LAFZ_OK or LAFZ_ERR_MEMORY. */
int batch_one_known(struct batch_one *one, size_t i, struct batch_known_place *place);

/* Marks change places in known lines before a byte, behind which nothing was copied. LAFZ_OK or LAFZ_ERR_MEMORY. */
int batch_one_turn(struct batch_one *one, struct batch_known_place *place, uint32_t end);

/*
 * Whether all that can change in token i, which is calm but for what was noted (norm/calm.h) with a table, is that. If the table is not its own
 * there may be more: ZWNJ behind a letter that would join as another one.
 */
bool batch_one_is_folded(const struct batch_one *one, size_t i, const struct fold_table *table);

/* After the last of them. */
void batch_one_end(struct batch_one *one);

#endif
