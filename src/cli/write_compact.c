/*
 * -f jsonl --compact: a token without what can be told from the rest of its line: norm and key that
 * are the surface, empty flags, and script, lang, run and confidence that are those of the token
 * before. The first token of a line has all four, so that each line can be read alone.
 */
#include "cli/repair.h"
#include "cli/write.h"

#define CONFIDENCE_ROOM 8

static void put_number(struct sink *sink, const char *name, struct put_high *cache, uint64_t number)
{
	char *dst = put_name(sink_room(sink, WRITE_ROOM), name);
	sink_take(sink, put_decimal(dst, cache, number));
}

/* A name that needs no escapes. */
static void put_word(struct sink *sink, const char *name, const char *text, size_t len)
{
	sink_string(sink, name);
	sink_put(sink, text, len);
	sink_byte(sink, '"');
}

static void write_offsets(struct writer *writer, const struct lafz_batch *batch, size_t i)
{
	struct sink *sink = writer->sink;
	struct put_high *bytes = &writer->bytes_high, *chars = &writer->chars_high;
	put_number(sink, "{\"start\":", bytes, write_offset(batch, batch->start[i]));
	put_number(sink, ",\"end\":", bytes, write_offset(batch, batch->end[i]));
	put_number(sink, ",\"cstart\":", chars, batch->cbase + batch->cstart[i]);
	put_number(sink, ",\"cend\":", chars, batch->cbase + batch->cend[i]);
}

/* norm or key, unless it is the surface as it is written. */
static void write_other(struct sink *sink, const struct lafz_batch *batch, size_t i,
                        const char *name, const char *text, size_t len)
{
	const uint16_t flags = batch->flags[i];
	size_t surface_len = 0;
	const char *surface = write_surface(batch, i, &surface_len);
	if (len == surface_len && memcmp(text, surface, len) == 0)
		return;
	if ((flags & LAFZ_FLAG_REPAIRED) && repair_is_same(text, len, surface, surface_len))
		return;
	sink_string(sink, name);
	write_value(sink, text, len, flags, put_json);
	sink_byte(sink, '"');
}

static void write_values(struct sink *sink, const struct lafz_batch *batch, size_t i)
{
	size_t len = 0;
	const char *text = write_surface(batch, i, &len);
	sink_string(sink, ",\"surface\":\"");
	write_value(sink, text, len, batch->flags[i], put_json);
	sink_byte(sink, '"');
	text = write_norm(batch, i, &len);
	write_other(sink, batch, i, ",\"norm\":\"", text, len);
	text = write_key(batch, i, &len);
	write_other(sink, batch, i, ",\"key\":\"", text, len);
}

/* Two confidences are one if they are written the same. */
static void write_confidence(struct sink *sink, const struct lafz_batch *batch, size_t i,
                             bool is_first)
{
	char now[CONFIDENCE_ROOM], before[CONFIDENCE_ROOM];
	if (!is_first && write_confidence_bits(batch, i) == write_confidence_bits(batch, i - 1))
		return;
	const size_t len = (size_t)(put_confidence(now, batch->confidence[i]) - now);
	if (!is_first) {
		const char *end = put_confidence(before, batch->confidence[i - 1]);
		if ((size_t)(end - before) == len && memcmp(now, before, len) == 0)
			return;
	}
	sink_string(sink, ",\"confidence\":");
	sink_put(sink, now, len);
}

/* What is left out if it is that of the token before. */
static void write_run(struct writer *writer, const struct lafz_batch *batch, size_t i, bool is_first)
{
	struct sink *sink = writer->sink;
	if (is_first || batch->script[i] != batch->script[i - 1])
		put_word(sink, ",\"script\":\"", writer->scripts[batch->script[i]], 4);
	if (is_first || batch->lang[i] != batch->lang[i - 1]) {
		char *dst = PUT_LITERAL(sink_room(sink, WRITE_ROOM), ",\"lang\":\"");
		dst = write_lang(writer, dst, batch->lang[i]);
		*dst++ = '"';
		sink_take(sink, dst);
	}
	if (is_first || batch->run[i] != batch->run[i - 1])
		put_number(sink, ",\"run\":", &writer->run_high, batch->run_base + batch->run[i]);
	write_confidence(sink, batch, i, is_first);
}

void write_compact_tokens(struct writer *writer, const struct lafz_batch *batch, size_t i, size_t end)
{
	struct sink *sink = writer->sink;
	for (const size_t first = i; i < end; i++) {
		sink_byte(sink, i == first ? '[' : ',');
		write_offsets(writer, batch, i);
		write_values(sink, batch, i);
		const char *kind = lafz_kind_name(batch->kind[i]);
		put_word(sink, ",\"kind\":\"", kind, strlen(kind));
		write_run(writer, batch, i, i == first);
		if (batch->flags[i] != 0) {
			char *dst = PUT_LITERAL(sink_room(sink, WRITE_ROOM), ",\"flags\":");
			sink_take(sink, write_flags_json(writer, dst, batch->flags[i]));
		}
		write_jsonl_asked(writer, batch, i);
		sink_byte(sink, '}');
	}
	sink_byte(sink, ']');
	write_jsonl_close(writer);
}
