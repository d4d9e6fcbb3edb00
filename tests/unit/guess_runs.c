#include "guess_runs.h"

#include <stdlib.h>

#include "state.h"

static void fail_unless(bool is_good)
{
	if (!is_good)
		abort();
}

/* By atoms; the pieces are made behind that, and get what was kept. */
static void guess_by_atoms(struct lafz_stream *stream, const char *text, size_t len, struct pieces *pieces)
{
	const struct segments *const segments = &stream->segments;
	const struct text_lines_request request = {
		.text = text,
		.len = (uint32_t)len,
		.room = (uint32_t)len,
		.atoms = &stream->atoms,
		.n_atoms = segments->ptr[segments->n - 1].atom_end,
		.has_smile = stream->entity.has_smile,
	};
	fail_unless(text_guess(stream, &request) == LAFZ_OK);
	fail_unless(stages_pieces(stream, pieces) == LAFZ_OK);
	text_kept_give(&stream->text.kept, NULL, segments, pieces);
}

size_t guess_runs(struct lafz_stream *stream, const char *text, size_t len, uint64_t offset, bool by_atoms,
                  struct guess_piece *out, size_t cap, size_t *n_made)
{
	const struct window_region region = {.text = text, .len = (uint32_t)len, .is_last = true};
	uint32_t n_ill = 0;
	struct pieces pieces;
	fail_unless(stages_find(stream, &region, offset, &n_ill) == LAFZ_OK);
	fail_unless(n_ill == 0 && stream->segments.n > 0);
	if (by_atoms) {
		guess_by_atoms(stream, text, len, &pieces);
	} else {
		fail_unless(stages_pieces(stream, &pieces) == LAFZ_OK);
		fail_unless(stages_runs(stream, &pieces) == LAFZ_OK);
	}
	*n_made = by_atoms ? stream->text.guess.n_made : 0;
	fail_unless(pieces.n <= cap);
	for (size_t i = 0, s = 0; i < pieces.n; i++) {
		while (stream->segments.ptr[s].piece_end <= i)
			s++;
		out[i] = (struct guess_piece){
			.start = pieces.start[i],
			.end = pieces.end[i],
			.run = pieces.run[i],
			.n_runs = stream->segments.ptr[s].n_runs,
			.confidence = pieces.confidence[i],
			.lang = pieces.lang[i],
		};
	}
	return pieces.n;
}
