/*
 * The sets of atoms by the operations of blocks.h, for the files of the kernels.
 */
#ifndef LAFZ_SCAN_SETS_H
#define LAFZ_SCAN_SETS_H

#include "scan/atom.h"
#include "scan/signs.h"

_Static_assert(UCD_SCRIPT_ARAB == 2 && UCD_SCRIPT_LATN == 3,
               "two scripts that one bit tells from the others");

_Static_assert(UCD_ATOM_MIDNUM == UCD_ATOM_MIDLETTER + 1 &&
                       UCD_ATOM_MIDNUMLET == UCD_ATOM_MIDLETTER + 2,
               "marks that may stand inside words or numbers lie side by side");

static inline uint64_t sets_equal(struct block x, uint8_t byte)
{
	return where_bits(block_equal(x, block_all(byte)));
}

/* 64 atoms from i on, whether they are there or not. */
static inline struct atom_sets sets_64(const struct atoms *atoms, size_t i)
{
	const struct block cls = block_load(atoms->cls + i);
	const struct block script = block_load(atoms->script + i);
	const struct block flags = block_load(atoms->flags + i);
	const struct block code = block_load(atoms->code + i);
	/* 0 if all is as it is in a word */
	const struct block letter = block_and(flags, block_all(ATOM_LETTER | ATOM_CONTROL));
	const struct block other_script = block_and(script, block_all(0xFE));
	const struct block odd = block_or(block_xor(letter, block_all(ATOM_LETTER)),
	                                  block_xor(other_script, block_all(UCD_SCRIPT_ARAB)));
	const uint64_t colon = sets_equal(code, ':'), paren = sets_equal(code, '(');
	const struct where is_middle = block_within(cls, UCD_ATOM_MIDLETTER, UCD_ATOM_MIDNUMLET);
	const uint64_t line_end = where_bits(block_within(cls, UCD_ATOM_NEWLINE, UCD_ATOM_LF));
	const uint64_t word = sets_equal(block_or(odd, block_xor(cls, block_all(UCD_ATOM_LETTER))), 0);
	return (struct atom_sets){
		.line_end = line_end,
		.content = ~(line_end | sets_equal(cls, UCD_ATOM_SPACE)),
		.word = word,
		.latin = word & sets_equal(script, UCD_SCRIPT_LATN),
		.middle = sets_equal(cls, UCD_ATOM_MIDNUM),
		.mark = where_bits(is_middle) | sets_equal(cls, UCD_ATOM_PUNCT),
		.quote = sets_equal(cls, UCD_ATOM_DQUOTE),
		.extends = where_bits(block_within(cls, UCD_ATOM_MARK, UCD_ATOM_JOINER)),
		.apostrophe = sets_equal(cls, UCD_ATOM_SQUOTE) | sets_equal(code, SIGN_APOSTROPHE),
		.opening = sets_equal(code, SIGN_OPENING),
		.comma = sets_equal(code, ','),
		.arabic_comma = sets_equal(code, SIGN_ARABIC_COMMA),
		.full_stop = sets_equal(code, '.'),
		.hyphen = sets_equal(code, '-'),
		.colon = colon,
		.stop = sets_equal(code, SIGN_STOP) | sets_equal(code, '?'),
		.spaced = colon | sets_equal(code, ';') | sets_equal(code, SIGN_SPACED),
		.curly = sets_equal(code, SIGN_QUOTE),
		.paren = paren,
		.bracket = paren | sets_equal(code, ')') | sets_equal(code, '[') |
		           sets_equal(code, ']'),
	};
}

static inline void sets_blocks(struct atoms *atoms)
{
	for (size_t k = 0; 64 * k < atoms->n; k++)
		atoms->sets[k] = sets_64(atoms, 64 * k);
	if (atoms->n % 64 == 0)
		atoms->sets[atoms->n / 64] = (struct atom_sets){0};
	atom_sets_end(atoms, atoms->n);
}

#endif
