/*
 * Random lines in each language of what the rules of easy lines know of it (src/text/easy.h): letters that norm changes, elisions,
 * clitics, abbreviations, quotes, dashes, speech, marks and controls anywhere. Documents of these as text and as tokens, by each
 * kernel that looks for easy lines, against batches of a stream that scans all; with the language set, with another one, and with
 * none. Lines are looked at whether that pays or not, so that what is rare is met.
 *
 * LAFZ_TEST_SEED takes other lines, LAFZ_TEST_ROUNDS more of them.
 */
#include <stdlib.h>
#include <string.h>

#include "helper.h"
#include "scan/scan.h"
#include "text/easy.h"
#include "text_case.h"
#include "text_others.h"

#define ROUNDS 300 /* documents of each language, kernel and way */
#define MOST_WORDS 64
#define PLAIN 8       /* words of a language, the first ones */
#define PLAIN_SIGNS 9 /* between words, and where lines end: the first ones, too */
#define ARABIC_SIGNS 4 /* between words: the last ones */

struct language {
	const char *tag;
	bool is_arabic;
	const char *words; /* parted by spaces; the first ones are PLAIN, most of what the lines hold */
};

static const struct language languages[] = {
	{"en", false,
	 "the it was they people of city gone "
	 "the it is was They Mr. Dr. St. e.g. i.e. etc. don't It's rock'n'roll o'clock re-enter co-op "
	 "well-known pre-war non-co-op Jean-Luc A U.S. I'm 'tis he'll gonna cannot said asked "
	 "\u2019n\u2019 (so so) so:) :( .5 w/ 1990's Inc.'s Thanks Regards"},
	{"fr", false,
	 "les gens dans ville \u00E9t\u00E9 une fois vrai "
	 "l\u2019 d' qu\u2019 jusqu' c\u2019 n\u2019 aujourd\u2019hui quelqu\u2019un presqu\u2019\u00EEle "
	 "on l\u2019on est-ce dit-il va-t-en celui-ci l\u00E0-bas rendez-vous peut-\u00EAtre l'homme "
	 "d\u2019\u00E9t\u00E9 \u00C9cole Jean-Luc avant-garde \u00E0 c\u2019est-\u00E0-dire dix-sept t y "
	 "M. Mme Dr etc. art. p. s\u2019il y\u2019a entr\u2019ouvert L\u2019\u00C9tat D\u2019Artagnan"},
	{"it", false,
	 "la gente nella citt\u00E0 una volta vero anni "
	 "l\u2019 dell' un\u2019altra po\u2019 e\u2019 quell' anno l'amico anti-mafia ex c\u2019\u00E8 "
	 "d\u2019accordo dott. prof. ecc. art. sig. C'\u00E8 perch\u00E9 citt\u00E0 quest\u2019anno "
	 "cent'anni all\u2019Italia"},
	{"es", false,
	 "la gente ciudad ni\u00F1o una vez m\u00E1s verdad "
	 "franco-alem\u00E1n ex-presidente \u00BFqu\u00E9 \u00A1no Sr. Sra. EE.UU. p\u00E1g. etc. a y o "
	 "uno dos est\u00E1 ni\u00F1o d\u00E1melo"},
	{"pt", false,
	 "gente cidade uma vez mais n\u00E3o verdade foi "
	 "disse-lhe guarda-chuva d\u2019\u00E1gua Sr. Sra. etc. p\u00E1g. n\u00E3o \u00E9 \u00E0 "
	 "f\u00EA-lo dir-se-ia o a um S\u00E3o"},
	{"nl", false,
	 "het mensen stad een keer waar jaar huis "
	 "'s zo'n auto's oud-minister Een well-known e.d. bijv. dhr. mr. dr. \u2019t de het foto\u2019s "
	 "'s-Gravenhage zee-eend"},
	{"de", false,
	 "der Hund l\u00E4uft nicht Stra\u00DFe Haus ein Jahr "
	 "der die das z.B. d.h. usw. Dr. Prof. Nr. Stra\u00DFe geht's Hans-Peter E-Mail Nord- und B-Dur "
	 "3. gro\u00DF \u00DCber hab\u2019 \u2019ne"},
	{"id", false,
	 "orang kota satu kali benar tahun rumah itu "
	 "anak-anak buku-buku ke-2 tgl. dll. dsb. Bpk. dr. itu di-upload se-Asia Jum'at ayat-ayat"},
	{"tr", false,
	 "insan \u015Fehir bir kez do\u011Fru y\u0131l ev gitti "
	 "Ali'nin T\u00FCrkiye\u2019de gel \u0130stanbul \u0131\u015F\u0131k vb. vs. Dr. Prof. bkz. II. XIV. \u00DC\u00E7 bin dedi "
	 "ki TBMM'de 'nin \u00E7ok ile h\u00E2l\u00E2"},
	{"fa", true,
	 "\u0627\u06CC\u0646 \u0645\u0631\u062F\u0645 \u0634\u0647\u0631 \u0631\u0627 \u0628\u0631\u0627\u06CC \u0627\u0632 \u0627\u0633\u062A \u0628\u0648\u062F "
	 "\u0645\u06CC\u200C\u0631\u0648\u0645 \u0643\u062A\u0627\u0628 "
	 "\u06A9\u062A\u0627\u0628\u200C\u0647\u0627 \u0639\u0644\u064A "
	 "\u062E\u0627\u0646\u0647\u200C\u06CC \u062E\u0627\u0646\u0647\u0654 \u0646\u0627\u0645\u06C0 "
	 "\u0631\u0627 \u06A9\u0647 \u0645\u0633\u0626\u0644\u0647 \u200C\u0645\u06CC "
	 "\u0631\u0641\u062A\u0647\u200C\u0627\u0645 \u200F\u0645\u0646 \u0645\u0646\u200C "
	 "\u062F\u0631\u0645\u0646\u200C \u0647\u064A\u0686 \u0642\u0631\u0622\u0646 \u0645\u064E\u0646 "
	 "\u0645\u0650\u200C\u0645 \u06F1\u06F2 \u0643\u0627\u200C\u064A \u0627\u0633\u062A \u0643\u0651\u064E\u064A \u064A\u0643\u064A\u0647\u200C "
	 "\u0627\u0645\u0627"},
	{"ar", true,
	 "\u0647\u0630\u0627 \u0627\u0644\u0646\u0627\u0633 \u0642\u0627\u0644 \u0645\u0646 \u0645\u062F\u064A\u0646\u0629 \u0628\u064A\u062A \u0643\u0627\u0646 \u0644\u0627 "
	 "\u0641\u064A \u0643\u062A\u0627\u0628 \u0627\u0644\u0644\u064E\u0651\u0647 \u0639\u0644\u0649 "
	 "\u062C\u0650\u062F\u064B\u0651\u0627 \u0645\u062F\u0631\u0633\u0629 \u0623\u0648 \u0623\u0645 "
	 "\u0623\u0648\u060C \u0644\u0627 \u0627\u0644\u0625\u0633\u0644\u0627\u0645 \u0628. \u062F. "
	 "\u0645. \u0642\u0627\u0644 \u0634\u064A\u0621 \u0631\u064F\u0628\u064E\u0651\u0645\u0627 "
	 "\u0648\u0644\u0627 \u0647\u0630\u0627"},
	{"ur", true,
	 "\u0644\u0648\u06AF \u0634\u06C1\u0631 \u0627\u06CC\u06A9 \u0628\u0627\u0631 \u06AF\u06BE\u0631 \u06A9\u0627 \u062A\u06BE\u0627 \u06CC\u06C1 "
	 "\u06C1\u06D2 \u06A9\u06CC \u0646\u06C1\u06CC\u06BA \u0643\u062A\u0627\u0628 \u06C1\u06D2\u06D4 "
	 "\u0645\u06CC\u06BA \u06C1\u064A\u06BA \u0645\u0644\u0629 \u0688\u0627\u06A9\u0679\u0631 "
	 "\u0643\u0648\u0626\u0649 \u0645\u0631\u0632\u0627\u0614 \u0639\u0644\u06CC\u0613 \u0626\u06D2 "
	 "\u062C\u0627\u0626\u06D2 \u0645\u064E\u06CC\u06BA \u06AF\u06D3 \u0644\u0648\u06AF"},
	{"ps", true,
	 "\u0648\u0644\u0633 \u069A\u0627\u0631 \u06CC\u0648 \u0681\u0644 \u06A9\u0648\u0631 \u0648\u0648 \u062F\u0627 \u062E\u0644\u06A9 "
	 "\u062F \u067E\u0647 \u0686\u06D0 \u06A9\u06D0 \u0643\u0627\u0628\u0644 \u0648\u0644\u0633\u064A "
	 "\u069A\u0647 \u0648\u0627\u064A\u064A \u0649 \u062F\u064A \u0626\u06D0 "
	 "\u0647\u064A\u0648\u0627\u062F \u067E\u0648\u0647\u0646\u06D0 \u06AB \u06AF\u0644 "
	 "\u067C\u0648\u0644\u0646\u06D0 \u06A9\u0693\u0626 \u0645\u0649"},
	{"sd", true,
	 "\u0645\u0627\u06BB\u0647\u0648 \u0634\u0647\u0631 \u0647\u06AA \u06AF\u0647\u0631 \u0647\u0648 \u0633\u0627\u0644 \u06FE \u068F\u064A\u0646\u0647\u0646 "
	 "\u062C\u0648 \u06FE \u06FD \u0622\u0647\u064A \u0643\u062A\u0627\u0628 \u0633\u0646\u068C "
	 "\u06AA\u062A\u0627\u0628 \u06BE\u0648 \u0647\u064A \u062C\u064A\u06AA\u0648 \u0639\u0644\u064A "
	 "\u062C\u064A \u0645\u064E\u0646 \u067F\u064A"},
	{"ckb", true,
	 "\u062E\u06D5\u06B5\u06A9 \u0634\u0627\u0631 \u06CC\u06D5\u06A9 \u062C\u0627\u0631 \u0645\u0627\u06B5 \u0628\u0648\u0648 \u0626\u06D5\u0648 \u0633\u0627\u06B5 "
	 "\u0644\u06D5 \u06A9\u06D5 \u0647\u06D5\u0633\u062A\u06D5 "
	 "\u0633\u0646\u06AF\u062A\u062F\u0627\u06CC\u06D5 \u0628\u0647\u200C \u0628\u0647\u0640 "
	 "\u0647\u0647\u0645\u0648 \u0626\u06D5 \u062C\u0648\u0627\u0646\u06D5\u06CC \u0695\u06C6\u0698 "
	 "\u0643\u0648\u0631\u062F \u0647\u0647\u200C\u0645\u0648\u0648 \u062F\u0647\u0633\u062A \u0628 "
	 "\u0647\u0640 \u0626\u0647\u200C\u0648 \u0647\u06CE\u0632\u0647 \u0644\u06D5\u06AF\u06D5\u06B5 "
	 "\u06CC\u064A \u0631\u06C6\u0698 \u06BE\u06D5\u0631"},
	{"ug", true,
	 "\u0626\u0627\u062F\u06D5\u0645 \u0634\u06D5\u06BE\u06D5\u0631 \u0628\u0649\u0631 \u0642\u06D0\u062A\u0649\u0645 \u0626\u06C6\u064A \u0628\u0648\u0644\u062F\u0649 \u0628\u06C7 \u064A\u0649\u0644 "
	 "\u0628\u06C7 \u0643\u0649\u062A\u0627\u0628 \u0626\u06C7 \u0642\u0649\u0644\u062F\u0649\u060C "
	 "\u0642\u0649\u0644\u063A\u0627\u0646\u060C \u0626\u06D0\u06AF\u0649\u0632-\u067E\u06D5\u0633 "
	 "\u0628\u0627\u0631\u060C \u0643\u06D5\u0644 \u0645\u06D5\u0646\u060C \u062F\u06D5\u067E "
	 "\u062F\u06D0\u062F\u0649 \u064A\u0627\u062E\u0634\u0649\u060C \u0626\u06C6\u064A "
	 "\u0643\u06D5\u0644\u062F\u0649: \u0628\u0648\u0644\u062F\u0649\u061B \u06AF\u06D5\u067E- "
	 "\u06CB\u06D5\u0647 \u0647\u06D5\u0645 \u0628\u0649\u0631-\u0628\u0649\u0631\u0649 "
	 "\u062F\u06D0\u06AF\u06D5\u0646\u060C \u0642\u0649\u0644\u0649\u067E"},
};

