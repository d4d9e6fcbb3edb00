/*
 * Easy lines by definition, one byte after the other.
 */
#include "easy_model.h"

#include <string.h>

#include "helper.h"
#include "norm/calm.h"
#include "sentence/cues.h"
#include "../text_model.h"
#include "word/lists.h"

/* What easy lines hold. */
enum part {
	PART_LETTER,
	PART_LAST, /* one that may become another one where no letter is behind it, or ends no word */
	PART_MARK,
	PART_ZWNJ,
	PART_APOSTROPHE, /* in a word; or a hyphen that joins */
	PART_COMMA,
	PART_STOP,
	PART_SPACE,
	PART_HYPHEN,
	PART_QUOTE,
	PART_OPENS,
	PART_CLOSES,
	PART_DASH,
	PART_TITLE, /* the full stop of one, in the middle of a line */
	PART_SPACED, /* a hyphen or U+2013 before a space and a letter */
	PART_COLON, /* between a word and a space, or at the end */
	PART_OTHER
};

struct item {
	enum part part;
	size_t len;
	bool joins;
};

static bool is_ascii_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static struct item ascii_item(const struct easy_sieve *sieve, char c)
{
	enum part part = PART_OTHER;
	if (c == ' ')
		part = PART_SPACE;
	else if (c == ',')
		part = PART_COMMA;
	else if (c == ';' && sieve->has_more)
		part = PART_COMMA;
	else if (c == ':' && (sieve->has_more || !sieve->is_latin))
		part = PART_COLON;
	else if (c == '-' && sieve->has_more)
		part = PART_HYPHEN;
	else if (c == '-' && sieve->joins_hyphens)
		part = PART_APOSTROPHE;
	else if (c == '"' && sieve->has_more)
		part = PART_QUOTE;
	else if (c == '.' || c == '?' || c == '!')
		part = PART_STOP;
	else if (c == '\'' && sieve->has_contractions)
		part = PART_APOSTROPHE;
	else if (sieve->is_latin && is_ascii_letter(c))
		part = PART_LETTER;
	return (struct item){part, 1, false};
}

/* Whether a text begins with U+201D, or with U+2019 and no letter behind it. */
static bool is_closing(const char *s, size_t len)
{
	if (len < 3 || memcmp(s, "\xE2\x80", 2) != 0)
		return false;
	const char next = len > 3 ? s[3] : ' ';
	return s[2] == '\x9D' || (s[2] == '\x99' && (next == '\xE2' || (!is_ascii_letter(next) && (unsigned char)next < 0x80)));
}

static struct item item_at(const struct easy_sieve *sieve, const char *s, size_t len)
{
	const struct model c = helper_decode(s, len);
	if (!c.is_char)
		return (struct item){PART_OTHER, 1, false};
	if (c.cp < 0x80)
		return ascii_item(sieve, *s);
	if (sieve->has_speech && (c.cp == 0xAB || c.cp == 0xBB))
		return (struct item){c.cp == 0xAB ? PART_OPENS : PART_CLOSES, c.len, false};
	if (sieve->has_more && is_closing(s, len))
		return (struct item){PART_CLOSES, c.len, false};
	if (c.cp == 0x2019 && sieve->has_contractions)
		return (struct item){PART_APOSTROPHE, c.len, false};
	if (sieve->has_more && (c.cp == 0x2018 || c.cp == 0x201C))
		return (struct item){PART_OPENS, c.len, false};
	if (sieve->has_more && c.cp == 0x2014)
		return (struct item){PART_DASH, c.len, false};
	if (sieve->is_latin)
		return (struct item){c.cp >= 0xC0 && c.cp < 0x180 && c.cp != 0xD7 && c.cp != 0xF7 ? PART_LETTER : PART_OTHER, c.len,
		                      false};
	if (c.cp == 0x200C)
		return (struct item){PART_ZWNJ, c.len, false};
	if (c.cp < 0x600 || c.cp > 0x6FF)
		return (struct item){PART_OTHER, c.len, false};
	if (sieve->last[0] != 0 && memcmp(s, sieve->last, sizeof sieve->last) == 0)
		return (struct item){PART_LAST, c.len, false};
	const uint8_t kind = sieve->kinds[c.cp - 0x600];
	const enum part part = kind & EASY_LETTER  ? PART_LETTER
	                       : kind & EASY_MARK  ? PART_MARK
	                       : kind & EASY_COMMA ? PART_COMMA
	                       : kind & EASY_STOP  ? PART_STOP
	                                           : PART_OTHER;
	return (struct item){part, c.len, (kind & EASY_JOINS) != 0};
}

