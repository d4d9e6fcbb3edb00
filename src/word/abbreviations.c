/*
 * Words whose full stop belongs to them, by language: from knowledge of the languages, reviewed word
 * by word. A form that is a word as well, and so ends sentences, is left out (English "in", German
 * "mal", Spanish "cap"), or stands in the second list, where a number must follow.
 */
#include "word/lists.h"

#include <string.h>

#include "word/wordlist.h"

#include "lang.h"

/* clang-format off: lists are broken by sense */

/*
 * In a text of any language in Latin script: what English names bring with them; the English list has
 * these too.
 */
static const char everywhere[] = " mr mrs dr jr sr st mt prof inc ltd corp bros vs ";

static const struct wordlist abbreviations[] = {
	{LANG_EN,
         /* titles and ranks */
         " mr mrs ms messrs mme mlle dr drs prof profs st sts jr sr rev hon fr gen col lt maj sgt cpl "
         "pvt"
         " capt cmdr cdr adm brig sen rep gov pres supt insp det amb atty"
         /* companies, places */
         " inc ltd co cos corp bros mfg intl natl dept dist assn assoc univ inst acad mt mts ft"
         " ave blvd rd sq hwy pkwy bldg calif ariz colo conn fla ky mich minn nev okla penn tenn tex wis"
         /* learned and common */
         " vs etc al approx tbsp tsp temp dep dir est ext ed eds cf viz ca esp incl misc tel asst orig ibid cit esq avg eq eqs"
         /* time */
         " jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri "},
	{LANG_FR,
         " mm mlle mlles mme mmes mgr dr drs pr prof st ste sts g\u00E9n lt cdt"
         " av al bd boul pl chem rte d\u00E9p d\u00E9pt arr"
         " etc env ex \u00E9d \u00E9ds coll trad r\u00E9f t\u00E9l cf ibid op cit apr suiv sq sqq cie st\u00E9 \u00C9d \u00C9ds"
         " janv f\u00E9vr avr juil juill sept oct nov d\u00E9c "},
	{LANG_DE,
         " dr prof hr fr dipl ing st stud rer med phil jur habil"
         " bzw ca usw usf etc evtl ggf ggfs inkl exkl zzgl bspw vgl sog insb insbes bes allg"
         " ehem fa co einschl entspr mind urspr ebd hg hrsg verf aufl jh jhd jhdt"
         " al az tel str geb gest verh mio mrd tsd bez chr v.Chr n.Chr jun sen sek tgl lt gem"
         " jan feb febr apr aug sept okt nov dez "},
	{LANG_ES,
         " sr sra srta sres sras dr dra dres d d\u00F1a ud uds vd vds prof profa ing lic arq mons"
         " gral cnel cmdte tte sgto almte pbro sto sta av avda apdo dpto depto prov ed eds ej etc"
         " n\u00FAm n\u00FAms p\u00E1g p\u00E1gs pp vol vols fig figs tel tfno aprox m\u00E1x "
         "m\u00EDn"
         " al cf cfr vid op cit ibid trad atte ff ee uu n f v c art cap ca c\u00EDa hnos ltda excmo excma ilmo ilma"
         " ene feb abr jun jul ago sept oct nov dic "},
	{LANG_IT,
         " dott sig sigg prof proff ing avv arch geom rag on sen mons rev spett gent egr"
         " gen col magg ten serg amm ecc es distr ed edd cit op loc ibid cfr v vd vol voll"
         " al art artt cap pag pagg pp sez lett fig figg tab trad tel ca sec min max tot circ nn gg segg"
         " feb apr giu lug ott nov dic "},
	{LANG_PT,
         " sr sra srs sras dr dra drs prof profa eng arq gen cel cap sgt ten adv exmo exma ilmo d"
         " al av etc p\u00E1g p\u00E1gs pp vol vols fig art ed eds cf op cit tel"
         " srta sto sta mons n\u00FAm n\u00FAms m\u00E1x m\u00EDn s\u00E9c aprox"
         " jan fev abr jun jul ago nov dez ltda cia "},
	{LANG_NL, " dr drs ir ing mr mw mevr dhr prof ds st bijv enz nr nrs blz tel incl excl evt"
                  " al ca resp vgl zgn geb gem afb hfst etc jl afd pag"
                  " jan febr apr aug sept okt nov dec "},
	{LANG_CA,
         " sr sra srs sres dr dra prof arq av avda etc p\u00E0g p\u00E0gs n\u00FAm vol fig ed"
         " cf op cit tel febr abr jul oct nov des "},
	{LANG_TR,
         " dr prof do\u00E7 yrd \u00F6\u011Fr g\u00F6r av m\u00FCh alb org orgen korg t\u00FCmg"
         " te\u011Fm \u00FCst\u011Fm y\u00FCzb bin\u015F sn hz vb vs vd \u00F6rn bkz krs tel"
         " cad sok mah apt blv no ltd \u015Fti uzm ar\u015F ecz yzb yy \u00E7ev ord op fr alm sf \u0130ng"
         /* these again with a capital that is not of ASCII */
         " \u00D6\u011Fr \u00D6rn \u00DCst\u011Fm \u015Eti \u00C7ev "},
	{LANG_AZ, " dr prof akad s m\u0259s "},
	{LANG_UZ, " dr prof akad "},
	{LANG_ID, " dr drs dra prof ir h hj kh rm ny sdr yth jl jln no tgl tel telp hlm hal"
                  " dll dsb dst dkk al tbk bpk tn jend letjen mayjen brigjen kec kab prov ttg ybs rp"
                  " pt cv pkl kel ds kp gg "},
	{LANG_SO, " dr prof "},
	{LANG_SW, " dk dkt prof bw bi mh uk "},
	{LANG_HA, " dr prof mal alh hj "},
	{LANG_KU, " dr prof hwd "},
};

