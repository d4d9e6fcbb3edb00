/*
 * The reference kernel: one character at a time, its properties from the table. Other kernels must give the same atoms.
 *
 * A character goes on with the atom before it in two cases: it is an extender, format character or joiner and the atom
 * takes such (UAX #29 WB4, here only letters, digits and the like: what follows white space or punctuation stands
 * alone, so that an invisible control behind a full stop can be part of the gap); or both are of one class that makes
 * rows. Letters make rows within one script; letters that all scripts share (Zyyy) go with any.
 */
#include "scan/scan.h"

#include "unicode/ucd.h"
#include "unicode/utf8.h"

enum { MAKES_ROWS = 1, TAKES_MARKS = 2, IS_MARK = 4 };

static const uint8_t behaviour[UCD_ATOM_COUNT] = {
	[UCD_ATOM_LETTER] = MAKES_ROWS | TAKES_MARKS,
	[UCD_ATOM_HEBREW] = MAKES_ROWS | TAKES_MARKS,
	[UCD_ATOM_KATAKANA] = MAKES_ROWS | TAKES_MARKS,
	[UCD_ATOM_HONORIFIC] = TAKES_MARKS,
	[UCD_ATOM_LETTER_SYMBOL] = TAKES_MARKS,
	[UCD_ATOM_LETTER_OTHER] = TAKES_MARKS,
	[UCD_ATOM_IDEOGRAPH] = TAKES_MARKS,
	[UCD_ATOM_DICTIONARY] = TAKES_MARKS,
	[UCD_ATOM_NUMERIC] = MAKES_ROWS | TAKES_MARKS,
	[UCD_ATOM_EXTNUMLET] = MAKES_ROWS | TAKES_MARKS,
	[UCD_ATOM_SPACE] = MAKES_ROWS,
	[UCD_ATOM_MARK] = MAKES_ROWS | IS_MARK,
	[UCD_ATOM_FORMAT] = MAKES_ROWS | IS_MARK,
	[UCD_ATOM_JOINER] = MAKES_ROWS | IS_MARK,
};

/* The row of the character at s and its length; NULL if it is ill-formed. */
static inline const struct ucd_row *read_row(const unsigned char *s, size_t left, uint32_t *len)
{
	if (s[0] < 0x80) {
		*len = 1;
		return &ucd_rows[ucd_stage2[ucd_stage1[0]][s[0]]];
	}
	if (s[0] >= 0xC2 && s[0] < 0xE0 && left > 1 && (s[1] & 0xC0u) == 0x80) {
		*len = 2;
		return ucd_get((s[0] & 0x1Fu) << 6 | (s[1] & 0x3Fu));
	}
	const struct utf8 c = utf8_decode((const char *)s, left);
	*len = c.len;
	return c.status == UTF8_CHAR ? ucd_get(c.cp) : NULL;
}

uint32_t scan_plain(const char *text, uint32_t len, struct atoms *atoms)
{
	static const struct ucd_row ill_formed = {.atom = UCD_ATOM_ILLFORMED, .atom_flags = ATOM_UNUSUAL};
	const unsigned char *const s = (const unsigned char *)text;
	uint32_t n_ill = 0;
	size_t n = 0;
	unsigned cls = UCD_ATOM_COUNT, script = 0, flags = 0, does = 0;

	for (uint32_t at = 0, step = 0; at < len; at += step) {
		const struct ucd_row *row = read_row(s + at, len - at, &step);
		if (!row) {
			row = &ill_formed;
			n_ill++;
		}
		const unsigned is_mark = behaviour[row->atom] & IS_MARK;
		if (is_mark && does & TAKES_MARKS) {
			flags = (flags & ~(unsigned)ATOM_ENDS_ZWJ) | row->atom_flags;
			continue;
		}
		if (row->atom == cls && does & MAKES_ROWS &&
		    (row->atom_script == script || !row->atom_script || !script || is_mark)) {
			if (!script)
				script = row->atom_script;
			flags = (flags & ~(unsigned)ATOM_ENDS_ZWJ) | row->atom_flags;
			continue;
		}
		if (n > 0) {
			atoms->script[n - 1] = (uint8_t)script;
			atoms->flags[n - 1] = (uint8_t)flags;
		}
		cls = row->atom;
		script = row->atom_script;
		flags = row->atom_flags;
		does = behaviour[cls];
		atoms->off[n] = at;
		atoms->cls[n] = (uint8_t)cls;
		n++;
	}
	if (n > 0) {
		atoms->script[n - 1] = (uint8_t)script;
		atoms->flags[n - 1] = (uint8_t)flags;
	}
	atoms->off[n] = len;
	atoms->n = n;
	return n_ill;
}
