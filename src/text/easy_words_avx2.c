/*
 * easy_words.h for AVX2. What each byte ends, and what it may stand behind, is told by sets of bytes as bits. Blocks are of one script mostly,
 * and many of ASCII alone: what is not in them is not looked for.
 */
#include "text/easy_avx2.h"
#include "text/easy_words_wide.h"

struct sets {
	__m256i letters[2], marks[2]; /* of Arabic script */
};

/* Last bytes of what others may stand behind. */
struct ends {
	uint64_t words, spaces, lines, commas, stops;
	uint64_t inner; /* hyphens, apostrophes, ZWNJ */
};

/* What a block must know of the one before it: bits that belong to its own first bytes. */
struct before {
	struct ends ends;  /* whether the byte before is one */
	uint64_t latin, x; /* whether it ends a Latin letter, x or X */
	uint64_t words, two, commas, stops; /* whether it begins one of two bytes */
	uint64_t three, curly; /* ZWNJ and U+2019 that begin 2 or 1 bytes before, and the latter alone: the last byte */
	uint64_t inner;        /* what the sum of apostrophes carries */
	uint64_t scripts;      /* that the line under way has words of */
};

/* What there is in a block. */
struct block {
	struct ends ends;
	uint64_t letters, marks;         /* of Arabic script, first bytes; likewise the next three */
	uint64_t two;                    /* Latin letters of two bytes */
	uint64_t zwnj, curly;
	uint64_t ascii;                  /* letters */
	uint64_t straight, hyphens;      /* apostrophes */
	uint64_t commas, stops;          /* first bytes */
	uint64_t tails;                  /* bytes behind first ones */
	uint64_t latin;                  /* all bytes of Latin letters */
	uint64_t curly_ends, sign_bytes; /* last bytes of U+2019; all of commas and stops of two bytes */
};

static inline struct ends behind(const struct ends *ends, const struct ends *before)
{
	return (struct ends){
		.words = ends->words << 1 | before->words,
		.spaces = ends->spaces << 1 | before->spaces,
		.lines = ends->lines << 1 | before->lines,
		.commas = ends->commas << 1 | before->commas,
		.stops = ends->stops << 1 | before->stops,
		.inner = ends->inner << 1 | before->inner,
	};
}

static inline struct ends last_of(const struct ends *ends)
{
	return (struct ends){
		.words = ends->words >> 63,
		.spaces = ends->spaces >> 63,
		.lines = ends->lines >> 63,
		.commas = ends->commas >> 63,
		.stops = ends->stops >> 63,
		.inner = ends->inner >> 63,
	};
}

static inline struct block ascii_of(const char *s)
{
	const uint64_t letters = easy_ascii_letters(s), straight = calm_equal(s, '\''), hyphens = calm_equal(s, '-');
	const uint64_t commas = calm_equal(s, ','), stops = calm_bits(easy_are_stops(pairs_load(s)), easy_are_stops(pairs_load(s + 32)));
	return (struct block){
		.ends = {letters, calm_equal(s, ' '), calm_equal(s, '\n'), commas, stops, straight | hyphens},
		.ascii = letters,
		.straight = straight,
		.hyphens = hyphens,
		.commas = commas,
		.stops = stops,
		.latin = letters,
	};
}

static inline uint64_t two_bytes(const char *s, unsigned char first, unsigned char second)
{
	return calm_equal(s, first) & calm_equal(s + 1, second);
}

/* Letters, marks, and U+060C, U+061F and U+06D4; many blocks have letters alone. */
static inline void add_arabic(const struct sets *sets, const char *s, uint64_t firsts, struct before *before, struct block *block)
{
	uint64_t commas = 0, stops = 0;
	block->letters = easy_in(sets->letters, s);
	if ((firsts & ~block->letters) != 0) {
		block->marks = easy_in(sets->marks, s);
		commas = two_bytes(s, 0xD8, 0x8C);
		stops = two_bytes(s, 0xD8, 0x9F) | two_bytes(s, 0xDB, 0x94);
	}
	const uint64_t words = block->letters | block->marks, word_tails = words << 1 | before->words;
	const uint64_t comma_tails = commas << 1 | before->commas, stop_tails = stops << 1 | before->stops;
	block->commas |= commas;
	block->stops |= stops;
	block->tails = word_tails | comma_tails | stop_tails;
	block->sign_bytes = commas | stops | comma_tails | stop_tails;
	block->ends.words |= word_tails;
	block->ends.commas |= comma_tails;
	block->ends.stops |= stop_tails;
	before->words = words >> 63;
	before->commas = commas >> 63;
	before->stops = stops >> 63;
}

