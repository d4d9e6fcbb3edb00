/*
 * The writers' loops over columns of a batch for AVX2 and AVX-512 (src/cli/borders.h, span_rows.h, arrow_rows.h), beside the same written plainly,
 * a number at a time. What is written behind the end of a text must stay within what was promised.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/arrow_rows.h"
#include "cli/borders.h"
#include "cli/span_rows.h"
#include "helper.h"

#define MOST 600
#define UNTOUCHED '~'

static bool can_run(void)
{
	return __builtin_cpu_supports("avx2");
}

static bool can_run_avx512(void)
{
	return __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vpopcntdq") &&
	       __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
}

/* ---- Borders ---- */

static void expect_borders(const uint32_t *numbers, size_t n)
{
	uint32_t plain[MOST + 1], fast[MOST + 1];
	const size_t n_plain = borders_find(numbers, n, plain);
	ck_assert_uint_eq(borders_find_avx2(numbers, n, fast), n_plain);
	ck_assert_msg(memcmp(plain, fast, (n_plain + 1) * sizeof *plain) == 0, "%zu numbers: other borders", n);
	size_t k = 0;
	for (size_t i = 0; i < n; i++) {
		const bool is_border = i == 0 || numbers[i] != numbers[i - 1];
		ck_assert_msg(!is_border || plain[k] == i, "place %zu of %zu is missing", i, n);
		k += is_border;
	}
	ck_assert_uint_eq(k, n_plain);
	ck_assert_uint_eq(plain[k], n);
}

/* From one stretch to stretches of one number each. */
START_TEST(borders_of_columns)
{
	struct rng rng = {31};
	uint32_t numbers[MOST];
	for (size_t n = 1; n <= MOST; n++) {
		for (uint32_t rate = 1; rate <= 256; rate *= 4) {
			uint32_t number = (uint32_t)rng_below(&rng, 7);
			for (size_t i = 0; i < n; i++) {
				number += rng_below(&rng, rate) == 0;
				numbers[i] = number;
			}
			expect_borders(numbers, n);
		}
	}
}
END_TEST

/* ---- Spans ---- */

/* Tokens as columns. */
struct columns {
	uint32_t start[MOST], end[MOST], cstart[MOST], cend[MOST];
	uint8_t kind[MOST];
	struct lafz_batch batch;
};

/* Tokens that grow, from these places on, which are base and a number of the batch. */
static void make_columns(struct columns *columns, struct rng *rng, uint64_t ch, uint64_t byte, uint32_t n_kinds)
{
	uint32_t at = (uint32_t)rng_below(rng, 3), cat = (uint32_t)rng_below(rng, 2);
	for (size_t i = 0; i < MOST; i++) {
		columns->start[i] = at;
		columns->cstart[i] = cat;
		const uint32_t n = 1 + (uint32_t)rng_below(rng, 12);
		at += n + (uint32_t)rng_below(rng, n);
		cat += n;
		columns->end[i] = at;
		columns->cend[i] = cat;
		at += (uint32_t)rng_below(rng, rng_below(rng, 200) ? 3 : 8);
		cat += (uint32_t)rng_below(rng, 2);
		columns->kind[i] = (uint8_t)rng_below(rng, n_kinds);
	}
	columns->batch = (struct lafz_batch){.n = MOST, .base = byte, .cbase = ch, .start = columns->start, .end = columns->end,
	                                     .cstart = columns->cstart, .cend = columns->cend, .kind = columns->kind};
}

/* A span from one token to another as it must be. */
static size_t print_span(char *out, size_t cap, const struct lafz_batch *b, size_t i, size_t last, const char *value)
{
	return (size_t)snprintf(out, cap, "[%" PRIu64 ",%" PRIu64 ",%s,%" PRIu64 ",%" PRIu64 "]", b->cbase + b->cstart[i],
	                        b->cbase + b->cend[last], value, b->base + b->start[i], b->base + b->end[last]);
}

static void expect_text(const char *expected, size_t len, const char *actual, size_t actual_len, const char *behind, size_t margin)
{
	if (!helper_equals(expected, len, actual, actual_len))
		ck_abort_msg("expected %.*s, actual %.*s", (int)len, expected, (int)actual_len, actual);
	for (size_t i = margin; i < margin + 16; i++)
		ck_assert_msg(behind[i] == UNTOUCHED, "byte %zu behind the end was written", i);
}

