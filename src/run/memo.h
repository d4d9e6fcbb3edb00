/*
 * A memo of words: what was computed for a word lately is found by its bytes. It is nothing else:
 * the whole word is compared, so what it holds is what would be computed again. Two words share a
 * place; the one that was asked for longer ago gives way. 64 KiB that grow to 4 MiB where many
 * words are new.
 */
#ifndef LAFZ_RUN_MEMO_H
#define LAFZ_RUN_MEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"

#define MEMO_LONGEST 43 /* bytes of a word that can be kept */
#define MEMO_SHORT 16   /* bytes of a word that memo_hit finds */
#define MEMO_VALUE 20   /* bytes that are kept with it */

/* One cache line. */
struct memo_slot {
	char word[MEMO_LONGEST]; /* zeros behind a shorter one */
	uint8_t tag;             /* length and script of the word; 0: empty */
	unsigned char value[MEMO_VALUE];
};

struct memo {
	struct memo_slot *slots; /* owned */
	uint32_t n_slots;        /* a power of two */
	uint32_t n_new;          /* words that were not found since it has this size */
	uint32_t shift;          /* of a hash, so that it is the number of a place */
};

/* Makes it ready: LAFZ_OK or LAFZ_ERR_MEMORY. */
int memo_prepare(struct memo *memo, const struct lafz_allocator *mem);

void memo_free(struct memo *memo, const struct lafz_allocator *mem);

/* Makes it larger; without memory for that it stays as it is. */
void memo_enlarge(struct memo *memo, const struct lafz_allocator *mem);

/* The same if many words were new lately. What memo_find has handed out is lost. */
static inline void memo_grow(struct memo *memo, const struct lafz_allocator *mem)
{
	if (memo->n_new >= memo->n_slots / 2)
		memo_enlarge(memo, mem);
}

/*
 * Of the first and the second 8 bytes, as they lie in memory, with zeros behind a shorter word:
 * nothing that is seen depends on a hash.
 */
static inline uint64_t memo_hash(uint64_t first, uint64_t second)
{
	return first * 0x9E3779B97F4A7C15u ^ second * 0xBF58476D1CE4E5B9u;
}

static inline uint64_t memo_8_at(const void *at)
{
	uint64_t bytes;
	memcpy(&bytes, at, sizeof bytes);
	return bytes;
}

static inline struct memo_slot *memo_place(const struct memo *memo, uint64_t hash)
{
	return &memo->slots[2 * (hash >> memo->shift)];
}

static inline uint8_t memo_tag(size_t script, size_t len)
{
	return (uint8_t)(len + (script << 7));
}

/*
 * The value of a word of len bytes, 1 to MEMO_LONGEST, in a script, 0 or 1. *is_new: it was not
 * found, and its value, MEMO_VALUE bytes, is to be written. Valid until the next call.
 */
void *memo_find(struct memo *memo, size_t script, const char *text, size_t len, bool *is_new);

/* All bits of the bytes of a word of len bytes are set from place MEMO_SHORT - len on. */
static const unsigned char memo_mask[2 * MEMO_SHORT] = {
	0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
	0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
};

/*
 * The same for a word that was asked for last of its place; NULL for others. len is 1 to
 * MEMO_SHORT, and MEMO_SHORT bytes may be read from text on.
 */
static inline const void *memo_hit(const struct memo *memo, size_t script, const char *text,
                                   size_t len)
{
	const unsigned char *const mask = memo_mask + MEMO_SHORT - len;
	const uint64_t first = memo_8_at(text) & memo_8_at(mask);
	const uint64_t second = memo_8_at(text + 8) & memo_8_at(mask + 8);
	const struct memo_slot *const slot = memo_place(memo, memo_hash(first, second));
	const bool is_it = memo_8_at(slot->word) == first && memo_8_at(slot->word + 8) == second &&
	                   slot->tag == memo_tag(script, len);
	return is_it ? slot->value : NULL;
}

#endif
