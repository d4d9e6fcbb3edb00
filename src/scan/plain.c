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

#define NO_ROW 0xFFFFFFFFu

/* Where the loop stands. The atom under way is the last one of atoms. */
struct state {
	struct atoms *atoms;
	size_t n;
	uint32_t key; /* class and script of characters that go on with the atom; NO_ROW: none do */
	uint32_t flags; /* of the atom so far */
	uint32_t ask;   /* UCD_LOW_ASK if the next character cannot be judged by the key alone */
	uint32_t n_ill;
	size_t ended; /* the n of an atom that only marks go on with: keycaps stand alone (UTS #51) */
};

/* All rules for one character: whether it goes on with the atom under way or begins one. */
static void add_char(struct state *state, uint32_t at, uint32_t entry)
{
	struct atoms *atoms = state->atoms;
	const size_t last = state->n - 1; /* not used before there is an atom */
	const uint32_t own = entry & 0xFF, own_script = entry >> 8 & 0xFF, own_does = behaviour[own];
	const uint32_t cls = state->n > 0 ? atoms->cls[last] : (uint32_t)UCD_ATOM_NEWLINE;
	const uint32_t script = state->n > 0 ? atoms->script[last] : 0u;
	const bool is_marking = own_does & IS_MARK && behaviour[cls] & TAKES_MARKS;
	const bool is_row = own == cls && own_does & MAKES_ROWS && state->ended != state->n &&
	                    (!own_script || !script || own_script == script);
	if (is_marking && entry & ENDS_ROW)
		state->ended = state->n;
	if (is_marking || is_row) {
		if (is_row && !script)
			atoms->script[last] = (uint8_t)own_script;
		state->flags = (state->flags & ~(uint32_t)ATOM_ENDS_ZWJ) | (entry >> 16 & 0xFF);
		atoms->flags[last] = (uint8_t)state->flags;
	} else {
		atoms->off[state->n] = at;
		atoms->cls[state->n] = (uint8_t)own;
		atoms->script[state->n] = (uint8_t)own_script;
		state->flags = entry >> 16 & 0xFF;
		atoms->flags[state->n] = (uint8_t)state->flags;
		state->n++;
		state->n_ill += own == UCD_ATOM_ILLFORMED;
	}
	const uint32_t now = atoms->cls[state->n - 1], now_script = atoms->script[state->n - 1];
	const bool makes_rows = behaviour[now] & MAKES_ROWS;
	/* letters of no script take what script comes; the character behind U+200D clears the flag */
	const bool asks = state->flags & ATOM_ENDS_ZWJ ||
	                  (makes_rows && state->flags & ATOM_LETTER && !now_script);
	state->key = makes_rows && state->ended != state->n ? now | now_script << 8 : NO_ROW;
	state->ask = asks ? UCD_LOW_ASK : 0;
}

/*
 * Characters below U+0800, all of Latin and Arabic script but the presentation forms, are read in
 * place and without a branch on what they are: each is written as if it began an atom, and counted
 * only if it does.
 */
uint32_t scan_plain(const char *text, uint32_t len, struct atoms *atoms)
{
	const unsigned char *const s = (const unsigned char *)text;
	uint32_t *const off = atoms->off;
	uint8_t *const cls = atoms->cls, *const script = atoms->script, *const flags = atoms->flags;
	struct state state = {.atoms = atoms, .key = NO_ROW};

	for (uint32_t at = 0; at < len;) {
		const uint32_t first = s[at], second = at + 1 < len ? s[at + 1] : 0;
		const bool is_two = first >= 0xC2 && first < 0xE0 && (second & 0xC0) == 0x80;
		uint32_t step = 1u + is_two;
		uint32_t entry = ucd_low[is_two ? (first & 0x1F) << 6 | (second & 0x3F) : first & 0x7F];
		if ((entry | state.ask) & UCD_LOW_ASK || (first >= 0x80 && !is_two)) {
			entry = read_entry(s + at, len - at, &step);
			add_char(&state, at, entry);
			at += step;
			continue;
		}
		const uint32_t key = entry & 0xFFFF;
		const bool is_new = key != state.key;
		off[state.n] = at;
		cls[state.n] = (uint8_t)entry;
		script[state.n] = (uint8_t)(entry >> 8);
		state.n += is_new;
		state.flags = (is_new ? 0 : state.flags) | (entry >> 16 & 0xFF);
		flags[state.n - 1] = (uint8_t)state.flags;
		state.key = entry & UCD_LOW_ROWS ? key : NO_ROW;
		at += step;
	}
	off[state.n] = len;
	atoms->n = state.n;
	return state.n_ill;
}
