/*
 * What the rules of words and sentences say of atoms in one language, 64 at a time: which of them a plain line (text/lines.h)
 * may hold, and where spaces are to be put. Each rule is told from its own file; where it would need more than a look at the atoms
 * beside, the atom is hard.
 */
#ifndef LAFZ_TEXT_MARKS_H
#define LAFZ_TEXT_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bits.h"
#include "text/lines.h"

/* The language, and what goes on from 64 atoms to the next. */
struct text_marking {
	uint16_t latin, arabic; /* the language of words in these scripts */
	const uint64_t *filter; /* of abbreviations in Latin script */
	bool has_elision;       /* words that end with an apostrophe */
	uint64_t opening;       /* all ones: rules are asked what a quote that opens is (glottal-y) */
	uint32_t elided;        /* those of them that are one letter: its bit, from a on */
	bool ends_softly;       /* sentences that end with commas, semicolons or dashes */
	bool has_ordinals; /* numbers that a full stop belongs to */
	/* of the next 64 atoms */
	uint64_t is_inside; /* 1: no white space stands before the first */
	uint64_t taken;     /* 1: the first is a full stop that belongs to the word before it */
};

struct text_marking text_marking_begin(const struct text_lines_request *request);

/* Of 64 atoms. */
struct text_marks {
	uint64_t hard;  /* those that a plain line does not hold */
	uint64_t glued; /* those that get a space before them, or lose it: line ends */
	uint64_t ends;  /* those that rules of sentences are to be asked about (text/ends.h) */
};

/* Looks at the k-th 64 atoms, one after the other. */
struct text_marks text_marks_at(struct text_marking *now, const struct text_lines_request *request, size_t k);

/*
 * Words of several atoms are not known where they lie across the border of two 64 atoms: looks once more at the atoms on both sides
 * of the k-th border, half of 64 each, and puts in what it finds of the nearest TEXT_MARKS_BESIDE.
 */
#define TEXT_MARKS_BESIDE 8

void text_marks_across(const struct text_marking *now, const struct text_lines_request *request, size_t k,
                       struct text_marks *low, struct text_marks *high);

/* Puts in the bits of the atoms beside a border, where middle has its middle. */
static inline void text_marks_put_middle(uint64_t *low, uint64_t *high, uint64_t middle)
{
	const uint64_t last = ~(uint64_t)0 << (64 - TEXT_MARKS_BESIDE), first = bits_below(TEXT_MARKS_BESIDE);
	*low = (*low & ~last) | (middle << 32 & last);
	*high = (*high & ~first) | (middle >> 32 & first);
}

/* Whether that may find anything new: in what sticks together at the border. */
static inline bool text_marks_may_cross(const struct atoms *atoms, size_t k, uint64_t hard_low, uint64_t hard_high)
{
	const struct atom_sets *const low = &atoms->sets[k - 1], *const high = &atoms->sets[k];
	const uint64_t blank_low = ~low->content, within_high = high->content & ~(high->content + 1);
	if (blank_low >> 63 != 0)
		return false;
	/* from the last white space on */
	const uint64_t within_low = blank_low == 0 ? ~(uint64_t)0 : ~(~(uint64_t)0 >> __builtin_clzll(blank_low));
	const uint64_t words = hard_low & (low->word | low->hyphen | low->apostrophe | low->stop | low->full_stop);
	const uint64_t words_high = hard_high & (high->word | high->hyphen | high->apostrophe | high->stop | high->full_stop);
	return ((words & within_low) >> (64 - TEXT_MARKS_BESIDE) |
	        (words_high & within_high) << (64 - TEXT_MARKS_BESIDE)) != 0;
}

#endif
