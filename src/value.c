/*
 * What a number, date or time says, in ASCII, where that is sure. Nothing is guessed: digits in
 * threes behind a lone full stop or comma may be thousands or a fraction, so only a language whose
 * separators are settled decides (CLDR has them; Spanish does as Spain or as Mexico, so it does
 * not); day and month are told apart only if one of them is above twelve, and years are those of
 * the Gregorian calendar, which is why 1404 has no value.
 */
#include <lafz.h>

#include <stdbool.h>
#include <string.h>

#include "lang.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"

enum {
	MOST_PARTS = 24,
	FIRST_YEAR = 1583, /* the first whole year of the Gregorian calendar */
	LAST_YEAR = 2199
};

/* Stand-ins for separators that say what they are. */
#define POINT 'd' /* U+066B ARABIC DECIMAL SEPARATOR */
#define GROUP 'g' /* U+066C ARABIC THOUSANDS SEPARATOR, apostrophes */

/* A run whose language is less certain settles nothing; the default of options.fold_confidence. */
static const float least_confidence = 0.9f;

/* How a language writes numbers. */
struct separators {
	uint16_t lang;
	char point;
	char group;    /* 0: a space, or not settled */
	bool is_three; /* the point may stand before three digits */
};

static const struct separators separators[] = {
	{LANG_EN, '.', ',', true}, {LANG_HA, '.', ',', true}, {LANG_SD, '.', ',', true},
	{LANG_SO, '.', ',', true}, {LANG_SW, '.', ',', true}, {LANG_UG, '.', ',', true},
	{LANG_UR, '.', ',', true}, {LANG_AZ, ',', '.', true}, {LANG_DE, ',', '.', true},
	{LANG_ID, ',', '.', true}, {LANG_IT, ',', '.', true}, {LANG_NL, ',', '.', true},
	{LANG_PT, ',', '.', true}, {LANG_TR, ',', '.', true}, {LANG_FR, ',', 0, true},
	{LANG_UZ, ',', 0, true},   {LANG_ES, ',', 0, false},
};

/* ---- Text ---- */

/* The token in ASCII, with stand-ins, without invisible controls. */
struct ascii {
	char text[LAFZ_VALUE_ROOM];
	size_t len;
};

/* The ASCII character for one of a number, 0 if there is none. */
static char ascii_of(uint32_t cp)
{
	if (cp >= 0x0660 && cp <= 0x0669)
		return (char)('0' + (cp - 0x0660));
	if (cp >= 0x06F0 && cp <= 0x06F9)
		return (char)('0' + (cp - 0x06F0));
	switch (cp) {
	case 0x066B:
		return POINT;
	case 0x066C:
	case '\'':
	case 0x2019:
		return GROUP;
	case 0x060C: /* ARABIC COMMA */
		return ',';
	case 0x2212: /* MINUS SIGN */
		return '-';
	default:
		return cp < 0x80 && cp != POINT && cp != GROUP ? (char)cp : '\0';
	}
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/*
 * What is neither a digit nor a separator behind digits is a suffix, which ends the number (21st);
 * in front of digits it is a mark (U+0600), which says no value. False if there is anything else.
 */
static bool read_ascii(const struct lafz_token *token, const char *allowed, struct ascii *out)
{
	bool has_digits = false, has_suffix = false;
	*out = (struct ascii){.len = 0};
	for (size_t at = 0; at < token->surface_len;) {
		const struct utf8 c = utf8_decode(token->surface + at, token->surface_len - at);
		at += c.len;
		if (c.status != UTF8_CHAR || c.cp == 0)
			return false;
		const struct ucd_row *row = ucd_get(c.cp);
		if (row->atom_flags & ATOM_CONTROL)
			continue;
		/* decimal-hamza; behind all digits it is the sign of a year */
		const char byte = c.cp == 0x0621 && at < token->surface_len ? POINT : ascii_of(c.cp);
		const bool is_known = byte && (is_digit(byte) || strchr(allowed, byte));
		if (!is_known && row->atom == UCD_ATOM_NUMBER_SIGN && !has_digits)
			continue;
		if (has_suffix && is_known && is_digit(byte))
			return false;
		/* 0xFF is none of these numbers */
		if (!is_known && (!has_digits || (c.cp | 0x20) == 'x'))
			return false;
		if (!is_known || has_suffix) {
			/* the apostrophe before an ending groups nothing */
			out->len -= !has_suffix && out->text[out->len - 1] == GROUP;
			has_suffix = true;
			continue;
		}
		if (out->len + 1 >= LAFZ_VALUE_ROOM)
			return false;
		out->text[out->len++] = byte;
		has_digits = has_digits || is_digit(byte);
	}
	return has_digits;
}

/* ---- Numbers ---- */

/* Rows of digits with a separator between each two. */
struct number {
	const char *start[MOST_PARTS];
	size_t len[MOST_PARTS];
	char separator[MOST_PARTS]; /* behind the part */
	size_t n;
};

static bool read_number(const char *text, size_t len, struct number *number)
{
	*number = (struct number){.n = 0};
	for (size_t at = 0; at < len;) {
		const size_t start = at;
		if (number->n == MOST_PARTS)
			return false;
		while (at < len && is_digit(text[at]))
			at++;
		if (at == start)
			return false;
		number->start[number->n] = text + start;
		number->len[number->n] = at - start;
		number->separator[number->n++] = at < len ? text[at] : '\0';
		if (at < len && ++at == len)
			return false;
	}
	return number->n > 0;
}

/* Whether the first n parts are thousands: 1234 567 is not; 12 34 567 is, as in India. */
static bool is_grouped(const struct number *number, size_t n)
{
	if (number->len[0] > 3 || number->start[0][0] == '0' || number->len[n - 1] != 3)
		return false;
	for (size_t i = 1; i + 1 < n; i++) {
		if (number->len[i] != number->len[1] || number->len[i] < 2 || number->len[i] > 3)
			return false;
	}
	return n < 3 || number->len[1] == 3 || number->len[0] <= 2;
}

/* What the last separator is. */
enum last { LAST_POINT, LAST_GROUP, LAST_UNSURE };

static enum last point_if(bool is_point)
{
	return is_point ? LAST_POINT : LAST_UNSURE;
}

/* One separator alone: what it is depends on the language and on how many digits follow. */
static enum last lone_separator(const struct lafz_token *token, const struct number *number)
{
	const char separator = number->separator[0];
	const bool is_zero = number->len[0] == 1 && number->start[0][0] == '0';
	const bool is_three = is_grouped(number, 2);
	if (separator == '.' && is_zero)
		return LAST_POINT; /* 0.123 is in no way thousands */
	for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
		const struct separators *row = &separators[i];
		if (row->lang != token->lang || token->confidence < least_confidence)
			continue;
		if (separator == row->point)
			return point_if(row->is_three || !is_three);
		if (separator == row->group)
			return is_three ? LAST_GROUP : LAST_UNSURE;
	}
	return point_if(separator == '.' && !is_three);
}

