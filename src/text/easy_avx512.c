/*
 * easy_wide for AVX-512, and copying by expansion.
 */
#include "base/places_avx512.h"
#include "norm/calm_avx512.h"
#include "norm/calm_wide.h"
#include "text/easy.h"
#include "unicode/ucd.h"

#include <string.h>

struct easy_wide {
	__m512i ascii, ascii_kinds;
	__m512i common_ends[2], common_follows[2];
	__m512i elided[2];
	const struct easy_sieve *sieve;
	bool has_contractions, has_more, joins_hyphens, has_elision, elides_qu, asks_hyphens, goes_on_small;
};

struct easy_seen {
	uint64_t letters, marks, joins, stops, commas, spaces, ends, full, hyphens, quotes;
};

static inline __m512i easy_table(const uint8_t table[16])
{
	return _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)table));
}

static inline struct easy_wide easy_begin(const struct easy_sieve *sieve)
{
	const uint8_t *const ends = sieve->common_ends, *const follows = sieve->common_follows;
	return (struct easy_wide){
		easy_table(sieve->ascii), easy_table(sieve->ascii_kinds),
		{calm_load(ends), calm_load(ends + 64)},
		{calm_load(follows), calm_load(follows + 64)},
		{easy_table(sieve->elided_letters[0]), easy_table(sieve->elided_letters[1])},
		sieve,
		sieve->has_contractions,
		sieve->has_more,
		sieve->joins_hyphens,
		sieve->has_elision,
		sieve->elides_qu,
		sieve->asks_hyphens,
		sieve->goes_on_small,
	};
}

static inline uint64_t easy_ascii_letters(const char *s)
{
	const __m512i small = _mm512_or_si512(calm_load(s), calm_all(0x20));
	return _mm512_cmple_epu8_mask(_mm512_sub_epi8(small, calm_all('a')), calm_all('z' - 'a'));
}

static inline uint64_t easy_small_letters(const char *s)
{
	return _mm512_cmple_epu8_mask(_mm512_sub_epi8(calm_load(s), calm_all('a')), calm_all('z' - 'a'));
}

static inline uint64_t easy_with(__m512i kinds, uint8_t kind)
{
	return _mm512_test_epi8_mask(kinds, calm_all(kind));
}

__attribute__((always_inline)) static inline struct easy_seen easy_ascii(const struct easy_wide *wide, const char *s)
{
	const __m512i bytes = calm_load(s);
	const __mmask64 own = _mm512_cmpeq_epi8_mask(_mm512_shuffle_epi8(wide->ascii, bytes), bytes);
	const __m512i kinds = _mm512_maskz_shuffle_epi8(own, wide->ascii_kinds, bytes);
	return (struct easy_seen){
		.joins = easy_with(kinds, EASY_JOINS),
		.stops = easy_with(kinds, EASY_STOP),
		.commas = easy_with(kinds, EASY_COMMA),
		.spaces = easy_with(kinds, EASY_SPACE),
		.ends = easy_with(kinds, EASY_END),
		.full = easy_with(kinds, EASY_FULL),
		.hyphens = easy_with(kinds, EASY_HYPHEN),
		.quotes = easy_with(kinds, EASY_QUOTE),
	};
}

/* Two of three bytes have one at most, mostly far fewer. */
static inline uint32_t *easy_write(uint64_t bits, uint32_t add, uint32_t *out)
{
	const size_t n = places_put_few(bits, add, out);
	if (n > 32)
		places_put_16(_mm512_extracti32x4_epi32(places_of(bits), 2), _mm512_set1_epi32((int)add), out + 32);
	return out + n;
}

/* In Latin script alone. */
static inline uint64_t easy_general(const char *s)
{
	return calm_equal(s, 0xE2) & calm_equal(s + 1, 0x80);
}

static inline uint64_t easy_elided(const struct easy_wide *wide, const char *s)
{
	const __m512i bytes = calm_load(s);
	const __mmask64 is_late = _mm512_test_epi8_mask(bytes, calm_all(0x10));
	const __m512i early = _mm512_shuffle_epi8(wide->elided[0], bytes);
	return _mm512_movepi8_mask(_mm512_mask_shuffle_epi8(early, is_late, wide->elided[1], bytes));
}