static bool is_before_space(const char *s, size_t len, size_t n)
{
	return len > n + 1 && s[n] == ' ' && is_ascii_letter(s[n + 1]);
}

/* What a quote or a stop is by what stands beside it. */
static struct item item_in(const struct easy_sieve *sieve, enum part before, const char *s, size_t len)
{
	struct item item = item_at(sieve, s, len);
	if (item.part == PART_QUOTE)
		item.part = before == PART_SPACE || before == PART_OTHER ? PART_OPENS : PART_CLOSES;
	if (sieve->has_more && *s == '.' && len > 2 && s[1] == ' ' && (unsigned char)s[2] > ' ')
		item.part = PART_TITLE;
	if (sieve->has_speech && *s == '-' && (before == PART_SPACE || before == PART_OTHER))
		item.part = PART_HYPHEN;
	const bool is_dash = item.part == PART_HYPHEN || (len >= 3 && memcmp(s, "\xE2\x80\x93", 3) == 0);
	if (sieve->has_more && is_dash && before == PART_SPACE && is_before_space(s, len, item.part == PART_HYPHEN ? 1 : 3))
		return (struct item){PART_SPACED, item.part == PART_HYPHEN ? 1 : 3, false};
	return item;
}

/* Whether a token is put apart from what is before it, though no space is there. */
static bool is_apart(enum part part, enum part before)
{
	if (before == PART_SPACE || before == PART_OTHER)
		return false;
	if (part == PART_LETTER || part == PART_LAST)
		return before == PART_COMMA || before == PART_HYPHEN || before == PART_OPENS || before == PART_CLOSES || before == PART_DASH;
	return part == PART_COMMA || part == PART_STOP || part == PART_HYPHEN || part == PART_DASH || part == PART_OPENS ||
	       part == PART_CLOSES || part == PART_COLON;
}

/* Where a line is looked at. */
struct state {
	const struct easy_sieve *sieve;
	enum part before;  /* PART_OTHER: nothing */
	enum part second;  /* what is before that */
	size_t n_marks;    /* in a row */
	bool joins;        /* the letter before does */
	bool has_inner;    /* the word has an apostrophe or a hyphen */
	bool is_hyphen;    /* it is that */
	size_t n_hyphens;  /* so many are in it */
	bool is_single;    /* no more white space stands behind a space: it is behind a quote or a dash */
	size_t word;       /* where its last letters began */
	bool may_end;      /* a sentence may end inside */
	bool has_dash;     /* a byte of one */
};

static bool is_of_word(enum part part)
{
	return part == PART_LETTER || part == PART_MARK;
}

/* Whether a word ends with a part: with some in lines that may change alone. */
static bool ends_word(const struct easy_sieve *sieve, enum part part)
{
	return is_of_word(part) || (!sieve->is_latin && (part == PART_LAST || part == PART_ZWNJ));
}

static bool goes_on_with_letter(const struct easy *easy, struct state *state, size_t at)
{
	const enum part before = state->before;
	if (before == PART_STOP || (before == PART_CLOSES && easy->sieve->is_latin) || before == PART_TITLE || (before == PART_COMMA && easy->sieve->is_latin))
		return false;
	if (before != PART_LETTER && before != PART_APOSTROPHE) {
		state->has_inner = state->is_hyphen = false;
		state->n_hyphens = 0;
	}
	if (!is_of_word(before) && before != PART_LAST && before != PART_ZWNJ)
		state->word = at;
	return true;
}

