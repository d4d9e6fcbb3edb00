/*
 * The limits that lafz.h states, each from both sides: what is still taken, and what becomes of one byte more. Those of the
 * filter (a record, a line of a map, compressed data) have theirs in tests/cli.
 */
#include <stdlib.h>
#include <string.h>

#include "helper.h"

struct found {
	size_t n;              /* tokens */
	size_t lens[4];        /* bytes of the first ones */
	unsigned kinds, flags; /* of the first */
	size_t norm_len;       /* of the first */
};

static int on_token(void *ctx, const struct lafz_token *token)
{
	struct found *found = ctx;
	if (found->n == 0) {
		found->kinds = token->kind;
		found->flags = token->flags;
		found->norm_len = token->norm_len;
	}
	if (found->n < COUNT(found->lens))
		found->lens[found->n] = token->surface_len;
	found->n++;
	return 0;
}

/* The tokens of first, then n times what follows it. */
static struct found find(const struct lafz_options *options, const char *first, const char *again,
                         size_t n)
{
	struct found found = {0};
	const size_t first_len = strlen(first), again_len = strlen(again);
	char *const text = (char *)malloc(first_len + n * again_len + 1);
	ck_assert_ptr_nonnull(text);
	memcpy(text, first, first_len);
	for (size_t i = 0; i < n; i++)
		memcpy(text + first_len + i * again_len, again, again_len);
	ck_assert_int_eq(lafz_tokenize(text, first_len + n * again_len, options, on_token, &found),
	                 LAFZ_OK);
	free(text);
	return found;
}

/* A token is at most as long as a segment; then it is cut, and the flag says so. */
START_TEST(limit_of_token)
{
	struct lafz_options options;
	lafz_options_init(&options, sizeof options);
	struct found found = find(&options, "", "a", 65536);
	ck_assert_uint_eq(found.n, 1);
	ck_assert_uint_eq(found.lens[0], 65536);
	ck_assert_uint_eq(found.flags & LAFZ_FLAG_CUT, 0);
	found = find(&options, "", "a", 65537);
	ck_assert_uint_eq(found.n, 2);
	ck_assert_uint_eq(found.lens[0], 65536);
	ck_assert_uint_eq(found.lens[1], 1);
	ck_assert_uint_eq(found.flags & LAFZ_FLAG_CUT, LAFZ_FLAG_CUT);
	/* never inside a character, nor before a mark */
	found = find(&options, "", "a\u0301", 21846);
	ck_assert_uint_eq(found.lens[0], 65535);
	ck_assert_uint_eq(found.lens[1], 3);
	options.max_segment = LAFZ_MIN_SEGMENT;
	found = find(&options, "", "a", 64);
	ck_assert_uint_eq(found.n, 1);
	found = find(&options, "", "a", 65);
	ck_assert_uint_eq(found.lens[0], 64);
	options.max_segment = LAFZ_MAX_SEGMENT;
	found = find(&options, "", "a", LAFZ_MAX_SEGMENT);
	ck_assert_uint_eq(found.n, 1);
	found = find(&options, "", "a", LAFZ_MAX_SEGMENT + 1);
	ck_assert_uint_eq(found.n, 2);
	ck_assert_uint_eq(found.lens[0], LAFZ_MAX_SEGMENT);
}
END_TEST

START_TEST(limit_of_segment)
{
	struct lafz_stream *stream = NULL;
	static const struct {
		uint32_t size;
		int status;
	} rows[] = {
		{LAFZ_MIN_SEGMENT - 1, LAFZ_ERR_OPTION},
		{LAFZ_MIN_SEGMENT, LAFZ_OK},
		{LAFZ_MAX_SEGMENT, LAFZ_OK},
		{LAFZ_MAX_SEGMENT + 1, LAFZ_ERR_OPTION},
		{UINT32_MAX, LAFZ_ERR_OPTION},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct lafz_options options;
		lafz_options_init(&options, sizeof options);
		options.max_segment = rows[i].size;
		ck_assert_int_eq(lafz_open(&stream, &options), rows[i].status);
		lafz_close(stream);
	}
}
END_TEST

/* A hashtag and a link are tokens like others; what follows a cut is none. */
START_TEST(limit_of_hashtag_and_link)
{
	struct found found = find(NULL, "#", "a", 65535);
	ck_assert_uint_eq(found.n, 1);
	ck_assert_uint_eq(found.kinds, LAFZ_KIND_HASHTAG);
	found = find(NULL, "#", "a", 65536);
	ck_assert_uint_eq(found.n, 2);
	ck_assert_uint_eq(found.kinds, LAFZ_KIND_HASHTAG);
	ck_assert_uint_eq(found.flags & LAFZ_FLAG_CUT, LAFZ_FLAG_CUT);
	found = find(NULL, "http://a.af/", "a", 65536 - 12);
	ck_assert_uint_eq(found.n, 1);
	ck_assert_uint_eq(found.kinds, LAFZ_KIND_URL);
}
END_TEST

static unsigned kind_of(size_t n, const char *rest)
{
	char text[400];
	struct found found = {0};
	memset(text, 'a', n);
	strcpy(text + n, rest);
	ck_assert_int_eq(lafz_tokenize(text, strlen(text), NULL, on_token, &found), LAFZ_OK);
	return found.kinds;
}

