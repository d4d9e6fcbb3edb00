#include "text/easy_inside.h"

#include "lang.h"
#include "sentence/cues.h"
#include "text/easy_at.h"
#include "word/lists.h"

uint32_t easy_word_behind(const struct easy_bits *bits, size_t place)
{
	const size_t k = place / 64, shift = place % 64;
	const uint32_t own = (uint32_t)__builtin_ctzll(~(bits[k].words >> shift) | UINT64_C(1) << 63);
	if (own < 64 - shift)
		return own;
	/* a word of which this is all is in no list */
	return own + (uint32_t)__builtin_ctzll(~bits[k + 1].words | UINT64_C(1) << 63);
}

/* A word of several, with a hyphen between each two of them. */
#define MOST_PARTS 4

/* How many words with a hyphen behind each stand before a place, in a row; MOST_PARTS: that many or more. */
static uint32_t parts_before(const struct easy *easy, const char *text, uint32_t place)
{
	uint32_t n = 0;
	for (uint32_t len; n < MOST_PARTS; n++, place -= len + 1) {
		len = easy_word_before(easy, place);
		if (len == 0 || len == place || text[place - len - 1] != '-' || easy_is_dash(text, place - len - 1))
			break;
	}
	return n;
}

/* Bytes of a row of words with hyphens from a place on. */
static uint32_t row_behind(const struct easy *easy, const char *text, uint32_t place, uint32_t text_end)
{
	uint32_t end = place + easy_word_behind(easy->bits, place);
	for (uint32_t n = 0; n < MOST_PARTS && end < text_end && text[end] == '-'; n++)
		end += 1 + easy_word_behind(easy->bits, end + 1);
	return end - place;
}

/* elision: whether the word before the apostrophe at a place is one of its own. Not in French l'on, c'est-a-dire. */
static inline bool is_elided(const struct easy *easy, const char *text, uint32_t at, uint32_t behind, uint32_t text_end)
{
	const struct easy_sieve *const sieve = easy->sieve;
	const uint32_t len = easy_word_before(easy, at);
	const char *const word = text + at - len;
	const uint32_t next = easy_word_behind(easy->bits, behind);
	if (next == 0 || (len == 1 ? !lists_has_letter(sieve->elided, *word) : !lists_is_elided(sieve->lang, word, len)))
		return false;
	return !lists_may_keep_elision(text[behind]) ||
	       !lists_keeps_elision(sieve->lang, text + behind, next, row_behind(easy, text, behind, text_end));
}

#define MOST_CLITICS 3

/* Whether a word is the t of French a-t-il. */
static inline bool is_t(const char *word, uint32_t len)
{
	return len == 1 && *word == 't';
}

/* Whether nothing but words like French -il, -t-il, -le-moi stands behind a word, from the hyphen at a place on. */
static bool are_clitics(const struct easy *easy, const char *text, const char *word, uint32_t len, uint32_t hyphen, uint32_t text_end)
{
	for (size_t n = 0; n < MOST_CLITICS; n++) {
		uint32_t at = hyphen + 1, clitic_len = easy_word_behind(easy->bits, at);
		if (is_t(text + at, clitic_len) && at + 1 < text_end && text[at + 1] == '-') {
			at += 2;
			clitic_len = easy_word_behind(easy->bits, at);
		}
		if (clitic_len == 0 || !lists_is_clitic(word, len, text + at, clitic_len))
			return false;
		word = text + at;
		len = clitic_len;
		hyphen = at + clitic_len;
		if (hyphen >= text_end || text[hyphen] != '-')
			return true;
	}
	return false;
}

/* clitic: whether the hyphen at a place, behind n words with hyphens, begins a word of its own. It may be that of -t-il. */
static void look_at_clitic(struct easy *easy, const char *text, uint32_t at, uint32_t n_before, uint32_t text_end)
{
	const uint32_t whole = easy_word_before(easy, at), len = easy_second_before(easy, at);
	const char *const word = text + at - len;
	/* else no word goes on: the line is not easy */
	if (easy_word_behind(easy->bits, at + 1) == 0)
		return;
	if (n_before > 0 && is_t(word, len) && easy_is_apart(easy, at - 2))
		return;
	const bool is_clitic = are_clitics(easy, text, word, len, at, text_end);
	easy->bits[at / 64].edits |= (uint64_t)is_clitic << at % 64;
	/* by elision there may be two words before it */
	if (whole != len && are_clitics(easy, text, text + at - whole, whole, at, text_end) != is_clitic)
		easy_set_bad(easy, at);
}

