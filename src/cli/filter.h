/*
 * The way from files to output: reads documents, feeds them to one stream of the library, hands its
 * batches to the writer.
 */
#ifndef LAFZ_CLI_FILTER_H
#define LAFZ_CLI_FILTER_H

#include <stdbool.h>
#include <stdint.h>

#include <lafz.h>

#include "cli/args.h"
#include "cli/count.h"
#include "cli/jsonl.h"
#include "cli/map.h"
#include "cli/progress.h"
#include "cli/select.h"
#include "cli/shards.h"
#include "cli/sink.h"
#include "cli/split.h"
#include "cli/source.h"
#include "cli/stats.h"
#include "cli/warc.h"
#include "cli/write.h"

struct filter {
	const struct args *args;    /* not owned */
	struct sink *sink;          /* not owned */
	struct lafz_stream *stream; /* owned */
	struct writer writer;
	struct select select; /* its selection is NULL if all is wanted */
	struct split split;   /* its args are NULL if there is one output */
	struct shards *shards; /* not owned; NULL: output goes to one file */
	bool is_passing;       /* a document that a run before has written */
	struct map map; /* its sink is NULL if no map is wanted */
	struct count count;
	struct progress progress;
	struct stats stats;
	uint32_t want; /* bits of enum lafz_want */
	uint64_t n_skipped; /* records */
	uint64_t n_named;   /* those of them whose messages have come here, of which the first are shown */
	bool has_failed;    /* there was no memory; the message has been written */
	bool must_end;      /* a broken record was to end the work */
};

/*
 * Makes the stream. map is where --map goes, or NULL. Returns 0, or a status of the library without
 * a message. filter_close is legal after both.
 */
int filter_open(struct filter *filter, const struct args *args, struct sink *sink,
                struct sink *map);

/* Writes what stands before all documents: the header line of a table. */
void filter_head(struct filter *filter);

/* Reads one file, - being standard input, and writes what it holds. 0, or -1 after a failure. */
int filter_file(struct filter *filter, const char *name);

/* -1 with a message if compressed data ended before their end; else 0. */
int filter_check_end(const struct source *source);

/*
 * Whether a record that was skipped is to be named: the first are. With another field than the one that holds the text a file has
 * as many as it has records.
 */
#define FILTER_MOST_NAMED 100
bool filter_names(struct filter *filter);

/*
 * Reports a broken record and counts it as skipped; part is what number counts in the file. 0, or -1 if
 * that is to end the work.
 */
int filter_broken(struct filter *filter, const char *name, const char *part, uint64_t number,
                  uint64_t start, const char *error);

/* ---- Parts of filter_file, for those who read by themselves ---- */

/* Begins a document. 0, or -1 with a message. */
int filter_begin(struct filter *filter, const struct format_kind *kind, const char *doc, size_t len,
                 bool is_record);

/* Writes a batch of it, whose edits are in the writer. 0, or -1 with a message. */
int filter_batch(struct filter *filter, const struct format_kind *kind,
                 const struct lafz_batch *batch);

/* is_well: it was read to its end. */
void filter_end(struct filter *filter, const struct format_kind *kind, bool is_well);

/* A record of a jsonl file. 0, or -1 with a message. */
int filter_record(struct filter *filter, const struct jsonl *jsonl);

/* A record of a WARC file. fields: what filter_warc_fields has made, or NULL. 0, or -1 with a message. */
int filter_warc(struct filter *filter, const struct warc *warc, const struct bytes *fields);

/* What --keep-fields gives of such a record. False: no memory. */
bool filter_warc_fields(struct bytes *fields, const struct warc *warc);

/* With --progress: which encoding was found in a text, if it was to be found. */
void filter_say_encoding(const struct filter *filter, const char *name, const char *encoding);

/* Tells how many records of a WARC file, read to its end, were left out. */
void filter_say_others(const char *name, uint64_t n);

/* Writes what stands behind all documents: the numbers of stats, the end of a stream. 0, or -1 with a message. */
int filter_tail(struct filter *filter);

/* Whether the library's own text is what a format writes: nobody looks at a token. */
bool filter_takes_text(const struct filter *filter, const struct format_kind *kind);

/* Whether what is still to come would be thrown away. */
bool filter_is_stuck(const struct filter *filter);

/* Whether nothing more is to be read after a failure. */
bool filter_must_end(const struct filter *filter);

/* What a file holds. */
enum input filter_input(const struct args *args, const char *name);

/* The format of what is written. */
const struct format_kind *filter_kind(const struct args *args, bool is_record);

/* Part of a document; its end. 0, or -1: filter_complain tells why. */
int filter_feed(struct filter *filter, const struct format_kind *kind, const char *text, size_t len);
int filter_finish(struct filter *filter, const struct format_kind *kind);

/*
 * Says why the library failed, if it did: in a text file, or in a part of a file that is told by
 * its number (0: there is none). Returns -1.
 */
int filter_complain(const struct filter *filter, const char *name, const char *part, uint64_t number);

void filter_close(struct filter *filter);

#endif
