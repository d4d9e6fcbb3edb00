/*
 * What is numbered and counted in a document: runs, sentences, paragraphs, characters. The numbers of a batch are counted
 * on from those that the batch before ended with.
 */
#ifndef LAFZ_NUMBERING_H
#define LAFZ_NUMBERING_H

#include <stdbool.h>
#include <stdint.h>

#include "batch/batch.h"
#include "chars.h"
#include "piece.h"
#include "segment/segment.h"

struct numbering {
	/* what the next one in the batch gets */
	uint32_t chars, runs, sents, pars;
	bool has_tokens;     /* the document has had a token */
	bool is_par_pending; /* a paragraph has ended behind the last token */
};

struct lists_filters;

/* The segments whose tokens are numbered. */
struct numbering_request {
	const struct lafz_options *options;
	const struct segments *segments;
	const struct busy *busy; /* tokens that rules of sentences look at */
	chars_function *count_chars; /* right for their text */
	struct lists_filters *filters; /* for rules of sentences */
	/* As in struct sentence_tokens, or NULL; all that end inside segments that are told (segment/segment.h), and more. */
	const uint32_t *ends;
};

/*
 * Numbers the tokens of a batch, whose run is counted from the segment's first one so far, and notes where its segments
 * end; there is room for them and for FILL_SLACK tokens more. Columns that nobody asks for are left as they are.
 */
void numbering_add(struct numbering *numbering, const struct numbering_request *request,
                   struct batch *batch);

#endif
