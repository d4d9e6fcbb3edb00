/*
 * Lines that lafz_next_text copies without their tokens, and what stands just beside them: pieces of text that a rule of words,
 * sentences or norm may have something to say of, each at every place among 64 atoms, and random lines of them in every
 * language that a rule names, against the batches of the same document. Last, lines that are to be copied: else all of
 * the above would hold if none were.
 */
#include <string.h>

#include "text_case.h"
#include "text_others.h"

#define PREFIXES 71
#define RANDOM_LINES 10000 /* of each language */

/* ---- Pieces ---- */

/* Of any language. Most stand for a rule; the words among them leave it room. */
static const struct text common[] = {
	/* line ends */
	T("\n"), T("\r\n"), T("\r"), T("\v"), T("\f"), T("\xC2\x85"), T("\u2028"), T("\u2029"), T("\n\n"), T("\r\n\r\n"),
	T("\n \n"), T("\n\u00A0\n"), T("\n\r"), T(" \n"), T("  \n"), T("\t\n"), T("\n "), T("\n  "), T(" \r\n"), T(" \r"),
	T("\n\t"), T("\r\r\n"), T("\n\n\n"), T("\x1C"), T("\x1E\n"), T("\x1F"),
	/* white space, controls */
	T(" "), T("  "), T("\t"), T("\u00A0"), T("\u2009"), T("\u3000"), T("\u200B"), T("\u00AD"), T("\uFEFF"), T("\0"),
	T("\x01"), T("\x7F"), T("\u200E"), T("\u200F"), T("\u061C"), T("\u202B"), T("\u2060"),
	/* stops, commas and dashes */
	T("."), T(","), T(";"), T(":"), T("!"), T("?"), T("\u2026"), T("..."), T(".."), T("...."), T("!!"), T("?!"), T("!?"),
	T(". ."), T(" ."), T(" ,"), T(" !"), T(" ?"), T(",,"), T(".,"), T(",."), T(". "), T(".) "), T("-"), T("--"), T(" - "),
	T("\u2013"), T("\u2014"), T(" \u2014 "), T("\u2010"), T("_"), T("*"), T("/"), T("|"), T("\u00B7"), T("\u2022"),
	/* quotes and brackets */
	T("\""), T("'"), T("`"), T("\u2018"), T("\u2019"), T("\u201A"), T("\u201C"), T("\u201D"), T("\u201E"), T("\u00AB"),
	T("\u00BB"), T("\u2039"), T("\u203A"), T("("), T(")"), T("["), T("]"), T("{"), T("}"), T("<"), T(">"), T("\"."), T(".\""),
	T(".\u201D"), T("\u201D."), T(".'"), T(".\u2019"), T(".)"), T(")."), T("?\""), T("!\u201D"), T(".\u00BB"), T("\u00BB."),
	T(",\""), T("\",\""), T("\"\""), T("''"), T(".\"\n"), T("\"\n"), T("!\u201D\n"), T(".\u201D\n"), T("?\u00BB\n"),
	T(".)\n"), T(".'\n"), T(".\"\"\n"), T(".\"'\n"), T("\u2026\u201D\n"), T(":\"\n"), T(",\u201D\n"), T(";\n"), T(",\n"),
	T(":\n"), T("-\n"), T(".\n"), T("!\n"), T("?\n"), T("\u2026\n"), T("...\n"), T("?!\n"), T(". \n"), T(".\r\n"),
	T(" .\n"), T(".\u201D \n"), T("\"\r\n"),
	/* ends of sentences inside a line, rows of marks */
	T("? "), T("! "), T(": "), T("; "), T("\u2026 "), T("... "), T(".. "), T("?! "), T("!!! "), T("?. "), T(".! "), T("...?"),
	T("\u061F! "), T("! ! "), T("? \""), T(". \""), T(".\" "), T("?\u201D "), T("!\u00BB "), T(" ! \u00BB "), T(".) "), T(". ("),
	T("?) "), T(".\") "), T("(a. b) "), T("(a.) b"), T("((a) b.) c"), T("(a] b. c) d"), T(") a. (b) c. d"), T("[a! b"), T("\" a. \" b"),
	T("' a. ' b"), T("! - "), T(". \u2014 a"), T(": \u2014 "), T("! \u2013 A"), T(". . . "), T("...\"\n"), T("...a"), T("!!a"), T("\n.a"),
	T("\n...a"), T("\n. a"), T("\n! a"), T("? 5"), T(". 12 "), T("a - b: c"), T(": A"), T("; A"), T("etc... "), T("?\u2019 "), T(".' a"),
	T("\u00A0?"), T("\u00A0! "), T("\u202F!"), T("\u00A0: "), T("\u00AB\u00A0"), T("\u00A0\u00BB "), T(".\u00A0\u00BB "), T("!\u00A0A"), T(".\u202F\u00AB"),
	T(".  A"), T("?  \""), T("\n A. B"), T("  a"), T("a  "), T(" \u00A0"), T(".\u2009A"),
	/* emoticons, emoji */
	T("XD"), T("xD"), T(":)"), T("(:"), T(":-)"), T(":D"), T(";)"), T(":("), T("<3"), T("=)"), T(":'("), T("^_^"), T("D:"),
	T("\U0001F600"), T("\u2764\uFE0F"), T("\U0001F1E6\U0001F1EB"), T("1\uFE0F\u20E3"), T("\uFE0F"), T("\u200D"),
	/* numbers, dates, links */
	T(" 1 "), T(" 12, "), T(" 12. "), T(" 3. a"), T(" 3. A"), T(" 12! "), T(" 1 2 "), T("\n5 "), T("\n5. a"), T(" 5\n"), T(" 5.\n"), T(" 5%"), T(" -5 "),
	T(" \u06F1\u06F2 "), T(" \u0661\u0662. "), T(" \u06F11 "), T(" \u066B "), T(" 1\u200C2 "), T(" 5, 6 "), T("\"5\" "), T(" 5; "),
	T("1"), T("12"), T("1,5"), T("1.5"), T("1.000,5"), T("12.5.2024"), T("2025-09-21"), T("17:29"), T("21st"), T("1."),
	T("3."), T("50%"), T("$5"), T("\u20AC"), T("1.2.3.4"), T("+93 70 123"), T("\u0661\u0662"), T("\u06F1\u06F2"), T("-3"),
	T("5km"), T("1/2"), T("\u00BD"), T("\u2116 5"), T("@ab"), T("#ab_c"), T("#1"), T("@"), T("#"), T("http://a.af/b"),
	T("www.a.com"), T("a@b.co"), T("a.co"), T("://"), T("a.b"), T("a/b"), T("1a.co"), T("1.a.co"), T("5%a@b.co"), T("5+a@b.co"), T("a!b@c.de"),
	T("::1"), T("fe80::1"), T("5%."), T("(5%)"), T("5)."), T("5,a"), T("5,5,"), T("5!?"), T("!?!"), T("5]]"), T("\"\u0301"), T("5\"\u0301"), T("%%"), T("//"),
	T("(:("), T("x:)"), T("T_T"), T(":-/"), T("-_-"), T("</3"),
	/* other scripts, marks */
	T("\u0439\u0439"), T("\u4E2D\u6587"), T("\u0E01\u0E32"), T("\uAC00"), T("\u03B1\u0345"), T("\u05D0\"\u05D0"),
	T("\u0301"), T("\u0323\u0301"), T("\u0301\u0323"), T("\u064E\u0651"), T("\uE000"), T("\uFFFD"), T("\u0378"),
	T("\uFFFF"),
};

