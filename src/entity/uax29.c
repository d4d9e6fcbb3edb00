/*
 * Word segments of UAX #29, Unicode 15.0, on atoms. The scanner has done WB4 for letters, digits
 * and the like, and joined rows of one class; what is left are the rules between atoms, with
 * extenders and format characters behind other atoms still to be passed over.
 */
#include "entity/view.h"

static bool is_line_end(uint8_t cls)
{
	return cls == UCD_ATOM_NEWLINE || cls == UCD_ATOM_CR || cls == UCD_ATOM_LF;
}

/* What WB4 passes over. */
static bool is_ignored(uint8_t cls)
{
	return cls == UCD_ATOM_MARK || cls == UCD_ATOM_FORMAT || cls == UCD_ATOM_JOINER ||
	       cls == UCD_ATOM_NUMBER_SIGN;
}

static bool is_letter(uint8_t cls) /* AHLetter */
{
	return cls == UCD_ATOM_LETTER || cls == UCD_ATOM_HEBREW || cls == UCD_ATOM_HONORIFIC;
}

static bool is_mid_letter(uint8_t cls) /* MidLetter | MidNumLetQ */
{
	return cls == UCD_ATOM_MIDLETTER || cls == UCD_ATOM_MIDNUMLET || cls == UCD_ATOM_SQUOTE;
}

static bool is_mid_num(uint8_t cls) /* MidNum | MidNumLetQ */
{
	return cls == UCD_ATOM_MIDNUM || cls == UCD_ATOM_MIDNUMLET || cls == UCD_ATOM_SQUOTE;
}

/* The class of the next atom behind i that WB4 does not pass over. */
static uint8_t next_cls(const struct view *view, size_t i)
{
	do
		i++;
	while (is_ignored(view_cls(view, i)));
	return view_cls(view, i);
}

/*
 * Whether the rules join cur, atom i, to prev, the class before it; prev2 is the one before that.
 * n_ri: regional indicators so far.
 */
static bool joins(const struct view *view, size_t i, uint8_t prev2, uint8_t prev, uint32_t n_ri)
{
	const uint8_t cur = view_cls(view, i);
	if (is_letter(prev) && is_letter(cur)) /* WB5 */
		return true;
	if (is_letter(prev) && is_mid_letter(cur) && is_letter(next_cls(view, i))) /* WB6 */
		return true;
	if (is_letter(prev2) && is_mid_letter(prev) && is_letter(cur)) /* WB7 */
		return true;
	if (prev == UCD_ATOM_HEBREW && cur == UCD_ATOM_SQUOTE) /* WB7a */
		return true;
	if (prev == UCD_ATOM_HEBREW && cur == UCD_ATOM_DQUOTE &&
	    next_cls(view, i) == UCD_ATOM_HEBREW) /* WB7b */
		return true;
	if (prev2 == UCD_ATOM_HEBREW && prev == UCD_ATOM_DQUOTE && cur == UCD_ATOM_HEBREW) /* WB7c */
		return true;
	if (prev == UCD_ATOM_NUMERIC && cur == UCD_ATOM_NUMERIC) /* WB8 */
		return true;
	if (is_letter(prev) && cur == UCD_ATOM_NUMERIC) /* WB9 */
		return true;
	if (prev == UCD_ATOM_NUMERIC && is_letter(cur)) /* WB10 */
		return true;
	if (prev2 == UCD_ATOM_NUMERIC && is_mid_num(prev) && cur == UCD_ATOM_NUMERIC) /* WB11 */
		return true;
	if (prev == UCD_ATOM_NUMERIC && is_mid_num(cur) &&
	    next_cls(view, i) == UCD_ATOM_NUMERIC) /* WB12 */
		return true;
	if (prev == UCD_ATOM_KATAKANA && cur == UCD_ATOM_KATAKANA) /* WB13 */
		return true;
	if (cur == UCD_ATOM_EXTNUMLET &&
	    (is_letter(prev) || prev == UCD_ATOM_NUMERIC || prev == UCD_ATOM_KATAKANA ||
	     prev == UCD_ATOM_EXTNUMLET)) /* WB13a */
		return true;
	if (prev == UCD_ATOM_EXTNUMLET &&
	    (is_letter(cur) || cur == UCD_ATOM_NUMERIC || cur == UCD_ATOM_KATAKANA))
		return true;                                               /* WB13b */
	return prev == UCD_ATOM_RI && cur == UCD_ATOM_RI && n_ri % 2 == 1; /* WB15, WB16 */
}

