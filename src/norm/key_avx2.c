/*
 * Keys for AVX2, in blocks of 64 bytes, as key_avx512.c makes them. Half a block in which a letter of U+0600 to U+06FF does not stay is
 * looked up in eight or sixteen rows of sixteen entries. Latin letters, punctuation and letters by place are looked up one by one.
 */
#include <immintrin.h>
#include <string.h>

#include "norm/key_stretch.h"
#include "norm/pairs_avx2.h"
#include "scan/bits.h"

#define HALF 32
#define OVER 2 /* bytes of a character behind the block it begins in */

/* What a block becomes, as bits and bytes. */
struct result {
	char out[BLOCK + OVER];
	uint64_t kept, stops, places;
	uint64_t behind_letters, behind_marks; /* the characters that begin there have a letter, a mark before them */
};

/* What is carried from block to block. */
struct carried {
	__m256i begins, changes; /* letters that begin in the half before, and those of them that do not stay */
	__m256i last;            /* what their second bytes become */
	uint64_t letters, marks; /* where they begin */
	char over[OVER];         /* what the first bytes become that belong to a character looked up by itself */
	unsigned known;          /* which of them */
};

/* The letters of a half. */
struct half {
	uint32_t beyond, begins, ends, stops, asked, letters, marks;
};

static inline uint32_t equals(__m256i bytes, unsigned char byte)
{
	return pairs_bits(_mm256_cmpeq_epi8(bytes, pairs_all(byte)));
}

/* Bytes of ASCII in lower case; others stay. */
static inline __m256i lower(__m256i bytes)
{
	const __m256i from = _mm256_cmpgt_epi8(bytes, pairs_all('A' - 1));
	const __m256i capitals = _mm256_andnot_si256(_mm256_cmpgt_epi8(bytes, pairs_all('Z')), from);
	return _mm256_add_epi8(bytes, _mm256_and_si256(capitals, pairs_all('a' - 'A')));
}

/* The bytes one further on: the first is the last one of before. */
static inline __m256i push(__m256i bytes, __m256i before)
{
	return _mm256_alignr_epi8(bytes, _mm256_permute2x128_si256(before, bytes, 0x21), 15);
}

/* What is looked up for half a block. */
struct look_up {
	__m256i at;          /* entries, less the first one of the next row */
	__m256i first, last; /* what was found */
	const uint8_t *firsts, *lasts; /* the next row */
};

/* A byte that is not in a row becomes one of 80 or more, for which a shuffle gives 0. */
__attribute__((always_inline)) static inline void look_up_row(struct look_up *look)
{
	const __m256i here = _mm256_adds_epu8(look->at, pairs_all(0x70));
	look->first = _mm256_or_si256(look->first, _mm256_shuffle_epi8(pairs_row(look->firsts), here));
	look->last = _mm256_or_si256(look->last, _mm256_shuffle_epi8(pairs_row(look->lasts), here));
	look->at = _mm256_sub_epi8(look->at, pairs_all(16));
	look->firsts += 16;
	look->lasts += 16;
}

/* Two first bytes, four rows each. No loop: it would be as long as what it does. */
__attribute__((always_inline)) static inline void look_up_rows(struct look_up *look)
{
	look_up_row(look);
	look_up_row(look);
	look_up_row(look);
	look_up_row(look);
	look_up_row(look);
	look_up_row(look);
	look_up_row(look);
	look_up_row(look);
}

/*
 * at is the lower bits of a letter's first byte above those of its second. Rows of DA and DB, or of the others, are left out if
 * nothing is to be found there.
 */
__attribute__((always_inline)) static inline struct look_up look_up(__m256i at, bool has_lower, bool has_upper)
{
	const __m256i zero = _mm256_setzero_si256();
	struct look_up look = {at, zero, zero, key_wide_tables.first[0], key_wide_tables.last[0]};
	if (has_lower)
		look_up_rows(&look);
	if (has_upper) {
		look.at = _mm256_xor_si256(at, pairs_all(0x80));
		look.firsts = key_wide_tables.first[2];
		look.lasts = key_wide_tables.last[2];
		look_up_rows(&look);
	}
	return look;
}

