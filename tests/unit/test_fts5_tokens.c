/*
 * The tokenizer of the SQLite extension by itself: its tokens are the library's, whatever the text;
 * failures come back, of the caller and of memory; a text inside a text.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper.h"
#include "sql.h"

#define MOST_TOKENS 4096
#define MOST_BYTES 65536

struct found {
	size_t n;
	int start[MOST_TOKENS], end[MOST_TOKENS], flags[MOST_TOKENS];
	size_t off[MOST_TOKENS + 1];
	char text[MOST_BYTES];
};

struct maker {
	fts5_tokenizer functions;
	void *user;
};

static struct maker find_maker(sqlite3 *db)
{
	struct maker maker = {0};
	fts5_api *const api = sql_fts5(db);
	ck_assert_int_eq(api->xFindTokenizer(api, "lafz", &maker.user, &maker.functions), SQLITE_OK);
	return maker;
}

static int keep(void *ctx, int flags, const char *token, int len, int start, int end)
{
	struct found *const found = ctx;
	const size_t i = found->n++;
	ck_assert_uint_lt(i, MOST_TOKENS);
	ck_assert_uint_le(found->off[i] + (size_t)len, MOST_BYTES);
	found->start[i] = start;
	found->end[i] = end;
	found->flags[i] = flags;
	memcpy(found->text + found->off[i], token, (size_t)len);
	found->off[i + 1] = found->off[i] + (size_t)len;
	return SQLITE_OK;
}

static bool is_indexed(uint8_t kind)
{
	return kind != LAFZ_KIND_PUNCT && kind != LAFZ_KIND_SYMBOL && kind != LAFZ_KIND_OTHER;
}

/* ---- The library's tokens ---- */

struct comparison {
	const struct found *found;
	size_t i;
	const char *text;
	size_t len;
};

static int compare_token(void *ctx, const struct lafz_token *token)
{
	struct comparison *const c = ctx;
	if (!is_indexed(token->kind) || token->key_len == 0)
		return 0;
	const struct found *const f = c->found;
	const size_t i = c->i++;
	const bool is_same = i < f->n && f->flags[i] == 0 && (uint64_t)f->start[i] == token->start &&
	                     (uint64_t)f->end[i] == token->end &&
	                     helper_equals(f->text + f->off[i], f->off[i + 1] - f->off[i],
	                                   token->key, token->key_len);
	ck_assert_msg(is_same, "%s: token %zu", helper_show(c->text, c->len), i);
	/* what is behind the sign, in the same place */
	while (c->i < f->n && f->flags[c->i] & FTS5_TOKEN_COLOCATED) {
		ck_assert(token->kind == LAFZ_KIND_HASHTAG || token->kind == LAFZ_KIND_MENTION);
		ck_assert_int_eq(f->start[c->i], f->start[i]);
		ck_assert_int_eq(f->end[c->i], f->end[i]);
		c->i++;
	}
	return 0;
}

static void check_text(const struct maker *maker, Fts5Tokenizer *tokenizer, int flags,
                       const char *text, size_t len)
{
	static struct found found;
	struct lafz_options options;
	lafz_options_init(&options, sizeof options);
	options.rules = LAFZ_RULES_SEARCH;
	found.n = 0;
	ck_assert_int_eq(maker->functions.xTokenize(tokenizer, &found, flags, text, (int)len, keep),
	                 SQLITE_OK);
	struct comparison comparison = {&found, 0, text, len};
	ck_assert_int_eq(lafz_tokenize(text, len, &options, compare_token, &comparison), LAFZ_OK);
	ck_assert_uint_eq(comparison.i, found.n);
}