/* What stands between words of most lines; more of it where the language is in Arabic script. */
static const char *const gaps[] = {
	" ", " ", " ", " ", " ", " ", " ", " ", ", ", "; ", ". ", "? ",
	"! ", ": ", "\u060C ", "\u061F ", "\u06D4 ", "\u061B ",
};

/* What else may stand between words. */
static const char *const signs[] = {
	"-", "\u2019", "'", "\u2026 ", "... ", " - ", " \u2013 ", "\u2014", " \u2014 ", "--", " \"", "\" ",
	" \u201C", "\u201D ", " \u2018", "\u2019 ", " \u00AB", "\u00BB ", " \u00AB ", " \u00BB ", "\u00A0\u00BB ", "\u00AB \u00A0", "\u00A0: ", "\u202F! ",
	"\u00A0? ", " : ", " ; ", " ! ", " ? ", " . ", " (", ") ", " (a) ", " [", "]", "  ",
	"   ", "\t", "\u200C", " \u200C", "\u200C ", "\u200F", "\u200E ", " \u200F ", "\u0640", "\u0654 ", "\u064B", "\u0651",
	"12", "12 ", " 12 ", " \u06F1\u06F2 ", " 3.5 ", " 1 000 ", "12, ", " 1999! ", "%", "/", " & ", ".\u00BB ",
	"!\u201D ", "?\" ", ".) ", "?! ", "!! ", "\u061F! ", "\u061F\u061F ", "\u060C", "\u061B", "\u06D4", ". . ", ".",
	":", "\r", "\u2029", " @ab ", " #ab ", " a.co/b ", " \U0001F600 ", " \u0439\u0439 ", "\uFB01", "\uFEFF", "\u00AD", "_",
	" *ab* ", "`", "\u00B4", " \u203A", " \u2039", "\u00A0", "\u3000",
};

