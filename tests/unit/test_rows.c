/*
 * The rows of tokens of tsv and jsonl, written by each of the ways there are (src/cli/write_rows.h, src/cli/write_group.h): batches made up of
 * random columns, around the numbers at which digits change, must come out the same.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/write.h"
#include "helper.h"

#define ROUNDS 3000
#define MOST 150   /* tokens of a batch */
#define LONGEST 45 /* bytes of a value */

/* Columns of their own, so that a sanitizer sees what is read behind them. They are owned. */
struct columns {
	struct lafz_batch batch;
	uint32_t *start, *end, *cstart, *cend, *run, *sent, *par, *norm_off, *norm_len, *key_off, *key_len;
	float *confidence;
	uint16_t *lang, *flags;
	uint8_t *kind, *script;
	char *text, *norm, *key;
};

static void *column(size_t n, size_t size)
{
	void *const ptr = calloc(n, size);
	ck_assert_ptr_nonnull(ptr);
	return ptr;
}

/* A number shortly before a power of ten, or anything. */
static uint64_t around_power(struct rng *rng)
{
	uint64_t power = 1;
	for (size_t exponent = rng_below(rng, 19); exponent > 0; exponent--)
		power *= 10;
	const uint64_t back = rng_below(rng, 300);
	return rng_below(rng, 4) == 0 ? rng_next(rng) >> 2 : power - (back < power ? back : power);
}

static size_t random_len(struct rng *rng)
{
	return rng_below(rng, 10) == 0 ? rng_below(rng, LONGEST) : 1 + rng_below(rng, 12);
}

/* Appends a value to a text, and its view to two columns. */
static size_t append(struct rng *rng, char *text, size_t at, uint32_t *off, uint32_t *len)
{
	static const char bytes[] = "abcdefghijklmnopqrstuvwxyz0123456789\xD9\x85";
	const size_t n = random_len(rng);
	for (size_t i = 0; i < n; i++)
		text[at + i] = bytes[rng_below(rng, sizeof bytes - 1)];
	if (rng_below(rng, 60) == 0 && n > 0)
		text[at + rng_below(rng, n)] = "\t\\\"\r"[rng_below(rng, 4)];
	*off = (uint32_t)at;
	*len = (uint32_t)n;
	return at + n;
}

static float random_confidence(struct rng *rng)
{
	static const float odd[] = {0.0f, 1.0f, -0.5f, 2.0f, 0.0004f, 0.0005f, 0.9994f, 0.9995f, 0.9999f, 0.1f, 0.25f};
	const size_t which = rng_below(rng, COUNT(odd) + 8);
	if (which == COUNT(odd))
		return NAN;
	return which < COUNT(odd) ? odd[which] : (float)rng_below(rng, 1000001) / 1e6f;
}

/* The texts of a token, and where they are. */
static void add_texts(struct rng *rng, struct columns *c, size_t i)
{
	struct lafz_batch *const batch = &c->batch;
	uint32_t len = 0;
	for (size_t blanks = rng_below(rng, 3); blanks > 0; blanks--)
		c->text[batch->len++] = '\n';
	batch->len = append(rng, c->text, batch->len, &c->start[i], &len);
	c->end[i] = c->start[i] + len;
	batch->norm_size = append(rng, c->norm, batch->norm_size, &c->norm_off[i], &c->norm_len[i]);
	batch->key_size = append(rng, c->key, batch->key_size, &c->key_off[i], &c->key_len[i]);
	c->cstart[i] = c->start[i] - (uint32_t)rng_below(rng, c->start[i] - (i > 0 ? c->start[i - 1] : 0) + 1);
	if (i > 0 && c->cstart[i] < c->cend[i - 1])
		c->cstart[i] = c->cend[i - 1];
	c->cend[i] = c->cstart[i] + (uint32_t)rng_below(rng, len + 1);
}

/* Token i has most things in common with the one before; in one sentence and run all of them. */
static void add_token(struct rng *rng, struct columns *c, size_t i)
{
	const bool is_new_line = i > 0 && rng_below(rng, 8) == 0;
	add_texts(rng, c, i);
	c->run[i] = i > 0 ? c->run[i - 1] + is_new_line : 0;
	c->sent[i] = i > 0 ? c->sent[i - 1] + is_new_line : 0;
	c->par[i] = i > 0 ? c->par[i - 1] + (is_new_line && rng_below(rng, 6) == 0) : 0;
	c->lang[i] = i > 0 && (!is_new_line || rng_below(rng, 4) > 0) ? c->lang[i - 1] : (uint16_t)rng_below(rng, 6);
	c->confidence[i] = i > 0 && !is_new_line ? c->confidence[i - 1] : random_confidence(rng);
	c->flags[i] = rng_below(rng, 15) > 0 ? 0 : (uint16_t)rng_below(rng, 2 * LAFZ_FLAG_PHONE);
	c->kind[i] = (uint8_t)rng_below(rng, LAFZ_KIND_OTHER + 1);
	c->script[i] = (uint8_t)rng_below(rng, 170);
}

