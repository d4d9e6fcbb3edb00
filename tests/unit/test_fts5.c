/*
 * The SQLite extension through SQL, as its users meet it: what queries find and highlight
 * (fts5.tsv), arguments, the version of the rules, indexes of odd and big texts, connections in threads.
 */
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper.h"
#include "sql.h"
#include "table.h"

#define CHECK_INDEX "INSERT INTO d(d) VALUES('integrity-check')"
#define COUNT_HITS "SELECT count(*) FROM d WHERE d MATCH ?1"

/* ---- Queries ---- */

static void check_row(const struct table_row *row)
{
	char text[TABLE_MOST_BYTES], marked[TABLE_MOST_BYTES], found[SQL_ROOM];
	const size_t len = table_unescape(row->columns[1], text);
	marked[table_unescape(row->columns[3], marked)] = '\0';
	sqlite3 *const db = sql_open(":memory:");
	const int rc = sql_create(db, "d", row->columns[0]);
	ck_assert_msg(rc == SQLITE_OK, "line %zu: %s", row->line_no, sqlite3_errmsg(db));
	sql_insert(db, "d", "", 0);
	sql_insert(db, "d", text, len);
	const int n = sql_ask(db, "SELECT highlight(d, 0, '[', ']') FROM d WHERE d MATCH ?1",
	                      row->columns[2], found);
	const char *const actual = n > 0 ? found : "-";
	ck_assert_msg(strcmp(marked, actual) == 0, "line %zu: %s: expected %s, actual %s",
	              row->line_no, row->columns[4], marked, actual);
	sql_run(db, CHECK_INDEX);
	sql_close(db);
}

START_TEST(queries)
{
	struct table table = {0};
	ck_assert(table_read(&table, "fts5.tsv", 5));
	for (int i = 0; i < table.n; i++)
		check_row(&table.rows[i]);
	table_free(&table);
}
END_TEST

/* Each text of the table is found by its query among all the others, and a query finds no text of other words. */
START_TEST(queries_among_all_texts)
{
	struct table table = {0};
	char text[TABLE_MOST_BYTES], where[64];
	ck_assert(table_read(&table, "fts5.tsv", 5));
	sqlite3 *const db = sql_open(":memory:");
	ck_assert_int_eq(sql_create(db, "d", ""), SQLITE_OK);
	for (int i = 0; i < table.n; i++)
		sql_insert(db, "d", text, table_unescape(table.rows[i].columns[1], text));
	for (int i = 0; i < table.n; i++) {
		const struct table_row *const row = &table.rows[i];
		if (row->columns[0][0] != '\0')
			continue;
		snprintf(where, sizeof where, "%s AND rowid = %d", COUNT_HITS, i + 1);
		const long long n = sql_number(db, where, row->columns[2]);
		ck_assert_msg(n == (strcmp(row->columns[3], "-") != 0), "line %zu: %s",
		              row->line_no, row->columns[4]);
	}
	sql_run(db, CHECK_INDEX);
	sql_close(db);
	table_free(&table);
}
END_TEST

START_TEST(snippets)
{
	char found[SQL_ROOM];
	static const char
		text[] = "one two three \u0645\u064F\u062F\u064E\u0651\u062A four five six seven";
	sqlite3 *const db = sql_open(":memory:");
	ck_assert_int_eq(sql_create(db, "d", ""), SQLITE_OK);
	sql_insert(db, "d", text, sizeof text - 1);
	sql_ask(db, "SELECT snippet(d, 0, '<', '>', '~', 3) FROM d WHERE d MATCH ?1",
	        "\u0645\u062F\u062A", found);
	ck_assert_str_eq(found, "~three <\u0645\u064F\u062F\u064E\u0651\u062A> four~");
	sql_close(db);
}
END_TEST

/* ---- Arguments ---- */

START_TEST(bad_arguments)
{
	static const struct {
		const char *arguments, *logged;
	} rows[] = {
		{"view", "\"view\" has no value"},
		{"view keys", "view cannot be \"keys\""},
		{"rules search view ''", "view cannot be \"\""},
		{"rules none", "rules cannot be \"none\""},
		{"profile nfd", "profile cannot be \"nfd\""},
		{"synonyms 2", "synonyms cannot be \"2\""},
		{"languages xx", "languages cannot be \"xx\""},
		{"languages 'fa;ps'", "languages cannot be \"fa;ps\""},
		{"languages averylonglanguagetag", "languages cannot be \"averylonglanguagetag\""},
		{"languages 'fa fa fa fa fa fa fa fa fa fa fa fa fa fa fa fa fa fa fa fa fa fa fa "
	         "fa fa "
	         "fa fa fa fa fa fa fa fa'",
	         "languages cannot be \"fa fa"},
		{"remove_diacritics 1", "there is no argument \"remove_diacritics\""},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct sql_log *const log = sql_log_start();
		sqlite3 *const db = sql_open(":memory:");
		ck_assert_int_eq(sql_create(db, "d", rows[i].arguments), SQLITE_ERROR);
		ck_assert_msg(strstr(log->text, rows[i].logged), "%s: logged %s", rows[i].arguments,
		              log->text);
		sql_close(db);
	}
}
END_TEST

