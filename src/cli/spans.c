#include "cli/spans.h"

#include "cli/borders.h"

#define SPANS_AT_ONCE 64

/* The runs of one language. */
struct runs {
	struct bytes text; /* owned */
	uint16_t lang;
};

/* A place for n bytes; NULL: there is no memory. */
static char *room(struct write_spans *spans, struct bytes *out, size_t n)
{
	if (bytes_reserve(out, n))
		return out->ptr + out->len;
	spans->is_out_of_memory = true;
	return NULL;
}

static void take(struct bytes *out, const char *end)
{
	out->len = (size_t)(end - out->ptr);
}

static void end_sentence(struct writer *writer)
{
	struct write_spans *const spans = &writer->spans;
	const struct write_span *const span = &spans->sentence;
	char *dst = span->n_tokens > 0 ? room(spans, &spans->sentences, SPANS_ROOM) : NULL;
	if (!dst)
		return;
	*dst++ = ',';
	dst = spans_open(dst, &spans->offsets, &span->start, &span->end);
	dst = put_decimal(dst, &spans->n_tokens_high, span->n_tokens);
	take(&spans->sentences, spans_end(dst, writer, &spans->offsets, &span->start, &span->end));
	spans->sentence.n_tokens = 0;
}

static struct runs *runs_at(const struct write_spans *spans, size_t i)
{
	return (struct runs *)(void *)(spans->langs.ptr + i * sizeof(struct runs));
}

/* The runs of a language, in the order the languages come in: there are few. NULL: there is no memory. */
static struct runs *runs_of(struct write_spans *spans, uint16_t lang)
{
	const struct runs none = {0};
	size_t i = 0;
	while (i < spans->n_langs && runs_at(spans, i)->lang != lang)
		i++;
	if (i * sizeof none == spans->langs.len && !bytes_append(&spans->langs, (const char *)&none, sizeof none)) {
		spans->is_out_of_memory = true;
		return NULL;
	}
	spans->n_langs += i == spans->n_langs;
	runs_at(spans, i)->lang = lang;
	return runs_at(spans, i);
}

static void end_run(struct writer *writer)
{
	struct write_spans *const spans = &writer->spans;
	const struct write_span *const span = &spans->run;
	struct runs *const runs = span->n_tokens > 0 ? runs_of(spans, span->lang) : NULL;
	char *dst = runs ? room(spans, &runs->text, SPANS_ROOM) : NULL;
	if (!dst)
		return;
	*dst++ = ',';
	dst = spans_open(dst, &spans->offsets, &span->start, &span->end);
	dst = put_confidence(dst, span->confidence);
	take(&runs->text, spans_end(dst, writer, &spans->offsets, &span->start, &span->end));
	spans->run.n_tokens = 0;
}

/* Tokens that go on with a span; false: they begin another one. */
static bool extend(struct write_span *span, const struct write_span *tokens, uint64_t number)
{
	if (span->n_tokens == 0 || span->number != number)
		return false;
	span->end = tokens->end;
	span->n_tokens += tokens->n_tokens;
	return true;
}

static void add_to_sentence(struct writer *writer, const struct write_span *tokens, uint64_t number)
{
	struct write_spans *const spans = &writer->spans;
	if (extend(&spans->sentence, tokens, number))
		return;
	end_sentence(writer);
	spans->sentence = *tokens;
	spans->sentence.number = number;
	spans->n_kept++;
}

static void add_to_run(struct writer *writer, const struct write_span *tokens, uint64_t number)
{
	struct write_spans *const spans = &writer->spans;
	if (extend(&spans->run, tokens, number))
		return;
	end_run(writer);
	spans->run = *tokens;
	spans->run.number = number;
	spans->n_kept++;
}

void spans_add(struct writer *writer, const struct write_span *tokens, uint64_t sent, uint64_t run)
{
	add_to_sentence(writer, tokens, sent);
	add_to_run(writer, tokens, run);
}

