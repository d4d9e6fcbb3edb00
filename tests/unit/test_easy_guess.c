/*
 * Text whose easy lines are told before there are atoms while languages are guessed (src/text/easy_guess.h), against batches: documents
 * mostly in one language, with lines in another one, lines in several or in none that is sure, lines of other kinds and blank ones
 * between, by every kernel that looks for easy lines; and that they are looked for, and told by bytes.
 */
#include <string.h>

#include "helper.h"
#include "scan/scan.h"
#include "text/easy.h"
#include "text_case.h"
#include "text_others.h"


/* Words of a language; the last two are rare, and some of these are not easy in it. */
static const struct text words[][10] = {
	{T("the"), T("people"), T("of"), T("didn't"), T("city"), T("where"), T("Have"), T("they"), T("gone"), T("ago")},
	{T("les"), T("gens"), T("dans"), T("ville"), T("\u00E9t\u00E9"), T("vrai"), T("encore"), T("une"), T("C'est"), T("fois")},
	{T("der"), T("und"), T("Stra\u00DFe"), T("nicht"), T("Hund"), T("l\u00E4uft"), T("ein"), T("Haus"), T("noch"), T("geht's")},
	{T("\u0627\u06CC\u0646"), T("\u06A9\u062A\u0627\u0628"), T("\u0631\u0627"), T("\u0645\u06CC\u200C\u0646\u0648\u06CC\u0633\u0645"),
	 T("\u0645\u0631\u062F\u0645"), T("\u0627\u0632"), T("\u0628\u0631\u0627\u06CC"), T("\u0648\u0632\u0627\u0631\u062A"),
	 T("\u0643\u062A\u0627\u0628\u064A"), T("\u0627\u0633\u062A")},
	{T("\u062F"), T("\u067E\u0648\u0647\u0646\u06D0"), T("\u0648\u0632\u0627\u0631\u062A"), T("\u067E\u0647"), T("\u06A9\u06D0"),
	 T("\u0686\u06D0"), T("\u0648\u0644\u0633"), T("\u0644\u0648\u06CC"), T("\u0647\u064A\u0648\u0627\u062F"), T("\u0634\u0648\u06CC")},
	{T("\u0641\u064A"), T("\u0643\u062A\u0627\u0628"), T("\u0627\u0644\u0644\u064E\u0651\u0647"), T("\u0645\u0646"), T("\u0647\u0630\u0627"),
	 T("\u0639\u0644\u0649"), T("\u0627\u0644\u0646\u0627\u0633"), T("\u0642\u0627\u0644"), T("\u0645\u062F\u0631\u0633\u0629"),
	 T("\u062C\u0650\u062F\u0651\u064B\u0627")},
	{T("\u06C1\u06D2"), T("\u06A9\u06CC"), T("\u0644\u0648\u06AF"), T("\u0646\u06C1\u06CC\u06BA"), T("\u06A9\u062A\u0627\u0628"),
	 T("\u0634\u06C1\u0631"), T("\u0628\u06BE\u06CC"), T("\u0645\u06CC\u06BA"), T("\u06AF\u06CC\u0627"), T("\u06CC\u06C1")},
	{T("\u0628\u06C7"), T("\u0643\u0649\u062A\u0627\u0628"), T("\u0626\u06C7"), T("\u0645\u06D5\u0643\u062A\u06D5\u067E"),
	 T("\u0628\u0627\u0631\u062F\u0649"), T("\u06CB\u06D5"), T("\u0628\u0649\u0644\u06D5\u0646"), T("\u0626\u0627\u062F\u06D5\u0645"),
	 T("\u0643\u06D5\u0644\u062F\u0649"), T("\u064A\u0648\u0642")},
	{T("\u0644\u06D5"), T("\u06A9\u06D5"), T("\u0628\u06C6"), T("\u06A9\u0648\u0631\u062F"), T("\u0647\u06D5\u0633\u062A\u06D5"),
	 T("\u0647\u06CE\u0632\u0647"), T("\u0626\u06D5\u0648"), T("\u0628\u06D5"), T("\u0628\u0647\u200C\u0643\u0627\u0631"), T("\u0644\u0647\u200C")},
};

