/*
 * How the workers of jobs.h take blocks from the ring, and tell each other what stands before a block.
 */
#ifndef LAFZ_CLI_JOBS_RING_H
#define LAFZ_CLI_JOBS_RING_H

#include "cli/jobs_block.h"

/* The next block in their order, and its number; NULL when there will be no more. */
struct block *ring_take(struct worker *worker, uint64_t *index);

/* The block is done: the main thread may write it. */
void ring_finish(struct ring *ring, struct block *block);

/* What stands before a block that is not the first of its document. */
struct block_numbers ring_wait_for_base(struct ring *ring, uint64_t index);

/* What stands before the block behind this one. */
void ring_set_base(struct ring *ring, uint64_t index, const struct block_numbers *numbers);

#endif
