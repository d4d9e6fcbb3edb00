#include "word/lists.h"

#include <string.h>

#include "lang.h"

/* A list of words of a language, split by one space, with one at each end. */
struct list {
	uint16_t lang;
	const char *words;
};

/* clang-format off: lists are broken by sense */

/*
 * Abbreviations that are written with a full stop and stand inside sentences. Titles first, then
 * what stands before names, then months and the like. From knowledge of the languages; forms that
 * are words as well (English "in", German "art") are left out.
 */
static const struct list abbreviations[] = {
	{LANG_EN,
	 " mr mrs ms dr prof st jr sr gen col lt maj sgt capt cmdr adm rev hon sen rep gov pres supt"
	 " messrs mt ft inc ltd co corp bros dept univ assn ave blvd rd vs etc al approx est ext ed eds"
	 " jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thurs fri "},
	{LANG_FR,
	 " dr mlle mme av bd boul etc env ex \u00E9d r\u00E9f t\u00E9l janv f\u00E9vr avr juill sept"
	 " oct nov d\u00E9c "},
	{LANG_DE,
	 " dr prof bzw ca usw evtl ggf inkl exkl zzgl bspw vgl hrsg jh jhd jan feb febr apr aug sept"
	 " okt nov dez str tel st geb verh mio mrd tsd "},
	{LANG_ES,
	 " sr sra srta dr dra d d\u00F1a ud uds prof ing lic gral av avda etc n\u00FAm p\u00E1g"
	 " p\u00E1gs vol art cap tel ee uu "},
	{LANG_IT, " dott sig sigg prof ing avv on mons ecc pag pagg art vol cap tel "},
	{LANG_PT, " sr sra dr dra prof eng av etc p\u00E1g p\u00E1gs vol art cap tel "},
	{LANG_NL, " dr drs ir mr mw dhr prof bijv enz nr blz tel "},
	{LANG_CA, " sr sra dr dra prof av etc p\u00E0g n\u00FAm "},
	{LANG_TR,
	 " dr prof do\u00E7 yrd av m\u00FCh alb org sn vb vs \u00F6rn bkz no tel cad sok mah "},
	{LANG_AZ, " dr prof v\u0259 s "},
	{LANG_ID, " dr prof ir drs hj h kh jl no tgl hlm dll dsb dst "},
};

/* Words as well: their full stop belongs to them only before a number (No. 5). */
static const struct list before_numbers[] = {
	{LANG_EN, " no nos vol vols p pp fig figs ch sec art par "},
	{LANG_DE, " nr art abs abb bd s "},
	{LANG_FR, " art p vol chap fig "},
};

/* Titles and words that always lead on to what follows them. */
static const char titles[] =
	" mr. mrs. ms. dr. prof. st. gen. col. lt. maj. sgt. capt. cmdr. adm. rev. hon. sen. rep. gov."
	" pres. messrs. mt. ft. vs. no. nos. vol. vols. pp. fig. figs. approx. e.g. i.e. cf. jan. feb."
	" mar. apr. jun. jul. aug. sept. sep. oct. nov. dec. mme. mlle. nr. bzw. ca. z.b. d.h. u.a."
	" vgl. sr. sra. srta. dra. dott. sig. do\u00E7. \u00F6rn. bkz. ";

/* What an English sentence begins with more often than a name does. */
static const char starters[] =
	" the a an this that these those he she it we they you i his her its our their my your there"
	" here in on at for from with by as but and or so if when while after before since because"
	" although though however what who where why how many some most all no not one two now then"
	" today yesterday tomorrow last next ";

/*
 * Before an apostrophe; aujourd'hui, presqu'ile and entr'acte are one word, so aujourd, presqu and
 * entr are not here.
 */
static const struct list elided[] = {
	{LANG_FR, " l d j m t s n c \u00E7 qu jusqu lorsqu puisqu quoiqu quelqu "},
	{LANG_IT,
	 " l un dell all dall nell sull coll dagl degl agl negl sugl c d m t s v n quest quell bell"
	 " sant tutt mezz buon quant dov com cos pover nient senz anch gl ch "},
	{LANG_CA, " l d m t s n "},
};

/*
 * What stays with the digits before it (counts: 3,166 places of Pashto text, 4,467 of Persian,
 * 2,321 of Urdu).
 */
static const struct list digit_suffixes[] = {
	/* year, ordinals, hijri */
	{LANG_PS, " \u0645 \u0645\u0647 \u0645\u06D0 \u0644 \u0647 \u0642 "},
	/* year signs */
	{LANG_UR, " \u0621 \u06BE "},
	/* year sign */
	{LANG_SD, " \u0639 "},
	/* year, hijri, ordinal */
	{LANG_FA, " \u0645 \u0647 \u0642 \u0627\u0645 "},
};

/* clang-format on */

enum { LONGEST = 24 };

/* Whether words holds the word, its first letter in lower case if it is an ASCII capital. */
static bool holds(const char *words, const char *text, size_t len)
{
	char form[LONGEST + 3];
	if (len == 0 || len > LONGEST || memchr(text, ' ', len) || memchr(text, '\0', len))
		return false;
	form[0] = ' ';
	memcpy(form + 1, text, len);
	form[len + 1] = ' ';
	form[len + 2] = '\0';
	if (form[1] >= 'A' && form[1] <= 'Z')
		form[1] = (char)(form[1] + 'a' - 'A');
	return strstr(words, form) != NULL;
}

static bool list_holds(const struct list *lists, size_t n, uint16_t lang, const char *text, size_t len)
{
	for (size_t i = 0; i < n; i++)
		if (lists[i].lang == lang)
			return holds(lists[i].words, text, len);
	return false;
}

#define LIST_HOLDS(lists, lang, text, len)                                                         \
	list_holds(lists, sizeof(lists) / sizeof *(lists), lang, text, len)

bool lists_is_abbreviation(uint16_t lang, const char *text, size_t len)
{
	/*
	 * Latin text of unknown language: English is what it most often is, and its list the
	 * safest.
	 */
	return LIST_HOLDS(abbreviations, lang == LANG_UND ? (uint16_t)LANG_EN : lang, text, len);
}

bool lists_needs_number(uint16_t lang, const char *text, size_t len)
{
	return LIST_HOLDS(before_numbers, lang == LANG_UND ? (uint16_t)LANG_EN : lang, text, len);
}

bool lists_is_title(const char *text, size_t len)
{
	return holds(titles, text, len);
}

bool lists_is_starter(const char *text, size_t len)
{
	return holds(starters, text, len);
}

bool lists_is_elided(uint16_t lang, const char *text, size_t len)
{
	return LIST_HOLDS(elided, lang, text, len);
}

bool lists_is_digit_suffix(uint16_t lang, const char *text, size_t len)
{
	/* Uyghur puts any ending behind digits (50qa) */
	return lang == LANG_UG || LIST_HOLDS(digit_suffixes, lang, text, len);
}
