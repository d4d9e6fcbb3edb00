/*
 * The four offsets of a token with the fixed texts around them. For about a thousand bytes nothing of it changes from
 * token to token but the last three digits of each number, so all of it is kept as one text: a token is a copy of that with
 * twelve digits put in.
 */
#ifndef LAFZ_CLI_PUT_FRONT_H
#define LAFZ_CLI_PUT_FRONT_H

#include <lafz.h>
#ifdef __AVX2__
#include <immintrin.h>
#endif

#include "cli/put.h"

#define PUT_FRONT_CAP 128 /* five short texts and four numbers */

/* The caches of numbers that count bytes, and characters. */
struct put_offsets {
	struct put_high bytes, chars;
};

/* What stands before each number and behind the last one; every number has the same byte behind it. */
struct put_front_texts {
	struct {
		char text[15];
		unsigned char len;
	} parts[5];
};

struct put_front {
	/* of bytes and of characters: the numbers that the text has without their last three digits */
	uint64_t bytes, chars;
	/* the same counted from the batch on, for its columns */
	uint32_t batch_bytes, batch_chars;
	bool is_usable; /* the text was made, and the batch counts from where it can be told */
	uint8_t at[4];  /* where the last three digits of each number stand */
	size_t len;
	char text[PUT_FRONT_CAP]; /* 0 where digits go */
	/* for each byte which digit goes there, counted four a number; 0x80: none */
	uint8_t digits[PUT_FRONT_CAP];
};

/* A batch comes; all of its offsets are counted from its bases. Legal on a zeroed struct. */
void put_front_batch(struct put_front *front, const struct lafz_batch *batch);

/*
 * Writes the offsets of token i where the text cannot be used, and makes it anew for the tokens behind it if all numbers have four
 * digits at least. dst has room for PUT_FRONT_CAP bytes.
 */
char *put_front_anew(char *dst, struct put_front *front, const struct put_front_texts *texts,
                     struct put_offsets *caches, const struct lafz_batch *batch, size_t i);

/* Three digits and the byte behind. */
static inline void put_front_digits(char *dst, uint32_t low, char behind)
{
	const char separator[4] = {0, 0, 0, behind};
	uint32_t digits, last;
	memcpy(&digits, put_thousand[low], sizeof digits);
	memcpy(&last, separator, sizeof last);
	digits |= last;
	memcpy(dst, &digits, sizeof digits);
}

/* The offsets of a token less those of the text. */
struct put_front_low {
	uint32_t start, end, cstart, cend;
};

static inline struct put_front_low put_front_low(const struct put_front *front,
                                                 const struct lafz_batch *batch, size_t i)
{
	return (struct put_front_low){
		batch->start[i] - front->batch_bytes,
		batch->end[i] - front->batch_bytes,
		batch->cstart[i] - front->batch_chars,
		batch->cend[i] - front->batch_chars,
	};
}

/* Whether they fit into three digits. Mostly the first comparison says it. */
static inline bool put_front_fits(struct put_front_low low)
{
	return (low.start | low.end | low.cstart | low.cend) < 1000 ||
	       (low.start < 1000 && low.end < 1000 && low.cstart < 1000 && low.cend < 1000);
}

/* Of the tokens from i to end, whose offsets only grow, the first whose offsets do not fit; end: all do. */
static inline size_t put_front_end(const struct put_front *front, const struct lafz_batch *batch, size_t i,
                                   size_t end)
{
	if (i < end && put_front_fits(put_front_low(front, batch, i)) &&
	    put_front_fits(put_front_low(front, batch, end - 1)))
		return end;
	while (i < end && put_front_fits(put_front_low(front, batch, i)))
		i++;
	return i;
}

/*
 * Writes offsets that fit, a comma or whatever it is behind each; the text is usable. dst has room for PUT_FRONT_CAP
 * bytes.
 */
#ifdef __AVX2__
static inline void put_front_block(char *dst, const struct put_front *front, __m256i digits, size_t at)
{
	const __m256i text = _mm256_loadu_si256((const __m256i *)(front->text + at));
	const __m256i places = _mm256_loadu_si256((const __m256i *)(front->digits + at));
	_mm256_storeu_si256((__m256i *)(dst + at), _mm256_or_si256(text, _mm256_shuffle_epi8(digits, places)));
}

/* By shuffles, so that nothing is written twice. */
static inline char *put_front(char *dst, const struct put_front *front, struct put_front_low low, char separator)
{
	int32_t one[4];
	memcpy(&one[0], put_thousand[low.start], sizeof one[0]);
	memcpy(&one[1], put_thousand[low.end], sizeof one[1]);
	memcpy(&one[2], put_thousand[low.cstart], sizeof one[2]);
	memcpy(&one[3], put_thousand[low.cend], sizeof one[3]);
	const __m256i digits = _mm256_broadcastsi128_si256(_mm_setr_epi32(one[0], one[1], one[2], one[3]));
	(void)separator; /* it is in the text */
	put_front_block(dst, front, digits, 0);
	for (size_t at = sizeof digits; at < front->len; at += sizeof digits)
		put_front_block(dst, front, digits, at);
	return dst + front->len;
}
#else
__attribute__((always_inline)) static inline char *put_front(char *dst, const struct put_front *front, struct put_front_low low,
                              char separator)
{
	memcpy(dst, front->text, 3 * PUT_STEP);
	if (front->len > 3 * PUT_STEP)
		memcpy(dst + 3 * PUT_STEP, front->text + 3 * PUT_STEP, 2 * PUT_STEP);
	if (front->len > 5 * PUT_STEP)
		memcpy(dst + 5 * PUT_STEP, front->text + 5 * PUT_STEP, 3 * PUT_STEP);
	put_front_digits(dst + front->at[0], low.start, separator);
	put_front_digits(dst + front->at[1], low.end, separator);
	put_front_digits(dst + front->at[2], low.cstart, separator);
	put_front_digits(dst + front->at[3], low.cend, separator);
	return dst + front->len;
}
#endif

/* put_front where it may be used, else put_front_anew. Not inline, as that one is. */
char *put_front_any(char *dst, struct put_front *front, const struct put_front_texts *texts,
                    struct put_offsets *caches, const struct lafz_batch *batch, size_t i, char separator);

#endif
