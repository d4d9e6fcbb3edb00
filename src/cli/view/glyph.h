/*
 * How a character is shown in a terminal: as itself, or by a mark that can be seen, and how many
 * columns that takes. Nothing that is shown moves the cursor, changes the direction or is invisible.
 */
#ifndef LAFZ_CLI_VIEW_GLYPH_H
#define LAFZ_CLI_VIEW_GLYPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GLYPH_CAP 48 /* bytes of the longest mark: one of four ill-formed bytes */

/* What a mark stands for. Bits, for the legend. */
enum glyph_sort {
	GLYPH_ITSELF = 0,
	GLYPH_ZWNJ = 1,
	GLYPH_SPACE = 2,    /* inside a token */
	GLYPH_NO_BREAK = 4, /* white space that is neither U+0020 nor a tab */
	GLYPH_TAB = 8,
	GLYPH_CONTROL = 16,
	GLYPH_INVISIBLE = 32,
	GLYPH_BYTES = 64 /* ill-formed */
};

struct glyph {
	enum glyph_sort sort;
	size_t len, width; /* bytes of text, columns */
	char text[GLYPH_CAP];
};

/*
 * Makes the glyph of what len > 0 bytes of text begin with; returns how many bytes that is. In an
 * emoji the characters that join its parts are left as they are.
 */
size_t glyph_make(struct glyph *glyph, const char *text, size_t len, bool is_emoji);

/* Columns of text; more than most is not looked at. */
size_t glyph_width(const char *text, size_t len, bool is_emoji, size_t most);

#endif