#define N_LATIN 3 /* of these, in Latin script: what else is Latin comes first, too */

/* What stands between two words of an easy line, and in others. */
static const struct text easy_gaps[] = {T(" "), T(" "), T(" "), T(" "), T(" "), T(" "), T(", "), T(" , "), T("\u060C ")};
static const struct text hard_gaps[] = {
	T("-"), T(" \u201C"), T("\u201D "), T(" \""), T("\" "), T(" ("), T(") "), T(": "), T("; "), T(". "), T("\u061F "), T("\u06D4 "), T("... "),
	T(" 12 "), T(" \u06F1\u06F2\u06F4 "), T(" @ab "), T(" #ab "), T(" a.co/b "), T(" \U0001F600 "), T("  "), T("\u00A0"), T("\u200F"), T("\u200C "), T(" \u200C"), T(" \u200F"),
	T("\u061B "), T("\u0647\u0654 "), T("\u064A "), T("! "), T(" \u00AB"), T("\u00BB "), T("!\u00BB "), T(" -"), T("\n-"), T(":\n"),
	T("\u2019"), T("'"), T(" \u0439\u0439 "), T("\r"), T("\u2029"), T(" \u4E2D "), T("_"), T(" \u2014 "),
	T(" \u00AB "), T("\u00A0\u00BB "), T(" \u00AB\u00A0"), T("\u00A0? "), T("\u202F! "), T("\u00A0: "), T(" - "), T(" (12) "), T("! \u00BB "),
	T("\u2014"), T(" \u2018"), T("\u2019 "), T("\u2019\u201D "), T(" \u201C\u2018"), T("!\u201D "), T("?\" "), T(" Mr. "), T(" Dr. "), T("; "), T("\", "),
};
static const struct text ends[] = {T("."), T("."), T("?"), T("!"), T(""), T(","), T(" ."), T("\u061F"), T("\u06D4")};

struct maker {
	struct rng rng;
	struct buf doc;
	size_t main;   /* the language of most lines */
	size_t rarity; /* one line in so many is of another kind */
};

static size_t pick(struct maker *maker, size_t n)
{
	return rng_below(&maker->rng, n);
}

static bool is_one_in(struct maker *maker, size_t n)
{
	return pick(maker, n) == 0;
}

static void add(struct maker *maker, const struct text *text)
{
	text_model_add(&maker->doc, text->ptr, text->len);
}

static void add_line(struct maker *maker)
{
	size_t lang = is_one_in(maker, maker->rarity) ? pick(maker, COUNT(words)) : maker->main;
	const bool is_mixed = is_one_in(maker, 2 * maker->rarity), is_hard = is_one_in(maker, maker->rarity);
	const size_t n = is_one_in(maker, 200) ? pick(maker, 700) : pick(maker, 12);
	for (size_t i = 0; i < n; i++) {
		if (is_mixed && is_one_in(maker, 3))
			lang = pick(maker, COUNT(words));
		add(maker, &words[lang][pick(maker, COUNT(words[0]) - (is_one_in(maker, 20) ? 0 : 2))]);
		if (is_hard && is_one_in(maker, 4))
			add(maker, &hard_gaps[pick(maker, COUNT(hard_gaps))]);
		else if (i + 1 < n)
			add(maker, &easy_gaps[pick(maker, COUNT(easy_gaps) - (lang < N_LATIN))]);
	}
	if (n > 0)
		add(maker, &ends[pick(maker, COUNT(ends) - (lang < N_LATIN ? 2 : 0))]);
	text_model_add(&maker->doc, "\n", 1);
}

static void add_words(struct maker *maker, size_t lang)
{
	for (size_t n = 1 + pick(maker, 6); n > 0; n--) {
		add(maker, &words[lang][pick(maker, COUNT(words[0]))]);
		text_model_add(&maker->doc, " ", n > 1);
	}
}

