/*
 * The laws of norms: alphabets are safe, the norm of a norm is itself, and it is composed, with options too; that long rows of marks
 * take linear time, and what happens without memory.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper.h"
#include "lang.h"
#include "norm/fold.h"
#include "norm/norm.h"
#include "norm/places.h"
#include "norm_text.h"
#include "quick_check.h"
#include "unicode/nfc.h"
#include "unicode/utf8.h"

/* ---- Laws ---- */

/* No profile changes a letter of its own alphabet by itself, wherever it stands. */
START_TEST(test_alphabets)
{
	struct norm norm = {0};
	struct buf out = {0};
	size_t languages = 0;
	for (uint16_t lang = 0; lang < LANG_COUNT; lang++) {
		const uint16_t *cps = NULL;
		const size_t n = fold_alphabet(lang, &cps);
		languages += n > 0;
		const struct norm_request request = norm_text_word(lang);
		for (size_t i = 0; i < n; i++) {
			const uint32_t word[] = {0x628, cps[i], 0x628};
			const struct {
				size_t from, n;
			} places[] = {{1, 1}, {1, 2}, {0, 3}, {0, 2}};
			for (size_t k = 0; k < LENGTH(places); k++) {
				char text[16], what[64];
				const size_t len = norm_text_encode(word + places[k].from, places[k].n, text);
				snprintf(what, sizeof what, "language %u, U+%04X, place %zu",
				         (unsigned)lang, cps[i], k);
				norm_text_of(&norm, &request, text, len, &out);
				norm_text_expect(what, out.ptr, out.len, text, len);
			}
		}
	}
	ck_assert_uint_eq(languages, 15);
	norm_free(&norm, &mem_default);
	buf_free(&out, &mem_default);
}
END_TEST

static void expect_composed(struct nfc *nfc, const char *what, const char *text, size_t len)
{
	static uint32_t cps[4096];
	char composed[4096];
	size_t n = 0;
	for (size_t off = 0; off < len; n++) {
		const struct utf8 c = utf8_decode(text + off, len - off);
		if (c.status != UTF8_CHAR)
			ck_abort_msg("%s: ill-formed", what);
		cps[n] = c.cp;
		off += c.len;
	}
	const ptrdiff_t left = nfc_compose(nfc, &mem_default, cps, n, LENGTH(cps));
	if (left < 0)
		ck_abort_msg("%s: not composed", what);
	norm_text_expect(what, text, len, composed, norm_text_encode(cps, (size_t)left, composed));
}

/*
 * The norm of a norm is the same norm; it is composed; it is never empty; and a word that the short look at bytes
 * leaves alone is what the long way makes of it (a control behind it forces that).
 */
START_TEST(test_laws)
{
	static const uint8_t kinds[] = {LAFZ_KIND_WORD, LAFZ_KIND_WORD, LAFZ_KIND_HASHTAG,
	                                LAFZ_KIND_NUMBER};
	struct norm norm = {0};
	struct nfc nfc = {0};
	struct buf once = {0}, twice = {0};
	uint64_t state = 20240601;
	for (size_t round = 0; round < 20000; round++) {
		char text[MOST_CPS * UTF8_MAX];
		size_t len = norm_text_any(&state, text);
		char what[1200], in_hex[1024];
		for (uint16_t lang = 0; lang <= LANG_CKB; lang++) {
			struct norm_request request = norm_text_word(lang);
			request.kind = kinds[round % LENGTH(kinds)];
			snprintf(what, sizeof what, "round %zu, language %u, %s", round,
			         (unsigned)lang, norm_text_hex(text, len, in_hex, sizeof in_hex));
			norm_text_of(&norm, &request, text, len, &once);
			if (once.len == 0)
				ck_abort_msg("%s: empty", what);
			expect_composed(&nfc, what, once.ptr, once.len);
			norm_text_of(&norm, &request, once.ptr, once.len, &twice);
			norm_text_expect(what, twice.ptr, twice.len, once.ptr, once.len);
		}
	}
	norm_free(&norm, &mem_default);
	nfc_free(&nfc, &mem_default);
	buf_free(&once, &mem_default);
	buf_free(&twice, &mem_default);
}
END_TEST

/*
 * The first two for every combination of options, of languages, and of kinds; and the short look at
 * bytes leaves alone only what the long way leaves alone.
 */
