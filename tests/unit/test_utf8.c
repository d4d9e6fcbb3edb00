/*
 * The decoder against the tables of the Unicode Standard 15.0, section 3.9, and against a decoder
 * written from the definition of well-formedness and of maximal subparts (helper_decode).
 */
#include <string.h>

#include "helper.h"
#include "unicode/utf8.h"

static const char *status_name(enum utf8_status status)
{
	static const char *const names[] = {"CHAR", "ILLFORMED", "CUT", "END"};
	return names[status];
}

static enum utf8_status model_status(const struct model *c)
{
	if (c->len == 0)
		return UTF8_END;
	if (c->is_char)
		return UTF8_CHAR;
	return c->is_cut ? UTF8_CUT : UTF8_ILLFORMED;
}

static void expect(const char *description, const char *text, size_t len, uint32_t cp,
                   size_t cp_len, enum utf8_status status)
{
	const struct utf8 c = utf8_decode(text, len);
	if (c.cp == cp && c.len == cp_len && c.status == status)
		return;
	ck_abort_msg("%s: %s: expected U+%04X, %zu bytes, %s; actual U+%04X, %u bytes, %s",
	             description, helper_show(text, len), (unsigned)cp, cp_len, status_name(status),
	             (unsigned)c.cp, (unsigned)c.len, status_name(c.status));
}

/* ---- Table 3-7: well-formed sequences ---- */

struct range {
	unsigned char low, high;
};

struct row_3_7 {
	const char *description;
	uint32_t first, last;
	size_t len;
	struct range bytes[4];
};

static const struct row_3_7 table_3_7[] = {
	{.description = "to U+007F", .first = 0x0, .last = 0x7F, .len = 1, .bytes = {{0x00, 0x7F}}},
	{.description = "U+0080..U+07FF",
         .first = 0x80,
         .last = 0x7FF,
         .len = 2,
         .bytes = {{0xC2, 0xDF}, {0x80, 0xBF}}},
	{.description = "U+0800..U+0FFF",
         .first = 0x800,
         .last = 0xFFF,
         .len = 3,
         .bytes = {{0xE0, 0xE0}, {0xA0, 0xBF}, {0x80, 0xBF}}},
	{.description = "U+1000..U+CFFF",
         .first = 0x1000,
         .last = 0xCFFF,
         .len = 3,
         .bytes = {{0xE1, 0xEC}, {0x80, 0xBF}, {0x80, 0xBF}}},
	{.description = "U+D000..U+D7FF",
         .first = 0xD000,
         .last = 0xD7FF,
         .len = 3,
         .bytes = {{0xED, 0xED}, {0x80, 0x9F}, {0x80, 0xBF}}},
	{.description = "U+E000..U+FFFF",
         .first = 0xE000,
         .last = 0xFFFF,
         .len = 3,
         .bytes = {{0xEE, 0xEF}, {0x80, 0xBF}, {0x80, 0xBF}}},
	{.description = "U+10000..U+3FFFF",
         .first = 0x10000,
         .last = 0x3FFFF,
         .len = 4,
         .bytes = {{0xF0, 0xF0}, {0x90, 0xBF}, {0x80, 0xBF}, {0x80, 0xBF}}},
	{.description = "U+40000..U+FFFFF",
         .first = 0x40000,
         .last = 0xFFFFF,
         .len = 4,
         .bytes = {{0xF1, 0xF3}, {0x80, 0xBF}, {0x80, 0xBF}, {0x80, 0xBF}}},
	{.description = "U+100000..U+10FFFF",
         .first = 0x100000,
         .last = 0x10FFFF,
         .len = 4,
         .bytes = {{0xF4, 0xF4}, {0x80, 0x8F}, {0x80, 0xBF}, {0x80, 0xBF}}},
};

/* Moves on to the next sequence of a row; false behind the last. */
static bool next_sequence(const struct row_3_7 *row, unsigned char *s)
{
	for (size_t i = row->len; i-- > 0;) {
		if (s[i] < row->bytes[i].high) {
			s[i]++;
			return true;
		}
		s[i] = row->bytes[i].low;
	}
	return false;
}

START_TEST(all_sequences_of_table_3_7)
{
	for (size_t r = 0; r < COUNT(table_3_7); r++) {
		const struct row_3_7 *row = &table_3_7[r];
		unsigned char s[4] = {0};
		uint32_t cp = row->first;
		for (size_t i = 0; i < row->len; i++)
			s[i] = row->bytes[i].low;
		do
			expect(row->description, (const char *)s, row->len, cp++, row->len,
			       UTF8_CHAR);
		while (next_sequence(row, s));
		ck_assert_msg(cp == row->last + 1, "%s: the row ends with U+%04X", row->description,
		              (unsigned)cp - 1);
	}
}
END_TEST

