/*
 * The stream as a user of lafz.h sees it: the contract of statuses, what want and options say,
 * offsets against an independent count, and that tokens depend on bytes and options alone: not on
 * chunks, not on who asks how, not on what the stream did before.
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
	char *norm; /* owned; norm_text of all batches, if asked by batches alone */
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
	    !helper_equals(doc->ptr + t->start, (size_t)(t->end - t->start), t->surface,
	                   t->surface_len))
		ck_abort_msg("token %zu to %zu of %zu bytes: surface %s", (size_t)t->start,
		             (size_t)t->end, doc->len, helper_show(t->surface, t->surface_len));
}

/* How a record asks. */
enum ask {
	ASK_TOKENS,
	ASK_BATCHES,
	ASK_BOTH /* some tokens, then a batch, and so on */
};

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
			append(&r->norm, &r->norm_len, &r->norm_cap, batch->norm_text,
			       batch->norm_size);
	}
}

/* Reads a document in chunks of a size, each in a block of its own that is gone afterwards. */
static void read_document(struct lafz_stream *stream, const struct text *doc, size_t chunk,
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

static void record_text(const struct lafz_options *options, const struct text *doc, size_t chunk,
                        enum ask ask, struct record *r)
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
	         "%zu-%zu chars %zu-%zu par %zu sent %zu run %zu norm %zu key %zu lang %zu flags "
	         "%zu kind %zu script %zu "
	         "confidence %.3f",
	         (size_t)t->start, (size_t)t->end, (size_t)t->cstart, (size_t)t->cend,
	         (size_t)t->par, (size_t)t->sent, (size_t)t->run, (size_t)t->norm_len,
	         (size_t)t->key_len, (size_t)t->lang, (size_t)t->flags, (size_t)t->kind,
	         (size_t)t->script, t->confidence);
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
	return a->status == b->status && a->error_offset == b->error_offset && a->n == b->n &&
	       first_difference(a, b) == a->n && helper_equals(a->text, a->len, b->text, b->len);
}

