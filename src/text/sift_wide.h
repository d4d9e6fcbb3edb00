/*
 * sift_plain 64 bytes at a time and without a branch on what they are but for the first two looks, for files that have the functions
 * of norm/calm_wide.h and these for their instructions:
 *
 *	uint64_t calm_equal(s, byte)    the bytes that are that one
 *	uint64_t calm_up_to(s, byte)    those that are not above it
 *	uint64_t calm_tails(s)          80 to BF
 *
 * SIFT_LOOKS_FIRST, 1 if blocks that hold nothing but letters are to be told first, where the other looks cost more than a branch that
 * is not foreseen; and sift_inner, which tells ZWNJ between letters: if such blocks are told first, none.
 */
#ifndef LAFZ_TEXT_SIFT_WIDE_H
#define LAFZ_TEXT_SIFT_WIDE_H

#include <string.h>

#include "norm/calm_wide.h"
#include "text/sift.h"

/* What a block must know of the one before it. */
struct sift_before {
	uint64_t white, ends; /* 1: a space or LF stands before it; LF */
	uint64_t marks;       /* whether marks begin 2 bytes before it (1) and 1 byte (2) */
	uint64_t behind;      /* the same for marks behind a mark */
	uint64_t joins;       /* and for letters that join */
};

/* ZWNJ that are calm as far as the block tells, by first bytes. */
static inline uint64_t sift_inner(const struct wide *wide, const char *s, struct sift_before *before);

static inline uint64_t sift_odd(const char *s, struct sift_before *before)
{
	const uint64_t up_to = calm_up_to(s, ' '), spaces = calm_equal(s, ' '), ends = calm_equal(s, '\n');
	const uint64_t white = spaces | ends, controls = up_to & ~white;
	const uint64_t behind_end = ends << 1 | before->ends;
	uint64_t odd = controls | (spaces & (white << 1 | before->white)) | (ends & behind_end);
	if (controls != 0) {
		const uint64_t end_next = ends >> 1 | (uint64_t)(s[64] == '\n') << 63;
		odd &= ~(calm_equal(s, '\r') & end_next & ~behind_end);
	}
	before->white = white >> 63;
	before->ends = ends >> 63;
	return odd;
}

static inline uint64_t sift_restless(const struct wide *wide, const char *s, struct sift_before *before, uint64_t *pairs)
{
	const uint64_t beyond = calm_beyond(s);
	if (beyond == 0) {
		before->marks = before->behind = before->joins = 0;
		*pairs = 0;
		return 0;
	}
	const uint64_t quiet = calm_quiet(wide, s), left = beyond & ~(calm_tails(s) | quiet);
	if (SIFT_LOOKS_FIRST && left == 0) {
		before->marks = before->behind = before->joins = 0;
		*pairs = 0;
		return 0;
	}
	const uint64_t marks = calm_marks(wide, s), inner = sift_inner(wide, s, before);
	const uint64_t behind = marks & (marks << 2 | before->marks);
	const uint64_t third = behind & (behind << 2 | before->behind);
	const uint64_t restless = left & ~((marks & ~third) | calm_latin(s) | calm_punct(s) | inner);
	before->marks = marks >> 62;
	before->behind = behind >> 62;
	*pairs = behind & ~third;
	return restless;
}

static inline void sift_wide(const struct wide *wide, const struct sift_text *text, const struct sift_bits *bits)
{
	enum { READ = CALM_WIDE + CALM_WIDE_BEHIND };
	const size_t len = text->len, words = sift_words(text->len);
	/* blocks that are read in place; what is left has letters behind it */
	const size_t whole = len >= READ ? (len - READ) / CALM_WIDE + 1 : 0;
	struct sift_before before = {.white = 1, .ends = 1};
	char rest[CALM_WIDE + READ];
	memset(rest, 'x', sizeof rest);
	memcpy(rest, text->text + CALM_WIDE * whole, len - CALM_WIDE * whole);
	for (size_t k = 0; k < words; k++) {
		const char *const s = k < whole ? text->text + CALM_WIDE * k : rest + CALM_WIDE * (k - whole);
		bits->odd[k] = sift_odd(s, &before);
		bits->restless[k] = sift_restless(wide, s, &before, &bits->pairs[k]);
	}
	bits->odd[len / 64] |= (uint64_t)1 << len % 64;
	bits->restless[len / 64] |= (uint64_t)1 << len % 64;
}

#endif
