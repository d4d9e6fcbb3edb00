/*
 * The search key: what it joins and what it keeps apart, its laws over any text, and lafz_key as the header says it is.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper.h"
#include "lang.h"
#include "norm/key.h"
#include "norm/norm.h"
#include "norm/tables.h"
#include "norm_text.h"
#include "quick_check.h"
#include "unicode/nfc.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"

/* ---- Helpers ---- */

/* The key. out is emptied first. */
static void key_of(struct norm *norm, const char *text, size_t len, struct buf *out)
{
	out->len = 0;
	const int rc = key_token(norm, &mem_default, text, len, out);
	if (rc != LAFZ_OK)
		ck_abort_msg("result %d with %zu bytes", rc, out->len);
}

/* Mostly what the rules act on, sometimes any assigned character. */
static uint32_t random_cp(uint64_t *state)
{
	static const uint32_t busy[] = {
		0x0621, 0x0621, 0x0622,  0x0626, 0x0627,  0x0628, 0x0629, 0x0631, 0x0640, 0x0640,
		0x0643, 0x0644, 0x0647,  0x0647, 0x0648,  0x0649, 0x064A, 0x064A, 0x064E, 0x0653,
		0x0654, 0x0654, 0x0655,  0x0610, 0x0660,  0x066B, 0x066C, 0x066C, 0x066D, 0x0670,
		0x0678, 0x067E, 0x0695,  0x06A9, 0x06BE,  0x06C0, 0x06C1, 0x06C2, 0x06CC, 0x06CC,
		0x06D0, 0x06D3, 0x06D5,  0x06D5, 0x06DD,  0x06F5, 0x200B, 0x200C, 0x200D, 0x200D,
		0x00AC, 0x00AC, 0x00AD,  0xFE0F, 0xFE0F,  0x20E3, 0x20E3, 0xFC5E, 0xFEE9, 0xFEF5,
		0x0020, 0x2000, 0x0061,  0x0041, 0x0130,  0x0131, 0x1E9E, 0x0301, 0x0323, 0x0338,
		0x0306, 0x0438, 0x0035,  0x0023, 0x0031,  0x0915, 0x093C, 0x0BD7, 0x0B92, 0x2019,
		0x2026, 0x003D, 0x1F468, 0x2764, 0xE0067, 0x0374, 0x0344,
	};
	const uint64_t r = norm_text_random(state);
	if (r % 8 < 5)
		return busy[(r >> 8) % LENGTH(busy)];
	if (r % 8 == 5)
		return 0x600 + (uint32_t)((r >> 8) % 256);
	if (r % 8 == 6)
		return (uint32_t)((r >> 8) % 0x2100);
	return norm_text_assigned(state);
}

/* ---- Golden rows ---- */

struct row {
	const char *what;
	const char *in, *want; /* want NULL: stays */
};

#define FAMILY "\U0001F468\u200D\U0001F469\u200D\U0001F467"

