/*
 * A document as text: what lafz_next_text hands out. Where a line is a sentence, most lines hold nothing but words and commas with
 * a full stop at the end, and nothing in them changes: such a plain line is its own text but for the spaces before marks. So lines
 * are told apart first, by masks; plain ones are copied, and the others alone go the way of the data, put together as a text of
 * their own. Where languages are guessed they are for all lines first, since each counts for those behind it.
 */
#ifndef LAFZ_TEXT_TEXT_H
#define LAFZ_TEXT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lafz.h>

#include "base/buf.h"
#include "scan/atom.h"
#include "segment/segment.h"
#include "text/kept.h"
#include "text/lines.h"

struct lafz_stream;

/* Segments side by side that are all plain lines or all others. */
struct text_stretch {
	uint32_t end; /* the segment behind the last one */
	bool is_plain;
};

/* Where the document stands. Paragraphs are counted as batches count them. */
struct text_place {
	uint64_t par;      /* of the last segment with tokens */
	uint64_t line_par; /* of the last line written */
	uint64_t first_par; /* of the first line of the piece, if that has one */
	bool is_begun; /* the piece has a line */
	bool has_tokens, has_line;
	bool is_par_pending; /* a paragraph has ended since the last token */
};

struct text {
	bool is_quick; /* the options let plain lines be copied */
	uint32_t least; /* bytes of a region whose lines are told apart */
	/* Bytes of the last regions whose lines were told apart, in any documents, and of other lines in them. */
	uint64_t seen, other;
	uint64_t passed; /* bytes that go the way of the data whole, since plain lines were rare */
	struct buf out; /* owned; handed out */
	struct lafz_text view;
	struct text_place place;
	/* Of the region. */
	struct text_lines lines;
	struct text_stretch *stretches; /* owned */
	size_t n_stretches, stretches_cap;
	/* The lines that are not plain, as a region. Owned. */
	struct buf others;
	size_t n_others;
	struct text_kept kept; /* their runs, if languages are guessed */
	struct atoms atoms;
	struct segments segments;
};

/* Looks at the options of a stream that has been opened, once. */
void text_init(struct lafz_stream *stream);

/* Begins a document. */
void text_reset(struct text *text);

void text_free(struct text *text, const struct lafz_allocator *mem);

#endif