/* What a line ends with. */
static const char *const ends[] = {
	".", ".", ".", ".", ".", ".", "", "!", "?", "...", ",", ":",
	" .", " !", ".\u201D", ".\"", "?\"", "!\u00BB", " \u00BB", ".)", "\u2026", "\u061F", "\u06D4", ".\r",
	" ", "\r", "\u061F!", "??", "\u061F\u061F", "\u201D", "-",
};

/* What a line begins with, if anything. */
static const char *const begins[] = {
	"- ", "-", "\u2013 ", "\u2014 ", "\"", "\u201C", "\u00AB", "\u00AB ", "\u00AB\u00A0", "(", ". ", "\u061F ",
	".", "\u061F", "1. ", "* ", " ", "  ", "\u200F", "\u200C", "'", "\u2018", "\u2019", "[",
	"a) ", "12 ", "\u060C", ": ",
};

struct maker {
	struct rng rng;
	struct buf doc;
	const char *words[MOST_WORDS];
	size_t lens[MOST_WORDS], n_words;
	bool is_arabic;
	size_t oddity; /* one word, and one sign, in so many is any */
	size_t n_bytes, n_easy; /* of all documents, and of these in easy lines */
	bool is_mixed;   /* some lines in one language, then some in another */
};

static size_t pick(struct maker *maker, size_t n)
{
	return rng_below(&maker->rng, n);
}

