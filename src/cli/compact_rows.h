/*
 * A sentence of -f jsonl --compact whose tokens can all be copied in short steps, which is nearly every one. Compiled twice, with the
 * instructions that every processor has and with those of AVX2.
 */
#ifndef LAFZ_CLI_COMPACT_ROWS_H
#define LAFZ_CLI_COMPACT_ROWS_H

#ifdef __AVX2__
#include <immintrin.h>
#endif

#include "cli/clean.h"
#include "cli/write.h"

#define COMPACT_INLINE __attribute__((always_inline)) static inline
#define COMPACT_TOKENS_MOST 56 /* of such a sentence: there is always room for them */

/*
 * Writes the line of the tokens from i to end, which are a sentence; they are inner ones. NULL: one of them
 * cannot be copied so. There is room for COMPACT_TOKENS_MOST of them, and for what stands around.
 */
typedef char *compact_sentence(struct writer *writer, char *dst, const struct lafz_batch *given, size_t i, size_t end,
                               struct clean *clean);

compact_sentence compact_sentence_avx2;

/* For the sentence below; they are not inline. What stands before its number, with that of its paragraph. False: it is too long. */
bool compact_make_line(struct writer *writer, uint64_t par);

/* The tag of a language with what stands around it in the first token. */
void compact_make_lang(struct writer *writer, uint16_t lang);

/* The values of a short token in which something must be escaped, with all around them. */
char *compact_put_escaped(char *dst, const struct write_short *values);

/* The language, run and confidence of a token that has another run than the one before it. */
char *compact_put_change(struct writer *writer, char *dst, const struct lafz_batch *batch, size_t i);

/* The offsets of a sentence whatever they are. */
char *compact_put_span(struct writer *writer, char *dst, const struct lafz_batch *batch, size_t i, size_t end);

/* Whether two texts of less than two steps are the same. */
static inline bool compact_is_same(const char *a, const char *b, size_t len)
{
#ifdef __AVX2__
	const __m256i first = _mm256_loadu_si256((const __m256i *)(const void *)a);
	const __m256i second = _mm256_loadu_si256((const __m256i *)(const void *)b);
	const uint32_t same = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(first, second));
	return _bzhi_u32(~same, (uint32_t)len) == 0;
#else
	return put_short_same(a, b, len);
#endif
}

/* Two steps at once, where that is one instruction. */
static inline char *compact_put_short(char *dst, const char *text, size_t len)
{
#ifdef __AVX2__
	return put_short(dst, text, len, true);
#else
	return put_short(dst, text, len, false);
#endif
}

/*
 * norm or key behind the surface, unless they are the same. It is written in any case and kept if they are not, since that cannot be
 * foreseen.
 */
COMPACT_INLINE char *compact_put_other(char *dst, const struct write_short *values, const char *text, uint32_t len,
                                      const char name[PUT_STEP], size_t name_len)
{
	const bool is_other = len != values->len || !compact_is_same(text, values->surface, len);
	memcpy(dst, name, PUT_STEP);
	char *const end = compact_put_short(dst + name_len, text, len);
	*end = '"';
	return dst + (is_other ? name_len + len + 1 : 0);
}

COMPACT_INLINE char *compact_put_values(char *dst, const struct write_short *values, bool has_norms)
{
	static const char norm_name[PUT_STEP] = ",\"norm\":\"", key_name[PUT_STEP] = ",\"key\":\"";
	dst = compact_put_short(dst, values->surface, values->len);
	*dst++ = '"';
	/* that one is other is rare enough */
	if (has_norms && (values->norm_len != values->len || !compact_is_same(values->norm, values->surface, values->len)))
		dst = compact_put_other(dst, values, values->norm, values->norm_len, norm_name, 9);
	return compact_put_other(dst, values, values->key, values->key_len, key_name, 8);
}

/* What is asked once a sentence. */
struct compact_ways {
	bool are_fitting; /* the offsets of all tokens */
	bool has_norms;   /* that are not the surfaces */
	size_t dirty;     /* the next token that is not clean */
	struct clean *clean;
};

COMPACT_INLINE struct compact_ways compact_ways_of(const struct writer *writer, const struct lafz_batch *batch, size_t i,
                                                   size_t end, struct clean *clean)
{
	const struct put_front *const front = &writer->front;
	return (struct compact_ways){
		.are_fitting = front->is_usable && put_front_fits(put_front_low(front, batch, i)) &&
		               put_front_fits(put_front_low(front, batch, end - 1)),
		.has_norms = batch->norm_text != batch->text,
		.dirty = clean_end(clean),
		.clean = clean,
	};
}

