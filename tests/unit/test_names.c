/*
 * The names of things: every id has one name and every name leads back to its id; what is unknown
 * is NULL, NONE or 0; and what writes into the caller's room keeps to it.
 */
#include <stdio.h>
#include <string.h>

#include "helper.h"

/* ---- Languages ---- */

struct lang_row {
	const char *tag, *script, *name; /* name: English, as CLDR has it; NULL: not compared */
	unsigned support;
};

#define DETECTED LAFZ_LANG_DETECTED
#define ALL (LAFZ_LANG_DETECTED | LAFZ_LANG_FOLDED | LAFZ_LANG_PROTECTED)
#define PROTECTED LAFZ_LANG_PROTECTED

/* What the manual promises; there may be more languages. */
static const struct lang_row lang_rows[] = {
	{.tag = "und", .script = "Zyyy", .name = "undetermined"},
	{.tag = "ps", .script = "Arab", .name = "Pashto", .support = ALL},
	{.tag = "fa", .script = "Arab", .name = "Persian", .support = ALL},
	{.tag = "ar", .script = "Arab", .name = "Arabic", .support = ALL},
	{.tag = "ur", .script = "Arab", .name = "Urdu", .support = ALL},
	{.tag = "ug", .script = "Arab", .name = "Uyghur", .support = ALL},
	{.tag = "sd", .script = "Arab", .name = "Sindhi", .support = ALL},
	{.tag = "ckb", .script = "Arab", .support = ALL},
	{.tag = "azb", .script = "Arab", .support = PROTECTED},
	{.tag = "ks", .script = "Arab", .name = "Kashmiri", .support = PROTECTED},
	{.tag = "pnb", .script = "Arab", .support = PROTECTED},
	{.tag = "skr", .script = "Arab", .support = PROTECTED},
	{.tag = "mzn", .script = "Arab", .name = "Mazanderani", .support = PROTECTED},
	{.tag = "glk", .script = "Arab", .name = "Gilaki", .support = PROTECTED},
	{.tag = "bal", .script = "Arab", .name = "Baluchi", .support = PROTECTED},
	{.tag = "uz-Arab", .script = "Arab", .name = "Uzbek (Arabic)", .support = PROTECTED},
	{.tag = "en", .script = "Latn", .name = "English", .support = DETECTED},
	{.tag = "fr", .script = "Latn", .name = "French"},
	{.tag = "de", .script = "Latn", .name = "German"},
	{.tag = "es", .script = "Latn", .name = "Spanish"},
	{.tag = "it", .script = "Latn", .name = "Italian"},
	{.tag = "pt", .script = "Latn", .name = "Portuguese"},
	{.tag = "nl", .script = "Latn", .name = "Dutch"},
	{.tag = "tr", .script = "Latn", .name = "Turkish"},
	{.tag = "az", .script = "Latn", .name = "Azerbaijani"},
	{.tag = "uz", .script = "Latn", .name = "Uzbek"},
	{.tag = "id", .script = "Latn", .name = "Indonesian"},
	{.tag = "so", .script = "Latn", .name = "Somali"},
	{.tag = "sw", .script = "Latn", .name = "Swahili"},
	{.tag = "ha", .script = "Latn", .name = "Hausa"},
	{.tag = "ku", .script = "Latn", .name = "Kurdish"},
};

/* The whole name of a language in room for it and more; none is as long as that. */
#define NAME_ROOM 200

