/*
 * What is seen in a block, by the operations of blocks.h, for the files of the kernels, which include that first.
 */
#ifndef LAFZ_SCAN_SIGHT_H
#define LAFZ_SCAN_SIGHT_H

#include "gen/scan_tables.h"
#include "scan/decode.h"

#define SIGHT_AHEAD 2048 /* bytes of text that the memory is asked for ahead, across pages; there need be none */

static inline struct block block_twice(struct block x)
{
	return block_add(x, x);
}

static inline struct block block_sieve(const struct scan_sieve *sieve, struct block row,
                                       struct block column)
{
	return block_and(block_look(block_table(sieve->row), row),
	                 block_look(block_table(sieve->column), column));
}

/* Bytes of characters that make rows with their like; each mask has all bytes of a character. */
struct rows {
	uint64_t latin, upper; /* letters; of them those of upper case */
	uint64_t arabic;       /* letters with their marks and ZWNJ */
	uint64_t digit, space, low_line;
};

/* Bytes that have their like before them. */
static inline uint64_t goes_on(uint64_t bytes)
{
	return bytes & bytes << 1;
}

static inline void see_rows(struct sight *sight, const struct rows *rows)
{
	sight->starts = sight->chars &
	                ~(goes_on(rows->latin) | goes_on(rows->arabic) | goes_on(rows->digit) |
	                  goes_on(rows->space) | goes_on(rows->low_line));
	sight->more |= (rows->upper ^ rows->upper << 1) & goes_on(rows->latin);
}

/* What the ways to see characters beyond ASCII have in common. */
struct others {
	struct block bytes, before; /* the bytes, and those one place before them */
	struct block column;        /* in a sieve */
};

/* The rows in a sieve of characters of two bytes. */
static inline struct block row_of_two(const struct others *others)
{
	return block_or(block_twice(block_twice(others->before)),
	                block_and(block_upper(others->bytes), block_all(3)));
}

/* U+0600 to U+06FF. Returns what is not known; like leads and all others here by first bytes. */
static inline uint64_t see_arabic(const struct others *others, uint64_t leads, struct sight *sight,
                                  struct rows *rows)
{
	const uint64_t tails = leads << 1;
	const struct block zero = block_all(0);
	const struct block row = row_of_two(others);
	const struct block kind = block_sieve(&scan_arabic, row, others->column);
	const struct where is_letter = block_above(kind, zero);
	const struct where is_sign = block_equal(
		row, block_look(block_table(scan_arabic_sign_row), others->column));
	struct block code = block_look(block_table(scan_arabic_sign), others->column);
	code = block_pick_high(kind, block_all('0'), code);
	code = block_pick(is_letter, block_all(CODE_ARABIC), code);

	uint64_t letter = where_bits(is_letter) & tails;
	const uint64_t digit = block_high(kind) & tails;
	uint64_t other = tails & ~(letter | digit | where_bits(is_sign));
	if (other) {
		const struct where is_mark = block_above(
			block_sieve(&scan_arabic_marks, row, others->column), zero);
		const uint64_t mark = where_bits(is_mark) & tails;
		code = block_pick(is_mark, block_all(CODE_ARABIC), code);
		sight->more |= mark;
		letter |= mark;
		other &= ~mark;
	}
	rows->arabic |= letter | letter >> 1;
	rows->digit |= digit | digit >> 1;
	/* all that is not ASCII; what is not Arabic either follows */
	sight->codes = block_pick_high(others->bytes, code, sight->codes);
	return other >> 1;
}

/* U+00C0 to U+017F. */
static inline uint64_t see_latin(const struct others *others, uint64_t leads, struct sight *sight,
                                 struct rows *rows)
{
	const uint64_t tails = leads << 1;
	const struct block kind = block_sieve(&scan_latin, row_of_two(others), others->column);
	const struct where is_upper = block_above(kind, block_all(0));
	const uint64_t odd = block_high(kind) & tails, upper = where_bits(is_upper) & tails;
	const struct block code = block_pick(is_upper, block_all('A'), block_all('a'));
	sight->codes = block_pick(block_within(others->before, 0xC3, 0xC5), code, sight->codes);
	rows->latin |= tails | leads;
	rows->upper |= upper | upper >> 1;
	return odd >> 1;
}

/* U+00A0 and the guillemets. */
static inline uint64_t see_latin1(const struct others *others, uint64_t leads, struct sight *sight,
                                  struct rows *rows)
{
	const struct block v = others->bytes;
	const struct where is_space = block_equal(v, block_all(0xA0));
	const struct where is_quote = block_equal(block_or(v, block_all(0x10)), block_all(0xBB));
	const struct block code = block_pick(is_space, block_all(' '), block_all(SIGN_QUOTE));
	const uint64_t space = where_bits(is_space) & leads << 1;
	const uint64_t quote = where_bits(is_quote) & leads << 1;
	sight->codes = block_pick(block_equal(others->before, block_all(0xC2)), code, sight->codes);
	rows->space |= space | space >> 1;
	return leads & ~((space | quote) >> 1);
}

