/*
 * Calm stretches: what entity, word and sentence stage settle without asking their rules is what the rules
 * would say. Texts of troublesome parts go both ways, in each language that a rule names.
 */
#include <string.h>

#include "helper.h"

#include "entity/entity.h"
#include "lang.h"
#include "run/run.h"
#include "scan/scan.h"
#include "segment/segment.h"
#include "sentence/sentence.h"
#include "word/word.h"

static const struct lafz_allocator *const mem = &mem_default;

/* ---- Both ways ---- */

struct way {
	struct entity_stage entity;
	struct run_stage run;
	struct word_stage word;
	struct atoms atoms;
	struct segments segments;
	struct busy busy;
	struct tokens tokens;
	uint32_t sents;
};

static void open_way(struct way *way, const struct scan_kernel *kernel, enum lafz_rules rules,
                     uint16_t lang, bool is_thorough)
{
	*way = (struct way){0};
	way->entity.rules = way->word.rules = rules;
	entity_set_kernel(&way->entity, kernel);
	way->entity.is_thorough = is_thorough;
	run_init(&way->run, &lang, 1);
}

static void close_way(struct way *way)
{
	entity_free(&way->entity, mem);
	run_free(&way->run, mem);
	scan_free(&way->atoms, mem);
	mem_free(mem, way->segments.ptr);
	mem_free(mem, way->busy.at);
	tokens_free(&way->tokens, mem);
}

static void find_segments(struct way *way, const char *text, uint32_t len, bool by_paragraph)
{
	struct segmenter segmenter = {.max_segment = 4096, .by_paragraph = by_paragraph};
	segmenter_region(&segmenter, text, len, true, 0, &way->atoms);
	way->segments.n = 0;
	do {
		ck_assert_int_eq(mem_reserve(mem, &way->segments.ptr, &way->segments.cap,
		                             way->segments.n + 1, sizeof *way->segments.ptr),
		                 LAFZ_OK);
	} while (segmenter_next(&segmenter, &way->segments.ptr[way->segments.n]) &&
	         ++way->segments.n > 0);
}

static void go(struct way *way, const struct scan_kernel *kernel, const char *text, uint32_t len,
               bool by_paragraph)
{
	struct tokens *const t = &way->tokens;
	ck_assert_int_eq(scan_reserve(&way->atoms, mem, len), LAFZ_OK);
	kernel->scan(text, len, &way->atoms);
	kernel->sets(&way->atoms);
	find_segments(way, text, len, by_paragraph);
	t->n = 0;
	ck_assert_int_eq(tokens_reserve(t, mem, way->atoms.n + SCAN_SLACK), LAFZ_OK);
	struct pieces pieces = tokens_pieces(t);
	entity_region(&way->entity, text, len);
	ck_assert_int_eq(entity_segments(&way->entity, mem, &way->segments, &pieces, &way->busy),
	                 LAFZ_OK);
	ck_assert_int_eq(run_segments(&way->run, mem, &way->segments, &pieces), LAFZ_OK);
	word_segments(&way->word, &way->segments, &pieces, &way->busy, t);
	struct sentence_tokens own = {
		.text = text,
		.tokens = t,
		.busy = way->busy.at,
		.busy_end = way->busy.at + way->busy.n,
	};
	way->sents = 0;
	for (size_t s = 0; s < way->segments.n; s++) {
		own.first = own.end;
		own.end = way->segments.ptr[s].token_end;
		way->sents = sentence_segment(&own, way->sents);
	}
	ck_assert_uint_eq(own.end, t->n);
}

/* ---- Comparing ---- */

static void compare(const char *text, const struct way *calm, const struct way *thorough)
{
	const struct tokens *const a = &calm->tokens, *const b = &thorough->tokens;
	for (size_t i = 0; i < a->n && i < b->n; i++)
		ck_assert_msg(
			a->start[i] == b->start[i] && a->end[i] == b->end[i] &&
				a->kind[i] == b->kind[i] && a->script[i] == b->script[i] &&
				a->flags[i] == b->flags[i] && a->lang[i] == b->lang[i] &&
				a->run[i] == b->run[i] && a->sent[i] == b->sent[i],
			"token %zu, kind %u flags %u sentence %u, by the rules %s: kind %u flags "
			"%u sentence %u",
			i, a->kind[i], a->flags[i], a->sent[i],
			helper_show(text + b->start[i], b->end[i] - b->start[i]), b->kind[i],
			b->flags[i], b->sent[i]);
	ck_assert_uint_eq(a->n, b->n);
	ck_assert_uint_eq(calm->sents, thorough->sents);
	for (size_t s = 0; s < calm->segments.n; s++)
		ck_assert_uint_eq(calm->segments.ptr[s].token_end,
		                  thorough->segments.ptr[s].token_end);
}