/* Half a block: letters become others, all else stays. */
__attribute__((always_inline)) static inline struct half change(const char *s, char *out, struct carried *carried)
{
	const __m256i same[2] = {pairs_row(key_same[0]), pairs_row(key_same[1])};
	const __m256i c0 = pairs_all(0xC0), tail = pairs_all(0x80);
	const __m256i bytes = pairs_load(s), next = pairs_load(s + 1);
	const __m256i leads = _mm256_cmpeq_epi8(_mm256_and_si256(bytes, pairs_all(0xFC)), pairs_all(0xD8));
	const __m256i begins = _mm256_and_si256(leads, _mm256_cmpeq_epi8(_mm256_and_si256(next, c0), tail));
	const __m256i at = _mm256_or_si256(_mm256_and_si256(_mm256_slli_epi16(bytes, 6), c0), _mm256_andnot_si256(c0, next));
	const __m256i changes = _mm256_andnot_si256(pairs_in(same, s), begins);
	const uint32_t changed = pairs_bits(changes), upper = changed & pairs_bits(at);
	const struct look_up look = look_up(at, changed != upper, upper != 0);
	const __m256i first = look.first, last = look.last;
	const __m256i all = _mm256_blendv_epi8(lower(bytes), first, changes);
	_mm256_storeu_si256((__m256i *)out, _mm256_blendv_epi8(all, push(last, carried->last), push(changes, carried->changes)));
	const uint32_t asked = changed & equals(first, KEY_WIDE_PLACE);
	const struct half half = {
		.beyond = pairs_bits(bytes),
		.begins = pairs_bits(begins),
		.ends = pairs_bits(push(begins, carried->begins)),
		.stops = changed & equals(first, KEY_WIDE_STOP),
		.asked = asked,
		.letters = (pairs_bits(begins) & ~changed) | (changed & pairs_bits(first)) | asked,
		.marks = changed & equals(first, KEY_WIDE_DROPPED),
	};
	carried->begins = begins;
	carried->changes = changes;
	carried->last = last;
	return half;
}

static inline uint64_t both(uint32_t low, uint32_t high)
{
	return low | (uint64_t)high << HALF;
}

/* Writes bytes of a character that begins at a place of a block. */
static void put(struct result *result, struct carried *carried, unsigned at, const uint8_t *bytes, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		result->out[at + i] = (char)bytes[i];
		if (at + i >= BLOCK)
			carried->known |= 1u << (at + i - BLOCK);
		else
			result->kept = (result->kept & ~(UINT64_C(1) << (at + i))) | (uint64_t)(bytes[i] != 0) << (at + i);
	}
	memcpy(carried->over, result->out + BLOCK, OVER);
}

static bool is_tail(char byte)
{
	return ((unsigned char)byte & 0xC0) == 0x80;
}

/* A Latin letter or a mark of general punctuation at s: its bytes, or 0, it is not known here. */
static unsigned look_at_other(const char *s, bool is_behind, uint8_t out[3])
{
	const unsigned char *const bytes = (const unsigned char *)s;
	if (bytes[0] >= 0xC2 && bytes[0] <= 0xC5 && is_tail(s[1])) {
		out[0] = key_wide_tables.latin_first[bytes[0] & 3][bytes[1] & 0x3F];
		out[1] = key_wide_tables.latin_last[bytes[0] & 3][bytes[1] & 0x3F];
		return out[0] == KEY_WIDE_STOP ? 0 : 2;
	}
	if (bytes[0] != 0xE2 || bytes[1] != 0x80 || !is_tail(s[2]))
		return 0;
	for (size_t i = 0; i < 3; i++)
		out[i] = key_wide_tables.punct[i][bytes[2] & 0x3F];
	if (out[0] != KEY_WIDE_ZWNJ)
		return out[0] == KEY_WIDE_STOP ? 0 : 3;
	memset(out, 0, 3);
	return is_behind ? 3 : 0;
}

__attribute__((noinline)) static void settle_others(const char *s, struct result *result, struct carried *carried, uint64_t others)
{
	while (others != 0) {
		const unsigned at = (unsigned)__builtin_ctzll(others);
		const uint64_t bit = UINT64_C(1) << at;
		uint8_t out[3];
		const unsigned n = look_at_other(s + at, ((result->behind_letters | result->behind_marks) & bit) != 0, out);
		if (n == 0) {
			result->stops |= bit;
			return;
		}
		put(result, carried, at, out, n);
		others &= ~((bit << n) - bit);
	}
}

/* Letters by place, where there is a letter, with or without marks, or white space before them. */
__attribute__((noinline)) static void settle_places(const char *s, struct result *result, struct carried *carried, uint64_t asked)
{
	const uint64_t behind = result->behind_letters | result->behind_marks;
	for (; asked != 0; asked &= asked - 1) {
		const unsigned at = (unsigned)__builtin_ctzll(asked);
		const uint64_t bit = UINT64_C(1) << at;
		const char before = s[(int)at - 1];
		const bool is_first = before == ' ' || before == '\n';
		/* a hyphen behind a letter may join, or begin a token; of that behind the last letter of the block before the long way tells */
		const bool is_later = behind & (before == '-' ? bit >> 1 : bit);
		char two[2] = {0};
		if ((!is_first && !is_later) || !key_wide_place(s + at, is_first, two)) {
			result->stops |= bit;
			return;
		}
		if (!is_first)
			result->places |= bit;
		put(result, carried, at, (const uint8_t *)two, 2);
	}
}

