/*
 * A memo of words: what was computed for a word lately is found by its bytes. It is nothing else:
 * all bytes are compared, so what it holds is what would be computed again. Two words share a
 * place, which is a cache line. A word has two places, and lies in the second one where the first one was full; where both are, one of
 * the four words there gives way, to its other place if that has room. Room is looked for until the memo has as many words as make it
 * grow: one that is as large as may be has hardly any then. A word whose bytes are more than a key holds has a place of its own. 64 KiB
 * that grow to 8 MiB where there are many words.
 */
#ifndef LAFZ_RUN_MEMO_H
#define LAFZ_RUN_MEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "run/hash.h"
#include "run/vectors.h"

#define MEMO_VALUE 16   /* bytes that are kept with a word */
#define MEMO_LONGEST 46 /* bytes of a word that can be kept */
#define MEMO_BYTES 15   /* bytes of a word that are a key as they are */
#define MEMO_PAIRS 31   /* bytes of a word of pairs that are a key, half of them */
#define MEMO_SPAN 32    /* bytes that are looked at together */
#define MEMO_READ 64    /* bytes of text that are read to make a key, from the word on */
#define MEMO_PAIRS_SCRIPT 0 /* the number of the script whose words are looked at as pairs; the other one's are bytes */

/*
 * 15 bytes, zeros behind fewer, and a tag that says what they are: those of a word, their number;
 * or those that pairs were made into, the number of the bytes of all pairs and MEMO_IS_PAIRS.
 */
typedef vectors_8 memo_halves __attribute__((aligned(8))); /* a stream's memory is aligned to no more */
struct memo_key {
	memo_halves halves; /* as they lie in memory */
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
	uint32_t n_room;           /* places that there is memory for: what is behind the others is zero */
	uint32_t n_used;           /* words in it */
	size_t n_asked;            /* words that were looked for, more or less; set by who looks */
	uint32_t shift;            /* of the lower half of a hash, so that it is the number of a place */
};

/* Makes it ready: LAFZ_OK or LAFZ_ERR_MEMORY. */
int memo_prepare(struct memo *memo, const struct lafz_allocator *mem);

void memo_free(struct memo *memo, const struct lafz_allocator *mem);

/* Makes it larger; without memory for that it stays as it is. */
void memo_enlarge(struct memo *memo, const struct lafz_allocator *mem);

/* Whether five of eight words that it has room for are there. */
static inline bool memo_is_crowded(const struct memo *memo)
{
	return memo->n_used >= memo->n_places / 4 * 5;
}

/* Makes it larger if it is crowded. What it has handed out is lost. */
static inline void memo_grow(struct memo *memo, const struct lafz_allocator *mem)
{
	if (memo_is_crowded(memo))
		memo_enlarge(memo, mem);
}

/* ---- Keys ---- */

/*
 * What a word's length makes of its bytes lies in memory, so that a word costs a few loads and no branch: all bits of what is its
 * own, the other bytes being 0, and its tag. Without length it is no key. Of words of bytes:
 */
struct memo_bytes {
	unsigned char own[MEMO_SPAN / 2];
	unsigned char tag[MEMO_SPAN / 2];
};

extern const struct memo_bytes memo_bytes[MEMO_BYTES + 1];

/* The same of words of pairs. */
struct memo_pairs {
	unsigned char own[MEMO_SPAN];
	unsigned char tag[MEMO_SPAN / 2];
	unsigned char unused[MEMO_SPAN / 2]; /* each in one cache line */
};

extern const struct memo_pairs memo_pairs[MEMO_PAIRS + 1];

/*
 * The bits that all first and second bytes of pairs have alike, and those that these must not have beside them. A pair is the sum of
 * its other bits, each byte so many times.
 */
struct memo_pair_bits {
	unsigned char agreed[MEMO_SPAN], other[MEMO_SPAN], weights[MEMO_SPAN];
};

extern const struct memo_pair_bits memo_pair_bits;

static inline bool memo_is_same(struct memo_key a, struct memo_key b)
{
	return ((a.halves[0] ^ b.halves[0]) | (a.halves[1] ^ b.halves[1])) == 0;
}

#define MEMO_NO_KEY 0xFEu /* the tag of what is no key */

static inline uint8_t memo_tag(struct memo_key key)
{
	return ((vectors_bytes)key.halves)[MEMO_BYTES];
}

