/*
 * Tables of tests: a file of rows with columns between tabs, lines that begin with # left out. Texts in
 * them have \xXX for a byte and \uXXXX or \UXXXXXXXX for a character.
 */
#ifndef LAFZ_TESTS_TABLE_H
#define LAFZ_TESTS_TABLE_H

#include <stdbool.h>
#include <stddef.h>

enum { TABLE_MOST_COLUMNS = 5, TABLE_MOST_BYTES = 4096 };

struct table_row {
	char *line; /* owned; the columns point into it */
	const char *columns[TABLE_MOST_COLUMNS];
	size_t line_no;
};

struct table {
	struct table_row *rows; /* owned */
	int n;
};

/*
 * Reads tests/unit/NAME, in which every row has n_columns columns. False, with a message, if the file or
 * a row is bad; what was read is to be freed all the same.
 */
bool table_read(struct table *table, const char *name, size_t n_columns);

void table_free(struct table *table);

/* Writes text with its escapes replaced to out, which has TABLE_MOST_BYTES; the bytes written. */
size_t table_unescape(const char *text, char *out);

/* The other way round, for messages: all but ASCII as code points or bytes. */
const char *table_escape(const char *text, char *out, size_t cap);

#endif
