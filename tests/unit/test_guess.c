/*
 * Languages of lines that are told by atoms, against those that are told by pieces: random lines of words in several languages, with
 * all that may stand between and inside of words at any place among 64 atoms, by every kernel; and how many lines need pieces.
 */
#include <string.h>

#include "guess_runs.h"
#include "helper.h"
#include "quick_check.h"

#define MOST 40000 /* bytes of a region */

static char region[MOST];
static struct guess_piece by_pieces[MOST], by_atoms[MOST];

/* Words of some languages, so that lines are in one, in none that is sure, or in several. */
static const struct text words[][8] = {
	{T("the"), T("people"), T("of"), T("don't"), T("It\u2019s"), T("city"), T("well-known"), T("Have")},
	{T("les"), T("gens"), T("l'homme"), T("d\u2019une"), T("qu'il"), T("ville"), T("peut-\u00EAtre"), T("aujourd'hui")},
	{T("der"), T("und"), T("Stra\u00DFe"), T("nicht"), T("Hund"), T("l\u00E4uft"), T("ein"), T("Haus")},
	{T("\u0627\u06CC\u0646"), T("\u06A9\u062A\u0627\u0628"), T("\u0631\u0627"), T("\u0645\u06CC\u200C\u0646\u0648\u06CC\u0633\u0645"),
	 T("\u0645\u0631\u062F\u0645"), T("\u0627\u0632"), T("\u0628\u0631\u0627\u06CC"), T("\u0648\u0632\u0627\u0631\u062A")},
	{T("\u062F"), T("\u067E\u0648\u0647\u0646\u06D0"), T("\u0648\u0632\u0627\u0631\u062A"), T("\u067E\u0647"), T("\u06A9\u06D0"),
	 T("\u0686\u06D0"), T("\u0648\u0644\u0633"), T("\u0644\u0648\u06CC")},
	{T("\u0641\u064A"), T("\u0643\u062A\u0627\u0628"), T("\u0627\u0644\u0644\u064E\u0651\u0647"), T("\u0645\u0646"), T("\u0647\u0630\u0627"),
	 T("\u0639\u0644\u0649"), T("\u0627\u0644\u0646\u0627\u0633"), T("\u0642\u0627\u0644")},
};

/* What stands between words or belongs to them. */
static const struct text others[] = {
	T(", "), T(". "), T("? "), T("! "), T(": "), T("; "), T("\u060C "), T("\u061F "), T("\u06D4 "), T("... "), T("..."), T("?! "), T(" - "),
	T("-"), T("'"), T("\u2019"), T(" '"), T("' "), T(" \u2018"), T("\u2019 "), T(" \""), T("\" "), T(" \u201C"), T("\u201D "), T("\u00AB"),
	T("\u00BB"), T(" ("), T(") "), T(" ["), T("] "), T(" 12 "), T(" \u06F1\u06F2 "), T(" 3.5 "), T("1"), T("@ab "), T(" #ab "), T(" a.co/b "),
	T(" a@b.co "), T("/"), T(" \u2014 "), T("\u2013"), T(" :) "), T(" XD "), T(" \U0001F600 "), T("\u200C"), T("\u200F"), T("\u00AD"),
	T("_"), T("."), T(","), T("  "), T("\u00A0"), T(" \u0439\u0439 "), T(" \u4E2D\u6587 "), T(" \u0E01\u0E32\u0E23 "), T(" \u05D0\"\u05D0 "),
	T("\u0301"), T(" ab\u0628 "), T(" U.S. "), T(" J. "), T(" '93 "), T("'s "), T("'t "), T(" twenty-one-two "), T(" +"), T("% "),
};

static const struct text ends[] = {
	T("\n"), T(".\n"), T(".\n"), T("!\n"), T("\u06D4\n"), T("...\n"), T("\"\n"), T(" \n"), T("\r\n"), T("\n\n"), T(",\n"),
};

static size_t add(size_t len, const struct text *text)
{
	memcpy(region + len, text->ptr, text->len);
	return len + text->len;
}

/* A line, of words of one language for the most part. Some are long, some hold nothing. */
static size_t add_line(struct rng *rng, size_t len)
{
	static const size_t most[] = {1, 4, 12, 12, 12, 40, 300};
	const size_t n = rng_below(rng, most[rng_below(rng, COUNT(most))] + 1);
	const size_t wild = rng_below(rng, 3) == 0 ? 3 : 24; /* one word in so many is followed by something else than a space */
	size_t lang = rng_below(rng, COUNT(words));
	for (size_t i = 0; i < n; i++) {
		if (rng_below(rng, 40) == 0)
			lang = rng_below(rng, COUNT(words));
		len = add(len, &words[lang][rng_below(rng, COUNT(words[0]))]);
		if (rng_below(rng, wild) == 0)
			len = add(len, &others[rng_below(rng, COUNT(others))]);
		else if (i + 1 < n)
			region[len++] = ' ';
	}
	return add(len, &ends[rng_below(rng, COUNT(ends))]);
}

