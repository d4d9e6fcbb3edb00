/*
 * Whether the full stop right behind a word belongs to it.
 */
#include "word/lists.h"
#include "word/words.h"

static bool is_full_stop(const struct words *words, const struct piece *piece,
                         const struct piece *stop)
{
	return words_is_glued(words, piece, stop) && words_char(words, stop) == '.';
}

/* One capital letter; in English not the pronoun I, which ends sentences. */
static bool is_capital(const struct words *words, const struct piece *piece, uint32_t start)
{
	if (!words_is_latin(piece) || start == piece->end)
		return false;
	const struct utf8 c = utf8_decode(words->text + start, piece->end - start);
	const bool is_english = piece->lang == LANG_EN || piece->lang == LANG_UND;
	return start + c.len == piece->end && words_is_upper(c.cp) && !(is_english && c.cp == 'I');
}

static bool is_roman(const struct words *words, const struct piece *piece)
{
	for (uint32_t at = piece->start; at < piece->end; at++) {
		const char c = words->text[at];
		if (c != 'I' && c != 'V' && c != 'X' && c != 'L' && c != 'C' && c != 'D' && c != 'M')
			return false;
	}
	return true;
}

/*
 * initial: one capital letter with a full stop before a further initial, a name (J. A. Smith), or a
 * word in lower case, with which no sentence begins (E. coli); not where an English sentence seems
 * to begin.
 */
static bool is_initial(const struct words *words, const struct piece *piece, uint32_t start)
{
	const struct piece *next = piece + 2;
	if (!is_capital(words, piece, start) || next >= words->end || !words_is_latin(next))
		return false;
	if (is_capital(words, next, next->start) && is_full_stop(words, next, next + 1))
		return true;
	return !lists_is_opener(next->lang, words->text + next->start, next->end - next->start);
}

/* abbreviation: the full stop behind a word in the list of its language belongs to it. */
const struct piece *match_full_stop(const struct words *words, const struct piece *piece,
                                    uint32_t start)
{
	const struct piece *stop = piece + 1, *next = piece + 2;
	if (!words_is_latin(piece) || !is_full_stop(words, piece, stop))
		return piece;
	const char *word = words->text + start;
	const size_t len = piece->end - start;
	if ((lists_may_be_abbreviation(words->filters, piece->lang, word, len) &&
	     lists_is_abbreviation(piece->lang, word, len)) ||
	    is_initial(words, piece, start))
		return next;
	const bool has_number = next < words->end &&
	                        (next->kind == LAFZ_KIND_NUMBER ||
	                         (words_is_latin(next) && is_roman(words, next)));
	return has_number && lists_needs_number(piece->lang, word, len) ? next : piece;
}
