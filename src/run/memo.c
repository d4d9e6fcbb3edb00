#include "run/memo.h"

#include <assert.h>
#include <string.h>

#include "base/pages.h"

/*
 * Most documents are small. From 2 MiB on it is on large pages (base/pages.h), which the system zeroes for less than half as much a
 * byte, so what lies between is short. There it gets all the memory that it may ask for later, which costs nothing before it is
 * touched, and grows in place: so no more is touched than the largest size has.
 */
static const uint32_t sizes[] = {1024, 4096, 32768, 65536, 131072};

/* Where less than so many quarters of words came for each that was new until then, this size is left out: the next one will be asked for. */
#define SKIPPED 2
#define SKIPPED_QUARTERS 11

#define N_SIZES (sizeof sizes / sizeof *sizes)
#define IN_PLACE 32768u /* places, from which on it grows in place; each size has twice as many as the one before */

#define TAG_LONG 0x80u   /* the first key of a place that one long word has, and its length */
#define TAG_SCRIPT 0x40u /* the second script's */
#define TAG_REST 0xFFu   /* the second key of such a place */

static_assert(sizeof(struct memo_place) == 1u << MEMO_PLACE_BITS && sizeof(struct memo_place) == 64, "a place is a cache line");
static_assert((MEMO_LONGEST | TAG_LONG | TAG_SCRIPT) < TAG_REST && MEMO_LONGEST < TAG_SCRIPT, "a tag has the length of a long word");
static_assert(MEMO_LONGEST == 2 * MEMO_BYTES + MEMO_VALUE, "two keys and a value hold a long word");
static_assert(MEMO_PAIRS < MEMO_IS_PAIRS && MEMO_PAIRS < MEMO_SPAN, "a tag has the length of pairs");
static_assert((MEMO_LONGEST | TAG_LONG | TAG_SCRIPT) < MEMO_NO_KEY, "no word has the tag of none");

#define PAIRS_8(a, b) a, b, a, b, a, b, a, b, a, b, a, b, a, b, a, b
#define PAIRS_16(a, b) {PAIRS_8(a, b), PAIRS_8(a, b)}

/* D8 to DB, 80 to BF. */
_Alignas(2 * MEMO_SPAN) const struct memo_pair_bits memo_pair_bits = {
	.agreed = PAIRS_16(0xD8, 0x80),
	.other = PAIRS_16(0xFC, 0xC0),
	.weights = PAIRS_16(0x40, 0x01),
};

#define BYTE(i, n) ((i) < (n) ? 0xFF : 0)
#define SHAPE(n) \
	[n] = {.own = {BYTE(0, n), BYTE(1, n), BYTE(2, n), BYTE(3, n), BYTE(4, n), BYTE(5, n), BYTE(6, n), BYTE(7, n), BYTE(8, n), \
	               BYTE(9, n), BYTE(10, n), BYTE(11, n), BYTE(12, n), BYTE(13, n), BYTE(14, n)}, \
	       .tag[MEMO_BYTES] = n}
#define PAIRS_SHAPE(n) \
	[n] = {.own = {BYTE(0, n), BYTE(1, n), BYTE(2, n), BYTE(3, n), BYTE(4, n), BYTE(5, n), BYTE(6, n), BYTE(7, n), BYTE(8, n), \
	               BYTE(9, n), BYTE(10, n), BYTE(11, n), BYTE(12, n), BYTE(13, n), BYTE(14, n), BYTE(15, n), BYTE(16, n), \
	               BYTE(17, n), BYTE(18, n), BYTE(19, n), BYTE(20, n), BYTE(21, n), BYTE(22, n), BYTE(23, n), BYTE(24, n), \
	               BYTE(25, n), BYTE(26, n), BYTE(27, n), BYTE(28, n), BYTE(29, n), BYTE(30, n)}, \
	       .tag[MEMO_BYTES] = n | MEMO_IS_PAIRS}

