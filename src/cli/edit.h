/*
 * One line of a map, read. doc/output.md has the format; map.c writes it.
 */
#ifndef LAFZ_CLI_EDIT_H
#define LAFZ_CLI_EDIT_H

#include <stddef.h>
#include <stdint.h>

#include "cli/bytes.h"

/* A zeroed struct is a valid start. */
struct edit {
	uint64_t start, end, norm_start, norm_end;
	struct bytes source; /* what stood in the source; owned */
	struct bytes text;   /* what stands in the norm; owned */
};

enum edit_answer {
	EDIT_FAILED = -1, /* no memory; a message was written */
	EDIT_READ = 0,
	EDIT_BROKEN = 1 /* error is set */
};

/*
 * Reads a line, whose bytes may be changed. Spans and texts are as long as each other afterwards.
 * error has room for cap bytes with its NUL.
 */
enum edit_answer edit_read(struct edit *edit, char *line, size_t len, char *error, size_t cap);

void edit_free(struct edit *edit);

#endif
