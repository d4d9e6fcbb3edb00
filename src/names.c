/*
 * The names of things: statuses, kinds, flags, languages, scripts, versions.
 */
#include <lafz.h>

#include "lang.h"
#include "norm/key.h"
#include "scan/scan.h"
#include "unicode/ucd.h"

struct lang_row {
	const char *tag;
	uint8_t script;
	uint8_t support;
};

static const struct lang_row langs[LANG_COUNT] = {
#define LANG_ROW(name, tag, script, support) [LANG_##name] = {tag, UCD_SCRIPT_##script, support},
	LANG_LIST(LANG_ROW)
#undef LANG_ROW
};

static const char *const kinds[] = {
	"word",    "number",  "punct", "symbol", "emoji", "url",   "email",
	"mention", "hashtag", "time",  "date",   "other", "space",
};

static const char *const flags[] = {
	"abbreviation", "contraction", "repaired", "cut",     "bidi", "mixed",
	"upper",        "zwnj",        "ordinal",  "version", "ip",   "phone",
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

const char *lafz_strerror(int status)
{
	switch (status) {
	case LAFZ_OK:
	case LAFZ_TOKEN:
	case LAFZ_MORE:
	case LAFZ_BATCH:
		return "no error";
	case LAFZ_ERR_MEMORY:
		return "out of memory";
	case LAFZ_ERR_OPTION:
		return "an option has a value it cannot have";
	case LAFZ_ERR_ORDER:
		return "call at the wrong time";
	case LAFZ_ERR_ILLFORMED:
		return "ill-formed UTF-8";
	case LAFZ_ERR_LIMIT:
		return "document longer than 2^63 - 1 bytes";
	case LAFZ_ERR_UNICODE:
		return "a Unicode library failed";
	case LAFZ_ERR_TABLES:
		return "a table of folds is not as it must be";
	default:
		return "unknown status";
	}
}

const char *lafz_kind_name(uint8_t kind)
{
	return kind < COUNT(kinds) ? kinds[kind] : NULL;
}

const char *lafz_flag_name(uint16_t flag)
{
	for (size_t i = 0; i < COUNT(flags); i++)
		if (flag == 1u << i)
			return flags[i];
	return NULL;
}

const char *lafz_script_tag(uint8_t script)
{
	return ucd_script_tag(script);
}

const char *lafz_lang_tag(uint16_t lang)
{
	return lang < LANG_COUNT ? langs[lang].tag : NULL;
}

static char lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c);
}

static bool equals_ignoring_case(const char *a, const char *b)
{
	while (*a && lower(*a) == lower(*b)) {
		a++;
		b++;
	}
	return lower(*a) == lower(*b);
}

uint16_t lafz_lang_id(const char *tag)
{
	for (uint16_t i = 0; tag && i < LANG_COUNT; i++)
		if (equals_ignoring_case(langs[i].tag, tag))
			return i;
	return LAFZ_LANG_NONE;
}

uint16_t lafz_lang_count(void)
{
	return LANG_COUNT;
}

uint8_t lang_script(uint16_t lang)
{
	return lang < LANG_COUNT ? langs[lang].script : (uint8_t)UCD_SCRIPT_ZYYY;
}

const char *lafz_lang_script(uint16_t lang)
{
	return lang < LANG_COUNT ? ucd_script_tag(langs[lang].script) : NULL;
}

unsigned lafz_lang_support(uint16_t lang)
{
	return lang < LANG_COUNT ? langs[lang].support : 0;
}

const char *lafz_kernel(size_t i, int *usable)
{
	const struct scan_kernel *kernel = scan_kernel_at(i);
	if (usable)
		*usable = kernel && kernel->is_usable();
	return kernel ? kernel->name : NULL;
}

const char *lafz_version(void)
{
	return LAFZ_VERSION;
}

const char *lafz_rules_version(void)
{
	return "rules 1, key 1, model 1, Unicode " UCD_VERSION;
}
