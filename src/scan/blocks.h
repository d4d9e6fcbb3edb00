/*
 * What the vector kernels share: blocks of 64 bytes become masks of 64 bits, borders between atoms
 * are found by bit logic, and each atom is written as an offset and a code (codes.h). A kernel's
 * file defines the types and operations below, then includes this file and calls scan_blocks.
 *
 * Known are all characters of ASCII; U+00A0, U+00AB, U+00BB; U+00C0 to U+017F but two signs; of
 * U+0600 to U+06FF letters, digits, marks on letters, and five marks of punctuation; punctuation of
 * U+2010 to U+203E; U+200C behind Arabic letters. A block ends before the first character that is
 * not known; the plain loop takes that one.
 *
 * Blocks overlap by a character: the first one of a block is the last one of the block before. So
 * whether an atom ends with a character is decided with the next one in sight, and nothing is
 * carried over but two bits: what the atom under way holds so far.
 *
 * struct block               64 bytes
 * block_load, block_store    they may lie anywhere
 * block_all                  one byte 64 times
 * block_table                16 bytes to look up in
 * block_look                 each byte, of which the lower half counts, looked up in a table; 0 if
 *                            it is 0x80 or more
 * block_and, block_or, block_xor, block_add
 * block_upper                the upper half of each byte, as a number
 * struct where               yes or no for each byte
 * block_equal, block_above   by comparing, as signed numbers
 * where_bits, where_of       as a mask of 64 bits, and from one
 * block_keep                 the bytes where yes, else 0
 * block_pick                 of two blocks, the first where yes
 * block_high                 the highest bit of each byte, as a mask
 * block_pick_high            block_pick by the highest bits of a block
 * block_emit                 of each atom that ends in a block, the code to code_out and the offset
 *                            behind it to off_out: the bytes of codes at the set bits of ends, and
 *                            their places plus off. It may write 64 of each.
 */
#ifndef LAFZ_SCAN_BLOCKS_H
#define LAFZ_SCAN_BLOCKS_H

#include <stdbool.h>
#include <string.h>

#include "gen/scan_tables.h"
#include "scan/codes.h"
#include "scan/plain.h"
#include "scan/scan.h"

/* What is seen in a block; bit i is byte i. Bits behind the known bytes are anything. */
struct sight {
	uint64_t chars;     /* first bytes of characters */
	uint64_t starts;    /* of them, those that do not go on with the character before */
	uint64_t known;     /* bytes before the first character that is not for this loop */
	uint64_t more;      /* a byte of what gives its atom CODE_MORE */
	uint64_t zwnj;      /* the same for CODE_ZWNJ */
	struct block codes; /* at the last byte of each character */
};

static inline struct block block_twice(struct block x)
{
	return block_add(x, x);
}

