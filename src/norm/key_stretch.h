/*
 * What the files for AVX2 and AVX-512 have in common that make the keys of a stretch of blocks, 64 bytes each: where a token's key
 * lies in what was made. A bit for each byte that is kept says it: the ones in the blocks before and those below the token's end in its own.
 * For files that are compiled for BMI2. STRETCH_MANY may be a function of theirs that places tokens from i on, many at once, and leaves some;
 * else it leaves all. STRETCH_SPARSE may be how many blocks there are for a byte that is dropped, if little is.
 */
#ifndef LAFZ_NORM_KEY_STRETCH_H
#define LAFZ_NORM_KEY_STRETCH_H

#include <immintrin.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/numbers.h"
#include "norm/key.h"

#define BLOCK 64
#define BLOCKS 64 /* of a stretch */
#define BEFORE 2  /* bytes beside a block that are looked at */
#define BEHIND 2
#define SIXTEEN 16 /* tokens that are placed together */
#define STRETCH_SLACK 7

#ifndef STRETCH_SPARSE
#define STRETCH_SPARSE 1
#endif

#ifndef STRETCH_MANY
#define STRETCH_MANY(stretch, way, tokens, i, end) (i)
#endif

struct stretch {
	size_t done;  /* bytes */
	bool is_even; /* nothing is dropped, and no letter asked for its place */
	bool is_sparse; /* little is */
	bool has_places; /* a letter asked */
	/* of each block, with STRETCH_SLACK that may be read */
	uint32_t before[BLOCKS + 1 + STRETCH_SLACK]; /* bytes of the key before it */
	uint64_t kept[BLOCKS + 1 + STRETCH_SLACK];   /* the bytes that have one in the key */
	uint64_t places[BLOCKS + 1 + STRETCH_SLACK]; /* letters that are right only if the letter before them is in their token */
};

static inline uint32_t stretch_place(const struct stretch *stretch, uint32_t off)
{
	const uint64_t below = _bzhi_u64(stretch->kept[off / BLOCK], off % BLOCK);
	return stretch->before[off / BLOCK] + (uint32_t)__builtin_popcountll(below);
}

/* The first token from i on that ends behind limit. */
static size_t stretch_tokens(const struct key_tokens *tokens, size_t i, uint32_t limit)
{
	while (tokens->n - i >= SIXTEEN && tokens->end[i + SIXTEEN - 1] <= limit)
		i += SIXTEEN;
	while (i < tokens->n && tokens->end[i] <= limit)
		i++;
	return i;
}

/* Places the tokens of a stretch that is even. */
static void stretch_place_even(const struct stretch *stretch, struct key_progress *place, const struct key_tokens *tokens)
{
	const size_t first = place->token, end = stretch_tokens(tokens, first, place->at + (uint32_t)stretch->done);
	const uint32_t shift = place->out - place->at;
	numbers_parts(tokens->off + first, tokens->len + first, tokens->start + first, tokens->end + first, end - first, shift);
	if (end == first)
		return;
	place->token = end;
	place->at = tokens->end[end - 1];
	place->out = place->at + shift;
}

/* The first byte from off on that is dropped or asked for its place, or the end of the stretch. */
static uint32_t stretch_uneven(const struct stretch *stretch, uint32_t off)
{
	size_t k = off / BLOCK;
	uint64_t uneven = (~stretch->kept[k] | stretch->places[k]) & ~UINT64_C(0) << off % BLOCK;
	while (uneven == 0) { /* nothing is kept behind the last block */
		k++;
		uneven = ~stretch->kept[k] | stretch->places[k];
	}
	const size_t found = k * BLOCK + (size_t)__builtin_ctzll(uneven);
	return (uint32_t)(found < stretch->done ? found : stretch->done);
}

/* Where the source of a stretch and its key begin, and where the key of the token before lies behind it (modulo 2^32). */
struct stretch_way {
	uint32_t at, base, shift;
};

/*
 * Places the tokens from i to end one by one, up to one that needs a look of its own: it would be left with nothing, or begins with a
 * letter that may not be right.
 */
