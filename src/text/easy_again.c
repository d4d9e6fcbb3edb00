#include "text/easy_again.h"

#include <string.h>

#include "sentence/cues.h"
#include "text/easy_at.h"
#include "text/easy_inside.h"
#include "text/easy_mend.h"
#include "text/easy_parts.h"
#include "text/easy_signs.h"

/* ---- Sentences ---- */

/* What the sentence behind a space begins with. A quote or dash is before a word; before one in lower case behind a dash it goes on. */
enum begin { BEGIN_OTHER, BEGIN_LOWER, BEGIN_UPPER, BEGIN_QUOTE, BEGIN_SAID };

struct next {
	enum begin begin;
	uint32_t word; /* its first word */
};

/* Whether a letter is in lower case or a capital: of ASCII, and of U+00C0 to U+00FF. */
static enum begin case_at(const struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	const char c = at < len ? text[at] : '\n';
	const bool is_ascii = (unsigned)(c | 0x20) - 'a' < 26;
	if (!is_ascii && (c != '\xC3' || at + 1 >= len || !easy_is_word_at(easy, at)))
		return BEGIN_OTHER;
	return easy_is_small(text + at) ? BEGIN_LOWER : BEGIN_UPPER;
}

/* Bytes of a quote that opens, with the space behind it that French has. */
static uint32_t quote_at(const char *s, uint32_t left)
{
	if (left < 6)
		return 0;
	if (!easy_opens(s))
		return *s == '"' ? 1 : easy_is_general(s, 0x9C) ? 3 : 0;
	return 2 + easy_space_at(s + 2);
}

static struct next next_behind(const struct easy *easy, const char *text, uint32_t space, uint32_t len)
{
	const char *const s = text + space + 1;
	const uint32_t left = len - space - 1, quote = quote_at(s, left), dash = left < 6 ? 0 : easy_dash_at(s);
	const uint32_t word = space + 1 + quote + dash + (dash > 0 && s[dash] == ' ');
	const enum begin begin = case_at(easy, text, word, len);
	if (begin == BEGIN_LOWER && dash > 0)
		return (struct next){BEGIN_SAID, word};
	return (struct next){begin != BEGIN_OTHER && quote + dash > 0 ? BEGIN_QUOTE : begin, word};
}

/* Behind a mark a Turkish word may say what stands before it; in lower case it may be counted by an ordinal. */
static inline bool may_go_on_in_turkish(const struct easy *easy, const char *text, const struct next *next, uint32_t len)
{
	return easy->sieve->lang == LANG_TR &&
	       (next->begin == BEGIN_LOWER || cues_is_saying(LANG_TR, text + next->word, easy_word_end(easy, next->word, len) - next->word));
}

/* Whether a sentence may be what an English letter ends with: it has one word or two, and a comma behind them. */
static bool may_sign_off(const struct easy *easy, const char *text, uint32_t word, uint32_t len)
{
	if (easy->sieve->lang != LANG_EN || word + 3 >= len || !cues_may_sign_off(text + word))
		return false;
	bool is_thanks = false;
	uint32_t end = easy_word_end(easy, word, len);
	if (end < len && text[end] == ' ')
		end = easy_word_end(easy, end + 1, len);
	return end < len && text[end] == ',' && cues_sign_off(text + word, easy_line_end(easy, word, len) - word, &is_thanks) > 0;
}

/* A question, or a shout, before a word in lower case. In English it goes on before one that says, or means "or", and behind a name (Yahoo! is). */
static enum text_sure lower_behind(const struct easy *easy, const char *text, uint32_t mark, const char *word, size_t len)
{
	const uint16_t lang = easy->sieve->lang;
	if (lang != LANG_EN)
		return lang == LANG_ID ? TEXT_SURE_UNKNOWN : TEXT_SURE_GOES_ON;
	const uint32_t before = easy_word_before(easy, mark);
	const char *const name = text + mark - before;
	if (before == 0 || (before < mark && name[-1] == '-') || (unsigned char)*name >= 0x80)
		return TEXT_SURE_UNKNOWN;
	return cues_is_saying(lang, word, len) || cues_is_or(lang, word, len) || (text[mark] == '!' && *name >= 'A' && *name <= 'Z')
	               ? TEXT_SURE_GOES_ON
	               : TEXT_SURE_ENDS;
}