_Alignas(MEMO_SPAN) const struct memo_bytes memo_bytes[MEMO_BYTES + 1] = {
	[0].tag[MEMO_BYTES] = MEMO_NO_KEY, SHAPE(1), SHAPE(2), SHAPE(3), SHAPE(4), SHAPE(5), SHAPE(6), SHAPE(7),
	SHAPE(8), SHAPE(9), SHAPE(10), SHAPE(11), SHAPE(12), SHAPE(13), SHAPE(14), SHAPE(15),
};

_Alignas(2 * MEMO_SPAN) const struct memo_pairs memo_pairs[MEMO_PAIRS + 1] = {
	[0].tag[MEMO_BYTES] = MEMO_NO_KEY, PAIRS_SHAPE(1), PAIRS_SHAPE(2), PAIRS_SHAPE(3),
	PAIRS_SHAPE(4), PAIRS_SHAPE(5), PAIRS_SHAPE(6), PAIRS_SHAPE(7), PAIRS_SHAPE(8), PAIRS_SHAPE(9),
	PAIRS_SHAPE(10), PAIRS_SHAPE(11), PAIRS_SHAPE(12), PAIRS_SHAPE(13), PAIRS_SHAPE(14),
	PAIRS_SHAPE(15), PAIRS_SHAPE(16), PAIRS_SHAPE(17), PAIRS_SHAPE(18), PAIRS_SHAPE(19),
	PAIRS_SHAPE(20), PAIRS_SHAPE(21), PAIRS_SHAPE(22), PAIRS_SHAPE(23), PAIRS_SHAPE(24),
	PAIRS_SHAPE(25), PAIRS_SHAPE(26), PAIRS_SHAPE(27), PAIRS_SHAPE(28), PAIRS_SHAPE(29),
	PAIRS_SHAPE(30), PAIRS_SHAPE(31),
};

/* ---- Memory ---- */

static void set_size(struct memo *memo, uint32_t n_places)
{
	memo->n_places = n_places;
	memo->shift = 32;
	for (uint32_t n = n_places; n > 1; n /= 2)
		memo->shift--;
}

/* A caller's allocator may touch all that it gives. */
static int get_places(struct memo *memo, const struct lafz_allocator *mem, uint32_t n_places)
{
	*memo = (struct memo){0};
	set_size(memo, n_places);
	memo->n_room = n_places >= IN_PLACE && mem_is_default(mem) ? sizes[N_SIZES - 1] : n_places;
	memo->places = pages_alloc_zero(mem, memo->n_room * sizeof *memo->places, &memo->block);
	return memo->places ? LAFZ_OK : LAFZ_ERR_MEMORY;
}

int memo_prepare(struct memo *memo, const struct lafz_allocator *mem)
{
	return get_places(memo, mem, sizes[0]);
}

void memo_free(struct memo *memo, const struct lafz_allocator *mem)
{
	mem_free(mem, memo->block);
	*memo = (struct memo){0};
}

/* ---- Places ---- */

static bool is_long(const struct memo_place *place)
{
	return memo_tag(place->keys[0]) >= TAG_LONG;
}

/* All of the word counts, so that words that begin alike do not drive each other out. */
static uint64_t hash_long(const struct memo_place *place)
{
	struct memo_key rest;
	memcpy(&rest, place->values[1], sizeof rest);
	return memo_hash(place->keys[0]) ^ memo_hash(place->keys[1]) * 3 ^ memo_hash(rest) * 5;
}

/* Drives out what is there. */
static void put_long(struct memo *memo, struct memo_place *place, const struct memo_place *word)
{
	memo->n_used += memo_has_room(place);
	*place = *word;
}

