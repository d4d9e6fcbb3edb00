/*
 * Easy lines (src/text/easy.h): what each kernel's functions say of random text, against a look at each line byte by byte, with the
 * copies; nothing is read behind the text. Then documents of lines that are mostly easy, in every language, against their batches;
 * and lines that have to be easy: else all of the above would hold if none were.
 */
#include <stdlib.h>
#include <string.h>

#include "base/bits.h"
#include "easy_model.h"
#include "helper.h"
#include "lang.h"
#include "norm/calm.h"
#include "scan/scan.h"
#include "text/easy.h"
#include "text/easy_words.h"
#include "text_case.h"
#include "word/lists.h"

#define MOST 400

/* ---- Random text ---- */

/* Mostly letters of one script. */
static size_t make_text(struct rng *rng, bool is_latin, char *out)
{
	static const char *const others[] = {
		" ", " ", "\n", ".\n", " ?\n", " , ", "?\n", "!\n", "\xD8\x9F\n", "\xDB\x94\n", ", ", "\xD8\x8C ", ",\n", ".", "?", ",", "\xD8\x8C", "'",
		"''", "\xE2\x80\x8C", "  ", " \n", "\n\n", "\r\n", " \r\n", ".\r\n", ". \n", "Dr.\r\n", "\n ", "\r", "-", "\xE2\x80\x8F", " \xE2\x80\x8C", "\xD9\x87\xD9\x94 ", "\xD8\x9B ", "\xD8\x9F ", ":\n", "\"", "\xC3\x97", "\xC3\xA9", "\xC5\xBF", "\xC6\x80", "xD",
		"\xD9\x8B", "\xD9\x91\xD9\x8E", "\xD9\x8E\xD9\x91", "\xD9\x8E\xD9\x8E\xD9\x8E", "\xD9\x80", "\xD9\xA1", "\xFF", "\xD9",
		"\x80", "\xE2\x80", "\xE2\x80\x99", "\xE2\x80\x98", "a\xE2\x80\x99", "\xF0\x9F\x98\x80", "5", "\t", "Dr.\n", "a.\n", "a'b.\n", " .\n", " ,", " \xD8\xA8",
		"\"  a", "\" \n", "\"\r\n", "\xE2\x80\x9D \n", "\xE2\x80\x9D\r\n", "\xE2\x80\x94  a", ";  a", ";\r\n", "-a", "-", "co-a", " \"a", ",\" ", "\"\n", ".\"\n", "dr.\"\n", "!\" ", "; ", ";", " \xE2\x80\x94 ", "\xE2\x80\x94", " \xE2\x80\x9C", ",\xE2\x80\x9D ",
		"\xE2\x80\x9D\n", "?\xE2\x80\x9D\n", ".\xE2\x80\x9D ", "\n\xE2\x80\x9C",
		" \xE2\x80\x98", ",\xE2\x80\x99 ", "\xE2\x80\x99\n", "!\xE2\x80\x99 a", "?\" a", ".\" ", "\xE2\x80\x99\xE2\x80\x9D ", " \xE2\x80\x9C\xE2\x80\x98", " \"\xE2\x80\x98",
		"\xE2\x80\x94\xE2\x80\x9C", "\xE2\x80\x94\xE2\x80\x9D\n", "\xE2\x80\x9D\xE2\x80\x94", "\xE2\x80\x9D, ", "\".\n", " Mr. ", " Mrs. A", "-Dr. ", "St. ", "e. ", " vs. \n",
		"\xE2\x80\x8C ", "\xE2\x80\x8C\n", "\xE2\x80\x8C.", "\xD9\x87\xE2\x80\x8C", "\xD9\x87.\n", "\xD9\x87\r\n", "\xD9\x83", "\xD9\x8A", "\xD9\x89 ", "\xD8\xA9\n",
		"\xD9\x88\xE2\x80\x8C", "\xDA\xA9", "\xDB\x8E", "\xD8\x9F \xD8\xA8", "\xDB\x94 \xD8\xA8", "! \xD8\xAF\xDB\x95\xD9\xBE ", "\xD9\x87\xE2\x80\x8C ",
		"\xD8\x9B ", "\xD8\x9B", ": \xD8\xA8", "\xD8\xAF\xD9\x89: \xD8\xA8", "\xC2\xBB: ",
		"\xC2\xAB", " \xC2\xAB", "\xC2\xBB", "\xC2\xBB ", "\xC2\xBB.\n", "!\xC2\xBB ", "\xC2\xBB\xD8\x8C ", "\xD8\xAF\xD9\x89\xD8\x8C -\xD8\xA8", "\n-", " -",
		"-il ", " l'a", " l'on ", " qu\xE2\x80\x99\xC3\xA9", "-", "\xD9\x87", "\xD9\x87 ", "\xD8\xAF\xD9\x89\xD8\x8C ", " \xD8\xA8\xD8\x8C \xD8\xA8",
		". A", ". The ", "? A", "! The ", ".\" A", "?\xE2\x80\x9D The", "!\xE2\x80\x99\xE2\x80\x9D A", ". \"A", "? \xE2\x80\x9CThe ", ". a", ": ", ": A",
		":\n", ":", " non-", " e-mail ", "-co-", " anti-a", ". Thanks, A", "! Inc. ", " no. I ", "Ann. ", "a':", "a\xE2\x80\x99: ", "a'. A",
		" - a", "a - A", " \xE2\x80\x93 a", "...\n", "..\n", "a...\n", "a!.\n", "?.\n", "? said ", "! a", "? or ", "A! a", " I.\n", "a?!\n",
	};
	const size_t len = rng_below(rng, MOST - 8), rarity = 2 + rng_below(rng, 12);
	size_t n = 0;
	while (n < len) {
		if (rng_below(rng, rarity) == 0) {
			const char *const one = others[rng_below(rng, rng_below(rng, 3) == 0 ? COUNT(others) : 13)];
			memcpy(out + n, one, strlen(one));
			n += strlen(one);
		} else if (is_latin) {
			out[n++] = (char)((rng_below(rng, 9) == 0 ? 'A' : 'a') + (char)rng_below(rng, 26));
		} else {
			n += helper_encode(rng_below(rng, 30) == 0 ? 0x600 + (uint32_t)rng_below(rng, 256)
			                                           : 0x627 + (uint32_t)rng_below(rng, 20),
			                   out + n);
		}
	}
	return n;
}

