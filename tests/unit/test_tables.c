/*
 * Tables of folds made at run time: every error with its line, what a good table does and where,
 * that the built-in files read as a user's give the built-in norms, rules switched on by name, and
 * that no text breaks the reader.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper.h"
#include "lang.h"
#include "norm/norm.h"
#include "norm/tables.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"

static int read_text(struct lafz_tables **tables, const char *text, struct lafz_tables_error *error)
{
	return lafz_tables_read(tables, text, strlen(text), NULL, error);
}

/* The norm of a word. */
static void norm_of(const struct lafz_tables *tables, uint16_t lang, const char *text, size_t len,
                    struct buf *out)
{
	struct norm norm = {0};
	const struct norm_request request = {
		.lang = lang, .kind = LAFZ_KIND_WORD, .script = UCD_SCRIPT_ARAB, .tables = tables};
	out->len = 0;
	const int rc = norm_token(&norm, &mem_default, &request, text, len, out, NULL);
	if (rc < 0 || (rc == 0 && buf_append(out, &mem_default, text, len) < 0))
		ck_abort_msg("norm failed: %d", rc);
	norm_free(&norm, &mem_default);
}

static void expect_norm(const struct lafz_tables *tables, uint16_t lang, const char *text,
                        const char *want)
{
	struct buf out = {0};
	norm_of(tables, lang, text, strlen(text), &out);
	ck_assert_msg(helper_equals(out.ptr, out.len, want, strlen(want)),
	              "language %u, %s: expected %s, got %s", (unsigned)lang,
	              helper_show(text, strlen(text)), helper_show(want, strlen(want)),
	              helper_show(out.ptr, out.len));
	buf_free(&out, &mem_default);
}

/* ---- Errors ---- */

struct bad {
	const char *text;
	size_t line;
	const char *want;
};

#define PS "language\tps\n"
#define ROW(source, context, target, flags)                                                        \
	PS source "\t" context "\t" target "\t" flags "\treason\n"
#define FORTY                                                                                      \
	"0628 0628 0628 0628 0628 0628 0628 0628 0628 0628 "                                       \
	"0628 0628 0628 0628 0628 0628 0628 0628 0628 0628 "                                       \
	"0628 0628 0628 0628 0628 0628 0628 0628 0628 0628 "                                       \
	"0628 0628 0628 0628 0628 0628 0628 0628 0628 0628"