static void make(struct rng *rng, struct columns *c)
{
	const size_t n = 1 + (rng_below(rng, 4) == 0 ? rng_below(rng, 20) : rng_below(rng, MOST));
	*c = (struct columns){.batch = {.n = n}};
	uint32_t **const columns[] = {&c->start, &c->end, &c->cstart,   &c->cend,     &c->run,    &c->sent,
	                              &c->par,   &c->norm_off, &c->norm_len, &c->key_off, &c->key_len};
	for (size_t k = 0; k < COUNT(columns); k++)
		*columns[k] = column(n, sizeof(uint32_t));
	c->confidence = column(n, sizeof *c->confidence);
	c->lang = column(n, sizeof *c->lang);
	c->flags = column(n, sizeof *c->flags);
	c->kind = column(n, sizeof *c->kind);
	c->script = column(n, sizeof *c->script);
	c->text = column(n, LONGEST + 3);
	c->norm = column(n, LONGEST + 3);
	c->key = column(n, LONGEST + 3);
	for (size_t i = 0; i < n; i++)
		add_token(rng, c, i);
	c->batch = (struct lafz_batch){
		.n = n, .base = around_power(rng), .cbase = around_power(rng), .run_base = around_power(rng),
		.sent_base = around_power(rng), .par_base = around_power(rng), .text = c->text, .len = c->batch.len,
		.start = c->start, .end = c->end, .cstart = c->cstart, .cend = c->cend, .run = c->run, .sent = c->sent,
		.par = c->par, .lang = c->lang, .confidence = c->confidence, .kind = c->kind, .script = c->script,
		.flags = c->flags, .norm_text = c->norm, .norm_size = c->batch.norm_size, .norm_off = c->norm_off,
		.norm_len = c->norm_len, .key_text = c->key, .key_size = c->batch.key_size, .key_off = c->key_off,
		.key_len = c->key_len,
	};
}

static void columns_free(struct columns *c)
{
	void *const all[] = {c->start,    c->end,    c->cstart,  c->cend,    c->run,        c->sent,   c->par,
	                     c->norm_off, c->norm_len, c->key_off, c->key_len, c->confidence, c->lang,   c->flags,
	                     c->kind,     c->script, c->text,    c->norm,    c->key};
	for (size_t k = 0; k < COUNT(all); k++)
		free(all[k]);
}

struct way {
	bool has_avx2, has_avx512;
};

/* What a format writes of two batches, in one of the ways. */
static void write_batches(const struct format_kind *format, struct way way, const struct columns columns[2], const char *doc,
                          struct sink *sink)
{
	struct args args = {0};
	struct writer *const writer = calloc(1, sizeof *writer);
	ck_assert_ptr_nonnull(writer);
	ck_assert_int_eq(sink_open_memory(sink), 0);
	writer->sink = sink;
	writer->args = &args;
	ck_assert(write_document(writer, doc, strlen(doc), false));
	format->head(writer);
	writer->has_avx2 = way.has_avx2;
	writer->has_avx512 = way.has_avx512;
	format->begin(writer);
	for (size_t k = 0; k < 2; k++)
		format->batch(writer, &columns[k].batch);
	write_free(writer);
	free(writer);
}

/* Tells the first line that differs. */
static void expect_same(int round, const struct sink *expected, const struct sink *actual)
{
	if (helper_equals(expected->buf, expected->len, actual->buf, actual->len))
		return;
	size_t line = 0, i = 0;
	for (; i < expected->len && i < actual->len && expected->buf[i] == actual->buf[i]; i++)
		if (expected->buf[i] == '\n')
			line = i + 1;
	ck_abort_msg("round %d, byte %zu of the output: expected %.*s, actual %.*s", round, i, (int)(i + 40 - line),
	             expected->buf + line, (int)(i + 40 - line), actual->buf + line);
}

static void compare(const struct format_kind *format, struct way way)
{
	static const char *const docs[] = {"-", "corpora/a.txt", "0123456789012345678901234567890123456789012345678901234567890",
	                                   "a name that is longer than what stands in a block, which is eighty bytes, and so is written by itself"};
	struct rng rng = {.state = 71};
	for (int round = 0; round < ROUNDS; round++) {
		struct columns columns[2];
		struct sink expected, actual;
		make(&rng, &columns[0]);
		make(&rng, &columns[1]);
		const char *const doc = docs[rng_below(&rng, COUNT(docs))];
		write_batches(format, (struct way){0}, columns, doc, &expected);
		write_batches(format, way, columns, doc, &actual);
		ck_assert(expected.len > 0 && !expected.has_failed);
		expect_same(round, &expected, &actual);
		free(expected.buf);
		free(actual.buf);
		columns_free(&columns[0]);
		columns_free(&columns[1]);
	}
}

static bool can_run(const char *kernel)
{
	int is_usable = 0;
	for (size_t i = 0;; i++) {
		const char *const name = lafz_kernel(i, &is_usable);
		if (!name || strcmp(name, kernel) == 0)
			return name && is_usable;
	}
}

START_TEST(rows_by_avx2_are_the_same)
{
	if (!can_run("avx2"))
		return;
	compare(&write_tsv, (struct way){.has_avx2 = true});
	compare(&write_jsonl, (struct way){.has_avx2 = true});
}
END_TEST

START_TEST(rows_by_avx512_are_the_same)
{
	if (can_run("avx512"))
		compare(&write_tsv, (struct way){.has_avx2 = true, .has_avx512 = true});
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {rows_by_avx2_are_the_same, rows_by_avx512_are_the_same};
	return helper_run("rows", tests, COUNT(tests));
}
