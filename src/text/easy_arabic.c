#include "text/easy_arabic.h"

#include <string.h>

#include "lang.h"
#include "norm/calm.h"
#include "sentence/cues.h"
#include "text/easy_at.h"
#include "text/easy_inside.h"
#include "text/easy_signs.h"
#include "text/sure.h"
#include "unicode/invisible.h"
#include "word/lists.h"

#define ZWNJ_FIRST '\xE2'
#define GUILLEMET_LEN 2

static inline bool is_letter(const struct easy_sieve *sieve, const char *s)
{
	return easy_is_arabic(*s) && sieve->kinds[easy_place_of(s)] & EASY_LETTER;
}

/* Whether the letter that may change where it is last is at a byte. */
static inline bool is_last_letter(const struct easy_sieve *sieve, const char *s)
{
	return sieve->last[0] != 0 && memcmp(s, sieve->last, EASY_LETTER_LEN) == 0;
}

/* ---- Letters ---- */

#define LONGEST 63      /* bytes of a word that are counted; it may have more */
#define MOST_LETTERS 32 /* in as many bytes */

/* The letters and marks of a word as norm has them, but for the last one, which is as it stands there. Returns how many. */
static size_t letters_of(const struct easy_sieve *sieve, const char *word, uint32_t len, uint32_t letters[MOST_LETTERS])
{
	const bool has_joined = sieve->last_joined[0] != 0;
	size_t n = 0;
	for (uint32_t at = 0; at + 1 < len; at += EASY_LETTER_LEN) {
		if (word[at] == ZWNJ_FIRST) {
			at += INVISIBLE_LEN - EASY_LETTER_LEN;
			continue;
		}
		const bool is_joined = has_joined && is_last_letter(sieve, word + at) && len - at > INVISIBLE_LEN + 1 &&
		                       invisible_is_zwnj(word + at + EASY_LETTER_LEN);
		const unsigned place = easy_place_of(is_joined ? (const char *)sieve->last_joined : word + at);
		letters[n++] = 0x600u + (sieve->becomes[place] != 0 ? sieve->becomes[place] : place);
	}
	return n;
}

/* The letter that ends a word before a place becomes what the word asks for. */
static void look_at_last(struct easy *easy, const char *text, uint32_t end)
{
	const uint32_t len = easy_word_before(easy, end), start = end - len;
	uint32_t letters[MOST_LETTERS];
	if (len == LONGEST || (start > 0 && text[start - 1] == '-')) {
		easy_set_bad(easy, end);
		return;
	}
	const size_t n = letters_of(easy->sieve, text + start, len, letters);
	const uint32_t last = letters[n - 1], becomes = fold_last(easy->sieve->table, letters, n);
	if (becomes != last)
		easy_add_change(easy, easy_letter_change(end - EASY_LETTER_LEN, EASY_LETTER_LEN, becomes & 0xFF));
}

/* The letter that may change where it is last stands before a place at which no letter is. */
static void look_behind_last(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	const struct easy_sieve *const sieve = easy->sieve;
	const bool has_zwnj = len - at >= INVISIBLE_LEN && invisible_is_zwnj(text + at);
	if (has_zwnj && sieve->last_joined[0] != 0)
		easy_add_change(easy, easy_letter_change(at - EASY_LETTER_LEN, EASY_LETTER_LEN + INVISIBLE_LEN,
		                                         easy_place_of((const char *)sieve->last_joined)));
	else if (!has_zwnj)
		look_at_last(easy, text, at);
	else
		easy_set_bad(easy, at);
}

/* ---- ZWNJ ---- */

/* ZWNJ behind what may be a letter that does not join. */
static void look_at_zwnj(struct easy *easy, const char *text, uint32_t at)
{
	if (at >= EASY_LETTER_LEN && is_letter(easy->sieve, text + at - EASY_LETTER_LEN))
		easy_add_change(easy, easy_left_out(at, INVISIBLE_LEN));
	else
		easy_set_bad(easy, at);
}

/* The byte behind the last change. */
static inline uint32_t changes_end(const struct easy *easy)
{
	const size_t n = easy->n_changes;
	return n > 0 ? easy->changes[n - 1].at + easy->changes[n - 1].n_from : 0;
}

/* ZWNJ before a place at which no letter is; it may be left out already. */
static void look_behind_zwnj(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	const uint32_t zwnj = at - INVISIBLE_LEN;
	if (at < len && (text[at] == ZWNJ_FIRST || text[at] == '-'))
		easy_set_bad(easy, at);
	else if (changes_end(easy) <= zwnj)
		easy_add_change(easy, easy_left_out(zwnj, INVISIBLE_LEN));
}

/* ---- Sentences ---- */

