/*
 * Whether the full stop right behind a word belongs to it.
 */
#include <string.h>

#include "word/lists.h"
#include "word/words.h"

static bool is_full_stop(const struct words *words, size_t piece, size_t stop)
{
	return words_is_glued(words, piece, stop) && words_char(words, stop) == '.';
}

/* One capital letter; in English not the pronoun I, which ends sentences. */
static bool is_capital(const struct words *words, size_t piece, uint32_t start)
{
	if (!words_is_latin(words, piece) || start == words->end[piece])
		return false;
	const struct utf8 c = utf8_decode(words->text + start, words->end[piece] - start);
	const bool is_english = words->lang[piece] == LANG_EN || words->lang[piece] == LANG_UND;
	return start + c.len == words->end[piece] && words_is_upper(c.cp) &&
	       !(is_english && c.cp == 'I');
}

static bool is_roman(const struct words *words, size_t piece)
{
	for (uint32_t at = words->start[piece]; at < words->end[piece]; at++) {
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
static bool is_initial(const struct words *words, size_t piece, uint32_t start)
{
	const size_t next = piece + 2;
	if (!is_capital(words, piece, start) || next >= words->limit || !words_is_latin(words, next))
		return false;
	if (is_capital(words, next, words->start[next]) && is_full_stop(words, next, next + 1))
		return true;
	return !lists_is_opener(words->lang[next], words_at(words, next), words_len(words, next));
}

/* abbreviation-apostrophe: behind an abbreviation too (Inc.'s), as behind letters with full stops. */
size_t words_take_possessive(const struct words *words, size_t piece)
{
	const size_t s = piece + 1;
	if (words->lang[piece - 1] != LANG_EN || words->in_quote ||
	    !words_is_glued(words, piece - 1, piece) || !words_is_apostrophe(words, piece) ||
	    !words_is_glued(words, piece, s) || words_len(words, s) != 1 ||
	    (*words_at(words, s) | 0x20) != 's')
		return piece;
	return s + 1;
}

/* One letter of Latin script, with a full stop right behind it. */
static bool is_letter_with_stop(const struct words *words, size_t piece)
{
	return words_is_latin(words, piece) && is_full_stop(words, piece, piece + 1) &&
	       words_first(words, words->start[piece], words->end[piece]) == words_char(words, piece);
}

/* Whether the token before the piece is one letter with its full stop. */
static bool is_behind_letter(const struct words *words, size_t piece)
{
	if (piece == words->first || words->behind != piece ||
	    words->text[words->last.start] != '.' || words->last_start == words->last.start)
		return false;
	const uint32_t len = words->last.start - words->last_start;
	return utf8_decode(words->text + words->last_start, len).len == len;
}

/*
 * letter-row: one letter with a full stop, before or behind another one or an abbreviation (z. B., i. d. R.,
 * p. ej.), which stand apart.
 */
static bool is_in_row(const struct words *words, size_t piece)
{
	if (!lists_has_letter_rows(words->lang[piece]) || !is_letter_with_stop(words, piece))
		return false;
	if (is_behind_letter(words, piece))
		return true;
	const size_t next = piece + 2;
	if (next >= words->limit || words_is_glued(words, piece + 1, next) ||
	    !words_is_latin(words, next))
		return false;
	return is_letter_with_stop(words, next) ||
	       (is_full_stop(words, next, next + 1) &&
	        lists_is_abbreviation(words->lang[next], words_at(words, next),
	                              words_len(words, next)));
}

/*
 * abbreviation-letters: capital letters one by one with full stops between them, behind an elided word too (l'O.N.U.), where
 * the piece begins with that word and so is no row of letters by itself.
 */
static bool is_elided_row(const struct words *words, size_t piece, uint32_t start)
{
	if (start == words->start[piece])
		return false;
	uint32_t n = 0;
	for (uint32_t at = start; at < words->end[piece]; n++) {
		const struct utf8 letter = utf8_decode(words->text + at, words->end[piece] - at);
		at += letter.len;
		if (!words_is_upper(letter.cp) || (at < words->end[piece] && words->text[at] != '.'))
			return false;
		at++;
	}
	return n > 1;
}

/* Whether a word is abbreviations of the list with full stops between them (Prof.Dr). */
static bool is_listed_row(uint16_t lang, const char *word, size_t len)
{
	const char *const end = word + len;
	const char *stop = memchr(word, '.', len);
	if (!stop)
		return false;
	for (; stop; stop = memchr(word, '.', (size_t)(end - word))) {
		if (!lists_is_abbreviation(lang, word, (size_t)(stop - word)))
			return false;
		word = stop + 1;
	}
	return lists_is_abbreviation(lang, word, (size_t)(end - word));
}

/* Whether the piece is in the list of abbreviations of its language, and its full stop right behind it. */
static bool is_listed(const struct words *words, size_t piece)
{
	return words_is_latin(words, piece) && is_full_stop(words, piece, piece + 1) &&
	       lists_is_abbreviation(words->lang[piece], words_at(words, piece), words_len(words, piece));
}

/* abbreviation: a hyphen behind the full stop joins one abbreviation more (Dr.-Ing.); the piece behind them. */
static size_t take_hyphened(const struct words *words, size_t next)
{
	const size_t other = next + 1;
	const bool has_other = words_is_glued(words, next - 1, next) && words_char(words, next) == '-' &&
	                       words_is_glued(words, next, other) && is_listed(words, other);
	return has_other ? other + 2 : next;
}

/* abbreviation: French c'est-a-dire, cut short, is the only one with hyphens between words that are not; the piece behind it. */
static size_t match_that_is(const struct words *words, size_t piece)
{
	static const char form[] = "c.-\u00E0-d.";
	const uint32_t end = words->start[piece] + (uint32_t)(sizeof form - 1);
	if (words->lang[piece] != LANG_FR || end > words->end[words->limit - 1] ||
	    memcmp(words_at(words, piece), form, sizeof form - 1) != 0)
		return piece;
	size_t next = piece;
	while (next < words->limit && words->end[next] < end)
		next++;
	return words->end[next] == end ? next + 1 : piece;
}

/* stop-comma: no sentence ends before a comma, semicolon or colon, so the full stop right before one cuts the word short. */
static bool is_before_comma(const struct words *words, size_t stop)
{
	if (!words_is_glued(words, stop, stop + 1))
		return false;
	const uint32_t cp = words_char(words, stop + 1);
	return cp == ',' || cp == ';' || cp == ':';
}

/* abbreviation: the full stop behind a word in the list of its language belongs to it. */
size_t match_full_stop(const struct words *words, size_t piece, uint32_t start)
{
	const size_t stop = piece + 1, next = piece + 2;
	if (!words_is_latin(words, piece) || !is_full_stop(words, piece, stop))
		return piece;
	const char *word = words->text + start;
	const size_t len = words->end[piece] - start;
	if (lists_may_be_abbreviation(words->filters, words->lang[piece], word, len) &&
	    lists_is_abbreviation(words->lang[piece], word, len))
		return take_hyphened(words, next);
	if (is_listed_row(words->lang[piece], word, len) || is_before_comma(words, stop))
		return next;
	const size_t that_is = match_that_is(words, piece);
	if (that_is > piece)
		return that_is;
	if (is_elided_row(words, piece, start) || is_initial(words, piece, start) || is_in_row(words, piece))
		return next;
	/* 4B is a word */
	const bool has_number = next < words->limit &&
	                        (words->kind[next] == LAFZ_KIND_NUMBER ||
	                         (*words_at(words, next) >= '0' && *words_at(words, next) <= '9') ||
	                         (words_is_latin(words, next) && is_roman(words, next)));
	return has_number && lists_needs_number(words->lang[piece], word, len) ? next : piece;
}
