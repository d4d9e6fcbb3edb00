/*
 * easy_make_function for files that are compiled for BMI2 and have calm_up_to, calm_tails, calm_equal and calm_from (norm/calm_wide.h), easy_small_letters
 * (text/easy_wide.h) and these, which may write up to EASY_MAKE_SLACK entries in all:
 *
 *	void easy_put_places(bits, add, out)        the places of the bits plus a number
 *	void easy_put_ranks(bits, add, out)         how many zeros are below each bit, plus a number
 *	void easy_put_kinds(tokens, first, n, marks, script)  kinds and scripts of n tokens from one on, of which these are marks
 *	void easy_put_flags(flags, n, first, second)  those of n tokens, each the flag of some of them
 */
#ifndef LAFZ_TEXT_EASY_MAKE_H
#define LAFZ_TEXT_EASY_MAKE_H

#include <immintrin.h>
#include <string.h>

#include "base/bits.h"
#include "text/easy.h"
#include "text/easy_blocks.h"

/* What a block must know of the one before it: words and tokens that end with it, and whether such a word holds what has a flag. */
struct easy_made {
	uint64_t words, filled, flagged, upper, lower, accents;
};

/* Behind which words that hold some bytes end. */
static inline uint64_t easy_ends_with(uint64_t words, uint64_t bytes, uint64_t *before)
{
	return easy_through(words, bytes & words, before);
}

/* Adds marks that begin in a block, and words right before them, to the list of busy pieces. first is the first piece. */
static inline void easy_put_joining(uint64_t marks, uint64_t behind_word, uint64_t starts, size_t first, struct busy *busy)
{
	const uint64_t joining = _pext_u64(marks & behind_word, starts);
	if (joining & 1)
		busy->at[busy->n++] = (uint32_t)(first - 1) << BUSY_BITS | BUSY_ANY;
	for (uint64_t left = _pext_u64(marks, starts) | joining >> 1; left != 0; left &= left - 1)
		busy->at[busy->n++] = (uint32_t)(first + (size_t)__builtin_ctzll(left)) << BUSY_BITS | BUSY_ANY;
}

/* Flags of tokens that end before some bytes, words of Arabic script and marks; first is the first one. */
static inline void easy_put_zwnj(const struct easy_making *now, const char *s, uint64_t words, uint64_t ends, size_t first,
                                 struct easy_made *before)
{
	const uint64_t zwnj = easy_ends_with(words, calm_equal(s, 0xE2), &before->flagged);
	easy_put_flags(now->tokens->flags + first, (size_t)_mm_popcnt_u64(ends), (struct easy_flagged){_pext_u64(zwnj, ends), LAFZ_FLAG_ZWNJ},
	               (struct easy_flagged){0, LAFZ_FLAG_ZWNJ});
}

/* The same of Latin script. Of words with letters beyond ASCII and no small ones in it it is asked. */
static inline void easy_put_cases(const struct easy_making *now, const char *s, uint64_t words, uint64_t ends, size_t first,
                                  struct easy_made *before)
{
	uint16_t *const flags = now->tokens->flags + first;
	const uint64_t apostrophes = calm_equal(s, '\'') | calm_equal(s, 0xE2);
	const uint64_t contractions = easy_ends_with(words, apostrophes, &before->flagged);
	const uint64_t upper = easy_ends_with(words, calm_from(s, 'A', 'Z' - 'A'), &before->upper);
	const uint64_t lower = easy_ends_with(words, easy_small_letters(s), &before->lower);
	const uint64_t accents = easy_ends_with(words, calm_from(s, 0xC3, 2), &before->accents);
	easy_put_flags(flags, (size_t)_mm_popcnt_u64(ends), (struct easy_flagged){_pext_u64(contractions, ends), LAFZ_FLAG_CONTRACTION},
	               (struct easy_flagged){_pext_u64(upper & ~lower, ends), LAFZ_FLAG_UPPER});
	for (uint64_t left = _pext_u64(accents & ~lower, ends); left != 0; left &= left - 1)
		easy_ask_case(now, first + (size_t)__builtin_ctzll(left));
}

__attribute__((always_inline)) static inline void easy_make_in(const struct easy_making *now, uint32_t from, uint32_t to,
                                                               struct easy_lines *lines, bool is_latin)
{
	const struct tokens tokens = *now->tokens; /* no write to a column can change it */
	const struct easy_bits *const bits = now->bits;
	uint32_t *const ends_of_lines = lines->ends, *const token_ends = lines->token_ends;
	struct easy_made before = {0};
	size_t n = tokens.n, n_ends = n, n_lines = lines->n;
	char edge[64];
	for (size_t k = from / 64; 64 * k < to; k++) {
		const char *s = now->text + 64 * k;
		if (now->len - 64 * k < sizeof edge) {
			memset(edge, 0, sizeof edge);
			memcpy(edge, s, now->len - 64 * k);
			s = edge;
		}
		const uint32_t at = (uint32_t)(64 * k);
		const uint64_t own = bits_between(k, from, to), line_ends = bits[k].ends & own;
		const uint64_t words = bits[k].words & own, filled = ~calm_up_to(s, ' ') & own;
		const uint64_t marks = filled & ~words & ~calm_tails(s);
		const uint64_t behind_word = words << 1 | before.words;
		const uint64_t starts = (words & ~behind_word) | marks;
		const uint64_t ends = (filled << 1 | before.filled) & (~filled | starts);
		/* a hyphen; or the full stop of a title, which is not put apart as others are */
		const uint64_t joining = marks & (is_latin ? calm_equal(s, '.') & ~bits[k].edits : calm_equal(s, '-'));
		const size_t n_own = (size_t)_mm_popcnt_u64(starts), n_own_ends = (size_t)_mm_popcnt_u64(ends);
		easy_put_places(starts, at, tokens.start + n);
		easy_put_places(ends, at, tokens.end + n_ends);
		easy_put_kinds(&tokens, n, n_own, _pext_u64(marks, starts), is_latin ? UCD_SCRIPT_LATN : UCD_SCRIPT_ARAB);
		if (is_latin)
			easy_put_cases(now, s, words, ends, n_ends, &before);
		else
			easy_put_zwnj(now, s, words, ends, n_ends, &before);
		if (joining != 0)
			easy_put_joining(joining, behind_word, starts, n, now->busy);
		easy_put_places(line_ends, at + 1, ends_of_lines + n_lines);
		easy_put_ranks(_pext_u64(line_ends, starts | line_ends), (uint32_t)n, token_ends + n_lines);
		n += n_own;
		n_ends += n_own_ends;
		n_lines += (size_t)_mm_popcnt_u64(line_ends);
		before.words = words >> 63;
		before.filled = filled >> 63;
	}
	now->tokens->n = n;
	lines->n = n_lines;
}

static inline void easy_make(const struct easy_making *now, uint32_t from, uint32_t to, struct easy_lines *lines)
{
	if (now->is_latin)
		easy_make_in(now, from, to, lines, true);
	else
		easy_make_in(now, from, to, lines, false);
}

#endif
