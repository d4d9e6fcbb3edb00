/*
 * Language runs. The texts are in run_cases.tsv; they are cut into pieces by a splitter that knows
 * white space, letters and digits, so that these tests need no other stage.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper.h"

#include "base/fill.h"
#include "lang.h"
#include "run/run.h"
#include "scan/scan.h"
#include "tokens.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"

enum { MOST_BYTES = 4096, MOST_CASES = 200, MOST_RUNS = 8 };

struct run_case {
	char line[MOST_BYTES];
	const char *about, *languages, *text;
	const char *runs[MOST_RUNS];
	size_t n_runs;
};

static struct run_case cases[MOST_CASES];
static size_t n_cases;

/* ---- The cases ---- */

static void unescape(char *text)
{
	for (char *at = strstr(text, "\\n"); at; at = strstr(at, "\\n")) {
		*at = '\n';
		memmove(at + 1, at + 2, strlen(at + 2) + 1);
	}
}

static bool read_case(struct run_case *c)
{
	char *fields[3 + MOST_RUNS] = {0};
	size_t n = 0;
	c->line[strcspn(c->line, "\n")] = '\0';
	for (char *at = c->line; at && n < COUNT(fields); n++) {
		fields[n] = at;
		at = strchr(at, '\t');
		if (at)
			*at++ = '\0';
	}
	if (n < 4)
		return false;
	unescape(fields[2]);
	c->about = fields[0];
	c->languages = fields[1];
	c->text = fields[2];
	c->n_runs = n - 3;
	for (size_t i = 0; i < c->n_runs; i++)
		c->runs[i] = fields[3 + i];
	return true;
}

static bool read_cases(void)
{
	const char *folder = getenv("abs_top_srcdir");
	if (!folder)
		folder = getenv("srcdir");
	char path[1024];
	snprintf(path, sizeof path, "%s/tests/unit/run_cases.tsv", folder ? folder : ".");
	FILE *file = fopen(path, "r");
	if (!file)
		return false;
	bool is_good = true;
	while (is_good && n_cases < MOST_CASES && fgets(cases[n_cases].line, MOST_BYTES, file)) {
		const char first = cases[n_cases].line[0];
		if (first == '#' || first == '\n')
			continue;
		is_good = read_case(&cases[n_cases]);
		n_cases += is_good;
	}
	fclose(file);
	return is_good && n_cases > 0 && n_cases < MOST_CASES;
}

/* ---- The splitter ---- */

static bool is_letter(uint32_t cp)
{
	const uint8_t gc = ucd_get(cp)->gc;
	return (gc >= UCD_GC_LL && gc <= UCD_GC_LU) || gc == UCD_GC_MN || cp == 0x200C;
}

static bool is_space(uint32_t cp)
{
	return cp == ' ' || cp == '\n';
}

static uint8_t kind_of(uint32_t cp)
{
	if (is_letter(cp))
		return LAFZ_KIND_WORD;
	return ucd_get(cp)->gc == UCD_GC_ND ? LAFZ_KIND_NUMBER : LAFZ_KIND_PUNCT;
}

/*
 * Whether a character goes on with the piece it touches: letters of one script, digits, an
 * apostrophe before a letter.
 */
static bool goes_on(uint8_t kind, uint8_t script, const char *text, uint32_t off, uint32_t end)
{
	const struct utf8 c = utf8_decode(text + off, end - off);
	const struct utf8 next = utf8_decode(text + off + c.len, end - off - c.len);
	if (kind == LAFZ_KIND_WORD && (ucd_get(c.cp)->gc == UCD_GC_MN || c.cp == 0x200C))
		return true;
	if (kind == LAFZ_KIND_WORD && (c.cp == 0x2019 || c.cp == '\''))
		return next.status == UTF8_CHAR && ucd_get(next.cp)->script == UCD_SCRIPT_LATN &&
		       script == UCD_SCRIPT_LATN;
	if (kind == LAFZ_KIND_PUNCT || kind != kind_of(c.cp))
		return false;
	return kind == LAFZ_KIND_NUMBER || script == ucd_get(c.cp)->script;
}

