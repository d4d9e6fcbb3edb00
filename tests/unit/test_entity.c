/*
 * Tokens, their kinds and flags: each exception of the default rules, and where search differs. The
 * table is entity.tsv; its head says what the columns are. Each text is tokenised whole and byte by
 * byte.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <lafz.h>

#include "quick_check.h"
#include "table.h"

enum { COLUMNS = 5, MOST_BYTES = TABLE_MOST_BYTES };

enum column { LABEL, LANG, TEXT, DEFAULT_TOKENS, SEARCH_TOKENS };

static struct table table;

/* ---- Tokens as text ---- */

static void append(char *out, const char *text, size_t len)
{
	const size_t at = strlen(out);
	ck_assert_uint_lt(at + len, MOST_BYTES);
	memcpy(out + at, text, len);
	out[at + len] = '\0';
}

static void append_token(char *out, const struct lafz_token *token)
{
	if (out[0])
		append(out, " ", 1);
	append(out, token->surface, token->surface_len);
	append(out, "|", 1);
	append(out, lafz_kind_name(token->kind), strlen(lafz_kind_name(token->kind)));
	for (unsigned bit = 1; bit <= LAFZ_FLAG_PHONE; bit <<= 1) {
		if (!(token->flags & bit))
			continue;
		append(out, ",", 1);
		append(out, lafz_flag_name((uint16_t)bit), strlen(lafz_flag_name((uint16_t)bit)));
	}
}

/* The tokens of text, fed in chunks. */
static void tokenize(const char *text, size_t len, size_t chunk, const struct lafz_options *options,
                     char *out)
{
	struct lafz_stream *stream = NULL;
	const struct lafz_token *token = NULL;
	out[0] = '\0';
	ck_assert_int_eq(lafz_open(&stream, options), LAFZ_OK);
	for (int rc = LAFZ_MORE; rc == LAFZ_MORE;) {
		const size_t part = len < chunk ? len : chunk;
		ck_assert_int_eq(part > 0 ? lafz_feed(stream, text, part) : lafz_finish(stream),
		                 LAFZ_OK);
		text += part;
		len -= part;
		while ((rc = lafz_next(stream, &token)) == LAFZ_TOKEN)
			append_token(out, token);
		ck_assert_int_ge(rc, 0);
	}
	lafz_close(stream);
}

static void check_row(const struct table_row *row, enum lafz_rules rules, const char *want)
{
	char text[MOST_BYTES], expected[MOST_BYTES], got[MOST_BYTES];
	char expected_hex[2 * MOST_BYTES], got_hex[2 * MOST_BYTES];
	struct lafz_options options;
	lafz_options_init(&options, sizeof options);
	options.rules = rules;
	options.n_languages = 1;
	options.languages[0] = lafz_lang_id(row->columns[LANG]);
	ck_assert_msg(options.languages[0] != LAFZ_LANG_NONE, "line %zu: no such language",
	              row->line_no);
	const size_t len = table_unescape(row->columns[TEXT], text);
	table_unescape(want, expected);
	for (size_t chunk = MOST_BYTES; chunk > 0; chunk = chunk > 1 ? 1 : 0) {
		tokenize(text, len, chunk, &options, got);
		ck_assert_msg(strcmp(got, expected) == 0,
		              "entity.tsv, line %zu, %s, rules %s, chunks of %zu\n  expected %s\n  "
		              "         %s\n"
		              "  got      %s\n           %s",
		              row->line_no, row->columns[LABEL],
		              rules == LAFZ_RULES_SEARCH ? "search" : "default", chunk, expected,
		              table_escape(expected, expected_hex, sizeof expected_hex), got,
		              table_escape(got, got_hex, sizeof got_hex));
	}
}

START_TEST(test_default)
{
	check_row(&table.rows[_i], LAFZ_RULES_DEFAULT, table.rows[_i].columns[DEFAULT_TOKENS]);
}
END_TEST

