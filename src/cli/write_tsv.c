/*
 * -f tsv: a header line, then a token a line.
 */
#include "cli/write.h"

static void head(struct writer *writer)
{
	write_kinds(writer, "", "\t");
	sink_string(writer->sink, "#start\tend\tcstart\tcend\tsent\trun\tlang\tscript\tkind\t");
	sink_string(writer->sink, "surface\tnorm\tkey\tpar\tflags\tconfidence\tdoc\n");
}

static inline char *number(char *dst, struct put_high *cache, uint64_t value)
{
	dst = put_decimal(dst, cache, value);
	*dst = '\t';
	return dst + 1;
}

/* sent, run and lang; and par, flags (none), confidence and doc with the line's end. */
static void make_same(struct writer *writer, const struct lafz_batch *batch, size_t i)
{
	struct write_same *same = &writer->same;
	const struct bytes *doc = &writer->doc;
	char text[2 * WRITE_DOC];
	write_same_begin(same, batch, i);
	put_block_decimal(&same->front, batch->sent_base + batch->sent[i]);
	put_block_name(&same->front, "\t");
	put_block_decimal(&same->front, batch->run_base + batch->run[i]);
	put_block_name(&same->front, "\t");
	put_block_add(&same->front, text, (size_t)(write_lang(writer, text, batch->lang[i]) - text));
	put_block_name(&same->front, "\t");
	put_block_decimal(&same->back, batch->par_base + batch->par[i]);
	put_block_name(&same->back, "\t");
	same->flags_at = same->back.len;
	put_block_name(&same->back, "-\t");
	put_block_add(&same->back, text, (size_t)(put_confidence(text, batch->confidence[i]) - text));
	put_block_name(&same->back, "\t");
	same->has_doc = doc->len <= WRITE_DOC;
	if (!same->has_doc)
		return;
	put_block_add(&same->back, text, (size_t)(put_copy_tsv(text, doc->ptr, doc->len) - text));
	put_block_name(&same->back, "\n");
}

static char *before_surface(struct writer *writer, char *dst, const struct lafz_batch *batch, size_t i)
{
	dst = number(dst, &writer->bytes_high, batch->base + batch->start[i]);
	dst = number(dst, &writer->bytes_high, batch->base + batch->end[i]);
	dst = number(dst, &writer->chars_high, batch->cbase + batch->cstart[i]);
	dst = number(dst, &writer->chars_high, batch->cbase + batch->cend[i]);
	dst = put_block(dst, &writer->same.front);
	dst = write_script(dst, batch->script[i]);
	*dst++ = '\t';
	return write_kind(writer, dst, batch->kind[i]);
}

/* Surface, norm and key if nothing has to be escaped; else NULL. */
static char *plain_values(char *dst, const struct lafz_batch *batch, size_t i)
{
	put_bytes found = {0};
	size_t len = 0;
	const char *text = write_surface(batch, i, &len);
	dst = put_plain(dst, text, len, put_special_tsv, &found);
	*dst++ = '\t';
	text = write_norm(batch, i, &len);
	dst = put_plain(dst, text, len, put_special_tsv, &found);
	*dst++ = '\t';
	text = write_key(batch, i, &len);
	dst = put_plain(dst, text, len, put_special_tsv, &found);
	*dst++ = '\t';
	return put_any(found) ? NULL : dst;
}

static void value(struct sink *sink, const char *text, size_t len, uint16_t flags)
{
	write_value(sink, text, len, flags, put_tsv);
	sink_byte(sink, '\t');
}

/* The same of any values. */
static char *all_values(struct sink *sink, char *dst, const struct lafz_batch *batch, size_t i)
{
	const uint16_t flags = batch->flags[i];
	size_t len = 0;
	sink_take(sink, dst);
	const char *text = write_surface(batch, i, &len);
	value(sink, text, len, flags);
	text = write_norm(batch, i, &len);
	value(sink, text, len, flags);
	text = write_key(batch, i, &len);
	value(sink, text, len, flags);
	return sink_room(sink, WRITE_ROOM);
}

static char *behind_key(struct writer *writer, char *dst, uint16_t flags)
{
	const struct write_same *same = &writer->same;
	char *end = put_block(dst, &same->back);
	if (flags == 0)
		return end;
	dst = write_flags_tsv(writer, dst + same->flags_at, flags);
	const size_t rest = same->flags_at + 1;
	memcpy(dst, same->back.text + rest, same->back.len - rest);
	return dst + (same->back.len - rest);
}

static void write_token(struct writer *writer, const struct lafz_batch *batch, size_t i)
{
	struct sink *sink = writer->sink;
	char *dst = before_surface(writer, sink_room(sink, WRITE_ROOM), batch, i);
	char *end = write_is_easy(batch, i) ? plain_values(dst, batch, i) : NULL;
	if (!end)
		end = all_values(sink, dst, batch, i);
	sink_take(sink, behind_key(writer, end, batch->flags[i]));
	if (writer->same.has_doc)
		return;
	put_tsv(sink, writer->doc.ptr, writer->doc.len);
	sink_byte(sink, '\n');
}

static void write_batch(struct writer *writer, const struct lafz_batch *batch)
{
	for (size_t i = 0; i < batch->n; i++) {
		/* The first token's numbers have other bases than those of the batch before. */
		if (i == 0 || !write_is_same(&writer->same, batch, i))
			make_same(writer, batch, i);
		write_token(writer, batch, i);
	}
}

const struct format_kind write_tsv = {
	.want = LAFZ_WANT_ALL,
	.head = head,
	.batch = write_batch,
};
