/*
 * Lines of Arabic script that the look at all bytes (text/easy_avx512.c) takes for hard, and that are easy after all: with invisible controls
 * that norm leaves out, heh with a hamza above it, quotes, colons and semicolons, numbers between words, rows of one mark at the end, marks
 * where a line begins, and more sentences that surely end inside. What is left out or becomes something else is noted as changes of the copy.
 */
#ifndef LAFZ_TEXT_EASY_MEND_H
#define LAFZ_TEXT_EASY_MEND_H

#include <stdbool.h>
#include <stdint.h>

#include "text/easy.h"

/* Whether a bad byte may stand where it stands; if so it is bad no more. It is in a line that ends with an LF. */
bool easy_mend_at(struct easy *easy, const char *text, uint32_t at, uint32_t len);

#endif