static inline __m512i easy_common_of(const __m512i table[2], __m512i bytes)
{
	return _mm512_permutex2var_epi8(table[0], bytes, table[1]);
}

/* The tables have nothing for bytes beyond ASCII, and take them for others. */
static inline struct easy_common easy_common(const struct easy_wide *wide, const char *s)
{
	const __m512i bytes = calm_load(s), bytes_behind = calm_load(s - 1);
	const __m512i own = easy_common_of(wide->common_ends, bytes), behind = easy_common_of(wide->common_ends, bytes_behind);
	const __m512i follows = easy_common_of(wide->common_follows, bytes);
	const uint64_t beyond = _mm512_movepi8_mask(_mm512_or_si512(bytes, bytes_behind));
	const __mmask64 ends = easy_with(own, EASY_ENDS_LINE), marks = easy_with(own, EASY_ENDS_MARK);
	return (struct easy_common){
		.bad = _mm512_testn_epi8_mask(follows, behind) | beyond,
		.letters = easy_with(own, EASY_ENDS_WORD),
		.inner = easy_with(own, EASY_ENDS_INNER),
		.ends = ends,
		.edits = _mm512_mask_test_epi8_mask(marks, behind, calm_all(EASY_ENDS_WORD)),
		.asked = _mm512_mask_test_epi8_mask(ends, behind, calm_all(EASY_ENDS_FULL)),
	};
}

#include "text/easy_wide.h"

/* ---- Latin script ---- */

/* What each byte of a block stands behind, by enum easy_common_end: own ends moved by one, with that of the byte before in front. */
static inline __m512i ends_behind(__m512i ends, uint8_t before)
{
	const __m512i moved = _mm512_alignr_epi32(ends, _mm512_set1_epi8((char)before), 12);
	return _mm512_alignr_epi8(ends, moved, 15);
}

/*
 * Comparing to a mask can be done by one unit alone, the arithmetic by two: what two or three bytes differ by is put together, and compared
 * once.
 */
static inline uint64_t are_zero(__m512i bytes)
{
	return _mm512_testn_epi8_mask(bytes, bytes);
}

static inline __m512i differ(const char *s, unsigned char byte)
{
	return _mm512_xor_si512(calm_load(s), calm_all(byte));
}

static inline uint64_t of_three(const char *s, unsigned char first, unsigned char second, unsigned char third)
{
	return are_zero(_mm512_or_si512(_mm512_or_si512(differ(s, first), differ(s + 1, second)), differ(s + 2, third)));
}

/* First bytes of U+00C0 to U+017F but for two signs, U+00D7 and U+00F7. */
static inline uint64_t firsts_of_two(const char *s)
{
	const __m512i second = calm_load(s + 1);
	const __m512i beyond = _mm512_subs_epu8(_mm512_sub_epi8(calm_load(s), calm_all(0xC3)), calm_all(2));
	const __m512i no_tail = _mm512_xor_si512(_mm512_and_si512(second, calm_all(0xC0)), calm_all(0x80));
	const __m512i no_sign = _mm512_xor_si512(_mm512_and_si512(second, calm_all(0xDF)), calm_all(0x97));
	return are_zero(_mm512_or_si512(beyond, no_tail)) & ~are_zero(_mm512_or_si512(differ(s, 0xC3), no_sign));
}

static inline uint64_t easy_kept(const char *s)
{
	const __m512i on = _mm512_or_si512(differ(s, 'o'), differ(s + 1, 'n')), e = _mm512_or_si512(differ(s, 'e'), differ(s + 3, '-'));
	return are_zero(_mm512_min_epu8(on, e));
}

static inline uint64_t easy_qu(const char *s)
{
	const __m512i small = _mm512_or_si512(calm_load(s), calm_all(0x20));
	return are_zero(_mm512_or_si512(_mm512_xor_si512(small, calm_all('q')), differ(s + 1, 'u')));
}

