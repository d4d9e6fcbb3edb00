/*
 * Messages of Arrow's IPC streaming format: as much of it as a stream of record batches without
 * nulls and without dictionaries needs. Metadata are FlatBuffers, written here by hand, front to
 * back: a message has one of two shapes, in which only names and numbers differ.
 */
#ifndef LAFZ_CLI_ARROW_H
#define LAFZ_CLI_ARROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/sink.h"

enum arrow_type { ARROW_UINT16, ARROW_UINT32, ARROW_UINT64, ARROW_FLOAT32, ARROW_UTF8 };

struct arrow_field {
	const char *name;
	enum arrow_type type;
};

/* The bytes of a column of a record batch. */
struct arrow_column {
	struct sink_part offsets; /* ARROW_UTF8: n + 1 of int32_t; else none */
	struct sink_part values;  /* numbers, or the text of all values */
};

/* Writes the schema, which begins a stream. False if there is no memory. */
bool arrow_schema(struct sink *sink, const struct arrow_field *fields, size_t n);

#define ARROW_COLUMNS_MOST 32

/* Writes a record batch of n_rows rows and n columns, ARROW_COLUMNS_MOST at most. False if there is no memory; then nothing was written. */
bool arrow_batch(struct sink *sink, const struct arrow_field *fields, const struct arrow_column *columns, size_t n, size_t n_rows);

/* Ends a stream. */
void arrow_end(struct sink *sink);

#endif
