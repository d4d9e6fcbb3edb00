/*
 * What the main thread and the workers of jobs.h share: the blocks, and how they are handed on.
 */
#ifndef LAFZ_CLI_JOBS_BLOCK_H
#define LAFZ_CLI_JOBS_BLOCK_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lafz.h>

#include "cli/bytes.h"
#include "cli/filter.h"
#include "cli/jobs_form.h"
#include "cli/jobs_keep.h"
#include "cli/jsonl.h"
#include "cli/sink.h"
#include "cli/stats.h"
#include "cli/write.h"

/* Bytes of output of a block that are collected before its worker waits for its turn to write. */
#define OUT_MOST ((size_t)4 << 20)

enum block_part {
	BLOCK_LINE,  /* of a jsonl file, to be parsed */
	BLOCK_TEXT,  /* the text of a document, with its name and perhaps its fields */
	BLOCK_BROKEN /* its name is what is wrong, with its NUL */
};

/* A record. */
struct block_record {
	enum block_part part;
	const char *counted;    /* what its number counts, as a message says it */
	size_t off, len;        /* in the text of the block */
	uint64_t number, start; /* in the file */
	size_t name_off, name_len, fields_off, fields_len; /* in the names of the block */
};

/* A record that is kept. */
struct block_document {
	size_t name_off, name_len, fields_off, fields_len; /* in the names of the block */
	size_t n_kept; /* batches of the block up to its end */
	bool is_cut;   /* it was not read to its end */
};

/* The numbers of the last token so far, and the characters so far. */
struct block_numbers {
	uint64_t run, sent, par, chars;
	bool has_failed; /* the document ends with a failure */
};

enum block_state {
	BLOCK_OPEN,    /* a worker is to make something of it, makes it, or writes it */
	BLOCK_WAITING, /* nothing is left but to write it when its turn comes */
	BLOCK_DONE     /* what is left is for the main thread */
};

/* Memory goes on from block to block. */
struct block {
	/* Set by the main thread. */
	const char *name; /* of the file; not owned */
	uint64_t file;    /* counts the files */
	bool is_records;
	struct bytes text; /* owned */
	/* of a text */
	size_t from;     /* where in it the block begins */
	bool is_record;  /* it is not a file but a record: */
	struct block_record record; /* then its name and fields */
	struct form form; /* all zero if it is not cut */
	size_t n_before; /* bytes that are read again: they belong to the block before */
	uint64_t start;  /* of what is behind them, in the document */
	bool is_first, is_last;
	bool is_stopped; /* with is_last: by a signal, what is not whole is left away */
	bool is_open;    /* not cut at its end: the next one goes on in the same stream */
	bool goes_on;    /* the one before is_open */
	bool is_unread;  /* its worker reads it: n_before and len bytes, from a place in a file on, which stays open; never the first or last one */
	int fd;          /* of that */
	uint64_t place;
	size_t len;
	/* records; of a text: broken ones behind it */
	struct block_record *records; /* owned */
	size_t n_records, cap_records;
	struct bytes names; /* owned */

	/* Set by a worker. */
	struct sink out;       /* owned */
	struct bytes messages; /* owned; each ends with NUL */
	bool has_lost;         /* a message, for which there was no memory */
	bool is_short;         /* is_unread: not all of it could be read, and here the file ends; because of */
	int error;             /* this; 0: no more was there */
	struct stats stats;    /* owned */
	uint64_t n_documents, n_skipped;
	bool has_failed; /* the file ends here */
	char encoding[FORM_NAME]; /* at the end of a text whose encoding was guessed, else empty */
	/* if the main thread writes: what it writes, of records by document */
	struct keep keep;                 /* owned */
	struct block_document *documents; /* owned */
	size_t n_documents_kept, cap_documents;
	bool must_end;   /* --on-error fail */
	bool has_line;   /* text: there is a line so far; with first_par and last_par */
	uint64_t first_par, last_par;
	bool is_text; /* these two, of a text that the library writes, as the stream counts; so are: */
	uint64_t par_before, par_behind; /* the last paragraph before the block, and at its end */

	/* of whoever has the turn */
	bool has_begun;  /* it is, or was, its turn */
	bool has_border; /* text: what stands between the block before and its first line is written */

	bool is_passed; /* BLOCK_DONE: all of it is written, and nothing is to be told */
	enum block_state state; /* under the lock */
};

struct turn;

/* What stands before the block with this number plus one. */
struct block_base {
	uint64_t index;
	bool is_set;
	struct block_numbers numbers;
};

/*
 * Blocks are counted from 0 on; the one with number i is blocks[i % n_blocks]. Each condition has those who wait for one thing, so
 * that nobody is woken for nothing.
 */
struct ring {
	pthread_mutex_t lock;
	pthread_cond_t there;  /* workers: a block can be taken, or there will be none */
	pthread_cond_t behind; /* workers: what stands before a block is known, or it is a block's turn */
	pthread_cond_t done;   /* the main thread: what it waits for is written, or it must write */
	bool is_open;          /* and all of these */
	struct block *blocks;  /* owned */
	size_t n_blocks;
	struct block_base *bases; /* owned; n_blocks + 1: the one before the first is needed too */
	uint64_t first;           /* the main thread has not seen to it yet */
	uint64_t turn;            /* not written yet; from first on */
	uint64_t wanted;          /* the main thread waits until all before it are written */
	uint64_t next;            /* not taken by a worker yet */
	uint64_t end;             /* not there yet */
	const void *chain;        /* the worker that must take the next one; NULL: any */
	bool has_turns;           /* workers may write blocks whose turn it is */
	bool is_ending;
};

/* What is left to do of a block that a worker has ended. */
enum block_rest {
	REST_NONE,   /* all of it is written */
	REST_OUTPUT, /* what was made of it is to be written, by anyone in its turn */
	REST_TOLD    /* the main thread must see to it */
};

struct worker {
	pthread_t thread;
	struct ring *ring;
	const struct filter *filter; /* its args and what is wanted; nothing else is looked at */
	struct turn *turn;
	struct lafz_stream *stream;
	char encoding[FORM_NAME]; /* of the stream, if it was guessed; empty: as args has it */
	struct writer writer;
	struct select select; /* as that of the filter; owned */
	struct jsonl jsonl; /* one record */
	bool is_kept;       /* what it makes of a block; the main thread writes it */
	struct block *block; /* that it works on */
	uint64_t index;     /* of that */
	uint64_t next_wait; /* the first block whose turn it may wait for soon */
	struct sink out;    /* owned; of no block at the moment */
	struct bytes text;  /* owned; the same: of a block that it reads */
	struct keep keep;   /* owned; a block of a text that it writes itself */
	/* the text so far */
	struct block_numbers last;   /* as the stream counts */
	struct block_numbers before; /* the same, where the block begins that is not open before */
	struct block_numbers base;   /* to be added to the numbers of the stream */
	uint64_t stream_start;       /* where the stream begins in the document */
	uint64_t last_end;           /* of the last token; as the stream counts */
	uint64_t n_fed;
	bool has_failed;
};

/* The format of what is made of a block. */
const struct format_kind *block_kind(const struct args *args, const struct block *block);

/* The document of a text. */
const char *block_document(const struct block *block, size_t *len);

/* The fields of a text that are kept; empty if there are none. */
struct bytes block_fields(const struct block *block);

/* Whether the main thread, which knows of all blocks of the document, must end it. */
bool block_is_ended_late(const struct block *block, const struct format_kind *kind);

/* What a thread does: takes blocks until the ring ends. The argument is a struct worker. */
void *worker_run(void *worker);

#endif
