/*
 * How often each form of each language was met: a hash table in a bounded memory, which goes to
 * disk when it is full. Exact, for any number of forms.
 */
#ifndef LAFZ_CLI_COUNTS_H
#define LAFZ_CLI_COUNTS_H

#include <stddef.h>
#include <stdint.h>

#include "cli/bytes.h"
#include "cli/spill.h"

/* A place of the table: while counting the hash and where the entry is, later the entry alone. */
struct counts_slot {
	uint32_t hash;
	uint32_t place; /* in steps of COUNTS_STEP bytes, plus 1; 0: free */
};

#define COUNTS_STEP 8
#define COUNTS_LEAST ((size_t)64 << 10) /* bytes of memory */
/* So that a place fits, and on small systems so that twice as much can be addressed. */
#define COUNTS_MOST (SIZE_MAX / 4 < UINT64_C(16) << 30 ? SIZE_MAX / 4 : (size_t)(UINT64_C(16) << 30))

/* Zeroed but for the first two fields. */
struct counts {
	size_t memory;             /* bytes, COUNTS_LEAST to COUNTS_MOST */
	spill_order *order;        /* what is summed must be equal in it */
	struct bytes entries;      /* owned */
	struct counts_slot *slots; /* owned; n_slots of them, 2^k, at most half of them taken */
	size_t n_slots, n;
	struct spill spill; /* owned */
};

/* Adds row->count. 0, or -1 with a message. */
int counts_add(struct counts *counts, const struct spill_row *row);

/*
 * Hands out all rows in their order. 0, or -1 with a message or after take returned it. Nothing is
 * counted any more then.
 */
int counts_take(struct counts *counts, spill_take *take, void *ctx);

/* Orders: by language and form; and by count, most first, then by language and form. */
spill_order counts_by_form, counts_by_count;

void counts_free(struct counts *counts);

#endif
