/*
 * --split-by-lang: a file for each language that was met. A sentence goes whole to the file of the
 * language that most of its bytes are in (of its tokens; the first one among equals); of lafz runs
 * each run goes to that of its own. Each file is as if its sentences alone had been written.
 */
#ifndef LAFZ_CLI_SPLIT_H
#define LAFZ_CLI_SPLIT_H

#include <stdbool.h>
#include <stdint.h>

#include <lafz.h>

#include "cli/args.h"
#include "cli/pick.h"
#include "cli/write.h"

struct split_file;

/* Zeroed but for the first field. */
struct split {
	const struct args *args;   /* not owned */
	struct split_file **files; /* by language; NULL for those not met; owned */
	uint64_t *weights;         /* by language, of a sentence; owned */
	uint16_t *langs;           /* of the tokens' files; owned */
	size_t cap;                /* of langs */
	struct pick pick;          /* owned */
	bool has_failed;           /* a file cannot be written; the message has been */
};

/* Each document. */
void split_begin(struct split *split);

/*
 * Writes a batch of the document that writer has. Sets has_failed if that is not possible. 0, or -1
 * with a message.
 */
int split_batch(struct split *split, const struct format_kind *kind, const struct writer *writer,
                const struct lafz_batch *batch);

/* The end of a document. */
void split_end(struct split *split, const struct format_kind *kind);

/* Closes the files; is_whole says whether they are to be kept. 0, or -1 with a message. */
int split_close(struct split *split, bool is_whole);

#endif
