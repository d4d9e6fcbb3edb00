#include "run/grams.h"

#include <assert.h>
#include <string.h>

#include "base/bytes.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"

/* The borders of a word; no letter has these numbers. */
enum { BORDER_START = 1, BORDER_END = 2 };

static bool is_haraka(uint32_t cp)
{
	return (cp >= 0x064B && cp <= 0x0652) || cp == 0x0670;
}

/* Letters of Arabic proper: hamza to ghain, feh to yeh, alef wasla. */
static bool is_arabic_letter(uint32_t cp)
{
	return (cp >= 0x0621 && cp <= 0x063A) || (cp >= 0x0641 && cp <= 0x064A) || cp == 0x0671;
}

/* ---- One spelling ---- */

struct composition {
	uint16_t letter, mark, composed;
};

/*
 * The letters that Unicode composes of a letter and a mark, so that decomposed text is read alike:
 * all of Arabic script, and those Latin ones that the languages of the table write.
 */
static const struct composition compositions[] = {
	{0x0627, 0x0653, 0x0622}, {0x0627, 0x0654, 0x0623}, {0x0627, 0x0655, 0x0625},
	{0x0648, 0x0654, 0x0624}, {0x064A, 0x0654, 0x0626}, {0x06C1, 0x0654, 0x06C2},
	{0x06D2, 0x0654, 0x06D3}, {0x06D5, 0x0654, 0x06C0}, {'a', 0x0300, 0x00E0},
	{'a', 0x0301, 0x00E1},    {'a', 0x0302, 0x00E2},    {'a', 0x0303, 0x00E3},
	{'a', 0x0308, 0x00E4},    {'a', 0x030A, 0x00E5},    {'c', 0x0327, 0x00E7},
	{'e', 0x0300, 0x00E8},    {'e', 0x0301, 0x00E9},    {'e', 0x0302, 0x00EA},
	{'e', 0x0308, 0x00EB},    {'g', 0x0306, 0x011F},    {'i', 0x0300, 0x00EC},
	{'i', 0x0301, 0x00ED},    {'i', 0x0302, 0x00EE},    {'i', 0x0308, 0x00EF},
	{'n', 0x0303, 0x00F1},    {'o', 0x0300, 0x00F2},    {'o', 0x0301, 0x00F3},
	{'o', 0x0302, 0x00F4},    {'o', 0x0303, 0x00F5},    {'o', 0x0308, 0x00F6},
	{'s', 0x0327, 0x015F},    {'u', 0x0300, 0x00F9},    {'u', 0x0301, 0x00FA},
	{'u', 0x0302, 0x00FB},    {'u', 0x0308, 0x00FC},
};

/* 0: none. */
static uint32_t compose(uint32_t letter, uint32_t mark)
{
	for (size_t i = 0; i < sizeof compositions / sizeof *compositions; i++) {
		if (compositions[i].letter == letter && compositions[i].mark == mark)
			return compositions[i].composed;
	}
	return 0;
}

/*
 * Lower case for Latin up to U+017E and the schwa; U+0130, dotted I, becomes i. All apostrophes are
 * one.
 */
static uint32_t lower(uint32_t cp)
{
	if (cp < 0x80)
		return cp >= 'A' && cp <= 'Z' ? cp + 0x20 : cp;
	if (cp >= 0x00C0 && cp <= 0x00DE && cp != 0x00D7)
		return cp + 0x20;
	if (cp == 0x0130)
		return 'i';
	if (cp == 0x0131)
		return cp;
	if ((cp >= 0x0100 && cp <= 0x0137) || (cp >= 0x014A && cp <= 0x0177))
		return cp | 1;
	if ((cp >= 0x0139 && cp <= 0x0148) || (cp >= 0x0179 && cp <= 0x017E))
		return cp + (cp & 1);
	if (cp == 0x018F)
		return 0x0259;
	if (cp == 0x2018 || cp == 0x2019 || cp == 0x02BB || cp == 0x02BC || cp == '`')
		return '\'';
	return cp;
}

/* Letters that stay what they are: a to z, and stretches of Arabic script without marks. */
static bool is_plain(uint32_t cp)
{
	return (cp >= 'a' && cp <= 'z') || (cp >= 0x0620 && cp < 0x064B && cp != 0x0640) ||
	       (cp >= 0x0671 && cp < 0x06D4);
}

