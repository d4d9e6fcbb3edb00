/*
 * The scanner: the atoms of a table of texts, what holds of the atoms of any text, and that all
 * kernels this processor can run give the atoms of the plain one, wherever in memory the text lies
 * and whatever lies beside it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper.h"
#include "scan/scan.h"
#include "unicode/ucd.h"

static const char *const classes[UCD_ATOM_COUNT] = {
	[UCD_ATOM_LETTER] = "letter",
	[UCD_ATOM_HEBREW] = "hebrew",
	[UCD_ATOM_KATAKANA] = "katakana",
	[UCD_ATOM_HONORIFIC] = "honorific",
	[UCD_ATOM_LETTER_SYMBOL] = "letter-symbol",
	[UCD_ATOM_NUMERIC] = "numeric",
	[UCD_ATOM_EXTNUMLET] = "extnumlet",
	[UCD_ATOM_MIDLETTER] = "midletter",
	[UCD_ATOM_MIDNUM] = "midnum",
	[UCD_ATOM_MIDNUMLET] = "midnumlet",
	[UCD_ATOM_SQUOTE] = "squote",
	[UCD_ATOM_DQUOTE] = "dquote",
	[UCD_ATOM_RI] = "ri",
	[UCD_ATOM_LETTER_OTHER] = "letter-other",
	[UCD_ATOM_IDEOGRAPH] = "ideograph",
	[UCD_ATOM_DICTIONARY] = "dictionary",
	[UCD_ATOM_SPACE] = "space",
	[UCD_ATOM_NEWLINE] = "newline",
	[UCD_ATOM_CR] = "cr",
	[UCD_ATOM_LF] = "lf",
	[UCD_ATOM_ZWSP] = "zwsp",
	[UCD_ATOM_MARK] = "mark",
	[UCD_ATOM_FORMAT] = "format",
	[UCD_ATOM_JOINER] = "joiner",
	[UCD_ATOM_NUMBER_SIGN] = "number-sign",
	[UCD_ATOM_PUNCT] = "punct",
	[UCD_ATOM_SYMBOL] = "symbol",
	[UCD_ATOM_EMOJI] = "emoji",
	[UCD_ATOM_OTHER] = "other",
	[UCD_ATOM_ILLFORMED] = "illformed",
};

/* ---- Scanning ---- */

/*
 * Scans bytes that lie alone in a block of just their size, so that a sanitizer sees a read beside
 * them.
 */
static uint32_t scan_alone(const struct scan_kernel *kernel, const char *text, size_t len,
                           struct atoms *atoms)
{
	char *const alone = (char *)malloc(len + 1);
	ck_assert_ptr_nonnull(alone);
	if (len > 0)
		memcpy(alone + 1, text, len);
	ck_assert_int_eq(scan_reserve(atoms, &mem_default, (uint32_t)len), LAFZ_OK);
	const uint32_t n_ill = kernel->scan(alone + 1, (uint32_t)len, atoms);
	free(alone);
	return n_ill;
}

/* The atoms in words: class, script if there is one, bytes. */
static const char *show_atoms(const struct atoms *atoms)
{
	static char out[4096];
	size_t n = 0;
	out[0] = '\0';
	for (size_t i = 0; i < atoms->n && n < sizeof out - 64; i++) {
		const bool has_script = atoms->script[i] != UCD_SCRIPT_ZYYY;
		n += (size_t)snprintf(out + n, sizeof out - n, "%s%s%s%s %u", i > 0 ? ", " : "",
		                      classes[atoms->cls[i]], has_script ? " " : "",
		                      has_script ? ucd_script_tag(atoms->script[i]) : "",
		                      (unsigned)(atoms->off[i + 1] - atoms->off[i]));
	}
	return out;
}

/* ---- The table of texts ---- */

struct row {
	const char *description;
	struct text text;
	const char *atoms;
};

