/*
 * The contract of statuses: what each call answers in each state, ill-formed bytes by all three ways, lafz_tokenize, and every
 * allocation that fails.
 */
#include <string.h>

#include "documents.h"
#include "record.h"

/* ---- Statuses ---- */

/* A failed stream says the same to every call, until it is reset; then it is as good as new. */
static void expect_sticky(struct lafz_stream *stream, int status, uint64_t offset)
{
	const struct lafz_token *token = (const struct lafz_token *)stream;
	const struct lafz_batch *batch = (const struct lafz_batch *)stream;
	uint64_t at = 99;
	for (int i = 0; i < 2; i++) {
		EXPECT_STATUS(lafz_feed(stream, "b", 1), status);
		EXPECT_STATUS(lafz_finish(stream), status);
		token = (const struct lafz_token *)stream;
		EXPECT_STATUS(lafz_next(stream, &token), status);
		ck_assert_ptr_null(token);
		batch = (const struct lafz_batch *)stream;
		EXPECT_STATUS(lafz_next_batch(stream, &batch), status);
		ck_assert_ptr_null(batch);
	}
	ck_assert_str_eq(lafz_error(stream, &at), lafz_strerror(status));
	ck_assert_uint_eq(at, offset);
	ck_assert_str_eq(lafz_error(stream, NULL), lafz_strerror(status));
	lafz_reset(stream);
	ck_assert_str_eq(lafz_error(stream, &at), "no error");
	ck_assert_uint_eq(at, 0);
	EXPECT_STATUS(lafz_next(stream, &token), LAFZ_MORE);
	EXPECT_STATUS(lafz_feed(stream, "b", 1), LAFZ_OK);
	EXPECT_STATUS(lafz_next(stream, &token), LAFZ_MORE);
	EXPECT_STATUS(lafz_finish(stream), LAFZ_OK);
	EXPECT_STATUS(lafz_next(stream, &token), LAFZ_TOKEN);
	ck_assert_uint_eq(token->start, 0);
	EXPECT_STATUS(lafz_next(stream, &token), LAFZ_OK);
	lafz_reset(stream);
}

