/*
 * The stream as a user of lafz.h sees it: offsets against an independent count, numbers, and that tokens depend on bytes and
 * options alone: not on chunks, not on who asks how, not on what the stream did before.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "documents.h"
#include "record.h"

#define MOST_CHUNK 64

/* ---- Documents under settings ---- */

/* norm_text of the batches is norms of tokens and gaps one after the other, whatever the chunks. */
static void check_norm_text(const char *description, const struct text *doc, const struct record *r)
{
	size_t at = 0, off = 0;
	for (size_t i = 0; i < r->n; i++) {
		const size_t len = (size_t)r->tokens[i].norm_len;
		const char *const norm = r->norm ? r->norm + at : ""; /* no text, no norms */
		if (at + len > r->norm_len || !helper_equals(norm, len, r->text + off, len))
			ck_abort_msg("%s: %s: norm of token %zu: %s; the text has %s", description,
			             helper_show(doc->ptr, doc->len), i,
			             helper_show(r->text + off, len),
			             helper_show(r->norm + at, r->norm_len - at));
		at += len;
		off += len + (size_t)r->tokens[i].key_len;
	}
	ck_assert_msg(at == r->norm_len, "%s: %s: norm_text: expected %zu bytes, actual %zu",
	              description, helper_show(doc->ptr, doc->len), at, r->norm_len);
}

/*
 * One document under one setting: whole, at the chunk sizes from 1 on, by tokens, by batches, by
 * both.
 */
static void check_document(const char *description, const struct text *doc,
                           const struct setting *setting, size_t most_chunk)
{
	const struct lafz_options options = setting_options(setting);
	struct record whole = {0}, other = {0};
	char name[200];
	struct lafz_stream *const stream = record_open(&options);
	snprintf(name, sizeof name, "%s, %s", description, setting->description);
	record_read(stream, doc, doc->len, ASK_TOKENS, &whole);
	record_check(name, doc, &whole);
	for (size_t chunk = 1; chunk <= most_chunk + 1; chunk++) {
		const size_t size = chunk <= most_chunk ? chunk : doc->len + 1;
		const enum ask ask = chunk % 3 == 0   ? ASK_TOKENS
		                     : chunk % 3 == 1 ? ASK_BATCHES
		                                      : ASK_BOTH;
		snprintf(name, sizeof name, "%s, %s, chunks of %zu, asked way %d", description,
		         setting->description, size, (int)ask);
		lafz_reset(stream);
		record_read(stream, doc, size, ask, &other);
		record_expect_same(name, doc, &whole, &other);
		if (ask == ASK_BATCHES)
			check_norm_text(name, doc, &other);
	}
	for (int ask = ASK_TOKENS; ask <= ASK_BOTH; ask++) {
		snprintf(name, sizeof name, "%s, %s, whole, asked way %d", description,
		         setting->description, ask);
		lafz_reset(stream);
		record_read(stream, doc, doc->len, (enum ask)ask, &other);
		record_expect_same(name, doc, &whole, &other);
	}
	lafz_close(stream);
	record_free(&whole);
	record_free(&other);
}

START_TEST(documents_at_every_chunk_size)
{
	for (size_t d = 0; d < n_documents; d++) {
		const struct text *doc = &documents[d].text;
		const size_t most = doc->len < MOST_CHUNK ? doc->len : MOST_CHUNK;
		for (size_t s = 0; s < n_settings; s++)
			check_document(documents[d].description, doc, &settings[s], most);
	}
}
END_TEST

START_TEST(random_documents)
{
	struct rng rng = {9};
	for (size_t i = 0; i < 150; i++) {
		char bytes[60 * HELPER_LONGEST], name[64];
		const struct text doc = {
			bytes, helper_trouble(&rng, 1 + rng_below(&rng, 60), i % 3 == 0, bytes)};
		snprintf(name, sizeof name, "random document %zu", i);
		check_document(name, &doc, &settings[i % n_settings], 7);
	}
}
END_TEST

/* ---- One line of 10 MB ---- */

/* A sum of everything the tokens say; the tokens themselves would take too much room. */
static uint64_t mix(uint64_t sum, const void *bytes, size_t len)
{
	const unsigned char *const s = (const unsigned char *)bytes;
	for (size_t i = 0; i < len; i++)
		sum = (sum ^ s[i]) * UINT64_C(0x100000001B3);
	return sum;
}