static const struct bad bads[] = {
	{"\n# \xFF\n", 2, "bytes that are not UTF-8"},
	{"0643\tany\t06A9\tname=a\tr\n", 1, "a row before a line that names a language"},
	{"#\nlanguage\n", 2, "a line that names a language has two fields"},
	{"language\tps\tfa\n", 1, "a line that names a language has two fields"},
	{"language\txx\n", 1, "an unknown language"},
	{"language\t\n", 1, "an unknown language"},
	{"language\tpspspspspspspspspsps\n", 1, "an unknown language"},
	{"language\tund\n", 1, "und has no folds of its own"},
	{PS "language\tfa\nlanguage\tPS\n", 3, "a language that was named before"},
	{PS "0643\n", 2, "not five or six fields with one tab between two of them"},
	{PS "0643\tany\t06A9\tname=a\n", 2, "not five or six fields with one tab between two of them"},
	{PS "0643\tany\t06A9\tname=a\tr\te\tx\n", 2,
         "not five or six fields with one tab between two of them"},

	{ROW("", "any", "06A9", "name=a"), 2, "a code point that is not four hex digits"},
	{ROW("643", "any", "06A9", "name=a"), 2, "a code point that is not four hex digits"},
	{ROW("064G", "any", "06A9", "name=a"), 2, "a code point that is not four hex digits"},
	{ROW("1F600", "any", "06A9", "name=a"), 2, "a code point that is not four hex digits"},
	{ROW("0643  0643", "any", "06A9", "name=a"), 2, "a code point that is not four hex digits"},
	{ROW("0643 0643 0643 0643", "any", "06A9", "name=a"), 2, "too many code points"},
	{ROW("0020", "any", "06A9", "name=a"), 2, "a code point that no word holds"},
	{ROW("D800", "any", "06A9", "name=a"), 2, "a code point that no word holds"},
	{ROW("200B", "any", "06A9", "name=a"), 2, "a code point that no word holds"},
	{ROW("0643", "any", "0000", "name=a"), 2, "a code point that no word holds"},
	{ROW("0643", "any", "FFFF", "name=a"), 2, "a code point that no word holds"},
	{ROW("0643 FEE9", "any", "06A9", "name=a"), 2,
         "a presentation form that is not the whole source"},
	{ROW("0654 0643", "any", "06A9", "name=a"), 2, "a source of several that begins with a mark"},
	{ROW("0627 0653", "any", "06A9", "name=a"), 2,
         "a source that is not composed (NFC) and so never met"},
	{ROW("212B", "any", "06A9", "name=a"), 2,
         "a source that is not composed (NFC) and so never met"},

	{ROW("0643", "", "06A9", "name=a"), 2, "an unknown context"},
	{ROW("0643", "middle", "06A9", "name=a"), 2, "an unknown context"},
	{ROW("0643", "first  last", "06A9", "name=a"), 2, "an unknown context"},
	{ROW("0643", "first ", "06A9", "name=a"), 2, "a context that is not written as it must be"},
	{ROW("0643", "after:0628", "06A9", "name=a"), 2,
         "a context that is not written as it must be"},
	{ROW("0643", "after:{0628", "06A9", "name=a"), 2,
         "a context that is not written as it must be"},
	{ROW("0643", "after:", "06A9", "name=a"), 2, "a context that is not written as it must be"},
	{ROW("0643", "after:{0628}first", "06A9", "name=a"), 2,
         "a context that is not written as it must be"},
	{ROW("0643", "between-letters", "06A9", "name=a"), 2,
         "a context that only the program's own rows have"},
	{ROW("0643", "after", "06A9", "name=a"), 2,
         "a context with a set where none belongs, or without its set"},
	{ROW("0643", "first:{0628}", "06A9", "name=a"), 2,
         "a context with a set where none belongs, or without its set"},
	{ROW("0643", "any first", "06A9", "name=a"), 2, "the context any beside others"},
	{ROW("0643", "first any", "06A9", "name=a"), 2, "the context any beside others"},
	{ROW("0643", "first first", "06A9", "name=a"), 2, "a context stands twice"},
	{ROW("0643", "last not-ending:{0628} not-ending:{0628}", "06A9", "name=a"), 2,
         "a context stands twice"},
	{ROW("0643", "after:{0628} before:{0628}", "06A9", "name=a"), 2, "a row can have one set"},
	{ROW("0643", "after:{}", "06A9", "name=a"), 2, "a code point that is not four hex digits"},
	{ROW("0643", "after:{" FORTY " " FORTY "}", "06A9", "name=a"), 2, "too many code points"},
	{ROW("0643", "last not-ending:{0628+0628+0628+0628+0628+0628+0628+0628+0628}", "06A9",
             "name=a"),
         2, "too many code points"},
	{ROW("0643", "last not-ending:{" FORTY " " FORTY "}", "06A9", "name=a"), 2,
         "too many endings"},
	{ROW("0643", "first not-first", "06A9", "name=a"), 2, "contexts that cannot hold together"},
	{ROW("0643", "alone not-alone", "06A9", "name=a"), 2, "contexts that cannot hold together"},
	{ROW("0643", "word-has:{0628}", "06A9", "name=a"), 2,
         "word-has and no-marks need first, last or alone"},
	{ROW("0643", "no-marks", "06A9", "name=a"), 2,
         "word-has and no-marks need first, last or alone"},
	{ROW("0643", "not-ending:{0628}", "06A9", "name=a"), 2,
         "not-ending needs last or alone, and a source of one letter"},
	{ROW("0643 0643", "last not-ending:{0628}", "06A9", "name=a"), 2,
         "not-ending needs last or alone, and a source of one letter"},
	{ROW("FEE9", "last", "06D5", "name=a"), 2,
         "a presentation form can only have the context any"},

	{ROW("0643", "any", "", "name=a"), 2, "a code point that is not four hex digits"},
	{ROW("0643", "any", "06A9 ", "name=a"), 2, "a code point that is not four hex digits"},
	{ROW("0643", "any", "FEE9", "name=a"), 2, "a target with a presentation form"},
	{ROW("0643", "any", "0627 0653", "name=a"), 2, "a target that is not composed (NFC)"},

	{ROW("0643", "any", "06A9", "-"), 2, "a row without a name"},
	{ROW("0643", "any", "06A9", ""), 2, "an unknown flag"},
	{ROW("0643", "any", "06A9", "name=a,name=b"), 2, "a row with two names"},
	{ROW("0643", "any", "06A9", "name=a,forced"), 2, "an unknown flag"},
	{ROW("0643", "any", "06A9", "name=a,code"), 2,
         "the flag code, which only the program's own rows have"},
	{ROW("0643", "any", "06A9", "name="), 2,
         "a name that is not a letter and then up to 30 of a-z, 0-9 and -"},
	{ROW("0643", "any", "06A9", "name=A"), 2,
         "a name that is not a letter and then up to 30 of a-z, 0-9 and -"},
	{ROW("0643", "any", "06A9", "name=abcdefghijabcdefghijabcdefghijab"), 2,
         "a name that is not a letter and then up to 30 of a-z, 0-9 and -"},
	{PS "0643\tany\t06A9\tname=a\t\n", 2, "a row without a reason"},
	{PS "0643\tany\t06A9\tname=a\t-\n", 2, "a row without a reason"},
	{ROW("064A", "any", "06CC", "name=a"), 2,
         "a row that changes the language's own letters without the flag force"},
	{ROW("064A 0628", "any", "06CC", "name=a"), 2,
         "a row that changes the language's own letters without the flag force"},
	{ROW("0643", "any", "06A9", "name=a") "\n06A9\tany\t06AA\tname=b,force\treason\n", 2,
         "a target that a row of this language changes again"},
	{ROW("0643", "any", "0643 0643", "name=a"), 2,
         "a target that a row of this language changes again"},
	{ROW("0643", "any", "06A9",
             "name=a") "06C1 06C2\tany\t0643\tname=b\treason\nlanguage\tfa\n",
         3, "a target that a row of this language changes again"},
};

