#include "word/lists.h"

#include <assert.h>
#include <string.h>

#include "base/bits.h"
#include "lang.h"
#include "word/wordlist.h"

/* clang-format off: lists are broken by sense */

/* Titles and words that always lead on to what follows them. */
static const char titles[] = " mr. mrs. ms. dr. prof. st. gen. col. lt. maj. sgt. capt. cmdr. adm. "
			     "rev. hon. sen. rep. gov."
			     " pres. messrs. mt. ft. vs. no. nos. vol. vols. pp. fig. figs. "
			     "approx. e.g. i.e. cf. jan. feb."
			     " mar. apr. jun. jul. aug. sept. sep. oct. nov. dec. mme. mlle. nr. "
			     "bzw. ca. z.b. d.h. u.a."
			     " vgl. sr. sra. srta. dra. dott. sig. do\u00E7. \u00F6rn. bkz. ";

/* What an English sentence begins with more often than a name does. */
static const char starters[] =
	" the a an this that these those he she it we they you i his her its our their my your "
	"there"
	" here in on at for from with by as but and or so if when while after before since because"
	" although though however what who where why how many some most all no not one two now then"
	" today yesterday tomorrow last next ";

/* The same in other languages, articles left out that begin names as well (French Le, La). */
static const struct wordlist openers[] = {
	{LANG_FR, " il elle ils elles on nous vous je ce cet cette ces un une dans pour mais et "
                  "son sa ses leur"
                  " leurs en au aux "},
	{LANG_DE, " der die das ein eine er sie es wir ihr ich und aber in im am auf mit nach bei "
                  "dieser diese"
                  " dieses "},
	{LANG_ES, " el ella ellos ellas un una en este esta estos estas su sus se no pero y "},
	{LANG_IT,
         " il gli un una egli ella essi questo questa questi queste nel nella si ma e in "},
	{LANG_PT, " ele ela eles elas um uma em este esta estes estas seu sua se mas e no na "},
	{LANG_NL, " het een hij zij ze we wij dit deze in op maar en "},
	{LANG_ID, " ia dia ini itu pada di dalam dengan untuk dan "},
};

/*
 * Before an apostrophe; aujourd'hui, quelqu'un, presqu'ile and entr'acte are one word, so aujourd,
 * quelqu, presqu and entr are not here.
 */
static const struct wordlist elided[] = {
	{LANG_FR, " \u00E7 qu jusqu lorsqu puisqu quoiqu "},
	{LANG_IT, " un dell all dall nell sull coll dagl degl agl negl sugl quest quell bell"
                  " sant tutt mezz buon quant dov com cos pover nient senz anch gl ch "},
};

/* Of them, those of one letter, which are nearly all: a bit for each. */
#define LETTER(c) ((uint32_t)1 << ((c) - 'a'))
#define LETTERS_OF_ALL (LETTER('l') | LETTER('d') | LETTER('m') | LETTER('t') | LETTER('s') | LETTER('n'))
static const struct {
	uint16_t lang;
	uint32_t letters;
} elided_letters[] = {
	{LANG_FR, LETTERS_OF_ALL | LETTER('j') | LETTER('c')},
	{LANG_IT, LETTERS_OF_ALL | LETTER('c') | LETTER('v')},
	{LANG_CA, LETTERS_OF_ALL},
};

/*
 * What stays with the digits before it (counts: 3,166 places of Pashto text, 4,467 of Persian,
 * 2,321 of Urdu). Ordinals:
 */
