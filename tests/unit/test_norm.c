/*
 * The norm of tokens and gaps: each fold row with what it changes and what it leaves, presentation forms, controls,
 * tatweel, ZWNJ, and the laws: alphabets are safe, norm of norm is norm, and it is composed.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "lang.h"
#include "norm/fold.h"
#include "norm/forms.h"
#include "norm/norm.h"
#include "norm/places.h"
#include "norm/tables.h"
#include "quick_check.h"
#include "unicode/nfc.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))
#define MOST_CPS 64

/* ---- Helpers ---- */

/* The code points of text in hex, for messages. */
static const char *hex(const char *text, size_t len, char *out, size_t cap)
{
	size_t at = 0;
	out[0] = '\0';
	for (size_t off = 0; off < len && at + 9 < cap;) {
		const struct utf8 c = utf8_decode(text + off, len - off);
		at += (size_t)snprintf(out + at, cap - at, "%04X ", (unsigned)c.cp);
		off += c.len;
	}
	return out;
}

static bool same(const char *got, size_t got_len, const char *want, size_t want_len)
{
	return got_len == want_len && (got_len == 0 || memcmp(got, want, got_len) == 0);
}

/* Check writes a line at every assertion, so the loops below assert only what has failed. */
static void expect_text(const char *what, const char *got, size_t got_len, const char *want,
                        size_t want_len)
{
	char got_hex[1024], want_hex[1024];
	if (!same(got, got_len, want, want_len))
		ck_abort_msg("%s: expected %s, got %s", what,
		             hex(want, want_len, want_hex, sizeof want_hex),
		             hex(got, got_len, got_hex, sizeof got_hex));
}

/* The norm as text, changed or not; fails the test if norm does. out is emptied first. */
static void norm_of(struct norm *norm, const struct norm_request *request, const char *text,
                    size_t len, struct buf *out)
{
	out->len = 0;
	const int rc = norm_token(norm, &mem_default, request, text, len, out, NULL);
	if (rc < 0 || (rc == 0 && out->len > 0) || (rc == 1 && same(out->ptr, out->len, text, len)))
		ck_abort_msg("result %d with %zu bytes", rc, out->len);
	if (rc == 0 && buf_append(out, &mem_default, text, len) < 0)
		ck_abort_msg("no memory");
}

static struct norm_request word_in(uint16_t lang)
{
	return (struct norm_request){.lang = lang, .kind = LAFZ_KIND_WORD, .script = UCD_SCRIPT_ARAB};
}

static size_t encode(const uint32_t *cps, size_t n, char *out)
{
	size_t len = 0;
	for (size_t i = 0; i < n; i++)
		len += utf8_encode(cps[i], out + len);
	return len;
}

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* Mostly what the rules act on, sometimes any assigned character. */
static uint32_t random_cp(uint64_t *state)
{
	static const uint16_t busy[] = {
		0x0621, 0x0622, 0x0626, 0x0627, 0x0628, 0x0629, 0x0631, 0x0640, 0x0640, 0x0643,
		0x0644, 0x0647, 0x0647, 0x0647, 0x0648, 0x0649, 0x064A, 0x064B, 0x064E, 0x0651,
		0x0653, 0x0654, 0x0654, 0x0655, 0x0610, 0x0670, 0x067E, 0x06A9, 0x06AF, 0x06BE,
		0x06C0, 0x06C1, 0x06C2, 0x06C3, 0x06CC, 0x06CC, 0x06CE, 0x06D0, 0x06D2, 0x06D5,
		0x200C, 0x200C, 0x200D, 0x200B, 0x00AD, 0xFEFF, 0xFE0F, 0xFEE9, 0xFEEB, 0xFC5E,
		0xFE7C, 0xFEF5, 0x0061, 0x0130, 0x0301, 0x0323, 0x0035, 0x06F5, 0x0915, 0x093C,
	};
	const uint64_t r = next_random(state);
	if (r % 8 < 5)
		return busy[(r >> 8) % LENGTH(busy)];
	if (r % 8 == 5)
		return 0x600 + (uint32_t)((r >> 8) % 256);
	if (r % 8 == 6)
		return 0xFB50 + (uint32_t)((r >> 8) % (0xFEFD - 0xFB50));
	for (;;) {
		const uint32_t cp = (uint32_t)(next_random(state) % 0x110000);
		const uint8_t gc = ucd_get(cp)->gc;
		if (gc != UCD_GC_CN && gc != UCD_GC_CS && gc != UCD_GC_CO)
			return cp;
	}
}

static size_t random_text(uint64_t *state, char *out)
{
	uint32_t cps[MOST_CPS];
	const size_t n = 1 + (size_t)(next_random(state) % 9);
	for (size_t i = 0; i < n; i++)
		cps[i] = random_cp(state);
	size_t len = encode(cps, n, out);
	if (next_random(state) % 16 == 0)
		out[next_random(state) % len] = (char)next_random(state); /* ill-formed, mostly */
	return len;
}

/* ---- Golden rows ---- */

struct row {
	const char *what;
	uint16_t lang;
	const char *in, *want; /* want NULL: stays */
};