START_TEST(table_of_errors)
{
	for (size_t i = 0; i < COUNT(bads); i++) {
		struct lafz_tables *tables = NULL;
		struct lafz_tables_error error = {99, NULL};
		const int rc = read_text(&tables, bads[i].text, &error);
		ck_assert_msg(rc == LAFZ_ERR_TABLES && !tables, "row %zu, %s: %d", i, bads[i].want,
		              rc);
		ck_assert_msg(error.line == bads[i].line && strcmp(error.text, bads[i].want) == 0,
		              "row %zu: expected line %zu: %s\ngot line %zu: %s", i, bads[i].line,
		              bads[i].want, error.line, error.text);
		ck_assert_int_eq(read_text(&tables, bads[i].text, NULL), LAFZ_ERR_TABLES);
	}
	ck_assert_str_ne(lafz_strerror(LAFZ_ERR_TABLES), lafz_strerror(-100));
}
END_TEST

/* A text of n rows for letters from U+1E00 on. */
static char *many_rows(size_t n, const char *context)
{
	const size_t room = 32 + n * (strlen(context) + 40);
	char *const text = malloc(room);
	ck_assert_ptr_nonnull(text);
	size_t at = (size_t)snprintf(text, room, PS);
	for (size_t i = 0; i < n; i++)
		at += (size_t)snprintf(text + at, room - at, "%04X\t%s\t06A9\tname=n%zu\treason\n",
		                       (unsigned)(0x1E00 + i), context, i);
	return text;
}

