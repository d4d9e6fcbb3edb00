/*
 * lafz stats as a page: a corpus at a glance. It counts what lafz stats counts, and what only the
 * page shows: the main language of each document, lengths, and the most frequent words, which are
 * counted exactly, on disk if they do not fit into memory.
 */
#ifndef LAFZ_CLI_VIEW_REPORT_H
#define LAFZ_CLI_VIEW_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/args.h"
#include "cli/bytes.h"
#include "cli/counts.h"
#include "cli/stats.h"
#include "cli/write.h"

#define REPORT_WORDS 20     /* words of a language that are shown */
#define REPORT_LENGTHS 1000 /* longer ones are counted as so long */

/* A language's words. */
struct report_words {
	uint64_t n_tokens, n_forms;
	size_t n;                         /* of these */
	uint64_t counts[REPORT_WORDS];    /* most first */
	struct bytes forms[REPORT_WORDS]; /* each with its NUL; owned */
};

struct report {
	const struct args *args; /* not owned */
	uint64_t *documents;     /* by language id: documents that are mostly in it; owned */
	uint64_t *bytes;         /* by language id: of this document; owned */
	uint64_t word_lengths[REPORT_LENGTHS + 1];     /* in characters */
	uint64_t sentence_lengths[REPORT_LENGTHS + 1]; /* in tokens */
	struct counts counts;
	struct bytes form;          /* owned */
	struct report_words *words; /* by language id; owned */
	bool has_failed;            /* a message was written */
};

/* NULL with a message if there is no memory. */
struct report *report_open(const struct args *args);

/* NULL is legal. */
void report_close(struct report *report);

/* Writes the page; counting is over then. 0, or -1 with a message. */
int report_write(struct report *report, struct stats *stats, struct sink *sink);

/* Fills report->words. 0, or -1 with a message. */
int report_take_words(struct report *report);

extern const struct format_kind report_html;

#endif
