#include "sentence/cues.h"

#include <string.h>

#include "lang.h"
#include "unicode/utf8.h"

/* A list of words of a language, split by one space, with one at each end. */
struct words {
	uint16_t lang;
	const char *words;
};

/* clang-format off: lists are broken by sense */

/* Function words that begin sentences; those that are names as well are few. */
static const struct words starters[] = {
	{LANG_EN,
	 " the a an this that these those he she it we they you i his her its our their my"
	 " your there here in on at for from with by as but and or so if when while after"
	 " before since because although though however what who where why how many some most"
	 " all no not one two now then today yesterday tomorrow last next also "},
	{LANG_FR,
	 " le la les l' d' un une des du de ce cet cette ces c' \u00E7a il elle on ils elles"
	 " je j' n' s' m' t' nous vous tu en dans sur sous pour par avec sans apr\u00E8s avant"
	 " depuis pendant mais et ou o\u00F9 or ni car si quand lorsque comme puis ainsi alors"
	 " son sa ses leur leurs mon ma mes notre nos votre vos qui que qu' lorsqu' puisqu'"
	 " quel quelle quoi pourquoi comment tout toute tous toutes plusieurs certains"
	 " certaines chaque aucun aucune malgr\u00E9 selon chez entre vers d\u00E8s cependant"
	 " toutefois enfin ensuite aussi au aux \u00E0 ne y "},
	{LANG_DE,
	 " der die das dem den des ein eine einer einem einen eines dieser diese dieses diesem"
	 " diesen er sie es wir ihr ich du man in im an am auf aus bei beim mit nach von vom"
	 " zu zum zur f\u00FCr durch gegen ohne um \u00FCber unter vor zwischen w\u00E4hrend"
	 " seit und oder aber denn doch sondern wenn als ob weil obwohl da dass da\u00DF so"
	 " dann dort hier jetzt heute gestern morgen auch nur noch nicht kein keine sein seine"
	 " seinen ihre ihren unser unsere mein meine wer was wie wo warum wann welche welcher"
	 " welches alle viele einige mehrere andere jeder jede jedes beide trotz wegen nun ja"
	 " nein dabei damit danach dazu au\u00DFerdem allerdings jedoch "},
	{LANG_ES,
	 " el la los las lo un uno una unos unas este esta esto \u00E9ste \u00E9sta \u00E9stos"
	 " \u00E9stas estos estas ese esa esos esas aquel aquella \u00E9l ella ellos ellas yo"
	 " t\u00FA nosotros usted ustedes su sus mi mis tu tus nuestro nuestra en de del a al"
	 " con sin por para desde hasta entre sobre tras ante bajo seg\u00FAn durante mediante"
	 " y e o u pero sino aunque porque pues si s\u00ED cuando como donde mientras no ni se"
	 " le les me nos te que qu\u00E9 qui\u00E9n c\u00F3mo cu\u00E1ndo d\u00F3nde cu\u00E1l"
	 " tambi\u00E9n adem\u00E1s as\u00ED despu\u00E9s antes entonces luego ya hoy ayer"
	 " ahora hay es fue era son fueron algunos algunas muchos muchas todos todas cada otro"
	 " otra otros otras ambos ambas asimismo est\u00E1 "},
	{LANG_IT,
	 " il lo la i gli le l' un' un uno una questo questa questi queste quello quella"
	 " quelli quelle egli ella lui lei noi voi loro io tu esso essa essi di del dello"
	 " della dei degli delle dell' da dal dalla dai in nel nello nella nei negli nelle"
	 " nell' a al allo alla ai agli alle all' dall' sull' c' su sul sulla sulle con per"
	 " tra fra dopo prima durante senza e ed o ma per\u00F2 anche se quando come dove"
	 " mentre perch\u00E9 che chi cosa quale quali quanto non ne si mi ti ci vi \u00E8"
	 " sono era erano ha hanno ho cos\u00EC poi allora infatti inoltre tuttavia infine"
	 " ogni tutto tutti tutta tutte alcuni alcune molti molte altri altre nessuno suo sua"
	 " suoi sue mio mia nostro nostra "},
	{LANG_PT,
	 " o a os as um uma uns umas este esta estes estas esse essa esses essas isto isso ele"
	 " ela eles elas eu n\u00F3s voc\u00EA voc\u00EAs em no na nos nas de do da dos das ao"
	 " aos \u00E0 \u00E0s com sem por para desde at\u00E9 entre sobre e ou mas por\u00E9m"
	 " se quando como onde n\u00E3o seu sua seus suas que quem tamb\u00E9m al\u00E9m assim"
	 " depois antes ent\u00E3o j\u00E1 hoje "},
	{LANG_CA,
	 " el la els les l' d' un una uns unes aquest aquesta ell ella ells elles jo tu en de"
	 " del al amb sense per des fins entre sobre i o per\u00F2 si quan com on no es seu"
	 " seva que qui tamb\u00E9 despr\u00E9s abans ara avui "},
	{LANG_NL,
	 " de het een dit dat deze die hij zij ze wij we jullie ik je u er in op aan van voor"
	 " met naar bij uit door over onder tot na om en of maar want als dan toen zo ook niet"
	 " geen haar hun mijn wie wat waar hoe waarom "},
	{LANG_TR,
	 " bu \u015Fu o bir ben sen biz siz onlar ve ama fakat ancak \u00E7\u00FCnk\u00FC"
	 " e\u011Fer ne nas\u0131l ni\u00E7in neden kim hangi her hi\u00E7 \u00E7ok daha en de"
	 " da ya bunun bunu buna bunlar onun onu ona b\u00F6yle \u015F\u00F6yle \u00F6yle"
	 " sonra \u00F6nce \u015Fimdi art\u0131k hem i\u00E7in "},
	{LANG_ID,
	 " ia dia mereka kami kita saya aku anda kamu ini itu di ke dari pada dalam dengan"
	 " untuk oleh sebagai karena jika kalau ketika saat setelah sebelum selama sejak namun"
	 " tetapi tapi dan atau juga tidak bukan para sebuah seorang ada adalah menurut"
	 " meskipun walaupun sementara kemudian lalu maka beberapa banyak semua setiap "},
};

