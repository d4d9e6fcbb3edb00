/*
 * lafz_next_text against the batches of the same document: the pages of corpora/ in their languages and in wrong ones, by every
 * kernel, in chunks of every size, with the options that leave lines no short way, and what goes wrong: calls in the wrong
 * order, and memory. test_text_lines.c looks at the borders of what a plain line is.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text_case.h"

/* ---- The pages ---- */

/* Calls use with each page; the number of them. */
static size_t each_page(void (*use)(const char *name, const struct buf *text))
{
	const char *const root = getenv("abs_top_srcdir");
	char folder[1024], path[2048];
	size_t n = 0;
	snprintf(folder, sizeof folder, "%s/corpora", root ? root : ".");
	DIR *const dir = opendir(folder);
	ck_assert_msg(dir != NULL, "%s: not found", folder);
	for (const struct dirent *entry = NULL; (entry = readdir(dir)) != NULL;) {
		const char *const dot = strrchr(entry->d_name, '.');
		struct buf text = {0};
		if (!dot || strcmp(dot, ".txt") != 0)
			continue;
		snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
		text_case_file(path, &text);
		use(entry->d_name, &text);
		buf_free(&text, &mem_default);
		n++;
	}
	closedir(dir);
	return n;
}

static void read_in_language(const char *name, const struct buf *text, const char *tag)
{
	static const size_t chunks[] = {0, 977, 4096, 65536};
	const struct lafz_options options = text_case_options(tag);
	struct text_case c;
	text_case_open(&c, name, &options);
	text_case_want(&c, text->ptr, text->len);
	for (size_t i = 0; i < COUNT(chunks); i++)
		text_case_read(&c, text->ptr, text->len, chunks[i]);
	text_case_close(&c);
}

static void read_page(const char *name, const struct buf *text)
{
	static const char *const tags[] = {"en", "fr", "it", "ca", "es", "de", "tr", "ar",
	                                   "fa", "ps", "ur", "ug", "sd", "ckb", NULL};
	for (size_t i = 0; i < COUNT(tags); i++)
		read_in_language(name, text, tags[i]);
}

START_TEST(pages_in_each_language)
{
	ck_assert_uint_gt(each_page(read_page), 10);
}
END_TEST

static void read_by_kernels(const char *name, const struct buf *text)
{
	static const char *const tags[] = {"en", "fa"};
	int usable = 0;
	for (size_t k = 0; lafz_kernel(k, &usable); k++) {
		for (size_t i = 0; i < COUNT(tags) && usable; i++) {
			struct lafz_options options = text_case_options(tags[i]);
			struct text_case c;
			options.kernel = lafz_kernel(k, NULL);
			text_case_open(&c, name, &options);
			text_case_check(&c, text->ptr, text->len);
			text_case_close(&c);
		}
	}
}

START_TEST(pages_by_each_kernel)
{
	ck_assert_uint_gt(each_page(read_by_kernels), 10);
}
END_TEST

static void read_in_many(const char *name, const struct buf *text)
{
	struct lafz_options options = text_case_options("en");
	struct text_case c;
	options.languages[1] = lafz_lang_id("fa");
	options.languages[2] = lafz_lang_id("ps");
	options.n_languages = 3;
	text_case_open(&c, name, &options);
	text_case_want(&c, text->ptr, text->len);
	text_case_read(&c, text->ptr, text->len, 0);
	text_case_read(&c, text->ptr, text->len, 10007);
	text_case_close(&c);
}

START_TEST(pages_in_several_languages)
{
	ck_assert_uint_gt(each_page(read_in_many), 10);
}
END_TEST

/* ---- Lines of all pages ---- */

/* The pages, one behind the other. */
static struct buf all_pages;

static void add_page(const char *name, const struct buf *text)
{
	(void)name;
	text_model_add(&all_pages, text->ptr, text->len);
}

/* The line that holds a byte. */
static struct text line_at(const struct buf *pages, size_t at)
{
	size_t start = at, end = at;
	while (start > 0 && pages->ptr[start - 1] != '\n')
		start--;
	while (end < pages->len && pages->ptr[end] != '\n')
		end++;
	return (struct text){pages->ptr + start, end - start + (end < pages->len)};
}