/* ---- The functions ---- */

static void expect_line(const struct easy *easy, const char *text, size_t start, size_t end, bool actual)
{
	const enum easy_answer wanted = easy_model_is_easy(easy, text + start, end - start);
	ck_assert_msg(wanted == EASY_PERHAPS || (wanted == EASY_YES) == actual, "%s (%s): line at %zu: %s",
	              actual ? "easy" : "not easy", lafz_lang_tag(easy->sieve->lang), start, helper_show(text + start, end - start));
}

static void expect_copied(struct easy *easy, const char *text, uint32_t from, uint32_t to, const struct buf *wanted)
{
	struct buf got = {0};
	ck_assert(easy_copy(easy, &mem_default, text, from, to, &got) == LAFZ_OK);
	ck_assert_msg(!wanted || helper_equals(wanted->ptr, wanted->len, got.ptr, got.len), "wanted %s, got %s",
	              wanted ? helper_show(wanted->ptr, wanted->len) : "", helper_show(got.ptr, got.len));
	buf_free(&got, &mem_default);
}

/* Copies easy lines, those side by side whose copy is known at once. */
static void expect_copy(struct easy *easy, const char *text, uint32_t from, uint32_t to)
{
	struct buf wanted = {0};
	uint32_t first = from;
	for (uint32_t start = from; start < to;) {
		const uint32_t end = (uint32_t)((const char *)memchr(text + start, '\n', to - start) - text);
		if (easy_model_has_signs(easy, text + start, end - start)) {
			expect_copied(easy, text, first, start, &wanted);
			expect_copied(easy, text, start, end + 1, NULL);
			wanted.len = 0;
			first = end + 1;
		} else {
			easy_model_copy(easy, text, start, end - start, &wanted);
		}
		start = end + 1;
	}
	expect_copied(easy, text, first, to, &wanted);
	buf_free(&wanted, &mem_default);
}

static void expect_right(struct easy *easy, const char *text, uint32_t len)
{
	uint32_t start = 0;
	ck_assert(easy_find(easy, &mem_default, text, len) == LAFZ_OK);
	ck_assert(easy->leaves_out == easy_model_has_rows(text, len));
	for (size_t i = 0; i < easy->n_stretches; i++) {
		const struct easy_stretch *const stretch = &easy->stretches[i];
		ck_assert(stretch->end > start || (i == 0 && stretch->end == 0));
		for (uint32_t line = start; line < stretch->end;) {
			const char *const lf = memchr(text + line, '\n', stretch->end - line);
			if (lf)
				expect_line(easy, text, line, (size_t)(lf - text), stretch->is_easy);
			else
				ck_assert(!stretch->is_easy && stretch->end == len);
			line = lf ? (uint32_t)(lf - text) + 1 : stretch->end;
		}
		if (stretch->is_easy)
			expect_copy(easy, text, start, stretch->end);
		start = stretch->end;
	}
	ck_assert_uint_eq(start, len);
}