/* One character that is no plain letter: a mark, a control, a capital, what has to be decoded. */
static size_t read_char(const char *text, size_t len, struct grams_word *word)
{
	const struct utf8 c = utf8_decode(text, len);
	if (c.status != UTF8_CHAR)
		return c.len;
	word->is_upper = word->is_upper && c.cp >= 'A' && c.cp <= 'Z';
	const uint8_t gc = ucd_get(c.cp)->gc;
	word->harakat += is_haraka(c.cp);
	if (gc == UCD_GC_MN && word->n > 0) {
		const uint32_t composed = compose(word->letters[word->n - 1], c.cp);
		if (composed)
			word->letters[word->n - 1] = composed;
	}
	if (gc == UCD_GC_MN || gc == UCD_GC_CF || c.cp == 0x0640)
		return c.len;
	const uint32_t cp = lower(c.cp);
	word->is_arabic = word->is_arabic && is_arabic_letter(cp);
	word->letters[word->n++] = cp;
	return c.len;
}

void grams_read(const char *text, size_t len, struct grams_word *word)
{
	const unsigned char *const s = (const unsigned char *)text;
	word->n = word->harakat = 0;
	word->is_arabic = word->is_upper = true;
	for (size_t off = 0; off < len && word->n < GRAMS_LETTERS;) {
		if (s[off] >= 'a' && s[off] <= 'z') {
			word->is_arabic = word->is_upper = false;
			word->letters[word->n++] = s[off++];
			continue;
		}
		/* All of U+0600 to U+06FF, well-formed if the second byte is a trail byte. */
		if (s[off] >= 0xD8 && s[off] <= 0xDB && off + 1 < len && (s[off + 1] & 0xC0) == 0x80) {
			const uint32_t cp = (s[off] & 0x1Fu) << 6 | (s[off + 1] & 0x3Fu);
			if (is_haraka(cp)) {
				word->is_upper = false;
				word->harakat++;
				off += 2;
				continue;
			}
			if (is_plain(cp)) {
				word->is_upper = false;
				word->is_arabic = word->is_arabic && is_arabic_letter(cp);
				word->letters[word->n++] = cp;
				off += 2;
				continue;
			}
		}
		off += read_char(text + off, len - off, word);
	}
}

/* ---- Rows ---- */

/* Symbols of a word and its borders, and zeros behind them: whole reads of 8 bytes stay inside. */
#define SYMBOLS 40
static_assert(GRAMS_LETTERS + 2 + 8 <= SYMBOLS, "room for reads behind the last symbol");

/*
 * A letter as one byte, so that four of them are one number. Different for all letters that the
 * languages of one script's table write; others may share.
 */
static uint8_t symbol_of(uint32_t cp)
{
	if (cp < 0x0100 || cp >> 8 == 0x06)
		return (uint8_t)cp;
	if (cp < 0x0180) /* every second one is in lower case */
		return (uint8_t)(0x80 | (cp & 0x7F) >> 1);
	return (uint8_t)(0xC0 | ((cp ^ cp >> 7) & 0x1F));
}

/* 0 to n_rows - 1, by the high half of the hash. */
static uint32_t row_of(uint64_t hash, uint32_t n_rows)
{
	return (uint32_t)(((hash >> 32) * n_rows) >> 32);
}

static uint64_t hash_word(const uint8_t *symbols, size_t n)
{
	uint64_t hash = 7;
	for (size_t off = 0; off < n; off += 8) {
		hash = (hash ^ bytes_u64(symbols + off)) * 0xBF58476D1CE4E5B9u;
		hash ^= hash >> 29;
	}
	return hash * 0x9E3779B97F4A7C15u;
}

/* The rows of n stretches of len symbols, each beginning one symbol further on. */
static size_t hash_stretches(const uint8_t *symbols, size_t n, size_t len, uint32_t n_rows,
                             uint32_t *rows)
{
	const uint64_t mask = UINT64_MAX >> (64 - 8 * len);
	for (size_t i = 0; i < n; i++)
		rows[i] = row_of((bytes_u64(symbols + i) & mask) * 0x9E3779B97F4A7C15u, n_rows);
	return n;
}

size_t grams_rows(const struct grams_word *word, uint32_t n_rows, uint32_t rows[GRAMS_MAX])
{
	uint8_t symbols[SYMBOLS] = {BORDER_START};
	const size_t n_all = word->n + 2;
	size_t n;
	for (size_t i = 0; i < word->n; i++)
		symbols[i + 1] = symbol_of(word->letters[i]);
	symbols[n_all - 1] = BORDER_END;
	/* Twice, for a word says more than a weight can. */
	rows[0] = rows[1] = row_of(hash_word(symbols, n_all), n_rows);
	if (word->n == 0)
		return 2;
	/* A border alone says nothing. */
	n = 2 + hash_stretches(symbols + 1, word->n, 1, n_rows, rows + 2);
	for (size_t len = 2; len <= GRAMS_LONGEST; len++)
		n += hash_stretches(symbols, n_all + 1 - len, len, n_rows, rows + n);
	return n;
}
