#include "text/easy_again.h"

#include <string.h>

#include "base/bits.h"
#include "sentence/cues.h"
#include "text/easy_inside.h"
#include "text/sure.h"

/* ---- Bits ---- */

static inline uint64_t bad_of(const struct easy_bits *bits)
{
	return bits->bad;
}

static inline uint64_t end_of(const struct easy_bits *bits)
{
	return bits->ends;
}

static inline uint64_t gap_of(const struct easy_bits *bits)
{
	return ~bits->words;
}

/* The first byte from one on that has a bit of some, or len. */
static inline uint32_t next_of(const struct easy_bits *bits, uint64_t (*of)(const struct easy_bits *bits), uint32_t from, uint32_t len)
{
	const size_t n = easy_blocks(len);
	size_t k = from / 64;
	if (from >= len)
		return len;
	uint64_t left = of(&bits[k]) & ~bits_below(from % 64);
	while (left == 0 && ++k < n)
		left = of(&bits[k]);
	const size_t at = left != 0 ? 64 * k + (size_t)__builtin_ctzll(left) : len;
	return at < len ? (uint32_t)at : len;
}

/* The LF from a byte on, or len. */
static uint32_t line_end(const struct easy *easy, uint32_t from, uint32_t len)
{
	return next_of(easy->bits, end_of, from, len);
}

static inline bool is_word_at(const struct easy *easy, uint32_t at)
{
	return easy->bits[at / 64].words >> at % 64 & 1;
}

/* Whether a text of three bytes is the character of E2 80 and one more byte. */
static inline bool is_general(const char *s, unsigned char last)
{
	return (unsigned char)s[0] == 0xE2 && (unsigned char)s[1] == 0x80 && (unsigned char)s[2] == last;
}

/* Whether a letter stands before a byte, and no apostrophe. */
static bool is_behind_letter(const struct easy *easy, const char *text, uint32_t at)
{
	return is_word_at(easy, at - 1) && text[at - 1] != '\'' && !(at >= 3 && is_general(text + at - 3, 0x99));
}

/* The byte behind the word that goes on with a byte. */
static uint32_t word_end(const struct easy *easy, uint32_t at, uint32_t len)
{
	return next_of(easy->bits, gap_of, at, len);
}

static inline void set_good(struct easy *easy, uint32_t at)
{
	easy->bits[at / 64].bad &= ~((uint64_t)1 << at % 64);
}

static inline void put_apart(struct easy *easy, uint32_t at)
{
	easy->bits[at / 64].edits |= (uint64_t)1 << at % 64;
}

static inline void put_together(struct easy *easy, uint32_t at)
{
	easy->bits[at / 64].edits &= ~((uint64_t)1 << at % 64);
}

/* ---- Sentences ---- */

static inline bool is_stop(char c)
{
	return c == '.' || c == '?' || c == '!';
}

/* What the sentence behind a space begins with. */
enum begin { BEGIN_OTHER, BEGIN_LOWER, BEGIN_UPPER, BEGIN_QUOTE };

struct next {
	enum begin begin;
	uint32_t word; /* its first word */
};

static struct next next_behind(const char *text, uint32_t space, uint32_t len)
{
	const char *const s = text + space + 1;
	const uint32_t left = len - space - 1;
	const uint32_t quote = left < 4 ? 0 : *s == '"' ? 1 : is_general(s, 0x9C) ? 3 : 0;
	const char c = left > quote ? s[quote] : '\n';
	const bool is_lower = c >= 'a' && c <= 'z', is_upper = c >= 'A' && c <= 'Z';
	const enum begin begin = !is_lower && !is_upper ? BEGIN_OTHER
	                         : quote > 0            ? BEGIN_QUOTE
	                         : is_lower             ? BEGIN_LOWER
	                                                : BEGIN_UPPER;
	return (struct next){begin, space + 1 + quote};
}

/* Whether a sentence may be what an English letter ends with: it has one word or two, and a comma behind them. */
static bool may_sign_off(const struct easy *easy, const char *text, uint32_t word, uint32_t len)
{
	if (easy->sieve->lang != LANG_EN)
		return false;
	bool is_thanks = false;
	uint32_t end = word_end(easy, word, len);
	if (end < len && text[end] == ' ')
		end = word_end(easy, end + 1, len);
	return end < len && text[end] == ',' && cues_sign_off(text + word, line_end(easy, word, len) - word, &is_thanks) > 0;
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
	const uint32_t word_len = word_end(easy, next->word, len) - next->word;
	if (next->begin == BEGIN_LOWER)
		return is_closed ? TEXT_SURE_GOES_ON : lower_behind(easy, text, mark, word, word_len);
	return next->begin == BEGIN_UPPER && cues_is_company(word, word_len) ? TEXT_SURE_UNKNOWN : TEXT_SURE_ENDS;
}

