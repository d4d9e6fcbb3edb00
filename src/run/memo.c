#include "run/memo.h"

#include <assert.h>
#include <string.h>

#define FIRST_SLOTS 1024u /* most documents are small */
#define MOST_SLOTS 262144u
#define SLOTS_STEP 4u

static_assert(sizeof(struct memo_slot) == 64, "a slot is a cache line");
static_assert(MEMO_LONGEST < 128, "a tag has 7 bits of length");
static_assert(MEMO_SHORT <= MEMO_LONGEST, "a short word fits");

static uint64_t hash_of(const char *text, size_t len)
{
	uint64_t bytes[2] = {0, 0};
	if (len > sizeof bytes)
		return memo_hash(memo_8_at(text) + memo_8_at(text + len - 8), memo_8_at(text + 8));
	memcpy(bytes, text, len);
	return memo_hash(bytes[0], bytes[1]);
}

static bool is_in(const struct memo_slot *slot, uint8_t tag, const char *text, size_t len)
{
	return slot->tag == tag && memcmp(slot->word, text, len) == 0;
}

/* Without slots, so that nothing is lost where there is no memory for them. */
static struct memo memo_of(uint32_t n_slots)
{
	struct memo memo = {.n_slots = n_slots, .shift = 64};
	for (uint32_t n_places = n_slots / 2; n_places > 1; n_places /= 2)
		memo.shift--;
	return memo;
}

int memo_prepare(struct memo *memo, const struct lafz_allocator *mem)
{
	*memo = memo_of(FIRST_SLOTS);
	memo->slots = mem_alloc_zero(mem, FIRST_SLOTS * sizeof *memo->slots);
	return memo->slots ? LAFZ_OK : LAFZ_ERR_MEMORY;
}

void memo_free(struct memo *memo, const struct lafz_allocator *mem)
{
	mem_free(mem, memo->slots);
	*memo = (struct memo){0};
}

void memo_enlarge(struct memo *memo, const struct lafz_allocator *mem)
{
	if (memo->n_slots == MOST_SLOTS)
		return;
	const struct memo old = *memo;
	struct memo larger = memo_of(old.n_slots * SLOTS_STEP);
	larger.slots = mem_alloc_zero(mem, larger.n_slots * sizeof *larger.slots);
	if (!larger.slots)
		return;
	/* The words of one old place stay in their order. */
	for (size_t i = 0; i < old.n_slots; i++) {
		const struct memo_slot *const slot = &old.slots[i];
		if (!slot->tag)
			continue;
		const size_t len = slot->tag & 0x7F;
		struct memo_slot *const place = memo_place(&larger, hash_of(slot->word, len));
		place[place->tag != 0] = *slot;
	}
	*memo = larger;
	mem_free(mem, old.slots);
}

void *memo_find(struct memo *memo, size_t script, const char *text, size_t len, bool *is_new)
{
	const uint8_t tag = memo_tag(script, len);
	struct memo_slot *const place = memo_place(memo, hash_of(text, len));
	*is_new = false;
	if (is_in(&place[0], tag, text, len))
		return place->value;
	/* It becomes the first of its place. */
	const struct memo_slot first = place[0];
	if (is_in(&place[1], tag, text, len)) {
		place[0] = place[1];
	} else {
		place[0] = (struct memo_slot){.tag = tag};
		memcpy(place->word, text, len);
		memo->n_new++;
		*is_new = true;
	}
	place[1] = first;
	return place->value;
}
