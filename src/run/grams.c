#include "run/grams.h"

#include <assert.h>
#include <string.h>

#include "unicode/ucd.h"
#include "unicode/utf8.h"

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
	word->letters[word->n++] = cp;
	return c.len;
}

void grams_read(const char *text, size_t len, struct grams_word *word)
{
	const unsigned char *const s = (const unsigned char *)text;
	word->n = word->harakat = 0;
	word->is_upper = true;
	for (size_t off = 0; off < len && word->n < GRAMS_LETTERS;) {
		/* All of U+0600 to U+06FF, well-formed if the second byte is a trail byte. */
		const bool is_two = s[off] >= 0xD8 && s[off] <= 0xDB && off + 1 < len &&
		                    (s[off + 1] & 0xC0) == 0x80;
		const uint32_t cp = is_two ? (s[off] & 0x1Fu) << 6 | (s[off + 1] & 0x3Fu) : s[off];
		if (is_plain(cp)) {
			word->is_upper = false;
			word->letters[word->n++] = cp;
		} else if (is_haraka(cp)) {
			word->is_upper = false;
			word->harakat++;
		} else {
			off += read_char(text + off, len - off, word);
			continue;
		}
		off += is_two ? 2 : 1;
	}
}

bool grams_is_arabic(const struct grams_word *word)
{
	for (size_t i = 0; i < word->n; i++)
		if (!is_arabic_letter(word->letters[i]))
			return false;
	return true;
}

/* ---- Rows ---- */

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

void grams_symbols(const struct grams_word *word, struct grams_symbols *out)
{
	memset(out->symbols, 0, sizeof out->symbols);
	for (size_t i = 0; i < word->n; i++)
		out->symbols[i + 1] = symbol_of(word->letters[i]);
	grams_set_borders(out, word->n);
}

size_t grams_rows(struct grams_layout layout, const struct grams_symbols *word, uint32_t rows[GRAMS_MAX])
{
	rows[0] = rows[1] = grams_word_row(layout, word);
	size_t n = 2;
	/* The last pair is a letter and the end of the word, and begins nothing longer. Two borders alone say nothing. */
	for (size_t i = 0; i + 1 < word->n && word->n > 2; i++) {
		const struct grams_here here = grams_here(layout, bytes_u32(word->symbols + i));
		rows[n++] = here.two;
		if (i + 2 < word->n)
			rows[n++] = here.three;
		if (i + 3 < word->n)
			rows[n++] = here.four;
	}
	return n;
}