static void add(struct maker *maker, const char *text, size_t len)
{
	text_model_add(&maker->doc, text, len);
}

static void add_sign(struct maker *maker, const char *const *from, size_t n)
{
	const char *const sign = from[pick(maker, n)];
	add(maker, sign, strlen(sign));
}

static void take_words(struct maker *maker, const struct language *language)
{
	maker->n_words = 0;
	maker->is_arabic = language->is_arabic;
	for (const char *at = language->words; *at; at += strspn(at, " ")) {
		ck_assert_uint_lt(maker->n_words, MOST_WORDS);
		maker->words[maker->n_words] = at;
		maker->lens[maker->n_words++] = strcspn(at, " ");
		at += strcspn(at, " ");
	}
}

static void add_word(struct maker *maker)
{
	const size_t w = pick(maker, pick(maker, maker->oddity) == 0 ? maker->n_words : PLAIN);
	const char first = maker->words[w][0];
	add(maker, maker->words[w], maker->lens[w]);
	if (first >= 'a' && first <= 'z' && pick(maker, 6) == 0)
		maker->doc.ptr[maker->doc.len - maker->lens[w]] = (char)(first - 'a' + 'A');
}

/* Words up to what a line ends with. */
static void add_sentence(struct maker *maker, bool is_wild)
{
	for (size_t n = 1 + pick(maker, pick(maker, 30) == 0 ? 80 : 12); n > 0; n--) {
		add_word(maker);
		if (is_wild && pick(maker, maker->oddity) == 0)
			add_sign(maker, signs, COUNT(signs));
		else if (n > 1)
			add_sign(maker, gaps, pick(maker, 3) == 0 ? COUNT(gaps) - (maker->is_arabic ? 0 : ARABIC_SIGNS) : PLAIN_SIGNS);
	}
	add_sign(maker, ends, pick(maker, is_wild ? 3 : 9) == 0 ? COUNT(ends) : PLAIN_SIGNS);
}

