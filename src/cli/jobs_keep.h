/*
 * Copies of batches, which a stream lends only until the next one is made.
 */
#ifndef LAFZ_CLI_JOBS_KEEP_H
#define LAFZ_CLI_JOBS_KEEP_H

#include <stdbool.h>
#include <stddef.h>

#include <lafz.h>

struct kept {
	struct lafz_batch batch;
	struct lafz_edit *edits;
	size_t n_edits;
};

struct keep_chunk;

/* A zeroed struct is an empty one. */
struct keep {
	struct kept *rows; /* owned */
	size_t n, cap;
	struct keep_chunk *first, *at; /* owned, a list; what is behind at is free */
};

/* What is lent anyway and need not be copied. */
struct keep_lent {
	const char *text;
	size_t len;
};

/* Copies a batch with its edits. False if there is no memory. */
bool keep_add(struct keep *keep, const struct lafz_batch *batch, const struct lafz_edit *edits,
              size_t n_edits, struct keep_lent lent);

/* Forgets all batches and keeps the memory. */
void keep_clear(struct keep *keep);

void keep_free(struct keep *keep);

#endif
