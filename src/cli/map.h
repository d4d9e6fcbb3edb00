/*
 * lafz normalize --map: every difference between the source and the normalised text, a line each.
 * doc/output.md has the format; verify.c reads it.
 */
#ifndef LAFZ_CLI_MAP_H
#define LAFZ_CLI_MAP_H

#include <stddef.h>
#include <stdint.h>

#include <lafz.h>

#include "cli/put.h"
#include "cli/sink.h"
#include "cli/write.h"

struct map {
	struct sink *sink;    /* not owned */
	uint64_t norm;        /* bytes of the document's norm before the batch that comes next */
	struct put_high high; /* for offsets */
};

/* Each document. */
void map_begin(struct map *map);

/* Writes the edits of a batch, which are in writer. */
void map_batch(struct map *map, const struct writer *writer, const struct lafz_batch *batch);

#endif
