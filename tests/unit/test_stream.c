/*
 * The stream as a user of lafz.h sees it: the contract of statuses, what want and options say, offsets against an
 * independent count, and that tokens depend on bytes and options alone: not on chunks, not on who asks how, not on what the
 * stream did before.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper.h"

#define MOST_CHUNK 64
#define WANT_EVERYTHING (LAFZ_WANT_ALL | LAFZ_WANT_GAPS)

/* ---- What a stream handed out ---- */

/* A token without pointers: norm and key lie in the record's text, one behind the other. */
struct token {
	uint64_t start, end, cstart, cend, par, sent, run;
	uint64_t norm_len, key_len;
	uint64_t lang, flags, kind, script;
	double confidence;
};

struct record {
	struct token *tokens; /* owned */
	size_t n, cap;
	char *text; /* owned; norm and key of each token */
	size_t len, text_cap;
	char *norm; /* owned; norm_text of all batches, filled when asked by batches and nothing else */
	size_t norm_len, norm_cap;
	int status; /* the last one: LAFZ_OK or a failure */
	uint64_t error_offset;
};

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

static void record_free(struct record *r)
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

static void add_token(struct record *r, const struct lafz_token *t)
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

static void check_surface(const struct text *doc, const struct lafz_token *t)
{
	if (t->start >= t->end || t->end > doc->len ||
	    !helper_equals(doc->ptr + t->start, (size_t)(t->end - t->start), t->surface, t->surface_len))
		ck_abort_msg("token %zu to %zu of %zu bytes: surface %s", (size_t)t->start, (size_t)t->end, doc->len,
		             helper_show(t->surface, t->surface_len));
}

/* How a record asks. */
enum ask {
	ASK_TOKENS,
	ASK_BATCHES,
	ASK_BOTH /* some tokens, then a batch, and so on */
};

/* Everything the stream can say now goes into the record; the status that ended it. */
static int take_all(struct lafz_stream *stream, const struct text *doc, enum ask ask, struct record *r)
{
	size_t turn = 0;
	for (;; turn++) {
		const struct lafz_token *token = NULL;
		const struct lafz_batch *batch = NULL;
		const bool by_token = ask == ASK_TOKENS || (ask == ASK_BOTH && turn % 4 != 3);
		const int rc = by_token ? lafz_next(stream, &token) : lafz_next_batch(stream, &batch);
		if (rc == LAFZ_TOKEN) {
			ck_assert_msg(by_token && token, "a token where a batch was asked for");
			check_surface(doc, token);
			add_token(r, token);
			continue;
		}
		if (rc != LAFZ_BATCH) {
			ck_assert_msg(!token && !batch, "status %d with a result", rc);
			return rc;
		}
		ck_assert_msg(!by_token && batch, "a batch where a token was asked for");
		for (size_t i = 0; i < batch->n; i++) {
			const struct lafz_token t = token_of(batch, i);
			check_surface(doc, &t);
			add_token(r, &t);
		}
		if (ask == ASK_BATCHES)
			append(&r->norm, &r->norm_len, &r->norm_cap, batch->norm_text, batch->norm_size);
	}
}

/* Reads a document in chunks of a size, each in a block of its own that is gone afterwards. */
static void read_document(struct lafz_stream *stream, const struct text *doc, size_t chunk, enum ask ask,
                          struct record *r)
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

static struct lafz_stream *open_stream(const struct lafz_options *options)
{
	struct lafz_stream *stream = NULL;
	const int rc = lafz_open(&stream, options);
	ck_assert_msg(rc == LAFZ_OK && stream, "open: %d", rc);
	return stream;
}

static struct lafz_options defaults(void)
{
	struct lafz_options options;
	lafz_options_init(&options, sizeof options);
	options.want = WANT_EVERYTHING;
	return options;
}

static void record_text(const struct lafz_options *options, const struct text *doc, size_t chunk, enum ask ask,
                        struct record *r)
{
	struct lafz_stream *const stream = open_stream(options);
	read_document(stream, doc, chunk > 0 ? chunk : 1, ask, r);
	lafz_close(stream);
}

/* ---- Comparing ---- */

static const char *show_token(const struct token *t)
{
	static char out[2][400];
	static size_t turn;
	char *const s = out[turn++ % 2];
	snprintf(s, sizeof out[0],
	         "%zu-%zu chars %zu-%zu par %zu sent %zu run %zu norm %zu key %zu lang %zu flags %zu kind %zu script %zu "
	         "confidence %.3f",
	         (size_t)t->start, (size_t)t->end, (size_t)t->cstart, (size_t)t->cend, (size_t)t->par, (size_t)t->sent,
	         (size_t)t->run, (size_t)t->norm_len, (size_t)t->key_len, (size_t)t->lang, (size_t)t->flags,
	         (size_t)t->kind, (size_t)t->script, t->confidence);
	return s;
}

