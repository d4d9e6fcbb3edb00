#include "cli/repair.h"

#include <string.h>

/* What the second byte may be after each lead byte: Unicode 15.0, table 3-7. */
struct lead {
	unsigned char len, low, high;
};

static struct lead lead_of(unsigned char byte)
{
	if (byte >= 0xC2 && byte <= 0xDF)
		return (struct lead){2, 0x80, 0xBF};
	if (byte == 0xE0)
		return (struct lead){3, 0xA0, 0xBF};
	if (byte == 0xED)
		return (struct lead){3, 0x80, 0x9F};
	if (byte >= 0xE1 && byte <= 0xEF)
		return (struct lead){3, 0x80, 0xBF};
	if (byte == 0xF0)
		return (struct lead){4, 0x90, 0xBF};
	if (byte >= 0xF1 && byte <= 0xF3)
		return (struct lead){4, 0x80, 0xBF};
	if (byte == 0xF4)
		return (struct lead){4, 0x80, 0x8F};
	return (struct lead){0, 0, 0};
}

enum repair_answer repair_look(const char *text, size_t len, size_t *n)
{
	const unsigned char first = (unsigned char)text[0];
	*n = 1;
	if (first < 0x80)
		return REPAIR_GOOD;
	const struct lead lead = lead_of(first);
	if (lead.len == 0)
		return REPAIR_ILL_FORMED;
	for (; *n < lead.len; ++*n) {
		if (*n == len)
			return REPAIR_CUT;
		const unsigned char byte = (unsigned char)text[*n];
		const unsigned char low = *n == 1 ? lead.low : 0x80;
		const unsigned char high = *n == 1 ? lead.high : 0xBF;
		if (byte < low || byte > high)
			return REPAIR_ILL_FORMED;
	}
	return REPAIR_GOOD;
}

size_t repair_good(const char *text, size_t len)
{
	size_t off = 0;
	while (off < len) {
		size_t n = 0;
		if (repair_look(text + off, len - off, &n) != REPAIR_GOOD)
			return off;
		off += n;
	}
	return off;
}

uint32_t repair_read(const char *text, size_t len, size_t *n)
{
	static const unsigned char lead_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
	if (repair_look(text, len, n) != REPAIR_GOOD)
		return REPAIR_NOTHING;
	uint32_t cp = (unsigned char)text[0] & lead_bits[*n];
	for (size_t i = 1; i < *n; i++)
		cp = cp << 6 | ((unsigned char)text[i] & 0x3F);
	return cp;
}

bool repair_is_same(const char *text, size_t text_len, const char *source, size_t len)
{
	while (len > 0) {
		size_t n = 0;
		const bool is_good = repair_look(source, len, &n) == REPAIR_GOOD;
		const char *shown = is_good ? source : REPAIR_MARK;
		const size_t shown_len = is_good ? n : REPAIR_MARK_LEN;
		if (text_len < shown_len || memcmp(text, shown, shown_len) != 0)
			return false;
		text += shown_len;
		text_len -= shown_len;
		source += n;
		len -= n;
	}
	return text_len == 0;
}
