#include "unicode/utf8.h"

/*
 * The second byte of a sequence has a narrower range after some lead bytes (The Unicode Standard,
 * Table 3-7); all later bytes are 80..BF.
 */
static struct utf8 multi_byte(const unsigned char *s, size_t len)
{
	const unsigned char lead = s[0];
	unsigned char low = 0x80, high = 0xBF;
	uint32_t need = 0, cp = 0;
	if (lead >= 0xC2 && lead <= 0xDF) {
		need = 2;
		cp = lead & 0x1Fu;
	} else if (lead >= 0xE0 && lead <= 0xEF) {
		need = 3;
		cp = lead & 0x0Fu;
		low = lead == 0xE0 ? 0xA0 : 0x80;  /* E0 80..9F: overlong */
		high = lead == 0xED ? 0x9F : 0xBF; /* ED A0..BF: surrogates */
	} else if (lead >= 0xF0 && lead <= 0xF4) {
		need = 4;
		cp = lead & 0x07u;
		low = lead == 0xF0 ? 0x90 : 0x80;  /* F0 80..8F: overlong */
		high = lead == 0xF4 ? 0x8F : 0xBF; /* F4 90..BF: above U+10FFFF */
	} else {
		return (struct utf8){UTF8_REPLACEMENT, 1, UTF8_ILLFORMED};
	}
	for (uint32_t i = 1; i < need; i++) {
		if (i == len)
			return (struct utf8){UTF8_REPLACEMENT, i, UTF8_CUT};
		if (s[i] < low || s[i] > high)
			return (struct utf8){UTF8_REPLACEMENT, i, UTF8_ILLFORMED};
		cp = cp << 6 | (s[i] & 0x3Fu);
		low = 0x80;
		high = 0xBF;
	}
	return (struct utf8){cp, need, UTF8_CHAR};
}

struct utf8 utf8_decode(const char *text, size_t len)
{
	const unsigned char *s = (const unsigned char *)text;
	if (len == 0)
		return (struct utf8){UTF8_REPLACEMENT, 0, UTF8_END};
	if (s[0] < 0x80)
		return (struct utf8){s[0], 1, UTF8_CHAR};
	/* U+0080 to U+07FF, nearly all there is beyond ASCII */
	if (len >= 2 && s[0] >= 0xC2 && s[0] <= 0xDF && (s[1] & 0xC0) == 0x80)
		return (struct utf8){(s[0] & 0x1Fu) << 6 | (s[1] & 0x3Fu), 2, UTF8_CHAR};
	return multi_byte(s, len);
}

struct utf8 utf8_decode_before(const char *text, size_t off)
{
	const size_t most = off < UTF8_MAX ? off : UTF8_MAX;
	for (size_t back = 1; back <= most; back++) {
		if (((unsigned char)text[off - back] & 0xC0u) == 0x80)
			continue;
		const struct utf8 c = utf8_decode(text + off - back, back);
		if (c.len == back)
			return c;
		break;
	}
	return (struct utf8){UTF8_REPLACEMENT, 1, UTF8_ILLFORMED};
}

uint32_t utf8_encode(uint32_t cp, char *out)
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xC0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3F));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xE0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
		out[2] = (char)(0x80 | (cp & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
	out[3] = (char)(0x80 | (cp & 0x3F));
	return 4;
}

size_t utf8_count(const char *text, size_t len)
{
	size_t n = 0;
	for (size_t off = 0; off < len; n++)
		off += utf8_decode(text + off, len - off).len;
	return n;
}

size_t utf8_count_valid(const char *text, size_t len)
{
	size_t n = 0;
	for (size_t i = 0; i < len; i++)
		n += ((unsigned char)text[i] & 0xC0u) != 0x80;
	return n;
}
