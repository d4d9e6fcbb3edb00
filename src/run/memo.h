/*
 * A memo of words: what was computed for a word lately is found by its bytes. It is nothing else:
 * all bytes are compared, so what it holds is what would be computed again. Two words share a
 * place, which is a cache line; the one that came first gives way. A word whose bytes are more
 * than a key holds has a place of its own. 64 KiB that grow to 8 MiB where many words are new.
 */
#ifndef LAFZ_RUN_MEMO_H
#define LAFZ_RUN_MEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "run/vectors.h"

#define MEMO_VALUE 16   /* bytes that are kept with a word */
#define MEMO_LONGEST 46 /* bytes of a word that can be kept */
#define MEMO_BYTES 15   /* bytes of a word that are a key as they are */
#define MEMO_PAIRS 30   /* bytes of a word of pairs that are a key, half of them */
#define MEMO_READ 32    /* bytes of text that are read to make a key, from the word on */
#define MEMO_PAIRS_SCRIPT 0 /* the number of the script whose words are looked at as pairs; the other one's are bytes */

/*
 * 15 bytes, zeros behind fewer, and a tag that says what they are: those of a word, their number;
 * or those that pairs were made into, the number of the bytes of all pairs and MEMO_IS_PAIRS.
 */
struct memo_key {
	uint64_t half[2]; /* as they lie in memory */
};

#define MEMO_IS_PAIRS 0x20u

struct memo_place {
	struct memo_key keys[2];
	unsigned char values[2][MEMO_VALUE];
};

struct memo {
	void *block;               /* owned */
	struct memo_place *places; /* in the block, each a cache line */
	uint32_t n_places;         /* a power of two */
	uint32_t n_new;            /* words that were not found since it has this size */
	uint32_t shift;            /* of a hash, so that it is the number of a place */
};

/* Makes it ready: LAFZ_OK or LAFZ_ERR_MEMORY. */
int memo_prepare(struct memo *memo, const struct lafz_allocator *mem);

void memo_free(struct memo *memo, const struct lafz_allocator *mem);

/* Makes it larger; without memory for that it stays as it is. */
void memo_enlarge(struct memo *memo, const struct lafz_allocator *mem);

/* The same if many words were new lately. What memo_find has handed out is lost. */
static inline void memo_grow(struct memo *memo, const struct lafz_allocator *mem)
{
	if (memo->n_new >= memo->n_places)
		memo_enlarge(memo, mem);
}

/*
 * The value of a word of len bytes, 1 to MEMO_LONGEST, in a script, 0 or 1. *is_new: it was not
 * found, and its value, MEMO_VALUE bytes, is to be written. Valid until the next call.
 */
void *memo_find(struct memo *memo, size_t script, const char *text, size_t len, bool *is_new);

/* ---- Keys ---- */

/* All bits of the bytes of a word of len bytes are set from place MEMO_READ - len on. */
static const _Alignas(2 * MEMO_READ) unsigned char memo_mask[2 * MEMO_READ] = {
	0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
	0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
};

static inline struct memo_key memo_tagged(struct memo_key key, uint64_t tag)
{
	key.half[1] |= __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? tag << 56 : tag;
	return key;
}

/* A word of 1 to MEMO_BYTES bytes, of which MEMO_READ can be read. */
static inline struct memo_key memo_key_bytes(const char *text, size_t len)
{
	struct memo_key key, mask;
	memcpy(&key, text, sizeof key);
	memcpy(&mask, memo_mask + MEMO_READ - len, sizeof mask);
	key.half[0] &= mask.half[0];
	key.half[1] &= mask.half[1];
	return memo_tagged(key, len);
}

/*
 * The same for up to MEMO_PAIRS bytes that are characters of U+0600 to U+06FF, D8 80 to DB BF: of
 * each pair the two lowest bits of the first byte and the six of the second are one byte. False for others.
 */
static inline bool memo_key_pairs(const char *text, size_t len, struct memo_key *key)
{
	vectors_pairs pairs, mask;
	memcpy(&pairs, text, sizeof pairs);
	memcpy(&mask, memo_mask + MEMO_READ - len, sizeof mask);
	pairs = vectors_pairs_little(pairs & mask);
	mask = vectors_pairs_little(mask);
	if (!vectors_is_zero((pairs & 0xC0FC) ^ (mask & 0x80D8)))
		return false;
	const vectors_bytes bytes = vectors_low_bytes((pairs & 3) << 6 | (pairs >> 8 & 0x3F));
	memcpy(key, &bytes, sizeof *key);
	*key = memo_tagged(*key, len | MEMO_IS_PAIRS);
	return true;
}

/* Nothing that is seen depends on it. */
static inline uint64_t memo_hash(struct memo_key key)
{
	return key.half[0] * 0x9E3779B97F4A7C15u ^ key.half[1] * 0xBF58476D1CE4E5B9u;
}

/* The value of the word with that key; NULL: not there. */
static inline const void *memo_get(const struct memo *memo, struct memo_key key)
{
	const struct memo_place *const place = &memo->places[memo_hash(key) >> memo->shift];
	const uint64_t first = (place->keys[0].half[0] ^ key.half[0]) |
	                       (place->keys[0].half[1] ^ key.half[1]);
	const uint64_t second = (place->keys[1].half[0] ^ key.half[0]) |
	                        (place->keys[1].half[1] ^ key.half[1]);
	/* which of the two it is cannot be foreseen: no branch for it */
	if ((first != 0) & (second != 0))
		return NULL;
	return place->values[first != 0];
}

#endif
