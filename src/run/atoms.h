/*
 * What the run stage needs of lines whose pieces nobody else needs: which atoms their words begin with, and what stands between
 * words, as bits of atoms. Most lines are settled by these (lines.h); for the others pieces are made.
 */
#ifndef LAFZ_RUN_ATOMS_H
#define LAFZ_RUN_ATOMS_H

#include <stddef.h>
#include <stdint.h>

#include "run/model.h"
#include "scan/atom.h"

/* Of 64 atoms. */
struct run_atom_sets {
	uint64_t tokens;             /* those that a piece begins with */
	uint64_t words[RUN_SCRIPTS]; /* of them, words of a script */
	uint64_t others;             /* words of other scripts */
	/* Pieces across which a switch may cost less than between two words; of them, those that end a sentence or are a colon. */
	uint64_t breaks, stops;
	uint64_t threes, longs; /* words of three atoms; of any other number but one */
};

/* Of a region. */
struct run_atoms {
	const struct atoms *atoms;
	const struct run_atom_sets *sets; /* from atom 0 on, one more behind the last */
	const uint32_t *ends;             /* where long words end, by their first atom */
	size_t last; /* the line behind those whose words are found; set by the run stage, 0 before it begins */
};

/* What a line is in, if all of it is in one run. */
struct run_line {
	uint32_t n_runs;
	float confidence;
	uint16_t lang;
};

#endif