/* Appends an empty piece; the number of it. */
static size_t add_piece(struct pieces *pieces, uint32_t start)
{
	const size_t i = pieces->n++;
	pieces->start[i] = pieces->end[i] = start;
	pieces->run[i] = 0;
	pieces->confidence[i] = 0.0f;
	pieces->lang[i] = LANG_UND;
	pieces->flags[i] = 0;
	pieces->script[i] = UCD_SCRIPT_ZYYY;
	return i;
}

static void split(struct pieces *pieces, const char *text, uint32_t start, uint32_t end)
{
	bool touches = false; /* the next character and the last piece */
	size_t i = 0;
	pieces->n = 0;
	for (uint32_t off = start; off < end;) {
		const struct utf8 c = utf8_decode(text + off, end - off);
		const bool is_rest = touches &&
		                     goes_on(pieces->kind[i], pieces->script[i], text, off, end);
		touches = !is_space(c.cp);
		if (touches && !is_rest) {
			i = add_piece(pieces, off);
			pieces->kind[i] = kind_of(c.cp);
			if (pieces->kind[i] == LAFZ_KIND_WORD)
				pieces->script[i] = ucd_get(c.cp)->script;
		}
		off += c.len;
		if (touches)
			pieces->end[i] = off;
	}
}

/* ---- Running ---- */

struct bench {
	struct run_stage stage;
	struct tokens columns; /* of the pieces */
	struct pieces pieces;
	int n; /* runs of the last line, or a status */
};

static void bench_free(struct bench *bench, const struct lafz_allocator *mem)
{
	run_free(&bench->stage, mem);
	tokens_free(&bench->columns, &mem_default);
	*bench = (struct bench){0};
}

/* Pieces of a text from start to end. */
static void make_pieces(struct bench *bench, const char *text, uint32_t start, uint32_t end)
{
	ck_assert_int_eq(tokens_reserve(&bench->columns, &mem_default, end - start + FILL_SLACK),
	                 LAFZ_OK);
	bench->pieces = tokens_pieces(&bench->columns);
	split(&bench->pieces, text, start, end);
}

/* One segment of a line: all of it, or the part that is told. */
static void run_part(struct bench *bench, const struct lafz_allocator *mem, const char *text,
                     struct segment segment)
{
	segment.text = text;
	segment.doc_start = segment.start;
	make_pieces(bench, text, segment.start, segment.end);
	bench->n = run_segment(&bench->stage, mem, &segment, &bench->pieces);
}

/* Line after line, until one fails; what the last one has stays in the bench. */
static void run_text(struct bench *bench, const struct lafz_allocator *mem, const char *text)
{
	const uint32_t len = (uint32_t)strlen(text);
	run_reset(&bench->stage);
	bench->n = 0;
	for (uint32_t start = 0, end; start < len && bench->n >= 0; start = end) {
		end = start + (uint32_t)strcspn(text + start, "\n");
		end += end < len;
		run_part(bench, mem, text,
		         (struct segment){.start = start,
		                          .end = end,
		                          .is_line_start = true,
		                          .is_line_end = true});
	}
}

static uint16_t lang_of(const char *tag, size_t len)
{
	static const char *const tags[] = {
#define LANG_TAG(name, tag, script, support) tag,
		LANG_LIST(LANG_TAG)
#undef LANG_TAG
	};
	for (uint16_t i = 0; i < COUNT(tags); i++) {
		if (strlen(tags[i]) == len && memcmp(tags[i], tag, len) == 0)
			return i;
	}
	ck_abort_msg("no language %s", tag);
	return LANG_UND;
}

static void set_languages(struct bench *bench, const char *list)
{
	uint16_t languages[LAFZ_MAX_LANGUAGES];
	size_t n = 0;
	if (strcmp(list, "-") != 0) {
		for (const char *at = list; *at; n++) {
			const size_t len = strcspn(at, ",");
			languages[n] = lang_of(at, len);
			at += len + (at[len] == ',');
		}
	}
	run_init(&bench->stage, languages, n);
}