START_TEST(limit_of_names)
{
	/* a host name of 253 bytes, in one label and in several; behind a scheme of any length */
	ck_assert_uint_eq(kind_of(249, ".com/a"), LAFZ_KIND_URL);
	ck_assert_uint_ne(kind_of(250, ".com/a"), LAFZ_KIND_URL);
	ck_assert_uint_eq(kind_of(240, ".aaaaaaaa.com/a"), LAFZ_KIND_URL);
	ck_assert_uint_ne(kind_of(241, ".aaaaaaaa.com/a"), LAFZ_KIND_URL);
	ck_assert_uint_eq(find(NULL, "http://", "a", 300).kinds, LAFZ_KIND_URL);
	ck_assert_uint_eq(kind_of(64, "@a.com"), LAFZ_KIND_EMAIL);
	ck_assert_uint_ne(kind_of(65, "@a.com"), LAFZ_KIND_EMAIL);
	ck_assert_uint_eq(kind_of(32, ".aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@a.com"), LAFZ_KIND_EMAIL);
	ck_assert_uint_ne(kind_of(33, ".aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@a.com"), LAFZ_KIND_EMAIL);
}
END_TEST

/* A host name in Arabic script: letters of two bytes, then ".com/". */
static unsigned arabic_kind_of(const char *first, size_t n)
{
	char text[400];
	struct found found = {0};
	strcpy(text, first);
	for (size_t i = 0; i < n; i++)
		strcat(text, "\u0627");
	strcat(text, ".com/");
	ck_assert_int_eq(lafz_tokenize(text, strlen(text), NULL, on_token, &found), LAFZ_OK);
	return found.kinds;
}

START_TEST(limit_of_arabic_names)
{
	ck_assert_uint_eq(arabic_kind_of("\u06271", 123), LAFZ_KIND_URL);
	ck_assert_uint_ne(arabic_kind_of("\u06271", 124), LAFZ_KIND_URL);
}
END_TEST

/* 2^63 - 1 bytes. Nothing is read of a chunk before lafz_next. */
START_TEST(limit_of_document)
{
	struct lafz_stream *stream = NULL;
	ck_assert_int_eq(lafz_open(&stream, NULL), LAFZ_OK);
	if (SIZE_MAX > INT64_MAX) {
		ck_assert_int_eq(lafz_feed(stream, "a", (size_t)INT64_MAX), LAFZ_OK);
		lafz_reset(stream);
		ck_assert_int_eq(lafz_feed(stream, "a", (size_t)INT64_MAX + 1), LAFZ_ERR_LIMIT);
	}
	lafz_close(stream);
}
END_TEST

START_TEST(limit_of_languages)
{
	struct lafz_stream *stream = NULL;
	struct lafz_options options;
	lafz_options_init(&options, sizeof options);
	for (size_t i = 0; i < LAFZ_MAX_LANGUAGES; i++)
		options.languages[i] = (uint16_t)(i % (lafz_lang_count() - 1u) + 1);
	options.n_languages = LAFZ_MAX_LANGUAGES;
	ck_assert_int_eq(lafz_open(&stream, &options), LAFZ_OK);
	lafz_close(stream);
	options.n_languages = LAFZ_MAX_LANGUAGES + 1;
	ck_assert_int_eq(lafz_open(&stream, &options), LAFZ_ERR_OPTION);
	ck_assert_ptr_null(stream);
}
END_TEST

/* As many edits as the token has characters: there is no limit but that of the segment. */
START_TEST(limit_of_edits)
{
	struct lafz_options options;
	struct lafz_stream *stream = NULL;
	const struct lafz_token *token = NULL;
	const struct lafz_edit *edits = NULL;
	size_t n = 0;
	lafz_options_init(&options, sizeof options);
	options.languages[0] = lafz_lang_id("ps");
	options.n_languages = 1;
	options.want |= LAFZ_WANT_EDITS;
	char *const text = (char *)malloc(65536);
	ck_assert_ptr_nonnull(text);
	for (size_t i = 0; i < 65536; i += 2)
		memcpy(text + i, "\u0643", 2);
	ck_assert_int_eq(lafz_open(&stream, &options), LAFZ_OK);
	ck_assert_int_eq(lafz_feed(stream, text, 65536), LAFZ_OK);
	ck_assert_int_eq(lafz_finish(stream), LAFZ_OK);
	ck_assert_int_eq(lafz_next(stream, &token), LAFZ_TOKEN);
	ck_assert_int_eq(lafz_edits(stream, &edits, &n), LAFZ_OK);
	ck_assert_uint_eq(n, 32768);
	ck_assert_uint_eq(edits[n - 1].end, 65536);
	ck_assert_int_eq(lafz_next(stream, &token), LAFZ_OK);
	lafz_close(stream);
	free(text);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {limit_of_token, limit_of_segment,  limit_of_hashtag_and_link,
	                              limit_of_names, limit_of_arabic_names, limit_of_document, limit_of_languages,
	                              limit_of_edits};
	return helper_run("limits", tests, COUNT(tests));
}