static const struct row rows[] = {
	/* Arabic letters */
	{"yehs", "\u0628\u064A\u0649\u06D0\u06CD\u0620\u0678\u0626",
         "\u0628\u06CC\u06CC\u06CC\u06CC\u06CC\u06CC\u06CC"},
	{"first yeh with hamza stays", "\u0626\u0648\u0642", NULL},
	{"behind the first letter it goes", "\u0631\u0626\u06CC\u0633", "\u0631\u06CC\u06CC\u0633"},
	{"first yeh and hamza above", "\u06CC\u0654\u0648", "\u0626\u0648"},
	{"first alef maksura and hamza below", "\u0649\u0655\u0648", "\u0626\u0648"},
	{"first arabic yeh and hamza below", "\u064A\u0655\u0648", "\u0626\u0648"},
	{"first yeh with marks around its hamza", "\u06CC\u0650\u0610\u0654\u0651\u0648",
         "\u0626\u0648"},
	{"first is by letters", "5-\u0626\u0648", NULL},
	{"and so is what is behind the first", "\u0628-\u0626\u0628", "\u0628-\u06CC\u0628"},
	{"yeh barree stays", "\u06A9\u06D2", NULL},
	{"yeh barree with hamza", "\u06D3", "\u06D2"},
	{"kafs", "\u0643\u06AA\u06A9", "\u06A9\u06A9\u06A9"},
	{"gafs", "\u06AB\u06B0\u06AF", "\u06AF\u06AF\u06AF"},
	{"hehs", "\u06C1\u06BE\u06D5\u06C0\u06C2\u0629\u06C3\u0647",
         "\u0647\u0647\u0647\u0647\u0647\u0647\u0647\u0647"},
	{"alefs", "\u0622\u0623\u0625\u0671\u0675", "\u0627\u0627\u0627\u0627\u0627"},
	{"waws", "\u0624\u0676\u0677", "\u0648\u0648\u06C7"},
	{"retroflex letters", "\u067C\u067D\u0689\u068A\u0693\u0699",
         "\u0679\u0679\u0688\u0688\u0691\u0691"},
	{"first Sorani r", "\u0695\u06C6\u0698", "\u0631\u06C6\u0698"},
	{"Sorani r inside stays", "\u0628\u0695", NULL},
	{"last hamza behind heh", "\u0645\u062A\u062D\u062F\u0647\u0621",
         "\u0645\u062A\u062D\u062F\u0647"},
	{"several", "\u0628\u0647\u0621\u0621", "\u0628\u0647"},
	{"before punctuation too", "\u0628\u06D5\u064E\u0621\u060C", "\u0628\u0647,"},
	{"last hamza behind another letter", "\u0645\u0627\u0621", NULL},
	{"hamza behind heh inside", "\u0628\u0647\u0621\u0628", NULL},
	{"letters that are not joined",
         "\u06BA\u06CE\u06B5\u06C6\u06AF\u06BB\u0646\u0644\u0648\u06A9", NULL},
	{"marks go", "\u0628\u064E\u0651\u0670\u0610\u06D6\u08F0\u0628", "\u0628\u0628"},
	{"marks alone stay", "\u0613", NULL},
	{"marks alone lose controls", "\u200F\u0651\u064E", "\u064E\u0651"},
	{"forms", "\uFEFB\uFE89\uFEE9", "\u0644\u0627\u06CC\u0647"},
	{"spacing marks", "\u0645\u0632\u0648\uFE7C\u0631", "\u0645\u0632\u0648\u0631"},
	{"signs", "\uFDFA\uFDFC\uFD40", NULL},

	/* Tatweel and invisible characters */
	{"tatweel", "\u0628\u0640\u0640\u064E\u0628\u0640", "\u0628\u0628"},
	{"tatweel alone", "\u0640\u0640", NULL},
	{"tatweel between digits", "9\u06406", NULL},
	{"zwnj and zwj", "\u0645\u06CC\u200C\u0631\u0648\u0645\u200D",
         "\u0645\u06CC\u0631\u0648\u0645"},
	{"controls", "a\u00AD\u200B\u2066b\uFEFF", "ab"},
	{"variation selectors", "a\uFE00\uFE0Fb", "ab"},
	{"invisible alone", "\u200C\u200F", ""},
	{"half-space of old fonts", "\u0645\u06CC\u00AC\u0631\u0648\u0645",
         "\u0645\u06CC\u0631\u0648\u0645"},
	{"footnote sign", "\u0628\u00AC", NULL},

	/* Emoji */
	{"family", FAMILY, NULL},
	{"heart", "\u2764\uFE0F\u200D\U0001F525", NULL},
	{"flag of tags", "\U0001F3F4\U000E0067\U000E0062\U000E007F", NULL},
	{"tags elsewhere", "a\U000E0067", "a"},
	{"keycap", "1\uFE0F\u20E3", NULL},
	{"keycap of another digit", "\u06F1\uFE0F\u20E3", "1\uFE0F\u20E3"},
	{"selector behind a digit", "1\uFE0F", "1"},
	{"control before a selector", "\u2764\u200B\uFE0F", "\u2764\uFE0F"},

	/* Digits and signs */
	{"digits", "\u0660\u0669\u06F0\u06F9", "0909"},
	{"apostrophe letters", "o\u02BBzbek ma\u02BCno \u02BDA \u02BEa \u02BFa \u0149", "o'zbek ma'no 'a 'a 'a 'n"},
	{"decimal", "\u06F1\u066B\u06F5", "1.5"},
	{"thousands", "\u0661\u066C\u0662\u0663\u0664", "1234"},
	{"separators elsewhere", "\u066C\u06F1\u066B", "\u066C1\u066B"},
	{"percent", "\u06F5\u066A", "5%"},
	{"punctuation", "\u00AB\u00BB\u060C\u061B\u061F\u06D4", "\"\",;?."},
	{"quotes and dashes", "\u2018\u2019\u201C\u201D\u2013\u2014\u2026", "''\"\"--..."},

	/* Latin and other scripts */
	{"lower case stays", "kabul", NULL},
	{"upper case", "KaBUL", "kabul"},
	{"accents", "\u00C9cole e\u0301", "ecole e"},
	{"Turkish i", "\u0130I\u0131i", "iiii"},
	{"sharp s", "Stra\u00DFe\u1E9E", "strassess"},
	{"ligature", "\uFB03", "ffi"},
	{"letters of their own", "\u00D8\u0110\u014A", "\u00F8\u0111\u014B"},
	{"Cyrillic", "\u0419\u043E\u0434", NULL},
	{"Cyrillic, decomposed", "\u0438\u0306", "\u0439"},
	{"Cyrillic with a soft hyphen", "\u0434\u00AD\u043E", NULL},
	{"Cyrillic beside Latin", "\u0438\u0306\u00ADE\u0301", "\u0439e"},
	{"Devanagari", "\u0915\u094D\u200D\u0937", NULL},
	{"a sign with a mark", "\u2260", NULL},

	/* Pieces */
	{"places are counted between white space",
         "\u0626\u0648 \u0626\u0628\u0647\u0621 \u0647\u0621",
         "\u0626\u0648 \u0626\u0628\u0647 \u0647"},
	{"white space is composed", "a\u2000b\u3000c\n", "a\u2002b\u3000c\n"},
	{"each piece has its own scripts", "\u0434\u00AD\u043E A\u00ADb", "\u0434\u00AD\u043E ab"},
	{"ill-formed bytes", "A\xFF\xE0\xA4 b", "a\uFFFD\uFFFD b"},
	{"nothing", "", NULL},
};