static const struct row rows[] = {
	/* Persian */
	{"fa yeh", LANG_FA, "\u0641\u0627\u0631\u0633\u064A", "\u0641\u0627\u0631\u0633\u06CC"},
	{"fa yeh inside", LANG_FA, "\u0628\u064A\u0628", "\u0628\u06CC\u0628"},
	{"fa alef maksura", LANG_FA, "\u0639\u0644\u0649", "\u0639\u0644\u06CC"},
	{"fa kaf", LANG_FA, "\u0643\u062A\u0627\u0628", "\u06A9\u062A\u0627\u0628"},
	{"fa heh goal", LANG_FA, "\u0628\u06C1", "\u0628\u0647"},
	{"fa heh doachashmee", LANG_FA, "\u0628\u06BE\u0628", "\u0628\u0647\u0628"},
	{"fa ae", LANG_FA, "\u0628\u06D5", "\u0628\u0647"},
	{"fa ae with hamza is 06C0 before ae is folded", LANG_FA, "\u0628\u06D5\u0654",
         "\u0628\u06C0"},
	{"fa heh goal with hamza", LANG_FA, "\u062E\u0627\u0646\u06C2", "\u062E\u0627\u0646\u06C0"},
	{"fa the same decomposed", LANG_FA, "\u062E\u0627\u0646\u06C1\u0654",
         "\u062E\u0627\u0646\u06C0"},
	{"fa heh and hamza above", LANG_FA, "\u062E\u0627\u0646\u0647\u0654",
         "\u062E\u0627\u0646\u06C0"},
	{"fa heh and hamza inside too", LANG_FA, "\u0647\u0654\u0628", "\u06C0\u0628"},
	{"fa last heh and hamza", LANG_FA, "\u0645\u062A\u062D\u062F\u0647\u0621",
         "\u0645\u062A\u062D\u062F\u06C0"},
	{"fa heh and hamza inside", LANG_FA, "\u0628\u0647\u0621\u0628", NULL},
	{"fa two hamzas", LANG_FA, "\u0628\u0647\u0621\u0621", NULL},
	{"fa last heh goal and hamza", LANG_FA, "\u0628\u06C1\u0621", "\u0628\u06C0"},
	{"fa yeh and hamza inside", LANG_FA, "\u0645\u0633\u06CC\u0654\u0644\u0647",
         "\u0645\u0633\u0626\u0644\u0647"},
	{"fa alef maksura and hamza inside", LANG_FA, "\u0645\u0633\u0649\u0654\u0644\u0647",
         "\u0645\u0633\u0626\u0644\u0647"},
	{"fa yeh and hamza behind a lower mark", LANG_FA, "\u0645\u06CC\u0650\u0654\u0644",
         "\u0645\u0626\u0650\u0644"},
	{"fa yeh and hamza behind a mark as high", LANG_FA, "\u0645\u06CC\u0610\u0654\u0644", NULL},
	{"fa last yeh and hamza is an ezafe", LANG_FA, "\u0628\u06CC\u0654", NULL},
	{"fa first yeh and hamza", LANG_FA, "\u06CC\u0654\u0628", NULL},
	{"fa letters that stay", LANG_FA, "\u0622\u0626\u0624\u0623\u06C0", NULL},
	{"fa arabic yeh with hamza is composed first", LANG_FA, "\u0628\u064A\u0654", "\u0628\u0626"},

	/* Pashto */
	{"ps kaf", LANG_PS, "\u0643\u0648\u0631", "\u06A9\u0648\u0631"},
	{"ps heh goal", LANG_PS, "\u0647\u06C1\u0628", "\u0647\u0647\u0628"},
	{"ps heh doachashmee first", LANG_PS, "\u06BE\u0628", "\u0647\u0628"},
	{"ps heh doachashmee last", LANG_PS, "\u0628\u06BE", "\u0628\u0647"},
	{"ps heh doachashmee alone", LANG_PS, "\u06BE", "\u0647"},
	{"ps heh doachashmee inside", LANG_PS, "\u0628\u06BE\u0628", NULL},
	{"ps ae", LANG_PS, "\u06D5\u06D5", "\u0647\u0647"},
	{"ps last alef maksura", LANG_PS, "\u062F\u0649", "\u062F\u06CC"},
	{"ps alef maksura inside", LANG_PS, "\u0628\u0649\u0628", NULL},
	{"ps alef maksura alone is last", LANG_PS, "\u0649", "\u06CC"},
	{"ps last is by letters", LANG_PS, "\u062F\u0649\u064E", "\u062F\u06CC\u064E"},
	{"ps last heh and hamza", LANG_PS, "\u0628\u0647\u0654", "\u0628\u06C0"},
	{"ps heh and hamza inside", LANG_PS, "\u0628\u0647\u0654\u0628", NULL},
	{"ps five yehs", LANG_PS, "\u064A\u06CC\u06D0\u06CD\u0626\u064A", NULL},
	{"ps each yeh last", LANG_PS, "\u0628\u064A", NULL},
	{"ps gafs and retroflex letters", LANG_PS,
         "\u06AF\u06AB\u0679\u0688\u0691\u067C\u0689\u0693", NULL},
	{"ps yeh barree", LANG_PS, "\u0628\u06D2", NULL},
	{"ps inner yeh is off", LANG_PS, "\u0628\u064A\u0628", NULL},

	/* Arabic */
	{"ar kaf", LANG_AR, "\u06A9\u062A\u0627\u0628", "\u0643\u062A\u0627\u0628"},
	{"ar yeh first", LANG_AR, "\u06CC\u0648\u0645", "\u064A\u0648\u0645"},
	{"ar yeh inside", LANG_AR, "\u0628\u06CC\u0646", "\u0628\u064A\u0646"},
	{"ar yeh last", LANG_AR, "\u0639\u0644\u06CC", NULL},
	{"ar yeh alone is last", LANG_AR, "\u06CC", NULL},
	{"ar hehs", LANG_AR, "\u06C1\u06BE\u06D5", "\u0647\u0647\u0647"},
	{"ar teh marbuta goal", LANG_AR, "\u0633\u0646\u06C3", "\u0633\u0646\u0629"},
	{"ar letters that stay", LANG_AR, "\u0649\u0629\u0623\u0625\u0622\u0624\u0626\u0649", NULL},

	/* Urdu */
	{"ur yehs", LANG_UR, "\u064A\u0649", "\u06CC\u06CC"},
	{"ur kaf", LANG_UR, "\u0643\u06CC", "\u06A9\u06CC"},
	{"ur last teh marbuta", LANG_UR, "\u0633\u0648\u0631\u0629", "\u0633\u0648\u0631\u06C3"},
	{"ur teh marbuta inside", LANG_UR, "\u0628\u0629\u0628", NULL},
	{"ur ae", LANG_UR, "\u0648\u06D5", "\u0648\u06C1"},
	{"ur heh with yeh above", LANG_UR, "\u0628\u06C0", "\u0628\u06C2"},
	{"ur heh and hamza above", LANG_UR, "\u0628\u0647\u0654\u0628", "\u0628\u06C2\u0628"},
	{"ur heh first", LANG_UR, "\u0647\u06D2", "\u06C1\u06D2"},
	{"ur heh last", LANG_UR, "\u0628\u0647", "\u0628\u06C1"},
	{"ur heh alone", LANG_UR, "\u0647", "\u06C1"},
	{"ur heh after a letter that is never aspirated", LANG_UR, "\u0627\u0647\u0645",
         "\u0627\u06C1\u0645"},
	{"ur heh after one that is", LANG_UR, "\u0628\u0647\u06CC", NULL},
	{"ur heh after a kaf that is folded", LANG_UR, "\u0643\u0647\u0627", "\u06A9\u0647\u0627"},
	{"ur heh after one with a mark", LANG_UR, "\u0628\u064E\u0647\u06CC", NULL},
	{"ur letters that stay", LANG_UR, "\u06BE\u06C1\u06BA\u06D2\u06C2\u06C3\u06BE", NULL},

	/* Uyghur */
	{"ug kaf", LANG_UG, "\u06A9\u06D0", "\u0643\u06D0"},
	{"ug yeh first", LANG_UG, "\u06CC\u0628", "\u064A\u0628"},
	{"ug yeh alone", LANG_UG, "\u06CC", "\u064A"},
	{"ug yeh last", LANG_UG, "\u0628\u06CC", "\u0628\u0649"},
	{"ug yeh inside", LANG_UG, "\u0628\u06CC\u0628", NULL},
	{"ug isolated heh form", LANG_UG, "\u0631\uFEE9", "\u0631\u06D5"},
	{"ug final heh form", LANG_UG, "\u0628\uFEEA\u0628", "\u0628\u06D5\u0628"},
	{"ug initial heh form", LANG_UG, "\uFEEB\u0628", "\u06BE\u0628"},
	{"ug medial heh form", LANG_UG, "\u0628\uFEEC\u0628", "\u0628\u06BE\u0628"},
	{"ug letters that stay", LANG_UG, "\u0649\u064A\u06BE\u06D5\u0647\u0649", NULL},
	{"fa heh form", LANG_FA, "\u0631\uFEE9", "\u0631\u0647"},

	/* Sindhi */
	{"sd yeh", LANG_SD, "\u06CC\u06CC\u06CC", "\u064A\u064A\u064A"},
	{"sd last alef maksura", LANG_SD, "\u0628\u0649", "\u0628\u064A"},
	{"sd alef maksura inside", LANG_SD, "\u0628\u0649\u0628", NULL},
	{"sd heh goal", LANG_SD, "\u06C1\u0628", "\u0647\u0628"},
	{"sd letters that stay", LANG_SD, "\u06AA\u06A9\u0647\u06BE\u0643", NULL},

	/* Sorani */
	{"ckb yehs", LANG_CKB, "\u0628\u064A\u0649", "\u0628\u06CC\u06CC"},
	{"ckb kaf", LANG_CKB, "\u0643\u0631", "\u06A9\u0631"},
	{"ckb last heh with tatweel", LANG_CKB, "\u06AF\u0648\u0646\u0627\u0647\u0640",
         "\u06AF\u0648\u0646\u0627\u06BE"},
	{"ckb heh with tatweel before zwnj", LANG_CKB, "\u0628\u0647\u0640\u200C\u06A9",
         "\u0628\u06BE\u200C\u06A9"},
	{"ckb heh with tatweel inside", LANG_CKB, "\u0628\u0647\u0640\u0628", "\u0628\u0647\u0628"},
	{"ckb heh with zwnj", LANG_CKB, "\u062A\u0647\u200C\u0628\u0627", "\u062A\u06D5\u0628\u0627"},
	{"ckb last heh with zwnj", LANG_CKB, "\u062A\u0647\u200C", "\u062A\u06D5"},
	{"ckb last heh in a Kurdish word", LANG_CKB, "\u0628\u06C6\u06CC\u0647",
         "\u0628\u06C6\u06CC\u06D5"},
	{"ckb its ae may come from heh with zwnj", LANG_CKB,
         "\u0647\u0647\u200C\u0646\u0627\u0633\u0647", "\u0647\u06D5\u0646\u0627\u0633\u06D5"},
	{"ckb last heh in another word", LANG_CKB, "\u0639\u0644\u06CC\u0647", NULL},
	{"ckb harakat prove another language", LANG_CKB, "\u067E\u064E\u0633\u0647", NULL},
	{"ckb gunah keeps its h", LANG_CKB, "\u06AF\u0648\u0646\u0627\u0647", NULL},
	{"ckb words that end in it too", LANG_CKB, "\u0628\u06CE\u06AF\u0648\u0646\u0627\u0647", NULL},
	{"ckb an ending is compared after folds", LANG_CKB, "\u062A\u06D5\u0634\u0628\u064A\u0647",
         "\u062A\u06D5\u0634\u0628\u06CC\u0647"},
	{"ckb heh inside", LANG_CKB, "\u067E\u0647\u067E", NULL},
	{"ckb letters that stay", LANG_CKB, "\u06BE\u0695\u0631\u06B5\u06CE\u06BE", NULL},

	/* What all languages share */
	{"a Latin word", LAFZ_LANG_UND, "Kabul", NULL},
	{"a decomposed Latin word", LAFZ_LANG_UND, "cafe\u0301", "caf\u00E9"},
	{"no language, no fold", LAFZ_LANG_UND, "\u0643\u064A\u0649\u06C1\u06BE\u06D5", NULL},
	{"lam alef form", LAFZ_LANG_UND, "\uFEF7\uFEAD", "\u0644\u0623\u0631"},
	{"spacing mark form", LAFZ_LANG_UND, "\u0645\u0632\u0648\uFE7C\u0631",
         "\u0645\u0632\u0648\u0651\u0631"},
	{"spacing form of two marks, in order", LAFZ_LANG_UND, "\u0628\uFC5E", "\u0628\u064C\u0651"},
	{"tatweel form of marks", LAFZ_LANG_UND, "\u0628\uFCF2\u0628", "\u0628\u064E\u0651\u0628"},
	{"tail fragment", LAFZ_LANG_UND, "\uFE73\u0628", NULL},
	{"honorific", LAFZ_LANG_UND, "\uFDFA", NULL},
	{"a Latin ligature", LAFZ_LANG_UND, "o\uFB03ce", "office"},
	{"one with a long s", LAFZ_LANG_UND, "\uFB05art", "start"},
	{"form of a phrase without spaces", LAFZ_LANG_UND, "\uFDF2", "\u0627\u0644\u0644\u0647"},
	{"controls", LAFZ_LANG_UND, "\u200F\u0628\u00AD\u0628\u200B\u0628\u061C\u2066\uFEFF",
         "\u0628\u0628\u0628"},
	{"a control between letter and mark", LAFZ_LANG_UND, "\u0627\u034F\u0653", "\u0622"},
	{"controls alone", LAFZ_LANG_UND, "\u200F\u200E", NULL},
	{"zwj stays", LAFZ_LANG_UND, "\u0647\u200D", NULL},
	{"tatweel inside", LAFZ_LANG_UND, "\u0628\u0640\u0640\u0628", "\u0628\u0628"},
	{"tatweel at the ends", LAFZ_LANG_UND, "\u0640\u0628\u0640", "\u0628"},
	{"tatweel alone", LAFZ_LANG_UND, "\u0640\u0640", NULL},
	{"tatweel between digits", LAFZ_LANG_UND, "\u06F9\u0640\u06F6", NULL},
	{"tatweel carries a mark", LAFZ_LANG_UND, "\u0628\u0640\u064E\u0640\u0628",
         "\u0628\u064E\u0628"},
	{"tatweel carries the first mark", LAFZ_LANG_UND, "\u0640\u064E\u0628", NULL},
	{"tatweel between letter and madda", LAFZ_LANG_UND, "\u0627\u0640\u0653", "\u0622"},
	{"zwnj inside", LAFZ_LANG_UND, "\u0645\u06CC\u200C\u0631\u0648\u0645", NULL},
	{"zwnj first and last", LAFZ_LANG_UND, "\u200C\u0645\u06CC\u200C", "\u0645\u06CC"},
	{"zwnj doubled", LAFZ_LANG_UND, "\u0645\u06CC\u200C\u200C\u0631", "\u0645\u06CC\u200C\u0631"},
	{"zwnj after a letter that does not join", LAFZ_LANG_UND,
         "\u06A9\u0627\u0631\u200C\u0647\u0627", "\u06A9\u0627\u0631\u0647\u0627"},
	{"zwnj after a letter with a mark", LAFZ_LANG_UND, "\u0645\u06CC\u0651\u200C\u0631", NULL},
	{"zwnj after a mark on a letter that does not join", LAFZ_LANG_UND,
         "\u0631\u0651\u200C\u0631", "\u0631\u0651\u0631"},
	{"zwnj in a Latin word", LAFZ_LANG_UND, "a\u200Cb", "ab"},
	{"zwnj after a digit", LAFZ_LANG_UND, "\u06F5\u200C\u0633", NULL},
	{"zwnj before a last mark", LAFZ_LANG_UND, "\u0628\u0647\u200C\u0654", "\u0628\u0647\u0654"},
	{"fa then folds once more", LANG_FA, "\u0628\u0647\u200C\u0654", "\u0628\u06C0"},
	{"marks out of order", LAFZ_LANG_UND, "\u0628\u0651\u064E", "\u0628\u064E\u0651"},
	{"alef and madda", LAFZ_LANG_UND, "\u0627\u0653\u0628", "\u0622\u0628"},
	{"Cyrillic keeps its soft hyphen", LAFZ_LANG_UND, "\u0434\u00AD\u043E", NULL},
	{"Devanagari keeps its zwj", LAFZ_LANG_UND, "\u0915\u094D\u200D\u0937", NULL},
	{"ill-formed bytes", LAFZ_LANG_UND, "\u0628\xF0\x9F\u0628\xFF", "\u0628\uFFFD\u0628\uFFFD"},
	{"ill-formed end", LANG_PS, "\u0628\xD9", "\u0628\uFFFD"},
	{"nothing", LANG_PS, "", NULL},
};