/* One byte beyond what the table allows at a place, everything before it as it should be. */
START_TEST(just_outside_of_table_3_7)
{
	for (size_t r = 0; r < COUNT(table_3_7); r++) {
		const struct row_3_7 *row = &table_3_7[r];
		for (size_t at = 1; at < row->len; at++) {
			char s[4];
			for (size_t i = 0; i < row->len; i++)
				s[i] = (char)row->bytes[i].high;
			s[at] = (char)(row->bytes[at].low - 1);
			expect(row->description, s, row->len, 0xFFFD, at, UTF8_ILLFORMED);
			s[at] = (char)(row->bytes[at].high + 1);
			expect(row->description, s, row->len, 0xFFFD, at, UTF8_ILLFORMED);
		}
	}
}
END_TEST

START_TEST(bytes_that_begin_nothing)
{
	for (unsigned byte = 0x80; byte <= 0xFF; byte++) {
		if (byte >= 0xC2 && byte <= 0xF4)
			continue;
		const char s[] = {(char)byte, (char)0x80, (char)0x80, (char)0x80};
		for (size_t len = 1; len <= sizeof s; len++)
			expect("no lead byte", s, len, 0xFFFD, 1, UTF8_ILLFORMED);
	}
}
END_TEST

/* ---- Tables 3-8 to 3-11: U+FFFD for maximal subparts ---- */

struct row_subparts {
	const char *description;
	struct text text;
	size_t n;
	uint32_t cps[12];
	size_t lens[12];
};

static const struct row_subparts subparts[] = {
	{.description = "table 3-8: non-shortest forms",
         .text = T("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41"),
         .n = 9,
         .cps = {0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0x41},
         .lens = {1, 1, 1, 1, 1, 1, 1, 1, 1}},
	{.description = "table 3-9: surrogates",
         .text = T("\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41"),
         .n = 9,
         .cps = {0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0x41},
         .lens = {1, 1, 1, 1, 1, 1, 1, 1, 1}},
	{.description = "table 3-10: other ill-formed sequences",
         .text = T("\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42"),
         .n = 9,
         .cps = {0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0x41, 0xFFFD, 0xFFFD, 0x42},
         .lens = {1, 1, 1, 1, 1, 1, 1, 1, 1}},
	{.description = "table 3-11: truncated sequences",
         .text = T("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"),
         .n = 5,
         .cps = {0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0x41},
         .lens = {2, 1, 3, 2, 1}},
	{.description = "definition D93b: the example",
         .text = T("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64"),
         .n = 10,
         .cps = {0x61, 0xFFFD, 0xFFFD, 0xFFFD, 0x62, 0xFFFD, 0x63, 0xFFFD, 0xFFFD, 0x64},
         .lens = {1, 3, 2, 1, 1, 1, 1, 1, 1, 1}},
	{.description = "NUL is an ordinary character",
         .text = T("\0a\0"),
         .n = 3,
         .cps = {0, 'a', 0},
         .lens = {1, 1, 1}},
	{.description = "noncharacters are scalar values",
         .text = T("\xEF\xBF\xBE\xEF\xBF\xBF\xF4\x8F\xBF\xBF"),
         .n = 3,
         .cps = {0xFFFE, 0xFFFF, 0x10FFFF},
         .lens = {3, 3, 4}},
};

START_TEST(maximal_subparts)
{
	for (size_t r = 0; r < COUNT(subparts); r++) {
		const struct row_subparts *row = &subparts[r];
		size_t off = 0;
		for (size_t i = 0; i < row->n; i++) {
			const enum utf8_status status = row->cps[i] == 0xFFFD ? UTF8_ILLFORMED
			                                                      : UTF8_CHAR;
			expect(row->description, row->text.ptr + off, row->text.len - off,
			       row->cps[i], row->lens[i], status);
			off += row->lens[i];
		}
		ck_assert_msg(off == row->text.len, "%s: %zu of %zu bytes", row->description, off,
		              row->text.len);
		const size_t n = utf8_count(row->text.ptr, row->text.len);
		ck_assert_msg(n == row->n, "%s: count: expected %zu, actual %zu", row->description,
		              row->n, n);
	}
}
END_TEST

/* ---- Against the definition ---- */

/*
 * Decodes all of a text, forward, backward and counting. Quick: the message is made only when
 * something is wrong.
 */
static void compare_with_model(const char *text, size_t len)
{
	size_t borders[8] = {0}, n = 0;
	for (size_t off = 0; off < len;) {
		const struct model c = helper_decode(text + off, len - off);
		expect("model", text + off, len - off, c.cp, c.len, model_status(&c));
		off += c.len;
		borders[++n] = off;
	}
	if (utf8_count(text, len) != n)
		ck_abort_msg("count of %s: expected %zu, actual %zu", helper_show(text, len), n,
		             utf8_count(text, len));
	for (size_t i = n; i > 0; i--) {
		const struct utf8 c = utf8_decode_before(text, borders[i]);
		const struct model m = helper_decode(text + borders[i - 1],
		                                     borders[i] - borders[i - 1]);
		if (c.len != borders[i] - borders[i - 1] || c.cp != m.cp)
			ck_abort_msg("before %zu in %s: expected U+%04X, %zu bytes; actual U+%04X, "
			             "%u bytes",
			             borders[i], helper_show(text, len), (unsigned)m.cp,
			             borders[i] - borders[i - 1], (unsigned)c.cp, (unsigned)c.len);
	}
}