/* Of languages in Latin script. */
static const struct text latin[] = {
	/* words */
	T("a"), T("I"), T("it"), T("of"), T("word"), T("words"), T("Words"), T("WORD"), T("another"), T("\u00E9t\u00E9"),
	T("e\u0301te\u0301"), T("\u00DFa"), T("na\u00EFve"), T("\u0130"), T("\u0131"), T("I\u0307"), T("A\u030A"), T("\u00E0"),
	T("\uFB01n"), T("\u212B"), T("\u0149"), T("\u0219i"), T("\u015Fi"), T("c'"), T("on"), T("l'on"), T("x"), T("D"),
	T("Q"), T("averyveryveryverylongwordthatgoesonandonandon"),
	/* abbreviations */
	T("etc."), T("Dr."), T("Mr."), T("p."), T("J."), T("I."), T("J. I."), T("U.S."), T("z.B."), T("z. B."), T("bzw."),
	T("av."), T("av. J.-C."), T("No."), T("no."), T("e.g."), T("i.e."), T("St."), T("Prof."), T("S."), T("M."), T("Mme."),
	T("sig."), T("Sr."), T("Sra."), T("pp."), T("vol."), T("art."), T("cap."), T("Nr."), T("Abb."), T("usw."), T("vs."),
	T("Inc."), T("a.m."), T("Jan."), T("n."), T("Alm."), T("\u00FC."), T("\u00C9."), T("etc.,"), T("etc.)"), T("etc.\n"),
	T("Dr.\n"), T("p.\n"), T("I.\n"), T("bzw.\n"), T("av.\n"), T("etc.\""), T("etc.\"\n"), T("etc. \n"), T("\"etc."),
	T("l'av."), T("l'an."), T("d'etc."), T("p.5"), T("No. 5"), T("p. 5"), T("fig. 1"), T("\u00E9."), T("\u00E9.\n"),
	T("He left. She"), T("etc. He"), T("etc. he"), T("vs. A"), T("Dr. No."), T("Mr. X"), T("J. Smith"), T("J. The"), T("J. It's"), T("J. K. R"), T("a J. A"),
	T("I. A"), T("P.S. A"), T("PS. A"), T("NB. a"), T("No. X"), T("No. a"), T("p. X."), T("p. Five."), T("p. IV"), T("v. A"), T("n. a"), T("\"Dr. A"),
	T("(Mr. A"), T("-Dr. A"), T("x-Dr. A"), T("'Dr. A"), T("Inc.'s"), T("Inc.' "), T("etc.\" A"), T("etc.) A"), T("etc.) a"), T("Jan. 5"), T("Jan. A"),
	T("Dr. \u0628"), T("PhD. A"), T("Ltd. \"A"), T("Bros. a."), T("Art. 5"), T("C. A.\n"), T("d. h. a"), T("z. A"), T("Hr. A"), T("St. A-B"),
	T("J. A-B"), T("J. a"), T("S\u00E1. A"), T("SRC. A"), T("BCD. a"), T("bcd. a"), T("bcd. A"), T("Bcd. A"), T("on. It's"), T("OK! yes"), T("Ok! yes"),
	T("yes? no"), T("be\u015F. a"), T("iki. a"), T("a; Le"), T("a; le"), T("a: Il"), T("a. dedi"), T("a\". dedi"), T("a\u00BB. dedi"), T("a! diye"), T("a\u2026 b"), T("a\u2026 B"),
	T("Rome - Ansa: a"), T("Rome \u2014 A: B"), T("A, B \u2014 C: d"),
	/* apostrophes */
	T("don't"), T("it's"), T("rock'n'roll"), T("O'Neill"), T("l'homme"), T("d\u2019audacieux"), T("jusqu'au"),
	T("l'an"), T("aujourd'hui"), T("c'est-\u00E0-dire"), T("dell'arte"), T("po'"), T("dogs'"), T("'twas"), T("qu'il"),
	T("don\u2019t"), T("don't."), T("don't.\n"), T("l'homme."), T("l'homme.\n"), T("l'on."), T("d'un"), T("D'un"),
	T("L'ON"), T("l'one"), T("l'onu"), T("n'est"), T("s'\u00E9t\u00E9"), T("un'"), T("l'"), T("l' "), T("l'\""),
	T("\"l'an\""), T("(l'an)"), T("l\u2019an"), T("l'on\n"), T("l'an\n"), T("presqu'\u00EEle"), T("entr'acte"),
	T("'a'"), T("'a' "), T("\u2018a\u2019"), T("\u2018word\u2019\n"), T("'word'\n"), T("'word.'\n"), T("'s"), T("'90s"),
	T("'em"), T("a'b"), T("a'b'c"), T("d'd'd"), T("it's,"), T("it's;"), T("it's\""), T("it's\"\n"), T("can't-do"),
	T("l'a-t-il"), T("Istanbul'da"), T("Ankara\u2019ya"), T("m'n"), T("d'aquest"), T("s'ha"), T("all'\u00E9t\u00E9"),
	T("l'5"), T("l'\u064A"),
	T("'Harmony'"), T("'Yancin "), T("\u2019yancinta"), T("'ya "), T("Dr.-Ing. A"), T("Rs. 5"), T("Sh. 500"), T("c'est-\u00E0-d. A"), T("'Harmony',"), T("'Harmony'."), T("'Harmony'.\n"), T("\u2018screamer\u2019,"), T("\u2018screamer\u2019.\n"), T("girls' tips"),
	T("girls', "), T("girls\u2019. A"), T("'cause "), T("'Causes "), T("'bouts "), T("\u2019Twill"), T("\u2019Twillll"), T("l'."), T("l', "), T("po',"), T("po'. A"),
	T("x. 'Yes,' he"), T("x. 'Longer,' he"), T("x. 'Longer' he"), T("' a. 'Longer"), T("'Longer. A'"), T("'Dr. A' b"), T("'Longer-lived'"), T("\"'Longer"),
	T("don't', "), T("a'', "), T("XD', "), T("'XDXDXD "), T("'12' "), T("un', "), T("d'un'. "), T("'Inc.'s "), T("'Longer Inc.'s"),
	/* compounds */
	T("well-known"), T("c'est-\u00E0"), T("a-b-c-d"), T("e-mail"), T("vas-y"), T("est-ce"), T("dit-il"), T("l\u00E0-bas"),
	T("re-enter"), T("Re-enter."), T("\"re-enter\""), T("re-re-enter"), T("over-the-top"), T("anti-a, "), T("x-re-a"), T("re-Enter, "), T("anti-\u0628"),
	T("e-mail.\n"), T("pre-war. A"), T("(pre-war)"), T("mid-'A"), T("well-"), T("-well"), T("a--b"), T("well-known."), T("well-known.\n"), T("well-known,"), T("peut-\u00EAtre"),
	T("well\u2010known"), T("\"well-known\""), T("x-y.z"), T("well-5"), T("donne-le-moi"), T("XD-x"), T("Haupt- und"),
	T("l'est-ce"), T("a-l'b"), T("a-'b"), T("celui-ci"), T("d'arr\u00EAt-ci"), T("semi-"), T("porte-avions\n"),
	/* whole stretches */
	T("\"No!\" said he."), T("\u201CNo!\u201D said"), T("\u00AB Oui ! \u00BB"), T("\u00ABOui\u00BB"), T("(see p. 3)"),
	T("He left. She did"), T("he left. she did"), T("a; b"), T("a: b"), T("a, b"), T("a \u2014 b"), T("a - b"), T("Yes?No"),
	T("word.Word"), T("word .Word"), T("Ja!ja"),
};

