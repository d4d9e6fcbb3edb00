/*
 * Norm, key and characters of whole batches: the short ways (stretches in which nothing can change, tables of bytes)
 * against the long one, which looks at every token character by character. Over the pages of corpora/, over random
 * words of every language's letters with marks, joiners, forms and broken bytes, and over the file that LAFZ_TEST_TEXT
 * names, should it be set. Every text with its languages as detected, as one language, and with a language and
 * confidence at random for each token.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch/batch.h"
#include "chars.h"
#include "helper.h"
#include "scan/scan.h"
#include "lang.h"
#include "norm/fold.h"
#include "unicode/utf8.h"

#define WORDS 200000 /* random words in all */
#define MOST_LETTERS 9

/* Languages with a table, and one without. */
static const uint16_t langs[] = {LANG_PS, LANG_FA, LANG_AR,  LANG_UR,
                                 LANG_UG, LANG_SD, LANG_CKB, LANG_EN};

static const struct lafz_allocator *const mem = &mem_default;

/* Check writes a line at every assertion, so loops assert only what has failed. */

/* ---- Texts ---- */

static bool read_file(const char *path, struct buf *out)
{
	char part[4096];
	FILE *const file = fopen(path, "rb");
	if (!file)
		return false;
	for (size_t n = 0; (n = fread(part, 1, sizeof part, file)) > 0;)
		if (buf_append(out, mem, part, n) < 0)
			ck_abort_msg("no memory");
	fclose(file);
	return true;
}

/* Appends characters of a language and what may stand between them. */
static void add_word(struct rng *rng, uint16_t lang, struct buf *out)
{
	static const uint16_t others[] = {
		0x0640, 0x064B, 0x064E, 0x0651, 0x0653, 0x0654, 0x0655, 0x0670, 0x0610, 0x0615,
		0x06D6, 0x064D, 0x200C, 0x200C, 0x200C, 0x200D, 0x200F, 0x00AD, 0x0627, 0x0647,
		0x06BE, 0x06C1, 0x06D5, 0x0643, 0x06A9, 0x0649, 0x064A, 0x06CC, 0x0626, 0x0621,
		0x0695, 0x06F3, 0x0664, 0x066B, 0x060C, 0x2019, 0x2014, 0x2026, 0x002D, 0x002D};
	const uint16_t *letters = NULL;
	const size_t n_letters = fold_alphabet(lang, &letters);
	const size_t n = 1 + rng_below(rng, MOST_LETTERS);
	char bytes[4 * MOST_LETTERS];
	size_t len = 0;
	for (size_t i = 0; i < n; i++) {
		const size_t r = rng_below(rng, 64);
		uint32_t cp = n_letters > 0 ? letters[rng_below(rng, n_letters)]
		                            : 'A' + (uint32_t)rng_below(rng, 58);
		if (r < 8)
			cp = others[rng_below(rng, COUNT(others))];
		else if (r == 8)
			cp = 0x600 + (uint32_t)rng_below(rng, 256);
		else if (r == 9)
			cp = 0xFB50 + (uint32_t)rng_below(rng, 0x3AD);
		else if (r == 10)
			cp = 0xC0 + (uint32_t)rng_below(rng, 0x250);
		else if (r == 11)
			cp = 0x20 + (uint32_t)rng_below(rng, 0x5F);
		len += helper_encode(cp, bytes + len);
	}
	/* the end of many Persian words: the two are one letter by a row of their table */
	for (uint32_t k = 0; n < MOST_LETTERS - 1 && k < 2 && rng_below(rng, 8) == 0; k++) {
		len += helper_encode(0x0647, bytes + len);
		len += helper_encode(0x0654, bytes + len);
	}
	bytes[len++] = rng_below(rng, 12) == 0 ? '\n' : ' ';
	if (buf_append(out, mem, bytes, len) < 0)
		ck_abort_msg("no memory");
}

/* ---- Batches ---- */

/* Makes the language and confidence of each token; how depends on the round. */
static void set_langs(struct tokens *t, size_t round, struct rng *rng)
{
	for (size_t i = 0; i < t->n && round > 0; i++) {
		const bool is_same = rng_below(rng, 4) > 0 && i > 0;
		if (round <= COUNT(langs)) {
			t->lang[i] = langs[round - 1];
			t->confidence[i] = 1;
		} else {
			t->lang[i] = is_same ? t->lang[i - 1] : langs[rng_below(rng, COUNT(langs))];
			t->confidence[i] = rng_below(rng, 4) > 0 ? 1.0f : 0.5f;
		}
	}
}

#define ROUNDS (COUNT(langs) + 2)

