/*
 * -f spans: where tokens, sentences and runs lie in the text, a line a document, as the attribute
 * files of Dolma have it. The array of tokens comes first and goes to the sink at once; those of
 * sentences and runs are kept until it ends. So that a document of any size needs little memory, its
 * line ends when SPANS_MOST of them are kept, between two tokens that share neither, and it goes on
 * in a further line with the same id.
 */
#include "cli/write.h"

#include "cli/fail.h"
#include "cli/repair.h"

#define SPANS_MOST 65536 /* sentences and runs of one line: 4 MiB */
#define SPAN_ROOM 256    /* one span as text */
#define TOKENS_MOST 64   /* written between two looks at the room in the sink */

/* In characters, bytes and UTF-16 units. */
struct place {
	uint64_t ch, byte, unit;
};

/* A sentence or a run. */
struct span {
	struct place start, end;
	uint64_t n_tokens;
	uint64_t number; /* of the sentence or run, so that neighbours are told apart */
	float confidence;
	uint16_t lang;
};

/* ---- Kept spans ---- */

static size_t count_of(const struct bytes *spans)
{
	return spans->len / sizeof(struct span);
}

static struct span *span_at(const struct bytes *spans, size_t i)
{
	return (struct span *)(void *)(spans->ptr + i * sizeof(struct span));
}

/* Whether a token with this number belongs to the last of the spans. */
static bool is_in_last(const struct bytes *spans, uint64_t number)
{
	return spans->len > 0 && span_at(spans, count_of(spans) - 1)->number == number;
}

/* Adds a span of some tokens, or the tokens to the last span. */
static void keep(struct writer *writer, struct bytes *spans, const struct span *tokens)
{
	if (is_in_last(spans, tokens->number)) {
		struct span *const last = span_at(spans, count_of(spans) - 1);
		last->end = tokens->end;
		last->n_tokens += tokens->n_tokens;
	} else if (!bytes_append(spans, (const char *)tokens, sizeof *tokens)) {
		writer->spans.is_out_of_memory = true;
	}
}

/* ---- Text ---- */

static char *put_pair(char *dst, struct put_high *cache, uint64_t start, uint64_t end)
{
	dst = put_decimal(dst, cache, start);
	*dst++ = ',';
	return put_decimal(dst, cache, end);
}

/* Up to the value, which stands in the middle. */
static char *open_span(struct writer *writer, char *dst, const struct place *start,
                       const struct place *end)
{
	*dst++ = '[';
	dst = put_pair(dst, &writer->offsets.chars, start->ch, end->ch);
	*dst++ = ',';
	return dst;
}

static char *close_span(struct writer *writer, char *dst, const struct place *start,
                        const struct place *end)
{
	if (writer->args->compact) {
		*dst++ = ']';
		return dst;
	}
	*dst++ = ',';
	dst = put_pair(dst, &writer->offsets.bytes, start->byte, end->byte);
	if (writer->args->utf16) {
		*dst++ = ',';
		dst = put_pair(dst, &writer->spans.units_high, start->unit, end->unit);
	}
	*dst++ = ']';
	return dst;
}

/* Names of attributes have two parts, or three for readers who want so. */
static const char *name_of(const struct writer *writer, const char *name, const char *compact_name)
{
	return writer->args->compact ? compact_name : name;
}

static void write_sentences(struct writer *writer)
{
	struct sink *sink = writer->sink;
	const struct bytes *spans = &writer->spans.sentences;
	sink_string(sink, name_of(writer, "],\"lafz__sentences\":[", "],\"lafz__sentences__all\":["));
	for (size_t i = 0; i < count_of(spans); i++) {
		const struct span span = *span_at(spans, i);
		char *dst = sink_room(sink, SPAN_ROOM);
		if (i > 0)
			*dst++ = ',';
		dst = open_span(writer, dst, &span.start, &span.end);
		dst = put_decimal(dst, &writer->others_high, span.n_tokens);
		sink_take(sink, close_span(writer, dst, &span.start, &span.end));
	}
	sink_byte(sink, ']');
}