static inline bool memo_is_key(struct memo_key key)
{
	return memo_tag(key) != MEMO_NO_KEY;
}

/* The key of a word of bytes whose shape that is. */
static inline struct memo_key memo_key_shaped(const char *text, const struct memo_bytes *shape)
{
	return (struct memo_key){
		(vectors_8)((vectors_load_bytes(text) & vectors_load_bytes(shape->own)) | vectors_load_bytes(shape->tag))};
}

/* The key of a word of at least one byte, of which MEMO_READ can be read; no key if it has more than MEMO_BYTES. */
static inline struct memo_key memo_key_bytes(const char *text, size_t len)
{
	return memo_key_shaped(text, &memo_bytes[len <= MEMO_BYTES ? len : 0]);
}

/* Words with more than one ZWNJ among their pairs, or what is none of these: MEMO_NO_KEY. */
struct memo_key memo_key_joined(const char *text, size_t len);

/* What the first byte and the second one of a pair have beyond D8 and 80, of a word whose shape that is. */
static inline vectors_pairs memo_beyond(vectors_pairs pairs, const struct memo_pairs *shape)
{
	return (pairs ^ vectors_load(memo_pair_bits.agreed)) & vectors_load(shape->own);
}

/* Whether no byte has what none of U+0600 to U+06FF has; that can be asked of several words at once. */
static inline bool memo_are_pairs(vectors_pairs beyond)
{
	return vectors_has_none(beyond, vectors_load(memo_pair_bits.other));
}

static inline struct memo_key memo_key_beyond(vectors_pairs beyond, const struct memo_pairs *shape)
{
	const vectors_bytes bytes = vectors_low_bytes(vectors_weigh(beyond, vectors_load(memo_pair_bits.weights)));
	return (struct memo_key){(vectors_8)(bytes | vectors_load_bytes(shape->tag))};
}

/*
 * The same of a word of up to MEMO_PAIRS bytes that are characters of U+0600 to U+06FF, D8 80 to DB BF: of
 * each pair the two lowest bits of the first byte and the six of the second are one byte. A ZWNJ, U+200C, as words of Persian
 * have, is 0; so is U+0600, which counts as little (grams.h), so it makes no difference which of them it was.
 */
static inline struct memo_key memo_key_pairs(const char *text, size_t len)
{
	const vectors_pairs agreed = vectors_load(memo_pair_bits.agreed);
	if (len > MEMO_PAIRS)
		return memo_key_joined(text, len);
	const vectors_pairs pairs = vectors_load(text);
	vectors_pairs beyond = memo_beyond(pairs, &memo_pairs[len]);
	if (len % 2 != 0) {
		/* what is behind the first byte of three moves down by one, so that the two others are a pair */
		const uint32_t at = vectors_first(vectors_find(pairs, 0xE2));
		if (at % 2 != 0 || at + 3 > len)
			return memo_key_joined(text, len);
		const vectors_pairs ahead = vectors_load(memo_pairs[at].own);
		const vectors_pairs moved = (pairs & ahead) | (vectors_load(text + 1) & ~ahead);
		const vectors_pairs is_joiner = (vectors_pairs)(vectors_pairs_little(moved) == 0x8C80);
		beyond = (moved ^ agreed) & vectors_load(memo_pairs[len - 1].own) & ~is_joiner;
	}
	if (!memo_are_pairs(beyond))
		return memo_key_joined(text, len);
	return memo_key_beyond(beyond, &memo_pairs[len]);
}

/* The key of a word in a script, 0 or 1, of which MEMO_READ bytes can be read. */
static inline struct memo_key memo_key_quick(size_t script, const char *text, size_t len)
{
	return script == MEMO_PAIRS_SCRIPT ? memo_key_pairs(text, len) : memo_key_bytes(text, len);
}

/* The same of a word of which no more than len bytes can be read. */
struct memo_key memo_key(size_t script, const char *text, size_t len);

/* Bytes of a key of a word in a script. */
static inline size_t memo_key_len(size_t script, size_t len)
{
	return script == MEMO_PAIRS_SCRIPT ? len / 2 : len;
}

/* ---- Words ---- */

/* Nothing that is seen depends on it. The lower half has the word's place, the upper one how far the other place is from it. */
static inline uint64_t memo_hash(struct memo_key key)
{
	return hash_of(key.halves);
}

