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
	bool is_arabic; /* no letter that Arabic lacks */
	bool is_upper;  /* capitals of A to Z alone */
};

/* Reads len bytes of UTF-8, ill-formed ones left out. */
void grams_read(const char *text, size_t len, struct grams_word *word);

/* Numbers of rows in a table of n_rows; returns how many. Some may be the same. */
size_t grams_rows(const struct grams_word *word, uint32_t n_rows, uint32_t rows[GRAMS_MAX]);

#endif
