/*
 * easy_words.h for AVX-512. A code for each byte by tables; of the codes of a byte and the ones before it two look-ups say what ends before
 * it and what it may stand behind. Which lines have words of both scripts is told by blocks, nearly all of which have one.
 */
#include "norm/calm_avx512.h"
#include "norm/calm_wide.h"
#include "text/easy_words_wide.h"

/* What ends with a byte. */
enum end {
	END_WORD = 1,
	END_SPACE = 2,
	END_LINE = 4,
	END_COMMA = 8,
	END_STOP = 16,
	END_INNER = 32, /* what a letter has to stand behind */
	END_FIRST = 64  /* the first byte of several */
};

/* By code: what a byte may stand behind; of a character of two bytes the first one, and the byte behind it. */
static const uint8_t follows[WORDS_CODES] = {
	[WORDS_LETTER] = END_WORD | END_SPACE | END_LINE | END_INNER | END_COMMA,
	[WORDS_MARK] = END_WORD,
	[WORDS_COMMA_TWO] = END_WORD | END_SPACE,
	[WORDS_STOP_TWO] = END_WORD | END_SPACE,
	[WORDS_LATIN_TWO] = END_WORD | END_SPACE | END_LINE | END_INNER,
	[WORDS_THREE] = END_WORD,
	[WORDS_THREE_LAST] = END_FIRST,
	[WORDS_LATIN] = END_WORD | END_SPACE | END_LINE | END_INNER,
	[WORDS_INNER] = END_WORD,
	[WORDS_SPACE] = END_WORD | END_COMMA,
	[WORDS_END] = END_WORD | END_COMMA | END_STOP | END_LINE,
	[WORDS_COMMA] = END_WORD | END_SPACE,
	[WORDS_STOP] = END_WORD | END_SPACE,
};
static const uint8_t tail_follows[WORDS_CODES] = {
	[WORDS_LETTER] = END_FIRST,    [WORDS_MARK] = END_FIRST,      [WORDS_COMMA_TWO] = END_FIRST,
	[WORDS_STOP_TWO] = END_FIRST, [WORDS_LATIN_TWO] = END_FIRST, [WORDS_THREE] = END_FIRST,
};
/* What ends with it, and with the byte behind it. */
static const uint8_t own_ends[WORDS_CODES] = {
	[WORDS_LETTER] = END_FIRST,    [WORDS_MARK] = END_FIRST,  [WORDS_COMMA_TWO] = END_FIRST,      [WORDS_STOP_TWO] = END_FIRST,
	[WORDS_LATIN_TWO] = END_FIRST, [WORDS_THREE] = END_FIRST, [WORDS_THREE_LAST] = END_INNER, [WORDS_LATIN] = END_WORD,
	[WORDS_INNER] = END_INNER,     [WORDS_SPACE] = END_SPACE, [WORDS_END] = END_LINE,             [WORDS_COMMA] = END_COMMA,
	[WORDS_STOP] = END_STOP,
};
static const uint8_t tail_ends[WORDS_CODES] = {
	[WORDS_LETTER] = END_WORD,    [WORDS_MARK] = END_WORD,      [WORDS_COMMA_TWO] = END_COMMA,
	[WORDS_STOP_TWO] = END_STOP, [WORDS_LATIN_TWO] = END_WORD, [WORDS_THREE] = END_FIRST,
};

struct tables {
	struct wide arabic;
	__m512i ascii[2], follows, tail_follows, ends, tail_ends;
};

/* What a block must know of the one before it. */
struct before {
	__m512i codes;
	uint64_t three;    /* bytes of ZWNJ and U+2019 that begin 2 or 1 bytes before: the last one */
	uint64_t apostrophes; /* the same of U+2019 alone */
	uint64_t two;      /* whether the byte before begins a Latin letter of two bytes */
	uint64_t sign;     /* ... a comma or mark of two bytes */
	uint64_t latin, x; /* whether it ends a Latin letter, x or X */
	uint64_t inner;    /* what the sum of apostrophes carries */
	uint64_t scripts;  /* that the line under way has words of */
};

/* What is Latin in a block. */
struct latin {
	uint64_t letters;           /* all bytes */
	uint64_t inner, inner_ends; /* apostrophes: first and last bytes */
	uint64_t zwnj;
};

static inline __m512i table_of(const uint8_t table[16])
{
	return _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)table));
}

static inline struct tables tables_of(const struct easy_words_sieve *sieve)
{
	const uint8_t *const codes = sieve->arabic;
	return (struct tables){
		{{calm_load(codes), calm_load(codes + 64), calm_load(codes + 128), calm_load(codes + 192)}},
		{calm_load(sieve->ascii), calm_load(sieve->ascii + 64)},
		table_of(follows), table_of(tail_follows), table_of(own_ends), table_of(tail_ends),
	};
}

static inline uint64_t having(__m512i codes, uint8_t code)
{
	return _mm512_cmpeq_epi8_mask(codes, calm_all(code));
}

