/*
 * What goes with digits in one language or another: endings, the dot of ordinals, the sign of hours.
 */
#include "word/lists.h"
#include "word/words.h"

enum { MOST_ORDINAL_DIGITS = 3 };

/* The letters right behind a number, or NULL. */
static const struct piece *suffix_of(const struct words *words, const struct piece *piece)
{
	const struct piece *suffix = piece + 1;
	const bool has_suffix = piece->kind == LAFZ_KIND_NUMBER &&
	                        words_is_glued(words, piece, suffix) &&
	                        suffix->kind == LAFZ_KIND_WORD;
	return has_suffix ? suffix : NULL;
}

/* digit-suffix: endings of ordinals that are in the list of the language stay with the digits. */
const struct piece *match_ordinal_suffix(const struct words *words, const struct piece *piece,
                                         uint32_t start)
{
	(void)start;
	const struct piece *suffix = suffix_of(words, piece);
	return suffix && lists_is_ordinal_suffix(suffix->lang, words->text + suffix->start,
	                                         suffix->end - suffix->start)
	               ? suffix + 1
	               : piece;
}

/* digit-suffix: the same for other endings, such as the signs of years. */
const struct piece *match_digit_suffix(const struct words *words, const struct piece *piece,
                                       uint32_t start)
{
	(void)start;
	const struct piece *suffix = suffix_of(words, piece);
	return suffix && lists_is_digit_suffix(suffix->lang, words->text + suffix->start,
	                                       suffix->end - suffix->start)
	               ? suffix + 1
	               : piece;
}

/* One to three digits of ASCII, with a full stop right behind them and no other. */
static bool may_be_ordinal(const struct words *words, const struct piece *piece)
{
	const uint32_t len = piece->end - piece->start;
	if (piece->kind != LAFZ_KIND_NUMBER || len > MOST_ORDINAL_DIGITS)
		return false;
	for (uint32_t at = piece->start; at < piece->end; at++)
		if (words->text[at] < '0' || words->text[at] > '9')
			return false;
	return words_is_glued(words, piece, piece + 1) && words_char(words, piece + 1) == '.';
}

/* Whether German leads on from what stands before the number: an article, a preposition, nothing. */
static bool leads_to_ordinal(const struct words *words, const struct piece *piece)
{
	if (piece == words->begin)
		return true;
	const struct piece *before = piece - 1;
	if (before->kind != LAFZ_KIND_WORD)
		return before->kind == LAFZ_KIND_PUNCT;
	return lists_precedes_ordinal(before->lang, words->text + before->start,
	                              before->end - before->start);
}

/*
 * ordinal-dot: in German, Turkish and Azerbaijani a full stop behind digits makes an ordinal. It does
 * where a word in lower case follows, since no sentence begins with one; in German, where nouns have
 * capitals, also before the name of a month, and behind an article or preposition or at the beginning.
 */
const struct piece *match_ordinal_dot(const struct words *words, const struct piece *piece,
                                      uint32_t start)
{
	(void)start;
	const bool is_german = piece->lang == LANG_DE;
	if (!is_german && piece->lang != LANG_TR && piece->lang != LANG_AZ)
		return piece;
	const struct piece *next = piece + 2;
	if (!may_be_ordinal(words, piece) || next >= words->end)
		return piece;
	if (words_is_glued(words, piece + 1, next)) /* 3., 4. und 5. Klasse */
		return is_german && words_char(words, next) == ',' ? next : piece;
	if (!words_is_latin(next))
		return piece;
	if (words_is_lower(words_first(words, next->start, next->end)))
		return next;
	const bool is_ordinal = is_german && (leads_to_ordinal(words, piece) ||
	                                      lists_is_month(next->lang, words->text + next->start,
	                                                     next->end - next->start));
	return is_ordinal ? next : piece;
}

/*
 * unit-power: a superscript two or three belongs to the unit before it (square kilometres), a word of up to four
 * letters; Spanish has it as a token of its own.
 */
const struct piece *match_power(const struct words *words, const struct piece *piece, uint32_t start)
{
	enum { LONGEST_UNIT = 4 };
	if (!words_is_latin(piece) || piece->lang == LANG_ES || piece->end - start > LONGEST_UNIT ||
	    !words_is_glued(words, piece, piece + 1))
		return piece;
	const uint32_t cp = words_char(words, piece + 1);
	return cp == 0xB2 || cp == 0xB3 ? piece + 2 : piece;
}

/*
 * hour-sign: French has h between hours and minutes; it is a word of its own as every unit is (20 h 30).
 */
uint32_t hour_end(const struct words *words, const struct piece *piece)
{
	const uint32_t len = piece->end - piece->start;
	const char *s = words->text + piece->start;
	if (piece->lang != LANG_FR || piece->kind != LAFZ_KIND_WORD || len < 2 || len > 3 ||
	    (s[0] | 0x20) != 'h' || piece == words->begin)
		return 0;
	const struct piece *hours = piece - 1;
	if (hours->kind != LAFZ_KIND_NUMBER || hours->end != piece->start ||
	    hours->end - hours->start > 2)
		return 0;
	for (uint32_t k = 1; k < len; k++)
		if (s[k] < '0' || s[k] > '9')
			return 0;
	return piece->start + 1;
}
