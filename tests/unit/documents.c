#include "documents.h"

const struct document documents[] = {
	{.description = "empty", .text = T("")},
	{.description = "one letter", .text = T("a")},
	{.description = "no newline at the end", .text = T("one two\nthree")},
	{.description = "newlines alone", .text = T("\n\n\r\n\r")},
	{.description = "white space alone", .text = T(" \t\u00A0\u3000 ")},
	{.description = "byte order mark", .text = T("\uFEFFone two.\n")},
	{.description = "byte order mark alone", .text = T("\uFEFF")},
	{.description = "byte order mark, then a newline", .text = T("\uFEFF\n\uFEFFx")},
	{.description = "CRLF", .text = T("one two.\r\nThree. Four.\r\n\r\nFive.\r\n")},
	{.description = "all line ends", .text = T("a\nb\r\nc\rd\ve\ff\xC2\x85g\u2028h\u2029i")},
	{.description = "paragraphs",
         .text = T("one\ntwo\n\n\nthree\n \t\nfour\u2029"
                   "five\n\n")},
	{.description = "Pashto",
         .text = T("\u0646\u0646 \u0645\u0648 \u067E\u0647 \u06A9\u0627\u0628\u0644 \u06A9\u06D0 "
                   "\u06F1\u06F2\u06F4 \u06A9\u0648\u0686\u0646\u064A "
                   "\u06A9\u062A\u0627\u0628\u062A\u0648\u0646\u0648\u0646\u0647 "
                   "\u067E\u0631\u0627\u0646\u064A\u0633\u062A\u0644!\n")},
	{.description = "Persian with ZWNJ and foreign letters",
         .text = T("\u0643\u062A\u0627\u0628\u200C\u0647\u0627\u064A "
                   "\u0627\u064A\u0631\u0627\u0646\u06D4 "
                   "\u0645\u064A\u200C\u0634\u0648\u062F\u060C \u200C\u0634\u062F\u200C.")},
	{.description = "scripts and digits side by side",
         .text = T("\u06A9\u0627\u0628\u0644Kabul \u0627\u0632"
                   "53 5km \u0627\u0644"
                   "2021 21st")},
	{.description = "tatweel and harakat",
         .text = T("\u0645\u0640\u0640\u062D\u0645\u0651\u064E\u062F \u0640\u0640\u0640 "
                   "\u0647\u0640 \u0640\u064E")},
	{.description = "presentation forms",
         .text = T("\uFEFB\uFEE9 \uFDF2 \uFDFA\uFDFC \uFC60 \uFE76\uFE8D")},
	{.description = "invisible controls",
         .text = T("\u200Fa\u200F.\u200F b\u00AD"
                   "c\u200B"
                   "d \u202Be\u202C \u2067\u2069 \u061C\u0628 \u180E")},
	{.description = "decomposed letters across tokens",
         .text = T("\u0627\u0653 \u064A\u0654e\u0301 \u0301 \u0301x \u1100\u1161\u11A8 \u11A8")},
	{.description = "links, addresses, tags",
         .text = T("see http://example.af/a?b=c, www.a.com; press@example.af @spogmay_k "
                   "#\u06A9\u062A\u0627\u0628_\u0644 $AB")},
	{.description = "numbers, dates, times",
         .text = T("3,000.50 \u06F1\u06F2\u066B\u06F5 2025-09-21 17:29 5-7 65% $48 1.2.3.4 "
                   "\u06F1\u06F4\u06F0\u06F4/\u06F6/\u06F3\u06F0")},
	{.description = "emoji",
         .text = T("\U0001F469\u200D\U0001F33E\U0001F1E6\U0001F1EB\U0001F3FD\u2764\uFE0F "
                   "1\uFE0F\u20E3 :-) \uFE0F")},
	{.description = "abbreviations and quotes",
         .text = T("\u201CDr. Noori of the U.S. said,\u201D he wrote... \u201CNo?!\u201D E.g. "
                   "l'accord, don\u2019t. A. B. Smith.")},
	{.description = "dictionary scripts",
         .text = T("\u0E20\u0E32\u0E29\u0E32\u0E44\u0E17\u0E22 \u4E2D\u6587\u5B57 "
                   "\u304B\u306A\u30AB\u30CA x")},
	{.description = "other scripts",
         .text = T("\u0438\u0306\u0439 \u05D0\"\u05D1 \u03B1\u0345\u1FB3 \U00010400")},
	{.description = "NUL", .text = T("a\0b \0 \0\0\n\0")},
	{.description = "controls, private, unassigned",
         .text = T("\x01\x7F \uE000\u0378 \uFFFF\U0010FFFF \uFFFD")},
	{.description = "cut off at the end", .text = T("one two\xF0\x9F\x98")},
	{.description = "cut off before a newline", .text = T("one\xE2\x80\ntwo\xD8\n\xC2")},
	{.description = "overlong", .text = T("a\xC0\xAF \xE0\x80\xAF \xF0\x80\x80\xAF\n")},
	{.description = "surrogates", .text = T("a\xED\xA0\x80\xED\xB0\x80 b\n\xED\xAF")},
	{.description = "too high", .text = T("a\xF4\x90\x80\x80 \xF5\x80\x80\x80 \xFF\xFE b")},
	{.description = "stray continuation bytes",
         .text = T("\x80"
                   "a\xBF\xBF"
                   "b \x80\n\x80")},
	{.description = "ill-formed bytes in a word and a gap",
         .text = T("\u06A9\xD9\u0628 \xFF \u200F\xFF\u200F x\xCC")},
	{.description = "bare marks", .text = T("\u064E\u064F \u0301\n\u0654 \u200C\u200D")},
	{.description = "a word beyond 64 bytes",
         .text = T(A60 A60 " one. two " A60 "\n" A60 "\r\nx")},
	{.description = "white space beyond 64 bytes",
         .text = T("a                                                                      b\n\n")},
	{.description = "a combining sequence beyond 64 bytes",
         .text = T("e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301"
                   "\u0301\u0301\u0301\u0301\u0301"
                   "\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301"
                   "\u0301\u0301\u0301 x")},
	{.description = "a link beyond 64 bytes", .text = T("http://example.af/" A60 "/" A60 " x")},
};