static size_t first_difference(const struct record *a, const struct record *b)
{
	size_t i = 0;
	while (i < a->n && i < b->n && memcmp(&a->tokens[i], &b->tokens[i], sizeof *a->tokens) == 0)
		i++;
	return i;
}

static bool same_records(const struct record *a, const struct record *b)
{
	return a->status == b->status && a->error_offset == b->error_offset && a->n == b->n && first_difference(a, b) == a->n &&
	       helper_equals(a->text, a->len, b->text, b->len);
}

static void expect_same(const char *description, const struct text *doc, const struct record *expected,
                        const struct record *actual)
{
	if (same_records(expected, actual))
		return;
	const size_t i = first_difference(expected, actual);
	ck_abort_msg("%s: %s\nexpected status %d at %zu, %zu tokens; token %zu: %s; %s\nactual   status %d at %zu, %zu "
	             "tokens; token %zu: %s; %s",
	             description, helper_show(doc->ptr, doc->len), expected->status, (size_t)expected->error_offset,
	             expected->n, i, i < expected->n ? show_token(&expected->tokens[i]) : "none",
	             helper_show(expected->text, expected->len), actual->status, (size_t)actual->error_offset, actual->n, i,
	             i < actual->n ? show_token(&actual->tokens[i]) : "none", helper_show(actual->text, actual->len));
}

/* ---- What holds of every document ---- */

/* Numbers count on by at most one, from 0. */
static bool counts_on(uint64_t before, uint64_t now)
{
	return now == before || now == before + 1;
}

/* A record with everything in it against the document. */
static void check_record(const char *description, const struct text *doc, const struct record *r)
{
	uint64_t at = 0, chars = 0;
	struct token before = {0};
	ck_assert_msg(r->status == LAFZ_OK, "%s: %s: status %d", description, helper_show(doc->ptr, doc->len), r->status);
	for (size_t i = 0; i < r->n; i++) {
		const struct token *t = &r->tokens[i];
		const uint64_t cend = chars + helper_count(doc->ptr + t->start, (size_t)(t->end - t->start));
		if (t->start != at || t->cstart != chars || t->cend != cend)
			ck_abort_msg("%s: %s: token %zu: %s: expected to begin at %zu, characters %zu to %zu", description,
			             helper_show(doc->ptr, doc->len), i, show_token(t), (size_t)at, (size_t)chars, (size_t)cend);
		const bool is_first = i == 0;
		if (!counts_on(before.par, t->par) || !counts_on(before.sent, t->sent) || !counts_on(before.run, t->run) ||
		    (is_first && (t->par || t->sent || t->run)) || (t->par != before.par && t->sent == before.sent))
			ck_abort_msg("%s: %s: numbers: token %zu: %s; behind: %s", description, helper_show(doc->ptr, doc->len), i,
			             show_token(t), show_token(&before));
		if (t->confidence < 0 || t->confidence > 1 || t->kind > LAFZ_KIND_SPACE || t->lang >= lafz_lang_count())
			ck_abort_msg("%s: %s: token %zu: %s", description, helper_show(doc->ptr, doc->len), i, show_token(t));
		at = t->end;
		chars = cend;
		before = *t;
	}
	ck_assert_msg(at == doc->len && chars == helper_count(doc->ptr, doc->len), "%s: %s: covered %zu of %zu bytes",
	              description, helper_show(doc->ptr, doc->len), (size_t)at, doc->len);
}

/* ---- Documents ---- */

struct document {
	const char *description;
	struct text text;
};

