/*
 * Keys for AVX-512, 64 bytes at a time: each byte becomes another one or is dropped, by tables of 64 entries, and what is left
 * is packed. A bit for each byte that is kept says where in the key a token lies. The few letters that ask for the place are looked
 * at one by one.
 */
#include <immintrin.h>
#include <string.h>

#include "base/ranks_avx512.h"
#include "norm/key.h"

struct stretch;
struct stretch_way;
static size_t place_many(const struct stretch *stretch, struct stretch_way *way, const struct key_tokens *tokens, size_t i, size_t end);

#define STRETCH_MANY place_many
#include "norm/key_stretch.h"

/* The tables for one kind of letters. */
struct rows {
	__m512i first[4], last[4];
};

struct tables {
	struct rows arab, latin;
	__m512i punct[3];
};

/* A block with what is beside it. */
struct block {
	const char *s;
	__m512i bytes, next, before;
	uint64_t tails; /* bytes 80 to BF */
};

/* What a block becomes, and what is carried to the next one. */
struct result {
	__m512i out;
	uint64_t stops, places;
	uint64_t behind_letters, behind_marks; /* the characters that begin there have a letter, a mark before them */
	char carry; /* what the first byte becomes, if the last letter of the block before asked for its place; else 0 */
	uint64_t letters, marks; /* where they begin, for the next block */
};

static inline __m512i load(const char *s)
{
	return _mm512_loadu_si512(s);
}

static inline __m512i all(unsigned char byte)
{
	return _mm512_set1_epi8((char)byte);
}

static inline uint64_t equals(__m512i bytes, unsigned char byte)
{
	return _mm512_cmpeq_epi8_mask(bytes, all(byte));
}

static void rows_load(struct rows *rows, const uint8_t (*first)[64], const uint8_t (*last)[64])
{
	for (size_t i = 0; i < 4; i++) {
		rows->first[i] = load((const char *)first[i]);
		rows->last[i] = load((const char *)last[i]);
	}
}

/* The entry of a character, by the lower bits of its first and its last byte. */
static inline __m512i look_up(const __m512i rows[4], __m512i first, __m512i last)
{
	/* bits 0 to 5 of the last byte, and bit 0 of the first one above them; mask ? last : shifted */
	const __m512i shifted = _mm512_slli_epi16(first, 6);
	const __m512i at = _mm512_ternarylogic_epi64(all(0x3F), last, shifted, 0xCA);
	const __m512i low = _mm512_permutex2var_epi8(rows[0], at, rows[1]);
	const __m512i high = _mm512_permutex2var_epi8(rows[2], at, rows[3]);
	return _mm512_mask_mov_epi8(low, _mm512_test_epi8_mask(first, all(2)), high);
}

/* Letters by place, where there is a letter, with or without marks, or white space before them. */
__attribute__((noinline)) static void settle_places(const struct block *block, struct result *result, uint64_t asked)
{
	const uint64_t blanks = equals(block->before, ' ') | equals(block->before, '\n');
	const uint64_t behind = result->behind_letters | result->behind_marks;
	for (; asked != 0; asked &= asked - 1) {
		const unsigned at = (unsigned)__builtin_ctzll(asked);
		const uint64_t bit = asked & -asked;
		const bool is_first = (blanks & bit) != 0;
		char two[2] = {0};
		if ((!is_first && !(behind & bit)) || !key_wide_place(block->s + at, is_first, two)) {
			result->stops |= bit;
			return;
		}
		if (!is_first)
			result->places |= bit;
		result->out = _mm512_mask_mov_epi8(result->out, bit, all((unsigned char)two[0]));
		result->out = _mm512_mask_mov_epi8(result->out, bit << 1, all((unsigned char)two[1]));
		if (bit << 1 == 0)
			result->carry = two[1];
	}
}

/* Latin letters with accents, and punctuation: bytes of others are neither ASCII nor known yet. */
__attribute__((noinline)) static void settle_others(const struct tables *tables, const struct block *block,
                                                    struct result *result, uint64_t others, bool is_begin)
{
	const uint64_t inner = is_begin ? ~UINT64_C(3) : ~UINT64_C(0);
	const __m512i c2 = all(0xC2);
	const __m512i bytes = block->bytes, next = block->next, before = block->before;
	const uint64_t begins = _mm512_cmple_epu8_mask(_mm512_sub_epi8(bytes, c2), all(3)) &
	                        _mm512_cmpeq_epi8_mask(_mm512_and_si512(next, all(0xC0)), all(0x80));
	const uint64_t ends = _mm512_cmple_epu8_mask(_mm512_sub_epi8(before, c2), all(3)) & block->tails & inner;
	const __m512i first = look_up(tables->latin.first, bytes, next);
	uint64_t known = begins | ends;
	result->stops |= begins & equals(first, KEY_WIDE_STOP);
	result->out = _mm512_mask_mov_epi8(result->out, begins, first);
	result->out = _mm512_mask_mov_epi8(result->out, ends, look_up(tables->latin.last, before, bytes));