START_TEST(random_texts)
{
	struct rng rng = {.state = 64};
	struct lists_filters filters = {0};
	char text[MOST];
	for (int round = 0; round < 20000; round++) {
		const uint16_t lang = (uint16_t)rng_below(&rng, LANG_COUNT);
		struct easy_sieve sieve;
		struct easy easy = {.sieve = &sieve, .filter = lists_filter(&filters, lang)};
		easy_sieve_make(&sieve, lang, fold_table(lang));
		const size_t len = make_text(&rng, sieve.is_latin, text);
		for (size_t k = 0; scan_kernel_at(k); k++) {
			easy.kernel = easy_kernel_find(scan_kernel_at(k)->name);
			if (!easy.kernel || !scan_kernel_at(k)->is_usable() || !sieve.is_known || len == 0)
				continue;
			/* a block of its own, so that a sanitizer sees what is read behind it */
			char *const block = malloc(len);
			ck_assert_ptr_nonnull(block);
			memcpy(block, text, len);
			expect_right(&easy, block, (uint32_t)len);
			free(block);
			easy_free(&easy, &mem_default);
		}
	}
}
END_TEST

/* ---- Words ---- */

/* Of each line whether it is easy, and of those that are the bits of words, are the same. */
static void expect_same(const struct easy *easy, const struct easy *other, uint32_t len)
{
	ck_assert_uint_eq(easy->n_stretches, other->n_stretches);
	for (size_t i = 0, start = 0; i < easy->n_stretches; start = easy->stretches[i++].end) {
		const struct easy_stretch *const own = &easy->stretches[i];
		ck_assert(own->end == other->stretches[i].end && own->is_easy == other->stretches[i].is_easy);
		for (size_t k = start / 64; own->is_easy && 64 * k < own->end; k++)
			ck_assert_uint_eq(easy->bits[k].words & bits_between(k, start, own->end),
			                  other->bits[k].words & bits_between(k, start, own->end));
	}
	ck_assert_uint_eq(easy->stretches[easy->n_stretches - 1].end, len);
}

/* Looks for words of both scripts: the kernels that have them, against each other. */
START_TEST(words)
{
	struct rng rng = {.state = 67};
	struct easy_words_sieve sieve;
	char text[2 * MOST];
	easy_words_sieve_make(&sieve);
	for (int round = 0; round < 20000; round++) {
		size_t len = make_text(&rng, rng_below(&rng, 2) == 0, text);
		len += make_text(&rng, rng_below(&rng, 2) == 0, text + len);
		struct easy looks[2] = {{0}, {0}};
		size_t n = 0;
		for (size_t k = 0; scan_kernel_at(k) && len > 0; k++) {
			struct easy *const easy = &looks[n > 0];
			easy->kernel = easy_kernel_find(scan_kernel_at(k)->name);
			if (!easy->kernel || !scan_kernel_at(k)->is_usable())
				continue;
			ck_assert(easy_find_words(easy, &mem_default, &sieve, text, (uint32_t)len) == LAFZ_OK);
			if (n++ > 0)
				expect_same(&looks[0], easy, (uint32_t)len);
		}
		easy_free(&looks[0], &mem_default);
		easy_free(&looks[1], &mem_default);
	}
}
END_TEST

/* ---- Documents ---- */

START_TEST(documents)
{
	struct rng rng = {.state = 66};
	char text[MOST];
	for (size_t i = 0; i < LANG_COUNT; i++) {
		const char *const tag = lafz_lang_tag((uint16_t)i);
		const uint8_t script = lang_script((uint16_t)i);
		if (!tag || i == LANG_UND || (script != UCD_SCRIPT_LATN && script != UCD_SCRIPT_ARAB))
			continue;
		const struct lafz_options options = text_case_options(tag);
		struct text_case c;
		struct buf doc = {0};
		text_case_open(&c, "mostly easy lines", &options);
		for (int round = 0; round < 60; round++) {
			doc.len = 0;
			for (size_t n = rng_below(&rng, 12); n > 0; n--) {
				const size_t len = make_text(&rng, script == UCD_SCRIPT_LATN, text);
				text_model_add(&doc, text, len);
				text_model_add(&doc, rng_below(&rng, 2) == 0 ? "." : "?", rng_below(&rng, 9) == 0);
				text_model_add(&doc, "\n", 1);
			}
			text_model_add(&doc, "a", rng_below(&rng, 2));
			text_case_check(&c, doc.ptr, doc.len);
			text_case_read(&c, doc.ptr, doc.len, 1 + rng_below(&rng, 300));
		}
		text_case_close(&c);
		buf_free(&doc, &mem_default);
	}
}
END_TEST

/* ---- Lines that have to be easy ---- */

struct row {
	const char *tag;
	struct text line;
	bool is_easy;
};