START_TEST(test_rows)
{
	struct norm norm = {0};
	struct buf out = {0};
	const struct row *const row = &rows[_i];
	const char *const want = row->want ? row->want : row->in;
	key_of(&norm, row->in, strlen(row->in), &out);
	norm_text_expect(row->what, out.ptr, out.len, want, strlen(want));
	char key[256];
	const size_t n = lafz_key(row->in, strlen(row->in), key, sizeof key);
	norm_text_expect(row->what, key, n, want, strlen(want));
	norm_free(&norm, &mem_default);
	buf_free(&out, &mem_default);
}
END_TEST

/* A word as keyboards of several languages write it has one key. */
START_TEST(test_keyboards)
{
	static const struct {
		const char *what;
		const char *typed[4];
	} words[] = {
		{"Kabul",
	         {"\u06A9\u0627\u0628\u0644", "\u0643\u0627\u0628\u0644", "\u06AA\u0627\u0628\u0644"}},
		{"Persian",
	         {"\u0641\u0627\u0631\u0633\u06CC", "\u0641\u0627\u0631\u0633\u064A",
	          "\u0641\u0627\u0631\u0633\u0649", "\uFED3\uFE8E\uFEAD\uFEB3\uFEF0"}},
		{"every", {"\u0647\u0631", "\u06BE\u0631", "\u06C1\u0631", "\u06D5\u0631"}},
		{"ear", {"\u063A\u0648\u0696\u06AB", "\u063A\u0648\u0696\u06AF"}},
		{"country", {"\u0647\u06D0\u0648\u0627\u062F", "\u0647\u06CC\u0648\u0627\u062F"}},
		{"house of",
	         {"\u062E\u0627\u0646\u06C0", "\u062E\u0627\u0646\u0647\u0654",
	          "\u062E\u0627\u0646\u0647\u0621", "\u062E\u0627\u0646\u06C2"}},
		{"I go",
	         {"\u0645\u06CC\u200C\u0631\u0648\u0645", "\u0645\u064A\u00AC\u0631\u0648\u0645",
	          "\u0645\u06CC\u0631\u0648\u0645"}},
	};
	for (size_t i = 0; i < LENGTH(words); i++) {
		char want[64], got[64];
		const char *const first = words[i].typed[0];
		const size_t want_len = lafz_key(first, strlen(first), want, sizeof want);
		for (size_t k = 1; k < LENGTH(words[i].typed) && words[i].typed[k]; k++) {
			const char *const typed = words[i].typed[k];
			norm_text_expect(words[i].what, got,
			            lafz_key(typed, strlen(typed), got, sizeof got), want, want_len);
		}
	}
}
END_TEST

/* ---- Laws ---- */

