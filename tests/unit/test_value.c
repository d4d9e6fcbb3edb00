/*
 * What numbers, dates and times say, and where lafz_value says nothing; tokens come from the
 * library itself, so their kinds and flags are the real ones.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper.h"

struct row {
	const char *lang, *text, *value; /* value: "" if there is none */
};

static const struct row rows[] = {
	/* both sets of digits, and mixed */
	{"en", "12", "12"},
	{"fa", "\u06F1\u06F2", "12"},
	{"ar", "\u0661\u0662", "12"},
	{"fa", "\u06F1\u06622", "122"},
	{"en", "007", "007"},
	{"fa", "\u06F1\u06F2\u066B\u06F5", "12.5"},
	{"fa", "\u06F1\u066C\u06F2\u06F3\u06F4", "1234"},
	{"fa", "\u06F1\u066C\u06F2\u06F3\u06F4\u066B\u06F5\u06F0", "1234.50"},
	{"fa", "\u06F1\u06F2.\u06F5", "12.5"},
	{"fa", "\u06F1.\u06F2\u06F3\u06F4", ""},
	{"fa", "\u06F1,\u06F2\u06F3\u06F4", ""},
	{"ps", "\u06F1\u06F2\u060C\u06F5", ""},
	{"ur", "\u06F1,\u06F2\u06F3\u06F4", "1234"},
	/* full stops and commas, by language */
	{"en", "3.14", "3.14"},
	{"en", "0.125", "0.125"},
	{"en", "1.234", "1.234"},
	{"en", "1,234", "1234"},
	{"en", "12,5", ""},
	{"de", "1.234", "1234"},
	{"de", "1,234", "1.234"},
	{"de", "12,5", "12.5"},
	{"de", "12.30", ""},
	{"de", "0.5", "0.5"},
	{"fr", "12,5", "12.5"},
	{"fr", "1.234", ""},
	{"fr", "1,234", "1.234"},
	{"es", "12,5", "12.5"},
	{"es", "1,234", ""},
	{"es", "1.234", ""},
	{"es", "3.14", "3.14"},
	/* where the form alone settles it */
	{"es", "3,000.50", "3000.50"},
	{"es", "3.000,50", "3000.50"},
	{"en", "3,000.50", "3000.50"},
	{"es", "1.234.567", "1234567"},
	{"es", "1,234,567", "1234567"},
	{"en", "12,34,567", "1234567"},
	{"en", "1,23,45,678", "12345678"},
	{"es", "1234.567", "1234.567"},
	{"es", "1'234'567", "1234567"},
	{"en", "1,2,3", ""},
	{"en", "0,123", ""},
	{"en", "1,234.567.8", ""},
	{"en", "1234,567,890", ""},
	/* signs and suffixes */
	{"en", "-7", "-7"},
	{"en", "+7", "7"},
	{"en", "\u22123.5", "-3.5"},
	{"en", ".5", "0.5"},
	{"fr", "-.125", "-0.125"},
	{"fa", "\u066B\u06F5", "0.5"},
	{"en", "21st", "21"},
	{"tr", "1996'da", "1996"},
	{"tr", "17:30'da", "17:30"},
	{"tr", "5:30'da", ""},
	{"tr", "2021-09-13'te", "2021-09-13"},
	{"ug", "17:30\u062F\u0627", "17:30"},
	{"en", "0xFF", ""},
	{"en", "6.02e23", ""},
	{"en", "978-0-306-40615-7", ""},
	{"en", "1950s", "1950"},
	{"ps", "\u06F1\u06F4\u06F0\u06F4\u0645", "1404"},
	{"ar", "\u0600\u0661\u0662", "12"},
	/* other things */
	{"en", "2.6.1", ""},
	{"en", "192.168.100.200", ""},
	{"en", "+93700123456", ""},
	{"en", "word", ""},
	{"en", "3D", ""},
	/* dates */
	{"en", "2025-09-21", "2025-09-21"},
	{"fa", "\u06F2\u06F0\u06F2\u06F5/\u06F9/\u06F1", "2025-09-01"},
	{"en", "2024-02-29", "2024-02-29"},
	{"en", "2025-09-21T17:29", "2025-09-21T17:29"},
	{"en", "2025-09-21T07:29:30.25Z", "2025-09-21T07:29:30.25Z"},
	{"en", "21/09/2025", "2025-09-21"},
	{"en", "09/21/2025", "2025-09-21"},
	{"en", "08/08/2021", "2021-08-08"},
	{"en", "12/08/2021", ""},
	{"de", "21.09.2025", "2025-09-21"},
	{"en", "21/09/25", ""},
	{"fa", "\u06F1\u06F4\u06F0\u06F4/\u06F6/\u06F3\u06F0", ""},
	/* times */
	{"en", "17:29", "17:29"},
	{"fa", "\u06F1\u06F7:\u06F2\u06F9", "17:29"},
	{"en", "00:05", "00:05"},
	{"en", "0:05:59", "00:05:59"},
	{"en", "23:59:59.5", "23:59:59.5"},
	{"en", "24:00", "24:00"},
	{"en", "7:05", ""},
	{"en", "12:30", ""},
};