START_TEST(languages)
{
	for (size_t i = 0; i < COUNT(lang_rows); i++) {
		const struct lang_row *row = &lang_rows[i];
		char name[NAME_ROOM] = "";
		const uint16_t lang = lafz_lang_id(row->tag);
		ck_assert_msg(lang < lafz_lang_count(), "%s: id %u", row->tag, (unsigned)lang);
		ck_assert_str_eq(lafz_lang_tag(lang), row->tag);
		ck_assert_str_eq(lafz_lang_script(lang), row->script);
		ck_assert_msg((lafz_lang_support(lang) & row->support) == row->support,
		              "%s: expected support %u, actual %u", row->tag, row->support,
		              lafz_lang_support(lang));
		const size_t len = lafz_lang_name(lang, name, sizeof name);
		ck_assert_msg(len == strlen(name) && len > 0, "%s: name %s, %zu bytes", row->tag,
		              name, len);
		ck_assert_msg(!row->name || strcmp(name, row->name) == 0,
		              "%s: expected %s, actual %s", row->tag, row->name ? row->name : "",
		              name);
	}
	ck_assert_uint_eq(lafz_lang_id("und"), LAFZ_LANG_UND);
	ck_assert_uint_eq(lafz_lang_support(LAFZ_LANG_UND), 0);
	ck_assert_uint_eq(lafz_lang_evidence(LAFZ_LANG_UND), 0);
	ck_assert_uint_eq(lafz_lang_evidence(LAFZ_LANG_NONE), 0);
	ck_assert_uint_eq(lafz_lang_evidence(lafz_lang_id("azb")), 0);
	ck_assert_uint_eq(lafz_lang_evidence(lafz_lang_id("en")), LAFZ_EVIDENCE_WORDS);
	ck_assert_uint_eq(lafz_lang_evidence(lafz_lang_id("ps")),
	                  LAFZ_EVIDENCE_WORDS | LAFZ_EVIDENCE_LETTERS);
	ck_assert_uint_eq(lafz_lang_evidence(lafz_lang_id("ar")),
	                  LAFZ_EVIDENCE_WORDS | LAFZ_EVIDENCE_HARAKAT);
}
END_TEST