static uint64_t sum_of_line(const struct text *doc, size_t chunk,
                            const struct lafz_options *options, size_t *n)
{
	struct lafz_stream *const stream = record_open(options);
	uint64_t sum = UINT64_C(0xCBF29CE484222325), at = 0, chars = 0;
	const struct lafz_token *t = NULL;
	bool is_finished = false;
	size_t off = 0;
	*n = 0;
	for (;;) {
		const int rc = lafz_next(stream, &t);
		if (rc == LAFZ_OK)
			break;
		if (rc == LAFZ_MORE && off < doc->len) {
			const size_t len = chunk < doc->len - off ? chunk : doc->len - off;
			ck_assert_int_eq(lafz_feed(stream, doc->ptr + off, len), LAFZ_OK);
			off += len;
			continue;
		}
		if (rc == LAFZ_MORE && !is_finished) {
			is_finished = true;
			ck_assert_int_eq(lafz_finish(stream), LAFZ_OK);
			continue;
		}
		if (rc != LAFZ_TOKEN || t->start != at || t->cstart != chars || t->par != 0)
			ck_abort_msg("status %d at byte %zu, character %zu of one line", rc,
			             (size_t)at, (size_t)chars);
		at = t->end;
		chars = t->cend;
		const uint64_t numbers[] = {t->start, t->end,  t->cstart, t->cend, t->sent,
		                            t->run,   t->kind, t->flags,  t->lang};
		sum = mix(sum, numbers, sizeof numbers);
		sum = mix(sum, t->norm, t->norm_len);
		sum = mix(sum, t->key, t->key_len);
		(*n)++;
	}
	ck_assert_uint_eq(at, doc->len);
	lafz_close(stream);
	return sum;
}

