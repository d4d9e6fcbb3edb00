/*
 * Counts edits by language, rule and code point.
 */
#ifndef LAFZ_CLI_TALLY_H
#define LAFZ_CLI_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/bytes.h"

struct tally_row {
	uint16_t lang;
	uint32_t rule; /* where its name is in names.ptr, which ends with NUL */
	uint32_t cp;   /* or REPAIR_NOTHING */
	uint64_t count;
};

/* A zeroed struct is an empty one. */
struct tally {
	struct tally_row *rows; /* owned */
	size_t n, cap;
	uint32_t *index; /* owned; an open hash table of row numbers, plus 1; index_cap is 2^k */
	size_t index_cap;
	struct bytes names; /* owned; of rules, each with its NUL */
};

/* Counts one edit by one rule, of n bytes. False if there is no memory. */
bool tally_add(struct tally *tally, uint16_t lang, const char *rule, size_t n, uint32_t cp);

/* Adds what another one has counted behind it; neither is sorted. False if there is no memory. */
bool tally_merge(struct tally *tally, const struct tally *more);

/* Orders the rows: most frequent first, then by tag and code point. Nothing is added then. */
void tally_sort(struct tally *tally);

void tally_free(struct tally *tally);

#endif
