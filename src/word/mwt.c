/*
 * The syntactic words of a token, as Universal Dependencies counts them: English contractions, and
 * prepositions that have grown together with an article in French, Italian, Spanish and German. All
 * by closed lists; what needs a trained model is left whole: pronouns behind Spanish and Italian
 * verbs (darle, farsi), and whether a word is a name (Al Pacino).
 *
 * What some texts leave whole and others do not goes the way the treebank of the language goes more
 * often, counted in UD's development parts: French "du" is two words in 397 of 405 places and "des"
 * in 310 of 454 (an article elsewhere); English "im" "ive" "dont" in all. English "its" is two
 * words in 17 of 30 places, as a slip for "it's", and stays whole.
 */
#include <lafz.h>

#include <stdbool.h>
#include <string.h>

#include "lang.h"

/* clang-format off: a table */

/* The words that others expand to: lower case, with a capital, upper case. */
#define FORMS(ROW)                                                                                 \
	ROW(A, "a", "A", "A")                                                                      \
	ROW(A_GRAVE, "\u00E0", "\u00C0", "\u00C0")                                                 \
	ROW(AN, "an", "An", "AN")                                                                  \
	ROW(AUF, "auf", "Auf", "AUF")                                                              \
	ROW(BEI, "bei", "Bei", "BEI")                                                              \
	ROW(CON, "con", "Con", "CON")                                                              \
	ROW(DA, "da", "Da", "DA")                                                                  \
	ROW(DAS, "das", "Das", "DAS")                                                              \
	ROW(DE, "de", "De", "DE")                                                                  \
	ROW(DEM, "dem", "Dem", "DEM")                                                              \
	ROW(DER, "der", "Der", "DER")                                                              \
	ROW(DI, "di", "Di", "DI")                                                                  \
	ROW(DURCH, "durch", "Durch", "DURCH")                                                      \
	ROW(EL, "el", "El", "EL")                                                                  \
	ROW(FUER, "f\u00FCr", "F\u00FCr", "F\u00DCR")                                              \
	ROW(GLI, "gli", "Gli", "GLI")                                                              \
	ROW(HINTER, "hinter", "Hinter", "HINTER")                                                  \
	ROW(I, "i", "I", "I")                                                                      \
	ROW(IL, "il", "Il", "IL")                                                                  \
	ROW(IN, "in", "In", "IN")                                                                  \
	ROW(LA, "la", "La", "LA")                                                                  \
	ROW(LAQUELLE, "laquelle", "Laquelle", "LAQUELLE")                                          \
	ROW(LE, "le", "Le", "LE")                                                                  \
	ROW(LEQUEL, "lequel", "Lequel", "LEQUEL")                                                  \
	ROW(LES, "les", "Les", "LES")                                                              \
	ROW(LESQUELLES, "lesquelles", "Lesquelles", "LESQUELLES")                                  \
	ROW(LESQUELS, "lesquels", "Lesquels", "LESQUELS")                                          \
	ROW(LO, "lo", "Lo", "LO")                                                                  \
	ROW(SU, "su", "Su", "SU")                                                                  \
	ROW(UEBER, "\u00FCber", "\u00DCber", "\u00DCBER")                                          \
	ROW(UM, "um", "Um", "UM")                                                                  \
	ROW(UNTER, "unter", "Unter", "UNTER")                                                      \
	ROW(VON, "von", "Von", "VON")                                                              \
	ROW(VOR, "vor", "Vor", "VOR")                                                              \
	ROW(ZU, "zu", "Zu", "ZU")

enum form {
#define FORM_ENUM(name, lower, title, upper) FORM_##name,
	FORMS(FORM_ENUM)
#undef FORM_ENUM
		FORM_ELIDED /* the last letter of the token and its apostrophe: l' */
};

static const char *const forms[][3] = {
#define FORM_TEXT(name, lower, title, upper) [FORM_##name] = {lower, title, upper},
	FORMS(FORM_TEXT)
#undef FORM_TEXT
};

