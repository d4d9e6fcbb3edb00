/*
 * Stretches in which nothing can change (src/norm/calm.h), and those whose key is as long as they are (src/norm/key.h): the
 * functions of each kernel find as much as the plain ones, in every language, in text rich in what ends them, and read and
 * write nothing behind what they may.
 */
#include <stdio.h>
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
			/* letters that become others in some language */
			static const uint16_t changing[] = {0x629, 0x643, 0x647, 0x649, 0x64A, 0x6A9, 0x6BE, 0x6C1, 0x6CC, 0x6D5};
			const uint32_t any = rng_below(rng, 2) == 0 ? 0x600 + (uint32_t)rng_below(rng, 256) : changing[rng_below(rng, COUNT(changing))];
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
	struct calm_noted list[2] = {{.n = 0}, {.n = 0}};
	struct calm_noted *const noted[2] = {has_pairs ? &list[0] : NULL,
	                                     has_pairs ? &list[1] : NULL};
	const size_t expected = calm_len(table, &sieve, block, len, room, noted[0]);
	const size_t actual = calm_find(kernel)(table, &sieve, block, len, room, noted[1]);
	calm_noted_keep(&list[0], block, expected);
	calm_noted_keep(&list[1], block, expected);
	free(block);
	const bool is_same = list[0].n == list[1].n &&
	                     memcmp(list[0].at, list[1].at, list[0].n * sizeof *list[0].at) == 0;
	ck_assert_msg(expected == actual && is_same,
	              "%s, %s: expected %zu and %zu noted, actual %zu and %zu of %zu: %s", kernel,
	              lafz_lang_tag(lang) ? lafz_lang_tag(lang) : "und", expected, list[0].n,
	              actual, list[1].n, len, helper_show(text, len));
}

/* ---- Keys that may be shorter ---- */

#define MOST_TOKENS 8192

/* Whether a token may begin at a place: behind white space, and behind alef. */
static bool is_border(const char *text, size_t at)
{
	return at == 0 || text[at - 1] == ' ' || text[at - 1] == '\n' || (at >= 2 && memcmp(text + at - 2, "\xD8\xA7", 2) == 0);
}

/* The stretches without white space, parted behind alef, as columns. */
static size_t find_tokens(const char *text, size_t len, uint32_t *start, uint32_t *end)
{
	size_t n = 0;
	for (size_t at = 0; at < len; at++) {
		if (text[at] == ' ' || text[at] == '\n')
			continue;
		if (is_border(text, at))
			start[n++] = (uint32_t)at;
		end[n - 1] = (uint32_t)at + 1;
	}
	return n;
}

/*
 * The keys that the wide function makes are those of lafz_key, what lies between them is copied, and it passes over no token. What it
 * leaves is put in as batch_key does. Returns how many tokens it has left.
 */
static size_t expect_wide_keys(key_wide_function *wide, const char *text, size_t len)
{
	static uint32_t start[MOST_TOKENS], end[MOST_TOKENS], off[MOST_TOKENS], lens[MOST_TOKENS];
	const struct key_tokens tokens = {start, end, off, lens, find_tokens(text, len, start, end)};
	char *const block = malloc(len > 0 ? len : 1), *const out = malloc(4 * len + KEY_WIDE_ROOM);
	ck_assert(block && out);
	memcpy(block, text, len);
	struct key_progress place = {0};
	size_t n_left = 0;
	while (place.token < tokens.n) {
		wide(&place, &tokens, block, len, out);
		if (place.token == tokens.n)
			break;
		const size_t i = place.token++;
		const uint32_t gap = start[i] - place.at;
		memcpy(out + place.out, text + place.at, gap);
		off[i] = place.out + gap;
		lens[i] = (uint32_t)lafz_key(text + start[i], end[i] - start[i], out + off[i], 3 * len);
		place.at = end[i];
		place.out = off[i] + lens[i];
		n_left++;
	}
	uint32_t at = 0, out_at = 0;
	for (size_t i = 0; i < tokens.n; i++) {
		char expected[3 * MOST];
		const size_t n = lafz_key(text + start[i], end[i] - start[i], expected, sizeof expected);
		const bool is_same = off[i] - out_at == start[i] - at &&
		                     memcmp(out + out_at, text + at, start[i] - at) == 0 &&
		                     helper_equals(expected, n, out + off[i], lens[i]);
		ck_assert_msg(is_same, "key of token %zu, %zu bytes, actual %u: %s", i, n, lens[i],
		              helper_show(text + start[i], end[i] - start[i]));
		at = end[i];
		out_at = off[i] + lens[i];
	}
	free(block);
	free(out);
	return n_left;
}

