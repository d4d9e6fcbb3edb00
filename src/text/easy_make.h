/*
 * easy_make_function for files that are compiled for BMI2 and have calm_up_to, calm_tails and calm_equal (norm/calm_wide.h) and these, which may
 * write up to EASY_MAKE_SLACK entries in all:
 *
 *	void easy_put_places(bits, add, out)        the places of the bits plus a number
 *	void easy_put_ranks(bits, add, out)         how many zeros are below each bit, plus a number
 *	void easy_put_kinds(tokens, first, n, marks)  kinds and scripts of n tokens from one on, of which these are marks
 *	void easy_put_flags(flags, n, zwnj)         those of n tokens, of which these hold ZWNJ
 */
#ifndef LAFZ_TEXT_EASY_MAKE_H
#define LAFZ_TEXT_EASY_MAKE_H

#include <immintrin.h>
#include <string.h>

#include "base/bits.h"
#include "text/easy.h"

/* What a block must know of the one before it: words and tokens that end with it, and whether such a word holds ZWNJ. */
struct easy_made {
	uint64_t words, filled, zwnj;
};

/* Behind which words that hold ZWNJ end. Adding a one to a word carries to what is behind it. */
static inline uint64_t easy_zwnj_ends(uint64_t words, uint64_t zwnj, struct easy_made *before)
{
	unsigned long long sum;
	const bool over = __builtin_add_overflow(words, zwnj, &sum);
	const bool over_too = __builtin_add_overflow(sum, before->zwnj, &sum);
	before->zwnj = over | over_too;
	return sum & ~words;
}

/* Adds the hyphens that begin in a block and words right before them to the list of busy pieces. first is the first piece. */
static inline void easy_put_hyphens(uint64_t hyphens, uint64_t behind_word, uint64_t starts, size_t first, struct busy *busy)
{
	const uint64_t joining = _pext_u64(hyphens & behind_word, starts);
	if (joining & 1)
		busy->at[busy->n++] = (uint32_t)(first - 1) << BUSY_BITS | BUSY_ANY;
	for (uint64_t left = _pext_u64(hyphens, starts) | joining >> 1; left != 0; left &= left - 1)
		busy->at[busy->n++] = (uint32_t)(first + (size_t)__builtin_ctzll(left)) << BUSY_BITS | BUSY_ANY;
}

static inline void easy_make(const struct easy_making *now, uint32_t from, uint32_t to, struct easy_lines *lines)
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
		const uint64_t zwnj = easy_zwnj_ends(words, calm_equal(s, 0xE2) & words, &before) & ends;
		const uint64_t hyphens = calm_equal(s, '-') & marks;
		const size_t n_own = (size_t)_mm_popcnt_u64(starts), n_own_ends = (size_t)_mm_popcnt_u64(ends);
		easy_put_places(starts, at, tokens.start + n);
		easy_put_places(ends, at, tokens.end + n_ends);
		easy_put_kinds(&tokens, n, n_own, _pext_u64(marks, starts));
		easy_put_flags(tokens.flags + n_ends, n_own_ends, _pext_u64(zwnj, ends));
		if (hyphens != 0)
			easy_put_hyphens(hyphens, behind_word, starts, n, now->busy);
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

#endif
