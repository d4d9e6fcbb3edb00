/*
 * The norm with options: marks, punctuation, case, ZWNJ, digits, and rules that are switched on by name.
 */
#include <string.h>

#include "helper.h"
#include "lang.h"
#include "norm/fold.h"
#include "norm_text.h"
#include "quick_check.h"

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

START_TEST(test_options)
{
	struct norm norm = {0};
	struct buf out = {0};
	const struct option_row *const row = &option_rows[_i];
	struct lafz_tables *const yeh = norm_text_tables("ps-inner-yeh");
	const struct norm_request request = norm_text_request(row, yeh);
	const char *const want = row->want ? row->want : row->in;
	norm_text_of(&norm, &request, row->in, strlen(row->in), &out);
	norm_text_expect(row->what, out.ptr, out.len, want, strlen(want));
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

int main(void)
{
	Suite *const suite = suite_create("norm_options");
	TCase *const all = tcase_create("norm_options");
	tcase_set_timeout(all, NO_TIMEOUT);
	tcase_add_loop_test(all, test_options, 0, (int)LENGTH(option_rows));
	tcase_add_test(all, test_hints);
	suite_add_tcase(suite, all);
	return helper_run_suite(suite);
}