START_TEST(one_line_of_ten_megabytes)
{
	static const struct text parts[] = {
		T("the librarian, "),
		T("\u06A9\u062A\u0627\u0628\u062E\u0627\u0646\u0647 "),
		T("12.5% "),
		T("caf\u00E9. "),
		T("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
		T("\u0643\u064A\u200C "),
		T("\xFF "),
	};
	const size_t most = 10u << 20;
	char *const bytes = (char *)malloc(most + 100);
	ck_assert_ptr_nonnull(bytes);
	struct rng rng = {10};
	struct text doc = {bytes, 0};
	while (doc.len < most / 2) {
		const struct text *part = &parts[rng_below(&rng, COUNT(parts))];
		memcpy(bytes + doc.len, part->ptr, part->len);
		doc.len += part->len;
	}
	memset(bytes + doc.len, 'b', most - doc.len); /* the second half is one word */
	doc.len = most;
	struct counter counter = {0};
	struct lafz_options options = record_defaults();
	options.allocator = helper_allocator(&counter);
	size_t n = 0, n_whole = 0;
	const uint64_t whole = sum_of_line(&doc, doc.len, &options, &n_whole);
	static const size_t chunks[] = {64, 65537};
	for (size_t i = 0; i < COUNT(chunks); i++) {
		const uint64_t sum = sum_of_line(&doc, chunks[i], &options, &n);
		ck_assert_msg(sum == whole && n == n_whole,
		              "chunks of %zu: expected %zu tokens, actual %zu", chunks[i], n_whole,
		              n);
	}
	ck_assert_uint_eq(counter.blocks, 0);
	ck_assert_msg(counter.peak < 32u << 20, "memory: expected below 32 MiB, actual %zu bytes",
	              counter.peak);
	free(bytes);
}
END_TEST

/* ---- Numbers ---- */

struct number_row {
	const char *description;
	struct text text;
	const char *pars, *sents; /* of each token, gaps left out */
	bool unwrap;
};

static const struct number_row number_rows[] = {
	{.description = "lines and paragraphs",
         .text = T("a b\nc\n\n\n d\u2029"
                   "e"),
         .pars = "0 0 0 1 2",
         .sents = "0 0 1 2 3"},
	{.description = "blank lines first", .text = T("\n \n\na"), .pars = "0", .sents = "0"},
	{.description = "blank lines last", .text = T("a\n\n\n"), .pars = "0", .sents = "0"},
	{.description = "sentences of a line",
         .text = T("One. Two.\nThree"),
         .pars = "0 0 0 0 0",
         .sents = "0 0 1 1 2"},
	{.description = "a sentence over two lines",
         .text = T("One\ntwo."),
         .pars = "0 0 0",
         .sents = "0 1 1"},
	{.description = "a sentence over two lines, unwrapped",
         .text = T("One\ntwo. Three\n\nfour"),
         .unwrap = true,
         .pars = "0 0 0 0 1",
         .sents = "0 0 0 1 2"},
	{.description = "invisible controls do not make a blank line",
         .text = T("a\n\u200F\nb"),
         .pars = "0 0",
         .sents = "0 1"},
	{.description = "wide white space makes one",
         .text = T("a\n\u3000\r\nb"),
         .pars = "0 1",
         .sents = "0 1"},
};

static void append_number(char *out, size_t cap, uint64_t number)
{
	const size_t n = strlen(out);
	snprintf(out + n, cap - n, "%s%zu", n > 0 ? " " : "", (size_t)number);
}

START_TEST(numbers_of_paragraphs_and_sentences)
{
	for (size_t i = 0; i < COUNT(number_rows); i++) {
		const struct number_row *row = &number_rows[i];
		for (size_t chunk = 1; chunk <= row->text.len; chunk++) {
			struct record r = {0};
			char pars[200] = "", sents[200] = "";
			struct lafz_options options = record_defaults();
			options.want = LAFZ_WANT_ALL;
			options.unwrap = row->unwrap;
			record_text(&options, &row->text, chunk, ASK_BOTH, &r);
			for (size_t k = 0; k < r.n; k++) {
				append_number(pars, sizeof pars, r.tokens[k].par);
				append_number(sents, sizeof sents, r.tokens[k].sent);
			}
			ck_assert_msg(!strcmp(pars, row->pars) && !strcmp(sents, row->sents),
			              "%s: %s: expected %s, %s; actual %s, %s", row->description,
			              helper_show(row->text.ptr, row->text.len), row->pars,
			              row->sents, pars, sents);
			record_free(&r);
		}
	}
}
END_TEST

/* ---- Streams side by side, documents one after the other ---- */

START_TEST(two_streams_interleaved)
{
	for (size_t d = 0; d + 1 < n_documents; d++) {
		const struct text *docs[2] = {&documents[d].text, &documents[d + 1].text};
		struct record expected[2] = {{0}}, actual[2] = {{0}};
		struct lafz_stream *streams[2];
		size_t off[2] = {0, 0};
		int rc[2] = {LAFZ_MORE, LAFZ_MORE};
		bool is_finished[2] = {false, false};
		for (size_t i = 0; i < 2; i++) {
			const struct lafz_options options = setting_options(&settings[i]);
			streams[i] = record_open(&options);
			record_text(&options, docs[i], docs[i]->len, ASK_TOKENS, &expected[i]);
		}
		/* one call on each in turn */
		for (size_t turn = 0; rc[0] != LAFZ_OK || rc[1] != LAFZ_OK; turn++) {
			const size_t i = turn % 2;
			const struct lafz_token *token = NULL;
			if (rc[i] == LAFZ_MORE && off[i] < docs[i]->len) {
				EXPECT_STATUS(lafz_feed(streams[i], docs[i]->ptr + off[i], 1),
				              LAFZ_OK);
				off[i]++;
			} else if (rc[i] == LAFZ_MORE && !is_finished[i]) {
				EXPECT_STATUS(lafz_finish(streams[i]), LAFZ_OK);
				is_finished[i] = true;
			}
			rc[i] = lafz_next(streams[i], &token);
			ck_assert_int_ge(rc[i], LAFZ_OK);
			if (rc[i] == LAFZ_TOKEN)
				record_add(&actual[i], token);
		}
		for (size_t i = 0; i < 2; i++) {
			const char *name = documents[d + i].description;
			record_expect_same(name, docs[i], &expected[i], &actual[i]);
			lafz_close(streams[i]);
			record_free(&expected[i]);
			record_free(&actual[i]);
		}
	}
}
END_TEST

/* A stream that was left in the middle of any document is as new after a reset. */
START_TEST(reset_in_the_middle)
{
	for (size_t s = 0; s < n_settings; s++) {
		const struct lafz_options options = setting_options(&settings[s]);
		struct lafz_stream *const stream = record_open(&options);
		static const struct text doc = T(
			"\uFEFF\u06A9\u062A\u0627\u0628\u064A one. Two\n\nthree\r\n\xFF");
		struct record expected = {0}, actual = {0};
		record_text(&options, &doc, doc.len, ASK_TOKENS, &expected);
		for (size_t d = 0; d < n_documents; d++) {
			const struct text *before = &documents[d].text;
			const struct lafz_token *token = NULL;
			EXPECT_STATUS(lafz_feed(stream, before->ptr, before->len), LAFZ_OK);
			for (size_t n = d % 4; n > 0; n--)
				ck_assert_int_ge(lafz_next(stream, &token), LAFZ_OK);
			if (d % 3 == 0)
				EXPECT_STATUS(lafz_finish(stream), LAFZ_OK);
			lafz_reset(stream);
			record_read(stream, &doc, 1 + d % 9, ASK_TOKENS, &actual);
			record_expect_same(documents[d].description, &doc, &expected, &actual);
			lafz_reset(stream);
		}
		lafz_close(stream);
		record_free(&expected);
		record_free(&actual);
	}
}
END_TEST

/* An apostrophe joins words of two scripts to one token: the run of the second is then not counted. */
START_TEST(numbers_of_runs_have_no_holes)
{
	static const struct text doc = T("\u06C2\u0639'\u0131\u064A 'th\uFBA9");
	for (size_t chunk = 1; chunk <= doc.len; chunk++) {
		struct record r = {0};
		char runs[100] = "";
		const struct lafz_options options = record_defaults();
		record_text(&options, &doc, chunk, ASK_TOKENS, &r);
		for (size_t k = 0; k < r.n; k++)
			append_number(runs, sizeof runs, r.tokens[k].run);
		for (size_t k = 0; k < r.n; k++)
			ck_assert_msg(r.tokens[k].run <= (k > 0 ? r.tokens[k - 1].run + 1 : 0), "runs %s",
			              runs);
		record_free(&r);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		documents_at_every_chunk_size,
		random_documents,
		one_line_of_ten_megabytes,
		numbers_of_paragraphs_and_sentences,
		two_streams_interleaved,
		reset_in_the_middle,
		numbers_of_runs_have_no_holes,
	};
	return helper_run("stream", tests, COUNT(tests));
}
