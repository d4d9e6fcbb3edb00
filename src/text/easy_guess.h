/*
 * Languages of a region's easy lines (text/easy.h), told in their order with those of the rest: a line's language counts for
 * the lines behind it. Of which lines are easy the sieve of one language says; where a line turns out to be in another, in
 * several or in none, and it is not easy by what that says, it goes to the rest after all.
 */
#ifndef LAFZ_TEXT_EASY_GUESS_H
#define LAFZ_TEXT_EASY_GUESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "piece.h"
#include "run/atoms.h"
#include "run/bytes.h"
#include "run/model.h"
#include "text/byte_lines.h"
#include "text/easy.h"
#include "text/rest.h"

struct lafz_stream;

struct easy_guess {
	uint16_t langs[REST_LOOKS]; /* that most lines are expected to be in, the one that most are in first */
	size_t n_langs;
	bool is_mixed; /* many lines are in other languages than the first of those */
	/* Of the region. */
	bool by_language; /* lines are told first, and then looked for by the language of each (easy_mixed.h) */
	struct byte_lines lines; /* owned */
	struct run_bytes bytes;
	struct run_line *runs; /* of its lines; owned */
	size_t runs_cap;
	size_t n_rest;   /* lines of the rest that are told */
	size_t n_strays; /* easy ones that go to the rest */
	size_t number;   /* of the line that is to be told by its pieces, among the kept ones */
	struct easy probe; /* one line, by the sieve of another language; owned */
};

/* Which of the languages is to be looked for first in a region. */
size_t easy_guess_first(const struct easy_guess *guess, const char *text, uint32_t len);

/*
 * Notes what languages most of so many lines are in, all of a region or some of it that stand for all, for the next regions: whatever they
 * are, only speed hangs on it.
 */
void easy_guess_note(struct easy_guess *guess, const struct run_line *lines, size_t n, size_t n_all);

/*
 * Begins a region whose easy lines were taken out, and whose rest is the stream's segments, with these atoms: lists its lines.
 * LAFZ_OK or LAFZ_ERR_MEMORY.
 */
int easy_guess_begin(struct lafz_stream *stream, const struct run_atoms *atoms);

/*
 * Tells lines from *line on as far as bits say what they are, and easy ones without bits; the pieces have room behind their
 * last one for those of any line. LAFZ_OK: all are told; RUN_ASKS: *line, which is the rest's line n_rest, is to be told by
 * its pieces, kept with that number, counted, and then the next ones; or LAFZ_ERR_MEMORY. The kept lines are those of the
 * rest and of what goes to it; if by_language all lines.
 */
int easy_guess_lines(struct lafz_stream *stream, const struct pieces *pieces, size_t *line);

/* To be called when all lines of the region are told. */
void easy_guess_end(struct easy_guess *guess);

void easy_guess_free(struct easy_guess *guess, const struct lafz_allocator *mem);

#endif