static const struct wordlist ordinal_suffixes[] = {
	{LANG_PS, " \u0645\u0647 \u0645\u06D0 "},
	{LANG_FA, " \u0627\u0645 \u0645\u06CC\u0646 \u0627\u0645\u06CC\u0646 "},
	{LANG_CKB, " \u06D5\u0645 \u06D5\u0645\u06CC\u0646 \u0647\u06D5\u0645 "
                   "\u0647\u06D5\u0645\u06CC\u0646 "},
	{LANG_FR, " e er re \u00E8re \u00E8me eme nd nde es ers res \u00E8mes "},
	{LANG_ES, " er ero era ra ro do da to ta mo ma vo va no na os as "},
	{LANG_CA, " r n t \u00E8 e a ns rs ts "},
	{LANG_NL, " e de ste "},
	{LANG_DE, " te ten ter tes tem "},
	{LANG_UR, " \u0648\u0627\u06BA \u0648\u06CC\u06BA "},
	{LANG_SD, " \u0647\u064A\u0646 \u0647\u0648\u0646 \u064A\u0646 \u0648\u0646 "},
	{LANG_AZ, " ci c\u0131 cu c\u00FC nci nc\u0131 ncu nc\u00FC inci \u0131nc\u0131 uncu \u00FCnc\u00FC "},
};

/* And others: */
static const struct wordlist digit_suffixes[] = {
	/* year or ordinal, year, hijri */
	{LANG_PS, " \u0645 \u0644 \u0647 \u0642 "},
	/* year signs */
	{LANG_UR, " \u0621 \u06BE "},
	/* year sign */
	{LANG_SD, " \u0639 "},
	/* year, hijri */
	{LANG_FA, " \u0645 \u0647 \u0642 "},
	/* year; "of", "too", "in", "and", the definite article, plurals */
	{LANG_CKB, " \u0645 \u06CC \u06CC\u0634 \u062F\u0627 \u0648\u06D5 \u06D5\u0648\u06D5 "
                   "\u06D5\u06A9\u06D5"
                   " \u06D5\u06A9\u0627\u0646 \u06D5\u06A9\u0627\u0646\u06CC "
                   "\u06D5\u06A9\u0627\u0646\u062F\u0627"
                   " \u06CC\u06D5\u06A9\u0627\u0646 \u06D5 "},
	/* decades, "-fold", "times" */
	{LANG_DE, " er ers ern fach fache fachen mal "},
	{LANG_NL, " er "},
};

/* German adjectives of measure, their ending left out (125j\u00E4hrig, 3t\u00E4gig). */
static const char measures[] = " j\u00E4hrig t\u00E4gig st\u00FCndig min\u00FCtig w\u00F6chig "
			       "monatig k\u00F6pfig prozentig"
			       " stellig seitig malig fach teilig gradig st\u00F6ckig spurig ";

/*
 * Italian: syllables that are gone (poco, modo, imperatives), and vowels whose accent is written as an
 * apostrophe behind them.
 */
static const struct wordlist truncated[] = {
	{LANG_IT, " po mo be di da fa va sta to ca de ne co a su"
                  " e \u00E8 piu perche cosi gia puo sara poiche finche cio qui li la citta "
                  "universita attivita"
                  " societa realta verita qualita possibilita liberta unita eta meta papa lunedi "
                  "martedi mercoledi"
                  " giovedi venerdi sar\u00E0 ne potra dovra avra fara andra "},
};

/* What an ordinal follows: German articles, prepositions, conjunctions. */
static const struct wordlist before_ordinals[] = {
	{LANG_DE,
         " am im vom zum zur beim bis ab seit der die das den dem des ein eine einen einem einer "
         "eines"
         " jeder jede jedes jeden jedem dieser diese dieses diesen diesem ihr ihre ihren ihrem "
         "ihrer"
         " sein seine seinen seinem seiner mein meine meinen meinem meiner unser unsere unseren und"
         " oder sowie dessen deren "},
};

static const struct wordlist months[] = {
	{LANG_DE,
         " januar j\u00E4nner februar m\u00E4rz april mai juni juli august september oktober "
         "november"
         " dezember jan feb apr aug sept okt nov dez jahrhundert jh jahrestag geburtstag "},
};

/*
 * English elements that are no words alone, or not in that sense. English treebanks split other
 * compounds at their hyphens (well-known).
 */
static const struct wordlist prefixes[] = {
	{LANG_EN, " ante anti auto bi bio co counter cyber de e eco ex extra hyper infra inter "
                  "intra macro mega"
                  " meta micro mid mini mis mono multi nano neo non over pan para poly post pre "
                  "pro proto pseudo"
                  " psycho quasi re semi socio sub super tele trans tri u ultra un uni vice x "},
	{LANG_IT,
         " anti auto co contro e ex extra filo mini multi neo non pre pro pseudo semi sotto"
         " sub super ultra vice "},
};

