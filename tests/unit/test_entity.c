/*
 * Tokens, their kinds and flags: each exception of the default rules, and where search differs. The
 * table is entity.tsv; its head says what the columns are. Each text is tokenised whole and byte by
 * byte.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include <lafz.h>

#include "unicode/utf8.h"

enum { MOST_ROWS = 1000, MOST_BYTES = 4096, COLUMNS = 5 };

enum column { LABEL, LANG, TEXT, DEFAULT_TOKENS, SEARCH_TOKENS };

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
	snprintf(path, sizeof path, "%s/tests/unit/entity.tsv", folder ? folder : ".");
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
			fprintf(stderr, "entity.tsv, line %zu: bad row\n", line_no);
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

static void check_row(const struct row *row, enum lafz_rules rules, const char *want)
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
	const size_t len = unescape(row->columns[TEXT], text);
	unescape(want, expected);
	for (size_t chunk = MOST_BYTES; chunk > 0; chunk = chunk > 1 ? 1 : 0) {
		tokenize(text, len, chunk, &options, got);
		ck_assert_msg(strcmp(got, expected) == 0,
		              "entity.tsv, line %zu, %s, rules %s, chunks of %zu\n  expected %s\n  "
		              "         %s\n"
		              "  got      %s\n           %s",
		              row->line_no, row->columns[LABEL],
		              rules == LAFZ_RULES_SEARCH ? "search" : "default", chunk, expected,
		              escape(expected, expected_hex, sizeof expected_hex), got,
		              escape(got, got_hex, sizeof got_hex));
	}
}

START_TEST(test_default)
{
	check_row(&rows[_i], LAFZ_RULES_DEFAULT, rows[_i].columns[DEFAULT_TOKENS]);
}
END_TEST

START_TEST(test_search)
{
	const char *const want = rows[_i].columns[SEARCH_TOKENS];
	check_row(&rows[_i], LAFZ_RULES_SEARCH,
	          strcmp(want, "=") == 0 ? rows[_i].columns[DEFAULT_TOKENS] : want);
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

/*
 * The work grows with the length of a segment, whatever it holds: with its square, this would take
 * minutes. (The limit is that of the test case, far above what is needed.)
 */
START_TEST(test_hostile)
{
	enum { BYTES = 1 << 19 };
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
	FILE *file = open_table();
	const bool is_read = file && read_rows(file);
	if (file)
		fclose(file);
	if (!is_read) {
		fprintf(stderr, "cannot read entity.tsv\n");
		return EXIT_FAILURE;
	}
	Suite *const suite = suite_create("entity");
	TCase *const tcase = tcase_create("rows");
	tcase_add_loop_test(tcase, test_default, 0, n_rows);
	tcase_add_loop_test(tcase, test_search, 0, n_rows);
	suite_add_tcase(suite, tcase);
	TCase *const cost = tcase_create("cost");
	tcase_set_timeout(cost, 30);
	tcase_add_loop_test(cost, test_hostile, 0, (int)LENGTH(hostile));
	suite_add_tcase(suite, cost);
	SRunner *const runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	for (int i = 0; i < n_rows; i++)
		free(rows[i].line);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