static inline const struct memo_place *memo_place_of(const struct memo *memo, uint64_t hash)
{
	return &memo->places[(uint32_t)hash >> memo->shift];
}

static inline const struct memo_place *memo_place(const struct memo *memo, struct memo_key key)
{
	return memo_place_of(memo, memo_hash(key));
}

#define MEMO_PLACE_BITS 6 /* of the bytes of a place */
#define MEMO_PLACES_AT (~(uint32_t)((1u << MEMO_PLACE_BITS) - 1))

/* The place that is so many bytes behind the first one. */
static inline const struct memo_place *memo_place_at(const struct memo *memo, uint32_t off)
{
	return (const struct memo_place *)(const void *)((const char *)memo->places + off);
}

/* The value of the word with that key in a place; NULL: not there. */
static inline const void *memo_get_at(const struct memo_place *place, struct memo_key key)
{
	const uint32_t which = vectors_which(place->keys, key.halves);
	return which ? place->values[0] + (which & 4) * (MEMO_VALUE / 4) : NULL;
}

/* Whether a place is not full. The first one of a place is written first. */
static inline bool memo_has_room(const struct memo_place *place)
{
	return memo_tag(place->keys[1]) == 0;
}

/*
 * How many bytes the other place of a word is behind the first one of all, if that is so for one of them. It is in the other half of
 * all places, wherever the word's upper bits say: so twice as many places are as if each was split, and the word is in one half of it.
 */
static inline uint32_t memo_other_at(const struct memo *memo, uint32_t off, struct memo_key key)
{
	const uint32_t apart = (uint32_t)(memo_hash(key) >> 32) * HASH_0 | 0x80000000u;
	return off ^ (apart >> memo->shift << MEMO_PLACE_BITS);
}

/* Of the two places of a word, which one of them is, the other one. */
static inline struct memo_place *memo_other(const struct memo *memo, const struct memo_place *place, struct memo_key key)
{
	const uint32_t off = (uint32_t)((const char *)place - (const char *)memo->places);
	return &memo->places[memo_other_at(memo, off, key) >> MEMO_PLACE_BITS];
}

/* The value of the word with that key, whose first place that is; NULL: not there. What had no room in a full place lies in another. */
static inline const void *memo_get_near(const struct memo *memo, const struct memo_place *place, struct memo_key key)
{
	const void *const found = memo_get_at(place, key);
	return found ? found : memo_get_at(memo_other(memo, place, key), key);
}

/* NULL: it is not in the memo. */
static inline const void *memo_get(const struct memo *memo, struct memo_key key)
{
	return memo_get_near(memo, memo_place(memo, key), key);
}

/* The same as memo_add_to, where both places are full. */
void *memo_add_by_force(struct memo *memo, const struct memo_place *place, const struct memo_place *other, struct memo_key key);

/*
 * A word that memo_get did not find, of which these are the first place and the other one: where its value, MEMO_VALUE bytes, is to
 * be written. Valid until the next call, like all that comes from here.
 */
static inline void *memo_add_to(struct memo *memo, const struct memo_place *place, const struct memo_place *other, struct memo_key key)
{
	/* which of them has room cannot be foreseen: no branch for it */
	const struct memo_place *const roomy = memo_has_room(place) ? place : other;
	if (!memo_has_room(roomy))
		return memo_add_by_force(memo, place, other, key);
	struct memo_place *const to = &memo->places[roomy - memo->places];
	to->keys[1] = to->keys[0];
	memcpy(to->values[1], to->values[0], MEMO_VALUE);
	to->keys[0] = key;
	memo->n_used++;
	return to->values[0];
}

/* The same of a word whose places are not known yet. */
static inline void *memo_add(struct memo *memo, struct memo_key key)
{
	const struct memo_place *const place = memo_place(memo, key);
	return memo_add_to(memo, place, memo_other(memo, place, key), key);
}

/* A word without a key while it is looked for: what its place would hold, and that place. */
struct memo_long {
	struct memo_place wanted;
	struct memo_place *place;
};

/* Of len bytes, up to MEMO_LONGEST, in a script, of which MEMO_READ can be read. Asks the memory for its place. */
struct memo_long memo_ask_for_long(struct memo *memo, size_t script, const char *text, size_t len);

/* Its value, before the memo grows. *is_new: it was not found, and its value is to be written. */
void *memo_get_long(struct memo *memo, const struct memo_long *word, bool *is_new);

#endif
