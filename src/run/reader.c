#include "run/reader.h"

#include <assert.h>
#include <string.h>

#include "unicode/ucd.h"
#include "unicode/utf8.h"

#include "gen/letters.h"

/*
 * What is known of a letter: rows of letters.tsv in the lower half, bits, and its symbol at the top. Only what is kept
 * counts as a letter.
 */
#define IS_LETTER_AT 32
#define IS_HARAKA_AT 33
#define IS_LETTER ((uint64_t)1 << IS_LETTER_AT)
#define IS_HARAKA ((uint64_t)1 << IS_HARAKA_AT)
#define IS_NO_CAPITAL ((uint64_t)1 << 34)
#define IS_NOT_ARABIC ((uint64_t)1 << 35)
#define IS_OTHER ((uint64_t)1 << 36) /* grams_read has to be asked */
#define SYMBOL_AT 56

#define N_HEADS (sizeof letters_heads / sizeof *letters_heads)
#define HEAD_LETTERS (sizeof letters_heads[0] / sizeof letters_heads[0][0])

static_assert(N_HEADS <= READER_HEADS, "a bit for each noun");
static_assert(HEAD_LETTERS + 2 <= sizeof((struct reader *)0)->heads[0], "a noun and its borders");
static_assert(READER_QUICK <= GRAMS_LETTERS, "all letters count");

/* ---- Making ready ---- */

static uint32_t row_of(uint32_t cp)
{
	return cp >= LETTERS_FIRST && cp < LETTERS_LIMIT ? letters_row[cp - LETTERS_FIRST] : 0;
}

/*
 * A character alone is what it is anywhere, unless it is a mark that may be composed. A control counts nothing, so the number
 * of one, U+0600, can stand for another, U+200C (memo_key_joined).
 */
static uint64_t letter_of(const char *text, size_t len)
{
	struct grams_word word;
	struct grams_symbols symbols;
	if (ucd_get(utf8_decode(text, len).cp)->gc == UCD_GC_CF)
		return IS_NO_CAPITAL;
	grams_read(text, len, &word);
	if (word.n + word.harakat != 1)
		return IS_OTHER;
	if (word.n == 0)
		return IS_HARAKA | IS_NO_CAPITAL;
	grams_symbols(&word, &symbols);
	return (uint64_t)symbols.symbols[1] << SYMBOL_AT | IS_LETTER | (word.is_upper ? 0 : IS_NO_CAPITAL) |
	       (grams_is_arabic(&word) ? 0 : IS_NOT_ARABIC) | (uint64_t)1 << row_of(word.letters[0]);
}

static void prepare_head(struct reader *reader, size_t i)
{
	struct grams_word word = {0};
	struct grams_symbols symbols;
	while (word.n < HEAD_LETTERS && letters_heads[i][word.n] != 0) {
		word.letters[word.n] = letters_heads[i][word.n];
		word.n++;
	}
	grams_symbols(&word, &symbols);
	memcpy(reader->heads[i], symbols.symbols, sizeof reader->heads[i]);
	for (size_t k = 0; k < 2; k++)
		reader->heads_with[k][symbols.symbols[1 + k]] |= 1u << i;
}

void reader_prepare(struct reader *reader)
{
	for (unsigned i = 0; i < 256; i++) {
		const char byte = (char)(unsigned char)i;
		const char pair[2] = {(char)(unsigned char)(0xD8 | i >> 6), (char)(unsigned char)(0x80 | (i & 0x3F))};
		reader->letters[RUN_LATN][i] = i < 0x80 ? letter_of(&byte, 1) : IS_OTHER;
		reader->letters[RUN_ARAB][i] = letter_of(pair, sizeof pair);
	}
	for (size_t i = 0; i < N_HEADS; i++)
		prepare_head(reader, i);
}

/* ---- Reading ---- */

/* Of letters of U+0600 to U+06FF, no two of which have one symbol. */
static bool is_head(const struct reader *reader, const struct grams_symbols *word)
{
	uint32_t heads = reader->heads_with[0][word->symbols[1]] & reader->heads_with[1][word->symbols[2]];
	for (; heads; heads &= heads - 1) {
		const size_t i = (size_t)__builtin_ctz(heads);
		if (memcmp(reader->heads[i], word->symbols, sizeof reader->heads[i]) == 0)
			return true;
	}
	return false;
}

bool reader_read_quick(const struct reader *reader, size_t script, const uint8_t *letters, size_t n, struct reading *out)
{
	const uint64_t *const table = reader->letters[script];
	size_t n_kept = 0, harakat = 0;
	uint64_t all = 0;
	memset(out->word.symbols, 0, sizeof out->word.symbols);
	for (size_t i = 0; i < n; i++) {
		const uint64_t letter = table[letters[i]];
		out->word.symbols[1 + n_kept] = (uint8_t)(letter >> SYMBOL_AT);
		n_kept += letter >> IS_LETTER_AT & 1;
		harakat += letter >> IS_HARAKA_AT & 1;
		all |= letter;
	}
	if (all & IS_OTHER)
		return false;
	grams_set_borders(&out->word, n_kept);
	out->rows = (uint32_t)all;
	out->harakat = harakat;
	out->is_upper = !(all & IS_NO_CAPITAL);
	out->is_arabic = !(all & IS_NOT_ARABIC);
	out->is_head = script == RUN_ARAB && is_head(reader, &out->word);
	return true;
}

void reader_read(const struct reader *reader, size_t script, const char *text, size_t len, struct reading *out)
{
	struct grams_word word;
	bool are_known = script == RUN_ARAB;
	grams_read(text, len, &word);
	grams_symbols(&word, &out->word);
	out->rows = 0;
	for (size_t i = 0; i < word.n; i++) {
		out->rows |= 1u << row_of(word.letters[i]);
		are_known = are_known && word.letters[i] >> 8 == 0x06;
	}
	out->is_head = are_known && is_head(reader, &out->word);
	out->harakat = word.harakat;
	out->is_upper = word.is_upper;
	out->is_arabic = grams_is_arabic(&word);
}
