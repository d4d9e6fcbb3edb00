#include "record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- What a stream handed out ---- */

static void grow(void *ptr, size_t *cap, size_t need, size_t size)
{
	if (need <= *cap)
		return;
	void *old = NULL;
	memcpy(&old, ptr, sizeof old);
	*cap = 2 * need + 64;
	void *const block = realloc(old, *cap * size);
	ck_assert_ptr_nonnull(block);
	memcpy(ptr, &block, sizeof block);
}

static void append(char **text, size_t *len, size_t *cap, const char *bytes, size_t n)
{
	grow(text, cap, *len + n, 1);
	if (n > 0)
		memcpy(*text + *len, bytes, n);
	*len += n;
}

void record_free(struct record *r)
{
	free(r->tokens);
	free(r->text);
	free(r->norm);
	*r = (struct record){0};
}

static void record_clear(struct record *r)
{
	r->n = r->len = r->norm_len = 0;
	r->status = LAFZ_OK;
	r->error_offset = 0;
}

void record_add(struct record *r, const struct lafz_token *t)
{
	grow(&r->tokens, &r->cap, r->n + 1, sizeof *r->tokens);
	r->tokens[r->n++] = (struct token){
		.start = t->start,
		.end = t->end,
		.cstart = t->cstart,
		.cend = t->cend,
		.par = t->par,
		.sent = t->sent,
		.run = t->run,
		.norm_len = t->norm_len,
		.key_len = t->key_len,
		.lang = t->lang,
		.flags = t->flags,
		.kind = t->kind,
		.script = t->script,
		.confidence = (double)t->confidence,
	};
	append(&r->text, &r->len, &r->text_cap, t->norm, t->norm_len);
	append(&r->text, &r->len, &r->text_cap, t->key, t->key_len);
}

/* Token i of a batch as lafz_next would hand it out. */
static struct lafz_token token_of(const struct lafz_batch *b, size_t i)
{
	struct lafz_token t = {
		.start = b->base + b->start[i],
		.end = b->base + b->end[i],
		.par = b->par_base + b->par[i],
		.surface = b->text + b->start[i],
		.surface_len = b->end[i] - b->start[i],
		.kind = b->kind[i],
		.script = b->script[i],
		.flags = b->flags[i],
	};
	if (b->cstart) {
		t.cstart = b->cbase + b->cstart[i];
		t.cend = b->cbase + b->cend[i];
	}
	if (b->run) {
		t.run = b->run_base + b->run[i];
		t.lang = b->lang[i];
		t.confidence = b->confidence[i];
	}
	if (b->sent)
		t.sent = b->sent_base + b->sent[i];
	if (b->norm_off) {
		t.norm = b->norm_text + b->norm_off[i];
		t.norm_len = b->norm_len[i];
	}
	if (b->key_off) {
		t.key = b->key_text + b->key_off[i];
		t.key_len = b->key_len[i];
	}
	return t;
}

void record_check_surface(const struct text *doc, const struct lafz_token *t)
{
	if (t->start >= t->end || t->end > doc->len ||
	    !helper_equals(doc->ptr + t->start, (size_t)(t->end - t->start), t->surface,
	                   t->surface_len))
		ck_abort_msg("token %zu to %zu of %zu bytes: surface %s", (size_t)t->start,
		             (size_t)t->end, doc->len, helper_show(t->surface, t->surface_len));
}

/* Everything the stream can say now goes into the record; the status that ended it. */
static int take_all(struct lafz_stream *stream, const struct text *doc, enum ask ask,
                    struct record *r)
{
	size_t turn = 0;
	for (;; turn++) {
		const struct lafz_token *token = NULL;
		const struct lafz_batch *batch = NULL;
		const bool by_token = ask == ASK_TOKENS || (ask == ASK_BOTH && turn % 4 != 3);
		int rc = LAFZ_OK;
		if (by_token)
			rc = lafz_next(stream, &token);
		else
			rc = lafz_next_batch(stream, &batch);
		if (rc == LAFZ_TOKEN) {
			ck_assert_msg(by_token && token, "a token where a batch was asked for");
			record_check_surface(doc, token);
			record_add(r, token);
			continue;
		}
		if (rc != LAFZ_BATCH) {
			ck_assert_msg(!token && !batch, "status %d with a result", rc);
			return rc;
		}
		ck_assert_msg(!by_token && batch, "a batch where a token was asked for");
		for (size_t i = 0; i < batch->n; i++) {
			const struct lafz_token t = token_of(batch, i);
			record_check_surface(doc, &t);
			record_add(r, &t);
		}
		if (ask == ASK_BATCHES)
			append(&r->norm, &r->norm_len, &r->norm_cap, batch->norm_text,
			       batch->norm_size);
	}
}

void record_read(struct lafz_stream *stream, const struct text *doc, size_t chunk,
                          enum ask ask, struct record *r)
{
	int rc = LAFZ_MORE;
	record_clear(r);
	for (size_t off = 0, n = 0; off < doc->len && rc == LAFZ_MORE; off += n) {
		n = chunk < doc->len - off ? chunk : doc->len - off;
		char *const lent = (char *)malloc(n);
		ck_assert_ptr_nonnull(lent);
		memcpy(lent, doc->ptr + off, n);
		rc = lafz_feed(stream, lent, n);
		if (rc == LAFZ_OK)
			rc = take_all(stream, doc, ask, r);
		free(lent);
	}
	if (rc == LAFZ_MORE) {
		rc = lafz_finish(stream);
		if (rc == LAFZ_OK)
			rc = take_all(stream, doc, ask, r);
	}
	r->status = rc;
	lafz_error(stream, &r->error_offset);
}