static const struct row rows[] = {
	{.description = "nothing", .text = T(""), .atoms = ""},
	{.description = "letters of two scripts",
         .text = T("\u06A9\u0627Kabul"),
         .atoms = "letter Arab 4, letter Latn 5"},
	{.description = "letters of three scripts, digits",
         .text = T("a\u0431\u06281"),
         .atoms = "letter Latn 1, letter Cyrl 2, letter Arab 2, numeric 1"},
	{.description = "letters of one script in many blocks",
         .text = T("a\u00E9\u0101\u1E00\uFF41"),
         .atoms = "letter Latn 11"},
	{.description = "a letter that all scripts share goes with any",
         .text = T("a\u02BCb"),
         .atoms = "letter Latn 4"},
	{.description = "a letter that all scripts share, first",
         .text = T("\u02BC\u0628"),
         .atoms = "letter Arab 4"},
	{.description = "harakat on letters",
         .text = T("\u0628\u064E\u0651\u0628"),
         .atoms = "letter Arab 8"},
	{.description = "a mark of Latin on a letter of Arabic",
         .text = T("\u0628\u0301"),
         .atoms = "letter Arab 4"},
	{.description = "tatweel is a letter of Arabic",
         .text = T("\u0628\u0640\u0640\u0628"),
         .atoms = "letter Arab 8"},
	{.description = "tatweel alone", .text = T("\u0640\u0640"), .atoms = "letter Arab 4"},
	{.description = "ASCII digits", .text = T("2025"), .atoms = "numeric 4"},
	{.description = "both Arabic digit sets", .text = T("\u0661\u06F1"), .atoms = "numeric 4"},
	{.description = "Arabic decimal separator is of the digits' class",
         .text = T("\u066B"),
         .atoms = "numeric 2"},
	{.description = "thousands separator stands between numbers",
         .text = T("1\u066C2"),
         .atoms = "numeric 1, midnum 2, numeric 1"},
	{.description = "a mark on a digit",
         .text = T("1\u0301"
                   "2"),
         .atoms = "numeric 4"},
	{.description = "low lines",
         .text = T("a__b"),
         .atoms = "letter Latn 1, extnumlet 2, letter Latn 1"},
	{.description = "ZWNJ stays in a word",
         .text = T("\u0645\u06CC\u200C\u0634\u0648\u062F"),
         .atoms = "letter Arab 13"},
	{.description = "ZWNJ alone between spaces",
         .text = T(" \u200C "),
         .atoms = "space 1, joiner 3, space 1"},
	{.description = "ZWJ behind a letter", .text = T("\u0647\u200D"), .atoms = "letter Arab 5"},
	{.description = "ZWJ alone", .text = T("\u200D"), .atoms = "joiner 3"},
	{.description = "RLM behind a letter goes with it",
         .text = T("\u0628\u200F"),
         .atoms = "letter Arab 5"},
	{.description = "RLM behind a full stop stands alone",
         .text = T("\u0628.\u200F "),
         .atoms = "letter Arab 2, midnumlet 1, format 3, space 1"},
	{.description = "two controls behind a mark of punctuation",
         .text = T("!\u200F\u202C"),
         .atoms = "punct 1, format 6"},
	{.description = "space and mark",
         .text = T("a \u0301b"),
         .atoms = "letter Latn 1, space 1, mark 2, letter Latn 1"},
	{.description = "mark first", .text = T("\u064E\u0628"), .atoms = "mark 2, letter Arab 2"},
	{.description = "rows of white space",
         .text = T(" \t\u00A0\u3000x"),
         .atoms = "space 7, letter Latn 1"},
	{.description = "LF", .text = T("\n\nb"), .atoms = "lf 1, lf 1, letter Latn 1"},
	{.description = "CRLF is two",
         .text = T("a\r\nb"),
         .atoms = "letter Latn 1, cr 1, lf 1, letter Latn 1"},
	{.description = "the other line ends",
         .text = T("\v\f\xC2\x85\u2028\u2029"),
         .atoms = "newline 1, newline 1, newline 2, newline 3, newline 3"},
	{.description = "each mark of punctuation alone",
         .text = T("..,:;!\u061F\u06D4\u060C"),
         .atoms = "midnumlet 1, midnumlet 1, midnum 1, midletter 1, midnum 1, punct 1, punct 2, "
                  "punct 2, midnum 2"},
	{.description = "quotes",
	 .text = T("'\"\u2019"),
	 .atoms = "squote 1, dquote 1, midnumlet 3"},
	{.description = "symbols", .text = T("+$%"), .atoms = "symbol 1, symbol 1, punct 1"},
	{.description = "NUL", .text = T("a\0b"), .atoms = "letter Latn 1, other 1, letter Latn 1"},
	{.description = "controls one by one", .text = T("\x01\x7F"), .atoms = "other 1, other 1"},
	{.description = "private, unassigned, noncharacter",
         .text = T("\uE000\u0378\uFFFF"),
         .atoms = "other 3, other 2, other 3"},
	{.description = "U+FFFD is a symbol", .text = T("\uFFFD"), .atoms = "symbol 3"},
	{.description = "stray continuation bytes",
         .text = T("a\x80\xBF"),
         .atoms = "letter Latn 1, illformed 1, illformed 1"},
	{.description = "overlong", .text = T("\xC0\xAF"), .atoms = "illformed 1, illformed 1"},
	{.description = "a surrogate",
         .text = T("\xED\xA0\x80"),
         .atoms = "illformed 1, illformed 1, illformed 1"},
	{.description = "above U+10FFFF",
         .text = T("\xF4\x90\x80\x80"),
         .atoms = "illformed 1, illformed 1, illformed 1, illformed 1"},
	{.description = "a sequence broken off by a letter",
         .text = T("\xF0\x9F\x98z"),
         .atoms = "illformed 3, letter Latn 1"},
	{.description = "a sequence broken off by the end",
         .text = T("z\xE2\x80"),
         .atoms = "letter Latn 1, illformed 2"},
	{.description = "half an Arabic letter", .text = T("\xD8"), .atoms = "illformed 1"},
	{.description = "half an Arabic letter before another",
         .text = T("\xD8\u0628"),
         .atoms = "illformed 1, letter Arab 2"},
	{.description = "a mark behind an ill-formed byte",
         .text = T("\xFF\u064E"),
         .atoms = "illformed 1, mark 2"},
	{.description = "presentation forms are letters",
         .text = T("\uFEFB\uFB8F\uFBFF"),
         .atoms = "letter Arab 9"},
	{.description = "honorifics stand alone, with their marks",
         .text = T("\uFDFA\uFDFA\u064E\u0628"),
         .atoms = "honorific Arab 3, honorific Arab 5, letter Arab 2"},
	{.description = "the ends of ayah and of text take digits",
         .text = T("\u06DD\u0661\u0600"),
         .atoms = "number-sign 2, numeric 2, number-sign 2"},
	{.description = "Sindhi signs",
         .text = T("\u06FD\u06FE"),
         .atoms = "letter-symbol Arab 2, letter-symbol Arab 2"},
	{.description = "emoji one by one",
         .text = T("\U0001F600\U0001F600"),
         .atoms = "emoji 4, emoji 4"},
	{.description = "an emoji sequence with ZWJ",
         .text = T("\U0001F469\u200D\U0001F33E"),
         .atoms = "emoji 4, joiner 3, emoji 4"},
	{.description = "an emoji and its selector",
         .text = T("\u2764\uFE0F"),
         .atoms = "emoji 3, mark 3"},
	{.description = "a flag is two indicators",
         .text = T("\U0001F1E6\U0001F1EB"),
         .atoms = "ri 4, ri 4"},
	{.description = "a digit as a keycap", .text = T("1\uFE0F\u20E3"), .atoms = "numeric 7"},
	{.description = "a keycap ends a row of digits",
         .text = T("1\uFE0F\u20E3"
                   "2"),
         .atoms = "numeric 7, numeric 1"},
	{.description = "letters behind a keycap make a row",
         .text = T("1\u20E3\u06CC\uFEFF\u06BB"),
         .atoms = "numeric 4, letter Arab 7"},
	{.description = "U+200B",
         .text = T("a\u200Bb"),
         .atoms = "letter Latn 1, zwsp 3, letter Latn 1"},
	{.description = "BOM", .text = T("\uFEFFa"), .atoms = "format 3, letter Latn 1"},
	{.description = "Hebrew", .text = T("\u05D0\u05BC\u05D1"), .atoms = "hebrew Hebr 6"},
	{.description = "Hangul makes rows", .text = T("\uAC00\u1100"), .atoms = "letter Hang 6"},
	{.description = "ideographs one by one",
         .text = T("\u4E2D\u6587"),
         .atoms = "ideograph Hani 3, ideograph Hani 3"},
	{.description = "Katakana rows", .text = T("\u30AB\u30AD"), .atoms = "katakana Kana 6"},
	{.description = "Thai", .text = T("\u0E01\u0E34"), .atoms = "dictionary Thai 6"},
	{.description = "across 64 bytes",
         .text = T("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\u0628\u064E b"),
         .atoms = "letter Latn 63, letter Arab 4, space 1, letter Latn 1"},
};

