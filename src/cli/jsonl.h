/*
 * Records of a jsonl file: each line a JSON object, of which two fields matter, the text and the
 * name of the document. A line is parsed event by event, so a record is never held as a tree.
 *
 * What RFC 8259 leaves open: of a field that is there twice the last one counts; \u0000 is a NUL
 * byte of the text; a surrogate without its partner (\ud800) is U+FFFD; bytes in a string that are
 * not UTF-8 are left as they are, for the library to treat as in any text. Lines of white space
 * alone are skipped, and so is a leading byte order mark.
 */
#ifndef LAFZ_CLI_JSONL_H
#define LAFZ_CLI_JSONL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/bytes.h"
#include "cli/lines.h"

#define JSONL_ERROR_CAP 200

enum jsonl_answer {
	JSONL_FAILED = -1, /* a message was written, or a signal has come */
	JSONL_END = 0,
	JSONL_RECORD = 1, /* text and id are set */
	JSONL_BROKEN = 2  /* error is set */
};

/* Zeroed but for the names of the fields, which are not owned, and the source and max of lines. */
struct jsonl {
	struct lines lines;
	const char *field, *id_field; /* a dot goes into an object, unless a name has one itself */
	bool keeps_fields;
	struct bytes text; /* owned */
	struct bytes id;   /* owned; a string, a number as it is written, or the line's number */
	/* owned; if they are kept: an object of all fields but those with the text and the id */
	struct bytes fields;
	char error[JSONL_ERROR_CAP]; /* ends with NUL */
};

/* Goes to the next record, broken or not. */
enum jsonl_answer jsonl_next(struct jsonl *jsonl);

/*
 * What jsonl_next does with a line, without the byte order mark of a file and not blank; its number
 * is that of jsonl->lines.
 */
enum jsonl_answer jsonl_read(struct jsonl *jsonl, char *line, size_t len);

void jsonl_free(struct jsonl *jsonl);

#endif
