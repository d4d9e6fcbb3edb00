/*
 * White space that easy lines may hold and copies of them do not: CR before LF, a space where a line begins, spaces where it ends, all
 * but the last of several. The look at all blocks takes it for bad and counts it; where a text has much of it, the blocks with
 * something bad are looked at once more. For files that include easy_wide.h.
 */
#ifndef LAFZ_TEXT_EASY_WHITE_H
#define LAFZ_TEXT_EASY_WHITE_H

#include <string.h>

#include "text/easy.h"

static inline bool easy_is_white(char c)
{
	return (unsigned char)c <= ' ' && c != '\n';
}

/*
 * White space behind white space that is not LF, of which there is none in a block without anything bad: blank lines are no reason to
 * look once more. is_first: no byte is before the block.
 */
static inline uint32_t easy_rows(const char *s, uint64_t ends, bool is_first)
{
	const uint64_t white = calm_up_to(s, ' '), before = !is_first && easy_is_white(s[-1]);
	return (uint32_t)_mm_popcnt_u64(white & ((white & ~ends) << 1 | before));
}

/* Whether these are many in all blocks of a text. NUL behind it were counted, too. */
static inline bool easy_rows_are_many(uint32_t n_rows, const char *text, uint32_t len)
{
	const uint32_t behind = (uint32_t)(CALM_WIDE * easy_blocks(len)) - len;
	const bool is_last_white = len > 0 && easy_is_white(text[len - 1]);
	return easy_white_pays(n_rows - (behind - 1) - is_last_white, len);
}

/* What is behind these two bytes. */
static inline uint64_t easy_behind_two(const char *s, unsigned char first, unsigned char second)
{
	return calm_equal(s - 2, first) & calm_equal(s - 1, second);
}

static inline uint64_t easy_behind_stop(const char *s)
{
	return calm_equal(s - 1, '.') | calm_equal(s - 1, '!') | calm_equal(s - 1, '?') | easy_behind_two(s, 0xD8, 0x9F) |
	       easy_behind_two(s, 0xDB, 0x94);
}

/*
 * Words, commas and semicolons. What is neither, nor a stop, and not in ASCII is bad by itself, but for the hyphens, quotes and dashes
 * of some languages, and ZWNJ: white space behind these is one space between two words; or, of Arabic script, what a word ends with.
 */
static inline uint64_t easy_behind_text(const struct easy_sieve *sieve, const char *s)
{
	const uint64_t general = sieve->is_latin ? calm_equal(s - 3, 0xE2) & calm_equal(s - 2, 0x80) : 0;
	return calm_equal(s - 1, ',') | calm_equal(s - 1, ';') | easy_ascii_letters(s - 1) | (calm_beyond(s - 1) & ~general);
}

/* Looks at a block with something bad. Returns what is left out. */
static inline uint64_t easy_leave_out(const struct easy_sieve *sieve, const char *s, struct easy_bits *bits)
{
	const uint64_t spaces = calm_equal(s, ' '), ends = bits->ends, crs = calm_equal(s, '\r');
	const uint64_t before_lf = calm_equal(s + 1, '\n'), before_end = before_lf | calm_equal(s + 1, '\r');
	const uint64_t before_white = before_end | calm_equal(s + 1, ' ');
	const uint64_t behind_space = calm_equal(s - 1, ' '), behind_stop = easy_behind_stop(s);
	const uint64_t behind_text = (easy_behind_text(sieve, s) & ~behind_stop) | behind_space;
	const uint64_t left_out = (crs & before_lf & (behind_text | behind_stop)) |
	                          (spaces & ((before_white & behind_text) | (before_end & behind_stop) |
	                                     (calm_equal(s - 1, '\n') & ~before_white)));
	bits->bad &= ~(left_out | (spaces & behind_space & ~before_white) | (ends & (behind_space | calm_equal(s - 1, '\r'))));
	bits->bad |= spaces & before_white & ~left_out;
	bits->edits |= left_out;
	return left_out;
}

/*
 * Looks at the blocks of a text that have something bad. Where what is left out stands behind a full stop, its place
 * is written in Latin script, in any order. Returns the place behind those written.
 */
static inline uint32_t *easy_white(const struct easy_sieve *sieve, const char *text, uint32_t len, struct easy_bits *bits, uint32_t *out)
{
	enum { READ = CALM_WIDE + EASY_BEHIND };
	const size_t n = easy_blocks(len);
	for (size_t k = 0; k < n; k++) {
		char own[CALM_WIDE + READ];
		const char *s = text + CALM_WIDE * k;
		const size_t left = len - CALM_WIDE * k;
		if (bits[k].bad == 0)
			continue;
		if (k == 0 || left < READ) {
			memset(own, 0, sizeof own);
			own[CALM_WIDE - 1] = '\n';
			if (k > 0)
				memcpy(own, s - CALM_WIDE, CALM_WIDE);
			memcpy(own + CALM_WIDE, s, left < READ ? left : READ);
			s = own + CALM_WIDE;
		}
		const uint64_t left_out = easy_leave_out(sieve, s, &bits[k]);
		/* the last space of the block before looked like one between words; behind a quote or a dash it is no other */
		if (k > 0 && s[-1] == ' ' && (*s == ' ' || *s == '\n' || *s == '\r')) {
			const uint64_t behind_stop = easy_behind_stop(s - 1), ends = *s != ' ' ? behind_stop : 0;
			const uint64_t is_known = (easy_behind_text(sieve, s - 1) & ~behind_stop) | ends | calm_equal(s - 2, ' ');
			*(is_known & 1 ? &bits[k - 1].edits : &bits[k - 1].bad) |= UINT64_C(1) << (CALM_WIDE - 1);
		}
		if (sieve->is_latin)
			out = easy_write(left_out & calm_equal(s - 1, '.'), (uint32_t)(CALM_WIDE * k), out);
	}
	return out;
}

#endif
