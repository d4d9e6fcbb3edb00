/*
 * Properties of code points, Unicode 15.0, from tables that tools/gen_ucd.py makes from the Unicode
 * Character Database. Own tables, not ICU's, so that a newer ICU changes nothing in what Lafz
 * writes.
 */
#ifndef LAFZ_UNICODE_UCD_H
#define LAFZ_UNICODE_UCD_H

#include <stdbool.h>
#include <stdint.h>

#include "gen/ucd_enums.h"

/*
 * One row of properties; every code point has one. The enums are in gen/ucd_enums.h: atom is what
 * the scanner makes of it, the others are the property values of the UCD.
 */
struct ucd_row {
	uint8_t atom;        /* enum ucd_atom */
	uint8_t atom_script; /* of letters, enum ucd_script; tatweel is Arab, Zinh is Zyyy */
	uint8_t atom_flags;  /* bits of enum atom_flag */
	uint8_t script;      /* enum ucd_script: sc */
	uint8_t gc;          /* enum ucd_gc */
	uint8_t wb;          /* enum ucd_wb */
	uint8_t sb;          /* enum ucd_sb */
	uint8_t gcb;         /* enum ucd_gcb */
	uint8_t joining;     /* enum ucd_joining: joining type */
	uint8_t ccc;         /* canonical combining class */
	uint16_t flags;      /* UCD_... bits */
};

extern const uint16_t ucd_stage1[0x110000 >> 7];
extern const uint16_t ucd_stage2[][128];
extern const struct ucd_row ucd_rows[];

/*
 * The same of U+0000 to U+07FF for the scanner, in one look: atom, atom_script and atom_flags from
 * the lowest byte up, then UCD_LOW_ROWS if it makes rows with its like, UCD_LOW_ASK if what becomes
 * of it depends on more than that.
 */
extern const uint32_t ucd_low[0x800];

/* ccc of U+0600 to U+06FF, in one look. */
extern const uint8_t ucd_arab_ccc[0x100];

static inline const struct ucd_row *ucd_get(uint32_t cp)
{
	return &ucd_rows[ucd_stage2[ucd_stage1[cp >> 7]][cp & 127]];
}

/* The controls of bidirectional text: U+061C 200E 200F 202A-202E 2066-2069. */
static inline bool ucd_is_bidi_control(uint32_t cp)
{
	return cp == 0x061C || cp == 0x200E || cp == 0x200F || (cp >= 0x202A && cp <= 0x202E) ||
	       (cp >= 0x2066 && cp <= 0x2069);
}

/* ISO 15924 tag of a script, "Zyyy" if there is no such script. */
const char *ucd_script_tag(uint8_t script);

#endif
