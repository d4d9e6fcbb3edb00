#include "norm_text.h"

#include <stdio.h>
#include <string.h>

#include "norm/tables.h"
#include "quick_check.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"

const char *norm_text_hex(const char *text, size_t len, char *out, size_t cap)
{
	size_t at = 0;
	out[0] = '\0';
	for (size_t off = 0; off < len && at + 9 < cap;) {
		const struct utf8 c = utf8_decode(text + off, len - off);
		at += (size_t)snprintf(out + at, cap - at, "%04X ", (unsigned)c.cp);
		off += c.len;
	}
	return out;
}

bool norm_text_equals(const char *got, size_t got_len, const char *want, size_t want_len)
{
	return got_len == want_len && (got_len == 0 || memcmp(got, want, got_len) == 0);
}

void norm_text_expect(const char *what, const char *got, size_t got_len, const char *want,
                        size_t want_len)
{
	char got_hex[1024], want_hex[1024];
	if (!norm_text_equals(got, got_len, want, want_len))
		ck_abort_msg("%s: expected %s, got %s", what,
		             norm_text_hex(want, want_len, want_hex, sizeof want_hex),
		             norm_text_hex(got, got_len, got_hex, sizeof got_hex));
}

void norm_text_of(struct norm *norm, const struct norm_request *request, const char *text,
                    size_t len, struct buf *out)
{
	out->len = 0;
	const int rc = norm_token(norm, &mem_default, request, text, len, out, NULL);
	if (rc < 0 || (rc == 0 && out->len > 0) || (rc == 1 && norm_text_equals(out->ptr, out->len, text, len)))
		ck_abort_msg("result %d with %zu bytes", rc, out->len);
	if (rc == 0 && buf_append(out, &mem_default, text, len) < 0)
		ck_abort_msg("no memory");
}

struct norm_request norm_text_word(uint16_t lang)
{
	return (struct norm_request){.lang = lang, .kind = LAFZ_KIND_WORD, .script = UCD_SCRIPT_ARAB};
}

size_t norm_text_encode(const uint32_t *cps, size_t n, char *out)
{
	size_t len = 0;
	for (size_t i = 0; i < n; i++)
		len += utf8_encode(cps[i], out + len);
	return len;
}

uint64_t norm_text_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

uint32_t norm_text_assigned(uint64_t *state)
{
	for (;;) {
		const uint32_t cp = (uint32_t)(norm_text_random(state) % 0x110000);
		const uint8_t gc = ucd_get(cp)->gc;
		if (gc != UCD_GC_CN && gc != UCD_GC_CS && gc != UCD_GC_CO)
			return cp;
	}
}

uint32_t norm_text_any_cp(uint64_t *state)
{
	static const uint16_t busy[] = {
		0x0621, 0x0622, 0x0626, 0x0627, 0x0628, 0x0629, 0x0631, 0x0640, 0x0640, 0x0643,
		0x0644, 0x0647, 0x0647, 0x0647, 0x0648, 0x0649, 0x064A, 0x064B, 0x064E, 0x0651,
		0x0653, 0x0654, 0x0654, 0x0655, 0x0610, 0x0670, 0x067E, 0x06A9, 0x06AF, 0x06BE,
		0x06C0, 0x06C1, 0x06C2, 0x06C3, 0x06CC, 0x06CC, 0x06CE, 0x06D0, 0x06D2, 0x06D5,
		0x200C, 0x200C, 0x200D, 0x200B, 0x00AD, 0xFEFF, 0xFE0F, 0xFEE9, 0xFEEB, 0xFC5E,
		0xFE7C, 0xFEF5, 0x0061, 0x0130, 0x0301, 0x0323, 0x0035, 0x06F5, 0x0915, 0x093C,
	};
	const uint64_t r = norm_text_random(state);
	if (r % 8 < 5)
		return busy[(r >> 8) % LENGTH(busy)];
	if (r % 8 == 5)
		return 0x600 + (uint32_t)((r >> 8) % 256);
	if (r % 8 == 6)
		return 0xFB50 + (uint32_t)((r >> 8) % (0xFEFD - 0xFB50));
	return norm_text_assigned(state);
}

size_t norm_text_any(uint64_t *state, char *out)
{
	uint32_t cps[MOST_CPS];
	const size_t n = 1 + (size_t)(norm_text_random(state) % 9);
	for (size_t i = 0; i < n; i++)
		cps[i] = norm_text_any_cp(state);
	size_t len = norm_text_encode(cps, n, out);
	if (norm_text_random(state) % 16 == 0)
		out[norm_text_random(state) % len] = (char)norm_text_random(state); /* ill-formed, mostly */
	return len;
}

struct norm_request norm_text_request(const struct option_row *row, const struct lafz_tables *yeh)
{
	struct norm_request request = norm_text_word(row->lang);
	request.kind = row->kind;
	request.script = UCD_SCRIPT_ARAB;
	request.options = (uint8_t)(row->options & ~(unsigned)INNER_YEH);
	request.tables = row->options & INNER_YEH ? yeh : NULL;
	return request;
}

struct lafz_tables *norm_text_tables(const char *name)
{
	struct lafz_tables *tables = NULL;
	ck_assert_int_eq(tables_switch_on(&tables, NULL, &name, 1, &mem_default), LAFZ_OK);
	return tables;
}
