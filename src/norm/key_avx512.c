/*
 * Keys for AVX-512, 64 bytes at a time: each byte becomes another one or is dropped, by tables of 64 entries, and what is left
 * is packed. A bit for each byte that is kept says where in the key a token lies. The few letters that ask for the place are looked
 * at one by one.
 */
#include <immintrin.h>
#include <string.h>

#include "base/ranks_avx512.h"
#include "norm/key.h"
#include "scan/bytes.h"

struct stretch;
struct stretch_way;
static size_t place_many(const struct stretch *stretch, struct stretch_way *way, const struct key_tokens *tokens, size_t i, size_t end);

#define STRETCH_MANY place_many
#define STRETCH_SPARSE 8
#include "norm/key_stretch.h"

/* The tables for one kind of letters. */
struct rows {
	__m512i first[4], last[4];
};

struct tables {
	struct rows arab, latin;
	__m512i punct[3];
	uint8_t later_yeh[2]; /* what yeh with hamza becomes behind a letter */
};

/* Letters by place of Arabic, by their second bytes: U+0621, U+0626. */
#define LAST_OF_HAMZA 0xA1
#define LAST_OF_YEH_HAMZA 0xA6
#define KEY_HEH_FIRST 0xD9
#define KEY_HEH_LAST 0x87

/* What a block must know of the one before it. */
struct carried {
	uint64_t letters, marks; /* where they begin */
	uint64_t begins;         /* the same of all letters and marks of D8 80 to DB BF */
	uint64_t high;           /* those of DA and DB */
	uint64_t joiners;        /* where ZWNJ does */
	char last; /* what the first byte becomes, if the last letter of the block asked for its place; else 0 */
};

/* A block that holds what is rare, and what it becomes. */
struct block {
	const char *s;
	__m512i bytes, out;
	uint64_t behind; /* the characters that begin there have a letter or a mark before them */
	uint64_t stops, places;
	char last;
};

static inline __m512i load(const char *s)
{
	return _mm512_loadu_si512(s);
}

/* (Constants from memory: those that the compiler knows it makes anew for each block.) */
static inline __m512i all(unsigned char byte)
{
	return _mm512_broadcast_i64x4(_mm256_loadu_si256((const __m256i *)scan_bytes[byte]));
}

static inline uint64_t equals(__m512i bytes, unsigned char byte)
{
	return _mm512_cmpeq_epi8_mask(bytes, all(byte));
}

/* Bytes 80 to BF, the lowest ones of a sign. */
static inline uint64_t tails_of(__m512i bytes)
{
	return _mm512_cmplt_epi8_mask(bytes, all(0xC0));
}

static void rows_load(struct rows *rows, const uint8_t (*first)[64], const uint8_t (*last)[64])
{
	for (size_t i = 0; i < 4; i++) {
		rows->first[i] = load((const char *)first[i]);
		rows->last[i] = load((const char *)last[i]);
	}
}

/* The place of a character's entry in two rows, by the lower bits of its first and its last byte. */
static inline __m512i place_of(__m512i first, __m512i last)
{
	/* bits 0 to 5 of the last byte, and bit 0 of the first one above them; mask ? last : shifted */
	return _mm512_ternarylogic_epi64(all(0x3F), last, _mm512_slli_epi16(first, 6), 0xCA);
}

/* The entry, which bit 1 of the first byte says the rows of, as bits. */
static inline __m512i look_up(const __m512i rows[4], __m512i place, uint64_t is_high)
{
	const __m512i low = _mm512_permutex2var_epi8(rows[0], place, rows[1]);
	const __m512i high = _mm512_permutex2var_epi8(rows[2], place, rows[3]);
	return _mm512_mask_mov_epi8(low, is_high, high);
}

static inline uint64_t has_two(__m512i bytes)
{
	return _mm512_test_epi8_mask(bytes, all(2));
}

/* What becomes of a letter by place, a bit of the block. */
static void settle_place(struct block *block, uint64_t bit, bool is_first)
{
	const unsigned at = (unsigned)__builtin_ctzll(bit);
	char two[2] = {0};
	if (!key_wide_place(block->s + at, is_first, two)) {
		block->stops |= bit;
		return;
	}
	block->out = _mm512_mask_mov_epi8(block->out, bit, all((unsigned char)two[0]));
	block->out = _mm512_mask_mov_epi8(block->out, bit << 1, all((unsigned char)two[1]));
	if (bit << 1 == 0)
		block->last = two[1];
}