/* The first and the last piece of a run. */
static void find_run(const struct pieces *pieces, uint32_t run, size_t *first, size_t *last)
{
	*first = SIZE_MAX;
	*last = 0;
	for (size_t i = 0; i < pieces->n; i++) {
		if (pieces->run[i] != run)
			continue;
		*first = *first == SIZE_MAX ? i : *first;
		*last = i;
	}
	ck_assert_msg(*first != SIZE_MAX, "run %u has no piece", run);
}

static void check_run(const struct run_case *c, const struct bench *bench, uint32_t run)
{
	const char *const wanted = c->runs[run];
	const size_t tag_len = strcspn(wanted, " ");
	const char *const text = wanted + tag_len + 1;
	size_t first, last;
	find_run(&bench->pieces, run, &first, &last);
	const struct pieces *const pieces = &bench->pieces;
	const size_t len = pieces->end[last] - pieces->start[first];
	ck_assert_msg(pieces->lang[first] == lang_of(wanted, tag_len),
	              "%s: run %u: expected %s, got language %u with confidence %.3f", c->about,
	              run, wanted, pieces->lang[first], (double)pieces->confidence[first]);
	ck_assert_msg(len == strlen(text) && memcmp(c->text + pieces->start[first], text, len) == 0,
	              "%s: run %u: expected %s, got %s", c->about, run,
	              helper_show(text, strlen(text)),
	              helper_show(c->text + pieces->start[first], len));
}

/* What is true of all runs. */
static void check_pieces(const char *about, const struct bench *bench)
{
	for (size_t i = 0; i < bench->pieces.n; i++) {
		const struct pieces *const pieces = &bench->pieces;
		const uint32_t before = i ? pieces->run[i - 1] : 0, run = pieces->run[i];
		ck_assert_msg(run == before || (i && run == before + 1), "%s: run %u after %u",
		              about, run, before);
		ck_assert_msg(i == 0 || run != before || pieces->lang[i] == pieces->lang[i - 1],
		              "%s: two languages in run %u", about, before);
		ck_assert_msg((pieces->lang[i] == LANG_UND) == (pieces->confidence[i] == 0.0f),
		              "%s: confidence %.3f", about, (double)pieces->confidence[i]);
	}
}

START_TEST(test_case)
{
	const struct run_case *const c = &cases[_i];
	struct bench bench = {0};
	set_languages(&bench, c->languages);
	run_text(&bench, &mem_default, c->text);
	check_pieces(c->about, &bench);
	for (size_t i = 0; i < c->n_runs && (int)i < bench.n; i++)
		check_run(c, &bench, (uint32_t)i);
	ck_assert_msg((size_t)bench.n == c->n_runs, "%s: expected %zu runs, got %d", c->about,
	              c->n_runs, bench.n);
	bench_free(&bench, &mem_default);
}
END_TEST

/* A stage that has seen other documents gives the same as a new one. */
START_TEST(test_reset)
{
	struct bench used = {0};
	for (size_t i = 0; i < n_cases; i++) {
		if (strcmp(cases[i].languages, "-") != 0)
			continue;
		struct bench fresh = {0};
		run_text(&used, &mem_default, cases[i].text);
		run_text(&fresh, &mem_default, cases[i].text);
		ck_assert_int_eq(used.n, fresh.n);
		for (size_t k = 0; k < fresh.pieces.n; k++) {
			const struct pieces *const a = &used.pieces, *const b = &fresh.pieces;
			ck_assert_msg(a->lang[k] == b->lang[k] && a->run[k] == b->run[k],
			              "%s: piece %zu", cases[i].about, k);
		}
		bench_free(&fresh, &mem_default);
	}
	bench_free(&used, &mem_default);
}
END_TEST

START_TEST(test_confidence)
{
	struct bench bench = {0};
	run_text(&bench, &mem_default, "the people of the city and the state have the book");
	ck_assert(bench.pieces.confidence[0] >= 0.99f && bench.pieces.confidence[0] < 1.0f);
	bench_free(&bench, &mem_default);
	set_languages(&bench, "en");
	run_text(&bench, &mem_default, "Zxcv");
	ck_assert(bench.pieces.confidence[0] == 1.0f);
	bench_free(&bench, &mem_default);
}
END_TEST