START_TEST(test_option_laws)
{
	static const uint16_t langs[] = {LAFZ_LANG_UND, LANG_PS, LANG_FA,  LANG_AR, LANG_UR,
	                                 LANG_UG,       LANG_SD, LANG_CKB, LANG_EN, LANG_TR};
	static const uint8_t kinds[] = {LAFZ_KIND_WORD,   LAFZ_KIND_WORD,  LAFZ_KIND_HASHTAG,
	                                LAFZ_KIND_NUMBER, LAFZ_KIND_PUNCT, LAFZ_KIND_MENTION};
	struct norm norm = {0};
	struct nfc nfc = {0};
	struct buf once = {0}, twice = {0};
	struct lafz_tables *const yeh = norm_text_tables("ps-inner-yeh");
	uint64_t state = 20240603;
	for (size_t round = 0; round < 600000; round++) {
		static const uint16_t more[] = {0x41,   0x49,   0x4A,  0x30C, 0x130,
		                                0x2019, 0x2026, 0x60C, 0x661, 0x6F7,
		                                0x39,   0x6C0,  0x6D5, 0x654, 0x64E};
		char text[MOST_CPS * UTF8_MAX + UTF8_MAX], what[1200], in_hex[1024];
		size_t len = norm_text_any(&state, text);
		if (round % 2)
			len += utf8_encode(more[norm_text_random(&state) % LENGTH(more)], text + len);
		const struct option_row row = {.options = (unsigned)(norm_text_random(&state) % 128),
		                               .lang = langs[norm_text_random(&state) % LENGTH(langs)],
		                               .kind = kinds[norm_text_random(&state) % LENGTH(kinds)]};
		const struct norm_request request = norm_text_request(&row, yeh);
		norm_text_of(&norm, &request, text, len, &once);
		norm_text_of(&norm, &request, once.ptr, once.len, &twice);
		if (once.len > 0 && norm_text_equals(once.ptr, once.len, twice.ptr, twice.len) && round % 8)
			continue;
		snprintf(what, sizeof what, "round %zu, language %u, kind %u, options %u, %s",
		         round, (unsigned)row.lang, (unsigned)row.kind, row.options,
		         norm_text_hex(text, len, in_hex, sizeof in_hex));
		if (once.len == 0)
			ck_abort_msg("%s: empty", what);
		expect_composed(&nfc, what, once.ptr, once.len);
		norm_text_expect(what, twice.ptr, twice.len, once.ptr, once.len);
	}
	lafz_tables_close(yeh);
	norm_free(&norm, &mem_default);
	nfc_free(&nfc, &mem_default);
	buf_free(&once, &mem_default);
	buf_free(&twice, &mem_default);
}
END_TEST

START_TEST(test_short_look)
{
	/* letters that become others by what is beside them, and what may stand between them */
	static const uint16_t by_place[] = {0x6CC, 0x649, 0x64A, 0x6BE, 0x647, 0x629, 0x627, 0x631, 0x64E, 0x2D, 0x35, 0x61,
	                                    0x200C, 0x6CE, 0x644};
	struct norm norm = {0}, thorough = {.is_thorough = true};
	struct buf fast = {0}, slow = {0};
	struct lafz_tables *const yeh = norm_text_tables("ps-inner-yeh");
	uint64_t state = 77;
	for (size_t round = 0; round < 360000; round++) {
		uint32_t cps[16];
		char text[16 * UTF8_MAX], what[1200], in_hex[1024];
		const size_t n = 1 + (size_t)(norm_text_random(&state) % 6);
		for (size_t i = 0; i < n; i++) {
			const uint64_t r = norm_text_random(&state);
			cps[i] = 0x600 + (uint32_t)((r >> 8) % 256);
			if (r % 16 == 0)
				cps[i] = 0x200C;
			if (r % 16 == 1)
				cps[i] = 0xC0 + (uint32_t)((r >> 8) % 0x240);
			if (r % 16 == 2)
				cps[i] = 0x2010 + (uint32_t)((r >> 8) % 0x20);
			if (r % 16 > 8)
				cps[i] = by_place[(r >> 8) % LENGTH(by_place)];
		}
		const struct option_row row = {.options = (unsigned)(norm_text_random(&state) % 128),
		                               .lang = (uint16_t)(round % (LANG_CKB + 2))};
		const struct norm_request request = round % 2 ? norm_text_word(row.lang)
		                                              : norm_text_request(&row, yeh);
		const size_t len = norm_text_encode(cps, n, text);
		norm_text_of(&norm, &request, text, len, &fast);
		norm_text_of(&thorough, &request, text, len, &slow);
		if (norm_text_equals(fast.ptr, fast.len, slow.ptr, slow.len))
			continue;
		snprintf(what, sizeof what, "language %u, %s", (unsigned)request.lang,
		         norm_text_hex(text, len, in_hex, sizeof in_hex));
		norm_text_expect(what, fast.ptr, fast.len, slow.ptr, slow.len);
	}
	lafz_tables_close(yeh);
	norm_free(&norm, &mem_default);
	norm_free(&thorough, &mem_default);
	buf_free(&fast, &mem_default);
	buf_free(&slow, &mem_default);
}
END_TEST

