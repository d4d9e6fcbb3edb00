/*
 * Tables of folds made at run time: read from a user's text (src/norm/FORMAT.md), or a language's
 * table with rows switched on that are off by default. Read-only once made. lafz_tables_read and
 * lafz_tables_close are the public side of it.
 */
#ifndef LAFZ_NORM_TABLES_H
#define LAFZ_NORM_TABLES_H

#include <stddef.h>
#include <stdint.h>

#include <lafz.h>

#include "lang.h"
#include "norm/fold.h"

/* The limits of what is read, in src/norm/FORMAT.md too. */
#define TABLES_MOST_BYTES ((size_t)1 << 20)
#define TABLES_MOST_LINE 4096  /* bytes, without the line end */
#define TABLES_MOST_ROWS 255   /* of one language */
#define TABLES_MOST_SET 64     /* code points of a set, endings of a row */
#define TABLES_MOST_POOL 65535 /* numbers in all sets and endings of one language */

/* A table that was made here. */
struct given {
	struct given *next;
	struct fold_table table;
	struct fold_row *rows; /* owned, and all that follows */
	uint16_t *pool;
	char (*names)[FOLD_NAME];
	size_t n_rows, rows_cap, n_pool, pool_cap, n_names, names_cap;
	uint8_t hints[256], calm[FOLD_PAIRS];
};

struct lafz_tables {
	struct lafz_allocator mem;
	const struct fold_table *by_lang[LANG_COUNT];
	struct given *given; /* owned, those it points to too */
};

/* The table of a language. tables may be NULL: the built-in ones. Never NULL. */
const struct fold_table *tables_find(const struct lafz_tables *tables, uint16_t lang);

/*
 * Makes *out the same as base (NULL: the built-in tables), but for the rules with these names,
 * which act now. base must live as long. Returns LAFZ_OK, LAFZ_ERR_OPTION if a name is none of a
 * rule, or LAFZ_ERR_MEMORY.
 */
int tables_switch_on(struct lafz_tables **out, const struct lafz_tables *base,
                     const char *const *names, size_t n, const struct lafz_allocator *mem);

/* New tables, the same as base. NULL: out of memory. To be given back with lafz_tables_close. */
struct lafz_tables *tables_make(const struct lafz_tables *base, const struct lafz_allocator *mem);

/* A new table for a language, still empty. NULL: out of memory. */
struct given *tables_add(struct lafz_tables *tables, uint16_t lang);

#endif
