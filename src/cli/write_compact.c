/*
 * -f jsonl --compact: a token without what can be told from the rest of its line: norm and key that
 * are the surface, empty flags, and script, lang, run and confidence that are those of the token
 * before. The first token of a line has all four, so that each line can be read alone.
 */
#include "cli/borders.h"
#include "cli/clean.h"
#include "cli/compact_rows.h"
#include "cli/fail.h"
#include "cli/repair.h"

#define CONFIDENCE_ROOM 8

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
static bool is_same_confidence(const struct lafz_batch *batch, size_t i)
{
	char now[CONFIDENCE_ROOM], before[CONFIDENCE_ROOM];
	if (write_confidence_bits(batch, i) == write_confidence_bits(batch, i - 1))
		return true;
	const size_t len = (size_t)(put_confidence(now, batch->confidence[i]) - now);
	const size_t len_before = (size_t)(put_confidence(before, batch->confidence[i - 1]) - before);
	return len == len_before && memcmp(now, before, len) == 0;
}

/* What is left out if it is that of the token before. */
static char *put_run(struct writer *writer, char *dst, const struct lafz_batch *batch, size_t i, bool is_first)
{
	if (is_first || batch->lang[i] != batch->lang[i - 1]) {
		dst = write_lang(writer, PUT_LITERAL(dst, ",\"lang\":\""), batch->lang[i]);
		*dst++ = '"';
	}
	if (is_first || batch->run[i] != batch->run[i - 1])
		dst = put_decimal(PUT_LITERAL(dst, ",\"run\":"), &writer->run_high, batch->run_base + batch->run[i]);
	if (is_first || !is_same_confidence(batch, i))
		dst = put_confidence(PUT_LITERAL(dst, ",\"confidence\":"), batch->confidence[i]);
	return dst;
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
	if (is_first || batch->script[i] != batch->script[i - 1])
		put_word(sink, ",\"script\":\"", writer->scripts[batch->script[i]], WRITE_SCRIPT);
	sink_take(sink, put_run(writer, sink_room(sink, WRITE_ROOM), batch, i, is_first));
	if (batch->flags[i] != 0) {
		dst = PUT_LITERAL(sink_room(sink, WRITE_ROOM), ",\"flags\":");
		sink_take(sink, write_flags_json(writer, dst, batch->flags[i]));
	}
	write_jsonl_asked(writer, batch, i);
	sink_byte(sink, '}');
}

void write_compact_line(struct writer *writer, const struct lafz_batch *batch, size_t i, size_t end,
                        struct clean *clean)
{
	const size_t first = i;
	write_jsonl_open(writer, batch, i, end);
	for (; i < end; i++) {
		write_one(writer, batch, i, i == first);
		if (i == clean_end(clean))
			clean_behind(clean, i);
	}
	sink_byte(writer->sink, ']');
	write_jsonl_close(writer);
}

/* ---- Sentences that can be copied ---- */

static const struct put_front_texts sentence_front = {
	{{",\"start\":", 9}, {",\"end\":", 7}, {",\"cstart\":", 10}, {",\"cend\":", 8}, {",\"tokens\":[", 11}},
};

void write_compact_head(struct writer *writer)
{
	write_prepare(writer, ",\"kind\":\"", "\"");
	for (size_t script = 0; script < 256; script++) {
		char text[2 * PUT_STEP]; /* write_script writes more than the name */
		*write_script(writer, PUT_LITERAL(text, ",\"script\":\""), (uint8_t)script) = '"';
		memcpy(writer->compact.scripts[script], text, PUT_STEP);
	}
}

/* Nothing is known of the name any more. */
void write_compact_begin(struct writer *writer)
{
	writer->compact.line.len = 0;
}

bool compact_make_line(struct writer *writer, uint64_t par)
{
	struct put_block *const line = &writer->compact.line;
	const struct put_block *const doc = &writer->doc_block;
	line->len = 0;
	if (doc->len == 0 || doc->len + 2 * PUT_DECIMAL_ROOM > PUT_BLOCK_CAP)
		return false;
	memcpy(line->text, doc->text, doc->len);
	char *const dst = put_decimal(line->text + doc->len, &writer->others_high, par);
	put_block_end(line, PUT_LITERAL(dst, ",\"sent\":"));
	writer->compact.par = par;
	return true;
}

void compact_make_lang(struct writer *writer, uint16_t lang)
{
	struct write_names *const names = &writer->compact.lang;
	char *const dst = PUT_LITERAL(names->block.text, ",\"lang\":\"");
	put_block_end(&names->block, PUT_LITERAL(write_lang(writer, dst, lang), "\",\"run\":"));
	names->id = lang + UINT64_C(1);
}

