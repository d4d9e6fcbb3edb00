/*
 * Words: turns pieces into tokens by the rules that need a language: elision, abbreviations,
 * suffixes behind digits. Under rules search and uax29 pieces become tokens as they are.
 */
#ifndef LAFZ_WORD_WORD_H
#define LAFZ_WORD_WORD_H

#include "base/mem.h"
#include "piece.h"
#include "segment/segment.h"
#include "tokens.h"
#include "word/lists.h"

/* Zeroed at first; goes on from document to document. */
struct word_stage {
	enum lafz_rules rules;
	struct lists_filters filters;
};

/*
 * Appends the tokens of a segment, whose pieces lie behind the tokens there are: most stay where they are.
 * Fills start, end, run, confidence, lang, flags, kind, script. There must be room for one token each atom.
 * *busy: the pieces that are busy; then the tokens that are to rules of sentences, by their numbers.
 */
void word_segment(struct word_stage *stage, const struct segment *segment,
                  const struct pieces *pieces, struct busy *busy, struct tokens *tokens);

#endif
