/*
 * Codes to class, script and flags, by the operations of blocks.h, for the files of the kernels, which include that first: a code is
 * looked up by its upper half, the row, and its lower half, the column.
 */
#ifndef LAFZ_SCAN_DECODE_H
#define LAFZ_SCAN_DECODE_H

#include "scan/codes.h"

/* Classes of the signs of ASCII; the row of a code is its upper half, the column its lower half. */
static const uint8_t code_signs_0[16] = {
	UCD_ATOM_OTHER,   UCD_ATOM_OTHER, UCD_ATOM_OTHER, UCD_ATOM_OTHER,
	UCD_ATOM_OTHER,   UCD_ATOM_OTHER, UCD_ATOM_OTHER, UCD_ATOM_OTHER,
	UCD_ATOM_OTHER,   UCD_ATOM_SPACE, UCD_ATOM_LF,    UCD_ATOM_NEWLINE,
	UCD_ATOM_NEWLINE, UCD_ATOM_CR,    UCD_ATOM_OTHER, UCD_ATOM_OTHER,
};
static const uint8_t code_signs_2[16] = {
	UCD_ATOM_SPACE,  UCD_ATOM_PUNCT, UCD_ATOM_DQUOTE,    UCD_ATOM_PUNCT,
	UCD_ATOM_SYMBOL, UCD_ATOM_PUNCT, UCD_ATOM_PUNCT,     UCD_ATOM_SQUOTE,
	UCD_ATOM_PUNCT,  UCD_ATOM_PUNCT, UCD_ATOM_PUNCT,     UCD_ATOM_SYMBOL,
	UCD_ATOM_MIDNUM, UCD_ATOM_PUNCT, UCD_ATOM_MIDNUMLET, UCD_ATOM_PUNCT,
};
static const uint8_t code_signs_3[16] = {
	UCD_ATOM_NUMERIC, UCD_ATOM_NUMERIC, UCD_ATOM_NUMERIC,   UCD_ATOM_NUMERIC,
	UCD_ATOM_NUMERIC, UCD_ATOM_NUMERIC, UCD_ATOM_NUMERIC,   UCD_ATOM_NUMERIC,
	UCD_ATOM_NUMERIC, UCD_ATOM_NUMERIC, UCD_ATOM_MIDLETTER, UCD_ATOM_MIDNUM,
	UCD_ATOM_SYMBOL,  UCD_ATOM_SYMBOL,  UCD_ATOM_SYMBOL,    UCD_ATOM_PUNCT,
};
static const uint8_t code_signs_5[16] = {
	[11] = UCD_ATOM_PUNCT, UCD_ATOM_PUNCT, UCD_ATOM_PUNCT, UCD_ATOM_SYMBOL, UCD_ATOM_EXTNUMLET,
};
static const uint8_t code_signs_7[16] = {
	[11] = UCD_ATOM_PUNCT, UCD_ATOM_SYMBOL, UCD_ATOM_PUNCT, UCD_ATOM_SYMBOL, UCD_ATOM_OTHER,
};
static const uint8_t code_signs_9[16] = {
	[SIGN_ARABIC_COMMA & 0xF] = UCD_ATOM_MIDNUM,  [SIGN_SPACED & 0xF] = UCD_ATOM_PUNCT,
	[SIGN_QUOTE & 0xF] = UCD_ATOM_PUNCT,          [SIGN_OPENING & 0xF] = UCD_ATOM_MIDNUMLET,
	[SIGN_APOSTROPHE & 0xF] = UCD_ATOM_MIDNUMLET,
};
/* All of row 1; the commercial at and the grave accent, the only signs of their rows. */
static const uint8_t code_signs_of_row[16] = {
	[1] = UCD_ATOM_OTHER, [4] = UCD_ATOM_PUNCT, [6] = UCD_ATOM_SYMBOL};

/* Letters: bit 0 in columns 1 to 15, bit 1 in columns 0 to 10, bit 2 in all. */
static const uint8_t code_letter_rows[16] = {
	[4] = 1, [5] = 2, [6] = 1, [7] = 2, [8] = 4, [12] = 4, [13] = 4, [14] = 4, [15] = 4};
static const uint8_t code_letter_columns[16] = {6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 5, 5, 5, 5, 5};

/* What is true of the letters of a row. */
enum {
	CODE_LATN = UCD_SCRIPT_LATN,
	CODE_UPPER = ATOM_LETTER | ATOM_UPPER,
	CODE_LOWER = ATOM_LETTER | ATOM_LOWER,
	CODE_BOTH = CODE_UPPER | CODE_LOWER,
	CODE_MARKS = ATOM_MARKED | ATOM_UNUSUAL,
};
static const uint8_t code_scripts[16] = {
	[4] = CODE_LATN,  CODE_LATN, CODE_LATN, CODE_LATN, [8] = UCD_SCRIPT_ARAB,
	[12] = CODE_LATN, CODE_LATN, CODE_LATN, CODE_LATN,
};
static const uint8_t code_flags[16] = {
	[4] = CODE_UPPER, CODE_UPPER, CODE_LOWER, CODE_LOWER, [8] = ATOM_LETTER,
	[12] = CODE_BOTH, CODE_BOTH,  CODE_BOTH,  CODE_BOTH,
};
/* And of the columns of row 8. */
static const uint8_t code_arabic_flags[16] = {[1] = CODE_MARKS, [3] = CODE_MARKS | ATOM_ZWNJ};

/* Entries of a table by columns in one row, 0 in the others. */
static inline struct block code_in_row(struct block row, uint8_t which, struct block column,
                                       const uint8_t table[16])
{
	return block_keep(block_equal(row, block_all(which)), block_look(block_table(table), column));
}

static inline void code_decode_64(struct atoms *atoms, size_t n)
{
	const struct block code = block_load(atoms->code + n);
	const struct block row = block_upper(code), column = block_and(code, block_all(0x0F));
	const struct block letter_bits = block_and(
		block_look(block_table(code_letter_rows), row),
		block_look(block_table(code_letter_columns), column));
	const struct where is_letter = block_above(letter_bits, block_all(0));
	struct block cls = block_look(block_table(code_signs_of_row), row);
	cls = block_or(cls, code_in_row(row, 0, column, code_signs_0));
	cls = block_or(cls, code_in_row(row, 2, column, code_signs_2));
	cls = block_or(cls, code_in_row(row, 3, column, code_signs_3));
	cls = block_or(cls, code_in_row(row, 5, column, code_signs_5));
	cls = block_or(cls, code_in_row(row, 7, column, code_signs_7));
	cls = block_or(cls, code_in_row(row, 9, column, code_signs_9));
	const struct block script = block_look(block_table(code_scripts), row);
	const struct block flags = block_or(block_look(block_table(code_flags), row),
	                                    code_in_row(row, 8, column, code_arabic_flags));
	block_store(atoms->cls + n, block_pick(is_letter, block_all(UCD_ATOM_LETTER), cls));
	block_store(atoms->script + n, block_keep(is_letter, script));
	block_store(atoms->flags + n, block_keep(is_letter, flags));
}

#endif