/* Some lines from one place, then some from another: what a line is expected to be in changes all the time. */
static void mix_lines(struct rng *rng, const struct buf *pages, size_t n, struct buf *out)
{
	out->len = 0;
	for (size_t i = 0; i < n; i++) {
		size_t at = rng_below(rng, pages->len);
		for (size_t k = rng_below(rng, 6) + 1; k > 0 && at < pages->len; k--) {
			const struct text line = line_at(pages, at);
			/* a word of it alone says little */
			const size_t len = rng_below(rng, 4) == 0 ? rng_below(rng, line.len + 1) : line.len;
			text_model_add(out, line.ptr, len);
			if (len < line.len)
				text_model_add(out, "\n", 1);
			at = (size_t)(line.ptr - pages->ptr) + line.len;
		}
	}
}

/* Languages to choose from: all, some, some that have no evidence. */
START_TEST(lines_of_all_pages)
{
	static const char *const tags[][4] = {{NULL}, {"fa", "ps", "en"}, {"ar", "ur"}, {"en", "fr", "de", "tr"},
	                                      {"fa", "azb"}, {"ug", "ckb", "sd", "it"}};
	struct rng rng = {11};
	struct buf text = {0};
	all_pages.len = 0;
	ck_assert_uint_gt(each_page(add_page), 10);
	for (size_t i = 0; i < COUNT(tags); i++) {
		struct lafz_options options = text_case_options(NULL);
		struct text_case c;
		for (size_t k = 0; k < COUNT(tags[i]) && tags[i][k]; k++)
			options.languages[options.n_languages++] = lafz_lang_id(tags[i][k]);
		text_case_open(&c, "lines of all pages", &options);
		for (size_t k = 0; k < 60; k++) {
			mix_lines(&rng, &all_pages, 1 + rng_below(&rng, 60), &text);
			text_case_check(&c, text.ptr, text.len);
			text_case_read(&c, text.ptr, text.len, 1 + rng_below(&rng, 2000));
		}
		text_case_close(&c);
	}
	buf_free(&text, &mem_default);
	buf_free(&all_pages, &mem_default);
}
END_TEST

/* ---- Options ---- */

/* Some of everything: plain lines and others, marks out of order, broken bytes. */
static const struct text mixed = T(
	"\uFEFFIt was a plain line.\n"
	"And so is this, all of it.\n"
	"\n"
	"\"No!\" said he. Don\u2019t go - 12.5 km, or http://a.af/b of Dr. No... \n"
	"  two spaces  before, and\tbehind \n"
	"\r\n"
	"\u0648\u0632\u0627\u0631\u062A \u0627\u0645\u0648\u0631\u060C \u06A9\u0627\u0628\u0644\u06D4\n"
	"\u0645\u064F\u062F\u0651\u064E\u062A \u0643\u062A\u0627\u0628\u064A \u0633\u0640\u0640\u0644\u0627\u0645\u061F\r\n"
	"\u0645\u06CC\u200C\u0631\u0648\u0645 \u06F1\u06F2\u06F3 \uFEFB\u200C \u00AB\u0645\u0646\u00BB.\r\n"
	"broken \xD8 bytes \xF0\x9F\x98 here\xFF\n"
	"\xFF\n"
	"a plain line again\xC2\x85"
	"and one more\u2028of them\u2029\u2029"
	"A page\fand\vits \0 end.\n\n\n"
	"a\nb\nc.\nl'homme d\u2019or\ne\u0301te\u0301 Istanbul I\u0307\n"
	"the last line without its end");

struct change {
	const char *description;
	void (*change)(struct lafz_options *options);
};

