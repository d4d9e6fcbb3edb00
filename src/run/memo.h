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

#include "base/bytes.h"
#include "base/mem.h"

#define MEMO_LONGEST 40 /* bytes of a word that can be kept */
#define MEMO_VALUE 19   /* bytes that are kept with it */

/* One cache line. */
struct memo_slot {
	unsigned char value[MEMO_VALUE];
	uint8_t tag;       /* length and script of the word; 0: empty */
	uint32_t hash;     /* of the word */
	uint64_t bytes[2]; /* its first 16, zeros behind a shorter one; as little-endian numbers */
	char rest[MEMO_LONGEST - 16];
};

struct memo {
	struct memo_slot *slots; /* owned */
	uint32_t n_slots;        /* a power of two */
	uint32_t n_new;          /* words that were not found since it has this size */
};

/* Makes it ready: LAFZ_OK or LAFZ_ERR_MEMORY. */
int memo_prepare(struct memo *memo, const struct lafz_allocator *mem);

void memo_free(struct memo *memo, const struct lafz_allocator *mem);

/*
 * Makes it larger if many words were new lately; without memory for that it stays as it is. What
 * memo_find has handed out is lost.
 */
void memo_grow(struct memo *memo, const struct lafz_allocator *mem);

/* The bytes of a word that lie in its first and second 8, all bits of them set. */
extern const uint64_t memo_masks[17][2];

static inline uint32_t memo_hash(const uint64_t bytes[2], uint64_t last, uint8_t tag)
{
	uint64_t hash = (bytes[0] ^ tag) * 0x9E3779B97F4A7C15u;
	hash = (hash ^ hash >> 32 ^ bytes[1] ^ last) * 0xBF58476D1CE4E5B9u;
	return (uint32_t)(hash >> 32);
}

static inline struct memo_slot *memo_place(const struct memo *memo, uint32_t hash)
{
	return &memo->slots[hash & (memo->n_slots - 1) & ~1u];
}

/*
 * The value of a word of len bytes, 1 to MEMO_LONGEST, in a script, 0 or 1; the bytes up to text +
 * room may be read, len among them. *is_new: it was not found, and its value, MEMO_VALUE bytes, is
 * to be written. Valid until the next call.
 */
void *memo_find(struct memo *memo, size_t script, const char *text, size_t len, size_t room,
                bool *is_new);

/* The same for words that are short and were asked for last of their place; NULL for others. */
static inline const void *memo_hit(const struct memo *memo, size_t script, const char *text,
                                   size_t len, size_t room)
{
	if (len > 16 || room < 16)
		return NULL;
	const uint8_t tag = (uint8_t)(len | script << 7);
	const uint64_t bytes[2] = {bytes_u64(text) & memo_masks[len][0],
	                           bytes_u64(text + 8) & memo_masks[len][1]};
	const struct memo_slot *const slot = memo_place(memo, memo_hash(bytes, 0, tag));
	const uint64_t differ = (slot->bytes[0] ^ bytes[0]) | (slot->bytes[1] ^ bytes[1]) |
	                        (uint64_t)(slot->tag ^ tag);
	return differ ? NULL : slot->value;
}

#endif
