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
 * Appends the tokens of segments, whose pieces lie behind the tokens there are: most stay where they are.
 * Fills start, end, run, confidence, lang, flags, kind, script, and token_end of the segments. There must be room for one token each atom, and for
 * FILL_SLACK more.
 * *busy: the pieces that are busy; then the tokens that are to rules of sentences, by their numbers.
 */
void word_segments(struct word_stage *stage, const struct segments *segments,
                   const struct pieces *pieces, struct busy *busy, struct tokens *tokens);

#endif
