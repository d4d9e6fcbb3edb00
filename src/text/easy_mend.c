#include "text/easy_mend.h"

#include <string.h>

#include "lang.h"
#include "norm/look.h"
#include "sentence/cues.h"
#include "text/easy_arabic.h"
#include "text/easy_at.h"
#include "text/easy_inside.h"
#include "unicode/invisible.h"

#define HAMZA "\xD9\x94" /* U+0654 HAMZA ABOVE */
#define HEH_HAMZA "\xD9\x87" HAMZA /* behind U+0647 HEH */
#define SEMICOLON "\xD8\x9B" /* U+061B ARABIC SEMICOLON */

/* ---- Characters ---- */

/* What the character that begins at a byte is. */
static enum easy_code code_at(const struct easy *easy, const char *text, uint32_t at)
{
	const char c = text[at];
	if (easy_is_arabic(c)) {
		const bool has_tail = ((unsigned char)text[at + 1] & 0xC0) == 0x80;
		return has_tail ? (enum easy_code)easy->sieve->codes[easy_place_of(text + at)] : EASY_CODE_NONE;
	}
	switch (c) {
	case ' ':
		return EASY_CODE_SPACE;
	case '\n':
		return EASY_CODE_END;
	case ',':
		return EASY_CODE_COMMA;
	case '.':
	case '!':
	case '?':
		return EASY_CODE_STOP;
	default:
		return EASY_CODE_NONE;
	}
}

/* Where the character before a byte begins, if it has two bytes at most. */
static inline uint32_t start_before(const char *text, uint32_t at)
{
	return at - (at >= 2 && (unsigned char)text[at - 1] >= 0x80 ? 2 : 1);
}

static enum easy_code code_before(const struct easy *easy, const char *text, uint32_t at)
{
	return at == 0 ? EASY_CODE_END : code_at(easy, text, start_before(text, at));
}

static inline bool is_letter(enum easy_code code)
{
	return code == EASY_CODE_LETTER || code == EASY_CODE_JOINS || code == EASY_CODE_CHANGES || code == EASY_CODE_LAST;
}

/* Whether a word may end with it; a letter that changes where it is last is looked at elsewhere, by what is behind it. */
static inline bool is_of_word(enum easy_code code)
{
	return code == EASY_CODE_LETTER || code == EASY_CODE_JOINS || code == EASY_CODE_CHANGES || code == EASY_CODE_MARK;
}

static inline bool is_stop(enum easy_code code)
{
	return code == EASY_CODE_STOP || code == EASY_CODE_STOP_TWO;
}

static inline bool is_comma(enum easy_code code)
{
	return code == EASY_CODE_COMMA || code == EASY_CODE_COMMA_TWO;
}

/*
 * Whether the character at a byte may stand behind a word that has ended; of white space that is left out, which the looks at all bytes
 * know by what is before it, none. Of Uyghur commas rules are asked by the word before them.
 */
static inline bool may_follow_word(const struct easy *easy, const char *text, uint32_t at)
{
	const enum easy_code code = code_at(easy, text, at);
	if (code == EASY_CODE_SPACE)
		return (unsigned char)text[at + 1] > ' ';
	return code == EASY_CODE_END || is_stop(code) || (is_comma(code) && !easy->sieve->asks_commas);
}

/* Whether a word ends before a byte, with a control or without: else that would be bad. */
static inline bool is_behind_word(const struct easy *easy, const char *text, uint32_t at)
{
	return is_of_word(code_before(easy, text, at)) ||
	       (at >= INVISIBLE_LEN && invisible_begins(text + at - INVISIBLE_LEN) && easy_is_word_at(easy, at - 1));
}

/* ---- Bits ---- */

/* Whether bytes are of a word. */
static void put_words(struct easy *easy, uint32_t from, uint32_t to, bool are_words)
{
	for (uint32_t at = from; at < to; at++) {
		uint64_t *const words = &easy->bits[at / 64].words;
		const uint64_t bit = (uint64_t)1 << at % 64;
		*words = are_words ? *words | bit : *words & ~bit;
	}
}

/* One that the look at places has not found, for all of the text: they are in their order, and put among those at last. */
static void add_change(struct easy *easy, struct batch_change change)
{
	easy->mended[easy->n_mended++] = change;
}

/* A letter behind something that no letter was thought to stand behind becomes what it does elsewhere. */
static void put_letter(struct easy *easy, const char *text, uint32_t at)
{
	const bool is_noted = !easy_is_bad(easy, at);
	if (is_noted || code_at(easy, text, at) != EASY_CODE_CHANGES)
		return;
	add_change(easy, easy_letter_change(at, EASY_LETTER_LEN, easy->sieve->becomes[easy_place_of(text + at)]));
}