/* As a common block, with letters of U+00C0 to U+017F but for two signs, and U+2019. What it does not know ends as an apostrophe does. */
static inline struct easy_latin_block easy_latin_block(const struct easy_wide *wide, const char *s, struct easy_before *before,
                                                       struct easy_bits *bits)
{
	const uint8_t letter_follows = EASY_ENDS_WORD | EASY_ENDS_INNER | EASY_ENDS_SPACE | EASY_ENDS_LINE;
	const __m512i bytes = calm_load(s);
	const uint64_t beyond = calm_beyond(s);
	const uint64_t firsts = firsts_of_two(s), tails = firsts << 1 | before->firsts;
	const uint64_t curly = wide->has_contractions ? of_three(s, 0xE2, 0x80, 0x99) : 0;
	const uint64_t curly_tails = curly << 1 | curly << 2 | before->curly;
	__m512i ends = _mm512_mask_mov_epi8(easy_common_of(wide->common_ends, bytes), beyond, calm_all(EASY_ENDS_INNER));
	ends = _mm512_mask_mov_epi8(ends, firsts | tails, calm_all(EASY_ENDS_LETTER));
	__m512i follows = _mm512_mask_mov_epi8(easy_common_of(wide->common_follows, bytes), beyond, _mm512_setzero_si512());
	follows = _mm512_mask_mov_epi8(follows, firsts, calm_all(letter_follows));
	follows = _mm512_mask_mov_epi8(follows, curly, calm_all(EASY_ENDS_WORD));
	const __m512i behind = ends_behind(ends, before->end);
	const uint64_t letters = easy_with(ends, EASY_ENDS_WORD), spaces = easy_with(ends, EASY_ENDS_SPACE);
	const uint64_t inner = curly | (wide->has_contractions ? calm_equal(s, '\'') : 0);
	bits->bad = _mm512_testn_epi8_mask(follows, behind) & ~(tails | curly_tails);
	bits->ends = easy_with(ends, EASY_ENDS_LINE);
	bits->edits = _mm512_mask_test_epi8_mask(easy_with(ends, EASY_ENDS_MARK), behind, calm_all(EASY_ENDS_WORD));
	bits->words = letters | inner | curly_tails;
	before->firsts = firsts >> 63;
	before->curly = curly >> 62 | curly >> 63;
	before->end = (uint8_t)_mm_extract_epi8(_mm512_extracti32x4_epi32(ends, 3), 15);
	return (struct easy_latin_block){
		.letters = letters,
		.ascii = letters & ~beyond,
		.inner = inner,
		.inner_bytes = inner | curly_tails,
		.hyphens = wide->joins_hyphens ? calm_equal(s, '-') : 0,
		.behind_white = easy_with(behind, EASY_ENDS_SPACE | EASY_ENDS_LINE),
		.going_on = _mm512_mask_test_epi8_mask(spaces, behind, calm_all(EASY_ENDS_STOP)),
		.asked = _mm512_mask_test_epi8_mask(bits->ends, behind, calm_all(EASY_ENDS_FULL)),
	};
}

#include "text/easy_latin.h"

/* ---- Arabic script ---- */

/*
 * Every byte has bits that say what ends with it, and bits of what it may stand behind; where these and those of the byte before have
 * none in common, it is bad.
 */
enum end {
	END_LETTER = 1, /* or mark on one */
	END_JOINS = 2,
	END_SPACE = 4,
	END_LINE = 8,
	END_COMMA = 16,
	END_STOP = 32,
	END_ZWNJ = 64, /* or what else a letter has to stand behind, or else is asked of */
	END_FIRST = 128, /* the first byte of several */
	END_WORD = END_LETTER | END_JOINS
};