static bool goes_on_with_apostrophe(const struct easy *easy, struct state *state, bool is_hyphen)
{
	if (!is_of_word(state->before))
		return false;
	/* one behind a hyphen is in another word, but by elision it may belong to both */
	if (!is_hyphen && state->has_inner && (!state->is_hyphen || easy->sieve->has_elision))
		return false;
	state->n_hyphens += is_hyphen;
	state->has_inner = true;
	state->is_hyphen = is_hyphen;
	return state->n_hyphens <= 3;
}

/*
 * finite-verb: whether the Uyghur comma at a byte ends no sentence; may_end: it may end one, or not.
 */
static bool is_quiet_comma(struct state *state, const char *line, size_t at)
{
	const bool is_close = ends_word(state->sieve, state->before) || state->before == PART_CLOSES;
	if (!is_close && state->before != PART_SPACE)
		return false;
	if (line[at] == '\xD8' && line[at + 1] == '\x9B') {
		state->may_end |= line[at + 2] == ' ';
		return is_close;
	}
	if ((is_close && (at < 4 || !cues_may_be_finite(line + at - 4, 4))) || line[at + 2] != ' ')
		return true;
	return state->may_end = true;
}

/* Whether a guillemet may close at a byte: behind a stop before white space alone. */
static bool may_close(struct state *state, const char *line, size_t len, size_t at)
{
	if (state->before != PART_STOP || !ends_word(state->sieve, state->second))
		return ends_word(state->sieve, state->before);
	state->may_end |= at + 3 < len && line[at + 2] == ' ';
	return line[at + 2] == '\n' || state->may_end;
}

/* Whether ZWNJ, or the letter that may change where it is last, may stand before a byte of the line. */
static bool may_be_last(const struct easy_sieve *sieve, enum part part, const struct state *state, const char *line, size_t len, size_t end)
{
	const enum part next = end < len ? item_at(sieve, line + end, len - end).part : PART_OTHER;
	if (next == PART_LETTER || next == PART_LAST)
		return true;
	if (sieve->is_latin || next == PART_MARK || next == PART_APOSTROPHE)
		return false;
	if (part == PART_ZWNJ)
		return next != PART_ZWNJ;
	if (next == PART_ZWNJ)
		return sieve->last_joined[0] != 0;
	return end - (state->word) < 63;
}

static bool goes_on(const struct easy *easy, struct state *state, const struct item *item, const char *line, size_t len, size_t at)
{
	const enum part before = state->before;
	const bool is_straight = item->len == 1;
	switch (item->part) {
	case PART_LETTER:
	case PART_LAST:
		return goes_on_with_letter(easy, state, at) &&
		       (item->part == PART_LETTER || may_be_last(easy->sieve, item->part, state, line, len, at + item->len));
	case PART_MARK:
		return is_of_word(before) && state->n_marks < 2;
	case PART_ZWNJ:
		return (before == PART_LETTER || before == PART_LAST) && (state->joins || !easy->sieve->is_latin) &&
		       may_be_last(easy->sieve, item->part, state, line, len, at + item->len);
	case PART_APOSTROPHE:
		return goes_on_with_apostrophe(easy, state, line[at] == '-');
	case PART_STOP:
		if (before == PART_STOP && easy->sieve->is_latin && easy->sieve->ends_inside && !easy->leaves_out)
			return state->may_end = true;
		return ends_word(easy->sieve, before) || before == PART_SPACE || before == PART_CLOSES;
	case PART_COMMA:
		if (easy->sieve->lang == LANG_UG && item->len == 2)
			return is_quiet_comma(state, line, at);
		return ends_word(easy->sieve, before) || before == PART_SPACE || before == PART_CLOSES;
	case PART_SPACED:
		return is_of_word(state->second) && !easy->leaves_out;
	case PART_COLON:
		if (!easy->sieve->is_latin) {
			state->may_end |= easy->sieve->lang == LANG_UG && line[at + 1] == ' ';
			return ends_word(easy->sieve, before) || before == PART_CLOSES;
		}
		return is_of_word(before) && !easy->leaves_out && !state->has_dash;
	case PART_SPACE:
		if (before == PART_STOP && easy->sieve->goes_on_small && line[at - 1] != '.' && at + 1 < len && line[at + 1] >= 'a' && line[at + 1] <= 'z')
			return true;
		if (before == PART_STOP && easy->sieve->ends_inside && (!easy->leaves_out || !easy->sieve->is_latin))
			return state->may_end = true;
		return ends_word(easy->sieve, before) || before == PART_COMMA || before == PART_COLON || before == PART_SPACED || before == PART_CLOSES || before == PART_DASH ||
		       before == PART_TITLE || (easy->leaves_out && before == PART_SPACE && !state->is_single);
	case PART_HYPHEN:
	case PART_TITLE:
		return is_of_word(before) || easy->sieve->has_speech;
	case PART_DASH:
		return is_of_word(before) || before == PART_SPACE || before == PART_CLOSES;
	case PART_OPENS:
		return before == PART_SPACE || before == PART_OTHER ||
		       (!is_straight && easy->sieve->is_latin && (before == PART_OPENS || before == PART_DASH));
	case PART_CLOSES:
		if (easy->sieve->has_speech)
			return may_close(state, line, len, at);
		return is_of_word(before) || before == PART_COMMA || before == PART_STOP ||
		       (!is_straight && (before == PART_CLOSES || before == PART_DASH));
	default:
		return false;
	}
}

