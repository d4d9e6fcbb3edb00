/*
 * The tokenizer: Lafz behind the interface of FTS5. A tokenizer is a stream that is reset for each
 * text. It belongs to one table of one connection, which SQLite lets one thread at a time use.
 */
#ifndef LAFZ_SQLITE_TOKENIZER_H
#define LAFZ_SQLITE_TOKENIZER_H

#include <sqlite3ext.h>

/* What FTS5 is given at registration. */
extern const fts5_tokenizer tokenizer_functions;

#endif
