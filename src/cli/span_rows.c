#include "cli/span_rows.h"

#include <stdbool.h>
#include <string.h>

#include "cli/put.h"

#define LAST_FOUR 10000

/* Numbers below ten thousand have fewer digits, and no others. */
static struct span_range range_of(uint64_t number)
{
	struct span_range range = {.end = 10};
	if (number >= LAST_FOUR) {
		range.base = range.first = number - number % LAST_FOUR;
		range.end = range.base <= UINT64_MAX - LAST_FOUR ? range.base + LAST_FOUR : UINT64_MAX;
		return range;
	}
	while (number >= range.end) {
		range.first = range.end;
		range.end *= 10;
	}
	return range;
}

/* What the first number of a pair and the second one share: the digits above the last four, which are put in. */
struct high {
	char text[PUT_STEP];
	size_t len;
	size_t n_low; /* how many are put in */
};

static struct high high_of(struct put_high *cache, uint64_t number)
{
	struct high high = {.n_low = number >= 1000 ? 4 : 1 + (size_t)(number >= 10) + (size_t)(number >= 100)};
	char text[PUT_DECIMAL_ROOM];
	if (number < LAST_FOUR)
		return high;
	high.len = (size_t)(put_decimal(text, cache, number / LAST_FOUR) - text);
	memcpy(high.text, text, sizeof high.text);
	return high;
}

/* The k-th number. Returns its end. */
static size_t add_number(struct span_rows *rows, size_t at, const struct high *high, size_t k)
{
	memcpy(rows->text + at, high->text, sizeof high->text);
	memset(rows->text + at + high->len, 0, 4);
	for (size_t i = 0; i < high->n_low; i++)
		rows->digits[at + high->len + i] = (uint8_t)(4 * k + 4 - high->n_low + i);
	return at + high->len + high->n_low;
}

static size_t add_pair(struct span_rows *rows, size_t at, const struct high *high, size_t k)
{
	at = add_number(rows, at, high, k);
	rows->text[at++] = ',';
	return add_number(rows, at, high, k + 1);
}

/* Both sides of the kind. */
static void make_halves(struct span_rows *rows)
{
	const size_t front = rows->kind_at, back = (size_t)rows->kind_at + 1;
	const size_t back_len = rows->len - 1 - back; /* without the comma at the end */
	rows->front_len = rows->back_len = 0;
	if (1 + front > SPAN_ROWS_HALF || back_len > SPAN_ROWS_HALF)
		return;
	rows->front[0] = ',';
	rows->front_digits[0] = 0x80;
	memcpy(rows->front + 1, rows->text, SPAN_ROWS_HALF - 1);
	memcpy(rows->front_digits + 1, rows->digits, SPAN_ROWS_HALF - 1);
	memcpy(rows->back, rows->text + back, SPAN_ROWS_HALF);
	memcpy(rows->back_digits, rows->digits + back, SPAN_ROWS_HALF);
	rows->front_len = (uint8_t)(1 + front);
	rows->back_len = (uint8_t)back_len;
}

void span_rows_make(struct span_rows *rows, uint64_t ch, uint64_t byte)
{
	const uint64_t most = UINT64_C(100000000000000); /* fifteen digits */
	rows->len = rows->front_len = 0;
	rows->chars.end = rows->bytes.end = 0; /* nothing fits */
	if (ch >= most || byte >= most)
		return;
	rows->chars = range_of(ch);
	rows->bytes = range_of(byte);
	memset(rows->digits, 0x80, sizeof rows->digits);
	rows->text[0] = '[';
	const struct high chars = high_of(&rows->chars_high, ch), bytes = high_of(&rows->bytes_high, byte);
	size_t at = add_pair(rows, 1, &chars, 0);
	rows->text[at++] = ',';
	rows->kind_at = (uint8_t)at;
	rows->text[at++] = 0;
	rows->text[at++] = ',';
	at = add_pair(rows, at, &bytes, 2);
	rows->text[at++] = ']';
	rows->text[at++] = ',';
	rows->len = (uint8_t)at;
	make_halves(rows);
}

static inline bool is_below(const uint32_t *offsets, const uint32_t *first, size_t i, uint64_t base, uint64_t end)
{
	return base + offsets[first ? first[i + 1] - 1 : i] < end;
}

/*
 * How many of n offsets from base on, which only grow, are below end; with first, of those of the last tokens of n spans.
 */
static size_t count_below(const uint32_t *offsets, const uint32_t *first, size_t n, uint64_t base, uint64_t end)
{
	size_t low = 0;
	if (n == 0 || is_below(offsets, first, n - 1, base, end))
		return n;
	/* the first that is not lies in the n from low on */
	while (n > 1) {
		const size_t half = n / 2;
		low += is_below(offsets, first, low + half - 1, base, end) ? half : 0;
		n -= half;
	}
	return low;
}

/* Whether a token begins where the text can be used. */
static bool may_begin(const struct span_rows *rows, const struct lafz_batch *batch, size_t i)
{
	return batch->cbase + batch->cstart[i] >= rows->chars.first && batch->base + batch->start[i] >= rows->bytes.first;
}

size_t span_rows_count(const struct span_rows *rows, const struct lafz_batch *batch, size_t i, size_t n)
{
	if (n == 0 || !may_begin(rows, batch, i))
		return 0;
	n = count_below(batch->cend + i, NULL, n, batch->cbase, rows->chars.end);
	return count_below(batch->end + i, NULL, n, batch->base, rows->bytes.end);
}

size_t span_rows_count_spans(const struct span_rows *rows, const struct span_list *list)
{
	const struct lafz_batch *const batch = list->batch;
	if (list->n == 0 || rows->front_len == 0 || !may_begin(rows, batch, list->first[0]))
		return 0;
	const size_t n = count_below(batch->cend, list->first, list->n, batch->cbase, rows->chars.end);
	return count_below(batch->end, list->first, n, batch->base, rows->bytes.end);
}
