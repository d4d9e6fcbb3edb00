/*
 * -f text: a sentence a line, the forms of its tokens split by one space; an empty line between
 * paragraphs and between documents. A token whose form is empty (ill-formed bytes that are dropped)
 * is left out, and so is a sentence of such tokens alone: an empty line always means a paragraph.
 */
#include "cli/write.h"

static const char *form_of(const struct lafz_batch *batch, size_t i, enum view view, size_t *len)
{
	if (view == VIEW_SURFACE)
		return write_surface(batch, i, len);
	return view == VIEW_KEY ? write_key(batch, i, len) : write_norm(batch, i, len);
}

static void begin(struct writer *writer)
{
	writer->is_new = true;
}

static void open_line(struct writer *writer, uint64_t par)
{
	if (writer->has_line && (writer->is_new || writer->par != par))
		sink_byte(writer->sink, '\n');
	writer->has_line = true;
	writer->is_new = false;
	writer->par = par;
}

static void write_batch(struct writer *writer, const struct lafz_batch *batch)
{
	struct sink *sink = writer->sink;
	bool is_open = false;
	uint32_t sent = 0;
	for (size_t i = 0; i < batch->n; i++) {
		size_t len = 0;
		const char *form = form_of(batch, i, writer->args->view, &len);
		if (len == 0)
			continue;
		if (is_open && batch->sent[i] == sent) {
			sink_byte(sink, ' ');
		} else {
			if (is_open)
				sink_byte(sink, '\n');
			open_line(writer, batch->par_base + batch->par[i]);
			is_open = true;
			sent = batch->sent[i];
		}
		write_value(sink, form, len, batch->flags[i], sink_put);
	}
	/* A batch holds whole segments, and no sentence crosses a segment. */
	if (is_open)
		sink_byte(sink, '\n');
}

const struct format_kind write_text = {
	.want = LAFZ_WANT_SENTS, /* and the view's own */
	.begin = begin,
	.batch = write_batch,
};
