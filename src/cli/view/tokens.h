/*
 * Tokens that were written with -f jsonl, read back: sentence by sentence, with or without
 * --compact, and gold, which lacks key and confidence. A few lines are in memory at a time; more
 * only while a document is looked for among those that come.
 */
#ifndef LAFZ_CLI_VIEW_TOKENS_H
#define LAFZ_CLI_VIEW_TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/lines.h"
#include "cli/source.h"
#include "cli/view/compare.h"

struct tokens_line;

/* Zeroed, a closed one. */
struct tokens {
	struct source source;
	struct lines lines;
	struct tokens_line *head, *tail; /* what was read and is not used yet; owned */
	struct tokens_line *spare;       /* owned */
	size_t held;                     /* bytes of these */
	size_t at;                       /* tokens of head that are used */
	bool is_ended;                   /* of the file */
	bool has_failed;                 /* a message was written */
};

/* Opens a file. 0, or -1 with a message; tokens_close is legal after both. */
int tokens_open(struct tokens *tokens, const char *name, size_t read_size, size_t max,
                struct sink *sink);

void tokens_close(struct tokens *tokens);

/* The name of the document that comes next, or is being read; false at the end of the file. */
bool tokens_document(struct tokens *tokens, struct compare_text *name);

/* Whether a document of this name comes among the next ones, 16 MiB of them at most. */
bool tokens_find(struct tokens *tokens, struct compare_text name);

/* The tokens of the document, gaps aside. */
bool tokens_peek(void *ctx, size_t i, struct compare_token *out);
void tokens_drop(void *ctx, size_t n);

/* Goes to the next document. */
void tokens_skip(struct tokens *tokens);

#endif
