/*
 * The rows of -f arrow that are not written yet, column by column as a record batch has them. It has as many rows as fit into a part of
 * a processor's second cache, and is written in one step.
 */
#ifndef LAFZ_CLI_ARROW_KEPT_H
#define LAFZ_CLI_ARROW_KEPT_H

#include "cli/arrow.h"
#include "cli/arrow_rows.h"

#define ARROW_ROWS_MOST 4096              /* of a record batch */
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
	/* The memory of the first rows has this name in each, kept or not yet, or from the record batch before. Names alone use it. */
	size_t name_len, n_filled;
};

/* Its bytes are owned. */
struct write_arrow {
	struct bytes numbers[N_COLUMNS]; /* none of the texts below */
	struct arrow_text doc, surface, norm, key, kind, script, lang;
	bool norms_are_surfaces; /* so far; norm is empty then */
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
