#include "cli/put.h"

#include "cli/repair.h"

#define PUT_PIECE 8192 /* bytes escaped between two looks at the room in the sink */

/* clang-format off */
#define ONES(a, b) {a, b, '0'}, {a, b, '1'}, {a, b, '2'}, {a, b, '3'}, {a, b, '4'}, \
	{a, b, '5'}, {a, b, '6'}, {a, b, '7'}, {a, b, '8'}, {a, b, '9'},
#define TENS(a) ONES(a, '0') ONES(a, '1') ONES(a, '2') ONES(a, '3') ONES(a, '4') \
	ONES(a, '5') ONES(a, '6') ONES(a, '7') ONES(a, '8') ONES(a, '9')

const char put_thousand[1000][4] = {
	TENS('0') TENS('1') TENS('2') TENS('3') TENS('4')
	TENS('5') TENS('6') TENS('7') TENS('8') TENS('9')
};
/* clang-format on */

const unsigned char put_ones[4 * PUT_STEP] = {
	0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
	0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
	0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
	0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
};

/* ---- Numbers ---- */

/* Without leading zeros; nothing for 0. Up to two bytes behind are written too. */
static char *put_digits(char *dst, uint64_t number)
{
	uint32_t low[PUT_DECIMAL_ROOM / 3]; /* three digits each */
	size_t n = 0;
	for (; number >= 1000; number /= 1000)
		low[n++] = (uint32_t)(number % 1000);
	if (number > 0)
		dst = put_small(dst, number);
	while (n > 0) {
		memcpy(dst, put_thousand[low[--n]], 4);
		dst += 3;
	}
	return dst;
}

char *put_decimal_anew(char *dst, struct put_high *cache, uint64_t number)
{
	char high[PUT_DECIMAL_ROOM];
	const size_t len = (size_t)(put_digits(high, number / 1000) - high);
	if (len > sizeof cache->text)
		return put_digits(dst, number);
	cache->base = number - number % 1000;
	cache->len = len;
	memcpy(cache->text, high, len);
	return put_decimal(dst, cache, number);
}

/* ---- Escapes ---- */

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

/*
 * Copies bytes up to the first step that holds a special one; *i is how many. All but the last step
 * are looked at, so nothing behind the text is read.
 */
static inline char *copy_steps(char *dst, const char *text, size_t len, put_special *special,
                               size_t *i)
{
	for (; len - *i >= PUT_STEP; *i += PUT_STEP) {
		put_bytes bytes;
		memcpy(&bytes, text + *i, PUT_STEP);
		if (put_any(special(bytes)))
			return dst;
		memcpy(dst, &bytes, PUT_STEP);
		dst += PUT_STEP;
	}
	return dst;
}

/* The first byte that is not 0; there is one. */
static inline size_t first_of(put_bytes found)
{
	uint64_t halves[2];
	memcpy(halves, &found, sizeof halves);
	const size_t half = halves[0] == 0;
	const int bits = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? __builtin_ctzll(halves[half])
	                                                           : __builtin_clzll(halves[half]);
	return 8 * half + (size_t)bits / 8;
}

static inline put_bytes look_at(const char *text, put_special *special, char but)
{
	put_bytes bytes;
	memcpy(&bytes, text, PUT_STEP);
	return special(bytes) & (put_bytes)(bytes != (unsigned char)but);
}

static inline size_t find(const char *text, size_t i, size_t len, char but, put_special *special)
{
	for (; len - i >= 4 * PUT_STEP; i += 4 * PUT_STEP) {
		const put_bytes a = look_at(text + i, special, but), b = look_at(text + i + PUT_STEP, special, but);
		const put_bytes c = look_at(text + i + 2 * PUT_STEP, special, but);
		const put_bytes d = look_at(text + i + 3 * PUT_STEP, special, but);
		if (put_any(a | b | c | d))
			break;
	}
	for (; len - i >= PUT_STEP; i += PUT_STEP) {
		const put_bytes found = look_at(text + i, special, but);
		if (put_any(found))
			return i + first_of(found);
	}
	char rest[PUT_STEP];
	memset(rest, PUT_FIND_ALL, sizeof rest);
	memcpy(rest, text + i, len - i);
	const put_bytes found = look_at(rest, special, but);
	return put_any(found) ? i + first_of(found) : len;
}

size_t put_find_json(const char *text, size_t i, size_t len, char but)
{
	return find(text, i, len, but, put_special_json);
}

size_t put_find_tsv(const char *text, size_t i, size_t len, char but)
{
	return find(text, i, len, but, put_special_tsv);
}

/* The end of what is looked at byte by byte before steps are tried again. */
static inline size_t slow_end(size_t i, size_t len)
{
	return len - i < PUT_STEP ? len : i + PUT_STEP;
}

char *put_copy_json(char *dst, const char *text, size_t len)
{
	size_t i = 0;
	while (i < len) {
		dst = copy_steps(dst, text, len, put_special_json, &i);
		for (const size_t end = slow_end(i, len); i < end; i++) {
			const unsigned char byte = (unsigned char)text[i];
			if (is_special_in_json(byte))
				dst = escape_json(dst, byte);
			else
				*dst++ = (char)byte;
		}
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

char *put_copy_tsv(char *dst, const char *text, size_t len)
{
	size_t i = 0;
	while (i < len) {
		dst = copy_steps(dst, text, len, put_special_tsv, &i);
		for (const size_t end = slow_end(i, len); i < end; i++) {
			const char letter = escape_of_tsv(text[i]);
			if (letter)
				*dst++ = '\\';
			*dst++ = letter ? letter : text[i];
		}
	}
	return dst;
}

void put_json(struct sink *sink, const char *text, size_t len)
{
	while (len > 0) {
		const size_t n = len < PUT_PIECE ? len : PUT_PIECE;
		sink_take(sink, put_copy_json(sink_room(sink, 6 * n), text, n));
		text += n;
		len -= n;
	}
}

void put_tsv(struct sink *sink, const char *text, size_t len)
{
	while (len > 0) {
		const size_t n = len < PUT_PIECE ? len : PUT_PIECE;
		sink_take(sink, put_copy_tsv(sink_room(sink, 2 * n), text, n));
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
	const unsigned thousandths = put_thousandths(confidence);
	if (thousandths == 0)
		return PUT_LITERAL(dst, "0");
	if (thousandths == 1000)
		return PUT_LITERAL(dst, "1");
	const char *digits = put_thousand[thousandths];
	dst = PUT_LITERAL(dst, "0.");
	memcpy(dst, digits, 3);
	size_t len = 3;
	while (len > 0 && digits[len - 1] == '0')
		len--;
	return len > 0 ? dst + len : dst - 1;
}

const char *put_entity(char byte)
{
	switch (byte) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	default:
		return NULL;
	}
}