static enum last last_separator(const struct lafz_token *token, const struct number *number)
{
	const size_t n = number->n;
	const char last = number->separator[n - 2];
	size_t same = n - 1; /* separators that are like the first one */
	for (size_t i = 0; i + 1 < n; i++) {
		if (number->separator[i] != number->separator[0]) {
			same = i;
			break;
		}
	}
	if (same == n - 1) {
		if (last == POINT)
			return point_if(n == 2);
		if (n == 2 && last != GROUP)
			return lone_separator(token, number);
		return is_grouped(number, n) ? LAST_GROUP : LAST_UNSURE;
	}
	/* 1,234.5: of two kinds the first makes thousands, and the last is the point, once */
	return point_if(same == n - 2 && number->separator[0] != POINT && last != GROUP &&
	                is_grouped(number, n - 1));
}

static size_t number_value(const struct lafz_token *token, char *out)
{
	const uint16_t others = LAFZ_FLAG_VERSION | LAFZ_FLAG_IP | LAFZ_FLAG_PHONE;
	struct ascii ascii;
	struct number number;
	const char separating[] = {'.', ',', '+', '-', POINT, GROUP, '\0'};
	if (token->flags & others || !read_ascii(token, separating, &ascii))
		return 0;
	const bool is_signed = ascii.text[0] == '+' || ascii.text[0] == '-';
	const bool is_below_one = ascii.text[is_signed] == '.' || ascii.text[is_signed] == POINT; /* .5 */
	const size_t skipped = (size_t)is_signed + is_below_one;
	if (!read_number(ascii.text + skipped, ascii.len - skipped, &number) || (is_below_one && number.n > 1))
		return 0;
	for (size_t i = 0; i + 1 < number.n; i++)
		if (number.separator[i] == '+' || number.separator[i] == '-')
			return 0;
	const enum last last = number.n > 1 ? last_separator(token, &number) : LAST_GROUP;
	if (last == LAST_UNSURE)
		return 0;
	size_t len = 0;
	if (ascii.text[0] == '-')
		out[len++] = '-';
	if (is_below_one) {
		out[len++] = '0';
		out[len++] = '.';
	}
	for (size_t i = 0; i < number.n; i++) {
		if (i > 0 && i == number.n - 1 && last == LAST_POINT)
			out[len++] = '.';
		memcpy(out + len, number.start[i], number.len[i]);
		len += number.len[i];
	}
	return len;
}

/* ---- Dates and times ---- */

/* A part of a date as a number; its digits are at most four. */
static unsigned part_value(const struct number *number, size_t i)
{
	unsigned value = 0;
	for (size_t k = 0; k < number->len[i]; k++)
		value = value * 10 + (unsigned)(number->start[i][k] - '0');
	return value;
}