	const uint64_t marks = equals(bytes, 0xE2) & equals(next, 0x80);
	const uint64_t second = equals(before, 0xE2) & equals(bytes, 0x80) & inner;
	const __m512i two_before = load(block->s - 2), two_behind = load(block->s + 2);
	const uint64_t third = equals(two_before, 0xE2) & equals(before, 0x80) & block->tails & inner;
	const __m512i sign = _mm512_permutexvar_epi8(two_behind, tables->punct[0]);
	const uint64_t is_cut = marks & ~_mm512_cmpeq_epi8_mask(_mm512_and_si512(two_behind, all(0xC0)), all(0x80));
	const uint64_t zwnj = marks & equals(sign, KEY_WIDE_ZWNJ);
	result->stops |= is_cut | (marks & equals(sign, KEY_WIDE_STOP));
	result->stops |= zwnj & ~(result->behind_letters | result->behind_marks);
	result->out = _mm512_mask_mov_epi8(result->out, marks, _mm512_maskz_mov_epi8(~zwnj, sign));
	result->out = _mm512_mask_mov_epi8(result->out, second, _mm512_permutexvar_epi8(next, tables->punct[1]));
	result->out = _mm512_mask_mov_epi8(result->out, third, _mm512_permutexvar_epi8(bytes, tables->punct[2]));
	known |= marks | second | third;
	result->stops |= others & ~known;
}

static inline __m512i lower(__m512i bytes)
{
	const uint64_t capitals = _mm512_cmple_epu8_mask(_mm512_sub_epi8(bytes, all('A')), all('Z' - 'A'));
	return _mm512_mask_add_epi8(bytes, capitals, bytes, all('a' - 'A'));
}

/* A block that is not of ASCII alone; beyond are its other bytes. */
static inline void change(const struct tables *tables, const struct block *block, struct result *result, uint64_t beyond,
                          bool is_begin)
{
	const __m512i d8 = all(0xD8), fc = all(0xFC);
	const uint64_t next_tails =
		_mm512_cmpeq_epi8_mask(_mm512_and_si512(block->next, all(0xC0)), all(0x80));
	const uint64_t begins =
		_mm512_cmpeq_epi8_mask(_mm512_and_si512(block->bytes, fc), d8) & next_tails;
	const uint64_t ends = _mm512_cmpeq_epi8_mask(_mm512_and_si512(block->before, fc), d8) & block->tails &
	                      (is_begin ? ~UINT64_C(1) : ~UINT64_C(0));
	const __m512i first = look_up(tables->arab.first, block->bytes, block->next);
	result->out = _mm512_mask_mov_epi8(result->out, begins, first);
	result->out = _mm512_mask_mov_epi8(result->out, ends, look_up(tables->arab.last, block->before, block->bytes));
	if (result->carry != 0)
		result->out = _mm512_mask_mov_epi8(result->out, 1, all((unsigned char)result->carry));
	result->carry = 0;
	const uint64_t asked = begins & equals(first, KEY_WIDE_PLACE);
	const uint64_t letters = (begins & _mm512_movepi8_mask(first)) | asked;
	const uint64_t marks = begins & ~_mm512_test_epi8_mask(first, first);
	result->behind_letters = letters << 2 | result->letters >> 62;
	result->behind_marks = marks << 2 | result->marks >> 62;
	result->letters = letters;
	result->marks = marks;
	/* a mark that is not on a letter may have to stay */
	result->stops = begins & equals(first, KEY_WIDE_STOP);
	result->stops |= marks & ~(result->behind_letters | result->behind_marks);
	const uint64_t others = beyond & ~(begins | ends);
	if (others != 0)
		settle_others(tables, block, result, others, is_begin);
	if (asked != 0)
		settle_places(block, result, asked);
}

