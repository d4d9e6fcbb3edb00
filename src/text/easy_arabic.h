/*
 * Easy lines of Arabic script (text/easy.h): what is asked of where a look at bytes alone does not say it. Letters that become others, ZWNJ
 * that is left out, commas and marks behind which a sentence ends are changes of the copy, where lines may change; what is not known is bad.
 */
#ifndef LAFZ_TEXT_EASY_ARABIC_H
#define LAFZ_TEXT_EASY_ARABIC_H

#include "text/easy.h"

/* Looks at all places that were found in a text of such a script, and leaves those of marks that change places with the ones before them. */
void easy_look_at_places(struct easy *easy, const char *text, uint32_t len, size_t n);

/* initial, title, list-number: whether a full stop behind a word may belong to it. */
bool easy_may_own_stop(const struct easy *easy, const char *word, uint32_t len);

/* letter-names: whether a word is the name of a letter, or may be, whose full stop may belong to it beside another one with a full stop. */
bool easy_is_name_of_letter(const struct easy *easy, const char *word, uint32_t len);

#endif