static char long_text[1 << 20];

/* ---- Short cuts ---- */

/* Runs the text on both and compares all pieces of each line. */
static void check_equal(const char *about, struct bench *a, struct bench *b, const char *text)
{
	run_text(a, &mem_default, text);
	run_text(b, &mem_default, text);
	ck_assert_msg(a->n == b->n, "%s: %d runs, not %d", about, b->n, a->n);
	for (size_t i = 0; i < a->pieces.n; i++) {
		const struct pieces *const x = &a->pieces, *const y = &b->pieces;
		ck_assert_msg(x->lang[i] == y->lang[i] && x->run[i] == y->run[i] &&
		                      x->confidence[i] == y->confidence[i],
		              "%s: piece %zu is of language %u, not %u", about, i, y->lang[i],
		              x->lang[i]);
	}
}

/* Words in one language or another; some are nouns that tell by their place. */
static const char *const phrases[] = {
	"the people of the city ", "la gente de la ciudad ", "\"der Hund\" ", "Kabul, ",
	"\u062F \u067E\u0648\u0647\u0646\u06D0 \u0648\u0632\u0627\u0631\u062A ",
	"\u0648\u0632\u0627\u0631\u062A \u0645\u0639\u0627\u0631\u0641 ",
	"\u0432 \u0433\u043E\u0440\u043E\u0434\u0435 ",
};

/*
 * A line of stretches in one language and of both scripts in turn: of more words than are summed up
 * in one round.
 */
static void make_long_line(char *out, size_t cap, uint64_t seed)
{
	struct rng rng = {seed};
	size_t len = 0, part = 0;
	while (len + 64 < cap) {
		if (rng_below(&rng, 16) == 0)
			part = rng_below(&rng, COUNT(phrases));
		const size_t other = rng_below(&rng, COUNT(phrases));
		const bool is_other = rng_below(&rng, 8) == 0;
		len += (size_t)snprintf(out + len, cap - len, "%s",
		                        phrases[is_other ? other : part]);
	}
}

static const char *const kernels[] = {"plain", "avx2", "avx512"};

/* The memo, the test for one language, and what is compiled for a processor change nothing. */
START_TEST(test_short_cuts)
{
	struct bench bench = {0}, uncached = {0}, lattice = {0};
	if (!scan_kernel_find(kernels[_i]))
		return;
	run_set_kernel(&bench.stage, kernels[_i]);
	uncached.stage.evidence.is_uncached = true;
	for (size_t s = 0; s < RUN_SCRIPTS; s++)
		lattice.stage.paths[s].has_lattice = true;
	for (size_t i = 0; i < n_cases; i++) {
		check_equal(cases[i].about, &bench, &uncached, cases[i].text);
		check_equal(cases[i].about, &bench, &lattice, cases[i].text);
	}
	for (uint64_t seed = 1; seed <= 20; seed++) {
		char line[MOST_BYTES];
		make_long_line(line, sizeof line, seed);
		check_equal("a long line", &bench, &uncached, line);
		check_equal("a long line", &bench, &lattice, line);
	}
	bench_free(&bench, &mem_default);
	bench_free(&uncached, &mem_default);
	bench_free(&lattice, &mem_default);
}
END_TEST

/* ---- Many lines at once ---- */

struct region {
	struct tokens columns;
	struct pieces pieces; /* those of all lines in a row */
	struct segments segments;
};

/*
 * A text whose lines are those of the cases in turn, and stretches of one language, which are longer where seed is odd; and lines that have some
 * of all, of both scripts most often.
 */
