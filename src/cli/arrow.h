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

/* How many bytes a column of a record batch has. */
struct arrow_lens {
	size_t offsets; /* ARROW_UTF8: n + 1 of int32_t */
	size_t values;  /* numbers, or the text of all values */
};

/* Writes the schema, which begins a stream. False if there is no memory. */
bool arrow_schema(struct sink *sink, const struct arrow_field *fields, size_t n);

/*
 * Writes the metadata of a record batch of n_rows rows. Behind them come the buffers of its columns, of texts the offsets before the
 * values. False if there is no memory; then nothing was written.
 */
bool arrow_batch(struct sink *sink, const struct arrow_field *fields, const struct arrow_lens *lens, size_t n, size_t n_rows);

/* Writes a buffer. */
void arrow_buffer(struct sink *sink, const char *bytes, size_t len);

/* Ends a stream. */
void arrow_end(struct sink *sink);

#endif
