/*
 * Where a document may be cut so that each part can be read by itself: the parts then give the same
 * tokens as the whole, and the last token before a cut tells all that the numbers behind it need.
 */
#ifndef LAFZ_CLI_JOBS_CUT_H
#define LAFZ_CLI_JOBS_CUT_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/jobs_form.h"

/* In characters of one unit, which become a byte of UTF-8 or more: */
#define CUT_BEFORE 4097   /* read again: one more than the languages of a line look back */
#define CUT_MORE 4       /* and so many more may be, to begin with a whole character */
#define CUT_HISTORY 65536 /* before a cut, where what is read again begins */

/*
 * The last place in len bytes of text where it may be cut, 0 if there is none. It is behind a line
 * end, with unwrap behind an empty line. Before it there is white space of ASCII back to a character
 * that belongs to a token, whatever the options are. So the document has had a token, and no
 * paragraph has ended that the stream would not know of. Text begins with a whole unit.
 */
size_t cut_find(const struct form *form, const char *text, size_t len, bool unwrap);

/*
 * Where to begin to read for what stands behind end: at the beginning of text if is_whole (it is the
 * document's), else CUT_BEFORE units before end or a little more. The line that this cuts into is
 * then too far away to count. With unwrap it must not look empty, or it would end a paragraph. False
 * if there is no such place.
 */
bool cut_before(const struct form *form, const char *text, size_t end, bool is_whole, bool unwrap,
                size_t *start);

#endif
