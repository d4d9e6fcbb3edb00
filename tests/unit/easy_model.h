/*
 * What src/text/easy.h says of lines, told by a look at each byte.
 */
#ifndef LAFZ_TESTS_EASY_MODEL_H
#define LAFZ_TESTS_EASY_MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "text/easy.h"

/* Whether white space that is left out is so frequent in a text that lines may hold it. */
bool easy_model_has_rows(const char *text, size_t len);

/*
 * Whether a line, without its LF, holds what only a second look lets pass (text/easy_signs.h, and clitics, dots and abbreviations): its copy
 * is compared with the batches of documents alone.
 */
bool easy_model_has_signs(const struct easy *easy, const char *line, size_t len);

/* Perhaps: by its bytes, if rules of sentences say so. */
enum easy_answer { EASY_NO, EASY_PERHAPS, EASY_YES };

/* Whether a line, without its LF, which stands behind it, is easy. */
enum easy_answer easy_model_is_easy(const struct easy *easy, const char *line, size_t len);

/* Appends what becomes of an easy line of a text, by the sentences that were found to end inside. */
void easy_model_copy(const struct easy *easy, const char *text, size_t start, size_t len, struct buf *out);

#endif