char *compact_put_escaped(char *dst, const struct write_short *values)
{
	dst = put_copy_json(dst, values->surface, values->len);
	*dst++ = '"';
	if (values->norm_len != values->len || memcmp(values->norm, values->surface, values->len) != 0) {
		dst = PUT_LITERAL(dst, ",\"norm\":\"");
		dst = put_copy_json(dst, values->norm, values->norm_len);
		*dst++ = '"';
	}
	if (values->key_len != values->len || memcmp(values->key, values->surface, values->len) != 0) {
		dst = PUT_LITERAL(dst, ",\"key\":\"");
		dst = put_copy_json(dst, values->key, values->key_len);
		*dst++ = '"';
	}
	return dst;
}

char *compact_put_change(struct writer *writer, char *dst, const struct lafz_batch *batch, size_t i)
{
	return put_run(writer, dst, batch, i, false);
}

/* And makes the text anew for the next ones. */
char *compact_put_span(struct writer *writer, char *dst, const struct lafz_batch *batch, size_t i, size_t end)
{
	struct write_compact *const compact = &writer->compact;
	struct put_offsets *const caches = &writer->offsets;
	char scratch[PUT_FRONT_CAP + PUT_DECIMAL_ROOM];
	(void)put_front_anew(scratch, &compact->front, &sentence_front, caches, batch, i);
	dst = PUT_LITERAL(dst, ",\"start\":");
	dst = put_decimal(dst, &caches->bytes, write_offset(batch, batch->start[i]));
	dst = PUT_LITERAL(dst, ",\"end\":");
	dst = put_decimal(dst, &caches->bytes, write_offset(batch, batch->end[end - 1]));
	dst = PUT_LITERAL(dst, ",\"cstart\":");
	dst = put_decimal(dst, &caches->chars, batch->cbase + batch->cstart[i]);
	dst = PUT_LITERAL(dst, ",\"cend\":");
	dst = put_decimal(dst, &caches->chars, batch->cbase + batch->cend[end - 1]);
	return PUT_LITERAL(dst, ",\"tokens\":[");
}

static char *sentence_plain(struct writer *writer, char *dst, const struct lafz_batch *given, size_t i, size_t end,
                            struct clean *clean)
{
	return compact_put_sentence(writer, dst, given, i, end, clean);
}

static compact_sentence *sentence_of(const struct writer *writer)
{
#ifdef LAFZ_KERNEL_AVX2
	return writer->has_avx2 ? compact_sentence_avx2 : sentence_plain;
#else
	(void)writer;
	return sentence_plain;
#endif
}

/* The sentences whose first tokens are listed, and behind them where the last one ends. */
static void write_sentences(struct writer *writer, const struct lafz_batch *batch, struct clean *clean, const uint32_t *first,
                            size_t n)
{
	const struct args *const args = writer->args;
	const bool may_copy = !args->value && !args->mwt && !args->explain && !writer->fields;
	const size_t n_inner = may_copy ? write_count_inner(batch) : 0;
	compact_sentence *const put = sentence_of(writer);
	for (size_t k = 0; k < n; k++) {
		const size_t i = first[k], end = first[k + 1];
		char *const dst = end <= n_inner && end - i <= COMPACT_TOKENS_MOST ? sink_room(writer->sink, (end - i) * WRITE_SHORT_ROOM + WRITE_ROOM) : NULL;
		char *const line_end = dst ? put(writer, dst, batch, i, end, clean) : NULL;
		if (line_end)
			sink_take(writer->sink, line_end);
		else
			write_compact_line(writer, batch, i, end, clean);
	}
	writer->has_line = writer->has_line || n > 0;
}

void write_compact_batch(struct writer *writer, const struct lafz_batch *batch, struct clean *clean)
{
	struct bytes *const room = &writer->compact.first;
	put_front_batch(&writer->compact.front, batch);
	if (batch->n == 0)
		return;
	if (!bytes_reserve(room, (batch->n + 1) * sizeof(uint32_t))) {
		/* as if the write had failed, since a line is not what it should be */
		writer->sink->has_failed = true;
		(void)fail_say("out of memory");
		return;
	}
	uint32_t *const first = (uint32_t *)(void *)room->ptr;
	write_sentences(writer, batch, clean, first, borders_choose(writer->has_avx2)(batch->sent, batch->n, first));
}
