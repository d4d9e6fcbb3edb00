/*
 * The rows of tsv, a group of tokens at a time, for files that have, beside types of vectors,
 *
 *	GROUP, GROUP_BYTES         tokens of a group, and bytes of as many numbers
 *	group_load, group_store    numbers, from and to anywhere (gcc 12 makes two or three moves of a memcpy)
 *	group_min(a, b)            of each number the lesser
 *	group_high(a, b)           of numbers of 16 bits the upper half of the product with one
 *	group_order(a)             number n of each 16 bytes k becomes the one that was at n * GROUP / 4 + k
 *	group_low_2, group_high_2  of each 16 bytes the lower or the upper half of both, 2 bytes of each in turn
 *	group_low_8, group_high_8  the same, 8 bytes in turn
 *	group_shuffle(a, places)   of each 16 bytes
 *	group_bits, group_row_bits which numbers are 0, and which of as many of 16 bits
 *	group_thousandths(p)       of confidences, rounded
 *	group_repeat(p)            16 bytes, again and again
 *
 * First everything that tokens have in columns is looked at for a group: which of its tokens can be written by the text there is,
 * and their digits. Then the tokens are written one by one, without a branch but for flags.
 */
#ifndef LAFZ_CLI_WRITE_GROUP_LOOP_H
#define LAFZ_CLI_WRITE_GROUP_LOOP_H

#include <immintrin.h>
#include <string.h>

#include "cli/put.h"
#include "cli/write.h"
#include "cli/write_group.h"

/* What is written of the tokens of a group. */
struct group {
	unsigned char quads[GROUP][16], pairs[GROUP][16]; /* digits */
	uint32_t start[GROUP], len[GROUP], norm[GROUP], norm_len[GROUP], key[GROUP], key_len[GROUP];
	uint32_t thousandths[GROUP];
	uint16_t flags[GROUP];
	uint8_t kind[GROUP], script[GROUP], row[GROUP];
};

/* Copies as many numbers as a group has. */
static inline group_numbers group_copy(uint32_t *to, const uint32_t *from)
{
	const group_numbers numbers = group_load(from);
	group_store(to, numbers);
	return numbers;
}

static inline group_numbers group_all(uint32_t number)
{
	return number - (group_numbers){0};
}

/* What the digits of number k are made of. To *misfit are added those that do not have as many as the text. */
static inline group_numbers group_low(const struct write_group *texts, const uint32_t *column, size_t k,
                                      group_numbers *misfit)
{
	const group_numbers low = group_load(column) - texts->base[k];
	const group_numbers beyond = low - texts->least[k];
	*misfit |= beyond ^ group_min(beyond, group_all(texts->span[k]));
	return low;
}

/* Two digits of numbers below 100, the first one in the lower byte. */
static inline group_halves group_two_digits(group_halves numbers)
{
	const group_halves tens = group_high(numbers, write_group_factors[2]);
	return (numbers << 8) - tens * write_group_factors[3]; /* 256 * 10 - 1 */
}

/* Four digits of two numbers below 10000 for each token, in turn. a: of the first two of four tokens; b: of the others. */
static inline void group_digits(group_numbers first, group_numbers second, group_numbers *a, group_numbers *b)
{
	const group_halves both = (group_halves)group_order(first | second << 16);
	const group_halves hundreds = group_high(both, write_group_factors[0]) >> 3;
	const group_halves upper = group_two_digits(hundreds), lower = group_two_digits(both - hundreds * write_group_factors[1]);
	*a = group_low_2(upper, lower);
	*b = group_high_2(upper, lower);
}

static inline void group_put_four(unsigned char (*dst)[16], size_t k, group_numbers four)
{
	group_store(dst[k * (GROUP / 4)], four);
}