static size_t decompose(struct nfc *nfc, const char *text, size_t len, char *out)
{
	static uint32_t cps[16 * MOST_CPS];
	size_t n = 0;
	for (size_t off = 0; off < len; n++) {
		const struct utf8 c = utf8_decode(text + off, len - off);
		cps[n] = c.cp;
		off += c.len;
	}
	const ptrdiff_t left = nfc_decompose(nfc, &mem_default, cps, n, LENGTH(cps));
	if (left < 0)
		ck_abort_msg("not decomposed");
	return norm_text_encode(cps, (size_t)left, out);
}

struct law {
	struct norm norm;
	struct nfc nfc;
	struct buf key, other, folded;
	struct lafz_tables *yeh; /* ps-inner-yeh switched on */
};

static struct law law_begin(void)
{
	static const char *const name = "ps-inner-yeh";
	struct law law = {.yeh = NULL};
	ck_assert_int_eq(tables_switch_on(&law.yeh, NULL, &name, 1, &mem_default), LAFZ_OK);
	return law;
}

static void law_free(struct law *law)
{
	lafz_tables_close(law->yeh);
	norm_free(&law->norm, &mem_default);
	nfc_free(&law->nfc, &mem_default);
	buf_free(&law->key, &mem_default);
	buf_free(&law->other, &mem_default);
	buf_free(&law->folded, &mem_default);
}

static void expect_key(struct law *law, const char *law_name, const char *text, size_t len,
                       const char *source, size_t source_len)
{
	char what[1200], source_hex[1024];
	key_of(&law->norm, text, len, &law->other);
	if (norm_text_equals(law->other.ptr, law->other.len, law->key.ptr, law->key.len))
		return;
	snprintf(what, sizeof what, "%s: %s", law_name,
	         norm_text_hex(source, source_len, source_hex, sizeof source_hex));
	norm_text_expect(what, law->other.ptr, law->other.len, law->key.ptr, law->key.len);
}

/* key(norm(x)) is key(x) with options too. */
static void expect_key_of_norm(struct law *law, unsigned options, uint16_t lang, uint8_t kind,
                               const char *text, size_t len)
{
	const struct norm_request request = {
		.kind = kind,
		.script = UCD_SCRIPT_ARAB,
		.lang = lang,
		.options = (uint8_t)(options & 63), /* bits of enum norm_option; 64: ps-inner-yeh */
		.tables = options & 64 ? law->yeh : NULL,
	};
	char what[80];
	law->folded.len = 0;
	const int rc = norm_token(&law->norm, &mem_default, &request, text, len, &law->folded, NULL);
	if (rc < 0)
		ck_abort_msg("norm failed");
	snprintf(what, sizeof what, "norm, options %u, language %u, kind %u", options,
	         (unsigned)lang, (unsigned)kind);
	if (rc == 1)
		expect_key(law, what, law->folded.ptr, law->folded.len, text, len);
}

static void expect_options(struct law *law, uint64_t *state, const char *text, size_t len)
{
	static const uint16_t langs[] = {LAFZ_LANG_UND, LANG_PS, LANG_FA,  LANG_AR, LANG_UR,
	                                 LANG_UG,       LANG_SD, LANG_CKB, LANG_EN, LANG_TR};
	static const uint8_t kinds[] = {LAFZ_KIND_WORD,   LAFZ_KIND_WORD,  LAFZ_KIND_HASHTAG,
	                                LAFZ_KIND_NUMBER, LAFZ_KIND_PUNCT, LAFZ_KIND_MENTION};
	for (size_t i = 0; i < 12; i++) {
		const uint64_t r = norm_text_random(state);
		expect_key_of_norm(law, i < 7 ? 1u << i : (unsigned)(r >> 40 & 127),
		                   langs[(r >> 8) % LENGTH(langs)],
		                   kinds[(r >> 20) % LENGTH(kinds)], text, len);
	}
}

