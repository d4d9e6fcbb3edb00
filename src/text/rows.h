/*
 * Rows of marks that may end a sentence (... ?! !!), and such marks where a line begins: which tokens they are
 * (entity/entity.c: mark-row), among 64 atoms.
 */
#ifndef LAFZ_TEXT_ROWS_H
#define LAFZ_TEXT_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include "text/lines.h"

/* Of 64 atoms. */
struct text_rows {
	uint64_t tokens; /* those that begin a token of a row, or are one */
	uint64_t behind; /* those that belong to one */
	uint64_t words;  /* words right before one */
	uint64_t open;   /* those of a row that begins before the 64 atoms: even the last one is no token by itself */
};

/* Of the 64 atoms from one on; the sets are theirs, with those before and behind them. What goes on across their ends is left out. */
struct text_rows text_rows_find(const struct text_lines_request *request, const struct atom_sets *sets, size_t first);

#endif
