/*
 * The tokens of a document beside those of another output: lafz view --gold and --against. The
 * other one is read along with the batches, so the comparison is as much a stream as the text.
 */
#ifndef LAFZ_CLI_VIEW_AGAINST_H
#define LAFZ_CLI_VIEW_AGAINST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lafz.h>

#include "cli/bytes.h"
#include "cli/view/compare.h"
#include "cli/view/tokens.h"

/* Differences of n tokens of a batch from first on; n is 0 if only the other has any there. */
struct against_note {
	size_t first, n;
	unsigned what;                /* bits of enum compare_what */
	size_t values[COMPARE_COUNT]; /* where the other's values are in values.ptr */
	size_t lens[COMPARE_COUNT];   /* and how long */
};

/* Zeroed, a closed one. */
struct against {
	const char *name; /* what the other one is called; NULL: there is none */
	struct tokens tokens;
	struct compare_counts counts;
	bool has_document;          /* the other one has this document */
	struct against_note *notes; /* of the batch, in its order; owned */
	size_t n, cap;
	struct bytes values; /* owned */
	bool has_failed;     /* a message was written, here or by tokens */
	/* of the tokens of the batch */
	const struct lafz_batch *batch;
	size_t at;
	uint64_t end;          /* of the batch in the source */
	uint64_t sent;         /* of the token before the batch, plus 1; 0: none */
	struct bytes repaired; /* owned */
};

/* 0, or -1 with a message. name is "gold" or the like, for people. */
int against_open(struct against *against, const char *name, const char *file, size_t read_size,
                 size_t max, struct sink *sink);

void against_begin(struct against *against, const char *doc, size_t len);

/* Makes the notes of a batch. */
void against_batch(struct against *against, const struct lafz_batch *batch);

/* The document has ended: what the other one still has of it. One note at most. */
void against_end(struct against *against);

/* After all documents: those that only the other one has. 0, or -1 with a message. */
int against_finish(struct against *against);

void against_close(struct against *against);

#endif
