/*
 * What the filter's formats write values with (src/cli/put.h): numbers, confidences, copies in steps
 * and escapes, each against the same written plainly, a byte or a digit at a time. Compiled a second time for AVX2, for which some of
 * them are others.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/put.h"
#include "cli/put_front.h"
#include "helper.h"

#define UNTOUCHED '~'

/* ---- Numbers ---- */

static void expect_decimal(struct put_high *cache, uint64_t number)
{
	char expected[32];
	char actual[PUT_DECIMAL_ROOM + 8];
	const size_t len = (size_t)snprintf(expected, sizeof expected, "%" PRIu64, number);
	memset(actual, UNTOUCHED, sizeof actual);
	const char *end = put_decimal(actual, cache, number);
	if (!helper_equals(expected, len, actual, (size_t)(end - actual)))
		ck_abort_msg("expected %s, actual %.*s", expected, (int)(end - actual), actual);
	for (size_t i = PUT_DECIMAL_ROOM; i < sizeof actual; i++)
		ck_assert_msg(actual[i] == UNTOUCHED, "%s: byte %zu was written", expected, i);
}

/* With a cache that has just seen a neighbour, and with one that has seen nothing. */
static void expect_around(uint64_t number)
{
	struct put_high cache = {0};
	for (int step = -1001; step <= 1001; step++) {
		struct put_high none = {0};
		expect_decimal(&cache, number + (uint64_t)(int64_t)step);
		expect_decimal(&none, number + (uint64_t)(int64_t)step);
	}
}

START_TEST(decimals_around_powers)
{
	uint64_t power = 1;
	for (unsigned exponent = 0; exponent <= 19; exponent++, power *= exponent <= 19 ? 10 : 1)
		expect_around(power);
	for (unsigned bit = 0; bit < 64; bit++)
		expect_around(UINT64_C(1) << bit);
	expect_around(UINT64_MAX); /* and, by wrapping, 0 */
}
END_TEST

START_TEST(decimals_up_and_down)
{
	struct put_high cache = {0};
	for (uint64_t number = 0; number < 120000; number++)
		expect_decimal(&cache, number);
	for (uint64_t number = 120000; number-- > 0;)
		expect_decimal(&cache, number);
}
END_TEST

START_TEST(decimals_at_random)
{
	struct rng rng = {.state = 19};
	struct put_high cache = {0};
	for (int i = 0; i < 200000; i++)
		expect_decimal(&cache, rng_next(&rng) >> rng_below(&rng, 64));
}
END_TEST

START_TEST(confidences)
{
	for (int i = -10; i <= 10100; i++) {
		const float confidence = (float)i / 10000.0f;
		const int thousandths = i <= 0       ? 0
		                        : i >= 10000 ? 1000
		                                     : (int)(confidence * 1000.0f + 0.5f);
		char expected[32];
		int len = snprintf(expected, sizeof expected, "%d.%03d", thousandths / 1000,
		                   thousandths % 1000);
		while (expected[len - 1] == '0')
			len--;
		if (expected[len - 1] == '.')
			len--;
		char actual[32];
		const char *end = put_confidence(actual, confidence);
		if (!helper_equals(expected, (size_t)len, actual, (size_t)(end - actual)))
			ck_abort_msg("%d ten-thousandths: expected %.*s, actual %.*s", i, len,
			             expected, (int)(end - actual), actual);
	}
}
END_TEST

/* ---- Copies in steps ---- */

static bool escapes_json(unsigned char byte)
{
	return byte < 0x20 || byte == '"' || byte == '\\';
}

static bool escapes_tsv(unsigned char byte)
{
	return byte == '\t' || byte == '\n' || byte == '\r' || byte == '\\';
}

static bool finds(const char *text, size_t len, put_special *special, char *copy)
{
	put_bytes found = {0};
	const char *end = put_plain(copy, text, len, special, &found);
	ck_assert_msg(helper_equals(text, len, copy, (size_t)(end - copy)), "%s: wrong copy",
	              helper_show(text, len));
	return put_any(found);
}

