/*
 * Numbers that are written with more than digits and the marks between them: numbers of books, powers of ten, hexadecimal
 * digits.
 */
#include <string.h>

#include "entity/view.h"

/* Reads an atom of decimal digits of one script: how many there are, and what the last three say. 0 if it has anything else. */
static uint32_t count_digits(const struct view *view, size_t i, uint32_t *value)
{
	if (view_cls(view, i) != UCD_ATOM_NUMERIC)
		return 0;
	const char *const s = view->text + view_start(view, i);
	const uint32_t len = view_len(view, i);
	uint32_t n = 0;
	*value = 0;
	for (uint32_t at = 0; at < len;) {
		const struct utf8 c = utf8_decode(s + at, len - at);
		at += c.len;
		if (ucd_get(c.cp)->atom_flags & ATOM_CONTROL)
			continue; /* norm drops it */
		const uint32_t zero = c.cp >= 0x06F0 ? 0x06F0 : c.cp >= 0x0660 ? 0x0660 : '0';
		if (c.cp < zero || c.cp > zero + 9)
			return 0;
		*value = (*value * 10 + c.cp - zero) % 1000;
		n++;
	}
	return n;
}

/* Whether a number in groups goes on with an atom: by a name character, or by a hyphen and one. */
static bool goes_on(const struct view *view, size_t i)
{
	return view_is_name(view, i) || (view_is(view, i, '-') && view_is_name(view, i + 1));
}

/*
 * isbn: the number of a book with hyphens between its parts: thirteen digits in five, the first of them 978 or 979, or ten
 * in four; the last part is one digit, of the short form also X. The atom behind it, or i.
 */
size_t match_isbn(const struct view *view, size_t i)
{
	enum { LONG_PARTS = 5, LONG_DIGITS = 13, SHORT_PARTS = 4, SHORT_DIGITS = 10 };
	uint32_t value = 0, digits = 0, n = 0;
	const uint32_t first = count_digits(view, i, &value);
	if (!view_is(view, i + 1, '-') || view_is(view, i - 1, '-'))
		return i;
	const bool is_long = first == 3 && (value == 978 || value == 979);
	const uint32_t parts = is_long ? LONG_PARTS : SHORT_PARTS;
	size_t j = i;
	for (; n < parts; n++, j += 2) {
		const bool is_check = n + 1 == parts;
		const bool is_ten = is_check && !is_long && view_is(view, j, 'X');
		const uint32_t own = is_ten ? 1 : count_digits(view, j, &value);
		digits += own;
		if (own == 0 || (is_check && own != 1) || (!is_check && !view_is(view, j + 1, '-')))
			return i;
	}
	const size_t end = j - 1;
	return digits == (is_long ? LONG_DIGITS : SHORT_DIGITS) && !goes_on(view, end) ? end : i;
}

/* card-number: sixteen digits in groups of four with hyphens between, as bank cards have them. The atom behind it, or i. */
size_t match_card(const struct view *view, size_t i)
{
	enum { GROUPS = 4, DIGITS = 4 };
	uint32_t value = 0;
	for (size_t n = 0; n < GROUPS; n++)
		if (count_digits(view, i + 2 * n, &value) != DIGITS ||
		    (n > 0 && !view_is(view, i + 2 * n - 1, '-')))
			return i;
	const size_t end = i + 2 * GROUPS - 1;
	return view_is(view, i - 1, '-') || goes_on(view, end) ? i : end;
}

/*
 * exponent: an e with up to three digits of ASCII, with a sign or without, behind digits that have a point or are one. The atom
 * behind it, or end, which is that behind the digits from atom i on.
 */
size_t match_exponent(const struct view *view, size_t i, size_t end)
{
	enum { LONGEST = 3 };
	if ((!view_is(view, end, 'e') && !view_is(view, end, 'E')) ||
	    (end == i + 1 && view_len(view, i) > 1))
		return end;
	const size_t power = end + 1 + (view_is(view, end + 1, '-') || view_is(view, end + 1, '+'));
	const bool is_power = view_cls(view, power) == UCD_ATOM_NUMERIC &&
	                      view_is_ascii(view, power) && view_len(view, power) <= LONGEST &&
	                      !view_is_name(view, power + 1);
	return is_power ? power + 1 : end;
}

/* hexadecimal: 0x and up to sixteen digits. The atom behind them, or i. */
size_t match_hexadecimal(const struct view *view, size_t i)
{
	enum { LONGEST = 16 };
	const uint32_t start = view_start(view, i);
	if (!view_is(view, i, '0') || !view_is_latin(view, i + 1) ||
	    (view->text[start + 1] | 0x20) != 'x')
		return i;
	size_t end = i + 1;
	while (view_is_name(view, end) && view_start(view, end) - start <= LONGEST + 2)
		end++;
	const uint32_t len = view_start(view, end) - start;
	for (uint32_t at = 2; at < len; at++)
		if (!view->text[start + at] ||
		    !strchr("0123456789abcdefABCDEF", view->text[start + at]))
			return i;
	return len > 2 && len <= LONGEST + 2 ? end : i;
}
