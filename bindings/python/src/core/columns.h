/*
 * Columns of tokens or runs that grow batch by batch and become an array of Arrow. Nothing here knows Python or asks
 * for its lock; memory is malloc's.
 */
#ifndef LAFZ_PYTHON_COLUMNS_H
#define LAFZ_PYTHON_COLUMNS_H

#include <lafz.h>

#include "arrow.h"

/* What stands in a column. Which of them tokens have and which runs have is in columns.c. */
enum field {
	FIELD_SURFACE, /* of a run: its text */
	FIELD_NORM,
	FIELD_KEY,
	FIELD_START,
	FIELD_END,
	FIELD_BYTE_START,
	FIELD_BYTE_END,
	FIELD_KIND,
	FIELD_SCRIPT,
	FIELD_LANG,
	FIELD_CONFIDENCE,
	FIELD_FLAGS,
	FIELD_PAR,
	FIELD_SENT,
	FIELD_RUN,
	FIELD_TOKENS, /* of a run: how many it has */
	FIELDS
};

/* The field of this name; FIELDS if there is none. "text" is FIELD_SURFACE. */
enum field field_of(const char *name);

enum columns_status {
	COLUMNS_OK = 0,
	COLUMNS_NO_MEMORY = -20, /* apart from enum lafz_status */
	COLUMNS_TOO_LONG = -21   /* more than 2^31 - 1 bytes of text, or entries, in one column */
};

struct column {
	enum field field;
	void *values;     /* owned; of text its bytes */
	int32_t *offsets; /* owned; of text: where each entry ends, behind a 0 */
	size_t len, cap;  /* bytes of values */
	size_t cap_offsets;
};

/* A list of entries a row. Set to all zero bytes it can be freed. */
struct columns {
	struct column column[FIELDS];
	size_t n_columns;
	bool are_runs;    /* an entry is a run, not a token */
	bool has_names;   /* kind, script and lang are strings, not a dictionary */
	bool is_binary;   /* the source need not be UTF-8 */
	bool keeps_bytes; /* nor need norm */
	size_t n;         /* entries */
	int32_t *row_ends; /* owned: entries up to the end of each row, behind a 0 */
	int16_t *row_langs; /* owned: the language of most bytes of words in each row */
	int32_t *row_sents; /* owned: sentences in each row */
	uint8_t *row_valid; /* owned: a bit a row */
	size_t n_rows, n_null_rows;
	uint64_t *lang_bytes; /* owned: bytes of words of the row so far by language */
	uint16_t most;        /* the greatest language id of the row so far */
	int32_t sents;        /* of the row so far */
};

/* Room for rows rows. COLUMNS_OK or COLUMNS_NO_MEMORY. */
int columns_init(struct columns *columns, size_t rows);

void columns_free(struct columns *columns);

/* The batch's tokens, or runs, go to the row under way. A status below 0, or COLUMNS_OK. */
int columns_append(struct columns *columns, const struct lafz_batch *batch);

/* The row under way ends, or one that is null. */
void columns_end_row(struct columns *columns, bool is_null);

/*
 * Moves all to a node: a struct of "tokens" (or "runs"), "lang" and "sents". NULL: no memory. What has been moved is
 * gone from the columns, which are to be freed as always.
 */
struct node *columns_node(struct columns *columns);

#endif