/* Of languages in Arabic script. */
static const struct text arabic[] = {
	/* words */
	T("\u0648"), T("\u0628"), T("\u0643\u062A\u0627\u0628"), T("\u06A9\u062A\u0627\u0628"), T("\u0639\u0644\u064A"),
	T("\u0639\u0644\u06CC"), T("\u0639\u0644\u0649"), T("\u0645\u0646"), T("\u0641\u064A"), T("\u062F\u0631"),
	T("\u06A9\u06D0"), T("\u0647\u06C1\u06BE\u06D5"), T("\u06C0"), T("\u0647\u0654"), T("\u0629"), T("\u06C3"), T("\u06CD"),
	T("\u0626\u06C7\u064A\u063A\u06C7\u0631"), T("\u0623\u0622\u0625\u0624"), T("\u0627\u0653"), T("\u064A\u0654"),
	T("\u06CC\u0654"), T("\u0648\u0654"), T("\u06D2"), T("\u06D3"), T("\u06D2\u0654"), T("\u067E\u0686\u0698\u06AF"),
	T("\u0642\u0627\u0644"), T("\u06AB"), T("\u06AF\u0695\u069A\u0689\u0693\u067C\u0681\u0685\u06BC\u0696"),
	/* marks in their order and out of it */
	T("\u0645\u064F\u062F\u0651\u064E\u062A"), T("\u0628\u064E\u0651"), T("\u0628\u0651\u064E"), T("\u0628\u0651\u0650\u0627"),
	T("\u0628\u0651\u064E\u0670"), T("\u0628\u064E\u0651\u0670"), T("\u0628\u0670\u0651\u064E"), T("\u0628\u0651\u064E\u0653"),
	T("\u0628\u0651\u064E\u0651\u064E"), T("\u0628\u0652\u064B"), T("\u0651\u064E"), T("\u0628\u0651\u064F\u0651"),
	T("\u0645\u064F\u062F\u0651\u064E\u062A\u0652\u0643\u0651\u0650\u0645\u0651\u064F"), T("\u0628\u064B\u0651"), T("\u0628\u0651\u064B"),
	T("\u0628\u0651\u064E\n"), T("\u0628\u0651\u064E."), T("\u0628\u0651\u064E \u0628\u0651\u064E"), T("\u0628\u0654\u064E"),
	T("\u0628\u064E\u0654"), T("\u0628\u0651\u0651"), T("\u0628\u0610\u064E"), T("\u0628\u0651 \u064E"), T("\u0628\u0651\u200C\u064E"),
	/* tatweel, joiners, forms */
	T("\u0633\u0640\u0640\u0644\u0627\u0645"), T("\u0640"), T("\u0640\u0640\n"), T("\u0628\u0640"), T("\u0647\u0640\u064E"),
	T("\u0645\u06CC\u200C\u0631\u0648\u0645"), T("\u0628\u200C"), T("\u200C\u0628"), T("\u0628\u200C\u200C\u0628"), T("\u200C"),
	T("\u0631\u200C\u0628"), T("\u0628\u200C."), T("\u0628\u200C\n"), T("\u0628\u200D"), T("\u0647\u200C\u0647\u0627"), T("a\u200Cb"),
	T("\u0628\u200C \u0628"), T("\u200F\u0628"), T("\u0628\u200E"), T("\uFEFB"), T("\uFEE9\uFEEB"), T("\uFBFF"), T("\uFDF2"),
	T("\uFDFA"), T("\uFE76"), T("\uFB8F"), T("\uFDFC"), T("\uFE8D\uFEDF"), T("\u0675"), T("\u0678"),
	/* digits and marks of punctuation */
	T("\u0661\u0662\u066B\u0663"), T("\u06F1\u06F2\u06F3"), T("\u0664\u066C\u0665"), T("\u066A"), T("\u060C"), T("\u061B"),
	T("\u061F"), T("\u06D4"), T("\u060C\n"), T("\u061B\n"), T("\u061F\n"), T("\u06D4\n"), T(" \u060C"), T("\u060C\u060C"),
	T("\u061F!"), T("\u06D4\u06D4"), T("\u06D4\u201D"), T("\u061F\u00BB\n"), T("\u0628\u060C\u0628"), T("\u0628\u061B\u0628"),
	/* decimal-stop: none behind an Arabic word */
	T("\u0628 .5 "), T("\u0628 -.5 "), T("a .5 "), T("\u0628 a.5 "), T("\u0628\n.5 "),
	T("\u0628\u06D4\u0628"), T("\u0628.\u0628"), T("\u0628\u061F\u0628"), T("\u0628\u060C"), T("\u0628\u061B "), T("\u0628\u061F "),
	T("\u0628\u06D4 "), T("\u0628. "), T("\u066D"), T("\u06DD"), T("\u0600\u0661"), T("\u0628:"), T("\u0628: \u0628"), T("\u0628!"),
	T("\u0628\u061F \u0628"), T("\u0628. \u0628"), T("\u0628\u06D4 \u0628"), T("\u0628\u0628. \u0628"), T("\u0631.\u06A9. \u0628"), T("\u0628\u06CC. \u0633\u06CC."), T("\u0628\u06CC\u06D4 \u0633\u06CC"), T("\u0628\u0628\u061F \u0623\u0645 "), T("\u0628\u0628! \u0623\u0648 "),
	T("\u0628\u0628... \u0628"), T("\u0628\u0628\u2026 \u0628"), T("\u0628\u0628\u060C... \u0628"), T("\u0628...\u0628"), T("\n.\u0628"), T("\n!\u0628"),
	T("\n...\u0628"), T("\n\u061F\u0628"), T(" .\u0628"), T("\u0628\u0628.\u0628\u0628"), T("\u0628\u0628! a"), T("a! \u0628\u0628"), T("a. \u0628\u0628"),
	T("\u062F\u0649\u064A\u062F\u06C7"), T("\u0643\u06D5\u0644\u062F\u0649\u060C \u062F\u06D0\u062F\u0649"), T("\u0628\u0628! \u062F\u06D0\u062F\u0649"),
	T("\u0643\u06D5\u0644\u062F\u0649\u060C - \u0628"), T("\u0643\u06D5\u0644\u062F\u0649: \u0628"), T("\u0628\u0628: - \u0628"), T("\u06C1\u06D2 - \u0628"),
	T("\u062A\u06BE\u0627 - \u0628"), T("\u0628 - \u0628: \u0628"), T("\u200F\u0628. \u0628"),
	/* abbreviations, quotes, verbs that end sentences */
	T("\u062F."), T("\u062F. \u0639\u0644\u064A"), T("\u0627.\u062F."), T("\u0645."), T("\u0635."), T("\u0647\u0640."), T("\u0642.\u0645."),
	T("\u062F.\n"), T("\u0635\u0641."), T("\u00AB\u0628\u00BB"), T("\u00AB\u0628!\u00BB \u06AF\u0641\u062A"), T("(\u0628)"), T("\"\u0628\""),
	T("'\u0628'"), T("\u0628-\u0628"), T("\u0628 - \u0628"), T("\u0628\u2019\u0628"), T("\u0628'\u0628"), T("\u0628/\u0628"), T("#\u06A9\u0627\u0628\u0644"),
	T("\u0643\u06D5\u0644\u062F\u0649\u060C"), T("\u0642\u0649\u0644\u062F\u0649\u060C"), T("\u062F\u06D0\u062F\u0649\u060C"),
	T("\u0628\u0627\u0631\u062F\u0649\u060C"), T("\u0642\u0649\u0644\u0649\u062F\u06C7\u060C"), T("\u0643\u06D5\u0644\u062F\u0649\u061B"),
	T("\u0643\u06D5\u0644\u062F\u0649 \u2014 "), T("\u0626\u0649\u062F\u0649\u060C"), T("\u0643\u06D5\u0644\u062F\u0649,"), T("\u0643\u06D5\u0644\u062F\u0649\u060C\n"),
	T("\u06C1\u06D2\u06D4"), T("\u06C1\u06D2 \u06D4"), T("\u0627\u0633\u062A."), T("\u062F\u06CC."), T("\u062F\u06CC. "),
	T("\u06A9\u0647\u0627\u06D4\n"),
};

