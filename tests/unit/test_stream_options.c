/*
 * What options of a stream say: their sizes of other versions, defaults, values that are refused, and which columns want asks for.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "documents.h"
#include "record.h"

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
	struct lafz_options options = record_defaults();
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
		              record_show(&all.tokens[i]), record_show(&some.tokens[i]));
	record_free(&all);
	record_free(&some);
	struct lafz_stream *const stream = record_open(&options);
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
		record_expect_same("a caller with fewer fields", &doc, &expected, &actual);
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
	record_expect_same("a caller with more fields", &doc, &expected, &actual);
	/* fields beyond size are not looked at */
	struct lafz_options options;
	lafz_options_init(&options, sizeof options);
	options.size = offsetof(struct lafz_options, unwrap);
	options.unwrap = 77;
	options.max_segment = 1;
	options.kernel = "no such kernel";
	record_text(&options, &doc, doc.len, ASK_TOKENS, &actual);
	record_expect_same("fields beyond size", &doc, &expected, &actual);
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
		struct lafz_options options = record_defaults();
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
	struct lafz_stream *const stream = record_open(options);
	memset(options, 0xFF, sizeof *options);
	free(options);
	free(kernel);
	struct record r = {0};
	record_read(stream, &doc, 1, ASK_TOKENS, &r);
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

int main(void)
{
	const TTest *const tests[] = {
		want_bits,
		sizes_of_options,
		defaults_of_options,
		values_of_options,
		options_are_copied,
	};
	return helper_run("stream_options", tests, COUNT(tests));
}