/* U+2000 to U+203F. */
static inline uint64_t see_general(const struct others *others, struct block before_that,
                                   uint64_t leads, struct sight *sight, struct rows *rows)
{
	const uint64_t tails = leads << 2;
	const struct block v = others->bytes;
	const struct block kind = block_sieve(&scan_general, block_upper(v), others->column);
	const uint64_t is_80 = where_bits(block_equal(others->before, block_all(0x80)));
	const uint64_t zwnj = block_high(kind) & tails & is_80;
	const uint64_t sign = where_bits(block_above(kind, block_all(0))) & tails & is_80;
	const struct where is_sign = block_equal(
		block_upper(v), block_look(block_table(scan_general_sign_row), others->column));
	struct block code = block_look(block_table(scan_general_sign), others->column);
	code = block_pick(is_sign, code, block_all(SIGN_OTHER));
	code = block_pick_high(kind, block_all(CODE_ARABIC), code);
	sight->codes = block_pick(block_equal(before_that, block_all(0xE2)), code, sight->codes);
	sight->more |= zwnj;
	sight->zwnj |= zwnj;
	rows->arabic |= zwnj | zwnj >> 1 | zwnj >> 2;
	return leads & ~((zwnj | sign) >> 2);
}

/* All characters but those of ASCII. */
static inline void see_others(const unsigned char *s, struct block v, uint64_t not_ascii,
                              struct sight *sight, struct rows *rows)
{
	const struct block before = block_load(s - 1);
	const struct others others = {
		.bytes = v,
		.before = before,
		.column = block_xor(v, block_all(0x80)),
	};
	const uint64_t tails = where_bits(block_above(block_all(0xC0), v)) & not_ascii;
	const struct where is_arabic = block_equal(block_and(v, block_all(0xFC)), block_all(0xD8));
	const uint64_t arabic = where_bits(is_arabic);
	uint64_t of_two = arabic, of_three = 0;
	uint64_t left = not_ascii & ~(tails | arabic); /* first bytes not looked at */
	uint64_t bad = 0;
	if (arabic)
		bad |= see_arabic(&others, arabic, sight, rows);
	if (left) {
		const uint64_t latin = where_bits(block_within(v, 0xC3, 0xC5));
		if (latin)
			bad |= see_latin(&others, latin, sight, rows);
		of_two |= latin;
		left &= ~latin;
	}
	if (left) {
		const uint64_t latin1 = where_bits(block_equal(v, block_all(0xC2)));
		const uint64_t general = where_bits(block_equal(v, block_all(0xE2)));
		if (general)
			bad |= see_general(&others, block_load(s - 2), general, sight, rows);
		if (latin1)
			bad |= see_latin1(&others, latin1, sight, rows);
		of_two |= latin1;
		of_three = general;
		left &= ~(latin1 | general);
	}
	/*
	 * No first byte of ours; first bytes without their tail (of three bytes: seen above); tails
	 * without a first byte.
	 */
	bad |= left;
	bad |= of_two & ~(tails >> 1);
	bad |= tails & ~((of_two | of_three) << 1 | of_three << 2);
	/* marks and ZWNJ whose base is no Arabic letter; the base of the first character is known */
	const uint64_t marks = sight->more >> 1 | sight->zwnj >> 2;
	bad |= marks & ~(rows->arabic << 1 | 1);
	sight->chars = ~tails;
	sight->known = (bad & -bad) - 1;
}

static inline struct sight see(const unsigned char *s)
{
	static const uint8_t spaces[16] = {[0] = ' ', [9] = '\t'}; /* by their lower halves */
	__builtin_prefetch((const void *)((uintptr_t)s + SIGHT_AHEAD));
	const struct block v = block_load(s);
	const struct where is_latin = block_within(block_or(v, block_all(0x20)), 'a', 'z');
	const uint64_t latin = where_bits(is_latin);
	struct rows rows = {
		.latin = latin,
		.upper = latin & ~where_bits(block_above(v, block_all('Z'))),
		.digit = where_bits(block_within(v, '0', '9')),
		.space = where_bits(block_equal(v, block_look(block_table(spaces), v))),
		.low_line = where_bits(block_equal(v, block_all('_'))),
	};
	struct sight sight = {.chars = ~UINT64_C(0), .known = ~UINT64_C(0), .codes = v};
	const uint64_t others = block_high(v);
	if (others)
		see_others(s, v, others, &sight, &rows);
	see_rows(&sight, &rows);
	return sight;
}

static inline uint32_t see_last(const unsigned char *s, const struct sight *sight, uint64_t *known)
{
	(void)s;
	return last_char(sight, *known);
}

#endif