/* English and a few others; a full stop behind them goes with the name. */
static const char titles[] = " mr mrs ms messrs dr prof st sgt lt capt col gen rev hon ";

/* Before numbers in many languages; the last ones are shillings, rupees, rupiah, taka, afghanis, the Swahili number, Persian pages. */
static const char before_numbers
	[] = " no nos nr num n\u00FAm n\u00B0 art arts fig vol cap pag p\u00E1g pp p abs par sec"
	     " ch sh shs ksh tsh rs rp tk afs na apt rm fl lat sect sects tab tabs ref refs \u0635\u0635 ";

/* Forms of companies, behind a name that may end with an exclamation mark. */
static const char companies[] = " inc ltd corp llc plc ";

/* "See" and "compare", cut short in Persian, with kaf of either kind. */
static const char references[] = " \u0646\u06A9 \u0646\u0643 \u0631\u06A9 \u0631\u0643 \u0642\u0633 ";

/* Post scriptum, nota bene. */
static const char postscripts[] = " PS P.S P.S. NB N.B N.B. ";

/* Et cetera: English, French, Spanish, Indonesian, Turkish, Dutch. */
static const char list_ends[] = " etc. dll. dsb. vb. enz. ";

/* Of two letters of Arabic script at least. */
struct ending {
	const char *text;
	size_t len;
};

#define ENDING(text) {text, sizeof(text) - 1}

/* Uyghur: past, present, hearsay; first and second person. Forms that join clauses have others. */
static const struct ending finite_endings[] = {
	ENDING("\u062F\u0649"),
	ENDING("\u062A\u0649"),
	ENDING("\u067E\u062A\u06C7"),
	ENDING("\u062F\u06C7"),
	ENDING("\u062F\u0649\u0645"),
	ENDING("\u062A\u0649\u0645"),
	ENDING("\u062F\u06C7\u0645"),
	ENDING("\u062A\u06C7\u0645"),
	ENDING("\u062F\u06C8\u0645"),
	ENDING("\u062A\u06C8\u0645"),
	ENDING("\u0649\u0645\u06D5\u0646"),
	ENDING("\u0649\u0633\u06D5\u0646"),
	ENDING("\u064A\u0645\u0649\u0632"),
	ENDING("\u062F\u0649\u0643\u06D5\u0646"),
	ENDING("\u0626\u0649\u0643\u06D5\u0646"),
};

