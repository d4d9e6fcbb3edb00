/*
 * Runs of the pieces of a region two ways: as lines are told by atoms (text/guess.h), and by the pieces. A file of its own, since the
 * library's struct text is not that of the tests.
 */
#ifndef LAFZ_TESTS_GUESS_RUNS_H
#define LAFZ_TESTS_GUESS_RUNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lafz.h>

struct guess_piece {
	uint32_t start, end, run, n_runs; /* n_runs: of its line */
	float confidence;
	uint16_t lang;
};

/*
 * Those of a region, lines of well-formed text that lie at offset in the document; the regions before it came by the same stream. Returns
 * how many pieces there are, which are no more than cap. *n_made: of how many lines pieces had to be made.
 */
size_t guess_runs(struct lafz_stream *stream, const char *text, size_t len, uint64_t offset, bool by_atoms,
                  struct guess_piece *out, size_t cap, size_t *n_made);

#endif