struct pool {
	const struct text *pieces;
	size_t n;
};

static const struct pool pool_common = {common, COUNT(common)};
static const struct pool pool_latin = {latin, COUNT(latin)};
static const struct pool pool_arabic = {arabic, COUNT(arabic)};

struct language {
	const char *tag;
	const struct pool *own, *foreign;
};

static const struct language languages[] = {
	{"en", &pool_latin, &pool_arabic}, {"fr", &pool_latin, &pool_arabic}, {"it", &pool_latin, &pool_arabic},
	{"ca", &pool_latin, &pool_arabic}, {"de", &pool_latin, &pool_arabic}, {"es", &pool_latin, &pool_arabic},
	{"ha", &pool_latin, &pool_arabic}, {"id", &pool_latin, &pool_arabic}, {"nl", &pool_latin, &pool_arabic},
	{"tr", &pool_latin, &pool_arabic}, {"ug", &pool_arabic, &pool_latin}, {"fa", &pool_arabic, &pool_latin},
	{"ps", &pool_arabic, &pool_latin}, {"ar", &pool_arabic, &pool_latin}, {"ur", &pool_arabic, &pool_latin},
};

/* ---- A piece at each place among 64 atoms ---- */

#define LONGEST 2000 /* bytes of a document here */

struct doc {
	char text[LONGEST];
	size_t len;
};

