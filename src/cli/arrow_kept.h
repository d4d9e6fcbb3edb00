/*
 * The rows of -f arrow that are not written yet. A record batch is as large as a processor's cache, and each of its columns must be whole
 * before the next one; so rows are kept in as few bytes as they have in the library's batches, and become what a column holds when it is
 * written, one column after the other in the same place. What is a name there is a number here.
 */
#ifndef LAFZ_CLI_ARROW_KEPT_H
#define LAFZ_CLI_ARROW_KEPT_H

#include "cli/arrow.h"
#include "cli/arrow_rows.h"

#define ARROW_ROWS_MOST 16384              /* of a record batch */
#define ARROW_TEXT_MOST ((size_t)1 << 20) /* bytes of one of its columns, before the last row */

enum {
	COLUMN_DOC,
	COLUMN_PAR,
	COLUMN_SENT,
	COLUMN_RUN,
	COLUMN_START,
	COLUMN_END,
	COLUMN_CSTART,
	COLUMN_CEND,
	COLUMN_SURFACE,
	COLUMN_NORM,
	COLUMN_KEY,
	COLUMN_KIND,
	COLUMN_SCRIPT,
	COLUMN_LANG,
	COLUMN_FLAGS,
	COLUMN_CONFIDENCE,
	N_COLUMNS
};

/* A column of texts. */
struct arrow_text {
	struct bytes values;
	struct bytes ends; /* int32_t each, after the first, which is 0 */
};

/* Its bytes are owned. */
struct write_arrow {
	struct bytes parts; /* rows of one batch each: what their numbers are counted from */
	struct bytes docs;  /* the names of their documents, one after the other */
	size_t doc_len;     /* bytes of all rows' documents */
	struct bytes numbers[N_COLUMNS]; /* as in a batch; none of documents and of the texts below */
	struct arrow_text surface, norm, key;
	bool norms_are_surfaces; /* so far; norm is empty then */
	struct bytes stage, stage_ends; /* of the column that is being written */
	size_t n_rows;
	bool is_out_of_memory;
};

/* Nothing is kept. */
void arrow_clear(struct write_arrow *arrow);

/* Bytes of the norms that are kept. */
static inline size_t arrow_norm_len(const struct write_arrow *arrow)
{
	return arrow->norms_are_surfaces ? arrow->surface.values.len : arrow->norm.values.len;
}

/* Keeps rows whose texts are this long; if they hold ill-formed bytes, it is one row. */
void arrow_keep(struct writer *writer, const struct arrow_rows *rows, const struct arrow_sums *sums);

/* Writes all that is kept as a record batch. False: there is no memory, and nothing was written. */
bool arrow_write(struct writer *writer, const struct arrow_field *fields);

#endif