/* FF where first <= x <= last. */
static inline struct where block_within(struct block x, uint8_t first, uint8_t last)
{
	const struct block moved = block_add(x, block_all((uint8_t)(0x7F - last)));
	return block_above(moved, block_all((uint8_t)(0x7F - last + first - 1)));
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

/*
 * Which atoms hold a marked byte; the answer is at the last byte of each. Adding ones to an atom
 * that has a one carries to its end. *carry is the answer for the atom under way before and after.
 */
static inline uint64_t any_in_atom(uint64_t marked, uint64_t ends, bool *carry)
{
	unsigned long long sum;
	const bool over = __builtin_add_overflow(marked & ~ends, ~ends, &sum);
	const bool over_too = __builtin_add_overflow(sum, *carry, &sum);
	*carry = over | over_too;
	return (sum | marked) & ends;
}

/* Atoms whose codes wait for decoding, at most; they should still be in the cache. */
#define MOST_CODES 4096

/* Where a row of blocks stands. */
struct blocks {
	struct atoms *atoms;
	size_t n;        /* atoms that are complete; the next one is under way */
	size_t decoded;  /* of them, those that have class, script and flags */
	bool more, zwnj; /* what the atom under way holds of these */
};

/* Decodes codes up to end. */
static inline void decode(struct blocks *blocks, size_t end)
{
	for (; blocks->decoded < end; blocks->decoded += 64)
		code_decode_64(blocks->atoms, blocks->decoded);
	blocks->decoded = end;
}

static inline uint32_t char_len(unsigned char first)
{
	return 1u + (first >= 0x80) + (first >= 0xE0);
}

/*
 * Goes on behind a character of ASCII as far as there are characters it knows, whatever began the
 * atom under way.
 */
static inline void scan_known(struct plain *plain, const unsigned char *s, uint32_t len)
{
	struct atoms *const atoms = plain->atoms;
	const size_t first = plain->n - 1;
	const uint8_t flags = atoms->flags[first];
	struct blocks blocks = {.atoms = atoms, .n = first, .decoded = first};
	uint8_t codes[64];
	unsigned char end[2 + 64];
	uint32_t at = plain->at - 1;
	const uint32_t began = at;
	struct sight sight;

	for (;;) {
		const unsigned char *block = s + at;
		const uint32_t left = len - at;
		uint64_t within = ~UINT64_C(0);
		if (left < 64) {
			/* NUL behind the text ends the last atom */
			memset(end, 0, sizeof end);
			memcpy(end + 2, s + at, left);
			block = end + 2;
			within = (UINT64_C(2) << left) - 1;
		}
		sight = see(block);
		const uint64_t known = sight.known & within;
		/* the last character, whose end is for the next block */
		const uint32_t last = (uint32_t)(63 - __builtin_clzll((sight.chars & known) | 1));
		if (last == 0)
			break;
		const uint64_t ends = (sight.starts & known) >> 1;
		struct block code = sight.codes;
		const uint64_t more = any_in_atom(sight.more & known, ends, &blocks.more);
		code = block_or(code, block_keep(where_of(more), block_all(CODE_MORE)));
		if (sight.zwnj || blocks.zwnj) {
			const uint64_t zwnj = any_in_atom(sight.zwnj & known, ends, &blocks.zwnj);
			code = block_or(code, block_keep(where_of(zwnj), block_all(CODE_ZWNJ)));
		}
		block_emit(code, ends, at + 1, atoms->code + blocks.n, atoms->off + blocks.n + 1);
		blocks.n += (size_t)__builtin_popcountll(ends);
		at += last;
		if (at == len)
			break;
		if (blocks.n - blocks.decoded >= MOST_CODES)
			decode(&blocks, blocks.n);
	}
	if (at == began)
		return;
	uint32_t own = 0;
	if (at < len) {
		/* the atom under way, to the end of the last character */
		own = char_len(s[at]);
		block_store(codes, sight.codes);
		atoms->code[blocks.n++] = (uint8_t)(codes[own - 1] | (blocks.more ? CODE_MORE : 0) |
		                                    (blocks.zwnj ? CODE_ZWNJ : 0));
	}
	decode(&blocks, blocks.n);
	/* Its class and script are those of its last character, which may not be true of its flags. */
	atoms->flags[first] |= flags;
	plain_resume(plain, blocks.n, at + own);
}

/*
 * A kernel. What is not known is left to the plain loop, in longer and longer stretches while little
 * else comes.
 */
static inline uint32_t scan_blocks(const char *text, uint32_t len, struct atoms *atoms)
{
	enum { FEW = 64, MOST = 512 };
	const unsigned char *const s = (const unsigned char *)text;
	struct plain plain = plain_begin(atoms);
	uint32_t stretch = 3; /* a block is read from two bytes before its first character on */
	for (;;) {
		plain_to(&plain, s, len, plain.at + stretch);
		if (plain.at == len)
			return plain_end(&plain, len);
		const uint32_t start = plain.at;
		scan_known(&plain, s, len);
		stretch = plain.at - start >= FEW ? 1 : stretch < MOST ? 2 * stretch : stretch;
	}
}

#endif
