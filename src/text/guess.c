#include "text/guess.h"

#include <assert.h>
#include <string.h>

#include "base/bits.h"
#include "entity/alone.h"
#include "run/place.h"
#include "state.h"
#include "text/easy_guess.h"
#include "text/kept.h"
#include "text/marks.h"
#include "text/rows.h"

/* ---- Atoms that are pieces by themselves ---- */

static int reserve(struct text_guess *guess, const struct lafz_allocator *mem, size_t n_atoms)
{
	const size_t n = n_atoms / 64 + 2;
	guess->n_made = 0;
	if (mem_reserve(mem, &guess->sets, &guess->sets_cap, n, sizeof *guess->sets) < 0 ||
	    mem_reserve(mem, &guess->alone, &guess->alone_cap, n, sizeof *guess->alone) < 0 ||
	    mem_reserve(mem, &guess->unknown, &guess->unknown_cap, n, sizeof *guess->unknown) < 0 ||
	    mem_reserve(mem, &guess->ends, &guess->ends_cap, n_atoms + 1, sizeof *guess->ends) < 0)
		return LAFZ_ERR_MEMORY;
	memset(guess->sets + n - 2, 0, 2 * sizeof *guess->sets);
	return LAFZ_OK;
}

/* Of 64 atoms. */
struct known {
	uint64_t tokens, contractions; /* pieces by themselves; of them, words that the next two atoms belong to */
	uint64_t unknown;              /* atoms of which it is not known what piece they belong to */
};

/* What the 64 atoms from one on are; the sets are theirs, with those beside them. */
static inline struct known know(const struct text_lines_request *request, const struct atom_sets *sets, size_t first,
                                const struct alone *alone)
{
	struct known known = {
		.tokens = alone->tokens,
		.contractions = alone->contractions,
		.unknown = alone->content & ~alone->tokens & ~alone->behind,
	};
	if ((known.unknown & (sets->stop | sets->full_stop)) == 0)
		return known;
	const struct text_rows rows = text_rows_find(request, sets, first);
	known.tokens |= (rows.tokens | (request->has_smile ? 0 : rows.words)) & alone->content;
	known.tokens &= ~(rows.behind | rows.open);
	known.unknown = (known.unknown | (rows.open & alone->content)) & ~known.tokens & ~rows.behind;
	return known;
}

/* Says what 64 atoms are. */
static inline void set_known(struct run_atom_sets *out, const struct atom_sets *sets, const struct known *known)
{
	const uint64_t words = known->tokens & sets->word;
	/* between words: a hyphen inside a word says nothing, and a comma does not either */
	const uint64_t inner = sets->hyphen & sets->content << 1 & sets->content >> 1;
	const uint64_t breaks = known->tokens & ~(words | sets->comma | sets->arabic_comma | inner);
	out->tokens = known->tokens;
	out->words[RUN_ARAB] = words & ~sets->latin;
	out->words[RUN_LATN] = words & sets->latin;
	out->others = 0;
	out->breaks = breaks;
	out->stops = breaks & (sets->stop | sets->full_stop | sets->colon);
	out->threes = known->contractions;
	out->longs = 0;
}

/*
 * Words of several atoms are not known where they lie across the k-th border of 64 atoms: looks at the atoms on both sides of it
 * as 64 of their own, and puts in what it finds of the nearest.
 */
static void know_across(const struct text_lines_request *request, size_t k, struct known *low, struct known *high)
{
	const struct atoms *const atoms = request->atoms;
	const struct view view = {request->text, atoms, 0, request->n_atoms};
	const size_t first = 64 * k - 32;
	const struct atom_sets sets[] = {
		{.content = atoms->sets[k - 1].content << 32},
		atom_sets_at(atoms, first),
		atom_sets_at(atoms, first + 64),
	};
	struct alone alone;
	alone_find(&view, sets + 1, first, bits_below(request->n_atoms - first), request->has_smile, &alone);
	const struct known known = know(request, sets + 1, first, &alone);
	text_marks_put_middle(&low->tokens, &high->tokens, known.tokens);
	text_marks_put_middle(&low->contractions, &high->contractions, known.contractions);
	text_marks_put_middle(&low->unknown, &high->unknown, known.unknown);
}