/* A token, in lower case with an ASCII apostrophe, that stands for two words. */
struct grown {
	uint16_t lang;
	const char *token;
	uint8_t first, second; /* enum form */
};

#define ROW(lang, token, first, second)                                                            \
	{                                                                                          \
		LANG_##lang, token, FORM_##first, FORM_##second                                    \
	}

static const struct grown grown[] = {
	ROW(FR, "du", DE, LE),
	ROW(FR, "des", DE, LES),
	ROW(FR, "au", A_GRAVE, LE),
	ROW(FR, "aux", A_GRAVE, LES),
	ROW(FR, "duquel", DE, LEQUEL),
	ROW(FR, "desquels", DE, LESQUELS),
	ROW(FR, "desquelles", DE, LESQUELLES),
	ROW(FR, "auquel", A_GRAVE, LEQUEL),
	ROW(FR, "auxquels", A_GRAVE, LESQUELS),
	ROW(FR, "auxquelles", A_GRAVE, LESQUELLES),

	ROW(IT, "del", DI, IL),
	ROW(IT, "dello", DI, LO),
	ROW(IT, "della", DI, LA),
	ROW(IT, "dell'", DI, ELIDED),
	ROW(IT, "dei", DI, I),
	ROW(IT, "degli", DI, GLI),
	ROW(IT, "delle", DI, LE),
	ROW(IT, "al", A, IL),
	ROW(IT, "allo", A, LO),
	ROW(IT, "alla", A, LA),
	ROW(IT, "all'", A, ELIDED),
	ROW(IT, "ai", A, I),
	ROW(IT, "agli", A, GLI),
	ROW(IT, "alle", A, LE),
	ROW(IT, "dal", DA, IL),
	ROW(IT, "dallo", DA, LO),
	ROW(IT, "dalla", DA, LA),
	ROW(IT, "dall'", DA, ELIDED),
	ROW(IT, "dai", DA, I),
	ROW(IT, "dagli", DA, GLI),
	ROW(IT, "dalle", DA, LE),
	ROW(IT, "nel", IN, IL),
	ROW(IT, "nello", IN, LO),
	ROW(IT, "nella", IN, LA),
	ROW(IT, "nell'", IN, ELIDED),
	ROW(IT, "nei", IN, I),
	ROW(IT, "negli", IN, GLI),
	ROW(IT, "nelle", IN, LE),
	ROW(IT, "sul", SU, IL),
	ROW(IT, "sullo", SU, LO),
	ROW(IT, "sulla", SU, LA),
	ROW(IT, "sull'", SU, ELIDED),
	ROW(IT, "sui", SU, I),
	ROW(IT, "sugli", SU, GLI),
	ROW(IT, "sulle", SU, LE),
	/* "collo" (neck), "colla" (glue) and "colle" (hill) are words of their own */
	ROW(IT, "col", CON, IL),
	ROW(IT, "coi", CON, I),
	ROW(IT, "cogli", CON, GLI),

	ROW(ES, "del", DE, EL),
	ROW(ES, "al", A, EL),

	ROW(DE, "am", AN, DEM),
	ROW(DE, "ans", AN, DAS),
	ROW(DE, "aufs", AUF, DAS),
	ROW(DE, "beim", BEI, DEM),
	ROW(DE, "durchs", DURCH, DAS),
	ROW(DE, "f\u00FCrs", FUER, DAS),
	ROW(DE, "fu\u0308rs", FUER, DAS),
	ROW(DE, "hinterm", HINTER, DEM),
	ROW(DE, "hinters", HINTER, DAS),
	ROW(DE, "im", IN, DEM),
	ROW(DE, "ins", IN, DAS),
	ROW(DE, "\u00FCberm", UEBER, DEM),
	ROW(DE, "u\u0308berm", UEBER, DEM),
	ROW(DE, "\u00FCbers", UEBER, DAS),
	ROW(DE, "u\u0308bers", UEBER, DAS),
	ROW(DE, "ums", UM, DAS),
	ROW(DE, "unterm", UNTER, DEM),
	ROW(DE, "unters", UNTER, DAS),
	ROW(DE, "vom", VON, DEM),
	ROW(DE, "vorm", VOR, DEM),
	ROW(DE, "vors", VOR, DAS),
	ROW(DE, "zum", ZU, DEM),
	ROW(DE, "zur", ZU, DER),
};

