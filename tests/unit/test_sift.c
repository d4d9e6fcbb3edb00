/*
 * What plain lines do not hold (src/text/sift.h): the plain function against a look at each byte and against calm_len, those of the
 * other kernels against the plain one, in every language, in text rich in what is odd or restless. Nothing is read behind the text.
 */
#include <stdlib.h>
#include <string.h>

#include "helper.h"
#include "lang.h"
#include "norm/calm.h"
#include "scan/scan.h"
#include "text/sift.h"

#define MOST 300
#define WORDS (MOST / 64 + 1)

struct bits {
	uint64_t odd[WORDS], restless[WORDS], pairs[WORDS];
};

static bool has_bit(const uint64_t *bits, size_t i)
{
	return bits[i / 64] >> i % 64 & 1;
}

/* Well-formed. Mostly letters of one alphabet; white space, marks and others now and then, or often. */
static size_t make_text(struct rng *rng, char *out)
{
	static const char *const others[] = {
		"\n", "\r\n", "\r", "  ", "\t", "\n\n", " \n", "\r\n\r\n", "\x7F", "\x1F", "\v", "\n ", "\xE2\x80\x8C", "\xE2\x80\x99",
		"\xE2\x80\xA8", "\xC3\xA9", "\xCC\x81", "\xC2\xA0", "\xC2\xAB", "\xF0\x9F\x98\x80", "\xDC\x90", "\xE0\xA4\x95",
		"\xEF\xBB\xBF", "\xE2\x81\x80", "\xCC\x80", "\xCB\xBF",
	};
	const size_t len = rng_below(rng, MOST + 1), rarity = 1 + rng_below(rng, 60);
	size_t n = 0;
	while (n + 4 <= len) {
		if (rng_below(rng, rarity) == 0) {
			const char *const one = others[rng_below(rng, COUNT(others))];
			memcpy(out + n, one, strlen(one));
			n += strlen(one);
		} else if (rng_below(rng, rarity) == 0) {
			n += helper_encode(0x64B + (uint32_t)rng_below(rng, 11), out + n);
		} else if (rng_below(rng, 4) == 0) {
			out[n++] = (char)(' ' + rng_below(rng, 95));
		} else {
			const uint32_t any = 0x600 + (uint32_t)rng_below(rng, 256);
			const uint32_t usual = 0x627 + (uint32_t)rng_below(rng, 20);
			n += helper_encode(rng_below(rng, rarity) == 0 ? any : usual, out + n);
		}
	}
	return n;
}

static struct bits sift(sift_function *function, uint16_t lang, const char *text, size_t len)
{
	const struct fold_table *const table = fold_table(lang);
	struct calm_sieve sieve;
	struct bits bits;
	calm_sieve_make(&sieve, table);
	memset(&bits, 0xAA, sizeof bits);
	const struct sift_text request = {text, (uint32_t)len, table, &sieve};
	function(&request, &(struct sift_bits){bits.odd, bits.restless, bits.pairs});
	return bits;
}

/* Byte by byte for what is odd; what is calm must be as much as calm_len finds, with the same marks that change places. */
static void expect_right(uint16_t lang, const char *text, size_t len)
{
	const struct fold_table *const table = fold_table(lang);
	const struct bits bits = sift(sift_plain, lang, text, len);
	for (size_t i = 0; i < len; i++) {
		const char before = i > 0 ? text[i - 1] : '\n', next = i + 1 < len ? text[i + 1] : '\0';
		ck_assert_msg(has_bit(bits.odd, i) == sift_is_odd(before, text[i], next), "byte %zu of %s", i,
		              helper_show(text, len));
	}
	struct calm_noted pairs = {.n = 0};
	size_t expected = calm_len(table, NULL, text, len, len, &pairs);
	calm_noted_keep(&pairs, text, expected);
	/* up to a letter that becomes another one */
	for (size_t k = 0; k < pairs.n; k++) {
		if (!calm_is_letter(text, pairs.at[k]))
			continue;
		expected = pairs.at[k];
		pairs.n = k;
	}
	size_t at = sift_next(bits.restless, 0), n = 0;
	while (at < len && calm_char(table, text, at, len, NULL) > 0)
		at = sift_next(bits.restless, (uint32_t)at + 1);
	for (size_t i = 0; i < at && i < len; i++) {
		if (!has_bit(bits.pairs, i) || !calm_is_turned(text, i))
			continue;
		ck_assert_msg(n < pairs.n && pairs.at[n] == i, "pair at %zu of %s", i, helper_show(text, len));
		n++;
	}
	ck_assert_msg(at == expected && n == pairs.n, "expected %zu and %zu pairs, actual %zu and %zu of %zu: %s", expected,
	              pairs.n, at, n, len, helper_show(text, len));
	ck_assert(sift_next(bits.odd, (uint32_t)len) == len && has_bit(bits.restless, len));
}

