/*
 * Marks inside a line of which it is told without the rules of sentences whether one ends there, by what is right beside them alone:
 * the word before the mark, quotes and brackets that close behind it, and the word behind the space, with a quote that opens it.
 */
#ifndef LAFZ_TEXT_SURE_H
#define LAFZ_TEXT_SURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/ends.h"

enum text_sure { TEXT_SURE_UNKNOWN, TEXT_SURE_ENDS, TEXT_SURE_GOES_ON };

/* Of a mark that is asked about. *next: what the next sentence begins with, if one does, unless a bracket is open. */
enum text_sure text_sure_of_mark(const struct text_ends *ends, const struct text_lines_request *request, size_t mark,
                                 size_t *next);

/*
 * Whether a full stop behind a word of Latin letters, in no list of abbreviations, ends the sentence before a letter of ASCII behind a
 * space, one in lower case or one that a quote opens. False if that is not known.
 */
bool text_sure_ends_behind(uint16_t lang, const char *word, size_t len, bool is_lower, bool is_quote);

/* abbreviation: of a word that the full stop behind it belongs to. */
enum text_sure text_sure_of_word(const struct text_ends *ends, const struct text_lines_request *request, size_t word);

/* Whether a sentence that begins with an atom may end at a comma: what English letters end with (sentence/softly.c: sign-off). */
bool text_may_sign_off(const struct text_lines_request *request, size_t atom);

#endif