/* Whether what is behind the line's part at hand may stand there. */
static bool may_follow(enum part before, enum part part)
{
	switch (before) {
	case PART_APOSTROPHE:
	case PART_HYPHEN:
		return part == PART_LETTER || part == PART_LAST;
	case PART_OPENS:
		return part == PART_LETTER || part == PART_OPENS;
	case PART_COLON:
		return part == PART_SPACE;
	case PART_DASH:
		return part == PART_LETTER || part == PART_SPACE || part == PART_OPENS || part == PART_CLOSES;
	default:
		return true;
	}
}

bool easy_model_has_rows(const char *text, size_t len)
{
	size_t n = 0;
	for (size_t i = 0; i < len; i++)
		n += (unsigned char)text[i] <= ' ' && i > 0 && (unsigned char)text[i - 1] <= ' ' && text[i - 1] != '\n';
	return n > len / EASY_BYTES_A_ROW;
}

/* A line without white space where it begins and ends. */
struct line {
	size_t start, end;
	bool is_wrong; /* there is more of it than an easy line has */
};

static struct line line_of(const struct easy *easy, const char *line, size_t len)
{
	struct line own = {0, len, false};
	if (!easy->leaves_out)
		return own;
	own.end -= own.end > 0 && line[own.end - 1] == '\r';
	const size_t limit = own.end;
	while (own.end > 0 && line[own.end - 1] == ' ')
		own.end--;
	own.start = own.end > 0 && *line == ' ';
	own.is_wrong = own.end == 0 || line[own.start] == ' ';
	if (len > own.end && !own.is_wrong) {
		size_t last = own.end - 1;
		while (((unsigned char)line[last] & 0xC0) == 0x80 && last > 0)
			last--;
		const enum part part = item_at(easy->sieve, line + last, own.end - last).part;
		own.is_wrong = part == PART_STOP ? limit > own.end + 1 : part == PART_QUOTE || part == PART_COLON || (part == PART_CLOSES && easy->sieve->is_latin);
	}
	return own;
}

/* Whether a full stop behind a word belongs to it, if a number follows where that matters. */
static bool is_listed(const struct easy *easy, const char *word, size_t len)
{
	const uint16_t lang = easy->sieve->lang;
	const bool is_letter = len == 1 || (len == 2 && (unsigned char)*word >= 0x80);
	return is_letter || lists_is_abbreviation(lang, word, len) || lists_needs_number(lang, word, len);
}

/* Whether a word with the full stop behind it is a title, but for one that may be a street. */
static bool is_title(const struct easy *easy, const struct state *state, const char *line, size_t at)
{
	const char *const word = line + state->word;
	const size_t len = at - state->word;
	return !state->has_inner && lists_is_abbreviation(easy->sieve->lang, word, len) && lists_is_title(word, len + 1) &&
	       memcmp(word, "St", 2) != 0;
}

