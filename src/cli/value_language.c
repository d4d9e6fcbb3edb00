/*
 * What to say of a language that is not known: most likely it is named in another way.
 */
#include <string.h>
#include <strings.h>

#include "cli/fail.h"
#include "cli/value.h"

enum { LONGEST = 64 }; /* bytes of a tag or name that is looked up, with its NUL */

/* Other names and the codes of ISO 639-2 and 639-3, with the tag that stands for each. */
static const struct {
	const char *name, *tag;
} others[] = {
	{"ara", "ar"},    {"arb", "ar"},      {"aze", "az"},    {"dari", "fa"}, {"deu", "de"},
	{"dut", "nl"},    {"eng", "en"},      {"farsi", "fa"},  {"fas", "fa"},  {"fra", "fr"},
	{"fre", "fr"},    {"ger", "de"},      {"hau", "ha"},    {"ind", "id"},  {"ita", "it"},
	{"kur", "ku"},    {"kurmanji", "ku"}, {"nld", "nl"},    {"pbt", "ps"},  {"per", "fa"},
	{"pes", "fa"},    {"por", "pt"},      {"prs", "fa"},    {"pst", "ps"},  {"pus", "ps"},
	{"pushto", "ps"}, {"snd", "sd"},      {"som", "so"},    {"spa", "es"},  {"sorani", "ckb"},
	{"swa", "sw"},    {"tur", "tr"},      {"uig", "ug"},    {"urd", "ur"},  {"uzb", "uz"},
};

/* The tag of a language that is named in English; NULL if there is none. */
static const char *tag_of_name(const char *name)
{
	for (uint16_t lang = 1; lang < lafz_lang_count(); lang++) {
		char own[LONGEST];
		const size_t len = lafz_lang_name(lang, own, sizeof own);
		if (len > 0 && len < sizeof own && strcasecmp(own, name) == 0)
			return lafz_lang_tag(lang);
	}
	return NULL;
}

/* What was meant by a name, of which nothing but the part before a hyphen or low line may be known; NULL: nobody knows. */
static const char *guess(char *name)
{
	const char *const whole = tag_of_name(name);
	if (whole)
		return whole;
	name[strcspn(name, "-_")] = '\0';
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (strcasecmp(others[i].name, name) == 0)
			return others[i].tag;
	const uint16_t lang = lafz_lang_id(name);
	return lang == LAFZ_LANG_UND ? NULL : lafz_lang_tag(lang);
}

int value_no_language(const char *option, const char *tag, size_t len)
{
	char name[LONGEST] = "";
	const int shown = (int)(len < LONGEST ? len : LONGEST);
	if (len < LONGEST)
		memcpy(name, tag, len);
	const char *const meant = guess(name);
	if (meant)
		return fail_use("%s: unknown language '%.*s'; perhaps '%s', 'lafz languages' lists all",
		                option, shown, tag, meant);
	return fail_use("%s: unknown language '%.*s'; 'lafz languages' lists all", option, shown, tag);
}
