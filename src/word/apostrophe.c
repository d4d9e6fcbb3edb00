/*
 * Words and apostrophes: where one ends behind it (elision), and which ones an apostrophe that ends a
 * word belongs to.
 */
#include "word/lists.h"
#include "word/words.h"

/* Bytes of the apostrophe that a text begins with, 0 if it does not. */
static inline uint32_t apostrophe_len(const char *text, uint32_t len)
{
	if (*text == '\'' || *text == '`') /* accent-apostrophe */
		return 1;
	if (*text == '\xC2')
		return utf8_decode(text, len).cp == 0xB4 ? 2 : 0;
	return *text == '\xE2' && utf8_decode(text, len).cp == 0x2019 ? 3 : 0;
}

/*
 * elision: a word of French, Italian or Catalan ends behind its apostrophe. Not in French l'on, where
 * l' is no article, and c'est-a-dire, which are one word.
 */
uint32_t elision_end(const struct words *words, size_t piece)
{
	if (!(words->flags[piece] & LAFZ_FLAG_CONTRACTION) || words->kind[piece] != LAFZ_KIND_WORD)
		return 0;
	if (!lists_has_elision(words->lang[piece]))
		return 0;
	const char *text = words->text;
	const uint32_t segment_end = words->end[words->limit - 1];
	for (uint32_t at = words->start[piece]; at < words->end[piece]; at++) {
		const uint32_t len = apostrophe_len(text + at, words->end[piece] - at);
		if (len == 0)
			continue;
		const uint32_t end = at + len;
		const bool is_elided = lists_is_elided(words->lang[piece], text + words->start[piece],
		                                       at - words->start[piece]) &&
		                       !lists_keeps_elision(words->lang[piece], text + end,
		                                            words->end[piece] - end, segment_end - end);
		return is_elided && end < words->end[piece] ? end : 0;
	}
	return 0;
}

/* Whether an apostrophe that closes no quotation stands right behind the piece. */
static bool has_apostrophe(const struct words *words, size_t piece)
{
	return words->kind[piece] == LAFZ_KIND_WORD && !words->in_quote &&
	       words_is_glued(words, piece, piece + 1) && words_is_apostrophe(words, piece + 1);
}

/* elision: before a quote, a number or a space too, the apostrophe belongs to the word that lost its vowel. */
size_t match_elided(const struct words *words, size_t piece, uint32_t start)
{
	return has_apostrophe(words, piece) &&
	                       lists_is_elided(words->lang[piece], words->text + start,
	                                       words->end[piece] - start)
	               ? piece + 2
	               : piece;
}

/*
 * uzbek-letter: g and o with an apostrophe behind them are letters of their own in Uzbek, at the end of a word too; U+2018 is what is typed
 * for it most often.
 */
static size_t match_uzbek_letter(const struct words *words, size_t piece)
{
	const size_t mark = piece + 1;
	if (words->in_quote || !lists_ends_in_half(words->lang[piece], words_at(words, piece), words_len(words, piece)) ||
	    !words_is_latin(words, piece) || !words_is_glued(words, piece, mark))
		return piece;
	return words_is_apostrophe(words, mark) || words_char(words, mark) == 0x2018 ? mark + 1 : piece;
}

/*
 * truncation: Italian words that end with an apostrophe, because a syllable is gone (un po') or the
 * keyboard had no accents (E').
 */
size_t match_truncated(const struct words *words, size_t piece, uint32_t start)
{
	if (words->lang[piece] == LANG_UZ)
		return match_uzbek_letter(words, piece);
	return has_apostrophe(words, piece) && !words_is_glued(words, piece + 1, piece + 2) &&
	                       lists_is_truncated(words->lang[piece], words->text + start,
	                                          words->end[piece] - start)
	               ? piece + 2
	               : piece;
}

/*
 * suffix-apostrophe: Turkish, Azerbaijani, Kurdish and Dutch put an apostrophe and their endings behind digits and
 * what ends with one (1996'da, 17:30'da, A4'tje).
 */
size_t match_suffix_apostrophe(const struct words *words, size_t piece, uint32_t start)
{
	(void)start;
	const size_t mark = piece + 1, suffix = piece + 2;
	if (!words_is_glued(words, piece, mark) || !words_is_apostrophe(words, mark) ||
	    !words_is_glued(words, mark, suffix) || !words_is_latin(words, suffix))
		return piece;
	const uint16_t lang = words->lang[suffix];
	const bool has_suffixes = lang == LANG_TR || lang == LANG_AZ || lang == LANG_KU || lang == LANG_NL;
	const bool takes_them = words->kind[piece] == LAFZ_KIND_NUMBER ||
	                        words->kind[piece] == LAFZ_KIND_DATE ||
	                        words->kind[piece] == LAFZ_KIND_TIME ||
	                        words->kind[piece] == LAFZ_KIND_WORD;
	return has_suffixes && takes_them ? piece + 3 : piece;
}

/*
 * glottal-y: in Hausa an apostrophe before y is a letter with it (U+01B4), at the beginning of a word too. Not where a
 * further apostrophe shows a quotation.
 */
size_t match_glottal_y(const struct words *words, size_t piece, uint32_t start)
{
	const size_t word = piece + 1;
	const bool begins = piece == words->first || words_before(words, piece).end < start;
	if (!begins || !words_is_latin(words, word) || words->lang[word] != LANG_HA ||
	    (*words_at(words, word) | 0x20) != 'y' ||
	    !(words_is_apostrophe(words, piece) || words_char(words, piece) == 0x2018))
		return piece;
	const bool is_quoted = words_is_glued(words, word, word + 1) && words_is_apostrophe(words, word + 1);
	return is_quoted ? piece : word + 1;
}