static void add(struct doc *doc, const char *text, size_t len)
{
	if (len > sizeof doc->text - doc->len)
		ck_abort_msg("no room for a document");
	memcpy(doc->text + doc->len, text, len);
	doc->len += len;
}

/* Behind so many words, split as asked for; the piece is followed by a word, or ends its line, or the document. */
static void try_piece(struct text_case *c, const struct text *piece, const char *word, size_t n, size_t way)
{
	static const char *const behind[] = {" ab.\nab cd.\n", "\nab cd.\n", "", "Ab cd.\n"};
	struct doc doc = {.len = 0};
	for (size_t i = 0; i < n; i++)
		add(&doc, word, strlen(word));
	add(&doc, piece->ptr, piece->len);
	add(&doc, behind[way], strlen(behind[way]));
	text_case_check(c, doc.text, doc.len);
}

static void try_pool(struct text_case *c, const struct pool *pool)
{
	/* two atoms each; three; two, which are lines; one word in another script */
	static const char *const words[] = {"a ", "ab, ", "b\n", "\u0628 "};
	for (size_t i = 0; i < pool->n; i++) {
		for (size_t n = 0; n < PREFIXES; n++)
			try_piece(c, &pool->pieces[i], words[(i + n) % COUNT(words)], n, n / COUNT(words) % 4);
		/* around the borders, all ways */
		for (size_t n = 30; n < 34; n++)
			for (size_t way = 0; way < 4 * COUNT(words); way++)
				try_piece(c, &pool->pieces[i], words[way / 4], n, way % 4);
	}
}