START_TEST(test_rows)
{
	struct norm norm = {0};
	struct buf out = {0};
	const struct row *const row = &rows[_i];
	const struct norm_request request = word_in(row->lang);
	const char *const want = row->want ? row->want : row->in;
	norm_of(&norm, &request, row->in, strlen(row->in), &out);
	expect_text(row->what, out.ptr, out.len, want, strlen(want));
	norm_free(&norm, &mem_default);
	buf_free(&out, &mem_default);
}
END_TEST

struct kind_row {
	const char *what;
	enum lafz_kind kind;
	enum lafz_profile profile;
	enum lafz_invalid on_invalid;
	uint8_t script;
	const char *in, *want;
};

#define HEART "\u2764\uFE0F\u200D\U0001F525"

static const struct kind_row kind_rows[] = {
	{"a hashtag gets no fold", LAFZ_KIND_HASHTAG, 0, 0, UCD_SCRIPT_ARAB, "#\u0643\u0640\u064A",
         "#\u0643\u064A"},
	{"a hashtag keeps its zwnj", LAFZ_KIND_HASHTAG, 0, 0, UCD_SCRIPT_ARAB,
         "#\u0631\u0634\u062A\u0647\u200C\u062A", NULL},
	{"a link", LAFZ_KIND_URL, 0, 0, UCD_SCRIPT_LATN, "a.b/\u0643\u0640\u200Fe\u0301", NULL},
	{"a link is mended", LAFZ_KIND_URL, 0, 0, UCD_SCRIPT_LATN, "a.b/\xFF", "a.b/\uFFFD"},
	{"an address", LAFZ_KIND_EMAIL, 0, 0, UCD_SCRIPT_LATN, "a\u200B@b.c", NULL},
	{"a mention", LAFZ_KIND_MENTION, 0, 0, UCD_SCRIPT_ARAB, "@\u0643\u0640\u200F\u0627\u0653",
         "@\u0643\u0640\u0622"},
	{"a number", LAFZ_KIND_NUMBER, 0, 0, UCD_SCRIPT_ZYYY, "\u200F\u06F1\u06F2", "\u06F1\u06F2"},
	{"a dash of tatweel", LAFZ_KIND_PUNCT, 0, 0, UCD_SCRIPT_ZYYY, "\u0640\u0640", NULL},
	{"punctuation with a control", LAFZ_KIND_PUNCT, 0, 0, UCD_SCRIPT_ZYYY, "!\u200F", "!"},
	{"an emoji", LAFZ_KIND_EMOJI, 0, 0, UCD_SCRIPT_ZYYY, HEART, NULL},
	{"a flag with tags", LAFZ_KIND_EMOJI, 0, 0, UCD_SCRIPT_ZYYY,
         "\U0001F3F4\U000E0067\U000E007F", NULL},
	{"an emoji beside a word", LAFZ_KIND_WORD, 0, 0, UCD_SCRIPT_ARAB, "\u0628" HEART "\u0640",
         NULL},
	{"other script", LAFZ_KIND_WORD, 0, 0, UCD_SCRIPT_CYRL, "\u0438\u0306\u00AD\u0640",
         "\u0439\u00AD\u0640"},
	{"other script, controls stay in a number", LAFZ_KIND_NUMBER, 0, 0, UCD_SCRIPT_DEVA,
         "\u0915\u200D1", NULL},
	{"a control alone stays", LAFZ_KIND_OTHER, 0, 0, UCD_SCRIPT_ZYYY, "\u200F", NULL},
	{"ill-formed, dropped", LAFZ_KIND_WORD, 0, LAFZ_INVALID_DROP, UCD_SCRIPT_ARAB,
         "\u0628\xFF\u0628", "\u0628\u0628"},
	{"ill-formed alone, dropped", LAFZ_KIND_OTHER, 0, LAFZ_INVALID_DROP, UCD_SCRIPT_ZYYY,
         "\xFF", ""},
	{"profile none", LAFZ_KIND_WORD, LAFZ_PROFILE_NONE, 0, UCD_SCRIPT_ARAB,
         "\u0643\u0640\u0627\u0653\xFF", NULL},
	{"profile nfc", LAFZ_KIND_WORD, LAFZ_PROFILE_NFC, 0, UCD_SCRIPT_ARAB,
         "\u0643\u0640\u0627\u0653\xFF", "\u0643\u0640\u0622\uFFFD"},
};

