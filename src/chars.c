#include "chars.h"

#include "base/numbers.h"
#include "unicode/ascii.h"
#include "unicode/utf8.h"

/* How many of eight bytes go on with a character: their two highest bits are 10. */
static inline uint32_t count_tails(uint64_t eight)
{
	const uint64_t tails = (eight & ~(eight << 1) & ASCII_HIGH) >> 7;
	return (uint32_t)(tails * ASCII_ONES >> 56);
}

/* The characters from start to end, well-formed. */
static inline uint32_t count_valid(const struct chars_span *span, uint32_t start, uint32_t end)
{
	uint32_t n = end - start;
	if (n <= 1)
		return n;
	for (; end - start > 8; start += 8)
		n -= count_tails(ascii_load(span->text + start));
	if (span->len - start >= 8)
		return n - count_tails(ascii_first(ascii_load(span->text + start), end - start));
	for (; start < end; start++)
		n -= ((unsigned char)span->text[start] & 0xC0u) == 0x80;
	return n;
}

static uint32_t count_any(const struct chars_span *span, uint32_t start, uint32_t end)
{
	return (uint32_t)utf8_count(span->text + start, end - start);
}

/* A character a byte. */
static void count_ascii(struct tokens *tokens, size_t first, size_t last, uint32_t shift)
{
	const size_t n = last - first;
	numbers_add(tokens->cstart + first, tokens->start + first, n, shift);
	numbers_add(tokens->cend + first, tokens->end + first, n, shift);
}

/* How the characters of a span are counted from one offset to another. */
typedef uint32_t count_in(const struct chars_span *, uint32_t, uint32_t);

static inline uint32_t count_each(struct tokens *tokens, size_t first, size_t last,
                                  const struct chars_span *span, uint32_t before, count_in *count)
{
	uint32_t at = span->start, n = before;
	for (size_t i = first; i < last; i++) {
		n += count(span, at, tokens->start[i]);
		tokens->cstart[i] = n;
		n += count(span, tokens->start[i], tokens->end[i]);
		tokens->cend[i] = n;
		at = tokens->end[i];
	}
	return n + count(span, at, span->end);
}

uint32_t chars_count(struct tokens *tokens, size_t first, size_t end, const struct chars_span *span,
                     uint32_t before)
{
	const uint32_t len = span->end - span->start;
	if (ascii_len(span->text + span->start, len) == len) {
		count_ascii(tokens, first, end, before - span->start);
		return before + len;
	}
	return span->is_valid ? count_each(tokens, first, end, span, before, count_valid)
	                      : count_each(tokens, first, end, span, before, count_any);
}
