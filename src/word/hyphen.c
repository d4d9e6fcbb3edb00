/*
 * Hyphens inside words. UAX #29 ends words before and behind them; so does Lafz in languages that
 * are not named here. The treebanks of French, Spanish, Portuguese, Catalan, Dutch, Indonesian and
 * Uyghur have compounds as one token; English ones join prefixes that are no words alone.
 */
#include <string.h>

#include "word/lists.h"
#include "word/words.h"

enum { MOST_PARTS = 16, MOST_CLITICS = 3 };

/* The same for a mark that is known to stand right behind a piece. */
static bool is_glued_hyphen(const struct words *words, size_t mark)
{
	if (!words_is_glued(words, mark, mark + 1))
		return false;
	const uint32_t cp = words_char(words, mark);
	return cp == '-' || cp == 0x2010 || cp == 0x2011;
}

static bool is_hyphen(const struct words *words, size_t piece, size_t mark)
{
	return words_is_glued(words, piece, mark) && is_glued_hyphen(words, mark);
}

static bool is_word(const struct words *words, size_t piece, const char *word)
{
	const size_t len = strlen(word);
	return words_len(words, piece) == len && memcmp(words_at(words, piece), word, len) == 0;
}

static bool is_part(const struct words *words, size_t piece)
{
	const uint16_t names = LAFZ_FLAG_IP | LAFZ_FLAG_PHONE | LAFZ_FLAG_VERSION;
	return words->kind[piece] == LAFZ_KIND_WORD ||
	       (words->kind[piece] == LAFZ_KIND_NUMBER && !(words->flags[piece] & names));
}

/*
 * Whether nothing but French pronouns that follow their verb (-il, -t-il, -le-moi) stands behind the
 * word, or -ci and its like behind a noun. Not in rendez-vous and celui-ci.
 */
static bool are_clitics(const struct words *words, const char *word, size_t len, size_t mark)
{
	for (size_t n = 0; n < MOST_CLITICS; n++) {
		size_t clitic = mark + 1;
		if (is_word(words, clitic, "t") && is_hyphen(words, clitic, mark + 2))
			clitic = mark + 3;
		if (words->kind[clitic] != LAFZ_KIND_WORD ||
		    !lists_is_clitic(word, len, words_at(words, clitic), words_len(words, clitic)))
			return false;
		word = words_at(words, clitic);
		len = words_len(words, clitic);
		mark = clitic + 1;
		if (!is_hyphen(words, clitic, mark))
			return true;
	}
	return false;
}

/* clitic: a French pronoun that follows its verb, its hyphen with it (avait | -il, a | -t-il). */
size_t match_clitic(const struct words *words, size_t piece, uint32_t start)
{
	(void)start;
	if (piece == words->first)
		return piece;
	const struct piece before = words_before(words, piece);
	if (before.lang != LANG_FR || before.kind != LAFZ_KIND_WORD ||
	    before.end != words->start[piece] || !is_glued_hyphen(words, piece) ||
	    !are_clitics(words, words->text + before.start, before.end - before.start, piece))
		return piece;
	return is_word(words, piece + 1, "t") && is_hyphen(words, piece + 1, piece + 2) ? piece + 4
	                                                                                : piece + 2;
}

/* Whether the hyphen behind piece joins the piece behind it to the word that begins with first. */
static bool joins(const struct words *words, size_t first, size_t piece)
{
	const size_t next = piece + 2;
	if (!is_part(words, piece) || !is_part(words, next))
		return false;
	const bool is_word = words->kind[piece] == LAFZ_KIND_WORD;
	const bool are_words = is_word && words->kind[next] == LAFZ_KIND_WORD;
	if (are_words &&
	    (words->run[piece] != words->run[next] || words->script[piece] != words->script[next]))
		return false;
	const uint16_t lang = is_word ? words->lang[piece] : words->lang[next];
	/* digit-suffix: Azerbaijani puts a hyphen between digits and the ending of an ordinal */
	if (lang == LANG_AZ && !is_word)
		return lists_is_ordinal_suffix(lang, words_at(words, next), words_len(words, next));
	if (lists_joins_hyphens(lang))
		return lang != LANG_FR || !is_word ||
		       !are_clitics(words, words_at(words, piece), words_len(words, piece),
		                    piece + 1);
	/*
	 * a prefix of one letter goes with words (e-mail, but U-2 is a name), and none with more
	 * than one word (over-the-counter) or behind another (cul-de-sac)
	 */
	const bool is_alone = piece == first && !is_hyphen(words, next, next + 1) &&
	                      (piece == words->first ||
	                       words_before(words, piece).end != words->start[piece]);
	return is_alone && is_word && (are_words || words_len(words, piece) > 1) &&
	       lists_is_prefix(lang, words_at(words, piece), words_len(words, piece));
}

/* hyphen: words and numbers with one hyphen between each are one word. */
size_t match_compound(const struct words *words, size_t piece, uint32_t start)
{
	(void)start;
	size_t last = piece;
	for (size_t n = 1; n < MOST_PARTS; n++) {
		if (!is_hyphen(words, last, last + 1) || !joins(words, piece, last))
			break;
		last += 2;
	}
	return last > piece ? last + 1 : piece;
}