START_TEST(test_kinds)
{
	struct norm norm = {0};
	struct buf out = {0};
	const struct kind_row *const row = &kind_rows[_i];
	const struct norm_request request = {.profile = row->profile,
	                                     .on_invalid = row->on_invalid,
	                                     .lang = LANG_FA,
	                                     .kind = (uint8_t)row->kind,
	                                     .script = row->script};
	const char *const want = row->want ? row->want : row->in;
	norm_of(&norm, &request, row->in, strlen(row->in), &out);
	expect_text(row->what, out.ptr, out.len, want, strlen(want));
	norm_free(&norm, &mem_default);
	buf_free(&out, &mem_default);
}
END_TEST

/* ---- Options ---- */

enum option {
	STRIP = NORM_STRIP_MARKS,
	PUNCT = NORM_UNIFY_PUNCT,
	LOWER = NORM_LOWER,
	NO_ZWNJ = NORM_DROP_ZWNJ,
	ASCII = NORM_ASCII_DIGITS,
	NATIVE = NORM_NATIVE_DIGITS,
	INNER_YEH = 64
};

struct option_row {
	const char *what;
	unsigned options; /* bits of enum option */
	uint16_t lang;
	uint8_t kind;
	const char *in, *want; /* want NULL: stays */
};

static const struct option_row option_rows[] = {
	/* Marks */
	{"harakat", STRIP, LANG_AR, 0, "\u0643\u0650\u062A\u064E\u0651\u0627\u0628\u064C",
         "\u0643\u062A\u0627\u0628"},
	{"marks of other blocks", STRIP, LANG_AR, 0, "\u0628\u08F0\u06E2\u0670\u0628", "\u0628\u0628"},
	{"alef, madda and hamzas stay", STRIP, LANG_AR, 0, "\u0627\u0653\u0627\u0654\u0627\u0655",
         "\u0622\u0623\u0625"},
	{"waw, yeh and yeh barree too", STRIP, LANG_UR, 0,
         "\u0648\u0654\u064A\u0654\u06D2\u0654\u06C1\u0654", "\u0624\u0626\u06D3\u06C2"},
	{"letters that come composed", STRIP, LANG_AR, 0, "\u0622\u0623\u0625\u0624\u0626", NULL},
	{"a hamza behind a mark that goes", STRIP, LANG_AR, 0, "\u0627\u0610\u0654", "\u0623"},
	{"a hamza with a mark of lower class", STRIP, LANG_AR, 0, "\u0627\u064E\u0654", "\u0623"},
	{"a madda that makes no letter", STRIP, LANG_AR, 0, "\u0628\u0653\u0648\u0653",
         "\u0628\u0648"},
	{"one mark makes the letter", STRIP, LANG_AR, 0, "\u0627\u0653\u0654", "\u0622"},
	{"hamza on Farsi yeh", STRIP, LANG_FA, 0, "\u0645\u06CC\u0650\u0654\u0644",
         "\u0645\u0626\u0644"},
	{"and last", STRIP, LANG_FA, 0, "\u0628\u06CC\u0654", NULL},
	{"ezafe", STRIP, LANG_FA, 0, "\u062E\u0627\u0646\u06C0", "\u062E\u0627\u0646\u0647"},
	{"ezafe as a mark", STRIP, LANG_FA, 0, "\u062E\u0627\u0646\u0647\u0654",
         "\u062E\u0627\u0646\u0647"},
	{"ezafe on ae", STRIP, LANG_FA, 0, "\u062E\u0627\u0646\u06D5\u0654",
         "\u062E\u0627\u0646\u0647"},
	{"ezafe on ae behind a mark", STRIP, LANG_FA, 0, "\u0646\u06D5\u0610\u0654", "\u0646\u0647"},
	{"ezafe as a hamza", STRIP, LANG_FA, 0, "\u062E\u0627\u0646\u0647\u0621",
         "\u062E\u0627\u0646\u0647"},
	{"Urdu ezafe is a letter", STRIP, LANG_UR, 0, "\u0646\u06C2", NULL},
	{"through tatweel", STRIP, LANG_FA, 0, "\u0627\u0640\u0654\u0628\u0640\u064E\u0628",
         "\u0623\u0628\u0628"},
	{"marks alone", STRIP, LANG_AR, 0, "\u0651\u064E", "\u064E\u0651"},
	{"the first mark on tatweel", STRIP, LANG_AR, 0, "\u0640\u064E\u0628", "\u0628"},
	{"without a language", STRIP, LAFZ_LANG_UND, 0, "\u0628\u064E", "\u0628"},
	{"a hashtag", STRIP, LANG_AR, LAFZ_KIND_HASHTAG, "#\u0628\u064E", "#\u0628"},
	{"a mention", STRIP, LANG_AR, LAFZ_KIND_MENTION, "@\u0628\u064E", NULL},
	{"marks of Latin letters", STRIP, LANG_EN, 0, "e\u0301q\u0301", "\u00E9q\u0301"},
	{"before the folds", STRIP, LANG_CKB, 0, "\u067E\u064E\u0633\u0647", "\u067E\u0633\u06D5"},

	/* Punctuation */
	{"comma", PUNCT, LANG_FA, LAFZ_KIND_PUNCT, "\u060C", ","},
	{"question mark", PUNCT, LAFZ_LANG_UND, LAFZ_KIND_PUNCT, "\u061F", "?"},
	{"Urdu full stop", PUNCT, LANG_UR, LAFZ_KIND_PUNCT, "\u06D4", "."},
	{"quotes", PUNCT, LANG_FA, LAFZ_KIND_PUNCT, "\u00AB", "\""},
	{"ellipsis", PUNCT, LANG_EN, LAFZ_KIND_PUNCT, "\u2026", "..."},
	{"dashes", PUNCT, LANG_EN, LAFZ_KIND_PUNCT, "\u2014\u2014", "--"},
	{"percent", PUNCT, LANG_PS, LAFZ_KIND_SYMBOL, "\u066A", "%"},
	{"apostrophe", PUNCT, LANG_EN, 0, "don\u2019t", "don't"},
	{"hyphen in a word", PUNCT, LANG_FA, 0, "\u0628\u2010\u0628", "\u0628-\u0628"},
	{"comma in a number", PUNCT, LANG_PS, LAFZ_KIND_NUMBER, "\u06F1\u060C\u06F5", "\u06F1,\u06F5"},
	{"minus", PUNCT, LANG_EN, LAFZ_KIND_NUMBER, "\u22125", "-5"},
	{"separators of numbers", PUNCT, LANG_FA, LAFZ_KIND_NUMBER,
         "\u06F1\u066C\u06F2\u066B\u06F5", NULL},
	{"a link", PUNCT, LANG_EN, LAFZ_KIND_URL, "a.b/\u2019", NULL},
	{"other script", PUNCT, LAFZ_LANG_UND, 0, "\u043E\u2019\u043E", NULL},
	{"off", 0, LANG_FA, LAFZ_KIND_PUNCT, "\u060C", NULL},

	/* Digits */
	{"to ASCII", ASCII, LANG_FA, LAFZ_KIND_NUMBER, "\u06F1\u06F2\u066B\u06F5", "12\u066B5"},
	{"both sets", ASCII, LAFZ_LANG_UND, LAFZ_KIND_NUMBER, "\u0660\u06F9", "09"},
	{"a date", ASCII, LANG_FA, LAFZ_KIND_DATE, "\u06F1\u06F4\u06F0\u06F4/\u06F6/\u06F3",
         "1404/6/3"},
	{"a time", NATIVE, LANG_PS, LAFZ_KIND_TIME, "17:29", "\u06F1\u06F7:\u06F2\u06F9"},
	{"native in Pashto", NATIVE, LANG_PS, LAFZ_KIND_NUMBER, "1\u0662", "\u06F1\u06F2"},
	{"native in Arabic", NATIVE, LANG_AR, LAFZ_KIND_NUMBER, "1\u06F2", "\u0661\u0662"},
	{"native in Sorani", NATIVE, LANG_CKB, LAFZ_KIND_NUMBER, "1", "\u0661"},
	{"native in Urdu", NATIVE, LANG_UR, LAFZ_KIND_NUMBER, "\u06F1", "1"},
	{"native in English", NATIVE, LANG_EN, LAFZ_KIND_NUMBER, "\u06F1", "1"},
	{"native nowhere", NATIVE, LAFZ_LANG_UND, LAFZ_KIND_NUMBER, "1\u06F1\u0661", NULL},
	{"in a word", NATIVE, LANG_PS, 0, "2018\u0645", "\u06F2\u06F0\u06F1\u06F8\u0645"},
	{"in a hashtag", ASCII, LANG_FA, LAFZ_KIND_HASHTAG, "#\u06F1\u06F4", "#14"},
	{"other digits", ASCII, LAFZ_LANG_UND, LAFZ_KIND_NUMBER, "\u0967", NULL},
	{"an address", ASCII, LAFZ_LANG_UND, LAFZ_KIND_EMAIL, "\u06F1@b.c", NULL},

	/* Lower case */
	{"ASCII", LOWER, LANG_EN, 0, "KaBUL", "kabul"},
	{"accents", LOWER, LANG_FR, 0, "\u00C9COLE", "\u00E9cole"},
	{"sharp s", LOWER, LANG_DE, 0, "Stra\u00DFe", "stra\u00DFe"},
	{"capital sharp s", LOWER, LANG_DE, 0, "STRA\u1E9EE", "stra\u00DFe"},
	{"i", LOWER, LANG_EN, 0, "I\u0130\u0131i", "ii\u0131i"},
	{"Turkish i", LOWER, LANG_TR, 0, "I\u0130\u0131i", "\u0131i\u0131i"},
	{"Azerbaijani i", LOWER, LANG_AZ, 0, "I\u0307IL", "i\u0131l"},
	{"composed again", LOWER, LAFZ_LANG_UND, 0, "J\u030C", "\u01F0"},
	{"wide letters", LOWER, LAFZ_LANG_UND, 0, "\uFF21", "\uFF41"},
	{"in a number", LOWER, LANG_EN, LAFZ_KIND_NUMBER, "21ST", "21st"},
	{"a mention keeps its case", LOWER, LANG_EN, LAFZ_KIND_MENTION, "@Kabul", NULL},
	{"a link too", LOWER, LANG_EN, LAFZ_KIND_URL, "A.b/C", NULL},
	{"other scripts", LOWER, LAFZ_LANG_UND, 0, "\u0410", NULL},
	{"Greek beside Latin", LOWER, LAFZ_LANG_UND, 0, "A\u0391", "a\u0391"},

	/* ZWNJ */
	{"zwnj", NO_ZWNJ, LANG_FA, 0, "\u0645\u06CC\u200C\u0631", "\u0645\u06CC\u0631"},
	{"after its fold", NO_ZWNJ, LANG_CKB, 0, "\u062A\u0647\u200C\u0628", "\u062A\u06D5\u0628"},
	{"then folds once more", NO_ZWNJ, LANG_FA, 0, "\u0628\u0647\u200C\u0621", "\u0628\u06C0"},
	{"in a hashtag", NO_ZWNJ, LANG_FA, LAFZ_KIND_HASHTAG, "#\u0647\u200C\u0647", "#\u0647\u0647"},
	{"nothing else", NO_ZWNJ, LANG_FA, 0, "\u200C", NULL},

	/* Rules by name, and all together */
	{"inner yeh", INNER_YEH, LANG_PS, 0, "\u064A\u0628\u064A\u0628\u064A",
         "\u064A\u0628\u06CC\u0628\u064A"},
	{"elsewhere", INNER_YEH, LANG_UG, 0, "\u0628\u064A\u0628", NULL},
	{"all", 127 - NATIVE, LANG_PS, 0, "\u0628\u064A\u064E\u200C\u06F1\u2019A", "\u0628\u06CC1'a"},
};

