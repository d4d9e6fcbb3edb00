/*
 * The lines of a file, one after the other, each at most so long. A line that lies in one piece of
 * what was read is not copied.
 */
#ifndef LAFZ_CLI_LINES_H
#define LAFZ_CLI_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/bytes.h"
#include "cli/source.h"

enum lines_answer {
	LINES_FAILED = -1, /* a message was written, or a signal has come */
	LINES_END = 0,
	LINES_WHOLE = 1,
	LINES_TOO_LONG = 2,
	LINES_CUT = 3 /* compressed data end here that should not: see error of the source; once */
};

/* Zeroed but for the first two fields. */
struct lines {
	struct source *source; /* not owned */
	size_t max;            /* bytes of a line, without its end */
	char *rest;            /* what is left of the piece that was read last */
	size_t rest_len;
	struct bytes line;    /* a line that crosses pieces; owned */
	uint64_t number;      /* of the line, from 1 */
	uint64_t start, next; /* where the line and the one behind it begin in the file */
	bool is_cut;          /* LINES_CUT was answered */
};

/*
 * Goes to the next line: LINES_WHOLE sets *line and *len, without the line end. The bytes live
 * until the next call and may be changed.
 */
enum lines_answer lines_next(struct lines *lines, char **line, size_t *len);

/*
 * Takes the next len bytes, whatever they are: appends them to *out, or passes over them if out is
 * NULL. LINES_WHOLE, LINES_FAILED, or LINES_END or LINES_CUT if there are fewer.
 */
enum lines_answer lines_take(struct lines *lines, uint64_t len, struct bytes *out);

/*
 * How many bytes at the beginning of a line are to be skipped: the byte order mark of a file.
 */
size_t lines_mark(const struct lines *lines, const char *line, size_t len);

void lines_free(struct lines *lines);

#endif
