/*
 * Atoms: what the scanner finds. An atom is a row of letters of one script with their marks, a row
 * of digits, of white space, one mark of punctuation, one symbol, a line end, an ill-formed
 * sequence. Atoms cover the text without hole or overlap: atom i is the bytes from off[i] to off[i
 * + 1].
 */
#ifndef LAFZ_SCAN_ATOM_H
#define LAFZ_SCAN_ATOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "gen/ucd_enums.h"

/*
 * Flags of an atom (enum atom_flag, in gen/ucd_enums.h because the table of properties holds them):
 * what is true of some character in it.
 *
 * ATOM_MARKED    an extender, format character or joiner (UAX #29 WB4)
 * ATOM_CONTROL   an invisible control that words lose
 * ATOM_ZWNJ      U+200C
 * ATOM_UPPER     an upper-case letter
 * ATOM_LOWER     a lower-case letter
 * ATOM_UNUSUAL   norm may differ whatever the language: a mark, presentation form, tatweel, control ...
 * ATOM_ENDS_ZWJ  its last character is U+200D (WB3c)
 * ATOM_LETTER    a letter other than tatweel
 */

/*
 * Of 64 atoms in a row, which ones are what: bit i is the i-th of them. Bits behind the last atom are 0.
 */
struct atom_sets {
	uint64_t line_end; /* UCD_ATOM_NEWLINE, UCD_ATOM_CR, UCD_ATOM_LF */
	uint64_t content;  /* neither that nor UCD_ATOM_SPACE */
	uint64_t word;     /* letters of Latin or Arabic script without ATOM_CONTROL */
	uint64_t latin;    /* of them, those of Latin script */
	uint64_t middle;   /* UCD_ATOM_MIDNUM: commas and their like */
	uint64_t mark;     /* that, UCD_ATOM_MIDNUMLET, UCD_ATOM_MIDLETTER, UCD_ATOM_PUNCT */
	uint64_t quote;    /* UCD_ATOM_DQUOTE */
	uint64_t extends;  /* UCD_ATOM_MARK, UCD_ATOM_FORMAT, UCD_ATOM_JOINER */
	/* The commonest marks, by their codes (signs.h). */
	uint64_t apostrophe; /* U+0027, U+2019 */
	uint64_t opening;    /* U+2018 */
	uint64_t comma, arabic_comma, full_stop, hyphen, colon;
	uint64_t stop;    /* ! ? U+061F U+06D4 U+2026 */
	uint64_t spaced;  /* : ; U+061B U+2013 U+2014 */
	uint64_t curly;   /* U+00AB U+00BB U+201C U+201D */
	uint64_t paren;   /* ( */
	uint64_t bracket; /* ( ) [ ] */
	/* Not set by the scanner. */
	uint64_t last; /* the last atoms of segments; set by the segment stage */
};

struct atoms {
	uint32_t *off;   /* n + 1 entries, owned */
	uint8_t *cls;    /* enum ucd_atom, owned */
	uint8_t *script; /* enum ucd_script, owned */
	uint8_t *flags;  /* bits of enum atom_flag, owned */
	uint8_t *code;   /* of marks of punctuation, as signs.h says; of others what no mark has; owned */
	/* From atom 0 on; one entry behind the last atom's too. Owned. */
	struct atom_sets *sets;
	uint32_t *line_ends; /* the atoms in the sets line_end, in order; owned */
	size_t n, n_line_ends, cap, sets_cap;
};

/* Whether an atom is in one of the sets, named as in struct atom_sets. */
#define ATOMS_HAS(atoms, set, i) ((atoms)->sets[(i) / 64].set >> (i) % 64 & 1)

static inline bool atoms_is_content(const struct atoms *atoms, size_t i)
{
	return i < atoms->n && ATOMS_HAS(atoms, content, i);
}

/* Sets of 64 atoms from atom i on. */
static inline uint64_t atom_join(uint64_t low, uint64_t high, size_t i)
{
	return low >> i % 64 | high << 1 << (63 - i % 64);
}

static inline struct atom_sets atom_sets_at(const struct atoms *atoms, size_t i)
{
	const struct atom_sets *const low = &atoms->sets[i / 64], *const high = low + 1;
#define JOIN(set) .set = atom_join(low->set, high->set, i)
	return (struct atom_sets){
		JOIN(line_end),  JOIN(content),      JOIN(word),      JOIN(latin),  JOIN(middle),
		JOIN(mark),      JOIN(quote),        JOIN(extends),   JOIN(apostrophe),
		JOIN(opening),   JOIN(comma),        JOIN(arabic_comma), JOIN(full_stop),
		JOIN(hyphen),    JOIN(colon),        JOIN(stop),      JOIN(spaced), JOIN(curly),
		JOIN(paren),     JOIN(bracket),      JOIN(last),
	};
#undef JOIN
}

/* Takes the atoms from n on out of the sets, but for the list of line ends. */
static inline void atom_sets_end(struct atoms *atoms, size_t n)
{
	enum { SETS = sizeof(struct atom_sets) / sizeof(uint64_t) };
	const uint64_t keep = ((uint64_t)1 << n % 64) - 1;
	uint64_t sets[SETS];
	memcpy(sets, &atoms->sets[n / 64], sizeof sets);
	for (size_t k = 0; k < SETS; k++)
		sets[k] &= keep;
	memcpy(&atoms->sets[n / 64], sets, sizeof sets);
	atoms->sets[n / 64 + 1] = (struct atom_sets){0};
}

#endif
