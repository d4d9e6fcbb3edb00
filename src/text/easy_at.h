/*
 * Bits of single bytes of an easy text, for the looks at lines that are hard at first (text/easy_again.c, text/easy_signs.c).
 */
#ifndef LAFZ_TEXT_EASY_AT_H
#define LAFZ_TEXT_EASY_AT_H

#include "base/bits.h"
#include "text/easy.h"

static inline uint64_t easy_bad_of(const struct easy_bits *bits)
{
	return bits->bad;
}

static inline uint64_t easy_end_of(const struct easy_bits *bits)
{
	return bits->ends;
}

static inline uint64_t easy_gap_of(const struct easy_bits *bits)
{
	return ~bits->words;
}

/* The first byte from one on that has a bit of some, or len. */
static inline uint32_t easy_next_of(const struct easy_bits *bits, uint64_t (*of)(const struct easy_bits *bits), uint32_t from, uint32_t len)
{
	const size_t n = easy_blocks(len);
	size_t k = from / 64;
	if (from >= len)
		return len;
	uint64_t left = of(&bits[k]) & ~bits_below(from % 64);
	while (left == 0 && ++k < n)
		left = of(&bits[k]);
	const size_t at = left != 0 ? 64 * k + (size_t)__builtin_ctzll(left) : len;
	return at < len ? (uint32_t)at : len;
}

/* The LF from a byte on, or len. */
static inline uint32_t easy_line_end(const struct easy *easy, uint32_t from, uint32_t len)
{
	return easy_next_of(easy->bits, easy_end_of, from, len);
}

/* Where the line of a byte begins: behind the last LF before it. */
static inline uint32_t easy_line_start(const struct easy *easy, uint32_t at)
{
	size_t k = at / 64;
	uint64_t left = easy->bits[k].ends & bits_below(at % 64);
	while (left == 0 && k > 0)
		left = easy->bits[--k].ends;
	return left != 0 ? (uint32_t)(64 * k) + bits_end(left) : 0;
}

/* The byte behind the word that goes on with a byte. */
static inline uint32_t easy_word_end(const struct easy *easy, uint32_t at, uint32_t len)
{
	return easy_next_of(easy->bits, easy_gap_of, at, len);
}

static inline bool easy_is_word_at(const struct easy *easy, uint32_t at)
{
	return easy->bits[at / 64].words >> at % 64 & 1;
}

/* Whether a text of three bytes is the character of E2 80 and one more byte. */
static inline bool easy_is_general(const char *s, unsigned char last)
{
	return (unsigned char)s[0] == 0xE2 && (unsigned char)s[1] == 0x80 && (unsigned char)s[2] == last;
}

/* Whether a letter stands before a byte, and no apostrophe. */
static inline bool easy_is_behind_letter(const struct easy *easy, const char *text, uint32_t at)
{
	return at > 0 && easy_is_word_at(easy, at - 1) && text[at - 1] != '\'' && !(at >= 3 && easy_is_general(text + at - 3, 0x99));
}

/* A character of D8 80 to DB BF as the tables of a sieve number it. */
static inline unsigned easy_place_of(const char *s)
{
	return ((unsigned char)s[0] & 3u) << 6 | ((unsigned char)s[1] & 0x3Fu);
}

/* Whether a letter of ASCII, or of U+00C0 to U+00FF, of which U+00DF is the first one in lower case, is in lower case. */
static inline bool easy_is_small(const char *s)
{
	return (*s >= 'a' && *s <= 'z') || (*s == '\xC3' && (unsigned char)s[1] >= 0x9F);
}

/* The two bytes of a character with that number. */
static inline uint8_t easy_place_first(unsigned place)
{
	return (uint8_t)(0xD8 | place >> 6);
}

static inline uint8_t easy_place_second(unsigned place)
{
	return (uint8_t)(0x80 | (place & 0x3F));
}

static inline bool easy_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes of the digit that a text begins with, of ASCII or Arabic script; 0: there is none. */
static inline uint32_t easy_digit_at(const char *s)
{
	if (easy_is_digit(*s))
		return 1;
	return (*s == '\xD9' && (unsigned char)s[1] - 0xA0u < 10) || (*s == '\xDB' && (unsigned char)s[1] - 0xB0u < 10) ? 2 : 0;
}

static inline bool easy_is_stop(char c)
{
	return c == '.' || c == '?' || c == '!';
}

/* Whether a stop is a full one, and no question or shout: U+002E, or U+06D4 by its first byte. */
static inline bool easy_is_full_stop(char c)
{
	return c == '.' || c == '\xDB';
}

static inline bool easy_is_bad(const struct easy *easy, uint32_t at)
{
	return easy->bits[at / 64].bad >> at % 64 & 1;
}

static inline void easy_set_bad(struct easy *easy, uint32_t at)
{
	easy->bits[at / 64].bad |= (uint64_t)1 << at % 64;
}

static inline void easy_set_good(struct easy *easy, uint32_t at)
{
	easy->bits[at / 64].bad &= ~((uint64_t)1 << at % 64);
}

/* From one byte to another. */
static inline void easy_set_all_good(struct easy *easy, uint32_t from, uint32_t to)
{
	for (uint32_t at = from; at < to; at++)
		easy_set_good(easy, at);
}

static inline void easy_put_apart(struct easy *easy, uint32_t at)
{
	easy->bits[at / 64].edits |= (uint64_t)1 << at % 64;
}

/* Whether a byte gets a space before it: a mark, or what is behind an elision or before a clitic. */
static inline bool easy_is_apart(const struct easy *easy, uint32_t at)
{
	return easy->bits[at / 64].edits >> at % 64 & 1;
}

static inline void easy_put_together(struct easy *easy, uint32_t at)
{
	easy->bits[at / 64].edits &= ~((uint64_t)1 << at % 64);
}

/* Bytes of the space that a text begins with, of any kind that lines hold: U+0020, U+00A0, U+202F; 0: there is none. */
static inline uint32_t easy_space_at(const char *s)
{
	if (*s == ' ')
		return 1;
	if (*s == '\xC2')
		return s[1] == '\xA0' ? 2 : 0;
	return easy_is_general(s, 0xAF) ? 3 : 0;
}

#define EASY_SPACE_MOST 3 /* bytes */

/* Bytes of the space before a byte; 0: there is none. */
static inline uint32_t easy_space_before(const char *text, uint32_t at)
{
	for (uint32_t n = 1; n <= EASY_SPACE_MOST && n <= at; n++)
		if (easy_space_at(text + at - n) == n)
			return n;
	return 0;
}

/* Bytes of the dash that a text begins with: U+002D, U+2013 to U+2015; 0: there is none. */
static inline uint32_t easy_dash_at(const char *s)
{
	if (*s == '-')
		return 1;
	return easy_is_general(s, 0x93) || easy_is_general(s, 0x94) || easy_is_general(s, 0x95) ? 3 : 0;
}

/* So many bytes from a place on become the letter that the tables of a sieve number so. */
static inline struct batch_change easy_letter_change(uint32_t at, uint32_t n_from, unsigned place)
{
	return (struct batch_change){at, (uint8_t)n_from, EASY_LETTER_LEN, {(char)easy_place_first(place), (char)easy_place_second(place)}};
}

/* Bytes that are left out. */
static inline struct batch_change easy_left_out(uint32_t at, uint32_t n)
{
	return (struct batch_change){.at = at, .n_from = (uint8_t)n};
}

#endif