/* The numbers of rows. */
static inline void group_number_rows(struct group *group, const uint8_t *kinds, const uint8_t *scripts)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	for (size_t k = 0; k < GROUP; k += sizeof ones) {
		uint64_t kind, script;
		memcpy(&kind, kinds + k, sizeof kind);
		memcpy(&script, scripts + k, sizeof script);
		const uint64_t row = kind | (script & ones * (WRITE_GROUP_ROW_SCRIPTS - 1)) *
		                                    WRITE_GROUP_ROW_KINDS;
		memcpy(group->kind + k, &kind, sizeof kind);
		memcpy(group->script + k, &script, sizeof script);
		memcpy(group->row + k, &row, sizeof row);
	}
}

/* Looks at the group from token i on: how many of its tokens can be written. */
static inline size_t group_look(struct group *group, const struct write_group *texts, const struct lafz_batch *batch, size_t i)
{
	group_numbers other = {0}, a, b, c, d;
	group_numbers first = group_low(texts, batch->start + i, 0, &other);
	group_numbers second = group_low(texts, batch->end + i, 1, &other);
	group_digits(first, second, &a, &b);
	first = group_low(texts, batch->cstart + i, 2, &other);
	second = group_low(texts, batch->cend + i, 3, &other);
	group_digits(first, second, &c, &d);
	group_put_four(group->quads, 0, group_low_8(a, c));
	group_put_four(group->quads, 1, group_high_8(a, c));
	group_put_four(group->quads, 2, group_low_8(b, d));
	group_put_four(group->quads, 3, group_high_8(b, d));
	first = group_low(texts, batch->sent + i, 4, &other);
	second = group_low(texts, batch->run + i, 5, &other);
	group_digits(first, second, &a, &b);
	group_put_four(group->pairs, 0, group_low_8(a, a));
	group_put_four(group->pairs, 1, group_high_8(a, a));
	group_put_four(group->pairs, 2, group_low_8(b, b));
	group_put_four(group->pairs, 3, group_high_8(b, b));

	const group_numbers par = group_load(batch->par + i);
	const group_numbers len = group_load(batch->end + i) - group_copy(group->start, batch->start + i);
	group_store(group->len, len);
	/* the byte before norm and key is read too */
	const group_numbers before = group_min(group_copy(group->norm, batch->norm_off + i), group_copy(group->key, batch->key_off + i));
	const group_numbers longest = len | group_copy(group->norm_len, batch->norm_len + i) |
	                              group_copy(group->key_len, batch->key_len + i);
	group_store(group->thousandths, group_thousandths(batch->confidence + i));
	other |= longest / (2 * PUT_STEP) | (par ^ texts->par);
	memcpy(group->flags, batch->flags + i, sizeof group->flags);
	group_number_rows(group, batch->kind + i, batch->script + i);
	group_row flags, langs;
	memcpy(&flags, batch->flags + i, sizeof flags);
	memcpy(&langs, batch->lang + i, sizeof langs);
	const uint32_t right = group_bits(other) & ~group_bits(before) & group_row_bits((langs ^ texts->lang) | (flags & LAFZ_FLAG_REPAIRED));
	return (size_t)__builtin_ctz(~right | 1u << GROUP);
}

/* A part of the text before the script. */
struct group_text {
	group_bytes text, quads, pairs;
};

static inline group_bytes group_load_bytes(const void *from)
{
	return (group_bytes)group_load(from);
}

static inline struct group_text group_load_text(const struct write_group *texts, size_t at)
{
	return (struct group_text){group_load_bytes(texts->text + at), group_load_bytes(texts->quads + at),
	                           group_load_bytes(texts->pairs + at)};
}

static inline void group_put_block(char *dst, struct group_text text, group_bytes quad, group_bytes pair)
{
	group_store(dst, (group_numbers)(text.text | group_shuffle(quad, text.quads) | group_shuffle(pair, text.pairs)));
}

typedef uint8_t group_step __attribute__((vector_size(WRITE_GROUP_STEP)));

static inline group_step group_read(const void *text)
{
	return (group_step)_mm256_loadu_si256(text);
}