static void make_lines(char *out, size_t cap, uint64_t seed)
{
	static const char *const lines[] = {
		"the people of the city and the state have the book, \"as it is\".\n",
		"\u062F \u067E\u0648\u0647\u0646\u06D0 \u0648\u0632\u0627\u0631\u062A\n",
		"\u0645\u06CC\u200C\u0634\u0648\u062F \u0627\u0632 \u0627\u06CC\u0646 \u0647\u0627\n",
		"la gente de la ciudad\n", "\n", "12 - 15\n", "Zxcv\n"};
	struct rng rng = {seed};
	size_t len = 0, line = 0;
	while (len + 2 * MOST_BYTES < cap) {
		const char *text = lines[line];
		if (rng_below(&rng, seed % 2 ? 8 : 1) == 0)
			line = rng_below(&rng, COUNT(lines));
		if (rng_below(&rng, 4) == 0)
			text = cases[rng_below(&rng, n_cases)].text;
		for (size_t n = rng_below(&rng, 5) == 0 ? 1 + rng_below(&rng, 12) : 0; n > 0; n--)
			len += (size_t)snprintf(out + len, cap - len, "%s", phrases[rng_below(&rng, COUNT(phrases))]);
		len += (size_t)snprintf(out + len, cap - len, "%s", text);
	}
	out[len] = '\0';
}

/* Lines from start on, up to so many bytes. */
static uint32_t make_region(struct region *region, const char *text, uint32_t start, uint32_t most)
{
	const uint32_t len = (uint32_t)strlen(text);
	uint32_t end = start;
	ck_assert_int_eq(tokens_reserve(&region->columns, &mem_default, most + 2 * MOST_BYTES + FILL_SLACK), LAFZ_OK);
	region->pieces = tokens_pieces(&region->columns);
	region->segments.n = 0;
	size_t n = 0;
	while (end < len && end - start < most) {
		const uint32_t line = end;
		end += (uint32_t)strcspn(text + end, "\n");
		end += end < len;
		struct pieces own = pieces_part(&region->pieces, n, n);
		split(&own, text, line, end);
		n += own.n;
		region->segments.ptr[region->segments.n++] = (struct segment){
			.text = text, .start = line, .end = end, .readable = end, .doc_start = line,
			.is_line_start = true, .is_line_end = true, .piece_end = (uint32_t)n};
	}
	for (size_t i = 0; i < region->segments.n; i++)
		region->segments.ptr[i].readable = end;
	region->pieces.n = n;
	return end;
}

/* Line s of the region is in the runs of the bench. */
static void check_line(const struct region *region, size_t s, const struct bench *bench)
{
	const struct segment *const segment = &region->segments.ptr[s];
	const size_t first = s == 0 ? 0 : segment[-1].piece_end;
	const struct pieces *const a = &region->pieces, *const b = &bench->pieces;
	ck_assert_uint_eq(segment->n_runs, (uint32_t)bench->n);
	ck_assert_uint_eq(segment->piece_end - first, b->n);
	for (size_t i = 0; i < b->n; i++)
		ck_assert_msg(a->lang[first + i] == b->lang[i] && a->run[first + i] == b->run[i] &&
		                      a->confidence[first + i] == b->confidence[i],
		              "byte %u: language %u, confidence %.3f, not %u, %.3f", a->start[first + i],
		              a->lang[first + i], (double)a->confidence[first + i], b->lang[i],
		              (double)b->confidence[i]);
}

/* The lines of regions of any size are in the runs that they are in one by one, by the lattice alone. */
START_TEST(test_regions)
{
	static struct segment room[1 << 16];
	struct bench bench = {0}, lattice = {0};
	struct region region = {.segments = {.ptr = room, .cap = COUNT(room)}};
	if (!scan_kernel_find(kernels[_i]))
		return;
	run_set_kernel(&bench.stage, kernels[_i]);
	for (size_t s = 0; s < RUN_SCRIPTS; s++)
		lattice.stage.paths[s].has_lattice = true;
	for (uint64_t seed = 1; seed <= 8; seed++) {
		make_lines(long_text, 100000, seed);
		run_reset(&bench.stage);
		run_reset(&lattice.stage);
		const uint32_t len = (uint32_t)strlen(long_text);
		for (uint32_t start = 0, end; start < len; start = end) {
			end = make_region(&region, long_text, start, 1u << (2 * seed));
			ck_assert_int_eq(run_segments(&bench.stage, &mem_default, &region.segments, &region.pieces),
			                 LAFZ_OK);
			for (size_t s = 0; s < region.segments.n; s++) {
				run_part(&lattice, &mem_default, long_text, room[s]);
				check_line(&region, s, &lattice);
			}
		}
	}
	tokens_free(&region.columns, &mem_default);
	bench_free(&bench, &mem_default);
	bench_free(&lattice, &mem_default);
}
END_TEST