/* The last hamza that may be dropped is: those of a block's that are behind a letter, but not behind heh. */
static uint64_t are_kept_hamzas(const struct tables *tables, const struct block *block, uint64_t hamzas)
{
	const __m512i two_before = load(block->s - 2), before = load(block->s - 1);
	const __m512i place = place_of(two_before, before);
	const __m512i first = look_up(tables->arab.first, place, has_two(two_before));
	const __m512i last = look_up(tables->arab.last, place, has_two(two_before));
	const uint64_t hehs = equals(first, KEY_HEH_FIRST) & equals(last, KEY_HEH_LAST);
	return hamzas & block->behind & _mm512_movepi8_mask(first) & ~hehs;
}

/*
 * Letters by place, where there is a letter, with or without marks, or white space before them. Those of Arabic are settled together, for
 * one block in six has one.
 */
__attribute__((noinline)) static void settle_places(const struct tables *tables, struct block *block, uint64_t asked)
{
	const __m512i before = load(block->s - 1), next = load(block->s + 1);
	const uint64_t blanks = equals(before, ' ') | equals(before, '\n');
	/* a hyphen behind a letter may join, or begin a token; of that behind the last letter of the block before the long way tells */
	const uint64_t behind_hyphen = block->behind << 1 & equals(before, '-');
	const uint64_t firsts = asked & blanks, later = asked & ~blanks & (block->behind | behind_hyphen);
	const uint64_t hamzas = asked & equals(next, LAST_OF_HAMZA), yehs = asked & equals(next, LAST_OF_YEH_HAMZA);
	const uint64_t kept_hamzas = hamzas & (firsts | are_kept_hamzas(tables, block, hamzas & later));
	const uint64_t stay = kept_hamzas | (yehs & firsts), change = yehs & later;
	block->stops |= asked & ~(firsts | later);
	block->places |= later;
	block->out = _mm512_mask_mov_epi8(block->out, stay | stay << 1, block->bytes);
	block->out = _mm512_mask_mov_epi8(block->out, change, all(tables->later_yeh[0]));
	block->out = _mm512_mask_mov_epi8(block->out, change << 1, all(tables->later_yeh[1]));
	if ((stay | change) >> 63)
		block->last = change >> 63 ? (char)tables->later_yeh[1] : block->s[BLOCK];
	for (uint64_t left = (firsts | later) & ~(stay | change); left != 0; left &= left - 1)
		settle_place(block, left & -left, (firsts & left & -left) != 0);
}

/* Latin letters with accents, and punctuation: these bytes are neither ASCII nor known yet. */
__attribute__((noinline)) static void settle_others(const struct tables *tables, struct block *block, uint64_t others,
                                                    bool is_begin)
{
	const uint64_t inner = is_begin ? ~UINT64_C(3) : ~UINT64_C(0);
	const __m512i c2 = all(0xC2);
	const __m512i bytes = block->bytes, next = load(block->s + 1), before = load(block->s - 1);
	const uint64_t tails = tails_of(bytes);
	const uint64_t begins = _mm512_cmple_epu8_mask(_mm512_sub_epi8(bytes, c2), all(3)) & tails_of(next);
	const uint64_t ends = _mm512_cmple_epu8_mask(_mm512_sub_epi8(before, c2), all(3)) & tails & inner;
	const __m512i first = look_up(tables->latin.first, place_of(bytes, next), has_two(bytes));
	uint64_t known = begins | ends;
	uint64_t stops = begins & equals(first, KEY_WIDE_STOP);
	__m512i out = _mm512_mask_mov_epi8(block->out, begins, first);
	out = _mm512_mask_mov_epi8(out, ends, look_up(tables->latin.last, place_of(before, bytes), has_two(before)));

	const uint64_t marks = equals(bytes, 0xE2) & equals(next, 0x80);
	const uint64_t second = equals(before, 0xE2) & equals(bytes, 0x80) & inner;
	const __m512i two_before = load(block->s - 2), two_behind = load(block->s + 2);
	const uint64_t third = equals(two_before, 0xE2) & equals(before, 0x80) & tails & inner;
	const __m512i sign = _mm512_permutexvar_epi8(two_behind, tables->punct[0]);
	const uint64_t is_cut = marks & ~tails_of(two_behind);
	const uint64_t zwnj = marks & equals(sign, KEY_WIDE_ZWNJ);
	stops |= is_cut | (marks & equals(sign, KEY_WIDE_STOP));
	stops |= zwnj & ~block->behind;
	out = _mm512_mask_mov_epi8(out, marks, _mm512_maskz_mov_epi8(~zwnj, sign));
	out = _mm512_mask_mov_epi8(out, second, _mm512_permutexvar_epi8(next, tables->punct[1]));
	out = _mm512_mask_mov_epi8(out, third, _mm512_permutexvar_epi8(bytes, tables->punct[2]));
	known |= marks | second | third;
	block->stops |= stops | (others & ~known);
	block->out = out;
}