static void change_case(const char *tag, char *upper, char *lower)
{
	size_t i = 0;
	for (; tag[i]; i++) {
		const char c = tag[i];
		upper[i] = (char)(c >= 'a' && c <= 'z' ? c - 32 : c);
		lower[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	upper[i] = lower[i] = '\0';
}

START_TEST(every_id_and_its_tag)
{
	const uint16_t n = lafz_lang_count();
	ck_assert_uint_ge(n, COUNT(lang_rows));
	for (uint16_t lang = 0; lang < n; lang++) {
		char upper[32], lower[32];
		const char *tag = lafz_lang_tag(lang);
		ck_assert_ptr_nonnull(tag);
		ck_assert_uint_lt(strlen(tag), sizeof upper);
		change_case(tag, upper, lower);
		ck_assert_msg(lafz_lang_id(tag) == lang && lafz_lang_id(upper) == lang &&
		                      lafz_lang_id(lower) == lang,
		              "%s: expected %u, actual %u, %u, %u", tag, (unsigned)lang,
		              (unsigned)lafz_lang_id(tag), (unsigned)lafz_lang_id(upper),
		              (unsigned)lafz_lang_id(lower));
		ck_assert_uint_eq(strlen(lafz_lang_script(lang)), 4);
		ck_assert_uint_eq(lafz_lang_support(lang) & ~(unsigned)ALL, 0);
	}
}
END_TEST

START_TEST(unknown_languages)
{
	static const char *const tags[] = {
		"",    " ",      "x",        "xx",      "p", "psx",  "ps-",  "ps-AF",
		"uz-", "uz-Ara", "uz-Arabx", "uz_Arab", "u", "undx", "\xFF", "p\xF3",
	};
	for (size_t i = 0; i < COUNT(tags); i++)
		ck_assert_msg(lafz_lang_id(tags[i]) == LAFZ_LANG_NONE, "%s: id %u",
		              helper_show(tags[i], strlen(tags[i])),
		              (unsigned)lafz_lang_id(tags[i]));
	ck_assert_uint_eq(lafz_lang_id(NULL), LAFZ_LANG_NONE);
	for (unsigned lang = lafz_lang_count(); lang <= 0xFFFF; lang++) {
		if (lafz_lang_tag((uint16_t)lang) || lafz_lang_script((uint16_t)lang) ||
		    lafz_lang_support((uint16_t)lang) || lafz_lang_name((uint16_t)lang, NULL, 0))
			ck_abort_msg("language %u is known", lang);
	}
}
END_TEST

/* ---- What writes into the caller's room ---- */

typedef size_t write_name(uint16_t lang, char *out, size_t cap);

static size_t write_versions(uint16_t lang, char *out, size_t cap)
{
	(void)lang;
	return lafz_library_versions(out, cap);
}

/* With any cap: the length of the whole, its front with a NUL, and nothing written behind cap. */
static void check_room(const char *description, write_name *write, uint16_t lang)
{
	char whole[512], room[512];
	const size_t len = write(lang, whole, sizeof whole);
	ck_assert_uint_lt(len, sizeof whole);
	ck_assert_uint_eq(strlen(whole), len);
	ck_assert_uint_eq(write(lang, NULL, 0), len);
	for (size_t cap = 0; cap <= len + 2; cap++) {
		memset(room, '#', sizeof room);
		const size_t told = write(lang, room, cap);
		const size_t n = cap == 0 ? 0 : cap <= len ? cap - 1 : len;
		size_t behind = cap;
		while (behind < sizeof room && room[behind] == '#')
			behind++;
		if (told != len || memcmp(room, whole, n) != 0 || (cap > 0 && room[n] != '\0') ||
		    behind < sizeof room)
			ck_abort_msg("%s, room for %zu: expected %zu bytes, the first %zu of %s; "
			             "actual %zu, %s",
			             description, cap, len, n, whole, told,
			             helper_show(room, cap + 4));
	}
}

/* The characters of the test below, by number. */
static const uint32_t char_cps[] = {0x0041, 0x0643, 0x200C, 0x0007, 0xFFFF, 0xAC00, 0x10FFFF};

static size_t write_char(uint16_t i, char *out, size_t cap)
{
	return lafz_char_name(char_cps[i], out, cap);
}

START_TEST(names_of_characters)
{
	static const char *const names[] = {
		"LATIN CAPITAL LETTER A", "ARABIC LETTER KAF",   "ZERO WIDTH NON-JOINER",
		"<control-0007>",         "<noncharacter-FFFF>", "HANGUL SYLLABLE GA",
		"<noncharacter-10FFFF>",
	};
	for (size_t i = 0; i < COUNT(char_cps); i++) {
		char name[NAME_ROOM] = "";
		const size_t len = lafz_char_name(char_cps[i], name, sizeof name);
		ck_assert_msg(strcmp(name, names[i]) == 0 && len == strlen(name),
		              "U+%04X: expected %s, actual %s, %zu bytes", (unsigned)char_cps[i],
		              names[i], name, len);
	}
	ck_assert_uint_eq(lafz_char_name(0x110000, NULL, 0), 0);
	ck_assert_uint_eq(lafz_char_name(UINT32_MAX, NULL, 0), 0);
}
END_TEST

START_TEST(names_in_small_room)
{
	for (uint16_t i = 0; i < COUNT(char_cps); i++)
		check_room("a character", write_char, i);
	for (uint16_t lang = 0; lang < lafz_lang_count(); lang++)
		check_room(lafz_lang_tag(lang), lafz_lang_name, lang);
	check_room("versions", write_versions, 0);
}
END_TEST

/* ---- Scripts, kinds, flags, statuses ---- */

START_TEST(scripts)
{
	bool has_arab = false, has_latn = false;
	for (unsigned script = 0; script <= 0xFF; script++) {
		const char *tag = lafz_script_tag((uint8_t)script);
		ck_assert_msg(tag && strlen(tag) == 4, "script %u: %s", script, tag ? tag : "NULL");
		ck_assert_msg(tag[0] >= 'A' && tag[0] <= 'Z', "script %u: %s", script, tag);
		for (size_t i = 1; i < 4; i++)
			ck_assert_msg(tag[i] >= 'a' && tag[i] <= 'z', "script %u: %s", script, tag);
		for (unsigned other = 0; other < script; other++)
			ck_assert_msg(strcmp(tag, "Zyyy") == 0 ||
			                      strcmp(tag, lafz_script_tag((uint8_t)other)) != 0,
			              "scripts %u and %u: %s", other, script, tag);
		has_arab = has_arab || strcmp(tag, "Arab") == 0;
		has_latn = has_latn || strcmp(tag, "Latn") == 0;
	}
	ck_assert(has_arab && has_latn);
	ck_assert_str_eq(lafz_script_tag(0), "Zyyy");
	ck_assert_str_eq(lafz_script_tag(255), "Zyyy");
}
END_TEST

static const char *const kinds[] = {
	[LAFZ_KIND_WORD] = "word",       [LAFZ_KIND_NUMBER] = "number",
	[LAFZ_KIND_PUNCT] = "punct",     [LAFZ_KIND_SYMBOL] = "symbol",
	[LAFZ_KIND_EMOJI] = "emoji",     [LAFZ_KIND_URL] = "url",
	[LAFZ_KIND_EMAIL] = "email",     [LAFZ_KIND_MENTION] = "mention",
	[LAFZ_KIND_HASHTAG] = "hashtag", [LAFZ_KIND_TIME] = "time",
	[LAFZ_KIND_DATE] = "date",       [LAFZ_KIND_OTHER] = "other",
	[LAFZ_KIND_SPACE] = "space",
};

START_TEST(kinds_and_flags)
{
	static const struct {
		uint16_t flag;
		const char *name;
	} flags[] = {
		{LAFZ_FLAG_ABBREVIATION, "abbreviation"},
		{LAFZ_FLAG_CONTRACTION, "contraction"},
		{LAFZ_FLAG_REPAIRED, "repaired"},
		{LAFZ_FLAG_CUT, "cut"},
		{LAFZ_FLAG_BIDI, "bidi"},
		{LAFZ_FLAG_MIXED, "mixed"},
		{LAFZ_FLAG_UPPER, "upper"},
		{LAFZ_FLAG_ZWNJ, "zwnj"},
		{LAFZ_FLAG_ORDINAL, "ordinal"},
		{LAFZ_FLAG_VERSION, "version"},
		{LAFZ_FLAG_IP, "ip"},
		{LAFZ_FLAG_PHONE, "phone"},
	};
	for (unsigned kind = 0; kind <= 0xFF; kind++) {
		const char *name = lafz_kind_name((uint8_t)kind);
		if (kind < COUNT(kinds))
			ck_assert_str_eq(name, kinds[kind]);
		else
			ck_assert_msg(!name, "kind %u: %s", kind, name);
	}
	for (unsigned flag = 0; flag <= 0xFFFF; flag++) {
		const char *expected = NULL, *actual = lafz_flag_name((uint16_t)flag);
		for (size_t i = 0; i < COUNT(flags); i++)
			expected = flag == flags[i].flag ? flags[i].name : expected;
		if (!expected != !actual || (expected && strcmp(expected, actual) != 0))
			ck_abort_msg("flag %u: expected %s, actual %s", flag,
			             expected ? expected : "NULL", actual ? actual : "NULL");
	}
}
END_TEST

/* The numbers of the interface are pinned. */
START_TEST(numbers)
{
	static const int statuses[] = {
		LAFZ_OK,         LAFZ_TOKEN,       LAFZ_MORE,      LAFZ_BATCH,
		LAFZ_ERR_MEMORY, LAFZ_ERR_OPTION,  LAFZ_ERR_ORDER, LAFZ_ERR_ILLFORMED,
		LAFZ_ERR_LIMIT,  LAFZ_ERR_UNICODE,
	};
	static const int pinned[] = {0, 1, 2, 3, -1, -2, -3, -4, -5, -6};
	for (size_t i = 0; i < COUNT(statuses); i++) {
		ck_assert_int_eq(statuses[i], pinned[i]);
		const char *text = lafz_strerror(statuses[i]);
		ck_assert_msg(text && *text, "status %d", statuses[i]);
		ck_assert_msg((statuses[i] >= 0) == (strcmp(text, "no error") == 0),
		              "status %d: %s", statuses[i], text);
		for (size_t k = 0; k < i; k++)
			ck_assert_msg(statuses[i] >= 0 ||
			                      strcmp(text, lafz_strerror(statuses[k])) != 0,
			              "%d and %d: %s", statuses[i], statuses[k], text);
	}
	static const int unknown[] = {4, 100, -7, -100, INT32_MAX, INT32_MIN};
	for (size_t i = 0; i < COUNT(unknown); i++)
		ck_assert_msg(lafz_strerror(unknown[i]) && *lafz_strerror(unknown[i]), "status %d",
		              unknown[i]);
	ck_assert_str_eq(lafz_strerror(LAFZ_ERR_MEMORY), "out of memory");
	ck_assert_int_eq(LAFZ_WANT_ALL, 31);
	ck_assert_int_eq(LAFZ_WANT_GAPS, 32);
	ck_assert_int_eq(LAFZ_KIND_SPACE, 12);
	ck_assert_int_eq(LAFZ_FLAG_PHONE, 2048);
	ck_assert_int_eq(LAFZ_RULES_UAX29, 2);
	ck_assert_int_eq(LAFZ_PROFILE_NONE, 2);
	ck_assert_int_eq(LAFZ_INVALID_FAIL, 2);
	ck_assert_int_eq(LAFZ_LANG_UND, 0);
	ck_assert_int_eq(LAFZ_LANG_NONE, 65535);
}
END_TEST

/* ---- Kernels and versions ---- */

START_TEST(kernels)
{
	static const char *const known[] = {"plain", "ssse3", "avx2", "avx512", "neon"};
	int usable = -1;
	ck_assert_str_eq(lafz_kernel(0, &usable), "plain");
	ck_assert_int_eq(usable, 1);
	size_t n = 0;
	for (; lafz_kernel(n, &usable); n++) {
		const char *name = lafz_kernel(n, NULL);
		bool is_known = false;
		for (size_t i = 0; i < COUNT(known); i++)
			is_known = is_known || strcmp(name, known[i]) == 0;
		ck_assert_msg(is_known, "kernel %zu: %s", n, name);
		struct lafz_options options;
		struct lafz_stream *stream = NULL;
		lafz_options_init(&options, sizeof options);
		options.kernel = name;
		const int rc = lafz_open(&stream, &options);
		ck_assert_msg(rc == (usable ? LAFZ_OK : LAFZ_ERR_OPTION),
		              "kernel %s, usable %d: open: %d", name, usable, rc);
		lafz_close(stream);
	}
	usable = -1;
	ck_assert_ptr_null(lafz_kernel(n, &usable));
	ck_assert_int_eq(usable, 0);
	ck_assert_ptr_null(lafz_kernel(SIZE_MAX, NULL));
}
END_TEST

START_TEST(versions)
{
	char line[512];
	ck_assert_str_eq(lafz_version(), LAFZ_VERSION);
	const char *rules = lafz_rules_version();
	static const char *const parts[] = {"rules ", "key ", "model ", "Unicode 15.0"};
	for (size_t i = 0; i < COUNT(parts); i++)
		ck_assert_msg(strstr(rules, parts[i]), "expected %s in %s", parts[i], rules);
	ck_assert_ptr_null(strchr(rules, '\n'));
	ck_assert_uint_lt(lafz_library_versions(line, sizeof line), sizeof line);
	ck_assert_msg(strstr(line, "ICU ") && strstr(line, "utf8proc ") && strstr(line, "Unicode "),
	              "%s", line);
	ck_assert_ptr_null(strchr(line, '\n'));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		languages,           every_id_and_its_tag, unknown_languages,
		names_of_characters, names_in_small_room,  scripts,
		kinds_and_flags,     numbers,              kernels,
		versions,
	};
	return helper_run("names", tests, COUNT(tests));
}