/* Words that were read are found again, where each of the others would put them: nothing is added by a second reading. */
START_TEST(test_found_again)
{
	static struct segment room[1 << 16];
	struct bench bench = {0}, plain = {0};
	struct bench *const both[] = {&bench, &plain};
	struct region region = {.segments = {.ptr = room, .cap = COUNT(room)}};
	if (!scan_kernel_find(kernels[_i]))
		return;
	run_set_kernel(&bench.stage, kernels[_i]);
	run_set_kernel(&plain.stage, "plain");
	make_lines(long_text, 100000, 1);
	const uint32_t len = (uint32_t)strlen(long_text);
	for (size_t i = 0; i < 4; i++) {
		struct bench *const own = both[i % 2];
		const uint32_t n_before = own->stage.evidence.memo.n_used;
		run_reset(&own->stage);
		for (uint32_t start = 0, end; start < len; start = end) {
			end = make_region(&region, long_text, start, 20000);
			ck_assert_int_eq(run_segments(&own->stage, &mem_default, &region.segments, &region.pieces), LAFZ_OK);
		}
		ck_assert_uint_gt(own->stage.evidence.memo.n_used, 20);
		ck_assert_msg(i < 2 || own->stage.evidence.memo.n_used == n_before, "%u words, and %u when read again", n_before,
		              own->stage.evidence.memo.n_used);
	}
	ck_assert_uint_eq(bench.stage.evidence.memo.n_used, plain.stage.evidence.memo.n_used);
	tokens_free(&region.columns, &mem_default);
	bench_free(&bench, &mem_default);
	bench_free(&plain, &mem_default);
}
END_TEST

/* ---- The prior ---- */

static void append(const char *text)
{
	ck_assert_uint_lt(strlen(long_text) + strlen(text), sizeof long_text);
	strcat(long_text, text);
}

