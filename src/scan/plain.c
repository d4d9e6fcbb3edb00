/*
 * The reference kernel: one character at a time, its properties from the table. Other kernels must
 * give the same atoms.
 *
 * A character goes on with the atom before it in two cases: it is an extender, format character or
 * joiner and the atom takes such (UAX #29 WB4, here only letters, digits and the like: what follows
 * white space or punctuation stands alone, so that an invisible control behind a full stop can be
 * part of the gap); or both are of one class that makes rows. Letters make rows within one script;
 * letters that all scripts share (Zyyy) go with any.
 */
#include "scan/plain.h"

#include <stdbool.h>

#include "scan/scan.h"
#include "scan/signs.h"

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

#define KEYCAP 0x20E3u
#define ENDS_ROW (1u << 26) /* beside the bits of ucd_low: the next digit begins an atom */

/* What the table says of any character, packed as in ucd_low, and its length. */
static uint32_t read_entry(const unsigned char *s, size_t left, uint32_t *len)
{
	const struct utf8 c = utf8_decode((const char *)s, left);
	*len = c.len;
	if (c.status != UTF8_CHAR)
		return UCD_ATOM_ILLFORMED | (uint32_t)ATOM_UNUSUAL << 16;
	const struct ucd_row *row = ucd_get(c.cp);
	return row->atom | (uint32_t)row->atom_script << 8 | (uint32_t)row->atom_flags << 16 |
	       (c.cp == KEYCAP ? ENDS_ROW : 0);
}

/* All rules for one character: whether it goes on with the atom under way or begins one. */
static void add_char(struct plain *plain, uint32_t entry)
{
	struct atoms *atoms = plain->atoms;
	const size_t last = plain->n - 1; /* not used before there is an atom */
	const uint32_t own = entry & 0xFF, own_script = entry >> 8 & 0xFF, own_does = behaviour[own];
	const uint32_t cls = plain->n > 0 ? atoms->cls[last] : (uint32_t)UCD_ATOM_NEWLINE;
	const uint32_t script = plain->n > 0 ? atoms->script[last] : 0u;
	const bool is_marking = own_does & IS_MARK && behaviour[cls] & TAKES_MARKS;
	const bool is_row = own == cls && own_does & MAKES_ROWS && plain->ended != plain->n &&
	                    (!own_script || !script || own_script == script);
	if (is_marking && entry & ENDS_ROW)
		plain->ended = plain->n;
	if (is_marking || is_row) {
		if (is_row && !script)
			atoms->script[last] = (uint8_t)own_script;
		plain->flags = (plain->flags & ~(uint32_t)ATOM_ENDS_ZWJ) | (entry >> 16 & 0xFF);
		atoms->flags[last] = (uint8_t)plain->flags;
	} else {
		atoms->off[plain->n] = plain->at;
		atoms->cls[plain->n] = (uint8_t)own;
		atoms->script[plain->n] = (uint8_t)own_script;
		plain->flags = entry >> 16 & 0xFF;
		atoms->flags[plain->n] = (uint8_t)plain->flags;
		plain->n++;
		plain->n_ill += own == UCD_ATOM_ILLFORMED;
	}
	const uint32_t now = atoms->cls[plain->n - 1], now_script = atoms->script[plain->n - 1];
	const bool makes_rows = behaviour[now] & MAKES_ROWS;
	/* letters of no script take what script comes; the character behind U+200D clears the flag */
	const bool asks = plain->flags & ATOM_ENDS_ZWJ ||
	                  (makes_rows && plain->flags & ATOM_LETTER && !now_script);
	plain->key = makes_rows && plain->ended != plain->n ? now | now_script << 8 : PLAIN_NO_ROW;
	plain->ask = asks ? UCD_LOW_ASK : 0;
}

/*
 * Scans the characters that begin before stop. Those below U+0800, all of Latin and Arabic script
 * but the presentation forms, are read in place and without a branch on what they are: each is
 * written as if it began an atom, and counted only if it does.
 */