/* A batch of the same tokens; its segments are the lines. */
static void fill(struct batch *batch, const struct lafz_batch *view, size_t round, uint64_t seed)
{
	struct tokens *const t = &batch->tokens;
	struct rng rng = {seed};
	batch_begin(batch);
	ck_assert_int_eq(tokens_reserve(t, mem, view->n + 1), LAFZ_OK);
	size_t i = 0;
	for (uint32_t at = 0; at < view->len; at++) {
		const bool is_end = view->text[at] == '\n' || at + 1 == view->len;
		for (; is_end && i < view->n && view->start[i] <= at; i++) {
			t->start[t->n] = view->start[i];
			t->end[t->n] = view->end[i];
			t->lang[t->n] = view->lang[i];
			t->confidence[t->n] = view->confidence[i];
			t->kind[t->n] = view->kind[i];
			t->script[t->n] = view->script[i];
			t->n++;
		}
		if (!is_end)
			continue;
		ck_assert_int_eq(batch_reserve(batch, mem, batch->n_segments + 1), LAFZ_OK);
		batch_end_segment(batch, (struct batch_segment){.end = at + 1, .token_end = t->n});
	}
	ck_assert_uint_eq(t->n, view->n);
	set_langs(t, round, &rng);
}

struct pair {
	struct batch quick, thorough;
	const struct lafz_batch *view;
	size_t round;
	uint64_t seed; /* of the languages */
	const char *what;
};

/* The wide keys of one kernel after the other; NULL: there are none for it. */
static key_wide_function *wide_keys(size_t round)
{
	size_t n = 0;
	while (scan_kernel_at(n))
		n++;
	const struct scan_kernel *const kernel = scan_kernel_at(round % n);
	return kernel->is_usable() ? key_wide_find(kernel->name) : NULL;
}

static void make(struct batch *batch, const struct pair *pair, const struct lafz_options *options)
{
	const struct batch_request request = {.mem = mem,
	                                      .options = options,
	                                      .calm = calm_find(scan_kernel_find(NULL)->name),
	                                      .key_wide = wide_keys(pair->round),
	                                      .text = pair->view->text,
	                                      .len = (uint32_t)pair->view->len};
	fill(batch, pair->view, pair->round, pair->seed);
	ck_assert_int_eq(batch_norm(batch, &request), LAFZ_OK);
	ck_assert_int_eq(batch_key(batch, &request), LAFZ_OK);
}

static void differ(const struct pair *pair, const char *what, size_t i)
{
	const struct tokens *const t = &pair->quick.tokens;
	const char *const text = pair->view->text;
	ck_abort_msg("%s, round %zu: %s of token %zu of %zu, language %u, kind %u: %s", pair->what,
	             pair->round, what, i, t->n, i < t->n ? t->lang[i] : 0u,
	             i < t->n ? t->kind[i] : 0u,
	             i < t->n ? helper_show(text + t->start[i], t->end[i] - t->start[i]) : "");
}

/* Where the texts of norm or key say something else. */
static void compare_copies(const struct pair *pair, const struct copy *a, const struct copy *b,
                           const char *what)
{
	const bool is_same = a->has_changes == b->has_changes &&
	                     (!a->has_changes ||
	                      helper_equals(a->buf.ptr, a->buf.len, b->buf.ptr, b->buf.len));
	if (!is_same)
		differ(pair, what, pair->quick.tokens.n);
}

static void compare(const struct pair *pair)
{
	const struct batch *const a = &pair->quick, *const b = &pair->thorough;
	const struct tokens *const s = &a->tokens, *const t = &b->tokens;
	for (size_t i = 0; i < s->n; i++) {
		if (s->norm_off[i] != t->norm_off[i] || s->norm_len[i] != t->norm_len[i])
			differ(pair, "norm", i);
		if (s->key_off[i] != t->key_off[i] || s->key_len[i] != t->key_len[i])
			differ(pair, "key", i);
	}
	compare_copies(pair, &a->norm, &b->norm, "the text of norm");
	compare_copies(pair, &a->key, &b->key, "the text of keys");
	for (size_t i = 0; i < a->n_segments; i++) {
		if (a->segments[i].norm_end != b->segments[i].norm_end ||
		    a->segments[i].key_end != b->segments[i].key_end)
			differ(pair, "the end of a segment", s->n);
	}
}

static bool is_valid(const char *text, size_t len)
{
	for (size_t off = 0; off < len;) {
		const struct model c = helper_decode(text + off, len - off);
		if (!c.is_char)
			return false;
		off += c.len;
	}
	return true;
}

/* The characters up to each token are as many as by definition. */
static void expect_chars(struct pair *pair, chars_function *count, struct tokens *tokens)
{
	const char *const text = pair->view->text;
	const size_t len = pair->view->len;
	ck_assert_uint_eq(count(tokens, text, (uint32_t)len, 7), 7 + helper_count(text, len));
	size_t at = 0, n = 7;
	for (size_t i = 0; i < tokens->n; i++) {
		n += helper_count(text + at, tokens->start[i] - at);
		const size_t inside = helper_count(text + tokens->start[i], tokens->end[i] - tokens->start[i]);
		at = tokens->start[i];
		if (tokens->cstart[i] != n || tokens->cend[i] != n + inside)
			differ(pair, "characters", i);
	}
}