/* Whether the sentence goes on, or the line ends, behind a quote that closes behind a stop. */
static bool is_closed_well(const char *line, size_t len, size_t whole, size_t at)
{
	if (at == whole)
		return true;
	return at + 1 < len && line[at] == ' ' && line[at + 1] >= 'a' && line[at + 1] <= 'z';
}

/* Whether a hyphen joins a prefix behind white space to a word with no hyphen behind it. */
static bool joins_prefix(const struct easy *easy, const char *line, size_t len, size_t at)
{
	size_t start = at, end = at + 1;
	while (start > 0 && is_ascii_letter(line[start - 1]))
		start--;
	for (struct item item; end < len; end += item.len) {
		item = item_at(easy->sieve, line + end, len - end);
		if (item.part != PART_LETTER && item.part != PART_APOSTROPHE)
			break;
	}
	return (start == 0 || line[start - 1] == ' ') && (end == len || line[end] != '-') &&
	       lists_is_prefix(easy->sieve->lang, line + start, at - start);
}

/* The letters on both sides of an apostrophe or a hyphen. */
struct sides {
	size_t start, end, next, next_end;
};

static bool is_letter_at(const struct easy_sieve *sieve, const char *line, size_t len, size_t at)
{
	return at < len && item_at(sieve, line + at, len - at).part == PART_LETTER;
}

static struct sides sides_of(const struct easy_sieve *sieve, const char *line, size_t len, size_t end, size_t next)
{
	struct sides sides = {end, end, next, next};
	for (;;) {
		if (sides.start > 0 && is_letter_at(sieve, line, len, sides.start - 1))
			sides.start--;
		else if (sides.start > 1 && is_letter_at(sieve, line, len, sides.start - 2) && (unsigned char)line[sides.start - 1] >= 0x80)
			sides.start -= 2;
		else
			break;
	}
	while (is_letter_at(sieve, line, len, sides.next_end))
		sides.next_end += item_at(sieve, line + sides.next_end, len - sides.next_end).len;
	return sides;
}

/* The hyphen in a French word: whether a clitic is behind it; whether that is not known, for there are more hyphens, or there is an apostrophe. */
static bool is_clitic(const struct easy_sieve *sieve, const char *line, size_t len, size_t at, bool *is_unknown)
{
	const struct sides sides = sides_of(sieve, line, len, at, at + 1);
	const char *const next = line + sides.next;
	const size_t next_len = sides.next_end - sides.next;
	const bool is_one = lists_is_clitic(line + sides.start, at - sides.start, next, next_len);
	const char before = sides.start > 0 ? line[sides.start - 1] : ' ';
	const bool has_more = before == '-' || (sides.next_end < len && line[sides.next_end] == '-');
	*is_unknown = has_more && (is_one || (next_len == 1 && *next == 't'));
	if (before == '\'' || before == '\x99') {
		size_t whole = sides.start - (before == '\'' ? 1 : 3);
		whole = sides_of(sieve, line, len, whole, whole).start;
		*is_unknown |= lists_is_clitic(line + whole, at - whole, next, next_len) != is_one;
	}
	return is_one;
}

/* Whether what begins at a byte, or behind the apostrophe before it, is a word of its own: by elision, or with its hyphen. */
static bool is_split(const struct easy *easy, const char *line, size_t len, size_t at, enum part before)
{
	const struct easy_sieve *const sieve = easy->sieve;
	bool is_unknown;
	if (sieve->has_more || !sieve->is_latin)
		return false;
	if (line[at] == '-')
		return sieve->lang == LANG_FR && is_clitic(sieve, line, len, at, &is_unknown) && !is_unknown;
	if (!sieve->has_elision || before != PART_APOSTROPHE || line[at - 1] == '-')
		return false;
	const struct sides sides = sides_of(sieve, line, len, line[at - 1] == '\'' ? at - 1 : at - 3, at);
	size_t row = sides.next_end;
	while (row < len && line[row] == '-')
		row = sides_of(sieve, line, len, row, row + 1).next_end;
	return lists_is_elided(sieve->lang, line + sides.start, sides.end - sides.start) &&
	       !lists_keeps_elision(sieve->lang, line + at, sides.next_end - at, row - at);
}

