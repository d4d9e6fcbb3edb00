/*
 * What the looks of text/easy_words.h have in common, for files that have the functions of norm/calm_wide.h but for those that take a sieve:
 * which lines have words of both scripts.
 */
#ifndef LAFZ_TEXT_EASY_WORDS_WIDE_H
#define LAFZ_TEXT_EASY_WORDS_WIDE_H

#include <immintrin.h>

#include "text/easy_blocks.h"
#include "text/easy_words.h"

/* ---- Scripts ---- */

#define BOTH 3

static inline uint64_t scripts_of(uint64_t latin, uint64_t arabic)
{
	return (uint64_t)(latin != 0) | (uint64_t)(arabic != 0) << 1;
}

/* LF of lines with words of both scripts. */
static uint64_t ends_of_both(uint64_t latin, uint64_t arabic, uint64_t ends, uint64_t *open)
{
	uint64_t bad = 0, behind = ~(uint64_t)0;
	for (uint64_t left = ends; left != 0; left = _blsr_u64(left), *open = 0) {
		const uint64_t own = behind & (_blsi_u64(left) - 1);
		*open |= scripts_of(latin & own, arabic & own);
		bad |= *open == BOTH ? _blsi_u64(left) : 0;
		behind = ~_blsmsk_u64(left);
	}
	*open |= scripts_of(latin & behind, arabic & behind);
	return bad;
}

/* The same; mostly a block is of one script, as the line is that it begins with. */
static inline uint64_t bad_ends(uint64_t latin, uint64_t arabic, uint64_t ends, uint64_t *open)
{
	if (__builtin_expect((*open | scripts_of(latin, arabic)) == BOTH, 0))
		return ends_of_both(latin, arabic, ends, open);
	const uint64_t behind = ends == 0 ? ~(uint64_t)0 : ~(~(uint64_t)0 >> __builtin_clzll(ends));
	*open = (ends == 0 ? *open : 0) | scripts_of(latin & behind, arabic & behind);
	return 0;
}

#endif
