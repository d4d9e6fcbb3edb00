/*
 * A document's text two ways: by lafz_next_text, and put together from the batches of lafz_next_batch by what lafz.h says
 * of that call, token by token.
 */
#ifndef LAFZ_TESTS_TEXT_CASE_H
#define LAFZ_TESTS_TEXT_CASE_H

#include "base/buf.h"
#include "helper.h"

/* What the tokens of a document say. */
struct text_wanted {
	struct buf text;
	struct buf pars;   /* a uint64_t for each line that is not empty: its paragraph */
	uint64_t last_par; /* of the last token */
	bool has_norms;    /* all tokens have one */
	uint64_t sent;     /* of the line that is open */
	int status;
	uint64_t error_offset;
};

/* Both ways, for any number of documents. */
struct text_case {
	const char *what; /* for messages */
	struct lafz_options options;
	struct lafz_stream *batches, *texts;
	struct text_wanted wanted;
	struct buf got;
};

void text_case_open(struct text_case *c, const char *what, const struct lafz_options *options);

void text_case_close(struct text_case *c);

/* Reads a document by batches, in one piece, for text_case_read. */
void text_case_want(struct text_case *c, const char *text, size_t len);

/* Reads it by lafz_next_text, in chunks of so many bytes (0: one piece). The test fails if it says something else. */
void text_case_read(struct text_case *c, const char *text, size_t len, size_t chunk);

/* Both of them, in one piece. */
void text_case_check(struct text_case *c, const char *text, size_t len);

/* Options with one language, or none that is set if the tag is NULL. */
struct lafz_options text_case_options(const char *tag);

/* Reads a file; the test fails if it cannot. Appended. */
void text_case_file(const char *path, struct buf *out);

/* Appends; the test fails without memory. */
void text_case_add(struct buf *out, const char *text, size_t len);

#endif
