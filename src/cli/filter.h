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
#include "cli/map.h"
#include "cli/shards.h"
#include "cli/sink.h"
#include "cli/stats.h"
#include "cli/write.h"

struct filter {
	const struct args *args;    /* not owned */
	struct sink *sink;          /* not owned */
	struct lafz_stream *stream; /* owned */
	struct writer writer;
	struct shards *shards; /* not owned; NULL: output goes to one file */
	bool is_passing;       /* a document that a run before has written */
	struct map map; /* its sink is NULL if no map is wanted */
	struct stats stats;
	uint32_t want; /* bits of enum lafz_want */
	uint64_t n_skipped; /* records */
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

/* Writes what stands behind all documents: the numbers of stats, the end of a stream. 0, or -1 with a message. */
int filter_tail(struct filter *filter);

/* Whether what is still to come would be thrown away. */
bool filter_is_stuck(const struct filter *filter);

void filter_close(struct filter *filter);

#endif
