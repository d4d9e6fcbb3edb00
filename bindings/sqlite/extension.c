/*
 * The entry point of the loadable extension: registers the tokenizer "lafz" with FTS5, and a function
 * that tells the version of the rules. SQLite finds it by the name of the file, lafz.so.
 */
#include <lafz.h>
#include <sqlite3ext.h>

#include "tokenizer.h"

/* Writable and global, against our rule: SQLite hands its functions to an extension in this way alone. */
SQLITE_EXTENSION_INIT1

LAFZ_API int sqlite3_lafz_init(sqlite3 *db, char **error, const sqlite3_api_routines *api);

static void rules_version(sqlite3_context *context, int n, sqlite3_value **values)
{
	(void)n;
	(void)values;
	sqlite3_result_text(context, lafz_rules_version(), -1, SQLITE_STATIC);
}

/* As SQLite's manual says: FTS5 hands out its functions through a pointer bound to a query. */
static int find_fts5(sqlite3 *db, fts5_api **api)
{
	sqlite3_stmt *query = NULL;
	int rc = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &query, NULL);
	if (rc != SQLITE_OK)
		return rc;
	rc = sqlite3_bind_pointer(query, 1, (void *)api, "fts5_api_ptr", NULL);
	if (rc == SQLITE_OK)
		sqlite3_step(query);
	const int end = sqlite3_finalize(query);
	return rc == SQLITE_OK ? end : rc;
}

int sqlite3_lafz_init(sqlite3 *db, char **error, const sqlite3_api_routines *api)
{
	fts5_api *fts5 = NULL;
	fts5_tokenizer functions = tokenizer_functions;
	SQLITE_EXTENSION_INIT2(api);
	int rc = find_fts5(db, &fts5);
	if (rc != SQLITE_OK || !fts5) {
		if (error)
			*error = sqlite3_mprintf("lafz: this SQLite has no FTS5");
		return rc == SQLITE_NOMEM ? rc : SQLITE_ERROR;
	}
	rc = fts5->xCreateTokenizer(fts5, "lafz", NULL, &functions, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_create_function_v2(db, "lafz_rules_version", 0,
		                                SQLITE_UTF8 | SQLITE_INNOCUOUS, NULL, rules_version,
		                                NULL, NULL, NULL);
	return rc;
}
