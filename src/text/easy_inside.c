#include "text/easy_inside.h"

#include "lang.h"
#include "sentence/cues.h"
#include "word/lists.h"

/* Bytes of the word from a place on. */
static inline uint32_t word_behind(const struct easy_bits *bits, size_t place)
{
	const size_t k = place / 64, shift = place % 64;
	const uint32_t own = (uint32_t)__builtin_ctzll(~(bits[k].words >> shift) | UINT64_C(1) << 63);
	if (own < 64 - shift)
		return own;
	/* a word of which this is all is in no list */
	return own + (uint32_t)__builtin_ctzll(~bits[k + 1].words | UINT64_C(1) << 63);
}

/* elision: whether the word before the apostrophe at a place is one of its own. Not in French l'on. */
static inline bool is_elided(const struct easy *easy, const char *text, uint32_t at, uint32_t behind)
{
	const struct easy_sieve *const sieve = easy->sieve;
	const uint32_t len = easy_word_before(easy, at);
	const char *const word = text + at - len;
	if (len == 1 ? !lists_has_letter(sieve->elided, *word) : !lists_is_elided(sieve->lang, word, len))
		return false;
	const uint32_t next = word_behind(easy->bits, behind);
	return !lists_keeps_elision(sieve->lang, text + behind, next, next);
}

/* clitic-hyphen: whether a word like French -il stands behind the hyphen at a place. */
static inline bool is_clitic(const struct easy *easy, const char *text, uint32_t at)
{
	const uint32_t len = easy_word_before(easy, at), next = word_behind(easy->bits, at + 1);
	return easy->sieve->lang == LANG_FR && lists_is_clitic(text + at - len, len, text + at + 1, next);
}

void easy_look_inside(struct easy *easy, const char *text, uint32_t at)
{
	if (text[at] == '-') {
		easy->bits[at / 64].edits |= (uint64_t)is_clitic(easy, text, at) << at % 64;
		return;
	}
	const uint32_t behind = at + (text[at] == '\'' ? 1 : 3);
	easy->bits[behind / 64].edits |= (uint64_t)is_elided(easy, text, at, behind) << behind % 64;
}

bool easy_comma_may_end(const struct easy *easy, const char *text, uint32_t at, uint32_t end)
{
	const uint32_t len = easy_word_before(easy, at), start = at - len;
	const bool is_begun = len > 0 && (start == 0 || text[start - 1] == ' ' || text[start - 1] == '\n');
	const bool goes_on = at + 2 < end && text[at + 2] == ' ' && word_behind(easy->bits, at + 3) > 0;
	return !is_begun || !goes_on || cues_is_finite(text + start, len);
}

uint32_t easy_second_before(const struct easy *easy, const char *text, size_t place)
{
	const uint32_t len = easy_word_before(easy, place);
	uint32_t second = 0;
	/* U+2019 alone ends with 99 behind 80 */
	while (second < len && text[place - second - 1] != '\'' &&
	       !(text[place - second - 1] == '\x99' && second + 1 < len && text[place - second - 2] == '\x80'))
		second++;
	return second;
}