/*
 * French pronouns that follow their verb. They are asked of the word behind nearly every hyphen, so that each is a number, the first byte the
 * lowest, at a place of its own by that; a place that two have would be a warning.
 */
#define NUMBER(a, b, c, d, e) ((uint64_t)(a) | (uint64_t)(b) << 8 | (uint64_t)(c) << 16 | (uint64_t)(d) << 24 | (uint64_t)(e) << 32)
#define PLACE(number) ((number) * UINT64_C(0x9E3779B97F4A7C15) >> 58)
#define CLITIC(a, b, c, d, e) [PLACE(NUMBER(a, b, c, d, e))] = NUMBER(a, b, c, d, e)
#define SMALL UINT64_C(0x2020202020202020) /* what letters in lower case have */
static const uint64_t clitics[64] = {
	CLITIC('j', 'e', 0, 0, 0),       CLITIC('t', 'u', 0, 0, 0),     CLITIC('i', 'l', 0, 0, 0),     CLITIC('e', 'l', 'l', 'e', 0),
	CLITIC('o', 'n', 0, 0, 0),       CLITIC('n', 'o', 'u', 's', 0), CLITIC('v', 'o', 'u', 's', 0), CLITIC('i', 'l', 's', 0, 0),
	CLITIC('e', 'l', 'l', 'e', 's'), CLITIC('c', 'e', 0, 0, 0),     CLITIC('m', 'o', 'i', 0, 0),   CLITIC('t', 'o', 'i', 0, 0),
	CLITIC('l', 'e', 0, 0, 0),       CLITIC('l', 'a', 0, 0, 0),     CLITIC('l', 'e', 's', 0, 0),   CLITIC('l', 'u', 'i', 0, 0),
	CLITIC('l', 'e', 'u', 'r', 0),   CLITIC('y', 0, 0, 0, 0),       CLITIC('e', 'n', 0, 0, 0),
};

/* A noun: un rendez-vous. */
#define MEET (NUMBER('r', 'e', 'n', 'd', 'e') | (uint64_t)'z' << 40)

/* -ci and -l\u00E0 belong to the noun before them (cette fois-ci), but are part of these words. */
static const char here_and_there[] = " ci l\u00E0 ";
static const char demonstratives[] = " celui celle ceux celles l\u00E0 jusque par de voil\u00E0 "
				     "ici ceci cela au ce oui non ";

/* clang-format on */

bool lists_is_title(const char *text, size_t len)
{
	return wordlist_holds(titles, text, len);
}

bool lists_is_starter(const char *text, size_t len)
{
	return wordlist_holds(starters, text, len);
}

bool lists_is_opener(uint16_t lang, const char *text, size_t len)
{
	return lang == LANG_EN || lang == LANG_UND ? wordlist_holds(starters, text, len)
	                                           : WORDLISTS_HOLD(openers, lang, text, len);
}

bool lists_is_elided(uint16_t lang, const char *text, size_t len)
{
	if (len == 1)
		return lists_has_letter(lists_elided_letters(lang), *text);
	/* most by far */
	if (lang == LANG_FR && len == 2 && memcmp(text, "qu", 2) == 0)
		return true;
	return WORDLISTS_HOLD(elided, lang, text, len);
}

uint32_t lists_elided_letters(uint16_t lang)
{
	for (size_t i = 0; i < sizeof elided_letters / sizeof *elided_letters; i++)
		if (elided_letters[i].lang == lang)
			return elided_letters[i].letters;
	return 0;
}

bool lists_keeps_elision(uint16_t lang, const char *text, size_t len, size_t room)
{
	static const char on[] = "on", that_is[] = "est-\u00E0-dire";
	const size_t on_len = sizeof on - 1, that_is_len = sizeof that_is - 1;
	return lang == LANG_FR && ((len == on_len && memcmp(text, on, on_len) == 0) ||
	                           (room >= that_is_len && memcmp(text, that_is, that_is_len) == 0));
}