static struct norm_request request_with(const struct option_row *row, const struct lafz_tables *yeh)
{
	struct norm_request request = word_in(row->lang);
	request.kind = row->kind;
	request.script = UCD_SCRIPT_ARAB;
	request.options = (uint8_t)(row->options & ~(unsigned)INNER_YEH);
	request.tables = row->options & INNER_YEH ? yeh : NULL;
	return request;
}

static struct lafz_tables *switch_on(const char *name)
{
	struct lafz_tables *tables = NULL;
	ck_assert_int_eq(tables_switch_on(&tables, NULL, &name, 1, &mem_default), LAFZ_OK);
	return tables;
}

START_TEST(test_options)
{
	struct norm norm = {0};
	struct buf out = {0};
	const struct option_row *const row = &option_rows[_i];
	struct lafz_tables *const yeh = switch_on("ps-inner-yeh");
	const struct norm_request request = request_with(row, yeh);
	const char *const want = row->want ? row->want : row->in;
	norm_of(&norm, &request, row->in, strlen(row->in), &out);
	expect_text(row->what, out.ptr, out.len, want, strlen(want));
	lafz_tables_close(yeh);
	norm_free(&norm, &mem_default);
	buf_free(&out, &mem_default);
}
END_TEST

/* Built-in hints, and what is calm, are what they are computed to be at run time. */
START_TEST(test_hints)
{
	for (uint16_t lang = 0; lang < LANG_COUNT; lang++) {
		uint8_t hints[256], calm[FOLD_PAIRS];
		struct fold_table table = *fold_table(lang);
		fold_hints_of(&table, hints, calm);
		for (size_t i = 0; i < 256; i++)
			ck_assert_msg(hints[i] == fold_table(lang)->hints[i],
			              "language %u, U+%04zX: %u, not %u", (unsigned)lang, 0x600 + i,
			              (unsigned)hints[i], (unsigned)fold_table(lang)->hints[i]);
		for (size_t i = 0; i < FOLD_PAIRS; i++)
			ck_assert_msg(calm[i] == fold_table(lang)->calm[i],
			              "language %u, bytes %04zX: %u, not %u", (unsigned)lang,
			              0xD800 + i, (unsigned)calm[i],
			              (unsigned)fold_table(lang)->calm[i]);
	}
}
END_TEST

