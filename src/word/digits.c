/*
 * What goes with digits in one language or another: endings, the dot of ordinals, the sign of hours.
 */
#include "word/lists.h"
#include "word/words.h"

enum { MOST_ORDINAL_DIGITS = 3 };

/* The letters right behind a number, or a date or time; 0 if there are none. */
static size_t suffix_of(const struct words *words, size_t piece)
{
	const size_t suffix = piece + 1;
	const bool is_number = words->kind[piece] == LAFZ_KIND_NUMBER || words->kind[piece] == LAFZ_KIND_TIME ||
	                       words->kind[piece] == LAFZ_KIND_DATE;
	const bool has_suffix = is_number && words_is_glued(words, piece, suffix) &&
	                        words->kind[suffix] == LAFZ_KIND_WORD;
	return has_suffix ? suffix : 0;
}

/* A word without the tatweels that it begins with, by which an ending may hang on digits. */
struct ending {
	const char *text;
	size_t len;
};

static struct ending ending_at(const struct words *words, size_t piece)
{
	struct ending ending = {words_at(words, piece), words_len(words, piece)};
	while (ending.len > 2 && (unsigned char)ending.text[0] == 0xD9 && (unsigned char)ending.text[1] == 0x80) {
		ending.text += 2;
		ending.len -= 2;
	}
	return ending;
}

/* digit-suffix: endings of ordinals that are in the list of the language stay with the digits. */
size_t match_ordinal_suffix(const struct words *words, size_t piece, uint32_t start)
{
	(void)start;
	const size_t suffix = suffix_of(words, piece);
	if (!suffix)
		return piece;
	const struct ending ending = ending_at(words, suffix);
	return lists_is_ordinal_suffix(words->lang[suffix], ending.text, ending.len) ? suffix + 1 : piece;
}

/* How many digits of one script a piece consists of, and nothing else; 0 if not. */
static uint32_t count_digits(const struct words *words, size_t piece)
{
	uint32_t n = 0;
	for (uint32_t at = words->start[piece]; at < words->end[piece]; n++) {
		const struct utf8 c = utf8_decode(words->text + at, words->end[piece] - at);
		if (ucd_get(c.cp)->gc != UCD_GC_ND)
			return 0;
		at += c.len;
	}
	return n;
}

/*
 * decimal-hamza: in Urdu the decimal point may be a hamza, which is the sign of years, too: so there are no four digits before it.
 */
static bool is_decimal_hamza(const struct words *words, size_t piece)
{
	enum { YEAR = 4, MOST_DIGITS = 3 };
	const size_t hamza = piece + 1, fraction = hamza + 1;
	if (words->lang[hamza] != LANG_UR || words_char(words, hamza) != 0x0621 ||
	    !words_is_glued(words, hamza, fraction) || words->kind[fraction] != LAFZ_KIND_NUMBER)
		return false;
	const uint32_t whole = count_digits(words, piece), digits = count_digits(words, fraction);
	return whole > 0 && whole < YEAR && digits > 0 && digits <= MOST_DIGITS;
}

/* Whether digits of ASCII from one place to another say no more than most. */
static bool is_at_most(const char *s, uint32_t from, uint32_t to, uint32_t most)
{
	uint32_t value = 0;
	for (; from < to; from++) {
		if (s[from] < '0' || s[from] > '9')
			return false;
		value = value * 10 + (uint32_t)(s[from] - '0');
	}
	return value <= most;
}

/* hour-sign: hours and minutes with h between are a time as with a colon (14h30), but not in French. */
bool words_is_hour(const struct words *words, size_t piece)
{
	enum { LONGEST_HOUR = 2, MINUTES = 3 /* bytes of h30 */ };
	const size_t minutes = suffix_of(words, piece);
	if (!minutes || words->kind[piece] != LAFZ_KIND_NUMBER || words_len(words, piece) > LONGEST_HOUR ||
	    words_len(words, minutes) != MINUTES || words->lang[minutes] == LANG_FR)
		return false;
	const char *const s = words_at(words, minutes);
	return (s[0] | 0x20) == 'h' && is_at_most(s, 1, MINUTES, 59) &&
	       is_at_most(words_at(words, piece), 0, words_len(words, piece), 24);
}

/* digit-suffix: the same for other endings, such as the signs of years. */
size_t match_digit_suffix(const struct words *words, size_t piece, uint32_t start)
{
	(void)start;
	const size_t suffix = suffix_of(words, piece);
	if (!suffix)
		return piece;
	if (is_decimal_hamza(words, piece))
		return suffix + 2;
	const struct ending ending = ending_at(words, suffix);
	const bool is_suffix = lists_is_digit_suffix(words->lang[suffix], ending.text, ending.len);
	return is_suffix || words_is_hour(words, piece) ? suffix + 1 : piece;
}

/* A number without letters: 5th and '90s have no fractions. */
static bool is_bare_number(const struct words *words, size_t piece)
{
	return words->kind[piece] == LAFZ_KIND_NUMBER && words->script[piece] == UCD_SCRIPT_ZYYY &&
	       words->lang[piece] == LANG_FA;
}

/* Whether a piece is a slash right behind a number, with a number of Persian right behind it. */
static bool is_slash(const struct words *words, size_t slash)
{
	const size_t fraction = slash + 1;
	return words_is_glued(words, slash - 1, slash) && words_is_glued(words, slash, fraction) &&
	       words_char(words, slash) == '/' && is_bare_number(words, fraction);
}