/* Whether a full stop that ends a line, or stands before a closing quote, may belong to the word before it. */
static bool may_be_taken(const struct easy *easy, const struct state *state, const char *line, size_t len, size_t at)
{
	const bool has_more = easy->sieve->has_more;
	const bool is_last = at + 1 == len || (has_more && line[at + 1] == '"') || (has_more && is_closing(line + at + 1, len - at - 1));
	const char *const word = line + state->word;
	const size_t word_len = at - state->word;
	return line[at] == '.' && easy->sieve->is_latin && is_last && is_of_word(state->before) &&
	       (!state->has_inner || state->is_hyphen || is_split(easy, line, len, state->word, PART_APOSTROPHE)) && !(state->is_hyphen && easy->sieve->joins_hyphens) &&
	       lists_may_take_full_stop(easy->filter, word, word_len) &&
	       (!has_more || (lists_is_letter(word, word_len) && !(word_len == 1 && *word == 'I' && at > 1 && word[-1] == ' ')) || lists_is_abbreviation(easy->sieve->lang, word, word_len));
}

/* Whether the lists of words leave the line easy with the part of it that begins at a byte. */
static bool is_left_by_lists(const struct easy *easy, struct state *state, enum part part, const char *line, size_t len,
                             size_t at)
{
	if (part == PART_HYPHEN && lists_is_prefix(easy->sieve->lang, line + state->word, at - state->word)) {
		state->may_end |= joins_prefix(easy, line, len, at); /* unless a full stop is behind the word */
		return !easy->leaves_out;
	}
	if (part == PART_HYPHEN)
		return true;
	if (part == PART_APOSTROPHE && line[at] == '-' && easy->sieve->lang == LANG_FR) {
		bool is_unknown;
		is_clitic(easy->sieve, line, len, at, &is_unknown);
		return !is_unknown;
	}
	if (part == PART_TITLE && !is_title(easy, state, line, at)) {
		state->may_end = true;
		return !easy->leaves_out;
	}
	if (part == PART_TITLE || !may_be_taken(easy, state, line, len, at))
		return true;
	/* a word that passes the filter for another one with the same hash may be told by its last letters; what is behind an apostrophe may be none */
	const char before = state->word > 0 ? line[state->word - 1] : ' ';
	state->may_end |= before == '\'' || before == '\x99' || !is_listed(easy, line + state->word, at - state->word);
	return state->may_end;
}

static bool holds(const char *line, size_t len, const char *sign)
{
	const size_t n = strlen(sign);
	size_t i = 0;
	while (i + n <= len && memcmp(line + i, sign, n) != 0)
		i++;
	return i + n <= len;
}

/* Whether the full stop that ends a line is behind a listed word. */
static bool ends_with_listed(const struct easy *easy, const char *line, size_t len)
{
	if (len < 2 || line[len - 1] != '.')
		return false;
	const struct sides sides = sides_of(easy->sieve, line, len, len - 1, len - 1);
	return sides.start < len - 1 && is_listed(easy, line + sides.start, len - 1 - sides.start);
}

/* Of Arabic script: what a second look at a line may let pass. */
static bool has_mended(const struct easy *easy, const char *line, size_t len)
{
	static const char *const signs[] = {":", "\"", "\xD8\x9B", "\xC2\xAB", "\xC2\xBB", "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x8E", "\xE2\x80\x8F",
	                                    "\xD9\x94", " \xE2\x80\x8C", "\xE2\x80\xAA", "\xE2\x80\xAC"};
	bool found = false;
	enum part before = PART_OTHER;
	for (size_t i = 0; i < COUNT(signs); i++)
		found |= holds(line, len, signs[i]);
	for (size_t i = 0; i < len; ) {
		const struct item item = item_at(easy->sieve, line + i, len - i);
		const struct model c = helper_decode(line + i, len - i);
		found |= c.cp - '0' < 10 || c.cp - 0x660 < 10 || c.cp - 0x6F0 < 10;
		found |= item.part == PART_STOP && (before == PART_OTHER || before == PART_SPACE || before == PART_STOP);
		found |= item.part == PART_ZWNJ && before != PART_LETTER && before != PART_LAST;
		found |= item.part == PART_SPACE && before == PART_STOP;
		before = item.part;
		i += item.len;
	}
	return found && !easy->sieve->is_latin;
}