/* key(key(x)), key(NFD(x)), key(norm(x)) in every language and kind, and lafz_key(x) are key(x). */
static void expect_laws(struct law *law, const char *text, size_t len)
{
	static const uint8_t kinds[] = {LAFZ_KIND_HASHTAG, LAFZ_KIND_NUMBER, LAFZ_KIND_URL,
	                                LAFZ_KIND_EMOJI};
	static const uint8_t scripts[] = {UCD_SCRIPT_LATN, UCD_SCRIPT_CYRL};
	char other[16 * MOST_CPS];
	key_of(&law->norm, text, len, &law->key);
	if (law->key.len > 0)
		memcpy(other, law->key.ptr, law->key.len);
	expect_key(law, "key", other, law->key.len, text, len);
	expect_key(law, "NFD", other, decompose(&law->nfc, text, len, other), text, len);
	struct norm_request request = {.kind = LAFZ_KIND_WORD, .script = UCD_SCRIPT_ARAB};
	for (size_t i = 0; i <= LANG_CKB + LENGTH(kinds) + LENGTH(scripts) + 1; i++) {
		if (i <= LANG_CKB)
			request.lang = (uint16_t)i;
		else if (i <= LANG_CKB + LENGTH(kinds))
			request.kind = kinds[i - LANG_CKB - 1];
		else if (i <= LANG_CKB + LENGTH(kinds) + LENGTH(scripts)) {
			request.kind = LAFZ_KIND_WORD;
			request.script = scripts[i - LANG_CKB - LENGTH(kinds) - 1];
		} else {
			request.profile = LAFZ_PROFILE_NFC;
		}
		law->folded.len = 0;
		const int rc = norm_token(&law->norm, &mem_default, &request, text, len,
		                          &law->folded, NULL);
		if (rc < 0)
			ck_abort_msg("norm failed");
		if (rc == 1)
			expect_key(law, "norm", law->folded.ptr, law->folded.len, text, len);
	}
	char what[1200], text_hex[1024];
	const size_t n = lafz_key(text, len, other, sizeof other);
	if (norm_text_equals(other, n, law->key.ptr, law->key.len))
		return;
	snprintf(what, sizeof what, "lafz_key: %s", norm_text_hex(text, len, text_hex, sizeof text_hex));
	norm_text_expect(what, other, n, law->key.ptr, law->key.len);
}

START_TEST(test_laws)
{
	struct law law = law_begin();
	uint64_t state = 20240602;
	for (size_t round = 0; round < 60000; round++) {
		uint32_t cps[MOST_CPS];
		char text[MOST_CPS * UTF8_MAX];
		const size_t n = 1 + (size_t)(norm_text_random(&state) % 9);
		for (size_t i = 0; i < n; i++)
			cps[i] = random_cp(&state);
		const size_t len = norm_text_encode(cps, n, text);
		if (norm_text_random(&state) % 16 == 0)
			text[norm_text_random(&state) % len] = (char)norm_text_random(&state);
		expect_laws(&law, text, len);
		expect_options(&law, &state, text, len);
	}
	law_free(&law);
}
END_TEST

/* Every character alone and between letters. */
START_TEST(test_all_characters)
{
	struct law law = law_begin();
	for (uint32_t cp = 1; cp < 0x110000; cp++) {
		const uint8_t gc = ucd_get(cp)->gc;
		if (gc == UCD_GC_CS || gc == UCD_GC_CO || gc == UCD_GC_CN ||
		    (cp >= 0x3400 && cp < 0xD800 && cp % 64) || (cp >= 0x10000 && cp % 4))
			continue;
		const uint32_t word[] = {0x628, cp, 0x628};
		char text[16];
		expect_laws(&law, text, norm_text_encode(&cp, 1, text));
		expect_key_of_norm(&law, 15 + NORM_ASCII_DIGITS, LANG_EN, LAFZ_KIND_WORD, text,
		                   norm_text_encode(&cp, 1, text));
		expect_key_of_norm(&law, 15 + NORM_NATIVE_DIGITS, LANG_TR, LAFZ_KIND_WORD, text,
		                   norm_text_encode(&cp, 1, text));
		expect_laws(&law, text, norm_text_encode(word, 3, text));
		expect_key_of_norm(&law, 127, LANG_PS, LAFZ_KIND_WORD, text, norm_text_encode(word, 3, text));
	}
	law_free(&law);
}
END_TEST

/* ---- lafz_key ---- */

/* With too little room: the whole length, and the first characters that fit. */
START_TEST(test_room)
{
	const char in[] = "A\u0643\u0628\U0001F468z";
	const char want[] = "a\u06A9\u0628\U0001F468z";
	static const size_t fits[] = {0, 1, 1, 3, 3, 5, 5, 5, 5, 9, 10, 10};
	for (size_t cap = 0; cap < LENGTH(fits); cap++) {
		char out[16];
		memset(out, '?', sizeof out);
		ck_assert_uint_eq(lafz_key(in, strlen(in), out, cap), strlen(want));
		ck_assert_msg(memcmp(out, want, fits[cap]) == 0 && out[fits[cap]] == '?',
		              "room for %zu bytes", cap);
	}
	ck_assert_uint_eq(lafz_key(in, strlen(in), NULL, 0), strlen(want));
	ck_assert_uint_eq(lafz_key(NULL, 0, NULL, 0), 0);
}
END_TEST

