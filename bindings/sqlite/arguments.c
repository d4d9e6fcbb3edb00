#include "arguments.h"

#include <stdint.h>
#include <string.h>

#include <sqlite3ext.h>

SQLITE_EXTENSION_INIT3

#define LONGEST_TAG 15

/* A row of names that a value can be, and the number of each. */
struct choice {
	const char *name;
	int number;
};

static const struct choice views[] = {
	{"key", VIEW_KEY},
	{"norm", VIEW_NORM},
	{"surface", VIEW_SURFACE},
	{NULL, 0},
};

static const struct choice rules[] = {
	{"search", LAFZ_RULES_SEARCH},
	{"default", LAFZ_RULES_DEFAULT},
	{"uax29", LAFZ_RULES_UAX29},
	{NULL, 0},
};

static const struct choice profiles[] = {
	{"standard", LAFZ_PROFILE_STANDARD},
	{"nfc", LAFZ_PROFILE_NFC},
	{"none", LAFZ_PROFILE_NONE},
	{NULL, 0},
};

static const struct choice switches[] = {
	{"0", 0},
	{"1", 1},
	{NULL, 0},
};

static bool choose(const struct choice *choices, const char *name, const char *value, int *number)
{
	for (const struct choice *choice = choices; choice->name; choice++) {
		if (strcmp(choice->name, value) == 0) {
			*number = choice->number;
			return true;
		}
	}
	sqlite3_log(SQLITE_ERROR, "lafz: %s cannot be \"%s\"", name, value);
	return false;
}

/* Tags with commas or blanks between them. */
static bool read_languages(struct lafz_options *options, const char *value)
{
	options->n_languages = 0;
	for (const char *at = value + strspn(value, ", "); *at; at += strspn(at, ", ")) {
		const size_t len = strcspn(at, ", ");
		char tag[LONGEST_TAG + 1] = "";
		if (len <= LONGEST_TAG)
			memcpy(tag, at, len);
		const uint16_t lang = lafz_lang_id(tag);
		if (lang == LAFZ_LANG_NONE || options->n_languages == LAFZ_MAX_LANGUAGES) {
			sqlite3_log(SQLITE_ERROR, "lafz: languages cannot be \"%s\"", value);
			return false;
		}
		options->languages[options->n_languages++] = lang;
		at += len;
	}
	return true;
}

static bool read_one(struct arguments *out, const char **version, const char *name, const char *value)
{
	int number = 0;
	bool is_good = true;
	if (strcmp(name, "view") == 0) {
		is_good = choose(views, name, value, &number);
		out->view = (enum view)number;
	} else if (strcmp(name, "rules") == 0) {
		is_good = choose(rules, name, value, &number);
		out->options.rules = (enum lafz_rules)number;
	} else if (strcmp(name, "profile") == 0) {
		is_good = choose(profiles, name, value, &number);
		out->options.profile = (enum lafz_profile)number;
	} else if (strcmp(name, "synonyms") == 0) {
		is_good = choose(switches, name, value, &number);
		out->has_synonyms = number != 0;
	} else if (strcmp(name, "languages") == 0) {
		is_good = read_languages(&out->options, value);
	} else if (strcmp(name, "rules_version") == 0) {
		*version = value;
	} else {
		sqlite3_log(SQLITE_ERROR, "lafz: there is no argument \"%s\"", name);
		return false;
	}
	return is_good;
}

static uint32_t wanted(enum view view, bool has_synonyms)
{
	static const uint32_t own[] = {LAFZ_WANT_KEY, LAFZ_WANT_NORM, 0};
	static const uint32_t other[] = {LAFZ_WANT_NORM, LAFZ_WANT_KEY, LAFZ_WANT_KEY};
	return own[view] | (has_synonyms ? other[view] : 0);
}

/* Whether what is indexed can depend on the guess of a language. */
static bool needs_languages(const struct lafz_options *options)
{
	return options->want & LAFZ_WANT_NORM || options->rules == LAFZ_RULES_DEFAULT;
}

static bool has_part(const char *version, const char *part, size_t len)
{
	for (const char *at = version;; at += strspn(at, ", ")) {
		const size_t own = strcspn(at, ",");
		if (own == len && memcmp(at, part, len) == 0)
			return true;
		at += own;
		if (*at == '\0')
			return false;
	}
}

/* Whether an index made under a version is right under the library's: part by part, "rules 1, key 1". */
static bool is_same_version(const char *version, bool with_model)
{
	for (const char *at = lafz_rules_version(); *at; at += strspn(at, ", ")) {
		const size_t len = strcspn(at, ",");
		const bool counts = with_model || strncmp(at, "model ", 6) != 0;
		if (counts && !has_part(version, at, len))
			return false;
		at += len;
	}
	return true;
}

int arguments_read(struct arguments *out, const char *const *args, int n)
{
	const char *version = NULL;
	*out = (struct arguments){.view = VIEW_KEY};
	lafz_options_init(&out->options, sizeof out->options);
	out->options.rules = LAFZ_RULES_SEARCH;
	if (n % 2 != 0) {
		sqlite3_log(SQLITE_ERROR, "lafz: \"%s\" has no value", args[n - 1]);
		return SQLITE_ERROR;
	}
	for (int i = 0; i < n; i += 2) {
		if (!read_one(out, &version, args[i], args[i + 1]))
			return SQLITE_ERROR;
	}
	out->options.want = wanted(out->view, out->has_synonyms);
	if (version && !is_same_version(version, needs_languages(&out->options)))
		sqlite3_log(
			SQLITE_WARNING, "lafz: an index was made under \"%s\", the library has \"%s\": make it anew",
			version, lafz_rules_version());
	return SQLITE_OK;
}
