/*
 * A batch under construction: its tokens, and the texts of norm and key (batch/copy.h).
 */
#ifndef LAFZ_BATCH_BATCH_H
#define LAFZ_BATCH_BATCH_H

#include <stdbool.h>

#include "base/buf.h"
#include "batch/change.h"
#include "batch/copy.h"
#include "norm/calm.h"
#include "norm/key.h"
#include "norm/norm.h"
#include "tokens.h"

#define BATCH_SIEVES 8

/* A segment of the batch. */
struct batch_segment {
	uint32_t end; /* bytes */
	uint32_t run, sent,
		par; /* what a gap has in a segment without tokens: the numbers of the last token before */
	size_t token_end;
	uint32_t norm_end, key_end; /* where its end lies in the texts of norm and key */
};

/* Where a token is cut that is longer than it may be. */
struct batch_cut {
	size_t token;
	uint32_t at; /* bytes of the batch's text */
};

/* Why a stretch of the norm differs from the source. */
struct batch_edit {
	uint32_t start, end;         /* bytes of the batch's text */
	uint32_t norm_off, norm_len; /* in the text of norm */
	uint32_t rules;              /* in batch->edits_of_one.names */
	uint16_t lang;               /* language id */
	uint8_t kind;                /* enum lafz_kind of the token or gap */
};

/* Lines side by side whose norm is known by turns and changes: their bytes, and which segments of the batch they are. */
struct batch_known {
	uint32_t start, end;
	size_t segment, segment_end;
};

struct batch {
	struct batch_segment *segments; /* owned */
	size_t n_segments, segments_cap;
	const struct batch_known *known; /* not owned */
	size_t n_known;
	const uint32_t *turns; /* where two marks in them change places, by the second; UINT32_MAX behind the last one; not owned */
	const struct batch_change *changes; /* in them, in their order; one at UINT32_MAX behind the last one; not owned */
	struct tokens tokens;    /* without gaps */
	struct tokens with_gaps; /* the same with gaps, if they were asked for */
	struct copy norm, key;
	struct buf changed; /* owned; one token's norm or key */
	struct norm work;
	struct calm_sieve sieves[BATCH_SIEVES]; /* of the languages that came last, by language */
	struct batch_cut *cuts; /* owned; batch_cut alone looks at them */
	size_t cuts_cap;
	bool has_cuts; /* tokens may end within an atom */
	struct batch_edit *edits; /* owned; by source; only if they were asked for */
	size_t n_edits, edits_cap;
	struct norm_edits edits_of_one; /* those of one token; their names stay for the batch */
};

/* The text of the batch and what is to be made of it. */
struct batch_request {
	const struct lafz_allocator *mem;
	const struct lafz_options *options;
	const struct lafz_tables *tables; /* of folds; NULL: the built-in ones */
	calm_function *calm;
	key_wide_function *key_wide; /* NULL: key_plain is used */
	const char *text;
	uint32_t len;
};

/* Forgets the segments and tokens of the batch before. */
void batch_begin(struct batch *batch);

/* Makes room for n segments. LAFZ_OK or LAFZ_ERR_MEMORY. */
int batch_reserve(struct batch *batch, const struct lafz_allocator *mem, size_t n);

/* Notes where a segment ends. */
static inline void batch_end_segment(struct batch *batch, struct batch_segment segment)
{
	batch->segments[batch->n_segments++] = segment;
}

/*
 * Cuts tokens that are longer than options.max_token, before anything else is done here: sentences
 * have been told by the whole ones.
 */
int batch_cut(struct batch *batch, const struct batch_request *request);

/*
 * Fills norm_off, norm_len and batch->norm for all tokens, and batch->edits if they are asked for;
 * gaps are normalised too. An edit lies within one token or gap.
 */
int batch_norm(struct batch *batch, const struct batch_request *request);

/* The sieve of a language, whose table that is; it goes on from batch to batch. */
const struct calm_sieve *batch_sieve(struct batch *batch, uint16_t lang, const struct fold_table *table);

/* Fills key_off, key_len and batch->key for all tokens. */
int batch_key(struct batch *batch, const struct batch_request *request);

/*
 * Fills with_gaps from tokens: a token of the kind LAFZ_KIND_SPACE for each gap. A gap ends with
 * its segment. It has the numbers of the token before it in the segment, else of the one behind it,
 * else of the last token of the document.
 */
int batch_gaps(struct batch *batch, const struct batch_request *request);

void batch_free(struct batch *batch, const struct lafz_allocator *mem);

#endif
