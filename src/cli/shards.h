/*
 * --shard-size: output in files of a size, cut between documents, and in a large document between
 * sentences where the format allows it. Beside the files stands one with the state after the last of
 * them that is whole: which input was read, how many of its documents, and up to which sentence. With
 * --resume what comes before that is read again but not written, from the beginning of that input,
 * so nothing but the place has to be remembered.
 */
#ifndef LAFZ_CLI_SHARDS_H
#define LAFZ_CLI_SHARDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lafz.h>

#include "cli/args.h"
#include "cli/sink.h"
#include "cli/write.h"

/* Before a sentence of a document of an input; 0, 0, 0 is the beginning of everything. */
struct shards_place {
	uint64_t file, doc, sent;
	uint64_t n_skipped; /* broken records in the inputs before this one */
};

struct shards {
	const struct args *args;     /* not owned */
	struct writer *writer;       /* not owned */
	struct shards_place now;     /* doc: counted from 1 while it is written */
	struct shards_place resumed; /* what comes before was written by a run before */
	uint64_t number;             /* of the file that is being written */
	char *names[2];              /* owned; of this file and of the one before */
	char *state;                 /* owned; the name of the file with the state */
	bool is_done;                /* a run before has written everything */
	bool can_resume;             /* all inputs are files */
};

enum shards_answer { SHARDS_FAILED = -1, SHARDS_WRITE = 0, SHARDS_PASS = 1 };

/* Whether NAME has one number: %d, or %05d and its like. */
bool shards_is_pattern(const char *name);

/*
 * Reads the state for --resume, and opens the sink of writer. EXIT_DONE (0), or another exit status
 * with a message. shards_close is legal after all.
 */
int shards_open(struct shards *shards, const struct args *args, struct writer *writer);

/*
 * Begins an input, the index-th. False if all of it was written by a run before. *n_skipped is set to
 * that of then where a run before has ended.
 */
bool shards_file(struct shards *shards, size_t index, uint64_t *n_skipped);

/* Before a document begins: whether it is to be passed over, which is so until the place of resuming. */
enum shards_answer shards_document(struct shards *shards, const struct format_kind *kind);

/* Writes a batch of a document, perhaps to several files. 0, or -1 with a message. */
int shards_batch(struct shards *shards, const struct format_kind *kind,
                 const struct lafz_batch *batch);

/*
 * Closes the last file, which is kept if everything is_whole. n_skipped: broken records in all inputs.
 * 0, or -1 with a message.
 */
int shards_finish(struct shards *shards, bool is_whole, uint64_t n_skipped);

void shards_close(struct shards *shards);

#endif