START_TEST(all_sequences_of_two_bytes)
{
	for (unsigned a = 0; a <= 0xFF; a++) {
		for (unsigned b = 0; b <= 0xFF; b++) {
			const char s[] = {(char)a, (char)b};
			compare_with_model(s, 1);
			compare_with_model(s, 2);
		}
	}
}
END_TEST

/* The bytes where some range of table 3-7 begins or ends, and those beside them. */
static const unsigned char boundary[] = {
	0x00, 0x41, 0x7F, 0x80, 0x81, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF,
	0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF7, 0xF8, 0xFF,
};

START_TEST(sequences_of_three_and_four_boundary_bytes)
{
	for (size_t a = 0; a < COUNT(boundary); a++) {
		for (size_t b = 0; b < COUNT(boundary); b++) {
			for (size_t c = 0; c < COUNT(boundary); c++) {
				char s[] = {(char)boundary[a], (char)boundary[b], (char)boundary[c],
				            0};
				compare_with_model(s, 3);
				for (size_t d = 0; d < COUNT(boundary); d++) {
					s[3] = (char)boundary[d];
					compare_with_model(s, 4);
				}
			}
		}
	}
}
END_TEST

/* Longer rows: a sequence may be followed by anything, a step back may meet anything. */
START_TEST(random_rows_of_boundary_bytes)
{
	struct rng rng = {1};
	for (size_t i = 0; i < 200000; i++) {
		char s[7];
		for (size_t k = 0; k < sizeof s; k++)
			s[k] = (char)boundary[rng_below(&rng, COUNT(boundary))];
		compare_with_model(s, sizeof s);
	}
}
END_TEST

/* ---- All scalar values ---- */

static bool is_scalar(uint32_t cp)
{
	return cp < 0xD800 || (cp > 0xDFFF && cp <= 0x10FFFF);
}

START_TEST(roundtrip_of_all_scalar_values)
{
	for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
		if (!is_scalar(cp))
			continue;
		char expected[4], actual[UTF8_MAX] = {0};
		const size_t len = helper_encode(cp, expected);
		const uint32_t n = utf8_encode(cp, actual);
		if (!helper_equals(expected, len, actual, n))
			ck_abort_msg("encode U+%04X: expected %zu bytes, actual %u: %s",
			             (unsigned)cp, len, (unsigned)n, helper_show(actual, n));
		expect("decode", actual, n, cp, len, UTF8_CHAR);
		const struct utf8 before = utf8_decode_before(actual, n);
		if (before.cp != cp || before.len != n || before.status != UTF8_CHAR)
			ck_abort_msg("before: expected U+%04X, actual U+%04X", (unsigned)cp,
			             (unsigned)before.cp);
		if (utf8_count(actual, n) != 1 || utf8_count_valid(actual, n) != 1)
			ck_abort_msg("U+%04X does not count as one", (unsigned)cp);
	}
}
END_TEST

/* Every front of every character: the bytes end inside it, wherever the text ends. */
START_TEST(cut_at_the_end)
{
	for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
		if (!is_scalar(cp))
			continue;
		char s[4];
		const size_t len = helper_encode(cp, s);
		for (size_t n = 1; n < len; n++)
			expect("front of a character", s, n, 0xFFFD, n, UTF8_CUT);
	}
	expect("no bytes", "a", 0, 0xFFFD, 0, UTF8_END);
	ck_assert_uint_eq(utf8_count("\xF0\x9F\x98", 3), 1);
	ck_assert_uint_eq(utf8_count("a\xE2\x80", 3), 2);
	ck_assert_uint_eq(utf8_count("", 0), 0);
	ck_assert_uint_eq(utf8_count_valid("", 0), 0);
}
END_TEST

/* ---- Stepping back and counting in text ---- */

START_TEST(random_texts)
{
	struct rng rng = {2};
	for (size_t i = 0; i < 2000; i++) {
		char text[40 * HELPER_LONGEST];
		const bool is_valid = i % 2 == 0;
		const size_t len = helper_trouble(&rng, rng_below(&rng, 40), is_valid, text);
		const size_t n = helper_count(text, len);
		size_t back = 0;
		for (size_t off = len; off > 0; back++)
			off -= utf8_decode_before(text, off).len;
		if (utf8_count(text, len) != n || back != n ||
		    (is_valid && utf8_count_valid(text, len) != n))
			ck_abort_msg("%s: expected %zu characters; count %zu, back %zu, valid %zu",
			             helper_show(text, len), n, utf8_count(text, len), back,
			             utf8_count_valid(text, len));
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		all_sequences_of_table_3_7,
		just_outside_of_table_3_7,
		bytes_that_begin_nothing,
		maximal_subparts,
		all_sequences_of_two_bytes,
		sequences_of_three_and_four_boundary_bytes,
		random_rows_of_boundary_bytes,
		roundtrip_of_all_scalar_values,
		cut_at_the_end,
		random_texts,
	};
	return helper_run("utf8", tests, COUNT(tests));
}
