/*
 * What the run stage knows of words: how they are read, the memo of those it has met, and the table of weights.
 */
#include <stdio.h>
#include <string.h>

#include "helper.h"

#include "lang.h"
#include "run/evidence.h"
#include "run/run.h"
#include "unicode/ucd.h"

/* ---- Words ---- */

/* A letter of Latin script: of ASCII, of two bytes, or, seldom, any byte. Its bytes. */
static size_t put_latin(struct rng *rng, uint8_t bytes[2])
{
	const size_t kind = rng_below(rng, 64);
	bytes[0] = (uint8_t)(kind == 0 ? rng_below(rng, 256) : kind < 48 ? 'A' + rng_below(rng, 0x2C) : 0xC2 + rng_below(rng, 5));
	bytes[1] = (uint8_t)(0x80 + rng_below(rng, 0x40));
	return kind < 48 ? 1 : 2;
}

/* n bytes; the last letter may be cut off. */
static void put_latin_word(struct rng *rng, uint8_t *bytes, size_t n)
{
	for (size_t len = 0; len < n;) {
		uint8_t letter[2];
		const size_t own = put_latin(rng, letter);
		for (size_t k = 0; k < own && len < n; k++)
			bytes[len++] = letter[k];
	}
}

/* A word of letters that the table knows, and of others, is read as grams_read does. */
START_TEST(test_reader)
{
	static struct reader reader;
	struct rng rng = {1};
	size_t n_quick = 0;
	reader_prepare(&reader);
	for (size_t i = 0; i < 100000; i++) {
		const size_t script = rng_below(&rng, 2), n = 1 + rng_below(&rng, READER_QUICK);
		/* letters of all words, or any */
		const uint32_t first = rng_below(&rng, 4) == 0 ? 0 : 0x27;
		uint8_t letters[READER_QUICK];
		char text[2 * READER_QUICK];
		for (size_t k = 0; script == RUN_ARAB && k < n; k++) {
			letters[k] = (uint8_t)(first + rng_below(&rng, first ? 0x2C : 256));
			text[2 * k] = (char)(unsigned char)(0xD8 | letters[k] >> 6);
			text[2 * k + 1] = (char)(unsigned char)(0x80 | (letters[k] & 0x3F));
		}
		if (script == RUN_LATN) {
			put_latin_word(&rng, letters, n);
			memcpy(text, letters, n);
		}
		struct reading quick, all;
		if (!reader_read_quick(&reader, script, letters, n, &quick))
			continue;
		n_quick++;
		reader_read(&reader, script, text, script == RUN_ARAB ? 2 * n : n, &all);
		ck_assert_uint_eq(quick.word.n, all.word.n);
		ck_assert_mem_eq(quick.word.symbols, all.word.symbols, sizeof all.word.symbols);
		ck_assert_uint_eq(quick.rows & ~1u, all.rows & ~1u);
		ck_assert_uint_eq(quick.harakat, all.harakat);
		ck_assert(quick.is_upper == all.is_upper && quick.is_arabic == all.is_arabic &&
		          quick.is_head == all.is_head);
	}
	ck_assert_uint_gt(n_quick, 20000);
}
END_TEST

/* What memo_get finds of a word that begins a text of so many bytes; NULL: nothing, or it is not asked. */
static const struct evidence_word *get(const struct evidence *evidence, size_t script, const char *text, size_t len,
                                       size_t room)
{
	return room >= MEMO_READ ? memo_get(&evidence->memo, memo_key_quick(script, text, len)) : NULL;
}

/*
 * Words of one to sixty bytes that begin alike, at the end of what may be read and before it, once
 * and again: the memo knows them apart.
 */
static void check_memo(size_t script, const char *letters, size_t n, size_t step, size_t n_wanted)
{
	struct evidence known = {0}, fresh = {.is_uncached = true};
	char text[128] = {0};
	size_t n_hits = 0;
	ck_assert_int_eq(evidence_prepare(&known, &mem_default), LAFZ_OK);
	ck_assert_int_eq(evidence_prepare(&fresh, &mem_default), LAFZ_OK);
	for (size_t round = 0; round < 3; round++) {
		for (size_t len = step; len <= n; len += step) {
			const size_t room = round == 1 ? len : sizeof text;
			memcpy(text, letters, len);
			const struct evidence_word *const hit = get(&known, script, text, len, room);
			n_hits += round == 2 && hit;
			const struct evidence_word a =
				hit ? *hit : *evidence_find(&known, script, letters, len);
			const struct evidence_word b =
				*evidence_find(&fresh, script, letters, len);
			ck_assert_msg(memcmp(&a, &b, sizeof a) == 0, "%zu bytes", len);
		}
	}
	/* All short ones of the last round, but for a few that share a place. */
	ck_assert_uint_ge(n_hits + 2, n_wanted);
	ck_assert_uint_le(n_hits, n_wanted);
	evidence_free(&known, &mem_default);
	evidence_free(&fresh, &mem_default);
}