START_TEST(table_of_texts)
{
	struct atoms atoms = {0};
	for (size_t k = 0; scan_kernel_at(k); k++) {
		const struct scan_kernel *kernel = scan_kernel_at(k);
		for (size_t r = 0; kernel->is_usable() && r < COUNT(rows); r++) {
			const struct row *row = &rows[r];
			scan_alone(kernel, row->text.ptr, row->text.len, &atoms);
			const char *actual = show_atoms(&atoms);
			ck_assert_msg(strcmp(actual, row->atoms) == 0,
			              "%s: %s: %s\nexpected %s\nactual   %s", kernel->name,
			              row->description, helper_show(row->text.ptr, row->text.len),
			              row->atoms, actual);
		}
	}
	scan_free(&atoms, &mem_default);
}
END_TEST

/* ---- Flags ---- */

struct flag_row {
	const char *description;
	struct text text; /* one atom */
	unsigned flags;
};

static const struct flag_row flag_rows[] = {
	{.description = "upper and lower case",
         .text = T("aB"),
         .flags = ATOM_UPPER | ATOM_LOWER | ATOM_LETTER},
	{.description = "upper case alone", .text = T("AB"), .flags = ATOM_UPPER | ATOM_LETTER},
	{.description = "Arabic letters", .text = T("\u0628\u0627"), .flags = ATOM_LETTER},
	{.description = "digits", .text = T("12"), .flags = 0},
	{.description = "a mark",
         .text = T("\u0628\u064E"),
         .flags = ATOM_LETTER | ATOM_MARKED | ATOM_UNUSUAL},
	{.description = "tatweel", .text = T("\u0640"), .flags = ATOM_UNUSUAL},
	{.description = "ZWNJ",
         .text = T("\u0628\u200C\u0628"),
         .flags = ATOM_LETTER | ATOM_MARKED | ATOM_ZWNJ | ATOM_UNUSUAL},
	{.description = "RLM",
         .text = T("\u0628\u200F"),
         .flags = ATOM_LETTER | ATOM_MARKED | ATOM_CONTROL | ATOM_UNUSUAL},
	{.description = "ends with ZWJ",
         .text = T("\u0628\u200D"),
         .flags = ATOM_LETTER | ATOM_MARKED | ATOM_ENDS_ZWJ | ATOM_UNUSUAL},
	{.description = "ZWJ inside",
         .text = T("\u0628\u200D\u0628"),
         .flags = ATOM_LETTER | ATOM_MARKED | ATOM_UNUSUAL},
	{.description = "ZWJ and a mark",
         .text = T("\u0628\u200D\u064E"),
         .flags = ATOM_LETTER | ATOM_MARKED | ATOM_UNUSUAL},
	{.description = "a ligature", .text = T("\uFEFB"), .flags = ATOM_LETTER | ATOM_UNUSUAL},
	{.description = "an ill-formed byte", .text = T("\xFF"), .flags = ATOM_UNUSUAL},
};