/* A word becomes the first one of a place; the second one gives way. Where its value is to be written. */
static unsigned char *put(struct memo *memo, struct memo_place *place, struct memo_key key)
{
	memo->n_used += memo_has_room(place);
	if (is_long(place)) {
		*place = (struct memo_place){0};
	} else {
		place->keys[1] = place->keys[0];
		memcpy(place->values[1], place->values[0], MEMO_VALUE);
	}
	place->keys[0] = key;
	return place->values[0];
}

/*
 * Room for a word whose two places are full: one of the four words there goes to its other place. False if all of those are full,
 * too.
 */
static bool make_room(struct memo *memo, struct memo_place *places[2], struct memo_place **out)
{
	for (size_t i = 0; i < 4; i++) {
		struct memo_place *const place = places[i / 2];
		const size_t which = 1 - i % 2;
		if (is_long(place))
			continue;
		struct memo_place *const other = memo_other(memo, place, place->keys[which]);
		if (!memo_has_room(other))
			continue;
		memcpy(put(memo, other, place->keys[which]), place->values[which], MEMO_VALUE);
		if (which == 0) {
			place->keys[0] = place->keys[1];
			memcpy(place->values[0], place->values[1], MEMO_VALUE);
		}
		*out = place;
		return true;
	}
	return false;
}

void *memo_add_by_force(struct memo *memo, const struct memo_place *place, const struct memo_place *other, struct memo_key key)
{
	struct memo_place *both[2] = {&memo->places[place - memo->places], &memo->places[other - memo->places]}, *made;
	return put(memo, !memo_is_crowded(memo) && make_room(memo, both, &made) ? made : both[0], key);
}

static void copy_place(struct memo *memo, const struct memo_place *from)
{
	if (is_long(from)) {
		put_long(memo, &memo->places[memo_place_of(memo, hash_long(from)) - memo->places], from);
		return;
	}
	/* The one that came last stays the first. */
	for (size_t i = 2; i-- > 0;)
		if (memo_tag(from->keys[i]) != 0)
			memcpy(memo_add(memo, from->keys[i]), from->values[i], MEMO_VALUE);
}

/* The place that words go to whose place is one of those there were before there were twice as many: one of two. */
static struct memo_place *place_in_half(const struct memo *memo, uint32_t number, uint64_t hash)
{
	return &memo->places[2 * number + ((uint32_t)hash >> memo->shift) % 2];
}

/* Which half of a place that was its first or its other one a word goes to. */
static struct memo_place *half_of(const struct memo *memo, uint32_t number, struct memo_key key)
{
	const struct memo_place *const first = memo_place(memo, key);
	const uint32_t at = (uint32_t)(first - memo->places);
	return at / 2 == number ? &memo->places[at] : memo_other(memo, first, key);
}

static void split_place(struct memo *memo, uint32_t number)
{
	const struct memo_place from = memo->places[number];
	memo->places[number] = (struct memo_place){0};
	if (is_long(&from)) {
		*place_in_half(memo, number, hash_long(&from)) = from;
		return;
	}
	/* The one that came last stays the first. */
	for (size_t i = 2; i-- > 0;)
		if (memo_tag(from.keys[i]) != 0)
			memcpy(put(memo, half_of(memo, number, from.keys[i]), from.keys[i]), from.values[i], MEMO_VALUE);
}

/* Twice as many places, where there is room for them. What a place goes to is behind it, but for the first one of all. */
static void split_places(struct memo *memo)
{
	const uint32_t n_places = memo->n_places, n_used = memo->n_used;
	set_size(memo, 2 * n_places);
	for (uint32_t i = n_places; i-- > 0;)
		split_place(memo, i);
	memo->n_used = n_used;
}