/* A line that is easy in English and cites another language, some words of which become others in it: a switch is cheaper at quotes. */
static void add_citation(struct maker *maker)
{
	const size_t lang = pick(maker, N_LATIN);
	add_words(maker, 0);
	add(maker, &(const struct text)T(" \u201C"));
	add_words(maker, lang);
	add(maker, &(const struct text)T(",\u201D "));
	add_words(maker, 0);
	text_model_add(&maker->doc, "\n", 1);
}

/* A page in many languages, some lines in each. */
static void make_mixed_document(struct maker *maker)
{
	maker->doc.len = 0;
	maker->rarity = 10;
	for (size_t n = 1 + pick(maker, 60); n > 0; n--) {
		maker->main = pick(maker, COUNT(words));
		for (size_t line = 1 + pick(maker, 6); line > 0; line--)
			add_line(maker);
		if (is_one_in(maker, 4))
			add_citation(maker);
	}
	text_model_add(&maker->doc, "end", pick(maker, 4));
}

static void make_document(struct maker *maker)
{
	maker->doc.len = 0;
	maker->rarity = is_one_in(maker, 10) ? 6 : 60;
	maker->main = is_one_in(maker, 40) ? pick(maker, COUNT(words)) : maker->main;
	for (size_t n = pick(maker, 100); n > 0; n--) {
		/* now and then the language changes inside a document */
		if (is_one_in(maker, 2000))
			maker->main = pick(maker, COUNT(words));
		add_line(maker);
		if (is_one_in(maker, 10))
			add_citation(maker);
	}
	text_model_add(&maker->doc, "end", pick(maker, 4));
}

/* Options of a run over the documents. */
struct way {
	const char *tags[4]; /* candidates; none: all */
	bool has_floor; /* norm goes by languages that are sure alone */
	bool is_mixed;
};

static const struct way ways[] = {
	{{NULL}, false, false}, {{NULL}, true, false}, {{"fa", "ps", "en"}, false, false}, {{"ar", "fr", "ur", "de"}, false, false},
	{{NULL}, false, true},  {{NULL}, true, true},  {{"fa", "ps", "en"}, false, true},  {{"ar", "fr", "ur", "de"}, false, true},
};

/* What was told of all documents that way. */
struct told {
	size_t n, n_by_language, n_strays;
};

static void read_documents(const char *kernel, const struct way *way, uint64_t seed, struct told *told)
{
	struct maker maker = {.rng = {.state = seed}};
	struct lafz_options options = text_case_options(NULL);
	struct text_case c;
	options.kernel = kernel;
	options.fold_confidence = way->has_floor ? 0.99f : options.fold_confidence;
	for (; options.n_languages < COUNT(way->tags) && way->tags[options.n_languages]; options.n_languages++)
		options.languages[options.n_languages] = lafz_lang_id(way->tags[options.n_languages]);
	text_case_open(&c, "easy lines in languages that are guessed", &options);
	for (int round = 0; round < 3000; round++) {
		(way->is_mixed ? make_mixed_document : make_document)(&maker);
		text_case_check(&c, maker.doc.ptr, maker.doc.len);
		told->n += text_others_told(c.texts);
		told->n_by_language += text_others_by_language(c.texts);
		told->n_strays += text_others_strays(c.texts);
		if (round % 4 == 0)
			text_case_read(&c, maker.doc.ptr, maker.doc.len, 1 + pick(&maker, 3000));
	}
	text_case_close(&c);
	buf_free(&maker.doc, &mem_default);
}

START_TEST(documents)
{
	for (size_t k = 0; scan_kernel_at(k); k++) {
		const struct scan_kernel *const kernel = scan_kernel_at(k);
		if (!kernel->is_usable() || !easy_kernel_find(kernel->name))
			continue;
		struct told told = {0};
		for (size_t i = 0; i < COUNT(ways); i++)
			read_documents(kernel->name, &ways[i], 91 + i, &told);
		/* else all of this would hold if none were looked for */
		ck_assert_msg(told.n > 10000, "%zu lines were told by bytes", told.n);
		ck_assert_msg(told.n_by_language > 10000, "%zu lines were looked for by language", told.n_by_language);
		ck_assert_msg(told.n_strays > 50, "%zu easy lines were in another language", told.n_strays);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {documents};
	return helper_run("easy_guess", tests, COUNT(tests));
}
