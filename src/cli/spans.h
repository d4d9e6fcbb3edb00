/*
 * What stands behind the array of tokens in a line of -f spans: those of sentences and runs. They are kept as the text they will be,
 * since most of a span is at hand when it ends; only the last of each may still go on.
 */
#ifndef LAFZ_CLI_SPANS_H
#define LAFZ_CLI_SPANS_H

#include "cli/write.h"

#define SPANS_ROOM 256 /* one span as text */

/* Whether a sentence and a run with these numbers are those of the last tokens. */
static inline bool spans_go_on(const struct write_spans *spans, uint64_t sent, uint64_t run)
{
	return (spans->sentence.n_tokens > 0 && spans->sentence.number == sent) ||
	       (spans->run.n_tokens > 0 && spans->run.number == run);
}

/* Tokens of one sentence and run, which have these numbers; that of tokens is not looked at. */
void spans_add(struct writer *writer, const struct write_span *tokens, uint64_t sent, uint64_t run);

/* The same of all tokens of a batch, of which there is one at least; without UTF-16 units. */
void spans_add_batch(struct writer *writer, const struct lafz_batch *batch);

/* Writes the end of the array of tokens and those behind it; then there are no spans. */
void spans_write(struct writer *writer);

/* A name of an attribute has two parts, or three for readers who want so. */
static inline const char *spans_name(const struct writer *writer, const char *name, const char *compact_name)
{
	return writer->args->compact ? compact_name : name;
}

/* ---- One span: it is opened, its value is written, it is closed ---- */

static inline char *spans_pair(char *dst, struct put_high *cache, uint64_t start, uint64_t end)
{
	dst = put_decimal(dst, cache, start);
	*dst++ = ',';
	return put_decimal(dst, cache, end);
}

static inline char *spans_open(char *dst, struct put_offsets *caches, const struct write_place *start,
                               const struct write_place *end)
{
	*dst++ = '[';
	dst = spans_pair(dst, &caches->chars, start->ch, end->ch);
	*dst++ = ',';
	return dst;
}

static inline char *spans_end(char *dst, struct writer *writer, struct put_offsets *caches,
                              const struct write_place *start, const struct write_place *end)
{
	if (!writer->args->compact) {
		*dst++ = ',';
		dst = spans_pair(dst, &caches->bytes, start->byte, end->byte);
	}
	if (writer->args->utf16 && !writer->args->compact) {
		*dst++ = ',';
		dst = spans_pair(dst, &writer->spans.units_high, start->unit, end->unit);
	}
	*dst++ = ']';
	return dst;
}

#endif