static void keep(struct lafz_options *o) { (void)o; }
static void want_all(struct lafz_options *o) { o->want = LAFZ_WANT_ALL | LAFZ_WANT_GAPS | LAFZ_WANT_EDITS; }
static void strip_marks(struct lafz_options *o) { o->strip_marks = 1; }
static void unify_punct(struct lafz_options *o) { o->unify_punct = 1; }
static void lower(struct lafz_options *o) { o->lower = 1; }
static void drop_zwnj(struct lafz_options *o) { o->drop_zwnj = 1; }
static void ascii_digits(struct lafz_options *o) { o->digits = LAFZ_DIGITS_ASCII; }
static void native_digits(struct lafz_options *o) { o->digits = LAFZ_DIGITS_NATIVE; }
static void unwrap(struct lafz_options *o) { o->unwrap = 1; }
static void by_uax29(struct lafz_options *o) { o->rules = LAFZ_RULES_UAX29; }
static void by_search(struct lafz_options *o) { o->rules = LAFZ_RULES_SEARCH; }
static void to_nfc(struct lafz_options *o) { o->profile = LAFZ_PROFILE_NFC; }
static void as_is(struct lafz_options *o) { o->profile = LAFZ_PROFILE_NONE; }
static void short_segments(struct lafz_options *o) { o->max_segment = LAFZ_MIN_SEGMENT; }
static void short_tokens(struct lafz_options *o) { o->max_token = LAFZ_MIN_TOKEN; }
static void drop_broken(struct lafz_options *o) { o->on_invalid = LAFZ_INVALID_DROP; }
static void fail_broken(struct lafz_options *o) { o->on_invalid = LAFZ_INVALID_FAIL; }
static void be_sure(struct lafz_options *o) { o->fold_confidence = 1; }
static void windows_1256(struct lafz_options *o) { o->encoding = "windows-1256"; }
static void utf_16(struct lafz_options *o) { o->encoding = "UTF-16LE"; }
static void guess_encoding(struct lafz_options *o) { o->encoding = "auto"; }
static void inner_yeh(struct lafz_options *o)
{
	static const char *const names[] = {"ps-inner-yeh"};
	o->folds = names;
	o->n_folds = 1;
}

static const struct change changes[] = {
	{"no option", keep},
	{"all that can be wanted", want_all},
	{"strip_marks", strip_marks},
	{"unify_punct", unify_punct},
	{"lower", lower},
	{"drop_zwnj", drop_zwnj},
	{"ASCII digits", ascii_digits},
	{"native digits", native_digits},
	{"unwrap", unwrap},
	{"rules of UAX #29", by_uax29},
	{"rules for search", by_search},
	{"profile nfc", to_nfc},
	{"profile none", as_is},
	{"max_segment", short_segments},
	{"max_token", short_tokens},
	{"ill-formed dropped", drop_broken},
	{"ill-formed fails", fail_broken},
	{"fold_confidence 1", be_sure},
	{"windows-1256", windows_1256},
	{"UTF-16", utf_16},
	{"a guessed encoding", guess_encoding},
	{"ps-inner-yeh", inner_yeh},
};

static const char *const few_tags[] = {"en", "fr", "fa", "ps", "ar", "tr", NULL};

/* Reads it in chunks of one byte, of two, and so on. */
static void read_at_all_sizes(struct text_case *c, const struct text *doc)
{
	text_case_want(c, doc->ptr, doc->len);
	for (size_t chunk = 0; chunk <= 70; chunk++)
		text_case_read(c, doc->ptr, doc->len, chunk);
	text_case_read(c, doc->ptr, doc->len, 200);
	text_case_read(c, doc->ptr, doc->len, 333);
}

START_TEST(options_and_chunks)
{
	for (size_t i = 0; i < COUNT(changes); i++) {
		for (size_t k = 0; k < COUNT(few_tags); k++) {
			struct lafz_options options = text_case_options(few_tags[k]);
			struct text_case c;
			changes[i].change(&options);
			text_case_open(&c, changes[i].description, &options);
			read_at_all_sizes(&c, &mixed);
			text_case_close(&c);
		}
	}
}
END_TEST

/* The language set, or guessed. */
static const char *const en_tags[] = {"en", NULL};

/* Words of all lengths, so that lines of one language go on for more than a segment. */
static void add_long_line(struct buf *out, size_t len)
{
	for (size_t n = 0; out->len < len; n++)
		text_model_add(out, "abcdefghijkl ", n % 11 + 2);
	text_model_add(out, ".\nanother line, behind it.\n", 27);
}

static void read_long_line(const struct lafz_options *options, size_t len)
{
	struct buf text = {0};
	struct text_case c;
	text_model_add(&text, "a line before it.\n", 18);
	add_long_line(&text, len);
	text_case_open(&c, "long lines", options);
	text_case_check(&c, text.ptr, text.len);
	text_case_read(&c, text.ptr, text.len, 61);
	text_case_close(&c);
	buf_free(&text, &mem_default);
}