/* English lines count if they lie in the 4 KiB before the line, wholly. */
START_TEST(test_reach)
{
	static const char line[] = "the people of the city and the state have the book\n";
	static const struct {
		size_t distance; /* bytes from the end of the English line to the last one */
		bool counts;
	} rows[] = {
		{0, true},
		{4096 - (sizeof line - 1), true},
		{4096 - (sizeof line - 1) + 1, false},
		{8000, false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct bench bench = {0};
		/* lines that are settled leave no start behind */
		bench.stage.paths[RUN_LATN].has_lattice = true;
		long_text[0] = '\0';
		append(line);
		for (size_t k = 0; k < rows[i].distance; k++)
			append("\n");
		append("Zxcv");
		run_text(&bench, &mem_default, long_text);
		/* The first column is English, the second French. */
		const size_t en = 0, fr = 1;
		const int16_t *const start = bench.stage.paths[RUN_LATN].start;
		ck_assert_int_ge(start[fr], start[en]);
		ck_assert_msg((start[fr] > start[en]) == rows[i].counts,
		              "%zu bytes: French is %d behind", rows[i].distance,
		              start[fr] - start[en]);
		bench_free(&bench, &mem_default);
	}
}
END_TEST

/* Lines of both scripts, their sums added up anew for each: the same start as from the sums that are kept. */
START_TEST(test_sums_of_the_reach)
{
	static struct {
		uint64_t start;
		size_t script;
		uint16_t sums[STATES];
	} lines[3000];
	const struct prior_fixed fixed = {.blocked = {[3] = UINT16_MAX}, .ahead = {[1] = 10}};
	struct prior prior = {0};
	struct rng rng = {7};
	uint64_t at = 0;
	for (size_t i = 0; i < COUNT(lines); i++) {
		uint32_t sums[STATES] = {0};
		const size_t script = rng_below(&rng, RUN_SCRIPTS);
		ck_assert_int_eq(prior_reserve(&prior, &mem_default, 1), LAFZ_OK);
		if (i == COUNT(lines) / 2) {
			prior_reset(&prior);
			at = 0;
		}
		for (size_t k = i < COUNT(lines) / 2 ? 0 : COUNT(lines) / 2; k < i; k++)
			for (size_t s = 0; s < STATES && lines[k].script == script && lines[k].start + PRIOR_REACH >= at; s++)
				sums[s] += lines[k].sums[s];
		prior_begin_line(&prior, at);
		const vectors_pairs found = prior_start(&prior, script, &fixed);
		const vectors_pairs expected = prior_start_exact(sums, &fixed);
		for (size_t s = 0; s < STATES; s++)
			ck_assert_msg(s == 3 || found[s] == expected[s], "line %zu, state %zu: expected %u, got %u", i, s,
			              expected[s], found[s]);
		lines[i].start = at;
		lines[i].script = script;
		/* now and then so much that the sums do not fit 16 bits */
		for (size_t s = 0; s < STATES; s++)
			lines[i].sums[s] = (uint16_t)rng_below(&rng, rng_below(&rng, 500) ? 40 : 60000);
		prior_add_line(&prior, script, vectors_load(lines[i].sums));
		at += rng_below(&rng, 8) ? rng_below(&rng, 120) : rng_below(&rng, PRIOR_REACH);
	}
	prior_free(&prior, &mem_default);
}
END_TEST

/* The pieces of one line have its prior: what came before the line, not the piece before. */
START_TEST(test_prior_of_a_cut_line)
{
	static const char text[] = "the book is here and the people of the city have it Zxcv";
	const uint32_t cut = (uint32_t)(strstr(text, "Zxcv") - text);
	struct bench bench = {0};
	run_part(&bench, &mem_default, text, (struct segment){.end = cut, .is_line_start = true});
	ck_assert_uint_eq(bench.pieces.lang[0], LANG_EN);
	run_part(&bench, &mem_default, text,
	         (struct segment){.start = cut, .end = sizeof text - 1, .is_line_end = true});
	/* No language is ahead of another. */
	const int16_t *const start = bench.stage.paths[RUN_LATN].start;
	for (size_t i = 1; i + 1 < STATES; i++)
		ck_assert_int_eq(start[i], start[0]);
	bench_free(&bench, &mem_default);
}
END_TEST

/* ---- Entities ---- */

/* A mention, a hashtag, a link do not vote, whatever their letters. */
START_TEST(test_entities_do_not_vote)
{
	static const uint8_t kinds[] = {LAFZ_KIND_URL,     LAFZ_KIND_EMAIL, LAFZ_KIND_MENTION,
	                                LAFZ_KIND_HASHTAG, LAFZ_KIND_EMOJI, LAFZ_KIND_OTHER};
	static const char text[] = "Zxcv the Zxcv";
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct bench bench = {0};
		const struct segment segment = {
			.text = text, .end = sizeof text - 1, .is_line_start = true};
		make_pieces(&bench, text, 0, segment.end);
		bench.pieces.kind[1] = kinds[i];
		bench.n = run_segment(&bench.stage, &mem_default, &segment, &bench.pieces);
		ck_assert_int_eq(bench.n, 1);
		ck_assert_uint_eq(bench.stage.paths[RUN_LATN].n, 2);
		bench_free(&bench, &mem_default);
	}
}
END_TEST

/* ---- Hostile text ---- */

/*
 * Words of two languages in turn, a very long word, lines of one letter, broken bytes: it ends, and
 * soon.
 */
