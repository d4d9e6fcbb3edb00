/*
 * Runs: a language for each word of a segment, then rows of neighbouring pieces of one script and
 * language. Takes the pieces of the entity stage and sets lang, confidence and run of each. Only
 * words vote; what else there is joins the run before it (an opening quote or bracket what it
 * opens). Linear in the segment; the same bytes and options give the same runs everywhere, for all
 * scores are integers.
 *
 * confidence is the probability of the run's language against the next best one; 1 only for a
 * language that was set by the options. Runs that are und have confidence 0: no language is
 * claimed.
 */
#ifndef LAFZ_RUN_RUN_H
#define LAFZ_RUN_RUN_H

#include <stdbool.h>

#include "base/mem.h"
#include "piece.h"
#include "run/atoms.h"
#include "run/lines.h"
#include "run/path.h"
#include "run/prior.h"
#include "run/words.h"
#include "segment/segment.h"

#define RUN_UND_LEAD 1 /* words whose language leads by less are und */

struct run_stage {
	/* The options. */
	uint16_t candidates[LAFZ_MAX_LANGUAGES];
	size_t n_candidates;                   /* 0: all languages; 1: it is set */
	struct prior_fixed fixed[RUN_SCRIPTS]; /* set when evidence is ready */
	uint16_t among_arabic[STATES];         /* and what states of Latin script start behind where words of Arabic script are more */
	/* The document so far. */
	struct prior prior;
	/* Lines of one language, and the script of the last one. */
	lines_function *settle_lines; /* NULL: lines_plain */
	lines_atoms_function *settle_atoms; /* NULL: lines_atoms_plain */
	lines_bytes_function *settle_bytes; /* NULL: lines_bytes_plain */
	struct lines_leader leaders[RUN_SCRIPTS];
	struct lines_words *words; /* in a block; made with the evidence */
	void *words_block;         /* owned */
	size_t script;
	/* Other segments, each by itself. */
	const struct words_kernel *words_kernel; /* NULL: words_plain */
	struct lines_words *row; /* in a block; made with the first of them */
	void *row_block;         /* owned */
	struct path paths[RUN_SCRIPTS];
	/* What was learnt of words; goes on from document to document. */
	struct evidence evidence;
};

/*
 * Sets the languages to choose from, LAFZ_MAX_LANGUAGES at most; n == 0: all. One: all words in its
 * script get it, nothing is guessed. Call it once, on a zeroed struct.
 */
void run_init(struct run_stage *stage, const uint16_t *languages, size_t n);

/* The fastest functions that a processor can run which runs the scanner's kernel of that name. Without it the plain ones. */
void run_set_kernel(struct run_stage *stage, const char *kernel);

/*
 * Sets lang, confidence and run (from 0 on) of every piece of the segment; there is room for FILL_SLACK more. The segments of a
 * document come in order, blank ones may be left out. Returns the number of runs, 0 if there are no
 * pieces, or LAFZ_ERR_MEMORY.
 */
int run_segment(struct run_stage *stage, const struct lafz_allocator *mem,
                const struct segment *segment, struct pieces *pieces);

/*
 * The same for some segments in a row, whose pieces lie in a row too. Sets n_runs of each. LAFZ_OK or
 * LAFZ_ERR_MEMORY.
 */
int run_segments(struct run_stage *stage, const struct lafz_allocator *mem,
                 const struct segments *segments, struct pieces *pieces);

#define RUN_ASKS 1 /* a status */

/*
 * Runs of the lines of a region, whose languages are guessed, from *s on, as far as atoms tell them. LAFZ_OK: all of them, *s is
 * behind the last one. RUN_ASKS: *s is one that run_guess is to be asked of, with its pieces, and then this for the next one. Or
 * LAFZ_ERR_MEMORY.
 */
int run_atoms(struct run_stage *stage, const struct lafz_allocator *mem, const struct segments *segments,
              struct run_atoms *atoms, struct run_line *lines, size_t *s);

/*
 * The same of lines that are told by bytes, from *line on and before end; lines has an entry for each line of bytes->starts. There is
 * more than one candidate.
 */
int run_bytes(struct run_stage *stage, const struct lafz_allocator *mem, struct run_bytes *bytes, size_t end,
              struct run_line *lines, size_t *line);

/*
 * Runs of a segment whose languages are guessed, by themselves; the evidence is ready. The number of them, or
 * LAFZ_ERR_MEMORY.
 */
int run_guess(struct run_stage *stage, const struct lafz_allocator *mem, const struct segment *segment,
              struct pieces *pieces);

/* The same of a whole line whose words are in the paths, scores and sums; it may have others, of a third script. */
int run_guess_found(struct run_stage *stage, const struct lafz_allocator *mem, const struct segment *segment, struct pieces *pieces,
                    bool has_others);

/* The same without a look at a language: all pieces of a segment are in one run, und. */
void run_none(const struct segments *segments, struct pieces *pieces);

/* Begins a new document. Keeps languages and memory. */
void run_reset(struct run_stage *stage);

void run_free(struct run_stage *stage, const struct lafz_allocator *mem);

#endif
