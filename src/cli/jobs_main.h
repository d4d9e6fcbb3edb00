/*
 * What the files of the main thread of jobs.h share.
 */
#ifndef LAFZ_CLI_JOBS_MAIN_H
#define LAFZ_CLI_JOBS_MAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/bytes.h"
#include "cli/filter.h"
#include "cli/jobs_block.h"
#include "cli/source.h"

/*
 * Bytes of a block. What is made of it, ten to twenty times as much, should stay in a core's cache; but
 * of each block of a text the 4 KiB before it are read again.
 */
#define TEXT_LEN ((size_t)64 << 10)
#define RECORDS_LEN ((size_t)32 << 10)
#define RECORD_MOST ((size_t)256 << 10) /* a longer record is not given to workers */

struct jobs {
	struct filter *filter; /* not owned */
	struct ring ring;
	struct worker *workers; /* owned */
	size_t n_workers, n_started;
	uint64_t file, failed_file; /* counted from 1 */
	bool has_failed;            /* and that was not told yet */
	bool is_over;               /* what is still to come is thrown away */
	bool is_kept;               /* the main thread writes what the workers keep */
	bool is_out_of_memory;      /* that was told */
	const char *name;           /* of the file */
	/* the text so far */
	struct bytes text; /* owned: n_history bytes that are in blocks, and what is behind them */
	size_t n_history;
	uint64_t text_start; /* in the document */
	bool is_first, is_open;
	/* the records so far */
	struct block *filling; /* not with the workers yet; NULL: none */
	struct bytes fields;   /* owned; of a record */
};

/* ---- jobs.c ---- */

/* A block to be filled, with its memory; NULL without. */
struct block *jobs_new_block(struct jobs *jobs);

/* The block that jobs_new_block has given goes to the workers. */
void jobs_submit(struct jobs *jobs);

/* Tells of it and ends the work. -1. */
int jobs_out_of_memory(struct jobs *jobs);

/* Whether the file that is read goes on. */
bool jobs_is_wanted(const struct jobs *jobs);

/* Whether a read would block. Then what is there is written in the meantime. */
bool jobs_must_wait(const struct source *source);
void jobs_write_meanwhile(struct jobs *jobs, const struct source *source);

/* ---- jobs_write.c ---- */

/* Writes a block that is done. */
void jobs_write(struct jobs *jobs, struct block *block);

/* ---- jobs_text.c, jobs_records.c ---- */

/* Read a file. 0, or -1 with a message, or after a signal. */
int jobs_read_text(struct jobs *jobs, struct source *source);
int jobs_read_jsonl(struct jobs *jobs, struct source *source);
int jobs_read_warc(struct jobs *jobs, struct source *source);

#endif
