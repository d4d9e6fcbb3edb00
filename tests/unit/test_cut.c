/*
 * Tokens longer than options.max_token: how many pieces, of how many bytes, at which borders, and what they have of the
 * whole. Other tokens must not depend on the limit.
 */
#include <stdlib.h>
#include <string.h>

#include "helper.h"

#define MOST_PIECES 8

static const enum lafz_rules every_rules[] = {LAFZ_RULES_DEFAULT, LAFZ_RULES_SEARCH,
                                              LAFZ_RULES_UAX29};

/* ---- What a text gives ---- */

struct pieces {
	size_t n; /* tokens */
	size_t lens[MOST_PIECES];
	unsigned kinds[MOST_PIECES];
	unsigned n_cut;         /* tokens with the flag */
	uint64_t end, cend;     /* of the last one */
	bool has_holes;         /* something lies between two of them */
	bool has_other_key;     /* a key is not that of the surface */
	bool has_word_or_value; /* of a token with the flag */
	size_t longest;
};

static int on_token(void *ctx, const struct lafz_token *token)
{
	struct pieces *const pieces = ctx;
	struct lafz_word words[LAFZ_MAX_WORDS];
	char value[LAFZ_VALUE_ROOM], key[512];
	if (pieces->n < MOST_PIECES) {
		pieces->lens[pieces->n] = token->surface_len;
		pieces->kinds[pieces->n] = token->kind;
	}
	pieces->n++;
	pieces->has_holes |= token->start != pieces->end || token->cstart != pieces->cend;
	pieces->end = token->end;
	pieces->cend = token->cend;
	if (token->surface_len > pieces->longest)
		pieces->longest = token->surface_len;
	const size_t len = lafz_key(token->surface, token->surface_len, key, sizeof key);
	pieces->has_other_key |= len <= sizeof key &&
	                         !helper_equals(key, len, token->key, token->key_len);
	if (token->flags & LAFZ_FLAG_CUT) {
		pieces->n_cut++;
		pieces->has_word_or_value |= lafz_words(token, words) > 0 ||
		                             lafz_value(token, value) > 0;
	}
	return 0;
}

/* A text: first, then n times again, then last. */
static struct text build(const char *first, const char *again, size_t n, const char *last)
{
	const size_t first_len = strlen(first), again_len = strlen(again), last_len = strlen(last);
	const size_t len = first_len + n * again_len + last_len;
	char *const text = (char *)malloc(len + 1);
	ck_assert_ptr_nonnull(text);
	memcpy(text, first, first_len);
	for (size_t i = 0; i < n; i++)
		memcpy(text + first_len + i * again_len, again, again_len);
	memcpy(text + len - last_len, last, last_len);
	return (struct text){text, len};
}

static struct pieces pieces_of(const struct lafz_options *options, const struct text *text)
{
	struct pieces pieces = {0};
	ck_assert_int_eq(lafz_tokenize(text->ptr, text->len, options, on_token, &pieces), LAFZ_OK);
	ck_assert_msg(!pieces.has_other_key, "a key is not that of its surface");
	ck_assert_msg(!pieces.has_word_or_value, "a piece with words or a value");
	return pieces;
}

static struct lafz_options options_of(enum lafz_rules rules, uint32_t most)
{
	struct lafz_options options;
	lafz_options_init(&options, sizeof options);
	options.rules = rules;
	options.max_token = most;
	return options;
}

/* ---- Borders ---- */

struct row {
	const char *description;
	const char *first, *again;
	size_t n;
	const char *last;
	uint32_t most;
	size_t lens[MOST_PIECES]; /* 0 ends them */
	enum lafz_kind kind;
	bool is_default; /* it is one token by the default rules alone */
};

