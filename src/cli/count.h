/*
 * lafz count: how often each form was met, by language, most frequent first. Memory is bounded by
 * --memory, not by the input.
 */
#ifndef LAFZ_CLI_COUNT_H
#define LAFZ_CLI_COUNT_H

#include <stdbool.h>

#include "cli/args.h"
#include "cli/bytes.h"
#include "cli/counts.h"
#include "cli/sink.h"

/* Zeroed but for what count_open sets. */
struct count {
	const struct args *args; /* not owned */
	struct counts counts;    /* owned */
	struct bytes form;       /* one that was repaired; owned */
	bool has_failed;         /* the message has been written */
};

void count_open(struct count *count, const struct args *args);

/*
 * Writes the head and the rows; counting is over then. 0, or -1 with a message, or after a signal.
 */
int count_write(struct count *count, struct sink *sink);

void count_free(struct count *count);

/*
 * Hands out all rows, most frequent first, then by language and form. 0, or -1 with a message or
 * after take returned it. Nothing is counted any more then.
 */
int count_take(struct counts *counts, spill_take *take, void *ctx);

#endif