/* Latin letters of two bytes, ZWNJ and U+2019. */
static inline void add_others(const char *s, struct before *before, struct block *block)
{
	const uint64_t signs = two_bytes(s, 0xC3, 0x97) | two_bytes(s, 0xC3, 0xB7), general = easy_general(s);
	block->two = calm_from(s, 0xC3, 2) & calm_tails(s + 1) & ~signs;
	block->zwnj = general & calm_equal(s + 2, 0x8C);
	block->curly = general & calm_equal(s + 2, 0x99);
	const uint64_t two_tails = block->two << 1 | before->two, three = block->zwnj | block->curly;
	const uint64_t three_ends = three << 2 | before->three;
	block->tails |= two_tails | three << 1 | before->three >> 1 | three_ends;
	block->latin |= block->two | two_tails;
	block->curly_ends = block->curly << 2 | before->curly;
	block->ends.words |= two_tails;
	block->ends.inner |= three_ends;
	before->two = block->two >> 63;
	before->three = three >> 62;
	before->curly = block->curly >> 62;
}

static inline struct block block_of(const struct sets *sets, const char *s, uint64_t beyond, struct before *before)
{
	struct block block = ascii_of(s);
	const uint64_t firsts = beyond == 0 ? 0 : calm_from(s, 0xD8, 3);
	if ((firsts | before->words | before->commas | before->stops) != 0)
		add_arabic(sets, s, firsts, before, &block);
	if ((beyond & ~(block.letters | block.marks | block.sign_bytes | block.tails)) != 0 || (before->two | before->three) != 0)
		add_others(s, before, &block);
	return block;
}

/* Bytes that stand behind what they may not. */
static inline uint64_t misplaced(const struct block *block, const struct ends *at)
{
	const struct ends *const own = &block->ends;
	const uint64_t begins = at->words | at->spaces | at->lines | at->inner; /* what letters stand behind */
	const uint64_t latin = block->ascii | block->two, signs = block->commas | block->stops;
	const uint64_t inner = block->marks | block->zwnj | block->curly | block->straight | block->hyphens;
	const uint64_t known = latin | inner | signs | block->letters | block->tails | own->spaces | own->lines;
	return ~known | (latin & ~begins) | (block->letters & ~(begins | at->commas)) | (inner & ~at->words) |
	       (signs & ~(at->words | at->spaces)) | (own->spaces & ~(at->words | at->commas)) |
	       (own->lines & ~(at->words | at->commas | at->stops | at->lines));
}

/* D behind x: an emoticon. */
static inline uint64_t smiles(const char *s, const struct before *before)
{
	const uint64_t ds = calm_equal(s, 'D');
	return ds == 0 ? 0 : ds & ((calm_equal(s, 'x') | calm_equal(s, 'X')) << 1 | before->x);
}

static inline void look_at(const struct sets *sets, const char *s, struct before *before, struct easy_bits *bits)
{
	const uint64_t beyond = calm_beyond(s);
	const struct block block = block_of(sets, s, beyond, before);
	const struct ends at = behind(&block.ends, &before->ends);
	const uint64_t behind_latin = block.latin << 1 | before->latin;
	const uint64_t inner = block.straight | block.curly, inner_ends = block.straight | block.curly_ends;
	uint64_t bad = misplaced(&block, &at);
	/* an apostrophe, but no ZWNJ, may stand behind a Latin letter, and behind no other */
	bad |= smiles(s, before) | (inner & ~behind_latin) | (block.zwnj & behind_latin);
	if ((inner | inner_ends | before->inner) != 0)
		bad |= easy_second_inner(block.latin, inner, inner_ends, &before->inner);
	bad |= bad_ends(block.latin, block.letters | block.marks, block.ends.lines, &before->scripts);
	*bits = (struct easy_bits){
		.bad = bad,
		.ends = block.ends.lines,
		/* all beyond ASCII but signs, where nothing is bad */
		.words = (beyond & ~block.sign_bytes) | block.ascii | block.straight,
	};
	before->ends = last_of(&block.ends);
	before->latin = block.latin >> 63;
	before->x = (s[CALM_WIDE - 1] | 0x20) == 'x';
}

void easy_words_avx2(const char *bytes, uint32_t len, const struct easy_words_sieve *sieve, struct easy_bits *bits)
{
	const struct sets sets = {{pairs_row(sieve->letters[0]), pairs_row(sieve->letters[1])},
	                          {pairs_row(sieve->marks[0]), pairs_row(sieve->marks[1])}};
	struct before before = {.ends = {.lines = 1}};
	struct easy_text text;
	size_t k = 0;
	easy_open(&text, bytes, len);
	for (size_t part = 0; part < 2; part++) {
		const char *s = text.parts[part].text;
		for (; k < text.parts[part].end; k++, s += CALM_WIDE)
			look_at(&sets, s, &before, &bits[k]);
	}
}