/* The runs of one language, from the first on, which is one. */
static void write_runs_of(struct writer *writer, uint16_t lang, size_t first)
{
	struct sink *sink = writer->sink;
	const struct bytes *spans = &writer->spans.runs;
	sink_string(sink, name_of(writer, ",\"lafz__runs_", ",\"lafz__runs__"));
	char *const name = write_lang(writer, sink_room(sink, SPAN_ROOM), lang);
	sink_take(sink, PUT_LITERAL(name, "\":["));
	for (size_t i = first; i < count_of(spans); i++) {
		const struct span span = *span_at(spans, i);
		if (span.lang != lang)
			continue;
		char *dst = sink_room(sink, SPAN_ROOM);
		if (i > first)
			*dst++ = ',';
		dst = open_span(writer, dst, &span.start, &span.end);
		dst = put_confidence(dst, span.confidence);
		sink_take(sink, close_span(writer, dst, &span.start, &span.end));
	}
	sink_byte(sink, ']');
}

/* An array for each language, in the order they come in: there are few. */
static void write_runs(struct writer *writer)
{
	const struct bytes *spans = &writer->spans.runs;
	uint8_t has[8192] = {0}; /* a bit a language */
	for (size_t i = 0; i < count_of(spans); i++) {
		const uint16_t lang = span_at(spans, i)->lang;
		if (has[lang >> 3] & (1U << (lang & 7)))
			continue;
		has[lang >> 3] |= (uint8_t)(1U << (lang & 7));
		write_runs_of(writer, lang, i);
	}
}

/* ---- Lines ---- */

static void open_line(struct writer *writer)
{
	sink_string(writer->sink, "{\"id\":\"");
	put_json(writer->sink, writer->doc.ptr, writer->doc.len);
	sink_string(writer->sink, name_of(writer, "\",\"attributes\":{\"lafz__tokens\":[",
	                                  "\",\"attributes\":{\"lafz__tokens__all\":["));
	writer->has_line = false; /* no token in it yet */
}

static void close_line(struct writer *writer)
{
	write_sentences(writer);
	write_runs(writer);
	sink_string(writer->sink, "}}\n");
	writer->spans.sentences.len = 0;
	writer->spans.runs.len = 0;
}

static void begin(struct writer *writer)
{
	writer->spans.walked = 0;
	writer->spans.n_wide = 0;
	open_line(writer);
}

static void end_document(struct writer *writer)
{
	close_line(writer);
	if (!writer->spans.is_out_of_memory)
		return;
	/* as if the write had failed, since the line is not what it should be */
	writer->sink->has_failed = true;
	(void)fail_say("out of memory");
}

/* ---- Tokens ---- */

/* Counts the characters outside the Basic Multilingual Plane up to a byte: two UTF-16 units each. */
static void walk(struct writer *writer, const struct lafz_batch *batch, uint64_t to)
{
	struct write_spans *spans = &writer->spans;
	if (spans->walked < batch->base)
		spans->walked = batch->base;
	while (spans->walked < to) {
		const size_t at = (size_t)(spans->walked - batch->base);
		const size_t left = (size_t)(to - spans->walked);
		size_t n = 1;
		if ((unsigned char)batch->text[at] >= 0xF0)
			spans->n_wide += repair_look(batch->text + at, left, &n) == REPAIR_GOOD;
		spans->walked += n;
	}
}

static struct place place_of(struct writer *writer, const struct lafz_batch *batch, uint32_t byte,
                             uint32_t ch)
{
	struct place place = {batch->cbase + ch, batch->base + byte, 0};
	if (writer->args->utf16) {
		walk(writer, batch, place.byte);
		place.unit = place.ch + writer->spans.n_wide;
	}
	return place;
}

/* The array of tokens with offsets in UTF-16 units, or in characters alone. */
static void write_other_tokens(struct writer *writer, const struct lafz_batch *batch, size_t i, size_t n)
{
	for (const size_t end = i + n; i < end; i++) {
		const struct place from = place_of(writer, batch, batch->start[i], batch->cstart[i]);
		const struct place to = place_of(writer, batch, batch->end[i], batch->cend[i]);
		char *dst = sink_room(writer->sink, SPAN_ROOM);
		*dst = ',';
		dst += writer->has_line;
		writer->has_line = true;
		dst = open_span(writer, dst, &from, &to);
		dst = put_small(dst, batch->kind[i]);
		sink_take(writer->sink, close_span(writer, dst, &from, &to));
	}
}

/* [characters, kind, bytes]: as put_front has it, but that characters come first, with the last digit of the kind put in. */
static const struct put_front_texts token_texts = {
	{{"[", 1}, {",", 1}, {",0,", 3}, {",", 1}, {"],", 2}},
};

#define KIND_AT 4 /* from the last three digits of the second number on */

/* Bytes and characters change places. */
static struct lafz_batch turned(const struct lafz_batch *batch)
{
	return (struct lafz_batch){
		.base = batch->cbase,
		.cbase = batch->base,
		.start = batch->cstart,
		.end = batch->cend,
		.cstart = batch->start,
		.cend = batch->end,
	};
}

