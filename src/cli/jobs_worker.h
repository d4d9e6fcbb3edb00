/*
 * What the files of a worker of jobs.h share.
 */
#ifndef LAFZ_CLI_JOBS_WORKER_H
#define LAFZ_CLI_JOBS_WORKER_H

#include "cli/jobs_block.h"

#if defined(__GNUC__)
#define PRINTF_LIKE __attribute__((format(printf, 2, 3)))
#else
#define PRINTF_LIKE
#endif

/* ---- jobs_work.c ---- */

/* Keeps a message for the main thread, which writes them in the order of the input. */
void worker_tell(struct block *block, const char *format, ...) PRINTF_LIKE;

/* Keeps that what the stream says of a record. */
void worker_tell_record(struct block *block, const struct block_record *record, const char *error,
                        uint64_t off);

/* Keeps that there was none; the block has failed. */
void worker_out_of_memory(struct block *block);

/* The format of what is made of a block. */
const struct format_kind *worker_kind(const struct worker *worker, const struct block *block);

/*
 * Takes a stream for an encoding that was guessed, empty: with all options as they are. There is one at
 * a time, since its memory grows with the words it has seen. 0 or -1.
 */
int worker_choose_stream(struct worker *worker, const char *encoding);

/*
 * Where batches are kept for later. What the worker itself will write it keeps in memory of its own, which stays in its core's
 * cache from block to block.
 */
struct keep *worker_kept(struct worker *worker, struct block *block);

/* From here on what is made of a block may be written before all of it is there; nothing can be taken back. */
void worker_let_pass(struct worker *worker, struct block *block);

/* How a batch is taken. False if there is no memory. */
typedef bool take_function(struct worker *worker, struct block *block,
                           const struct lafz_batch *batch);

take_function worker_keep;  /* for later, in worker_kept */
take_function worker_write; /* at once */
take_function worker_skip;  /* not written at all */

/* Whether a block is written without its batches; one that the main thread writes is not. */
bool worker_takes_text(const struct worker *worker, const struct block *block);

/* What is wanted of a batch goes to the writer. False if there is no memory. */
bool worker_write_wanted(struct worker *worker, const struct block *block,
                         const struct lafz_batch *batch);

/* Takes note of the numbers of a batch's last token. */
void worker_note_last(struct worker *worker, const struct lafz_batch *batch);

/* Takes all that the stream can say now. 0 or -1. */
int worker_drain(struct worker *worker, struct block *block, take_function *take);

/* ---- jobs_work_text.c ---- */

void worker_text(struct worker *worker, struct block *block);

/* ---- jobs_work_records.c ---- */

void worker_records(struct worker *worker, struct block *block);

/* The broken records behind a text, if that is well. */
void worker_broken(struct worker *worker, struct block *block);

#endif
