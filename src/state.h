/*
 * The state of a stream, for the files that make up what lafz.h says of streams: stream.c opens, feeds and ends them, stages.c
 * is the way of the data, handout.c hands tokens and batches out, text.c their text.
 */
#ifndef LAFZ_STATE_H
#define LAFZ_STATE_H

#include "base/mem.h"
#include "batch/batch.h"
#include "chars.h"
#include "entity/entity.h"
#include "norm/tables.h"
#include "numbering.h"
#include "run/run.h"
#include "scan/scan.h"
#include "segment/segment.h"
#include "text/text.h"
#include "window/window.h"
#include "word/word.h"

/* What the last call of lafz_next or lafz_next_batch has handed out. */
enum handed { HANDED_NOTHING, HANDED_TOKEN, HANDED_BATCH };

/* How the document is handed out: not settled yet, or by which calls. */
enum output { OUTPUT_OPEN, OUTPUT_TOKENS, OUTPUT_TEXT };


struct lafz_stream {
	struct lafz_options options;
	const struct scan_kernel *kernel;
	calm_function *calm;
	sift_function *sift;
	key_wide_function *key_wide; /* NULL: there is none */
	chars_function *count_chars; /* of well-formed text */
	struct window window;
	struct atoms atoms;
	struct segmenter segmenter;
	struct segments segments;
	struct entity_stage entity;
	struct busy busy;
	struct run_stage run;
	struct word_stage word;
	struct batch batch;
	struct lafz_tables *own_tables;   /* owned; options.tables with rows switched on, or NULL */
	const struct lafz_tables *tables; /* of folds; NULL: the built-in ones */

	/*
	 * Numbers of the document: characters before the batch, and the last run, sentence and
	 * paragraph before it (0 if there is none), which the gaps at its start may have.
	 */
	uint64_t cbase, run_base, sent_base, par_base;
	struct numbering numbering; /* counted on from these */

	struct lafz_batch view; /* what was handed out */
	struct lafz_token token;
	size_t next;   /* entry of view that lafz_next hands out next */
	uint32_t used; /* bytes of the region that view stands on, to be taken from the window */
	enum handed handed;
	enum output output;
	uint32_t handed_from;    /* bytes of the batch that lafz_next had handed out before */
	struct lafz_edit *edits; /* owned */
	size_t edits_cap;
	uint32_t *source_at; /* owned; of view, if the source is not in UTF-8 */
	size_t source_at_cap;
	bool has_view;
	bool is_fed; /* a chunk is lent and not used up */
	struct text text; /* what lafz_next_text needs */

	int status; /* sticky failure, or LAFZ_OK */
	uint64_t error_offset;
};

static inline const struct lafz_allocator *mem_of(const struct lafz_stream *stream)
{
	return &stream->options.allocator;
}

/* Notes a failure at a place of the document, which is sticky, and returns it. */
int stream_fail(struct lafz_stream *stream, int status, uint64_t offset);

/* Takes what was handed out from the window; what pointed into it is no longer valid. */
void stream_drop_view(struct lafz_stream *stream);

/* Lets go of the chunk that is used up. */
static inline void stream_end_chunk(struct lafz_stream *stream)
{
	stream->is_fed = false;
}

/* ---- stages.c: the way of the data. Failures are noted. ---- */

/*
 * Scans a region, which lies at offset in the document, and finds its closed segments. One that is ill-formed and must not be is
 * left to the next batch, so that those before it are handed out: if there are none, the failure. *n_ill is the number of
 * ill-formed atoms.
 */
int stages_find(struct lafz_stream *stream, const struct window_region *region, uint64_t offset, uint32_t *n_ill);

/* The pieces of these segments, of which there is one at least; they lie where the tokens will be. */
int stages_pieces(struct lafz_stream *stream, struct pieces *pieces);

/* Runs of these pieces, once: what segments are in is expected of those behind them. */
int stages_runs(struct lafz_stream *stream, struct pieces *pieces);

/* The tokens of pieces that have their runs. ends: where it is sure that sentences end (sentence/sentence.h), or NULL. */
int stages_words(struct lafz_stream *stream, const struct pieces *pieces, bool is_valid, const uint32_t *ends);

/* All three. */
int stages_tokens(struct lafz_stream *stream, bool is_valid);

/* Norm and key of these tokens, and their gaps, as far as they are asked for. */
int stages_texts(struct lafz_stream *stream, const char *text, uint32_t len);

#endif
