/*
 * Offsets in characters (src/chars.h): the functions of each kernel fill the columns as the plain one does, whatever the lengths of tokens and
 * of what lies between them. test_batch compares them with real tokens.
 */
#include <stdlib.h>
#include <string.h>

#include "chars.h"
#include "helper.h"
#include "scan/scan.h"

#define MOST 700     /* tokens */
#define LONGEST 3000 /* characters of a token that goes over several stretches */
#define LONG 60000   /* bytes of a text, at most */

struct columns {
	char text[LONG];
	uint32_t len, start[MOST], end[MOST], cstart[MOST], cend[MOST];
	size_t n;
};

static void add_char(struct columns *columns, uint32_t cp)
{
	columns->len += (uint32_t)helper_encode(cp, columns->text + columns->len);
}

/* Some characters, up to so many: of ASCII alone, or of one to four bytes. */
static void add_chars(struct columns *columns, struct rng *rng, size_t most, bool is_ascii)
{
	static const uint32_t some[] = {'a', 0x627, 0x6CC, 0x200C, 0x1F600};
	for (size_t n = 1 + rng_below(rng, most); n > 0; n--)
		add_char(columns, is_ascii ? 'x' : some[rng_below(rng, COUNT(some))]);
}

/* Between tokens is nothing, white space, or something longer. */
static void add_gap(struct columns *columns, struct rng *rng, size_t rarity)
{
	if (rng_below(rng, rarity) == 0)
		add_chars(columns, rng, 90, rng_below(rng, 2));
	else if (rng_below(rng, 5) > 0)
		add_char(columns, ' ');
}

static void make_columns(struct columns *columns, struct rng *rng)
{
	const size_t rarity = 1 + rng_below(rng, 200), longest = 1 + rng_below(rng, 1 + rng_below(rng, 120));
	const size_t n_ascii = rng_below(rng, 3) ? 0 : rng_below(rng, MOST), n = rng_below(rng, MOST + 1);
	*columns = (struct columns){.n = 0};
	while (columns->n < n && columns->len + 4 * (90 + LONGEST + 90) < LONG) {
		const size_t i = columns->n++;
		const bool is_long = rng_below(rng, i == 0 ? 4 : 300) == 0;
		add_gap(columns, rng, rarity);
		columns->start[i] = columns->len;
		add_chars(columns, rng, is_long ? LONGEST : longest, i < n_ascii);
		columns->end[i] = columns->len;
	}
	add_gap(columns, rng, rarity);
}

static struct tokens tokens_of(struct columns *columns)
{
	return (struct tokens){.start = columns->start, .end = columns->end, .cstart = columns->cstart, .cend = columns->cend, .n = columns->n};
}

static void expect_same(const struct columns *columns, const char *kernel)
{
	static struct columns plain, fast;
	plain = fast = *columns;
	struct tokens expected = tokens_of(&plain), actual = tokens_of(&fast);
	/* where the memory ends nothing more is read */
	char *const text = malloc(columns->len + 1);
	ck_assert_ptr_nonnull(text);
	memcpy(text + 1, columns->text, columns->len);
	const uint32_t n = chars_count(&expected, text + 1, columns->len, 3);
	ck_assert_uint_eq(chars_find(kernel)(&actual, text + 1, columns->len, 3), n);
	free(text);
	for (size_t i = 0; i < columns->n; i++)
		ck_assert_msg(plain.cstart[i] == fast.cstart[i] && plain.cend[i] == fast.cend[i],
		              "%s, token %zu of %zu: expected %u and %u, actual %u and %u", kernel, i, columns->n, plain.cstart[i],
		              plain.cend[i], fast.cstart[i], fast.cend[i]);
}

START_TEST(tokens_of_all_lengths)
{
	struct rng rng = {.state = 57};
	static struct columns columns;
	for (int round = 0; round < 1500; round++) {
		make_columns(&columns, &rng);
		for (size_t k = 0; scan_kernel_at(k); k++)
			if (scan_kernel_at(k)->is_usable())
				expect_same(&columns, scan_kernel_at(k)->name);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {tokens_of_all_lengths};
	return helper_run("chars", tests, COUNT(tests));
}
