#include "run/reader.h"

#include <assert.h>
#include <string.h>

#include "unicode/ucd.h"
#include "unicode/utf8.h"

#include "gen/letters.h"

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
static uint32_t letter_of(const char *text, size_t len)
{
	struct grams_word word;
	struct grams_symbols symbols;
	if (ucd_get(utf8_decode(text, len).cp)->gc == UCD_GC_CF)
		return READER_NO_CAPITAL;
	grams_read(text, len, &word);
	if (word.n + word.harakat != 1)
		return READER_OTHER;
	if (word.n == 0)
		return READER_HARAKA | READER_NO_CAPITAL;
	grams_symbols(&word, &symbols);
	return (uint32_t)symbols.symbols[1] << READER_SYMBOL_AT | READER_LETTER | (word.is_upper ? 0 : READER_NO_CAPITAL) |
	       (grams_is_arabic(&word) ? 0 : READER_NOT_ARABIC) | row_of(word.letters[0]);
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

/* Of two bytes, the trail byte being the lowest six bits. */
static uint32_t letter_of_pair(unsigned lead, unsigned trail)
{
	const char pair[2] = {(char)(unsigned char)lead, (char)(unsigned char)(0x80 | (trail & 0x3F))};
	return letter_of(pair, sizeof pair);
}

void reader_prepare(struct reader *reader)
{
	for (unsigned i = 0; i < 256; i++)
		reader->letters[RUN_ARAB][i] = letter_of_pair(0xD8 | i >> 6, i);
	for (unsigned i = 0; i < READER_LETTERS; i++) {
		const char byte = (char)(unsigned char)i;
		reader->letters[RUN_LATN][i] = i < 0x80 ? letter_of(&byte, 1) : letter_of_pair(READER_LEAD + (i - 0x80) / 64, i);
	}
	for (size_t s = 0; s < RUN_SCRIPTS; s++)
		reader->letters[s][READER_UNKNOWN] = READER_OTHER;
	for (size_t i = 0; i < N_HEADS; i++)
		prepare_head(reader, i);
}

/* ---- Reading ---- */

bool reader_is_head(const struct reader *reader, const struct grams_symbols *word)
{
	uint32_t heads = reader_heads(reader, word);
	for (; heads; heads &= heads - 1) {
		const size_t i = (size_t)__builtin_ctz(heads);
		if (memcmp(reader->heads[i], word->symbols, sizeof reader->heads[i]) == 0)
			return true;
	}
	return false;
}

/* The number of the letter that begins at *at, which moves to its last byte. */
static size_t number_at(size_t script, const uint8_t *bytes, size_t n, size_t *at)
{
	const size_t i = *at;
	if (script == RUN_ARAB || bytes[i] < 0x80)
		return bytes[i];
	if (bytes[i] < READER_LEAD || bytes[i] >= READER_LEAD + READER_LEADS || i + 1 == n || (bytes[i + 1] & 0xC0) != 0x80)
		return READER_UNKNOWN;
	*at = i + 1;
	return (bytes[i] - READER_LEAD) * 64 + bytes[i + 1];
}

bool reader_read_quick(const struct reader *reader, size_t script, const uint8_t *bytes, size_t n, struct reading *out)
{
	size_t n_kept = 0, harakat = 0;
	uint32_t all = 0, rows = 0;
	memset(out->word.symbols, 0, sizeof out->word.symbols);
	for (size_t i = 0; i < n; i++) {
		const uint32_t letter = reader->letters[script][number_at(script, bytes, n, &i)];
		out->word.symbols[1 + n_kept] = (uint8_t)(letter >> READER_SYMBOL_AT);
		n_kept += (letter & READER_LETTER) != 0;
		harakat += (letter & READER_HARAKA) != 0;
		rows |= 1u << (letter & READER_ROW);
		all |= letter;
	}
	if (all & READER_OTHER)
		return false;
	grams_set_borders(&out->word, n_kept);
	out->rows = rows;
	out->harakat = harakat;
	out->is_upper = !(all & READER_NO_CAPITAL);
	out->is_arabic = !(all & READER_NOT_ARABIC);
	out->is_head = script == RUN_ARAB && reader_is_head(reader, &out->word);
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
	out->is_head = are_known && reader_is_head(reader, &out->word);
	out->harakat = word.harakat;
	out->is_upper = word.is_upper;
	out->is_arabic = grams_is_arabic(&word);
}
