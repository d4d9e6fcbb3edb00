/*
 * Parts of English lines that are not easy as a whole (text/easy.h), for their tokens: what an easy line could hold between two spaces
 * makes the same pieces wherever it stands, since rules of entities look no farther than at the words beside them. So of a line with
 * something hard that alone goes the way of the data up to its pieces, with the words beside it. Rules of words and sentences see the
 * whole line, but are not asked where it is sure that a sentence ends.
 */
#ifndef LAFZ_TEXT_EASY_SHARES_H
#define LAFZ_TEXT_EASY_SHARES_H

#include "text/easy.h"

/*
 * Finds the parts of lines that hold bad bytes. A line all of whose marks are sure is easy then; one with none but easy parts has marks of
 * which it is not known whether a sentence ends there. LAFZ_OK or LAFZ_ERR_MEMORY.
 */
int easy_find_shares(struct easy *easy, const struct lafz_allocator *mem, const char *text, uint32_t len);

/* Bytes of easy parts, less what is beside each costs. */
uint32_t easy_shares_len(const struct easy *easy);

#endif