/* By code, of the first byte of a character. */
static const uint8_t may_follow[EASY_CODES] = {
	[EASY_CODE_LETTER] = END_WORD | END_SPACE | END_LINE | END_ZWNJ | END_COMMA,
	[EASY_CODE_JOINS] = END_WORD | END_SPACE | END_LINE | END_ZWNJ | END_COMMA,
	[EASY_CODE_MARK] = END_WORD,
	[EASY_CODE_LAST] = END_WORD | END_SPACE | END_LINE | END_ZWNJ | END_COMMA,
	[EASY_CODE_COMMA_TWO] = END_WORD | END_SPACE,
	[EASY_CODE_STOP_TWO] = END_WORD | END_SPACE,
	[EASY_CODE_ZWNJ] = END_JOINS,
	[EASY_CODE_SPACE] = END_WORD | END_COMMA,
	[EASY_CODE_END] = END_WORD | END_COMMA | END_STOP,
	[EASY_CODE_COMMA] = END_WORD | END_SPACE,
	[EASY_CODE_STOP] = END_WORD | END_SPACE,
	[EASY_CODE_ZWNJ_LAST] = END_FIRST,
	[EASY_CODE_HYPHEN] = END_WORD,
};
/* Of the byte behind it. */
static const uint8_t tail_follows[EASY_CODES] = {
	[EASY_CODE_LETTER] = END_FIRST,    [EASY_CODE_JOINS] = END_FIRST,    [EASY_CODE_MARK] = END_FIRST,
	[EASY_CODE_COMMA_TWO] = END_FIRST, [EASY_CODE_STOP_TWO] = END_FIRST, [EASY_CODE_ZWNJ] = END_FIRST,
	[EASY_CODE_CHANGES] = END_FIRST,   [EASY_CODE_LAST] = END_FIRST,     [EASY_CODE_GUILLEMET] = END_FIRST,
};
/* What ends with the first byte, and with the byte behind it. */
static const uint8_t first_ends[EASY_CODES] = {
	[EASY_CODE_LETTER] = END_FIRST,    [EASY_CODE_JOINS] = END_FIRST,    [EASY_CODE_MARK] = END_FIRST,
	[EASY_CODE_COMMA_TWO] = END_FIRST, [EASY_CODE_STOP_TWO] = END_FIRST, [EASY_CODE_ZWNJ] = END_FIRST,
	[EASY_CODE_SPACE] = END_SPACE,     [EASY_CODE_END] = END_LINE,       [EASY_CODE_COMMA] = END_COMMA,
	[EASY_CODE_STOP] = END_STOP,       [EASY_CODE_ZWNJ_LAST] = END_ZWNJ, [EASY_CODE_LAST] = END_FIRST,
	[EASY_CODE_HYPHEN] = END_ZWNJ,     [EASY_CODE_CHANGES] = END_FIRST,  [EASY_CODE_GUILLEMET] = END_FIRST,
};
static const uint8_t tail_ends[EASY_CODES] = {
	[EASY_CODE_LETTER] = END_LETTER,   [EASY_CODE_JOINS] = END_JOINS,   [EASY_CODE_MARK] = END_LETTER,
	[EASY_CODE_COMMA_TWO] = END_COMMA, [EASY_CODE_STOP_TWO] = END_STOP, [EASY_CODE_ZWNJ] = END_FIRST,
	[EASY_CODE_CHANGES] = END_JOINS,   [EASY_CODE_LAST] = END_ZWNJ,   [EASY_CODE_GUILLEMET] = END_COMMA,
};
/* Behind these they get a space before them. */
static const uint8_t is_glued[EASY_CODES] = {
	[EASY_CODE_LETTER] = END_COMMA,
	[EASY_CODE_JOINS] = END_COMMA,
	[EASY_CODE_CHANGES] = END_COMMA,
	[EASY_CODE_LAST] = END_COMMA,
	[EASY_CODE_COMMA_TWO] = END_WORD | END_ZWNJ,
	[EASY_CODE_STOP_TWO] = END_WORD | END_ZWNJ,
	[EASY_CODE_COMMA] = END_WORD | END_ZWNJ,
	[EASY_CODE_STOP] = END_WORD | END_ZWNJ,
};
/* They may stand behind these, too, and are asked of. */
static const uint8_t asked_of_all[EASY_CODES] = {
	[EASY_CODE_CHANGES] = END_WORD | END_SPACE | END_LINE | END_ZWNJ | END_COMMA,
	[EASY_CODE_COMMA_TWO] = END_ZWNJ,
	[EASY_CODE_STOP_TWO] = END_ZWNJ,
	[EASY_CODE_ZWNJ] = END_LETTER | END_ZWNJ,
	[EASY_CODE_SPACE] = END_ZWNJ | END_STOP,
	[EASY_CODE_END] = END_ZWNJ,
	[EASY_CODE_COMMA] = END_WORD | END_SPACE | END_ZWNJ,
	[EASY_CODE_STOP] = END_ZWNJ,
};
/* And these where lines hold speech. */
static const uint8_t asked_of_speech[EASY_CODES] = {
	[EASY_CODE_GUILLEMET] = END_WORD | END_SPACE | END_LINE | END_COMMA | END_STOP,
	[EASY_CODE_COMMA_TWO] = END_COMMA,
	[EASY_CODE_STOP_TWO] = END_COMMA,
	[EASY_CODE_COMMA] = END_COMMA,
	[EASY_CODE_STOP] = END_COMMA,
	[EASY_CODE_HYPHEN] = END_SPACE | END_LINE,
};
struct tables {
	struct wide codes; /* of the sieve */
	__m512i ascii_codes[2], follow, tail_follow, ends, tail_ends, glued;
	__m512i asked; /* by code, behind what it is asked of */
	bool has_speech;
};