static enum text_sure behind_question(const struct easy *easy, const char *text, uint32_t mark, const struct next *next, bool is_closed,
                                      uint32_t len)
{
	const char *const word = text + next->word;
	const uint32_t word_len = easy_word_end(easy, next->word, len) - next->word;
	if (next->begin == BEGIN_LOWER)
		return is_closed ? TEXT_SURE_GOES_ON : lower_behind(easy, text, mark, word, word_len);
	/* company: Yahoo! Inc. */
	const bool is_name = text[mark] == '!' && next->begin == BEGIN_UPPER && easy_is_behind_letter(easy, text, mark);
	return is_name && cues_is_company(word, word_len) ? TEXT_SURE_UNKNOWN : TEXT_SURE_ENDS;
}

/* Whether a number stands before a full stop, and a word before that, so that it numbers nothing and is no ordinal. */
static bool is_behind_number(const struct easy *easy, const char *text, uint32_t stop)
{
	uint32_t start = stop;
	while (start > 1 && easy_is_digit(text[start - 1]))
		start--;
	return start < stop && text[start - 1] == ' ' && easy_is_behind_letter(easy, text, start - 1) &&
	       !lists_has_ordinal_dots(easy->sieve->lang);
}

static enum text_sure behind_full_stop(const struct easy *easy, const char *text, uint32_t mark, const struct next *next, bool is_closed)
{
	if (easy_is_behind_closing(text, mark))
		return TEXT_SURE_ENDS;
	if (easy_is_taken_at(easy, text, mark))
		return TEXT_SURE_UNKNOWN;
	if (is_closed)
		return next->begin == BEGIN_LOWER ? TEXT_SURE_GOES_ON : TEXT_SURE_ENDS;
	if (is_behind_number(easy, text, mark))
		return TEXT_SURE_ENDS;
	const uint32_t word_len = easy_token_before(easy, text, mark);
	const char *const word = text + mark - word_len;
	if (word_len < 2)
		return TEXT_SURE_UNKNOWN;
	return text_sure_ends_behind(easy->sieve->lang, word, word_len, next->begin == BEGIN_LOWER, next->begin == BEGIN_QUOTE)
	               ? TEXT_SURE_ENDS
	               : TEXT_SURE_UNKNOWN;
}

/*
 * Whether a sentence ends at a mark and a space, as most do: before a capital of ASCII, a full stop behind a word that no full stop belongs to,
 * with a small letter first and white space before it. False if rules are to be asked.
 */
static bool ends_plainly(const struct easy *easy, const char *text, uint32_t mark, uint32_t len)
{
	const uint16_t lang = easy->sieve->lang;
	const char *const next = text + mark + 2;
	if (mark + 4 >= len || (unsigned)*next - 'A' >= 26 || lang == LANG_TR || (lang == LANG_EN && cues_may_sign_off(next)))
		return false;
	if (text[mark] != '.') /* company: Inc., Ltd., Corp., LLC, plc */
		return text[mark] == '?' || !memchr("ILCP", *next, 4);
	const uint32_t word_len = easy_second_before(easy, mark);
	const char *const word = text + mark - word_len;
	return word_len > 1 && word_len < mark && (word[-1] == ' ' || word[-1] == '\n') && (unsigned)*word - 'a' < 26 &&
	       easy_is_free_by_tail(easy->sieve, text, mark);
}

enum text_sure easy_sure_of_mark(const struct easy *easy, const char *text, uint32_t mark, uint32_t space, uint32_t len)
{
	if (space == mark + 1 && ends_plainly(easy, text, mark, len))
		return TEXT_SURE_ENDS;
	const struct next next = next_behind(easy, text, space, len);
	const bool is_closed = space > mark + 1;
	if (next.begin == BEGIN_OTHER || may_go_on_in_turkish(easy, text, &next, len) || may_sign_off(easy, text, next.word, len))
		return TEXT_SURE_UNKNOWN;
	if (next.begin == BEGIN_SAID)
		return text[mark] == '.' && easy_is_taken_at(easy, text, mark) ? TEXT_SURE_UNKNOWN : TEXT_SURE_GOES_ON;
	return text[mark] == '.' ? behind_full_stop(easy, text, mark, &next, is_closed)
	                         : behind_question(easy, text, mark, &next, is_closed, len);
}

