/*
 * -f vrt: vertical text for Sketch Engine and CWB. A token a line with its attributes, tags on lines
 * of their own; <g/> where no gap lies between two tokens. Sentences never cross a batch; documents
 * and paragraphs are open until the next one or the end.
 */
#include "cli/write.h"

/* ---- Escapes ---- */

/*
 * XML has no way to write most controls, and lines and columns are cut at others: the symbols for
 * them (U+2400 on) stand in their place. U+FFFE and U+FFFF are no characters of XML either, but no
 * reader of this format looks.
 */
static void put_symbol(struct sink *sink, char byte)
{
	const char *entity = put_entity(byte);
	char symbol[3] = {'\xE2', '\x90', '\x80'};
	if (entity) {
		sink_string(sink, entity);
		return;
	}
	symbol[2] = (char)(0x80 + (byte == 0x7F ? 0x21 : (unsigned char)byte));
	sink_put(sink, symbol, sizeof symbol);
}

static bool is_special(char byte)
{
	return (unsigned char)byte < 0x20 || byte == 0x7F || put_entity(byte);
}

static void put_xml(struct sink *sink, const char *text, size_t len)
{
	size_t from = 0;
	for (size_t i = 0; i < len; i++) {
		if (!is_special(text[i]))
			continue;
		sink_put(sink, text + from, i - from);
		put_symbol(sink, text[i]);
		from = i + 1;
	}
	sink_put(sink, text + from, len - from);
}

/* ---- Tags ---- */

static void begin(struct writer *writer)
{
	writer->is_new = true;
}

static void open_sentence(struct writer *writer, const struct lafz_batch *batch, size_t i)
{
	struct sink *sink = writer->sink;
	const uint64_t par = batch->par_base + batch->par[i];
	const uint64_t start = write_offset(batch, batch->start[i]);
	if (writer->is_new) {
		sink_string(sink, "<doc id=\"");
		put_xml(sink, writer->doc.ptr, writer->doc.len);
		sink_string(sink, "\">\n<p>\n");
	} else if (par != writer->par) {
		sink_string(sink, "</p>\n<p>\n");
	} else if (start == writer->last_end) {
		sink_string(sink, "<g/>\n");
	}
	sink_string(sink, "<s>\n");
	writer->is_new = false;
	writer->par = par;
}

/* ---- Tokens ---- */

static const char *form_of(const struct writer *writer, const struct lafz_batch *batch, size_t i,
                           size_t *len)
{
	if (writer->args->view == VIEW_SURFACE)
		return write_surface(batch, i, len);
	return writer->args->view == VIEW_KEY ? write_key(batch, i, len) : write_norm(batch, i, len);
}

static void column(struct sink *sink, const char *text, size_t len, uint16_t flags)
{
	sink_byte(sink, '\t');
	write_value(sink, text, len, flags, put_xml);
}

static void write_columns(struct writer *writer, const struct lafz_batch *batch, size_t i)
{
	struct sink *sink = writer->sink;
	const uint16_t flags = batch->flags[i];
	size_t len = 0;
	const char *text = form_of(writer, batch, i, &len);
	write_value(sink, text, len, flags, put_xml);
	text = write_surface(batch, i, &len);
	column(sink, text, len, flags);
	text = write_norm(batch, i, &len);
	column(sink, text, len, flags);
	text = write_key(batch, i, &len);
	column(sink, text, len, flags);
	char *dst = sink_room(sink, WRITE_ROOM);
	*dst++ = '\t';
	dst = put_name(dst, lafz_kind_name(batch->kind[i]));
	*dst++ = '\t';
	dst = write_lang(writer, dst, batch->lang[i]);
	*dst++ = '\t';
	dst = put_name(dst, lafz_script_tag(batch->script[i]));
	*dst++ = '\n';
	sink_take(sink, dst);
}

/* The tokens of one sentence from i on; one without a form is left out. Returns where it ends. */
static size_t write_sentence(struct writer *writer, const struct lafz_batch *batch, size_t i)
{
	const uint32_t sent = batch->sent[i];
	bool is_open = false;
	for (; i < batch->n && batch->sent[i] == sent; i++) {
		size_t len = 0;
		(void)form_of(writer, batch, i, &len);
		if (len == 0)
			continue;
		if (!is_open)
			open_sentence(writer, batch, i);
		else if (write_offset(batch, batch->start[i]) == writer->last_end)
			sink_string(writer->sink, "<g/>\n");
		is_open = true;
		write_columns(writer, batch, i);
		writer->last_end = write_offset(batch, batch->end[i]);
	}
	if (is_open)
		sink_string(writer->sink, "</s>\n");
	return i;
}

static void write_batch(struct writer *writer, const struct lafz_batch *batch)
{
	for (size_t i = 0; i < batch->n;)
		i = write_sentence(writer, batch, i);
}

static void end_document(struct writer *writer)
{
	if (!writer->is_new)
		sink_string(writer->sink, "</p>\n</doc>\n");
}

const struct format_kind write_vrt = {
	.want = LAFZ_WANT_NORM | LAFZ_WANT_KEY | LAFZ_WANT_RUNS | LAFZ_WANT_SENTS,
	.begin = begin,
	.batch = write_batch,
	.end = end_document,
};
