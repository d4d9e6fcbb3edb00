/*
 * Where sentences end inside a segment under the default rules. The table is sentence.tsv; its head
 * says what the columns are.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include <lafz.h>

#include "unicode/utf8.h"

enum { MOST_ROWS = 1000, MOST_BYTES = 4096, COLUMNS = 3 };

enum column { LABEL, LANG, SEGMENT };

struct row {
	char *line; /* owned; the columns point into it */
	const char *columns[COLUMNS];
	size_t line_no;
};

static struct row rows[MOST_ROWS];
static int n_rows;

/* ---- The table ---- */

static FILE *open_table(void)
{
	const char *folder = getenv("abs_top_srcdir");
	char path[1024];
	snprintf(path, sizeof path, "%s/tests/unit/sentence.tsv", folder ? folder : ".");
	return fopen(path, "r");
}

/* Splits a line at its tabs. False unless it has all columns. */
static bool split_row(struct row *row)
{
	char *at = row->line;
	at[strcspn(at, "\n")] = '\0';
	for (size_t i = 0; i < COLUMNS; i++) {
		row->columns[i] = at;
		char *const tab = strchr(at, '\t');
		if (!tab)
			return i + 1 == COLUMNS;
		*tab = '\0';
		at = tab + 1;
	}
	return false;
}

static bool read_rows(FILE *file)
{
	char line[MOST_BYTES];
	for (size_t line_no = 1; fgets(line, sizeof line, file); line_no++) {
		if (line[0] == '#' || line[0] == '\n')
			continue;
		struct row *const row = &rows[n_rows];
		if (n_rows == MOST_ROWS || !(row->line = strdup(line)))
			return false;
		n_rows++;
		row->line_no = line_no;
		if (!split_row(row)) {
			fprintf(stderr, "sentence.tsv, line %zu: bad row\n", line_no);
			return false;
		}
	}
	return n_rows > 0;
}

/* Writes text with its escapes replaced to out; the bytes written. */
static size_t unescape(const char *text, char *out)
{
	size_t len = 0;
	while (*text) {
		const int digits = strncmp(text, "\\x", 2) == 0   ? 2
		                   : strncmp(text, "\\u", 2) == 0 ? 4
		                   : strncmp(text, "\\U", 2) == 0 ? 8
		                                                  : 0;
		if (digits == 0) {
			out[len++] = *text++;
			continue;
		}
		char number[9] = "";
		memcpy(number, text + 2, (size_t)digits);
		const unsigned long value = strtoul(number, NULL, 16);
		if (digits == 2)
			out[len++] = (char)value;
		else
			len += utf8_encode((uint32_t)value, out + len);
		text += 2 + digits;
	}
	out[len] = '\0';
	return len;
}

/* The other way round, for messages: all but ASCII as code points or bytes. */
static const char *escape(const char *text, char *out, size_t cap)
{
	size_t at = 0;
	out[0] = '\0';
	for (const size_t len = strlen(text); *text && at + 11 < cap;) {
		const struct utf8 c = utf8_decode(text, len);
		const unsigned cp = (unsigned)c.cp;
		if (c.status != UTF8_CHAR)
			at += (size_t)snprintf(out + at, cap - at, "\\x%02X", (unsigned char)*text);
		else if (cp >= ' ' && cp < 0x7F)
			at += (size_t)snprintf(out + at, cap - at, "%c", (char)cp);
		else
			at += (size_t)snprintf(out + at, cap - at,
			                       cp > 0xFFFF ? "\\U%08X" : "\\u%04X", cp);
		text += c.status == UTF8_CHAR ? c.len : 1;
	}
	return out;
}

/* ---- Sentences as text ---- */

/* Writes text to out with a bar before the first token of each sentence but the first. */
struct bars {
	const char *text;
	char *out;
	size_t at;     /* bytes of text written */
	size_t len;    /* bytes of out */
	uint64_t sent; /* of the last token */
};

static void copy_to(struct bars *bars, size_t end)
{
	memcpy(bars->out + bars->len, bars->text + bars->at, end - bars->at);
	bars->len += end - bars->at;
	bars->at = end;
	bars->out[bars->len] = '\0';
}

static int add_token(void *ctx, const struct lafz_token *token)
{
	struct bars *const bars = ctx;
	if (token->sent == bars->sent)
		return 0;
	if (token->sent != bars->sent + 1)
		return 1;
	copy_to(bars, (size_t)token->start);
	bars->out[bars->len++] = '|';
	bars->sent = token->sent;
	return 0;
}