START_TEST(limits)
{
	struct lafz_tables *tables = NULL;
	struct lafz_tables_error error;
	char *text = many_rows(TABLES_MOST_ROWS, "any");
	ck_assert_int_eq(read_text(&tables, text, &error), LAFZ_OK);
	ck_assert_str_eq(error.text, "no error");
	expect_norm(tables, LANG_PS, "\u1E00\u1EFE\u1EFF", "\u06A9\u06A9\u1EFF");
	lafz_tables_close(tables);
	free(text);

	text = many_rows(TABLES_MOST_ROWS + 1, "any");
	ck_assert_int_eq(read_text(&tables, text, &error), LAFZ_ERR_TABLES);
	ck_assert_str_eq(error.text, "more than 255 rows of one language");
	ck_assert_uint_eq(error.line, TABLES_MOST_ROWS + 2);
	free(text);

	char endings[8 * TABLES_MOST_SET * 8];
	size_t at = (size_t)snprintf(endings, sizeof endings, "last not-ending:{");
	for (size_t i = 0; i < TABLES_MOST_SET; i++)
		at += (size_t)snprintf(endings + at, sizeof endings - at,
		                       "%s0628+0628+0628+0628+0628+0628+0628+0628", i > 0 ? " " : "");
	snprintf(endings + at, sizeof endings - at, "}");
	text = many_rows(120, endings);
	ck_assert_int_eq(read_text(&tables, text, &error), LAFZ_ERR_TABLES);
	ck_assert_str_eq(error.text, "the sets of this language are too long together");
	ck_assert_uint_gt(error.line, 100);
	free(text);

	text = calloc(1, TABLES_MOST_BYTES + 1);
	ck_assert_ptr_nonnull(text);
	memset(text, '\n', TABLES_MOST_BYTES + 1);
	ck_assert_int_eq(lafz_tables_read(&tables, text, TABLES_MOST_BYTES, NULL, NULL), LAFZ_OK);
	lafz_tables_close(tables);
	ck_assert_int_eq(lafz_tables_read(&tables, text, TABLES_MOST_BYTES + 1, NULL, &error),
	                 LAFZ_ERR_TABLES);
	ck_assert_uint_eq(error.line, 0);
	ck_assert_str_eq(error.text, "more than 1,048,576 bytes");
	memset(text, '#', TABLES_MOST_LINE + 1);
	ck_assert_int_eq(lafz_tables_read(&tables, text, TABLES_MOST_LINE, NULL, &error), LAFZ_OK);
	lafz_tables_close(tables);
	ck_assert_int_eq(lafz_tables_read(&tables, text, TABLES_MOST_LINE + 1, NULL, &error),
	                 LAFZ_ERR_TABLES);
	ck_assert_str_eq(error.text, "a line of more than 4096 bytes");
	ck_assert_uint_eq(error.line, 1);
	free(text);
}
END_TEST

/* ---- Good tables ---- */

START_TEST(one_language)
{
	static const char text[] = "\xEF\xBB\xBF# a comment\r\n\r\nlanguage\tps\r\n"
				   "0643\tany\t06AA\tname=my-kaf\tbecause\tcounted\r\n"
				   "06d2\tlast\t06CC\tname=my-yeh\tbecause";
	struct lafz_tables *tables = NULL;
	ck_assert_int_eq(read_text(&tables, text, NULL), LAFZ_OK);
	expect_norm(tables, LANG_PS, "\u0643\u06D2\u06D2", "\u06AA\u06D2\u06CC");
	expect_norm(tables, LANG_PS, "\u06C1\u0628", "\u06C1\u0628"); /* the built-in row is gone */
	expect_norm(tables, LANG_PS, "\u0628\u0640\uFEFB", "\u0628\u0644\u0627");
	expect_norm(tables, LANG_FA, "\u0643\u064A", "\u06A9\u06CC");
	expect_norm(tables, LAFZ_LANG_UND, "\u0643", "\u0643");
	expect_norm(tables, LANG_EN, "\u0643", "\u0643");
	lafz_tables_close(tables);
	lafz_tables_close(NULL);
}
END_TEST