struct gap_row {
	const char *what;
	enum lafz_profile profile;
	const char *in, *want; /* want NULL: stays */
};

static const struct gap_row gap_rows[] = {
	{"white space", 0, " \t\r\n\u00A0\u3000", NULL},
	{"controls go", 0, " \u200F\u2067 \uFEFF", "  "},
	{"the zero width space stays", 0, "\u200B\u200E\u200B", "\u200B\u200B"},
	{"zwnj stays", 0, " \u200C ", NULL},
	{"only controls", 0, "\u200F", ""},
	{"nothing", 0, "", NULL},
	{"profile none", LAFZ_PROFILE_NONE, "\u200F ", NULL},
	{"profile nfc", LAFZ_PROFILE_NFC, "\u200F ", NULL},
};

START_TEST(test_gap_without_zwnj)
{
	struct norm norm = {0};
	struct buf out = {0};
	const struct norm_request request = {.kind = LAFZ_KIND_SPACE, .options = NORM_DROP_ZWNJ};
	ck_assert_int_eq(norm_gap(&norm, &mem_default, &request, " \u200C\u200B ", 8, &out, NULL), 1);
	expect_text("zwnj goes", out.ptr, out.len, " \u200B ", 5);
	norm_free(&norm, &mem_default);
	buf_free(&out, &mem_default);
}
END_TEST

START_TEST(test_gaps)
{
	struct norm norm = {0};
	struct buf out = {0};
	const struct gap_row *const row = &gap_rows[_i];
	const struct norm_request request = {.profile = row->profile, .kind = LAFZ_KIND_SPACE};
	const int rc = norm_gap(&norm, &mem_default, &request, row->in, strlen(row->in), &out, NULL);
	ck_assert_msg(rc == (row->want != NULL), "%s: result %d", row->what, rc);
	expect_text(row->what, out.ptr, out.len, row->want ? row->want : "",
	            row->want ? strlen(row->want) : 0);
	norm_free(&norm, &mem_default);
	buf_free(&out, &mem_default);
}
END_TEST

/* ---- Presentation forms ---- */

/* All forms against NFKC, but for those that stay and the spacing marks. */
START_TEST(test_forms)
{
	for (uint32_t cp = 0xFB50; cp <= 0xFEFC; cp++) {
		if (cp > 0xFDFF && cp < 0xFE70)
			continue;
		utf8proc_int32_t want[32];
		int boundary = 0;
		const utf8proc_ssize_t n = utf8proc_decompose_char(
			(utf8proc_int32_t)cp, want, 32, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT,
			&boundary);
		uint32_t cps[32];
		size_t kept = 0;
		bool is_spacing = false;
		for (utf8proc_ssize_t i = 0; i < n; i++) {
			is_spacing |= want[i] == ' ' || want[i] == 0x640;
			if (want[i] != ' ' && want[i] != 0x640)
				cps[kept++] = (uint32_t)want[i];
		}
		const uint16_t *letters = NULL;
		const size_t got = forms_letters(cp, &letters);
		const bool stays = cp == 0xFDFA || cp == 0xFDFB || cp == 0xFDFC ||
		                   (n == 1 && cps[0] == cp);
		ck_assert_msg(stays == (got == 0), "form %04X: %zu letters", (unsigned)cp, got);
		ck_assert_msg(got <= FORMS_LONGEST, "form %04X", (unsigned)cp);
		if (stays)
			continue;
		ck_assert_msg(is_spacing == forms_is_mark(cp), "form %04X: mark or not",
		              (unsigned)cp);
		size_t parts = 0;
		for (size_t i = 0; i < got; i++) {
			uint32_t part[NFC_PARTS];
			const size_t count = nfc_parts(letters[i], part);
			for (size_t k = 0; k < count; k++, parts++)
				ck_assert_msg(parts < kept && cps[parts] == part[k], "form %04X",
				              (unsigned)cp);
		}
		ck_assert_msg(parts == kept, "form %04X: too few letters", (unsigned)cp);
	}
}
END_TEST

/* ---- Laws ---- */

/* No profile changes a letter of its own alphabet by itself, wherever it stands. */
START_TEST(test_alphabets)
{
	struct norm norm = {0};
	struct buf out = {0};
	size_t languages = 0;
	for (uint16_t lang = 0; lang < LANG_COUNT; lang++) {
		const uint16_t *cps = NULL;
		const size_t n = fold_alphabet(lang, &cps);
		languages += n > 0;
		const struct norm_request request = word_in(lang);
		for (size_t i = 0; i < n; i++) {
			const uint32_t word[] = {0x628, cps[i], 0x628};
			const struct {
				size_t from, n;
			} places[] = {{1, 1}, {1, 2}, {0, 3}, {0, 2}};
			for (size_t k = 0; k < LENGTH(places); k++) {
				char text[16], what[64];
				const size_t len = encode(word + places[k].from, places[k].n, text);
				snprintf(what, sizeof what, "language %u, U+%04X, place %zu",
				         (unsigned)lang, cps[i], k);
				norm_of(&norm, &request, text, len, &out);
				expect_text(what, out.ptr, out.len, text, len);
			}
		}
	}
	ck_assert_uint_eq(languages, 15);
	norm_free(&norm, &mem_default);
	buf_free(&out, &mem_default);
}
END_TEST

static void expect_composed(struct nfc *nfc, const char *what, const char *text, size_t len)
{
	static uint32_t cps[4096];
	char composed[4096];
	size_t n = 0;
	for (size_t off = 0; off < len; n++) {
		const struct utf8 c = utf8_decode(text + off, len - off);
		if (c.status != UTF8_CHAR)
			ck_abort_msg("%s: ill-formed", what);
		cps[n] = c.cp;
		off += c.len;
	}
	const ptrdiff_t left = nfc_compose(nfc, &mem_default, cps, n, LENGTH(cps));
	if (left < 0)
		ck_abort_msg("%s: not composed", what);
	expect_text(what, text, len, composed, encode(cps, (size_t)left, composed));
}

/*
 * The norm of a norm is the same norm; it is composed; it is never empty; and a word that the short look at bytes
 * leaves alone is what the long way makes of it (a control behind it forces that).
 */
START_TEST(test_laws)
{
	static const uint8_t kinds[] = {LAFZ_KIND_WORD, LAFZ_KIND_WORD, LAFZ_KIND_HASHTAG,
	                                LAFZ_KIND_NUMBER};
	struct norm norm = {0};
	struct nfc nfc = {0};
	struct buf once = {0}, twice = {0};
	uint64_t state = 20240601;
	for (size_t round = 0; round < 20000; round++) {
		char text[MOST_CPS * UTF8_MAX];
		size_t len = random_text(&state, text);
		char what[1200], in_hex[1024];
		for (uint16_t lang = 0; lang <= LANG_CKB; lang++) {
			struct norm_request request = word_in(lang);
			request.kind = kinds[round % LENGTH(kinds)];
			snprintf(what, sizeof what, "round %zu, language %u, %s", round,
			         (unsigned)lang, hex(text, len, in_hex, sizeof in_hex));
			norm_of(&norm, &request, text, len, &once);
			if (once.len == 0)
				ck_abort_msg("%s: empty", what);
			expect_composed(&nfc, what, once.ptr, once.len);
			norm_of(&norm, &request, once.ptr, once.len, &twice);
			expect_text(what, twice.ptr, twice.len, once.ptr, once.len);
		}
	}
	norm_free(&norm, &mem_default);
	nfc_free(&nfc, &mem_default);
	buf_free(&once, &mem_default);
	buf_free(&twice, &mem_default);
}
END_TEST