#undef ROW

/* English words written as one, and contractions without their apostrophe; split at the spaces. */
static const char *const written_together[] = {
	"can not",  "du n no", "gim me",  "gon na",   "got ta",    "lem me", "out ta",
	"wan na",   "are nt",  "ca nt",   "could nt", "did nt",    "do nt",  "does nt",
	"had nt",   "has nt",  "have nt", "is nt",    "should nt", "was nt", "were nt",
	"would nt", "i m",     "i ve",    "that s",   "they re",   "you re",
};

/* The ends of English contractions; a word is before each of them. */
static const char *const contracted[] = {"n't", "'s", "'m", "'d", "'re", "'ve", "'ll"};

/* clang-format on */

enum { LONGEST = 16 }; /* bytes of a token in the tables, in lower case */

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The three ways to write a word; what is written in none of them is left whole. */
enum letter_case { CASE_LOWER, CASE_TITLE, CASE_UPPER, CASE_OTHER };

/* A token as the tables have it. */
struct plain {
	char text[LONGEST + 1]; /* ends with NUL */
	size_t len;
	enum letter_case how;
};

/* Straight, curly, and the accents that are typed for one (accent-apostrophe). */
static const char *const apostrophes[] = {"'", "\u2019", "\u00B4", "`"};

/* Bytes of the apostrophe at the beginning of text; 0 if there is none. */
static size_t apostrophe(const char *text, size_t len)
{
	for (size_t i = 0; i < COUNT(apostrophes); i++) {
		const size_t n = strlen(apostrophes[i]);
		if (len >= n && memcmp(text, apostrophes[i], n) == 0)
			return n;
	}
	return 0;
}

/* The same at the end of text. */
static size_t last_apostrophe(const char *text, size_t len)
{
	for (size_t i = 0; i < COUNT(apostrophes); i++) {
		const size_t n = strlen(apostrophes[i]);
		if (len >= n && memcmp(text + len - n, apostrophes[i], n) == 0)
			return n;
	}
	return 0;
}

static char lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c);
}

/* False if the token is too long for the tables. */
static bool make_plain(const char *text, size_t len, struct plain *plain)
{
	size_t n_letters = 0, n_upper = 0;
	bool is_first_upper = false;
	*plain = (struct plain){.how = CASE_OTHER};
	for (size_t at = 0; at < len;) {
		const size_t mark = apostrophe(text + at, len - at);
		/* U+00DC LATIN CAPITAL LETTER U WITH DIAERESIS, the only one that matters */
		const bool is_wide = len - at >= 2 && memcmp(text + at, "\u00DC", 2) == 0;
		const bool is_upper = is_wide || (text[at] >= 'A' && text[at] <= 'Z');
		if (plain->len + 2 > LONGEST)
			return false;
		if (is_wide)
			memcpy(plain->text + plain->len, "\u00FC", 2);
		else
			plain->text[plain->len] = mark > 0 ? '\'' : lower(text[at]);
		is_first_upper = is_first_upper || (is_upper && n_letters == 0);
		n_upper += is_upper;
		n_letters += mark == 0 && ((unsigned char)text[at] < 0x80 || is_wide);
		plain->len += is_wide ? 2 : 1;
		at += is_wide ? 2 : (mark > 0 ? mark : 1);
	}
	if (n_upper == 0)
		plain->how = CASE_LOWER;
	else if (n_upper == n_letters && n_letters > 1)
		plain->how = CASE_UPPER;
	else if (n_upper == 1 && is_first_upper)
		plain->how = CASE_TITLE;
	return true;
}