START_TEST(test_memo)
{
	static const char latin[] = "thequickbrownfoxjumpsoverthelazydogandwaxquiteanotherworddd";
	/* all pairs; a joiner of three bytes behind the first letter: two of the lengths, 5 and 10, are tried */
	static const char arabic[] = "\u0632\u0645\u0648\u0646\u0696\u0647\u067E\u0648\u0647\u0646"
				     "\u062A\u0648\u0646\u06A9\u06D0\u062F\u0648\u0627\u062F\u06CC"
				     "\u0681\u0627\u06CC\u0648\u0646\u06D2\u0634\u06C7\u06CE\u0637";
	static const char joined[] = "\u0632\u200C\u0648\u0646\u0696\u0647\u067E\u0648\u0647\u0646"
				     "\u062A\u0648\u0646\u06A9\u06D0\u062F\u0648\u0627\u062F\u06CC"
				     "\u0681\u0627\u06CC\u0648\u0646\u06D2\u0634\u06C7\u06CE\u0637";
	static const char *const short_ones[] = {
		"\u0645\u06CC\u200C\u0634\u0648\u062F", "\u0647\u0627\u200C", "\u200C\u0647\u0627",
		"\u0646\u0645\u06CC\u200C\u0622\u0645\u062F\u0647\u200C\u0627\u0646\u062F",
		"\u0645\u06CC\u200C\u200C\u0634\u0648\u062F"};
	check_memo(RUN_LATN, latin, sizeof latin - 1, 1, MEMO_BYTES);
	check_memo(RUN_ARAB, arabic, sizeof arabic - 1, 2, MEMO_PAIRS / 2);
	check_memo(RUN_ARAB, joined, sizeof joined - 1, sizeof joined - 1, 0);
	/* short ones, with one and with two */
	for (size_t i = 0; i < COUNT(short_ones); i++)
		check_memo(RUN_ARAB, short_ones[i], strlen(short_ones[i]), strlen(short_ones[i]), 1);
}
END_TEST

/* Words of all kinds that come again while the memo grows from its first size to its last: none gets another's scores. */
START_TEST(test_memo_grows)
{
	struct evidence known = {0}, fresh = {.is_uncached = true};
	struct rng rng = {1};
	ck_assert_int_eq(evidence_prepare(&known, &mem_default), LAFZ_OK);
	ck_assert_int_eq(evidence_prepare(&fresh, &mem_default), LAFZ_OK);
	const uint32_t n_first = known.memo.n_places;
	for (size_t i = 0; i < 400000; i++) {
		char word[MEMO_READ + 64] = {0};
		const size_t script = rng_below(&rng, 2);
		const size_t number = rng_below(&rng, 200000), n = 1 + number % 22;
		/* Arabic script: U+0621 to U+0628, and a ZWNJ behind one of them, if there is such a letter */
		const size_t joint = rng_below(&rng, 64);
		for (size_t k = 0; k < n; k++) {
			const char letter = (char)('a' + (number >> 3 * (k % 6)) % 8);
			const char pair[] = {'\xD8', (char)(letter + 0x40), '\0'};
			strcat(word, script == RUN_ARAB ? pair : (const char[]){letter, '\0'});
			if (script == RUN_ARAB && k == joint)
				strcat(word, "\u200C");
		}
		memo_grow(&known.memo, &mem_default);
		const size_t len = strlen(word);
		const struct evidence_word *const hit = get(&known, script, word, len, sizeof word);
		const struct evidence_word a = hit ? *hit : *evidence_find(&known, script, word, len);
		if (i % 16 == 0) {
			const struct evidence_word b = *evidence_find(&fresh, script, word, len);
			ck_assert_msg(memcmp(&a, &b, sizeof a) == 0, "%s", word);
		}
	}
	ck_assert_uint_gt(known.memo.n_places, 16 * n_first);
	evidence_free(&known, &mem_default);
	evidence_free(&fresh, &mem_default);
}
END_TEST

/* Where most words are new, the memo grows in fewer steps, to the same size. */
START_TEST(test_memo_skips)
{
	uint32_t n_places[2] = {0};
	for (size_t i = 0; i < 2; i++) {
		struct memo memo = {0};
		ck_assert_int_eq(memo_prepare(&memo, &mem_default), LAFZ_OK);
		memo_enlarge(&memo, &mem_default);
		memo.n_used = memo.n_places / 4 * 5;
		memo.n_asked = (size_t)memo.n_used * (i == 0 ? 2 : 4);
		memo_grow(&memo, &mem_default);
		n_places[i] = memo.n_places;
		if (i == 1)
			memo_enlarge(&memo, &mem_default);
		ck_assert_uint_eq(memo.n_places, n_places[0]);
		memo_free(&memo, &mem_default);
	}
	ck_assert_uint_eq(n_places[0], 2 * n_places[1]);
}
END_TEST