/*
 * The first two for every combination of options, of languages, and of kinds; and the short look at
 * bytes leaves alone only what the long way leaves alone.
 */
START_TEST(test_option_laws)
{
	static const uint16_t langs[] = {LAFZ_LANG_UND, LANG_PS, LANG_FA,  LANG_AR, LANG_UR,
	                                 LANG_UG,       LANG_SD, LANG_CKB, LANG_EN, LANG_TR};
	static const uint8_t kinds[] = {LAFZ_KIND_WORD,   LAFZ_KIND_WORD,  LAFZ_KIND_HASHTAG,
	                                LAFZ_KIND_NUMBER, LAFZ_KIND_PUNCT, LAFZ_KIND_MENTION};
	struct norm norm = {0};
	struct nfc nfc = {0};
	struct buf once = {0}, twice = {0};
	struct lafz_tables *const yeh = switch_on("ps-inner-yeh");
	uint64_t state = 20240603;
	for (size_t round = 0; round < 600000; round++) {
		static const uint16_t more[] = {0x41,   0x49,   0x4A,  0x30C, 0x130,
		                                0x2019, 0x2026, 0x60C, 0x661, 0x6F7,
		                                0x39,   0x6C0,  0x6D5, 0x654, 0x64E};
		char text[MOST_CPS * UTF8_MAX + UTF8_MAX], what[1200], in_hex[1024];
		size_t len = random_text(&state, text);
		if (round % 2)
			len += utf8_encode(more[next_random(&state) % LENGTH(more)], text + len);
		const struct option_row row = {.options = (unsigned)(next_random(&state) % 128),
		                               .lang = langs[next_random(&state) % LENGTH(langs)],
		                               .kind = kinds[next_random(&state) % LENGTH(kinds)]};
		const struct norm_request request = request_with(&row, yeh);
		norm_of(&norm, &request, text, len, &once);
		norm_of(&norm, &request, once.ptr, once.len, &twice);
		if (once.len > 0 && same(once.ptr, once.len, twice.ptr, twice.len) && round % 8)
			continue;
		snprintf(what, sizeof what, "round %zu, language %u, kind %u, options %u, %s",
		         round, (unsigned)row.lang, (unsigned)row.kind, row.options,
		         hex(text, len, in_hex, sizeof in_hex));
		if (once.len == 0)
			ck_abort_msg("%s: empty", what);
		expect_composed(&nfc, what, once.ptr, once.len);
		expect_text(what, twice.ptr, twice.len, once.ptr, once.len);
	}
	lafz_tables_close(yeh);
	norm_free(&norm, &mem_default);
	nfc_free(&nfc, &mem_default);
	buf_free(&once, &mem_default);
	buf_free(&twice, &mem_default);
}
END_TEST

START_TEST(test_short_look)
{
	struct norm norm = {0};
	struct buf fast = {0}, slow = {0};
	struct lafz_tables *const yeh = switch_on("ps-inner-yeh");
	uint64_t state = 77;
	for (size_t round = 0; round < 120000; round++) {
		uint32_t cps[16];
		char text[16 * UTF8_MAX], what[1200], in_hex[1024];
		const size_t n = 1 + (size_t)(next_random(&state) % 6);
		/* Without the letters that always ask for a closer look, and with one Arabic letter at least. */
		for (size_t i = 0; i < n; i++) {
			const uint64_t r = next_random(&state);
			cps[i] = 0x600 + (uint32_t)((r >> 8) % 256);
			if (r % 16 == 0)
				cps[i] = 0x200C;
			if (r % 16 == 1)
				cps[i] = 0xC0 + (uint32_t)((r >> 8) % 0x240);
			if (r % 16 == 2)
				cps[i] = 0x2010 + (uint32_t)((r >> 8) % 0x20);
		}
		cps[n] = 0x628;
		cps[n + 1] = 0x2060;
		const struct option_row row = {.options = (unsigned)(next_random(&state) % 128),
		                               .lang = (uint16_t)(round % (LANG_CKB + 2))};
		const struct norm_request request = round % 2 ? word_in(row.lang)
		                                              : request_with(&row, yeh);
		const size_t len = encode(cps, n + 1, text);
		norm_of(&norm, &request, text, len, &fast);
		norm_of(&norm, &request, text, encode(cps, n + 2, text), &slow);
		if (same(fast.ptr, fast.len, slow.ptr, slow.len))
			continue;
		snprintf(what, sizeof what, "language %u, %s", (unsigned)request.lang,
		         hex(text, len, in_hex, sizeof in_hex));
		expect_text(what, fast.ptr, fast.len, slow.ptr, slow.len);
	}
	lafz_tables_close(yeh);
	norm_free(&norm, &mem_default);
	buf_free(&fast, &mem_default);
	buf_free(&slow, &mem_default);
}
END_TEST

/* Whether a text is one of other scripts does not depend on how it is composed. */
START_TEST(test_other_script)
{
	for (uint32_t cp = 0; cp < 0x110000; cp++) {
		if (cp >= 0xD800 && cp <= 0xDFFF)
			continue;
		uint32_t parts[NFC_PARTS];
		const size_t n = nfc_parts(cp, parts);
		const bool is_letter = places_is_letter(cp);
		bool fits = places_is_other_script(&cp, 1) == places_is_other_script(parts, n) &&
		            places_is_letter(parts[0]) == is_letter;
		for (size_t i = 1; i < n; i++)
			fits &= !is_letter || places_is_mark(parts[i]) || places_is_letter(parts[i]);
		if (!fits)
			ck_abort_msg("U+%04X", (unsigned)cp);
	}
}
END_TEST

/* ---- NFC ---- */

START_TEST(test_nfc)
{
	struct norm norm = {0};
	struct buf out = {0};
	ck_assert_int_eq(
		norm_nfc(&norm, &mem_default, "\u0627 b\u0628\u064E\u0651", 10, 0, &out, NULL), 0);
	ck_assert_int_eq(norm_nfc(&norm, &mem_default, "", 0, 0, &out, NULL), 0);
	ck_assert_uint_eq(out.len, 0);
	const char in[] = "x\u0627\u0653\xC3 \u0651\u064E\u00AD\u0958";
	const char want[] = "x\u0622\uFFFD \u064E\u0651\u00AD\u0915\u093C";
	ck_assert_int_eq(norm_nfc(&norm, &mem_default, in, strlen(in), 0, &out, NULL), 1);
	expect_text("composed", out.ptr, out.len, want, strlen(want));
	norm_free(&norm, &mem_default);
	buf_free(&out, &mem_default);
}
END_TEST

/* A text that passes the quick check is its own composition, and steps give what the whole gives. */
START_TEST(test_quick_check)
{
	struct nfc nfc = {0};
	uint64_t state = 5;
	size_t quick = 0;
	for (size_t round = 0; round < 60000; round++) {
		uint32_t cps[MOST_CPS], steps[MOST_CPS], scratch[MOST_CPS], before[8];
		const size_t n = 1 + next_random(&state) % 8;
		size_t m = 0;
		for (size_t i = 0; i < n; i++) {
			cps[i] = before[i] = random_cp(&state);
			m += nfc_parts(cps[i], steps + m);
		}
		nfc_order(steps, m, scratch);
		const ptrdiff_t joined = nfc_join(steps, m);
		const bool composed = nfc_is_composed(cps, n);
		const ptrdiff_t left = nfc_compose(&nfc, &mem_default, cps, n, MOST_CPS);
		if (left < 0 || left != joined || memcmp(steps, cps, (size_t)left * sizeof *cps) != 0)
			ck_abort_msg("round %zu: the steps give something else", round);
		if (composed && ((size_t)left != n || memcmp(before, cps, n * sizeof *cps) != 0))
			ck_abort_msg("round %zu: composing changed a composed text", round);
		quick += composed;
	}
	ck_assert_uint_gt(quick, 1000);
	nfc_free(&nfc, &mem_default);
}
END_TEST