/* ---- Batches ---- */

static struct write_span span_of(const struct lafz_batch *batch, size_t i, size_t end)
{
	return (struct write_span){
		.start = {batch->cbase + batch->cstart[i], batch->base + batch->start[i], 0},
		.end = {batch->cbase + batch->cend[end - 1], batch->base + batch->end[end - 1], 0},
		.n_tokens = end - i,
		.confidence = batch->confidence[i],
		.lang = batch->lang[i],
	};
}

static void add_sentence_of(struct writer *writer, const struct lafz_batch *batch, const uint32_t *first)
{
	const struct write_span span = span_of(batch, first[0], first[1]);
	add_to_sentence(writer, &span, batch->sent_base + batch->sent[first[0]]);
}

static void add_run_of(struct writer *writer, const struct lafz_batch *batch, const uint32_t *first)
{
	const struct write_span span = span_of(batch, first[0], first[1]);
	add_to_run(writer, &span, batch->run_base + batch->run[first[0]]);
}

#ifdef LAFZ_KERNEL_AVX2
/* The spans of a list, which are whole, up to the first that does not fit. Returns how many. */
static size_t put_spans(struct write_spans *spans, struct bytes *out, const struct span_list *list,
                        const struct span_value *values)
{
	const struct lafz_batch *const batch = list->batch;
	struct span_list fitting = *list;
	fitting.n = span_rows_count_spans(&spans->rows_of_spans, list);
	if (fitting.n == 0) {
		const size_t i = list->first[0];
		span_rows_make(&spans->rows_of_spans, batch->cbase + batch->cstart[i], batch->base + batch->start[i]);
		fitting.n = span_rows_count_spans(&spans->rows_of_spans, list);
	}
	char *const dst = fitting.n > 0 ? room(spans, out, fitting.n * SPAN_ROWS_MOST + SPAN_ROWS_HALF) : NULL;
	if (!dst)
		return 0;
	take(out, span_rows_put_spans_avx2(dst, &spans->rows_of_spans, &fitting, values));
	return fitting.n;
}

/* Up to SPANS_AT_ONCE sentences behind the last one, which is written. Returns how many. */
static size_t put_sentences(struct writer *writer, const struct lafz_batch *batch, const uint32_t *first, size_t n)
{
	struct span_value values[SPANS_AT_ONCE];
	struct span_list list = {.batch = batch, .first = first};
	for (; list.n < n && list.n < SPANS_AT_ONCE; list.n++) {
		const uint32_t n_tokens = first[list.n + 1] - first[list.n];
		struct span_value *const value = &values[list.n];
		if (n_tokens >= 1000)
			break;
		value->len = (uint8_t)(put_small(value->text, n_tokens) - value->text);
	}
	return put_spans(&writer->spans, &writer->spans.sentences, &list, values);
}

/* A confidence as text. Few different ones come. */
static struct span_value confidence_of(struct write_spans *spans, float confidence)
{
	struct span_value *const value = &spans->confidences[put_thousandths(confidence)];
	if (value->len == 0)
		value->len = (uint8_t)(put_confidence(value->text, confidence) - value->text);
	return *value;
}

/* The same of runs, of one language. */
static size_t put_runs(struct writer *writer, const struct lafz_batch *batch, const uint32_t *first, size_t n)
{
	struct span_value values[SPANS_AT_ONCE];
	struct span_list list = {.batch = batch, .first = first};
	const uint16_t lang = batch->lang[first[0]];
	struct runs *const runs = runs_of(&writer->spans, lang);
	for (; list.n < n && list.n < SPANS_AT_ONCE && batch->lang[first[list.n]] == lang; list.n++)
		values[list.n] = confidence_of(&writer->spans, batch->confidence[first[list.n]]);
	return runs ? put_spans(&writer->spans, &runs->text, &list, values) : 0;
}
#else
static size_t put_sentences(struct writer *writer, const struct lafz_batch *batch, const uint32_t *first, size_t n)
{
	(void)writer, (void)batch, (void)first, (void)n;
	return 0;
}

