/*
 * How blocks go from the main thread of jobs.h to the workers and back, and how workers tell each other what stands before a block.
 */
#ifndef LAFZ_CLI_JOBS_RING_H
#define LAFZ_CLI_JOBS_RING_H

#include "cli/jobs_block.h"

/* 0, or -1 without memory; ring_close is legal after both, when no worker is left. */
int ring_open(struct ring *ring, size_t n_blocks, bool has_turns);
void ring_close(struct ring *ring);

/* ---- The main thread ---- */

/* The block behind the last one is there. */
void ring_submit(struct ring *ring);

/*
 * Waits, but not for long, until n blocks from the first on are written, or one of them is done and the main thread must write it.
 * Whether that is so; then the first block is done.
 */
bool ring_wait(struct ring *ring, size_t n);

/* The first block is written. Without has_turns no worker writes its block from here on. Whether the next one is done, too. */
bool ring_retire(struct ring *ring, bool has_turns);

/* There will be no more blocks. */
void ring_end(struct ring *ring);

/* ---- A worker ---- */

/* The next block in their order, and its number; NULL when there will be no more. */
struct block *ring_take(struct worker *worker, uint64_t *index);

/*
 * A worker has ended a block, or has written one that this has given it. Returns a block whose turn it is now and that nobody else
 * will write, with its number, or NULL.
 */
struct block *ring_finish(struct ring *ring, uint64_t *index, enum block_rest rest);

/*
 * Whether a block may be written by its worker, since all before it is written. With must_wait this is waited for, but not after
 * ring_retire has said that no worker writes.
 */
bool ring_has_turn(struct ring *ring, uint64_t index, bool must_wait);

/* What stands before a block that is not the first of its document. */
struct block_numbers ring_wait_for_base(struct ring *ring, uint64_t index);

/* What stands before the block behind this one. */
void ring_set_base(struct ring *ring, uint64_t index, const struct block_numbers *numbers);

#endif
