/*
 * The norm of tokens and gaps: each fold row with what it changes and what it leaves, presentation forms, controls, tatweel, ZWNJ.
 */
#include <stdbool.h>
#include <string.h>

#include <utf8proc.h>

#include "helper.h"
#include "lang.h"
#include "norm/fold.h"
#include "norm/forms.h"
#include "norm/norm.h"
#include "norm_text.h"
#include "quick_check.h"
#include "unicode/nfc.h"
#include "unicode/ucd.h"

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
	const struct norm_request request = norm_text_word(row->lang);
	const char *const want = row->want ? row->want : row->in;
	norm_text_of(&norm, &request, row->in, strlen(row->in), &out);
	norm_text_expect(row->what, out.ptr, out.len, want, strlen(want));
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
	norm_text_of(&norm, &request, row->in, strlen(row->in), &out);
	norm_text_expect(row->what, out.ptr, out.len, want, strlen(want));
	norm_free(&norm, &mem_default);
	buf_free(&out, &mem_default);
}
END_TEST

/* ---- Gaps ---- */

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
	norm_text_expect("zwnj goes", out.ptr, out.len, " \u200B ", 5);
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
	norm_text_expect(row->what, out.ptr, out.len, row->want ? row->want : "",
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

/* ---- Names ---- */

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
	TCase *const all = tcase_create("norm");
	tcase_set_timeout(all, NO_TIMEOUT);
	tcase_add_loop_test(all, test_rows, 0, (int)LENGTH(rows));
	tcase_add_loop_test(all, test_kinds, 0, (int)LENGTH(kind_rows));
	tcase_add_loop_test(all, test_gaps, 0, (int)LENGTH(gap_rows));
	tcase_add_test(all, test_gap_without_zwnj);
	tcase_add_test(all, test_forms);
	tcase_add_test(all, test_names);
	suite_add_tcase(suite, all);
	return helper_run_suite(suite);
}
