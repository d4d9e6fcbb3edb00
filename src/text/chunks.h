/*
 * What is hard in a line, looked at by the rules of entities and words themselves: numbers with separators, hyphened words, letters with
 * full stops and the like. Pieces end at white space, and rules of words join what sticks together, so it is enough to give them the
 * atoms from white space to white space, and those up to the next white space, for rules that look at the word behind a full stop.
 */
#ifndef LAFZ_TEXT_CHUNKS_H
#define LAFZ_TEXT_CHUNKS_H

#include <stddef.h>

#include "text/lines.h"

/*
 * Tells the tokens of all that is hard from an atom on, up to request->n_atoms: puts them in as text_lines_mark does with others, and takes
 * what is known so out of what is hard.
 */
void text_chunks_settle(struct text_lines *lines, const struct text_lines_request *request, size_t atom);

#endif