START_TEST(long_lines)
{
	static const uint32_t segments[] = {LAFZ_MIN_SEGMENT, 65, 100, 127, 1000, 0};
	for (size_t i = 0; i < COUNT(segments); i++) {
		for (size_t len = 40; len < 400; len += 7) {
			for (size_t k = 0; k < COUNT(en_tags); k++) {
				struct lafz_options options = text_case_options(en_tags[k]);
				options.max_segment = segments[i];
				read_long_line(&options, len);
			}
		}
	}
}
END_TEST

/* Regions of one line and of very many, some with few plain lines: what is passed over then. */
START_TEST(many_lines)
{
	static const size_t chunks[] = {0, 4096, 5000, 65536, 100000};
	static const char plain[] = "This line is plain, and it is short.\n";
	static const char other[] = "http://a.af/b is 12.5 km off - e.g. Dr. No. \n";
	struct buf text = {0};
	struct rng rng = {7};
	for (size_t part = 0; part < 60; part++) {
		const size_t n_plain = rng_below(&rng, 5);
		for (size_t i = 0; i < 200; i++) {
			if (rng_below(&rng, 4) < n_plain)
				text_model_add(&text, plain, sizeof plain - 1);
			else
				text_model_add(&text, other, sizeof other - 1);
			if (rng_below(&rng, 20) == 0)
				text_model_add(&text, "\n", 1);
		}
	}
	for (size_t k = 0; k < COUNT(en_tags); k++) {
		const struct lafz_options options = text_case_options(en_tags[k]);
		struct text_case c;
		text_case_open(&c, "many lines", &options);
		text_case_want(&c, text.ptr, text.len);
		for (size_t i = 0; i < COUNT(chunks); i++)
			text_case_read(&c, text.ptr, text.len, chunks[i]);
		text_case_close(&c);
	}
	buf_free(&text, &mem_default);
}
END_TEST

START_TEST(nothing)
{
	static const struct text docs[] = {T(""), T("\n"), T(" "), T("\n\n\n"), T("\uFEFF"), T("\uFEFF\n"), T("a"),
	                                   T("a\n"), T(" a \n"), T("\0"), T("\xFF"), T("\xD8"), T("a\n\n"), T("\r"),
	                                   T("a\r\n"), T("\n\na\n\n\nb\n\n")};
	for (size_t i = 0; i < COUNT(en_tags) * COUNT(changes); i++) {
		struct lafz_options options = text_case_options(en_tags[i % COUNT(en_tags)]);
		struct text_case c;
		changes[i / COUNT(en_tags)].change(&options);
		text_case_open(&c, changes[i / COUNT(en_tags)].description, &options);
		for (size_t k = 0; k < COUNT(docs); k++) {
			text_case_check(&c, docs[k].ptr, docs[k].len);
			text_case_read(&c, docs[k].ptr, docs[k].len, 1);
		}
		text_case_close(&c);
	}
}
END_TEST

/* ---- Calls at the wrong time ---- */

enum call { CALL_TOKEN, CALL_BATCH, CALL_TEXT };

/* One call; its status. What it sets is NULL unless there was an event. */
static int ask(struct lafz_stream *stream, enum call call)
{
	static const char none;
	const struct lafz_token *token = (const struct lafz_token *)(const void *)&none;
	const struct lafz_batch *batch = (const struct lafz_batch *)(const void *)&none;
	const struct lafz_text *text = (const struct lafz_text *)(const void *)&none;
	const int rc = call == CALL_TOKEN ? lafz_next(stream, &token)
	               : call == CALL_BATCH ? lafz_next_batch(stream, &batch)
	                                    : lafz_next_text(stream, &text);
	if (call == CALL_TEXT)
		ck_assert_int_eq(text != NULL, rc == LAFZ_TEXT);
	return rc;
}

static int event_of(enum call call)
{
	return call == CALL_TOKEN ? LAFZ_TOKEN : call == CALL_BATCH ? LAFZ_BATCH : LAFZ_TEXT;
}

