/*
 * What the files share that read a user's tables of folds (tables_read.c): the fields of a line, and the contexts of
 * a row.
 */
#ifndef LAFZ_NORM_TABLES_READER_H
#define LAFZ_NORM_TABLES_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lang.h"
#include "norm/tables.h"

/* Bytes of a line. */
struct field {
	const char *ptr;
	size_t len;
};

struct reader {
	struct lafz_tables *tables;
	struct given *given; /* of the language that was named last; NULL: none yet */
	uint16_t lang;
	bool is_named[LANG_COUNT];
	size_t line;
	size_t row_lines[TABLES_MOST_ROWS];
	struct lafz_tables_error error;
};

/* The line that is read is not as it must be: its number and this fixed text. */
int reader_refuse(struct reader *reader, const char *text);

/* ---- tables_fields.c ---- */

bool field_is(struct field field, const char *text);

/*
 * Takes what stands before the first separator from *rest; false if rest was empty and nothing is
 * left.
 */
bool field_take(struct field *rest, char separator, struct field *part);

/*
 * Reads code points split by separator, most at most; *n gets their count. A fixed text of what is
 * wrong, or NULL.
 */
const char *field_cps(struct field field, char separator, size_t most, uint16_t *cps, size_t *n);

/* ---- tables_context.c ---- */

/* Appends a list with its length to the pool of the language; *at gets its place. */
int reader_add_to_pool(struct reader *reader, const uint16_t *list, size_t n, uint16_t *at);

/* Reads the context of a row, whose source is there. 0, or a failure with its text. */
int reader_context(struct reader *reader, struct fold_row *row, struct field field);

#endif