/* The kernel's function finds what the plain one finds; fewer characters that are calm may be among the restless ones. */
static void expect_same(const char *kernel, uint16_t lang, const char *text, size_t len)
{
	/* a block of its own, so that a sanitizer sees what is read behind it */
	char *const block = malloc(len > 0 ? len : 1);
	ck_assert_ptr_nonnull(block);
	memcpy(block, text, len);
	const struct bits expected = sift(sift_plain, lang, block, len), actual = sift(sift_find(kernel), lang, block, len);
	free(block);
	for (size_t i = 0; i <= len; i++) {
		const bool was = has_bit(expected.restless, i), is = has_bit(actual.restless, i);
		const bool is_same = has_bit(expected.odd, i) == has_bit(actual.odd, i) &&
		                     (i == len || has_bit(expected.pairs, i) == has_bit(actual.pairs, i)) &&
		                     (was == is || (was && i < len && calm_char(fold_table(lang), text, i, len, NULL) > 0));
		ck_assert_msg(is_same, "%s, %s: byte %zu of %zu: %s", kernel, lafz_lang_tag(lang) ? lafz_lang_tag(lang) : "und",
		              i, len, helper_show(text, len));
	}
}

static void expect_same_of_all(uint16_t lang, const char *text, size_t len)
{
	for (size_t k = 0; scan_kernel_at(k); k++)
		if (scan_kernel_at(k)->is_usable())
			expect_same(scan_kernel_at(k)->name, lang, text, len);
}

START_TEST(random_texts)
{
	struct rng rng = {.state = 57};
	char text[MOST + 4];
	for (int round = 0; round < 12000; round++) {
		const size_t len = make_text(&rng, text);
		const uint16_t lang = (uint16_t)rng_below(&rng, LANG_COUNT);
		expect_right(lang, text, len);
		expect_same_of_all(lang, text, len);
	}
}
END_TEST

/* Every character of two bytes between letters and marks, and ZWNJ before and behind it, at every place of a block. */
START_TEST(every_character)
{
	for (uint32_t cp = 0x80; cp < 0x800; cp++) {
		char text[160];
		size_t n = 0;
		while (n < cp % 67)
			text[n++] = 'a';
		n += helper_encode(0x628, text + n);
		n += helper_encode(cp, text + n);
		n += helper_encode(0x200C, text + n);
		n += helper_encode(cp, text + n);
		n += helper_encode(cp % 3 == 0 ? 0x64E : 0x627, text + n);
		n += helper_encode(cp % 5 == 0 ? 0x651 : 0x62A, text + n);
		while (n < 140)
			text[n++] = 'b';
		const uint16_t langs[] = {LANG_UND, (uint16_t)(cp % LANG_COUNT), (uint16_t)((cp / 7 + 1) % LANG_COUNT)};
		for (size_t k = 0; k < COUNT(langs); k++) {
			expect_right(langs[k], text, n);
			expect_same_of_all(langs[k], text, n);
		}
	}
}
END_TEST

/* Every length up to three blocks, with and without white space at the end. */
START_TEST(every_length)
{
	char text[200] = {0};
	for (size_t len = 0; len < 195; len++) {
		for (size_t k = 0; k < len; k++)
			text[k] = k % 7 == 6 ? ' ' : 'c';
		expect_same_of_all(LANG_UND, text, len);
		if (len > 1) {
			text[len - 1] = '\r';
			expect_same_of_all(LANG_UND, text, len);
			text[len - 2] = text[len - 1] = '\n';
			expect_right(LANG_UND, text, len);
			expect_same_of_all(LANG_UND, text, len);
		}
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {random_texts, every_character, every_length};
	return helper_run("sift", tests, COUNT(tests));
}