static void try_language(const struct language *language)
{
	const struct lafz_options options = text_case_options(language->tag);
	struct text_case c;
	text_case_open(&c, "a piece among 64 atoms", &options);
	try_pool(&c, &pool_common);
	try_pool(&c, language->own);
	if (language->own == &pool_arabic)
		try_pool(&c, language->foreign);
	text_case_close(&c);
}

START_TEST(pieces_in_latin_script)
{
	for (size_t i = 0; i < COUNT(languages); i++)
		if (languages[i].own == &pool_latin)
			try_language(&languages[i]);
}
END_TEST

START_TEST(pieces_in_arabic_script)
{
	for (size_t i = 0; i < COUNT(languages); i++)
		if (languages[i].own == &pool_arabic)
			try_language(&languages[i]);
}
END_TEST

/* ---- Random lines ---- */

static const struct text *pick(struct rng *rng, const struct language *language, bool is_wild)
{
	const size_t r = rng_below(rng, 16);
	const struct pool *pool = language->own;
	if (is_wild)
		pool = r < 8 ? &pool_common : r < 15 ? language->own : language->foreign;
	else if (r == 0)
		pool = &pool_common;
	return &pool->pieces[rng_below(rng, pool->n)];
}

/* Tame lines are words for the most part, split by one space, with a mark at their end; others may hold anything. */
static void add_line(struct rng *rng, const struct language *language, struct buf *out)
{
	static const struct text words[] = {T("ab"), T("words"), T("Ab"), T("\u06A9\u0627\u0628\u0644"), T("\u0628\u0646"),
	                                    T("\u0648\u0631")};
	static const struct text ends[] = {T("."), T(""), T(","), T("!"), T(":"), T(".\""), T("\u06D4"), T("\u061F"), T(". "), T(" .")};
	const size_t wildness = rng_below(rng, 4); /* 0: not at all */
	const size_t n = rng_below(rng, 14), half = language->own == &pool_arabic ? 3 : 0;
	for (size_t i = 0; i < n; i++) {
		const struct text *piece = &words[half + rng_below(rng, 3)];
		if (wildness > 0 && rng_below(rng, 6) < wildness)
			piece = pick(rng, language, wildness == 3);
		text_model_add(out, piece->ptr, piece->len);
		if (i + 1 < n && (wildness < 3 || rng_below(rng, 4) > 0))
			text_model_add(out, " ", 1);
	}
	const struct text *const end = &ends[rng_below(rng, COUNT(ends))];
	text_model_add(out, end->ptr, end->len);
	text_model_add(out, rng_below(rng, 12) == 0 ? "\r\n" : "\n", rng_below(rng, 12) == 0 ? 2 : 1);
}

/* Some documents have broken bytes, and marks of all sorts. */
static void add_trouble(struct rng *rng, struct buf *out)
{
	char trouble[8 * HELPER_LONGEST];
	if (rng_below(rng, 30) == 0)
		text_model_add(out, trouble, helper_trouble(rng, 8, rng_below(rng, 2) == 0, trouble));
}

static void read_random(const struct language *language, struct rng *rng)
{
	const struct lafz_options options = text_case_options(language->tag);
	struct buf doc = {0};
	struct text_case c;
	text_case_open(&c, "random lines", &options);
	for (size_t lines = 0; lines < helper_times(RANDOM_LINES);) {
		const size_t n = 1 + rng_below(rng, 40);
		doc.len = 0;
		for (size_t i = 0; i < n; i++) {
			add_line(rng, language, &doc);
			add_trouble(rng, &doc);
		}
		lines += n;
		text_case_check(&c, doc.ptr, doc.len);
		text_case_read(&c, doc.ptr, doc.len, 1 + rng_below(rng, 200));
	}
	text_case_close(&c);
	buf_free(&doc, &mem_default);
}

START_TEST(random_lines)
{
	struct rng rng = {28};
	for (size_t i = 0; i < COUNT(languages); i++)
		read_random(&languages[i], &rng);
}
END_TEST

/* By kernels other than the best one, with languages that are guessed, and with pages of the lines of all languages. */
START_TEST(random_lines_by_each_kernel)
{
	int usable = 0;
	for (size_t k = 0; lafz_kernel(k, &usable); k++) {
		for (size_t i = 0; i < COUNT(languages) && usable; i++) {
			struct lafz_options options = text_case_options(i % 5 == 4 ? NULL : languages[i].tag);
			struct buf doc = {0};
			struct rng rng = {1000 * k + i};
			struct text_case c;
			options.kernel = lafz_kernel(k, NULL);
			text_case_open(&c, "random lines", &options);
			for (size_t n = 0; n < helper_times(1000); n++)
				add_line(&rng, &languages[rng_below(&rng, 8) == 0 ? n % COUNT(languages) : i], &doc);
			text_case_want(&c, doc.ptr, doc.len);
			text_case_read(&c, doc.ptr, doc.len, 0);
			text_case_read(&c, doc.ptr, doc.len, 4099);
			text_case_read(&c, doc.ptr, doc.len, 1501);
			text_case_close(&c);
			buf_free(&doc, &mem_default);
		}
	}
}
END_TEST