static void find_known(struct text_guess *guess, const struct text_lines_request *request)
{
	const struct atoms *const atoms = request->atoms;
	const struct view view = {request->text, atoms, 0, request->n_atoms};
	struct known low = {0};
	for (size_t k = 0; 64 * k < request->n_atoms; k++) {
		struct alone *const alone = &guess->alone[k];
		alone_at(&view, k, bits_below(request->n_atoms - 64 * k), request->has_smile, alone);
		struct known known = know(request, &atoms->sets[k], 64 * k, alone);
		if (k > 0 && text_marks_may_cross(atoms, k, low.unknown, known.unknown)) {
			know_across(request, k, &low, &known);
			set_known(&guess->sets[k - 1], &atoms->sets[k - 1], &low);
			guess->unknown[k - 1] = low.unknown;
		}
		set_known(&guess->sets[k], &atoms->sets[k], &known);
		guess->unknown[k] = known.unknown;
		low = known;
	}
}

/* ---- Pieces ---- */

/* Makes the pieces of a line. */
static int make_pieces(struct lafz_stream *stream, size_t line, struct pieces *pieces, struct text_guess_line *made)
{
	*made = (struct text_guess_line){.line = line, .first = pieces->n};
	const int rc = entity_add(&stream->entity, mem_of(stream), &stream->segments.ptr[line], pieces, &stream->busy);
	made->end = pieces->n;
	return rc;
}

/* Takes out what is said of atoms. */
static void clear_sets(struct run_atom_sets *sets, size_t atom, size_t end)
{
	for (size_t k = atom / 64; 64 * k < end; k++) {
		const uint64_t own = bits_between(k, atom, end);
		sets[k].tokens &= ~own;
		for (size_t script = 0; script < RUN_SCRIPTS; script++)
			sets[k].words[script] &= ~own;
		sets[k].breaks &= ~own;
		sets[k].stops &= ~own;
		sets[k].threes &= ~own;
		sets[k].longs &= ~own;
	}
}

/* Says of the atom that a piece begins with what the piece is. */
static void set_piece(struct text_guess *guess, const struct pieces *pieces, size_t i, const struct atoms *atoms, size_t atom)
{
	struct run_atom_sets *const sets = &guess->sets[atom / 64];
	const uint64_t own = (uint64_t)1 << atom % 64;
	sets->tokens |= own;
	/* a piece that begins inside an atom is none that bits tell */
	if (atoms->off[atom] != pieces->start[i])
		sets->others |= own;
	if (!place_is_anchor(pieces, i)) {
		sets->breaks |= own;
		return;
	}
	if (pieces->script[i] == UCD_SCRIPT_ARAB)
		sets->words[RUN_ARAB] |= own;
	else if (pieces->script[i] == UCD_SCRIPT_LATN)
		sets->words[RUN_LATN] |= own;
	else
		sets->others |= own;
	if (pieces->end[i] != atoms->off[atom + 1])
		sets->longs |= own;
	guess->ends[atom] = pieces->end[i];
}

/* Says of the atoms of a line what its pieces are. */
static void set_pieces(struct text_guess *guess, const struct segment *segment, const struct pieces *pieces,
                       const struct text_guess_line *made)
{
	const struct atoms *const atoms = segment->atoms;
	size_t atom = segment->atom_first;
	clear_sets(guess->sets, segment->atom_first, segment->atom_end);
	for (size_t i = made->first; i < made->end; i++) {
		while (atoms->off[atom + 1] <= pieces->start[i])
			atom++;
		set_piece(guess, pieces, i, atoms, atom);
	}
}

/* Pieces of the lines with atoms that are no pieces by themselves. */
static int make_unknown(struct lafz_stream *stream, struct text_guess *guess, size_t n_atoms, struct pieces *pieces)
{
	const struct segment *const segments = stream->segments.ptr;
	int rc = LAFZ_OK;
	for (size_t k = 0, line = 0, done = 0; 64 * k < n_atoms && rc == LAFZ_OK; k++) {
		uint64_t left = guess->unknown[k] & ~bits_below(done > 64 * k ? done - 64 * k : 0);
		while (left != 0 && rc == LAFZ_OK) {
			const size_t atom = 64 * k + (size_t)__builtin_ctzll(left);
			while (segments[line].atom_end <= atom)
				line++;
			if (mem_reserve(mem_of(stream), &guess->made, &guess->made_cap, guess->n_made + 1,
			                sizeof *guess->made) < 0)
				return LAFZ_ERR_MEMORY;
			struct text_guess_line *const made = &guess->made[guess->n_made++];
			rc = make_pieces(stream, line, pieces, made);
			if (rc == LAFZ_OK)
				set_pieces(guess, &segments[line], pieces, made);
			done = segments[line].atom_end;
			left &= ~bits_below(done - 64 * k);
		}
	}
	return rc;
}