/* A full stop behind a word, or a space behind a mark. What a quote does that closes behind the space is asked there. */
static bool end_sentence(struct easy *easy, const char *text, uint32_t mark, uint32_t len)
{
	if (mark + 3 >= len || text[mark + 1] != ' ')
		return false;
	if (easy_closes(text + mark + 2))
		return !easy->sieve->has_more;
	const enum text_sure answer = easy_sure_of_mark(easy, text, mark, mark + 1, len);
	if (answer == TEXT_SURE_UNKNOWN)
		return false;
	if (text[mark] == '.' && text[mark - 1] != ' ')
		easy_put_apart(easy, mark);
	if (answer == TEXT_SURE_ENDS)
		easy_end_sentence(easy, mark + 1);
	return true;
}

/* ellipsis: what follows dots behind a word or another mark, at their end. */
static bool pass_behind_dots(struct easy *easy, const char *text, uint32_t end, uint32_t len)
{
	if (text[end] == '\n')
		return true;
	if (easy_closes(text + end) || text[end] != ' ')
		return !easy->sieve->has_more && text[end] == '\xC2';
	easy_set_good(easy, end);
	if (easy_closes(text + end + 1))
		return !easy->sieve->has_more;
	const struct next next = next_behind(easy, text, end, len);
	if (next.begin == BEGIN_OTHER || may_go_on_in_turkish(easy, text, &next, len) || may_sign_off(easy, text, next.word, len))
		return false;
	if (next.begin == BEGIN_UPPER || next.begin == BEGIN_QUOTE)
		easy_end_sentence(easy, end);
	return true;
}

/* A full stop behind a mark: of dots, which are one token, or behind another mark. */
static bool pass_dots(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	const uint32_t first = at - 1;
	uint32_t end = at + 1;
	while (end < len && text[end] == '.')
		end++;
	if (end + 2 >= len && (end == len || text[end] != '\n'))
		return false;
	const uint32_t space = text[first] != '.' ? easy_space_before(text, first) : 0;
	if (first == 0 || !easy_is_behind_letter(easy, text, first - space))
		return false;
	if (text[first] == '.' && (easy_second_before(easy, first) == 0 || easy_is_taken_at(easy, text, first)))
		return false;
	for (uint32_t dot = at; dot < end; dot++) {
		easy_put_together(easy, dot);
		easy_set_good(easy, dot);
	}
	if (text[first] != '.')
		easy_put_apart(easy, at);
	/* another mark, and one full stop */
	if (text[first] != '.' && end == at + 1)
		return text[end] == '\n';
	return pass_behind_dots(easy, text, end, len);
}

/* U+2026 behind a word, or a space behind one. */
static bool pass_ellipsis(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	const uint32_t space = easy_space_before(text, at), end = at + 3;
	if (end + 2 >= len || !easy_is_behind_letter(easy, text, at - space))
		return false;
	if (space == 0)
		easy_put_apart(easy, at);
	easy_set_all_good(easy, at, end + (text[end] == '\n'));
	return pass_behind_dots(easy, text, end, len);
}

uint32_t easy_skip_closers(const char *text, uint32_t at, uint32_t len)
{
	while (at + 3 < len && (easy_is_general(text + at, 0x9D) || easy_is_general(text + at, 0x99)))
		at += 3;
	return at + 1 < len && text[at] == '"' ? at + 1 : at;
}

/* A quote that closes behind a mark. */
static bool end_quoted(struct easy *easy, const char *text, uint32_t quote, uint32_t len)
{
	const uint32_t space = easy_skip_closers(text, quote, len);
	if (!easy_is_stop(text[quote - 1]) || space == quote || text[space] != ' ')
		return false;
	const enum text_sure answer = easy_sure_of_mark(easy, text, quote - 1, space, len);
	if (answer == TEXT_SURE_ENDS)
		easy_end_sentence(easy, space);
	return answer != TEXT_SURE_UNKNOWN;
}

/* ---- Colons and prefixes ---- */

/* Whether a hyphen or U+2013 that begins at a byte, so many bytes long, has spaces and letters on both sides. */
static bool is_spaced(const struct easy *easy, const char *text, uint32_t at, uint32_t n, uint32_t len)
{
	if (at < 2 || at + n + 1 >= len || text[at - 1] != ' ' || text[at + n] != ' ')
		return false;
	const char next = text[at + n + 1] | 0x20;
	return easy_is_behind_letter(easy, text, at - 1) && next >= 'a' && next <= 'z';
}

