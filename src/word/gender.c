/*
 * German forms that name all genders by a colon or asterisk inside the word: Lehrer:innen, Kolleg*in, jede:r. A low line
 * needs no rule: it joins letters by UAX #29.
 */
#include <string.h>

#include "word/words.h"

/* Whether a word is an ending of such a form: of nouns, with what they are compounded with behind it, or of articles and the like. */
static bool is_ending(const char *text, size_t len)
{
	static const char plural[] = "innen";
	static const char endings[] = " in e em en er m n r s ";
	char form[sizeof endings];
	if (len >= sizeof plural - 1 && memcmp(text, plural, sizeof plural - 1) == 0)
		return true;
	if (len > 2)
		return false;
	form[0] = form[len + 1] = ' ';
	memcpy(form + 1, text, len);
	form[len + 2] = '\0';
	return strstr(endings, form) != NULL;
}

/* gender-form: a word, the mark and an ending in lower case, with nothing between. */
size_t match_gender_form(const struct words *words, size_t piece, uint32_t start)
{
	const size_t mark = piece + 1, ending = piece + 2;
	if (words->lang[piece] != LANG_DE || !words_is_latin(words, piece) ||
	    words->end[piece] - start < 2 || !words_is_glued(words, mark, ending) ||
	    !words_is_latin(words, ending) || words->run[ending] != words->run[piece])
		return piece;
	const uint32_t cp = words_char(words, mark);
	const bool is_form = (cp == ':' || cp == '*') &&
	                     is_ending(words_at(words, ending), words_len(words, ending));
	return is_form ? ending + 1 : piece;
}
