#include "text/easy_signs.h"

#include <string.h>

#include "lang.h"
#include "text/easy_again.h"
#include "text/easy_at.h"
#include "text/easy_inside.h"
#include "word/lists.h"

/* A space that is no bad byte by itself, or one that does not break, which becomes one that does. */
static void pass_space(struct easy *easy, uint32_t at, uint32_t n)
{
	easy_set_all_good(easy, at, at + n);
	if (n > 1)
		easy_add_change(easy, (struct batch_change){at, (uint8_t)n, 1, " "});
}

/* Whether a letter begins at a byte. */
static inline bool is_letter_at(const struct easy *easy, const char *text, uint32_t at)
{
	return easy_is_word_at(easy, at) && text[at] != '\'' && text[at] != '\xE2';
}

/* Whether a letter stands before a byte, or what closes a quotation or bracket. */
static bool is_behind_text(const struct easy *easy, const char *text, uint32_t at)
{
	return easy_is_behind_letter(easy, text, at) || easy_is_behind_closing(text, at);
}

/* Whether a quotation, a number or something behind a dash may begin at a byte: if it does not, that is bad there. */
static bool may_begin(const char *text, uint32_t at)
{
	return easy_opens(text + at) || easy_dash_at(text + at) > 0 || easy_is_digit(text[at]) || text[at] == '"';
}

/* ---- Colons and semicolons ---- */

bool easy_is_behind_dash(const char *text, uint32_t at)
{
	enum { FAR = 4096 };
	for (uint32_t n = 0; at > 0 && text[at - 1] != '\n'; at--, n++) {
		const unsigned char c = (unsigned char)text[at - 1];
		if ((c >= 0x93 && c <= 0x95) || (c == '-' && text[at] == ' ') || n == FAR)
			return true;
	}
	return false;
}

/*
 * Whether no sentence ends behind a colon or semicolon, whatever begins at a byte behind it. colon-capital, semicolon-starter: what may be
 * a capital is not looked at.
 */
static bool goes_on_behind(const struct easy *easy, const char *text, uint32_t mark, uint32_t next)
{
	const uint16_t lang = easy->sieve->lang;
	const bool is_lower = easy_is_small(text + next) || may_begin(text, next);
	if (text[mark] == ':')
		return (lang != LANG_IT || is_lower) && !easy_is_behind_dash(text, mark);
	const bool has_starters = lang == LANG_FR || lang == LANG_ES || lang == LANG_IT || lang == LANG_PT || lang == LANG_CA;
	return !has_starters || is_lower;
}

/* A colon or semicolon behind a word, or a space, and before a space or LF. */
static bool pass_colon(struct easy *easy, const char *text, uint32_t at)
{
	const uint32_t space = easy_space_before(text, at), next = at + 1;
	if (!is_behind_text(easy, text, at - space) || (text[next] != ' ' && text[next] != '\n'))
		return false;
	if (text[next] == ' ' && !((is_letter_at(easy, text, next + 1) || may_begin(text, next + 1)) && goes_on_behind(easy, text, at, next + 1)))
		return false;
	if (space == 0)
		easy_put_apart(easy, at);
	easy_set_good(easy, next);
	return true;
}

/* ---- Guillemets ---- */

/* U+00AB behind a space or LF, and before a letter, with a space between them or none. */
static bool pass_opening(struct easy *easy, const char *text, uint32_t at)
{
	const uint32_t next = at + 2, space = easy_space_at(text + next);
	if ((text[at - 1] != ' ' && text[at - 1] != '\n') || !is_letter_at(easy, text, next + space))
		return false;
	easy_set_all_good(easy, at, at + 2);
	if (space == 0)
		easy_put_apart(easy, next);
	else
		pass_space(easy, next, space);
	return true;
}

/* Whether a full stop before a quote that closes stays apart from what is before it. */
static bool is_stop_apart(const struct easy *easy, const char *text, uint32_t stop)
{
	const uint32_t len = easy_second_before(easy, stop);
	return len == 0 ? text[stop - 1] == '.' : !easy_is_taken_at(easy, text, stop);
}

