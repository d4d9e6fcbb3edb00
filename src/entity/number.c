/*
 * Numbers, dates and times, in any digits. The separators are those of UAX #29 (MidNum, MidNumLet),
 * the semicolon left out, which makes lists and no numbers.
 */
#include "entity/view.h"

enum { MAX_PARTS = 7 };

/* One row of digits: how many there are, and what the last nine of them say. */
struct part {
	uint32_t digits;
	uint32_t value;
};

static int digit_value(uint32_t cp)
{
	if (cp >= '0' && cp <= '9')
		return (int)(cp - '0');
	if (cp >= 0x0660 && cp <= 0x0669)
		return (int)(cp - 0x0660);
	if (cp >= 0x06F0 && cp <= 0x06F9)
		return (int)(cp - 0x06F0);
	return -1;
}

/* Reads an atom of digits. False if it holds anything else. */
static bool read_part(const struct view *view, size_t i, struct part *part)
{
	*part = (struct part){0};
	if (view_cls(view, i) != UCD_ATOM_NUMERIC)
		return false;
	const char *s = view->text + view_start(view, i);
	const uint32_t len = view_len(view, i);
	for (uint32_t at = 0; at < len;) {
		int value = s[at] - '0';
		if (value >= 0 && value <= 9) {
			at++;
		} else {
			const struct utf8 c = utf8_decode(s + at, len - at);
			value = digit_value(c.cp);
			at += c.len;
			if (ucd_get(c.cp)->atom_flags & ATOM_CONTROL)
				continue; /* norm drops it */
		}
		if (value < 0)
			return false;
		part->value = part->value % 100000000 * 10 + (uint32_t)value;
		part->digits++;
	}
	return true;
}

/* U+066B ARABIC DECIMAL SEPARATOR is Numeric for UAX #29, but alone it is no number. */
static bool has_digit(const struct view *view, size_t i)
{
	const char *s = view->text + view_start(view, i);
	const uint32_t len = view_len(view, i);
	for (uint32_t at = 0; at < len;) {
		if (s[at] >= '0' && s[at] <= '9')
			return true;
		const struct utf8 c = utf8_decode(s + at, len - at);
		if (ucd_get(c.cp)->gc == UCD_GC_ND)
			return true;
		at += c.len;
	}
	return false;
}

/*
 * Reads digits with one and the same separator between them; the number of parts, MAX_PARTS if
 * there may be more, 0 if there is but one.
 */
static size_t read_parts(const struct view *view, size_t i, char separator,
                         struct part parts[MAX_PARTS])
{
	size_t n = 0;
	if (!view_is(view, i + 1, separator))
		return 0;
	while (n < MAX_PARTS && read_part(view, i + 2 * n, &parts[n])) {
		n++;
		if (!view_is(view, i + 2 * n - 1, separator))
			break;
	}
	return n;
}

/*
 * Whether a month has such a day. Years before 1500 are those of the Solar or Lunar Hijri calendar, whose
 * months have 31 days at most in the first half of the year, 30 in the second.
 */
static bool is_day(uint32_t year, uint32_t month, uint32_t day)
{
	static const uint8_t days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	if (month < 1 || month > 12 || day < 1)
		return false;
	if (year < 1500)
		return day <= (month <= 6 ? 31 : 30);
	const bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return day <= days[month - 1] && (month != 2 || day < 29 || is_leap);
}

/*
 * Three parts that can be a date: year, month, day; or day and month in either order, then the
 * year. A year of two digits only where the separator leaves no doubt: a slash, or full stops
 * between parts of two digits each; and first if it can be no day (98/5/12, as Persian has it).
 */