START_TEST(test_hostile)
{
	static const char *const parts[] = {
		"the \xD8\xAF ", "\xDA\x9A\xD9\x8E", "a\n", "\xD8\xFF\x80", "\"('", ""};
	for (size_t i = 0; i < COUNT(parts); i++) {
		struct bench bench = {0};
		const size_t len = strlen(parts[i]);
		size_t at = 0;
		for (size_t k = 0; len > 0 && k < 100000; k++, at += len)
			memcpy(long_text + at, parts[i], len);
		long_text[at] = '\0';
		run_text(&bench, &mem_default, long_text);
		ck_assert_int_ge(bench.n, 0);
		check_pieces(parts[i], &bench);
		bench_free(&bench, &mem_default);
	}
}
END_TEST

/* The sums of an endless line that is cut again and again stay small. */
START_TEST(test_endless_line)
{
	static const char text[] = "\xDA\x9A \xDA\x9A \xDA\x9A \xDA\x9A";
	struct bench bench = {0};
	struct segment segment = {.text = text, .end = sizeof text - 1, .is_line_start = true};
	for (size_t i = 0; i < 2000; i++) {
		make_pieces(&bench, text, 0, segment.end);
		bench.n = run_segment(&bench.stage, &mem_default, &segment, &bench.pieces);
		ck_assert_int_eq(bench.n, 1);
		segment.doc_start += segment.end;
		segment.is_line_start = false;
	}
	ck_assert_uint_eq(bench.pieces.lang[0], LANG_PS);
	ck_assert_uint_lt(bench.stage.prior.scripts[RUN_ARAB].open[1], 4096 * EVIDENCE_MAX);
	bench_free(&bench, &mem_default);
}
END_TEST

/* ---- Memory ---- */

START_TEST(test_failing_memory)
{
	static const char text[] = "the book\nis here\n\xD8\xAF";
	for (size_t fail_at = 1;; fail_at++) {
		struct counter counter = {.fail_at = fail_at};
		const struct lafz_allocator mem = helper_allocator(&counter);
		struct bench bench = {0};
		run_text(&bench, &mem, text);
		const bool is_done = counter.calls < fail_at;
		ck_assert_int_eq(bench.n, is_done ? 1 : LAFZ_ERR_MEMORY);
		bench_free(&bench, &mem);
		ck_assert_uint_eq(counter.blocks, 0);
		ck_assert_uint_eq(counter.wrong_sizes, 0);
		if (is_done)
			break;
		ck_assert_uint_lt(fail_at, 100);
	}
}
END_TEST

/* A zeroed stage can be reset and freed; a segment without pieces has no run. */
START_TEST(test_nothing)
{
	struct bench bench = {0};
	run_reset(&bench.stage);
	run_text(&bench, &mem_default, "\n");
	ck_assert_int_eq(bench.n, 0);
	bench_free(&bench, &mem_default);
	bench_free(&bench, &mem_default);
}
END_TEST

int main(void)
{
	if (!read_cases()) {
		fprintf(stderr, "run_cases.tsv cannot be read after %zu cases\n", n_cases);
		return EXIT_FAILURE;
	}
	Suite *const suite = suite_create("run");
	TCase *const tcase = tcase_create("run");
	tcase_set_timeout(tcase, NO_TIMEOUT);
	tcase_add_loop_test(tcase, test_case, 0, (int)n_cases);
	tcase_add_test(tcase, test_reset);
	tcase_add_test(tcase, test_confidence);
	tcase_add_loop_test(tcase, test_short_cuts, 0, (int)COUNT(kernels));
	tcase_add_loop_test(tcase, test_found_again, 0, (int)COUNT(kernels));
	tcase_add_loop_test(tcase, test_regions, 0, (int)COUNT(kernels));
	tcase_add_test(tcase, test_reach);
	tcase_add_test(tcase, test_sums_of_the_reach);
	tcase_add_test(tcase, test_prior_of_a_cut_line);
	tcase_add_test(tcase, test_entities_do_not_vote);
	tcase_add_test(tcase, test_hostile);
	tcase_add_test(tcase, test_endless_line);
	tcase_add_test(tcase, test_failing_memory);
	tcase_add_test(tcase, test_nothing);
	suite_add_tcase(suite, tcase);
	SRunner *const runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	const int n_failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