/* What stands behind a quote that closes, at its end; mark: what ends a sentence before it, 0: there is none. */
static bool pass_behind_closing(struct easy *easy, const char *text, uint32_t end, uint32_t mark, bool is_spaced, uint32_t len)
{
	enum text_sure answer = TEXT_SURE_GOES_ON;
	switch (text[end]) {
	case '\n':
		break;
	case ' ':
		if (mark > 0)
			answer = easy_sure_of_mark(easy, text, mark, end, len);
		if (answer == TEXT_SURE_ENDS)
			easy_end_sentence(easy, end);
		break;
	case ',':
		/* with a space before it, and none behind it, it closes nothing */
		if (mark > 0 && is_spaced)
			return false;
		easy_put_apart(easy, end);
		break;
	case '.':
		if (mark > 0)
			return false;
		easy_put_apart(easy, end);
		break;
	case ':':
	case ';':
		/* asked by themselves */
		return mark == 0;
	default:
		return false;
	}
	easy_set_good(easy, end);
	return answer != TEXT_SURE_UNKNOWN;
}

/* U+00BB behind a word or a mark that ends sentences, with a space between them or none. */
static bool pass_closing(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	const uint32_t space = easy_space_before(text, at), before = at - space;
	if (before < 2)
		return false;
	const uint32_t last = before - 1;
	const bool is_behind_mark = easy_is_stop(text[last]);
	if (!is_behind_mark && text[last] != ',' && !easy_is_behind_letter(easy, text, before))
		return false;
	if (is_behind_mark && text[last] == '.' && !is_stop_apart(easy, text, last))
		return false;
	if (space == 0)
		easy_put_apart(easy, at);
	easy_set_all_good(easy, at, at + 2);
	return pass_behind_closing(easy, text, at + 2, is_behind_mark ? last : 0, space == 1, len);
}

/* ---- Brackets ---- */

/*
 * Whether the bracket that opens at a byte is closed in the line, before another one and with no end mark inside but the last byte: what no
 * sentence ends in whatever is before it.
 */
static bool is_closed(const char *text, uint32_t at, uint32_t len)
{
	for (at++; at + 1 < len && text[at] != '\n'; at++) {
		const char c = text[at];
		if (c == ')')
			return true;
		if (c == '(' || c == '[' || c == ']' || (easy_is_stop(c) && text[at + 1] != ')'))
			return false;
	}
	return false;
}

/* Whether one that was let pass opens the bracket that closes at a byte. */
static bool is_opened(const char *text, uint32_t at)
{
	while (at > 0 && text[at - 1] != '\n' && text[at - 1] != '(' && text[at - 1] != ')')
		at--;
	return at > 0 && text[at - 1] == '(';
}

/* One that opens behind a space or LF and right before a word or number. */
static bool pass_opening_bracket(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	if ((text[at - 1] != ' ' && text[at - 1] != '\n') || !is_closed(text, at, len) ||
	    !(is_letter_at(easy, text, at + 1) || (!easy->sieve->has_more && easy_is_digit(text[at + 1]))))
		return false;
	easy_put_apart(easy, at + 1);
	return true;
}

/* One that closes right behind a word, a number, or a mark that ends sentences. */
static bool pass_closing_bracket(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	const uint32_t last = at - 1;
	const bool is_behind_mark = easy_is_stop(text[last]) && last > 0;
	if ((!is_behind_mark && !easy_is_behind_letter(easy, text, at) && !easy_is_digit(text[last])) || !is_opened(text, at))
		return false;
	if (is_behind_mark && text[last] == '.' && !is_stop_apart(easy, text, last))
		return false;
	easy_put_apart(easy, at);
	return pass_behind_closing(easy, text, at + 1, is_behind_mark ? last : 0, false, len);
}

bool easy_pass_bracket(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	if (at == 0 || at + 4 >= len)
		return false;
	return text[at] == '(' ? pass_opening_bracket(easy, text, at, len) : pass_closing_bracket(easy, text, at, len);
}

/* ---- Straight quotes ---- */

/* One right before a word and behind a space or LF, or right behind a word or mark. */
static bool pass_straight(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	const char before = text[at - 1];
	if (before == ' ' || before == '\n') {
		if (!is_letter_at(easy, text, at + 1))
			return false;
		easy_put_apart(easy, at + 1);
		return true;
	}
	const bool is_behind_mark = at > 1 && easy_is_stop(before);
	if (!is_behind_mark && before != ',' && !easy_is_behind_letter(easy, text, at))
		return false;
	if (before == '.' && !is_stop_apart(easy, text, at - 1))
		return false;
	easy_put_apart(easy, at);
	return pass_behind_closing(easy, text, at + 1, is_behind_mark ? at - 1 : 0, false, len);
}

/* ---- Dashes and hyphens ---- */