static unsigned days_of(unsigned year, unsigned month)
{
	static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return days[month - 1] + (month == 2 && is_leap ? 1u : 0u);
}

static char *two_digits(char *out, unsigned value)
{
	out[0] = (char)('0' + value / 10);
	out[1] = (char)('0' + value % 10);
	return out + 2;
}

static char *put_date(char *out, unsigned year, unsigned month, unsigned day)
{
	out = two_digits(two_digits(out, year / 100), year % 100);
	*out++ = '-';
	out = two_digits(out, month);
	*out++ = '-';
	return two_digits(out, day);
}

/* Year, month and day of three parts; false where their order or the calendar is not sure. */
static bool read_date(const struct number *parts, unsigned date[3])
{
	const size_t at = parts->len[0] == 4 ? 0 : 2; /* of the year */
	if (parts->n != 3 || parts->len[at] != 4 || parts->len[1] > 2 || parts->len[2 - at] > 2)
		return false;
	date[0] = part_value(parts, at);
	date[1] = part_value(parts, 1);
	date[2] = part_value(parts, 2 - at);
	if (at == 2 && date[1] > 12) { /* 08/21/2021 */
		const unsigned month = date[2];
		date[2] = date[1];
		date[1] = month;
	} else if (at == 2 && date[2] <= 12 && date[1] != date[2]) {
		return false; /* 12/08/2021 */
	}
	return date[0] >= FIRST_YEAR && date[0] <= LAST_YEAR && date[1] >= 1 && date[1] <= 12 &&
	       date[2] >= 1 && date[2] <= days_of(date[0], date[1]);
}

/* hh:mm or hh:mm:ss with a fraction; the end of what was written, NULL if it is none. */
static char *put_time(char *out, const char *text, size_t len, unsigned *hour)
{
	struct number parts;
	const char *dot = memchr(text, '.', len);
	const size_t whole = dot ? (size_t)(dot - text) : len;
	if (!read_number(text, whole, &parts) || parts.n < 2 || parts.n > 3 || (dot && parts.n < 3))
		return NULL;
	for (size_t i = 0; i < parts.n; i++) {
		if (parts.len[i] > 2 || (i + 1 < parts.n && parts.separator[i] != ':'))
			return NULL;
	}
	const unsigned minute = part_value(&parts, 1);
	const unsigned second = parts.n > 2 ? part_value(&parts, 2) : 0;
	*hour = part_value(&parts, 0);
	if (*hour > 24 || minute > 59 || second > 60 || (*hour == 24 && minute + second > 0))
		return NULL;
	out = two_digits(out, *hour);
	*out++ = ':';
	out = two_digits(out, minute);
	if (parts.n > 2) {
		*out++ = ':';
		out = two_digits(out, second);
	}
	if (len - whole > LAFZ_VALUE_ROOM / 2)
		return NULL;
	memcpy(out, text + whole, len - whole);
	return out + (len - whole);
}

static size_t date_value(const struct lafz_token *token, char *out)
{
	struct ascii ascii;
	struct number parts;
	unsigned date[3], hour = 0;
	if (!read_ascii(token, "-/.:TtZ", &ascii))
		return 0;
	const char *end = ascii.text + ascii.len;
	const char *time = ascii.text;
	while (time < end && *time != 'T' && *time != 't')
		time++;
	if (!read_number(ascii.text, (size_t)(time - ascii.text), &parts) || !read_date(&parts, date))
		return 0;
	char *at = put_date(out, date[0], date[1], date[2]);
	if (time == end)
		return (size_t)(at - out);
	const bool is_utc = end[-1] == 'Z';
	*at++ = 'T';
	at = put_time(at, time + 1, (size_t)(end - time) - 1 - is_utc, &hour);
	if (!at)
		return 0;
	if (is_utc)
		*at++ = 'Z';
	return (size_t)(at - out);
}

/* Before one in the afternoon nothing tells which half of the day is meant. */
static size_t time_value(const struct lafz_token *token, char *out)
{
	struct ascii ascii;
	unsigned hour = 0;
	if (!read_ascii(token, ":.hH", &ascii))
		return 0;
	for (size_t i = 0; i < ascii.len; i++) /* hour-sign */
		if ((ascii.text[i] | 0x20) == 'h')
			ascii.text[i] = ':';
	const char *end = put_time(out, ascii.text, ascii.len, &hour);
	return end && (hour == 0 || hour > 12) ? (size_t)(end - out) : 0;
}

size_t lafz_value(const struct lafz_token *token, char out[LAFZ_VALUE_ROOM])
{
	size_t len = 0;
	if (token->flags & LAFZ_FLAG_CUT)
		len = 0;
	else if (token->kind == LAFZ_KIND_NUMBER)
		len = number_value(token, out);
	else if (token->kind == LAFZ_KIND_DATE)
		len = date_value(token, out);
	else if (token->kind == LAFZ_KIND_TIME)
		len = time_value(token, out);
	out[len] = '\0';
	return len;
}