START_TEST(rules_version)
{
	static const struct {
		const char *arguments, *version;
		bool is_warned;
	} rows[] = {
		{"view key", NULL, false},
		{"view key", "rules 0, key 1, model 1, Unicode 15.0", true},
		{"view key", "rules 1, key 10, model 1, Unicode 15.0", true},
		{"view key", "", true},
		{"view key", "key 1, rules 1", true},
		/* keys under the rules search do not depend on the model */
		{"view key", "Unicode 15.0.0, key 1, rules 1", false},
		{"view key", "rules 1, key 1, model 0, Unicode 15.0.0", false},
		{"view surface", "rules 1, key 1, model 0, Unicode 15.0.0", false},
		{"view norm", "rules 1, key 1, model 0, Unicode 15.0.0", true},
		{"synonyms 1", "rules 1, key 1, model 0, Unicode 15.0.0", true},
		{"rules default", "rules 1, key 1, model 0, Unicode 15.0.0", true},
		{"rules default", "rules 1, key 1, model 1, Unicode 15.0.0", false},
	};
	char version[SQL_ROOM], arguments[2 * SQL_ROOM];
	struct sql_log *const log = sql_log_start();
	sqlite3 *const db = sql_open(":memory:");
	ck_assert_int_eq(sql_ask(db, "SELECT lafz_rules_version()", NULL, version), 1);
	ck_assert_str_eq(version, lafz_rules_version());
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *const given = rows[i].version ? rows[i].version : version;
		snprintf(arguments, sizeof arguments, "%s rules_version '%s'", rows[i].arguments,
		         given);
		log->text[0] = '\0';
		ck_assert_int_eq(sql_create(db, "d", arguments), SQLITE_OK);
		const bool is_warned = strstr(log->text, given) && strstr(log->text, version) &&
		                       log->text[0] == '2' && log->text[1] == '8';
		ck_assert_msg(is_warned == rows[i].is_warned, "%s: logged %s", arguments, log->text);
		sql_run(db, "DROP TABLE d");
	}
	sql_close(db);
}
END_TEST

/* The warning comes when an index is opened, not only when it is made. */
START_TEST(rules_version_of_an_old_index)
{
	char folder[] = "/tmp/lafz-fts5-XXXXXX", path[64];
	struct sql_log *const log = sql_log_start();
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/old.db", folder);
	sqlite3 *db = sql_open(path);
	ck_assert_int_eq(sql_create(db, "d", "rules_version 'rules 0, key 0'"), SQLITE_OK);
	sql_insert(db, "d", "one", 3);
	sql_close(db);
	log->text[0] = '\0';
	db = sql_open(path);
	ck_assert_int_eq(sql_number(db, COUNT_HITS, "one"), 1);
	ck_assert_msg(strstr(log->text, "28 lafz: ") && strstr(log->text, "rules 0, key 0"), "%s",
	              log->text);
	sql_close(db);
	remove(path);
	remove(folder);
}
END_TEST

/* ---- What is in the index ---- */

/* The terms of a text in the order of their places, those of one place by their bytes. */
static void check_terms(const char *arguments, const char *text, const char *expected)
{
	char terms[SQL_ROOM];
	sqlite3 *const db = sql_open(":memory:");
	ck_assert_int_eq(sql_create(db, "d", arguments), SQLITE_OK);
	sql_insert(db, "d", text, strlen(text));
	sql_run(db, "CREATE VIRTUAL TABLE v USING fts5vocab(d, instance)");
	sql_ask(db, "SELECT \"offset\" || ':' || term FROM v ORDER BY \"offset\", term", NULL, terms);
	ck_assert_msg(strcmp(terms, expected) == 0, "%s: %s: expected %s, actual %s", arguments,
	              text, expected, terms);
	sql_close(db);
}

