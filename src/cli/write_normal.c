/*
 * lafz normalize: the text itself, normalised, byte for byte; or as jsonl an object a document with
 * its name and its text. Of text input the object is written while it is read, so its length does
 * not matter.
 */
#include "cli/write.h"

static void batch_text(struct writer *writer, const struct lafz_batch *batch)
{
	sink_put(writer->sink, batch->norm_text, batch->norm_size);
}

/* Records have no line end of their own. */
static void end_text(struct writer *writer)
{
	if (writer->is_record)
		sink_byte(writer->sink, '\n');
}

static void begin_json(struct writer *writer)
{
	sink_string(writer->sink, "{\"doc\":\"");
	put_json(writer->sink, writer->doc.ptr, writer->doc.len);
	sink_string(writer->sink, "\",\"text\":\"");
}

static void batch_json(struct writer *writer, const struct lafz_batch *batch)
{
	uint16_t flags = 0;
	for (size_t i = 0; i < batch->n; i++)
		flags |= batch->flags[i];
	write_value(writer->sink, batch->norm_text, batch->norm_size, flags, put_json);
}

static void end_json(struct writer *writer)
{
	sink_byte(writer->sink, '"');
	if (writer->fields) {
		sink_string(writer->sink, ",\"fields\":");
		sink_put(writer->sink, writer->fields->ptr, writer->fields->len);
	}
	sink_string(writer->sink, "}\n");
}

const struct format_kind write_normal_text = {
	.want = LAFZ_WANT_NORM,
	.batch = batch_text,
	.end = end_text,
};

const struct format_kind write_normal_jsonl = {
	.want = LAFZ_WANT_NORM,
	.begin = begin_json,
	.batch = batch_json,
	.end = end_json,
};
