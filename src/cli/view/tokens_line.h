/*
 * One line of -f jsonl, read: a sentence of a document.
 */
#ifndef LAFZ_CLI_VIEW_TOKENS_LINE_H
#define LAFZ_CLI_VIEW_TOKENS_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/bytes.h"
#include "cli/view/compare.h"

/* A zeroed struct is a valid start. */
struct tokens_line {
	struct tokens_line *next;
	struct bytes text;            /* of all strings; owned */
	struct compare_token *tokens; /* owned; n of them, gaps left out */
	size_t n, cap;
	struct compare_text doc;
	uint64_t sent, start, end;
	bool is_new; /* the first line of a document */
};

enum tokens_answer {
	TOKENS_FAILED = -1, /* no memory; a message was written */
	TOKENS_READ = 0,
	TOKENS_BROKEN = 1 /* error is set */
};

/* Reads a line, whose bytes may be changed. error has room for cap bytes with its NUL. */
enum tokens_answer tokens_line_read(struct tokens_line *out, char *line, size_t len, char *error,
                                    size_t cap);

void tokens_line_free(struct tokens_line *line);

#endif