/* One kind of call, then another one; with_tokens: the first one has set something. */
static void mix(struct lafz_stream *stream, enum call first, enum call second, bool has_text)
{
	const bool is_wrong = (first == CALL_TEXT) != (second == CALL_TEXT);
	lafz_reset(stream);
	if (has_text) {
		ck_assert_int_eq(lafz_feed(stream, "some words.\nof two lines.\n", 26), LAFZ_OK);
		ck_assert_int_eq(ask(stream, first), event_of(first));
	} else {
		ck_assert_int_eq(ask(stream, first), LAFZ_MORE);
	}
	const int rc = ask(stream, second);
	if (!is_wrong) {
		ck_assert_int_ge(rc, LAFZ_OK);
		return;
	}
	ck_assert_int_eq(rc, LAFZ_ERR_ORDER);
	ck_assert_int_eq(ask(stream, first), LAFZ_ERR_ORDER);
	ck_assert_int_eq(ask(stream, second), LAFZ_ERR_ORDER);
	ck_assert_int_eq(lafz_finish(stream), LAFZ_ERR_ORDER);
	ck_assert_str_eq(lafz_error(stream, NULL), lafz_strerror(LAFZ_ERR_ORDER));
	lafz_reset(stream);
	ck_assert_int_eq(lafz_feed(stream, "some words.\n", 12), LAFZ_OK);
	ck_assert_int_eq(ask(stream, second), event_of(second));
}

START_TEST(calls_are_not_mixed)
{
	for (size_t k = 0; k < COUNT(few_tags); k++) {
		const struct lafz_options options = text_case_options(few_tags[k]);
		struct lafz_stream *stream = NULL;
		ck_assert_int_eq(lafz_open(&stream, &options), LAFZ_OK);
		for (int i = 0; i < 3 * 3 * 2; i++)
			mix(stream, (enum call)(i % 3), (enum call)(i / 3 % 3), i >= 9);
		lafz_close(stream);
	}
}
END_TEST

START_TEST(norm_and_sentences_are_wanted)
{
	static const struct {
		uint32_t want;
		int status;
	} rows[] = {
		{LAFZ_WANT_NORM, LAFZ_ERR_ORDER},
		{LAFZ_WANT_SENTS, LAFZ_ERR_ORDER},
		{LAFZ_WANT_KEY | LAFZ_WANT_CHARS | LAFZ_WANT_RUNS, LAFZ_ERR_ORDER},
		{LAFZ_WANT_NORM | LAFZ_WANT_SENTS, LAFZ_TEXT},
		{LAFZ_WANT_EDITS | LAFZ_WANT_SENTS, LAFZ_TEXT}, /* switches norm on */
		{LAFZ_WANT_ALL, LAFZ_TEXT},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct lafz_options options = text_case_options("en");
		struct lafz_stream *stream = NULL;
		options.want = rows[i].want;
		ck_assert_int_eq(lafz_open(&stream, &options), LAFZ_OK);
		ck_assert_int_eq(lafz_feed(stream, "some words.\n", 12), LAFZ_OK);
		ck_assert_int_eq(ask(stream, CALL_TEXT), rows[i].status);
		lafz_close(stream);
	}
}
END_TEST

/* There are no edits of a text. */
START_TEST(text_has_no_edits)
{
	struct lafz_options options = text_case_options("en");
	struct lafz_stream *stream = NULL;
	const struct lafz_edit *edits = NULL;
	size_t n = 0;
	options.want |= LAFZ_WANT_EDITS;
	ck_assert_int_eq(lafz_open(&stream, &options), LAFZ_OK);
	ck_assert_int_eq(lafz_feed(stream, "e\u0301te\u0301.\n", 9), LAFZ_OK);
	ck_assert_int_eq(ask(stream, CALL_TEXT), LAFZ_TEXT);
	ck_assert_int_eq(lafz_edits(stream, &edits, &n), LAFZ_ERR_ORDER);
	lafz_close(stream);
}
END_TEST

/* ---- Memory ---- */

struct got {
	char text[4096];
	size_t len;
	int status;
};

static void take(struct lafz_stream *stream, struct got *got)
{
	const struct lafz_text *text = NULL;
	while ((got->status = lafz_next_text(stream, &text)) == LAFZ_TEXT) {
		ck_assert_uint_le(got->len + text->len, sizeof got->text);
		memcpy(got->text + got->len, text->text, text->len);
		got->len += text->len;
	}
}

static void read_mixed(struct lafz_stream *stream, size_t chunk, struct got *got)
{
	*got = (struct got){.status = LAFZ_MORE};
	for (size_t off = 0; off < mixed.len && got->status == LAFZ_MORE; off += chunk) {
		const size_t n = mixed.len - off < chunk ? mixed.len - off : chunk;
		got->status = lafz_feed(stream, mixed.ptr + off, n);
		if (got->status == LAFZ_OK)
			take(stream, got);
	}
	if (got->status == LAFZ_MORE && lafz_finish(stream) == LAFZ_OK)
		take(stream, got);
}

