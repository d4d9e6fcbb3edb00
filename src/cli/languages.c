#include "cli/languages.h"

#include <lafz.h>

#define NAME_CAP 256

static void put_support(struct sink *sink, unsigned support)
{
	static const struct {
		unsigned bit;
		const char *name;
	} names[] = {
		{LAFZ_LANG_DETECTED, "detected"},
		{LAFZ_LANG_FOLDED, "folded"},
		{LAFZ_LANG_PROTECTED, "protected"},
	};
	const char *comma = "";
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (!(support & names[i].bit))
			continue;
		sink_string(sink, comma);
		sink_string(sink, names[i].name);
		comma = ",";
	}
	if (*comma == '\0')
		sink_byte(sink, '-');
}

static void put_language(struct sink *sink, uint16_t lang)
{
	char name[NAME_CAP] = "";
	const char *script = lafz_lang_script(lang);
	(void)lafz_lang_name(lang, name, sizeof name);
	sink_string(sink, lafz_lang_tag(lang));
	sink_byte(sink, '\t');
	sink_string(sink, name);
	sink_byte(sink, '\t');
	sink_string(sink, script ? script : "Zyyy");
	sink_byte(sink, '\t');
	put_support(sink, lafz_lang_support(lang));
	sink_byte(sink, '\n');
}

void languages_list(struct sink *sink)
{
	sink_string(sink, "#tag\tname\tscript\tsupport\n");
	for (uint16_t lang = 0; lang < lafz_lang_count(); lang++)
		put_language(sink, lang);
}

void languages_versions(struct sink *sink)
{
	char libraries[256];
	lafz_library_versions(libraries, sizeof libraries);
	sink_string(sink, "lafz ");
	sink_string(sink, lafz_version());
	sink_string(sink, "\nrules: ");
	sink_string(sink, lafz_rules_version());
	sink_string(sink, "\nlibraries: ");
	sink_string(sink, libraries);
	sink_byte(sink, '\n');
}