/* What stands behind a word that was thought to go on or to be none: one space is put before marks. */
static void put_behind_word(struct easy *easy, const char *text, uint32_t at)
{
	const enum easy_code code = code_at(easy, text, at);
	if (is_stop(code) || is_comma(code))
		easy_put_apart(easy, at);
}

/*
 * Whether nothing was asked of the word that goes on, or begins, at a byte, before which it may have been thought to be otherwise: by what it is before a stop and a space,
 * or an Uyghur comma, and where its last letter may change.
 */
static bool is_unasked(const struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	const uint32_t end = easy_word_end(easy, at, len);
	const enum easy_code behind = code_at(easy, text, end);
	const uint32_t n = (unsigned char)text[end] < 0x80 ? 1 : 2;
	return code_before(easy, text, end) != EASY_CODE_LAST && !(is_stop(behind) && text[end + n] == ' ') &&
	       !(is_comma(behind) && easy->sieve->asks_commas);
}

/* ---- Invisible controls, and heh with a hamza ---- */

/* Whether ZWNJ behind a word so far, and before a letter, has something to do: the last letter joins. Marks do not count. */
static bool keeps_zwnj(const struct easy *easy, const char *text, uint32_t at)
{
	enum easy_code before = code_before(easy, text, at);
	while (before == EASY_CODE_MARK) {
		at = start_before(text, at);
		before = code_before(easy, text, at);
	}
	return before == EASY_CODE_JOINS || before == EASY_CODE_CHANGES;
}

/* In a word, or where one ends. */
static bool pass_in_word(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	const uint32_t behind = at + INVISIBLE_LEN;
	const bool goes_on = is_letter(code_at(easy, text, behind));
	if (goes_on ? !is_unasked(easy, text, behind, len) : !may_follow_word(easy, text, behind))
		return false;
	if (!(goes_on && invisible_is_zwnj(text + at) && keeps_zwnj(easy, text, at)))
		add_change(easy, easy_left_out(at, INVISIBLE_LEN));
	put_words(easy, at, behind, true);
	put_behind_word(easy, text, behind);
	return true;
}

static bool pass_invisible(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	const uint32_t behind = at + INVISIBLE_LEN;
	const enum easy_code before = code_before(easy, text, at), next = code_at(easy, text, behind);
	if (is_of_word(before)) {
		if (!pass_in_word(easy, text, at, len))
			return false;
	} else {
		/* part of a gap; not before a word that was asked of behind a stop, or in Uyghur any mark */
		const bool is_behind_mark = before == EASY_CODE_SPACE && at >= 2 && !easy_is_word_at(easy, at - 2);
		if (is_behind_mark && (is_stop(code_before(easy, text, at - 1)) || easy->sieve->asks_commas))
			return false;
		const bool is_alone = before == EASY_CODE_SPACE || before == EASY_CODE_END ? is_letter(next) && is_unasked(easy, text, behind, len)
		                                                                          : is_stop(before) && next == EASY_CODE_END;
		if (!is_alone)
			return false;
		put_words(easy, at, behind, false);
		add_change(easy, easy_left_out(at, INVISIBLE_LEN));
	}
	put_letter(easy, text, behind);
	easy_set_all_good(easy, at, behind + 1);
	return true;
}

/* Heh and the hamza above it that a word ends with, which become one letter. */
static bool pass_hamza(struct easy *easy, const char *text, uint32_t at)
{
	if (at < 2 || memcmp(text + at - 2, HEH_HAMZA, sizeof HEH_HAMZA - 1) != 0 || !may_follow_word(easy, text, at + 2))
		return false;
	const enum easy_code heh = code_at(easy, text, at - 2);
	const uint32_t joined = look_joined_hamza(easy->sieve->table);
	if (joined == 0 || (heh != EASY_CODE_LETTER && heh != EASY_CODE_JOINS))
		return false;
	add_change(easy, easy_letter_change(at - 2, sizeof HEH_HAMZA - 1, joined & 0xFF));
	put_words(easy, at, at + 2, true);
	put_behind_word(easy, text, at + 2);
	easy_set_all_good(easy, at, at + 3);
	return true;
}

/* ---- Quotes ---- */

/* A quote: how many bytes, and where it may stand. Urdu opens with U+201D and closes with U+201C, which no rule says of one behind a stop. */
struct quote {
	uint32_t len; /* 0: none begins there */
	bool may_open, may_close, closes_behind_stop;
};