/* Up to the kind. */
COMPACT_INLINE char *compact_put_token(struct writer *writer, char *dst, const struct lafz_batch *batch, size_t i,
                                       const struct write_short *values, struct compact_ways *ways)
{
	const uint8_t kind = batch->kind[i];
	dst = ways->are_fitting ? put_front(dst, &writer->front, put_front_low(&writer->front, batch, i), ',')
	                        : put_front_any(dst, &writer->front, &write_jsonl_front, &writer->offsets, batch, i, ',');
	if (i < ways->dirty) {
		dst = compact_put_values(dst, values, ways->has_norms);
	} else {
		dst = compact_put_escaped(dst, values);
		clean_behind(ways->clean, i);
		ways->dirty = clean_end(ways->clean);
	}
	return write_kind(writer, dst, kind);
}

/* The script with all around it, if it is asked for. */
static inline char *compact_put_script(const struct writer *writer, char *dst, uint8_t script, bool is_other)
{
	memcpy(dst, writer->compact.scripts[script], PUT_STEP);
	return dst + (is_other ? PUT_STEP : 0);
}

static inline char *compact_put_flags(struct writer *writer, char *dst, uint16_t flags)
{
	if (flags != 0)
		dst = write_flags_json(writer, PUT_LITERAL(dst, ",\"flags\":"), flags);
	*dst++ = '}';
	return dst;
}

/* Up to the array of tokens. NULL: the name of the document is too long. */
static inline char *compact_open_line(struct writer *writer, char *dst, const struct lafz_batch *batch, size_t i, size_t end)
{
	struct write_compact *const compact = &writer->compact;
	const uint64_t par = batch->par_base + batch->par[i];
	if ((compact->line.len == 0 || compact->par != par) && !compact_make_line(writer, par))
		return NULL;
	dst = put_decimal(put_block(dst, &compact->line), &writer->sent_high, batch->sent_base + batch->sent[i]);
	const struct put_front *const front = &compact->front;
	const struct put_front_low low = {
		batch->start[i] - front->batch_bytes,
		batch->end[end - 1] - front->batch_bytes,
		batch->cstart[i] - front->batch_chars,
		batch->cend[end - 1] - front->batch_chars,
	};
	return front->is_usable && put_front_fits(low) ? put_front(dst, front, low, ',')
	                                               : compact_put_span(writer, dst, batch, i, end);
}

/* What is that of the token before in all others of the sentence. */
static inline char *compact_put_run(struct writer *writer, char *dst, const struct lafz_batch *batch, size_t i)
{
	struct write_names *const lang = &writer->compact.lang;
	if (lang->id != batch->lang[i] + UINT64_C(1))
		compact_make_lang(writer, batch->lang[i]);
	dst = put_decimal(put_block(dst, &lang->block), &writer->run_high, batch->run_base + batch->run[i]);
	return put_confidence(PUT_LITERAL(dst, ",\"confidence\":"), batch->confidence[i]);
}

COMPACT_INLINE char *compact_put_sentence(struct writer *writer, char *dst, const struct lafz_batch *given, size_t i, size_t end,
                                          struct clean *clean)
{
	const struct lafz_batch batch = *given; /* no write through dst can change it */
	struct compact_ways ways = compact_ways_of(writer, &batch, i, end, clean);
	const struct write_short values = write_short(&batch, i);
	dst = write_is_short(&values) ? compact_open_line(writer, dst, &batch, i, end) : NULL;
	if (!dst)
		return NULL;
	dst = compact_put_token(writer, dst, &batch, i, &values, &ways);
	dst = compact_put_script(writer, dst, batch.script[i], true);
	dst = compact_put_run(writer, dst, &batch, i);
	dst = compact_put_flags(writer, dst, values.flags);
	for (i++; i < end; i++) {
		const struct write_short next = write_short(&batch, i);
		if (!write_is_short(&next))
			return NULL;
		*dst++ = ',';
		dst = compact_put_token(writer, dst, &batch, i, &next, &ways);
		dst = compact_put_script(writer, dst, batch.script[i], batch.script[i] != batch.script[i - 1]);
		if (batch.run[i] != batch.run[i - 1])
			dst = compact_put_change(writer, dst, &batch, i);
		dst = compact_put_flags(writer, dst, next.flags);
	}
	return PUT_LITERAL(dst, "]}\n");
}

#endif
