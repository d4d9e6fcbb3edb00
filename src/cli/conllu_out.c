#include "cli/conllu_out.h"

#include "cli/repair.h"

/* ---- Bytes ---- */

void conllu_out_decimal(struct writer *writer, struct bytes *out, struct put_high *high,
                        uint64_t number)
{
	char digits[PUT_DECIMAL_ROOM];
	conllu_out_bytes(writer, out, digits, (size_t)(put_decimal(digits, high, number) - digits));
}

void conllu_out_nfc(struct writer *writer, struct bytes *out, const char *text, size_t len)
{
	size_t n = 0;
	if (len > SIZE_MAX / 4 || !bytes_reserve(out, 3 * len) ||
	    lafz_nfc(text, len, out->ptr + out->len, 3 * len, &n) < 0)
		writer->conllu.is_out_of_memory = true;
	else
		out->len += n;
}

/* What str.isspace of Python finds outside ASCII: the official validator is written in it. */
static bool is_wide_space(uint32_t cp)
{
	return cp == 0x85 || cp == 0xA0 || cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200A) ||
	       cp == 0x2028 || cp == 0x2029 || cp == 0x202F || cp == 0x205F || cp == 0x3000;
}

static bool is_control(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7F && cp <= 0x9F);
}

/* ---- Escapes ---- */

/* The letter behind the backslash, 0 if a character has none. */
static char letter_of(uint32_t cp)
{
	switch (cp) {
	case ' ':
		return 's';
	case '\t':
		return 't';
	case '\n':
		return 'n';
	case '\r':
		return 'r';
	case '|':
		return 'p';
	case '\\':
		return '\\';
	default:
		return '\0';
	}
}

static void add_code(struct writer *writer, struct bytes *out, uint32_t cp)
{
	static const char hex[] = "0123456789ABCDEF";
	char code[10] = {'\\', cp > 0xFFFF ? 'U' : 'u'};
	const unsigned n = cp > 0xFFFF ? 8 : 4;
	for (unsigned i = 0; i < n; i++)
		code[2 + i] = hex[(cp >> (4 * (n - 1 - i))) & 15];
	conllu_out_bytes(writer, out, code, 2 + n);
}

/* Appends what a character is written as in MISC if it may not stand for itself. */
static void add_escape(struct writer *writer, struct bytes *out, uint32_t cp)
{
	const char letter = letter_of(cp);
	const char escape[2] = {'\\', letter};
	if (cp == REPAIR_NOTHING)
		conllu_out_string(writer, out, REPAIR_MARK);
	else if (letter)
		conllu_out_bytes(writer, out, escape, sizeof escape);
	else
		add_code(writer, out, cp);
}

void conllu_out_escaped(struct writer *writer, struct bytes *out, const char *text, size_t len,
                        bool all_codes)
{
	size_t from = 0; /* what is written as it is and was not appended yet */
	for (size_t at = 0, n = 1; at < len; at += n) {
		uint32_t cp = (unsigned char)text[at];
		n = 1;
		if (cp >= 0x80)
			cp = repair_read(text + at, len - at, &n);
		if (cp < 0x80 ? cp > ' ' && cp != '|' && cp != '\\' && cp != 0x7F
		              : !all_codes && cp != REPAIR_NOTHING && !is_control(cp) &&
		                        !is_wide_space(cp))
			continue;
		conllu_out_bytes(writer, out, text + from, at - from);
		add_escape(writer, out, cp);
		from = at + n;
	}
	conllu_out_bytes(writer, out, text + from, len - from);
}

static bool is_ascii(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] >= 0x80)
			return false;
	return true;
}

/* Whether text stands in NFC; it has a place in out behind what is there. */
static bool is_nfc(struct writer *writer, struct bytes *scratch, const char *text, size_t len)
{
	scratch->len = 0;
	conllu_out_nfc(writer, scratch, text, len);
	return scratch->len == len && memcmp(scratch->ptr, text, len) == 0;
}

/*
 * All of the file must be NFC, so a value that is not is written in codes; that may be because of the equals sign before
 * it (U+0338 makes U+2260 of it).
 */
void conllu_out_attribute(struct writer *writer, struct bytes *out, const char *name,
                          const char *value, size_t len)
{
	conllu_out_string(writer, out, name);
	const size_t start = out->len;
	conllu_out_escaped(writer, out, value, len, false);
	if (writer->conllu.is_out_of_memory || is_ascii(out->ptr + start, out->len - start))
		return;
	if (is_nfc(writer, &writer->conllu.scratch, out->ptr + start - 1, out->len - start + 1))
		return;
	out->len = start;
	conllu_out_escaped(writer, out, value, len, true);
}

/* ---- Forms ---- */

/*
 * A form must not begin or end with white space or hold two of them in a row, nor a control: those
 * are shown by the symbols for them (U+2400 on).
 */
static void add_visible(struct writer *writer, struct bytes *out, const char *text, size_t len)
{
	bool was_space = true;
	for (size_t at = 0, n = 0; at < len; at += n) {
		const uint32_t cp = repair_read(text + at, len - at, &n);
		const bool is_space = cp == ' ' || is_wide_space(cp);
		char symbol[3] = {'\xE2', '\x90', '\x80'};
		if (cp < 0x20 || cp == 0x7F) {
			symbol[2] = (char)(0x80 + (cp == 0x7F ? 0x21 : cp));
			conllu_out_bytes(writer, out, symbol, sizeof symbol);
		} else if (is_space && (was_space || at + n == len)) {
			symbol[2] = '\xA0';
			conllu_out_bytes(writer, out, symbol, sizeof symbol);
		} else {
			conllu_out_bytes(writer, out, text + at, n);
		}
		was_space = is_space;
	}
}

/* Whether all is visible ASCII, as most forms are in Latin script. */
static bool is_plain(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] <= ' ' || text[i] >= 0x7F)
			return false;
	return true;
}

void conllu_out_form(struct writer *writer, struct bytes *out, const char *text, size_t len)
{
	struct bytes *scratch = &writer->conllu.scratch;
	if (is_plain(text, len)) {
		conllu_out_bytes(writer, out, text, len);
		return;
	}
	scratch->len = 0;
	conllu_out_nfc(writer, scratch, text, len);
	add_visible(writer, out, scratch->ptr, scratch->len);
}

bool conllu_out_must_part(struct writer *writer, const struct bytes *text, size_t previous,
                          size_t form)
{
	if (writer->conllu.is_out_of_memory || (unsigned char)text->ptr[form] < 0xCC)
		return false;
	return !is_nfc(writer, &writer->conllu.scratch, text->ptr + previous, text->len - previous);
}

/* ---- Ids ---- */

void conllu_out_id(struct writer *writer, struct bytes *out, const char *text, size_t len)
{
	static const char hex[] = "0123456789ABCDEF";
	for (size_t at = 0, n = 0; at < len; at += n) {
		const uint32_t cp = repair_read(text + at, len - at, &n);
		if (cp != ' ' && cp != '/' && cp != '%' && !is_control(cp) && !is_wide_space(cp)) {
			conllu_out_bytes(writer, out, text + at, n);
			continue;
		}
		for (size_t i = at; i < at + n; i++) {
			const unsigned char byte = (unsigned char)text[i];
			const char code[3] = {'%', hex[byte >> 4], hex[byte & 15]};
			conllu_out_bytes(writer, out, code, sizeof code);
		}
	}
}