struct lafz_stream *record_open(const struct lafz_options *options)
{
	struct lafz_stream *stream = NULL;
	const int rc = lafz_open(&stream, options);
	ck_assert_msg(rc == LAFZ_OK && stream, "open: %d", rc);
	return stream;
}

struct lafz_options record_defaults(void)
{
	struct lafz_options options;
	lafz_options_init(&options, sizeof options);
	options.want = WANT_EVERYTHING;
	return options;
}

void record_text(const struct lafz_options *options, const struct text *doc, size_t chunk,
                        enum ask ask, struct record *r)
{
	struct lafz_stream *const stream = record_open(options);
	record_read(stream, doc, chunk > 0 ? chunk : 1, ask, r);
	lafz_close(stream);
}

/* ---- Comparing ---- */

const char *record_show(const struct token *t)
{
	static char out[2][400];
	static size_t turn;
	char *const s = out[turn++ % 2];
	snprintf(s, sizeof out[0],
	         "%zu-%zu chars %zu-%zu par %zu sent %zu run %zu norm %zu key %zu lang %zu flags "
	         "%zu kind %zu script %zu "
	         "confidence %.3f",
	         (size_t)t->start, (size_t)t->end, (size_t)t->cstart, (size_t)t->cend,
	         (size_t)t->par, (size_t)t->sent, (size_t)t->run, (size_t)t->norm_len,
	         (size_t)t->key_len, (size_t)t->lang, (size_t)t->flags, (size_t)t->kind,
	         (size_t)t->script, t->confidence);
	return s;
}

size_t record_difference(const struct record *a, const struct record *b)
{
	size_t i = 0;
	while (i < a->n && i < b->n && memcmp(&a->tokens[i], &b->tokens[i], sizeof *a->tokens) == 0)
		i++;
	return i;
}

bool record_equals(const struct record *a, const struct record *b)
{
	return a->status == b->status && a->error_offset == b->error_offset && a->n == b->n &&
	       record_difference(a, b) == a->n && helper_equals(a->text, a->len, b->text, b->len);
}

void record_expect_same(const char *description, const struct text *doc,
                        const struct record *expected, const struct record *actual)
{
	if (record_equals(expected, actual))
		return;
	const size_t i = record_difference(expected, actual);
	ck_abort_msg("%s: %s\nexpected status %d at %zu, %zu tokens; token %zu: %s; %s\nactual   "
	             "status %d at %zu, %zu "
	             "tokens; token %zu: %s; %s",
	             description, helper_show(doc->ptr, doc->len), expected->status,
	             (size_t)expected->error_offset, expected->n, i,
	             i < expected->n ? record_show(&expected->tokens[i]) : "none",
	             helper_show(expected->text, expected->len), actual->status,
	             (size_t)actual->error_offset, actual->n, i,
	             i < actual->n ? record_show(&actual->tokens[i]) : "none",
	             helper_show(actual->text, actual->len));
}

/* ---- What holds of every document ---- */

/* Numbers count on by at most one, from 0. */
static bool counts_on(uint64_t before, uint64_t now)
{
	return now == before || now == before + 1;
}

/* A record with everything in it against the document. */
void record_check(const char *description, const struct text *doc, const struct record *r)
{
	uint64_t at = 0, chars = 0;
	struct token before = {0};
	ck_assert_msg(r->status == LAFZ_OK, "%s: %s: status %d", description,
	              helper_show(doc->ptr, doc->len), r->status);
	for (size_t i = 0; i < r->n; i++) {
		const struct token *t = &r->tokens[i];
		const uint64_t cend = chars + helper_count(doc->ptr + t->start,
		                                           (size_t)(t->end - t->start));
		if (t->start != at || t->cstart != chars || t->cend != cend)
			ck_abort_msg("%s: %s: token %zu: %s: expected to begin at %zu, characters "
			             "%zu to %zu",
			             description, helper_show(doc->ptr, doc->len), i, record_show(t),
			             (size_t)at, (size_t)chars, (size_t)cend);
		const bool is_first = i == 0;
		if (!counts_on(before.par, t->par) || !counts_on(before.sent, t->sent) ||
		    !counts_on(before.run, t->run) || (is_first && (t->par || t->sent || t->run)) ||
		    (t->par != before.par && t->sent == before.sent))
			ck_abort_msg("%s: %s: numbers: token %zu: %s; behind: %s", description,
			             helper_show(doc->ptr, doc->len), i, record_show(t),
			             record_show(&before));
		if (t->confidence < 0 || t->confidence > 1 || t->kind > LAFZ_KIND_SPACE ||
		    t->lang >= lafz_lang_count())
			ck_abort_msg("%s: %s: token %zu: %s", description,
			             helper_show(doc->ptr, doc->len), i, record_show(t));
		at = t->end;
		chars = cend;
		before = *t;
	}
	ck_assert_msg(at == doc->len && chars == helper_count(doc->ptr, doc->len),
	              "%s: %s: covered %zu of %zu bytes", description,
	              helper_show(doc->ptr, doc->len), (size_t)at, doc->len);
}