/* A hyphen between two words that it does not join; one behind a prefix may. */
static bool pass_hyphen(struct easy *easy, const char *text, uint32_t at)
{
	const uint32_t len = easy_second_before(easy, at);
	if (easy->sieve->joins_hyphens || !easy_is_behind_letter(easy, text, at) || !is_letter_at(easy, text, at + 1) ||
	    lists_is_prefix(easy->sieve->lang, text + at - len, len))
		return false;
	easy_put_apart(easy, at);
	easy_put_apart(easy, at + 1);
	return true;
}

/* One behind a space or LF, and before a space and a letter; or right before a letter, if it is longer than a hyphen. */
static bool pass_dash(struct easy *easy, const char *text, uint32_t at)
{
	const uint32_t n = easy_dash_at(text + at), next = at + n;
	const bool is_spaced = text[next] == ' ';
	if ((text[at - 1] != ' ' && text[at - 1] != '\n') || !is_letter_at(easy, text, next + is_spaced) || (n == 1 && !is_spaced))
		return false;
	easy_set_all_good(easy, at, at + n + is_spaced);
	if (!is_spaced)
		easy_put_apart(easy, next);
	return true;
}

/* ---- Numbers ---- */

/* Whether a word stands beside the digits from one byte to another, or beside the brackets around them: a line has one. */
static bool has_word_beside(const struct easy *easy, const char *text, uint32_t at, uint32_t end)
{
	const uint32_t before = text[at - 1] == '(' ? at - 1 : at;
	const bool is_behind = before > 1 && text[before - 1] == ' ' && easy_is_behind_letter(easy, text, before - 1);
	return is_behind || (text[end] == ' ' && is_letter_at(easy, text, end + 1));
}

/* What stands behind digits, at their end. ordinal-dot: a full stop may belong to them. */
static bool pass_behind_number(struct easy *easy, const char *text, uint32_t end)
{
	switch (text[end]) {
	case ')':
		return true; /* asked by itself */
	case '.':
		if (lists_has_ordinal_dots(easy->sieve->lang) || (text[end + 1] != ' ' && text[end + 1] != '\n'))
			return false;
		break;
	case ',':
	case '?':
	case '!':
		if (text[end + 1] != ' ' && text[end + 1] != '\n')
			return false;
		break;
	case ' ':
	case '\n':
		easy_set_good(easy, end);
		return true;
	default:
		return false;
	}
	easy_put_apart(easy, end);
	easy_set_good(easy, end);
	return true;
}

/* Digits alone, behind a space or LF, or in brackets. */
static bool pass_number(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	uint32_t end = at + 1;
	while (end + EASY_SPACE_MOST < len && easy_is_digit(text[end]))
		end++;
	if (end + EASY_SPACE_MOST >= len || (text[at - 1] != ' ' && text[at - 1] != '\n' && text[at - 1] != '(') ||
	    !has_word_beside(easy, text, at, end))
		return false;
	easy_set_all_good(easy, at, end);
	return pass_behind_number(easy, text, end);
}

/* ---- Spaces that do not break ---- */

/* One behind a word and before a mark, or before a quote that closes, where a mark may stand before it. */
static bool pass_unbroken(struct easy *easy, const char *text, uint32_t at)
{
	const uint32_t n = easy_space_at(text + at), next = at + n;
	const bool is_behind_word = is_behind_text(easy, text, at);
	const char c = text[next];
	if (easy_closes(text + next) ? !is_behind_word && !easy_is_stop(text[at - 1])
	                             : !is_behind_word || (c != '?' && c != '!' && c != ':' && c != ';' && !easy_is_general(text + next, 0xA6)))
		return false;
	pass_space(easy, at, n);
	if (c == '?' || c == '!')
		easy_set_good(easy, next);
	return true;
}

/* ---- Any of them ---- */

bool easy_pass_sign(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	if (at == 0 || at + EASY_SPACE_MOST + 2 >= len)
		return false;
	if (text[at] == ':' || text[at] == ';')
		return pass_colon(easy, text, at);
	if (easy_opens(text + at))
		return pass_opening(easy, text, at);
	if (easy_closes(text + at))
		return pass_closing(easy, text, at, len);
	if (text[at] == '(' || text[at] == ')')
		return easy_pass_bracket(easy, text, at, len);
	if (text[at] == '"')
		return pass_straight(easy, text, at, len);
	if (easy_dash_at(text + at) > 0)
		return pass_dash(easy, text, at) || (text[at] == '-' && pass_hyphen(easy, text, at));
	if (easy_is_digit(text[at]))
		return pass_number(easy, text, at, len);
	return easy_space_at(text + at) > 1 && pass_unbroken(easy, text, at);
}
