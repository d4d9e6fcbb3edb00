/*
 * Which lines of a region are plain, so that they can be written without their tokens: all atoms are tokens by themselves
 * (entity/alone.h), no rule of words or sentences has anything to say of them, norm is known of every word, and white space
 * is one space between two tokens, or before a line end.
 */
#ifndef LAFZ_TEXT_LINES_H
#define LAFZ_TEXT_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "norm/calm.h"
#include "norm/norm.h"
#include "scan/atom.h"
#include "text/ends.h"
#include "text/sift.h"
#include "word/lists.h"

struct alone;

/* What lines are told by. */
struct text_lines_request {
	const char *text;
	uint32_t len;  /* bytes of closed segments */
	uint32_t room; /* bytes that may be read */
	const struct atoms *atoms;
	size_t n_atoms; /* of closed segments */
	const struct alone *alone; /* of each 64 atoms, if it is known; NULL: it is not */
	bool has_smile; /* the text may hold an emoticon of letters */
	uint16_t lang;  /* of all words in its script */
	struct lists_filters *filters;
	sift_function *sift;
	const struct fold_table *table;
	const struct calm_sieve *sieve;
	struct norm *norm; /* for words that are not calm */
};

/* A word whose norm differs from it. */
struct text_change {
	uint32_t start, end; /* bytes of the text */
	size_t off, len;     /* of lines->changed */
};

struct text_lines {
	/* Of 64 atoms each. Owned, by one block. */
	uint64_t *hard;  /* atoms that a plain line does not hold */
	/* tokens that no white space stands before, which get a space; line ends with a space before, which lose it */
	uint64_t *glued;
	struct text_ends ends; /* sentences inside a line */
	size_t cap;
	size_t n_chunks; /* that text_chunks_settle has looked at */
	/* Of 64 bytes each (sift.h), of lines in one language, the first of which begins there. Owned, by one block. */
	struct sift_bits bits;
	size_t bits_cap;
	uint32_t sifted;
	/* Bytes that a plain line does not hold, the first from somewhere on. */
	uint32_t hard_at, odd_at, calm_at;
	/* Where two marks change places, by the second; some are in other lines, or in words that change otherwise. */
	uint32_t *turns; /* owned */
	size_t n_turns, turns_cap;
	/* Words that change otherwise; some are in other lines, too. Owned. */
	struct text_change *changes;
	size_t n_changes, changes_cap;
	struct buf changed;
};

/* Whether white space is one no-break space, which a plain line may hold between two tokens. */
bool text_lines_is_space(const char *s, size_t len);

/* The atom that holds a byte, no earlier than one; it is found soonest if it is near that. */
size_t text_lines_atom(const struct text_lines_request *request, size_t low, uint32_t at);

/* Begins a text of so many atoms, of which none is looked at yet. LAFZ_OK or LAFZ_ERR_MEMORY. */
int text_lines_begin(struct text_lines *lines, const struct lafz_allocator *mem, size_t n_atoms);

/*
 * Looks at the atoms from one, with which a line begins, to request->n_atoms. Lines in another language may lie before and behind
 * these, and are asked for by another request: these first. LAFZ_OK or LAFZ_ERR_MEMORY.
 */
int text_lines_mark(struct text_lines *lines, const struct lafz_allocator *mem,
                    const struct text_lines_request *request, size_t atom);

/*
 * *stop: the first byte that is in no plain line, from where a line begins, or what is behind a part of one (text/parts.h): with that
 * atom, at that byte; request->len if there is none. A line in front of it is plain. Asked for places in their order. LAFZ_OK or LAFZ_ERR_MEMORY.
 */
int text_lines_stop(struct text_lines *lines, const struct lafz_allocator *mem,
                    const struct text_lines_request *request, size_t atom, uint32_t at, uint32_t *stop);

/* To be called when all lines are told apart. LAFZ_OK or LAFZ_ERR_MEMORY. */
int text_lines_end(struct text_lines *lines, const struct lafz_allocator *mem);

/* Where copying has come to in the lists of struct text_lines. */
struct text_next {
	size_t turn, change;
};

/*
 * Appends plain lines, those of the atoms from one to another, one stretch after the other; the first and the last may be what is
 * behind or before a part of its line. *next is zeroed before the first stretch.
 * LAFZ_OK or LAFZ_ERR_MEMORY.
 */
int text_lines_copy(const struct text_lines *lines, const struct lafz_allocator *mem,
                    const struct text_lines_request *request, size_t atom, size_t end,
                    struct text_next *next, struct buf *out);

void text_lines_free(struct text_lines *lines, const struct lafz_allocator *mem);

#endif
