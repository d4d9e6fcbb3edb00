/*
 * easy_find_function for languages of Latin script other than English, behind easy_wide.h, for files that have a function
 *
 *	struct easy_latin_block easy_latin_block(wide, s, before, bits)    what there is in a block
 *	uint64_t easy_elided(wide, s)    of letters of ASCII those that are words before an apostrophe; others that are no letters, too
 *	uint64_t easy_qu(s)              q or Q before u
 *	uint64_t easy_kept(s)            o before n; e, two bytes and a hyphen
 *
 * of their instructions.
 */
#ifndef LAFZ_TEXT_EASY_LATIN_H
#define LAFZ_TEXT_EASY_LATIN_H

#include "text/easy_wide.h"

/* First bytes of letters behind apostrophes: which are words of their own for sure, and of which lists are asked. */
struct easy_elision {
	uint64_t apart, asked;
};

/*
 * elision: a letter that elides, or French qu, between white space and an apostrophe, as nearly all are. Of what else stands before one lists
 * are asked, and of on and est- behind it (lists_keeps_elision), which are told by two of their letters. behind: bytes behind apostrophes.
 */
static inline struct easy_elision easy_elide(const struct easy_wide *wide, const char *s, const struct easy_latin_block *now,
                                             uint64_t behind, struct easy_before *before)
{
	const uint64_t begins = now->ascii & now->behind_white;
	const uint64_t qu = wide->elides_qu ? begins & easy_qu(s) : 0;
	const uint64_t elided = (begins & easy_elided(wide, s)) | qu << 1 | before->qu;
	const uint64_t from = (elided << 1 | before->elided) & now->inner;
	const uint64_t apart = easy_through(now->inner_bytes, from, &before->elides) & now->letters & ~easy_kept(s);
	before->elided = elided >> 63;
	before->qu = qu >> 63;
	return (struct easy_elision){apart, behind & now->letters & ~apart};
}

static inline uint64_t easy_latin(const struct easy_wide *wide, const char *s, struct easy_before *before,
                                  struct easy_bits *bits)
{
	const struct easy_latin_block now = easy_latin_block(wide, s, before, bits);
	const uint64_t behind = now.inner_bytes << 1 | before->inner_byte;
	const struct easy_elision elision = wide->has_elision ? easy_elide(wide, s, &now, behind, before) : (struct easy_elision){0, 0};
	const uint64_t unsure = easy_through(now.letters, behind & ~now.inner_bytes, &before->inner) & now.inner;
	/* a hyphen joins as an apostrophe does, but languages are told of its two words, and there may be several */
	const uint64_t rows = easy_second_inner(bits->words, now.hyphens, now.hyphens, &before->row);
	const uint64_t hyphens = wide->asks_hyphens ? now.hyphens : rows;
	before->inner_byte = now.inner_bytes >> 63;
	bits->bad |= unsure;
	if (wide->goes_on_small)
		bits->bad &= ~(now.going_on & easy_small_letters(s + 1));
	bits->edits |= elision.apart;
	return now.asked | (hyphens & ~bits->bad) | elision.asked;
}

#endif