START_TEST(statuses)
{
	struct lafz_stream *const stream = record_open(NULL);
	const struct lafz_token *token = NULL;
	const struct lafz_batch *batch = NULL;
	/* nothing was fed */
	EXPECT_STATUS(lafz_next(stream, &token), LAFZ_MORE);
	EXPECT_STATUS(lafz_next_batch(stream, &batch), LAFZ_MORE);
	/* no bytes are legal, with a pointer or without */
	EXPECT_STATUS(lafz_feed(stream, "", 0), LAFZ_OK);
	EXPECT_STATUS(lafz_next(stream, &token), LAFZ_MORE);
	EXPECT_STATUS(lafz_feed(stream, NULL, 0), LAFZ_OK);
	EXPECT_STATUS(lafz_next_batch(stream, &batch), LAFZ_MORE);
	/* a token, then more; a closed line is handed out before the document ends */
	EXPECT_STATUS(lafz_feed(stream, "a\nb", 3), LAFZ_OK);
	EXPECT_STATUS(lafz_next(stream, &token), LAFZ_TOKEN);
	ck_assert_uint_eq(token->end, 1);
	EXPECT_STATUS(lafz_next(stream, &token), LAFZ_MORE);
	ck_assert_ptr_null(token);
	EXPECT_STATUS(lafz_next(stream, &token), LAFZ_MORE);
	/* the end, twice, and again */
	EXPECT_STATUS(lafz_finish(stream), LAFZ_OK);
	EXPECT_STATUS(lafz_finish(stream), LAFZ_OK);
	EXPECT_STATUS(lafz_next(stream, &token), LAFZ_TOKEN);
	ck_assert_uint_eq(token->start, 2);
	EXPECT_STATUS(lafz_next(stream, &token), LAFZ_OK);
	ck_assert_ptr_null(token);
	EXPECT_STATUS(lafz_next(stream, &token), LAFZ_OK);
	EXPECT_STATUS(lafz_next_batch(stream, &batch), LAFZ_OK);
	ck_assert_ptr_null(batch);
	EXPECT_STATUS(lafz_finish(stream), LAFZ_OK);
	EXPECT_STATUS(lafz_next(stream, &token), LAFZ_OK);
	/* feed after finish */
	EXPECT_STATUS(lafz_feed(stream, "c", 1), LAFZ_ERR_ORDER);
	expect_sticky(stream, LAFZ_ERR_ORDER, 3);
	/* finish before MORE: what is lent counts */
	EXPECT_STATUS(lafz_feed(stream, "a\nb", 3), LAFZ_OK);
	EXPECT_STATUS(lafz_finish(stream), LAFZ_OK);
	EXPECT_STATUS(lafz_next(stream, &token), LAFZ_TOKEN);
	EXPECT_STATUS(lafz_next(stream, &token), LAFZ_TOKEN);
	EXPECT_STATUS(lafz_next(stream, &token), LAFZ_OK);
	lafz_reset(stream);
	/* an empty document */
	EXPECT_STATUS(lafz_finish(stream), LAFZ_OK);
	EXPECT_STATUS(lafz_next(stream, &token), LAFZ_OK);
	lafz_reset(stream);
	/* feed before MORE, right after a feed and after a token */
	EXPECT_STATUS(lafz_feed(stream, "a b\n", 4), LAFZ_OK);
	EXPECT_STATUS(lafz_feed(stream, "c", 1), LAFZ_ERR_ORDER);
	expect_sticky(stream, LAFZ_ERR_ORDER, 0);
	EXPECT_STATUS(lafz_feed(stream, "a b\n", 4), LAFZ_OK);
	EXPECT_STATUS(lafz_next(stream, &token), LAFZ_TOKEN);
	EXPECT_STATUS(lafz_feed(stream, "c", 1), LAFZ_ERR_ORDER);
	expect_sticky(stream, LAFZ_ERR_ORDER, 0);
#if SIZE_MAX > INT64_MAX
	/* a document that is too long, which none in memory of 32 bits is; nothing is read */
	const volatile size_t too_long = SIZE_MAX;
	EXPECT_STATUS(lafz_feed(stream, "a", too_long), LAFZ_ERR_LIMIT);
	expect_sticky(stream, LAFZ_ERR_LIMIT, 0);
#endif
	lafz_close(stream);
	/* no stream */
	lafz_reset(NULL);
	lafz_close(NULL);
}
END_TEST

/* ---- Ill-formed bytes ---- */

struct bad_row {
	const char *description;
	struct text text;
	size_t line;   /* where the line of the first ill-formed byte begins */
	size_t offset; /* of that byte */
};

static const struct bad_row bad_rows[] = {
	{.description = "first byte", .text = T("\xFFone"), .line = 0, .offset = 0},
	{.description = "third line",
         .text = T("one two\nthree.\nfo\xC0ur\nfive\xFF"),
         .line = 15,
         .offset = 17},
	{.description = "cut off at end", .text = T("one\ntwo\xE2\x80"), .line = 4, .offset = 7},
	{.description = "cut off before a newline",
         .text = T("one\n\u06A9\xD8\nx"),
         .line = 4,
         .offset = 6},
	{.description = "a stray byte in a gap",
         .text = T("one\r\ntwo \x80 three"),
         .line = 5,
         .offset = 9},
	{.description = "a surrogate", .text = T("one\n\ntwo\xED\xA0\x80"), .line = 5, .offset = 8},
	{.description = "too high", .text = T("one\u2029\xF4\x90\x80\x80"), .line = 6, .offset = 6},
	{.description = "after a blank line", .text = T("one\n \n\xFE"), .line = 6, .offset = 6},
	{.description = "two in a line", .text = T("a\nb \xFF \xFF\n"), .line = 2, .offset = 4},
};

