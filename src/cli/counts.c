#include "cli/counts.h"

#include <stdlib.h>
#include <string.h>

#include <lafz.h>

#include "cli/fail.h"

#define SLOTS_FIRST 1024
#define AHEAD 8 /* entries */

/* What stands in entries, with the form behind and zeros up to a whole step. */
struct entry {
	uint64_t count;
	uint32_t len;
	uint16_t lang;
	uint16_t zero;
};

/* ---- Orders ---- */

int counts_by_form(const struct spill_row *one, const struct spill_row *other)
{
	if (one->lang != other->lang)
		return strcmp(lafz_lang_tag(one->lang), lafz_lang_tag(other->lang));
	const uint32_t len = one->len < other->len ? one->len : other->len;
	const int difference = memcmp(one->form, other->form, len);
	if (difference != 0 || one->len == other->len)
		return difference;
	return one->len < other->len ? -1 : 1;
}

int counts_by_count(const struct spill_row *one, const struct spill_row *other)
{
	if (one->count != other->count)
		return one->count < other->count ? 1 : -1;
	return counts_by_form(one, other);
}

/* ---- The table ---- */

static size_t entry_size(uint32_t len)
{
	return (sizeof(struct entry) + len + COUNTS_STEP - 1) / COUNTS_STEP * COUNTS_STEP;
}

static struct entry *entry_at(const struct counts *counts, uint32_t place)
{
	return (struct entry *)(void *)(counts->entries.ptr + (size_t)(place - 1) * COUNTS_STEP);
}

static const char *form_of(const struct entry *entry)
{
	return (const char *)(entry + 1);
}

static struct spill_row row_at(const struct counts *counts, uint32_t place)
{
	const struct entry *entry = entry_at(counts, place);
	return (struct spill_row){
		.count = entry->count, .form = form_of(entry), .len = entry->len, .lang = entry->lang};
}

/* Eight bytes at a time, mixed by an odd number that has its bits everywhere. */
static uint32_t hash_of(const struct spill_row *row)
{
	const uint64_t factor = UINT64_C(0x9E3779B97F4A7C15);
	uint64_t hash = (row->len + UINT64_C(1)) * factor ^ row->lang;
	size_t off = 0;
	for (; row->len - off >= 8; off += 8) {
		uint64_t word = 0;
		memcpy(&word, row->form + off, 8);
		hash = (hash ^ word) * factor;
		hash ^= hash >> 29;
	}
	uint64_t word = 0;
	memcpy(&word, row->form + off, row->len - off);
	hash = (hash ^ word) * factor;
	hash ^= hash >> 32;
	return (uint32_t)(hash * factor >> 32);
}

static bool is_entry_of(const struct entry *entry, const struct spill_row *row)
{
	return entry->lang == row->lang && entry->len == row->len &&
	       memcmp(form_of(entry), row->form, row->len) == 0;
}

/* The row's slot, or the free one where it belongs. */
static struct counts_slot *find(const struct counts *counts, const struct spill_row *row,
                                uint32_t hash)
{
	for (size_t i = hash;; i++) {
		struct counts_slot *slot = &counts->slots[i & (counts->n_slots - 1)];
		if (slot->place == 0)
			return slot;
		if (slot->hash == hash && is_entry_of(entry_at(counts, slot->place), row))
			return slot;
	}
}

/* Twice as many slots. */
static bool grow_slots(struct counts *counts)
{
	const size_t n = counts->n_slots > 0 ? 2 * counts->n_slots : SLOTS_FIRST;
	struct counts_slot *slots = calloc(n, sizeof *slots);
	if (!slots)
		return false;
	for (size_t i = 0; i < counts->n_slots; i++) {
		const struct counts_slot *old = &counts->slots[i];
		size_t place = old->hash & (n - 1);
		if (old->place == 0)
			continue;
		while (slots[place].place != 0)
			place = (place + 1) & (n - 1);
		slots[place] = *old;
	}
	free(counts->slots);
	counts->slots = slots;
	counts->n_slots = n;
	return true;
}

/* ---- Order in the table ---- */

/* Half of a merge: slots up to end, and the row of the first of them. */
struct half {
	const struct counts_slot *slot, *end;
	struct spill_row row;
};

/* The entries lie anywhere in the memory, so those that follow are asked for early. */
static void load(const struct counts *counts, struct half *half)
{
	if (half->slot == half->end)
		return;
	if (half->end - half->slot > AHEAD)
		__builtin_prefetch(entry_at(counts, half->slot[AHEAD].place));
	half->row = row_at(counts, half->slot->place);
}