void memo_enlarge(struct memo *memo, const struct lafz_allocator *mem)
{
	size_t size = 0;
	while (size < N_SIZES && sizes[size] <= memo->n_places)
		size++;
	if (size == N_SIZES)
		return;
	if (sizes[size] <= memo->n_room) {
		split_places(memo);
		return;
	}
	if (size == SKIPPED && memo->n_asked < (size_t)memo->n_used / 4 * SKIPPED_QUARTERS)
		size++;
	struct memo larger;
	if (get_places(&larger, mem, sizes[size]) < 0)
		return;
	larger.n_asked = memo->n_asked;
	for (size_t i = 0; i < memo->n_places; i++)
		copy_place(&larger, &memo->places[i]);
	mem_free(mem, memo->block);
	*memo = larger;
}

/* ---- Words ---- */

/* The place of a word that is no key: two of them and a value hold its bytes. */
static struct memo_place long_place(size_t script, const char *text, size_t len)
{
	unsigned char bytes[2 * MEMO_READ], keys[2][MEMO_BYTES + 1];
	struct memo_place place;
	/* as many bytes for each word: calls for as many as it has would cost more than all else */
	memcpy(bytes, text, MEMO_READ);
	memset(bytes + len, 0, MEMO_READ);
	for (size_t i = 0; i < 2; i++)
		memcpy(keys[i], bytes + i * MEMO_BYTES, MEMO_BYTES);
	keys[0][MEMO_BYTES] = (unsigned char)(TAG_LONG | script * TAG_SCRIPT | len);
	keys[1][MEMO_BYTES] = TAG_REST;
	memcpy(place.keys, keys, sizeof place.keys);
	memset(place.values[0], 0, MEMO_VALUE);
	memcpy(place.values[1], bytes + 2 * MEMO_BYTES, MEMO_VALUE);
	return place;
}

struct memo_long memo_ask_for_long(struct memo *memo, size_t script, const char *text, size_t len)
{
	struct memo_long word = {.wanted = long_place(script, text, len)};
	word.place = &memo->places[memo_place_of(memo, hash_long(&word.wanted)) - memo->places];
	__builtin_prefetch(word.place);
	return word;
}

void *memo_get_long(struct memo *memo, const struct memo_long *word, bool *is_new)
{
	struct memo_place *const place = word->place;
	const struct memo_place *const wanted = &word->wanted;
	*is_new = !memo_is_same(place->keys[0], wanted->keys[0]) ||
	          !memo_is_same(place->keys[1], wanted->keys[1]) ||
	          memcmp(place->values[1], wanted->values[1], MEMO_VALUE) != 0;
	if (*is_new)
		put_long(memo, place, wanted);
	return place->values[0];
}

/* ---- Keys ---- */

/* Whether one of U+0600 to U+06FF begins there. */
static bool is_pair(const char *text, size_t len)
{
	const unsigned char *const s = (const unsigned char *)text;
	return len >= 2 && s[0] >= 0xD8 && s[0] <= 0xDB && (s[1] & 0xC0) == 0x80;
}

struct memo_key memo_key_joined(const char *text, size_t len)
{
	unsigned char bytes[MEMO_SPAN / 2] = {[MEMO_BYTES] = MEMO_NO_KEY};
	struct memo_key none, key;
	memcpy(&none, bytes, sizeof none);
	if (len > MEMO_PAIRS)
		return none;
	size_t n = 0;
	for (size_t off = 0; off < len; n++) {
		const bool is_joiner = len - off >= 3 && memcmp(text + off, "\xE2\x80\x8C", 3) == 0;
		if (!is_joiner && !is_pair(text + off, len - off))
			return none;
		bytes[n] = is_joiner ? 0 : (unsigned char)((text[off] & 0x03) << 6 | (text[off + 1] & 0x3F));
		off += is_joiner ? 3 : 2;
	}
	bytes[MEMO_BYTES] = (unsigned char)(len | MEMO_IS_PAIRS);
	memcpy(&key, bytes, sizeof key);
	return key;
}

struct memo_key memo_key(size_t script, const char *text, size_t len)
{
	char copy[MEMO_READ] = {0};
	memcpy(copy, text, len < MEMO_READ ? len : MEMO_READ);
	return memo_key_quick(script, copy, len);
}
