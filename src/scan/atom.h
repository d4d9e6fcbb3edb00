/*
 * Atoms: what the scanner finds. An atom is a row of letters of one script with their marks, a row
 * of digits, of white space, one mark of punctuation, one symbol, a line end, an ill-formed
 * sequence. Atoms cover the text without hole or overlap: atom i is the bytes from off[i] to off[i
 * + 1].
 */
#ifndef LAFZ_SCAN_ATOM_H
#define LAFZ_SCAN_ATOM_H

#include <stddef.h>
#include <stdint.h>

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

struct atoms {
	uint32_t *off;   /* n + 1 entries, owned */
	uint8_t *cls;    /* enum ucd_atom, owned */
	uint8_t *script; /* enum ucd_script, owned */
	uint8_t *flags;  /* bits of enum atom_flag, owned */
	size_t n, cap;
};

#endif