#define put_runs put_sentences
#endif

/* What is done for sentences, and for runs. */
struct span_kind {
	void (*add)(struct writer *writer, const struct lafz_batch *batch, const uint32_t *first);
	void (*end)(struct writer *writer);
	size_t (*put)(struct writer *writer, const struct lafz_batch *batch, const uint32_t *first, size_t n);
};

static const struct span_kind sentences = {add_sentence_of, end_sentence, put_sentences};
static const struct span_kind runs_of_all = {add_run_of, end_run, put_runs};

/* The first may go on with one of the batch before, and the last in the next; between them many are written at once. */
static void add_spans(struct writer *writer, const struct lafz_batch *batch, const uint32_t *first, size_t n,
                      const struct span_kind *kind)
{
	const bool is_fast = writer->has_avx2 && !writer->args->compact;
	for (size_t i = 0; i < n;) {
		kind->add(writer, batch, first + i++);
		for (size_t n_put = 1; is_fast && n - i > 1 && n_put > 0; i += n_put) {
			kind->end(writer);
			n_put = kind->put(writer, batch, first + i, n - i - 1);
			writer->spans.n_kept += n_put;
		}
	}
}

void spans_add_batch(struct writer *writer, const struct lafz_batch *batch)
{
	struct write_spans *const spans = &writer->spans;
	borders_function *const find = borders_choose(writer->has_avx2);
	uint32_t *const first = (uint32_t *)(void *)room(spans, &spans->first, (batch->n + 1) * sizeof *first);
	if (!first)
		return;
	add_spans(writer, batch, first, find(batch->sent, batch->n, first), &sentences);
	add_spans(writer, batch, first, find(batch->run, batch->n, first), &runs_of_all);
}

/* ---- Lines ---- */

static void put_text(struct sink *sink, const struct bytes *text)
{
	if (text->len > 0)
		sink_put(sink, text->ptr + 1, text->len - 1); /* without the first comma */
}

static void write_runs(struct writer *writer, struct runs *runs)
{
	struct sink *const sink = writer->sink;
	sink_string(sink, spans_name(writer, ",\"lafz__runs_", ",\"lafz__runs__"));
	char *const name = write_lang(writer, sink_room(sink, SPANS_ROOM), runs->lang);
	sink_take(sink, PUT_LITERAL(name, "\":["));
	put_text(sink, &runs->text);
	sink_byte(sink, ']');
}

static void forget(struct write_spans *spans)
{
	/* one language mostly has all, and goes on having all: only the first one's memory is kept */
	for (size_t i = 1; i < spans->n_langs; i++)
		bytes_free(&runs_at(spans, i)->text);
	if (spans->n_langs > 0)
		runs_at(spans, 0)->text.len = 0;
	spans->sentences.len = 0;
	spans->n_langs = 0;
	spans->n_kept = 0;
	spans->sentence.n_tokens = spans->run.n_tokens = 0;
}

void spans_write(struct writer *writer)
{
	struct sink *const sink = writer->sink;
	struct write_spans *const spans = &writer->spans;
	end_sentence(writer);
	end_run(writer);
	sink_string(sink, spans_name(writer, "],\"lafz__sentences\":[", "],\"lafz__sentences__all\":["));
	put_text(sink, &spans->sentences);
	sink_byte(sink, ']');
	for (size_t i = 0; i < spans->n_langs; i++)
		write_runs(writer, runs_at(spans, i));
	forget(spans);
}

void write_spans_free(struct write_spans *spans)
{
	for (size_t i = 0; i * sizeof(struct runs) < spans->langs.len; i++)
		bytes_free(&runs_at(spans, i)->text);
	bytes_free(&spans->sentences);
	bytes_free(&spans->langs);
	bytes_free(&spans->first);
}
