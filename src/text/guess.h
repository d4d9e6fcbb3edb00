/*
 * Languages of lines whose pieces nobody else needs: told by atoms that are pieces by themselves (entity/alone.h). Pieces are made of
 * those lines alone that hold other atoms, whose words become bits of atoms too, and of those that the run stage cannot settle by
 * bits.
 */
#ifndef LAFZ_TEXT_GUESS_H
#define LAFZ_TEXT_GUESS_H

#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "entity/alone.h"
#include "run/atoms.h"

struct lafz_stream;
struct text_lines_request;

/* A line whose pieces were made, those from first to end. */
struct text_guess_line {
	size_t line, first, end;
};

struct text_guess {
	struct run_atom_sets *sets; /* owned */
	size_t sets_cap;
	struct alone *alone; /* what is known of each 64 atoms; owned */
	size_t alone_cap;
	uint64_t *unknown; /* atoms that are no pieces by themselves; owned */
	size_t unknown_cap;
	uint32_t *ends; /* owned */
	size_t ends_cap;
	struct text_guess_line *made; /* owned */
	size_t n_made, made_cap;
};

/*
 * What each of the stream's segments is in, which are lines, all of those of the request, whose language counts nothing; kept in
 * stream->text.kept. If they are the rest of a region, its easy lines are told too, and those that go to the rest after all have their entries among these
 * (text/easy_guess.h). The stage of runs has seen all lines before these. LAFZ_OK, or a failure that is noted.
 */
int text_guess(struct lafz_stream *stream, const struct text_lines_request *request);

void text_guess_free(struct text_guess *guess, const struct lafz_allocator *mem);

#endif
