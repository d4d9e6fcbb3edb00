#include "cli/write.h"

#include <assert.h>

bool write_document(struct writer *writer, const char *doc, size_t len, bool is_record)
{
	writer->is_record = is_record;
	writer->doc.len = 0;
	return bytes_append_repaired(&writer->doc, doc, len);
}

void write_free(struct writer *writer)
{
	bytes_free(&writer->doc);
	write_conllu_free(&writer->conllu);
	write_spans_free(&writer->spans);
	bytes_free(&writer->compact.first);
	write_arrow_free(writer->arrow);
}

#ifdef LAFZ_KERNEL_AVX2
/* Whether the processor runs the library's kernel of that name. */
static bool is_usable(const char *kernel)
{
	int is_usable = 0;
	for (size_t i = 0;; i++) {
		const char *const name = lafz_kernel(i, &is_usable);
		if (!name || strcmp(name, kernel) == 0)
			return name && is_usable;
	}
}

/* What rows are written with, unless a kernel was asked for that is to do without. */
static void find_rows(struct writer *writer)
{
	const char *const asked = writer->args->options.kernel;
	const bool is_512 = !asked || strcmp(asked, "avx512") == 0;
	writer->has_avx512 = is_512 && is_usable("avx512");
	writer->has_avx2 = (is_512 || strcmp(asked, "avx2") == 0) && is_usable("avx2");
}
#else
static void find_rows(struct writer *writer)
{
	(void)writer;
}
#endif

void write_prepare(struct writer *writer, const char *before, const char *behind)
{
	find_rows(writer);
	for (uint8_t kind = 0; kind < WRITE_KINDS; kind++) {
		const char *name = lafz_kind_name(kind);
		struct write_kind *names = &writer->kinds[kind];
		if (!name)
			break;
		assert(strlen(before) + strlen(name) + strlen(behind) <= sizeof names->text);
		const char *end = put_name(put_name(put_name(names->text, before), name), behind);
		names->len = (unsigned char)(end - names->text);
	}
	for (size_t script = 0; script < 256; script++) {
		memcpy(writer->scripts[script], lafz_script_tag((uint8_t)script), WRITE_SCRIPT);
		writer->scripts[script][WRITE_SCRIPT] = '\t';
	}
}

void write_same_set(struct write_same *same, const struct lafz_batch *batch, size_t i)
{
	same->sent = batch->sent[i];
	same->run = batch->run[i];
	same->par = batch->par[i];
	same->lang = batch->lang[i];
	same->confidence = write_confidence_bits(batch, i);
}

/* The texts stand in the order of their tokens, so only the last ones can be too near. */
size_t write_count_inner(const struct lafz_batch *batch)
{
	size_t n = batch->n;
	for (; n > 0; n--) {
		const size_t norm_end = (size_t)batch->norm_off[n - 1] + batch->norm_len[n - 1];
		const size_t key_end = (size_t)batch->key_off[n - 1] + batch->key_len[n - 1];
		if (batch->end[n - 1] + (size_t)WRITE_MARGIN <= batch->len &&
		    norm_end + WRITE_MARGIN <= batch->norm_size &&
		    key_end + WRITE_MARGIN <= batch->key_size)
			return n;
	}
	return 0;
}

/* Numbers only count up, so mostly a look at the last token is enough. */
size_t write_stretch_end(const struct lafz_batch *batch, size_t i, size_t end)
{
	const uint32_t sent = batch->sent[i], run = batch->run[i];
	if (batch->sent[end - 1] == sent && batch->run[end - 1] == run)
		return end;
	do
		i++;
	while (batch->sent[i] == sent && batch->run[i] == run);
	return i;
}

/* Gaps have the numbers of the token before them, but in a line without tokens they have no language. */
static size_t stretch_end_with_gaps(const struct lafz_batch *batch, size_t i, size_t end)
{
	const size_t first = i;
	do
		i++;
	while (i < end && batch->sent[i] == batch->sent[first] && batch->run[i] == batch->run[first] &&
	       batch->lang[i] == batch->lang[first] &&
	       write_confidence_bits(batch, i) == write_confidence_bits(batch, first));
	return i;
}

struct write_stretch write_stretch(const struct writer *writer, const struct lafz_batch *batch, size_t i,
                                   size_t end, size_t n_inner)
{
	struct write_stretch stretch = {0};
	stretch.end = writer->args->gaps ? stretch_end_with_gaps(batch, i, end)
	                                 : write_stretch_end(batch, i, end);
	stretch.inner = stretch.end < n_inner ? stretch.end : n_inner;
	return stretch;
}

/* Whether the text must be made. */
static bool is_other(struct write_names *names, uint64_t value)
{
	if (names->id == value + 1)
		return false;
	names->id = value + 1;
	return true;
}

static void make_lang(struct put_block *block, uint16_t lang)
{
	const char *tag = lafz_lang_tag(lang);
	put_block_end(block, put_name(block->text, tag ? tag : "und"));
}

char *write_lang(struct writer *writer, char *dst, uint16_t lang)
{
	if (is_other(&writer->lang, lang))
		make_lang(&writer->lang.block, lang);
	return put_block(dst, &writer->lang.block);
}

/* All names with quotes and commas fit into a block. */
static char *put_flags(char *dst, uint16_t flags, const char *quote)
{
	const char *comma = "";
	for (unsigned bit = 1; bit <= flags; bit <<= 1) {
		const char *name = flags & bit ? lafz_flag_name((uint16_t)bit) : NULL;
		if (!name)
			continue;
		dst = put_name(put_name(dst, comma), quote);
		dst = put_name(put_name(dst, name), quote);
		comma = ",";
	}
	return dst;
}

static void make_flags_tsv(struct put_block *block, uint16_t flags)
{
	char *end = put_flags(block->text, flags, "");
	if (end == block->text)
		*end++ = '-';
	put_block_end(block, end);
}

char *write_flags_tsv(struct writer *writer, char *dst, uint16_t flags)
{
	struct write_names *const names = &writer->flags[flags % WRITE_FLAGS];
	if (is_other(names, flags))
		make_flags_tsv(&names->block, flags);
	return put_block(dst, &names->block);
}

static void make_flags_json(struct put_block *block, uint16_t flags)
{
	char *end = block->text;
	*end++ = '[';
	end = put_flags(end, flags, "\"");
	*end++ = ']';
	put_block_end(block, end);
}

char *write_flags_json(struct writer *writer, char *dst, uint16_t flags)
{
	struct write_names *const names = &writer->flags[flags % WRITE_FLAGS];
	if (is_other(names, flags))
		make_flags_json(&names->block, flags);
	return put_block(dst, &names->block);
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