bool easy_model_has_signs(const struct easy *easy, const char *line, size_t len)
{
	if (has_mended(easy, line, len))
		return true;
	static const char *const dots[] = {"...", "!..", "?..", ".. "};
	static const char *const signs[] = {":", ";", ". ", ".-", "\xC2\xA0", "\xE2\x80\xAF", "\xC2\xAB", "\xC2\xBB", "\xE2\x80\x93",
	                                    "\xE2\x80\x94", "\xE2\x80\x95", "- ", "\"", "\xE2\x80\xA6", "  "};
	const struct easy_sieve *const sieve = easy->sieve;
	bool found = (ends_with_listed(easy, line, len) && !sieve->has_more) || holds(line, len, "(");
	for (size_t i = 0; i < COUNT(dots); i++)
		found |= holds(line, len, dots[i]);
	for (size_t i = 0; i < COUNT(signs) && !sieve->has_more; i++)
		found |= holds(line, len, signs[i]);
	for (size_t i = 0; i < len && !sieve->has_more; i++)
		found |= line[i] >= '0' && line[i] <= '9';
	found |= !sieve->has_more && len > 0 && (*line == ' ' || holds(line, len, "  "));
	const char *const hyphen = memchr(line, '-', len);
	found |= hyphen && !sieve->has_more && !sieve->joins_hyphens;
	if (sieve->lang == LANG_FR && hyphen)
		found |= memchr(hyphen + 1, '-', len - (size_t)(hyphen + 1 - line)) != NULL;
	return found && sieve->ends_inside && !easy->leaves_out;
}

enum easy_answer easy_model_is_easy(const struct easy *easy, const char *line, size_t whole)
{
	if (easy_model_has_signs(easy, line, whole))
		return EASY_PERHAPS;
	const struct line own = line_of(easy, line, whole);
	struct state state = {.sieve = easy->sieve, .before = own.start > 0 ? PART_SPACE : PART_OTHER};
	const size_t len = own.end;
	size_t i = own.start;
	if (own.is_wrong)
		return EASY_NO;
	while (i < len) {
		const struct item item = item_in(easy->sieve, state.before, line + i, len - i);
		if (!goes_on(easy, &state, &item, line, len, i) || !may_follow(state.before, item.part))
			return EASY_NO;
		if (i > 0 && line[i] == 'D' && (line[i - 1] == 'x' || line[i - 1] == 'X'))
			return EASY_NO;
		if (item.part == PART_CLOSES && easy->sieve->is_latin && state.before == PART_STOP && !is_closed_well(line, len, whole, i + item.len)) {
			if (easy->leaves_out)
				return EASY_NO;
			state.may_end = true;
		}
		if (!is_left_by_lists(easy, &state, item.part, line, len, i))
			return EASY_NO;
		state.n_marks = item.part == PART_MARK ? state.n_marks + 1 : 0;
		state.joins = item.joins;
		state.is_single = item.part == PART_SPACE && (state.before == PART_COLON || (easy->sieve->is_latin && (state.before == PART_CLOSES || state.before == PART_DASH)));
		state.has_dash |= item.part == PART_SPACED || memchr(line + i, 0x94, item.len) || memchr(line + i, 0x93, item.len);
		state.second = state.before;
		state.before = item.part;
		i += item.len;
	}
	const bool is_ended = ends_word(easy->sieve, state.before) || state.before == PART_COMMA || state.before == PART_STOP ||
	                      state.before == PART_CLOSES || state.before == PART_COLON;
	return !is_ended ? EASY_NO : state.may_end ? EASY_PERHAPS : EASY_YES;
}