/* WB3c: U+200D and a pictograph. Looks at the characters that meet, nothing between. */
static bool joins_pictograph(const struct view *view, size_t i)
{
	return view_flags(view, i - 1) & ATOM_ENDS_ZWJ &&
	       ucd_get(view_char(view, i))->flags & UCD_EXTPICT;
}

static uint8_t kind_of(const struct view *view, size_t i, size_t end)
{
	uint8_t kind = LAFZ_KIND_OTHER;
	bool has_digit = false;
	for (size_t k = i; k < end; k++) {
		const uint8_t cls = view_cls(view, k);
		if (view_flags(view, k) & ATOM_LETTER || cls == UCD_ATOM_HONORIFIC)
			return LAFZ_KIND_WORD;
		has_digit = has_digit || cls == UCD_ATOM_NUMERIC;
		const uint8_t gc = ucd_get(view_char(view, k))->gc;
		if (cls == UCD_ATOM_EMOJI || cls == UCD_ATOM_RI)
			kind = LAFZ_KIND_EMOJI;
		else if (kind != LAFZ_KIND_OTHER || cls == UCD_ATOM_ILLFORMED)
			continue;
		else if (cls == UCD_ATOM_SYMBOL || cls == UCD_ATOM_NUMBER_SIGN ||
		         cls == UCD_ATOM_MARK || cls == UCD_ATOM_LETTER_SYMBOL)
			kind = LAFZ_KIND_SYMBOL;
		else if (cls <= UCD_ATOM_PUNCT &&
		         (gc == UCD_GC_PC || (gc >= UCD_GC_PD && gc <= UCD_GC_PS) || gc == UCD_GC_LM))
			kind = LAFZ_KIND_PUNCT;
	}
	return has_digit ? LAFZ_KIND_NUMBER : kind;
}

/*
 * Where the segment begins that the last character of white space atom i is in: WB3d joins a row of
 * WSegSpace.
 */
static uint32_t last_space_start(const struct view *view, size_t i)
{
	uint32_t at = view->atoms->off[i + 1];
	const uint32_t start = view_start(view, i);
	bool is_row = true;
	while (at > start && is_row) {
		const struct utf8 c = utf8_decode_before(view->text, at);
		is_row = ucd_get(c.cp)->flags & UCD_WSEGSPACE;
		if (!is_row && at < view->atoms->off[i + 1])
			break;
		at -= c.len;
	}
	return at;
}

size_t match_uax29(const struct view *view, size_t i, struct piece *piece, uint32_t *start)
{
	size_t j = i + 1;
	*start = view_start(view, i);
	uint8_t prev2 = UCD_ATOM_COUNT, prev = view_cls(view, i);
	uint32_t n_ri = prev == UCD_ATOM_RI;
	if (is_line_end(prev) || (prev == UCD_ATOM_SPACE && !is_ignored(view_cls(view, j))))
		return i; /* white space alone: WB3, WB3a, WB3b, WB3d, and no token */
	if (prev == UCD_ATOM_SPACE)
		*start = last_space_start(view, i);
	for (; j < view->end; j++) {
		const uint8_t cur = view_cls(view, j);
		if (is_line_end(cur)) /* WB3b */
			break;
		if (is_ignored(cur)) /* WB4 */
			continue;
		if (!joins_pictograph(view, j) && !joins(view, j, prev2, prev, n_ri))
			break; /* WB999 */
		prev2 = prev;
		prev = cur;
		n_ri = cur == UCD_ATOM_RI ? n_ri + 1 : 0;
	}
	piece->kind = kind_of(view, i, j);
	return j;
}