static const struct row rows[] = {
	{"en", T("It was late, so we didn't stay.\n"), true},
	{"en", T("It\u2019s late, so we didn\u2019t stay.\n"), true},
	{"en", T("The dogs\u2019 tails.\n"), true}, /* it closes a quotation, or is a token, too */
	{"en", T("\u2019Tis late.\n"), false},
	{"fr", T("C\u2019est vrai.\n"), true},
	{"en", T("He said so to Dr.\n"), false},
	{"en", T("It was late. We left.\n"), true},
	{"en", T("It was late. we left.\n"), true},
	{"en", T("Is it late? \"Yes,\" she said. \u201CIt is!\u201D He left.\n"), true},
	{"en", T("\u201CIs it \u2018well?\u2019\u201D He left.\n"), true},
	{"en", T("He saw the etc. We left.\n"), false},
	{"en", T("Plan B. We left.\n"), false}, /* an initial */
	{"en", T("Mr Hmpf. We left.\n"), false}, /* a word cut short */
	{"en", T("See no. I or two.\n"), false},
	{"en", T("The answer is no.\n"), true},
	{"en", T("Is it late? it is.\n"), true},
	{"en", T("Is it late? he said.\n"), true},
	{"en", T("It is late...\n"), true},
	{"en", T("He saw the etc...\n"), false},
	{"en", T("It is late!.\n"), true},
	{"en", T("It is late?!\n"), false},
	{"en", T("It is I.\n"), true},
	{"en", T("It is B.\n"), false},
	{"en", T("We left - it was late.\n"), true},
	{"en", T("We left \u2013 it was late \u2013 so.\n"), true},
	{"en", T("Kabul - agencies: We left.\n"), false},
	{"en", T("An e'-mail.\n"), false}, /* the hyphen is behind no prefix */
	{"en", T("Yahoo! Inc is late.\n"), false},
	{"en", T("We left. Regards, Ann\n"), false},
	{"en", T("This is it: we left.\n"), true},
	{"en", T("They said:\n"), true},
	{"en", T("Kabul \u2014 agencies: We left.\n"), false},
	{"en", T("Meet at :one or a:b.\n"), false},
	{"de", T("Es war: da.\n"), true},
	{"de", T("Kabul \u2014 wir: da.\n"), false},
	{"it", T("Ecco: La casa.\n"), false}, /* a sentence ends */
	{"en", T("A well-known, twenty-year-old song; nobody sang it.\n"), true},
	{"en", T("Nobody sent an e-mail, \"e-mail\" or non-co-op one.\n"), true}, /* a prefix */
	{"en", T("An x-Dr. Smith.\n"), false}, /* the full stop is that of no title */
	{"nl", T("Een well-known song.\n"), true}, /* words are joined */
	{"en", T("\"Come in,\" said \"Ann\", \"now.\"\n"), true},
	{"en", T("\"Come in,\" said Ann, \"now.\"\n"), true},
	{"en", T("\"Come in!\" said Ann.\n"), true},
	{"en", T("\"Come in!\" Ann said.\n"), true}, /* a sentence ends */
	{"en", T("\u201CIs it \u2018well?\u2019\u201D\n"), false},
	{"en", T("\u2018Come in!\u2019 said Ann, \u2018now\u2019.\n"), true},
	{"en", T("\u201C\u2018Come in,\u2019\u201D said Ann\u2014\u201Cno\u2014\u201D\n"), true},
	{"en", T("We saw Mr. Smith and Mrs. Miller there.\n"), true},
	{"en", T("We saw St. John.\n"), false}, /* or a street */
	{"en", T("We saw him in Jan. We left.\n"), true},
	{"de", T("Wir sahen Mr. Smith.\n"), true},
	{"en", T("\"Ask the Dr.\"\n"), false},
	{"en", T("\u201CCome in,\u201D said Ann, \u201Cnow.\u201D\n"), true},
	{"en", T("The best \u2014 or\u2014so they say\u2014it is.\n"), true},
	{"fr", T("Une fois; deux fois ; trois.\n"), true},
	{"fr", T("Une fois; Le reste.\n"), false}, /* a sentence ends */
	{"fr", T("Il dit : \u00AB\u00A0Ah\u202F!\u00A0\u00BB Dit-il\u00A0: \u00ABoui\u00BB, \u00AB non. \u00BB Elle part.\n"), true},
	{"fr", T("Dit-il : \u00AB etc. \u00BB\n"), false},
	{"fr", T("Dit-il \u00ABoui\u00BBnon\n"), false},
	{"fr", T("Dit\u00A0oui.\n"), false},
	{"fr", T("Ah!... Le dix-sept... oui. \u00C0 la fin.\n"), true},
	{"fr", T("Y a-t-il dix-sept.\n"), true},
	{"fr", T("Il dit etc. et il va av. de la gare, etc.\n"), true},
	{"fr", T("Il dit etc. Le chat.\n"), false},
	{"fr", T("\u00C9tait-ce vrai ?\n"), true},
	{"tr", T("Geldi. gitti.\n"), false},
	{"tr", T("\"Geldi!\" dedi.\n"), false},
	{"tr", T("Geldi\u2026 dedi.\n"), false},
	{"fr", T("Vrai , ou non ?\n"), true},
	{"fr", T("D\u00E9j\u00E0 vu, encore une fois.\n"), true},
	{"fr", T("C'est vrai.\n"), true},
	{"fr", T("Dit-il que l'on rendez-vous, aujourd\u2019hui l\u2019\u00E9t\u00E9 et l'oz ?\n"), true},
	{"fr", T("L'art.\n"), false}, /* an article, cut short */
	{"fr", T("Qu'a-t-il, qu\u2019est-ce, QU'ON, J\u2019\u00E9tais jusqu'ici, d'Avignon.\n"), true},
	{"fr", T("Ah ! non, c'est \u00E7a.\n"), true},
	{"fr", T("Un mot \u2026 un autre\u2026 \u00C0 la fin !... Oui\u00A0\u2026 Non ; \u00E0 \u00AB moi, \u00BB dit-il.\n"), true},
	{"fr", T("L'avant-garde, c\u2019est-\u00E0-dire quatre-vingt-dix.\n"), true},
	{"fr", T("a-b-c-d-e\n"), false},
	{"fr", T("presqu-l'\u00E9t\u00E9\n"), false},
	{"fr", T("va-t-en, donnez-le-moi, va-t-en-guerre\n"), true},
	{"it", T("Quell'anno, un po' tardi.\n"), false}, /* it ends a word */
	{"it", T("Quell'anno, tardi.\n"), true},
	{"it", T("Un anti-mafia.\n"), false},
	{"ca", T("L'hivern, dona-me'n\n"), false}, /* by elision */
	{"es", T("Un-dos-tres-cuatro.\n"), true},
	{"ca", T("L'hivern, dona-me\n"), true},
	{"es", T("Franco-alem\u00E1n.\n"), true},
	{"de", T("Im Nord-S\u00FCd.\n"), true},
	{"ckb", T("\u0647\u06D5\u0633\u062A\u06D5\u060C \u0628\u0647\u062A\u0631.\n"), true},
	{"ckb", T("\u0628\u0647 \u062A\n"), true}, /* ckb-final-ae */
	{"ckb", T("\u0628\u0647\u200C\u062A\n"), true}, /* ckb-ae */
	{"ckb", T("\u0628\u0647\u0640\u062A\n"), false}, /* ckb-heh-tatweel */
	{"ckb", T("\u0628\u0647\u060C \u062A\n"), true},
	{"ckb", T("\u0628\u0647\n"), true},
	{"ckb", T("\u0628\u0647\u064E \u062A\n"), false},
	{"ckb", T("\u0628\u06CC\u200C\u200C\u0628\n"), false},
	{"ps", T("\u0628\u0649 \u0628\u0643\u0628\n"), true}, /* ps-final-yeh, ps-kaf */
	{"ug", T("\u0628\u0628\u060C \u062A\u0628-\u062A \u062A-\u062A-\u062A.\n"), true},
	{"ug", T("\u0628\u062F\u0649\u060C \u062A\n"), true}, /* finite-verb */
	{"ug", T("\u0628\u062F\u0649\u060C \u062F\u06D5\u067E\n"), true}, /* it is said */
	{"ug", T("\u0628\u0628\u060C\u062A\n"), true},
	{"ug", T("\u0628\u0628\u060C\n"), true},
	{"ug", T("\u062A-\u0628\u0628\u060C \u062A\n"), true},
	{"ug", T("\u0628\u0628 \u060C \u062A\n"), false},
	{"ug", T("\u0628\u0628\u0628. \u062A\u061F \u0628\n"), true},
	{"ug", T("\u0628. \u062A\n"), false}, /* an initial */
	{"ug", T("-\u0628\u0628 \u00AB\u0628\u0628!\u00BB -\u062A\u060C \u00AB\u0628\u0628\u00BB\u060C \u00AB\u0628\u0628\u00BB\u0628 \u0628\u00BB.\n"), true},
	{"ug", T("\u00AB\u0628\u0628. \u0628\u0628.\u00BB\n"), true},
	{"ug", T("\u0628\u0628 - \u0628\n"), false},
	{"ug", T("\u00AB \u0628\u00BB\n"), false},
	{"ug", T("\u0628\u060C\u00BB \u0628\n"), false},
	{"ug", T("\u0628!\u00BB.\n"), false},
	{"fa", T("\u00AB\u0628\u00BB\n"), true},
	{"fa", T("\u0628\u062F\u061B \u0628: \u0628:\n"), true},
	{"fa", T("\u0628:\u0628\n"), false},
	{"fa", T("\u0628 : \u0628\n"), true},
	{"ug", T("\u0628\u062F\u0649: \u0628\u061B \u0628\u061B\n"), true}, /* finite-verb, semicolon-starter */
	{"ug", T("\u062A- \u0628\n"), false},
	{"fa", T("\u062A-\u0628\n"), false},
	{"fa", T("\u0645\u06CC\u200C\u0631\u0648\u0645\u060C \u0627\u0645\u0627 \u0646\u0647 \u0627\u0645\u0631\u0648\u0632.\n"), true},
	{"fa", T("\u0627\u064A\u0646 \u0631\u0627 \u0628\u0628\u06CC\u0646.\n"), true}, /* a letter that norm changes */
	{"fa", T("\u0628\u062F\u200C\u0628 \u0628\u200C \u0628\u200C.\n"), true}, /* ZWNJ that is left out */
	{"fa", T("\u0628\u064E\u200C\u0628\n"), true},
	{"fa", T("\u200F\u0645\u0646 \u0631\u0627\u200C \u062F\u0631\u200C\u0645\u0646\u200F\u060C \u200C\u0645\u0646\u0650\u200C\u0645.\u200F\n"), true}, /* controls */
	{"fa", T("\u200F\u0643\u0627 \u0645\u200F\u0643 \"\u0643\u0627\u200C\"\n"), true},
	{"fa", T("\u0645\u200C\u200C\u0645\n"), false},
	{"fa", T("\u0645 \u200F \u0645\n"), false},
	{"fa", T("\u0645\u060C\u200F\u0645\n"), false},
	{"fa", T("\u0645\u0647\u0654 \u0645: \u0645\u061B \u0645:\n"), true},
	{"fa", T("\u0645\u0647\u0654\u0645\n"), false},
	{"ar", T("\u0645\u0647\u0654 \u0645\n"), false},
	{"fa", T("\u0645:\u0645\n"), false},
	{"fa", T("\u0645\u200C : \u0645\u200C: \u0645\n"), true},
	{"ug", T("\u0628\u0628: \u062A\n"), true}, /* finite-verb */
	{"fa", T("\u0631\u0641\u062A...\n"), true},
	{"fa", T("\u0631\u0641\u062A\u061F\u061F\n"), true},
	{"fa", T("\u0631\u0641\u062A\u061F!\n"), false},
	{"fa", T("\u0631\u0641\u062A... \u0648\n"), false},
	{"ar", T("\u0631\u0641\u062A! \u0623\u0648 \u0645\n"), true}, /* or */
	{"ar", T("\u0631\u0641\u062A! \u0623\u0648\u061B \u0645\n"), true},
	{"ar", T("\u0631\u0641\u062A! \u200C\u0623\u0648\n"), false},
	{"ar", T(".\u0645\u0646 \u0645\u0646\n\u061F \u0645\u0646\n"), true}, /* a mark where a line begins */
	{"ar", T("\u061F\u0623\u0645 \u0645\u0646\n"), false},
	{"ar", T("\u0631\u0641\u062A \u061F \u0645\n"), true},
	{"ar", T("\u0631\u0641\u062A . \u0645\n"), false}, /* behind what it stands is not known */
	{"fa", T("\"\u0645\u0646\" \u0645: \u00AB\u0645\u061F\u00BB \u0645 \u201C\u0645\u201D.\n"), true},
	{"fa", T("\u0645 \" \u0645\n"), false},
	{"fa", T("\u0645\u0646.\" \u0645\u0646 \u06F1\u06F2 \u0645\u0646 12.\n"), true},
	{"fa", T("12 \u0645\u0646\n"), false},
	{"fa", T("\u0645\u0646 12 34\n"), false}, /* it may be a phone number */
	{"fa", T("\u0628\u0628!  \u0628\u0628\n"), false}, /* more than one space behind a mark */
	{"fa", T("\u0628\u0628\u200C  \u0628\u0628\u200C \n"), true},
	{"ar", T("\u0645\u062C\u062F\u0651\u064E \u0645\u0631\u0629 \u0623\u062E\u0631\u0649\u061F\n"), true},
	{"ar", T("\u0645\u0631\u0629\u060C\u0645\u0631\u0629\n"), true}, /* without a space behind the comma */
	{"en", T("It was late, so we left.\r\n"), true},
	{"en", T(" It was  late,  so we left. \n"), true},
	{"en", T("It was late \r\n"), true},
	{"en", T("He said so to Dr. \r\n"), false},
	{"en", T("It was late.  \n"), false},
	{"en", T("  It was late.\n"), false},
	{"en", T(" It was late.\n"), false}, /* nothing else is left out */
	{"en", T("It was\rlate.\n"), false},
	{"en", T("It was late.\r\r\n"), false},
	{"ug", T("\u0628\u0627\u0631\u060C \u0643\u06D5\u0644\n"), true},
};

