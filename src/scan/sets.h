/*
 * The sets of atoms by the operations of blocks.h, for the files of the kernels.
 */
#ifndef LAFZ_SCAN_SETS_H
#define LAFZ_SCAN_SETS_H

#include "base/bits.h"
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

/*
 * Writes the places of the set bits plus a number, and up to SCAN_SLACK behind them. Returns what is behind those that
 * count.
 */
typedef uint32_t *places_function(uint64_t bits, uint32_t add, uint32_t *out);

/* Eight by eight: how many there are is not foreseen. */
static inline uint32_t *sets_places(uint64_t bits, uint32_t add, uint32_t *out)
{
	const uint64_t top = (uint64_t)1 << 63; /* no bits at all have no lowest one */
	uint32_t *const end = out + bits_count(bits);
	do {
		for (size_t k = 0; k < 8; k++, bits &= bits - 1)
			*out++ = add + (uint32_t)__builtin_ctzll(bits | top);
	} while (out < end);
	return end;
}

/*
 * 64 atoms from i on, of which those are there that have a bit; the others are in no set. Written in place, field by field: what is
 * written in parts and then read as a whole waits for the parts.
 */
static inline void sets_64(const struct atoms *atoms, size_t i, uint64_t own, struct atom_sets *sets)
{
	/* zeros are a letter that has not the flag of one, and no mark */
	const struct where is_own = where_of(own);
	const struct block cls = block_keep(is_own, block_load(atoms->cls + i));
	const struct block script = block_load(atoms->script + i);
	const struct block flags = block_keep(is_own, block_load(atoms->flags + i));
	const struct block code = block_keep(is_own, block_load(atoms->code + i));
	/* 0 if all is as it is in a word */
	const struct block letter = block_and(flags, block_all(ATOM_LETTER | ATOM_CONTROL));
	const struct block other_script = block_and(script, block_all(0xFE));
	const struct block odd = block_or(block_xor(letter, block_all(ATOM_LETTER)),
	                                  block_xor(other_script, block_all(UCD_SCRIPT_ARAB)));
	const uint64_t colon = sets_equal(code, ':'), paren = sets_equal(code, '(');
	const struct where is_middle = block_within(cls, UCD_ATOM_MIDLETTER, UCD_ATOM_MIDNUMLET);
	const uint64_t line_end = where_bits(block_within(cls, UCD_ATOM_NEWLINE, UCD_ATOM_LF));
	const uint64_t word = sets_equal(block_or(odd, block_xor(cls, block_all(UCD_ATOM_LETTER))), 0);
	sets->line_end = line_end;
	sets->content = own & ~(line_end | sets_equal(cls, UCD_ATOM_SPACE));
	sets->word = word;
	sets->latin = word & sets_equal(script, UCD_SCRIPT_LATN);
	sets->middle = sets_equal(cls, UCD_ATOM_MIDNUM);
	sets->mark = where_bits(is_middle) | sets_equal(cls, UCD_ATOM_PUNCT);
	sets->quote = sets_equal(cls, UCD_ATOM_DQUOTE);
	sets->extends = where_bits(block_within(cls, UCD_ATOM_MARK, UCD_ATOM_JOINER));
	sets->apostrophe = sets_equal(cls, UCD_ATOM_SQUOTE) | sets_equal(code, SIGN_APOSTROPHE);
	sets->opening = sets_equal(code, SIGN_OPENING);
	sets->comma = sets_equal(code, ',');
	sets->arabic_comma = sets_equal(code, SIGN_ARABIC_COMMA);
	sets->full_stop = sets_equal(code, '.');
	sets->hyphen = sets_equal(code, '-');
	sets->colon = colon;
	sets->stop = sets_equal(code, SIGN_STOP) | sets_equal(code, '?');
	sets->spaced = colon | sets_equal(code, ';') | sets_equal(code, SIGN_SPACED);
	sets->curly = sets_equal(code, SIGN_QUOTE);
	sets->paren = paren;
	sets->bracket = paren | sets_equal(code, ')') | sets_equal(code, '[') |
	                sets_equal(code, ']');
	sets->last = 0;
}

static inline void sets_blocks(struct atoms *atoms, places_function *places)
{
	const size_t n = atoms->n;
	uint32_t *out = atoms->line_ends;
	for (size_t k = 0; 64 * k < n; k++) {
		sets_64(atoms, 64 * k, bits_below(n - 64 * k), &atoms->sets[k]);
		out = places(atoms->sets[k].line_end, (uint32_t)(64 * k), out);
	}
	/* what is behind the last atom, or all of that, and once more that */
	if (n % 64 == 0)
		atoms->sets[n / 64] = (struct atom_sets){0};
	atoms->sets[n / 64 + 1] = (struct atom_sets){0};
	atoms->n_line_ends = (size_t)(out - atoms->line_ends);
}

#endif