/* Each byte at each place, the rest being plain; and special bytes right behind the text. */
START_TEST(special_bytes_are_found)
{
	char text[64], copy[80];
	for (size_t len = 0; len <= 40; len++) {
		memset(text, 'x', sizeof text);
		memset(text + len, '"', PUT_STEP / 2);
		memset(text + len + PUT_STEP / 2, '\t', PUT_STEP / 2);
		ck_assert(!finds(text, len, put_special_json, copy));
		ck_assert(!finds(text, len, put_special_tsv, copy));
		for (size_t i = 0; i < len; i++) {
			for (int byte = 0; byte < 256; byte++) {
				text[i] = (char)byte;
				ck_assert_msg(finds(text, len, put_special_json, copy) ==
				                      escapes_json((unsigned char)byte),
				              "json: byte %d at %zu of %zu", byte, i, len);
				/* Other controls may be found too: they go the long way. */
				const bool found = finds(text, len, put_special_tsv, copy);
				ck_assert_msg(found || !escapes_tsv((unsigned char)byte),
				              "tsv: byte %d at %zu of %zu", byte, i, len);
				ck_assert_msg(!found || byte < 0x20 || byte == '\\',
				              "tsv: byte %d at %zu of %zu", byte, i, len);
			}
			text[i] = 'x';
		}
	}
}
END_TEST

START_TEST(blocks)
{
	struct put_block block;
	char copy[PUT_BLOCK_CAP + 8];
	for (size_t len = 0; len <= PUT_BLOCK_CAP; len++) {
		for (size_t i = 0; i < len; i++)
			block.text[i] = (char)('a' + i % 26);
		put_block_end(&block, block.text + len);
		memset(copy, UNTOUCHED, sizeof copy);
		const char *end = put_block(copy, &block);
		ck_assert(helper_equals(block.text, len, copy, (size_t)(end - copy)));
		ck_assert_int_eq(copy[PUT_BLOCK_CAP], UNTOUCHED);
	}
}
END_TEST

/* ---- Escapes ---- */

static char *plain_json(char *dst, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		const unsigned char byte = (unsigned char)text[i];
		static const char named[] = "\bb\ff\nn\rr\tt\"\"\\\\";
		const char *name = byte ? strchr(named, byte) : NULL;
		/* Bytes that are escaped stand at even places. */
		while (name && (name - named) % 2 == 1)
			name = strchr(name + 1, byte);
		if (name)
			dst += sprintf(dst, "\\%c", name[1]);
		else if (byte < 0x20)
			dst += sprintf(dst, "\\u%04x", byte);
		else
			*dst++ = text[i];
	}
	return dst;
}

static char *plain_tsv(char *dst, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\t')
			dst = strcpy(dst, "\\t") + 2;
		else if (text[i] == '\n')
			dst = strcpy(dst, "\\n") + 2;
		else if (text[i] == '\r')
			dst = strcpy(dst, "\\r") + 2;
		else if (text[i] == '\\')
			dst = strcpy(dst, "\\\\") + 2;
		else
			*dst++ = text[i];
	}
	return dst;
}

START_TEST(escapes)
{
	static const char odd[] = "\"\\\t\n\r\b\f\v\x01\x1F\x7F\0\x0E\x80\xFF";
	struct rng rng = {.state = 7};
	for (int round = 0; round < 100000; round++) {
		char text[64], expected[6 * 64], actual[6 * 64];
		const size_t len = rng_below(&rng, sizeof text);
		const size_t rarity = 1 + rng_below(&rng, 40);
		for (size_t i = 0; i < len; i++)
			text[i] = rng_below(&rng, rarity) == 0 ? odd[rng_below(&rng, sizeof odd - 1)]
			                                       : (char)('a' + rng_below(&rng, 26));
		const char *expected_end = plain_json(expected, text, len);
		const char *end = put_copy_json(actual, text, len);
		ck_assert_msg(helper_equals(expected, (size_t)(expected_end - expected), actual,
		                            (size_t)(end - actual)),
		              "json: %s", helper_show(text, len));
		expected_end = plain_tsv(expected, text, len);
		end = put_copy_tsv(actual, text, len);
		ck_assert_msg(helper_equals(expected, (size_t)(expected_end - expected), actual,
		                            (size_t)(end - actual)),
		              "tsv: %s", helper_show(text, len));
	}
}
END_TEST

