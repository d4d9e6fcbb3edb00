/*
 * Where input comes from: a file or standard input, read in pieces. Before a read that would block,
 * the sink is flushed, so that the filter can be talked with through pipes.
 */
#ifndef LAFZ_CLI_SOURCE_H
#define LAFZ_CLI_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/sink.h"

struct source {
	const char *name;  /* as given: "-" is standard input; not owned */
	struct sink *sink; /* not owned */
	char *buf;         /* owned */
	size_t cap;        /* bytes asked for in one read */
	int fd;            /* -1: closed */
	bool is_regular;   /* a read never blocks for long */
	uint64_t off;      /* bytes read so far */
};

/*
 * Opens a file for reads of read_size bytes. 0, or -1 with a message; source_close is legal after
 * both.
 */
int source_open(struct source *source, const char *name, size_t read_size, struct sink *sink);

/*
 * Reads the next piece, which lives until the next read. The caller may change its bytes. 1: *chunk
 * and *len are set; 0: the end; -1: failed with a message, or without one when a signal has come or
 * writing has failed.
 */
int source_read(struct source *source, char **chunk, size_t *len);

void source_close(struct source *source);

#endif