static bool pass_dash(struct easy *easy, const char *text, uint32_t at, uint32_t n, uint32_t len)
{
	if (!is_spaced(easy, text, at, n, len))
		return false;
	for (uint32_t i = at; i <= at + n; i++) {
		easy_put_together(easy, i);
		easy_set_good(easy, i);
	}
	return true;
}

/* A colon between a word and a space or LF; one behind dashes may end a dateline. */
static bool pass_colon(struct easy *easy, const char *text, uint32_t colon, uint32_t len)
{
	if (!easy_is_behind_letter(easy, text, colon) || colon + 1 >= len || (text[colon + 1] != ' ' && text[colon + 1] != '\n'))
		return false;
	if (easy_is_behind_dash(text, colon))
		return false;
	easy_put_apart(easy, colon);
	easy_set_good(easy, colon + 1);
	return true;
}

/*
 * A hyphen behind a prefix: they belong to the word behind them if white space is before the prefix and no hyphen behind the word. What
 * becomes of a full stop behind that is not known.
 */
static bool join_prefix(struct easy *easy, const char *text, uint32_t hyphen, uint32_t len)
{
	const uint32_t prefix = easy_word_before(easy, hyphen), end = easy_word_end(easy, hyphen + 1, len);
	const uint32_t start = hyphen - prefix;
	if (!easy_is_behind_letter(easy, text, hyphen) || end == hyphen + 1 || end + 1 >= len)
		return false;
	if ((start > 0 && (unsigned char)text[start - 1] > ' ') || text[end] == '-')
		return true;
	if (text[end] == '.' && text[end + 1] != '\n')
		return false;
	easy_put_together(easy, hyphen);
	easy_put_together(easy, hyphen + 1);
	return true;
}

/* ---- Full stops of abbreviations ---- */

/* Bytes of the word before a full stop, which white space is before; 0: something else is. */
static uint32_t whole_before(const struct easy *easy, const char *text, uint32_t stop)
{
	const uint32_t len = easy_word_before(easy, stop);
	if (len == 0 || stop <= len || (text[stop - len - 1] != ' ' && text[stop - len - 1] != '\n'))
		return 0;
	return easy_second_before(easy, stop) == len ? len : 0;
}

/* abbreviation: whether a word of several letters has its full stop with it. Indonesian has it apart. */
static bool is_abbreviation(const struct easy *easy, const char *word, uint32_t len)
{
	return len > 1 && !lists_is_letter(word, len) && easy->sieve->lang != LANG_ID && lists_is_abbreviation(easy->sieve->lang, word, len);
}

/* The full stop of one before a space, where the sentence goes on: before a word in lower case, or behind a title. */
static bool pass_abbreviation(struct easy *easy, const char *text, uint32_t stop, uint32_t len)
{
	const uint32_t word_len = whole_before(easy, text, stop);
	const char *const word = text + stop - word_len;
	if (word_len == 0 || stop + 2 >= len || !is_abbreviation(easy, word, word_len))
		return false;
	const enum begin begin = case_at(easy, text, stop + 2, len);
	if (begin != BEGIN_LOWER && !(begin == BEGIN_UPPER && lists_is_title(word, word_len + 1) && memcmp(word, "St", 2) != 0))
		return false;
	easy_put_together(easy, stop);
	return true;
}

/* The full stop that ends a line: of an abbreviation, or behind a letter, which is none there but behind another one. */
static bool pass_last_stop(struct easy *easy, const char *text, uint32_t stop)
{
	const uint32_t word_len = whole_before(easy, text, stop);
	const char *const word = text + stop - word_len;
	if (!easy_is_behind_letter(easy, text, stop))
		return false;
	if (!easy_is_taken_at(easy, text, stop))
		return true;
	if (word_len == 1)
		return stop > 2 && word[-1] == ' ' && word[-2] != '.' && !lists_is_abbreviation(easy->sieve->lang, word, word_len);
	if (!is_abbreviation(easy, word, word_len))
		return false;
	easy_put_together(easy, stop);
	return true;
}

/* ---- The text ---- */