#define A60 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const struct document documents[] = {
	{.description = "empty", .text = T("")},
	{.description = "one letter", .text = T("a")},
	{.description = "no newline at the end", .text = T("one two\nthree")},
	{.description = "newlines alone", .text = T("\n\n\r\n\r")},
	{.description = "white space alone", .text = T(" \t\u00A0\u3000 ")},
	{.description = "byte order mark", .text = T("\uFEFFone two.\n")},
	{.description = "byte order mark alone", .text = T("\uFEFF")},
	{.description = "byte order mark, then a newline", .text = T("\uFEFF\n\uFEFFx")},
	{.description = "CRLF", .text = T("one two.\r\nThree. Four.\r\n\r\nFive.\r\n")},
	{.description = "all line ends", .text = T("a\nb\r\nc\rd\ve\ff\xC2\x85g\u2028h\u2029i")},
	{.description = "paragraphs", .text = T("one\ntwo\n\n\nthree\n \t\nfour\u2029" "five\n\n")},
	{.description = "Pashto",
	 .text = T("\u0646\u0646 \u0645\u0648 \u067E\u0647 \u06A9\u0627\u0628\u0644 \u06A9\u06D0 "
	           "\u06F1\u06F2\u06F4 \u06A9\u0648\u0686\u0646\u064A "
	           "\u06A9\u062A\u0627\u0628\u062A\u0648\u0646\u0648\u0646\u0647 "
	           "\u067E\u0631\u0627\u0646\u064A\u0633\u062A\u0644!\n")},
	{.description = "Persian with ZWNJ and foreign letters",
	 .text = T("\u0643\u062A\u0627\u0628\u200C\u0647\u0627\u064A \u0627\u064A\u0631\u0627\u0646\u06D4 "
	           "\u0645\u064A\u200C\u0634\u0648\u062F\u060C \u200C\u0634\u062F\u200C.")},
	{.description = "scripts and digits side by side",
	 .text = T("\u06A9\u0627\u0628\u0644Kabul \u0627\u0632" "53 5km \u0627\u0644" "2021 21st")},
	{.description = "tatweel and harakat",
	 .text = T("\u0645\u0640\u0640\u062D\u0645\u0651\u064E\u062F \u0640\u0640\u0640 \u0647\u0640 \u0640\u064E")},
	{.description = "presentation forms", .text = T("\uFEFB\uFEE9 \uFDF2 \uFDFA\uFDFC \uFC60 \uFE76\uFE8D")},
	{.description = "invisible controls",
	 .text = T("\u200Fa\u200F.\u200F b\u00AD" "c\u200B" "d \u202Be\u202C \u2067\u2069 \u061C\u0628 \u180E")},
	{.description = "decomposed letters across tokens",
	 .text = T("\u0627\u0653 \u064A\u0654e\u0301 \u0301 \u0301x \u1100\u1161\u11A8 \u11A8")},
	{.description = "links, addresses, tags",
	 .text = T("see http://example.af/a?b=c, www.a.com; press@example.af @spogmay_k #\u06A9\u062A\u0627\u0628_\u0644 $AB")},
	{.description = "numbers, dates, times",
	 .text = T("3,000.50 \u06F1\u06F2\u066B\u06F5 2025-09-21 17:29 5-7 65% $48 1.2.3.4 \u06F1\u06F4\u06F0\u06F4/\u06F6/\u06F3\u06F0")},
	{.description = "emoji",
	 .text = T("\U0001F469\u200D\U0001F33E\U0001F1E6\U0001F1EB\U0001F3FD\u2764\uFE0F 1\uFE0F\u20E3 :-) \uFE0F")},
	{.description = "abbreviations and quotes",
	 .text = T("\u201CDr. Noori of the U.S. said,\u201D he wrote... \u201CNo?!\u201D E.g. l'accord, don\u2019t. A. B. Smith.")},
	{.description = "dictionary scripts",
	 .text = T("\u0E20\u0E32\u0E29\u0E32\u0E44\u0E17\u0E22 \u4E2D\u6587\u5B57 \u304B\u306A\u30AB\u30CA x")},
	{.description = "other scripts", .text = T("\u0438\u0306\u0439 \u05D0\"\u05D1 \u03B1\u0345\u1FB3 \U00010400")},
	{.description = "NUL", .text = T("a\0b \0 \0\0\n\0")},
	{.description = "controls, private, unassigned", .text = T("\x01\x7F \uE000\u0378 \uFFFF\U0010FFFF \uFFFD")},
	{.description = "cut off at the end", .text = T("one two\xF0\x9F\x98")},
	{.description = "cut off before a newline", .text = T("one\xE2\x80\ntwo\xD8\n\xC2")},
	{.description = "overlong", .text = T("a\xC0\xAF \xE0\x80\xAF \xF0\x80\x80\xAF\n")},
	{.description = "surrogates", .text = T("a\xED\xA0\x80\xED\xB0\x80 b\n\xED\xAF")},
	{.description = "above U+10FFFF", .text = T("a\xF4\x90\x80\x80 \xF5\x80\x80\x80 \xFF\xFE b")},
	{.description = "stray continuation bytes", .text = T("\x80" "a\xBF\xBF" "b \x80\n\x80")},
	{.description = "ill-formed bytes in a word and a gap", .text = T("\u06A9\xD9\u0628 \xFF \u200F\xFF\u200F x\xCC")},
	{.description = "marks without a base", .text = T("\u064E\u064F \u0301\n\u0654 \u200C\u200D")},
	{.description = "a word beyond 64 bytes", .text = T(A60 A60 " one. two " A60 "\n" A60 "\r\nx")},
	{.description = "white space beyond 64 bytes",
	 .text = T("a                                                                      b\n\n")},
	{.description = "a combining sequence beyond 64 bytes",
	 .text = T("e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301"
	           "\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301 x")},
	{.description = "a link beyond 64 bytes", .text = T("http://example.af/" A60 "/" A60 " x")},
};