static void find_to(struct plain *plain, const unsigned char *s, uint32_t len, uint32_t stop)
{
	uint32_t *const off = plain->atoms->off;
	uint8_t *const cls = plain->atoms->cls, *const script = plain->atoms->script,
		       *const flags = plain->atoms->flags;
	struct plain now = *plain;

	while (now.at < stop) {
		const uint32_t at = now.at;
		const uint32_t first = s[at], second = at + 1 < len ? s[at + 1] : 0;
		const bool is_two = first >= 0xC2 && first < 0xE0 && (second & 0xC0) == 0x80;
		uint32_t step = 1u + is_two;
		uint32_t entry = ucd_low[is_two ? (first & 0x1F) << 6 | (second & 0x3F) : first & 0x7F];
		if ((entry | now.ask) & UCD_LOW_ASK || (first >= 0x80 && !is_two)) {
			entry = read_entry(s + at, len - at, &step);
			add_char(&now, entry);
			now.at += step;
			continue;
		}
		const uint32_t key = entry & 0xFFFF;
		const bool is_new = key != now.key;
		off[now.n] = at;
		cls[now.n] = (uint8_t)entry;
		script[now.n] = (uint8_t)(entry >> 8);
		now.n += is_new;
		now.flags = (is_new ? 0 : now.flags) | (entry >> 16 & 0xFF);
		flags[now.n - 1] = (uint8_t)now.flags;
		now.key = entry & UCD_LOW_ROWS ? key : PLAIN_NO_ROW;
		now.at += step;
	}
	*plain = now;
}

/* The codes of atoms from the first one on. */
static void set_codes(const struct atoms *atoms, const unsigned char *s, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++) {
		const uint8_t cls = atoms->cls[i];
		const bool is_mark = cls == UCD_ATOM_PUNCT || cls == UCD_ATOM_MIDNUM ||
		                     cls == UCD_ATOM_MIDNUMLET || cls == UCD_ATOM_MIDLETTER;
		const unsigned char *const mark = s + atoms->off[i];
		atoms->code[i] = is_mark ? (*mark < 0x80 ? *mark : sign_of(mark)) : (uint8_t)SIGN_NONE;
	}
}

/* Scans the characters that begin before stop; the atoms have their codes too. */
static void scan_to(struct plain *plain, const unsigned char *s, uint32_t len, uint32_t stop)
{
	const size_t first = plain->n;
	find_to(plain, s, len, stop);
	set_codes(plain->atoms, s, first, plain->n);
}

struct plain plain_begin(struct atoms *atoms)
{
	return (struct plain){.atoms = atoms, .key = PLAIN_NO_ROW};
}

/* Whether a character of ASCII ends at off and the two bytes before it are no broken character. */
static bool is_clean(const unsigned char *s, uint32_t off)
{
	return off >= 3 && s[off - 1] < 0x80 && s[off - 2] < 0xC0 && s[off - 3] < 0xE0;
}

void plain_to(struct plain *plain, const unsigned char *s, uint32_t len, uint32_t stop)
{
	uint32_t end = stop < len ? stop : len;
	while (end < len && !is_clean(s, end))
		end++;
	scan_to(plain, s, len, end);
}

uint32_t plain_end(struct plain *plain, uint32_t len)
{
	plain->atoms->off[plain->n] = len;
	plain->atoms->n = plain->n;
	return plain->n_ill;
}

void plain_resume(struct plain *plain, size_t n, uint32_t at)
{
	const struct atoms *atoms = plain->atoms;
	const uint32_t cls = atoms->cls[n - 1], script = atoms->script[n - 1];
	plain->n = n;
	plain->at = at;
	plain->key = behaviour[cls] & MAKES_ROWS ? cls | script << 8 : PLAIN_NO_ROW;
	plain->flags = atoms->flags[n - 1];
	plain->ask = 0;
}

uint32_t scan_plain(const char *text, uint32_t len, struct atoms *atoms)
{
	struct plain plain = plain_begin(atoms);
	scan_to(&plain, (const unsigned char *)text, len, len);
	return plain_end(&plain, len);
}