bool lists_is_truncated(uint16_t lang, const char *text, size_t len)
{
	return WORDLISTS_HOLD(truncated, lang, text, len);
}

bool lists_ends_in_half(uint16_t lang, const char *text, size_t len)
{
	return lang == LANG_UZ && len > 0 && ((text[len - 1] | 0x20) == 'g' || (text[len - 1] | 0x20) == 'o');
}

/* A German adjective of measure with one of its endings. */
static bool is_measure(const char *text, size_t len)
{
	static const char *const endings[] = {"", "e", "en", "er", "es", "em"};
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		const size_t ending = strlen(endings[i]);
		if (len > ending && memcmp(text + len - ending, endings[i], ending) == 0 &&
		    wordlist_holds(measures, text, len - ending))
			return true;
	}
	return false;
}

bool lists_is_digit_suffix(uint16_t lang, const char *text, size_t len)
{
	/* Uyghur puts any ending behind digits (50qa) */
	return lang == LANG_UG || WORDLISTS_HOLD(digit_suffixes, lang, text, len) ||
	       (lang == LANG_DE && is_measure(text, len));
}

bool lists_is_ordinal_suffix(uint16_t lang, const char *text, size_t len)
{
	return WORDLISTS_HOLD(ordinal_suffixes, lang, text, len);
}

bool lists_precedes_ordinal(uint16_t lang, const char *text, size_t len)
{
	return WORDLISTS_HOLD(before_ordinals, lang, text, len);
}

bool lists_is_month(uint16_t lang, const char *text, size_t len)
{
	return WORDLISTS_HOLD(months, lang, text, len);
}

void lists_prefix_lens(uint16_t lang, uint8_t lens[32])
{
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
		for (const char *word = prefixes[i].words + 1; *word && prefixes[i].lang == lang;) {
			const size_t len = strcspn(word, " ");
			assert(len < 8);
			lens[(unsigned char)*word & 31] |= (uint8_t)(1u << len);
			word += len + 1;
		}
	}
}

bool lists_is_prefix(uint16_t lang, const char *text, size_t len)
{
	return WORDLISTS_HOLD(prefixes, lang, text, len);
}

enum lists_clitic lists_short_clitic(uint64_t before, uint64_t word, size_t len)
{
	const uint64_t all = bits_below(8 * len), small_bits = SMALL & all;
	const uint64_t small = (word & all) | small_bits, capitals = ~word & small_bits;
	/* as wordlist_holds would have it: in lower case, with a capital first, or in capitals */
	const bool has_case = (capitals == 0) | (capitals == (SMALL & 0xFF)) | (capitals == small_bits);
	const bool is_meeting = (before | SMALL) >> 16 == MEET;
	const bool is_there = (small == NUMBER('c', 'i', 0, 0, 0)) | (small == NUMBER('l', 0xC3 | 0x20, 0xA0, 0, 0));
	const bool is_pronoun = clitics[PLACE(small)] == small;
	if (is_meeting | is_there)
		return LISTS_CLITIC_ASKED;
	return (is_pronoun & has_case) != 0 ? LISTS_CLITIC : LISTS_NO_CLITIC;
}

/* Whether a word is one of those that are numbers. */
static bool is_pronoun(const char *word, size_t len)
{
	uint64_t number = 0;
	for (size_t i = 0; i < len && i < sizeof number; i++)
		number |= (uint64_t)(unsigned char)word[i] << 8 * i;
	return lists_short_clitic(0, number, len) == LISTS_CLITIC;
}

bool lists_is_clitic(const char *word, size_t word_len, const char *clitic, size_t clitic_len)
{
	/* what their second bytes are not is not searched for */
	const bool may_be_there = clitic_len > 1 && ((clitic[1] | 0x20) == 'i' || (unsigned char)clitic[1] >= 0x80);
	if (may_be_there && wordlist_holds(here_and_there, clitic, clitic_len))
		return !wordlist_holds(demonstratives, word, word_len);
	if (!is_pronoun(clitic, clitic_len))
		return false;
	static const char meet[] = " rendez ";
	return word_len != sizeof meet - 3 || !wordlist_holds(meet, word, word_len);
}
