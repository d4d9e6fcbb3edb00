/*
 * Lines of several sentences, of which lafz_next_text gives no more to the stages than it must: which part that is, for every kind
 * of border and what may be open across it; the same at each place among 64 atoms; and random paragraphs in every language that a
 * rule names, against the batches of the same document.
 */
#include <string.h>

#include "text_case.h"
#include "text_others.h"

#define RANDOM_PARAGRAPHS 3000 /* of each language */

/* No rule is asked of an emoji without the stages. */
#define HARD "\U0001F600"
/* So that a region is not given to the stages whole. */
#define PLAIN "Plain lines of words as books have them.\n"
#define MANY PLAIN PLAIN PLAIN PLAIN PLAIN PLAIN PLAIN PLAIN

struct row {
	const char *tag; /* NULL: guessed */
	const char *line;
	const char *others; /* what goes the long way */
};

static const struct row rows[] = {
	/* one sentence, wherever it stands */
	{"en", "It was. She left " HARD " there. He did.\n", "She left " HARD " there.\n"},
	{"en", "It was " HARD " good. She left. He did.\n", "It was " HARD " good.\n"},
	{"en", "It was. She left. He did " HARD " so.\n", "He did " HARD " so.\n"},
	{"en", "Is " HARD " it? So. She " HARD " left! He did.\n", "Is " HARD " it?\nShe " HARD " left!\n"},
	{"en", "Is " HARD " it. She " HARD " left. He did.\n", "Is " HARD " it.\nShe " HARD " left.\n"},
	/* white space alone */
	{"en", "It was.   She left. He did.\n", "It was.\n"},
	{"en", "It was. She\tleft. He did.\n", "She\tleft.\n"},
	{"en", "It was. She left.  He did " HARD " so.  It is.\n", "He did " HARD " so.\n"},
	/* borders */
	{"en", "She " HARD " left in 1999. He did.\n", "She " HARD " left in 1999.\n"},
	{"en", "She " HARD " \"left.\" He did.\n", "She " HARD " \"left.\"\n"},
	{"en", "She " HARD " \u201Cleft.\u201D He did.\n", "She " HARD " \u201Cleft.\u201D\n"},
	{"en", "She " HARD " left. \"He did,\" it was.\n", "She " HARD " left.\n"},
	{"en", "She " HARD " left... He did.\n", "She " HARD " left...\n"},
	{"en", "She " HARD " left?! He did.\n", "She " HARD " left?!\n"},
	{"en", "She " HARD " went to London. He did.\n", "She " HARD " went to London.\n"},
	{"en", "She " HARD " (went). He did.\n", "She " HARD " (went).\n"},
	{"en", "She " HARD " paid 5%. He did.\n", "She " HARD " paid 5%.\n"},
	{"fr", "Il " HARD " est l\u00E0. \u00C9l\u00E8ve.\n", "Il " HARD " est l\u00E0.\n"},
	{"tr", "O " HARD " geldi. Sonra gitti.\n", "O " HARD " geldi.\n"},
	{"fa", "\u0627\u0648 " HARD " \u0634\u062F. \u0628\u0639\u062F \u0627\u0645\u062F.\n", "\u0627\u0648 " HARD " \u0634\u062F.\n"},
	{"ur", "\u06CC\u06C1 " HARD " \u06C1\u06D2\u06D4 \u0648\u06C1 \u06C1\u06D2\u06D4\n", "\u06CC\u06C1 " HARD " \u06C1\u06D2\u06D4\n"},
	{"ar", "\u0645\u0646 " HARD " \u0647\u0648\u061F \u0643\u062A\u0627\u0628 \u0647\u0648.\n", "\u0645\u0646 " HARD " \u0647\u0648\u061F\n"},
	/* what letters end with */
	{"en", "It was. She left. Thanks, London it was. He did.\n", "She left. Thanks, London it was.\n"},
	{"en", "It was " HARD " it. Regards, London. He did.\n", "It was " HARD " it. Regards, London.\n"},
	/* a quote between spaces closes behind a title, too */
	{"en", "She left. Ab Dr. \u2019 The house is. He did.\n", ""},
	/* no borders: a title, an initial, a word in lower case, the speech of a sentence, "or" */
	{"en", "She " HARD " met Mr. He. So.\n", "She " HARD " met Mr. He.\n"},
	{"en", "She " HARD " met J. Smith. So.\n", "She " HARD " met J. Smith.\n"},
	{"en", "She " HARD " left?\" he said. So.\n", "She " HARD " left?\" he said.\n"},
	{"tr", "O " HARD " geldi. Dedi ki o geldi. Sonra.\n", "O " HARD " geldi. Dedi ki o geldi.\n"},
	{"ar", "\u0647\u0648 " HARD " \u0643\u062A\u0628\u061F \u0623\u0645 \u0647\u0648. \u0643\u062A\u0627\u0628.\n",
	 "\u0647\u0648 " HARD " \u0643\u062A\u0628\u061F \u0623\u0645 \u0647\u0648.\n"},
	/* what is open, or may be */
	{"en", "A (b " HARD " c. She d) it. He did.\n", "A (b " HARD " c. She d) it.\n"},
	{"en", "A [b " HARD " word. She did. He.\n", "A [b " HARD " word. She did. He.\n"},
	{"en", "A b) " HARD " word. She (did). He.\n", "A b) " HARD " word. She (did). He.\n"},
	/* a sentence ends inside a bracket: what closes it is one that nothing opened */
	{"en", "They " HARD " it ( was. She word) did. He left. He " HARD " (was so. She did) it. He.\n",
	 "They " HARD " it ( was. She word) did. He left. He " HARD " (was so. She did) it. He.\n"},
	{"en", "It is. As 'x " HARD " is. She did. He.\n", "As 'x " HARD " is. She did. He.\n"},
	{"en", "It 'is so. As " HARD " is. She did. He.\n", "It 'is so. As " HARD " is. She did. He.\n"},
	{"en", "It isn't so. As " HARD " isn't it. She did. He.\n", "As " HARD " isn't it.\n"},
	{"en", "So \"it is. As " HARD " is it. She\" did. He.\n", "As " HARD " is it.\n"},
	/* the full stop of a word is known by what is behind it */
	{"en", "She   has it of J. It's so. So.\n", "She   has it of J. It's so.\n"},
	/* the end of the document */
	{"en", "It was. She left. He did", "He did"},
	{"en", "It was " HARD " it. She left. He did.", "It was " HARD " it.\nHe did."},
	/* guessed: surely in one language */
	{NULL, "It was the end of the book. She left the " HARD " house there. He did not know of it.\n", "She left the " HARD " house there.\n"},
	/* what the rules of entities and words are asked about is known so */
	{"en", "Sold for 12.5 at last, 5% of $1,000 in the U.S. army. She paid 3.5%. On 2025-09-21 at 17:29 a@b.co was.\n", ""},
	{"en", "Jack-of-all-trades and/or A380, B2B and the 21st. See http://a.af/b now.\n", ""},
	{"en", "By U.S. It was. By J.K. Rowling. In p. 5 it is.\n", ""},
	{"fr", "Un auteur-compositeur-interpr\u00E8te de l'avant-garde \u00E0 20h30, dit-on. Le 24e \u00E0 0,67. Il y a 20%.\n", ""},
	/* numbers have the language of the words beside them */
	{"fr", "Un 3-1 d'avant. Un \u0628\u0646 3-1 mot.\n", "Un \u0628\u0646 3-1 mot.\n"},
	{"ug", "\x7F; \u061F! \u0628\u0646 \u0628\u0646.\n", "\x7F; \u061F! \u0628\u0646 \u0628\u0646.\n"},
	{"ug", "\u0628\u0646; 1; \u03B1\u0345\u0628\u0646 \u0628\u0646.\n", "\u0628\u0646; 1; \u03B1\u0345\u0628\u0646 \u0628\u0646.\n"},
	{"de", "Das B-Dur-Konzert z.B. und 0,5 km.\n", ""},
	{"en", "So. See http://a.af/b http://a.af/c\n", "See http://a.af/b http://a.af/c\n"},
};

