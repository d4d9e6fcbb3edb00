/*
 * Reads a word for the evidence: its letters as the table knows them (grams.h), and what else its letters say. Most words
 * are of letters that a table of 256 entries knows, which is made of what grams_read says of each of them; others are
 * read by grams_read itself. Linear in the word.
 */
#ifndef LAFZ_RUN_READER_H
#define LAFZ_RUN_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "run/grams.h"
#include "run/model.h"

#define READER_QUICK 15 /* letters, with harakat, or bytes of Latin script, of a word that is read by the table, at most */
#define READER_HEADS 32 /* nouns of heads.tsv, at most */

struct reading {
	struct grams_symbols word;
	uint32_t rows;  /* a bit for each row of letters.tsv of which the word has a letter; bit 0 says nothing */
	size_t harakat;
	bool is_upper;  /* capitals of A to Z alone */
	bool is_arabic; /* no letter that Arabic lacks */
	bool is_head;   /* a noun of heads.tsv */
};

/*
 * What is known of a letter: its row of letters.tsv in the lowest bits, what it is, and its symbol at the top. Only what is kept
 * counts as a letter.
 */
#define READER_ROW 0x1Fu
#define READER_LETTER 0x0100u
#define READER_HARAKA 0x0200u
#define READER_NO_CAPITAL 0x0400u
#define READER_NOT_ARABIC 0x0800u
#define READER_OTHER 0x1000u /* grams_read has to be asked */
#define READER_SYMBOL_AT 24

/*
 * The number of a letter: of U+0600 to U+06FF its lower eight bits; in Latin script of ASCII itself, and of U+00C0 to U+017F, C3 80 to
 * C5 BF, what the first byte times 64 and the second one are beyond C3 00. So those of two bytes follow on ASCII.
 */
#define READER_LETTERS 320
#define READER_UNKNOWN READER_LETTERS /* of what is none of these */
#define READER_LEAD 0xC3u
#define READER_LEADS 3

/* Zeroed, then made ready once. */
struct reader {
	uint32_t letters[RUN_SCRIPTS][READER_LETTERS + 1];
	/* A bit for each noun with that first, that second letter; and the nouns. */
	uint32_t heads_with[2][256];
	uint8_t heads[READER_HEADS][16];
};

void reader_prepare(struct reader *reader);

/*
 * Of n bytes, up to GRAMS_LETTERS, of Latin script, or lower eight bits of U+0600 to U+06FF; 0 may be U+200C. False: its letters are
 * not known.
 */
bool reader_read_quick(const struct reader *reader, size_t script, const uint8_t *bytes, size_t n, struct reading *out);

/* Those of the nouns of heads.tsv that begin with the first two letters of the word: a bit for each. */
static inline uint32_t reader_heads(const struct reader *reader, const struct grams_symbols *word)
{
	return reader->heads_with[0][word->symbols[1]] & reader->heads_with[1][word->symbols[2]];
}

/* Whether it is one, of letters of U+0600 to U+06FF, no two of which have one symbol. */
bool reader_is_head(const struct reader *reader, const struct grams_symbols *word);

/* Any word, as the trainer reads it. */
void reader_read(const struct reader *reader, size_t script, const char *text, size_t len, struct reading *out);

#endif