/* Merges two sorted neighbours, of middle slots and what follows up to n, into to. */
static void merge_slots(const struct counts *counts, const struct counts_slot *from, size_t middle,
                        size_t n, struct counts_slot *to)
{
	struct half one = {.slot = from, .end = from + middle};
	struct half other = {.slot = from + middle, .end = from + n};
	load(counts, &one);
	load(counts, &other);
	for (size_t i = 0; i < n; i++) {
		const bool is_one = other.slot == other.end ||
		                    (one.slot < one.end && counts->order(&one.row, &other.row) < 0);
		struct half *half = is_one ? &one : &other;
		to[i] = *half->slot++;
		load(counts, half);
	}
}

/*
 * Sorts the entries and returns their slots, which are the table no more. At most half of it was
 * taken, so the other half is the place to merge to.
 */
static const struct counts_slot *sort(struct counts *counts)
{
	struct counts_slot *from = counts->slots, *to = counts->slots + counts->n_slots / 2;
	const size_t n = counts->n;
	size_t used = 0;
	for (size_t i = 0; i < counts->n_slots; i++) {
		if (counts->slots[i].place != 0)
			from[used++] = counts->slots[i];
	}
	for (size_t half = 1; half < n; half *= 2) {
		for (size_t i = 0; i < n; i += 2 * half) {
			const size_t rest = n - i;
			merge_slots(counts, from + i, half < rest ? half : rest,
			            2 * half < rest ? 2 * half : rest, to + i);
		}
		struct counts_slot *other = from;
		from = to;
		to = other;
	}
	return from;
}

/* Hands out the entries of the table in their order. */
static int take_table(struct counts *counts, spill_take *take, void *ctx)
{
	const struct counts_slot *slots = counts->n > 0 ? sort(counts) : NULL;
	for (size_t i = 0; i < counts->n; i++) {
		const struct spill_row row = row_at(counts, slots[i].place);
		if (take(ctx, &row) < 0)
			return -1;
	}
	return 0;
}

static int put(void *ctx, const struct spill_row *row)
{
	return spill_put(ctx, row);
}

/* Moves the table to disk. */
static int spill(struct counts *counts)
{
	if (take_table(counts, put, &counts->spill) < 0 || spill_cut(&counts->spill) < 0)
		return -1;
	memset(counts->slots, 0, counts->n_slots * sizeof *counts->slots);
	counts->entries.len = 0;
	counts->n = 0;
	return 0;
}

/* ---- Adding ---- */

/* Of the memory a quarter is for slots, a half for entries; what is left they need while they grow. */
static bool is_full(const struct counts *counts, size_t size)
{
	if (counts->n == 0)
		return false;
	if (counts->entries.len + size > counts->memory / 2)
		return true;
	return 2 * (counts->n + 1) > counts->n_slots &&
	       2 * counts->n_slots * sizeof *counts->slots > counts->memory / 4;
}

/* Room for an entry, and for its slot. */
static int make_room(struct counts *counts, size_t size)
{
	if (is_full(counts, size) && spill(counts) < 0)
		return -1;
	const bool needs_slots = 2 * (counts->n + 1) > counts->n_slots;
	if ((needs_slots && !grow_slots(counts)) || !bytes_reserve(&counts->entries, size))
		return fail_say("out of memory");
	return 0;
}

static void add_entry(struct counts *counts, const struct spill_row *row, uint32_t hash)
{
	const struct entry entry = {.count = row->count, .len = row->len, .lang = row->lang};
	struct counts_slot *slot = find(counts, row, hash);
	const size_t off = counts->entries.len;
	char *place = counts->entries.ptr + off;
	memcpy(place, &entry, sizeof entry);
	memcpy(place + sizeof entry, row->form, row->len);
	slot->hash = hash;
	slot->place = (uint32_t)(off / COUNTS_STEP + 1);
	counts->entries.len += entry_size(row->len);
	counts->n++;
}

int counts_add(struct counts *counts, const struct spill_row *row)
{
	const uint32_t hash = hash_of(row);
	if (counts->n_slots > 0) {
		const struct counts_slot *slot = find(counts, row, hash);
		if (slot->place != 0) {
			entry_at(counts, slot->place)->count += row->count;
			return 0;
		}
	}
	if (make_room(counts, entry_size(row->len)) < 0)
		return -1;
	add_entry(counts, row, hash);
	return 0;
}

static void free_table(struct counts *counts)
{
	bytes_free(&counts->entries);
	free(counts->slots);
	counts->slots = NULL;
	counts->n_slots = counts->n = 0;
}

int counts_take(struct counts *counts, spill_take *take, void *ctx)
{
	if (counts->spill.n == 0)
		return take_table(counts, take, ctx);
	if (counts->n > 0 && spill(counts) < 0)
		return -1;
	free_table(counts);
	return spill_merge(&counts->spill, counts->memory, counts->order, take, ctx);
}

void counts_free(struct counts *counts)
{
	free_table(counts);
	spill_free(&counts->spill);
}