/* Fails one allocation, or all from it on. True if it came to that. */
static bool fail_once(const struct lafz_options *base, size_t chunk, size_t fail_at, bool fails_on,
                      const struct got *wanted)
{
	struct counter counter = {.fail_at = fail_at, .fails_on = fails_on};
	struct lafz_options options = *base;
	struct lafz_stream *stream = NULL;
	struct got got;
	options.allocator = helper_allocator(&counter);
	const int rc = lafz_open(&stream, &options);
	if (rc < 0) {
		ck_assert_int_eq(rc, LAFZ_ERR_MEMORY);
		ck_assert_uint_eq(counter.blocks, 0);
		return true;
	}
	read_mixed(stream, chunk, &got);
	const bool has_failed = counter.calls >= fail_at;
	ck_assert_msg(got.status == (has_failed ? LAFZ_ERR_MEMORY : LAFZ_OK), "allocation %zu of %zu: status %d",
	              fail_at, counter.calls, got.status);
	ck_assert_msg(got.len <= wanted->len && memcmp(got.text, wanted->text, got.len) == 0,
	              "allocation %zu: wrong text before the failure", fail_at);
	ck_assert_msg(has_failed || got.len == wanted->len, "text is missing");
	counter.fail_at = 0;
	if (has_failed)
		ck_assert_int_eq(ask(stream, CALL_TEXT), LAFZ_ERR_MEMORY);
	if (fail_at % 2 == 0) {
		lafz_reset(stream);
		read_mixed(stream, chunk, &got);
		ck_assert_msg(helper_equals(got.text, got.len, wanted->text, wanted->len),
		              "allocation %zu: another text after a reset", fail_at);
	}
	lafz_close(stream);
	ck_assert_msg(counter.blocks == 0 && counter.bytes == 0 && counter.wrong_sizes == 0,
	              "allocation %zu: %zu blocks lost, %zu wrong sizes", fail_at, counter.blocks,
	              counter.wrong_sizes);
	return has_failed;
}

START_TEST(every_allocation_fails)
{
	static const size_t chunks[] = {7, 100, 10000};
	for (size_t k = 0; k < COUNT(few_tags); k++) {
		const struct lafz_options options = text_case_options(few_tags[k]);
		struct lafz_stream *stream = NULL;
		struct got wanted;
		ck_assert_int_eq(lafz_open(&stream, &options), LAFZ_OK);
		read_mixed(stream, mixed.len, &wanted);
		ck_assert_int_eq(wanted.status, LAFZ_OK);
		lafz_close(stream);
		for (size_t i = 0; i < COUNT(chunks); i++) {
			size_t n = 1;
			while (fail_once(&options, chunks[i], n, (i + k) % 2 == 0, &wanted))
				n++;
			ck_assert_msg(n > 20, "only %zu allocations", n);
		}
	}
}
END_TEST

/* A stream that is used again and again asks for nothing more. */
START_TEST(reset_keeps_memory)
{
	struct counter counter = {0};
	struct lafz_options options = text_case_options("fa");
	struct lafz_stream *stream = NULL;
	struct got got;
	options.allocator = helper_allocator(&counter);
	ck_assert_int_eq(lafz_open(&stream, &options), LAFZ_OK);
	for (int i = 0; i < 2; i++) {
		lafz_reset(stream);
		read_mixed(stream, 64, &got);
	}
	const size_t calls = counter.calls;
	for (int i = 0; i < 10; i++) {
		lafz_reset(stream);
		read_mixed(stream, 64, &got);
	}
	ck_assert_uint_eq(counter.calls, calls);
	lafz_close(stream);
	ck_assert_uint_eq(counter.blocks, 0);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {pages_in_each_language,
	                              pages_by_each_kernel,
	                              pages_in_several_languages,
	                              lines_of_all_pages,
	                              options_and_chunks,
	                              long_lines,
	                              many_lines,
	                              nothing,
	                              calls_are_not_mixed,
	                              norm_and_sentences_are_wanted,
	                              text_has_no_edits,
	                              every_allocation_fails,
	                              reset_keeps_memory};
	return helper_run("text", tests, COUNT(tests));
}
