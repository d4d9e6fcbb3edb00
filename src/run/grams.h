/*
 * What a word is to the model: its letters in one spelling, and the rows of the table that stand
 * for the whole word and for each stretch of one to four letters in it. The trainer
 * (tools/lid_train.c) and the run stage share this file, so that what was learnt is what is looked
 * up. Linear in the word.
 */
#ifndef LAFZ_RUN_GRAMS_H
#define LAFZ_RUN_GRAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GRAMS_LETTERS 24 /* letters of a word that count; what follows them says nothing more */
#define GRAMS_LONGEST 4  /* letters of a stretch; the borders of the word count as letters */
/* The whole word twice, one row for each letter, and the stretches of two to four. */
#define GRAMS_MAX (2 + GRAMS_LONGEST * (GRAMS_LETTERS + 2))

struct grams_word {
	/* Without marks, tatweel and controls; composed; in lower case. */
	uint32_t letters[GRAMS_LETTERS];
	size_t n;
	size_t harakat;
	bool is_upper; /* capitals of A to Z alone */
};

/* Reads len bytes of UTF-8, ill-formed ones left out. */
void grams_read(const char *text, size_t len, struct grams_word *word);

/* No letter that Arabic lacks. */
bool grams_is_arabic(const struct grams_word *word);

/* The borders of a word; no letter has these numbers. */
enum { GRAMS_START = 1, GRAMS_END = 2 };

/* A word and its borders as one byte each, and zeros behind them. */
struct grams_symbols {
	size_t n;
	/* Reads of 8 bytes from any symbol on stay inside. */
	uint8_t symbols[(GRAMS_LETTERS + 2 + 7 + 7) / 8 * 8];
};

/* Around n letters, which are there, with zeros behind them. */
static inline void grams_set_borders(struct grams_symbols *word, size_t n)
{
	word->n = n + 2;
	word->symbols[0] = GRAMS_START;
	word->symbols[n + 1] = GRAMS_END;
}

void grams_symbols(const struct grams_word *word, struct grams_symbols *out);

/* 0 to n_rows - 1, by the high half of the hash. */
static inline uint32_t grams_row_of(uint64_t hash, uint32_t n_rows)
{
	return (uint32_t)(((hash >> 32) * n_rows) >> 32);
}

/* The row of a stretch of len symbols, 1 to 4, with which these 8 bytes begin. */
static inline uint32_t grams_row(uint64_t symbols, size_t len, uint32_t n_rows)
{
	const uint64_t mask = UINT64_MAX >> (64 - 8 * len);
	return grams_row_of((symbols & mask) * 0x9E3779B97F4A7C15u, n_rows);
}

/* The row of the whole word, which counts twice. */
uint32_t grams_word_row(const struct grams_symbols *word, uint32_t n_rows);

/* Numbers of rows in a table of n_rows; returns how many. Some may be the same. */
size_t grams_rows(const struct grams_word *word, uint32_t n_rows, uint32_t rows[GRAMS_MAX]);

#endif