/* What a block must know of the one before it. */
struct block_before {
	__m512i codes;
	__mmask64 zwnj;         /* last bytes of ZWNJ, by its own bits */
	uint64_t marks, behind; /* two bits: characters that begin 2 bytes before (1), 1 byte (2) */
	uint64_t signs;         /* whether the byte before begins a comma or mark of two bytes */
};

/* Behind what a character is asked of, by its code; where it may stand then. */
static void find_asked(const struct easy_sieve *sieve, uint8_t asked[EASY_CODES])
{
	memcpy(asked, asked_of_all, EASY_CODES);
	for (size_t i = 0; sieve->has_speech && i < EASY_CODES; i++)
		asked[i] |= asked_of_speech[i];
	asked[EASY_CODE_HYPHEN] |= END_WORD;
	if (sieve->asks_commas)
		asked[EASY_CODE_COMMA_TWO] |= END_WORD | END_SPACE;
}

static inline struct tables tables_of(const struct easy_sieve *sieve)
{
	const uint8_t *const codes = sieve->codes;
	uint8_t asked[EASY_CODES];
	find_asked(sieve, asked);
	const __m512i allowed = easy_table(asked);
	/* white space that is left out, too */
	asked[EASY_CODE_NONE] = END_ZWNJ;
	return (struct tables){
		{{calm_load(codes), calm_load(codes + 64), calm_load(codes + 128), calm_load(codes + 192)}},
		{calm_load(sieve->ascii_codes), calm_load(sieve->ascii_codes + 64)},
		_mm512_or_si512(easy_table(may_follow), allowed),
		easy_table(tail_follows),
		easy_table(first_ends),
		easy_table(tail_ends),
		easy_table(is_glued),
		easy_table(asked),
		sieve->has_speech,
	};
}

/* The codes of the characters that begin in a block, at their first bytes; of ZWNJ at its last one too. */
static inline __m512i codes_at(const struct tables *tables, const char *s, struct block_before *before)
{
	const __m512i bytes = calm_load(s);
	const __m512i ascii = _mm512_permutex2var_epi8(tables->ascii_codes[0], bytes, tables->ascii_codes[1]);
	const __mmask64 zwnj = calm_zwnj(s);
	const __mmask64 zwnj_last = _kor_mask64(_kshiftli_mask64(zwnj, 2), before->zwnj);
	__m512i codes = _mm512_mask_mov_epi8(ascii, calm_beyond(s), calm_kinds(&tables->codes, s));
	codes = _mm512_mask_mov_epi8(codes, zwnj, calm_all(EASY_CODE_ZWNJ));
	codes = _mm512_mask_mov_epi8(codes, zwnj_last, calm_all(EASY_CODE_ZWNJ_LAST));
	if (tables->has_speech)
		codes = _mm512_mask_mov_epi8(codes, easy_guillemets(s), calm_all(EASY_CODE_GUILLEMET));
	before->zwnj = _kshiftri_mask64(zwnj, 62);
	return codes;
}

