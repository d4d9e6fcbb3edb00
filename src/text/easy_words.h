/*
 * Words of lines whose language is not known yet: what letters are in any of them, and what marks say nothing of what is beside them. Pieces
 * (entity stage) do not depend on languages, so these words are the ones that languages are told by, whatever norm and the rules of words
 * make of them.
 */
#ifndef LAFZ_TEXT_EASY_WORDS_H
#define LAFZ_TEXT_EASY_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "text/easy.h"

enum easy_words_code {
	WORDS_NONE,
	/* of two bytes */
	WORDS_LETTER, /* of Arabic script */
	WORDS_MARK,   /* on one */
	WORDS_COMMA_TWO,
	WORDS_STOP_TWO,
	WORDS_LATIN_TWO,
	/* of three: ZWNJ and U+2019; its last byte */
	WORDS_THREE,
	WORDS_THREE_LAST,
	/* of ASCII */
	WORDS_LATIN,
	WORDS_INNER, /* hyphen, apostrophe */
	WORDS_SPACE,
	WORDS_END, /* LF */
	WORDS_COMMA,
	WORDS_STOP,
	WORDS_CODES = 16
};

struct easy_words_sieve {
	uint8_t arabic[256]; /* of U+0600 to U+06FF */
	uint8_t ascii[128];
	uint8_t letters[2][16], marks[2][16]; /* the same of Arabic script as sets, as in struct easy_sieve */
	bool is_made;
};

void easy_words_sieve_make(struct easy_words_sieve *sieve);

easy_words_function easy_words_avx2, easy_words_avx512;

#endif