__attribute__((always_inline)) static inline size_t stretch_place_each(const struct stretch *stretch, struct stretch_way *way,
                                                                       const struct key_tokens *given, size_t i, size_t end,
                                                                       bool has_places)
{
	const struct key_tokens tokens = *given; /* no write to a column can change it */
	const uint32_t at = way->at, base = way->base;
	uint32_t shift = way->shift;
	for (; i < end; i++) {
		const uint32_t start = tokens.start[i], to = tokens.end[i], from = start - at;
		const uint32_t off = start + shift, out = base + stretch_place(stretch, to - at);
		/* marks alone are not dropped */
		if (out == off || (has_places && (stretch->places[from / BLOCK] >> from % BLOCK & 1)))
			break;
		tokens.off[i] = off;
		tokens.len[i] = out - off;
		shift = out - to;
	}
	way->shift = shift;
	return i;
}

/* The same where little is dropped: most lie in the key as in the source. */
static size_t stretch_place_sparse(const struct stretch *stretch, struct stretch_way *way, const struct key_tokens *tokens,
                                   size_t i, size_t end)
{
	uint32_t even = way->at + stretch_uneven(stretch, 0);
	while (i < end) {
		for (; end - i >= SIXTEEN && tokens->end[i + SIXTEEN - 1] <= even; i += SIXTEEN)
			numbers_parts(tokens->off + i, tokens->len + i, tokens->start + i, tokens->end + i, SIXTEEN, way->shift);
		const size_t first = i;
		while (i < end && tokens->end[i] <= even)
			i++;
		i += i < end;
		const size_t done = stretch_place_each(stretch, way, tokens, first, i, true);
		if (done < i)
			return done;
		even = way->at + stretch_uneven(stretch, tokens->end[i - 1] - way->at);
	}
	return i;
}

/* Places the tokens of a stretch, as far as they are in it and need no look of their own. */
static void stretch_place_tokens(const struct stretch *stretch, struct key_progress *place, const struct key_tokens *tokens)
{
	struct stretch_way way = {place->at, place->out, place->out - place->at};
	if (stretch->is_even) {
		stretch_place_even(stretch, place, tokens);
		return;
	}
	const size_t first = place->token, end = stretch_tokens(tokens, first, place->at + (uint32_t)stretch->done);
	size_t i = first;
	if (stretch->is_sparse)
		i = stretch_place_sparse(stretch, &way, tokens, first, end);
	else
		i = STRETCH_MANY(stretch, &way, tokens, first, end);
	if (stretch->has_places)
		place->token = stretch_place_each(stretch, &way, tokens, i, end, true);
	else
		place->token = stretch_place_each(stretch, &way, tokens, i, end, false);
	if (place->token == first)
		return;
	place->at = tokens->end[place->token - 1];
	place->out = place->at + way.shift;
}

/* What is left to do behind the blocks of a stretch; k of them were made, and i bytes. */
static inline void stretch_end(struct stretch *stretch, size_t k, size_t i, size_t out, uint64_t dropped, uint64_t places)
{
	stretch->before[k] = (uint32_t)out;
	stretch->kept[k] = 0;
	stretch->places[k] = 0;
	stretch->done = i;
	stretch->is_even = (dropped | places) == 0;
	stretch->has_places = places != 0;
	stretch->is_sparse = STRETCH_SPARSE * (k * BLOCK - out) < k;
}

/* Makes a stretch of the text from a place on. */
typedef void stretch_function(struct stretch *stretch, const char *text, size_t at, size_t len, char *out);

/* Makes stretches and places their tokens, until a token needs a look of its own or nothing is left. */
static inline void stretch_all(stretch_function *make, struct key_progress *place, const struct key_tokens *tokens,
                               const char *text, size_t len, char *out)
{
	struct stretch stretch;
	size_t first = 0;
	do {
		first = place->token;
		make(&stretch, text, place->at, len, out + place->out);
		stretch_place_tokens(&stretch, place, tokens);
	} while (place->token > first && place->token < tokens->n && stretch.done == (size_t)BLOCKS * BLOCK);
}

#endif
