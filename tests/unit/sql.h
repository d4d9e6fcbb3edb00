/*
 * What the tests of the SQLite extension share: a database in memory with the extension loaded, and
 * what SQLite wrote to its log.
 */
#ifndef LAFZ_TESTS_SQL_H
#define LAFZ_TESTS_SQL_H

#include <stddef.h>

#include <sqlite3.h>

#define SQL_ROOM 4096 /* bytes of an answer or of the log, with a NUL */

/* What SQLite has logged since sql_log_start, a line a message. */
struct sql_log {
	char text[SQL_ROOM];
};

/* Shuts SQLite down and makes an empty log its log, which lives as long as the program. */
struct sql_log *sql_log_start(void);

/* Writes the path of the extension. */
void sql_module(char path[SQL_ROOM]);

/* Opens a database and loads the extension. */
sqlite3 *sql_open(const char *path);

void sql_close(sqlite3 *db);

/* Runs statements that must succeed. */
void sql_run(sqlite3 *db, const char *sql);

/* CREATE VIRTUAL TABLE name USING fts5(body, tokenize='lafz arguments'); the status. */
int sql_create(sqlite3 *db, const char *name, const char *arguments);

/* INSERT INTO name(body) VALUES(text). */
void sql_insert(sqlite3 *db, const char *name, const char *text, size_t len);

/*
 * Runs a query, with one parameter if it is not NULL; writes its first column, rows with a blank between, to
 * out, and returns the number of rows.
 */
int sql_ask(sqlite3 *db, const char *sql, const char *parameter, char out[SQL_ROOM]);

/* The same for a query that gives one number. */
long long sql_number(sqlite3 *db, const char *sql, const char *parameter);

/* The functions of FTS5. */
fts5_api *sql_fts5(sqlite3 *db);

#endif