/* A block that is not of ASCII alone. */
static inline void change_block(const char *s, struct result *result, struct carried *carried)
{
	const struct half low = change(s, result->out, carried), high = change(s + HALF, result->out + HALF, carried);
	const uint64_t beyond = both(low.beyond, high.beyond), asked = both(low.asked, high.asked);
	const uint64_t letters = both(low.letters, high.letters), marks = both(low.marks, high.marks);
	uint64_t others = beyond & ~both(low.begins | low.ends, high.begins | high.ends);
	for (unsigned i = 0; i < OVER; i++) {
		if (carried->known & 1u << i) {
			result->out[i] = carried->over[i];
			others &= ~(UINT64_C(1) << i);
		}
	}
	carried->known = 0;
	const __m256i zero = _mm256_setzero_si256();
	const uint32_t no_low = pairs_bits(_mm256_cmpeq_epi8(pairs_load(result->out), zero));
	const uint32_t no_high = pairs_bits(_mm256_cmpeq_epi8(pairs_load(result->out + HALF), zero));
	result->kept = ~(both(no_low, no_high) & beyond);
	result->behind_letters = letters << 2 | carried->letters >> 62;
	result->behind_marks = marks << 2 | carried->marks >> 62;
	carried->letters = letters;
	carried->marks = marks;
	/* a mark that is not on a letter may have to stay */
	result->stops = both(low.stops, high.stops) | (marks & ~(result->behind_letters | result->behind_marks));
	result->places = 0;
	if (others != 0)
		settle_others(s, result, carried, others);
	if (asked != 0)
		settle_places(s, result, carried, asked);
}

/* Writes the bytes of a block that are kept side by side. */
static inline char *pack(char *out, const char *block, uint64_t kept)
{
	for (unsigned i = 0; i < BLOCK / 8; i++, kept >>= 8) {
		const __m128i eight = _mm_loadl_epi64((const __m128i *)(block + 8 * i));
		const __m128i row = _mm_loadl_epi64((const __m128i *)scan_bits_of[kept & 0xFF]);
		_mm_storel_epi64((__m128i *)out, _mm_shuffle_epi8(eight, row));
		out += __builtin_popcountll(kept & 0xFF);
	}
	return out;
}

static inline char *copy_block(char *out, const char *block)
{
	const __m256i low = pairs_load(block), high = pairs_load(block + HALF);
	_mm256_storeu_si256((__m256i *)out, low);
	_mm256_storeu_si256((__m256i *)(out + HALF), high);
	return out + BLOCK;
}

/* Where a block can be read with what is beside it: in text itself, or a copy of its end or beginning. */
static inline const char *block_at(const char *text, size_t at, size_t len, char edge[BEFORE + BLOCK + BEHIND])
{
	if (len - at >= BLOCK + BEHIND && at >= BEFORE)
		return text + at;
	const size_t before = at < BEFORE ? at : BEFORE;
	const size_t behind = len - at < BLOCK + BEHIND ? len - at : BLOCK + BEHIND;
	memset(edge, 0, BEFORE + BLOCK + BEHIND);
	memcpy(edge + BEFORE - before, text + at - before, before + behind);
	return edge + BEFORE;
}

/* Makes the keys of the bytes from at on, at most BLOCKS blocks, up to what is not known here. */
static void make(struct stretch *stretch, const char *text, size_t at, size_t len, char *out)
{
	struct carried carried = {.known = 0};
	struct result result;
	const char *const begin = out;
	const size_t left = len - at, end = left < (size_t)BLOCKS * BLOCK ? left : (size_t)BLOCKS * BLOCK;
	uint64_t dropped = 0, places = 0;
	size_t i = 0, k = 0;
	for (; i < end; i += BLOCK, k++) {
		char edge[BEFORE + BLOCK + BEHIND];
		const char *const block = block_at(text, at + i, len, edge);
		stretch->before[k] = (uint32_t)(out - begin);
		stretch->kept[k] = ~UINT64_C(0);
		stretch->places[k] = 0;
		const __m256i low = pairs_load(block), high = pairs_load(block + HALF);
		if (pairs_bits(_mm256_or_si256(low, high)) == 0) {
			_mm256_storeu_si256((__m256i *)out, lower(low));
			_mm256_storeu_si256((__m256i *)(out + HALF), lower(high));
			out += BLOCK;
			carried.letters = carried.marks = 0; /* no character goes on in it */
			continue;
		}
		change_block(block, &result, &carried);
		stretch->kept[k] = result.kept;
		stretch->places[k] = result.places;
		dropped |= ~result.kept;
		places |= result.places;
		out = ~result.kept == 0 ? copy_block(out, result.out) : pack(out, result.out, result.kept);
		if (result.stops != 0) {
			i += (size_t)__builtin_ctzll(result.stops);
			k++;
			break;
		}
	}
	stretch_end(stretch, k, i < end ? i : end, (size_t)(out - begin), dropped, places);
}

void key_wide_avx2(struct key_progress *place, const struct key_tokens *tokens, const char *text, size_t len, char *out)
{
	stretch_all(make, place, tokens, text, len, out);
}
