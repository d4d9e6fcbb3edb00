/*
 * Rows of a terminal: what is put is broken where it does not fit, and every row is whole for
 * itself: it begins with the tag of its language, and what it opens of colours and bidi isolates it
 * closes. So rows can be shown alone, as pagers do.
 */
#ifndef LAFZ_CLI_VIEW_ROWS_H
#define LAFZ_CLI_VIEW_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/sink.h"

#define ROWS_LEAST 20 /* columns */

enum rows_style {
	ROWS_PLAIN = 0,
	ROWS_EDITED = 1,    /* underlined; without colour between low lines */
	ROWS_DIFFERENT = 2, /* in reverse */
	ROWS_NOTE = 4,      /* bold, in no language's colour */
	ROWS_TOUCHING = 8   /* the token before: a border stands between the two */
};

/* Zeroed but for the first three fields. */
struct rows {
	struct sink *out; /* not owned */
	size_t width;     /* columns, ROWS_LEAST at least */
	bool has_color;
	bool is_base_rtl;   /* the line as a whole runs from right to left */
	bool is_open;       /* a row has been begun */
	bool is_run_open;   /* the isolate and the colour of the run */
	bool is_line_begun; /* the line has a row */
	uint16_t lang;      /* of what is put */
	bool is_rtl;
	bool must_label; /* the language has changed in the row */
	size_t col, spaces;
	unsigned seen; /* bits of enum glyph_sort */
};

/* What a terminal shows for a language, by id: one of its 256 colours. */
unsigned rows_color(uint16_t lang);

/* What follows is a run of this language and direction. */
void rows_run(struct rows *rows, uint16_t lang, bool is_rtl);

/* A token, a note. */
void rows_text(struct rows *rows, const char *text, size_t len, unsigned style, bool is_emoji);

/* What lies between tokens inside a line. */
void rows_gap(struct rows *rows, const char *text, size_t len);

/* Ends the line, which may be empty. is_rtl is the direction of the next one. */
void rows_end(struct rows *rows);

#endif