static void compare(struct lafz_stream *pieces, struct lafz_stream *atoms, const char *text, size_t len, uint64_t offset)
{
	size_t made;
	const size_t n = guess_runs(pieces, text, len, offset, false, by_pieces, MOST, &made);
	ck_assert_uint_eq(guess_runs(atoms, text, len, offset, true, by_atoms, MOST, &made), n);
	for (size_t i = 0; i < n; i++) {
		const struct guess_piece *const a = &by_pieces[i], *const b = &by_atoms[i];
		if (a->lang == b->lang && a->confidence == b->confidence && a->run == b->run && a->n_runs == b->n_runs)
			continue;
		const size_t from = a->start < 200 ? 0 : a->start - 200, rest = len - from;
		ck_abort_msg("%s: language %s (%.3f), run %u of %u; by atoms %s (%.3f), run %u of %u; behind: %s",
		             helper_show(text + a->start, a->end - a->start), lafz_lang_tag(a->lang), (double)a->confidence,
		             a->run, a->n_runs, lafz_lang_tag(b->lang), (double)b->confidence, b->run, b->n_runs,
		             helper_show(text + from, rest < 400 ? rest : 400));
	}
}

static struct lafz_options options_of(size_t kernel, const char *const *tags, size_t n)
{
	struct lafz_options options;
	lafz_options_init(&options, sizeof options);
	options.want = LAFZ_WANT_NORM | LAFZ_WANT_SENTS;
	options.kernel = lafz_kernel(kernel, NULL);
	for (size_t i = 0; i < n; i++)
		options.languages[i] = lafz_lang_id(tags[i]);
	options.n_languages = (uint32_t)n;
	return options;
}

/* Documents of some regions, each with what was learnt of those before it. */
static void read_random(const struct lafz_options *options, uint64_t seed)
{
	struct lafz_stream *pieces = NULL, *atoms = NULL;
	struct rng rng = {seed};
	ck_assert_int_eq(lafz_open(&pieces, options), LAFZ_OK);
	ck_assert_int_eq(lafz_open(&atoms, options), LAFZ_OK);
	for (size_t doc = 0; doc < helper_times(30); doc++) {
		uint64_t offset = 0;
		lafz_reset(pieces);
		lafz_reset(atoms);
		for (size_t regions = 1 + rng_below(&rng, 4); regions > 0; regions--) {
			size_t len = 0;
			for (size_t lines = 1 + rng_below(&rng, 100); lines > 0 && len < MOST / 2; lines--)
				len = add_line(&rng, len);
			compare(pieces, atoms, region, len, offset);
			offset += len;
		}
	}
	lafz_close(pieces);
	lafz_close(atoms);
}

START_TEST(random_lines)
{
	static const char *const tags[] = {"en", "fa", "ps"};
	int usable = 0;
	for (size_t k = 0; lafz_kernel(k, &usable); k++) {
		struct lafz_options options = options_of(k, NULL, 0);
		if (!usable)
			continue;
		read_random(&options, 10 + k);
		options = options_of(k, tags, COUNT(tags));
		read_random(&options, 20 + k);
	}
}
END_TEST

/* ---- Pieces ---- */

struct row {
	struct text line;
	size_t made; /* whether pieces are made of it */
};

/* What is told by atoms at every place among 64, and what is not. */
static const struct row rows[] = {
	{T("the people of the city, and the state.\n"), 0},
	{T("It's \"as it is\" (or not): we don't know?\n"), 0},
	{T("well-known words... and more?!\n"), 0},
	{T("\u0627\u06CC\u0646 \u06A9\u062A\u0627\u0628 \u0631\u0627\u060C \u00AB\u0645\u06CC\u200C\u0646\u0648\u06CC\u0633\u0645\u00BB.\n"), 0},
	{T("see a.co/b now\n"), 1},
	{T("12 people\n"), 1},
};

START_TEST(pieces_are_made_of_few_lines)
{
	const struct lafz_options options = options_of(0, NULL, 0);
	struct lafz_stream *stream = NULL;
	ck_assert_int_eq(lafz_open(&stream, &options), LAFZ_OK);
	for (size_t i = 0; i < COUNT(rows); i++) {
		for (size_t n = 0; n < 130; n++) {
			size_t made = 0, len = 0;
			for (size_t k = 0; k < n; k++)
				len = add(len, &(const struct text)T("\n"));
			len = add(len, &rows[i].line);
			lafz_reset(stream);
			guess_runs(stream, region, len, 0, true, by_atoms, MOST, &made);
			ck_assert_msg(made == rows[i].made, "behind %zu lines pieces of %zu lines: %s", n, made,
			              helper_show(rows[i].line.ptr, rows[i].line.len));
		}
	}
	lafz_close(stream);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {random_lines, pieces_are_made_of_few_lines};
	return helper_run("guess", tests, COUNT(tests));
}