struct setting {
	const char *description;
	enum lafz_rules rules;
	enum lafz_profile profile;
	enum lafz_invalid on_invalid;
	uint32_t unwrap, max_segment;
	const char *lang; /* NULL: guessed */
};

static const struct setting settings[] = {
	{.description = "defaults"},
	{.description = "search", .rules = LAFZ_RULES_SEARCH},
	{.description = "uax29", .rules = LAFZ_RULES_UAX29},
	{.description = "nfc", .profile = LAFZ_PROFILE_NFC},
	{.description = "none, drop", .profile = LAFZ_PROFILE_NONE, .on_invalid = LAFZ_INVALID_DROP},
	{.description = "Persian, drop", .lang = "fa", .on_invalid = LAFZ_INVALID_DROP},
	{.description = "unwrap", .unwrap = 1},
	{.description = "64 bytes", .max_segment = 64},
	{.description = "unwrap, 64 bytes, nfc", .unwrap = 1, .max_segment = 64, .profile = LAFZ_PROFILE_NFC},
	{.description = "uax29, unwrap, 64 bytes, Sorani",
	 .rules = LAFZ_RULES_UAX29,
	 .unwrap = 1,
	 .max_segment = 64,
	 .lang = "ckb"},
};

static struct lafz_options options_of(const struct setting *setting)
{
	struct lafz_options options = defaults();
	options.rules = setting->rules;
	options.profile = setting->profile;
	options.on_invalid = setting->on_invalid;
	options.unwrap = setting->unwrap;
	options.max_segment = setting->max_segment;
	if (setting->lang) {
		options.languages[0] = lafz_lang_id(setting->lang);
		options.n_languages = 1;
	}
	return options;
}

/* norm_text of the batches is norms of tokens and gaps one after the other, whatever the chunks. */
static void check_norm_text(const char *description, const struct text *doc, const struct record *r)
{
	size_t at = 0, off = 0;
	for (size_t i = 0; i < r->n; i++) {
		const size_t len = (size_t)r->tokens[i].norm_len;
		if (at + len > r->norm_len || !helper_equals(r->norm + at, len, r->text + off, len))
			ck_abort_msg("%s: %s: norm of token %zu: %s; the text has %s", description,
			             helper_show(doc->ptr, doc->len), i, helper_show(r->text + off, len),
			             helper_show(r->norm + at, r->norm_len - at));
		at += len;
		off += len + (size_t)r->tokens[i].key_len;
	}
	ck_assert_msg(at == r->norm_len, "%s: %s: norm_text: expected %zu bytes, actual %zu", description,
	              helper_show(doc->ptr, doc->len), at, r->norm_len);
}

/* One document under one setting: whole, at the chunk sizes from 1 on, by tokens, by batches, by both. */
static void check_document(const char *description, const struct text *doc, const struct setting *setting,
                           size_t most_chunk)
{
	const struct lafz_options options = options_of(setting);
	struct record whole = {0}, other = {0};
	char name[200];
	struct lafz_stream *const stream = open_stream(&options);
	snprintf(name, sizeof name, "%s, %s", description, setting->description);
	read_document(stream, doc, doc->len, ASK_TOKENS, &whole);
	check_record(name, doc, &whole);
	read_document(open_stream(&options), doc, 1, ASK_TOKENS, &other);
	record_free(&other);
	for (size_t chunk = 1; chunk <= most_chunk + 1; chunk++) {
		const size_t size = chunk <= most_chunk ? chunk : doc->len + 1;
		const enum ask ask = chunk % 3 == 0 ? ASK_TOKENS : chunk % 3 == 1 ? ASK_BATCHES : ASK_BOTH;
		snprintf(name, sizeof name, "%s, %s, chunks of %zu, asked way %d", description, setting->description, size,
		         (int)ask);
		lafz_reset(stream);
		read_document(stream, doc, size, ask, &other);
		expect_same(name, doc, &whole, &other);
		if (ask == ASK_BATCHES)
			check_norm_text(name, doc, &other);
	}
	for (int ask = ASK_TOKENS; ask <= ASK_BOTH; ask++) {
		snprintf(name, sizeof name, "%s, %s, whole, asked way %d", description, setting->description, ask);
		lafz_reset(stream);
		read_document(stream, doc, doc->len, (enum ask)ask, &other);
		expect_same(name, doc, &whole, &other);
	}
	lafz_close(stream);
	record_free(&whole);
	record_free(&other);
}