/* Whether a text is one of other scripts does not depend on how it is composed. */
START_TEST(test_other_script)
{
	for (uint32_t cp = 0; cp < 0x110000; cp++) {
		if (cp >= 0xD800 && cp <= 0xDFFF)
			continue;
		uint32_t parts[NFC_PARTS];
		const size_t n = nfc_parts(cp, parts);
		const bool is_letter = places_is_letter(cp);
		bool fits = places_is_other_script(&cp, 1) == places_is_other_script(parts, n) &&
		            places_is_letter(parts[0]) == is_letter;
		for (size_t i = 1; i < n; i++)
			fits &= !is_letter || places_is_mark(parts[i]) || places_is_letter(parts[i]);
		if (!fits)
			ck_abort_msg("U+%04X", (unsigned)cp);
	}
}
END_TEST

/* ---- NFC ---- */

START_TEST(test_nfc)
{
	struct norm norm = {0};
	struct buf out = {0};
	ck_assert_int_eq(
		norm_nfc(&norm, &mem_default, "\u0627 b\u0628\u064E\u0651", 10, 0, &out, NULL), 0);
	ck_assert_int_eq(norm_nfc(&norm, &mem_default, "", 0, 0, &out, NULL), 0);
	ck_assert_uint_eq(out.len, 0);
	const char in[] = "x\u0627\u0653\xC3 \u0651\u064E\u00AD\u0958";
	const char want[] = "x\u0622\uFFFD \u064E\u0651\u00AD\u0915\u093C";
	ck_assert_int_eq(norm_nfc(&norm, &mem_default, in, strlen(in), 0, &out, NULL), 1);
	norm_text_expect("composed", out.ptr, out.len, want, strlen(want));
	norm_free(&norm, &mem_default);
	buf_free(&out, &mem_default);
}
END_TEST

/* A text that passes the quick check is its own composition, and steps give what the whole gives. */
START_TEST(test_quick_check)
{
	struct nfc nfc = {0};
	uint64_t state = 5;
	size_t quick = 0;
	for (size_t round = 0; round < 60000; round++) {
		uint32_t cps[MOST_CPS], steps[MOST_CPS], scratch[MOST_CPS], before[8];
		const size_t n = 1 + norm_text_random(&state) % 8;
		size_t m = 0;
		for (size_t i = 0; i < n; i++) {
			cps[i] = before[i] = norm_text_any_cp(&state);
			m += nfc_parts(cps[i], steps + m);
		}
		nfc_order(steps, m, scratch);
		const ptrdiff_t joined = nfc_join(steps, m);
		const bool composed = nfc_is_composed(cps, n);
		const ptrdiff_t left = nfc_compose(&nfc, &mem_default, cps, n, MOST_CPS);
		if (left < 0 || left != joined || memcmp(steps, cps, (size_t)left * sizeof *cps) != 0)
			ck_abort_msg("round %zu: the steps give something else", round);
		if (composed && ((size_t)left != n || memcmp(before, cps, n * sizeof *cps) != 0))
			ck_abort_msg("round %zu: composing changed a composed text", round);
		quick += composed;
	}
	ck_assert_uint_gt(quick, 1000);
	nfc_free(&nfc, &mem_default);
}
END_TEST

/* The same for each character with hamza and madda behind it, another mark between them or not: they are told by the letter. */
START_TEST(test_quick_arabic_marks)
{
	static const uint32_t between[] = {0, 0x0651, 0x0653, 0x0655, 0x0345};
	struct nfc nfc = {0};
	size_t joined = 0, apart = 0;
	for (uint32_t first = 0x20; first < 0x1F000; first++) {
		for (uint32_t mark = 0x0653; mark <= 0x0655; mark++) {
			for (size_t k = 0; k < sizeof between / sizeof *between; k++) {
				uint32_t before[3] = {first}, cps[MOST_CPS];
				size_t n = 1;
				if (between[k] != 0)
					before[n++] = between[k];
				before[n++] = mark;
				memcpy(cps, before, n * sizeof *cps);
				const bool composed = nfc_is_composed(cps, n);
				const ptrdiff_t left = nfc_compose(&nfc, &mem_default, cps, n, MOST_CPS);
				const bool stays = left == (ptrdiff_t)n && memcmp(cps, before, n * sizeof *cps) == 0;
				if (composed && !stays)
					ck_abort_msg("%04X %04X %04X: composing changed a composed text", first, between[k], mark);
				joined += !stays;
				apart += composed && k == 0;
			}
		}
	}
	ck_assert_uint_gt(joined, 8);
	ck_assert_uint_gt(apart, 100000);
	nfc_free(&nfc, &mem_default);
}
END_TEST