/* Pieces about the length from which lafz_key allocates, of characters that grow most. */
START_TEST(test_long_pieces)
{
	static const uint16_t cps[] = {0x41,   0x643, 0xFDF2, 0x2026, 0x1F82,
	                               0xFB03, 0x20,  0x64E,  0x1D5,  0x621};
	static const size_t counts[] = {1023, 1024, 1025, 5000};
	struct norm norm = {0};
	struct buf key = {0};
	char *const text = malloc(3 * 5000 + 8), *const out = malloc(8 * 5001);
	ck_assert(text && out);
	for (size_t i = 0; i < LENGTH(cps) * LENGTH(counts); i++) {
		size_t len = 0;
		for (size_t k = 0; k < counts[i / LENGTH(cps)]; k++)
			len += utf8_encode(cps[i % LENGTH(cps)], text + len);
		len += utf8_encode(i % 3 ? 0x2E : 0xE9, text + len);
		key_of(&norm, text, len, &key);
		const size_t n = lafz_key(text, len, out, 8 * 5001);
		ck_assert_msg(n == key.len && memcmp(out, key.ptr, n) == 0, "%zu times U+%04X",
		              counts[i / LENGTH(cps)], cps[i % LENGTH(cps)]);
	}
	free(text);
	free(out);
	norm_free(&norm, &mem_default);
	buf_free(&key, &mem_default);
}
END_TEST

/* A million of one character or of two in turn: linear, or this test never ends. */
START_TEST(test_hostile)
{
	enum { TIMES = 400000 };
	static const uint16_t pairs[][2] = {{0x654, 0x650},  {0x301, 0x323}, {0x6CC, 0x654},
	                                    {0x640, 0x200C}, {0x621, 0x621}, {0x647, 0x621},
	                                    {0x31, 0xFE0F},  {0xAC, 0x628},  {0x31, 0x66C},
	                                    {0xFE0F, 0x64E}, {0x640, 0x31},  {0x640, 0x64E}};
	char *const text = malloc(3 * (TIMES + 1)), *const out = malloc(3 * (TIMES + 1));
	ck_assert(text && out);
	for (size_t k = 0; k < LENGTH(pairs); k++) {
		size_t len = utf8_encode(0x647, text);
		for (size_t i = 0; i < TIMES; i++)
			len += utf8_encode(pairs[k][i % 2], text + len);
		ck_assert_uint_gt(lafz_key(text, len, out, 3 * (TIMES + 1)), 0);
	}
	free(text);
	free(out);
}
END_TEST

/* An allocator that fails from the n-th time on. */

START_TEST(test_memory)
{
	const char in[] = "\u0643\u0640\u0627\u200B\u0653\u064A";
	size_t failed = 0;
	for (size_t n = 0; n < 10; n++) {
		struct counter counter = {.fail_at = n + 1, .fails_on = true};
		const struct lafz_allocator mem = helper_allocator(&counter);
		struct norm norm = {0};
		struct buf out = {0};
		const int rc = key_token(&norm, &mem, in, strlen(in), &out);
		if (rc < 0) {
			ck_assert_int_eq(rc, LAFZ_ERR_MEMORY);
			ck_assert_uint_eq(out.len, 0);
			failed++;
		} else {
			norm_text_expect("with memory", out.ptr, out.len, "\u06A9\u0627\u06CC", 6);
		}
		norm_free(&norm, &mem);
		buf_free(&out, &mem);
		ck_assert_uint_eq(counter.blocks, 0);
	}
	ck_assert_uint_eq(failed, 3);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("key");
	TCase *const golden = tcase_create("golden");
	tcase_set_timeout(golden, NO_TIMEOUT);
	tcase_add_loop_test(golden, test_rows, 0, (int)LENGTH(rows));
	tcase_add_test(golden, test_keyboards);
	tcase_add_test(golden, test_room);
	tcase_add_test(golden, test_long_pieces);
	suite_add_tcase(suite, golden);
	TCase *const laws = tcase_create("laws");
	tcase_set_timeout(laws, NO_TIMEOUT);
	tcase_add_test(laws, test_laws);
	tcase_add_test(laws, test_all_characters);
	tcase_add_test(laws, test_hostile);
	tcase_add_test(laws, test_memory);
	suite_add_tcase(suite, laws);
	return helper_run_suite(suite);
}