START_TEST(easy_lines)
{
	struct lists_filters filters = {0};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct row *const row = &rows[i];
		uint16_t lang = 0;
		while (!lafz_lang_tag(lang) || strcmp(lafz_lang_tag(lang), row->tag) != 0)
			lang++;
		struct easy_sieve sieve;
		struct easy easy = {
			.kernel = easy_kernel_find(scan_kernel_find(NULL)->name),
			.sieve = &sieve,
			.filter = lists_filter(&filters, lang),
		};
		if (!easy.kernel)
			continue;
		easy_sieve_make(&sieve, lang, fold_table(lang));
		expect_right(&easy, row->line.ptr, (uint32_t)row->line.len);
		const struct easy_stretch *const last = &easy.stretches[easy.n_stretches - 1];
		ck_assert_msg(last->is_easy == row->is_easy, "%s: %s", row->tag, helper_show(row->line.ptr, row->line.len));
		easy_free(&easy, &mem_default);
	}
}
END_TEST

struct copy {
	struct text line, wanted;
};

/* What becomes of lines with sentences that end inside, and other things that a second look lets pass. */
static const struct copy english[] = {
	{T("It was late. We left.\n"), T("It was late .\nWe left .\n")},
	{T("Is it? \"Yes,\" she said. It is.\n"), T("Is it ?\n\" Yes , \" she said .\nIt is .\n")},
	{T("\u201CIt is!\u201D He left.\n"), T("\u201C It is ! \u201D\nHe left .\n")},
	{T("We saw Mr. Smith. He left.\n"), T("We saw Mr. Smith .\nHe left .\n")},
	{T("This is it: an e-mail.\n"), T("This is it : an e-mail .\n")},
	{T("Is it? asked Ann. Is it? it is...\n"), T("Is it ?\nasked Ann .\nIs it ?\nit is ...\n")},
	{T("Yahoo! is late \u2013 as I - and you!.\n"), T("Yahoo ! is late \u2013 as I - and you ! .\n")},
	{T("A \"non-member\" of the non-co-op.\n"), T("A \" non - member \" of the non - co - op .\n")},
};