/* Returns marks behind a mark that may change places with it, and what else is asked of. */
static inline uint64_t look_at(const struct tables *tables, const char *s, struct block_before *before, struct easy_bits *bits)
{
	const __m512i codes = codes_at(tables, s, before);
	/* the last sixteen bytes of the block before in front */
	const __m512i moved = _mm512_alignr_epi32(codes, before->codes, 12);
	const __m512i one_back = _mm512_alignr_epi8(codes, moved, 15), two_back = _mm512_alignr_epi8(codes, moved, 14);
	const __m512i follows = _mm512_or_si512(_mm512_shuffle_epi8(tables->follow, codes),
	                                        _mm512_shuffle_epi8(tables->tail_follow, one_back));
	const __m512i ended = _mm512_or_si512(_mm512_shuffle_epi8(tables->ends, one_back),
	                                      _mm512_shuffle_epi8(tables->tail_ends, two_back));
	/* of three marks in a row norm is asked */
	const uint64_t marks = _mm512_cmpeq_epi8_mask(codes, calm_all(EASY_CODE_MARK));
	const uint64_t behind = marks & (marks << 2 | before->marks);
	const uint64_t third = behind & (behind << 2 | before->behind);
	bits->bad = _mm512_testn_epi8_mask(follows, ended) | third;
	bits->ends = _mm512_cmpeq_epi8_mask(codes, calm_all(EASY_CODE_END));
	bits->edits = _mm512_test_epi8_mask(_mm512_shuffle_epi8(tables->glued, codes), ended);
	/* all beyond ASCII but signs and what no word holds: words beside that, which may stand there after all, are told by it */
	const uint64_t signs = _mm512_cmple_epu8_mask(_mm512_sub_epi8(codes, calm_all(EASY_CODE_COMMA_TWO)),
	                                              calm_all(EASY_CODE_GUILLEMET - EASY_CODE_COMMA_TWO));
	const uint64_t unknown = _mm512_mask_testn_epi8_mask(bits->bad, codes, codes);
	bits->words = calm_beyond(s) & ~(signs | signs << 1 | before->signs | unknown);
	before->signs = signs >> 63;
	before->codes = codes;
	before->marks = marks >> 62;
	before->behind = behind >> 62;
	return (behind & ~third) | _mm512_test_epi8_mask(_mm512_shuffle_epi8(tables->asked, codes), ended);
}

static size_t find_arabic(const char *bytes, uint32_t len, const struct easy_sieve *sieve, struct easy_bits *bits,
                          uint32_t *places, bool *leaves_out)
{
	static const uint8_t line_end[64] = {[63] = EASY_CODE_END};
	const struct tables tables = tables_of(sieve);
	struct block_before before = {.codes = calm_load(line_end)};
	struct easy_text text;
	uint32_t *out = places, n_rows = 0;
	size_t k = 0;
	easy_open(&text, bytes, len);
	for (size_t part = 0; part < 2; part++) {
		const char *s = text.parts[part].text;
		for (; k < text.parts[part].end; k++, s += CALM_WIDE) {
			easy_ask_ahead(s);
			out = easy_write(look_at(&tables, s, &before, &bits[k]), (uint32_t)(CALM_WIDE * k), out);
			if (bits[k].bad != 0)
				n_rows += easy_rows(s, bits[k].ends, k == 0);
		}
	}
	*leaves_out = easy_rows_are_many(n_rows, bytes, len);
	if (*leaves_out)
		easy_white(sieve, bytes, len, bits, out);
	return (size_t)(out - places);
}

size_t easy_find_avx512(const char *text, uint32_t len, const struct easy_sieve *sieve, struct easy_bits *bits,
                        uint32_t *places, bool *leaves_out)
{
	if (sieve->has_more)
		return easy_wide_find(text, len, sieve, bits, places, leaves_out, easy_latin_more);
	return sieve->is_latin ? easy_wide_find(text, len, sieve, bits, places, leaves_out, easy_latin)
	                       : find_arabic(text, len, sieve, bits, places, leaves_out);
}

/* ---- Places ---- */

/* Which of sixteen places are of the letters that full stops may belong to, by the four bytes before the mark: lists_tail_bit. */
static inline __mmask16 have_tail(const uint32_t *tails, __m512i tail)
{
	const __m512i sets = _mm512_set1_epi32(0x40404040);
	const __mmask64 leads = _mm512_cmpeq_epi8_mask(tail, calm_all(LISTS_TAIL_LEAD));
	__m512i others = _mm512_andnot_si512(tail, sets);
	/* in English there are none */
	if (leads != 0)
		others = _mm512_andnot_si512(_mm512_slli_epi32(_mm512_maskz_mov_epi8(leads, sets), 8), others);
	others = _mm512_or_si512(others, _mm512_srli_epi32(others, 8));
	others = _mm512_or_si512(others, _mm512_srli_epi32(others, 16));
	const __m512i twice = _mm512_add_epi32(others, others);
	const __m512i gone = _mm512_or_si512(twice, _mm512_sub_epi32(twice, _mm512_srli_epi32(others, 6)));
	const __m512i letters = _mm512_or_si512(_mm512_andnot_si512(gone, tail), _mm512_set1_epi32(0x20202020));
	const __m512i bit = _mm512_srli_epi32(_mm512_mullo_epi32(letters, _mm512_set1_epi32((int)LISTS_TAIL_FACTOR)), 19);
	const __m512i words = _mm512_i32gather_epi32(_mm512_srli_epi32(bit, 5), tails, sizeof *tails);
	const __m512i own_bit = _mm512_sllv_epi32(_mm512_set1_epi32(1), _mm512_and_si512(bit, _mm512_set1_epi32(31)));
	return _mm512_test_epi32_mask(words, own_bit);
}