/* Words as well: their full stop belongs to them only before a number, Roman ones too (Vol. II). */
static const struct wordlist before_numbers[] = {
	{LANG_EN, " no nos vol vols p pp pg pgs fig figs ch chap sec secs art par para paras ver sat sun rs"
                  " apt rm lat fl c d b sect sects tab tabs ref refs "},
	{LANG_DE, " nr nrn art abs abb bd s ziff kap tab anm vers "},
	{LANG_FR, " art p pp vol chap fig n no nos l "},
	{LANG_ES, " no p s t l mar "},
	{LANG_IT, " n nr l c p co mar set ago "},
	{LANG_PT, " n no p s set out mar "},
	{LANG_NL, " p bd par "},
	{LANG_CA, " p art cap mar "},
	/* page, volume */
	{LANG_TR, " s c "},
	/* shillings, number */
	{LANG_SW, " sh shs ksh tsh na "},
};

/* From two to thirty. */
static const char romans[] = " ii iii iv vi vii viii ix xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii xxiv xxv xxvi"
			     " xxvii xxviii xxix xxx ";

/* clang-format on */

/*
 * Latin text of unknown language: English is what it most often is, and its list the safest.
 */
static uint16_t list_language(uint16_t lang)
{
	return lang == LANG_UND ? (uint16_t)LANG_EN : lang;
}

/* ---- The filter ---- */

static void add_words(uint64_t *bits, const char *words)
{
	for (const char *word = words + 1; *word;) {
		const size_t len = strcspn(word, " ");
		const struct lists_bits own = lists_bits_of(word, len);
		bits[own.first / 64] |= (uint64_t)1 << own.first % 64;
		bits[own.second / 64] |= (uint64_t)1 << own.second % 64;
		word += len + 1;
	}
}

void lists_prepare(struct lists_filters *filters, uint16_t lang)
{
	const uint16_t own = list_language(lang);
	uint64_t *const bits = filters->bits[lang];
	for (size_t i = 0; i < sizeof abbreviations / sizeof *abbreviations; i++)
		if (abbreviations[i].lang == own)
			add_words(bits, abbreviations[i].words);
	for (size_t i = 0; i < sizeof before_numbers / sizeof *before_numbers; i++)
		if (before_numbers[i].lang == own)
			add_words(bits, before_numbers[i].words);
	add_words(bits, everywhere);
	if (lists_has_ordinal_dots(lang))
		add_words(bits, romans);
	filters->is_ready[lang] = true;
}

/* ---- The last letters ---- */

/* Behind a space and spaces more. */
static void add_tail(uint32_t *bits, const char *word, size_t len)
{
	char tail[LISTS_TAIL];
	memset(tail, ' ', sizeof tail);
	const size_t n = len < sizeof tail ? len : sizeof tail;
	memcpy(tail + sizeof tail - n, word + len - n, n);
	const uint32_t bit = lists_tail_bit(tail);
	bits[bit / 32] |= (uint32_t)1 << bit % 32;
}

static void add_tails(uint32_t *bits, const struct wordlist *lists, size_t n, uint16_t lang)
{
	for (size_t i = 0; i < n; i++) {
		for (const char *word = lists[i].words + 1; *word && lists[i].lang == lang;) {
			const size_t len = strcspn(word, " ");
			add_tail(bits, word, len);
			word += len + 1;
		}
	}
}

void lists_tails(uint16_t lang, uint32_t bits[LISTS_BITS / 32])
{
	const struct wordlist all = {lang, everywhere};
	add_tail(bits, "", 0);
	for (char letter = 'a'; letter <= 'z'; letter++)
		add_tail(bits, &letter, 1);
	for (unsigned last = 0x80; last <= 0xBF; last++)
		add_tail(bits, (const char[]){(char)LISTS_TAIL_LEAD, (char)last}, 2);
	add_tails(bits, abbreviations, sizeof abbreviations / sizeof *abbreviations, lang);
	add_tails(bits, before_numbers, sizeof before_numbers / sizeof *before_numbers, lang);
	add_tails(bits, &all, 1, lang);
}

/* ---- Lists ---- */

bool lists_is_abbreviation(uint16_t lang, const char *text, size_t len)
{
	const uint16_t own = list_language(lang);
	return len <= LISTS_LONGEST && (WORDLISTS_HOLD(abbreviations, own, text, len) ||
	                          (own != LANG_EN && wordlist_holds(everywhere, text, len)));
}

bool lists_is_roman_number(const char *text, size_t len)
{
	if (len < 2 || len > LISTS_LONGEST)
		return false;
	for (size_t i = 0; i < len; i++)
		if (text[i] != 'I' && text[i] != 'V' && text[i] != 'X')
			return false;
	return wordlist_holds(romans, text, len);
}

bool lists_needs_number(uint16_t lang, const char *text, size_t len)
{
	return WORDLISTS_HOLD(before_numbers, list_language(lang), text, len);
}