/* What is in lower case behind a mark may say what stands before it, or be counted. */
static const struct copy turkish[] = {
	{T("Girdi\u2026\nGeldi\u2026 Gitti\u2026\nEvet.\n"), T("Girdi \u2026\nGeldi \u2026\nGitti \u2026\nEvet .\n")},
	{T("D\u00F6nd\u00FCm; ona: \"ben\" dedim.\n"), T("D\u00F6nd\u00FCm ; ona : \" ben \" dedim .\n")},
	{T("Geldi. Gitti! Bekledi.\n"), T("Geldi .\nGitti !\nBekledi .\n")},
};

static const struct copy french[] = {
	{T("Qu'a-t-il, qu\u2019est-ce, QU'ON, J\u2019\u00E9tais jusqu'ici, d'Avignon.\n"),
	 T("Qu' a -t-il , qu\u2019 est -ce , QU' ON , J\u2019 \u00E9tais jusqu' ici , d' Avignon .\n")},
	{T("C'est l'on, qu\u2019on onze, l'onde, c\u2019est-\u00E0-dire. C'est-\u00E0.\n"),
	 T("C' est l'on , qu\u2019on onze , l' onde , c\u2019est-\u00E0-dire .\nC' est-\u00E0 .\n")},
	{T("Rendez-moi ce rendez-vous, voyez-VOUS celui-ci ici-l\u00E0 ?\n"), T("Rendez-moi ce rendez-vous , voyez -VOUS celui-ci ici-l\u00E0 ?\n")},
	{T(" Un  mot \u2026 un autre\u2026 \u00C0 la fin !... Oui\u00A0\u2026 Non ; \u00E0 \u00AB moi, \u00BB dit-il.\n"),
	 T("Un mot \u2026 un autre \u2026\n\u00C0 la fin ! ...\nOui \u2026\nNon ; \u00E0 \u00AB moi , \u00BB dit -il .\n")},
};