/* A space behind another one behind a word, or with which the line begins, and before a word: it is left out. */
static bool pass_row(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	const bool is_first = text[at - 1] == '\n';
	if (at + 1 >= len || !easy_is_word_at(easy, at + 1) || (!is_first && (at < 2 || !easy_is_word_at(easy, at - 2))))
		return false;
	easy_add_change(easy, easy_left_out(at, 1));
	return true;
}

/* Whether a bad byte may stand where it stands, in languages other than English. */
static bool is_good_sign(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	const char before = text[at - 1];
	if (text[at] == '.' && easy_is_stop(before))
		return pass_dots(easy, text, at, len);
	if (text[at] == '.' && at + 1 < len && text[at + 1] == '\n')
		return pass_last_stop(easy, text, at);
	if (at + 3 < len && easy_is_general(text + at, 0xA6))
		return pass_ellipsis(easy, text, at, len);
	if (text[at] != ' ')
		return easy_pass_sign(easy, text, at, len);
	if (before == ' ' || before == '\n')
		return pass_row(easy, text, at, len);
	if (!easy_is_stop(before))
		return false;
	const bool may_be_short = before == '.' && !easy_is_free_by_tail(easy->sieve, text, at - 1);
	return (may_be_short && pass_abbreviation(easy, text, at - 1, len)) || end_sentence(easy, text, at - 1, len);
}

/* Whether a byte that is bad for no other reason may stand where it stands. */
static bool is_good_after_all(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	if (!easy->sieve->has_more)
		return is_good_sign(easy, text, at, len);
	switch (text[at]) {
	case '.':
		if (easy_is_stop(text[at - 1]))
			return pass_dots(easy, text, at, len);
		return easy_is_behind_letter(easy, text, at) && end_sentence(easy, text, at, len);
	case ' ':
		return (text[at - 1] == '?' || text[at - 1] == '!') && end_sentence(easy, text, at - 1, len);
	case '"':
		return end_quoted(easy, text, at, len);
	case '\xE2':
		return at + 3 < len && easy_is_general(text + at, 0x93) ? pass_dash(easy, text, at, 3, len) : end_quoted(easy, text, at, len);
	case ':':
		return pass_colon(easy, text, at, len);
	case '(':
	case ')':
		return easy_pass_bracket(easy, text, at, len);
	case '-':
		return text[at - 1] == ' ' ? pass_dash(easy, text, at, 1, len) : join_prefix(easy, text, at, len);
	default:
		return false;
	}
}

/* Of the first 64 characters, those that may stand where they are bad, but for space, comma and LF. */
#define MAY_STAND (UINT64_C(1) << '.' | UINT64_C(1) << '"' | UINT64_C(1) << ':' | UINT64_C(1) << '-' | UINT64_C(1) << '(' | UINT64_C(1) << ')')

/* Whether a bad byte of an English line can be none of those at all; most lines that stay hard have one, and need no more looks. */
static inline bool is_hopeless(const char *text, uint32_t at)
{
	const char c = text[at], before = text[at - 1];
	if (c == ' ')
		return !easy_is_stop(before) && before != ':' && before != '-' && before != ')' && before != '\x93';
	if (c == '\n' || c == ',')
		return before != ')' && (c == ',' || before != ':');
	if ((unsigned char)c > '?')
		return c != '\xE2' && c != '\x80' && c != '\x93';
	return !(MAY_STAND >> c & 1);
}

/* Whether none of the bad bytes of a line from one on is hopeless. */
static bool has_hope(const struct easy *easy, const char *text, uint32_t first, uint32_t end)
{
	for (uint32_t at = first; at <= end; at = easy_next_of(easy->bits, easy_bad_of, at + 1, end + 1))
		if (text[at] == '\0' || is_hopeless(text, at))
			return false;
	return true;
}

/* Whether a sentence may end at a bad byte: behind a stop, or at one. */
static inline bool may_end(const char *text, uint32_t at)
{
	const unsigned char before = (unsigned char)text[at - 1];
	return easy_is_stop(text[at - 1]) || before == 0x9F || before == 0x94 || (text[at] == '.' && text[at + 1] == ' ');
}

/* Whether a sentence may end in a line behind a byte. In Arabic script most ends are found already. */
static bool may_end_behind(const struct easy *easy, const struct easy_parting *parting, const char *text, uint32_t at, uint32_t end)
{
	if (!easy->sieve->is_latin)
		return easy_parting_ends_behind(parting, easy, end);
	do
		at = easy_next_of(easy->bits, easy_bad_of, at + 1, end);
	while (at + 1 < end && !may_end(text, at));
	return at + 1 < end;
}