/* ---- Hostile input ---- */

/* Rows of a million marks, from high to low class again and again: linear, or this test never ends. */
START_TEST(test_many_marks)
{
	enum { MARKS = 1000000 };
	static const uint16_t pairs[][2] = {
		{0x654, 0x650}, {0x301, 0x323}, {0x651, 0x64E}, {0x655, 0x64B}};
	static const uint16_t bases[] = {0x6CC, 0x647, 0x61, 0x64A};
	char *const text = malloc(2 * (MARKS + 2));
	ck_assert_ptr_nonnull(text);
	struct norm norm = {0};
	struct buf out = {0}, twice = {0};
	for (size_t k = 0; k < LENGTH(pairs); k++) {
		size_t len = utf8_encode(bases[k], text);
		for (size_t i = 0; i < MARKS; i++)
			len += utf8_encode(pairs[k][i % 2], text + len);
		len += utf8_encode(0x628, text + len);
		const struct norm_request request = norm_text_word(k % 2 ? LANG_CKB : LANG_FA);
		norm_text_of(&norm, &request, text, len, &out);
		norm_text_of(&norm, &request, out.ptr, out.len, &twice);
		ck_assert_uint_eq(out.len, twice.len);
		ck_assert(norm_text_equals(out.ptr, out.len, twice.ptr, twice.len));
	}
	norm_free(&norm, &mem_default);
	buf_free(&out, &mem_default);
	buf_free(&twice, &mem_default);
	free(text);
}
END_TEST

/* One character, many times, of each kind that looks about itself. */
START_TEST(test_many_of_one)
{
	enum { TIMES = 100000 };
	static const uint16_t cps[] = {0x640, 0x200C, 0x647, 0x621, 0x200B,
	                               0x654, 0xFDF2, 0x6CC, 0xFE0F};
	char *const text = malloc(3 * TIMES);
	ck_assert_ptr_nonnull(text);
	struct norm norm = {0};
	struct buf out = {0};
	for (size_t k = 0; k < LENGTH(cps); k++) {
		size_t len = 0;
		for (size_t i = 0; i < TIMES; i++)
			len += utf8_encode(cps[k], text + len);
		for (uint16_t lang = LANG_PS; lang <= LANG_CKB; lang++) {
			const struct norm_request request = norm_text_word(lang);
			norm_text_of(&norm, &request, text, len, &out);
			ck_assert_uint_gt(out.len, 0);
		}
	}
	norm_free(&norm, &mem_default);
	buf_free(&out, &mem_default);
	free(text);
}
END_TEST

START_TEST(test_memory)
{
	const char in[] = "\u0643\u0640\u0627\u200B\u0653\u064A";
	const struct norm_request request = norm_text_word(LANG_FA);
	size_t failed = 0;
	for (size_t n = 0; n < 20; n++) {
		struct counter counter = {.fail_at = n + 1, .fails_on = true};
		const struct lafz_allocator mem = helper_allocator(&counter);
		struct norm norm = {0};
		struct buf out = {0};
		const int rc = norm_token(&norm, &mem, &request, in, strlen(in), &out, NULL);
		if (rc < 0) {
			ck_assert_int_eq(rc, LAFZ_ERR_MEMORY);
			ck_assert_uint_eq(out.len, 0);
			failed++;
		} else {
			norm_text_expect("with memory", out.ptr, out.len, "\u06A9\u0622\u06CC", 6);
		}
		norm_free(&norm, &mem);
		buf_free(&out, &mem);
		ck_assert_uint_eq(counter.blocks, 0);
	}
	ck_assert_uint_eq(failed, 4);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		test_alphabets,
		test_laws,
		test_option_laws,
		test_short_look,
		test_other_script,
		test_nfc,
		test_quick_check,
		test_quick_arabic_marks,
		test_many_marks,
		test_many_of_one,
		test_memory,
	};
	return helper_run("norm_laws", tests, COUNT(tests));
}