/* The same for each character with hamza and madda behind it, another mark between them or not: they are told by the letter. */
START_TEST(test_quick_arabic_marks)
{
	static const uint32_t between[] = {0, 0x0651, 0x0653, 0x0655, 0x0345};
	struct nfc nfc = {0};
	size_t joined = 0, apart = 0;
	for (uint32_t first = 0x20; first < 0x1F000; first++) {
		for (uint32_t mark = 0x0653; mark <= 0x0655; mark++) {
			for (size_t k = 0; k < sizeof between / sizeof *between; k++) {
				uint32_t before[3] = {first}, cps[MOST_CPS];
				size_t n = 1;
				if (between[k] != 0)
					before[n++] = between[k];
				before[n++] = mark;
				memcpy(cps, before, n * sizeof *cps);
				const bool composed = nfc_is_composed(cps, n);
				const ptrdiff_t left = nfc_compose(&nfc, &mem_default, cps, n, MOST_CPS);
				const bool stays = left == (ptrdiff_t)n && memcmp(cps, before, n * sizeof *cps) == 0;
				if (composed && !stays)
					ck_abort_msg("%04X %04X %04X: composing changed a composed text", first, between[k], mark);
				joined += !stays;
				apart += composed && k == 0;
			}
		}
	}
	ck_assert_uint_gt(joined, 8);
	ck_assert_uint_gt(apart, 100000);
	nfc_free(&nfc, &mem_default);
}
END_TEST

/* ---- Hostile input ---- */

/* Rows of a million marks, from high to low class again and again: linear, or this test never ends. */
START_TEST(test_many_marks)
{
	enum { MARKS = 1000000 };
	static const uint16_t pairs[][2] = {
		{0x654, 0x650}, {0x301, 0x323}, {0x651, 0x64E}, {0x655, 0x64B}};
	static const uint16_t bases[] = {0x6CC, 0x647, 0x61, 0x64A};
	char *const text = malloc(2 * (MARKS + 2));
	ck_assert_ptr_nonnull(text);
	struct norm norm = {0};
	struct buf out = {0}, twice = {0};
	for (size_t k = 0; k < LENGTH(pairs); k++) {
		size_t len = utf8_encode(bases[k], text);
		for (size_t i = 0; i < MARKS; i++)
			len += utf8_encode(pairs[k][i % 2], text + len);
		len += utf8_encode(0x628, text + len);
		const struct norm_request request = word_in(k % 2 ? LANG_CKB : LANG_FA);
		norm_of(&norm, &request, text, len, &out);
		norm_of(&norm, &request, out.ptr, out.len, &twice);
		ck_assert_uint_eq(out.len, twice.len);
		ck_assert(same(out.ptr, out.len, twice.ptr, twice.len));
	}
	norm_free(&norm, &mem_default);
	buf_free(&out, &mem_default);
	buf_free(&twice, &mem_default);
	free(text);
}
END_TEST

/* One character, many times, of each kind that looks about itself. */
START_TEST(test_many_of_one)
{
	enum { TIMES = 100000 };
	static const uint16_t cps[] = {0x640, 0x200C, 0x647, 0x621, 0x200B,
	                               0x654, 0xFDF2, 0x6CC, 0xFE0F};
	char *const text = malloc(3 * TIMES);
	ck_assert_ptr_nonnull(text);
	struct norm norm = {0};
	struct buf out = {0};
	for (size_t k = 0; k < LENGTH(cps); k++) {
		size_t len = 0;
		for (size_t i = 0; i < TIMES; i++)
			len += utf8_encode(cps[k], text + len);
		for (uint16_t lang = LANG_PS; lang <= LANG_CKB; lang++) {
			const struct norm_request request = word_in(lang);
			norm_of(&norm, &request, text, len, &out);
			ck_assert_uint_gt(out.len, 0);
		}
	}
	norm_free(&norm, &mem_default);
	buf_free(&out, &mem_default);
	free(text);
}
END_TEST

/* An allocator that fails from the n-th time on. */
struct failing {
	size_t left;
};

static void *fail_allocate(void *ctx, size_t size)
{
	struct failing *const failing = ctx;
	if (failing->left == 0)
		return NULL;
	failing->left--;
	return malloc(size);
}

static void *fail_resize(void *ctx, void *ptr, size_t old_size, size_t size)
{
	struct failing *const failing = ctx;
	(void)old_size;
	if (failing->left == 0)
		return NULL;
	failing->left--;
	return realloc(ptr, size);
}

static void fail_release(void *ctx, void *ptr)
{
	(void)ctx;
	free(ptr);
}

START_TEST(test_memory)
{
	const char in[] = "\u0643\u0640\u0627\u200B\u0653\u064A";
	const struct norm_request request = word_in(LANG_FA);
	size_t failed = 0;
	for (size_t n = 0; n < 20; n++) {
		struct failing failing = {n};
		const struct lafz_allocator mem = {fail_allocate, fail_resize, fail_release,
		                                   &failing};
		struct norm norm = {0};
		struct buf out = {0};
		const int rc = norm_token(&norm, &mem, &request, in, strlen(in), &out, NULL);
		if (rc < 0) {
			ck_assert_int_eq(rc, LAFZ_ERR_MEMORY);
			ck_assert_uint_eq(out.len, 0);
			failed++;
		} else {
			expect_text("with memory", out.ptr, out.len, "\u06A9\u0622\u06CC", 6);
		}
		norm_free(&norm, &mem);
		buf_free(&out, &mem);
	}
	ck_assert_uint_eq(failed, 4);
}
END_TEST

START_TEST(test_names)
{
	const struct fold_table *const fa = fold_table(LANG_FA);
	ck_assert_str_eq(fold_name(fa, &fa->rows[fa->begins[FOLD_LETTER]]), "fa-yeh");
	const struct fold_row *const form = fold_form(fold_table(LANG_UG), 0xFEE9);
	ck_assert_ptr_nonnull(form);
	ck_assert_str_eq(fold_name(fold_table(LANG_UG), form), "ug-heh-form");
	ck_assert_ptr_null(fold_form(fa, 0xFEE9));
	ck_assert_ptr_eq(fold_table(LANG_EN), fold_table(LAFZ_LANG_UND));
	ck_assert_ptr_eq(fold_table(LAFZ_LANG_NONE), fold_table(LAFZ_LANG_UND));
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("norm");
	TCase *const golden = tcase_create("golden");
	tcase_set_timeout(golden, NO_TIMEOUT);
	tcase_add_loop_test(golden, test_rows, 0, (int)LENGTH(rows));
	tcase_add_loop_test(golden, test_kinds, 0, (int)LENGTH(kind_rows));
	tcase_add_loop_test(golden, test_gaps, 0, (int)LENGTH(gap_rows));
	tcase_add_loop_test(golden, test_options, 0, (int)LENGTH(option_rows));
	tcase_add_test(golden, test_hints);
	tcase_add_test(golden, test_gap_without_zwnj);
	tcase_add_test(golden, test_forms);
	tcase_add_test(golden, test_names);
	tcase_add_test(golden, test_nfc);
	suite_add_tcase(suite, golden);
	TCase *const laws = tcase_create("laws");
	tcase_set_timeout(laws, NO_TIMEOUT);
	tcase_add_test(laws, test_alphabets);
	tcase_add_test(laws, test_laws);
	tcase_add_test(laws, test_option_laws);
	tcase_add_test(laws, test_short_look);
	tcase_add_test(laws, test_other_script);
	tcase_add_test(laws, test_quick_check);
	tcase_add_test(laws, test_quick_arabic_marks);
	tcase_add_test(laws, test_many_marks);
	tcase_add_test(laws, test_many_of_one);
	tcase_add_test(laws, test_memory);
	suite_add_tcase(suite, laws);
	SRunner *const runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