/* A word that is the bytes from start to end of the token. */
static struct lafz_word part(const struct lafz_token *token, size_t start, size_t end)
{
	return (struct lafz_word){token->surface + start, end - start, start, end};
}

/* A word that stands for all of the token. */
static struct lafz_word expanded(const struct lafz_token *token, uint8_t form, enum letter_case how)
{
	if (form != FORM_ELIDED) {
		const char *text = forms[form][how];
		return (struct lafz_word){text, strlen(text), 0, token->surface_len};
	}
	const size_t mark = last_apostrophe(token->surface, token->surface_len);
	return (struct lafz_word){token->surface + token->surface_len - mark - 1, mark + 1, 0,
	                          token->surface_len};
}

/* preposition-article: French du, Italian nella, Spanish del, German zum. */
static size_t preposition_words(const struct lafz_token *token, struct lafz_word *words)
{
	struct plain plain;
	if (!make_plain(token->surface, token->surface_len, &plain) || plain.how == CASE_OTHER)
		return 0;
	for (size_t i = 0; i < COUNT(grown); i++) {
		if (grown[i].lang != token->lang || strcmp(grown[i].token, plain.text) != 0)
			continue;
		/* Zum is Zu + dem, ZUM is ZU + DEM */
		words[0] = expanded(token, grown[i].first, plain.how);
		words[1] = expanded(token, grown[i].second,
		                    plain.how == CASE_UPPER ? CASE_UPPER : CASE_LOWER);
		return 2;
	}
	return 0;
}

/* written-together: cannot, gonna, dont. Each word is a part of the token. */
static size_t together_words(const struct lafz_token *token, struct lafz_word *words)
{
	struct plain plain;
	if (!make_plain(token->surface, token->surface_len, &plain))
		return 0;
	for (size_t i = 0; i < COUNT(written_together); i++) {
		size_t at = 0, start = 0, n = 0;
		for (const char *c = written_together[i]; *c; c++) {
			if (*c == ' ') {
				words[n++] = part(token, start, at);
				start = at;
			} else if (at < plain.len && plain.text[at] == *c) {
				at++;
			} else {
				at = plain.len + 1;
				break;
			}
		}
		if (at != plain.len)
			continue;
		words[n++] = part(token, start, at);
		return n;
	}
	return 0;
}

/* Bytes of the contracted word that text ends with; 0 if there is none or nothing before it. */
static size_t contracted_end(const char *text, size_t len)
{
	for (size_t i = 0; i < COUNT(contracted); i++) {
		const char *const end = contracted[i];
		size_t at = len, k = strlen(end);
		while (k > 0 && at > 0) {
			const size_t mark = last_apostrophe(text, at);
			if (end[k - 1] != (mark > 0 ? '\'' : lower(text[at - 1])))
				break;
			at -= mark > 0 ? mark : 1;
			k--;
		}
		if (k == 0 && at > 0 && last_apostrophe(text, at) == 0)
			return len - at;
	}
	return 0;
}

/* contraction: do + n't, it + 's, I + 'd + 've. Each word is a part of the token. */
static size_t contraction_words(const struct lafz_token *token, struct lafz_word *words)
{
	size_t ends[LAFZ_MAX_WORDS];
	size_t n = 0, len = token->surface_len;
	while (n < LAFZ_MAX_WORDS - 1) {
		const size_t end = contracted_end(token->surface, len);
		if (end == 0)
			break;
		ends[n++] = len;
		len -= end;
	}
	if (n == 0)
		return 0;
	words[0] = part(token, 0, len);
	for (size_t i = 1; i <= n; i++)
		words[i] = part(token, words[i - 1].end, ends[n - i]);
	return n + 1;
}

size_t lafz_words(const struct lafz_token *token, struct lafz_word words[LAFZ_MAX_WORDS])
{
	if (token->kind != LAFZ_KIND_WORD || token->flags & LAFZ_FLAG_CUT)
		return 0;
	if (token->lang != LANG_EN)
		return preposition_words(token, words);
	const size_t n = together_words(token, words);
	return n > 0 ? n : contraction_words(token, words);
}