static bool is_break(const struct easy *easy, size_t at)
{
	for (size_t i = 0; i < easy->n_changes; i++)
		if (easy->changes[i].at == at && *easy->changes[i].to == '\n')
			return true;
	return false;
}

#define MOST 400 /* characters of a word */

/* What norm makes of a word of Arabic script. */
static size_t norm_of(const struct easy_sieve *sieve, const char *word, size_t len, char *out)
{
	uint32_t cps[MOST], joined[MOST], folded[MOST];
	size_t n = 0, m = 0;
	bool acted = false;
	for (size_t at = 0; at < len;) {
		const struct model c = helper_decode(word + at, len - at);
		cps[n++] = c.cp;
		at += c.len;
	}
	n = fold_apply(sieve->table, FOLD_JOINER, cps, n, joined, NULL, &acted);
	n = fold_apply(sieve->table, FOLD_LETTER, joined, n, folded, NULL, &acted);
	for (size_t i = 0; i < n; i++)
		if (folded[i] != 0x200C || (i > 0 && i + 1 < n && sieve->table->hints[folded[i - 1] & 0xFF] & FOLD_HINT_JOINS))
			m += helper_encode(folded[i], out + m);
	for (size_t i = 2; i + 2 <= m; i += 2) {
		const bool is_mark = easy_is_arabic(out[i]) && sieve->kinds[(out[i] & 3) << 6 | (out[i + 1] & 63)] & EASY_MARK;
		if (is_mark && calm_is_turned(out, i)) {
			char first[2];
			memcpy(first, out + i - 2, 2);
			memcpy(out + i - 2, out + i, 2);
			memcpy(out + i, first, 2);
		}
		if (out[i] == '\xE2')
			i++;
	}
	return m;
}

/* The byte behind the word of Arabic script that begins at one. */
static size_t word_end(const struct easy_sieve *sieve, const char *line, size_t len, size_t at)
{
	while (at < len) {
		const struct item item = item_at(sieve, line + at, len - at);
		if (!is_of_word(item.part) && item.part != PART_LAST && item.part != PART_ZWNJ)
			break;
		at += item.len;
	}
	return at;
}

void easy_model_copy(const struct easy *easy, const char *text, size_t start, size_t len, struct buf *out)
{
	const char *const line = text + start;
	const struct line own = line_of(easy, line, len);
	enum part before = PART_SPACE;
	for (size_t i = own.start; i < own.end;) {
		struct item item = item_in(easy->sieve, before, line + i, own.end - i);
		if (item.part == PART_TITLE && is_break(easy, start + i + 1))
			item.part = PART_STOP;
		if (easy->sieve->has_more && item.part == PART_HYPHEN && joins_prefix(easy, line, own.end, i))
			item.part = PART_APOSTROPHE;
		const bool is_row = item.part == PART_STOP && before == PART_STOP && line[i - 1] == line[i];
		if ((!is_row && is_apart(item.part, before)) || is_split(easy, line, own.end, i, before))
			text_model_add(out, " ", 1);
		if (!easy->sieve->is_latin && (item.part == PART_LETTER || item.part == PART_LAST)) {
			char word[3 * MOST];
			const size_t end = word_end(easy->sieve, line, own.end, i);
			text_model_add(out, word, norm_of(easy->sieve, line + i, end - i, word));
			before = PART_LETTER;
			i = end;
			continue;
		}
		text_model_add(out, is_break(easy, start + i) ? "\n" : line + i, item.part == PART_SPACE && before == PART_SPACE ? 0 : item.len);
		before = item.part;
		i += item.len;
		if (item.part == PART_MARK && i >= 4 && calm_is_turned(line, i - 2)) {
			char *const at = out->ptr + out->len - 4;
			char first[2];
			memcpy(first, at, 2);
			memmove(at, at + 2, 2);
			memcpy(at + 2, first, 2);
		}
	}
	text_model_add(out, "\n", 1);
}