/* The tokens from i on that fit, as a function writes them. Returns how many of them were written. */
static size_t expect_tokens_by(span_rows_function *put, const struct span_rows *rows, const struct lafz_batch *batch, size_t i, size_t n)
{
	static char expected[128 * MOST], actual[128 * MOST];
	size_t len = 0;
	memset(actual, UNTOUCHED, n * rows->len + SPAN_ROWS_CAP + 16);
	const size_t n_put = put(actual, rows, batch, i, n);
	ck_assert_uint_le(n_put, n);
	ck_assert(n_put == n || batch->kind[i + n_put] >= SPAN_ROWS_KINDS);
	for (size_t k = i; k < i + n_put; k++) {
		char value[8];
		snprintf(value, sizeof value, "%u", batch->kind[k]);
		ck_assert_uint_lt(batch->kind[k], SPAN_ROWS_KINDS);
		len += print_span(expected + len, sizeof expected - len, batch, k, k, value);
		expected[len++] = ',';
	}
	expect_text(expected, len, actual, n_put * rows->len, actual + len, SPAN_ROWS_CAP);
	return n_put;
}

/* The same by all functions there are. */
static size_t expect_tokens(const struct span_rows *rows, const struct lafz_batch *batch, size_t i, size_t n)
{
	const size_t n_put = expect_tokens_by(span_rows_put_avx2, rows, batch, i, n);
#ifdef LAFZ_KERNEL_AVX512
	if (can_run_avx512())
		ck_assert_uint_eq(expect_tokens_by(span_rows_put_avx512, rows, batch, i, n), n_put);
#endif
	return n_put;
}

/* As many as are counted have the digits of the text, and the next one has not. */
static void expect_count(const struct span_rows *rows, const struct lafz_batch *batch, size_t i, size_t count)
{
	for (size_t k = i; k < batch->n && k <= i + count; k++) {
		const uint64_t ch = batch->cbase + batch->cend[k], byte = batch->base + batch->end[k];
		const bool fits = batch->cbase + batch->cstart[i] >= rows->chars.first && ch < rows->chars.end &&
		                  batch->base + batch->start[i] >= rows->bytes.first && byte < rows->bytes.end;
		ck_assert_msg(fits == (k < i + count), "token %zu from %zu on", k, i);
	}
}

/* All tokens, with new texts on the way. */
static void expect_all_tokens(const struct lafz_batch *batch)
{
	struct span_rows rows = {0};
	ck_assert_uint_eq(span_rows_count(&rows, batch, 0, batch->n), 0);
	for (size_t i = 0; i < batch->n;) {
		span_rows_make(&rows, batch->cbase + batch->cstart[i], batch->base + batch->start[i]);
		const size_t n = span_rows_count(&rows, batch, i, batch->n - i);
		expect_count(&rows, batch, i, n);
		const size_t n_put = n > 0 ? expect_tokens(&rows, batch, i, n) : 0;
		i += n_put == n ? n + (n == 0) : n_put + 1;
	}
}

/* The same of spans of several tokens. */
static void expect_all_spans(const struct lafz_batch *batch, struct rng *rng)
{
	uint32_t first[MOST + 1] = {0};
	struct span_value values[MOST];
	char texts[MOST][8], expected[128], actual[128 * MOST];
	size_t n = 0;
	for (uint32_t i = 0; i < batch->n; n++) {
		values[n].len = (uint8_t)snprintf(texts[n], sizeof texts[n], "%u", (unsigned)rng_below(rng, 9999));
		memcpy(values[n].text, texts[n], values[n].len);
		i += 1 + (uint32_t)rng_below(rng, 4);
		first[n + 1] = i < batch->n ? i : (uint32_t)batch->n;
	}
	struct span_rows rows = {0};
	for (size_t i = 0; i < n;) {
		struct span_list list = {batch, first + i, n - i};
		span_rows_make(&rows, batch->cbase + batch->cstart[first[i]], batch->base + batch->start[first[i]]);
		list.n = span_rows_count_spans(&rows, &list);
		memset(actual, UNTOUCHED, sizeof actual);
		const char *at = actual;
		const char *const end = span_rows_put_spans_avx2(actual, &rows, &list, values + i);
		for (size_t k = i; k < i + list.n; k++) {
			const size_t len = print_span(expected, sizeof expected, batch, first[k], first[k + 1] - 1, texts[k]);
			ck_assert_uint_lt(len, SPAN_ROWS_MOST);
			ck_assert(*at == ',' && (size_t)(end - at) > len && memcmp(at + 1, expected, len) == 0);
			at += 1 + len;
		}
		expect_text("", 0, end, (size_t)(end - at), end, SPAN_ROWS_HALF);
		i += list.n + (list.n == 0);
	}
}