/* Makes the keys of the bytes from at on, at most BLOCKS blocks, up to what is not known here. */
static void make(struct stretch *stretch, const char *text, size_t at, size_t len, char *out)
{
	struct tables tables;
	rows_load(&tables.arab, key_wide_tables.first, key_wide_tables.last);
	rows_load(&tables.latin, key_wide_tables.latin_first, key_wide_tables.latin_last);
	for (size_t i = 0; i < 3; i++)
		tables.punct[i] = load((const char *)key_wide_tables.punct[i]);
	struct result result = {0};
	const char *const begin = out;
	const char *const s = text + at;
	const size_t left = len - at, end = left < (size_t)BLOCKS * BLOCK ? left : (size_t)BLOCKS * BLOCK;
	uint64_t dropped = 0, places = 0;
	size_t i = 0, k = 0;
	for (; i < end; i += BLOCK, k++) {
		char edge[BEFORE + BLOCK + BEHIND];
		struct block block = {.s = s + i};
		if (left - i < BLOCK + BEHIND || at + i < BEFORE) {
			const size_t before = at + i < BEFORE ? at + i : BEFORE;
			const size_t behind = left - i < BLOCK + BEHIND ? left - i : BLOCK + BEHIND;
			memset(edge, 0, sizeof edge);
			memcpy(edge + BEFORE - before, s + i - before, before + behind);
			block.s = edge + BEFORE;
		}
		block.bytes = load(block.s);
		const uint64_t beyond = _mm512_movepi8_mask(block.bytes);
		result.out = lower(block.bytes);
		result.places = 0;
		uint64_t kept = ~UINT64_C(0);
		result.stops = 0;
		if (beyond != 0) {
			block.next = load(block.s + 1);
			block.before = load(block.s - 1);
			block.tails = _mm512_cmpeq_epi8_mask(_mm512_and_si512(block.bytes, all(0xC0)), all(0x80));
			change(&tables, &block, &result, beyond, i == 0);
			kept = ~beyond | _mm512_test_epi8_mask(result.out, result.out);
			_mm512_storeu_si512(out, _mm512_maskz_compress_epi8(kept, result.out));
		} else {
			_mm512_storeu_si512(out, result.out);
			result.letters = 0;
			result.marks = 0;
		}
		stretch->before[k] = (uint32_t)(out - begin);
		stretch->kept[k] = kept;
		stretch->places[k] = result.places;
		dropped |= ~kept;
		places |= result.places;
		out += __builtin_popcountll(kept);
		if (result.stops != 0) {
			i += (size_t)__builtin_ctzll(result.stops);
			k++;
			break;
		}
	}
	stretch_end(stretch, k, i < end ? i : end, (size_t)(out - begin), dropped, places);
}

/* ---- Places ---- */

/* Which of sixteen places are those of letters that may not be right. */
static inline __mmask16 ask_places(const struct stretch *stretch, __m512i places)
{
	const __m512i bits = _mm512_i32gather_epi32(_mm512_srli_epi32(places, 5), stretch->places, 4);
	const __m512i bit = _mm512_sllv_epi32(_mm512_set1_epi32(1), _mm512_and_si512(places, _mm512_set1_epi32(31)));
	return _mm512_test_epi32_mask(bits, bit);
}

/* stretch_place_each for sixteen tokens at once, up to one that needs a look of its own. */
static size_t place_many(const struct stretch *stretch, struct stretch_way *way, const struct key_tokens *tokens, size_t i, size_t end)
{
	const __m512i at = _mm512_set1_epi32((int)way->at), base = _mm512_set1_epi32((int)way->base);
	const __m512i last = _mm512_set1_epi32(SIXTEEN - 1);
	__m512i shift = _mm512_set1_epi32((int)way->shift); /* of the tokens before, that of the last one last */
	__mmask16 others = 0;
	for (; end - i >= SIXTEEN && others == 0; i += SIXTEEN) {
		const __m512i start = load((const char *)(tokens->start + i)), to = load((const char *)(tokens->end + i));
		const __m512i out = _mm512_add_epi32(base, ranks_of(stretch->before, stretch->kept, _mm512_sub_epi32(to, at)));
		const __m512i own = _mm512_sub_epi32(out, to);
		const __m512i off = _mm512_add_epi32(start, _mm512_alignr_epi32(own, shift, SIXTEEN - 1));
		others = _mm512_cmpeq_epi32_mask(out, off);
		if (stretch->has_places)
			others |= ask_places(stretch, _mm512_sub_epi32(start, at));
		_mm512_storeu_si512(tokens->off + i, off);
		_mm512_storeu_si512(tokens->len + i, _mm512_sub_epi32(out, off));
		if (others != 0) {
			const unsigned n = _tzcnt_u32(others);
			const __m512i lane = _mm512_set1_epi32((int)n - 1);
			if (n > 0)
				shift = _mm512_permutexvar_epi32(lane, own);
			i -= SIXTEEN - n;
			continue;
		}
		shift = _mm512_permutexvar_epi32(last, own);
	}
	way->shift = (uint32_t)_mm_cvtsi128_si32(_mm512_castsi512_si128(shift));
	return i;
}

void key_wide_avx512(struct key_progress *place, const struct key_tokens *tokens, const char *text, size_t len, char *out)
{
	stretch_all(make, place, tokens, text, len, out);
}