START_TEST(all_contexts)
{
	static const char text[] = "language\ten\n"
				   "0041\tfirst\t0042\tname=a\tr\n"
				   "0043\tinner\t0044\tname=a\tr\n"
				   "0045\talone\t0046\tname=a\tr\n"
				   "0047\tafter:{0042 0048}\t0049\tname=b\tr\n"
				   "004A\tbefore:{0048}\t004B\tname=b\tr\n"
				   "004C\tlast not-ending:{0058+004C}\t004D\tname=b\tr\n"
				   "004E\tany\t004F 004F 004F\tname=longer\tr\n"
				   "0050\tany\t-\tname=gone\tr\n"
				   "0051\tfirst\t=\tname=stays\tr\n"
				   "0051\tany\t0052\tname=others\tr\n"
				   "0053 0054\tany\t0055\tname=pair\tr\n"
				   "00E9\tany\t0065\tname=accent\tr\n"
				   "FDFA\tany\t0635\tname=form\tr\n"
				   "2019\tany\t02BC\tname=apostrophe\tr\n"
				   "0056 200C\tany\t0057\tname=joiner\tr\n"
				   "0301\tany\t-\tname=mark\tr\n";
	struct lafz_tables *tables = NULL;
	struct lafz_tables_error error;
	const int rc = read_text(&tables, text, &error);
	ck_assert_msg(rc == LAFZ_OK, "line %zu: %s", error.line, error.text);
	expect_norm(tables, LANG_EN, "AA", "BA");
	expect_norm(tables, LANG_EN, "CCC", "CDC");
	expect_norm(tables, LANG_EN, "E", "F");
	expect_norm(tables, LANG_EN, "EE", "EE");
	expect_norm(tables, LANG_EN, "AGGHG", "BIGHI");
	expect_norm(tables, LANG_EN, "JJH", "JKH");
	expect_norm(tables, LANG_EN, "LL", "LM");
	expect_norm(tables, LANG_EN, "XL", "XL");
	expect_norm(tables, LANG_EN, "NNN", "OOOOOOOOO");
	expect_norm(tables, LANG_EN, "xPPx", "xx");
	expect_norm(tables, LANG_EN, "P", "P"); /* a norm is never empty */
	expect_norm(tables, LANG_EN, "QQ", "QR");
	expect_norm(tables, LANG_EN, "STTS", "UTS");
	expect_norm(tables, LANG_EN, "caf\u00E9e\u0301q\u0301", "cafeeq");
	expect_norm(tables, LANG_EN, "a\uFDFA", "a\u0635");
	expect_norm(tables, LANG_EN, "don\u2019t", "don\u02BCt");
	expect_norm(tables, LANG_EN, "V\u200Cx", "Wx");
	expect_norm(tables, LANG_DE, "AA\u2019", "AA\u2019");
	lafz_tables_close(tables);
}
END_TEST

START_TEST(force)
{
	struct lafz_tables *tables = NULL;
	ck_assert_int_eq(read_text(&tables, ROW("064A", "any", "06CC", "force,name=a"), NULL),
	                 LAFZ_OK);
	expect_norm(tables, LANG_PS, "\u0628\u064A", "\u0628\u06CC");
	lafz_tables_close(tables);
	ck_assert_int_eq(read_text(&tables, ROW("064A", "any", "=", "name=a"), NULL), LAFZ_OK);
	expect_norm(tables, LANG_PS, "\u0628\u064A", "\u0628\u064A");
	lafz_tables_close(tables);
	/* Another language's letter is free. */
	ck_assert_int_eq(read_text(&tables, "language\tfa\n064A\tany\t06CC\tname=a\tr\n", NULL),
	                 LAFZ_OK);
	lafz_tables_close(tables);
}
END_TEST

/* ---- The built-in files ---- */

static size_t read_file(const char *name, char *out, size_t cap)
{
	const char *const root = getenv("abs_top_srcdir");
	char path[4096];
	snprintf(path, sizeof path, "%s/src/norm/%s.fold", root ? root : ".", name);
	FILE *const file = fopen(path, "rb");
	ck_assert_msg(file != NULL, "cannot open %s", path);
	const size_t n = fread(out, 1, cap, file);
	fclose(file);
	return n;
}