START_TEST(table_of_flags)
{
	struct atoms atoms = {0};
	for (size_t k = 0; scan_kernel_at(k); k++) {
		const struct scan_kernel *kernel = scan_kernel_at(k);
		for (size_t r = 0; kernel->is_usable() && r < COUNT(flag_rows); r++) {
			const struct flag_row *row = &flag_rows[r];
			scan_alone(kernel, row->text.ptr, row->text.len, &atoms);
			ck_assert_msg(atoms.n == 1 && atoms.flags[0] == row->flags,
			              "%s: %s: %s: expected one atom, flags %02X; actual %zu, %02X",
			              kernel->name, row->description,
			              helper_show(row->text.ptr, row->text.len), row->flags,
			              atoms.n, (unsigned)atoms.flags[0]);
		}
	}
	scan_free(&atoms, &mem_default);
}
END_TEST

/* ---- Any text ---- */

/*
 * Atoms cover the text, none is empty, all borders are borders of characters, an atom is of the
 * class of its first character, and the ill-formed ones are the maximal subparts.
 */
static void check_cover(const char *name, const char *text, size_t len, const struct atoms *atoms,
                        uint32_t n_ill)
{
	size_t at = 0, n = 0;
	uint32_t bad = 0;
	while (at < len) {
		const struct model c = helper_decode(text + at, len - at);
		const bool is_border = n < atoms->n && atoms->off[n] == at;
		if (is_border) {
			const uint8_t cls = c.is_char ? ucd_get(c.cp)->atom
			                              : (uint8_t)UCD_ATOM_ILLFORMED;
			if (atoms->cls[n] != cls || (!c.is_char && atoms->off[n + 1] != at + c.len))
				ck_abort_msg(
					"%s: %s: atom %zu at %zu: expected %s, actual %s, %u bytes",
					name, helper_show(text, len), n, at, classes[cls],
					classes[atoms->cls[n]], (unsigned)(atoms->off[n + 1] - at));
			n++;
		}
		if (at == 0 && !is_border)
			ck_abort_msg("%s: %s: no atom begins at 0", name, helper_show(text, len));
		bad += !c.is_char;
		at += c.len;
	}
	if (n != atoms->n || atoms->off[n] != len || n_ill != bad)
		ck_abort_msg("%s: %s: %zu of %zu atoms found, end %u of %zu, ill-formed %u of %u",
		             name, helper_show(text, len), n, atoms->n,
		             (unsigned)atoms->off[atoms->n], len, (unsigned)n_ill, (unsigned)bad);
}