static inline void group_write(char *dst, group_step step)
{
	_mm256_storeu_si256((__m256i *)dst, (__m256i)step);
}

static inline char *group_put_kind(struct writer *writer, char *dst, uint8_t script, uint8_t kind)
{
	const struct write_group_kind *const texts = &writer->group.kinds[kind];
	uint32_t tag = 0;
	memcpy(&tag, writer->scripts[script], sizeof tag);
	typedef uint32_t eight __attribute__((vector_size(WRITE_GROUP_STEP)));
	group_write(dst, group_read(texts) | (group_step)(eight){tag});
	return dst + texts->len;
}

/* Copies a value of less than a step behind a tab. */
static inline char *group_put_value(char *dst, const char *text, size_t len)
{
	const group_step tab = {'\t'}, first = {0xFF};
	group_write(dst, (group_read(text - 1) & ~first) | tab);
	return dst + 1 + len;
}

static inline char *group_put_doc(char *dst, const struct put_block *doc, size_t len)
{
	for (size_t i = 0; i < len; i += 2 * PUT_STEP)
		put_two(dst + i, doc->text + i);
	return dst + len;
}

/* The texts that values are copied from. */
struct group_source {
	const char *surface, *norm, *key;
};

static inline char *group_put_values(char *dst, const struct group_source *source,
                                     const struct group *group, size_t k)
{
	put_two(dst, source->surface + group->start[k]);
	dst = group_put_value(dst + group->len[k], source->norm + group->norm[k], group->norm_len[k]);
	return group_put_value(dst, source->key + group->key[k], group->key_len[k]);
}

/* Any token. Makes what the next ones of its kind need. */
__attribute__((noinline)) static char *group_put_one(struct writer *writer, char *dst,
                                                     const struct group_source *source,
                                                     const struct group *group, size_t k)
{
	struct write_group *const texts = &writer->group;
	const size_t row = group->row[k], thousandths = group->thousandths[k];
	const group_bytes quad = group_repeat(group->quads[k]), pair = group_repeat(group->pairs[k]);
	if (texts->has_rows && texts->row_made[row] >> 8 != group->script[k])
		write_group_make_row(writer, row, group->script[k]);
	if (texts->end_made[thousandths] >> 8 != texts->epoch)
		write_group_make_end(writer, thousandths);
	for (size_t at = 0; at < texts->len; at += GROUP_BYTES)
		group_put_block(dst + at, group_load_text(texts, at), quad, pair);
	dst = group_put_kind(writer, dst + texts->len, group->script[k], group->kind[k]);
	dst = group_put_values(dst, source, group, k);
	const char *const end = texts->ends[thousandths].text;
	size_t rest = 0;
	group_write(dst, group_read(end));
	if (group->flags[k] != 0) {
		dst = write_flags_tsv(writer, dst + texts->flags_at, group->flags[k]);
		rest = texts->flags_at + 1; /* behind the flags */
		group_write(dst, group_read(end + rest));
	}
	return group_put_doc(dst + (uint8_t)texts->end_made[thousandths] - rest, &writer->doc_block,
	                     texts->doc_len);
}

/* The text of a row, in which the digits of a token are put. */
static inline void group_put_row(char *dst, const char *row, const struct group *group, size_t k,
                                 const struct group_text *first, const struct group_text *last)
{
	const group_bytes quad = group_repeat(group->quads[k]), pair = group_repeat(group->pairs[k]);
	group_put_block(dst, (struct group_text){group_load_bytes(row), first->quads, first->pairs},
	                quad, pair);
	if (GROUP_BYTES < WRITE_GROUP_KEPT)
		group_put_block(dst + GROUP_BYTES,
		                (struct group_text){group_load_bytes(row + GROUP_BYTES),
		                                    last->quads, last->pairs},
		                quad, pair);
}

/*
 * Tokens of a group from k on, before n, up to the first one that has flags or whose row or end is not made. Nothing is called
 * here, so that all that stays the same can be in registers.
 */