/* What rules ask for, and what hides it from them. */
static const char *const parts[] = {
	" ",
	" ",
	" ",
	" ",
	" ",
	"  ",
	"\n",
	"\r\n",
	"\n\n",
	"\t",
	", ",
	". ",
	".",
	",",
	"! ",
	"?",
	"? ",
	"; ",
	": ",
	":",
	"-",
	" - ",
	"--",
	"/",
	"'",
	"\"",
	" \"",
	"\" ",
	"(",
	") ",
	"[",
	"]",
	"...",
	"=====",
	"*****",
	"_",
	"@",
	"#",
	"$",
	"%",
	"&amp;",
	".\"",
	"?'",
	"s' ",
	"word",
	"words ",
	"Word",
	"WORD",
	"a",
	"I",
	"J",
	"the",
	"The",
	"no",
	"No",
	"Mr",
	"etc",
	"vol",
	"IV",
	"x",
	"XD",
	"xD ",
	"XX",
	"Xd",
	"h30",
	"km",
	"com",
	"www",
	"don't ",
	"it's",
	"I\u2019m ",
	"I'LL",
	"'t",
	"vingt-et-un ",
	"anti-war",
	"x-ray, ",
	"Jean-",
	"-t-il ",
	"a-b.",
	"-",
	"o",
	"T",
	"anti",
	"il",
	"l'",
	"d'",
	"po'",
	"e",
	"t",
	"1",
	"12",
	"2021",
	"3,5",
	"1st",
	"20",
	"am",
	"Januar",
	"\u00E9t\u00E9",
	"\u00C9",
	"l\u2019",
	"\u2019",
	"\u2018",
	"\u2018What",
	",\u2019 ",
	"?\u2019\n",
	"\u060C\u0627\u06CC\u0646 ",
	"\u201C",
	"\u201D ",
	"\u00AB ",
	" \u00BB",
	"\u2026",
	"\u2014",
	"\u2013 ",
	"\u2026 ",
	"\u061B ",
	"\u00A0",
	"\u200C",
	"\u200E",
	"\u0301",
	"\uFE0F",
	"\u2028",
	"\u0633\u0644\u0627\u0645",
	"\u0648 ",
	"\u0627\u0644",
	"\u060C ",
	"\u061F ",
	"\u06D4",
	"\u061B",
	"\u0645\u06CC\u200C\u0634\u0648\u062F",
	"\u062F\u0649",
	"\u06F3",
	"\u0640",
	"\u064E",
	"\u4E2D\u6587",
	"\u0440\u0443",
	"\U0001F600",
	"\xFF",
	"\xE2\x80",
};

/* A text of parts; returns its length. */
static uint32_t make(struct rng *rng, char *text, size_t cap)
{
	const size_t n = rng_below(rng, 300);
	static const size_t one_of[] = {1, 3, 12};
	const size_t n_calm = one_of[rng_below(rng, COUNT(one_of))];
	size_t len = 0;
	for (size_t i = 0; i < n; i++) {
		/* words between spaces are what is picked; stretches of them cross all windows */
		const bool is_calm = rng_below(rng, n_calm) > 0;
		const char *const part = is_calm ? rng_below(rng, 2) ? "word " : "Lower, "
		                                 : parts[rng_below(rng, COUNT(parts))];
		if (len + strlen(part) > cap)
			break;
		memcpy(text + len, part, strlen(part));
		len += strlen(part);
	}
	return (uint32_t)len;
}

static void compare_all(const struct scan_kernel *kernel, enum lafz_rules rules, uint16_t lang)
{
	enum { ROUNDS = 60 };
	static char text[4096];
	struct rng rng = {(uint64_t)lang * 8 + (uint64_t)rules + 1};
	struct way calm, thorough;
	open_way(&calm, kernel, rules, lang, false);
	open_way(&thorough, kernel, rules, lang, true);
	for (size_t round = 0; round < ROUNDS; round++) {
		const uint32_t len = make(&rng, text, sizeof text);
		const bool by_paragraph = rng_below(&rng, 4) == 0;
		if (len == 0)
			continue;
		go(&calm, kernel, text, len, by_paragraph);
		go(&thorough, kernel, text, len, by_paragraph);
		compare(text, &calm, &thorough);
	}
	close_way(&calm);
	close_way(&thorough);
}

START_TEST(calm_is_thorough)
{
	static const uint16_t langs[] = {LANG_EN, LANG_FR, LANG_DE, LANG_ES, LANG_IT, LANG_PT,
	                                 LANG_NL, LANG_CA, LANG_TR, LANG_ID, LANG_AR, LANG_FA,
	                                 LANG_UR, LANG_UG, LANG_PS, LANG_CKB};
	for (size_t k = 0; scan_kernel_at(k); k++) {
		const struct scan_kernel *const kernel = scan_kernel_at(k);
		for (size_t i = 0; kernel->is_usable() && i < COUNT(langs); i++) {
			compare_all(kernel, LAFZ_RULES_DEFAULT, langs[i]);
			compare_all(kernel, LAFZ_RULES_SEARCH, langs[i]);
		}
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {calm_is_thorough};
	return helper_run("calm_atoms", tests, COUNT(tests));
}
