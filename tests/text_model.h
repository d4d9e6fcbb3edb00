/*
 * The text of a document as lafz.h tells it of lafz_next_text, put together from the tokens of lafz_next_batch, one after the
 * other; and what must hold of the pieces that lafz_next_text gives. For the unit tests and the fuzzer of that call.
 */
#ifndef LAFZ_TESTS_TEXT_MODEL_H
#define LAFZ_TESTS_TEXT_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lafz.h>

#include "base/buf.h"

/* What the tokens of a document say. All zero is a document of none. */
struct text_model {
	struct buf text;
	struct buf pars;   /* a uint64_t for each line that is not empty: its paragraph */
	uint64_t last_par; /* of the last token */
	uint64_t sent;     /* of the line that is open */
	bool lacks_norms;  /* some tokens have an empty one */
	int status;
	uint64_t error_offset;
};

/* Reads a document in one piece by batches, on a stream that is new or reset. */
void text_model_read(struct text_model *model, struct lafz_stream *stream, const char *text, size_t len);

/*
 * Appends a piece to got, of which *lines counts the lines that are not empty. Says what is wrong with the piece or its
 * paragraphs, or NULL; whether the text is right is for the caller to see.
 */
const char *text_model_take(const struct text_model *model, const struct lafz_text *piece, struct buf *got, size_t *lines);

/* Appends. There is always memory. */
void text_model_add(struct buf *out, const char *text, size_t len);

void text_model_free(struct text_model *model);

#endif