START_TEST(terms)
{
	check_terms("", "A r\u00E9sum\u00E9!", "0:a 1:resume");
	check_terms("", "See #Kabul @B \xFF.", "0:see 1:#kabul 1:kabul 2:@b 2:b");
	check_terms("view surface", "A r\u00E9sum\u00E9!", "0:A 1:r\u00E9sum\u00E9");
	check_terms("synonyms 1", "a R\u00E9sum\u00E9 now", "0:a 1:R\u00E9sum\u00E9 1:resume 2:now");
	check_terms("view norm synonyms 1", "#A r\u00E9", "0:#A 0:#a 0:A 0:a 1:re 1:r\u00E9");
	check_terms("view surface synonyms 1", "A b", "0:A 0:a 1:b");
}
END_TEST

/* The options of FTS5 that change what is kept, and texts that lie in a table of their own. */
START_TEST(options_of_tables)
{
	static const char *const options[] = {
		"prefix='1 3'", "detail=column", "detail=none",
		"columnsize=0", "content=''",    "content='texts', content_rowid='id'",
	};
	char sql[512];
	for (size_t i = 0; i < COUNT(options); i++) {
		sqlite3 *const db = sql_open(":memory:");
		sql_run(db, "CREATE TABLE texts(id INTEGER PRIMARY KEY, body)");
		snprintf(sql, sizeof sql,
		         "CREATE VIRTUAL TABLE d USING fts5(body, %s, tokenize='lafz synonyms 1')",
		         options[i]);
		sql_run(db, sql);
		sql_run(db, "INSERT INTO texts VALUES(1, '\u0645\u064F\u062F\u064E\u0651\u062A "
		            "#Caf\u00E9'), "
		            "(2, '\u0645\u062F\u062A'), (3, 'Caf\u00E9'), (4, '')");
		sql_run(db, "INSERT INTO d(rowid, body) SELECT id, body FROM texts");
		ck_assert_int_eq(sql_number(db, COUNT_HITS, "\u0645\u062F\u062A"), 2);
		ck_assert_int_eq(sql_number(db, COUNT_HITS, "\u0645\u064F\u062F*"), 2);
		ck_assert_int_eq(sql_number(db, COUNT_HITS, "c*"), 2);
		ck_assert_int_eq(sql_number(db, COUNT_HITS, "\"#caf\"*"), 1);
		ck_assert_int_eq(sql_number(db, COUNT_HITS, "\u0645\u062F\u062A cafe"), 1);
		sql_run(db, CHECK_INDEX);
		sql_close(db);
	}
}
END_TEST

/* ---- Odd and big texts ---- */

/* Texts of all kinds go in and out, and the index is that of the texts that are left. */
START_TEST(odd_texts)
{
	static const char *const arguments[] = {"", "view surface", "view norm synonyms 1",
	                                        "rules uax29"};
	for (size_t a = 0; a < COUNT(arguments); a++) {
		struct rng rng = {17 + a};
		sqlite3 *const db = sql_open(":memory:");
		ck_assert_int_eq(sql_create(db, "d", arguments[a]), SQLITE_OK);
		sql_run(db, "BEGIN; INSERT INTO d(body) VALUES(NULL), (''), (124), (x'00'), ('a')");
		for (size_t i = 0; i < 400; i++) {
			char bytes[30 * HELPER_LONGEST];
			sql_insert(db, "d", bytes,
			           helper_trouble(&rng, rng_below(&rng, 30), i % 2, bytes));
		}
		sql_run(db, CHECK_INDEX);
		sql_run(db, "DELETE FROM d WHERE rowid % 3 = 0");
		sql_run(db, "UPDATE d SET body = body || x'D9' || body WHERE rowid % 3 = 1");
		sql_run(db, CHECK_INDEX);
		sql_run(db, "COMMIT");
		sql_run(db, CHECK_INDEX);
		sql_close(db);
	}
}
END_TEST

START_TEST(nul_inside)
{
	static const char text[] = "one\0two three";
	sqlite3 *const db = sql_open(":memory:");
	ck_assert_int_eq(sql_create(db, "d", ""), SQLITE_OK);
	sql_insert(db, "d", text, sizeof text - 1);
	ck_assert_int_eq(sql_number(db, COUNT_HITS, "one"), 1);
	ck_assert_int_eq(sql_number(db, COUNT_HITS, "two"), 1);
	ck_assert_int_eq(sql_number(db, COUNT_HITS, "onetwo"), 0);
	ck_assert_int_eq(sql_number(db, COUNT_HITS, "\"one two three\""), 1);
	sql_run(db, CHECK_INDEX);
	sql_close(db);
}
END_TEST