static inline bool is_guillemet(const char *s)
{
	return easy_opens(s) || easy_closes(s);
}

static inline bool is_guillemet_before(const struct easy *easy, const char *text, uint32_t at)
{
	return easy->sieve->has_speech && at >= GUILLEMET_LEN && is_guillemet(text + at - GUILLEMET_LEN);
}

/* Bytes of the word before a place, with those that hyphens join to it, but ZWNJ that it begins with, which is none of the token's; 0: it is not told where it begins. */
static uint32_t row_before(const struct easy *easy, const char *text, uint32_t place)
{
	uint32_t start = place - easy_word_before(easy, place);
	if (start == place)
		return 0;
	while (start > 0 && text[start - 1] == '-' && !easy_is_dash(text, start - 1)) {
		const uint32_t len = easy_word_before(easy, start - 1);
		if (len == 0)
			return 0;
		start -= 1 + len;
	}
	if (!easy_is_white_before(text, start) && !easy_is_dash(text, start - 1) && !is_guillemet_before(easy, text, start))
		return 0;
	return place - start - (place - start > INVISIBLE_LEN && invisible_is_zwnj(text + start) ? INVISIBLE_LEN : 0);
}

/* What a sentence would begin with: a word that says, or means "or", with which it goes on. A row of words with hyphens is none. */
static enum text_sure sure_of_next(const struct easy *easy, const char *text, uint32_t at, uint32_t len, bool is_question)
{
	const uint16_t lang = easy->sieve->lang;
	if (easy->sieve->has_speech && at + 1 < len && is_guillemet(text + at))
		return TEXT_SURE_ENDS;
	if (easy->sieve->has_speech && at < len && text[at] == '-') {
		is_question = false;
		at++;
	}
	const uint32_t word_len = easy_word_behind(easy->bits, at), end = at + word_len;
	/* a second look may find that the word goes on */
	if (word_len == 0 || (end < len && easy_is_bad(easy, end)))
		return TEXT_SURE_UNKNOWN;
	const bool is_cue = cues_is_saying(lang, text + at, word_len) || (is_question && cues_is_or(lang, text + at, word_len));
	return is_cue && !(end < len && text[end] == '-') ? TEXT_SURE_GOES_ON : TEXT_SURE_ENDS;
}

/* finite-verb: whether a sentence ends at the Uyghur comma or colon at a place: behind a finite verb, before a space and a word that does not say. */
static enum text_sure sure_of_comma(const struct easy *easy, const char *text, uint32_t at, uint32_t space, uint32_t len)
{
	/* most words have another ending, wherever they begin */
	const uint32_t two = 2 * EASY_LETTER_LEN;
	if (at >= two && (unsigned char)text[at - 1] >= 0x80 && !cues_may_be_finite(text + at - two, two))
		return TEXT_SURE_GOES_ON;
	if (space + 1 >= len || text[space] != ' ' || text[space + 1] == '\n' || text[space + 1] == '\r')
		return TEXT_SURE_GOES_ON;
	const uint32_t row_len = row_before(easy, text, at);
	const enum text_sure next = sure_of_next(easy, text, space + 1, len, false);
	if (next == TEXT_SURE_UNKNOWN || (row_len == 0 && !is_guillemet_before(easy, text, at)))
		return TEXT_SURE_UNKNOWN;
	return row_len == 0 || !cues_is_finite(text + at - row_len, row_len) ? TEXT_SURE_GOES_ON : next;
}

/* semicolon-starter: a sentence ends at the Uyghur semicolon before a space, behind a word or what closes. */
static enum text_sure sure_of_semicolon(const struct easy *easy, const char *text, uint32_t at, uint32_t space, uint32_t len)
{
	if (easy_word_before(easy, at) == 0 && !is_guillemet_before(easy, text, at))
		return TEXT_SURE_UNKNOWN;
	if (space + 1 >= len || text[space] != ' ' || text[space + 1] == '\n' || text[space + 1] == '\r')
		return TEXT_SURE_GOES_ON;
	return sure_of_next(easy, text, space + 1, len, false) == TEXT_SURE_UNKNOWN ? TEXT_SURE_UNKNOWN : TEXT_SURE_ENDS;
}

/* A comma or semicolon. */
static void look_at_comma(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	const uint32_t space = at + EASY_LETTER_LEN;
	const enum text_sure answer = (text[at + 1] == '\x8C' ? sure_of_comma : sure_of_semicolon)(easy, text, at, space, len);
	if (answer == TEXT_SURE_ENDS)
		easy_end_sentence(easy, space);
	else if (answer != TEXT_SURE_GOES_ON)
		easy_set_bad(easy, at);
}

