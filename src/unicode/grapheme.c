#include "unicode/grapheme.h"

#include <stdbool.h>

#include "unicode/ucd.h"
#include "unicode/utf8.h"

static bool is_control(uint8_t gcb)
{
	return gcb == UCD_GCB_CONTROL || gcb == UCD_GCB_CR || gcb == UCD_GCB_LF;
}

static bool hangul_joins(uint8_t left, uint8_t right)
{
	if (left == UCD_GCB_L)
		return right == UCD_GCB_L || right == UCD_GCB_V || right == UCD_GCB_LV ||
		       right == UCD_GCB_LVT;
	if (left == UCD_GCB_LV || left == UCD_GCB_V)
		return right == UCD_GCB_V || right == UCD_GCB_T;
	return (left == UCD_GCB_LVT || left == UCD_GCB_T) && right == UCD_GCB_T;
}

/* Whether text may be cut between two neighbouring characters, by their properties alone. */
static bool is_border(uint8_t left, uint8_t right)
{
	if (left == UCD_GCB_CR && right == UCD_GCB_LF) /* GB3 */
		return false;
	if (is_control(left) || is_control(right)) /* GB4, GB5 */
		return true;
	if (hangul_joins(left, right)) /* GB6, GB7, GB8 */
		return false;
	if (right == UCD_GCB_EXTEND || right == UCD_GCB_ZWJ ||
	    right == UCD_GCB_SPACINGMARK) /* GB9, GB9a */
		return false;
	if (left == UCD_GCB_PREPEND || left == UCD_GCB_ZWJ) /* GB9b, GB11 widened */
		return false;
	return !(left == UCD_GCB_REGIONAL_INDICATOR &&
	         right == UCD_GCB_REGIONAL_INDICATOR); /* see below */
}

/* Whether an even number of regional indicators ends at text + off: then a flag ends there. */
static bool is_flag_border(const char *text, uint32_t off)
{
	bool is_even = true;
	while (off > 0) {
		const struct utf8 c = utf8_decode_before(text, off);
		if (ucd_get(c.cp)->gcb != UCD_GCB_REGIONAL_INDICATOR)
			break;
		is_even = !is_even;
		off -= c.len;
	}
	return is_even;
}

uint32_t grapheme_border_before(const char *text, uint32_t len, uint32_t off)
{
	uint32_t at = off, last_char = 0;
	/* off may lie inside a character: step back to its start. */
	while (at > 0) {
		const struct utf8 before = utf8_decode_before(text, at);
		const struct utf8 whole = utf8_decode(text + at - before.len,
		                                      len - (at - before.len));
		if (whole.len <= before.len)
			break;
		at -= before.len;
	}
	while (at > 0) {
		const struct utf8 left = utf8_decode_before(text, at);
		const struct utf8 right = utf8_decode(text + at, len - at);
		if (last_char == 0)
			last_char = at;
		if (right.status == UTF8_END ||
		    is_border(ucd_get(left.cp)->gcb, ucd_get(right.cp)->gcb))
			return at;
		if (ucd_get(left.cp)->gcb == UCD_GCB_REGIONAL_INDICATOR &&
		    ucd_get(right.cp)->gcb == UCD_GCB_REGIONAL_INDICATOR && is_flag_border(text, at))
			return at; /* GB12, GB13 */
		at -= left.len;
	}
	return last_char;
}
