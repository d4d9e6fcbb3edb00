#include "cli/write.h"

#include <assert.h>

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
}

void write_kinds(struct writer *writer, const char *before, const char *behind)
{
	for (uint8_t kind = 0; kind < WRITE_KINDS; kind++) {
		const char *name = lafz_kind_name(kind);
		struct put_block block = {0};
		if (!name)
			return;
		put_block_name(&block, before);
		put_block_name(&block, name);
		put_block_name(&block, behind);
		struct write_kind *names = &writer->kinds[kind];
		assert(block.len <= sizeof names->text);
		memcpy(names->text, block.text, block.len);
		names->len = (unsigned char)block.len;
	}
}

void write_same_begin(struct write_same *same, const struct lafz_batch *batch, size_t i)
{
	same->sent = batch->sent[i];
	same->run = batch->run[i];
	same->par = batch->par[i];
	same->lang = batch->lang[i];
	same->confidence = write_confidence_bits(batch, i);
	same->front.len = 0;
	same->back.len = 0;
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
