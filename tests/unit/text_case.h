/*
 * A document's text two ways: by lafz_next_text, and put together from the batches of lafz_next_batch (text_model.h).
 */
#ifndef LAFZ_TESTS_TEXT_CASE_H
#define LAFZ_TESTS_TEXT_CASE_H

#include "../text_model.h"
#include "base/buf.h"
#include "helper.h"

/* Both ways, for any number of documents. */
struct text_case {
	const char *what; /* for messages */
	struct lafz_options options;
	struct lafz_stream *batches, *texts;
	struct lafz_stream *quick, *scanned; /* tokens, where lines are told by their bytes, and where all are scanned */
	struct text_model wanted;
	struct buf got;
};

void text_case_open(struct text_case *c, const char *what, const struct lafz_options *options);

void text_case_close(struct text_case *c);

/* Reads a document by batches, in one piece, for text_case_read. */
void text_case_want(struct text_case *c, const char *text, size_t len);

/* Reads it by lafz_next_text, in chunks of so many bytes (0: one piece). The test fails if it says something else. */
void text_case_read(struct text_case *c, const char *text, size_t len, size_t chunk);

/* Both of them, in one piece; and whether all that tokens have is the same where lines are told by their bytes. */
void text_case_check(struct text_case *c, const char *text, size_t len);

/* Options with one language, or none that is set if the tag is NULL. */
struct lafz_options text_case_options(const char *tag);

/* Reads a file; the test fails if it cannot. Appended. */
void text_case_file(const char *path, struct buf *out);

#endif