/* A token whatever its numbers are. */
static char *put_any_token(struct writer *writer, char *dst, const struct lafz_batch *batch, size_t i, uint8_t kind)
{
	struct put_high *const chars = &writer->offsets.chars, *const bytes = &writer->offsets.bytes;
	*dst++ = '[';
	dst = put_pair(dst, chars, batch->base + batch->start[i], batch->base + batch->end[i]);
	*dst++ = ',';
	dst = put_small(dst, kind);
	*dst++ = ',';
	dst = put_pair(dst, bytes, batch->cbase + batch->cstart[i], batch->cbase + batch->cend[i]);
	return PUT_LITERAL(dst, "],");
}

/* The same without them. There is room for n tokens. */
static char *put_tokens(struct writer *writer, char *dst, const struct lafz_batch *given, size_t i, size_t n)
{
	const struct lafz_batch batch = turned(given);
	struct put_front *const front = &writer->front;
	char scratch[PUT_FRONT_CAP];
	for (const size_t end = i + n; i < end; i++) {
		const struct put_front_low low = put_front_low(front, &batch, i);
		const uint8_t kind = given->kind[i];
		if (front->is_usable && put_front_fits(low) && kind < 10) {
			const size_t kind_at = (size_t)front->at[1] + KIND_AT;
			char *const token = dst;
			dst = put_front(dst, front, low, ',');
			token[kind_at] = (char)('0' + kind);
			dst[-2] = ']';
			continue;
		}
		dst = put_any_token(writer, dst, &batch, i, kind);
		/* so that the next ones fit */
		if (batch.base + batch.start[i] >= 1000 && batch.cbase + batch.cstart[i] >= 1000)
			(void)put_front_anew(scratch, front, &token_texts, &writer->spans.turned, &batch, i);
	}
	return dst;
}

static void write_tokens(struct writer *writer, const struct lafz_batch *batch, size_t i, size_t n)
{
	if (writer->args->utf16 || writer->args->compact) {
		write_other_tokens(writer, batch, i, n);
		return;
	}
	while (n > 0) {
		const size_t now = n < TOKENS_MOST ? n : TOKENS_MOST;
		char *dst = sink_room(writer->sink, TOKENS_MOST * SPAN_ROOM);
		*dst = ',';
		dst = put_tokens(writer, dst + writer->has_line, batch, i, now);
		sink_take(writer->sink, dst - 1); /* without the last comma */
		writer->has_line = true;
		i += now;
		n -= now;
	}
}

/* Tokens of one sentence and run. */
static void write_stretch_of(struct writer *writer, const struct lafz_batch *batch, size_t i, size_t end)
{
	struct write_spans *spans = &writer->spans;
	const uint64_t sent = batch->sent_base + batch->sent[i];
	const uint64_t run = batch->run_base + batch->run[i];
	struct span tokens = {
		.n_tokens = end - i, .confidence = batch->confidence[i], .lang = batch->lang[i]};
	if (count_of(&spans->sentences) + count_of(&spans->runs) >= SPANS_MOST &&
	    !is_in_last(&spans->sentences, sent) && !is_in_last(&spans->runs, run)) {
		close_line(writer);
		open_line(writer);
	}
	tokens.start = place_of(writer, batch, batch->start[i], batch->cstart[i]);
	write_tokens(writer, batch, i, end - i);
	tokens.end = place_of(writer, batch, batch->end[end - 1], batch->cend[end - 1]);
	tokens.number = sent;
	keep(writer, &spans->sentences, &tokens);
	tokens.number = run;
	keep(writer, &spans->runs, &tokens);
}

static void write_batch(struct writer *writer, const struct lafz_batch *batch)
{
	const struct lafz_batch own = turned(batch);
	put_front_batch(&writer->front, &own);
	for (size_t i = 0, end = 0; i < batch->n; i = end) {
		end = write_stretch_end(batch, i, batch->n);
		write_stretch_of(writer, batch, i, end);
	}
	if (writer->args->utf16)
		walk(writer, batch, batch->base + batch->len);
}

void write_spans_free(struct write_spans *spans)
{
	bytes_free(&spans->sentences);
	bytes_free(&spans->runs);
}

const struct format_kind write_spans = {
	.want = LAFZ_WANT_CHARS | LAFZ_WANT_RUNS | LAFZ_WANT_SENTS,
	.begin = begin,
	.batch = write_batch,
	.end = end_document,
};
