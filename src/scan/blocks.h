/*
 * What the vector kernels share: blocks of 64 bytes become masks of 64 bits, borders between atoms
 * are found by bit logic, and each atom is written as an offset and a code (codes.h). A kernel's
 * file defines the types and operations below, then includes this file and one that sees and decodes
 * (sight.h, sight_avx512.h), and calls scan_blocks.
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
 * block_upper                the upper half of each byte, as a number (for sight.h)
 * struct where               yes or no for each byte
 * block_equal, block_above   by comparing, as signed numbers
 * where_bits, where_of       as a mask of 64 bits, and from one
 * block_keep                 the bytes where yes, else 0
 * block_pick                 of two blocks, the first where yes
 * block_high                 the highest bit of each byte, as a mask
 * block_pick_high            block_pick by the highest bits of a block (for sight.h)
 * block_emit                 of each atom that ends in a block, the code to code_out and the offset
 *                            behind it to off_out: the bytes of codes at the set bits of ends, and
 *                            their places plus off. It may write 64 of each.
 */
#ifndef LAFZ_SCAN_BLOCKS_H
#define LAFZ_SCAN_BLOCKS_H

#include <stdbool.h>
#include <string.h>

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

/* FF where first <= x <= last. */
static inline struct where block_within(struct block x, uint8_t first, uint8_t last)
{
	const struct block moved = block_add(x, block_all((uint8_t)(0x7F - last)));
	return block_above(moved, block_all((uint8_t)(0x7F - last + first - 1)));
}

/* What is seen in the 64 bytes at s, of which the first one begins a character; two bytes before it are read. */
static inline struct sight see(const unsigned char *s);

/* Where the last one of the known characters begins, whose end is for the next block; 0: there is no other. Less may be known then. */
static inline uint32_t see_last(const unsigned char *s, const struct sight *sight, uint64_t *known);

static inline uint32_t last_char(const struct sight *sight, uint64_t known)
{
	return (uint32_t)(63 - __builtin_clzll((sight->chars & known) | 1));
}

/* 64 atoms from n on: their codes to class, script and flags. */
static inline void code_decode_64(struct atoms *atoms, size_t n);

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

/* Where a block at the text's beginning lies: its first byte is a line end before the text, behind which there is nothing to go on with. */
#define BEFORE_TEXT SIZE_MAX

/* Whether a block is not to be read where it lies: 64 bytes, and two before them. */
static inline bool is_beyond(size_t at, size_t len)
{
	return len - at < 64 || at == BEFORE_TEXT || at < 2;
}

/* A copy, with zeros around it, of such a block. */
struct beyond_text {
	unsigned char bytes[2 + 64];
};

static inline const unsigned char *copy_block(struct beyond_text *copy, const unsigned char *s, size_t at, size_t len)
{
	const size_t before = at == BEFORE_TEXT, left = len - at;
	memset(copy, 0, sizeof *copy);
	copy->bytes[2] = '\n';
	memcpy(copy->bytes + 2 + before, s + (at + before), (left < 64 ? left : 64) - before);
	return copy->bytes + 2;
}

/*
 * Goes on behind a character of ASCII, whatever began the atom under way, or begins the text, as far as there are characters it
 * knows.
 */
static inline void scan_known(struct plain *plain, const unsigned char *s, uint32_t len)
{
	struct atoms *const atoms = plain->atoms;
	const size_t first = plain->n > 0 ? plain->n - 1 : 0;
	const uint8_t flags = plain->n > 0 ? atoms->flags[first] : 0;
	struct blocks blocks = {.atoms = atoms, .n = first, .decoded = first};
	uint8_t codes[64];
	struct beyond_text copy;
	size_t at = plain->n > 0 ? (size_t)plain->at - 1 : BEFORE_TEXT;
	const size_t began = at;
	struct sight sight;

	for (;;) {
		const size_t left = len - at;
		/* of a block that is copied; NUL behind the text ends the last atom */
		const uint64_t within = left < 64 ? (UINT64_C(2) << left) - 1 : ~UINT64_C(0);
		/* the line end before the text is no atom, and in none */
		const uint64_t inside = at == BEFORE_TEXT ? ~UINT64_C(1) : ~UINT64_C(0);
		const unsigned char *const block = is_beyond(at, len) ? copy_block(&copy, s, at, len) : s + at;
		sight = see(block);
		uint64_t known = sight.known & within;
		const uint32_t last = see_last(block, &sight, &known);
		if (last == 0)
			break;
		const uint64_t ends = (sight.starts & known) >> 1 & inside;
		struct block code = sight.codes;
		const uint64_t more = any_in_atom(sight.more & known & inside, ends, &blocks.more);
		code = block_or(code, block_keep(where_of(more), block_all(CODE_MORE)));
		if (sight.zwnj || blocks.zwnj) {
			const uint64_t zwnj = any_in_atom(sight.zwnj & known, ends, &blocks.zwnj);
			code = block_or(code, block_keep(where_of(zwnj), block_all(CODE_ZWNJ)));
		}
		block_emit(code, ends, (uint32_t)at + 1, atoms->code + blocks.n, atoms->off + blocks.n + 1);
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
	plain_resume(plain, blocks.n, (uint32_t)at + own);
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
	uint32_t stretch = 1;
	atoms->off[0] = 0;
	while (plain.at < len) {
		const uint32_t start = plain.at;
		scan_known(&plain, s, len);
		if (plain.at == len)
			break;
		stretch = plain.at - start >= FEW ? 1 : stretch < MOST ? 2 * stretch : stretch;
		plain_to(&plain, s, len, plain.at + stretch);
	}
	return plain_end(&plain, len);
}

#endif