/* A text of many segments, some longer than they may be: all offsets and counts hold. */
START_TEST(big_text)
{
	static const char word[] = "\u06A9\u062A\u0627\u0628\u0648\u0646\u0647 "; /* 14 bytes and a blank */
	enum { WORDS = 300000, A_LINE = 50 };
	const size_t len = WORDS * (sizeof word - 1);
	char *const text = malloc(len);
	ck_assert_ptr_nonnull(text);
	for (size_t i = 0; i < WORDS; i++)
		memcpy(text + i * (sizeof word - 1), word, sizeof word - 1);
	/* lines in the first half, one endless line in the second */
	for (size_t i = A_LINE; i < WORDS / 2; i += A_LINE)
		text[i * (sizeof word - 1) - 1] = '\n';
	memcpy(text + len - (sizeof word - 1), "needle         ", sizeof word - 1);
	sqlite3 *const db = sql_open(":memory:");
	ck_assert_int_eq(sql_create(db, "d", ""), SQLITE_OK);
	sql_insert(db, "d", text, len);
	free(text);
	sql_run(db, "CREATE VIRTUAL TABLE v USING fts5vocab(d, row)");
	ck_assert_int_eq(sql_number(db, "SELECT sum(cnt) FROM v", NULL), WORDS);
	ck_assert_int_eq(sql_number(db, "SELECT count(*) FROM v", NULL), 2);
	ck_assert_int_eq(
		sql_number(db, "SELECT instr(highlight(d, 0, '[', ']'), '[needle]') FROM d WHERE d MATCH ?1",
	                   "needle"),
		(WORDS - 1) * 8 + 1);
	sql_run(db, CHECK_INDEX);
	sql_close(db);
}
END_TEST

/* ---- Connections ---- */

/* Closing the last connection must not unload ICU, whose tables would be lost. */
START_TEST(module_stays)
{
	char path[SQL_ROOM];
	sql_close(sql_open(":memory:"));
	sql_module(path);
	void *const module = dlopen(path, RTLD_NOW | RTLD_NOLOAD);
	ck_assert_ptr_nonnull(module);
	dlclose(module);
}
END_TEST

enum { THREADS = 4, ROUNDS = 60 };

/* Each thread has an index of its own, and reads that of all. */
static void *work(void *path)
{
	char sql[256];
	sqlite3 *const shared = sql_open(path), *const db = sql_open(":memory:");
	sqlite3_busy_timeout(shared, 60000);
	if (sql_create(db, "d", "") != SQLITE_OK)
		return "creating";
	for (int i = 0; i < ROUNDS; i++) {
		snprintf(sql, sizeof sql,
		         "INSERT INTO d VALUES('\u0645\u064F\u062F\u064E\u0651\u062A %d')", i);
		sql_run(db, sql);
		sql_run(shared, sql);
		if (sql_number(db, COUNT_HITS, "\u0645\u062F\u062A") != i + 1)
			return "own index";
		if (sql_number(shared, COUNT_HITS, "\u0645\u062F\u062A") < i + 1)
			return "shared index";
	}
	sql_run(db, CHECK_INDEX);
	sql_close(db);
	sql_close(shared);
	return NULL;
}

START_TEST(connections_in_threads)
{
	char folder[] = "/tmp/lafz-fts5-XXXXXX", path[64];
	pthread_t threads[THREADS];
	void *wrong = NULL;
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/shared.db", folder);
	sqlite3 *const db = sql_open(path);
	sql_run(db, "PRAGMA synchronous = off");
	ck_assert_int_eq(sql_create(db, "d", ""), SQLITE_OK);
	for (size_t i = 0; i < THREADS; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, work, path), 0);
	for (size_t i = 0; i < THREADS; i++) {
		ck_assert_int_eq(pthread_join(threads[i], &wrong), 0);
		ck_assert_msg(!wrong, "%s", (const char *)wrong);
	}
	ck_assert_int_eq(sql_number(db, COUNT_HITS, "\u0645\u062F\u062A"), THREADS * ROUNDS);
	sql_run(db, CHECK_INDEX);
	sql_close(db);
	remove(path);
	remove(folder);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		queries,
		queries_among_all_texts,
		snippets,
		bad_arguments,
		rules_version,
		rules_version_of_an_old_index,
		terms,
		options_of_tables,
		odd_texts,
		nul_inside,
		big_text,
		module_stays,
		connections_in_threads,
	};
	return helper_run("fts5", tests, COUNT(tests));
}