/* "Or" behind a question is no other sentence, whatever stands right behind that word. */
static const struct copy arabic[] = {
	{T("\u0631\u0641\u062A! \u0623\u0648 \u0645\n"), T("\u0631\u0641\u062A ! \u0623\u0648 \u0645\n")},
	{T("\u0631\u0641\u062A! \u0623\u0648\u061B \u0645\n"), T("\u0631\u0641\u062A ! \u0623\u0648 \u061B \u0645\n")},
	{T("\u0631\u0641\u062A! \u0645\u0646: \u0645\n"), T("\u0631\u0641\u062A !\n\u0645\u0646 : \u0645\n")},
};

static const struct copy persian[] = {
	{T("\u200F\u0645\u0646 \u0645\u0646\u200F\u060C \u200C\u0643.\n\u0645.\u200F\n"), T("\u0645\u0646 \u0645\u0646 \u060C \u06A9 .\n\u0645 .\n")},
	{T("\u0645\u0647\u0654 \u0645: \u0645\u061B \u0645:\n"), T("\u0645\u06C0 \u0645 : \u0645 \u061B \u0645 :\n")},
	{T("\u0631\u0641\u062A\u061F\u061F\n\u061F\u0645\n"), T("\u0631\u0641\u062A \u061F\u061F\n\u061F\n\u0645\n")},
	{T(". \u0645\u0646 \u0645\n"), T(".\n\u0645\u0646 \u0645\n")},
	{T("\"\u0643\u0646\" \u0645: \u00AB\u0645\u061F\u00BB \u0645 \u201C\u0645\u201D.\n"),
	 T("\" \u06A9\u0646 \" \u0645 : \u00AB \u0645 \u061F \u00BB\n\u0645 \u201C \u0645 \u201D .\n")},
	{T("\u0645\u0646 \u06F1\u06F2 \u0645\u0646 12.\n"), T("\u0645\u0646 \u06F1\u06F2 \u0645\u0646 12 .\n")},
	{T("\u0631\u0641\u062A. \"\u0631\u0641\u062A\n"), T("\u0631\u0641\u062A .\n\" \u0631\u0641\u062A\n")},
};