size_t easy_leave_avx512(const char *text, const struct easy_sieve *sieve, uint32_t *places, size_t n)
{
	const __m512i zero = _mm512_setzero_si512(), behind = _mm512_set1_epi32(LISTS_TAIL);
	/* what is asked of for more than a full stop before it: hyphen and full stop; where lines hold no more, all but white space */
	const __m512i low = _mm512_set1_epi32(sieve->has_more ? '-' : ' ' + 1), n_more = _mm512_set1_epi32(sieve->has_more ? '.' - '-' : UINT8_MAX);
	uint32_t *out = places;
	for (size_t i = 0; i < n; i += 16) {
		const __mmask16 all = (__mmask16)_bzhi_u32(0xFFFF, n - i < 16 ? (unsigned)(n - i) : 16);
		const __m512i at = _mm512_maskz_loadu_epi32(all, places + i);
		const __mmask16 has_tail = _mm512_mask_cmpgt_epu32_mask(all, at, behind);
		/* the mark behind a full stop, and what is before that */
		const __m512i last = _mm512_srli_epi32(_mm512_mask_i32gather_epi32(zero, has_tail, at, text - 3, 1), 24);
		const __m512i tail = _mm512_mask_i32gather_epi32(zero, has_tail, at, text - 1 - LISTS_TAIL, 1);
		const __mmask16 is_inner = _mm512_cmple_epu32_mask(_mm512_sub_epi32(last, low), n_more);
		const __mmask16 left = (__mmask16)(all & (~has_tail | is_inner | have_tail(sieve->tails, tail)));
		_mm512_mask_compressstoreu_epi32(out, left, at);
		out += _mm_popcnt_u32(left);
	}
	return (size_t)(out - places);
}

/* ---- Copying ---- */

/* Where the copy is otherwise, from a place on. */
static inline uint64_t edits_from(const struct easy_bits *bits, size_t place)
{
	const struct easy_bits *const at = bits + place / 64;
	const size_t shift = place % 64;
	return shift == 0 ? at[0].edits : at[0].edits >> shift | at[1].edits << (64 - shift);
}

static inline uint64_t low_bits(uint32_t n)
{
	return _bzhi_u64(~UINT64_C(0), n);
}

#define AT_ONCE 60 /* bytes that are copied, so that the four spaces among them have room */

/* Swaps the marks on both sides of a place of dst. */
static inline void turn(char *at)
{
	uint32_t both;
	memcpy(&both, at - 2, sizeof both);
	both = both >> 16 | both << 16;
	memcpy(at - 2, &both, sizeof both);
}

__attribute__((always_inline)) static inline void copy(struct easy_copying *now, uint32_t from, uint32_t to, bool leaves_out)
{
	const __m512i spaces = calm_all(' ');
	char *dst = now->dst;
	const uint32_t *next = now->turn;
	for (uint32_t at = from; at < to;) {
		uint32_t n = to - at < AT_ONCE ? to - at : AT_ONCE;
		const __m512i bytes = _mm512_maskz_loadu_epi8(low_bits(n), now->text + at);
		const uint64_t edits = edits_from(now->bits, at) & low_bits(n);
		const uint64_t left_out = leaves_out ? _mm512_mask_cmple_epu8_mask(edits, bytes, spaces) : 0;
		const uint64_t marks = edits ^ left_out;
		/* the i-th mark gets its space before it, behind those of the others */
		const uint64_t two = _blsr_u64(marks), three = _blsr_u64(two), four = _blsr_u64(three), five = _blsr_u64(four);
		const uint64_t holes = (marks ^ two) | (two ^ three) << 1 | (three ^ four) << 2 | (four ^ five) << 3;
		_mm512_storeu_si512(dst, _mm512_mask_expand_epi8(spaces, ~holes, bytes));
		if ((five | left_out) != 0)
			n = (uint32_t)_tzcnt_u64(five | left_out);
		/* as far as both marks are there */
		for (; *next + UINT64_C(2) <= at + n; next++) {
			const uint32_t before = *next > at ? *next - at : 0;
			turn(dst + _mm_popcnt_u64(marks & low_bits(before)) + ((ptrdiff_t)*next - (ptrdiff_t)at));
		}
		dst += n + (uint32_t)_mm_popcnt_u64(marks & low_bits(n));
		at += n;
		/* a branch, for else where it goes on would wait for all of this */
		if (left_out != 0)
			at += (uint32_t)_tzcnt_u64(~(left_out >> n));
	}
	now->dst = dst;
	now->turn = next;
}

