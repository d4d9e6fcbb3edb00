/*
 * Places in a word. A place is counted by letters: marks, ZWNJ, ZWJ, tatweel and invisible controls are passed over;
 * digits and punctuation are no letters. What norm and key must agree on for any text lives here.
 */
#ifndef LAFZ_NORM_PLACES_H
#define LAFZ_NORM_PLACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "norm/trace.h"
#include "unicode/ucd.h"

#define PLACES_TATWEEL 0x0640u
#define PLACES_ZWNJ 0x200Cu

static inline bool places_is_letter(uint32_t cp)
{
	const uint8_t gc = ucd_get(cp)->gc;
	return gc >= UCD_GC_LL && gc <= UCD_GC_LU && cp != PLACES_TATWEEL;
}

static inline bool places_is_mark(uint32_t cp)
{
	const uint8_t gc = ucd_get(cp)->gc;
	return gc == UCD_GC_MN || gc == UCD_GC_MC;
}

/* Passed over when a neighbour is looked for. */
static inline bool places_is_passed(uint32_t cp)
{
	const struct ucd_row *row = ucd_get(cp);
	return row->gc == UCD_GC_MN || row->gc == UCD_GC_MC ||
	       (row->gc == UCD_GC_CF && (row->flags & UCD_IGNORABLE));
}

static inline bool places_is_space(uint32_t cp)
{
	return (ucd_get(cp)->flags & UCD_WHITE_SPACE) != 0;
}

/* An invisible control that the profile standard drops. */
static inline bool places_is_control(uint32_t cp)
{
	return (ucd_get(cp)->flags & UCD_CONTROL) != 0;
}

/* First and last letter of a word; n if it has none. */
struct places {
	size_t first, last;
};

struct places places_find(const uint32_t *cps, size_t n);

/*
 * The text has letters, but none in Arabic or Latin script. Such text is only composed. The answer is the same before
 * and after anything that norm or key do.
 */
bool places_is_other_script(const uint32_t *cps, size_t n);

/*
 * Takes out tatweel beside a letter, in place; returns the new count. Between other characters it
 * is a dash and stays. If keep_seat is set, a tatweel that carries a mark and has no letter before
 * it stays, so that a word does not begin with a bare mark. trace may be NULL.
 */
size_t places_drop_tatweel(uint32_t *cps, size_t n, bool keep_seat, struct trace *trace);

#endif