static void expect_same(const char *description, const struct text *doc,
                        const struct record *expected, const struct record *actual)
{
	if (same_records(expected, actual))
		return;
	const size_t i = first_difference(expected, actual);
	ck_abort_msg("%s: %s\nexpected status %d at %zu, %zu tokens; token %zu: %s; %s\nactual   "
	             "status %d at %zu, %zu "
	             "tokens; token %zu: %s; %s",
	             description, helper_show(doc->ptr, doc->len), expected->status,
	             (size_t)expected->error_offset, expected->n, i,
	             i < expected->n ? show_token(&expected->tokens[i]) : "none",
	             helper_show(expected->text, expected->len), actual->status,
	             (size_t)actual->error_offset, actual->n, i,
	             i < actual->n ? show_token(&actual->tokens[i]) : "none",
	             helper_show(actual->text, actual->len));
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
	ck_assert_msg(r->status == LAFZ_OK, "%s: %s: status %d", description,
	              helper_show(doc->ptr, doc->len), r->status);
	for (size_t i = 0; i < r->n; i++) {
		const struct token *t = &r->tokens[i];
		const uint64_t cend = chars + helper_count(doc->ptr + t->start,
		                                           (size_t)(t->end - t->start));
		if (t->start != at || t->cstart != chars || t->cend != cend)
			ck_abort_msg("%s: %s: token %zu: %s: expected to begin at %zu, characters "
			             "%zu to %zu",
			             description, helper_show(doc->ptr, doc->len), i, show_token(t),
			             (size_t)at, (size_t)chars, (size_t)cend);
		const bool is_first = i == 0;
		if (!counts_on(before.par, t->par) || !counts_on(before.sent, t->sent) ||
		    !counts_on(before.run, t->run) || (is_first && (t->par || t->sent || t->run)) ||
		    (t->par != before.par && t->sent == before.sent))
			ck_abort_msg("%s: %s: numbers: token %zu: %s; behind: %s", description,
			             helper_show(doc->ptr, doc->len), i, show_token(t),
			             show_token(&before));
		if (t->confidence < 0 || t->confidence > 1 || t->kind > LAFZ_KIND_SPACE ||
		    t->lang >= lafz_lang_count())
			ck_abort_msg("%s: %s: token %zu: %s", description,
			             helper_show(doc->ptr, doc->len), i, show_token(t));
		at = t->end;
		chars = cend;
		before = *t;
	}
	ck_assert_msg(at == doc->len && chars == helper_count(doc->ptr, doc->len),
	              "%s: %s: covered %zu of %zu bytes", description,
	              helper_show(doc->ptr, doc->len), (size_t)at, doc->len);
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
	{.description = "paragraphs",
         .text = T("one\ntwo\n\n\nthree\n \t\nfour\u2029"
                   "five\n\n")},
	{.description = "Pashto",
         .text = T("\u0646\u0646 \u0645\u0648 \u067E\u0647 \u06A9\u0627\u0628\u0644 \u06A9\u06D0 "
                   "\u06F1\u06F2\u06F4 \u06A9\u0648\u0686\u0646\u064A "
                   "\u06A9\u062A\u0627\u0628\u062A\u0648\u0646\u0648\u0646\u0647 "
                   "\u067E\u0631\u0627\u0646\u064A\u0633\u062A\u0644!\n")},
	{.description = "Persian with ZWNJ and foreign letters",
         .text = T("\u0643\u062A\u0627\u0628\u200C\u0647\u0627\u064A "
                   "\u0627\u064A\u0631\u0627\u0646\u06D4 "
                   "\u0645\u064A\u200C\u0634\u0648\u062F\u060C \u200C\u0634\u062F\u200C.")},
	{.description = "scripts and digits side by side",
         .text = T("\u06A9\u0627\u0628\u0644Kabul \u0627\u0632"
                   "53 5km \u0627\u0644"
                   "2021 21st")},
	{.description = "tatweel and harakat",
         .text = T("\u0645\u0640\u0640\u062D\u0645\u0651\u064E\u062F \u0640\u0640\u0640 "
                   "\u0647\u0640 \u0640\u064E")},
	{.description = "presentation forms",
         .text = T("\uFEFB\uFEE9 \uFDF2 \uFDFA\uFDFC \uFC60 \uFE76\uFE8D")},
	{.description = "invisible controls",
         .text = T("\u200Fa\u200F.\u200F b\u00AD"
                   "c\u200B"
                   "d \u202Be\u202C \u2067\u2069 \u061C\u0628 \u180E")},
	{.description = "decomposed letters across tokens",
         .text = T("\u0627\u0653 \u064A\u0654e\u0301 \u0301 \u0301x \u1100\u1161\u11A8 \u11A8")},
	{.description = "links, addresses, tags",
         .text = T("see http://example.af/a?b=c, www.a.com; press@example.af @spogmay_k "
                   "#\u06A9\u062A\u0627\u0628_\u0644 $AB")},
	{.description = "numbers, dates, times",
         .text = T("3,000.50 \u06F1\u06F2\u066B\u06F5 2025-09-21 17:29 5-7 65% $48 1.2.3.4 "
                   "\u06F1\u06F4\u06F0\u06F4/\u06F6/\u06F3\u06F0")},
	{.description = "emoji",
         .text = T("\U0001F469\u200D\U0001F33E\U0001F1E6\U0001F1EB\U0001F3FD\u2764\uFE0F "
                   "1\uFE0F\u20E3 :-) \uFE0F")},
	{.description = "abbreviations and quotes",
         .text = T("\u201CDr. Noori of the U.S. said,\u201D he wrote... \u201CNo?!\u201D E.g. "
                   "l'accord, don\u2019t. A. B. Smith.")},
	{.description = "dictionary scripts",
         .text = T("\u0E20\u0E32\u0E29\u0E32\u0E44\u0E17\u0E22 \u4E2D\u6587\u5B57 "
                   "\u304B\u306A\u30AB\u30CA x")},
	{.description = "other scripts",
         .text = T("\u0438\u0306\u0439 \u05D0\"\u05D1 \u03B1\u0345\u1FB3 \U00010400")},
	{.description = "NUL", .text = T("a\0b \0 \0\0\n\0")},
	{.description = "controls, private, unassigned",
         .text = T("\x01\x7F \uE000\u0378 \uFFFF\U0010FFFF \uFFFD")},
	{.description = "cut off at the end", .text = T("one two\xF0\x9F\x98")},
	{.description = "cut off before a newline", .text = T("one\xE2\x80\ntwo\xD8\n\xC2")},
	{.description = "overlong", .text = T("a\xC0\xAF \xE0\x80\xAF \xF0\x80\x80\xAF\n")},
	{.description = "surrogates", .text = T("a\xED\xA0\x80\xED\xB0\x80 b\n\xED\xAF")},
	{.description = "too high", .text = T("a\xF4\x90\x80\x80 \xF5\x80\x80\x80 \xFF\xFE b")},
	{.description = "stray continuation bytes",
         .text = T("\x80"
                   "a\xBF\xBF"
                   "b \x80\n\x80")},
	{.description = "ill-formed bytes in a word and a gap",
         .text = T("\u06A9\xD9\u0628 \xFF \u200F\xFF\u200F x\xCC")},
	{.description = "bare marks", .text = T("\u064E\u064F \u0301\n\u0654 \u200C\u200D")},
	{.description = "a word beyond 64 bytes",
         .text = T(A60 A60 " one. two " A60 "\n" A60 "\r\nx")},
	{.description = "white space beyond 64 bytes",
         .text = T("a                                                                      b\n\n")},
	{.description = "a combining sequence beyond 64 bytes",
         .text = T("e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301"
                   "\u0301\u0301\u0301\u0301\u0301"
                   "\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301"
                   "\u0301\u0301\u0301 x")},
	{.description = "a link beyond 64 bytes", .text = T("http://example.af/" A60 "/" A60 " x")},
};

struct setting {
	const char *description;
	enum lafz_rules rules;
	enum lafz_profile profile;
	enum lafz_invalid on_invalid;
	uint32_t unwrap, max_segment, max_token;
	const char *lang; /* NULL: guessed */
};