static enum text_sure behind_full_stop(const struct easy *easy, const char *text, uint32_t mark, const struct next *next, bool is_closed)
{
	const uint32_t word_len = easy_second_before(easy, text, mark);
	const char *const word = text + mark - word_len;
	if (word_len > 0 && easy_is_taken(easy, word, word_len))
		return TEXT_SURE_UNKNOWN;
	if (is_closed)
		return next->begin == BEGIN_LOWER ? TEXT_SURE_GOES_ON : TEXT_SURE_ENDS;
	/* what stands before a hyphen may belong to the word */
	if (word_len < 2 || (mark > word_len && word[-1] == '-'))
		return TEXT_SURE_UNKNOWN;
	return text_sure_ends_behind(easy->sieve->lang, word, word_len, next->begin == BEGIN_LOWER, next->begin == BEGIN_QUOTE)
	               ? TEXT_SURE_ENDS
	               : TEXT_SURE_UNKNOWN;
}

/* The rules of text/sure.c, and some more, for what easy lines hold: of a mark, and the space behind it and quotes that close. */
static enum text_sure sure_of_mark(const struct easy *easy, const char *text, uint32_t mark, uint32_t space, uint32_t len)
{
	const struct next next = next_behind(text, space, len);
	const bool is_closed = space > mark + 1;
	if (next.begin == BEGIN_OTHER || may_sign_off(easy, text, next.word, len))
		return TEXT_SURE_UNKNOWN;
	return text[mark] == '.' ? behind_full_stop(easy, text, mark, &next, is_closed)
	                         : behind_question(easy, text, mark, &next, is_closed, len);
}

static void add_break(struct easy *easy, uint32_t space)
{
	easy->breaks[easy->n_breaks++] = space;
}

/* A full stop behind a word, or a space behind a mark. */
static bool end_sentence(struct easy *easy, const char *text, uint32_t mark, uint32_t len)
{
	if (mark + 2 >= len || text[mark + 1] != ' ')
		return false;
	const enum text_sure answer = sure_of_mark(easy, text, mark, mark + 1, len);
	if (answer == TEXT_SURE_UNKNOWN)
		return false;
	if (text[mark] == '.')
		put_apart(easy, mark);
	if (answer == TEXT_SURE_ENDS)
		add_break(easy, mark + 1);
	return true;
}

/* A full stop behind a mark, and before LF: of dots, which are one token, or behind another mark. */
static bool end_line(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	uint32_t first = at - 1, end = at + 1;
	while (end < len && text[end] == '.')
		end++;
	if (end == len || text[end] != '\n' || first == 0 || !is_behind_letter(easy, text, first))
		return false;
	if (text[first] != '.') {
		put_apart(easy, at);
		return end == at + 1;
	}
	const uint32_t word_len = easy_second_before(easy, text, first);
	if (word_len == 0 || easy_is_taken(easy, text + first - word_len, word_len))
		return false;
	for (uint32_t dot = at; dot < end; dot++) {
		put_together(easy, dot);
		set_good(easy, dot);
	}
	return true;
}

/* The byte behind quotes that close. */
static uint32_t skip_closers(const char *text, uint32_t at, uint32_t len)
{
	while (at + 3 < len && (is_general(text + at, 0x9D) || is_general(text + at, 0x99)))
		at += 3;
	return at + 1 < len && text[at] == '"' ? at + 1 : at;
}

/* A quote that closes behind a mark. */
static bool end_quoted(struct easy *easy, const char *text, uint32_t quote, uint32_t len)
{
	const uint32_t space = skip_closers(text, quote, len);
	if (!is_stop(text[quote - 1]) || space == quote || text[space] != ' ')
		return false;
	const enum text_sure answer = sure_of_mark(easy, text, quote - 1, space, len);
	if (answer == TEXT_SURE_ENDS)
		add_break(easy, space);
	return answer != TEXT_SURE_UNKNOWN;
}

/* ---- Colons and prefixes ---- */

/* Whether a hyphen or U+2013 that begins at a byte, so many bytes long, has spaces and letters on both sides. */
static bool is_spaced(const struct easy *easy, const char *text, uint32_t at, uint32_t n, uint32_t len)
{
	if (at < 2 || at + n + 1 >= len || text[at - 1] != ' ' || text[at + n] != ' ')
		return false;
	const char next = text[at + n + 1] | 0x20;
	return is_behind_letter(easy, text, at - 1) && next >= 'a' && next <= 'z';
}

static bool pass_dash(struct easy *easy, const char *text, uint32_t at, uint32_t n, uint32_t len)
{
	if (!is_spaced(easy, text, at, n, len))
		return false;
	for (uint32_t i = at; i <= at + n; i++) {
		put_together(easy, i);
		set_good(easy, i);
	}
	return true;
}

/* Whether a byte may end a dash, of any kind. */
static inline bool may_end_dash(const char *s)
{
	return (unsigned char)*s == 0x93 || (unsigned char)*s == 0x94 || (*s == '-' && s[1] == ' ');
}

