/*
 * calm_len for AVX2, 32 bytes at a time. A character of two bytes is judged where its first byte lies, by both bytes; what is
 * not known there is left to calm_char.
 */
#include <immintrin.h>

#include "norm/calm.h"

struct wide {
	__m256i rows[2], marks[2]; /* of the sieve */
};

static inline __m256i twice(const uint8_t row[16])
{
	return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)row));
}

/* FF where the character is in the set: first bytes D8 and D9 ask the first row, DA and DB the second. */
static inline __m256i is_in(const __m256i rows[2], __m256i first, __m256i low, __m256i bit)
{
	const __m256i second_half = _mm256_slli_epi16(first, 6); /* bit 1 becomes the highest one */
	const __m256i row = _mm256_blendv_epi8(_mm256_shuffle_epi8(rows[0], low),
	                                       _mm256_shuffle_epi8(rows[1], low), second_half);
	return _mm256_cmpeq_epi8(_mm256_and_si256(row, bit), bit);
}

static inline uint32_t bits(__m256i where)
{
	return (uint32_t)_mm256_movemask_epi8(where);
}

/* Where in the 32 bytes at s begins what is not calm; s[32] is read too. A character begins at s. */
static inline uint32_t restless(const struct wide *wide, const char *s)
{
	const __m256i places = _mm256_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128, 1, 2,
	                                        4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128);
	const __m256i first = _mm256_loadu_si256((const __m256i *)s);
	const uint32_t beyond = bits(first);
	if (beyond == 0)
		return 0;
	const __m256i second = _mm256_loadu_si256((const __m256i *)(s + 1));
	const __m256i six = _mm256_and_si256(first, _mm256_set1_epi8((char)0xFC));
	const uint32_t firsts = bits(_mm256_cmpeq_epi8(six, _mm256_set1_epi8((char)0xD8)));
	const __m256i top = _mm256_set1_epi8((char)0xC0), tail = _mm256_set1_epi8((char)0x80);
	const uint32_t tails = bits(_mm256_cmpeq_epi8(_mm256_and_si256(first, top), tail));
	const uint32_t has_tail = bits(_mm256_cmpeq_epi8(_mm256_and_si256(second, top), tail));
	/* bits 4 and 5 of the second byte, and bit 0 of the first above them */
	const __m256i upper = _mm256_and_si256(_mm256_srli_epi16(second, 4), _mm256_set1_epi8(3));
	const __m256i odd = _mm256_slli_epi16(_mm256_and_si256(first, _mm256_set1_epi8(1)), 2);
	const __m256i bit = _mm256_shuffle_epi8(places, _mm256_or_si256(upper, odd));
	const __m256i low = _mm256_and_si256(second, _mm256_set1_epi8(0x0F));
	const uint32_t changing = bits(is_in(wide->rows, first, low, bit));
	const uint32_t marks = firsts & bits(is_in(wide->marks, first, low, bit));
	/* a mark behind a mark, or behind what is not seen here */
	const uint32_t beside = marks & (marks << 2 | 1);
	const uint32_t calm = ~beyond | (firsts & has_tail & ~changing & ~beside) | (tails & firsts << 1);
	return ~calm;
}

/* What is left when the last n < 32 bytes are calm: all but the first byte of a character that has no second one. */
static inline size_t whole(const char *text, size_t len)
{
	return len > 0 && (unsigned char)text[len - 1] >= 0xC0 ? len - 1 : len;
}

size_t calm_avx2(const struct fold_table *table, const struct calm_sieve *sieve, const char *text, size_t len,
                 size_t room)
{
	const struct wide wide = {
		{twice(sieve->restless[0]), twice(sieve->restless[1])},
		{twice(sieve->marks[0]), twice(sieve->marks[1])},
	};
	size_t i = 0;
	while (i < len && room - i > 32) {
		const size_t left = len - i;
		uint32_t stops = restless(&wide, text + i);
		stops = left < 32 ? stops & ((1u << left) - 1) : stops;
		if (stops == 0 && left < 32)
			return whole(text, len);
		if (stops == 0) {
			/* the last byte may be half of a character */
			i += (unsigned char)text[i + 31] >= 0xC0 ? 31 : 32;
			continue;
		}
		i += (size_t)__builtin_ctz(stops);
		const size_t n = calm_char(table, text, i, len);
		if (n == 0)
			return i;
		i += n;
	}
	return calm_go_on(table, text, i, len);
}