START_TEST(spans_at_all_numbers_of_digits)
{
	struct rng rng = {7};
	static struct columns columns;
	uint64_t power = 1;
	for (unsigned exponent = 0; exponent < 16; exponent++, power *= 10) {
		for (uint64_t less = 0; less < 3000; less += 211) {
			const uint64_t ch = power > less ? power - less : 0, byte = ch + rng_below(&rng, (size_t)power % 90000 + 1);
			make_columns(&columns, &rng, ch, byte, less % 2 ? 10 : 13);
			expect_all_tokens(&columns.batch);
			expect_all_spans(&columns.batch, &rng);
		}
	}
}
END_TEST

/* ---- Rows ---- */

#define N_LOOPS 3

/* The k-th loops, NULL where the processor cannot run them or they are not compiled. */
static const struct arrow_loops *loops_at(size_t k)
{
	if (k < N_LOOPS - 1)
		return k == 0 ? &arrow_loops_plain : &arrow_loops_avx2;
#ifdef LAFZ_KERNEL_AVX512
	if (can_run_avx512())
		return &arrow_loops_avx512;
#endif
	return NULL;
}

static void expect_same_loops(const struct lafz_batch *batch, const uint16_t *flags, size_t first, size_t n)
{
	uint32_t all = 0;
	struct arrow_sums sums = {0, 0, 0};
	for (size_t i = first; i < first + n; i++) {
		all |= flags[i];
		sums.surface += batch->end[i] - batch->start[i];
		sums.norm += batch->norm_len[i];
		sums.key += batch->key_len[i];
	}
	for (size_t l = 0; l < N_LOOPS && loops_at(l); l++) {
		const struct arrow_loops *const loops = loops_at(l);
		static char values[16 * MOST];
		uint64_t large;
		uint32_t small;
		const struct arrow_sums actual = loops->sum(batch, first, n);
		ck_assert(actual.surface == sums.surface && actual.norm == sums.norm && actual.key == sums.key);
		ck_assert_uint_eq(loops->flags(flags + first, n), all);
		loops->u64(values, batch->start + first, n, UINT64_C(0xFFFFFFFF0));
		for (size_t i = 0; i < n; i++) {
			memcpy(&large, values + i * sizeof large, sizeof large);
			ck_assert_uint_eq(large, UINT64_C(0xFFFFFFFF0) + batch->start[first + i]);
		}
		loops->u32(values, batch->end + first, n, 77);
		for (size_t i = 0; i < n; i++) {
			memcpy(&small, values + i * sizeof small, sizeof small);
			ck_assert_uint_eq(small, 77 + batch->end[first + i]);
		}
		loops->ends(values, n, 5, 3);
		for (size_t i = 0; i < n; i++) {
			memcpy(&small, values + i * sizeof small, sizeof small);
			ck_assert_uint_eq(small, 5 + 3 * (i + 1));
		}
	}
}

#define BEFORE 10 /* bytes that are there before */

/* What was made of n texts, which are at these places. */
static void expect_room(const struct arrow_room *room, const struct arrow_rows *rows, const char *text, const uint32_t *offs,
                        const uint32_t *lens)
{
	const char *const values = room->values - BEFORE;
	size_t at = BEFORE;
	for (size_t i = 0; i < rows->n; i++) {
		int32_t end;
		ck_assert(memcmp(values + at, text + offs[rows->first + i], lens[rows->first + i]) == 0);
		at += lens[rows->first + i];
		memcpy(&end, room->ends + i * sizeof end, sizeof end);
		ck_assert_int_eq(end, (int32_t)at);
	}
	ck_assert_uint_eq(room->len, at - BEFORE);
	for (size_t i = at + ARROW_MARGIN; i < at + 2 * ARROW_MARGIN; i++)
		ck_assert_msg(values[i] == UNTOUCHED, "byte %zu behind the end was written", i - at);
}