START_TEST(test_row)
{
	const struct row *const row = &rows[_i];
	char expected[MOST_BYTES], text[MOST_BYTES], got[2 * MOST_BYTES];
	char expected_hex[2 * MOST_BYTES], got_hex[2 * MOST_BYTES];
	struct lafz_options options;
	lafz_options_init(&options, sizeof options);
	options.n_languages = 1;
	options.languages[0] = lafz_lang_id(row->columns[LANG]);
	ck_assert_msg(options.languages[0] != LAFZ_LANG_NONE, "line %zu: no such language",
	              row->line_no);
	unescape(row->columns[SEGMENT], expected);
	size_t len = 0;
	for (const char *s = expected; *s; s++)
		if (*s != '|')
			text[len++] = *s;
	struct bars bars = {.text = text, .out = got};
	ck_assert_int_eq(lafz_tokenize(text, len, &options, add_token, &bars), LAFZ_OK);
	copy_to(&bars, len);
	ck_assert_msg(strcmp(got, expected) == 0,
	              "sentence.tsv, line %zu, %s\n  expected %s\n           %s\n"
	              "  got      %s\n           %s",
	              row->line_no, row->columns[LABEL], expected,
	              escape(expected, expected_hex, sizeof expected_hex), got,
	              escape(got, got_hex, sizeof got_hex));
}
END_TEST

/* A segment ends a sentence whatever stands there; one without a token has none. */
START_TEST(test_segments)
{
	static const char text[] = "one\n\n \ntwo, \nThree. four\r\n";
	static const uint64_t sents[] = {0, 1, 1, 2, 2, 2};
	struct lafz_stream *stream = NULL;
	const struct lafz_token *token = NULL;
	ck_assert_int_eq(lafz_open(&stream, NULL), LAFZ_OK);
	ck_assert_int_eq(lafz_feed(stream, text, sizeof text - 1), LAFZ_OK);
	ck_assert_int_eq(lafz_finish(stream), LAFZ_OK);
	for (size_t i = 0; i < sizeof sents / sizeof *sents; i++) {
		ck_assert_int_eq(lafz_next(stream, &token), LAFZ_TOKEN);
		ck_assert_uint_eq(token->sent, sents[i]);
	}
	ck_assert_int_eq(lafz_next(stream, &token), LAFZ_OK);
	lafz_close(stream);
}
END_TEST

static int count_sentence(void *ctx, const struct lafz_token *token)
{
	*(uint64_t *)ctx = token->sent;
	return 0;
}

/*
 * The work grows with the length of a segment, whatever it holds: with its square, this would take
 * minutes. (The limit is that of the test case, far above what is needed.)
 */
START_TEST(test_hostile)
{
	enum { BYTES = 1 << 19 };
	static const struct {
		const char *part, *end;
		bool ends; /* sentences do */
	} hostile[] = {
		{". ", "", false},       {". ", "a", false},   {"!)", "", false},
		{"!)", "a", false},      {"?\" ", "a", true},  {"U.S.) ", "", true},
		{"\u061F ", "a", false}, {"...,", "a", false},
	};
	const size_t part = strlen(hostile[_i].part), end = strlen(hostile[_i].end);
	struct lafz_options options;
	uint64_t sent = 0;
	size_t len = 0;
	char *const text = malloc(BYTES);
	ck_assert_ptr_nonnull(text);
	for (; len + part + end <= BYTES; len += part)
		memcpy(text + len, hostile[_i].part, part);
	memcpy(text + len, hostile[_i].end, end);
	lafz_options_init(&options, sizeof options);
	options.max_segment = BYTES;
	ck_assert_int_eq(lafz_tokenize(text, len + end, &options, count_sentence, &sent), LAFZ_OK);
	ck_assert_msg((sent > 0) == hostile[_i].ends, "%s: %lu", hostile[_i].part,
	              (unsigned long)sent);
	free(text);
}
END_TEST

int main(void)
{
	FILE *file = open_table();
	const bool is_read = file && read_rows(file);
	if (file)
		fclose(file);
	if (!is_read) {
		fprintf(stderr, "cannot read sentence.tsv\n");
		return EXIT_FAILURE;
	}
	Suite *const suite = suite_create("sentence");
	TCase *const tcase = tcase_create("rows");
	tcase_add_loop_test(tcase, test_row, 0, n_rows);
	tcase_add_test(tcase, test_segments);
	suite_add_tcase(suite, tcase);
	TCase *const cost = tcase_create("cost");
	tcase_set_timeout(cost, 30);
	tcase_add_loop_test(cost, test_hostile, 0, 8);
	suite_add_tcase(suite, cost);
	SRunner *const runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	for (int i = 0; i < n_rows; i++)
		free(rows[i].line);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