/* Uyghur verbs with such an ending that lead on: as soon as. */
static const struct ending joining_endings[] = {
	ENDING("\u06CB\u0649\u062F\u0649"),
	ENDING("\u063A\u0627\u0646\u0649\u062F\u0649"),
	ENDING("\u06AF\u06D5\u0646\u0649\u062F\u0649"),
};

/* Uyghur words with such an ending that are no verbs: now, sir, time. */
static const char finite_lookalikes
	[] = " \u0626\u06D5\u0645\u062F\u0649 \u0626\u06D5\u067E\u06D5\u0646\u062F\u0649\u0645"
	     " \u0642\u06D0\u062A\u0649\u0645 ";

/* Turkish numbers; they are written together. */
static const char *const numerals[] = {
	"bir",         "iki",    "\u00FC\u00E7", "d\u00F6rt", "be\u015F",
	"alt\u0131",   "yedi",   "sekiz",        "dokuz",     "on",
	"yirmi",       "otuz",   "k\u0131rk",    "elli",      "altm\u0131\u015F",
	"yetmi\u015F", "seksen", "doksan",       "y\u00FCz",  "bin",
};

/* Uyghur: said, saying, asked. */
static const char sayings
	[] = " \u062F\u06D5\u067E \u062F\u06D5\u067E\u062A\u06C7 \u062F\u06D0\u062F\u0649"
	     " \u062F\u06D0\u062F\u0649\u0645 \u062F\u06D0\u062F\u06C7\u0642"
	     " \u062F\u0649\u062F\u0649 \u062F\u06D5\u064A\u062F\u06C7"
	     " \u062F\u06D0\u064A\u0649\u0634\u062A\u0649"
	     " \u062F\u06D0\u064A\u0649\u0634\u0649\u067E\u062A\u06C7"
	     " \u0633\u0648\u0631\u0649\u062F\u0649 \u0633\u0648\u0631\u0649\u062F\u0649\u0645"
	     " \u0633\u0648\u0631\u0627\u067E\u062A\u06C7 ";

/* Turkish: saying, said. */
static const char turkish_sayings[] = " diye dedi dedim dediler der diyor diyordu ";

/* Urdu: is, are, was, were, will; gone, been. */
static const char auxiliaries
	[] = " \u06C1\u06D2 \u06C1\u06CC\u06BA \u062A\u06BE\u0627 \u062A\u06BE\u06D2"
	     " \u062A\u06BE\u06CC \u062A\u06BE\u06CC\u06BA \u06AF\u0627 \u06AF\u06D2 \u06AF\u06CC"
	     " \u06AF\u0626\u06CC \u06AF\u0626\u06D2 \u06AF\u06CC\u0627 \u06C1\u0648\u06BA"
	     " \u06C1\u0648 \u06C1\u0648\u0627 \u06C1\u0648\u0626\u06CC \u06C1\u0648\u0626\u06D2 ";

/* What English letters end with, before the name of who writes; first thanks, which may go to the one who is named. */
enum { N_THANKS = 5 };
static const char *const sign_offs[] = {
	"thanks,",        "thank you,",       "many thanks,",       "thx,",           "cheers,",
	"regards,",       "best regards,",    "kind regards,",      "warm regards,",  "kindest regards,",
	"warmest regards,", "sincerely,",     "yours sincerely,",   "yours truly,",   "yours faithfully,",
	"sincerely yours,", "best wishes,",
};

/* Or. */
static const struct words alternatives[] = {
	{LANG_AR, " \u0623\u0648 \u0627\u0648 \u0623\u0645 \u0627\u0645 "},
	{LANG_UG, " \u064A\u0627\u0643\u0649 "},
};

/* clang-format on */

enum { LONGEST = 32 };