START_TEST(parts_of_lines)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct lafz_options options = text_case_options(rows[i].tag);
		struct buf doc = {0};
		struct text_case c;
		size_t len = 0;
		text_case_open(&c, rows[i].line, &options);
		text_model_add(&doc, MANY, strlen(MANY));
		text_model_add(&doc, rows[i].line, strlen(rows[i].line));
		text_case_check(&c, doc.ptr, doc.len);
		const char *const others = text_others_text(c.texts, &len);
		ck_assert_msg(helper_equals(rows[i].others, strlen(rows[i].others), others, len),
		              "%s (%s): wanted %s, got %s", rows[i].line, rows[i].tag ? rows[i].tag : "guessed",
		              rows[i].others, helper_show(others, len));
		text_case_close(&c);
		buf_free(&doc, &mem_default);
	}
}
END_TEST

/* ---- At each place among 64 atoms ---- */

START_TEST(parts_anywhere)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct lafz_options options = text_case_options(rows[i].tag);
		struct text_case c;
		text_case_open(&c, rows[i].line, &options);
		for (size_t n = 0; n < 70; n++) {
			struct buf doc = {0};
			text_model_add(&doc, MANY, strlen(MANY));
			for (size_t k = 0; k < n; k++)
				text_model_add(&doc, k % 5 == 4 ? "So. " : "a, ", k % 5 == 4 ? 4 : 3);
			text_model_add(&doc, rows[i].line, strlen(rows[i].line));
			text_model_add(&doc, MANY, strlen(MANY));
			text_case_check(&c, doc.ptr, doc.len);
			text_case_read(&c, doc.ptr, doc.len, 200 + n);
			buf_free(&doc, &mem_default);
		}
		text_case_close(&c);
	}
}
END_TEST

