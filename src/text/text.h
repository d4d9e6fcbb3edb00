/*
 * A document as text: what lafz_next_text hands out. Where a line is a sentence, most lines hold nothing but words and commas with
 * a full stop at the end, and nothing in them changes: such a plain line is its own text but for the spaces before marks. So lines
 * are told apart first, by masks; plain ones are copied, and the others alone go the way of the data, put together as a text of
 * their own; of a line of several sentences those that are not plain. Where languages are guessed they are for all lines first, since each counts for those behind it.
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
#include "text/easy_guess.h"
#include "text/easy_mixed.h"
#include "text/easy_tokens.h"
#include "text/guess.h"
#include "text/kept.h"
#include "text/lines.h"
#include "text/rest.h"

struct lafz_stream;

/* What a region is made of: what is copied, and what goes the way of the data. */
enum text_stretch_kind {
	TEXT_PLAIN,    /* plain lines, and what is plain before and behind parts of lines: atoms */
	TEXT_OTHERS,   /* lines that are not plain, or blank ones: segments */
	TEXT_PART,     /* a part of a line: its segment */
	TEXT_LAST_PART /* the same with the end of the line */
};

/* Atoms or segments from one to another. */
struct text_stretch {
	uint32_t first, end;
	enum text_stretch_kind kind;
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
	uint32_t least;   /* bytes of a region whose lines are told apart */
	struct pays pays; /* looking for plain lines */
	struct buf out; /* owned; handed out */
	struct lafz_text view;
	struct text_place place;
	/* Of the region. */
	struct rest rest;
	struct text_lines lines;
	struct text_stretch *stretches; /* owned */
	size_t n_stretches, stretches_cap;
	/* The lines that are not plain, or parts of them, as a region. Owned. */
	struct buf others;
	struct text_kept_part *other_parts; /* which parts of lines they are; owned */
	size_t n_others, others_cap;
	/* If languages are guessed, those of all lines. */
	struct text_guess guess;
	struct easy_guess easy_guess;
	struct easy_mixed easy_mixed;
	struct easy_tokens easy_tokens; /* where tokens are handed out */
	struct text_kept kept;
	struct atoms atoms;
	struct segments segments;
};

/* Looks at the options of a stream that has been opened, once. */
void text_init(struct lafz_stream *stream);

/* Finds the segments of a region's rest. 1, or 0: its lines cannot be told apart; or less than 0. */
int text_find_rest(struct lafz_stream *stream, const struct window_region *region);

/* Begins a document. */
void text_reset(struct text *text);

void text_free(struct text *text, const struct lafz_allocator *mem);

#endif
