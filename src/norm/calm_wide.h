/*
 * calm_len 64 bytes at a time, for files that have these functions for their instructions. Each answers for the characters that
 * begin in the 64 bytes at s, a bit for each byte; up to CALM_WIDE_BEHIND bytes more are read.
 *
 *	uint64_t calm_beyond(s)        the bytes that are not ASCII
 *	uint64_t calm_quiet(wide, s)   the first bytes of characters in the sieve's set of that name
 *	uint64_t calm_marks(wide, s)   the same
 *	uint64_t calm_changes(wide, s) the same
 *	uint64_t calm_latin(s)         the first bytes of U+00C0 to U+02FF
 *	uint64_t calm_punct(s)         the first bytes of U+2010 to U+2027
 *	uint64_t calm_inner(wide, s)   those of ZWNJ between two letters of which the first joins, or fewer; all of it is in the block
 *
 * Mostly the first two say all. What none of them knows is the matter of calm_char.
 */
#ifndef LAFZ_NORM_CALM_WIDE_H
#define LAFZ_NORM_CALM_WIDE_H

#include <stdint.h>
#include <string.h>

#include "norm/calm.h"

#define CALM_WIDE 64
#define CALM_WIDE_BEHIND 2

/* What a block must know of the one before it. */
struct calm_before {
	uint64_t tails; /* its first bytes that belong to a calm character of that one */
	uint64_t marks; /* whether marks begin 2 bytes before it (1) and 1 byte (2) */
	uint64_t pairs; /* the same for marks behind a mark */
	bool has_joiners; /* one had a calm ZWNJ: then all are asked at once, for where there are some, which have one cannot be foreseen */
};

/* Notes characters, by bits, if there is room for as many as a block may have; else none. Returns those noted. */
static inline uint64_t calm_note(struct calm_noted *list, size_t i, uint64_t bits)
{
	if (!list || list->n > CALM_NOTED - CALM_WIDE / 2)
		return 0;
	uint32_t *at = list->at + list->n;
	const uint64_t all = bits, last = UINT64_C(1) << (CALM_WIDE - 1); /* so that there is one */
	list->n += (size_t)__builtin_popcountll(bits);
	/* mostly there are two at most: no branch to guess */
	at[0] = (uint32_t)(i + (size_t)__builtin_ctzll(bits | last));
	bits &= bits - 1;
	at[1] = (uint32_t)(i + (size_t)__builtin_ctzll(bits | last));
	for (bits &= bits - 1, at += 2; bits != 0; bits &= bits - 1)
		*at++ = (uint32_t)(i + (size_t)__builtin_ctzll(bits));
	return all;
}

/* The bytes of a block at which a ZWNJ may stand with a letter behind it, of which so many bytes are left. */
static inline uint64_t calm_first(size_t left)
{
	enum { BOTH = 5 };
	if (left > CALM_WIDE)
		return ~UINT64_C(0);
	return left >= BOTH ? (UINT64_C(1) << (left - BOTH + 1)) - 1 : 0;
}

/* ZWNJ that is calm. The letter behind it must be there, not only what can be read. */
static inline uint64_t calm_joiners(const struct wide *wide, const char *s, size_t left)
{
	return calm_inner(wide, s) & calm_first(left);
}

/* The bytes of the block at i, which can be read at s, that are not calm, though it has some letters. */
static inline uint64_t calm_stops(const struct wide *wide, const char *s, size_t i, size_t left,
                                  uint64_t beyond, struct calm_before *before,
                                  struct calm_noted *list)
{
	const bool has_joiners = before->has_joiners;
	const uint64_t quiet = calm_quiet(wide, s);
	uint64_t stops = beyond & ~(quiet | quiet << 1 | before->tails), joiners = 0;
	if (has_joiners) {
		joiners = calm_joiners(wide, s, left);
		stops &= ~(joiners | joiners << 1 | joiners << 2);
	}
	if (stops == 0) {
		*before = (struct calm_before){quiet >> 63, 0, 0, has_joiners};
		return 0;
	}
	/* all of them before anything is noted: no write can change what they have read */
	const uint64_t marks = calm_marks(wide, s), punct = calm_punct(s), latin = calm_latin(s), changes = calm_changes(wide, s);
	if (!has_joiners)
		joiners = calm_joiners(wide, s, left);
	const uint64_t three = punct | joiners;
	/* a mark behind a mark may stand in the wrong order; rows of three are looked at one by one */
	const uint64_t behind = marks & (marks << 2 | before->marks);
	const uint64_t noted = calm_note(list, i, (behind & ~(behind << 2 | before->pairs)) | changes);
	const uint64_t two = (marks & ~behind) | noted | latin;
	stops &= ~(two | two << 1 | three | three << 1 | three << 2);
	before->tails = (quiet | two | punct) >> 63 | punct >> 62;
	before->marks = marks >> 62;
	before->pairs = behind >> 62;
	before->has_joiners = has_joiners || joiners != 0;
	return stops;
}

/* What is left when all bytes are calm: not the beginning of a character that is cut off. */
static inline size_t calm_whole(const char *text, size_t len)
{
	if (len >= 1 && (unsigned char)text[len - 1] >= 0xC0)
		return len - 1;
	return len >= 2 && (unsigned char)text[len - 2] >= 0xE0 ? len - 2 : len;
}

/*
 * Passes over those of a block's stops that are calm on a closer look. Returns how many bytes of the block come before the
 * first that is not; CALM_WIDE: none is left.
 */
static inline size_t calm_look_again(const struct fold_table *table, const char *text, size_t i,
                                     size_t len, uint64_t stops, struct calm_before *before,
                                     struct calm_noted *list)
{
	while (stops != 0) {
		const size_t stop = (size_t)__builtin_ctzll(stops);
		const size_t n = calm_char(table, text, i + stop, len, list);
		if (n == 0)
			return stop;
		if (stop + n >= CALM_WIDE) {
			before->tails = (UINT64_C(1) << (stop + n - CALM_WIDE)) - 1;
			return CALM_WIDE;
		}
		stops &= ~UINT64_C(0) << (stop + n);
	}
	return CALM_WIDE;
}

static inline size_t calm_wide(const struct wide *wide, const struct fold_table *table,
                               const char *text, size_t len, size_t room, struct calm_noted *list)
{
	enum { READ = CALM_WIDE + CALM_WIDE_BEHIND };
	struct calm_before before = {0, 0, 0, false};
	char last[READ];
	for (size_t i = 0; i < len; i += CALM_WIDE) {
		const size_t left = len - i;
		const char *s = text + i;
		if (room - i < READ) {
			memset(last, 0, sizeof last);
			memcpy(last, s, room - i);
			s = last;
		}
		uint64_t stops = calm_beyond(s);
		if (stops != 0)
			stops = calm_stops(wide, s, i, left, stops, &before, list);
		else
			before = (struct calm_before){0, 0, 0, before.has_joiners};
		if (left < CALM_WIDE)
			stops &= (UINT64_C(1) << left) - 1;
		if (stops != 0) {
			const size_t calm = calm_look_again(table, text, i, len, stops, &before,
			                                    list);
			if (calm < CALM_WIDE)
				return i + calm;
		}
	}
	return calm_whole(text, len);
}

#endif