START_TEST(on_invalid_fail)
{
	struct lafz_options options = record_defaults();
	options.on_invalid = LAFZ_INVALID_FAIL;
	for (size_t i = 0; i < COUNT(bad_rows); i++) {
		const struct bad_row *row = &bad_rows[i];
		const struct text before = {row->text.ptr, row->line};
		struct record expected = {0}, actual = {0};
		record_text(&options, &before, before.len, ASK_TOKENS, &expected);
		ck_assert_int_eq(expected.status, LAFZ_OK);
		expected.status = LAFZ_ERR_ILLFORMED;
		expected.error_offset = row->offset;
		struct lafz_stream *const stream = record_open(&options);
		for (size_t chunk = 1; chunk <= row->text.len; chunk++) {
			for (int ask = ASK_TOKENS; ask <= ASK_BOTH; ask++) {
				record_read(stream, &row->text, chunk, (enum ask)ask, &actual);
				record_expect_same(row->description, &row->text, &expected, &actual);
				expect_sticky(stream, LAFZ_ERR_ILLFORMED, row->offset);
			}
		}
		lafz_close(stream);
		record_free(&expected);
		record_free(&actual);
	}
	/* well-formed text does not fail */
	struct record r = {0};
	static const struct text good = T("one \uFFFD \U0010FFFF\n\0\u06A9");
	record_text(&options, &good, 1, ASK_TOKENS, &r);
	ck_assert_int_eq(r.status, LAFZ_OK);
	record_free(&r);
}
END_TEST

struct repair_row {
	const char *description;
	enum lafz_profile profile;
	enum lafz_invalid on_invalid;
	struct text norm;
};

START_TEST(on_invalid_replace_and_drop)
{
	static const struct text doc = T("a \xFF\xF0\x9F\x98 b\xC2\n\xE2\x80");
	static const struct repair_row repairs[] = {
		{.description = "replace", .norm = T("a \uFFFD\uFFFD b\uFFFD\n\uFFFD")},
		{.description = "drop", .on_invalid = LAFZ_INVALID_DROP, .norm = T("a  b\n")},
		{.description = "nfc",
	         .profile = LAFZ_PROFILE_NFC,
	         .norm = T("a \uFFFD\uFFFD b\uFFFD\n\uFFFD")},
		{.description = "nfc, drop",
	         .profile = LAFZ_PROFILE_NFC,
	         .on_invalid = LAFZ_INVALID_DROP,
	         .norm = T("a  b\n")},
	};
	for (size_t i = 0; i < COUNT(repairs); i++) {
		struct lafz_options options = record_defaults();
		options.profile = repairs[i].profile;
		options.on_invalid = repairs[i].on_invalid;
		for (size_t chunk = 1; chunk <= doc.len; chunk++) {
			struct record r = {0};
			record_text(&options, &doc, chunk, ASK_BATCHES, &r);
			ck_assert_msg(helper_equals(r.norm, r.norm_len, repairs[i].norm.ptr,
			                            repairs[i].norm.len),
			              "%s: expected %s, actual %s", repairs[i].description,
			              helper_show(repairs[i].norm.ptr, repairs[i].norm.len),
			              helper_show(r.norm, r.norm_len));
			for (size_t k = 0; k < r.n; k++) {
				const struct token *t = &r.tokens[k];
				const char *s = doc.ptr + t->start;
				bool is_bad = false;
				for (size_t at = 0; at < t->end - t->start;) {
					const struct model c = helper_decode(
						s + at, (size_t)(t->end - t->start) - at);
					is_bad = is_bad || !c.is_char;
					at += c.len;
				}
				ck_assert_msg(is_bad == ((t->flags & LAFZ_FLAG_REPAIRED) != 0),
				              "flag repaired: %s", record_show(t));
			}
			record_free(&r);
		}
	}
}
END_TEST

/* ---- lafz_tokenize ---- */

struct listener {
	const struct text *doc;
	struct record record;
	size_t stop_at; /* the token it stops at, counted from 1; 0: none */
	int answer;
};

static int listen(void *ctx, const struct lafz_token *token)
{
	struct listener *const listener = (struct listener *)ctx;
	record_check_surface(listener->doc, token);
	record_add(&listener->record, token);
	return listener->record.n == listener->stop_at ? listener->answer : 0;
}