/* Room for the texts of MOST rows, of at most 40 bytes each. */
static struct arrow_room make_room(char values[42 * MOST], char ends[4 * MOST])
{
	memset(values, UNTOUCHED, 42 * MOST);
	return (struct arrow_room){.values = values + BEFORE, .ends = ends, .before = BEFORE};
}

static void expect_texts(void (*put)(struct arrow_room *, const struct arrow_rows *), const struct arrow_rows *rows, const char *text,
                         const uint32_t *offs, const uint32_t *lens)
{
	static char values[42 * MOST], ends[4 * MOST];
	struct arrow_room room = make_room(values, ends);
	put(&room, rows);
	expect_room(&room, rows, text, offs, lens);
}

static void expect_both(const struct arrow_loops *loops, const struct arrow_rows *rows, const uint32_t *lens)
{
	static char values[42 * MOST], ends[4 * MOST], norm_values[42 * MOST], norm_ends[4 * MOST];
	const struct lafz_batch *const batch = rows->batch;
	struct arrow_room surface = make_room(values, ends), norm = make_room(norm_values, norm_ends);
	loops->both(&surface, &norm, rows);
	expect_room(&surface, rows, batch->text, batch->start, lens);
	expect_room(&norm, rows, batch->norm_text, batch->norm_off, batch->norm_len);
}

static void expect_same_texts(const struct columns *columns, const uint32_t *lens, size_t first, size_t n, size_t n_inner)
{
	const struct lafz_batch *const batch = &columns->batch;
	const struct arrow_rows rows = {batch, first, n, n_inner};
	for (size_t l = 0; l < N_LOOPS && loops_at(l); l++) {
		const struct arrow_loops *const loops = loops_at(l);
		expect_texts(loops->surfaces, &rows, batch->text, batch->start, lens);
		expect_both(loops, &rows, lens);
		expect_texts(loops->keys, &rows, batch->key_text, batch->key_off, batch->key_len);
		bool are_surfaces = batch->norm_text == batch->text;
		for (size_t i = first; i < first + n; i++)
			are_surfaces = are_surfaces && batch->norm_off[i] == batch->start[i] && batch->norm_len[i] == lens[i];
		ck_assert(loops->are_surfaces(&rows) == are_surfaces);
	}
}

/* Makes blanks of the gaps of two texts, but for a few. */
static void blank_gaps(struct rng *rng, const struct columns *columns, char *text, char *other)
{
	for (size_t i = 0; i + 1 < MOST; i++)
		for (uint32_t at = columns->end[i]; at < columns->start[i + 1]; at++)
			if (rng_below(rng, 1000) > 0)
				text[at] = other[at] = " \n\t\x01"[rng_below(rng, 4)];
}

START_TEST(rows_of_columns)
{
	struct rng rng = {99};
	static struct columns columns;
	static char text[MOST * 40], other[MOST * 40];
	static uint32_t lens[MOST], norm_off[MOST], norm_len[MOST];
	static uint16_t flags[MOST];
	for (size_t round = 0; round < 900; round++) {
		for (size_t i = 0; i < sizeof text; i++) {
			text[i] = (char)('a' + rng_below(&rng, 26));
			other[i] = (char)('A' + rng_below(&rng, 26));
		}
		make_columns(&columns, &rng, 0, 0, 10);
		if (round % 4 > 0)
			blank_gaps(&rng, &columns, text, other);
		for (size_t i = 0; i < MOST; i++) {
			lens[i] = columns.end[i] - columns.start[i];
			norm_off[i] = columns.start[i];
			norm_len[i] = lens[i];
			flags[i] = (uint16_t)(rng_below(&rng, 50) ? 0 : 1U << rng_below(&rng, 16));
		}
		const size_t first = rng_below(&rng, 20), n = 1 + rng_below(&rng, MOST - 20);
		const size_t changed = rng_below(&rng, MOST);
		if (round % 3 == 1)
			norm_len[changed]--;
		for (size_t i = changed; round % 3 == 1 && round % 2 && i < MOST; i++)
			norm_off[i]--; /* shorter by what is left out */
		if (round % 7 == 1)
			other[columns.start[changed]] = ' '; /* a norm with a blank, a surface without one */
		if (round % 5 == 1)
			text[columns.start[changed]] = ' '; /* a token with a blank */
		struct lafz_batch *const batch = &columns.batch;
		batch->text = text;
		batch->norm_text = round % 3 == 2 ? other : text;
		batch->key_text = other;
		batch->norm_off = norm_off;
		batch->norm_len = norm_len;
		batch->key_off = columns.start;
		batch->key_len = lens;
		batch->len = batch->norm_size = batch->key_size = sizeof text;
		expect_same_loops(batch, flags, first, n);
		expect_same_texts(&columns, lens, first, n, round % 2 ? n : rng_below(&rng, (uint32_t)n));
	}
}
END_TEST