static bool is_one_of(uint8_t cls, const uint8_t *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] == cls)
			return true;
	return false;
}

/* Whether atoms of a class take marks, format characters and joiners (UAX #29 WB4). */
static bool takes_marks(uint8_t cls)
{
	static const uint8_t list[] = {
		UCD_ATOM_LETTER,        UCD_ATOM_HEBREW,       UCD_ATOM_KATAKANA,
		UCD_ATOM_HONORIFIC,     UCD_ATOM_LETTER_OTHER, UCD_ATOM_IDEOGRAPH,
		UCD_ATOM_DICTIONARY,    UCD_ATOM_NUMERIC,      UCD_ATOM_EXTNUMLET,
		UCD_ATOM_LETTER_SYMBOL,
	};
	return is_one_of(cls, list, COUNT(list));
}

static bool is_marking(uint8_t cls)
{
	return cls == UCD_ATOM_MARK || cls == UCD_ATOM_FORMAT || cls == UCD_ATOM_JOINER;
}

static bool makes_rows(uint8_t cls)
{
	static const uint8_t list[] = {
		UCD_ATOM_LETTER,  UCD_ATOM_HEBREW,    UCD_ATOM_KATAKANA,
		UCD_ATOM_NUMERIC, UCD_ATOM_EXTNUMLET, UCD_ATOM_SPACE,
	};
	return is_marking(cls) || is_one_of(cls, list, COUNT(list));
}

/*
 * The atoms by the rules in words, one character at a time. A keycap ends its row: nothing but
 * marks goes on with it.
 */
static void model_atoms(const char *text, size_t len, struct atoms *atoms)
{
	bool has_ended = false;
	ck_assert_int_eq(scan_reserve(atoms, &mem_default, (uint32_t)len), LAFZ_OK);
	atoms->n = 0;
	for (size_t at = 0; at < len;) {
		const struct model c = helper_decode(text + at, len - at);
		const struct ucd_row bad = {.atom = UCD_ATOM_ILLFORMED, .atom_flags = ATOM_UNUSUAL};
		const struct ucd_row *row = c.is_char ? ucd_get(c.cp) : &bad;
		const size_t last = atoms->n - 1;
		const bool is_taken = atoms->n > 0 && is_marking(row->atom) &&
		                      takes_marks(atoms->cls[last]);
		const bool is_row = atoms->n > 0 && row->atom == atoms->cls[last] &&
		                    makes_rows(row->atom) && !has_ended &&
		                    (row->atom_script == atoms->script[last] || !row->atom_script ||
		                     !atoms->script[last]);
		if (is_taken || is_row) {
			const unsigned flags = atoms->flags[last] & ~(unsigned)ATOM_ENDS_ZWJ;
			atoms->flags[last] = (uint8_t)(flags | row->atom_flags);
			if (is_row && !atoms->script[last])
				atoms->script[last] = row->atom_script;
			has_ended = is_taken && (has_ended || c.cp == 0x20E3);
		} else {
			atoms->off[atoms->n] = (uint32_t)at;
			atoms->cls[atoms->n] = row->atom;
			atoms->script[atoms->n] = row->atom_script;
			atoms->flags[atoms->n] = row->atom_flags;
			atoms->n++;
			has_ended = false;
		}
		at += c.len;
	}
	atoms->off[atoms->n] = (uint32_t)len;
}

