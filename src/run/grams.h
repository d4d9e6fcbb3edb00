/*
 * What a word is to the model: its letters in one spelling, and the rows of the table that stand
 * for the whole word and for each stretch of two to four letters in it. The trainer
 * (tools/lid_train.c) and the run stage share this file, so that what was learnt is what is looked
 * up. Linear in the word.
 */
#ifndef LAFZ_RUN_GRAMS_H
#define LAFZ_RUN_GRAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

#define GRAMS_LETTERS 24 /* letters of a word that count; what follows them says nothing more */
#define GRAMS_LONGEST 4  /* letters of a stretch; the borders of the word count as letters */
/* The whole word twice, and the stretches of two to four. */
#define GRAMS_MAX (2 + (GRAMS_LONGEST - 1) * (GRAMS_LETTERS + 1))

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
	/* Reads of 8 bytes from any symbol on stay inside, and all that is read of 32. */
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

/*
 * Where the rows of a table lie. What a word costs is waiting for the memory, so rows that are looked up together lie together: first
 * those of pairs, few enough to stay in the caches nearby, then lines of 64 bytes. Three symbols lead to a line, and both their row and
 * those of all fours that begin with them are in it, which of them by the rest of their hashes. A whole word has a row in any line.
 */
#define GRAMS_PAIRS 4096u
#define GRAMS_LINE 64u           /* bytes */
#define GRAMS_MOST_LINES 0xFFFFu /* 16 bits of a hash choose one */

/* Odd numbers, of the fractional part of the golden ratio but for that of fours. */
#define GRAMS_PAIR_FACTOR 0x9E37u
#define GRAMS_THREE_FACTOR 0x9E3779B1u
#define GRAMS_FOUR_FACTOR 0x85EBCA6Bu

struct grams_layout {
	uint32_t n_lines;
	uint32_t line_bits; /* rows of a line, as a power of two: 3 or 4 */
};

/* Of so many rows with 8 or 16 columns of 4 bits each. */
static inline struct grams_layout grams_layout_of(uint32_t n_rows, size_t n_columns)
{
	const uint32_t line_bits = n_columns == 8 ? 4 : 3;
	return (struct grams_layout){n_rows > GRAMS_PAIRS ? (n_rows - GRAMS_PAIRS) >> line_bits : 0, line_bits};
}

static inline bool grams_layout_is_sound(struct grams_layout layout, uint32_t n_rows)
{
	return layout.n_lines > 0 && layout.n_lines <= GRAMS_MOST_LINES &&
	       n_rows == GRAMS_PAIRS + (layout.n_lines << layout.line_bits);
}

/* Rows of the two, three and four symbols with which these four begin, zeros behind the word. */
struct grams_here {
	uint32_t two, three, four;
};

/* The line by the upper half of a number of 32 bits, its row by the upper bits of the lower half. */
static inline uint32_t grams_row_in(uint32_t line, uint32_t hash, uint32_t line_bits)
{
	return GRAMS_PAIRS + ((line << 16 | (hash & 0xFFFF)) >> (16 - line_bits));
}

static inline uint32_t grams_pair_row(uint32_t symbols)
{
	return (symbols * GRAMS_PAIR_FACTOR & 0xFFFF) / (0x10000 / GRAMS_PAIRS);
}

static inline struct grams_here grams_here(struct grams_layout layout, uint32_t symbols)
{
	const uint32_t three = (symbols & 0xFFFFFF) * GRAMS_THREE_FACTOR, four = symbols * GRAMS_FOUR_FACTOR;
	const uint32_t line = (three >> 16) * layout.n_lines >> 16;
	return (struct grams_here){
		.two = grams_pair_row(symbols),
		.three = grams_row_in(line, three, layout.line_bits),
		.four = grams_row_in(line, four >> 16, layout.line_bits),
	};
}

/* The row of the whole word, which counts twice: it says more than a weight can. */
static inline uint32_t grams_word_row(struct grams_layout layout, const struct grams_symbols *word)
{
	/* a product for each eight symbols, so that none waits for another */
	const uint64_t sum = bytes_u64(word->symbols) * 0x9E3779B97F4A7C15u + bytes_u64(word->symbols + 8) * 0xBF58476D1CE4E5B9u +
	                     bytes_u64(word->symbols + 16) * 0x94D049BB133111EBu + bytes_u64(word->symbols + 24) * 0xD6E8FEB86659FD93u;
	const uint64_t hash = (sum ^ sum >> 32) * 0x9E3779B97F4A7C15u;
	return GRAMS_PAIRS + (uint32_t)((hash >> 32) * (layout.n_lines << layout.line_bits) >> 32);
}

/* Numbers of rows; returns how many. Some may be the same. */
size_t grams_rows(struct grams_layout layout, const struct grams_symbols *word, uint32_t rows[GRAMS_MAX]);

#endif
