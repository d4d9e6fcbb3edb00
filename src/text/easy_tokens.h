/*
 * Tokens of a region whose easy lines (text/easy.h) do not go through the scanner: in Arabic script and in English their pieces are where the bits of bytes
 * say that words and marks begin and end. The other lines go the way of the data as a text of their own up to their pieces, which are
 * put between those of easy lines; then all of them go on together. Of English lines with something hard that alone goes so
 * (text/easy_shares.h). Of a line that turns out to be in another language, and not easy in that, all rules are asked at each piece.
 */
#ifndef LAFZ_TEXT_EASY_TOKENS_H
#define LAFZ_TEXT_EASY_TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "batch/batch.h"
#include "piece.h"
#include "segment/segment.h"
#include "text/easy.h"
#include "tokens.h"

struct lafz_stream;
struct window_region;

/* Lines side by side, as segments; or one of which parts are hard, or of whose marks it is not known what they are. */
struct easy_row {
	size_t first, end;
	bool has_hard;
};

/* Of a region. */
struct easy_tokens {
	/* What there is of all lines, in their order; while it is handed out, the stream has it and what it has of the rest is here. Owned. */
	struct tokens tokens;
	struct segments segments;
	bool is_handed;
	struct easy_lines lines; /* some that are easy; both columns are owned */
	size_t ends_cap, token_ends_cap;
	struct busy busy; /* pieces of all lines; then the same with what was sorted out; owned */
	struct easy_row *rows; /* lines that were taken out; owned */
	size_t n_rows, rows_cap;
	struct batch_known *known; /* those that are easy in their language; owned */
	size_t n_known, known_cap;
	struct batch_change *changes; /* of these; owned */
	size_t changes_cap;
	uint32_t *sent_ends; /* where sentences end in segments that are told (numbering.h); owned */
	size_t sent_ends_cap;
	size_t n_strays; /* lines that are not */
};

/*
 * Makes the numbered tokens of a region, in the stream's batch, and its segments. 1, or 0: it has to go the way of the
 * data whole, nothing has changed; or a failure that is noted.
 */
int easy_tokens_make(struct lafz_stream *stream, const struct window_region *region);

/* Notes what languages a region is in that went the way of the data, for the next ones. */
void easy_tokens_note(struct lafz_stream *stream);

void easy_tokens_free(struct easy_tokens *easy, const struct lafz_allocator *mem);

#endif
