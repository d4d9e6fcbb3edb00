#include "text/sift.h"

#include <string.h>

#include "scan/wide_choice.h"
#include "unicode/ascii.h"

sift_function *sift_find(const char *kernel)
{
	return AVX512_CHOOSE(kernel, sift_avx512, sift_avx2, sift_plain);
}

static inline void set_bit(uint64_t *bits, uint32_t at)
{
	bits[at / 64] |= (uint64_t)1 << at % 64;
}

/* ---- Odd bytes ---- */

#define WIDE 16
#define MANY 64 /* bytes that are looked at at once */

typedef uint8_t wide_bytes __attribute__((vector_size(WIDE)));

static inline wide_bytes load(const char *s)
{
	wide_bytes bytes;
	memcpy(&bytes, s, sizeof bytes);
	return bytes;
}

/* Which bytes may be odd: all that are, and no letter or mark, and no space before a line end. */
static inline wide_bytes candidates(const char *s)
{
	const wide_bytes now = load(s), before = load(s - 1);
	const wide_bytes ends = (wide_bytes)(now == '\n'), trailing = ends & (wide_bytes)(before == ' ');
	const wide_bytes known = (wide_bytes)(now == ' ') | ends;
	return (wide_bytes)(now <= ' ') & (((wide_bytes)(before <= ' ') & ~trailing) | ~known);
}

static bool has_candidate(const char *s)
{
	wide_bytes any = candidates(s);
	for (size_t i = WIDE; i < MANY; i += WIDE)
		any |= candidates(s + i);
	uint64_t parts[WIDE / 8], all = 0;
	memcpy(parts, &any, sizeof parts);
	for (size_t i = 0; i < WIDE / 8; i++)
		all |= parts[i];
	return all != 0;
}

/* From one place on, before another; a byte stands before the first place. */
static void set_odd(const struct sift_text *text, uint32_t at, uint32_t end, uint64_t *odd)
{
	for (; at < end; at++)
		if (sift_is_odd_at(text->text, text->len, at, text->text[at - 1]))
			set_bit(odd, at);
}

static void find_odd(const struct sift_text *text, uint64_t *odd)
{
	if (text->len == 0)
		return;
	if (sift_is_odd_at(text->text, text->len, 0, '\n'))
		set_bit(odd, 0);
	uint32_t at = 1;
	for (; text->len - at >= MANY; at += MANY)
		if (has_candidate(text->text + at))
			set_odd(text, at, at + MANY, odd);
	set_odd(text, at, text->len, odd);
}

/* ---- Restless characters ---- */

/* Bytes of the character at i, which is not ASCII. */
static size_t char_len(const unsigned char *s)
{
	return *s >= 0xF0 ? 4 : *s >= 0xE0 ? 3 : 2;
}

/* What a table says of the character at i; FOLD_RESTLESS if it does not know it. */
static uint8_t calm_at(const struct fold_table *table, const unsigned char *s)
{
	const uint32_t pair = fold_pair(s);
	return pair < FOLD_PAIRS ? table->calm[pair] : (uint8_t)FOLD_RESTLESS;
}

static void find_restless(const struct sift_text *text, const struct sift_bits *bits)
{
	const unsigned char *const s = (const unsigned char *)text->text;
	const size_t len = text->len;
	size_t n_marks = 0; /* in a row, before i */
	for (size_t i = 0; i < len;) {
		if (s[i] < 0x80) {
			n_marks = 0;
			i++;
			while (len - i >= 8 && !(ascii_load(text->text + i) & ASCII_HIGH))
				i += 8;
			continue;
		}
		const uint8_t calm = calm_at(text->table, s + i);
		n_marks = calm == FOLD_CALM_MARK ? n_marks + 1 : 0;
		if (n_marks == 2)
			set_bit(bits->pairs, (uint32_t)i);
		else if (n_marks > 2 || (calm != FOLD_CALM && n_marks == 0))
			set_bit(bits->restless, (uint32_t)i);
		i += char_len(s + i);
	}
}

void sift_plain(const struct sift_text *text, const struct sift_bits *bits)
{
	const size_t n = sift_words(text->len);
	memset(bits->odd, 0, n * sizeof *bits->odd);
	memset(bits->restless, 0, n * sizeof *bits->restless);
	memset(bits->pairs, 0, n * sizeof *bits->pairs);
	find_odd(text, bits->odd);
	find_restless(text, bits);
	set_bit(bits->odd, text->len);
	set_bit(bits->restless, text->len);
}
