#include "run/memo.h"

#include <assert.h>
#include <string.h>

#include "base/pages.h"

#define FIRST_PLACES 1024u /* most documents are small */
#define MOST_PLACES 131072u
#define PLACES_STEP 4u

#define TAG_LONG 0x80u   /* the first key of a place that one long word has, and its length */
#define TAG_SCRIPT 0x40u /* the second script's */
#define TAG_REST 0xFFu   /* the second key of such a place */

static_assert(sizeof(struct memo_place) == 64, "a place is a cache line");
static_assert((MEMO_LONGEST | TAG_LONG | TAG_SCRIPT) < TAG_REST && MEMO_LONGEST < TAG_SCRIPT, "a tag has the length of a long word");
static_assert(MEMO_LONGEST == 2 * MEMO_BYTES + MEMO_VALUE, "two keys and a value hold a long word");
static_assert(MEMO_PAIRS < MEMO_IS_PAIRS, "a tag has the length of pairs");

#define SIXTEEN(x) {x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x}

/* D8 to DB, 80 to BF. */
_Alignas(MEMO_SPAN) const struct memo_pairs memo_pairs = {
	.firsts = SIXTEEN(0xC0FC),
	.agreed = SIXTEEN(0x80D8),
	.low = SIXTEEN(0x0003),
	.high = SIXTEEN(0x003F),
};

/* ---- Memory ---- */

/* Without places, so that nothing is lost where there is no memory for them. */
static struct memo memo_of(uint32_t n_places)
{
	struct memo memo = {.n_places = n_places, .shift = 64};
	for (uint32_t n = n_places; n > 1; n /= 2)
		memo.shift--;
	return memo;
}

static int get_places(struct memo *memo, const struct lafz_allocator *mem)
{
	memo->places = pages_alloc_zero(mem, memo->n_places * sizeof *memo->places, &memo->block);
	return memo->places ? LAFZ_OK : LAFZ_ERR_MEMORY;
}

int memo_prepare(struct memo *memo, const struct lafz_allocator *mem)
{
	*memo = memo_of(FIRST_PLACES);
	return get_places(memo, mem);
}

void memo_free(struct memo *memo, const struct lafz_allocator *mem)
{
	mem_free(mem, memo->block);
	*memo = (struct memo){0};
}

/* ---- Places ---- */

static uint8_t tag_of(const struct memo_key *key)
{
	return ((vectors_bytes)key->halves)[MEMO_BYTES];
}

static bool is_same(const struct memo_key *a, const struct memo_key *b)
{
	return a->halves[0] == b->halves[0] && a->halves[1] == b->halves[1];
}

static bool is_long(const struct memo_place *place)
{
	return tag_of(&place->keys[0]) >= TAG_LONG;
}

/* All of the word counts, so that words that begin alike do not drive each other out. */
static uint64_t hash_long(const struct memo_place *place)
{
	struct memo_key rest;
	memcpy(&rest, place->values[1], sizeof rest);
	return memo_hash(place->keys[0]) ^ memo_hash(place->keys[1]) * 3 ^ memo_hash(rest) * 5;
}

void *memo_add(struct memo *memo, struct memo_key key)
{
	/* it becomes the first of its place */
	struct memo_place *const place = &memo->places[memo_hash(key) >> memo->shift];
	if (is_long(place)) {
		*place = (struct memo_place){0};
	} else {
		place->keys[1] = place->keys[0];
		memcpy(place->values[1], place->values[0], MEMO_VALUE);
	}
	place->keys[0] = key;
	memo->n_new++;
	return place->values[0];
}

static void copy_place(struct memo *memo, const struct memo_place *from)
{
	if (is_long(from)) {
		memo->places[hash_long(from) >> memo->shift] = *from;
		return;
	}
	/* The one that came last stays the first. */
	for (size_t i = 2; i-- > 0;)
		if (tag_of(&from->keys[i]) != 0)
			memcpy(memo_add(memo, from->keys[i]), from->values[i], MEMO_VALUE);
}

void memo_enlarge(struct memo *memo, const struct lafz_allocator *mem)
{
	if (memo->n_places == MOST_PLACES)
		return;
	const uint32_t n_places = memo->n_places * PLACES_STEP;
	struct memo larger = memo_of(n_places < MOST_PLACES ? n_places : MOST_PLACES);
	if (get_places(&larger, mem) < 0)
		return;
	for (size_t i = 0; i < memo->n_places; i++)
		copy_place(&larger, &memo->places[i]);
	larger.n_new = 0;
	mem_free(mem, memo->block);
	*memo = larger;
}

/* ---- Words ---- */

/* The place of a word that is no key: two of them and a value hold its bytes. */
static struct memo_place long_place(size_t script, const char *text, size_t len)
{
	unsigned char bytes[MEMO_LONGEST] = {0}, keys[2][MEMO_BYTES + 1];
	struct memo_place place;
	memcpy(bytes, text, len);
	for (size_t i = 0; i < 2; i++)
		memcpy(keys[i], bytes + i * MEMO_BYTES, MEMO_BYTES);
	keys[0][MEMO_BYTES] = (unsigned char)(TAG_LONG | script * TAG_SCRIPT | len);
	keys[1][MEMO_BYTES] = TAG_REST;
	memcpy(place.keys, keys, sizeof place.keys);
	memset(place.values[0], 0, MEMO_VALUE);
	memcpy(place.values[1], bytes + 2 * MEMO_BYTES, MEMO_VALUE);
	return place;
}

void *memo_find_long(struct memo *memo, size_t script, const char *text, size_t len, bool *is_new)
{
	const struct memo_place wanted = long_place(script, text, len);
	struct memo_place *const place = &memo->places[hash_long(&wanted) >> memo->shift];
	*is_new = !is_same(&place->keys[0], &wanted.keys[0]) ||
	          !is_same(&place->keys[1], &wanted.keys[1]) ||
	          memcmp(place->values[1], wanted.values[1], MEMO_VALUE) != 0;
	if (*is_new)
		*place = wanted;
	memo->n_new += *is_new;
	return place->values[0];
}

bool memo_key_joined(const char *text, size_t len, struct memo_key *key)
{
	struct memo_key before, behind;
	unsigned char bytes[2 * sizeof *key] = {0};
	size_t at = 2;
	while (at + 5 <= len && text[at] != '\xE2')
		at += 2;
	if (len % 2 == 0 || len > MEMO_PAIRS || at + 5 > len || text[at + 1] != '\x80' || text[at + 2] != '\x8C')
		return false;
	if (!memo_key_pairs(text, at, &before) || !memo_key_pairs(text + at + 3, len - at - 3, &behind))
		return false;
	memcpy(bytes, &before, at / 2);
	memcpy(bytes + at / 2 + 1, &behind, sizeof behind);
	const vectors_bytes joined = vectors_load_bytes(bytes);
	/* U+0600 would be 0 as well */
	if ((vectors_equal(joined, 0) & ((1u << len / 2) - 1)) != 1u << at / 2)
		return false;
	*key = memo_tagged(joined, len | MEMO_IS_PAIRS);
	return true;
}

bool memo_key(size_t script, const char *text, size_t len, struct memo_key *key)
{
	char copy[MEMO_READ] = {0};
	if (len > (script == MEMO_PAIRS_SCRIPT ? MEMO_PAIRS : MEMO_BYTES))
		return false;
	memcpy(copy, text, len);
	if (script == MEMO_PAIRS_SCRIPT)
		return memo_key_pairs(copy, len, key) || memo_key_joined(copy, len, key);
	*key = memo_key_bytes(copy, len);
	return true;
}
