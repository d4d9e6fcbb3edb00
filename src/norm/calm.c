#include "norm/calm.h"

#include "unicode/ascii.h"

/* A mark at i, calm by the table; two marks beside each other may stand in the wrong order. */
static bool is_lone_mark(const uint8_t *calm, const unsigned char *s, size_t i)
{
	const uint32_t pair = fold_pair(s + i);
	if (pair >= FOLD_PAIRS || calm[pair] != FOLD_CALM_MARK)
		return false;
	const uint32_t before = i >= 2 ? fold_pair(s + i - 2) : FOLD_PAIRS;
	return before >= FOLD_PAIRS || calm[before] != FOLD_CALM_MARK;
}

/* The bytes of the character at i if it is calm and not ASCII, else 0. */
static size_t calm_char(const uint8_t *calm, const unsigned char *s, size_t i, size_t len)
{
	if (len - i < 2)
		return 0;
	if (s[i] >= 0xC3 && s[i] <= 0xCB)
		return (s[i + 1] & 0xC0) == 0x80 ? 2 : 0;
	if (s[i] == 0xE2 && len - i >= 3 && s[i + 1] == 0x80) /* U+2010 to U+2027 */
		return s[i + 2] >= 0x90 && s[i + 2] <= 0xA7 ? 3 : 0;
	return is_lone_mark(calm, s, i) ? 2 : 0;
}

size_t calm_len(const struct fold_table *table, const char *text, size_t len)
{
	const unsigned char *const s = (const unsigned char *)text;
	const uint8_t *const calm = table->calm;
	size_t i = 0;
	while (i < len) {
		if (s[i] < 0x80) {
			i++;
			i += ascii_eights(text + i, len - i);
			continue;
		}
		const size_t begin = i;
		while (i + 1 < len) {
			const uint32_t pair = fold_pair(s + i);
			if (pair >= FOLD_PAIRS || calm[pair] != FOLD_CALM)
				break;
			i += 2;
		}
		if (i > begin)
			continue;
		const size_t n = calm_char(calm, s, i, len);
		if (n == 0)
			break;
		i += n;
	}
	return i;
}