static inline __m512i lower(__m512i bytes)
{
	const uint64_t capitals = _mm512_cmple_epu8_mask(_mm512_sub_epi8(bytes, all('A')), all('Z' - 'A'));
	return _mm512_mask_add_epi8(bytes, capitals, bytes, all('a' - 'A'));
}

/* Where ZWNJ begins. */
static inline uint64_t joiners_of(__m512i bytes, __m512i next, const char *s)
{
	/* one of them is not E2, 80, 8C; a | (b ^ c) */
	const __m512i two = _mm512_ternarylogic_epi64(_mm512_xor_si512(bytes, all(0xE2)), next, all(0x80), 0xF6);
	const __m512i three = _mm512_ternarylogic_epi64(two, load(s + 2), all(0x8C), 0xF6);
	return _mm512_testn_epi8_mask(three, three);
}

/*
 * A block that is not of ASCII alone; beyond are its other bytes. Returns what it becomes, of which *kept are kept.
 */
__attribute__((always_inline)) static inline __m512i change(const struct tables *tables, const char *s, __m512i bytes, __m512i out,
                                                                  uint64_t beyond, bool is_begin, struct carried *carried,
                                                                  uint64_t *kept, uint64_t *stops, uint64_t *places)
{
	const __m512i next = load(s + 1), before = load(s - 1);
	const uint64_t stems = _mm512_cmpeq_epi8_mask(_mm512_and_si512(bytes, all(0xFC)), all(0xD8));
	const uint64_t begins = stems & tails_of(next), ends = begins << 1 | carried->begins >> 63;
	const __m512i first_place = place_of(bytes, next), last_place = place_of(before, bytes);
	const uint64_t is_high = begins & has_two(bytes), is_last_high = is_high << 1 | carried->high >> 63;
	__m512i first, last;
	if ((is_high | is_last_high) != 0) {
		first = look_up(tables->arab.first, first_place, is_high);
		last = look_up(tables->arab.last, last_place, is_last_high);
	} else { /* as nearly always in Arabic */
		first = _mm512_permutex2var_epi8(tables->arab.first[0], first_place, tables->arab.first[1]);
		last = _mm512_permutex2var_epi8(tables->arab.last[0], last_place, tables->arab.last[1]);
	}
	out = _mm512_mask_mov_epi8(out, begins, first);
	out = _mm512_mask_mov_epi8(out, ends, last);
	if (carried->last != 0)
		out = _mm512_mask_mov_epi8(out, 1, all((unsigned char)carried->last));
	const uint64_t high = _mm512_movepi8_mask(first), marks = begins & _mm512_testn_epi8_mask(first, first);
	const uint64_t asked = begins & equals(first, KEY_WIDE_PLACE);
	const uint64_t letters = (begins & high) | asked;
	const uint64_t behind = (letters | marks) << 2 | (carried->letters | carried->marks) >> 62;
	/* a mark that is not on a letter may have to stay */
	uint64_t stop = (begins & equals(first, KEY_WIDE_STOP)) | (marks & ~behind);
	/* without a branch: where there are some, which blocks have one cannot be foreseen */
	const uint64_t joiners = joiners_of(bytes, next, s);
	const uint64_t dropped = joiners | joiners << 1 | joiners << 2 | carried->joiners >> 62 | carried->joiners >> 63;
	const uint64_t others = beyond & ~(begins | ends | dropped);
	stop |= joiners & ~behind;
	carried->letters = letters;
	carried->marks = marks;
	carried->begins = begins;
	carried->high = is_high;
	carried->joiners = joiners;
	carried->last = 0;
	if ((others | asked) != 0) {
		struct block block = {.s = s, .bytes = bytes, .out = out, .behind = behind, .stops = stop};
		if (others != 0)
			settle_others(tables, &block, others, is_begin);
		if (asked != 0)
			settle_places(tables, &block, asked);
		out = block.out;
		stop = block.stops;
		*places = block.places;
		carried->last = block.last;
	}
	*kept = ~beyond | (_mm512_test_epi8_mask(out, out) & ~dropped);
	*stops = stop;
	return out;
}