START_TEST(tokenize)
{
	static const struct text doc = T("One two. Three\n\n\u06A9\u062A\u0627\u0628\xFF four");
	struct record expected = {0};
	struct counter counter = {0};
	struct lafz_options options = record_defaults();
	options.allocator = helper_allocator(&counter);
	record_text(&options, &doc, doc.len, ASK_TOKENS, &expected);
	struct listener all = {.doc = &doc};
	EXPECT_STATUS(lafz_tokenize(doc.ptr, doc.len, &options, listen, &all), LAFZ_OK);
	record_expect_same("tokenize", &doc, &expected, &all.record);
	static const int answers[] = {1, 7, -1, -3, LAFZ_MORE};
	for (size_t i = 0; i < COUNT(answers); i++) {
		for (size_t stop_at = 1; stop_at <= expected.n; stop_at++) {
			struct listener some = {.doc = &doc, .stop_at = stop_at};
			some.answer = answers[i];
			EXPECT_STATUS(lafz_tokenize(doc.ptr, doc.len, &options, listen, &some),
			              answers[i]);
			ck_assert_uint_eq(some.record.n, stop_at);
			record_free(&some.record);
		}
	}
	/* nothing to read, no options */
	struct listener none = {.doc = &doc};
	EXPECT_STATUS(lafz_tokenize("", 0, NULL, listen, &none), LAFZ_OK);
	EXPECT_STATUS(lafz_tokenize(NULL, 0, &options, listen, &none), LAFZ_OK);
	ck_assert_uint_eq(none.record.n, 0);
	/* a failure behind some tokens */
	options.on_invalid = LAFZ_INVALID_FAIL;
	struct listener fails = {.doc = &doc};
	const int rc = lafz_tokenize(doc.ptr, doc.len, &options, listen, &fails);
	ck_assert_int_eq(rc, LAFZ_ERR_ILLFORMED);
	ck_assert_uint_gt(fails.record.n, 3);
	ck_assert_uint_eq(counter.blocks, 0);
	record_free(&expected);
	record_free(&all.record);
	record_free(&none.record);
	record_free(&fails.record);
}
END_TEST

/* ---- Memory ---- */

/* A document that every stage has to find memory for, again and again. */
static const struct text hungry = T(
	"One two, three. \u0643\u062A\u0627\u0628\u0640\u064E \uFEFB\u200F e\u0301 http://a.af/b "
	"\U0001F1E6\U0001F1EB\n"
	"\u0E20\u0E32\u0E29\u0E32 \u4E2D\u6587 l'a Dr. X. \xFF\xF0\x9F\n\n\u0627\u0654\u0653 "
	"\u0438\u0306 1\u0600\u0661\n"
	"a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p q r s "
	"t u v w x y z a b c d e f\n" A60 A60 " " A60 A60
	"\u0643\u0643\u0643 \u0643\u064A\u064A\u0647\u0640\n\n ");

static bool is_front_of(const struct record *front, const struct record *whole)
{
	return front->n <= whole->n && record_difference(front, whole) == front->n &&
	       front->len <= whole->len &&
	       (front->len == 0 || memcmp(front->text, whole->text, front->len) == 0);
}

