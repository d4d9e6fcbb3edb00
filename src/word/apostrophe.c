/*
 * Words and apostrophes: where one ends behind it (elision), and which ones an apostrophe that ends a
 * word belongs to.
 */
#include <string.h>

#include "word/lists.h"
#include "word/words.h"

/* Whether the word from start to end is one of the words that are written with an elision inside. */
static bool is_whole(const struct words *words, uint32_t start, uint32_t end)
{
	static const char *const forms[] = {"on", "est-\u00E0-dire"};
	const uint32_t segment_end = words->end[-1].end;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		const size_t len = strlen(forms[i]);
		/* the piece ends with the form, or goes on in it behind a hyphen */
		const bool is_long_enough = i == 0 ? start + len == end : start + len <= segment_end;
		if (is_long_enough && memcmp(words->text + start, forms[i], len) == 0)
			return true;
	}
	return false;
}

/*
 * elision: a word of French, Italian or Catalan ends behind its apostrophe. Not in French l'on, where
 * l' is no article, and c'est-a-dire, which are one word.
 */
uint32_t elision_end(const struct words *words, const struct piece *piece)
{
	if (!(piece->flags & LAFZ_FLAG_CONTRACTION) || piece->kind != LAFZ_KIND_WORD)
		return 0;
	const char *text = words->text;
	for (uint32_t at = piece->start; at < piece->end;) {
		const struct utf8 c = utf8_decode(text + at, piece->end - at);
		if (c.cp != '\'' && c.cp != 0x2019) {
			at += c.len;
			continue;
		}
		const uint32_t end = at + c.len;
		const bool is_elided = lists_is_elided(piece->lang, text + piece->start,
		                                       at - piece->start) &&
		                       !(piece->lang == LANG_FR && is_whole(words, end, piece->end));
		return is_elided && end < piece->end ? end : 0;
	}
	return 0;
}

/* Whether an apostrophe that closes no quotation stands right behind the piece. */
static bool has_apostrophe(const struct words *words, const struct piece *piece)
{
	return piece->kind == LAFZ_KIND_WORD && !words->in_quote &&
	       words_is_glued(words, piece, piece + 1) && words_is_apostrophe(words, piece + 1);
}

/* elision: before a quote, a number or a space too, the apostrophe belongs to the word that lost its vowel. */
const struct piece *match_elided(const struct words *words, const struct piece *piece, uint32_t start)
{
	return has_apostrophe(words, piece) &&
	                       lists_is_elided(piece->lang, words->text + start, piece->end - start)
	               ? piece + 2
	               : piece;
}

/*
 * truncation: Italian words that end with an apostrophe, because a syllable is gone (un po') or the
 * keyboard had no accents (E').
 */
const struct piece *match_truncated(const struct words *words, const struct piece *piece,
                                    uint32_t start)
{
	return has_apostrophe(words, piece) && !words_is_glued(words, piece + 1, piece + 2) &&
	                       lists_is_truncated(piece->lang, words->text + start, piece->end - start)
	               ? piece + 2
	               : piece;
}

/*
 * suffix-apostrophe: Turkish and Azerbaijani put an apostrophe and their endings behind digits and
 * what ends with one (1996'da, 17:30'da).
 */
const struct piece *match_suffix_apostrophe(const struct words *words, const struct piece *piece,
                                            uint32_t start)
{
	(void)start;
	const struct piece *mark = piece + 1, *suffix = piece + 2;
	if (!words_is_glued(words, piece, mark) || !words_is_apostrophe(words, mark) ||
	    !words_is_glued(words, mark, suffix) || !words_is_latin(suffix))
		return piece;
	const bool has_suffixes = suffix->lang == LANG_TR || suffix->lang == LANG_AZ;
	const bool takes_them = piece->kind == LAFZ_KIND_NUMBER || piece->kind == LAFZ_KIND_DATE ||
	                        piece->kind == LAFZ_KIND_TIME || piece->kind == LAFZ_KIND_WORD;
	return has_suffixes && takes_them ? piece + 3 : piece;
}