/* A colon stands behind a word or what closes, and before a space or LF. */
static void look_at_colon(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	const uint32_t behind = at + 1;
	const bool is_behind = easy_word_before(easy, at) > 0 || is_guillemet_before(easy, text, at);
	if (!is_behind || (behind < len && text[behind] != ' ' && text[behind] != '\n')) {
		easy_set_bad(easy, at);
		return;
	}
	/* dateline: there are no dashes in other languages */
	const enum text_sure answer = easy->sieve->asks_commas ? sure_of_comma(easy, text, at, behind, len) : TEXT_SURE_GOES_ON;
	if (answer == TEXT_SURE_ENDS)
		easy_end_sentence(easy, behind);
	else if (answer == TEXT_SURE_UNKNOWN)
		easy_set_bad(easy, at);
}

/* Whether a word is in a list of those that full stops belong to. */
static bool is_listed(const struct easy *easy, const char *word, uint32_t len)
{
	const uint16_t lang = easy->sieve->lang;
	return lists_passes_filter(easy->filter, word, len) && (lists_is_abbreviation(lang, word, len) || lists_needs_number(lang, word, len));
}

bool easy_is_name_of_letter(const struct easy *easy, const char *word, uint32_t len)
{
	return lists_has_letter_names(easy->sieve->lang) && lists_letter_name(word, len) != LISTS_NO_NAME;
}

bool easy_may_own_stop(const struct easy *easy, const char *word, uint32_t len)
{
	const uint16_t lang = easy->sieve->lang;
	return len <= EASY_LETTER_LEN || cues_is_label(word, len) || cues_is_reference(lang, word, len) ||
	       (lang == LANG_UG && cues_is_vowel(word, len)) || is_listed(easy, word, len);
}

/* Whether the word from a byte on, with its stop before a space, may be in a row of words with stops. */
static bool is_in_row(const struct easy *easy, const char *text, uint32_t word, uint32_t space, uint32_t len)
{
	while (word > 0 && text[word - 1] == ' ')
		word--;
	if (word > 0 && text[word - 1] != '\n' && !easy_is_word_at(easy, word - 1))
		return true;
	const uint32_t end = space + 1 + easy_word_behind(easy->bits, space + 1);
	return end >= len || (text[end] != ' ' && text[end] != '\n');
}

/* The rules of text/sure.c for what stands here: a stop right behind a word, a space, and a word without case. */
static enum text_sure sure_of_stop(const struct easy *easy, const char *text, uint32_t space, uint32_t len)
{
	const uint32_t mark = space - ((unsigned char)text[space - 1] >= 0x80 ? EASY_LETTER_LEN : 1);
	const bool is_full = easy_is_full_stop(text[mark]);
	const uint32_t row_len = row_before(easy, text, mark);
	if (row_len == 0 && !is_guillemet_before(easy, text, mark))
		return TEXT_SURE_UNKNOWN;
	const char *const row = text + mark - row_len;
	if (is_full && row_len > 0 && easy_may_own_stop(easy, row, row_len))
		return TEXT_SURE_UNKNOWN;
	/* letter-names: alone it is a word. Names are looked up, which takes longest */
	if (is_full && row_len > 0 && is_in_row(easy, text, mark - row_len, space, len) && easy_is_name_of_letter(easy, row, row_len))
		return TEXT_SURE_UNKNOWN;
	return sure_of_next(easy, text, space + 1, len, !is_full);
}

/* A space behind a stop. White space behind it is bad, or ends the line. */
static void look_at_space(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	if (at + 1 >= len || (unsigned char)text[at + 1] <= ' ')
		return;
	const enum text_sure answer = sure_of_stop(easy, text, at, len);
	if (answer == TEXT_SURE_ENDS)
		easy_end_sentence(easy, at);
	else if (answer == TEXT_SURE_UNKNOWN)
		easy_set_bad(easy, at);
}

/* ---- Speech ---- */

/* The first byte of the stop that ends before a place; UINT32_MAX: none does. */
static uint32_t stop_before(const char *text, uint32_t at)
{
	const char last = at > 0 ? text[at - 1] : ' ';
	if (last == '.' || last == '!' || last == '?')
		return at - 1;
	const bool is_two = at > 1 && ((text[at - 2] == '\xD8' && last == '\x9F') || (text[at - 2] == '\xDB' && last == '\x94'));
	return is_two ? at - 2 : UINT32_MAX;
}

/* A guillemet that closes stands behind a word, or a stop behind one, and before a comma, a stop, white space or what ends the word. */
static enum text_sure sure_of_closing(const struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	const uint32_t behind = at + GUILLEMET_LEN, stop = stop_before(text, at);
	if (easy_word_before(easy, at) > 0)
		return TEXT_SURE_GOES_ON;
	if (stop == UINT32_MAX || easy_word_before(easy, stop) == 0 || behind >= len)
		return TEXT_SURE_UNKNOWN;
	if (text[behind] == '\n')
		return TEXT_SURE_GOES_ON;
	return text[behind] == ' ' ? sure_of_next(easy, text, behind + 1, len, !easy_is_full_stop(text[stop])) : TEXT_SURE_UNKNOWN;
}

