#include "cli/put.h"

#include <stdbool.h>

#include "cli/repair.h"

#define PUT_PIECE 8192 /* bytes escaped between two looks at the room in the sink */

const char put_pairs[] = "0001020304050607080910111213141516171819"
			 "2021222324252627282930313233343536373839"
			 "4041424344454647484950515253545556575859"
			 "6061626364656667686970717273747576777879"
			 "8081828384858687888990919293949596979899";

void put_high_set(struct put_high *cache, uint64_t high)
{
	char digits[PUT_DECIMAL_ROOM];
	size_t len = 0;
	for (uint64_t rest = high; rest > 0; rest /= 10)
		digits[len++] = (char)('0' + rest % 10);
	for (size_t i = 0; i < len; i++)
		cache->text[i] = digits[len - 1 - i];
	cache->high = high;
	cache->len = len;
}

/* ---- Escapes ---- */

/*
 * Eight bytes at once: whether one of them is less than a byte, or is this byte (for bytes up to
 * 0x80). An answer other than 0 means yes.
 */
#define ONES UINT64_C(0x0101010101010101)
#define TOPS UINT64_C(0x8080808080808080)

static inline uint64_t has_less(uint64_t word, unsigned char byte)
{
	return (word - ONES * byte) & ~word & TOPS;
}

static inline uint64_t has_byte(uint64_t word, unsigned char byte)
{
	return has_less(word ^ (ONES * byte), 1);
}

static inline bool is_special_in_json(unsigned char byte)
{
	return byte < 0x20 || byte == '"' || byte == '\\';
}

static char *escape_json(char *dst, unsigned char byte)
{
	static const char letters[0x20] = {
		['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
	*dst++ = '\\';
	const char letter = byte < 0x20 ? letters[byte] : (char)byte;
	if (letter) {
		*dst = letter;
		return dst + 1;
	}
	static const char hex[] = "0123456789abcdef";
	dst = PUT_LITERAL(dst, "u00");
	dst[0] = hex[byte >> 4];
	dst[1] = hex[byte & 15];
	return dst + 2;
}

static char *copy_json(char *dst, const char *text, size_t len)
{
	size_t i = 0;
	while (i < len) {
		uint64_t word = 0;
		if (len - i >= sizeof word) {
			memcpy(&word, text + i, sizeof word);
			if (!(has_less(word, 0x20) | has_byte(word, '"') | has_byte(word, '\\'))) {
				memcpy(dst, &word, sizeof word);
				dst += sizeof word;
				i += sizeof word;
				continue;
			}
		}
		const unsigned char byte = (unsigned char)text[i++];
		if (is_special_in_json(byte))
			dst = escape_json(dst, byte);
		else
			*dst++ = (char)byte;
	}
	return dst;
}

static char escape_of_tsv(char byte)
{
	if (byte == '\t')
		return 't';
	if (byte == '\n')
		return 'n';
	if (byte == '\r')
		return 'r';
	return byte == '\\' ? '\\' : '\0';
}

static char *copy_tsv(char *dst, const char *text, size_t len)
{
	size_t i = 0;
	while (i < len) {
		uint64_t word = 0;
		if (len - i >= sizeof word) {
			memcpy(&word, text + i, sizeof word);
			if (!(has_less(word, 0x0E) | has_byte(word, '\\'))) {
				memcpy(dst, &word, sizeof word);
				dst += sizeof word;
				i += sizeof word;
				continue;
			}
		}
		const char byte = text[i++];
		const char letter = escape_of_tsv(byte);
		if (letter)
			*dst++ = '\\';
		*dst++ = letter ? letter : byte;
	}
	return dst;
}

void put_json(struct sink *sink, const char *text, size_t len)
{
	while (len > 0) {
		const size_t n = len < PUT_PIECE ? len : PUT_PIECE;
		sink_take(sink, copy_json(sink_room(sink, 6 * n), text, n));
		text += n;
		len -= n;
	}
}

void put_tsv(struct sink *sink, const char *text, size_t len)
{
	while (len > 0) {
		const size_t n = len < PUT_PIECE ? len : PUT_PIECE;
		sink_take(sink, copy_tsv(sink_room(sink, 2 * n), text, n));
		text += n;
		len -= n;
	}
}

void put_repaired(struct sink *sink, const char *text, size_t len, put_function *put)
{
	while (len > 0) {
		size_t n = repair_good(text, len);
		put(sink, text, n);
		text += n;
		len -= n;
		if (len == 0)
			return;
		(void)repair_look(text, len, &n);
		put(sink, REPAIR_MARK, REPAIR_MARK_LEN);
		text += n;
		len -= n;
	}
}

/* ---- Confidence ---- */

char *put_confidence(char *dst, float confidence)
{
	if (!(confidence > 0))
		return PUT_LITERAL(dst, "0");
	const unsigned thousandths = confidence < 1 ? (unsigned)(confidence * 1000.0f + 0.5f) : 1000;
	*dst++ = (char)('0' + thousandths / 1000);
	unsigned rest = thousandths % 1000;
	if (rest > 0)
		*dst++ = '.';
	for (unsigned unit = 100; rest > 0; unit /= 10) {
		*dst++ = (char)('0' + rest / unit);
		rest %= unit;
	}
	return dst;
}
