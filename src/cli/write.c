#include "cli/write.h"

#include "cli/repair.h"

bool write_document(struct writer *writer, const char *doc, size_t len, bool is_record)
{
	writer->is_record = is_record;
	writer->doc.len = 0;
	while (len > 0) {
		size_t n = repair_good(doc, len);
		if (!bytes_append(&writer->doc, doc, n))
			return false;
		doc += n;
		len -= n;
		if (len == 0)
			return true;
		(void)repair_look(doc, len, &n);
		if (!bytes_append(&writer->doc, REPAIR_MARK, REPAIR_MARK_LEN))
			return false;
		doc += n;
		len -= n;
	}
	return true;
}

void write_free(struct writer *writer)
{
	bytes_free(&writer->doc);
	write_conllu_free(&writer->conllu);
}

static char *copy_names(char *dst, const struct write_names *names)
{
	memcpy(dst, names->text, names->len);
	return dst + names->len;
}

/* Whether the text must be made; then it is empty. */
static bool is_other(struct write_names *names, uint64_t value)
{
	if (names->id == value + 1)
		return false;
	names->id = value + 1;
	names->len = 0;
	return true;
}

static void append_name(struct write_names *names, const char *name)
{
	const size_t len = strlen(name);
	if (len > sizeof names->text - names->len)
		return;
	memcpy(names->text + names->len, name, len);
	names->len += len;
}

char *write_lang(struct writer *writer, char *dst, uint16_t lang)
{
	if (is_other(&writer->lang, lang)) {
		const char *tag = lafz_lang_tag(lang);
		append_name(&writer->lang, tag ? tag : "und");
	}
	return copy_names(dst, &writer->lang);
}

char *write_confidence(struct writer *writer, char *dst, float confidence)
{
	uint32_t bits = 0;
	memcpy(&bits, &confidence, sizeof bits);
	if (is_other(&writer->confidence, bits))
		writer->confidence.len = (size_t)(put_confidence(writer->confidence.text, confidence) -
		                                  writer->confidence.text);
	return copy_names(dst, &writer->confidence);
}

static void append_flags(struct write_names *names, uint16_t flags, const char *quote)
{
	const char *comma = "";
	for (unsigned bit = 1; bit <= flags; bit <<= 1) {
		const char *name = flags & bit ? lafz_flag_name((uint16_t)bit) : NULL;
		if (!name)
			continue;
		append_name(names, comma);
		append_name(names, quote);
		append_name(names, name);
		append_name(names, quote);
		comma = ",";
	}
}

char *write_flags_tsv(struct writer *writer, char *dst, uint16_t flags)
{
	if (is_other(&writer->flags, flags)) {
		append_flags(&writer->flags, flags, "");
		if (writer->flags.len == 0)
			append_name(&writer->flags, "-");
	}
	return copy_names(dst, &writer->flags);
}

char *write_flags_json(struct writer *writer, char *dst, uint16_t flags)
{
	if (is_other(&writer->flags, flags)) {
		append_name(&writer->flags, "[");
		append_flags(&writer->flags, flags, "\"");
		append_name(&writer->flags, "]");
	}
	return copy_names(dst, &writer->flags);
}

void write_rules_json(struct sink *sink, const char *rules)
{
	sink_byte(sink, '[');
	while (*rules) {
		const size_t len = strcspn(rules, " ");
		sink_byte(sink, '"');
		put_json(sink, rules, len);
		sink_byte(sink, '"');
		rules += len;
		if (*rules == '\0')
			break;
		sink_byte(sink, ',');
		rules++;
	}
	sink_byte(sink, ']');
}
