/*
 * What lafz_next_text does inside. A file of its own, since the library's struct text is not that of the tests.
 */
#ifndef LAFZ_TESTS_TEXT_OTHERS_H
#define LAFZ_TESTS_TEXT_OTHERS_H

#include <stddef.h>

#include <lafz.h>

/* Lines of the last region that had to go the long way, or parts of lines. */
size_t text_others(const struct lafz_stream *stream);

/* Their text, each with a line end. */
const char *text_others_text(const struct lafz_stream *stream, size_t *len);

/* Bytes of the last region that were copied without going the way of the data. */
size_t text_others_easy(const struct lafz_stream *stream);

/*
 * Lines of the last region that were told by bytes while languages were guessed; those if they were looked for by the language of each
 * then; and of them easy ones that went to the rest.
 */
size_t text_others_told(const struct lafz_stream *stream);
size_t text_others_by_language(const struct lafz_stream *stream);
size_t text_others_strays(const struct lafz_stream *stream);

#endif