/* ---- Runs ---- */

/* A line that is not settled by bits, kept as another number: by its pieces, which are made if they are not those at *next. */
static int guess_line(struct lafz_stream *stream, struct text_guess *guess, size_t line, size_t number, struct pieces *pieces,
                      size_t *next)
{
	const struct segment *const segment = &stream->segments.ptr[line];
	struct text_guess_line made;
	int rc = LAFZ_OK;
	while (*next < guess->n_made && guess->made[*next].line < line)
		++*next;
	if (*next < guess->n_made && guess->made[*next].line == line)
		made = guess->made[*next];
	else
		rc = make_pieces(stream, line, pieces, &made);
	if (rc < 0)
		return rc;
	struct pieces own = pieces_part(pieces, made.first, made.end);
	const int n_runs = run_guess(&stream->run, mem_of(stream), segment, &own);
	return n_runs < 0 ? n_runs
	                  : text_kept_add(&stream->text.kept, mem_of(stream), number, (uint32_t)n_runs, &own, segment->start);
}

static int guess_lines(struct lafz_stream *stream, struct text_guess *guess, struct pieces *pieces)
{
	struct run_atoms atoms = {.atoms = &stream->atoms, .sets = guess->sets, .ends = guess->ends};
	size_t next = 0;
	int rc = text_kept_begin(&stream->text.kept, mem_of(stream), stream->segments.n);
	for (size_t line = 0; rc == LAFZ_OK; line++) {
		rc = run_atoms(&stream->run, mem_of(stream), &stream->segments, &atoms, stream->text.kept.lines, &line);
		if (rc != RUN_ASKS)
			break;
		rc = guess_line(stream, guess, line, line, pieces, &next);
	}
	return rc;
}

/* The same with the easy lines between them. */
static int guess_rest(struct lafz_stream *stream, struct text_guess *guess, struct pieces *pieces)
{
	const struct run_atoms atoms = {.atoms = &stream->atoms, .sets = guess->sets, .ends = guess->ends};
	struct easy_guess *const easy = &stream->text.easy_guess;
	size_t next = 0;
	int rc = easy_guess_begin(stream, &atoms);
	if (rc == LAFZ_OK)
		rc = text_kept_begin(&stream->text.kept, mem_of(stream), easy->lines.n);
	for (size_t line = 0; rc == LAFZ_OK; line++) {
		rc = easy_guess_lines(stream, pieces, &line);
		if (rc != RUN_ASKS)
			break;
		rc = guess_line(stream, guess, easy->n_rest, easy->number, pieces, &next);
		easy->n_rest++;
	}
	return rc;
}

int text_guess(struct lafz_stream *stream, const struct text_lines_request *request)
{
	const struct lafz_allocator *const mem = mem_of(stream);
	const struct segments *const segments = &stream->segments;
	const struct rest *const rest = &stream->text.rest;
	const bool is_rest = rest->n_inserts > 0;
	/* pieces of an easy line: fewer than bytes */
	const size_t most = request->n_atoms + (is_rest ? rest->source_len : 0) + SCAN_SLACK;
	struct text_guess *const guess = &stream->text.guess;
	struct pieces pieces;
	batch_begin(&stream->batch);
	int rc = reserve(guess, mem, request->n_atoms);
	if (rc == LAFZ_OK)
		rc = tokens_reserve(&stream->batch.tokens, mem, most);
	if (rc == LAFZ_OK) {
		pieces = tokens_pieces(&stream->batch.tokens);
		if (segments->n > 0)
			rc = entity_begin(&stream->entity, mem, segments, &pieces, &stream->busy);
	}
	if (rc == LAFZ_OK) {
		find_known(guess, request);
		rc = make_unknown(stream, guess, request->n_atoms, &pieces);
	}
	if (rc == LAFZ_OK)
		rc = is_rest ? guess_rest(stream, guess, &pieces) : guess_lines(stream, guess, &pieces);
	return rc < 0 ? stream_fail(stream, rc, stream->window.offset) : LAFZ_OK;
}

void text_guess_free(struct text_guess *guess, const struct lafz_allocator *mem)
{
	mem_free(mem, guess->sets);
	mem_free(mem, guess->alone);
	mem_free(mem, guess->unknown);
	mem_free(mem, guess->ends);
	mem_free(mem, guess->made);
	*guess = (struct text_guess){0};
}
