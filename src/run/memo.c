#include "run/memo.h"

#include <assert.h>
#include <string.h>

#define FIRST_SLOTS 1024u /* most documents are small */
#define MOST_SLOTS 65536u
#define SLOTS_STEP 4u

static_assert(sizeof(struct memo_slot) == 64, "a slot is a cache line");
static_assert(MEMO_LONGEST < 128, "a tag has 7 bits of length");

struct key {
	uint64_t bytes[2];
	uint32_t hash;
	uint8_t tag;
};

#define FIRST(n) (UINT64_MAX >> (64 - 8 * (n)))

const uint64_t memo_masks[17][2] = {
	{0, 0},
	{FIRST(1), 0},
	{FIRST(2), 0},
	{FIRST(3), 0},
	{FIRST(4), 0},
	{FIRST(5), 0},
	{FIRST(6), 0},
	{FIRST(7), 0},
	{FIRST(8), 0},
	{FIRST(8), FIRST(1)},
	{FIRST(8), FIRST(2)},
	{FIRST(8), FIRST(3)},
	{FIRST(8), FIRST(4)},
	{FIRST(8), FIRST(5)},
	{FIRST(8), FIRST(6)},
	{FIRST(8), FIRST(7)},
	{FIRST(8), FIRST(8)},
};

static struct key key_of(size_t script, const char *text, size_t len, size_t room)
{
	const size_t n = len < 16 ? len : 16;
	char padded[16] = {0};
	if (room < sizeof padded)
		memcpy(padded, text, n);
	const char *const first = room < sizeof padded ? padded : text;
	struct key key = {.tag = (uint8_t)(len | script << 7),
	                  .bytes = {bytes_u64(first) & memo_masks[n][0],
	                            bytes_u64(first + 8) & memo_masks[n][1]}};
	key.hash = memo_hash(key.bytes, len > 16 ? bytes_u64(text + len - 8) : 0, key.tag);
	return key;
}

static bool is_in(const struct memo_slot *slot, const struct key *key, const char *text, size_t len)
{
	return slot->tag == key->tag && slot->bytes[0] == key->bytes[0] &&
	       slot->bytes[1] == key->bytes[1] &&
	       (len <= sizeof slot->bytes ||
	        memcmp(slot->rest, text + sizeof slot->bytes, len - sizeof slot->bytes) == 0);
}

int memo_prepare(struct memo *memo, const struct lafz_allocator *mem)
{
	memo->slots = mem_alloc_zero(mem, FIRST_SLOTS * sizeof *memo->slots);
	if (!memo->slots)
		return LAFZ_ERR_MEMORY;
	memo->n_slots = FIRST_SLOTS;
	memo->n_new = 0;
	return LAFZ_OK;
}

void memo_free(struct memo *memo, const struct lafz_allocator *mem)
{
	mem_free(mem, memo->slots);
	*memo = (struct memo){0};
}

void memo_grow(struct memo *memo, const struct lafz_allocator *mem)
{
	if (memo->n_new < memo->n_slots || memo->n_slots == MOST_SLOTS)
		return;
	const struct memo old = *memo;
	const size_t n = (size_t)old.n_slots * SLOTS_STEP;
	struct memo_slot *const slots = mem_alloc_zero(mem, n * sizeof *slots);
	if (!slots)
		return;
	*memo = (struct memo){.slots = slots, .n_slots = (uint32_t)n};
	/* The words of one old place stay in their order. */
	for (size_t i = 0; i < old.n_slots; i++) {
		struct memo_slot *const place = memo_place(memo, old.slots[i].hash);
		if (old.slots[i].tag)
			place[place->tag != 0] = old.slots[i];
	}
	mem_free(mem, old.slots);
}

void *memo_find(struct memo *memo, size_t script, const char *text, size_t len, size_t room,
                bool *is_new)
{
	const struct key key = key_of(script, text, len, room);
	struct memo_slot *const place = memo_place(memo, key.hash);
	*is_new = false;
	if (is_in(&place[0], &key, text, len))
		return place->value;
	/* It becomes the first of its place. */
	const struct memo_slot first = place[0];
	if (is_in(&place[1], &key, text, len)) {
		place[0] = place[1];
	} else {
		place[0] = (struct memo_slot){
			.tag = key.tag, .hash = key.hash, .bytes = {key.bytes[0], key.bytes[1]}};
		if (len > sizeof key.bytes)
			memcpy(place->rest, text + sizeof key.bytes, len - sizeof key.bytes);
		memo->n_new++;
		*is_new = true;
	}
	place[1] = first;
	return place->value;
}
