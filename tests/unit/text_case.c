#include "text_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stream.h"

#define SHOWN 60 /* bytes of a text before and behind a difference */

void text_case_file(const char *path, struct buf *out)
{
	char part[4096];
	FILE *const file = fopen(path, "rb");
	ck_assert_msg(file != NULL, "%s: cannot be read", path);
	for (size_t n = 0; (n = fread(part, 1, sizeof part, file)) > 0;)
		text_model_add(out, part, n);
	fclose(file);
}

struct lafz_options text_case_options(const char *tag)
{
	struct lafz_options options;
	lafz_options_init(&options, sizeof options);
	options.want = LAFZ_WANT_NORM | LAFZ_WANT_SENTS;
	if (tag) {
		options.languages[0] = lafz_lang_id(tag);
		options.n_languages = 1;
		ck_assert_uint_ne(options.languages[0], LAFZ_LANG_NONE);
	}
	return options;
}

void text_case_open(struct text_case *c, const char *what, const struct lafz_options *options)
{
	*c = (struct text_case){.what = what, .options = *options};
	ck_assert_int_eq(lafz_open(&c->batches, options), LAFZ_OK);
	ck_assert_int_eq(lafz_open(&c->texts, options), LAFZ_OK);
	stream_tell_lines(c->texts);
	stream_scan_all(c->batches);
	struct lafz_options all = *options;
	all.want = LAFZ_WANT_ALL;
	ck_assert_int_eq(lafz_open(&c->quick, &all), LAFZ_OK);
	ck_assert_int_eq(lafz_open(&c->scanned, &all), LAFZ_OK);
	stream_tell_lines(c->quick);
	stream_scan_all(c->scanned);
}

void text_case_close(struct text_case *c)
{
	lafz_close(c->batches);
	lafz_close(c->texts);
	lafz_close(c->quick);
	lafz_close(c->scanned);
	text_model_free(&c->wanted);
	buf_free(&c->got, &mem_default);
}

void text_case_want(struct text_case *c, const char *text, size_t len)
{
	lafz_reset(c->batches);
	text_model_read(&c->wanted, c->batches, text, len);
}

/* ---- By lafz_next_text ---- */

static void refuse(const struct text_case *c, const char *text, size_t len, size_t chunk, const char *why)
{
	ck_abort_msg("%s, languages %u (%s), kernel %s, chunks of %zu: %s; document of %zu bytes: %s", c->what,
	             (unsigned)c->options.n_languages, lafz_lang_tag(c->options.languages[0]),
	             c->options.kernel ? c->options.kernel : "best", chunk, why, len, helper_show(text, len));
}

/* Takes what there is. Says what is wrong, or NULL. */
static const char *take_pieces(struct text_case *c, size_t *lines, int *rc)
{
	const struct lafz_text *piece = NULL;
	while ((*rc = lafz_next_text(c->texts, &piece)) == LAFZ_TEXT) {
		const char *const why = text_model_take(&c->wanted, piece, &c->got, lines);
		if (why)
			return why;
	}
	return piece ? "a piece that is none" : NULL;
}

/* Fails where the texts differ; what was got may be the front of all. */
static void compare(const struct text_case *c, const char *text, size_t len, size_t chunk, bool is_front)
{
	const struct buf *const wanted = &c->wanted.text, *const got = &c->got;
	size_t at = 0;
	char why[4096];
	if (helper_equals(wanted->ptr, wanted->len, got->ptr, got->len))
		return;
	while (at < wanted->len && at < got->len && wanted->ptr[at] == got->ptr[at])
		at++;
	if (is_front && at == got->len)
		return;
	const size_t from = at < SHOWN ? 0 : at - SHOWN;
	const size_t wanted_len = wanted->len - from, got_len = got->len - from;
	snprintf(why, sizeof why, "byte %zu, from %zu on: wanted %s, got %s", at, from,
	         helper_show(wanted->ptr + from, wanted_len < 2 * SHOWN ? wanted_len : 2 * SHOWN),
	         helper_show(got->ptr + from, got_len < 2 * SHOWN ? got_len : 2 * SHOWN));
	refuse(c, text, len, chunk, why);
}

void text_case_read(struct text_case *c, const char *text, size_t len, size_t chunk)
{
	size_t lines = 0;
	int rc = LAFZ_MORE;
	const char *why = NULL;
	uint64_t error_offset = 0;
	lafz_reset(c->texts);
	c->got.len = 0;
	for (size_t off = 0; off < len && rc == LAFZ_MORE && !why;) {
		const size_t n = chunk == 0 || len - off < chunk ? len - off : chunk;
		char *const block = (char *)malloc(n); /* of its own, so that a read beside it is seen */
		if (!block)
			ck_abort_msg("no memory");
		memcpy(block, text + off, n);
		if (lafz_feed(c->texts, block, n) < 0)
			why = "lafz_feed failed";
		else
			why = take_pieces(c, &lines, &rc);
		free(block);
		off += n;
	}
	if (!why && rc == LAFZ_MORE)
		why = lafz_finish(c->texts) < 0 ? "lafz_finish failed" : take_pieces(c, &lines, &rc);
	/* what differs tells more than what is wrong with a piece */
	compare(c, text, len, chunk, why != NULL);
	(void)lafz_error(c->texts, &error_offset);
	if (!why && (rc != c->wanted.status || error_offset != c->wanted.error_offset))
		why = "another status";
	if (why)
		refuse(c, text, len, chunk, why);
}

/* ---- Tokens ---- */

static bool are_same(const struct lafz_token *a, const struct lafz_token *b)
{
	return a->start == b->start && a->end == b->end && a->cstart == b->cstart && a->cend == b->cend && a->par == b->par &&
	       a->sent == b->sent && a->run == b->run && a->lang == b->lang && a->kind == b->kind && a->script == b->script &&
	       a->flags == b->flags && memcmp(&a->confidence, &b->confidence, sizeof a->confidence) == 0 &&
	       helper_equals(a->surface, a->surface_len, b->surface, b->surface_len) &&
	       helper_equals(a->norm, a->norm_len, b->norm, b->norm_len) && helper_equals(a->key, a->key_len, b->key, b->key_len);
}

static void feed_all(struct lafz_stream *stream, const char *text, size_t len)
{
	lafz_reset(stream);
	ck_assert_int_eq(lafz_feed(stream, text, len), LAFZ_OK);
}

static void compare_tokens(const struct text_case *c, const char *text, size_t len)
{
	const struct lafz_token *quick = NULL, *scanned = NULL;
	feed_all(c->quick, text, len);
	feed_all(c->scanned, text, len);
	for (bool is_finished = false;;) {
		const int rc = lafz_next(c->scanned, &scanned);
		ck_assert_int_eq(lafz_next(c->quick, &quick), rc);
		if (rc != LAFZ_TOKEN && is_finished)
			break;
		if (rc != LAFZ_TOKEN) {
			ck_assert_int_eq(lafz_finish(c->quick), LAFZ_OK);
			ck_assert_int_eq(lafz_finish(c->scanned), LAFZ_OK);
			is_finished = true;
		} else if (!are_same(quick, scanned)) {
			refuse(c, text, len, 0, "a token of a line that was told by its bytes is another one");
		}
	}
}

void text_case_check(struct text_case *c, const char *text, size_t len)
{
	text_case_want(c, text, len);
	text_case_read(c, text, len, 0);
	compare_tokens(c, text, len);
}
