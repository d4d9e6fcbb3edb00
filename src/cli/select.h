/*
 * Leaves tokens out of batches and masks others, before a writer sees them: writers know nothing of
 * it, and without a selection nothing is done for a token.
 */
#ifndef LAFZ_CLI_SELECT_H
#define LAFZ_CLI_SELECT_H

#include <stddef.h>
#include <stdint.h>

#include <lafz.h>

#include "cli/bytes.h"
#include "cli/pick.h"
#include "cli/selection.h"

/* Zeroed but for the first field. */
struct select {
	const struct selection *selection; /* not owned */
	struct pick pick;                  /* owned */
	struct bytes norm, key;            /* texts with masks behind; owned */
};

/*
 * The tokens of a batch that are wanted, masked: the batch itself, or one that lives as long, until
 * the next call. NULL if there is no memory.
 */
const struct lafz_batch *select_batch(struct select *select, const struct lafz_batch *batch);

void select_free(struct select *select);

#endif