static bool is_date(const struct part p[3], char separator)
{
	if (p[1].digits > 2)
		return false;
	if (p[0].digits == 4)
		return p[2].digits <= 2 && p[0].value >= 1000 &&
		       is_day(p[0].value, p[1].value, p[2].value);
	if (p[0].digits > 2)
		return false;
	enum { LAST_DAY = 31, LEAP_YEAR = 2000, LEAP_HIJRI = 1399 };
	if (separator == '/' && p[0].digits == 2 && p[0].value > LAST_DAY && p[2].digits <= 2)
		return is_day(LEAP_YEAR, p[1].value, p[2].value) || is_day(LEAP_HIJRI, p[1].value, p[2].value);
	if (p[2].digits == 4)
		return p[2].value >= 1000 && (is_day(p[2].value, p[1].value, p[0].value) ||
		                              is_day(p[2].value, p[0].value, p[1].value));
	const bool is_sure = separator == '/' ||
	                     (separator == '.' && p[0].digits == 2 && p[1].digits == 2);
	return p[2].digits == 2 && is_sure &&
	       (is_day(LEAP_YEAR, p[1].value, p[0].value) || is_day(LEAP_YEAR, p[0].value, p[1].value));
}

/* time: hh:mm or hh:mm:ss at atom i, a fraction of a second with it, in subtitles behind a comma; the atom behind it, or i. */
static size_t match_time(const struct view *view, size_t i)
{
	enum { THOUSANDTHS = 3 }; /* digits */
	struct part p[MAX_PARTS];
	const size_t n = read_parts(view, i, ':', p);
	if (n < 2 || n > 3 || p[0].digits > 2 || p[0].value > 24)
		return i;
	for (size_t k = 1; k < n; k++)
		if (p[k].digits != 2 || p[k].value > (p[0].value == 24 ? 0 : 59 + (k == 2)))
			return i;
	const size_t end = i + 2 * n - 1;
	if (n < 3 || view_cls(view, end + 1) != UCD_ATOM_NUMERIC)
		return end;
	return view_is(view, end, '.') || (view_is(view, end, ',') && view_len(view, end + 1) == THOUSANDTHS) ? end + 2 : end;
}

/*
 * date: at atom i, with a time behind it in the way of ISO 8601 (2025-09-21T17:29Z); the atom
 * behind it, or i.
 */
static size_t match_date(const struct view *view, size_t i)
{
	static const char separators[] = "-/.";
	for (const char *s = separators; *s; s++) {
		struct part p[MAX_PARTS];
		const size_t n = read_parts(view, i, *s, p);
		if (n != 3 || !is_date(p, *s))
			continue;
		const size_t end = i + 5;
		if (view_is(view, end, 'T') || view_is(view, end, 't')) {
			const size_t time = match_time(view, end + 1);
			if (time == end + 1)
				return end;
			const bool has_zone = view_is(view, time, '+') || view_is(view, time, '-');
			const size_t zone = has_zone ? match_time(view, time + 1) : time;
			if (has_zone && zone > time + 1)
				return zone;
			return view_is(view, time, 'Z') ? time + 1 : time;
		}
		return end;
	}
	return i;
}

/* semicolon: it makes lists, no numbers; and U+2018 is a quote that opens. */
static bool is_separator(const struct view *view, size_t i)
{
	const uint8_t cls = view_cls(view, i);
	if (cls != UCD_ATOM_MIDNUM && cls != UCD_ATOM_MIDNUMLET && cls != UCD_ATOM_SQUOTE)
		return false;
	const uint32_t cp = view_char(view, i);
	return cp != ';' && cp != 0x037E && cp != 0xFE14 && cp != 0xFF1B && cp != 0x2018;
}

/*
 * Digits with separators between them from atom i on (WB11, WB12); the atom behind the last digits.
 */
static size_t match_digits(const struct view *view, size_t i)
{
	size_t j = i + 1;
	while (is_separator(view, j) && view_cls(view, j + 1) == UCD_ATOM_NUMERIC)
		j += 2;
	return j;
}

/* Version numbers and addresses: nothing but full stops between the digits, two of them or more. */
static uint16_t dotted_flags(const struct view *view, size_t i, size_t end)
{
	struct part p[MAX_PARTS];
	const size_t n = read_parts(view, i, '.', p);
	if (n < 3 || end != i + 2 * n - 1)
		return 0;
	bool is_address = n == 4, is_grouped = true;
	for (size_t k = 0; k < n; k++) {
		is_address = is_address && p[k].value <= 255;
		is_grouped = is_grouped && (k == 0 || p[k].digits == 3); /* 1.234.567 */
	}
	if (is_address)
		return LAFZ_FLAG_IP;
	return is_grouped ? 0 : LAFZ_FLAG_VERSION;
}