START_TEST(keys_that_are_shorter)
{
	struct rng rng = {.state = 43};
	char text[40 * MOST];
	for (size_t k = 0; scan_kernel_at(k); k++) {
		key_wide_function *const wide = key_wide_find(scan_kernel_at(k)->name);
		if (!wide || !scan_kernel_at(k)->is_usable())
			continue;
		for (int round = 0; round < 30000; round++)
			expect_wide_keys(wide, text, make_text(&rng, text));
		for (int round = 0; round < 600; round++) {
			size_t len = 0;
			const uint32_t rarity = 1 + (uint32_t)rng_below(&rng, 20);
			while (len < sizeof text - MOST - 4) {
				/* some texts have little in them that changes */
				if (rng_below(&rng, rarity) == 0)
					len += make_text(&rng, text + len);
				else
					text[len++] = 'a';
				text[len++] = rng_below(&rng, 2) ? ' ' : '\n';
			}
			expect_wide_keys(wide, text, len);
		}
		/* nothing here is left to the slow way */
		static const char easy[] = "\xD8\xA8\xD9\x8E\xD9\x83\xD9\x92 \xC3\xA9T\xC3\x89 "
					   "\xD9\xA1\xD9\xA2 \xE2\x80\x9C \xD8\xB1\xD8\xA6\xDB\x8C\xD8\xB3 "
					   "\xD8\xA6\xD8\xA8 \xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE \xD9\x85\xD9\x88\xD8\xA1 "
					   "don\xE2\x80\x99t \xC2\xAB";
		for (size_t shift = 0; shift < 70; shift++) {
			memset(text, 'a', shift);
			text[shift] = ' ';
			memcpy(text + shift + 1, easy, sizeof easy - 1);
			ck_assert_uint_eq(expect_wide_keys(wide, text, shift + sizeof easy), 0);
		}
	}
}
END_TEST

/* Letters by place behind everything that matters, at every place of a block and across two; and a key of each token is asked for. */
START_TEST(keys_by_place)
{
	static const char *const before[] = {"", " ", "\n", "a", "\xD8\xA7", "\xD9\x87", "\xD8\xA9", "\xDB\x80", "\xDA\xBE", "\xDB\x95",
	                                     "\xD9\x8E", "\xD8\xA8\xD9\x8E", "\xD9\xA1", "\xD8\x8C", "\xC3\xA9", "\xD8\xA6", "\xD8\xA1",
	                                     "\xDA\x95", "\xD9\x87\xE2\x80\x8C"};
	static const char *const letters[] = {"\xD8\xA1", "\xD8\xA6", "\xDA\x95"};
	static const char *const behind[] = {"", " ", "\xD8\xA8", "\xD9\x8E", "\xD8\xA6", "\xE2\x80\x8C\xD8\xA8"};
	for (size_t k = 0; scan_kernel_at(k); k++) {
		key_wide_function *const wide = key_wide_find(scan_kernel_at(k)->name);
		if (!wide || !scan_kernel_at(k)->is_usable())
			continue;
		for (size_t i = 0; i < COUNT(before) * COUNT(letters) * COUNT(behind) * 67; i++) {
			const size_t shift = i % 67, b = i / 67 % COUNT(before), rest = i / 67 / COUNT(before);
			char text[160];
			memset(text, ' ', sizeof text);
			const int n = snprintf(text + shift, sizeof text - shift, "%s%s%s", before[b], letters[rest % COUNT(letters)],
			                       behind[rest / COUNT(letters)]);
			text[shift + (size_t)n] = 'b';
			expect_wide_keys(wide, text, sizeof text);
			expect_wide_keys(wide, text, shift + (size_t)n);
		}
	}
}
END_TEST

/* Tokens so long that sixteen of them lie far apart, and such that marks are dropped from. */
START_TEST(keys_of_long_tokens)
{
	struct rng rng = {.state = 71};
	static char text[40 * MOST];
	for (size_t k = 0; scan_kernel_at(k); k++) {
		key_wide_function *const wide = key_wide_find(scan_kernel_at(k)->name);
		if (!wide || !scan_kernel_at(k)->is_usable())
			continue;
		for (int round = 0; round < 500; round++) {
			size_t len = 0;
			const size_t longest = 1 + rng_below(&rng, 90), rarity = 1 + rng_below(&rng, 9);
			while (len + 3 * MOST < sizeof text) {
				for (size_t n = 1 + rng_below(&rng, longest); n > 0; n--) {
					len += helper_encode(0x627 + (uint32_t)rng_below(&rng, 20), text + len);
					if (rng_below(&rng, rarity) == 0)
						len += helper_encode(rng_below(&rng, 3) ? 0x64E : 0x626, text + len);
				}
				text[len++] = ' ';
			}
			expect_wide_keys(wide, text, len);
		}
	}
}
END_TEST

static void expect_same_of_all(uint16_t lang, const char *text, size_t len, size_t room)
{
	for (size_t k = 0; scan_kernel_at(k); k++) {
		if (!scan_kernel_at(k)->is_usable())
			continue;
		expect_same(scan_kernel_at(k)->name, lang, text, len, room, false);
		expect_same(scan_kernel_at(k)->name, lang, text, len, room, true);
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

/* More letters that become others than there is room for in the list. */
START_TEST(more_than_are_noted)
{
	enum { LETTERS = 3 * CALM_NOTED };
	char text[3 * LETTERS];
	for (size_t word = 1; word < 12; word++) {
		size_t n = 0;
		for (size_t i = 1; i <= LETTERS; i++) {
			n += helper_encode(i % 3 == 0 ? 0x64A : 0x643, text + n);
			if (i % word == 0)
				text[n++] = ' ';
		}
		expect_same_of_all(LANG_FA, text, n, n);
		expect_same_of_all(LANG_PS, text, n, n);
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
	const TTest *const tests[] = {random_texts, more_than_are_noted, every_character, keys_that_are_shorter, keys_by_place, keys_of_long_tokens,
	                              languages_know_no_more_than_none};
	return helper_run("calm", tests, COUNT(tests));
}