static const struct setting settings[] = {
	{.description = "defaults"},
	{.description = "search", .rules = LAFZ_RULES_SEARCH},
	{.description = "uax29", .rules = LAFZ_RULES_UAX29},
	{.description = "nfc", .profile = LAFZ_PROFILE_NFC},
	{.description = "no norm", .profile = LAFZ_PROFILE_NONE, .on_invalid = LAFZ_INVALID_DROP},
	{.description = "Persian, drop", .lang = "fa", .on_invalid = LAFZ_INVALID_DROP},
	{.description = "unwrap", .unwrap = 1},
	{.description = "64 bytes", .max_segment = 64},
	{.description = "unwrap, 64 bytes, nfc",
         .unwrap = 1,
         .max_segment = 64,
         .profile = LAFZ_PROFILE_NFC},
	{.description = "uax29, unwrap, 64 bytes, Sorani",
         .rules = LAFZ_RULES_UAX29,
         .unwrap = 1,
         .max_segment = 64,
         .lang = "ckb"},
	{.description = "tokens of 64 bytes", .max_token = 64},
	{.description = "uax29, nfc, tokens of 65 bytes",
         .rules = LAFZ_RULES_UAX29,
         .profile = LAFZ_PROFILE_NFC,
         .max_token = 65},
	{.description = "search, segments of 300 bytes, tokens of 67, Persian",
         .rules = LAFZ_RULES_SEARCH,
         .max_segment = 300,
         .max_token = 67,
         .lang = "fa"},
};

static struct lafz_options options_of(const struct setting *setting)
{
	struct lafz_options options = defaults();
	options.rules = setting->rules;
	options.profile = setting->profile;
	options.on_invalid = setting->on_invalid;
	options.unwrap = setting->unwrap;
	options.max_segment = setting->max_segment;
	options.max_token = setting->max_token;
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
	const struct lafz_options options = options_of(setting);
	struct record whole = {0}, other = {0};
	char name[200];
	struct lafz_stream *const stream = open_stream(&options);
	snprintf(name, sizeof name, "%s, %s", description, setting->description);
	read_document(stream, doc, doc->len, ASK_TOKENS, &whole);
	check_record(name, doc, &whole);
	for (size_t chunk = 1; chunk <= most_chunk + 1; chunk++) {
		const size_t size = chunk <= most_chunk ? chunk : doc->len + 1;
		const enum ask ask = chunk % 3 == 0   ? ASK_TOKENS
		                     : chunk % 3 == 1 ? ASK_BATCHES
		                                      : ASK_BOTH;
		snprintf(name, sizeof name, "%s, %s, chunks of %zu, asked way %d", description,
		         setting->description, size, (int)ask);
		lafz_reset(stream);
		read_document(stream, doc, size, ask, &other);
		expect_same(name, doc, &whole, &other);
		if (ask == ASK_BATCHES)
			check_norm_text(name, doc, &other);
	}
	for (int ask = ASK_TOKENS; ask <= ASK_BOTH; ask++) {
		snprintf(name, sizeof name, "%s, %s, whole, asked way %d", description,
		         setting->description, ask);
		lafz_reset(stream);
		read_document(stream, doc, doc->len, (enum ask)ask, &other);
		expect_same(name, doc, &whole, &other);
	}
	lafz_close(stream);
	record_free(&whole);
	record_free(&other);
}