/*
 * Whether groups of digits with one hyphen or full stop between each are a phone number: with a plus
 * sign; grouped as North America has it, the area code left out or not; or with a prefix that begins with zero and nine
 * digits or more, in five pairs with full stops too, as France has them. Two groups that both end with zero are a
 * range (100-2000).
 */
static bool is_phone(const struct part *p, size_t n, char separator, bool has_plus, bool has_zero)
{
	uint32_t digits = 0;
	for (size_t k = 0; k < n; k++)
		digits += p[k].digits;
	if (n < 2 || n >= MAX_PARTS || digits < 7 || digits > 15)
		return false;
	if (has_plus)
		return true;
	const struct part *last = &p[n - 1];
	const bool is_local = last->digits == 4 && p[n - 2].digits == 3;
	if (n == 2 && is_local)
		return separator == '-' && (p[0].value % 10 != 0 || p[1].value % 10 != 0);
	if (n > 2 && is_local && p[n - 3].digits == 3)
		return n == 3 || p[0].value == 1;
	if (!has_zero || p[0].digits < 2 || p[0].digits > 5 || digits < 9)
		return false;
	bool are_pairs = n == 5;
	for (size_t k = 0; k < n; k++)
		are_pairs = are_pairs && p[k].digits == 2;
	return separator == '-' || are_pairs;
}

/* phone: digits in groups; the atom behind them, or i. */
static size_t match_phone(const struct view *view, size_t i, bool has_plus)
{
	static const char separators[] = "-.";
	if (!has_plus && (view_is(view, i - 1, '-') || view_is(view, i - 1, '.')))
		return i;
	const bool has_zero = digit_value(view_char(view, i)) == 0;
	for (const char *s = separators; *s; s++) {
		struct part p[MAX_PARTS];
		const size_t n = read_parts(view, i, *s, p);
		if (n < 2)
			continue;
		const size_t end = i + 2 * n - 1;
		const bool goes_on = view_is_name(view, end) ||
		                     (view_is(view, end, *s) && view_is_name(view, end + 1));
		if (!goes_on && is_phone(p, n, *s, has_plus, has_zero))
			return end;
	}
	return i;
}

static bool is_apostrophe(uint32_t cp)
{
	return cp == '\'' || cp == 0x2019;
}

/* latin-suffix: a letter from a to d behind up to three digits names a part: 12a, 3b; no hour (12a.m.), no sum ($5b), no decimal. */
static bool is_label(const struct view *view, size_t j)
{
	enum { MOST_DIGITS = 3 };
	const uint32_t letter = view_char(view, j);
	const uint32_t before = view_char(view, j - 2);
	const bool is_hour = view_is(view, j + 1, '.') && view_is_name(view, j + 2);
	return letter >= 'a' && letter <= 'd' && view_len(view, j) == 1 && view_len(view, j - 1) <= MOST_DIGITS &&
	       view_char(view, j - 1) < 0x80 && !is_hour && ucd_get(before)->gc != UCD_GC_SC && before != '.' && before != ',';
}

/*
 * latin-suffix: letters that stay with the digits before them: 21st, 1950s, 1950's, 3D, 12a, and the
 * ordinal signs of Spanish, Portuguese and Italian, with a full stop or not.
 */