void easy_copy_avx512(struct easy_copying *now, uint32_t from, uint32_t to)
{
	if (now->leaves_out)
		copy(now, from, to, true);
	else
		copy(now, from, to, false);
}

/* ---- Tokens ---- */

/* Mostly there are sixteen at most. */
static inline void easy_put_places(uint64_t bits, uint32_t add, uint32_t *out)
{
	const __m512i places = places_of(bits), adds = _mm512_set1_epi32((int)add);
	places_put_16(_mm512_castsi512_si128(places), adds, out);
	if (_mm_popcnt_u64(bits) > 16) {
		places_put_16(_mm512_extracti32x4_epi32(places, 1), adds, out + 16);
		places_put_16(_mm512_extracti32x4_epi32(places, 2), adds, out + 32);
		places_put_16(_mm512_extracti32x4_epi32(places, 3), adds, out + 48);
	}
}

/* (No more is written than mostly is needed: what crosses lines of the cache takes twice as long.) */
static inline void easy_put_ranks(uint64_t bits, uint32_t add, uint32_t *out)
{
	/* the i-th bit has i others below it */
	const __m256i numbers = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
	const size_t n = (size_t)_mm_popcnt_u64(bits);
	__m512i places = places_of(bits);
	__m256i adds = _mm256_sub_epi32(_mm256_set1_epi32((int)add), numbers);
	for (size_t i = 0;;) {
		const __m256i eight = _mm256_cvtepu8_epi32(_mm512_castsi512_si128(places));
		_mm256_storeu_si256((__m256i *)(void *)(out + i), _mm256_add_epi32(eight, adds));
		i += 8;
		if (i >= n)
			break;
		places = _mm512_permutexvar_epi64(_mm512_setr_epi64(1, 2, 3, 4, 5, 6, 7, 7), places);
		adds = _mm256_sub_epi32(adds, _mm256_set1_epi32(8));
	}
}

static inline void easy_put_kinds(const struct tokens *tokens, size_t first, size_t n, uint64_t marks, uint8_t script)
{
	const __m512i kinds = _mm512_maskz_set1_epi8(marks, LAFZ_KIND_PUNCT), scripts = _mm512_maskz_set1_epi8(~marks, (char)script);
	_mm_storeu_si128((__m128i *)(void *)(tokens->kind + first), _mm512_castsi512_si128(kinds));
	_mm_storeu_si128((__m128i *)(void *)(tokens->script + first), _mm512_castsi512_si128(scripts));
	if (n > 16) {
		_mm512_storeu_si512(tokens->kind + first, kinds);
		_mm512_storeu_si512(tokens->script + first, scripts);
	}
}

static inline __m256i easy_sixteen_flags(struct easy_flagged tokens, size_t i)
{
	return _mm256_maskz_set1_epi16((__mmask16)(tokens.which >> i), (short)tokens.flag);
}

static inline void easy_put_flags(uint16_t *flags, size_t n, struct easy_flagged first, struct easy_flagged second)
{
	for (size_t i = 0; i == 0 || i < n; i += 16)
		_mm256_storeu_si256((__m256i *)(void *)(flags + i), _mm256_or_si256(easy_sixteen_flags(first, i), easy_sixteen_flags(second, i)));
}

#include "text/easy_make.h"

void easy_make_avx512(const struct easy_making *now, uint32_t from, uint32_t to, struct easy_lines *lines)
{
	easy_make(now, from, to, lines);
}