static const char *const built_in[] = {"ps", "fa", "ar", "ur", "ug", "sd", "ckb"};

START_TEST(built_in_files)
{
	static char text[65536];
	size_t len = 0;
	for (size_t i = 0; i < COUNT(built_in); i++)
		len += read_file(built_in[i], text + len, sizeof text - len);
	struct lafz_tables *tables = NULL;
	struct lafz_tables_error error;
	const int rc = lafz_tables_read(&tables, text, len, NULL, &error);
	ck_assert_msg(rc == LAFZ_OK, "line %zu: %s", error.line, error.text);
	struct buf mine = {0}, own = {0};
	struct rng rng = {20240606};
	for (size_t round = 0; round < 200000; round++) {
		static const uint16_t busy[] = {0x640, 0x200C, 0x654, 0x64E, 0x647, 0x649, 0x64A,
		                                0x6CC, 0x643,  0x6D5, 0x621, 0x6C1, 0x6BE, 0xFEE9};
		char word[32];
		size_t n = 0;
		const size_t letters = 1 + rng_below(&rng, 6);
		for (size_t i = 0; i < letters; i++)
			n += utf8_encode(rng_below(&rng, 2) ? busy[rng_below(&rng, COUNT(busy))]
			                                    : 0x600 + (uint32_t)rng_below(&rng, 256),
			                 word + n);
		const uint16_t lang = (uint16_t)(round % (LANG_CKB + 1));
		norm_of(NULL, lang, word, n, &own);
		norm_of(tables, lang, word, n, &mine);
		if (!helper_equals(mine.ptr, mine.len, own.ptr, own.len))
			ck_abort_msg("language %u, %s: built-in %s, read %s", (unsigned)lang,
			             helper_show(word, n), helper_show(own.ptr, own.len),
			             helper_show(mine.ptr, mine.len));
	}
	buf_free(&mine, &mem_default);
	buf_free(&own, &mem_default);
	lafz_tables_close(tables);
}
END_TEST

/* ---- Rules by name ---- */

/* The norm of a text by a stream, Pashto. */
static void expect_stream(const struct lafz_options *options, const char *text, const char *want)
{
	struct lafz_stream *stream = NULL;
	const struct lafz_batch *batch = NULL;
	ck_assert_int_eq(lafz_open(&stream, options), LAFZ_OK);
	ck_assert_int_eq(lafz_feed(stream, text, strlen(text)), LAFZ_OK);
	ck_assert_int_eq(lafz_finish(stream), LAFZ_OK);
	ck_assert_int_eq(lafz_next_batch(stream, &batch), LAFZ_BATCH);
	ck_assert_msg(helper_equals(batch->norm_text, batch->norm_size, want, strlen(want)),
	              "expected %s, got %s", helper_show(want, strlen(want)),
	              helper_show(batch->norm_text, batch->norm_size));
	lafz_close(stream);
}

static struct lafz_options pashto(void)
{
	struct lafz_options options;
	lafz_options_init(&options, sizeof options);
	options.languages[0] = LANG_PS;
	options.n_languages = 1;
	return options;
}

START_TEST(rules_by_name)
{
	static const char text[] = "\u0628\u064A\u0628";
	const char *const names[] = {"ps-inner-yeh", "ps-kaf", "ps-inner-yeh"};
	struct lafz_options options = pashto();
	expect_stream(&options, text, text);
	options.folds = names;
	for (options.n_folds = 1; options.n_folds <= COUNT(names); options.n_folds++)
		expect_stream(&options, text, "\u0628\u06CC\u0628");

	struct lafz_tables *tables = NULL;
	const char *const mine[] = {"my-rule"};
	ck_assert_int_eq(
		read_text(&tables, ROW("0628", "any", "067E", "off,force,name=my-rule"), NULL),
		LAFZ_OK);
	options = pashto();
	options.tables = tables;
	expect_stream(&options, text, text);
	options.folds = mine;
	options.n_folds = 1;
	expect_stream(&options, text, "\u067E\u064A\u067E");
	lafz_tables_close(tables);
}
END_TEST

