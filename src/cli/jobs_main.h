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
#include "cli/jobs_turn.h"
#include "cli/source.h"

/*
 * Bytes of a block. Of each block of a text the 4 KiB before it are read again, and a block that is done sooner than it is handed on
 * is too short; what is made of a long one leaves the cores' caches. So formats that write less have longer ones (struct format_kind).
 */
#define TEXT_LEN ((size_t)64 << 10)
#define TEXT_OF_TWO 4 /* so many times that, at least, for two workers that write by turns */
#define TEXT_GROWS ((size_t)256 << 10) /* of a document: before blocks are longer, and then before they are once more so */
#define RECORDS_LEN ((size_t)32 << 10)
#define RECORD_MOST ((size_t)128 << 10) /* a longer record is cut as a text is */

struct jobs {
	struct filter *filter; /* not owned */
	struct ring ring;
	struct worker *workers; /* owned */
	size_t n_workers, n_started;
	uint64_t file, failed_file; /* counted from 1 */
	bool has_failed;            /* and that was not told yet */
	bool is_over;               /* what is still to come is thrown away */
	bool is_kept;               /* the main thread writes what the workers keep */
	bool is_direct;             /* a worker writes what it makes when it has its turn */
	bool is_out_of_memory;      /* that was told */
	bool has_line; /* of the record of which a block was written last: it has had one */
	struct turn turn;
	const char *name;           /* of the file */
	/* the text so far */
	struct bytes text; /* owned: n_history bytes that are in blocks, and what is behind them */
	size_t n_history;
	uint64_t text_start; /* in the document */
	bool is_first, is_open;
	bool is_inside; /* of a document: jobs_text_end comes */
	bool has_looked; /* for its form */
	struct form form;
	bool is_record;  /* it is not a file but a record: */
	struct block_record record;
	const struct bytes *doc, *doc_fields; /* not owned; NULL: no fields */
	/* of a file that workers read: what was read in front of the end of the next block; owned */
	struct bytes window;
	uint64_t window_start; /* in the document */
	bool is_lent;          /* workers may read the file that is read now */
	int lent_fd;           /* of a file before it that they may still read; -1: none */
	uint64_t lent_until;   /* until they have ended all blocks before this one */
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

/* Whether a read would block. Then what is there is written in the meantime; whether all of it is written. */
bool jobs_must_wait(const struct source *source);
bool jobs_write_meanwhile(struct jobs *jobs, const struct source *source);

/* ---- jobs_write.c ---- */

/* Writes a block that is done. */
void jobs_write(struct jobs *jobs, struct block *block);

/* ---- jobs_text.c ---- */

/* All of these: 0, or -1 with a message. */

/* Begins a document that is a file. */
void jobs_text_begin(struct jobs *jobs);

/* Begins one that is a record: its name and fields (or NULL) must live until its end. */
void jobs_text_begin_record(struct jobs *jobs, struct block_record record, const struct bytes *doc,
                            const struct bytes *fields);

/* Takes len bytes of it and hands on what is enough for blocks. */
int jobs_text_add(struct jobs *jobs, const char *text, size_t len);

/* Hands on all of it there is. */
int jobs_text_flush(struct jobs *jobs);

/* The same, and tells of what is broken behind it. */
int jobs_text_broken(struct jobs *jobs, struct block_record record, const char *error);

int jobs_text_end(struct jobs *jobs);

/* ---- jobs_ahead.c ---- */

/* Whether a worker may read the next block, of up to len bytes, by itself: then it is known where that ends. */
bool jobs_ahead_find(struct jobs *jobs, const struct source *source, size_t len);

/* This is to be that block; of the text so far, what may be read again before the next one stays. 0, or -1 with a message. */
int jobs_ahead_take(struct jobs *jobs, struct source *source, struct block *block);

/* Before a file is closed: if workers may still read it, that is done later. */
void jobs_ahead_close(struct jobs *jobs, struct source *source);

/* When all blocks are written. */
void jobs_ahead_end(struct jobs *jobs);

/* ---- jobs_records.c ---- */

/* A file of records begins. */
void jobs_records_begin(struct jobs *jobs, struct source *source);

/* Adds a record; all of its places are set here. doc and fields may be NULL. 0 or -1. */
int jobs_add(struct jobs *jobs, struct block_record record, const char *text, size_t len,
             const struct bytes *doc, const struct bytes *fields);

/* The same for a broken one, in a block. */
int jobs_add_broken_to(struct jobs *jobs, struct block *block, struct block_record record,
                       const char *error);
int jobs_add_broken(struct jobs *jobs, struct block_record record, const char *error);

/* The places of a name and fields (or NULL), which go to the names of the block. False: no memory. */
bool jobs_add_names(struct block *block, struct block_record *record, const struct bytes *doc,
                    const struct bytes *fields);

/* The records so far go to the workers. */
void jobs_submit_records(struct jobs *jobs);

/* ---- jobs_text.c, jobs_records.c, jobs_conllu.c ---- */

/* Read a file. 0, or -1 with a message, or after a signal. */
int jobs_read_text(struct jobs *jobs, struct source *source);
int jobs_read_jsonl(struct jobs *jobs, struct source *source);
int jobs_read_warc(struct jobs *jobs, struct source *source);
int jobs_read_conllu(struct jobs *jobs, struct source *source);

#endif