/* Languages are guessed by the library here and not by the tokenizer: keys do not depend on them. */
START_TEST(tokens_of_the_library)
{
	Fts5Tokenizer *tokenizer = NULL;
	struct rng rng = {5};
	sqlite3 *const db = sql_open(":memory:");
	const struct maker maker = find_maker(db);
	ck_assert_int_eq(maker.functions.xCreate(maker.user, NULL, 0, &tokenizer), SQLITE_OK);
	for (size_t i = 0; i < 2000; i++) {
		char bytes[40 * HELPER_LONGEST];
		const size_t len = helper_trouble(&rng, rng_below(&rng, 40), i % 2, bytes);
		check_text(&maker, tokenizer, FTS5_TOKENIZE_DOCUMENT, bytes, len);
		check_text(&maker, tokenizer, FTS5_TOKENIZE_QUERY, bytes, len);
		check_text(&maker, tokenizer, FTS5_TOKENIZE_QUERY | FTS5_TOKENIZE_PREFIX, bytes, len);
		check_text(&maker, tokenizer, FTS5_TOKENIZE_AUX, bytes, len);
	}
	maker.functions.xDelete(tokenizer);
	sql_close(db);
}
END_TEST

/* ---- Tokens alone ---- */

/* The text of a page in corpora/, to be freed. */
static char *read_page(const char *name, size_t *len)
{
	enum { MOST = 1 << 16 };
	char path[SQL_ROOM];
	const char *const top = getenv("abs_top_srcdir");
	snprintf(path, sizeof path, "%s/corpora/%s", top ? top : ".", name);
	FILE *const file = fopen(path, "rb");
	char *const text = malloc(MOST);
	ck_assert_msg(file && text, "%s", path);
	*len = fread(text, 1, MOST, file);
	ck_assert(*len > 0 && *len < MOST);
	fclose(file);
	return text;
}

struct asker {
	const struct maker *maker;
	Fts5Tokenizer *tokenizer;
	size_t asked;
};

/* A part of a text as a query: one token, which is the key or, of a prefix, its beginning. */
static void ask(struct asker *asker, int flags, const char *text, size_t len,
                const struct lafz_token *token)
{
	static struct found found;
	found.n = 0;
	ck_assert_int_eq(asker->maker->functions.xTokenize(asker->tokenizer, &found, flags, text,
	                                                   (int)len, keep),
	                 SQLITE_OK);
	const size_t found_len = found.off[1];
	const bool is_prefix = flags & FTS5_TOKENIZE_PREFIX;
	ck_assert_msg(
		found.n == 1 &&
			(is_prefix ? found_len <= token->key_len : found_len == token->key_len) &&
			memcmp(found.text, token->key, found_len) == 0,
		"%s of %s", helper_show(text, len), helper_show(token->surface, token->surface_len));
	asker->asked++;
}

static int ask_for_token(void *ctx, const struct lafz_token *token)
{
	struct asker *const asker = ctx;
	if (!is_indexed(token->kind))
		return 0;
	ask(asker, FTS5_TOKENIZE_QUERY, token->surface, token->surface_len, token);
	size_t n = 0;
	for (size_t at = 0; token->kind == LAFZ_KIND_WORD && at < token->surface_len; n++) {
		if (n >= 2)
			ask(asker, FTS5_TOKENIZE_QUERY | FTS5_TOKENIZE_PREFIX, token->surface, at,
			    token);
		at += helper_decode(token->surface + at, token->surface_len - at).len;
	}
	return 0;
}

/*
 * What a reader copies out of a text finds it: each token, taken out of its text, is cut and folded as in
 * it, and so is each beginning of a word.
 */
START_TEST(tokens_alone)
{
	static const char *const pages[] = {
		"ar.txt",      "ckb.txt", "de.txt",      "en.txt", "fa-AF.txt",
		"fa-IR.txt",   "fr.txt",  "mixed-1.txt", "ps.txt", "mixed-2.txt",
		"mixed-3.txt", "sd.txt",  "tr.txt",      "ug.txt", "ur.txt",
	};
	struct lafz_options options;
	sqlite3 *const db = sql_open(":memory:");
	const struct maker maker = find_maker(db);
	struct asker asker = {.maker = &maker};
	lafz_options_init(&options, sizeof options);
	options.rules = LAFZ_RULES_SEARCH;
	ck_assert_int_eq(maker.functions.xCreate(maker.user, NULL, 0, &asker.tokenizer), SQLITE_OK);
	for (size_t i = 0; i < COUNT(pages); i++) {
		size_t len = 0;
		char *const text = read_page(pages[i], &len);
		ck_assert_int_eq(lafz_tokenize(text, len, &options, ask_for_token, &asker), LAFZ_OK);
		free(text);
	}
	ck_assert_uint_gt(asker.asked, 10000);
	maker.functions.xDelete(asker.tokenizer);
	sql_close(db);
}
END_TEST