START_TEST(wrong_options)
{
	const char *const unknown[] = {"ps-inner-yeh", "ps-inner"};
	const char *const none[] = {NULL};
	struct lafz_stream *stream = NULL;
	struct lafz_options options = pashto();
	options.folds = unknown;
	options.n_folds = 2;
	ck_assert_int_eq(lafz_open(&stream, &options), LAFZ_ERR_OPTION);
	ck_assert_ptr_null(stream);
	options.folds = none;
	options.n_folds = 1;
	ck_assert_int_eq(lafz_open(&stream, &options), LAFZ_ERR_OPTION);
	options.folds = NULL;
	ck_assert_int_eq(lafz_open(&stream, &options), LAFZ_ERR_OPTION);
#define REFUSED(field, value)                                                                      \
	do {                                                                                       \
		options = pashto();                                                                \
		options.field = value;                                                             \
		ck_assert_int_eq(lafz_open(&stream, &options), LAFZ_ERR_OPTION);                   \
	} while (0)
	REFUSED(digits, (enum lafz_digits)3);
	REFUSED(strip_marks, 2);
	REFUSED(unify_punct, 2);
	REFUSED(lower, 2);
	REFUSED(drop_zwnj, 2);
	REFUSED(want, 128);
	/*
	 * A caller that does not know the new fields: they have their defaults, whatever lies
	 * behind.
	 */
	options = pashto();
	options.size = offsetof(struct lafz_options, digits);
	options.digits = (enum lafz_digits)7;
	options.n_folds = 9;
	expect_stream(&options, "\u0643", "\u06A9");
}
END_TEST

START_TEST(options_of_streams)
{
	struct lafz_options options = pashto();
	options.strip_marks = options.unify_punct = options.lower = options.drop_zwnj = 1;
	options.digits = LAFZ_DIGITS_ASCII;
	expect_stream(&options,
	              "\u0628\u064E\u060C \u06F1\u06F2 ABC \u0645\u06CC\u200C\u0631 \u200C.",
	              "\u0628, 12 abc \u0645\u06CC\u0631 .");
}
END_TEST

/* ---- Hostile texts ---- */

/* Built-in files with random changes: refused, or a table that folds anything without harm. */
START_TEST(random_changes)
{
	static char files[65536], text[65536];
	static const char *const parts[] = {
		"\t",        "\n",   "0647",  " ",       "{",        "}",
		"+",         "any",  "first", "last",    "before:{", "not-ending:{",
		"force",     ",",    "off",   "=",       "-",        "language\tfa\n",
		"0640",      "200C", "0654",  "FEE9",    "name=x",   "after:{0628}",
		"0041 0042", "\xD9", "\xFF",  "no-marks"};
	const char *const limit = getenv("LAFZ_ROUNDS");
	const size_t rounds = limit ? strtoul(limit, NULL, 10) : 20000;
	struct rng rng = {20240607};
	size_t len = 0, read = 0;
	for (size_t i = 0; i < COUNT(built_in); i++)
		len += read_file(built_in[i], files + len, sizeof files - len - 4096);
	for (size_t round = 0; round < rounds; round++) {
		size_t n = len;
		memcpy(text, files, n);
		const size_t changes = 1 + rng_below(&rng, 6);
		for (size_t i = 0; i < changes; i++) {
			const char *const part = parts[rng_below(&rng, COUNT(parts))];
			const size_t at = rng_below(&rng, n), size = strlen(part);
			const size_t gone = rng_below(&rng, 3) ? rng_below(&rng, 12) % (n - at)
			                                       : size % (n - at);
			memmove(text + at + size, text + at + gone, n - at - gone);
			memcpy(text + at, part, size);
			n += size - gone;
		}
		struct lafz_tables *tables = NULL;
		struct lafz_tables_error error;
		char *const copy = malloc(n); /* its end is where a sanitizer looks */
		ck_assert_ptr_nonnull(copy);
		memcpy(copy, text, n);
		const int rc = lafz_tables_read(&tables, copy, n, NULL, &error);
		free(copy);
		if (rc == LAFZ_ERR_TABLES && !tables && error.line > 0 && error.text)
			continue;
		if (rc != LAFZ_OK || !tables)
			ck_abort_msg("round %zu: %d", round, rc);
		struct buf out = {0};
		read++;
		for (size_t i = 0; i < 40; i++) {
			char word[64];
			size_t size = 0;
			const size_t letters = 1 + rng_below(&rng, 8);
			for (size_t k = 0; k < letters; k++)
				size += utf8_encode(rng_below(&rng, 4)
				                            ? 0x620 + (uint32_t)rng_below(&rng, 0xC0)
				                            : (uint32_t)rng_below(&rng, 2) + 0x200C,
				                    word + size);
			norm_of(tables, (uint16_t)rng_below(&rng, LANG_COUNT), word, size, &out);
		}
		buf_free(&out, &mem_default);
		lafz_tables_close(tables);
	}
	ck_assert_uint_gt(read, rounds / 100);
}
END_TEST

