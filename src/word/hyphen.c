/*
 * Hyphens inside words. UAX #29 ends words before and behind them; so does Lafz in languages that
 * are not named here. The treebanks of French, Spanish, Portuguese, Catalan, Dutch, Indonesian and
 * Uyghur have compounds as one token; English ones join prefixes that are no words alone.
 */
#include <string.h>

#include "word/lists.h"
#include "word/words.h"

enum { MOST_PARTS = 16, MOST_CLITICS = 3 };

static bool is_hyphen(const struct words *words, const struct piece *piece, const struct piece *mark)
{
	if (!words_is_glued(words, piece, mark) || !words_is_glued(words, mark, mark + 1))
		return false;
	const uint32_t cp = words_char(words, mark);
	return cp == '-' || cp == 0x2010 || cp == 0x2011;
}

static bool is_word(const struct words *words, const struct piece *piece, const char *word)
{
	const size_t len = strlen(word);
	return piece->end - piece->start == len && memcmp(words->text + piece->start, word, len) == 0;
}

static bool is_part(const struct piece *piece)
{
	const uint16_t names = LAFZ_FLAG_IP | LAFZ_FLAG_PHONE | LAFZ_FLAG_VERSION;
	return piece->kind == LAFZ_KIND_WORD ||
	       (piece->kind == LAFZ_KIND_NUMBER && !(piece->flags & names));
}

/*
 * Whether nothing but French pronouns that follow their verb (-il, -t-il, -le-moi) stands behind the
 * word, or -ci and its like behind a noun. Not in rendez-vous and celui-ci.
 */
static bool are_clitics(const struct words *words, const struct piece *mark)
{
	const struct piece *word = mark - 1;
	for (size_t n = 0; n < MOST_CLITICS; n++) {
		const struct piece *clitic = mark + 1;
		if (is_word(words, clitic, "t") && is_hyphen(words, clitic, mark + 2))
			clitic = mark + 3;
		if (clitic->kind != LAFZ_KIND_WORD ||
		    !lists_is_clitic(words->text + word->start, word->end - word->start,
		                     words->text + clitic->start, clitic->end - clitic->start))
			return false;
		word = clitic;
		mark = clitic + 1;
		if (!is_hyphen(words, clitic, mark))
			return true;
	}
	return false;
}

/* clitic: a French pronoun that follows its verb, its hyphen with it (avait | -il, a | -t-il). */
const struct piece *match_clitic(const struct words *words, const struct piece *piece, uint32_t start)
{
	(void)start;
	if (piece == words->begin || piece[-1].lang != LANG_FR || piece[-1].kind != LAFZ_KIND_WORD ||
	    !is_hyphen(words, piece - 1, piece) || !are_clitics(words, piece))
		return piece;
	return is_word(words, piece + 1, "t") && is_hyphen(words, piece + 1, piece + 2) ? piece + 4
	                                                                                : piece + 2;
}

/* Whether the language has what stands around a hyphen as one word, whatever the words are. */
static bool joins_all(uint16_t lang)
{
	return lang == LANG_FR || lang == LANG_ES || lang == LANG_PT || lang == LANG_CA ||
	       lang == LANG_NL || lang == LANG_ID || lang == LANG_UG;
}

/* Whether the hyphen behind piece joins the piece behind it to the word that begins with first. */
static bool joins(const struct words *words, const struct piece *first, const struct piece *piece)
{
	const struct piece *next = piece + 2;
	if (!is_part(piece) || !is_part(next))
		return false;
	const bool is_word = piece->kind == LAFZ_KIND_WORD;
	const bool are_words = is_word && next->kind == LAFZ_KIND_WORD;
	if (are_words && (piece->run != next->run || piece->script != next->script))
		return false;
	const uint16_t lang = is_word ? piece->lang : next->lang;
	if (joins_all(lang))
		return lang != LANG_FR || !is_word || !are_clitics(words, piece + 1);
	/*
	 * a prefix of one letter goes with words (e-mail, but U-2 is a name), and none with more
	 * than one word (over-the-counter) or behind another (cul-de-sac)
	 */
	const bool is_alone = piece == first && !is_hyphen(words, next, next + 1) &&
	                      (piece == words->begin || piece[-1].end != piece->start);
	return is_alone && is_word && (are_words || piece->end - piece->start > 1) &&
	       lists_is_prefix(lang, words->text + piece->start, piece->end - piece->start);
}

/* hyphen: words and numbers with one hyphen between each are one word. */
const struct piece *match_compound(const struct words *words, const struct piece *piece,
                                   uint32_t start)
{
	(void)start;
	const struct piece *last = piece;
	for (size_t n = 1; n < MOST_PARTS; n++) {
		if (!is_hyphen(words, last, last + 1) || !joins(words, piece, last))
			break;
		last += 2;
	}
	return last > piece ? last + 1 : piece;
}