static const struct row rows[] = {
	{"as long as it may be", "", "a", 64, "", 64, {64}, LAFZ_KIND_WORD, false},
	{"a byte more", "", "a", 65, "", 64, {64, 1}, LAFZ_KIND_WORD, false},
	{"twice as long", "", "a", 128, "", 64, {64, 64}, LAFZ_KIND_WORD, false},
	{"twice and a byte", "", "a", 129, "", 64, {64, 64, 1}, LAFZ_KIND_WORD, false},
	{"an odd limit", "", "a", 200, "", 99, {99, 99, 2}, LAFZ_KIND_WORD, false},
	{"Arabic, as long", "", "\u06A9", 32, "", 64, {64}, LAFZ_KIND_WORD, false},
	{"Arabic, a letter more", "", "\u06A9", 33, "", 64, {64, 2}, LAFZ_KIND_WORD, false},
	{"no letter is cut", "", "\u06A9", 33, "", 65, {64, 2}, LAFZ_KIND_WORD, false},
	{"no mark of a Latin letter is cut off", "", "e\u0301", 22, "", 64, {63, 3}, LAFZ_KIND_WORD, false},
	{"two marks, the second beyond", "", "e\u0301\u0327", 14, "", 64, {60, 10}, LAFZ_KIND_WORD, false},
	{"no harakat are cut off", "", "\u06A9\u0650", 17, "", 66, {64, 4}, LAFZ_KIND_WORD, false},
	{"two harakat", "", "\u06A9\u0651\u0650", 11, "", 64, {60, 6}, LAFZ_KIND_WORD, false},
	{"a cluster as long as it may be", "e", "\u0301", 32, "", 65, {65}, LAFZ_KIND_WORD, false},
	{"a longer one, between characters", "e", "\u0301", 32, "", 64, {63, 2}, LAFZ_KIND_WORD, false},
	{"letters before it", "abcd", "\u0301", 40, "", 64, {3, 63, 18}, LAFZ_KIND_WORD, false},
	{"four bytes a letter", "", "\U00010400", 33, "", 67, {64, 64, 4}, LAFZ_KIND_WORD, false},
	{"a hashtag", "#", "a", 64, "", 64, {64, 1}, LAFZ_KIND_HASHTAG, true},
	{"a mention", "@", "a", 130, "", 64, {64, 64, 3}, LAFZ_KIND_MENTION, true},
	{"a link", "http://a.af/", "\u0643", 40, "", 64, {64, 28}, LAFZ_KIND_URL, true},
	{"a link with a query", "https://a.af/", "a", 60, "?b=c&d=e", 64, {64, 17}, LAFZ_KIND_URL, true},
	{"a number", "", "7", 70, "", 64, {64, 6}, LAFZ_KIND_NUMBER, false},
	{"what would have a value", "", "7", 64, ".12", 64, {64, 3}, LAFZ_KIND_NUMBER, false},
	{"what would be a contraction", "", "a", 64, "don't", 64, {64, 5}, LAFZ_KIND_WORD, true},
	{"an e-mail address", "", "a", 60, "@example.af", 64, {64, 7}, LAFZ_KIND_EMAIL, true},
};

static void check(const struct row *row, enum lafz_rules rules)
{
	const struct text text = build(row->first, row->again, row->n, row->last);
	struct lafz_options options = options_of(rules, 0);
	options.languages[0] = lafz_lang_id("en");
	options.n_languages = 1;
	ck_assert_msg(pieces_of(&options, &text).n == 1, "%s: not one token", row->description);
	options.max_token = row->most;
	const struct pieces found = pieces_of(&options, &text);
	size_t n = 0;
	for (; n < MOST_PIECES && row->lens[n] > 0; n++) {
		ck_assert_msg(found.n > n && found.lens[n] == row->lens[n],
		              "%s, rules %d: piece %zu has %zu bytes, not %zu", row->description,
		              (int)rules, n, found.n > n ? found.lens[n] : 0, row->lens[n]);
		ck_assert_msg(found.kinds[n] == row->kind, "%s: kind %u", row->description,
		              found.kinds[n]);
	}
	ck_assert_msg(found.n == n, "%s: %zu pieces", row->description, found.n);
	ck_assert_msg(found.n_cut == (n > 1 ? n : 0), "%s: %u flags", row->description, found.n_cut);
	ck_assert_msg(!found.has_holes && found.end == text.len &&
	                      found.cend == helper_count(text.ptr, text.len),
	              "%s: a hole", row->description);
	free((char *)text.ptr);
}

START_TEST(borders)
{
	for (size_t i = 0; i < COUNT(rows); i++)
		for (size_t r = 0; r < (rows[i].is_default ? 1 : COUNT(every_rules)); r++)
			check(&rows[i], every_rules[r]);
}
END_TEST

/* ---- Long words ---- */

static void check_million(const char *letter, size_t n, uint32_t most, size_t piece)
{
	const struct text text = build("", letter, n, "");
	struct lafz_options options = options_of(LAFZ_RULES_DEFAULT, most);
	options.max_segment = LAFZ_MAX_SEGMENT;
	const struct pieces found = pieces_of(&options, &text);
	ck_assert_uint_eq(found.longest, piece);
	ck_assert_uint_eq(found.n, (text.len + piece - 1) / piece);
	ck_assert_uint_eq(found.n_cut, found.n);
	ck_assert(!found.has_holes && found.end == text.len);
	free((char *)text.ptr);
}

