/*
 * Where sentences end inside a segment under the default rules. The table is sentence.tsv; its head
 * says what the columns are.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lafz.h>

#include "quick_check.h"
#include "table.h"

enum { COLUMNS = 3, MOST_BYTES = TABLE_MOST_BYTES };

enum column { LABEL, LANG, SEGMENT };

static struct table table;

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

/* A row under default rules and under those for search: sentences are the same. */
static void check_row(const struct table_row *row, enum lafz_rules rules)
{
	char expected[MOST_BYTES], text[MOST_BYTES], got[2 * MOST_BYTES];
	char expected_hex[2 * MOST_BYTES], got_hex[2 * MOST_BYTES];
	struct lafz_options options;
	lafz_options_init(&options, sizeof options);
	options.rules = rules;
	options.n_languages = 1;
	options.languages[0] = lafz_lang_id(row->columns[LANG]);
	ck_assert_msg(options.languages[0] != LAFZ_LANG_NONE, "line %zu: no such language",
	              row->line_no);
	table_unescape(row->columns[SEGMENT], expected);
	size_t len = 0;
	for (const char *s = expected; *s; s++)
		if (*s != '|')
			text[len++] = *s;
	struct bars bars = {.text = text, .out = got};
	ck_assert_int_eq(lafz_tokenize(text, len, &options, add_token, &bars), LAFZ_OK);
	copy_to(&bars, len);
	ck_assert_msg(strcmp(got, expected) == 0,
	              "sentence.tsv, line %zu, %s, rules %s\n  expected %s\n           %s\n"
	              "  got      %s\n           %s",
	              row->line_no, row->columns[LABEL],
	              rules == LAFZ_RULES_SEARCH ? "search" : "default", expected,
	              table_escape(expected, expected_hex, sizeof expected_hex), got,
	              table_escape(got, got_hex, sizeof got_hex));
}

START_TEST(test_default)
{
	check_row(&table.rows[_i], LAFZ_RULES_DEFAULT);
}
END_TEST

START_TEST(test_search)
{
	check_row(&table.rows[_i], LAFZ_RULES_SEARCH);
}
END_TEST

/* A segment ends a sentence whatever stands there; one without a token has none. */
START_TEST(test_segments)
{
	static const char text[] = "one\n\n \ntwo, \nThree. four\r\n";
	static const uint64_t sents[] = {0, 1, 1, 2, 2, 3};
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
		{"\u061F ", "a", false}, {"...,", "a", false}, {"( ", "a", false},
		{"(", ". A", true},      {"([", ". A", true},  {"\u060C - ", "", false},
		{"\" ", "", false},      {":) ", "A", true},  {"1. ", "", true},
		{"a - ", ": A", false},
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
	if (!table_read(&table, "sentence.tsv", COLUMNS)) {
		table_free(&table);
		return EXIT_FAILURE;
	}
	Suite *const suite = suite_create("sentence");
	TCase *const tcase = tcase_create("rows");
	tcase_set_timeout(tcase, NO_TIMEOUT);
	tcase_add_loop_test(tcase, test_default, 0, table.n);
	tcase_add_loop_test(tcase, test_search, 0, table.n);
	tcase_add_test(tcase, test_segments);
	suite_add_tcase(suite, tcase);
	TCase *const cost = tcase_create("cost");
	tcase_set_timeout(cost, NO_TIMEOUT);
	tcase_add_loop_test(cost, test_hostile, 0, 16);
	suite_add_tcase(suite, cost);
	SRunner *const runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	table_free(&table);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