/*
 * Rows that make a word longer, on a long word, and rows for marks: linear, or this test never
 * ends.
 */
START_TEST(long_words)
{
	enum { TIMES = 200000 };
	static const char text[] = PS "0628\tany\t0061 0062 0063\tname=a,force\tr\n"
				      "0061 0062\tany\t0064 0065 0066\tname=b\tr\n"
				      "064E\tbefore:{0628}\t-\tname=c,force\tr\n"
				      "0647 0640\tbefore:{0629}\t06C1\tname=d,force\tr\n"
				      "0650\tafter:{0629}\t-\tname=e,force\tr\n";
	static const uint16_t pairs[][2] = {
		{0x628, 0x628}, {0x64E, 0x650}, {0x647, 0x640}, {0x628, 0x64E}};
	struct lafz_tables *tables = NULL;
	char *const word = malloc(2 * (TIMES + 1));
	ck_assert_ptr_nonnull(word);
	ck_assert_int_eq(read_text(&tables, text, NULL), LAFZ_OK);
	for (size_t i = 0; i < COUNT(pairs); i++) {
		struct buf out = {0};
		size_t len = utf8_encode(0x629, word);
		for (size_t k = 0; k < TIMES; k++)
			len += utf8_encode(pairs[i][k % 2], word + len);
		norm_of(tables, LANG_PS, word, len, &out);
		ck_assert_uint_gt(out.len, 0);
		buf_free(&out, &mem_default);
	}
	free(word);
	lafz_tables_close(tables);
}
END_TEST

START_TEST(out_of_memory)
{
	static const char text[] = PS "0643\tafter:{0628}\t06A9\tname=a\tr\nlanguage\tfa\n"
				      "0643\tany\t06A9\tname=b,off\tr\n";
	const char *const name = "b";
	size_t failed = 0;
	for (size_t n = 1;; n++) {
		struct counter counter = {.fail_at = n, .fails_on = true};
		const struct lafz_allocator mem = helper_allocator(&counter);
		struct lafz_tables *tables = NULL, *switched = NULL;
		int rc = lafz_tables_read(&tables, text, strlen(text), &mem, NULL);
		ck_assert((rc == LAFZ_OK) == (tables != NULL));
		if (rc == LAFZ_OK)
			rc = tables_switch_on(&switched, tables, &name, 1, &mem);
		ck_assert((rc == LAFZ_OK) == (switched != NULL));
		lafz_tables_close(switched);
		lafz_tables_close(tables);
		ck_assert_uint_eq(counter.blocks, 0);
		ck_assert_uint_eq(counter.wrong_sizes, 0);
		if (rc == LAFZ_OK)
			break;
		ck_assert_int_eq(rc, LAFZ_ERR_MEMORY);
		failed++;
	}
	ck_assert_uint_gt(failed, 10);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		table_of_errors, limits,        one_language,  all_contexts,       force,
		built_in_files,  rules_by_name, wrong_options, options_of_streams, random_changes,
		long_words,      out_of_memory,
	};
	return helper_run("tables", tests, COUNT(tests));
}