static inline uint64_t eight_at(const char *s)
{
	const unsigned char *const b = (const unsigned char *)s;
	const uint32_t low = (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
	const uint32_t high = (uint32_t)b[4] | (uint32_t)b[5] << 8 | (uint32_t)b[6] << 16 | (uint32_t)b[7] << 24;
	return low | (uint64_t)high << 32;
}

/*
 * clitic: the same of the first hyphen of a word with one word behind it, or t and one, as most are; false: it is not told. What the word is
 * is not foreseen, so that nothing branches on it.
 */
static bool tell_clitic(struct easy *easy, const char *text, uint32_t at, uint32_t text_end)
{
	enum { LONG = 8 };
	if (at < LONG || text_end - at < 3 + 2 * LONG)
		return false;
	const bool has_t = (eight_at(text + at + 1) & 0xFFFF) == ('t' | '-' << 8);
	const uint32_t behind = at + (has_t ? 3 : 1), len = easy_word_behind(easy->bits, behind);
	const enum lists_clitic clitic = lists_short_clitic(eight_at(text + at - LONG), eight_at(text + behind), len);
	if (clitic == LISTS_CLITIC_ASKED || (len < LONG && text[behind + len] == '-'))
		return false;
	easy->bits[at / 64].edits |= (uint64_t)(clitic == LISTS_CLITIC) << at % 64;
	return true;
}

void easy_look_inside(struct easy *easy, const char *text, uint32_t at, uint32_t text_end)
{
	if (text[at] == '-') {
		const uint32_t n_before = parts_before(easy, text, at);
		if (n_before == 0 && easy->sieve->asks_hyphens && tell_clitic(easy, text, at, text_end))
			return;
		if (n_before + 2 > MOST_PARTS)
			easy_set_bad(easy, at);
		else if (easy->sieve->asks_hyphens)
			look_at_clitic(easy, text, at, n_before, text_end);
		return;
	}
	const uint32_t inner = at - (text[at - 1] == '\'' ? 1 : 3);
	const uint32_t start = inner - easy_word_before(easy, inner);
	if (start > 0 && text[start - 1] == '-')
		easy_set_bad(easy, inner); /* it may belong to the row */
	else
		easy->bits[at / 64].edits |= (uint64_t)is_elided(easy, text, inner, at, text_end) << at % 64;
}

uint32_t easy_second_before(const struct easy *easy, size_t place)
{
	const uint32_t len = easy_word_before(easy, place);
	/* in a word nothing else is put apart */
	const uint32_t second = (uint32_t)__builtin_clzll(easy_edits_before(easy->bits, place) | 1) + 1;
	return second < len ? second : len;
}

bool easy_is_taken_at(const struct easy *easy, const char *text, uint32_t stop)
{
	const uint32_t len = easy_second_before(easy, stop);
	return len > 0 && !easy_is_joined(easy, text, stop - len) && easy_is_taken(easy, text + stop - len, len);
}

uint32_t easy_token_before(const struct easy *easy, const char *text, uint32_t place)
{
	uint32_t start = place, len = easy_second_before(easy, place);
	for (size_t n = 0; n < MOST_PARTS && len > 0; n++) {
		start -= len;
		const char before = start > 0 ? text[start - 1] : ' ';
		if (before != '-')
			return before == ' ' || before == '\n' || easy_is_apart(easy, start) || n == 0 ? place - start : 0;
		/* the one word behind a hyphen that joins nothing */
		if (!easy->sieve->joins_hyphens)
			return n == 0 && easy_is_apart(easy, start) ? place - start : 0;
		start--;
		if (easy_is_apart(easy, start))
			return place - start;
		len = easy_second_before(easy, start);
	}
	return 0;
}
