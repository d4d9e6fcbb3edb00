/*
 * Where sentences end inside a line that is plain but for marks that may end one: the rules of sentences themselves
 * (sentence/sentence.h) are asked, of the few tokens beside such a mark, made of atoms for this. What they say holds if they
 * have looked at none that is not there.
 */
#ifndef LAFZ_TEXT_ENDS_H
#define LAFZ_TEXT_ENDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text_lines_request;

struct text_ends {
	/* Of 64 atoms each; owned by struct text_lines. */
	const uint64_t *hard;  /* atoms of which it is not known what tokens they make */
	uint64_t *odd; /* atoms of tokens that are of another kind than they look like; none stands before a full stop that is of none of the kinds rules look for there */
	const uint64_t *glued; /* tokens that no white space stands before */
	uint64_t *asked;       /* tokens that rules of sentences look at */
	uint64_t *breaks;      /* first atoms of sentences that begin inside a line */
	/* Where it stands. */
	size_t line, begin; /* the first atoms of the last line that is known, and of its last sentence that is */
};

/*
 * Asks the rules about a token, whose first atom this is. True if they have an answer: the break is noted, if there is one, and
 * no atom in front of it is asked about any more. To be called for those of a line in their order, and only in lines that
 * are plain up to there, or from the last call of text_ends_begin on.
 */
bool text_ends_ask(struct text_ends *ends, const struct text_lines_request *request, size_t atom);

/*
 * Whether a sentence ends with a mark that is asked about, whatever stands before what is right beside it, unless a bracket is open;
 * *next: the first atom of the next one.
 */
bool text_ends_are_sure(const struct text_ends *ends, const struct text_lines_request *request, size_t mark, size_t *next);

/* A sentence begins with an atom inside a line; what is before it is not looked at any more. */
void text_ends_begin(struct text_ends *ends, size_t atom);

#endif
