/*
 * How far the filter is, on standard error: bytes, speed, time left, documents, errors. On a terminal
 * one line that is drawn anew, elsewhere (with --progress) a line now and then; SIGUSR1 asks for a
 * line at any time. The line is ASCII of our own making: no name of a file is in it.
 */
#ifndef LAFZ_CLI_PROGRESS_H
#define LAFZ_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/args.h"

/* A zeroed struct shows nothing. */
struct progress {
	bool is_on;       /* lines come without being asked for */
	bool is_asked;    /* by --progress: there is a last line */
	bool is_redrawn;  /* one line in place */
	bool is_drawn;    /* such a line stands there */
	bool has_total;   /* the size of all inputs is known */
	uint64_t began, next; /* nanoseconds of a clock; next: when the next line comes */
	uint64_t total, bytes; /* of the files, before they are decompressed */
	uint64_t documents, errors;
};

/* Finds out what is shown, and how large the inputs are (n names; none is standard input). */
void progress_begin(struct progress *progress, const struct args *args);

/* So many bytes were read. Shows a line if it is time. NULL is legal, here and below. */
void progress_read(struct progress *progress, uint64_t n);

/* A file is not read after all, since a run before has. */
void progress_pass(struct progress *progress, const char *name);

void progress_document(struct progress *progress, uint64_t n);
void progress_error(struct progress *progress, uint64_t n);

/* Shows a line if SIGUSR1 has asked for it. */
void progress_poll(struct progress *progress);

/* The last line. */
void progress_end(struct progress *progress);

#endif