/* A block at s, of which left bytes and those behind it may be read, and before it, with zeros beside it. */
__attribute__((noinline)) static void copy_edge(char edge[BEFORE + BLOCK + BEHIND], const char *s, size_t before, size_t left)
{
	const size_t behind = left < BLOCK + BEHIND ? left : BLOCK + BEHIND;
	memset(edge, 0, BEFORE + BLOCK + BEHIND);
	memcpy(edge + BEFORE - before, s - before, before + behind);
}

/* Makes the keys of the bytes from at on, at most BLOCKS blocks, up to what is not known here. */
static void make(struct stretch *stretch, const char *text, size_t at, size_t len, char *out)
{
	struct tables tables;
	rows_load(&tables.arab, key_wide_tables.first, key_wide_tables.last);
	rows_load(&tables.latin, key_wide_tables.latin_first, key_wide_tables.latin_last);
	for (size_t i = 0; i < 3; i++)
		tables.punct[i] = load((const char *)key_wide_tables.punct[i]);
	char later_yeh[2];
	(void)key_wide_place("\xD8\xA6", false, later_yeh);
	memcpy(tables.later_yeh, later_yeh, sizeof later_yeh);
	struct carried carried = {0};
	const char *const begin = out;
	const size_t left = len - at, end = left < (size_t)BLOCKS * BLOCK ? left : (size_t)BLOCKS * BLOCK;
	uint64_t dropped = 0, all_places = 0;
	char edge[BEFORE + BLOCK + BEHIND];
	size_t i = 0, k = 0;
	for (; i < end; i += BLOCK, k++) {
		const char *s = text + at + i;
		if (left - i < BLOCK + BEHIND || at + i < BEFORE) {
			copy_edge(edge, s, at + i < BEFORE ? at + i : BEFORE, left - i);
			s = edge + BEFORE;
		}
		const __m512i bytes = load(s);
		const uint64_t beyond = _mm512_movepi8_mask(bytes);
		__m512i changed = lower(bytes);
		uint64_t kept = ~UINT64_C(0), stops = 0, places = 0;
		if (beyond != 0) {
			changed = change(&tables, s, bytes, changed, beyond, i == 0, &carried, &kept, &stops, &places);
			changed = _mm512_maskz_compress_epi8(kept, changed);
		} else {
			carried = (struct carried){0};
		}
		_mm512_storeu_si512(out, changed);
		stretch->before[k] = (uint32_t)(out - begin);
		stretch->kept[k] = kept;
		stretch->places[k] = places;
		dropped |= ~kept;
		all_places |= places;
		out += _mm_popcnt_u64(kept);
		if (stops != 0) {
			i += _tzcnt_u64(stops);
			k++;
			break;
		}
	}
	stretch_end(stretch, k, i < end ? i : end, (size_t)(out - begin), dropped, all_places);
}

/* ---- Places ---- */

/* Which of sixteen places are those of letters that may not be right. */
static inline __mmask16 ask_places(const struct stretch *stretch, __m512i places)
{
	struct ranks_near near;
	if (!ranks_are_near(places, &near))
		return ranks_have_far(stretch->places, places);
	return ranks_have(stretch->places, &near, places);
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