static size_t match_suffix(const struct view *view, size_t j, struct piece *piece)
{
	static const char *const ordinals[] = {"st", "nd", "rd", "th"};
	if (is_apostrophe(view_char(view, j)) && view_is(view, j + 1, 's') &&
	    !view_is_name(view, j + 2))
		return j + 2;
	const size_t sign = j + view_is(view, j, '.');
	const uint32_t cp = view_char(view, sign);
	if ((cp == 0xAA || cp == 0xBA) && view_len(view, sign) == 2) {
		piece->flags |= LAFZ_FLAG_ORDINAL;
		return sign + 1;
	}
	if (!view_is_latin(view, j) || view_is_name(view, j + 1))
		return j;
	for (size_t k = 0; k < sizeof ordinals / sizeof *ordinals; k++) {
		if (view_equals(view, j, ordinals[k])) {
			piece->flags |= LAFZ_FLAG_ORDINAL;
			return j + 1;
		}
	}
	if (view_is(view, j, 's'))
		return j + 1;
	/* between these it would go elsewhere once it is small */
	const bool is_apart = utf8_decode_before(view->text, view_start(view, j)).cp == 0x200C ||
	                      view_cls(view, j + 1) == UCD_ATOM_ZWSP;
	const bool is_capital = view_len(view, j) == 1 && view_flags(view, j) & ATOM_UPPER;
	if ((is_capital || is_label(view, j)) && !is_apart) {
		if (is_capital)
			piece->kind = LAFZ_KIND_WORD;
		return j + 1;
	}
	return j;
}

/*
 * times-sign: an x between digits or alone behind them (4x4, 1920x1080, 10x), in Latin script; a unit may follow (10x15cm).
 * The atom behind all, or j.
 */
static size_t match_times(const struct view *view, size_t j)
{
	size_t end = j;
	while ((view_is(view, end, 'x') || view_is(view, end, 'X')) &&
	       view_cls(view, end + 1) == UCD_ATOM_NUMERIC)
		end += 2;
	if (end > j)
		return view_is_name(view, end) && !view_is_latin(view, end) ? j : end;
	end += view_is(view, j, 'x');
	return view_is_name(view, end) ? j : end;
}

/* year-apostrophe: two digits with an apostrophe for the century ('93, '90s), unless one closes it too. */
size_t match_short_year(const struct view *view, size_t i, struct piece *piece)
{
	const uint32_t cp = view_char(view, i);
	struct part part;
	if ((!is_apostrophe(cp) && cp != 0x2018) || !read_part(view, i + 1, &part) || part.digits != 2)
		return i;
	const uint8_t before = ucd_get(view_char(view, i - 1))->gc;
	if (!view_is_gap(view, i - 1) && before != UCD_GC_PS && before != UCD_GC_PD && !view_is(view, i - 1, '/'))
		return i;
	const size_t end = i + 2 + view_is(view, i + 2, 's');
	if (view_is_name(view, end) || is_apostrophe(view_char(view, end)) ||
	    (is_separator(view, end) && view_cls(view, end + 1) == UCD_ATOM_NUMERIC))
		return i;
	piece->kind = LAFZ_KIND_NUMBER;
	return end;
}

static bool is_sign(const struct view *view, size_t i)
{
	return view_is(view, i, '+') || view_is(view, i, '-') || view_char(view, i) == 0x2212;
}

/*
 * number-sign: a sign belongs to the number behind it where a token may begin: behind a gap or an
 * opening bracket.
 */
static bool is_number_sign(const struct view *view, size_t i)
{
	if (!is_sign(view, i) || view_cls(view, i + 1) != UCD_ATOM_NUMERIC)
		return false;
	return view_is_gap(view, i - 1) || ucd_get(view_char(view, i - 1))->gc == UCD_GC_PS;
}

/* phone: digits in one row that are many enough behind a plus sign. */
static bool is_long_number(const struct view *view, size_t i)
{
	struct part part;
	return match_digits(view, i) == i + 1 && read_part(view, i, &part) && part.digits >= 7;
}

/* phone: a number with a plus sign, behind the colon of its label too (Tel:+93-70-123-4567), where no other number has a sign. */
static size_t match_labelled_phone(const struct view *view, size_t i, struct piece *piece)
{
	const size_t digits = i + 1, grouped = match_phone(view, digits, true);
	if (grouped == digits && (!is_long_number(view, digits) || view_is_name(view, digits + 1)))
		return i;
	piece->kind = LAFZ_KIND_NUMBER;
	piece->flags |= LAFZ_FLAG_PHONE;
	return grouped > digits ? grouped : digits + 1;
}

