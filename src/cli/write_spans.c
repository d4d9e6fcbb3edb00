/*
 * -f spans: where tokens, sentences and runs lie in the text, a line a document, as the attribute
 * files of Dolma have it. The array of tokens comes first and goes to the sink at once; those of
 * sentences and runs are kept until it ends. So that a document of any size needs little memory, its
 * line ends when SPANS_MOST of them are kept, between two tokens that share neither, and it goes on
 * in a further line with the same id.
 */
#include "cli/spans.h"

#include "cli/fail.h"
#include "cli/repair.h"

#define SPANS_MOST 65536 /* sentences and runs of one line, some 3 MiB of text */
#define TOKENS_MOST 512  /* written between two looks at the room in the sink */
#define TOKEN_ROOM 96    /* a token with offsets in characters and bytes */

/* ---- Lines ---- */

static void open_line(struct writer *writer)
{
	sink_string(writer->sink, "{\"id\":\"");
	put_json(writer->sink, writer->doc.ptr, writer->doc.len);
	sink_string(writer->sink, spans_name(writer, "\",\"attributes\":{\"lafz__tokens\":[",
	                                  "\",\"attributes\":{\"lafz__tokens__all\":["));
	writer->has_line = false; /* no token in it yet */
}

static void close_line(struct writer *writer)
{
	spans_write(writer);
	sink_string(writer->sink, "}}\n");
}

static void head(struct writer *writer)
{
	write_prepare(writer, "", "");
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

static struct write_place place_of(struct writer *writer, const struct lafz_batch *batch, uint32_t byte,
                                   uint32_t ch)
{
	struct write_place place = {batch->cbase + ch, batch->base + byte, 0};
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
		const struct write_place from = place_of(writer, batch, batch->start[i], batch->cstart[i]);
		const struct write_place to = place_of(writer, batch, batch->end[i], batch->cend[i]);
		char *dst = sink_room(writer->sink, SPANS_ROOM);
		*dst = ',';
		dst += writer->has_line;
		writer->has_line = true;
		dst = spans_open(dst, &writer->offsets, &from, &to);
		dst = put_small(dst, batch->kind[i]);
		sink_take(writer->sink, spans_end(dst, writer, &writer->offsets, &from, &to));
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
	dst = spans_pair(dst, chars, batch->base + batch->start[i], batch->base + batch->end[i]);
	*dst++ = ',';
	dst = put_small(dst, kind);
	*dst++ = ',';
	dst = spans_pair(dst, bytes, batch->cbase + batch->cstart[i], batch->cbase + batch->cend[i]);
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

#ifdef LAFZ_KERNEL_AVX2
static span_rows_function *rows_of(const struct writer *writer)
{
#ifdef LAFZ_KERNEL_AVX512
	if (writer->has_avx512)
		return span_rows_put_avx512;
#endif
	(void)writer;
	return span_rows_put_avx2;
}

/* The same for AVX2 and AVX-512. */
static char *put_tokens_wide(struct writer *writer, char *dst, const struct lafz_batch *batch, size_t i, size_t n)
{
	const struct lafz_batch own = turned(batch);
	struct span_rows *const rows = &writer->spans.rows;
	for (const size_t end = i + n; i < end;) {
		size_t n_fit = span_rows_count(rows, batch, i, end - i);
		if (n_fit == 0) {
			span_rows_make(rows, batch->cbase + batch->cstart[i], batch->base + batch->start[i]);
			n_fit = span_rows_count(rows, batch, i, end - i);
		}
		const size_t n_put = n_fit > 0 ? rows_of(writer)(dst, rows, batch, i, n_fit) : 0;
		dst += n_put * rows->len;
		i += n_put;
		/* this one has another number of digits in its end, or of its kind */
		if (n_put < n_fit || n_fit == 0) {
			dst = put_any_token(writer, dst, &own, i, batch->kind[i]);
			i++;
		}
	}
	return dst;
}
#else
#define put_tokens_wide put_tokens
#endif

static void write_tokens(struct writer *writer, const struct lafz_batch *batch, size_t i, size_t n)
{
	if (writer->args->utf16 || writer->args->compact) {
		write_other_tokens(writer, batch, i, n);
		return;
	}
	while (n > 0) {
		const size_t now = n < TOKENS_MOST ? n : TOKENS_MOST;
		char *dst = sink_room(writer->sink, (TOKENS_MOST + 2) * TOKEN_ROOM);
		*dst = ',';
		dst += writer->has_line;
		dst = writer->has_avx2 ? put_tokens_wide(writer, dst, batch, i, now)
		                       : put_tokens(writer, dst, batch, i, now);
		sink_take(writer->sink, dst - 1); /* without the last comma */
		writer->has_line = true;
		i += now;
		n -= now;
	}
}

/* Tokens of one sentence and run. */
static void write_stretch_of(struct writer *writer, const struct lafz_batch *batch, size_t i, size_t end)
{
	struct write_span tokens = {
		.n_tokens = end - i, .confidence = batch->confidence[i], .lang = batch->lang[i]};
	tokens.start = place_of(writer, batch, batch->start[i], batch->cstart[i]);
	write_tokens(writer, batch, i, end - i);
	tokens.end = place_of(writer, batch, batch->end[end - 1], batch->cend[end - 1]);
	spans_add(writer, &tokens, batch->sent_base + batch->sent[i], batch->run_base + batch->run[i]);
}

static void end_full_line(struct writer *writer, const struct lafz_batch *batch, size_t i)
{
	const struct write_spans *const spans = &writer->spans;
	if (spans->n_kept < SPANS_MOST ||
	    spans_go_on(spans, batch->sent_base + batch->sent[i], batch->run_base + batch->run[i]))
		return;
	close_line(writer);
	open_line(writer);
}

/* No fewer than the sentences and runs of a batch. */
static uint64_t most_spans(const struct lafz_batch *batch)
{
	const size_t last = batch->n - 1;
	return (uint64_t)(batch->sent[last] - batch->sent[0]) + (batch->run[last] - batch->run[0]) + 2;
}

/* Stretch by stretch: a line may end between two of them, and UTF-16 units can be counted forward only. */
static void write_stretches(struct writer *writer, const struct lafz_batch *batch)
{
	for (size_t i = 0, end = 0; i < batch->n; i = end) {
		end = write_stretch_end(batch, i, batch->n);
		end_full_line(writer, batch, i);
		write_stretch_of(writer, batch, i, end);
	}
	if (writer->args->utf16)
		walk(writer, batch, batch->base + batch->len);
}

static void write_batch(struct writer *writer, const struct lafz_batch *batch)
{
	const struct lafz_batch own = turned(batch);
	put_front_batch(&writer->front, &own);
	if (batch->n == 0 || writer->args->utf16 || writer->spans.n_kept + most_spans(batch) >= SPANS_MOST) {
		write_stretches(writer, batch);
		return;
	}
	write_tokens(writer, batch, 0, batch->n);
	spans_add_batch(writer, batch);
}

const struct format_kind write_spans = {
	.want = LAFZ_WANT_CHARS | LAFZ_WANT_RUNS | LAFZ_WANT_SENTS,
	.head = head,
	.begin = begin,
	.batch = write_batch,
	.end = end_document,
};