/* From one code to another one. */
static inline uint64_t having_from(__m512i codes, uint8_t low, uint8_t high)
{
	return _mm512_cmple_epu8_mask(_mm512_sub_epi8(codes, calm_all(low)), calm_all((uint8_t)(high - low)));
}

static inline __m512i codes_at(const struct tables *tables, const char *s, struct before *before, struct latin *latin)
{
	const __m512i bytes = calm_load(s);
	const uint64_t general = calm_general(s), zwnj = general & calm_equal(s + 2, 0x8C), curly = general & calm_equal(s + 2, 0x99);
	const uint64_t signs = calm_equal(s, 0xC3) & (calm_equal(s + 1, 0x97) | calm_equal(s + 1, 0xB7));
	const uint64_t two = calm_from(s, 0xC3, 2) & calm_tails(s + 1) & ~signs, straight = calm_equal(s, '\'');
	const uint64_t last = (zwnj | curly) << 2 | before->three;
	__m512i codes = calm_kinds(&tables->arabic, s);
	codes = _mm512_mask_blend_epi8(~calm_beyond(s), codes, _mm512_permutex2var_epi8(tables->ascii[0], bytes, tables->ascii[1]));
	codes = _mm512_mask_mov_epi8(codes, two, calm_all(WORDS_LATIN_TWO));
	codes = _mm512_mask_mov_epi8(codes, zwnj | curly, calm_all(WORDS_THREE));
	codes = _mm512_mask_mov_epi8(codes, last, calm_all(WORDS_THREE_LAST));
	*latin = (struct latin){
		.letters = having(codes, WORDS_LATIN) | two | two << 1 | before->two,
		.inner = straight | curly,
		.inner_ends = straight | curly << 2 | before->apostrophes,
		.zwnj = zwnj,
	};
	before->three = (zwnj | curly) >> 62;
	before->apostrophes = curly >> 62;
	before->two = two >> 63;
	return codes;
}

/* Bytes that stand behind what they may not. */
static inline uint64_t misplaced(const struct tables *tables, __m512i codes, __m512i codes_before)
{
	/* the last sixteen bytes of the block before in front */
	const __m512i moved = _mm512_alignr_epi32(codes, codes_before, 12);
	const __m512i one_back = _mm512_alignr_epi8(codes, moved, 15), two_back = _mm512_alignr_epi8(codes, moved, 14);
	const __m512i may = _mm512_or_si512(_mm512_shuffle_epi8(tables->follows, codes),
	                                    _mm512_shuffle_epi8(tables->tail_follows, one_back));
	const __m512i ended = _mm512_or_si512(_mm512_shuffle_epi8(tables->ends, one_back),
	                                      _mm512_shuffle_epi8(tables->tail_ends, two_back));
	return _mm512_testn_epi8_mask(may, ended);
}

/* ---- Blocks ---- */

static inline void look_at(const struct tables *tables, const char *s, struct before *before, struct easy_bits *bits)
{
	struct latin latin;
	const __m512i codes = codes_at(tables, s, before, &latin);
	const uint64_t xs = calm_equal(s, 'x') | calm_equal(s, 'X'), behind_latin = latin.letters << 1 | before->latin;
	const uint64_t signs = having_from(codes, WORDS_COMMA_TWO, WORDS_STOP_TWO), ends = having(codes, WORDS_END);
	uint64_t bad = misplaced(tables, codes, before->codes);
	/* xD is an emoticon; an apostrophe, but no ZWNJ, may stand behind a Latin letter, and behind no other */
	bad |= (calm_equal(s, 'D') & (xs << 1 | before->x)) | (latin.inner & ~behind_latin) | (latin.zwnj & behind_latin);
	if ((latin.inner | latin.inner_ends | before->inner) != 0)
		bad |= easy_second_inner(latin.letters, latin.inner, latin.inner_ends, &before->inner);
	bad |= bad_ends(latin.letters, having_from(codes, WORDS_LETTER, WORDS_MARK), ends, &before->scripts);
	*bits = (struct easy_bits){
		.bad = bad,
		.ends = ends,
		/* all beyond ASCII but signs, where nothing is bad */
		.words = (calm_beyond(s) & ~(signs | signs << 1 | before->sign)) | latin.letters | latin.inner,
	};
	before->codes = codes;
	before->sign = signs >> 63;
	before->latin = latin.letters >> 63;
	before->x = xs >> 63;
}

void easy_words_avx512(const char *bytes, uint32_t len, const struct easy_words_sieve *sieve, struct easy_bits *bits)
{
	static const uint8_t line_end[64] = {[63] = WORDS_END};
	const struct tables tables = tables_of(sieve);
	struct before before = {.codes = calm_load(line_end)};
	struct easy_text text;
	size_t k = 0;
	easy_open(&text, bytes, len);
	for (size_t part = 0; part < 2; part++) {
		const char *s = text.parts[part].text;
		for (; k < text.parts[part].end; k++, s += CALM_WIDE)
			look_at(&tables, s, &before, &bits[k]);
	}
}