const size_t n_documents = COUNT(documents);

const struct setting settings[] = {
	{.description = "defaults"},
	{.description = "search", .rules = LAFZ_RULES_SEARCH},
	{.description = "uax29", .rules = LAFZ_RULES_UAX29},
	{.description = "nfc", .profile = LAFZ_PROFILE_NFC},
	{.description = "no norm", .profile = LAFZ_PROFILE_NONE, .on_invalid = LAFZ_INVALID_DROP},
	{.description = "Persian, drop", .lang = "fa", .on_invalid = LAFZ_INVALID_DROP},
	{.description = "unwrap", .unwrap = 1},
	{.description = "64 bytes", .max_segment = 64},
	{.description = "unwrap, 64 bytes, nfc",
         .unwrap = 1,
         .max_segment = 64,
         .profile = LAFZ_PROFILE_NFC},
	{.description = "uax29, unwrap, 64 bytes, Sorani",
         .rules = LAFZ_RULES_UAX29,
         .unwrap = 1,
         .max_segment = 64,
         .lang = "ckb"},
	{.description = "tokens of 64 bytes", .max_token = 64},
	{.description = "uax29, nfc, tokens of 65 bytes",
         .rules = LAFZ_RULES_UAX29,
         .profile = LAFZ_PROFILE_NFC,
         .max_token = 65},
	{.description = "search, segments of 300 bytes, tokens of 67, Persian",
         .rules = LAFZ_RULES_SEARCH,
         .max_segment = 300,
         .max_token = 67,
         .lang = "fa"},
};

const size_t n_settings = COUNT(settings);

struct lafz_options setting_options(const struct setting *setting)
{
	struct lafz_options options = record_defaults();
	options.rules = setting->rules;
	options.profile = setting->profile;
	options.on_invalid = setting->on_invalid;
	options.unwrap = setting->unwrap;
	options.max_segment = setting->max_segment;
	options.max_token = setting->max_token;
	if (setting->lang) {
		options.languages[0] = lafz_lang_id(setting->lang);
		options.n_languages = 1;
	}
	return options;
}
