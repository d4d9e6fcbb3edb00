/*
 * Lines whose words are found together: by each kernel a word of any length has the key that it has alone, so its scores are where
 * others look for them; and what is said of a region as a whole is so.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/fill.h"
#include "helper.h"
#include "lang.h"
#include "run/run.h"
#include "scan/scan.h"
#include "tokens.h"
#include "unicode/ucd.h"

#define BYTES 65536

static const char *const kernels[] = {"plain", "avx2", "avx512"};

static char text[BYTES];
static uint32_t len;
static struct segment lines[4096];
static struct segments segments = {.ptr = lines};
static struct tokens tokens;
static struct pieces pieces;

/* Words of a script on a line, with spaces between; all else in a line is no letter. */
static void add_line(const char *line, uint8_t script)
{
	const uint32_t first = len;
	memcpy(text + len, line, strlen(line));
	len += (uint32_t)strlen(line);
	for (uint32_t at = first; at < len;) {
		const uint32_t n = (uint32_t)strcspn(text + at, " .");
		const size_t i = pieces.n;
		const bool is_word = n > 0;
		pieces.start[i] = at;
		pieces.end[i] = at + (is_word ? n : 1);
		pieces.kind[i] = is_word ? LAFZ_KIND_WORD : LAFZ_KIND_PUNCT;
		pieces.script[i] = is_word ? script : UCD_SCRIPT_ZYYY;
		pieces.flags[i] = 0;
		pieces.n += text[at] != ' ';
		at = pieces.end[i];
	}
	text[len++] = '\n';
	lines[segments.n++] = (struct segment){
		.text = text, .start = first, .end = len, .doc_start = first,
		.is_line_start = true, .is_line_end = true, .piece_end = (uint32_t)pieces.n,
	};
}

static void begin(void)
{
	ck_assert_int_eq(tokens_reserve(&tokens, &mem_default, BYTES + FILL_SLACK), LAFZ_OK);
	pieces = tokens_pieces(&tokens);
	pieces.n = segments.n = len = 0;
	memset(text, 0, sizeof text);
}

static void find_runs(struct run_stage *stage, const char *kernel)
{
	run_set_kernel(stage, kernel);
	for (size_t s = 0; s < segments.n; s++)
		lines[s].readable = len;
	ck_assert_int_eq(run_segments(stage, &mem_default, &segments, &pieces), LAFZ_OK);
}

/* Words of all lengths, of letters of two bytes or one, with what is no such letter at any place: none, U+200C, U+FE8E. */
static void add_words(size_t script)
{
	static const char *const others[] = {"", "\u200C", "\uFE8E"};
	for (size_t n = 1; n <= 40; n++) {
		for (size_t place = 0; place <= n; place++) {
			char line[3 * 200];
			size_t at = 0;
			const char *const other = others[place % COUNT(others)];
			for (size_t i = 0; i < n; i++) {
				if (i == place && script == RUN_ARAB)
					at += (size_t)sprintf(line + at, "%s", other);
				if (script == RUN_ARAB)
					at += (size_t)sprintf(line + at, "%c%c", (char)(0xD8 + (i + place) % 2), (char)(0x80 + (i * place + n) % 12));
				else
					at += (size_t)sprintf(line + at, "%c", (char)('a' + (i * place + n) % 26));
			}
			line[at] = '\0';
			if (len + at + 2 < BYTES)
				add_line(line, script == RUN_ARAB ? UCD_SCRIPT_ARAB : UCD_SCRIPT_LATN);
		}
	}
}

/* Of the words that were added, how many lie where their keys say; words without keys have driven out a few. */
static size_t count_found(const char *kernel, size_t script)
{
	struct run_stage stage = {0};
	size_t n = 0;
	begin();
	add_words(script);
	find_runs(&stage, kernel);
	for (size_t i = 0; i < pieces.n; i++) {
		const struct memo_key key = memo_key(script, text + pieces.start[i], pieces.end[i] - pieces.start[i]);
		n += memo_is_key(key) && memo_get(&stage.evidence.memo, key);
	}
	run_free(&stage, &mem_default);
	return n;
}

START_TEST(words_have_the_keys_they_have_alone)
{
	if (!scan_kernel_find(kernels[_i]))
		return;
	for (size_t script = 0; script < RUN_SCRIPTS; script++) {
		const size_t n_found = count_found(kernels[_i], script);
		ck_assert_uint_gt(n_found, 70);
		ck_assert_uint_eq(n_found, count_found("plain", script));
	}
}
END_TEST

/* Whether all pieces have one language. */
static bool are_one(void)
{
	for (size_t i = 0; i < pieces.n; i++)
		if (pieces.lang[i] != pieces.lang[0])
			return false;
	return true;
}

/* Whether all pieces are in the first run of their line. */
static bool are_first(void)
{
	for (size_t i = 0; i < pieces.n; i++)
		if (pieces.run[i] != 0)
			return false;
	return true;
}

START_TEST(a_region_in_one_language_or_with_first_runs_alone_says_so)
{
	static const char english[] = "the people of the city and the state have the book.";
	static const char spanish[] = "la gente de la ciudad y los libros de la universidad.";
	static const char both[] = "the people of the city and the state have the book la gente de la ciudad y los libros de la universidad.";
	static const char pashto[] = "\u062F \u067E\u0648\u0647\u0646\u06D0 \u0648\u0632\u0627\u0631\u062A";
	static const struct {
		const char *about, *other; /* other: one line of it, at each place */
		uint8_t script;
		bool is_one, is_first;
	} rows[] = {
		{"one language", english, UCD_SCRIPT_LATN, true, true},
		{"two languages", spanish, UCD_SCRIPT_LATN, false, true},
		{"two scripts", pashto, UCD_SCRIPT_ARAB, false, true},
		{"two languages in a line", both, UCD_SCRIPT_LATN, false, false},
	};
	if (!scan_kernel_find(kernels[_i]))
		return;
	for (size_t r = 0; r < COUNT(rows); r++) {
		for (size_t place = 0; place < 40; place++) {
			struct run_stage stage = {0};
			begin();
			for (size_t i = 0; i < 40; i++)
				add_line(i == place ? rows[r].other : english, i == place ? rows[r].script : UCD_SCRIPT_LATN);
			find_runs(&stage, kernels[_i]);
			ck_assert_msg(pieces.is_one_lang == rows[r].is_one, "%s, at %zu", rows[r].about, place);
			ck_assert_msg(are_one() == rows[r].is_one, "%s, at %zu: languages", rows[r].about, place);
			ck_assert_msg(pieces.is_first_run == rows[r].is_first, "%s, at %zu: runs", rows[r].about, place);
			ck_assert_msg(are_first() == rows[r].is_first, "%s, at %zu: numbers of runs", rows[r].about, place);
			ck_assert(!pieces.is_uniform);
			run_free(&stage, &mem_default);
		}
	}
	tokens_free(&tokens, &mem_default);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("lines");
	TCase *const tcase = tcase_create("lines");
	tcase_set_timeout(tcase, NO_TIMEOUT);
	tcase_add_loop_test(tcase, words_have_the_keys_they_have_alone, 0, (int)COUNT(kernels));
	tcase_add_loop_test(tcase, a_region_in_one_language_or_with_first_runs_alone_says_so, 0, (int)COUNT(kernels));
	suite_add_tcase(suite, tcase);
	SRunner *const runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	const int n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? 0 : 1;
}