/*
 * decimal-slash: Persian writes its decimal point as a slash, as other fractions are written too. Between more than two numbers
 * only if it groups their digits in threes (12/500/000).
 */
size_t match_decimal_slash(const struct words *words, size_t piece, uint32_t start)
{
	enum { GROUP = 3, MOST_PARTS = 6 };
	(void)start;
	if (!is_bare_number(words, piece) || !is_slash(words, piece + 1))
		return piece;
	if (piece > words->first && words_before(words, piece).end == words->start[piece] &&
	    words->text[words->start[piece] - 1] == '/')
		return piece;
	size_t n = 1, end = piece + 1;
	const uint32_t first = count_digits(words, piece);
	bool is_grouped = first > 0 && first <= GROUP;
	for (; n <= MOST_PARTS && is_slash(words, end); n++, end += 2)
		is_grouped = is_grouped && count_digits(words, end + 1) == GROUP;
	const bool goes_on = words_is_glued(words, end - 1, end) && words_char(words, end) == '/';
	return !goes_on && (n == 2 || is_grouped) ? end : piece;
}

/* One to three digits of ASCII. */
static bool is_ordinal_number(const struct words *words, size_t piece)
{
	if (words->kind[piece] != LAFZ_KIND_NUMBER || words_len(words, piece) > MOST_ORDINAL_DIGITS)
		return false;
	for (uint32_t at = words->start[piece]; at < words->end[piece]; at++)
		if (words->text[at] < '0' || words->text[at] > '9')
			return false;
	return true;
}

/* Such digits, or a Roman number, with a full stop right behind them and no other. */
static bool may_be_ordinal(const struct words *words, size_t piece)
{
	const bool is_roman = words->kind[piece] == LAFZ_KIND_WORD &&
	                      lists_is_roman(words->lang[piece], words_at(words, piece), words_len(words, piece));
	if (!is_roman && !is_ordinal_number(words, piece))
		return false;
	return words_is_glued(words, piece, piece + 1) && words_char(words, piece + 1) == '.';
}

/* Whether German leads on from what stands before the number: an article, a preposition, nothing. */
static bool leads_to_ordinal(const struct words *words, size_t piece)
{
	if (piece == words->first)
		return true;
	const struct piece before = words_before(words, piece);
	if (before.kind == LAFZ_KIND_PUNCT) /* 2:1. is a score */
		return words->text[before.start] != ':' || before.end < words->start[piece];
	if (before.kind != LAFZ_KIND_WORD)
		return false;
	return lists_precedes_ordinal(before.lang, words->text + before.start,
	                              before.end - before.start);
}

/*
 * ordinal-dot: in German, Turkish and Azerbaijani a full stop behind digits or a Roman number makes an ordinal. It does
 * where a word in lower case follows, since no sentence begins with one; in German, where nouns have
 * capitals, also before the name of a month, and behind an article or preposition or at the beginning.
 */
size_t match_ordinal_dot(const struct words *words, size_t piece, uint32_t start)
{
	(void)start;
	const bool is_german = words->lang[piece] == LANG_DE;
	const size_t next = piece + 2;
	if (!lists_has_ordinal_dots(words->lang[piece]) || !may_be_ordinal(words, piece) || next >= words->limit)
		return piece;
	if (words_is_glued(words, piece + 1, next)) /* 3., 4. und 5. Klasse */
		return is_german && words_char(words, next) == ',' ? next : piece;
	if (!words_is_latin(words, next))
		return piece;
	if (words_is_lower(words_first(words, words->start[next], words->end[next])))
		return next;
	const bool is_ordinal = is_german && (leads_to_ordinal(words, piece) ||
	                                      lists_is_month(words->lang[next], words_at(words, next),
	                                                     words_len(words, next)));
	return is_ordinal ? next : piece;
}

/*
 * unit-power: a superscript two or three belongs to the unit before it (square kilometres), a word of up to four
 * letters; Spanish has it as a token of its own.
 */
size_t match_power(const struct words *words, size_t piece, uint32_t start)
{
	enum { LONGEST_UNIT = 4 };
	if (!words_is_latin(words, piece) || words->lang[piece] == LANG_ES ||
	    words->end[piece] - start > LONGEST_UNIT || !words_is_glued(words, piece, piece + 1))
		return piece;
	const uint32_t cp = words_char(words, piece + 1);
	return cp == 0xB2 || cp == 0xB3 ? piece + 2 : piece;
}

/*
 * hour-sign: French has h between hours and minutes; it is a word of its own as every unit is (20 h 30).
 */
uint32_t hour_end(const struct words *words, size_t piece)
{
	const uint32_t len = words_len(words, piece);
	const char *s = words_at(words, piece);
	if (words->lang[piece] != LANG_FR || words->kind[piece] != LAFZ_KIND_WORD || len < 2 ||
	    len > 3 || (s[0] | 0x20) != 'h' || piece == words->first)
		return 0;
	const struct piece hours = words_before(words, piece);
	if (hours.kind != LAFZ_KIND_NUMBER || hours.end != words->start[piece] ||
	    hours.end - hours.start > 2)
		return 0;
	for (uint32_t k = 1; k < len; k++)
		if (s[k] < '0' || s[k] > '9')
			return 0;
	return words->start[piece] + 1;
}