/* ---- Offsets ---- */

static const struct put_front_texts front_texts = {
	{{"<", 1}, {",", 1}, {",two:", 5}, {",", 1}, {",and fourteen!", 14}},
};

/* Writes the offsets of every token in turn, as the formats do, and compares them with the same made by printf. */
static void expect_offsets(struct put_front *front, struct put_offsets *caches, const struct lafz_batch *batch,
                           size_t *n_copied)
{
	put_front_batch(front, batch);
	for (size_t i = 0; i < batch->n; i++) {
		char expected[128], actual[2 * PUT_FRONT_CAP];
		const uint32_t *const at = batch->source_at;
		const int len = snprintf(
			expected, sizeof expected, "<%" PRIu64 ",%" PRIu64 ",two:%" PRIu64 ",%" PRIu64 ",and fourteen!",
			batch->base + (at ? at[batch->start[i]] : batch->start[i]),
			batch->base + (at ? at[batch->end[i]] : batch->end[i]),
			batch->cbase + batch->cstart[i], batch->cbase + batch->cend[i]);
		const struct put_front_low low = put_front_low(front, batch, i);
		const bool is_copied = front->is_usable && put_front_fits(low);
		memset(actual, UNTOUCHED, sizeof actual);
		const char *const end =
			is_copied ? put_front(actual, front, low, ',')
				  : put_front_anew(actual, front, &front_texts, caches, batch, i);
		*n_copied += is_copied;
		if (!helper_equals(expected, (size_t)len, actual, (size_t)(end - actual)))
			ck_abort_msg("expected %s, actual %.*s", expected, (int)(end - actual), actual);
		for (size_t k = PUT_FRONT_CAP; k < sizeof actual; k++)
			ck_assert_msg(actual[k] == UNTOUCHED, "%s: byte %zu was written", expected, k);
	}
}

#define FRONT_TOKENS 2000

START_TEST(offsets)
{
	static const uint64_t bases[] = {0,          500,        999,         1000,       123456,
	                                 4294960000, 4294967296, 8589934592u, 99999999990, UINT64_MAX / 2};
	static uint32_t start[FRONT_TOKENS], end[FRONT_TOKENS], cstart[FRONT_TOKENS], cend[FRONT_TOKENS];
	static uint32_t source_at[16 * FRONT_TOKENS];
	struct rng rng = {.state = 23};
	struct put_front front = {0};
	struct put_offsets caches = {0};
	size_t n_copied = 0, n = 0;
	for (int round = 0; round < 100; round++) {
		uint32_t at = (uint32_t)rng_below(&rng, 3), ch = 0;
		for (size_t i = 0; i < FRONT_TOKENS; i++) {
			start[i] = at;
			end[i] = at += 1 + (uint32_t)rng_below(&rng, 9);
			cstart[i] = ch;
			cend[i] = ch += 1 + (uint32_t)rng_below(&rng, 4);
			at += (uint32_t)rng_below(&rng, 3);
			ch += (uint32_t)rng_below(&rng, 2);
		}
		for (uint32_t i = 0; i < COUNT(source_at); i++)
			source_at[i] = 2 * i;
		const struct lafz_batch batch = {
			.n = rng_below(&rng, FRONT_TOKENS),
			.base = bases[rng_below(&rng, COUNT(bases))],
			.cbase = bases[rng_below(&rng, COUNT(bases))],
			.start = start,
			.end = end,
			.cstart = cstart,
			.cend = cend,
			.source_at = rng_below(&rng, 4) == 0 ? source_at : NULL,
		};
		expect_offsets(&front, &caches, &batch, &n_copied);
		n += batch.n;
	}
	ck_assert_msg(n_copied > n / 2, "%zu of %zu were copied", n_copied, n);
}
END_TEST