/* ---- Random paragraphs ---- */

struct language {
	const char *tag;
	bool is_arabic;
};

static const struct language languages[] = {
	{"en", false}, {"fr", false}, {"it", false}, {"de", false}, {"es", false}, {"tr", false}, {"id", false}, {"ha", false},
	{"ug", true}, {"fa", true}, {"ar", true}, {"ur", true}, {NULL, false}, {NULL, true},
};

static const struct text words[][8] = {
	{T("ab"), T("words"), T("Ab"), T("The"), T("it"), T("London"), T("he"), T("etc")},
	{T("\u06A9\u0627\u0628\u0644"), T("\u0628\u0646"), T("\u0648\u0631"), T("\u06A9"), T("\u0634\u062F"), T("\u0627\u0633\u062A"),
	 T("\u0643\u06D5\u0644\u062F\u0649"), T("\u0623\u0645")},
};

static const struct text ends[] = {
	T("."), T("."), T("."), T("!"), T("?"), T("..."), T("\u2026"), T(".\""), T(".\u201D"), T("!'"), T(".\u2019"), T(".)"), T("?!"), T("\u06D4"),
	T("\u061F"), T(":"), T(";"), T("\u060C"), T(" ."), T(".\u00BB"), T(" \u2013"), T("-"), T(". ."), T("\".")};

