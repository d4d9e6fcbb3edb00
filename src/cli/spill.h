/*
 * Rows that do not fit into memory, in sorted parts on disk: each part is written in its order, and
 * at the end all are merged. They stand one after the other in one temporary file without a name,
 * so nothing is left behind however the program ends. The file is in the folder TMPDIR names, or
 * /tmp. Each function that can fail returns 0, or -1 with a message.
 */
#ifndef LAFZ_CLI_SPILL_H
#define LAFZ_CLI_SPILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/bytes.h"

struct spill_row {
	uint64_t count;
	const char *form; /* len bytes */
	uint32_t len;
	uint16_t lang;
};

/* Below, at or above 0 as the one stands before, with or behind the other. */
typedef int spill_order(const struct spill_row *one, const struct spill_row *other);

/* Takes a row, which lives until it returns; below 0: no more of them. */
typedef int spill_take(void *ctx, const struct spill_row *row);

/* Zeroed, an empty one. */
struct spill {
	int fd; /* if is_open */
	bool is_open;
	uint64_t end;      /* bytes of all parts */
	uint64_t *borders; /* where each part ends; owned */
	size_t n, cap;
	struct bytes buf; /* what is not written yet; owned */
};

/* Appends a row to the part that is being written. */
int spill_put(struct spill *spill, const struct spill_row *row);

/* Ends the part. */
int spill_cut(struct spill *spill);

/*
 * Hands out all rows in their order; of rows that are equal in it one, with the sum of their
 * counts. Needs about so many bytes of memory, more if there are longer forms. Stops when take does,
 * with -1. spill is empty then.
 */
int spill_merge(struct spill *spill, size_t memory, spill_order *order, spill_take *take, void *ctx);

void spill_free(struct spill *spill);

#endif
