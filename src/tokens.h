/*
 * The tokens of a batch, as columns. The word stage appends them; norm, sentences and the stream
 * fill in the rest. The columns are what struct lafz_batch hands out.
 */
#ifndef LAFZ_TOKENS_H
#define LAFZ_TOKENS_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "base/numbers.h"
#include "piece.h"

/* type, name */
#define TOKENS_COLUMNS(COLUMN)                                                                     \
	COLUMN(uint32_t, start)                                                                    \
	COLUMN(uint32_t, end)                                                                      \
	COLUMN(uint32_t, cstart)                                                                   \
	COLUMN(uint32_t, cend)                                                                     \
	COLUMN(uint32_t, run)                                                                      \
	COLUMN(uint32_t, sent)                                                                     \
	COLUMN(uint32_t, par)                                                                      \
	COLUMN(uint32_t, norm_off)                                                                 \
	COLUMN(uint32_t, norm_len)                                                                 \
	COLUMN(uint32_t, key_off)                                                                  \
	COLUMN(uint32_t, key_len)                                                                  \
	COLUMN(float, confidence)                                                                  \
	COLUMN(uint16_t, lang)                                                                     \
	COLUMN(uint16_t, flags)                                                                    \
	COLUMN(uint8_t, kind)                                                                      \
	COLUMN(uint8_t, script)

enum {
#define TOKENS_COLUMN(type, name) TOKENS_COLUMN_##name,
	TOKENS_COLUMNS(TOKENS_COLUMN)
#undef TOKENS_COLUMN
		TOKENS_N_COLUMNS
};

struct tokens {
	size_t n, cap;
#define TOKENS_FIELD(type, name) type *name;
	TOKENS_COLUMNS(TOKENS_FIELD)
#undef TOKENS_FIELD
	void *blocks[TOKENS_N_COLUMNS]; /* owned; the columns are in them */
};

/* tokens_reserve where there is no room yet. */
int tokens_grow(struct tokens *tokens, const struct lafz_allocator *mem, size_t n);

/* Makes room for n entries in every column, and NUMBERS_SLACK more. LAFZ_OK, or LAFZ_ERR_MEMORY: all is lost then. */
static inline int tokens_reserve(struct tokens *tokens, const struct lafz_allocator *mem, size_t n)
{
	const size_t room = n + NUMBERS_SLACK; /* a token has a byte at least, so this does not overflow */
	return room <= tokens->cap ? LAFZ_OK : tokens_grow(tokens, mem, room);
}

/* The columns behind the tokens there are, for pieces of the next segment. */
static inline struct pieces tokens_pieces(const struct tokens *tokens)
{
	const size_t n = tokens->n;
	return (struct pieces){
		.start = tokens->start + n,
		.end = tokens->end + n,
		.run = tokens->run + n,
		.confidence = tokens->confidence + n,
		.lang = tokens->lang + n,
		.flags = tokens->flags + n,
		.kind = tokens->kind + n,
		.script = tokens->script + n,
	};
}

/* Two columns that say where something of a token lies. */
struct tokens_views {
	uint32_t *off, *len;
};

/*
 * Gives the tokens from i to end, but none that ends behind limit, their source as their view; it lies in another text
 * shift bytes (modulo 2^32) behind where it lies in the source. Returns the first token left. What the NUMBERS_SLACK tokens behind
 * those have is lost, there is room for them.
 */
static inline size_t tokens_view(const struct tokens *tokens, size_t i, size_t end, uint32_t limit,
                                 uint32_t shift, const struct tokens_views *views)
{
	const uint32_t *const ends = tokens->end;
	size_t last = end;
	/* mostly all of them end before it */
	if (i < end && ends[end - 1] > limit)
		for (last = i; ends[last] <= limit;)
			last++;
	assert(last + NUMBERS_SLACK <= tokens->cap);
	numbers_parts_over(views->off + i, views->len + i, tokens->start + i, ends + i, last - i, shift);
	return last;
}

void tokens_free(struct tokens *tokens, const struct lafz_allocator *mem);

#endif