/* A colon between a word and a space or LF; one behind dashes may end a dateline. */
static bool pass_colon(struct easy *easy, const char *text, uint32_t colon, uint32_t len)
{
	if (!is_behind_letter(easy, text, colon) || colon + 1 >= len || (text[colon + 1] != ' ' && text[colon + 1] != '\n'))
		return false;
	for (uint32_t at = colon; at > 0 && text[at - 1] != '\n'; at--)
		if (may_end_dash(text + at - 1))
			return false;
	put_apart(easy, colon);
	set_good(easy, colon + 1);
	return true;
}

/*
 * A hyphen behind a prefix: they belong to the word behind them if white space is before the prefix and no hyphen behind the word. What
 * becomes of a full stop behind that is not known.
 */
static bool join_prefix(struct easy *easy, const char *text, uint32_t hyphen, uint32_t len)
{
	const uint32_t prefix = easy_word_before(easy, hyphen), end = word_end(easy, hyphen + 1, len);
	const uint32_t start = hyphen - prefix;
	if (!is_behind_letter(easy, text, hyphen) || end == hyphen + 1 || end + 1 >= len)
		return false;
	if ((start > 0 && (unsigned char)text[start - 1] > ' ') || text[end] == '-')
		return true;
	if (text[end] == '.' && text[end + 1] != '\n')
		return false;
	put_together(easy, hyphen);
	put_together(easy, hyphen + 1);
	return true;
}

/* ---- The text ---- */

/* Whether a bad byte may stand where it stands in a line that holds words, commas and stops alone. */
static bool is_good_stop(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	if (text[at] == '.')
		return is_stop(text[at - 1]) && end_line(easy, text, at, len);
	return text[at] == ' ' && is_stop(text[at - 1]) && (text[at - 1] != '.' || is_behind_letter(easy, text, at - 1)) &&
	       end_sentence(easy, text, at - 1, len);
}

/* Whether a byte that is bad for no other reason may stand where it stands. */
static bool is_good_after_all(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	if (!easy->sieve->has_more)
		return is_good_stop(easy, text, at, len);
	switch (text[at]) {
	case '.':
		if (is_stop(text[at - 1]))
			return end_line(easy, text, at, len);
		return is_behind_letter(easy, text, at) && end_sentence(easy, text, at, len);
	case ' ':
		return (text[at - 1] == '?' || text[at - 1] == '!') && end_sentence(easy, text, at - 1, len);
	case '"':
		return end_quoted(easy, text, at, len);
	case '\xE2':
		return at + 3 < len && is_general(text + at, 0x93) ? pass_dash(easy, text, at, 3, len) : end_quoted(easy, text, at, len);
	case ':':
		return pass_colon(easy, text, at, len);
	case '-':
		return text[at - 1] == ' ' ? pass_dash(easy, text, at, 1, len) : join_prefix(easy, text, at, len);
	default:
		return false;
	}
}

/* Whether a bad byte can be none of those at all; most lines that stay hard have one, and need no more looks. */
static inline bool is_hopeless(const struct easy *easy, const char *text, uint32_t at)
{
	const char c = text[at], before = text[at - 1];
	if (!easy->sieve->has_more)
		return (c != ' ' && c != '.') || !is_stop(before);
	if (c == ' ')
		return before != '?' && before != '!' && before != ':' && before != '-' && before != '\x93';
	return c == '\n' ? before != ':' : !strchr(".\"\xE2\x80\x93:-", c);
}

/* Whether all bad bytes of a line, of which the first one is given, may stand there. */
static bool is_easy_after_all(struct easy *easy, const char *text, uint32_t first, uint32_t end, uint32_t len)
{
	if (first == 0 || end == len)
		return false;
	for (uint32_t at = first; at <= end; at = next_of(easy->bits, bad_of, at + 1, len))
		if (text[at] == '\0' || is_hopeless(easy, text, at))
			return false;
	for (uint32_t at = first; at <= end; at = next_of(easy->bits, bad_of, at + 1, len)) {
		if (!is_good_after_all(easy, text, at, len))
			return false;
		set_good(easy, at);
	}
	return true;
}

/* Whether too few become easy to pay is told by as many bytes of lines as this; eighths of them that do at least, if it pays. */
#define ENOUGH 4096
#define GOOD 2

void easy_look_again(struct easy *easy, const char *text, uint32_t len)
{
	uint32_t n_seen = 0, n_good = 0;
	easy->n_breaks = 0;
	if (!easy->sieve->ends_inside || easy->leaves_out || !pays_look(&easy->again, len))
		return;
	for (uint32_t at = next_of(easy->bits, bad_of, 0, len); at < len;) {
		const uint32_t end = line_end(easy, at, len);
		const size_t n_breaks = easy->n_breaks;
		const bool is_easy = is_easy_after_all(easy, text, at, end, len);
		if (!is_easy)
			easy->n_breaks = n_breaks;
		n_seen += end - at;
		n_good += is_easy ? end - at : 0;
		at = next_of(easy->bits, bad_of, end + 1, len);
	}
	pays_note(&easy->again, n_seen, n_good, ENOUGH, GOOD);
}