/* A text has synonyms if it is a document, and nowhere else. */
START_TEST(synonyms_of_documents_alone)
{
	static const char *arguments[] = {"synonyms", "1"};
	static const char text[] = "#Kabul R\u00E9sum\u00E9";
	static const int flags[] = {FTS5_TOKENIZE_QUERY, FTS5_TOKENIZE_QUERY | FTS5_TOKENIZE_PREFIX,
	                            FTS5_TOKENIZE_AUX, FTS5_TOKENIZE_DOCUMENT};
	static const size_t expected[] = {2, 2, 2, 6};
	static struct found found;
	Fts5Tokenizer *tokenizer = NULL;
	sqlite3 *const db = sql_open(":memory:");
	const struct maker maker = find_maker(db);
	ck_assert_int_eq(maker.functions.xCreate(maker.user, arguments, 2, &tokenizer), SQLITE_OK);
	for (size_t i = 0; i < COUNT(flags); i++) {
		found.n = 0;
		ck_assert_int_eq(maker.functions.xTokenize(tokenizer, &found, flags[i], text,
		                                           sizeof text - 1, keep),
		                 SQLITE_OK);
		ck_assert_uint_eq(found.n, expected[i]);
	}
	maker.functions.xDelete(tokenizer);
	sql_close(db);
}
END_TEST

/* ---- What the caller does ---- */

struct caller {
	const struct maker *maker;
	Fts5Tokenizer *tokenizer;
	size_t calls, inner; /* tokens of the text, and of those that were asked for inside */
	int fail_at;
};

static int count_inner(void *ctx, int flags, const char *token, int len, int start, int end)
{
	struct caller *const caller = ctx;
	(void)flags;
	(void)token;
	(void)len;
	(void)start;
	(void)end;
	caller->inner++;
	return SQLITE_OK;
}

static int call_again(void *ctx, int flags, const char *token, int len, int start, int end)
{
	struct caller *const caller = ctx;
	(void)flags;
	(void)start;
	ck_assert_int_eq(len, 3);
	ck_assert_int_eq(end, 4 * (int)caller->calls + 3);
	caller->calls++;
	if (caller->fail_at == (int)caller->calls)
		return SQLITE_INTERRUPT;
	return caller->maker->functions.xTokenize(caller->tokenizer, caller, FTS5_TOKENIZE_QUERY,
	                                          token, len, count_inner);
}

START_TEST(text_inside_a_text)
{
	static const char text[] = "one two ten";
	sqlite3 *const db = sql_open(":memory:");
	const struct maker maker = find_maker(db);
	struct caller caller = {.maker = &maker};
	ck_assert_int_eq(maker.functions.xCreate(maker.user, NULL, 0, &caller.tokenizer), SQLITE_OK);
	ck_assert_int_eq(maker.functions.xTokenize(caller.tokenizer, &caller, FTS5_TOKENIZE_DOCUMENT,
	                                           text, sizeof text - 1, call_again),
	                 SQLITE_OK);
	ck_assert_uint_eq(caller.calls, 3);
	ck_assert_uint_eq(caller.inner, 3);
	maker.functions.xDelete(caller.tokenizer);
	sql_close(db);
}
END_TEST