/* ---- What is copied ---- */

/* With an elision, which other languages do not have, and a letter that norm changes in Persian. */
#define FRENCH "C'est l'histoire de l'homme qui n'avait pas peur de la mort.\n"
#define PERSIAN "\u0627\u064A\u0646 \u06A9\u062A\u0627\u0628 \u0631\u0627 \u0628\u0631\u0627\u06CC \u0645\u0631\u062F\u0645 \u0645\u06CC\u200C\u0646\u0648\u06CC\u0633\u0645.\n"

struct row {
	const char *tag; /* NULL: guessed */
	struct text text;
	size_t others; /* lines that have to go the long way */
};

static const struct row rows[] = {
	{"en", T("It was a plain line.\n"), 0},
	{"en", T("It was plain, and short,\nas lines of prose are.\n\nBut not all.\n"), 0},
	{"en", T("Plain.\r\nAnd plain.\r\n"), 0},
	{"en", T("plain with a space behind \nand plain\n"), 0},
	{"en", T("I don't know what it's for.\n"), 0},
	{"en", T("No \u201Cquotes\u201D here, \"none\" at all.\n"), 0},
	{"en", T("Plain.\nTwo  spaces.\n And one before.\n"), 0},
	{"en", T("Plain.\nThree   spaces: more.\nPlain.\n"), 1},
	{"en", T("Plain.\nSold for 12.5 at last.\nPlain.\nSee http://a.af/b now.\nPlain.\nSee http://a.af/b http://a.af/c\n"), 1},
	{"en", T("By Dr. No of it.\nBy J. Smith, and J. It was.\nOf p. Five.\nThan I.\nWords etc.\n"), 0},
	{"en", T("It was. She did! Did he? Yes. \"No.\" (Not.) It was: plain.\n"), 0},
	{"en", T("Who was it... He did!! Did he?! No...\n"), 0},
	{"en", T("Sold 12 of 1999, 5.\nIt is - or was - 7.\n"), 0},
	{"en", T("Plain.\nThe p. 5 of it.\nPlain.\nThe 2nd one.\n"), 0},
	{"en", T("Plain. (Not this. And not that.) Plain.\n"), 1},
	{"fr", T("Il est plus haut que l'homme d\u2019audace.\n"), 0},
	{"fa", T("\u0648\u0632\u0627\u0631\u062A \u0627\u0645\u0648\u0631\u060C \u06A9\u0627\u0628\u0644.\n"), 0},
	{"fa", T("\u0639\u0644\u064A \u0627\u0645\u062F.\n\u06A9\u0627\u0628\u0644.\n"), 0},
	{"fa", T("\u06A9\u0627\u0628\u0644\u061F \u0627\u0645\u062F. \u0628\u0646... \u06F1\u06F2 \u06A9\u062A\u0627\u0628.\n .\u0628\u0646\n"), 0},
	{"ar", T(".\u0643\u062A\u0627\u0628\n!\u0643\u062A\u0627\u0628 \u00AB\u0645\u0646\u00BB\n"), 0},
	{"fr", T("Quoi\u00A0? Non\u202F! \u00AB\u00A0Oui\u00A0\u00BB, dit-il ; Il est l\u00E0.\n"), 0},
	{"ug", T("\u0643\u06D5\u0644\u062F\u0649\u060C \u0628\u0627\u0631\u062F\u0649\u060C \u0643\u0649\u062A\u0627\u0628.\n"), 0},
	{"ur", T("\u0645\u0644\u06CC\u06BA \u06C1\u06D2\u06D4\n"), 0},
	{"ar", T("\u0630\u0647\u0628\u062A \u0625\u0644\u0649 \u0641\u064A\u060C \u0643\u062A\u0627\u0628.\n"), 0},
	{"ar", T("\u0645\u064F\u062F\u0651\u064E\u062A \u0643\u062A\u0627\u0628.\n"), 0},
	{"ps", T("\u0632\u0645\u0627 \u0646\u0648\u06CC \u06A9\u062A\u0627\u0628 \u062F\u06CC.\n"), 0},
	{"ug", T("\u0626\u06C7\u064A\u063A\u06C7\u0631 \u0643\u0649\u062A\u0627\u0628\u0644\u0627\u0631.\n"), 0},
	/* guessed: surely in one language, line by line; not surely; in several */
	{NULL, T("It was a plain line of the book.\nAnd so is this one.\n"), 0},
	{NULL, T("It was a plain line of the book.\n" FRENCH PERSIAN "And so is this one.\n"), 0},
	{NULL, T(PERSIAN FRENCH "\n" PERSIAN), 0},
	{NULL, T(PERSIAN "ab\n" PERSIAN), 1},
	{NULL, T("It was a plain line of the book.\nPersian is \u0641\u0627\u0631\u0633\u06CC in Persian.\nAnd so is this one.\n"), 1},
};

