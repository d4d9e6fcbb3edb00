/*
 * lafz_nfc: the same as a stream with the profile nfc gives for the whole text, in any room.
 */
#include <stdlib.h>
#include <string.h>

#include "helper.h"

struct row {
	struct text text, nfc;
};

static const struct row rows[] = {
	{T(""), T("")},
	{T("abc"), T("abc")},
	{T("e\u0301"), T("\u00E9")},
	{T("\u0627\u0653"), T("\u0622")},
	{T("=\u0338"), T("\u2260")},
	{T("a\0e\u0301"), T("a\0\u00E9")},
	{T("\xFF\xE2\x82"), T("\uFFFD\uFFFD")},
	{T("\u0344"), T("\u0308\u0301")},
};

START_TEST(texts)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct row *row = &rows[i];
		char out[64];
		size_t len = 99;
		ck_assert_int_eq(lafz_nfc(row->text.ptr, row->text.len, out, sizeof out, &len),
		                 LAFZ_OK);
		ck_assert_msg(helper_equals(out, len, row->nfc.ptr, row->nfc.len),
		              "expected %s, actual %s", helper_show(row->nfc.ptr, row->nfc.len),
		              helper_show(out, len));
		/* too little room: the length alone */
		memset(out, '?', sizeof out);
		len = 99;
		if (row->nfc.len == 0)
			continue;
		ck_assert_int_eq(lafz_nfc(row->text.ptr, row->text.len, out, row->nfc.len - 1, &len),
		                 LAFZ_OK);
		ck_assert_uint_eq(len, row->nfc.len);
		ck_assert_int_eq(out[0], '?');
	}
}
END_TEST

/* Room for three times as many bytes is enough, and composing twice changes nothing. */
START_TEST(any_text)
{
	struct rng rng = {3};
	for (size_t round = 0; round < 50000; round++) {
		char text[16 * HELPER_LONGEST], once[48 * HELPER_LONGEST], twice[48 * HELPER_LONGEST];
		const size_t len = helper_trouble(&rng, 1 + rng_below(&rng, 12), false, text);
		size_t n = 0, m = 0;
		if (lafz_nfc(text, len, once, 3 * len, &n) < 0 || n > 3 * len)
			ck_abort_msg("%s: %zu bytes", helper_show(text, len), n);
		if (lafz_nfc(once, n, twice, sizeof twice, &m) < 0 ||
		    !helper_equals(once, n, twice, m))
			ck_abort_msg("%s: twice is not once", helper_show(text, len));
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {texts, any_text};
	return helper_run("nfc_text", tests, COUNT(tests));
}
