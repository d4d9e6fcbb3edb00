/*
 * The words behind the rules of sentences, by language. From knowledge of the languages, not from
 * texts. A word counts in lower case or with a capital first letter.
 */
#ifndef LAFZ_SENTENCE_CUES_H
#define LAFZ_SENTENCE_CUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Whether a word is an article, pronoun, conjunction or the like: with a capital it begins a
 * sentence more often than a name.
 */
bool cues_is_starter(uint16_t lang, const char *text, size_t len);

/* Whether it is a title that stands before names in texts of any language; without a full stop. */
bool cues_is_title(const char *text, size_t len);

/* Whether it is short for something that has a number behind it (art. 5); without a full stop. */
bool cues_takes_number(const char *text, size_t len);

/* Whether it is the form of a company (Inc), with a full stop or without. */
bool cues_is_company(const char *text, size_t len);

/* Whether it is short for "see" in Persian, without a full stop; something follows to look at. */
bool cues_is_reference(uint16_t lang, const char *text, size_t len);

/* Whether it opens a postscript or a note: P.S., PS, N.B., NB. */
bool cues_is_postscript(const char *text, size_t len);

/* Whether an abbreviation, its full stop included, ends a list: "etc.". */
bool cues_ends_list(const char *text, size_t len);

/* Whether the language puts a full stop behind digits for an ordinal (German 3. Oktober). */
bool cues_has_ordinals(uint16_t lang);

/* Whether an Uyghur word is a finite verb, told by its ending. */
bool cues_is_finite(const char *text, size_t len);

/* Whether the last two letters may be those of such a verb; the others of the word need not be there. Most words have others. */
bool cues_may_be_finite(const char *text, size_t len);

/* Whether a Turkish word is a number. */
bool cues_is_numeral(const char *text, size_t len);

/* Whether a word tells in Uyghur or Turkish that the speech before it was said. */
bool cues_is_saying(uint16_t lang, const char *text, size_t len);

/* Whether a word of Arabic or Uyghur is "or". */
bool cues_is_or(uint16_t lang, const char *text, size_t len);

/* Whether an Uyghur word is a vowel alone, with the hamza that carries it (U+0626), and no pronoun. */
bool cues_is_vowel(const char *text, size_t len);

/* Whether an Urdu sentence ends with this auxiliary verb. */
bool cues_is_auxiliary(const char *text, size_t len);

/*
 * Bytes of what an English letter ends with (Regards, Thank you,) and the comma behind it, if a text begins with that; 0 if not.
 * *is_thanks: whom they are for may follow as well.
 */
size_t cues_sign_off(const char *text, size_t len, bool *is_thanks);

/* False: no text that begins with these three bytes begins so. */
bool cues_may_sign_off(const char *text);

/* Whether a word is the name of the letter alef, with which lists in Persian, Urdu and Pashto begin to count. */
bool cues_is_label(const char *text, size_t len);

#endif
