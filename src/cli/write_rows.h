/*
 * Rows of tokens that can be copied in short steps: the loops of tsv and jsonl in which most of a writer's time goes. They are
 * compiled twice, with the instructions that every processor has and with those of AVX2, where a step is one instruction for two.
 */
#ifndef LAFZ_CLI_WRITE_ROWS_H
#define LAFZ_CLI_WRITE_ROWS_H

#include "cli/write.h"

/* Tokens from *at to end at most; *at becomes the first that is left. */
typedef char *write_tsv_rows(struct writer *writer, char *dst, const struct lafz_batch *given, size_t *at, size_t end);
typedef char *write_jsonl_rows(struct writer *writer, char *dst, const struct lafz_batch *given, char before, size_t *at,
                               size_t end);

write_tsv_rows write_tsv_rows_avx2;
write_jsonl_rows write_jsonl_rows_avx2;

/* tsv: the texts around the offsets of a token. */
extern const struct put_front_texts write_tsv_front;

/* tsv: makes what token i has in common with those beside it. */
void write_tsv_same(struct writer *writer, const struct lafz_batch *batch, size_t i);

/* ---- tsv ---- */

static inline char *tsv_behind_lang(const struct writer *writer, char *dst, uint8_t kind, uint8_t script)
{
	return write_kind(writer, write_script(writer, dst, script) + 1, kind); /* a tab is behind the script */
}

static inline char *tsv_behind_key(struct writer *writer, char *dst, uint16_t flags)
{
	const struct write_same *same = &writer->same;
	char *end = put_long_block(dst, &same->back);
	if (flags == 0)
		return end;
	dst = write_flags_tsv(writer, dst + same->flags_at, flags);
	const size_t rest = same->flags_at + 1;
	memcpy(dst, same->back.text + rest, same->back.len - rest);
	return dst + (same->back.len - rest);
}

/*
 * The tokens from *at on, up to the first that cannot be copied in short steps. They are inner ones and clean, the document's name is
 * short, and neighbours of one sentence and run have one language and confidence. is_wide: many values have more than one
 * step, so that a branch on it would cost more than a second step.
 */
__attribute__((always_inline)) static inline char *tsv_rows(struct writer *writer, char *dst,
                                                            const struct lafz_batch *given, size_t *at,
                                                            size_t end, bool is_wide)
{
	const struct lafz_batch batch = *given; /* no write through dst can change it */
	const struct write_same *const same = &writer->same;
	size_t i = *at;
	for (; i < end; i++) {
		const struct write_short values = write_short(&batch, i);
		if (!write_is_short(&values))
			break;
		if (((same->sent ^ batch.sent[i]) | (same->run ^ batch.run[i])) != 0) {
			write_tsv_same(writer, given, i);
			if (same->front.len > 2 * PUT_STEP)
				break;
		}
		const struct put_front_low low = put_front_low(&writer->front, &batch, i);
		const uint8_t kind = batch.kind[i], script = batch.script[i];
		dst = put_front_fits(low) ? put_front(dst, &writer->front, low, '\t')
		                          : put_front_anew(dst, &writer->front, &write_tsv_front, &writer->offsets, given, i);
		put_two(dst, same->front.text);
		dst = tsv_behind_lang(writer, dst + same->front.len, kind, script);
		dst = put_short(dst, values.surface, values.len, is_wide);
		*dst++ = '\t';
		dst = put_short(dst, values.norm, values.norm_len, is_wide);
		*dst++ = '\t';
		dst = put_short(dst, values.key, values.key_len, is_wide);
		*dst++ = '\t';
		dst = tsv_behind_key(writer, dst, values.flags);
	}
	*at = i;
	return dst;
}

/* ---- jsonl ---- */

/* One store instead of two: the text has sixteen bytes, of which the first len count. */
static inline char *put_literal_16(char *dst, const char text[PUT_STEP], size_t len)
{
	memcpy(dst, text, PUT_STEP);
	return dst + len;
}

static inline char *jsonl_behind_script(struct writer *writer, char *dst, uint16_t flags)
{
	char *const end = put_long_block(dst, &writer->same.back);
	return flags == 0 ? end : write_flags_json(writer, dst + writer->same.flags_at, flags);
}

/*
 * The tokens from *at on, up to the first that cannot be copied in short steps; their offsets fit. They are
 * inner ones of one stretch and clean, and nothing more was asked for. before is written before the first one.
 */
__attribute__((always_inline)) static inline char *jsonl_rows(struct writer *writer, char *dst,
                                                               const struct lafz_batch *given, char before,
                                                               size_t *at, size_t end, bool is_wide)
{
	const struct lafz_batch batch = *given; /* no write through dst can change it */
	const struct put_front *const front = &writer->front;
	size_t i = *at;
	for (; i < end; i++, before = ',') {
		const struct put_front_low low = put_front_low(front, &batch, i);
		const struct write_short values = write_short(&batch, i);
		if (!write_is_short(&values))
			break;
		const uint8_t kind = batch.kind[i], script = batch.script[i];
		*dst++ = before;
		dst = put_front(dst, front, low, ',');
		dst = put_short(dst, values.surface, values.len, is_wide);
		dst = put_literal_16(dst, "\",\"norm\":\"\0\0\0\0\0", 10);
		dst = put_short(dst, values.norm, values.norm_len, is_wide);
		dst = put_literal_16(dst, "\",\"key\":\"\0\0\0\0\0\0", 9);
		dst = put_short(dst, values.key, values.key_len, is_wide);
		dst = write_kind(writer, dst, kind);
		dst = jsonl_behind_script(writer, write_script(writer, dst, script), values.flags);
		*dst++ = '}';
	}
	*at = i;
	return dst;
}

#endif
