/*
 * What belongs to whoever has the turn to write, a worker or the main thread, and goes on with the turn: the output, and what the
 * empty line of -f text between two blocks hangs on. Whether that comes depends on the last line before a block, which is known when
 * all before the block is written.
 */
#ifndef LAFZ_CLI_JOBS_TURN_H
#define LAFZ_CLI_JOBS_TURN_H

#include "cli/jobs_block.h"

struct turn {
	struct filter *filter; /* its sink, and of its writer is_new, has_line and par, as they are behind what is written; not owned */
	uint64_t par;          /* in the document: the last one of the block before */
	uint64_t base;         /* what was added to the paragraphs of its stream */
};

/* Writes what was made of a block so far. Its has_line and first_par tell of that. */
void turn_pass(struct turn *turn, struct block *block);

/* All of a block is written. */
void turn_end(struct turn *turn, const struct block *block);

#endif
