/*
 * Easy lines (text/easy.h) of regions in many languages, of which a sieve each for the whole region would cost too much. Lines that hold
 * words and plain marks, as all languages of a script have them, are taken out first; when all lines are told, those of each language
 * are put together, wherever they stand, and looked at with its sieve.
 */
#ifndef LAFZ_TEXT_EASY_MIXED_H
#define LAFZ_TEXT_EASY_MIXED_H

#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "lang.h"
#include "text/easy.h"
#include "text/rest.h"

struct lafz_stream;

/* Lines side by side in one language. */
struct mixed_row {
	struct rest_own *own; /* NULL: in none that has easy lines */
	size_t line, end;
	uint32_t start; /* in own */
};

struct easy_mixed {
	struct easy_sieve wide; /* made when it is first asked for */
	struct rest_own *of[LANG_COUNT];    /* owned; NULL: none of its lines came yet */
	struct mixed_row *rows; /* owned */
	size_t n_rows, rows_cap;
};

const struct easy_sieve *easy_mixed_sieve(struct easy_mixed *mixed);

/*
 * Of a region that rest_make_wide has parted and all of whose lines are told and kept: the rest becomes that of the lines that are not easy
 * in their language, and the kept lines those of this rest. LAFZ_OK or LAFZ_ERR_MEMORY.
 */
int easy_mixed_take(struct lafz_stream *stream);

void easy_mixed_free(struct easy_mixed *mixed, const struct lafz_allocator *mem);

#endif