/* Writes a word with its first letter in lower case between two spaces. False: too long. */
static bool frame(const char *text, size_t len, char *form)
{
	if (len == 0 || len > LONGEST || memchr(text, ' ', len) || memchr(text, '\0', len))
		return false;
	const struct utf8 c = utf8_decode(text, len);
	uint32_t cp = c.cp;
	if ((cp >= 'A' && cp <= 'Z') || (cp >= 0xC0 && cp <= 0xDE))
		cp += 0x20;
	else if (cp == 0x0130) /* I with dot above */
		cp = 'i';
	else if (cp == 0x015E) /* S with cedilla */
		cp = 0x015F;
	size_t at = 0;
	form[at++] = ' ';
	at += utf8_encode(cp, form + at);
	memcpy(form + at, text + c.len, len - c.len);
	at += len - c.len;
	/* the apostrophe of an elided word, curly or an accent typed for one */
	if (at > 3 && utf8_decode(form + at - 3, 3).cp == 0x2019) {
		at -= 2;
		form[at - 1] = '\'';
	} else if (at > 2 && utf8_decode(form + at - 2, 2).cp == 0xB4) {
		at--;
		form[at - 1] = '\'';
	} else if (form[at - 1] == '`') {
		form[at - 1] = '\'';
	}
	form[at++] = ' ';
	form[at] = '\0';
	return true;
}

static bool holds(const char *words, const char *text, size_t len)
{
	char form[LONGEST + 8];
	return frame(text, len, form) && strstr(words, form) != NULL;
}

/* Whether one of the n lists is that of the language and holds the word. */
static bool list_holds(const struct words *lists, size_t n, uint16_t lang, const char *text,
                       size_t len)
{
	for (size_t i = 0; i < n; i++)
		if (lists[i].lang == lang)
			return holds(lists[i].words, text, len);
	return false;
}

bool cues_is_starter(uint16_t lang, const char *text, size_t len)
{
	/* Latin text of unknown language goes by English, as its abbreviations do */
	return list_holds(starters, sizeof starters / sizeof *starters,
	                  lang == LANG_UND ? (uint16_t)LANG_EN : lang, text, len);
}

bool cues_is_or(uint16_t lang, const char *text, size_t len)
{
	return list_holds(alternatives, sizeof alternatives / sizeof *alternatives, lang, text, len);
}

/* A letter of ASCII as one of 32 bits. */
#define LETTER(c) (UINT32_C(1) << ((c) & 31))

bool cues_is_title(const char *text, size_t len)
{
	enum { SHORTEST_TITLE = 2, LONGEST_TITLE = 6 }; /* messrs */
	/* most words begin with another letter */
	const uint32_t first = LETTER('m') | LETTER('d') | LETTER('p') | LETTER('s') | LETTER('l') | LETTER('c') | LETTER('g') | LETTER('r') | LETTER('h');
	return len >= SHORTEST_TITLE && len <= LONGEST_TITLE && (first >> (*text & 31) & 1) && holds(titles, text, len);
}

bool cues_is_company(const char *text, size_t len)
{
	return holds(companies, text, len > 1 && text[len - 1] == '.' ? len - 1 : len);
}

bool cues_is_reference(uint16_t lang, const char *text, size_t len)
{
	/* all of them have two letters of two bytes */
	return lang == LANG_FA && len == 4 && holds(references, text, len);
}

bool cues_takes_number(const char *text, size_t len)
{
	/* "no" is short for number only with a capital: it ends sentences in half of the languages */
	if (len == 2 && text[0] == 'n' && text[1] == 'o')
		return false;
	return holds(before_numbers, text, len);
}

bool cues_is_postscript(const char *text, size_t len)
{
	for (const char *word = postscripts + 1; *word; word += strcspn(word, " ") + 1)
		if (strcspn(word, " ") == len && memcmp(word, text, len) == 0)
			return true;
	return false;
}

bool cues_ends_list(const char *text, size_t len)
{
	return holds(list_ends, text, len);
}

bool cues_has_ordinals(uint16_t lang)
{
	return lang == LANG_DE || lang == LANG_TR;
}

/* Whether the word ends with one of them. */
static bool has_ending(const struct ending *endings, size_t n, const char *text, size_t len)
{
	enum { LAST = 4 }; /* bytes of two letters, which most words have otherwise */
	for (size_t i = 0; i < n && len >= LAST; i++) {
		const struct ending *const ending = &endings[i];
		if (memcmp(text + len - LAST, ending->text + ending->len - LAST, LAST) == 0 && len >= ending->len &&
		    memcmp(text + len - ending->len, ending->text, ending->len) == 0)
			return true;
	}
	return false;
}