/* finite-verb: ZWNJ before a word does not hide that it only looks like such a verb. */
static const struct copy uyghur[] = {
	{T("\u200C\u0642\u06D0\u062A\u0649\u0645: \u0628\u0628\n"), T("\u0642\u06D0\u062A\u0649\u0645 : \u0628\u0628\n")},
};

static void expect_copies(uint16_t lang, const struct copy *copies, size_t n)
{
	struct lists_filters filters = {0};
	struct easy_sieve sieve;
	easy_sieve_make(&sieve, lang, fold_table(lang));
	struct easy easy = {
		.kernel = easy_kernel_find(scan_kernel_find(NULL)->name),
		.sieve = &sieve,
		.filter = lists_filter(&filters, lang),
	};
	for (size_t i = 0; i < n && easy.kernel; i++) {
		/* behind a line that is so long that two spaces are not many */
		char text[2 * EASY_BYTES_A_ROW + MOST];
		const uint32_t start = 2 * EASY_BYTES_A_ROW, end = start + (uint32_t)copies[i].line.len;
		memset(text, 'a', start);
		text[start - 1] = '\n';
		memcpy(text + start, copies[i].line.ptr, copies[i].line.len);
		struct buf got = {0};
		easy.again = (struct pays){0};
		ck_assert(easy_find(&easy, &mem_default, text, end) == LAFZ_OK);
		ck_assert(easy_copy(&easy, &mem_default, text, start, end, &got) == LAFZ_OK);
		ck_assert_msg(helper_equals(copies[i].wanted.ptr, copies[i].wanted.len, got.ptr, got.len), "wanted %s, got %s",
		              helper_show(copies[i].wanted.ptr, copies[i].wanted.len), helper_show(got.ptr, got.len));
		buf_free(&got, &mem_default);
	}
	easy_free(&easy, &mem_default);
}

START_TEST(looked_at_again)
{
	expect_copies(LANG_EN, english, COUNT(english));
	expect_copies(LANG_TR, turkish, COUNT(turkish));
	expect_copies(LANG_FR, french, COUNT(french));
	expect_copies(LANG_AR, arabic, COUNT(arabic));
	expect_copies(LANG_FA, persian, COUNT(persian));
	expect_copies(LANG_UG, uyghur, COUNT(uyghur));
}
END_TEST

static void expect_at_borders(struct easy *easy, const struct row *row)
{
	char text[2 * 64 + MOST];
	for (size_t n = 0; n < 64; n++) {
		memset(text, 'a', sizeof text);
		memcpy(text + n + 1, row->line.ptr, row->line.len);
		text[n] = text[n + 1 + row->line.len + 64] = '\n';
		expect_right(easy, text, (uint32_t)(n + 1 + row->line.len + 65));
	}
}

/* The same lines at all places among 64 bytes, between words, by all kernels. */
START_TEST(at_borders)
{
	struct lists_filters filters = {0};
	for (size_t k = 0; scan_kernel_at(k); k++) {
		const struct scan_kernel *const kernel = scan_kernel_at(k);
		if (!kernel->is_usable() || !easy_kernel_find(kernel->name))
			continue;
		for (size_t i = 0; i < COUNT(rows); i++) {
			const uint16_t lang = lafz_lang_id(rows[i].tag);
			struct easy_sieve sieve;
			struct easy easy = {.kernel = easy_kernel_find(kernel->name), .sieve = &sieve, .filter = lists_filter(&filters, lang)};
			easy_sieve_make(&sieve, lang, fold_table(lang));
			expect_at_borders(&easy, &rows[i]);
			easy_free(&easy, &mem_default);
		}
	}
}
END_TEST

/* Lines of two languages are put together as if they had been looked at with one sieve: marks change places in both. */
START_TEST(equal_marks)
{
	struct easy_sieve first, other;
	easy_sieve_make(&first, LANG_AR, fold_table(LANG_AR));
	for (uint16_t lang = 0; lang < LANG_COUNT; lang++) {
		if (lang_script(lang) != UCD_SCRIPT_ARAB)
			continue;
		easy_sieve_make(&other, lang, fold_table(lang));
		ck_assert_mem_eq(first.marks, other.marks, sizeof first.marks);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {random_texts, words, documents, easy_lines, looked_at_again, at_borders, equal_marks};
	return helper_run("easy", tests, COUNT(tests));
}
