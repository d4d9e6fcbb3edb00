/*
 * The tokenizer unicode61 of SQLite's FTS5 on standard input, through the public interface of FTS5:
 * its tokens, folded and without diacritics as it makes them by default, one a line.
 */
#include <stdio.h>
#include <stdlib.h>

#include <sqlite3.h>

#include "blocks.h"

static void must(int rc, const char *what)
{
	if (rc == SQLITE_OK)
		return;
	fprintf(stderr, "peer_sqlite: %s: %s\n", what, sqlite3_errstr(rc));
	exit(1);
}

/* As SQLite's manual says: FTS5 hands out its functions through a pointer bound to a query. */
static fts5_api *find_fts5(sqlite3 *db)
{
	fts5_api *api = NULL;
	sqlite3_stmt *query = NULL;
	must(sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &query, NULL), "FTS5");
	sqlite3_bind_pointer(query, 1, &api, "fts5_api_ptr", NULL);
	sqlite3_step(query);
	must(sqlite3_finalize(query), "FTS5");
	return api;
}

static int put(void *ctx, int flags, const char *token, int len, int start, int end)
{
	(void)flags;
	(void)start;
	(void)end;
	blocks_put(ctx, token, (size_t)len);
	return SQLITE_OK;
}

int main(void)
{
	static struct blocks blocks;
	sqlite3 *db = NULL;
	void *user = NULL;
	fts5_tokenizer functions;
	Fts5Tokenizer *tokenizer = NULL;
	const char *block = NULL;
	must(sqlite3_open(":memory:", &db), "opening");
	fts5_api *const api = find_fts5(db);
	if (!api) {
		fprintf(stderr, "peer_sqlite: this SQLite has no FTS5\n");
		return 1;
	}
	must(api->xFindTokenizer(api, "unicode61", &user, &functions), "unicode61");
	must(functions.xCreate(user, NULL, 0, &tokenizer), "unicode61");
	for (size_t len; (len = blocks_next(&blocks, &block)) > 0;)
		must(functions.xTokenize(tokenizer, &blocks, FTS5_TOKENIZE_DOCUMENT, block,
		                         (int)len, put),
		     "tokenizing");
	functions.xDelete(tokenizer);
	must(sqlite3_close(db), "closing");
	blocks_flush(&blocks);
	return 0;
}