static struct memo_key numbered_key(size_t i)
{
	char word[MEMO_READ] = {0};
	const int len = snprintf(word, sizeof word, "%zux%zu", i % 97, i);
	return memo_key_bytes(word, (size_t)len);
}

/* How many of so many words it has, each with its value. */
static size_t count_kept(const struct memo *memo, size_t n)
{
	size_t n_kept = 0;
	for (size_t i = 0; i < n; i++) {
		const unsigned char *const value = memo_get(memo, numbered_key(i));
		ck_assert(!value || value[0] == i % 251);
		n_kept += value != NULL;
	}
	return n_kept;
}

/* The value of a word without a key. */
static void *find_long(struct memo *memo, bool *is_new)
{
	static const char word[MEMO_READ] = "abcdefghijklmnopqrstuvwxyz";
	const struct memo_long found = memo_ask_for_long(memo, RUN_LATN, word, strlen(word));
	return memo_get_long(memo, &found, is_new);
}

/* What grows in place has all that it had, and as much room for others as what is made anew. */
START_TEST(test_memo_in_place)
{
	struct memo memo = {0};
	bool is_new;
	size_t n = 0;
	ck_assert_int_eq(memo_prepare(&memo, &mem_default), LAFZ_OK);
	while (memo.n_places < memo.n_room || memo.n_room < 100000) {
		for (; memo.n_used < memo.n_places / 4 * 5; n++)
			memset(memo_add(&memo, numbered_key(n)), (int)(n % 251), MEMO_VALUE);
		memset(find_long(&memo, &is_new), 7, MEMO_VALUE);
		const bool is_in_place = memo.n_places < memo.n_room;
		const size_t n_kept = count_kept(&memo, n), n_places = memo.n_places, n_used = memo.n_used;
		memo_grow(&memo, &mem_default);
		ck_assert_uint_gt(memo.n_places, n_places);
		ck_assert_msg(n_kept > n - n / 32, "%zu of %zu words", n_kept, n);
		if (is_in_place) {
			ck_assert_uint_eq(count_kept(&memo, n), n_kept);
			ck_assert_uint_eq(memo.n_used, n_used);
			find_long(&memo, &is_new);
			ck_assert(!is_new);
		}
	}
	memo_free(&memo, &mem_default);
}
END_TEST

/* Words that the memo has room for drive few others out: five in eight of what it holds, which is when it grows. */
START_TEST(test_memo_keeps)
{
	struct memo memo = {0};
	size_t n_kept = 0;
	ck_assert_int_eq(memo_prepare(&memo, &mem_default), LAFZ_OK);
	const size_t n = memo.n_places / 4 * 5;
	for (size_t pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < n; i++) {
			const struct memo_key key = numbered_key(i);
			if (pass == 0)
				memset(memo_add(&memo, key), (int)(i % 256), MEMO_VALUE);
			const unsigned char *const value = memo_get(&memo, key);
			ck_assert(value ? value[0] == i % 256 && value[MEMO_VALUE - 1] == i % 256 : pass == 1);
			n_kept += pass == 1 && value;
		}
	}
	ck_assert_msg(n_kept > n - n / 32, "%zu of %zu words", n_kept, n);
	memo_free(&memo, &mem_default);
}
END_TEST

/* ---- The table ---- */

START_TEST(test_model)
{
	size_t size;
	const unsigned char *const bytes = model_bytes(&size);
	ck_assert(model_is_sound(bytes, size));
	ck_assert_uint_le(size, 2000000);
	ck_assert(!model_is_sound(bytes, size - 1));
	ck_assert(!model_is_sound(bytes, 10));
}
END_TEST

/* The columns are the languages that lang_list.h calls detected, in its order. */
START_TEST(test_columns)
{
	static const struct {
		const char *tag;
		uint8_t script;
		unsigned support;
	} langs[] = {
#define LANG_ROW(name, tag, script, support) {tag, UCD_SCRIPT_##script, support},
		LANG_LIST(LANG_ROW)
#undef LANG_ROW
	};
	size_t n[RUN_SCRIPTS] = {0};
	for (size_t i = 0; i < COUNT(langs); i++) {
		if (!(langs[i].support & LAFZ_LANG_DETECTED))
			continue;
		const enum run_script script = langs[i].script == UCD_SCRIPT_ARAB ? RUN_ARAB
		                                                                  : RUN_LATN;
		ck_assert_str_eq(model_tag(script, n[script]++), langs[i].tag);
	}
	for (size_t s = 0; s < RUN_SCRIPTS; s++) {
		ck_assert_uint_lt(n[s], model_columns(s));
		ck_assert_str_eq(model_tag(s, model_columns(s) - 1), "und");
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		test_reader,
		test_memo,
		test_memo_grows,
		test_memo_skips,
		test_memo_in_place,
		test_memo_keeps,
		test_model,
		test_columns,
	};
	return helper_run("memo", tests, COUNT(tests));
}