START_TEST(a_million_bytes)
{
	check_million("a", 1000000, 64, 64);
	check_million("a", 1000000, 1000, 1000);
	check_million("\u06A9\u0650", 250000, 255, 252);
	/* one cluster */
	check_million("\u0301", 500000, 65, 64);
}
END_TEST

/* A segment that is cut for its length, and the pieces of what is before the cut. */
START_TEST(with_segments)
{
	const struct text text = build("", "a", 250, "");
	struct lafz_options options = options_of(LAFZ_RULES_DEFAULT, 64);
	options.max_segment = 100;
	const struct pieces found = pieces_of(&options, &text);
	static const size_t lens[] = {64, 36, 64, 36, 50};
	ck_assert_uint_eq(found.n, COUNT(lens));
	for (size_t i = 0; i < COUNT(lens); i++)
		ck_assert_uint_eq(found.lens[i], lens[i]);
	ck_assert_uint_eq(found.n_cut, 4);
	free((char *)text.ptr);
}
END_TEST

/* ---- What a piece has of the whole ---- */

struct tokens {
	struct lafz_token at[64]; /* their texts are gone */
	size_t n;
};

static int keep_token(void *ctx, const struct lafz_token *token)
{
	struct tokens *const tokens = ctx;
	ck_assert_uint_lt(tokens->n, COUNT(tokens->at));
	tokens->at[tokens->n++] = *token;
	return 0;
}

static bool is_like(const struct lafz_token *piece, const struct lafz_token *whole)
{
	return piece->par == whole->par && piece->sent == whole->sent && piece->run == whole->run &&
	       piece->lang == whole->lang && piece->confidence == whole->confidence &&
	       piece->kind == whole->kind && piece->script == whole->script &&
	       piece->flags == (whole->flags | LAFZ_FLAG_CUT);
}

/* Walks both rows of tokens side by side; returns how many were cut. */
static size_t compare(const struct tokens *whole, const struct tokens *cut)
{
	size_t k = 0, n_cut = 0;
	for (size_t i = 0; i < whole->n; i++) {
		struct lafz_token token = whole->at[i];
		if (token.surface_len > LAFZ_MIN_TOKEN) {
			n_cut++;
			for (; k < cut->n && cut->at[k].end < token.end; k++) {
				ck_assert(is_like(&cut->at[k], &token));
				ck_assert_uint_eq(cut->at[k].start, token.start);
				token.start = cut->at[k].end;
			}
			token.flags |= LAFZ_FLAG_CUT;
		}
		ck_assert_uint_lt(k, cut->n);
		const struct lafz_token *const last = &cut->at[k++];
		ck_assert_uint_eq(last->start, token.start);
		ck_assert_uint_eq(last->end, token.end);
		ck_assert_uint_eq(last->cend, token.cend);
		ck_assert_uint_eq(last->flags, token.flags);
		token.flags &= (uint16_t)~LAFZ_FLAG_CUT;
		ck_assert(last->flags == token.flags || is_like(last, &token));
		ck_assert_uint_eq(last->sent, token.sent);
		ck_assert_uint_eq(last->run, token.run);
	}
	ck_assert_uint_eq(k, cut->n);
	return n_cut;
}

#define KAF8 "\u06A9\u06A9\u06A9\u06A9\u06A9\u06A9\u06A9\u06A9"
#define A10 "aaaaaaaaaa"

/* Languages, runs, sentences and paragraphs of all tokens are those without a limit. */
START_TEST(all_else_is_the_same)
{
	static const struct text text = T(
		"Dr. Ahmad read it. He did: #" A10 A10 A10 A10 A10 A10 A10 "!\n"
		"\u062F\u0627 \u06A9\u062A\u0627\u0628 \u0689\u06D0\u0631 \u069A\u0647 "
		"\u062F\u06CC. " KAF8 KAF8 KAF8 KAF8 KAF8 " \u062F\u06CC.\n\nThen. " KAF8 KAF8
		"-" A10 A10 A10 A10 A10 A10 A10 ".");
	for (size_t r = 0; r < COUNT(every_rules); r++) {
		struct tokens whole = {.n = 0}, cut = {.n = 0};
		struct lafz_options options = options_of(every_rules[r], 0);
		ck_assert_int_eq(lafz_tokenize(text.ptr, text.len, &options, keep_token, &whole),
		                 LAFZ_OK);
		options.max_token = LAFZ_MIN_TOKEN;
		ck_assert_int_eq(lafz_tokenize(text.ptr, text.len, &options, keep_token, &cut),
		                 LAFZ_OK);
		ck_assert_uint_eq(compare(&whole, &cut), 3);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {borders, a_million_bytes, with_segments, all_else_is_the_same};
	return helper_run("cut", tests, COUNT(tests));
}
