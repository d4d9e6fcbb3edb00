/*
 * Stretches in which nothing can change (src/norm/calm.h), and those whose key is as long as they are (src/norm/key.h): the
 * functions of each kernel find as much as the plain ones, in every language, in text rich in what ends them, and read and
 * write nothing behind what they may.
 */
#include <stdlib.h>
#include <string.h>

#include "helper.h"
#include "lang.h"
#include "norm/calm.h"
#include "norm/key.h"
#include "scan/scan.h"

#define MOST 200

/* Mostly letters of one alphabet, as in real text; now and then anything. */
static size_t make_text(struct rng *rng, char *out)
{
	static const char *const odd[] = {"\xE2\x80\x8C", "\xE2\x80\x99", "\xE2\x80\xA8", "\xC3\xA9", "\xCC\x81",
	                                  "\xD9",         "\x80",         "\xF0\x9F\x98\x80", "\xDC\x90", "\xE0\xA4\x95",
	                                  "\xD8\x41",     "\xC2\xA0",     "\xEF\xBB\xBF"};
	const size_t len = rng_below(rng, MOST), rarity = 2 + rng_below(rng, 100);
	size_t n = 0;
	while (n + 4 <= len) {
		char bytes[4];
		size_t size = 0;
		if (rng_below(rng, rarity) == 0) {
			const char *const one = odd[rng_below(rng, COUNT(odd))];
			size = strlen(one);
			memcpy(bytes, one, size);
		} else if (rng_below(rng, rarity) == 0) {
			size = helper_encode(0x64B + (uint32_t)rng_below(rng, 11), bytes);
		} else if (rng_below(rng, 4) == 0) {
			bytes[size++] = (char)(' ' + rng_below(rng, 95));
		} else {
			const uint32_t any = 0x600 + (uint32_t)rng_below(rng, 256);
			const uint32_t usual = 0x627 + (uint32_t)rng_below(rng, 20);
			size = helper_encode(rng_below(rng, rarity) == 0 ? any : usual, bytes);
		}
		memcpy(out + n, bytes, size);
		n += size;
	}
	return n;
}

static void expect_same(const char *kernel, uint16_t lang, const char *text, size_t len,
                        size_t room, bool has_pairs)
{
	const struct fold_table *const table = fold_table(lang);
	struct calm_sieve sieve;
	calm_sieve_make(&sieve, table);
	/* a block of its own, so that a sanitizer sees what is read behind it */
	char *const block = malloc(room > 0 ? room : 1);
	ck_assert_ptr_nonnull(block);
	memcpy(block, text, room);
	struct calm_pairs pairs[2] = {{.n = 0}, {.n = 0}};
	struct calm_pairs *const noted[2] = {has_pairs ? &pairs[0] : NULL,
	                                     has_pairs ? &pairs[1] : NULL};
	const size_t expected = calm_len(table, &sieve, block, len, room, noted[0]);
	const size_t actual = calm_find(kernel)(table, &sieve, block, len, room, noted[1]);
	calm_pairs_keep(&pairs[0], block, expected);
	calm_pairs_keep(&pairs[1], block, expected);
	free(block);
	const bool is_same = pairs[0].n == pairs[1].n &&
	                     memcmp(pairs[0].at, pairs[1].at, pairs[0].n * sizeof *pairs[0].at) == 0;
	ck_assert_msg(expected == actual && is_same,
	              "%s, %s: expected %zu and %zu pairs, actual %zu and %zu of %zu: %s", kernel,
	              lafz_lang_tag(lang) ? lafz_lang_tag(lang) : "und", expected, pairs[0].n,
	              actual, pairs[1].n, len, helper_show(text, len));
}

static void expect_same_key(const char *kernel, const char *text, size_t len)
{
	char *const block = malloc(len > 0 ? len : 1), *const out = malloc(len > 0 ? len : 1);
	char expected[MOST + 4];
	ck_assert(block && out);
	memcpy(block, text, len);
	const size_t n = key_plain(block, len, expected), actual = key_find(kernel)(block, len, out);
	const bool is_same = n == actual && memcmp(out, expected, n) == 0;
	free(block);
	free(out);
	ck_assert_msg(is_same, "%s: key of %zu bytes, expected of %zu, or another one: %s", kernel, actual, n,
	              helper_show(text, len));
}

static void expect_same_of_all(uint16_t lang, const char *text, size_t len, size_t room)
{
	for (size_t k = 0; scan_kernel_at(k); k++) {
		if (!scan_kernel_at(k)->is_usable())
			continue;
		expect_same(scan_kernel_at(k)->name, lang, text, len, room, false);
		expect_same(scan_kernel_at(k)->name, lang, text, len, room, true);
		expect_same_key(scan_kernel_at(k)->name, text, len);
	}
}

START_TEST(random_texts)
{
	struct rng rng = {.state = 31};
	char text[MOST + 4];
	for (int round = 0; round < 60000; round++) {
		const size_t room = make_text(&rng, text);
		const size_t len = rng_below(&rng, 3) == 0 ? rng_below(&rng, room + 1) : room;
		expect_same_of_all((uint16_t)rng_below(&rng, LANG_COUNT), text, len, room);
	}
}
END_TEST

/* Every character of two bytes beside letters and beside a mark, at every place of a block. */
START_TEST(every_character)
{
	for (uint32_t cp = 0x80; cp < 0x800; cp++) {
		char text[128];
		const size_t place = 2 * (cp % 40) + cp % 2;
		size_t n = 0;
		while (n < place)
			text[n++] = 'a';
		n += helper_encode(0x628, text + n);
		n += helper_encode(cp, text + n);
		n += helper_encode(cp % 3 == 0 ? 0x64E : 0x627, text + n);
		while (n < 110)
			text[n++] = ' ';
		for (uint16_t lang = 0; lang < LANG_COUNT; lang++)
			expect_same_of_all(lang, text, n, n);
	}
}
END_TEST

/* So that one look serves tokens of a language and tokens of none (src/batch/batch_norm.c). */
START_TEST(languages_know_no_more_than_none)
{
	const uint8_t *const none = fold_table(LANG_UND)->calm;
	for (uint16_t lang = 0; lang < LANG_COUNT; lang++) {
		const uint8_t *const calm = fold_table(lang)->calm;
		for (uint32_t pair = 0; pair < FOLD_PAIRS; pair++)
			ck_assert_msg(none[pair] <= calm[pair], "%s, pair %x: %u, without a language %u",
			              lafz_lang_tag(lang) ? lafz_lang_tag(lang) : "und", pair, calm[pair],
			              none[pair]);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {random_texts, every_character, languages_know_no_more_than_none};
	return helper_run("calm", tests, COUNT(tests));
}