START_TEST(documents_at_every_chunk_size)
{
	for (size_t d = 0; d < COUNT(documents); d++) {
		const struct text *doc = &documents[d].text;
		const size_t most = doc->len < MOST_CHUNK ? doc->len : MOST_CHUNK;
		for (size_t s = 0; s < COUNT(settings); s++)
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
		check_document(name, &doc, &settings[i % COUNT(settings)], 7);
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
	struct lafz_stream *const stream = open_stream(options);
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
	struct lafz_options options = defaults();
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

/* ---- Statuses ---- */

#define EXPECT_STATUS(call, status)                                                                \
	do {                                                                                       \
		const int actual_ = (call);                                                        \
		ck_assert_msg(actual_ == (status), "%s: expected %d, actual %d", #call,            \
		              (int)(status), actual_);                                             \
	} while (0)

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
	struct lafz_stream *const stream = open_stream(NULL);
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

/* ---- want ---- */

static void expect_column(const char *name, uint32_t want, bool is_there, bool is_wanted)
{
	ck_assert_msg(is_there == is_wanted, "want %u: column %s: expected %s, actual %s",
	              (unsigned)want, name, is_wanted ? "there" : "NULL",
	              is_there ? "there" : "NULL");
}

static void check_columns(uint32_t want, const struct lafz_batch *b)
{
	const bool norm = want & LAFZ_WANT_NORM, key = want & LAFZ_WANT_KEY,
		   chars = want & LAFZ_WANT_CHARS;
	const bool runs = norm || want & LAFZ_WANT_RUNS; /* norm needs it and switches it on */
	expect_column("start", want, b->start, true);
	expect_column("end", want, b->end, true);
	expect_column("par", want, b->par, true);
	expect_column("kind", want, b->kind, true);
	expect_column("script", want, b->script, true);
	expect_column("flags", want, b->flags, true);
	expect_column("cstart", want, b->cstart, chars);
	expect_column("cend", want, b->cend, chars);
	expect_column("run", want, b->run, runs);
	expect_column("lang", want, b->lang, runs);
	expect_column("confidence", want, b->confidence, runs);
	expect_column("sent", want, b->sent, want & LAFZ_WANT_SENTS);
	expect_column("norm_off", want, b->norm_off, norm);
	expect_column("norm_len", want, b->norm_len, norm);
	expect_column("norm_text", want, b->norm_text, norm);
	expect_column("key_off", want, b->key_off, key);
	expect_column("key_len", want, b->key_len, key);
	expect_column("key_text", want, b->key_text, key);
}

/* What was not wanted is 0 in a token; what was is as if everything was wanted. */
static void blank_unwanted(uint32_t want, struct record *r)
{
	for (size_t i = 0; i < r->n; i++) {
		struct token *t = &r->tokens[i];
		if (!(want & LAFZ_WANT_CHARS))
			t->cstart = t->cend = 0;
		if (!(want & (LAFZ_WANT_RUNS | LAFZ_WANT_NORM))) {
			t->run = t->lang = 0;
			t->confidence = 0;
		}
		if (!(want & LAFZ_WANT_SENTS))
			t->sent = 0;
		if (!(want & LAFZ_WANT_NORM))
			t->norm_len = 0;
		if (!(want & LAFZ_WANT_KEY))
			t->key_len = 0;
	}
}

static void check_want(const struct text *doc, enum lafz_rules rules, uint32_t want)
{
	struct record all = {0}, some = {0};
	struct lafz_options options = defaults();
	options.rules = rules;
	options.want = WANT_EVERYTHING - (want & LAFZ_WANT_GAPS ? 0 : LAFZ_WANT_GAPS);
	record_text(&options, doc, doc->len, ASK_TOKENS, &all);
	blank_unwanted(want, &all);
	options.want = want;
	record_text(&options, doc, doc->len, ASK_BATCHES, &some);
	ck_assert_uint_eq(some.n, all.n);
	/* the texts of norm and key aside, of which some has less */
	for (size_t i = 0; i < all.n; i++)
		ck_assert_msg(!memcmp(&all.tokens[i], &some.tokens[i], sizeof *all.tokens),
		              "rules %d, want %u: expected %s, actual %s", (int)rules, (unsigned)want,
		              show_token(&all.tokens[i]), show_token(&some.tokens[i]));
	record_free(&all);
	record_free(&some);
	struct lafz_stream *const stream = open_stream(&options);
	const struct lafz_batch *batch = NULL;
	EXPECT_STATUS(lafz_feed(stream, doc->ptr, doc->len), LAFZ_OK);
	EXPECT_STATUS(lafz_next_batch(stream, &batch), LAFZ_BATCH);
	check_columns(want, batch);
	lafz_close(stream);
}

START_TEST(want_bits)
{
	static const struct text doc = T("\u06A9\u062A\u0627\u0628\u064A "
	                                 "\u0643\u0627\u0628\u0644Kabul, U.S. Dr. X.\n\nl'a\xFF");
	static const enum lafz_rules rules[] = {LAFZ_RULES_DEFAULT, LAFZ_RULES_SEARCH,
	                                        LAFZ_RULES_UAX29};
	for (uint32_t want = 0; want <= WANT_EVERYTHING; want++)
		for (size_t r = 0; r < COUNT(rules); r++)
			check_want(&doc, rules[r], want);
}
END_TEST

/* ---- Options ---- */

START_TEST(sizes_of_options)
{
	static const size_t ends[] = {
		offsetof(struct lafz_options, want),
		offsetof(struct lafz_options, rules),
		offsetof(struct lafz_options, profile),
		offsetof(struct lafz_options, on_invalid),
		offsetof(struct lafz_options, languages),
		offsetof(struct lafz_options, n_languages),
		offsetof(struct lafz_options, unwrap),
		offsetof(struct lafz_options, max_segment),
		offsetof(struct lafz_options, fold_confidence),
		offsetof(struct lafz_options, allocator),
		offsetof(struct lafz_options, kernel),
		offsetof(struct lafz_options, max_token),
		sizeof(struct lafz_options),
	};
	static const struct text doc = T("\u06A9\u062A\u0627\u0628 one two.\n\nthree \u0643\xFF");
	struct record expected = {0}, actual = {0};
	record_text(NULL, &doc, doc.len, ASK_TOKENS, &expected);
	for (size_t i = 0; i < COUNT(ends); i++) {
		/* a caller that knows the fields up to here; the block is just as long */
		struct lafz_options *const old = (struct lafz_options *)malloc(ends[i]);
		ck_assert_ptr_nonnull(old);
		lafz_options_init(old, ends[i]);
		ck_assert_uint_eq(old->size, ends[i]);
		record_text(old, &doc, doc.len, ASK_TOKENS, &actual);
		expect_same("a caller with fewer fields", &doc, &expected, &actual);
		free(old);
	}
	/* a caller that knows more fields than the library */
	struct {
		struct lafz_options options;
		char more[32];
	} later;
	memset(&later, 0x55, sizeof later);
	lafz_options_init(&later.options, sizeof later);
	for (size_t i = 0; i < sizeof later.more; i++)
		ck_assert_int_eq(later.more[i], 0x55);
	record_text(&later.options, &doc, doc.len, ASK_TOKENS, &actual);
	expect_same("a caller with more fields", &doc, &expected, &actual);
	/* fields beyond size are not looked at */
	struct lafz_options options;
	lafz_options_init(&options, sizeof options);
	options.size = offsetof(struct lafz_options, unwrap);
	options.unwrap = 77;
	options.max_segment = 1;
	options.kernel = "no such kernel";
	record_text(&options, &doc, doc.len, ASK_TOKENS, &actual);
	expect_same("fields beyond size", &doc, &expected, &actual);
	record_free(&expected);
	record_free(&actual);
}
END_TEST

START_TEST(defaults_of_options)
{
	struct lafz_options o;
	memset(&o, 0xFF, sizeof o);
	lafz_options_init(&o, sizeof o);
	ck_assert_uint_eq(o.size, sizeof o);
	ck_assert_uint_eq(o.want, LAFZ_WANT_ALL);
	ck_assert_int_eq(o.rules, LAFZ_RULES_DEFAULT);
	ck_assert_int_eq(o.profile, LAFZ_PROFILE_STANDARD);
	ck_assert_int_eq(o.on_invalid, LAFZ_INVALID_REPLACE);
	ck_assert_uint_eq(o.n_languages, 0);
	ck_assert_uint_eq(o.unwrap, 0);
	ck_assert(o.max_segment == 0 || o.max_segment == 65536);
	ck_assert_uint_eq(o.max_token, 0);
	ck_assert_float_eq_tol(o.fold_confidence, 0.9f, 1e-6f);
	ck_assert(!o.allocator.allocate && !o.allocator.resize && !o.allocator.release);
	ck_assert_ptr_null(o.kernel);
}
END_TEST

struct bad_option {
	const char *description;
	void (*spoil)(struct lafz_options *options);
	bool is_good; /* the nearest value that is right */
};

#define SPOIL(name, statement)                                                                     \
	static void name(struct lafz_options *o)                                                   \
	{                                                                                          \
		statement;                                                                         \
	}

SPOIL(size_none, o->size = 0)
SPOIL(size_small, o->size = sizeof o->size - 1)
SPOIL(want_unknown, o->want = LAFZ_WANT_EDITS << 1)
SPOIL(want_all_bits, o->want = UINT32_MAX)
SPOIL(want_most, o->want = WANT_EVERYTHING)
SPOIL(want_nothing, o->want = 0)
SPOIL(rules_beyond, o->rules = (enum lafz_rules)3)
SPOIL(rules_negative, o->rules = (enum lafz_rules) - 1)
SPOIL(profile_beyond, o->profile = (enum lafz_profile)3)
SPOIL(profile_negative, o->profile = (enum lafz_profile) - 1)
SPOIL(invalid_beyond, o->on_invalid = (enum lafz_invalid)3)
SPOIL(invalid_negative, o->on_invalid = (enum lafz_invalid) - 1)
SPOIL(languages_beyond, o->n_languages = LAFZ_MAX_LANGUAGES + 1)
SPOIL(languages_far_beyond, o->n_languages = UINT32_MAX)
SPOIL(languages_most, o->n_languages = LAFZ_MAX_LANGUAGES)
SPOIL(language_none, (o->n_languages = 1, o->languages[0] = LAFZ_LANG_NONE))
SPOIL(language_beyond, (o->n_languages = 2, o->languages[1] = lafz_lang_count()))
SPOIL(language_last, (o->n_languages = 2, o->languages[1] = (uint16_t)(lafz_lang_count() - 1)))
SPOIL(language_not_counted, (o->n_languages = 1, o->languages[1] = LAFZ_LANG_NONE))
SPOIL(unwrap_beyond, o->unwrap = 2)
SPOIL(unwrap_one, o->unwrap = 1)
SPOIL(segment_small, o->max_segment = LAFZ_MIN_SEGMENT - 1)
SPOIL(segment_one, o->max_segment = 1)
SPOIL(segment_least, o->max_segment = LAFZ_MIN_SEGMENT)
SPOIL(segment_most, o->max_segment = LAFZ_MAX_SEGMENT)
SPOIL(segment_large, o->max_segment = LAFZ_MAX_SEGMENT + 1)
SPOIL(segment_largest, o->max_segment = UINT32_MAX)
SPOIL(token_small, o->max_token = LAFZ_MIN_TOKEN - 1)
SPOIL(token_least, o->max_token = LAFZ_MIN_TOKEN)
SPOIL(token_most, o->max_token = LAFZ_MAX_SEGMENT)
SPOIL(token_large, o->max_token = LAFZ_MAX_SEGMENT + 1)
SPOIL(confidence_negative, o->fold_confidence = -0.001f)
SPOIL(confidence_beyond, o->fold_confidence = 1.001f)
SPOIL(confidence_nan, o->fold_confidence = NAN)
SPOIL(confidence_infinite, o->fold_confidence = INFINITY)
SPOIL(confidence_none, o->fold_confidence = 0.0f)
SPOIL(confidence_full, o->fold_confidence = 1.0f)
SPOIL(no_allocate, o->allocator.allocate = NULL)
SPOIL(no_resize, o->allocator.resize = NULL)
SPOIL(no_release, o->allocator.release = NULL)
SPOIL(kernel_unknown, o->kernel = "no such kernel")
SPOIL(kernel_empty, o->kernel = "")
SPOIL(kernel_plain, o->kernel = "plain")

static const struct bad_option bad_options[] = {
	{.description = "size 0", .spoil = size_none},
	{.description = "size below its own field", .spoil = size_small},
	{.description = "an unknown bit of want", .spoil = want_unknown},
	{.description = "all bits of want", .spoil = want_all_bits},
	{.description = "all known bits of want", .spoil = want_most, .is_good = true},
	{.description = "no bit of want", .spoil = want_nothing, .is_good = true},
	{.description = "rules 3", .spoil = rules_beyond},
	{.description = "rules -1", .spoil = rules_negative},
	{.description = "profile 3", .spoil = profile_beyond},
	{.description = "profile -1", .spoil = profile_negative},
	{.description = "on_invalid 3", .spoil = invalid_beyond},
	{.description = "on_invalid -1", .spoil = invalid_negative},
	{.description = "33 languages", .spoil = languages_beyond},
	{.description = "languages without end", .spoil = languages_far_beyond},
	{.description = "32 languages", .spoil = languages_most, .is_good = true},
	{.description = "language LAFZ_LANG_NONE", .spoil = language_none},
	{.description = "a language beyond the last", .spoil = language_beyond},
	{.description = "the last language", .spoil = language_last, .is_good = true},
	{.description = "a wrong language that is not counted",
         .spoil = language_not_counted,
         .is_good = true},
	{.description = "unwrap 2", .spoil = unwrap_beyond},
	{.description = "unwrap 1", .spoil = unwrap_one, .is_good = true},
	{.description = "max_segment 63", .spoil = segment_small},
	{.description = "max_segment 1", .spoil = segment_one},
	{.description = "max_segment 64", .spoil = segment_least, .is_good = true},
	{.description = "the largest max_segment", .spoil = segment_most, .is_good = true},
	{.description = "max_segment one larger", .spoil = segment_large},
	{.description = "max_segment 2^32 - 1", .spoil = segment_largest},
	{.description = "max_token 63", .spoil = token_small},
	{.description = "max_token 64", .spoil = token_least, .is_good = true},
	{.description = "max_token above max_segment", .spoil = token_most, .is_good = true},
	{.description = "max_token 2^24 + 1", .spoil = token_large},
	{.description = "negative confidence", .spoil = confidence_negative},
	{.description = "confidence above 1", .spoil = confidence_beyond},
	{.description = "confidence that is no number", .spoil = confidence_nan},
	{.description = "confidence without end", .spoil = confidence_infinite},
	{.description = "confidence 0", .spoil = confidence_none, .is_good = true},
	{.description = "confidence 1", .spoil = confidence_full, .is_good = true},
	{.description = "no allocate", .spoil = no_allocate},
	{.description = "no resize", .spoil = no_resize},
	{.description = "no release", .spoil = no_release},
	{.description = "an unknown kernel", .spoil = kernel_unknown},
	{.description = "an empty kernel", .spoil = kernel_empty},
	{.description = "the plain kernel", .spoil = kernel_plain, .is_good = true},
};

START_TEST(values_of_options)
{
	struct counter counter = {0};
	for (size_t i = 0; i < COUNT(bad_options); i++) {
		const struct bad_option *row = &bad_options[i];
		struct lafz_options options = defaults();
		options.allocator = helper_allocator(&counter);
		row->spoil(&options);
		struct lafz_stream *stream = (struct lafz_stream *)&options;
		const int expected = row->is_good ? LAFZ_OK : LAFZ_ERR_OPTION;
		const int rc = lafz_open(&stream, &options);
		ck_assert_msg(rc == expected && !stream == !row->is_good,
		              "%s: expected %d, actual %d, stream %s", row->description, expected,
		              rc, stream ? "there" : "NULL");
		lafz_close(stream);
		EXPECT_STATUS(lafz_tokenize("", 0, &options, NULL, NULL), expected);
		ck_assert_uint_eq(counter.blocks, 0);
	}
}
END_TEST

/* Everything but allocator.ctx is copied: the options may go after open. */
START_TEST(options_are_copied)
{
	static const struct text doc = T("\u0643\u062A\u0627\u0628\n");
	struct lafz_options *const options = (struct lafz_options *)malloc(sizeof *options);
	char *const kernel = (char *)malloc(6);
	ck_assert(options && kernel);
	lafz_options_init(options, sizeof *options);
	memcpy(kernel, "plain", 6);
	options->kernel = kernel;
	options->languages[0] = lafz_lang_id("fa");
	options->n_languages = 1;
	struct lafz_stream *const stream = open_stream(options);
	memset(options, 0xFF, sizeof *options);
	free(options);
	free(kernel);
	struct record r = {0};
	read_document(stream, &doc, 1, ASK_TOKENS, &r);
	ck_assert_uint_eq(r.n, 1);
	ck_assert_uint_eq(r.tokens[0].lang, lafz_lang_id("fa"));
	ck_assert_double_eq_tol(r.tokens[0].confidence, 1.0, 1e-9);
	ck_assert_msg(
		helper_equals(r.text, (size_t)r.tokens[0].norm_len, "\u06A9\u062A\u0627\u0628", 8),
		"norm %s", helper_show(r.text, r.len));
	lafz_close(stream);
	record_free(&r);
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
			struct lafz_options options = defaults();
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
	struct lafz_options options = defaults();
	options.on_invalid = LAFZ_INVALID_FAIL;
	for (size_t i = 0; i < COUNT(bad_rows); i++) {
		const struct bad_row *row = &bad_rows[i];
		const struct text before = {row->text.ptr, row->line};
		struct record expected = {0}, actual = {0};
		record_text(&options, &before, before.len, ASK_TOKENS, &expected);
		ck_assert_int_eq(expected.status, LAFZ_OK);
		expected.status = LAFZ_ERR_ILLFORMED;
		expected.error_offset = row->offset;
		struct lafz_stream *const stream = open_stream(&options);
		for (size_t chunk = 1; chunk <= row->text.len; chunk++) {
			for (int ask = ASK_TOKENS; ask <= ASK_BOTH; ask++) {
				read_document(stream, &row->text, chunk, (enum ask)ask, &actual);
				expect_same(row->description, &row->text, &expected, &actual);
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
		struct lafz_options options = defaults();
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
				              "flag repaired: %s", show_token(t));
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
	check_surface(listener->doc, token);
	add_token(&listener->record, token);
	return listener->record.n == listener->stop_at ? listener->answer : 0;
}

START_TEST(tokenize)
{
	static const struct text doc = T("One two. Three\n\n\u06A9\u062A\u0627\u0628\xFF four");
	struct record expected = {0};
	struct counter counter = {0};
	struct lafz_options options = defaults();
	options.allocator = helper_allocator(&counter);
	record_text(&options, &doc, doc.len, ASK_TOKENS, &expected);
	struct listener all = {.doc = &doc};
	EXPECT_STATUS(lafz_tokenize(doc.ptr, doc.len, &options, listen, &all), LAFZ_OK);
	expect_same("tokenize", &doc, &expected, &all.record);
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
	return front->n <= whole->n && first_difference(front, whole) == front->n &&
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
	read_document(stream, &hungry, chunk, ASK_BOTH, &r);
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
		read_document(stream, &hungry, chunk, ASK_TOKENS, &r);
		expect_same("after a failure and a reset", &hungry, expected, &r);
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
	for (size_t s = 0; s < COUNT(settings); s++) {
		const struct lafz_options options = options_of(&settings[s]);
		struct record expected = {0};
		record_text(&options, &hungry, hungry.len, ASK_TOKENS, &expected);
		check_record(settings[s].description, &hungry, &expected);
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
		struct lafz_options options = defaults();
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
	struct lafz_options options = defaults();
	options.allocator = helper_allocator(&counter);
	struct lafz_stream *const stream = open_stream(&options);
	struct record r = {0};
	read_document(stream, &hungry, 64, ASK_TOKENS, &r);
	lafz_reset(stream);
	read_document(stream, &hungry, 64, ASK_TOKENS, &r);
	const size_t calls = counter.calls;
	for (int i = 0; i < 10; i++) {
		lafz_reset(stream);
		read_document(stream, &hungry, 64, ASK_TOKENS, &r);
	}
	ck_assert_uint_eq(counter.calls, calls);
	lafz_close(stream);
	ck_assert_uint_eq(counter.blocks, 0);
	record_free(&r);
}
END_TEST

/* ---- Streams side by side, documents one after the other ---- */

START_TEST(two_streams_interleaved)
{
	for (size_t d = 0; d + 1 < COUNT(documents); d++) {
		const struct text *docs[2] = {&documents[d].text, &documents[d + 1].text};
		struct record expected[2] = {{0}}, actual[2] = {{0}};
		struct lafz_stream *streams[2];
		size_t off[2] = {0, 0};
		int rc[2] = {LAFZ_MORE, LAFZ_MORE};
		bool is_finished[2] = {false, false};
		for (size_t i = 0; i < 2; i++) {
			const struct lafz_options options = options_of(&settings[i]);
			streams[i] = open_stream(&options);
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
				add_token(&actual[i], token);
		}
		for (size_t i = 0; i < 2; i++) {
			const char *name = documents[d + i].description;
			expect_same(name, docs[i], &expected[i], &actual[i]);
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
	for (size_t s = 0; s < COUNT(settings); s++) {
		const struct lafz_options options = options_of(&settings[s]);
		struct lafz_stream *const stream = open_stream(&options);
		static const struct text doc = T(
			"\uFEFF\u06A9\u062A\u0627\u0628\u064A one. Two\n\nthree\r\n\xFF");
		struct record expected = {0}, actual = {0};
		record_text(&options, &doc, doc.len, ASK_TOKENS, &expected);
		for (size_t d = 0; d < COUNT(documents); d++) {
			const struct text *before = &documents[d].text;
			const struct lafz_token *token = NULL;
			EXPECT_STATUS(lafz_feed(stream, before->ptr, before->len), LAFZ_OK);
			for (size_t n = d % 4; n > 0; n--)
				ck_assert_int_ge(lafz_next(stream, &token), LAFZ_OK);
			if (d % 3 == 0)
				EXPECT_STATUS(lafz_finish(stream), LAFZ_OK);
			lafz_reset(stream);
			read_document(stream, &doc, 1 + d % 9, ASK_TOKENS, &actual);
			expect_same(documents[d].description, &doc, &expected, &actual);
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
		const struct lafz_options options = defaults();
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

/* ---- What a language may change ---- */

static const char *const languages[] = {"ps", "fa", "ar", "ur", "ug", "sd", "ckb", "en"};

/* With rules search, borders, kinds and keys are the same whatever the language. */
static void check_search(const char *description, const struct text *doc)
{
	struct record guessed = {0}, forced = {0};
	struct lafz_options options = defaults();
	options.rules = LAFZ_RULES_SEARCH;
	options.profile = LAFZ_PROFILE_NONE; /* norm is the surface: texts can be compared */
	record_text(&options, doc, doc->len, ASK_TOKENS, &guessed);
	for (size_t l = 0; l < COUNT(languages); l++) {
		options.languages[0] = lafz_lang_id(languages[l]);
		options.n_languages = 1;
		record_text(&options, doc, doc->len, ASK_TOKENS, &forced);
		bool is_same = guessed.n == forced.n &&
		               helper_equals(guessed.text, guessed.len, forced.text, forced.len);
		for (size_t i = 0; is_same && i < forced.n; i++)
			is_same = guessed.tokens[i].start == forced.tokens[i].start &&
			          guessed.tokens[i].end == forced.tokens[i].end &&
			          guessed.tokens[i].kind == forced.tokens[i].kind &&
			          guessed.tokens[i].key_len == forced.tokens[i].key_len;
		ck_assert_msg(is_same, "%s, %s: %s: borders or keys differ", description,
		              languages[l], helper_show(doc->ptr, doc->len));
	}
	record_free(&guessed);
	record_free(&forced);
}

START_TEST(search_does_not_depend_on_language)
{
	for (size_t d = 0; d < COUNT(documents); d++)
		check_search(documents[d].description, &documents[d].text);
	struct rng rng = {11};
	for (size_t i = 0; i < 120; i++) {
		char bytes[40 * HELPER_LONGEST];
		const struct text doc = {
			bytes, helper_trouble(&rng, 1 + rng_below(&rng, 40), false, bytes)};
		check_search("random document", &doc);
	}
}
END_TEST

/* The norm_text of a document; the caller frees the record. */
static struct text normalize(const struct lafz_options *options, const struct text *doc,
                             struct record *r)
{
	record_text(options, doc, doc->len, ASK_BATCHES, r);
	ck_assert_int_eq(r->status, LAFZ_OK);
	return (struct text){r->norm, r->norm_len};
}

static void check_idempotence(const char *description, const struct text *doc)
{
	static const enum lafz_profile profiles[] = {LAFZ_PROFILE_STANDARD, LAFZ_PROFILE_NFC};
	for (size_t l = 0; l < COUNT(languages); l++) {
		for (size_t p = 0; p < COUNT(profiles); p++) {
			struct record first = {0}, second = {0};
			struct lafz_options options = defaults();
			options.languages[0] = lafz_lang_id(languages[l]);
			options.n_languages = 1;
			options.profile = profiles[p];
			const struct text once = normalize(&options, doc, &first);
			const struct text twice = normalize(&options, &once, &second);
			ck_assert_msg(
				helper_equals(once.ptr, once.len, twice.ptr, twice.len),
				"%s, %s, %s: source %s\nexpected %s\nactual   %s", description,
				languages[l], profiles[p] == LAFZ_PROFILE_NFC ? "nfc" : "standard",
				helper_show(doc->ptr, doc->len), helper_show(once.ptr, once.len),
				helper_show(twice.ptr, twice.len));
			record_free(&first);
			record_free(&second);
		}
	}
}

/* Texts whose tokens are others once the invisible is gone or the forms are letters. */
static const struct document shifty[] = {
	{.description = "a control behind a time", .text = T("7:29\u200F\uFEE9 7:29\u202B\u06CC")},
	{.description = "a control behind a date", .text = T("2025-9-1\u200F\uFEFB")},
	{.description = "a control behind a keycap", .text = T("1\u20E3\uFEFF\u06A9")},
	{.description = "a spacing form behind marks",
         .text = T("\u0651\uFE76 i\uFC60\u0301 #\uFE76\u0643")},
	{.description = "a spacing form behind a full stop, a digit, a quote",
         .text = T("e.g.\uFE7F" "2\u064A U.S.\uFC5E" "4 u.s.4\uFCF4\uFCF2\u06DD" "1\u064A 6\uFE78" "a'\uFE7F" "7")},
	{.description = "a spacing form before letters",
         .text = T("\uFE76\u06B5\u0647 \uFE76#t\u0640")},
	{.description = "marks with a control between",
         .text = T("\u0651\u200F\u064E \u0301\u2067\u0323")},
	{.description = "a final form as an initial", .text = T("\uFBFF.\u06CE")},
	{.description = "a ligature as an initial", .text = T("\uFDF2.\u0643 \u0649.\uFEFB")},
	{.description = "controls behind U+200B", .text = T("\u0691\u200B\u200E\u06D0")},
	{.description = "a symbol that decomposes, and a mark", .text = T("\U0001D15E\u0327")},
};

START_TEST(norm_of_norm)
{
	for (size_t d = 0; d < COUNT(shifty); d++)
		check_idempotence(shifty[d].description, &shifty[d].text);
	for (size_t d = 0; d < COUNT(documents); d++)
		check_idempotence(documents[d].description, &documents[d].text);
	struct rng rng = {12};
	for (size_t i = 0; i < 250; i++) {
		char bytes[20 * HELPER_LONGEST], name[64];
		const struct text doc = {
			bytes, helper_trouble(&rng, 1 + rng_below(&rng, 20), i % 2 == 0, bytes)};
		snprintf(name, sizeof name, "random document %zu", i);
		check_idempotence(name, &doc);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		documents_at_every_chunk_size,
		random_documents,
		one_line_of_ten_megabytes,
		statuses,
		want_bits,
		sizes_of_options,
		defaults_of_options,
		values_of_options,
		options_are_copied,
		numbers_of_paragraphs_and_sentences,
		numbers_of_runs_have_no_holes,
		on_invalid_fail,
		on_invalid_replace_and_drop,
		tokenize,
		every_allocation_fails,
		tokenize_without_memory,
		reset_keeps_memory,
		two_streams_interleaved,
		reset_in_the_middle,
		search_does_not_depend_on_language,
		norm_of_norm,
	};
	return helper_run("stream", tests, COUNT(tests));
}