static bool same_atoms(const struct atoms *a, const struct atoms *b)
{
	return a->n == b->n && memcmp(a->off, b->off, (a->n + 1) * sizeof *a->off) == 0 &&
	       (a->n == 0 ||
	        (memcmp(a->cls, b->cls, a->n) == 0 && memcmp(a->script, b->script, a->n) == 0 &&
	         memcmp(a->flags, b->flags, a->n) == 0));
}

static void expect_atoms(const char *name, const char *text, size_t len,
                         const struct atoms *expected, const struct atoms *actual)
{
	static char shown[4096];
	if (same_atoms(expected, actual))
		return;
	size_t i = 0;
	while (i < expected->n && i < actual->n && expected->off[i + 1] == actual->off[i + 1] &&
	       expected->cls[i] == actual->cls[i] && expected->script[i] == actual->script[i] &&
	       expected->flags[i] == actual->flags[i])
		i++;
	snprintf(shown, sizeof shown, "%s", show_atoms(expected));
	ck_abort_msg("%s: atom %zu at %u of %s\nexpected %s\nactual   %s", name, i,
	             (unsigned)expected->off[i < expected->n ? i : expected->n],
	             helper_show(text, len), shown, show_atoms(actual));
}

/* All kernels on one text, the plain one against the rules, the others against the plain one. */
static void compare_kernels(const char *text, size_t len)
{
	struct atoms model = {0}, plain = {0}, other = {0};
	const uint32_t n_ill = scan_alone(scan_kernel_at(0), text, len, &plain);
	check_cover("plain", text, len, &plain, n_ill);
	model_atoms(text, len, &model);
	expect_atoms("plain", text, len, &model, &plain);
	for (size_t k = 1; scan_kernel_at(k); k++) {
		const struct scan_kernel *kernel = scan_kernel_at(k);
		if (!kernel->is_usable())
			continue;
		const uint32_t n = scan_alone(kernel, text, len, &other);
		expect_atoms(kernel->name, text, len, &plain, &other);
		ck_assert_msg(n == n_ill, "%s: %s: expected %u ill-formed atoms, actual %u",
		              kernel->name, helper_show(text, len), (unsigned)n_ill, (unsigned)n);
	}
	scan_free(&model, &mem_default);
	scan_free(&plain, &mem_default);
	scan_free(&other, &mem_default);
}

START_TEST(random_bytes)
{
	struct rng rng = {3};
	char text[400];
	for (size_t i = 0; i < 3000; i++) {
		const size_t len = rng_below(&rng, sizeof text);
		for (size_t k = 0; k < len; k++)
			text[k] = (char)rng_below(&rng, 256);
		compare_kernels(text, len);
	}
}
END_TEST

/* Bytes that a scanner for Arabic-script and Latin text is fast on, with few others between. */
START_TEST(random_likely_bytes)
{
	static const unsigned char likely[] = {' ',  ' ',  'a',  'b',  'A',  '1',  '.',  '-',
	                                       '\n', '\r', 0xD8, 0xA7, 0xD9, 0x84, 0xDB, 0x8C,
	                                       0xDA, 0xA9, 0xE2, 0x80, 0x8C, 0xC3, 0xA9, 0xCC};
	struct rng rng = {4};
	char text[400];
	for (size_t i = 0; i < 3000; i++) {
		const size_t len = rng_below(&rng, sizeof text);
		for (size_t k = 0; k < len; k++)
			text[k] = (char)(rng_below(&rng, 40) == 0
			                         ? (unsigned char)rng_below(&rng, 256)
			                         : likely[rng_below(&rng, sizeof likely)]);
		compare_kernels(text, len);
	}
}
END_TEST

START_TEST(random_texts)
{
	struct rng rng = {5};
	char text[120 * HELPER_LONGEST];
	for (size_t i = 0; i < 3000; i++)
		compare_kernels(text, helper_trouble(&rng, rng_below(&rng, 120), i % 2 == 0, text));
}
END_TEST

/*
 * Words and spaces, so that the quick way through a block is taken; one troublesome character
 * somewhere.
 */
