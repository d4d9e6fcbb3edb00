#include "cli/languages.h"

#include <lafz.h>

#define NAME_CAP 256

struct bit_name {
	unsigned bit;
	const char *name;
};

static const struct bit_name support_names[] = {
	{LAFZ_LANG_DETECTED, "detected"},
	{LAFZ_LANG_FOLDED, "folded"},
	{LAFZ_LANG_PROTECTED, "protected"},
};

static const struct bit_name evidence_names[] = {
	{LAFZ_EVIDENCE_WORDS, "words"},
	{LAFZ_EVIDENCE_LETTERS, "letters"},
	{LAFZ_EVIDENCE_HARAKAT, "harakat"},
};

static void put_bits(struct sink *sink, unsigned bits, const struct bit_name *names, size_t n)
{
	const char *comma = "";
	for (size_t i = 0; i < n; i++) {
		if (!(bits & names[i].bit))
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
	put_bits(sink, lafz_lang_support(lang), support_names,
	         sizeof support_names / sizeof *support_names);
	sink_byte(sink, '\t');
	put_bits(sink, lafz_lang_evidence(lang), evidence_names,
	         sizeof evidence_names / sizeof *evidence_names);
	sink_byte(sink, '\n');
}

void languages_list(struct sink *sink)
{
	sink_string(sink, "#tag\tname\tscript\tsupport\tevidence\n");
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
