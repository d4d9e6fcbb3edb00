/*
 * The time to build a full-text index with FTS5, by tokenizer.
 *
 *	fts5 EXTENSION FILE SIZE RUNS TOKENIZER...
 *
 * FILE is cut at line ends into documents of SIZE bytes, or a little more, which are put into a table in
 * memory in one transaction, the index merged at its end. The tokenizers take turns, RUNS times.
 * Writes a line for each: its median processor-seconds, the least, the bytes of the database, documents.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sqlite3.h>

#define MOST_TOKENIZERS 16
#define MOST_RUNS 99

struct text {
	char *ptr; /* owned */
	size_t len;
};

struct result {
	double seconds[MOST_RUNS];
	long long bytes;
	size_t documents;
};

static void die(const char *what, const char *why)
{
	fprintf(stderr, "fts5: %s: %s\n", what, why);
	exit(1);
}

static struct text read_file(const char *path)
{
	struct text text = {0};
	FILE *const file = fopen(path, "rb");
	if (!file)
		die(path, "cannot open it");
	for (size_t cap = 0, n = 1; n > 0; text.len += n) {
		if (text.len == cap) {
			cap = cap ? 2 * cap : 1u << 20;
			text.ptr = realloc(text.ptr, cap);
			if (!text.ptr)
				die(path, "out of memory");
		}
		n = fread(text.ptr + text.len, 1, cap - text.len, file);
	}
	if (ferror(file) || text.len == 0)
		die(path, "cannot read it, or it is empty");
	fclose(file);
	return text;
}

static void must(sqlite3 *db, int rc)
{
	if (rc != SQLITE_OK && rc != SQLITE_DONE && rc != SQLITE_ROW)
		die("SQLite", db ? sqlite3_errmsg(db) : sqlite3_errstr(rc));
}

static void run_sql(sqlite3 *db, const char *sql)
{
	must(db, sqlite3_exec(db, sql, NULL, NULL, NULL));
}

static long long ask(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *query = NULL;
	must(db, sqlite3_prepare_v2(db, sql, -1, &query, NULL));
	must(db, sqlite3_step(query));
	const long long answer = sqlite3_column_int64(query, 0);
	must(db, sqlite3_finalize(query));
	return answer;
}

/* The end of the document that begins at start. */
static size_t document_end(const struct text *text, size_t start, size_t size)
{
	if (text->len - start <= size)
		return text->len;
	const char *const from = text->ptr + start + size;
	const char *const end = memchr(from, '\n', text->len - start - size);
	return end ? (size_t)(end - text->ptr) + 1 : text->len;
}

static size_t insert_all(sqlite3 *db, const struct text *text, size_t size)
{
	sqlite3_stmt *insert = NULL;
	size_t n = 0;
	must(db, sqlite3_prepare_v2(db, "INSERT INTO d(body) VALUES(?1)", -1, &insert, NULL));
	for (size_t start = 0, end = 0; start < text->len; start = end, n++) {
		end = document_end(text, start, size);
		must(db, sqlite3_bind_text(insert, 1, text->ptr + start, (int)(end - start),
		                           SQLITE_STATIC));
		must(db, sqlite3_step(insert));
		must(db, sqlite3_reset(insert));
	}
	must(db, sqlite3_finalize(insert));
	return n;
}

/* One index, built in a database of its own. */
static double build(const char *extension, const char *tokenizer, const struct text *text,
                    size_t size, struct result *result)
{
	sqlite3 *db = NULL;
	must(NULL, sqlite3_open(":memory:", &db));
	must(db, sqlite3_enable_load_extension(db, 1));
	must(db, sqlite3_load_extension(db, extension, NULL, NULL));
	char *const sql = sqlite3_mprintf("CREATE VIRTUAL TABLE d USING fts5(body, tokenize=%Q)",
	                                  tokenizer);
	if (!sql)
		die("SQLite", "out of memory");
	run_sql(db, sql);
	sqlite3_free(sql);
	const clock_t start = clock();
	run_sql(db, "BEGIN");
	result->documents = insert_all(db, text, size);
	run_sql(db, "INSERT INTO d(d) VALUES('optimize')");
	run_sql(db, "COMMIT");
	const double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
	result->bytes = ask(db, "PRAGMA page_count") * ask(db, "PRAGMA page_size");
	must(NULL, sqlite3_close(db));
	return seconds;
}

static int compare(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	static struct result results[MOST_TOKENIZERS];
	if (argc < 6 || argc - 5 > MOST_TOKENIZERS)
		die("usage", "fts5 EXTENSION FILE SIZE RUNS TOKENIZER...");
	const struct text text = read_file(argv[2]);
	const size_t size = strtoul(argv[3], NULL, 10), runs = strtoul(argv[4], NULL, 10);
	const size_t n = (size_t)argc - 5;
	if (runs < 1 || runs > MOST_RUNS)
		die("runs", "1 to 99");
	for (size_t run = 0; run < runs; run++) {
		for (size_t i = 0; i < n; i++)
			results[i].seconds[run] = build(argv[1], argv[5 + i], &text, size,
			                                &results[i]);
	}
	for (size_t i = 0; i < n; i++) {
		qsort(results[i].seconds, runs, sizeof *results[i].seconds, compare);
		printf("%s\t%.4f\t%.4f\t%lld\t%zu\n", argv[5 + i], results[i].seconds[runs / 2],
		       results[i].seconds[0], results[i].bytes, results[i].documents);
	}
	free(text.ptr);
	return 0;
}
