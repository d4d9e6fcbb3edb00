#include "text/easy_words.h"

#include "unicode/ucd.h"

static uint8_t code_of(uint32_t cp)
{
	const struct ucd_row *const row = ucd_get(cp);
	if (cp == EASY_ARABIC_COMMA)
		return WORDS_COMMA_TWO;
	if (cp == EASY_ARABIC_QUESTION || cp == EASY_URDU_STOP)
		return WORDS_STOP_TWO;
	if (row->atom_flags & ATOM_CONTROL)
		return WORDS_NONE;
	if (row->atom == UCD_ATOM_MARK)
		return WORDS_MARK;
	const bool is_letter = row->atom == UCD_ATOM_LETTER && row->atom_flags & ATOM_LETTER;
	return is_letter && row->atom_script == UCD_SCRIPT_ARAB ? WORDS_LETTER : WORDS_NONE;
}

void easy_words_sieve_make(struct easy_words_sieve *sieve)
{
	const struct {
		uint8_t byte, code;
	} rows[] = {
		{' ', WORDS_SPACE}, {'\n', WORDS_END}, {',', WORDS_COMMA},   {'.', WORDS_STOP},
		{'?', WORDS_STOP},  {'!', WORDS_STOP}, {'\'', WORDS_INNER}, {'-', WORDS_INNER},
	};
	*sieve = (struct easy_words_sieve){.is_made = true};
	for (uint32_t i = 0; i < 256; i++) {
		sieve->arabic[i] = code_of(0x600 + i);
		if (sieve->arabic[i] == WORDS_LETTER)
			easy_put_in(sieve->letters, i);
		if (sieve->arabic[i] == WORDS_MARK)
			easy_put_in(sieve->marks, i);
	}
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		sieve->ascii[rows[i].byte] = rows[i].code;
	for (unsigned i = 0; i < 26; i++)
		sieve->ascii['A' + i] = sieve->ascii['a' + i] = WORDS_LATIN;
}