/* Whether a number may begin with the full stop that is atom i. */
static bool may_begin_decimal(const struct view *view, size_t i)
{
	const uint8_t gc = ucd_get(view_char(view, i - 1))->gc;
	if (gc == UCD_GC_PS || gc == UCD_GC_PD || gc == UCD_GC_SC || gc == UCD_GC_SM)
		return true;
	return view_is_gap(view, i - 1) && view_script(view, i - 2) != UCD_SCRIPT_ARAB;
}

/*
 * decimal-stop: ASCII digits with a full stop for what is less than one (.5), where a token begins, with a sign or without.
 */
static size_t match_decimal(const struct view *view, size_t i, struct piece *piece)
{
	const size_t stop = i + is_sign(view, i), end = stop + 2;
	const bool has_fraction = view_is(view, stop, '.') && view_cls(view, stop + 1) == UCD_ATOM_NUMERIC &&
	                          view_char(view, stop + 1) < 0x80;
	const bool goes_on = view_cls(view, end) == UCD_ATOM_EXTNUMLET ||
	                     (is_separator(view, end) && view_cls(view, end + 1) == UCD_ATOM_NUMERIC);
	if (!has_fraction || goes_on || !may_begin_decimal(view, i))
		return i;
	piece->kind = LAFZ_KIND_NUMBER;
	return end;
}

/* Digits with separators, from atom digits on, behind a sign or none (atom i), and what stays with them. */
static size_t match_amount(const struct view *view, size_t i, size_t digits, struct piece *piece)
{
	const size_t end = match_digits(view, digits);
	if (view_is(view, end, '.') && is_extension(view, end + 1)) { /* 10.jpg */
		piece->kind = LAFZ_KIND_WORD;
		return end + 2;
	}
	size_t code = match_hexadecimal(view, digits);
	if (code > digits || (code = match_exponent(view, digits, end)) > end)
		return code;
	const size_t times = match_times(view, end);
	if (times > end) {
		piece->kind = LAFZ_KIND_WORD;
		return times;
	}
	piece->flags |= dotted_flags(view, digits, end);
	if (view_is(view, i, '+') && is_long_number(view, digits))
		piece->flags |= LAFZ_FLAG_PHONE;
	/* digit-letter: digits end before all other letters, so 5km is two */
	return match_suffix(view, end, piece);
}

size_t match_number(const struct view *view, size_t i, struct piece *piece)
{
	if (view_cls(view, i) != UCD_ATOM_NUMERIC) {
		const size_t decimal = match_decimal(view, i, piece);
		if (decimal > i)
			return decimal;
		if (view_is(view, i, '+') && view_is(view, i - 1, ':'))
			return match_labelled_phone(view, i, piece);
	}
	/* arabic-number-mark: U+0600 and its like take the digits behind them */
	const bool is_mark = view_cls(view, i) == UCD_ATOM_NUMBER_SIGN &&
	                     view_cls(view, i + 1) == UCD_ATOM_NUMERIC;
	const bool is_signed = is_number_sign(view, i);
	const size_t digits = i + (is_mark || is_signed);
	if (view_cls(view, digits) != UCD_ATOM_NUMERIC || !has_digit(view, digits))
		return i;

	const size_t doi = view_is(view, digits + 3, '/') ? match_doi(view, digits) : digits;
	if (doi > digits) {
		piece->kind = LAFZ_KIND_URL;
		return doi;
	}
	piece->kind = LAFZ_KIND_NUMBER;
	const size_t date = match_date(view, digits), time = match_time(view, digits);
	if (is_signed && (date > digits || time > digits))
		return i; /* a dash before a date */
	if (date > digits) {
		piece->kind = LAFZ_KIND_DATE;
		return date;
	}
	if (time > digits) {
		piece->kind = LAFZ_KIND_TIME;
		return time;
	}
	const size_t phone = match_phone(view, digits, view_is(view, i, '+'));
	if (phone > digits) {
		piece->flags |= LAFZ_FLAG_PHONE;
		return phone;
	}
	size_t code = digits;
	if (view_is(view, digits + 1, '-') &&
	    ((code = match_isbn(view, digits)) > digits || (code = match_card(view, digits)) > digits))
		return code;
	return match_amount(view, i, digits, piece);
}