START_TEST(caller_fails)
{
	static const char text[] = "one two ten";
	sqlite3 *const db = sql_open(":memory:");
	const struct maker maker = find_maker(db);
	struct caller caller = {.maker = &maker};
	ck_assert_int_eq(maker.functions.xCreate(maker.user, NULL, 0, &caller.tokenizer), SQLITE_OK);
	for (int fail_at = 1; fail_at <= 4; fail_at++) {
		caller.calls = 0;
		caller.fail_at = fail_at;
		const int rc = maker.functions.xTokenize(caller.tokenizer, &caller, FTS5_TOKENIZE_AUX,
		                                         text, sizeof text - 1, call_again);
		ck_assert_int_eq(rc, fail_at <= 3 ? SQLITE_INTERRUPT : SQLITE_OK);
		ck_assert_uint_eq(caller.calls, fail_at <= 3 ? (size_t)fail_at : 3);
	}
	maker.functions.xDelete(caller.tokenizer);
	sql_close(db);
}
END_TEST

/* ---- Memory ---- */

static sqlite3_mem_methods system_memory;
static struct {
	size_t calls, fail_at;
} memory;

static bool is_refused(void)
{
	return ++memory.calls >= memory.fail_at && memory.fail_at > 0;
}

static void *limited_malloc(int size)
{
	return is_refused() ? NULL : system_memory.xMalloc(size);
}

static void *limited_realloc(void *ptr, int size)
{
	return is_refused() ? NULL : system_memory.xRealloc(ptr, size);
}

/* Makes a tokenizer and has it read a text twice, where every call for memory from fail_at on fails. */
static int read_twice(const struct maker *maker, size_t fail_at, size_t *n)
{
	static const char *arguments[] = {"view", "norm", "synonyms", "1"};
	static const char
		text[] = "\u0643\u062A\u0627\u0628 R\u00E9sum\u00E9 \xFF #a_b\n1\u066C234 e\u0301";
	static struct found found;
	Fts5Tokenizer *tokenizer = NULL;
	found.n = 0;
	memory.calls = 0;
	memory.fail_at = fail_at;
	int rc = maker->functions.xCreate(maker->user, arguments, COUNT(arguments), &tokenizer);
	for (int i = 0; i < 2 && rc == SQLITE_OK; i++)
		rc = maker->functions.xTokenize(tokenizer, &found, FTS5_TOKENIZE_DOCUMENT, text,
		                                sizeof text - 1, keep);
	memory.fail_at = 0;
	if (tokenizer)
		maker->functions.xDelete(tokenizer);
	*n = found.n;
	return rc;
}

START_TEST(every_allocation_fails)
{
	size_t n = 0, all = 0, fail_at = 1;
	ck_assert_int_eq(sqlite3_shutdown(), SQLITE_OK);
	ck_assert_int_eq(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &system_memory), SQLITE_OK);
	sqlite3_mem_methods limited = system_memory;
	limited.xMalloc = limited_malloc;
	limited.xRealloc = limited_realloc;
	ck_assert_int_eq(sqlite3_config(SQLITE_CONFIG_MALLOC, &limited), SQLITE_OK);
	sqlite3 *const db = sql_open(":memory:");
	const struct maker maker = find_maker(db);
	ck_assert_int_eq(read_twice(&maker, 0, &all), SQLITE_OK);
	const sqlite3_int64 used = sqlite3_memory_used();
	ck_assert_uint_gt(all, 10);
	int rc = SQLITE_NOMEM;
	for (; (rc = read_twice(&maker, fail_at, &n)) != SQLITE_OK; fail_at++) {
		ck_assert_int_eq(rc, SQLITE_NOMEM);
		ck_assert_uint_lt(n, all);
		ck_assert_int_eq(sqlite3_memory_used(), used);
	}
	ck_assert_uint_gt(fail_at, 10);
	ck_assert_uint_eq(n, all);
	ck_assert_int_eq(sqlite3_memory_used(), used);
	sql_close(db);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		tokens_of_the_library, tokens_alone, synonyms_of_documents_alone,
		text_inside_a_text,    caller_fails, every_allocation_fails,
	};
	return helper_run("fts5_tokens", tests, COUNT(tests));
}
