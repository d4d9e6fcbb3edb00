/*
 * Tells the lines of a region apart: plain ones, others, and parts of lines that are one or the other. They become the text's stretches, and
 * what is not plain becomes its others.
 */
#ifndef LAFZ_TEXT_APART_H
#define LAFZ_TEXT_APART_H

#include "text/lines.h"

struct lafz_stream;

/*
 * Of a region whose segments were found, all of them lines, and which the request is of. Where languages are guessed they are, and
 * the request is in that of the last lines; else it is in the one there is. is_told: they are guessed already. LAFZ_OK or less than 0.
 */
int text_tell_apart(struct lafz_stream *stream, struct text_lines_request *request, bool is_told);

#endif
