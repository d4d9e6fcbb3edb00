/*
 * What a language may change and what it may not: with rules search the language changes nothing but letters, and the norm of
 * a norm is itself.
 */
#include <stdio.h>

#include "documents.h"
#include "record.h"

/* ---- What a language may change ---- */

static const char *const languages[] = {"ps", "fa", "ar", "ur", "ug", "sd", "ckb", "en"};

/* With rules search, borders, kinds and keys are the same whatever the language. */
static void check_search(const char *description, const struct text *doc)
{
	struct record guessed = {0}, forced = {0};
	struct lafz_options options = record_defaults();
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
	for (size_t d = 0; d < n_documents; d++)
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
			struct lafz_options options = record_defaults();
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
	for (size_t d = 0; d < n_documents; d++)
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
		search_does_not_depend_on_language,
		norm_of_norm,
	};
	return helper_run("stream_laws", tests, COUNT(tests));
}