static struct lafz_stream *open_for(const char *lang)
{
	struct lafz_options options;
	struct lafz_stream *stream = NULL;
	lafz_options_init(&options, sizeof options);
	options.languages[0] = lafz_lang_id(lang);
	options.n_languages = 1;
	ck_assert_int_eq(lafz_open(&stream, &options), LAFZ_OK);
	return stream;
}

START_TEST(values)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct row *row = &rows[i];
		struct lafz_stream *stream = open_for(row->lang);
		const struct lafz_token *token = NULL;
		char value[LAFZ_VALUE_ROOM];
		ck_assert_int_eq(lafz_feed(stream, row->text, strlen(row->text)), LAFZ_OK);
		ck_assert_int_eq(lafz_finish(stream), LAFZ_OK);
		ck_assert_int_eq(lafz_next(stream, &token), LAFZ_TOKEN);
		ck_assert_msg(token->surface_len == strlen(row->text), "%s is not one token",
		              row->text);
		/* arabic digits have no letters: the run has the language only if one is set */
		struct lafz_token copy = *token;
		copy.lang = lafz_lang_id(row->lang);
		copy.confidence = 1;
		const size_t len = lafz_value(&copy, value);
		ck_assert_msg(strcmp(value, row->value) == 0 && len == strlen(value),
		              "%s %s, kind %s, flags %x: expected %s, actual %s", row->lang,
		              row->text, lafz_kind_name(token->kind), (unsigned)token->flags,
		              row->value, value);
		lafz_close(stream);
	}
}
END_TEST

/* A language that is not certain settles nothing. */
START_TEST(confidence)
{
	struct lafz_token token = {.surface = "1,234",
	                           .surface_len = 5,
	                           .kind = LAFZ_KIND_NUMBER,
	                           .lang = lafz_lang_id("en"),
	                           .confidence = 0.9f};
	char value[LAFZ_VALUE_ROOM];
	ck_assert_uint_eq(lafz_value(&token, value), 4);
	token.confidence = 0.89f;
	ck_assert_uint_eq(lafz_value(&token, value), 0);
	ck_assert_str_eq(value, "");
}
END_TEST

/* Invisible controls are passed over; what does not fit has no value. */
START_TEST(controls_and_length)
{
	static const char marked[] = "\u200E12\u200F";
	char value[LAFZ_VALUE_ROOM], digits[LAFZ_VALUE_ROOM + 1];
	struct lafz_token token = {
		.surface = marked, .surface_len = sizeof marked - 1, .kind = LAFZ_KIND_NUMBER};
	ck_assert_uint_eq(lafz_value(&token, value), 2);
	ck_assert_str_eq(value, "12");
	memset(digits, '1', sizeof digits);
	token.surface = digits;
	token.surface_len = LAFZ_VALUE_ROOM - 1;
	ck_assert_uint_eq(lafz_value(&token, value), LAFZ_VALUE_ROOM - 1);
	token.surface_len = LAFZ_VALUE_ROOM;
	ck_assert_uint_eq(lafz_value(&token, value), 0);
}
END_TEST

/* Whatever the bytes: what comes out is a number, date or time, and as long as is said. */
START_TEST(any_text)
{
	static const char *const bits[] = {"1", "20", "2025",   "000",    ".",     ",",
	                                   "'", ":",  "-",      "/",      "+",     "T",
	                                   "Z", "st", "\u066B", "\u066C", "\u06F5"};
	static const uint8_t kinds[] = {LAFZ_KIND_NUMBER, LAFZ_KIND_DATE, LAFZ_KIND_TIME};
	struct rng rng = {2};
	for (size_t round = 0; round < 200000; round++) {
		char text[32 * HELPER_LONGEST], value[LAFZ_VALUE_ROOM];
		size_t len = 0;
		for (size_t n = rng_below(&rng, 24) + 1; n > 0; n--) {
			if (rng_below(&rng, 32) == 0) {
				len += helper_trouble(&rng, 1, false, text + len);
				continue;
			}
			const char *bit = bits[rng_below(&rng, COUNT(bits))];
			memcpy(text + len, bit, strlen(bit));
			len += strlen(bit);
		}
		const struct lafz_token token = {.surface = text,
		                                 .surface_len = len,
		                                 .kind = kinds[round % COUNT(kinds)],
		                                 .lang = (uint16_t)rng_below(&rng, lafz_lang_count()),
		                                 .confidence = 1};
		const size_t n = lafz_value(&token, value);
		if (n != strlen(value) || strspn(value, "0123456789.-:TZ") != n)
			ck_abort_msg("%s: %s", helper_show(text, len), value);
		if (n > 0 && token.kind == LAFZ_KIND_NUMBER) {
			char *end = NULL;
			(void)strtod(value, &end);
			if (*end != '\0')
				ck_abort_msg("%s: %s is no number", helper_show(text, len), value);
		}
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {values, confidence, controls_and_length, any_text};
	return helper_run("value", tests, COUNT(tests));
}