START_TEST(words_with_one_troublesome_character)
{
	static const struct text words[] = {
		T("the "),
		T("librarian "),
		T("\u06A9\u062A\u0627\u0628 "),
		T("\u0645\u06CC\u200C\u0634\u0648\u062F "),
		T("caf\u00E9 "),
		T("\u06F1\u06F2 "),
		T("12.5 "),
		T("\u067E\u069A\u062A\u0648\u060C "),
		T("\u201Cno\u201D "),
	};
	struct rng rng = {6};
	char text[64 * HELPER_LONGEST];
	for (size_t i = 0; i < 3000; i++) {
		const size_t n = 1 + rng_below(&rng, 40), odd = rng_below(&rng, n);
		size_t len = 0;
		for (size_t k = 0; k < n; k++) {
			const struct text *word = &words[rng_below(&rng, COUNT(words))];
			memcpy(text + len, word->ptr, word->len);
			len += word->len;
			if (k == odd)
				len += helper_trouble(&rng, 1, false, text + len);
		}
		compare_kernels(text, len);
	}
}
END_TEST

/*
 * All code points, in words of their own and side by side, in steps that put them at every place
 * of a block.
 */
START_TEST(all_code_points)
{
	char text[512];
	size_t len = 0;
	for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
		if (cp >= 0xD800 && cp <= 0xDFFF)
			continue;
		if (cp >= 0x3400 && cp % 97 != 0 && !(cp >= 0xF900 && cp <= 0x10FFF) &&
		    !(cp >= 0x1F000 && cp < 0x20000))
			continue; /* ideographs, Hangul and unassigned planes by samples */
		len += helper_encode(cp, text + len);
		if (cp % 7 == 0)
			text[len++] = 'x';
		if (len > 300) {
			compare_kernels(text, len);
			len = 0;
		}
	}
	compare_kernels(text, len);
}
END_TEST

/* ---- The table of kernels ---- */

START_TEST(kernels)
{
	ck_assert_str_eq(scan_kernel_at(0)->name, "plain");
	ck_assert(scan_kernel_at(0)->is_usable());
	size_t n = 0, best = 0;
	for (; scan_kernel_at(n); n++) {
		const struct scan_kernel *kernel = scan_kernel_at(n);
		const struct scan_kernel *expected = kernel->is_usable() ? kernel : NULL;
		ck_assert_ptr_eq(scan_kernel_find(kernel->name), expected);
		best = kernel->is_usable() ? n : best;
	}
	ck_assert_ptr_eq(scan_kernel_find(NULL), scan_kernel_at(best));
	ck_assert_ptr_null(scan_kernel_find("no such kernel"));
	ck_assert_ptr_null(scan_kernel_find(""));
	ck_assert_ptr_null(scan_kernel_at(n + 1));
	ck_assert_ptr_null(scan_kernel_at(SIZE_MAX));
}
END_TEST

/* Room for atoms: each allocation failing in turn, nothing lost, nothing counted twice. */
START_TEST(reserve_fails)
{
	for (size_t fail_at = 1; fail_at <= 14; fail_at++) {
		struct counter counter = {.fail_at = fail_at};
		const struct lafz_allocator mem = helper_allocator(&counter);
		struct atoms atoms = {0};
		int rc = scan_reserve(&atoms, &mem, 10);
		ck_assert_int_eq(rc, fail_at <= 7 ? LAFZ_ERR_MEMORY : LAFZ_OK);
		rc = scan_reserve(&atoms, &mem, 1000);
		ck_assert_int_eq(rc, fail_at > 7 && fail_at <= 13 ? LAFZ_ERR_MEMORY : LAFZ_OK);
		rc = scan_reserve(&atoms, &mem, 2000);
		ck_assert_int_eq(rc, fail_at == 14 ? LAFZ_ERR_MEMORY : LAFZ_OK);
		rc = scan_reserve(&atoms, &mem, 4000);
		ck_assert_int_eq(rc, LAFZ_OK);
		char text[4000];
		memset(text, '.', sizeof text);
		scan_plain(text, sizeof text, &atoms);
		ck_assert_uint_eq(atoms.n, sizeof text);
		scan_free(&atoms, &mem);
		ck_assert_uint_eq(counter.blocks, 0);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		table_of_texts,      table_of_flags, random_bytes,
		random_likely_bytes, random_texts,   words_with_one_troublesome_character,
		all_code_points,     kernels,        reserve_fails,
	};
	return helper_run("scan", tests, COUNT(tests));
}