/* By all kernels that can be run here. */
static void compare_chars(struct pair *pair)
{
	struct tokens *const tokens = &pair->quick.tokens;
	expect_chars(pair, chars_count_any, tokens);
	if (!is_valid(pair->view->text, pair->view->len))
		return;
	for (size_t k = 0; scan_kernel_at(k); k++) {
		if (scan_kernel_at(k)->is_usable())
			expect_chars(pair, chars_find(scan_kernel_at(k)->name), tokens);
	}
}

/* One batch of a stream, in all rounds that are asked for. */
static void check_batch(struct pair *pair, const struct lafz_options *options, size_t first,
                        size_t end)
{
	pair->thorough.work.is_thorough = true;
	for (pair->round = first; pair->round < end; pair->round++) {
		pair->seed++;
		make(&pair->quick, pair, options);
		make(&pair->thorough, pair, options);
		compare(pair);
	}
	compare_chars(pair);
}

static void check_text(const char *what, const char *text, size_t len,
                       const struct lafz_options *options, size_t first, size_t end)
{
	struct lafz_stream *stream = NULL;
	struct pair pair = {.what = what, .seed = 1};
	ck_assert_int_eq(lafz_open(&stream, options), LAFZ_OK);
	ck_assert_int_eq(lafz_feed(stream, text, len), LAFZ_OK);
	ck_assert_int_eq(lafz_finish(stream), LAFZ_OK);
	size_t n = 0;
	while (lafz_next_batch(stream, &pair.view) == LAFZ_BATCH) {
		n += pair.view->len;
		check_batch(&pair, options, first, end);
	}
	ck_assert_uint_eq(n, len);
	lafz_close(stream);
	batch_free(&pair.quick, mem);
	batch_free(&pair.thorough, mem);
}

/* ---- Tests ---- */

static struct lafz_options plain_options(void)
{
	struct lafz_options options;
	lafz_options_init(&options, sizeof options);
	options.want = LAFZ_WANT_RUNS;
	return options;
}

START_TEST(test_pages)
{
	const struct lafz_options options = plain_options();
	const char *const root = getenv("abs_top_srcdir");
	char folder[1024], path[2048];
	snprintf(folder, sizeof folder, "%s/corpora", root ? root : ".");
	DIR *const dir = opendir(folder);
	ck_assert_msg(dir != NULL, "%s: not found", folder);
	size_t n = 0;
	for (const struct dirent *entry = NULL; (entry = readdir(dir)) != NULL;) {
		const char *const dot = strrchr(entry->d_name, '.');
		struct buf text = {0};
		if (!dot || strcmp(dot, ".txt") != 0)
			continue;
		snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
		ck_assert_msg(read_file(path, &text), "%s: cannot be read", path);
		check_text(entry->d_name, text.ptr, text.len, &options, 0, ROUNDS);
		buf_free(&text, mem);
		n++;
	}
	closedir(dir);
	ck_assert_uint_gt(n, 0);
}
END_TEST

START_TEST(test_random_words)
{
	const struct lafz_options options = plain_options();
	struct rng rng = {20};
	for (size_t k = 0; k < COUNT(langs); k++) {
		struct buf text = {0};
		for (size_t i = 0; i < WORDS / COUNT(langs); i++)
			add_word(&rng, langs[k], &text);
		check_text("random words", text.ptr, text.len, &options, 0, 1);
		check_text("random words", text.ptr, text.len, &options, k + 1, k + 2);
		check_text("random words", text.ptr, text.len, &options, ROUNDS - 1, ROUNDS);
		buf_free(&text, mem);
	}
}
END_TEST

/* With each of the options that switch the stretches off, and with bytes broken at random. */
START_TEST(test_options)
{
	struct lafz_options options = plain_options();
	struct rng rng = {21};
	for (size_t k = 0; k < 64; k++) {
		struct buf text = {0};
		options.strip_marks = (k & 1) != 0;
		options.lower = (k & 2) != 0;
		options.unify_punct = (k & 4) != 0;
		options.drop_zwnj = (k & 8) != 0;
		options.digits = k & 16 ? LAFZ_DIGITS_NATIVE : LAFZ_DIGITS_KEEP;
		options.on_invalid = k & 32 ? LAFZ_INVALID_DROP : LAFZ_INVALID_REPLACE;
		for (size_t i = 0; i < 400; i++)
			add_word(&rng, langs[i * COUNT(langs) / 400], &text);
		for (size_t i = 0; i < 60; i++)
			text.ptr[rng_below(&rng, text.len)] = (char)rng_below(&rng, 256);
		check_text("options", text.ptr, text.len, &options, 0, ROUNDS);
		buf_free(&text, mem);
	}
}
END_TEST

START_TEST(test_given_text)
{
	const struct lafz_options options = plain_options();
	const char *const path = getenv("LAFZ_TEST_TEXT");
	struct buf text = {0};
	if (!path)
		return;
	ck_assert_msg(read_file(path, &text), "%s: cannot be read", path);
	check_text(path, text.ptr, text.len, &options, 0, ROUNDS);
	buf_free(&text, mem);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {test_pages, test_random_words, test_options, test_given_text};
	return helper_run("batch", tests, COUNT(tests));
}