/* Whether a line is not worth another look: with nothing before it, or something hopeless in it and no ends of sentences. parting: NULL if it has no parts. */
static bool stays_hard(const struct easy *easy, const struct easy_parting *parting, const char *text, uint32_t first, uint32_t end)
{
	if (!easy->sieve->is_latin)
		return false;
	if (first == 0 || !easy->sieve->has_more)
		return first == 0;
	return !(parting && may_end_behind(easy, parting, text, first - 1, end)) && !has_hope(easy, text, first, end);
}

/*
 * Looks at all bad bytes of a line, of which the first one is given. parting: NULL if it has no parts; else, where one may not stand, those
 * behind it are looked at only if the sentence may end there. Returns how many bytes are in easy parts, which may be all.
 */
static uint32_t look_at_line(struct easy *easy, struct easy_parting *parting, const char *text, uint32_t first, uint32_t end, uint32_t len)
{
	bool is_easy = true, is_lost = false;
	if (stays_hard(easy, parting, text, first, end))
		return 0;
	for (uint32_t at = first; at <= end; at = easy_next_of(easy->bits, easy_bad_of, at + 1, end + 1)) {
		if (parting && (is_lost || easy_may_part(text[at])))
			is_lost &= !easy_parting_note(parting, easy, text, at);
		if (is_lost && !may_end(text, at))
			continue;
		if (easy->sieve->is_latin ? is_good_after_all(easy, text, at, len) : easy_mend_at(easy, text, at, len)) {
			easy_set_good(easy, at);
			continue;
		}
		easy_set_bad(easy, at);
		if (!parting)
			return 0;
		easy_parting_ends(parting, easy, at);
		if (!parting->has_ends && is_easy && !may_end_behind(easy, parting, text, at, end))
			return 0;
		is_lost = true;
		is_easy = false;
	}
	return is_easy ? end - first : easy_parting_end(parting, easy, text, end);
}

/* Whether too few become easy to pay is told by as many bytes of lines as this; eighths of them that do at least, if it pays. */
#define ENOUGH 4096
#define GOOD 2
/* The same of lines that stay hard, and of their parts that are easy: these lines are longer. What is left of others costs as much as it is. */
#define LONG 96 /* bytes from the first bad one on: shorter ones mostly have no parts */
#define ENOUGH_PARTS 32768
#define GOOD_PARTS 4

/* Looks at a line, in parts if that pays. */
static uint32_t look_at_hard(struct easy *easy, struct easy_parting *parting, const char *text, uint32_t first, uint32_t end, uint32_t len)
{
	const bool has_parts = easy->has_parts && end - first >= LONG && pays_look(&easy->parts, end - first) &&
	                       easy_parting_begin(parting, easy, text, first, end);
	const uint32_t n_easy = look_at_line(easy, has_parts ? parting : NULL, text, first, end, len);
	if (has_parts && n_easy != end - first)
		pays_note(&easy->parts, end - parting->start, n_easy, ENOUGH_PARTS, GOOD_PARTS);
	return n_easy;
}

void easy_look_again(struct easy *easy, const char *text, uint32_t len)
{
	uint32_t n_seen = 0, n_good = 0;
	const struct easy_sieve *const sieve = easy->sieve;
	if ((sieve->is_latin && (!sieve->ends_inside || easy->leaves_out)) || !pays_look(&easy->again, len))
		return;
	easy->n_mended = 0;
	struct easy_parting parting = {0};
	for (uint32_t at = easy_next_of(easy->bits, easy_bad_of, 0, len); at < len;) {
		const uint32_t end = easy_line_end(easy, at, len);
		const size_t n_changes = easy->n_changes, n_mended = easy->n_mended;
		const uint32_t good = end < len ? look_at_hard(easy, &parting, text, at, end, len) : 0;
		if (good == 0) {
			easy->n_changes = n_changes;
			easy->n_mended = n_mended;
		}
		n_seen += end - at;
		n_good += good;
		at = easy_next_of(easy->bits, easy_bad_of, end + 1, len);
	}
	pays_note(&easy->again, n_seen, n_good, ENOUGH, GOOD);
	easy_merge_changes(easy, easy->mended, easy->n_mended);
}