static struct quote quote_at(const char *text, uint32_t at)
{
	const char *const s = text + at;
	if (*s == '"')
		return (struct quote){1, true, true, true};
	if (memcmp(s, "\xC2\xAB", 2) == 0)
		return (struct quote){2, true, false, false};
	if (memcmp(s, "\xC2\xBB", 2) == 0)
		return (struct quote){2, false, true, true};
	if (easy_is_general(s, 0x9C))
		return (struct quote){3, true, true, false};
	if (easy_is_general(s, 0x9D))
		return (struct quote){3, true, true, true};
	return (struct quote){0};
}

/* Whether a word stands there, or one that a quote opens. */
static bool is_begun(const struct easy *easy, const char *text, uint32_t at)
{
	return is_letter(code_at(easy, text, at + quote_at(text, at).len));
}

/* Whether an Arabic question goes on with "or" at a byte; a quotation that begins with it is another sentence. */
static bool is_or(const struct easy *easy, const char *text, uint32_t mark, uint32_t at, uint32_t len)
{
	if (easy->sieve->lang != LANG_AR || easy_is_full_stop(text[mark]))
		return false;
	return cues_is_or(LANG_AR, text + at, easy_word_end(easy, at, len) - at);
}

/* Whether the full stop at a byte may belong to what is before it. Words of two letters may be cut short, or be letters with marks. */
static bool is_owned(const struct easy *easy, const char *text, uint32_t stop)
{
	const uint32_t len = easy_word_before(easy, stop);
	return len <= 2 * EASY_LETTER_LEN || (stop >= INVISIBLE_LEN && invisible_begins(text + stop - INVISIBLE_LEN)) ||
	       easy_may_own_stop(easy, text + stop - len, len) || easy_is_name_of_letter(easy, text + stop - len, len);
}

/* The space behind a mark, or behind the quote that closes behind it, may be one between two sentences. */
static bool end_sentence(struct easy *easy, const char *text, uint32_t mark, uint32_t space, uint32_t len)
{
	const uint32_t next = space + 1;
	const bool is_stop = easy_is_full_stop(text[mark]);
	const unsigned char last = (unsigned char)text[space - 1];
	const bool is_closed = last == '"' || last == 0xBB || last == 0x9D;
	const enum easy_code before = code_before(easy, text, mark);
	const bool is_word_before = is_behind_word(easy, text, mark);
	if (easy->sieve->lang == LANG_UG || !is_begun(easy, text, next))
		return false;
	if (!is_word_before && before != EASY_CODE_END && !(before == EASY_CODE_SPACE && !is_stop))
		return false;
	if (is_stop && !is_closed && is_word_before && is_owned(easy, text, mark))
		return false;
	if (is_or(easy, text, mark, next, len))
		return false;
	add_change(easy, (struct batch_change){space, 1, 1, "\n"});
	easy_set_good(easy, space);
	return true;
}

/* A quote that clings to the word behind it, or to what is before it. */
static bool pass_quote(struct easy *easy, const char *text, uint32_t at, const struct quote *quote, uint32_t len)
{
	const uint32_t behind = at + quote->len;
	const enum easy_code before = code_before(easy, text, at), next = code_at(easy, text, behind);
	/* ZWNJ before three bytes stays */
	const bool is_behind_zwnj = quote->len == 3 && at >= INVISIBLE_LEN && invisible_is_zwnj(text + at - INVISIBLE_LEN);
	if (easy->sieve->lang == LANG_UG || is_behind_zwnj)
		return false;
	if (before == EASY_CODE_SPACE || before == EASY_CODE_END) {
		if (!quote->may_open || !is_letter(next) || !(quote->len == 1 || is_unasked(easy, text, behind, len)))
			return false;
		put_letter(easy, text, behind);
		easy_put_apart(easy, behind);
	} else {
		const bool is_behind_stop = is_stop(before);
		if (!quote->may_close || !(is_behind_word(easy, text, at) || is_comma(before) || is_behind_stop) || !may_follow_word(easy, text, behind))
			return false;
		if (is_behind_stop && (!quote->closes_behind_stop || (next != EASY_CODE_END && next != EASY_CODE_SPACE)))
			return false;
		if (is_behind_stop && next == EASY_CODE_SPACE && !end_sentence(easy, text, start_before(text, at), behind, len))
			return false;
		easy_put_apart(easy, at);
		put_behind_word(easy, text, behind);
	}
	put_words(easy, at, behind, false);
	easy_set_all_good(easy, at, behind + 1);
	return true;
}