/* A letter of two bytes as one of 64 bits, by its second byte. */
#define LETTER_BIT(second) (UINT64_C(1) << ((second) & 63))

bool cues_may_be_finite(const char *text, size_t len)
{
	const uint64_t last = LETTER_BIT(0x89) | LETTER_BIT(0x87) | LETTER_BIT(0x85) | LETTER_BIT(0x86) | LETTER_BIT(0xB2);
	const uint64_t before = LETTER_BIT(0xAF) | LETTER_BIT(0xAA) | LETTER_BIT(0x87) | LETTER_BIT(0x88) | LETTER_BIT(0x89) | LETTER_BIT(0x95);
	return len >= 4 && (last >> ((unsigned char)text[len - 1] & 63) & before >> ((unsigned char)text[len - 3] & 63) & 1);
}

bool cues_is_finite(const char *text, size_t len)
{
	return cues_may_be_finite(text, len) && has_ending(finite_endings, sizeof finite_endings / sizeof *finite_endings, text, len) &&
	       !has_ending(joining_endings, sizeof joining_endings / sizeof *joining_endings, text,
	                   len) &&
	       /* with hamza or qaf they begin */
	       !((text[1] == '\xA6' || text[1] == '\x82') && holds(finite_lookalikes, text, len));
}

bool cues_is_numeral(const char *text, size_t len)
{
	while (len > 0) {
		size_t longest = 0;
		for (size_t i = 0; i < sizeof numerals / sizeof *numerals; i++) {
			const size_t n = strlen(numerals[i]);
			if (n > longest && n <= len && memcmp(text, numerals[i], n) == 0)
				longest = n;
		}
		if (longest == 0)
			return false;
		text += longest;
		len -= longest;
	}
	return true;
}

bool cues_is_saying(uint16_t lang, const char *text, size_t len)
{
	if (lang == LANG_TR)
		return holds(turkish_sayings, text, len);
	/* they begin with dal or seen */
	return lang == LANG_UG && len > 1 && (text[1] == '\xAF' || text[1] == '\xB3') && holds(sayings, text, len);
}

bool cues_is_vowel(const char *text, size_t len)
{
	static const char hamza[] = "\u0626", he[] = "\u0626\u06C7";
	return len == sizeof he - 1 && memcmp(text, hamza, sizeof hamza - 1) == 0 && memcmp(text, he, len) != 0;
}

bool cues_is_auxiliary(const char *text, size_t len)
{
	return holds(auxiliaries, text, len);
}

static char lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

size_t cues_sign_off(const char *text, size_t len, bool *is_thanks)
{
	for (size_t i = 0; i < sizeof sign_offs / sizeof *sign_offs; i++) {
		const char *const form = sign_offs[i];
		size_t at = 0;
		while (form[at] && at < len && lower(text[at]) == form[at])
			at++;
		if (form[at])
			continue;
		*is_thanks = i < N_THANKS;
		return at;
	}
	return 0;
}

/* Three letters as a number, capitals as small ones. */
#define THREE(a, b, c) (((uint32_t)(unsigned char)(a) | (uint32_t)(unsigned char)(b) << 8 | (uint32_t)(unsigned char)(c) << 16) | 0x202020u)

bool cues_may_sign_off(const char *text)
{
	/* how each of sign_offs begins */
	static const uint32_t begins[] = {
		THREE('t', 'h', 'a'), THREE('m', 'a', 'n'), THREE('t', 'h', 'x'), THREE('c', 'h', 'e'), THREE('r', 'e', 'g'),
		THREE('b', 'e', 's'), THREE('k', 'i', 'n'), THREE('w', 'a', 'r'), THREE('s', 'i', 'n'), THREE('y', 'o', 'u'),
	};
	const uint32_t own = THREE(text[0], text[1], text[2]);
	bool found = false;
	for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
		found |= own == begins[i];
	return found;
}

bool cues_is_label(const char *text, size_t len)
{
	static const char alef[] = "\u0627\u0644\u0641";
	return len == sizeof alef - 1 && memcmp(text, alef, len) == 0;
}