/* Texts that end where the memory does: nothing is read behind it. */
START_TEST(rows_at_the_end)
{
	struct rng rng = {5};
	for (uint32_t n = 1; n < 40; n++) {
		uint32_t start[40], end[40], len[40], at = 0;
		for (uint32_t i = 0; i < n; i++) {
			start[i] = at;
			len[i] = 1 + (uint32_t)rng_below(&rng, 9);
			end[i] = at + len[i];
			at = end[i] + (i + 1 < n && rng_below(&rng, 3));
		}
		char *const text = malloc(at);
		ck_assert_ptr_nonnull(text);
		memset(text, 'x', at);
		for (uint32_t i = 0; i + 1 < n; i++)
			memset(text + end[i], ' ', start[i + 1] - end[i]);
		const struct lafz_batch batch = {.n = n, .text = text, .len = at, .start = start, .end = end};
		const struct arrow_rows rows = {&batch, 0, n, 0};
		for (size_t l = 0; l < N_LOOPS && loops_at(l); l++)
			expect_texts(loops_at(l)->surfaces, &rows, text, start, len);
		free(text);
	}
}
END_TEST

/* ---- Names ---- */

/* A writer that has names for kinds and scripts. */
static void make_names(struct writer *writer)
{
	for (uint8_t k = 0; lafz_kind_name(k); k++) {
		writer->kinds[k].len = (unsigned char)strlen(lafz_kind_name(k));
		memcpy(writer->kinds[k].text, lafz_kind_name(k), writer->kinds[k].len);
	}
	for (size_t i = 0; i < 256; i++)
		snprintf(writer->scripts[i], sizeof writer->scripts[i], "S%03zu", i);
}

static void expect_names(const struct arrow_loops *loops, const struct writer *writer, const uint8_t *numbers, size_t n)
{
	static char values[16 * MOST + ARROW_MARGIN], ends[4 * MOST];
	struct arrow_room room = {.values = values, .ends = ends, .before = 3};
	size_t at = 0;
	loops->kinds(&room, writer, numbers, n);
	for (size_t i = 0; i < n; i++) {
		const char *const name = lafz_kind_name(numbers[i]);
		int32_t end;
		ck_assert(memcmp(values + at, name, strlen(name)) == 0);
		at += strlen(name);
		memcpy(&end, ends + i * sizeof end, sizeof end);
		ck_assert_int_eq(end, (int32_t)at + 3);
	}
	ck_assert_uint_eq(room.len, at);
	loops->scripts(values, writer, numbers, n);
	for (size_t i = 0; i < n; i++)
		ck_assert(memcmp(values + i * WRITE_SCRIPT, writer->scripts[numbers[i]], WRITE_SCRIPT) == 0);
}

START_TEST(names_of_numbers)
{
	struct rng rng = {17};
	static struct writer writer;
	uint8_t n_kinds = 0, numbers[MOST];
	make_names(&writer);
	while (lafz_kind_name(n_kinds))
		n_kinds++;
	for (size_t n = 0; n < MOST; n++) {
		const uint32_t most = 1 + (uint32_t)rng_below(&rng, n_kinds);
		for (size_t i = 0; i < n; i++)
			numbers[i] = (uint8_t)rng_below(&rng, rng_below(&rng, 20) ? most : n_kinds);
		for (size_t l = 0; l < N_LOOPS && loops_at(l); l++)
			expect_names(loops_at(l), &writer, numbers, n);
	}
}
END_TEST

int main(void)
{
	if (!can_run()) {
		puts("this processor has no AVX2");
		return 77;
	}
	const TTest *const tests[] = {borders_of_columns, spans_at_all_numbers_of_digits, rows_of_columns,
	                              rows_at_the_end, names_of_numbers};
	return helper_run("columns", tests, COUNT(tests));
}
