/*
 * -f jsonl --compact: a token without what can be told from the rest of its line: norm and key that
 * are the surface, empty flags, and script, lang, run and confidence that are those of the token
 * before. The first token of a line has all four, so that each line can be read alone.
 */
#include "cli/clean.h"
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

/* One token, whatever it is. */
static void write_one(struct writer *writer, const struct lafz_batch *batch, size_t i, bool is_first)
{
	struct sink *sink = writer->sink;
	char *dst = sink_room(sink, WRITE_ROOM);
	*dst++ = is_first ? '[' : ',';
	sink_take(sink, put_front_any(dst, &writer->front, &write_jsonl_front, &writer->offsets, batch, i, ','));
	write_values(sink, batch, i);
	dst = write_kind(writer, sink_room(sink, WRITE_ROOM), batch->kind[i]);
	sink_take(sink, dst);
	write_run(writer, batch, i, is_first);
	if (batch->flags[i] != 0) {
		dst = PUT_LITERAL(sink_room(sink, WRITE_ROOM), ",\"flags\":");
		sink_take(sink, write_flags_json(writer, dst, batch->flags[i]));
	}
	write_jsonl_asked(writer, batch, i);
	sink_byte(sink, '}');
}

/* norm or key behind the surface, unless they are the same. All are short. */
static inline char *put_other(char *dst, const struct write_short *values, const char *text, uint32_t len,
                              const char name[PUT_STEP], size_t name_len)
{
	if (len == values->len && (text == values->surface || put_short_same(text, values->surface, len)))
		return dst;
	memcpy(dst, name, PUT_STEP);
	dst = put_short(dst + name_len, text, len, false);
	*dst++ = '"';
	return dst;
}

static inline char *put_script(const struct writer *writer, char *dst, uint8_t script)
{
	dst = PUT_LITERAL(dst, ",\"script\":\"");
	dst = write_script(writer, dst, script);
	*dst++ = '"';
	return dst;
}

/*
 * The tokens from *at on, up to the first that cannot be copied in short steps; their offsets fit. They are
 * inner ones of one stretch and clean, the stretch does not begin with them, and nothing more was asked for.
 */
static char *write_plain(struct writer *writer, char *dst, const struct lafz_batch *given,
                         size_t *at, size_t end)
{
	static const char norm_name[PUT_STEP] = ",\"norm\":\"", key_name[PUT_STEP] = ",\"key\":\"";
	const struct lafz_batch batch = *given; /* no write through dst can change it */
	const struct put_front *const front = &writer->front;
	size_t i = *at;
	for (; i < end; i++) {
		const struct put_front_low low = put_front_low(front, &batch, i);
		const struct write_short values = write_short(&batch, i);
		if (!write_is_short(&values))
			break;
		const uint8_t kind = batch.kind[i], script = batch.script[i];
		const bool is_other_script = script != batch.script[i - 1];
		*dst++ = ',';
		dst = put_front(dst, front, low, ',');
		dst = put_short(dst, values.surface, values.len, false);
		*dst++ = '"';
		dst = put_other(dst, &values, values.norm, values.norm_len, norm_name, 9);
		dst = put_other(dst, &values, values.key, values.key_len, key_name, 8);
		dst = write_kind(writer, dst, kind);
		if (is_other_script)
			dst = put_script(writer, dst, script);
		if (values.flags != 0)
			dst = write_flags_json(writer, PUT_LITERAL(dst, ",\"flags\":"), values.flags);
		*dst++ = '}';
	}
	*at = i;
	return dst;
}

void write_compact_tokens(struct writer *writer, const struct lafz_batch *batch, size_t i, size_t end,
                          size_t n_inner, struct clean *clean)
{
	struct sink *sink = writer->sink;
	const struct args *const args = writer->args;
	const bool is_more = args->value || args->mwt || args->explain;
	struct write_stretch stretch = {.end = i};
	for (const size_t first = i; i < end;) {
		const bool is_new = i == stretch.end;
		if (is_new)
			stretch = write_stretch(writer, batch, i, end, n_inner);
		char *dst = sink_room(sink, WRITE_ROOM);
		const size_t begin = i, dirty = clean_end(clean);
		size_t last = i + write_count_room(sink, dst);
		last = last < stretch.inner ? last : stretch.inner;
		last = last < dirty ? last : dirty;
		if (!is_new && i < last && !is_more && writer->front.is_usable) {
			dst = write_plain(writer, dst, batch, &i,
			                  put_front_end(&writer->front, batch, i, last));
			sink_take(sink, dst);
		}
		if (i > begin)
			continue;
		write_one(writer, batch, i, i == first);
		if (i == dirty)
			clean_behind(clean, i);
		i++;
	}
	sink_byte(sink, ']');
	write_jsonl_close(writer);
}