static inline char *group_put_alike(struct writer *writer, char *dst,
                                    const struct group_source *source, const struct group *group,
                                    size_t *at, size_t n)
{
	const struct write_group *const texts = &writer->group;
	const struct group_text first = group_load_text(texts, 0),
				last = group_load_text(texts, WRITE_GROUP_KEPT - GROUP_BYTES);
	const size_t doc_len = texts->doc_len;
	const uint32_t epoch = texts->epoch << 8;
	const bool has_long = texts->has_long;
	size_t k = *at;
	for (; k < n; k++) {
		const size_t row = group->row[k], thousandths = group->thousandths[k];
		const uint32_t row_len = texts->row_made[row] - ((uint32_t)group->script[k] << 8);
		const uint32_t end_len = texts->end_made[thousandths] - epoch;
		if (((row_len | end_len) >> 8 | group->flags[k]) != 0)
			break;
		const char *const text = texts->rows[row].text;
		group_put_row(dst, text, group, k, &first, &last);
		if (has_long)
			group_write(dst + WRITE_GROUP_KEPT, group_read(text + WRITE_GROUP_KEPT));
		dst = group_put_values(dst + row_len, source, group, k);
		group_write(dst, group_read(texts->ends[thousandths].text));
		dst += end_len;
		if (doc_len > 0)
			dst = group_put_doc(dst, &writer->doc_block, doc_len);
	}
	*at = k;
	return dst;
}

/* The first n tokens of a group. */
static inline char *group_put(struct writer *writer, char *dst, const struct lafz_batch *batch,
                              const struct group *group, size_t n)
{
	const struct group_source source = {batch->text, batch->norm_text, batch->key_text};
	size_t k = 0;
	for (;;) {
		if (writer->group.has_rows)
			dst = group_put_alike(writer, dst, &source, group, &k, n);
		if (k == n)
			return dst;
		dst = group_put_one(writer, dst, &source, group, k++);
	}
}

/* Whether the texts are right for token i. */
static inline bool group_is_right(const struct write_group *texts, const struct lafz_batch *batch, size_t i)
{
	const uint32_t numbers[WRITE_GROUP_NUMBERS] = {batch->start[i], batch->end[i],  batch->cstart[i],
	                                               batch->cend[i],  batch->sent[i], batch->run[i]};
	for (size_t k = 0; k < WRITE_GROUP_NUMBERS; k++)
		if (numbers[k] - texts->base[k] - texts->least[k] > texts->span[k])
			return false;
	return texts->lang == batch->lang[i] && texts->par == batch->par[i];
}

/* Looks at the group from token i on, before end; none if it may not be read whole: behind the columns is nothing. */
static inline size_t group_next(struct group *group, const struct write_group *texts, const struct lafz_batch *batch, size_t i,
                                size_t end)
{
	if (i >= end || batch->n - i < GROUP)
		return 0;
	const size_t n = group_look(group, texts, batch, i);
	return n < end - i ? n : end - i;
}

/* A group is looked at before the one in front of it is written, which leaves the processor more to do at once. */
static inline char *group_rows(struct writer *writer, char *dst, const struct lafz_batch *given, size_t *at, size_t end)
{
	const struct lafz_batch batch = *given; /* no write through dst can change it */
	const struct write_group *const texts = &writer->group;
	struct group groups[2];
	size_t i = *at, own = 0;
	size_t n = group_next(&groups[own], texts, &batch, i, end);
	while (i < end && batch.n - i >= GROUP) {
		if (n == 0 && group_is_right(texts, &batch, i))
			break; /* its values are not short */
		if (n == 0) {
			write_group_make(writer, given, i);
			n = group_next(&groups[own], texts, &batch, i, end);
			continue;
		}
		const size_t next = group_next(&groups[1 - own], texts, &batch, i + n, end);
		dst = group_put(writer, dst, &batch, &groups[own], n);
		i += n;
		n = next;
		own = 1 - own;
	}
	*at = i;
	return dst;
}

#endif