START_TEST(test_search)
{
	const char *const want = table.rows[_i].columns[SEARCH_TOKENS];
	check_row(&table.rows[_i], LAFZ_RULES_SEARCH,
	          strcmp(want, "=") == 0 ? table.rows[_i].columns[DEFAULT_TOKENS] : want);
}
END_TEST

/* ---- Cost ---- */

/* What is repeated to fill a segment of 512 KiB, and what ends it. */
static const struct {
	const char *what, *part, *end;
} hostile[] = {
	{"labels that make no link", "a-", ".a"},
	{"labels that make no address", "a-", "@"},
	{"local parts that make no address", "a+", "@"},
	{"words and local parts", "a.a+", "@"},
	{"Arabic letters that make no abbreviation", "\u0627.", "\u0628\u0628"},
	{"Latin letters that make no abbreviation", "a.", "bbb"},
	{"addresses without a domain", "a@", ""},
	{"mentions", "@a", ""},
	{"number signs", "#1", ""},
	{"open brackets in a link", "http://a.b/(", ""},
	{"apostrophes", "a'", ""},
	{"dates without end", "1/", ""},
	{"versions without end", "1.", ""},
	{"low lines", "_", ""},
	{"keycaps", "1\uFE0F\u20E3", ""},
	{"emoji and joiners", "\U0001F469\u200D", ""},
	{"zero width spaces", "a\u200B", ""},
	{"marks", "\u0301", ""},
	{"left-to-right marks", "\u200E", ""},
	{"ill-formed bytes", "\xFF", ""},
};

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static int count_token(void *ctx, const struct lafz_token *token)
{
	size_t *const n = ctx;
	*n += token->end > token->start;
	return 0;
}

/* Ends the process once it has worked for so many seconds more, however long it had to wait for the processor. */
static void limit_work(rlim_t seconds)
{
	struct rusage usage;
	struct rlimit limit;
	ck_assert_int_eq(getrusage(RUSAGE_SELF, &usage), 0);
	ck_assert_int_eq(getrlimit(RLIMIT_CPU, &limit), 0);
	limit.rlim_cur = (rlim_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + seconds;
	ck_assert_int_eq(setrlimit(RLIMIT_CPU, &limit), 0);
}

/*
 * The work grows with the length of a segment, whatever it holds: with its square, this would take
 * minutes. The limit is far above what is needed, with sanitizers too.
 */
START_TEST(test_hostile)
{
	enum { BYTES = 1 << 19 };
	limit_work(100);
	const size_t part = strlen(hostile[_i].part), end = strlen(hostile[_i].end);
	char *const text = malloc(BYTES);
	ck_assert_ptr_nonnull(text);
	size_t len = 0;
	while (len + part + end <= BYTES) {
		memcpy(text + len, hostile[_i].part, part);
		len += part;
	}
	memcpy(text + len, hostile[_i].end, end);
	len += end;
	for (int rules = LAFZ_RULES_DEFAULT; rules <= LAFZ_RULES_UAX29; rules++) {
		struct lafz_options options;
		size_t n = 0;
		lafz_options_init(&options, sizeof options);
		options.rules = (enum lafz_rules)rules;
		options.max_segment = BYTES;
		const int rc = lafz_tokenize(text, len, &options, count_token, &n);
		ck_assert_msg(rc == LAFZ_OK, "%s: status %d", hostile[_i].what, rc);
	}
	free(text);
}
END_TEST

int main(void)
{
	if (!table_read(&table, "entity.tsv", COLUMNS)) {
		table_free(&table);
		return EXIT_FAILURE;
	}
	Suite *const suite = suite_create("entity");
	TCase *const tcase = tcase_create("rows");
	tcase_set_timeout(tcase, NO_TIMEOUT);
	tcase_add_loop_test(tcase, test_default, 0, table.n);
	tcase_add_loop_test(tcase, test_search, 0, table.n);
	suite_add_tcase(suite, tcase);
	TCase *const cost = tcase_create("cost");
	tcase_set_timeout(cost, NO_TIMEOUT);
	tcase_add_loop_test(cost, test_hostile, 0, (int)LENGTH(hostile));
	suite_add_tcase(suite, cost);
	SRunner *const runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	table_free(&table);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
