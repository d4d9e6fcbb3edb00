#include "text/easy_inside.h"

#include "lang.h"
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
	return !lists_keeps_elision(sieve->lang, text + behind, next, row_behind(easy, text, behind, text_end));
}

static inline void set_bad(struct easy *easy, uint32_t at)
{
	easy->bits[at / 64].bad |= (uint64_t)1 << at % 64;
}

/*
 * clitic: whether a word like French -il stands behind the hyphen at a place. Where there are more hyphens in the word, it is bad if there
 * may be one.
 */
static void look_at_clitic(struct easy *easy, const char *text, uint32_t at, uint32_t n_before, uint32_t text_end)
{
	const uint32_t whole = easy_word_before(easy, at), len = easy_second_before(easy, text, at);
	const char *const clitic = text + at + 1;
	const uint32_t clitic_len = easy_word_behind(easy->bits, at + 1), end = at + 1 + clitic_len;
	/* else no word goes on: the line is not easy */
	if (clitic_len == 0)
		return;
	const bool is_clitic = lists_is_clitic(text + at - len, len, clitic, clitic_len);
	const bool is_one = n_before == 0 && (end == text_end || text[end] != '-');
	/* by elision there may be two words before it */
	if (whole != len && lists_is_clitic(text + at - whole, whole, clitic, clitic_len) != is_clitic)
		set_bad(easy, at);
	else if (is_one)
		easy->bits[at / 64].edits |= (uint64_t)is_clitic << at % 64;
	else if (is_clitic || (clitic_len == 1 && *clitic == 't'))
		set_bad(easy, at);
}

void easy_look_inside(struct easy *easy, const char *text, uint32_t at, uint32_t text_end)
{
	if (text[at] == '-') {
		const uint32_t n_before = parts_before(easy, text, at);
		if (n_before + 2 > MOST_PARTS)
			set_bad(easy, at);
		else if (easy->sieve->lang == LANG_FR)
			look_at_clitic(easy, text, at, n_before, text_end);
		return;
	}
	const uint32_t behind = at + (text[at] == '\'' ? 1 : 3);
	if (parts_before(easy, text, at) > 0)
		set_bad(easy, at); /* it may belong to the row */
	else
		easy->bits[behind / 64].edits |= (uint64_t)is_elided(easy, text, at, behind, text_end) << behind % 64;
}

uint32_t easy_second_before(const struct easy *easy, const char *text, size_t place)
{
	const uint32_t len = easy_word_before(easy, place);
	uint32_t second = 0;
	if (!easy->sieve->has_elision)
		return len;
	/* U+2019 alone ends with 99 behind 80 */
	while (second < len && text[place - second - 1] != '\'' &&
	       !(text[place - second - 1] == '\x99' && second + 1 < len && text[place - second - 2] == '\x80'))
		second++;
	return second;
}
