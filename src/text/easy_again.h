/*
 * Lines that the look at all bytes (text/easy_wide.h) takes for hard, and that are easy after all. In Latin script: sentences may end
 * inside them where rules are sure of it by what is beside the mark, and there may be dots, or two marks; where lines hold more, they
 * may hold colons, prefixes with a hyphen and dashes between spaces, too, in other languages signs (text/easy_signs.h), U+2026, spaces
 * behind spaces and full stops of abbreviations. Of Arabic script text/easy_mend.h says what becomes easy. Few lines are looked at again,
 * so that all others pay nothing for these.
 */
#ifndef LAFZ_TEXT_EASY_AGAIN_H
#define LAFZ_TEXT_EASY_AGAIN_H

#include <stdint.h>

#include "text/easy.h"
#include "text/sure.h"

/*
 * The rules of text/sure.c, and some more, for what easy lines hold: of a mark, and the space behind it and behind quotes that close. A
 * sentence begins with a letter, or a quote and a letter, for sure.
 */
enum text_sure easy_sure_of_mark(const struct easy *easy, const char *text, uint32_t mark, uint32_t space, uint32_t len);

/* The byte behind quotes that close. */
uint32_t easy_skip_closers(const char *text, uint32_t at, uint32_t len);

/* Takes what may stand where it stands out of the bad bytes of a text, and writes the places of spaces between two sentences. */
void easy_look_again(struct easy *easy, const char *text, uint32_t len);

#endif