static const struct text bits[] = {
	T(HARD), T(":)"), T("  "), T("   "), T("\t"), T("(ab"), T("ab)"), T("(ab)"),  T("["), T("]"), T(") "), T("'ab"), T("ab'"), T("'ab'"), T("\u2018ab"),
	T("\u2019"), T("\""), T("\"ab\""), T("\u201Cab"), T("12.5"), T("5%"), T("$5"), T("1999"), T("3."), T("U.S."), T("J."), T("J. K."), T("z. B."),
	T("z.B."), T("3-1"), T("3-1-2"), T("(3-1"), T("Dr."), T("Mr."), T("Inc.'s"), T("p. 5"), T("No. X"), T("http://a.af/b"), T("a@b.co"), T("#ab"), T("@ab"), T("well-known-ab"), T("re-enter"),
	T("ab-ab-"), T("-il"), T("dit-il"), T("l'ab"), T("l'etc."), T("l'"), T("20h30"), T("21st"), T("1990s"), T("A380"), T("ab/ab"), T("ab&ab"), T("&"),
	T("2025-09-21"), T("17:29"), T("-5"), T("*****"), T("----"), T("--"), T("\u2014"), T("- "), T("\u0301"), T("\u0628\u064E\u0651"), T("\uFB01n"),
	T("\u064A\u0643"), T("\u06F1\u06F2\u066B\u06F5"), T("\u0628.\u0628."), T("\u0628\u06CC.\u0633\u06CC"), T("\u0439\u0439"), T("\u03B1\u0345"), T("\u4E2D\u6587"), T("ab"), T("\u0628\u0646"),
	T("PS."), T("P.S."), T("a."), T("I."), T("Art. 5"), T("m\u00B2"), T("'90"), T("n'ab"), T("ab's"), T("\u00A0"), T("ab\u200Bab"), T("www.a.com"), T("a.b"),
	T("Thanks, London"), T("Regards, Ab"), T("Thank you, The"), T("ab\u00B4s"), T("ab`s"), T("l\u00B4ab"), T("Ab:innen"), T("ab*in"), T("jede:r"), T("mailto:a@b.co"),
	T("<a@b.co>"), T("0-306-40615-2"), T("1e-5"), T("0x1F"), T("10x15cm"), T("40/5"), T("#ab#ab"), T(":))))))"), T("1234-1234-1234-1234"), T("\u0627\u0644\u0641."), T("\u06F4/\u06F5"), T("17:30\u062F\u0627"), T("SO\u2084\u00B2\u207B"), T(">.<"), T("\u00AF\\_(\u30C4)_/\u00AF"), T("\\o/"),
	T("Hauptstr. 12"), T("\u2019ne"), T("2:1."), T("\u06D4\u201D\u0628\u0646\u201C"), T("\u201C\u0628\u0646"), T("\u0627\u06D2\u06D4\u067E\u06CC\u06D4\u062C\u06D2"),
};

static void add_paragraph(struct rng *rng, bool is_arabic, struct buf *out)
{
	const size_t wildness = rng_below(rng, 4); /* 0: not at all */
	for (size_t sentences = 1 + rng_below(rng, 6); sentences > 0; sentences--) {
		for (size_t n = 1 + rng_below(rng, 7); n > 0; n--) {
			const bool is_wild = rng_below(rng, 24) < wildness;
			const struct text *const piece = is_wild ? &bits[rng_below(rng, COUNT(bits))]
			                                         : &words[is_arabic][rng_below(rng, 8)];
			text_model_add(out, piece->ptr, piece->len);
			if (n > 1 && rng_below(rng, 30) > 0)
				text_model_add(out, " ", 1);
		}
		const struct text *const end = &ends[rng_below(rng, rng_below(rng, 3) == 0 ? COUNT(ends) : 5)];
		text_model_add(out, end->ptr, end->len);
		if (sentences > 1 && rng_below(rng, 20) > 0)
			text_model_add(out, "   ", rng_below(rng, 20) == 0 ? 2 : 1);
	}
	text_model_add(out, "\n", 1);
}

START_TEST(random_paragraphs)
{
	struct rng rng = {29};
	for (size_t i = 0; i < COUNT(languages); i++) {
		const struct lafz_options options = text_case_options(languages[i].tag);
		struct text_case c;
		struct buf doc = {0};
		text_case_open(&c, "random paragraphs", &options);
		for (size_t n = 0; n < helper_times(RANDOM_PARAGRAPHS); n++) {
			const size_t lines = 1 + rng_below(&rng, 12);
			doc.len = 0;
			for (size_t k = 0; k < lines; k++)
				add_paragraph(&rng, languages[i].is_arabic, &doc);
			text_case_check(&c, doc.ptr, doc.len);
			text_case_read(&c, doc.ptr, doc.len, 1 + rng_below(&rng, 400));
		}
		text_case_close(&c);
		buf_free(&doc, &mem_default);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {parts_of_lines, parts_anywhere, random_paragraphs};
	return helper_run("text_parts", tests, COUNT(tests));
}
