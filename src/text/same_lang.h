/*
 * Rows of lines that are all in one language, so that what its rules say can be asked of them together.
 */
#ifndef LAFZ_TEXT_SAME_LANG_H
#define LAFZ_TEXT_SAME_LANG_H

#include "piece.h"
#include "segment/segment.h"

/* Segments side by side. */
struct text_same_lang {
	size_t end;    /* the segment behind the last one */
	uint16_t lang; /* of all their words; LANG_UND: there is no such one */
};

/*
 * The row that begins with segment s. The segments and their pieces have their runs; a language that is less certain than least is
 * none, for norm does not go by it.
 */
struct text_same_lang text_same_lang_at(const struct segments *segments, const struct pieces *pieces, float least, size_t s);

#endif