/* ---- Short texts ---- */

START_TEST(short_texts)
{
	static const char odd[] = "\"\\\n\t\r\x01\x1F\x20\x21\x23\x7F\x80\xFF";
	struct rng rng = {.state = 29};
	for (int round = 0; round < 100000; round++) {
		char text[6 * PUT_STEP], other[6 * PUT_STEP], copy[6 * PUT_STEP];
		for (size_t i = 0; i < sizeof text; i++)
			text[i] = rng_below(&rng, 20) == 0 ? odd[rng_below(&rng, sizeof odd - 1)] : 'a';
		memcpy(other, text, sizeof other);
		other[rng_below(&rng, 4 * PUT_STEP)] ^= (char)rng_below(&rng, 2);
		const size_t len = rng_below(&rng, 2 * PUT_STEP);
		ck_assert(put_short_same(text, other, len) == (memcmp(text, other, len) == 0));
		ck_assert(put_short(copy, text, len, len % 2 == 0) == copy + len);
		ck_assert(memcmp(copy, text, len) == 0);
	}
}
END_TEST

/* The first of the bytes that some test asks for, but for one. */
static size_t first_special(const char *text, size_t i, size_t len, char but, bool (*is_special)(unsigned char))
{
	while (i < len && (text[i] == but || !is_special((unsigned char)text[i])))
		i++;
	return i;
}

/* With other controls, as put_special_tsv. */
static bool is_low(unsigned char byte)
{
	return byte < 0x0E || byte == '\\';
}

#ifdef __AVX2__
#define find_json put_find_json_avx2
#define find_tsv put_find_tsv_avx2
#else
#define find_json put_find_json
#define find_tsv put_find_tsv
#endif

START_TEST(special_bytes_are_found_in_texts)
{
	static const char odd[] = "\"\\\n\t\r\x01\x1F\x20\x21\x23\x7F\x80\xFF";
	struct rng rng = {.state = 37};
	for (int round = 0; round < 100000; round++) {
		char text[200];
		const size_t rarity = 2 + rng_below(&rng, 150), len = rng_below(&rng, sizeof text + 1);
		const size_t i = rng_below(&rng, len + 1);
		const char but = rng_below(&rng, 2) ? '\n' : PUT_FIND_ALL;
		for (size_t k = 0; k < sizeof text; k++)
			text[k] = rng_below(&rng, rarity) == 0 ? odd[rng_below(&rng, sizeof odd - 1)] : 'a';
		/* a block of its own, so that a sanitizer sees what is read behind it */
		char *const block = malloc(len > 0 ? len : 1);
		ck_assert_ptr_nonnull(block);
		memcpy(block, text, len);
		ck_assert(put_find_json(block, i, len, but) == first_special(text, i, len, but, escapes_json));
		ck_assert(put_find_tsv(block, i, len, but) == first_special(text, i, len, but, is_low));
		ck_assert(find_json(block, i, len, but) == first_special(text, i, len, but, escapes_json));
		ck_assert(find_tsv(block, i, len, but) == first_special(text, i, len, but, is_low));
		free(block);
	}
}
END_TEST

#ifdef __AVX2__
static bool can_run(void)
{
	return __builtin_cpu_supports("avx2");
}
#else
static bool can_run(void)
{
	return true;
}
#endif

int main(void)
{
	if (!can_run()) {
		puts("this processor has no AVX2");
		return 77;
	}
	const TTest *const tests[] = {
		decimals_around_powers,
		decimals_up_and_down,
		decimals_at_random,
		confidences,
		special_bytes_are_found,
		special_bytes_are_found_in_texts,
		blocks,
		escapes,
		offsets,
		short_texts,
	};
	return helper_run("put", tests, COUNT(tests));
}
