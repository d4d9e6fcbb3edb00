#include "sql.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper.h"

static void keep(void *ctx, int code, const char *message)
{
	struct sql_log *const log = ctx;
	const size_t len = strlen(log->text);
	snprintf(log->text + len, sizeof log->text - len, "%d %s\n", code & 255, message);
}

struct sql_log *sql_log_start(void)
{
	static struct sql_log log;
	log.text[0] = '\0';
	ck_assert_int_eq(sqlite3_shutdown(), SQLITE_OK);
	ck_assert_int_eq(sqlite3_config(SQLITE_CONFIG_LOG, keep, &log), SQLITE_OK);
	return &log;
}

void sql_module(char path[SQL_ROOM])
{
	const char *const build = getenv("abs_top_builddir");
	snprintf(path, SQL_ROOM, "%s/bindings/sqlite/.libs/lafz.so", build ? build : ".");
}

sqlite3 *sql_open(const char *path)
{
	sqlite3 *db = NULL;
	char *error = NULL, module[SQL_ROOM];
	sql_module(module);
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_enable_load_extension(db, 1), SQLITE_OK);
	const int rc = sqlite3_load_extension(db, module, NULL, &error);
	ck_assert_msg(rc == SQLITE_OK, "%s: %s", module, error ? error : sqlite3_errmsg(db));
	return db;
}

void sql_close(sqlite3 *db)
{
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}

static void must(sqlite3 *db, int rc, const char *sql)
{
	ck_assert_msg(rc == SQLITE_OK || rc == SQLITE_ROW || rc == SQLITE_DONE, "%s: %s", sql,
	              sqlite3_errmsg(db));
}

void sql_run(sqlite3 *db, const char *sql)
{
	must(db, sqlite3_exec(db, sql, NULL, NULL, NULL), sql);
}

int sql_create(sqlite3 *db, const char *name, const char *arguments)
{
	char *const tokenize = sqlite3_mprintf("lafz %s", arguments);
	char *const sql = sqlite3_mprintf("CREATE VIRTUAL TABLE %s USING fts5(body, tokenize=%Q)",
	                                  name, tokenize);
	const int rc = sqlite3_exec(db, sql, NULL, NULL, NULL);
	sqlite3_free(sql);
	sqlite3_free(tokenize);
	return rc;
}

void sql_insert(sqlite3 *db, const char *name, const char *text, size_t len)
{
	sqlite3_stmt *insert = NULL;
	char *const sql = sqlite3_mprintf("INSERT INTO %s(body) VALUES(?1)", name);
	must(db, sqlite3_prepare_v2(db, sql, -1, &insert, NULL), sql);
	must(db, sqlite3_bind_text(insert, 1, text, (int)len, SQLITE_STATIC), sql);
	must(db, sqlite3_step(insert), sql);
	must(db, sqlite3_finalize(insert), sql);
	sqlite3_free(sql);
}

int sql_ask(sqlite3 *db, const char *sql, const char *parameter, char out[SQL_ROOM])
{
	sqlite3_stmt *query = NULL;
	int rc = SQLITE_OK, n = 0;
	size_t len = 0;
	out[0] = '\0';
	must(db, sqlite3_prepare_v2(db, sql, -1, &query, NULL), sql);
	if (parameter)
		must(db, sqlite3_bind_text(query, 1, parameter, -1, SQLITE_STATIC), sql);
	for (; (rc = sqlite3_step(query)) == SQLITE_ROW; n++) {
		const char *const answer = (const char *)sqlite3_column_text(query, 0);
		snprintf(out + len, SQL_ROOM - len, "%s%s", n > 0 ? " " : "",
		         answer ? answer : "NULL");
		len += strlen(out + len);
	}
	must(db, rc, sql);
	must(db, sqlite3_finalize(query), sql);
	return n;
}

long long sql_number(sqlite3 *db, const char *sql, const char *parameter)
{
	char out[SQL_ROOM];
	ck_assert_int_eq(sql_ask(db, sql, parameter, out), 1);
	return atoll(out);
}

fts5_api *sql_fts5(sqlite3 *db)
{
	fts5_api *api = NULL;
	sqlite3_stmt *query = NULL;
	must(db, sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &query, NULL), "fts5");
	must(db, sqlite3_bind_pointer(query, 1, (void *)&api, "fts5_api_ptr", NULL), "fts5");
	must(db, sqlite3_step(query), "fts5");
	must(db, sqlite3_finalize(query), "fts5");
	ck_assert_ptr_nonnull(api);
	return api;
}