/* Fails the allocation fail_at of a document's life. True if it came to that. */
static bool fail_once(const struct lafz_options *base, size_t chunk, size_t fail_at, bool fails_on,
                      const struct record *expected)
{
	struct counter counter = {.fail_at = fail_at, .fails_on = fails_on};
	struct lafz_options options = *base;
	struct lafz_stream *stream = NULL;
	struct record r = {0};
	options.allocator = helper_allocator(&counter);
	int rc = lafz_open(&stream, &options);
	if (rc < 0) {
		ck_assert_msg(rc == LAFZ_ERR_MEMORY && !stream && counter.calls >= fail_at,
		              "open: %d", rc);
		ck_assert_uint_eq(counter.blocks, 0);
		return true;
	}
	record_read(stream, &hungry, chunk, ASK_BOTH, &r);
	const bool has_failed = counter.calls >= fail_at;
	rc = r.status;
	ck_assert_msg(rc == (has_failed ? LAFZ_ERR_MEMORY : LAFZ_OK),
	              "allocation %zu of %zu: status %d", fail_at, counter.calls, rc);
	ck_assert_msg(is_front_of(&r, expected), "allocation %zu: wrong tokens before the failure",
	              fail_at);
	ck_assert_msg(has_failed || r.n == expected->n, "tokens are missing");
	counter.fail_at = 0;
	if (has_failed) {
		const struct lafz_token *token = NULL;
		EXPECT_STATUS(lafz_next(stream, &token), LAFZ_ERR_MEMORY);
		ck_assert_ptr_null(token);
		EXPECT_STATUS(lafz_feed(stream, "a", 1), LAFZ_ERR_MEMORY);
	}
	/*
	 * half of the times the stream goes on to another document, the other times it is closed
	 * as it is
	 */
	if (fail_at % 2 == 0) {
		lafz_reset(stream);
		record_read(stream, &hungry, chunk, ASK_TOKENS, &r);
		record_expect_same("after a failure and a reset", &hungry, expected, &r);
	}
	lafz_close(stream);
	ck_assert_msg(counter.blocks == 0 && counter.bytes == 0, "allocation %zu: %zu blocks lost",
	              fail_at, counter.blocks);
	ck_assert_msg(counter.wrong_sizes == 0,
	              "allocation %zu: %zu times resize was told a wrong old size", fail_at,
	              counter.wrong_sizes);
	record_free(&r);
	return has_failed;
}

START_TEST(every_allocation_fails)
{
	static const size_t chunks[] = {7, 100, 10000};
	for (size_t s = 0; s < n_settings; s++) {
		const struct lafz_options options = setting_options(&settings[s]);
		struct record expected = {0};
		record_text(&options, &hungry, hungry.len, ASK_TOKENS, &expected);
		record_check(settings[s].description, &hungry, &expected);
		const size_t chunk = chunks[s % COUNT(chunks)];
		size_t n = 1;
		while (fail_once(&options, chunk, n, s % 2 == 0, &expected))
			n++;
		ck_assert_msg(n > 20, "only %zu allocations", n);
		record_free(&expected);
	}
}
END_TEST

START_TEST(tokenize_without_memory)
{
	size_t fail_at = 1;
	for (bool has_failed = true; has_failed; fail_at++) {
		struct counter counter = {.fail_at = fail_at};
		struct lafz_options options = record_defaults();
		struct listener listener = {.doc = &hungry};
		options.allocator = helper_allocator(&counter);
		const int rc = lafz_tokenize(hungry.ptr, hungry.len, &options, listen, &listener);
		has_failed = counter.calls >= fail_at;
		ck_assert_int_eq(rc, has_failed ? LAFZ_ERR_MEMORY : LAFZ_OK);
		ck_assert_uint_eq(counter.blocks, 0);
		record_free(&listener.record);
	}
}
END_TEST

/* A stream that is used again and again asks for nothing more. */
START_TEST(reset_keeps_memory)
{
	struct counter counter = {0};
	struct lafz_options options = record_defaults();
	options.allocator = helper_allocator(&counter);
	struct lafz_stream *const stream = record_open(&options);
	struct record r = {0};
	record_read(stream, &hungry, 64, ASK_TOKENS, &r);
	lafz_reset(stream);
	record_read(stream, &hungry, 64, ASK_TOKENS, &r);
	const size_t calls = counter.calls;
	for (int i = 0; i < 10; i++) {
		lafz_reset(stream);
		record_read(stream, &hungry, 64, ASK_TOKENS, &r);
	}
	ck_assert_uint_eq(counter.calls, calls);
	lafz_close(stream);
	ck_assert_uint_eq(counter.blocks, 0);
	record_free(&r);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		statuses,
		on_invalid_fail,
		on_invalid_replace_and_drop,
		tokenize,
		every_allocation_fails,
		tokenize_without_memory,
		reset_keeps_memory,
	};
	return helper_run("stream_status", tests, COUNT(tests));
}