/* Sentences of a paragraph, of which some are wild, with a capital first. */
static void add_paragraph(struct maker *maker)
{
	for (size_t n = 4 + pick(maker, 12); n > 0; n--) {
		const size_t start = maker->doc.len;
		add_sentence(maker, pick(maker, 4) == 0);
		if (maker->doc.ptr[start] >= 'a' && maker->doc.ptr[start] <= 'z' && pick(maker, 8) > 0)
			maker->doc.ptr[start] = (char)(maker->doc.ptr[start] - 'a' + 'A');
		add(maker, " ", n > 1);
	}
}

static void add_line(struct maker *maker)
{
	if (pick(maker, 20) == 0)
		add_sign(maker, begins, COUNT(begins));
	if (pick(maker, 12) == 0)
		add_paragraph(maker);
	else
		add_sentence(maker, pick(maker, 3) > 0);
	add(maker, "\n", 1);
}

static void make_document(struct maker *maker)
{
	maker->doc.len = 0;
	maker->oddity = 4 + pick(maker, 40);
	for (size_t lines = 1 + pick(maker, 60); lines > 0; lines--) {
		if (maker->is_mixed && pick(maker, 5) == 0)
			take_words(maker, &languages[pick(maker, COUNT(languages))]);
		add_line(maker);
	}
	if (pick(maker, 4) == 0)
		maker->doc.len--;
}

/* By one kernel, with the language of that tag set, or none. */
static void read_documents(struct maker *maker, const char *kernel, const char *tag, size_t rounds)
{
	struct lafz_options options = text_case_options(tag);
	struct text_case c;
	options.kernel = kernel;
	text_case_open(&c, "random lines", &options);
	for (size_t round = 0; round < rounds; round++) {
		make_document(maker);
		text_case_check(&c, maker->doc.ptr, maker->doc.len);
		maker->n_bytes += maker->doc.len;
		maker->n_easy += text_others_easy(c.texts);
		if (round % 4 == 0)
			text_case_read(&c, maker->doc.ptr, maker->doc.len, 1 + pick(maker, 1000));
	}
	text_case_close(&c);
}

static uint64_t number_of(const char *name, uint64_t otherwise)
{
	const char *const value = getenv(name);
	return value ? strtoull(value, NULL, 10) : otherwise;
}

/* By all kernels that look for easy lines. */
static void read_by_kernels(struct maker *maker, const char *tag, size_t rounds)
{
	for (size_t k = 0; scan_kernel_at(k); k++) {
		const struct scan_kernel *const kernel = scan_kernel_at(k);
		if (kernel->is_usable() && easy_kernel_find(kernel->name))
			read_documents(maker, kernel->name, tag, rounds);
	}
}

static struct maker begin(size_t own)
{
	struct maker maker = {.rng = {.state = number_of("LAFZ_TEST_SEED", 1) * 1000 + own}};
	take_words(&maker, &languages[own % COUNT(languages)]);
	return maker;
}

/* Else all of this would hold if none were looked for. Where no kernel looks for them nothing was read. */
static void end(struct maker *maker)
{
	ck_assert_msg(maker->n_bytes == 0 || maker->n_easy > maker->n_bytes / 12, "of %zu bytes %zu in easy lines", maker->n_bytes, maker->n_easy);
	buf_free(&maker->doc, &mem_default);
}

static size_t rounds_of(size_t rounds)
{
	return helper_times((size_t)number_of("LAFZ_TEST_ROUNDS", rounds));
}

/* Each language by itself: which one is the number of the test. */
START_TEST(one_language)
{
	const size_t own = (size_t)_i;
	struct maker maker = begin(own);
	read_by_kernels(&maker, languages[own].tag, rounds_of(ROUNDS));
	read_by_kernels(&maker, NULL, rounds_of(ROUNDS));
	read_by_kernels(&maker, languages[pick(&maker, COUNT(languages))].tag, rounds_of(ROUNDS / 4));
	end(&maker);
}
END_TEST

START_TEST(several_languages)
{
	struct maker maker = begin(COUNT(languages));
	maker.is_mixed = true;
	read_by_kernels(&maker, NULL, rounds_of(4 * ROUNDS));
	end(&maker);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("easy_random");
	TCase *const tests = tcase_create("easy_random");
	tcase_set_timeout(tests, 0);
	tcase_add_loop_test(tests, one_language, 0, (int)COUNT(languages));
	tcase_add_test(tests, several_languages);
	suite_add_tcase(suite, tests);
	return helper_run_suite(suite);
}
