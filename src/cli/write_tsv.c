/*
 * -f tsv: a header line, then a token a line.
 */
#include "cli/write.h"

#define FIXED_ROOM 1024 /* everything before surface, or behind key, but not doc */

static void head(struct writer *writer)
{
	sink_string(writer->sink, "#start\tend\tcstart\tcend\tsent\trun\tlang\tscript\tkind\t");
	sink_string(writer->sink, "surface\tnorm\tkey\tpar\tflags\tconfidence\tdoc\n");
}

static inline char *number(char *dst, struct put_high *cache, uint64_t value)
{
	dst = put_decimal(dst, cache, value);
	*dst = '\t';
	return dst + 1;
}

static char *before_surface(struct writer *writer, char *dst, const struct lafz_batch *batch, size_t i)
{
	dst = number(dst, &writer->bytes_high, batch->base + batch->start[i]);
	dst = number(dst, &writer->bytes_high, batch->base + batch->end[i]);
	dst = number(dst, &writer->chars_high, batch->cbase + batch->cstart[i]);
	dst = number(dst, &writer->chars_high, batch->cbase + batch->cend[i]);
	dst = number(dst, &writer->others_high, batch->sent_base + batch->sent[i]);
	dst = number(dst, &writer->others_high, batch->run_base + batch->run[i]);
	dst = write_lang(writer, dst, batch->lang[i]);
	*dst++ = '\t';
	dst = write_name(dst, lafz_script_tag(batch->script[i]));
	*dst++ = '\t';
	dst = write_name(dst, lafz_kind_name(batch->kind[i]));
	*dst++ = '\t';
	return dst;
}

static void value(struct sink *sink, const char *text, size_t len, uint16_t flags)
{
	write_value(sink, text, len, flags, put_tsv);
	sink_byte(sink, '\t');
}

static void write_one(struct writer *writer, const struct lafz_batch *batch, size_t i)
{
	struct sink *sink = writer->sink;
	const uint16_t flags = batch->flags[i];
	sink_take(sink, before_surface(writer, sink_room(sink, FIXED_ROOM), batch, i));
	size_t len = 0;
	const char *text = write_surface(batch, i, &len);
	value(sink, text, len, flags);
	text = write_norm(batch, i, &len);
	value(sink, text, len, flags);
	text = write_key(batch, i, &len);
	value(sink, text, len, flags);
	char *dst = sink_room(sink, FIXED_ROOM);
	dst = number(dst, &writer->others_high, batch->par_base + batch->par[i]);
	dst = write_flags_tsv(writer, dst, flags);
	*dst++ = '\t';
	dst = write_confidence(writer, dst, batch->confidence[i]);
	*dst++ = '\t';
	sink_take(sink, dst);
	put_tsv(sink, writer->doc.ptr, writer->doc.len);
	sink_byte(sink, '\n');
}

static void write_batch(struct writer *writer, const struct lafz_batch *batch)
{
	for (size_t i = 0; i < batch->n; i++)
		write_one(writer, batch, i);
}

const struct format_kind write_tsv = {
	.want = LAFZ_WANT_ALL,
	.head = head,
	.batch = write_batch,
};
