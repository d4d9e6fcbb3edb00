/*
 * Encodings of the source: what lafz_encoding says, and when; guessing ("auto") at every chunk size,
 * document by document, and with every allocation failing.
 */
#include <stdio.h>
#include <string.h>

#include "helper.h"

struct document {
	const char *description;
	const char *bytes;
	size_t len;
	const char *name;  /* what is found */
	const char *norms; /* of the tokens, a space behind each */
};

#define BYTES(string) .bytes = string, .len = sizeof string - 1

static const struct document documents[] = {
	{"nothing", BYTES(""), "UTF-8", ""},
	{"ASCII", BYTES("One two"), "UTF-8", "One two "},
	{"UTF-8", BYTES("caf\u00E9 \u06A9"), "UTF-8", "caf\u00E9 \u06A9 "},
	{"UTF-8 with a mark", BYTES("\xEF\xBB\xBF" "One"), "UTF-8", "One "},
	{"UTF-16, little-endian, with a mark", BYTES("\xFF\xFE" "a\0\xA9\x06 \0b\0"), "UTF-16",
         "a \u06A9 b "},
	{"UTF-16, big-endian, with a mark", BYTES("\xFE\xFF" "\0a\0 \x06\xA9"), "UTF-16", "a \u06A9 "},
	{"UTF-32 with a mark", BYTES("\xFF\xFE\0\0a\0\0\0 \0\0\0b\0\0\0"), "UTF-32", "a b "},
	{"windows-1256: salam alaykum",
         BYTES("\xC7\xE1\xD3\xE1\xC7\xE3 \xDA\xE1\xED\xDF\xE3 \xE6\xD1\xCD\xE3\xC9 "
               "\xC7\xE1\xE1\xE5 \xE6\xC8\xD1\xDF\xC7\xCA\xE5"),
         "windows-1256",
         "\u0627\u0644\u0633\u0644\u0627\u0645 \u0639\u0644\u064A\u0643\u0645 "
         "\u0648\u0631\u062D\u0645\u0629 \u0627\u0644\u0644\u0647 "
         "\u0648\u0628\u0631\u0643\u0627\u062A\u0647 "},
};

static struct lafz_stream *open_stream(const char *encoding, struct counter *counter)
{
	struct lafz_options options;
	struct lafz_stream *stream = NULL;
	lafz_options_init(&options, sizeof options);
	options.encoding = encoding;
	options.profile = LAFZ_PROFILE_NFC;
	if (counter)
		options.allocator = helper_allocator(counter);
	const int rc = lafz_open(&stream, &options);
	if (!counter && rc < 0)
		ck_abort_msg("'%s' cannot be opened: %s", encoding, lafz_strerror(rc));
	return stream;
}

/* Appends the norms; the last status. */
static int take(struct lafz_stream *stream, char *norms, size_t cap)
{
	const struct lafz_token *token = NULL;
	int rc = 0;
	while ((rc = lafz_next(stream, &token)) == LAFZ_TOKEN) {
		const size_t len = strlen(norms);
		snprintf(norms + len, cap - len, "%.*s ", (int)token->norm_len, token->norm);
	}
	return rc;
}

static int read_document(struct lafz_stream *stream, const struct document *doc, size_t chunk,
                         char *norms, size_t cap)
{
	norms[0] = '\0';
	for (size_t off = 0; off < doc->len; off += chunk) {
		const size_t n = doc->len - off < chunk ? doc->len - off : chunk;
		int rc = lafz_feed(stream, doc->bytes + off, n);
		if (rc == 0)
			rc = take(stream, norms, cap);
		if (rc < 0)
			return rc;
	}
	const int rc = lafz_finish(stream);
	return rc < 0 ? rc : take(stream, norms, cap);
}

START_TEST(guesses)
{
	struct lafz_stream *stream = open_stream("auto", NULL);
	for (size_t d = 0; d < sizeof documents / sizeof *documents; d++) {
		const struct document *doc = &documents[d];
		for (size_t chunk = 1; chunk <= doc->len + 1; chunk++) {
			char norms[500];
			lafz_reset(stream);
			ck_assert_ptr_null(lafz_encoding(stream));
			const int rc = read_document(stream, doc, chunk, norms, sizeof norms);
			ck_assert_msg(rc == LAFZ_OK, "%s: status %d", doc->description, rc);
			ck_assert_msg(strcmp(lafz_encoding(stream), doc->name) == 0,
			              "%s, chunks of %zu: expected %s, found %s", doc->description,
			              chunk, doc->name, lafz_encoding(stream));
			ck_assert_msg(strcmp(norms, doc->norms) == 0,
			              "%s, chunks of %zu: expected '%s', found '%s'", doc->description,
			              chunk, doc->norms, norms);
		}
	}
	lafz_close(stream);
}
END_TEST

/* 65,536 bytes are enough to know it. */
START_TEST(known_before_the_end)
{
	static char text[65537];
	struct lafz_stream *stream = open_stream("auto", NULL);
	const struct lafz_token *token = NULL;
	memset(text, '\n', sizeof text);
	ck_assert_int_eq(lafz_feed(stream, text, 65535), 0);
	ck_assert_int_eq(lafz_next(stream, &token), LAFZ_MORE);
	ck_assert_ptr_null(lafz_encoding(stream));
	ck_assert_int_eq(lafz_feed(stream, text, 1), 0);
	ck_assert_int_eq(lafz_next(stream, &token), LAFZ_MORE);
	ck_assert_str_eq(lafz_encoding(stream), "UTF-8");
	lafz_close(stream);
}
END_TEST

START_TEST(names)
{
	static const struct {
		const char *encoding, *name;
	} rows[] = {
		{NULL, "UTF-8"}, {"utf8", "UTF-8"}, {"utf-16le", "UTF-16LE"}, {"latin1", "ISO-8859-1"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct lafz_stream *stream = open_stream(rows[i].encoding, NULL);
		ck_assert_str_eq(lafz_encoding(stream), rows[i].name);
		lafz_reset(stream);
		ck_assert_str_eq(lafz_encoding(stream), rows[i].name);
		lafz_close(stream);
	}
	struct lafz_options options;
	struct lafz_stream *stream = NULL;
	lafz_options_init(&options, sizeof options);
	options.encoding = "autos";
	ck_assert_int_eq(lafz_open(&stream, &options), LAFZ_ERR_OPTION);
	ck_assert_ptr_null(stream);
}
END_TEST

START_TEST(every_allocation_fails)
{
	const struct document *doc = &documents[sizeof documents / sizeof *documents - 1];
	bool has_failed = true;
	for (size_t n = 1; has_failed; n++) {
		struct counter counter = {.fail_at = n};
		char norms[500];
		struct lafz_stream *stream = open_stream("auto", &counter);
		const int rc = stream ? read_document(stream, doc, 5, norms, sizeof norms)
		                      : LAFZ_ERR_MEMORY;
		has_failed = counter.calls >= n;
		ck_assert_msg(rc == (has_failed ? LAFZ_ERR_MEMORY : LAFZ_OK),
		              "allocation %zu of %zu: status %d", n, counter.calls, rc);
		if (stream) {
			counter.fail_at = 0;
			lafz_reset(stream);
			ck_assert_int_eq(read_document(stream, doc, 7, norms, sizeof norms), LAFZ_OK);
			ck_assert_str_eq(norms, doc->norms);
		}
		lafz_close(stream);
		ck_assert_uint_eq(counter.blocks, 0);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {guesses, known_before_the_end, names, every_allocation_fails};
	return helper_run("encoding", tests, sizeof tests / sizeof *tests);
}