static void look_at_guillemet(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	const uint32_t behind = at + GUILLEMET_LEN;
	const bool opens = text[at + 1] == '\xAB';
	const bool opens_well = easy_is_white_before(text, at) && behind + 1 < len && is_letter(easy->sieve, text + behind);
	const enum text_sure answer = !opens ? sure_of_closing(easy, text, at, len) : opens_well ? TEXT_SURE_GOES_ON : TEXT_SURE_UNKNOWN;
	if (answer == TEXT_SURE_UNKNOWN)
		easy_set_bad(easy, at);
	if (!opens)
		easy_put_apart(easy, at);
	if (answer == TEXT_SURE_ENDS)
		easy_end_sentence(easy, behind);
}

/* A comma or a stop behind a guillemet that closes, or behind another comma. */
static void look_behind_guillemet(struct easy *easy, const char *text, uint32_t at)
{
	if (is_guillemet_before(easy, text, at))
		easy_put_apart(easy, at);
	else if (at == 0 || (easy_word_before(easy, at) == 0 && text[at - 1] != ' '))
		easy_set_bad(easy, at);
}

/* A hyphen joins two words, or stands before one. */
static void look_at_hyphen(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	if (!easy_is_dash(text, at))
		easy_look_inside(easy, text, at, len);
	else if (at + 2 < len && is_letter(easy->sieve, text + at + 1))
		easy_put_apart(easy, at + 1);
	else
		easy_set_bad(easy, at);
}

static inline bool is_comma_or_stop(const struct easy_sieve *sieve, const char *text, uint32_t at, uint32_t len)
{
	const char c = text[at];
	if ((unsigned char)c < 0x80)
		return c == ',' || c == ':' || c == '.' || c == '!' || c == '?';
	return at + 1 < len && easy_is_arabic(c) && sieve->kinds[easy_place_of(text + at)] & (EASY_COMMA | EASY_STOP);
}

/* ---- Places ---- */

/* What no letter may be behind: ZWNJ and the letter that may change. */
static void look_behind(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	if (at >= EASY_LETTER_LEN && is_last_letter(easy->sieve, text + at - EASY_LETTER_LEN))
		look_behind_last(easy, text, at, len);
	else if (at >= INVISIBLE_LEN && invisible_is_zwnj(text + at - INVISIBLE_LEN))
		look_behind_zwnj(easy, text, at, len);
	else if (at < len && text[at] == ZWNJ_FIRST)
		look_at_zwnj(easy, text, at);
}

/* What is no letter or mark. */
static void look_at_sign(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	if (at > 0 && text[at - 1] == '-') {
		easy_set_bad(easy, at); /* a word stands behind it */
		return;
	}
	look_behind(easy, text, at, len);
	if (at >= len)
		return;
	if (easy->sieve->has_speech && is_comma_or_stop(easy->sieve, text, at, len))
		look_behind_guillemet(easy, text, at);
	if (text[at] == '-')
		look_at_hyphen(easy, text, at, len);
	else if (easy->sieve->has_speech && at + 1 < len && is_guillemet(text + at))
		look_at_guillemet(easy, text, at, len);
	else if (text[at] == ':')
		look_at_colon(easy, text, at, len);
	else if (easy->sieve->asks_commas && at + 1 < len && text[at] == '\xD8' && (text[at + 1] == '\x8C' || text[at + 1] == '\x9B'))
		look_at_comma(easy, text, at, len);
	else if (text[at] == ' ' && at > 0 && easy_word_before(easy, at) == 0)
		look_at_space(easy, text, at, len);
}

void easy_look_at_places(struct easy *easy, const char *text, uint32_t len, size_t n)
{
	const struct easy_sieve *const sieve = easy->sieve;
	uint32_t *out = easy->places;
	for (size_t i = 0; i < n; i++) {
		const uint32_t at = easy->places[i];
		const uint8_t kind = at + 1 < len && easy_is_arabic(text[at]) ? sieve->kinds[easy_place_of(text + at)] : 0;
		if (kind & EASY_MARK) {
			*out = at;
			out += calm_is_turned(text, at);
		} else if (kind & EASY_LETTER) {
			easy_add_change(easy, easy_letter_change(at, EASY_LETTER_LEN, sieve->becomes[easy_place_of(text + at)]));
		} else {
			look_at_sign(easy, text, at, len);
		}
	}
	*out = UINT32_MAX;
}