/* ---- Numbers ---- */

/* Digits of one kind between two words, or a word and the end of the line. */
static bool pass_number(struct easy *easy, const char *text, uint32_t at, uint32_t n)
{
	uint32_t end = at;
	while (easy_digit_at(text + end) == n)
		end += n;
	if (at < 2 || text[at - 1] != ' ' || !is_of_word(code_before(easy, text, at - 1)))
		return false;
	const uint32_t stop_len = is_stop(code_at(easy, text, end)) ? ((unsigned char)text[end] < 0x80 ? 1 : 2) : 0;
	const bool is_last = text[end + stop_len] == '\n';
	if (!is_last && !(text[end] == ' ' && is_letter(code_at(easy, text, end + 1))))
		return false;
	put_behind_word(easy, text, end);
	put_words(easy, at, end, false);
	easy_set_all_good(easy, at, end + 1);
	return true;
}

/* ---- Marks ---- */

/* A colon or semicolon, so many bytes, behind a word, or a space, and before a word or LF. In Uyghur a sentence may end there. */
static bool pass_colon(struct easy *easy, const char *text, uint32_t at, uint32_t n)
{
	const enum easy_code before = code_before(easy, text, at), next = code_at(easy, text, at + n);
	if (!is_behind_word(easy, text, at) && before != EASY_CODE_SPACE)
		return false;
	if (next != EASY_CODE_END && (next != EASY_CODE_SPACE || !is_begun(easy, text, at + n + 1) || easy->sieve->lang == LANG_UG))
		return false;
	if (before != EASY_CODE_SPACE)
		easy_put_apart(easy, at);
	put_words(easy, at, at + n, false);
	easy_set_all_good(easy, at, at + n + 1);
	return true;
}

/* The rest of a row of one mark behind a word of several letters and before LF. */
static bool pass_row(struct easy *easy, const char *text, uint32_t at)
{
	const uint32_t first = start_before(text, at), n = at - first;
	uint32_t end = at;
	while (text[end] == text[first] && (n == 1 || text[end + 1] == text[first + 1]))
		end += n;
	if (end == at || text[end] != '\n' || !is_of_word(code_before(easy, text, first)) || easy_word_before(easy, first) <= 4)
		return false;
	easy_set_all_good(easy, at, end);
	return true;
}

/* A mark with which a line begins, before a word, which may have a space before it: a sentence of its own. */
static bool pass_first_stop(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	const uint32_t behind = at + ((unsigned char)text[at] < 0x80 ? 1 : 2);
	if (easy->sieve->lang == LANG_UG)
		return false;
	if (text[behind] == ' ') {
		/* of that space rules are asked */
		if (!is_begun(easy, text, behind + 1))
			return false;
		easy_set_good(easy, at);
		return true;
	}
	const enum easy_code next = code_at(easy, text, behind);
	/* of these places something else may be noted */
	if (!is_letter(next) || next == EASY_CODE_CHANGES || next == EASY_CODE_LAST)
		return false;
	if (is_or(easy, text, at, behind, len))
		return false;
	add_change(easy, (struct batch_change){.at = behind, .n_to = 1, .to = "\n"});
	easy_set_all_good(easy, at, behind + 1);
	return true;
}

/* ---- Any of them ---- */

bool easy_mend_at(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	if (invisible_begins(text + at))
		return pass_invisible(easy, text, at, len);
	const enum easy_code code = code_at(easy, text, at);
	if (is_stop(code))
		return code_before(easy, text, at) == EASY_CODE_END ? pass_first_stop(easy, text, at, len) : pass_row(easy, text, at);
	if (code == EASY_CODE_SPACE)
		return is_stop(code_before(easy, text, at)) && end_sentence(easy, text, start_before(text, at), at, len);
	/* nothing is behind the last one */
	if (code == EASY_CODE_END)
		return false;
	const struct quote quote = quote_at(text, at);
	if (quote.len > 0)
		return pass_quote(easy, text, at, &quote, len);
	const uint32_t n_digit = easy_digit_at(text + at);
	if (n_digit > 0)
		return pass_number(easy, text, at, n_digit);
	if (text[at] == ':')
		return pass_colon(easy, text, at, 1);
	if (memcmp(text + at, SEMICOLON, 2) == 0)
		return pass_colon(easy, text, at, 2);
	return memcmp(text + at, HAMZA, 2) == 0 && pass_hamza(easy, text, at);
}
