/*
 * Rows of lines that are all in one language, so that what its rules say can be asked of them together.
 */
#ifndef LAFZ_TEXT_SAME_LANG_H
#define LAFZ_TEXT_SAME_LANG_H

#include <stddef.h>
#include <stdint.h>

#include "run/atoms.h"

/* Lines side by side. */
struct text_same_lang {
	size_t end;    /* the line behind the last one */
	uint16_t lang; /* of all their words; LANG_UND: there is no such one */
};

/*
 * The row that begins with a line, of n in all. A language that is less certain than least is none, for norm does not go by it.
 */
struct text_same_lang text_same_lang_at(const struct run_line *lines, size_t n, float least, size_t line);

#endif