START_TEST(plain_lines_are_copied)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct lafz_options options = text_case_options(rows[i].tag);
		struct text_case c;
		text_case_open(&c, "a plain line", &options);
		text_case_want(&c, rows[i].text.ptr, rows[i].text.len);
		text_case_read(&c, rows[i].text.ptr, rows[i].text.len, 0);
		ck_assert_msg(text_others(c.texts) == rows[i].others, "%zu lines, not %zu, are not plain (%s): %s",
		              text_others(c.texts), rows[i].others, rows[i].tag ? rows[i].tag : "guessed",
		              helper_show(rows[i].text.ptr, rows[i].text.len));
		text_case_close(&c);
	}
}
END_TEST

/* What stays plain wherever it lies among 64 atoms. */
static const struct row anywhere[] = {
	{"en", T("don't"), 0},
	{"en", T("\"it\u2019s\""), 0},
	{"en", T("well-known"), 0},
	{"en", T("Jack-of-all-trades,"), 0},
	{"en", T("re-enter"), 0},
	{"en", T("'Harmony',"), 0},
	{"en", T("a \u2018screamer\u2019."), 0},
	{"en", T("girls' tips"), 0},
	{"en", T("went. She"), 0},
	{"en", T("went.\" \"She"), 0},
	{"en", T("went?! She"), 0},
	{"en", T("and... she"), 0},
	{"en", T("Dr. No"), 0},
	{"en", T("J. Smith"), 0},
	{"en", T("etc. A"), 0},
	{"en", T("a - 12"), 0},
	{"en", T("of 12, a"), 0},
	{"en", T("two  spaces"), 0},
	{"fr", T("l'homme"), 0},
	{"fr", T("est-ce\u00A0? Non"), 0},
	{"fr", T("porte-avions"), 0},
	{"fa", T("\u0628\u0646. \u06A9\u0627\u0628\u0644"), 0},
	{"ar", T("\u0645\u0646\u061F \u00AB\u0645\u0646\u00BB... \u0645\u0646"), 0},
	{"ug", T("\u0643\u06D5\u0644\u062F\u0649\u060C \u0643\u0649\u062A\u0627\u0628"), 0},
};

START_TEST(plain_words_are_copied_anywhere)
{
	for (size_t i = 0; i < COUNT(anywhere); i++) {
		const struct lafz_options options = text_case_options(anywhere[i].tag);
		struct text_case c;
		text_case_open(&c, "plain words at any place", &options);
		for (size_t n = 0; n < 2 * PREFIXES; n++) {
			struct doc doc = {.len = 0};
			const bool is_arabic = (unsigned char)*anywhere[i].text.ptr >= 0xD8;
			const char *const word = is_arabic ? "\u0628\u0646" : "on";
			for (size_t k = 0; k < n / 2; k++) {
				add(&doc, word, strlen(word));
				add(&doc, k == 0 && n % 2 ? ", " : " ", k == 0 && n % 2 ? 2 : 1);
			}
			add(&doc, anywhere[i].text.ptr, anywhere[i].text.len);
			add(&doc, " ", 1);
			add(&doc, word, strlen(word));
			add(&doc, ".\n", 2);
			text_case_want(&c, doc.text, doc.len);
			text_case_read(&c, doc.text, doc.len, 0);
			ck_assert_msg(text_others(c.texts) == 0, "not plain (%s): %s", anywhere[i].tag,
			              helper_show(doc.text, doc.len));
		}
		text_case_close(&c);
	}
}
END_TEST

/* Rows of marks wherever they lie across the borders of 64 atoms. */
START_TEST(rows_across_borders)
{
	static const char *const tags[] = {"en", NULL};
	for (size_t t = 0; t < COUNT(tags); t++) {
		const struct lafz_options options = text_case_options(tags[t]);
		struct text_case c;
		struct buf doc = {0};
		text_case_open(&c, "a row of marks", &options);
		for (size_t n = 2; n < 24; n++) {
			for (size_t before = 100; before < 132; before++) {
				doc.len = 0;
				for (size_t i = 0; i < 128; i++)
					text_model_add(&doc, "It was not very late.\n", 22);
				text_model_add(&doc, "so, ", n % 2 == 0 ? 0 : 4);
				for (size_t i = 0; i < before; i++)
					text_model_add(&doc, "it ", 3);
				text_model_add(&doc, "was", 3);
				for (size_t i = 1; i < n; i++)
					text_model_add(&doc, "!", 1);
				text_model_add(&doc, "? We left.\n", 11);
				for (size_t i = 0; i < 128; i++)
					text_model_add(&doc, "It was not very late.\n", 22);
				text_case_want(&c, doc.ptr, doc.len);
				text_case_read(&c, doc.ptr, doc.len, 0);
			}
		}
		text_case_close(&c);
		buf_free(&doc, &mem_default);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {pieces_in_latin_script, pieces_in_arabic_script, random_lines,
	                              random_lines_by_each_kernel, plain_lines_are_copied,
	                              plain_words_are_copied_anywhere, rows_across_borders};
	return helper_run("text_lines", tests, COUNT(tests));
}
