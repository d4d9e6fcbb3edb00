/*
 * easy_find_function 64 bytes at a time and without a branch on what they are, for files that have the functions of norm/calm_wide.h
 * but for those that take a sieve, and these for their instructions:
 *
 *	struct easy_wide, easy_begin(sieve)          what does not change from block to block
 *	uint64_t easy_ascii_letters(s)               A to Z, a to z
 *	uint64_t easy_small_letters(s)               a to z
 *	struct easy_seen easy_ascii(wide, s)         of ASCII, what is no letter
 *	struct easy_seen easy_look(wide, s)          that and characters of D8 80 to DB BF, by their first bytes
 *	uint64_t easy_general(s)                     the bytes E2 before 80
 *	struct easy_common easy_common(wide, s)      what a block is as a common one; the byte before it is read
 *	uint32_t *easy_write(bits, add, out)         writes the places of the bits plus a number, and up to 64 in all
 *
 * What a byte may stand behind is told by the byte before it alone: nothing ends a block.
 */
#ifndef LAFZ_TEXT_EASY_WIDE_H
#define LAFZ_TEXT_EASY_WIDE_H

#include <string.h>

#include "text/easy.h"
#include "text/easy_blocks.h"

/* What a block must know of the one before it: bits that belong to its own first bytes. */
struct easy_before {
	uint64_t words, commas, stops, spaces; /* whether the byte before ends one */
	uint64_t full;                         /* a full stop */
	uint64_t firsts;                       /* whether it begins a character of two bytes */
	uint64_t xs, inner;                    /* x or X; what the sum of contractions carries, or letters that end no word, as above */
	uint64_t curly, curly_ends;            /* bytes of U+2019 that begins 2 or 1 bytes before, and its last one */
	uint64_t line_end;                     /* whether the byte before is LF */
	union {
		struct { /* of Arabic script */
			uint64_t letters, marks, behind, joins; /* two bits: characters that begin 2 bytes before (1), 1 byte (2) */
			uint64_t stop, comma;                   /* whether it begins one of two bytes */
			uint64_t zwnj;                          /* three bits: ZWNJ that begin 3, 2, 1 bytes before */
			uint64_t guillemet, guillemet_end;      /* whether it begins or ends one */
		};
		struct { /* of lines that hold more */
			uint64_t more;                         /* not 0: something of the following */
			uint64_t leads, opens, closes, dashes; /* whether it ends one */
			uint64_t general, open_ends, close_ends, dash_ends; /* the same as of U+2019, of quotes and dashes */
		};
		struct { /* of other lines of Latin script */
			uint64_t questions;          /* a question mark or exclamation mark */
			uint64_t row;                /* what the sum of hyphens in words carries */
			uint64_t elided, qu;         /* whether it ends a word that elides; begins qu */
			uint64_t inner_byte, elides; /* whether it is one of an apostrophe; what the sum of those behind such words carries */
		};
	};
	uint8_t end;    /* what it ends, of enum easy_common_end, in lines of Latin script that hold no more */
	bool is_begun;  /* there is a block before it */
	bool is_common; /* and that is a common one: of all this only the carry of contractions is set */
};

/* What there is in a block. */
struct easy_block {
	uint64_t words; /* bytes of letters and their marks */
	uint64_t ascii; /* letters of ASCII */
	uint64_t inner, inner_bytes; /* apostrophes: first bytes, all bytes */
	uint64_t commas, comma_ends, stops, stop_ends; /* first and last bytes */
	uint64_t after_comma; /* first bytes of letters that may stand behind a comma, with a space between them in the copy */
	uint64_t spaces, ends;
	/* of lines that hold more */
	uint64_t leads;      /* last bytes of what a word stands behind: hyphens in words, opening quotes */
	uint64_t opens;      /* first bytes of quotes that may stand behind one that opens, or behind a dash */
	uint64_t open_ends;  /* last bytes of opening quotes */
	uint64_t close_ends; /* last bytes of closing quotes */
	uint64_t dash_ends;  /* of what a word, a space or a quote stands behind */
	uint64_t other;      /* all bytes of these */
	uint64_t apart;      /* first bytes that a space is put before besides those of commas and stops, and of words behind all of these */
	uint64_t bad;
	uint64_t asked; /* whose places are written */
};

/* What a block of Latin script in a language other than English has, besides its bits. */
struct easy_latin_block {
	uint64_t letters; /* bytes of letters */
	uint64_t ascii;   /* of them those of ASCII */
	uint64_t inner, inner_bytes; /* apostrophes, U+0027 and U+2019: first bytes, all bytes */
	uint64_t hyphens;
	uint64_t behind_white; /* behind spaces and LF */
	uint64_t going_on;     /* spaces behind questions and shouts */
	uint64_t asked;
};

/* Where the marks stand that only lines of some languages hold. */
struct easy_more {
	uint64_t general; /* first bytes of characters of three bytes, but for apostrophes */
	uint64_t closing; /* of them, U+2019 that no letter stands behind */
	uint64_t inner;   /* full stops with a space behind that does not end the line */
};

/* Of quotes: what each that opens or closes stands behind, and that closes behind a stop ends no sentence or the line. */
static inline uint64_t easy_bad_quotes(uint64_t opens, uint64_t closes, uint64_t may_open, uint64_t may_close, uint64_t behind_stop,
                                       const char *behind)
{
	const uint64_t goes_on = calm_equal(behind, ' ') & easy_small_letters(behind + 1);
	return (opens & ~may_open) | (closes & ~may_close) | (closes & behind_stop & ~(goes_on | calm_equal(behind, '\n')));
}

/* What bytes of a block stand behind. */
struct easy_behind {
	uint64_t word, space, end, stop, full;
	uint64_t plain; /* a word, a comma or a stop */
};

static inline struct easy_behind easy_behind(const struct easy_seen *now, const struct easy_before *before,
                                             const struct easy_block *block)
{
	const uint64_t word = block->words << 1 | before->words, stop = now->stops << 1 | before->stops;
	return (struct easy_behind){
		.word = word,
		.space = now->spaces << 1 | before->spaces,
		.end = now->ends << 1 | before->line_end,
		.stop = stop,
		.full = now->full << 1 | before->full,
		.plain = now->commas << 1 | before->commas | stop | word,
	};
}

/* Quotes and dashes of three bytes. */
static inline void easy_add_general(const char *s, const struct easy_more *more, const struct easy_behind *behind,
                                    struct easy_before *before, struct easy_block *block)
{
	const uint64_t dashes = more->general & calm_equal(s + 2, 0x94);
	const uint64_t opens = more->general & (calm_equal(s + 2, 0x9C) | calm_equal(s + 2, 0x98));
	const uint64_t closes = (more->general & calm_equal(s + 2, 0x9D)) | more->closing;
	const uint64_t all = dashes | opens | closes;
	const uint64_t open_ends = opens << 2 | before->open_ends, dash_ends = dashes << 2 | before->dash_ends;
	/* straight ones are in these */
	const uint64_t close_ends = block->close_ends | closes << 2 | before->close_ends;
	const uint64_t all_open_ends = block->open_ends | open_ends;
	const uint64_t behind_open = all_open_ends << 1 | before->opens, behind_close = close_ends << 1 | before->closes;
	const uint64_t behind_dash = dash_ends << 1 | before->dashes;
	block->other |= all | all << 1 | all << 2 | before->general;
	block->leads |= open_ends;
	block->opens = opens;
	block->open_ends = all_open_ends;
	block->close_ends = close_ends;
	block->dash_ends = dash_ends;
	block->apart |= closes | (opens & behind_dash) | (dashes & (behind->word | behind_close));
	block->bad |= (dashes & ~(behind->word | behind->space | behind_close)) |
	              easy_bad_quotes(opens, closes, behind->space | behind->end | behind_open | behind_dash,
	                              behind->plain | behind_close | behind_dash, behind->stop, s + 3);
	block->asked |= closes & behind->full;
	before->general = all >> 62 | all >> 63;
	before->open_ends = opens >> 62;
	before->close_ends = closes >> 62;
	before->dash_ends = dashes >> 62;
}

/* Hyphens, quotes, dashes and full stops in the middle, and what is asked of them. */
__attribute__((always_inline)) static inline void easy_add_more(const char *s, const struct easy_seen *now,
                                                                const struct easy_more *more, struct easy_before *before,
                                                                struct easy_block *block)
{
	const struct easy_behind behind = easy_behind(now, before, block);
	const uint64_t hyphens = now->hyphens, quotes = now->quotes, inner = more->inner & behind.word;
	const uint64_t opens = quotes & (behind.space | behind.end), closes = quotes & behind.plain;
	block->leads = hyphens | opens;
	block->open_ends = opens;
	block->close_ends = closes;
	block->other = hyphens | quotes | inner;
	block->apart = hyphens | closes;
	block->stops &= ~inner;
	block->stop_ends &= ~inner;
	block->comma_ends |= inner;
	block->bad |= (hyphens & ~behind.word) | easy_bad_quotes(0, quotes & ~opens, 0, closes, behind.stop, s + 1);
	block->asked |= (quotes & behind.full) | (hyphens & behind.word) | inner;
	if ((more->general | before->general) != 0)
		easy_add_general(s, more, &behind, before, block);
}

/* U+2019 in a word, or, where lines hold more, U+2019 that closes a quotation, and others. */
__attribute__((always_inline)) static inline uint64_t easy_curly(const struct easy_wide *wide, const char *s, bool has_more,
                                                                 struct easy_more *more)
{
	if (!wide->has_contractions)
		return 0;
	const uint64_t general = easy_general(s), curly = general & calm_equal(s + 2, 0x99);
	if (!has_more || general == 0)
		return curly;
	more->closing = curly & ~(easy_ascii_letters(s + 3) | (calm_beyond(s + 3) & ~calm_equal(s + 3, 0xE2)));
	more->general = general & (~curly | more->closing);
	return curly & ~more->closing;
}

__attribute__((always_inline)) static inline struct easy_block easy_letters(const struct easy_wide *wide, const char *s,
                                                                            const struct easy_seen *now,
                                                                            struct easy_before *before, bool has_more,
                                                                            struct easy_more *more)
{
	const uint64_t xs = calm_equal(s, 'x') | calm_equal(s, 'X');
	const uint64_t ascii = easy_ascii_letters(s);
	uint64_t words = ascii, unsure = 0;
	*more = (struct easy_more){.inner = has_more ? now->full & (now->spaces >> 1 | (uint64_t)1 << 63) : 0};
	uint64_t inner = now->joins, inner_ends = now->joins, inner_bytes = now->joins;
	if (!has_more || (calm_beyond(s) | before->firsts) != 0) {
		/* U+00C0 to U+017F, but for two signs */
		const uint64_t c3 = calm_equal(s, 0xC3);
		const uint64_t signs = c3 & (calm_equal(s + 1, 0x97) | calm_equal(s + 1, 0xB7));
		const uint64_t firsts = calm_from(s, 0xC3, 2) & calm_tails(s + 1) & ~signs;
		words |= firsts | firsts << 1 | before->firsts;
		before->firsts = firsts >> 63;
		/* U+2019 as the straight one */
		const uint64_t curly = easy_curly(wide, s, has_more, more);
		inner |= curly;
		inner_ends |= curly << 2 | before->curly_ends;
		inner_bytes |= curly | curly << 1 | curly << 2 | before->curly;
		before->curly = curly >> 62 | curly >> 63;
		before->curly_ends = curly >> 62;
	}
	if (has_more && (inner_ends != 0 || before->inner != 0))
		unsure = easy_second_inner(words, inner, inner_ends, &before->inner);
	/* xD is an emoticon */
	const uint64_t smiles = calm_equal(s, 'D') & (xs << 1 | before->xs);
	before->xs = xs >> 63;
	const struct easy_block block = {
		.words = words,
		.ascii = ascii,
		.inner = inner,
		.inner_bytes = inner_bytes,
		.commas = now->commas,
		.comma_ends = now->commas,
		.stops = now->stops,
		.stop_ends = now->stops,
		.spaces = now->spaces,
		.ends = now->ends,
		.bad = unsure | smiles,
		.asked = now->ends & (now->full << 1 | before->full),
	};
	if (more->inner != 0)
		more->inner &= calm_equal(s + 1, ' ') & ~calm_up_to(s + 2, ' ');
	return block;
}

/* Puts together what of a block is bad: each byte by the one before it. */
__attribute__((always_inline)) static inline void easy_put(const struct easy_block *block, struct easy_before *before,
                                                           bool has_more, struct easy_bits *bits)
{
	const uint64_t marks = block->commas | block->stops;
	const uint64_t other = has_more ? block->other : 0, apart = has_more ? block->apart : 0, opens = has_more ? block->opens : 0;
	const uint64_t behind_word = block->words << 1 | before->words;
	const uint64_t behind_comma = block->comma_ends << 1 | before->commas;
	const uint64_t behind_stop = block->stop_ends << 1 | before->stops;
	const uint64_t behind_space = block->spaces << 1 | before->spaces;
	const uint64_t behind_lead = has_more ? block->leads << 1 | before->leads : 0;
	const uint64_t behind_dash = has_more ? block->dash_ends << 1 | before->dashes : 0;
	const uint64_t behind_close = has_more ? block->close_ends << 1 | before->closes : 0;
	const uint64_t known = block->words | block->inner_bytes | block->spaces | block->ends | marks | block->comma_ends |
	                       block->stop_ends | other;
	bits->bad = ~known | block->bad | (behind_lead & ~(block->words | opens)) |
	            (behind_dash & ~(block->words | block->spaces | apart)) |
	            (block->spaces & ~(behind_word | behind_comma | behind_dash | behind_close)) | (block->inner & ~behind_word) |
	            (marks & ~(behind_word | behind_space | behind_close)) |
	            (block->ends & ~(behind_word | behind_comma | behind_stop | behind_close)) |
	            (block->words & ((behind_comma & ~block->after_comma) | behind_stop | behind_close));
	bits->ends = block->ends;
	bits->edits = (marks & (behind_word | behind_close)) | (block->after_comma & behind_comma) | apart | behind_lead |
	              (behind_dash & block->words);
	bits->words = block->words | block->inner_bytes;
	before->spaces = block->spaces >> 63;
	before->words = block->words >> 63;
	before->commas = block->comma_ends >> 63;
	before->stops = block->stop_ends >> 63;
}

/* For the next block, which is asked for more, too, if there is anything. */
static inline void easy_keep_more(const struct easy_block *block, struct easy_before *before)
{
	before->leads = block->leads >> 63;
	before->opens = block->open_ends >> 63;
	before->closes = block->close_ends >> 63;
	before->dashes = block->dash_ends >> 63;
	before->more = before->leads | before->closes | before->dashes | before->general;
}

/* First bytes of U+00AB and U+00BB. */
static inline uint64_t easy_guillemets(const char *s)
{
	return calm_equal(s, 0xC2) & (calm_equal(s + 1, 0xAB) | calm_equal(s + 1, 0xBB));
}

/* ---- Common blocks ---- */

/* What a block behind a common one must know, by the last byte of that. */
static inline void easy_know_before(const struct easy_wide *wide, const char *s, struct easy_before *before)
{
	const uint8_t last = wide->sieve->common_ends[(unsigned char)s[-1]];
	*before = (struct easy_before){
		.words = (last & EASY_ENDS_WORD) != 0,
		.commas = (last & EASY_ENDS_COMMA) != 0,
		.stops = (last & (EASY_ENDS_STOP | EASY_ENDS_FULL)) != 0,
		.spaces = (last & EASY_ENDS_SPACE) != 0,
		.full = (last & EASY_ENDS_FULL) != 0,
		.xs = (last & EASY_ENDS_X) != 0,
		.line_end = (last & EASY_ENDS_LINE) != 0,
		.inner = before->inner,
		.is_begun = true,
	};
}

/*
 * The full stops inside lines that a block has which is a common one but for the spaces behind them; 0: it is none with these either. So most blocks
 * of paragraphs are.
 */
__attribute__((always_inline)) static inline uint64_t easy_inner_stops(const char *s, const struct easy_common *now)
{
	const uint64_t stops = calm_equal(s, '.') & calm_equal(s + 1, ' ');
	const bool are_inner = (stops & ~(now->letters << 1 & ~calm_up_to(s + 2, ' '))) == 0;
	return are_inner && (now->bad & ~(stops << 1)) == 0 ? stops : 0;
}

/*
 * Looks at a block as a common one; false if it is none. What a block before it that is none leaves to this one begins with a byte, or
 * is behind one, that is bad here; and a full stop that ends a block before a space is one inside a line.
 */
__attribute__((always_inline)) static inline bool easy_is_common(const struct easy_wide *wide, const char *s,
                                                                 struct easy_before *before, struct easy_bits *bits,
                                                                 uint64_t *asked)
{
	if (!before->is_begun)
		return false;
	const struct easy_common now = easy_common(wide, s);
	if (s[CALM_WIDE - 1] == '.' && s[CALM_WIDE] == ' ')
		return false;
	const uint64_t stops = now.bad != 0 ? easy_inner_stops(s, &now) : 0;
	if (now.bad != 0 && stops == 0)
		return false;
	if ((now.inner | before->inner) != 0) {
		uint64_t carry = before->inner;
		if (easy_second_inner(now.letters, now.inner, now.inner, &carry) != 0)
			return false;
		before->inner = carry;
	}
	before->is_common = true;
	*bits = (struct easy_bits){.ends = now.ends, .edits = now.edits & ~stops, .words = now.letters | now.inner};
	*asked = now.asked | stops;
	return true;
}

/* With hyphens, quotes and dashes. Most blocks have none, and are not behind one. */
static inline uint64_t easy_latin_more(const struct easy_wide *wide, const char *s, struct easy_before *before,
                                       struct easy_bits *bits)
{
	struct easy_more more;
	uint64_t asked;
	if (easy_is_common(wide, s, before, bits, &asked))
		return asked;
	if (before->is_common)
		easy_know_before(wide, s, before);
	const struct easy_seen now = easy_ascii(wide, s);
	struct easy_block block = easy_letters(wide, s, &now, before, true, &more);
	const uint64_t ends = block.ends;
	if (__builtin_expect((now.hyphens | now.quotes | more.inner | more.general | before->more) != 0, 0)) {
		easy_add_more(s, &now, &more, before, &block);
		easy_put(&block, before, true, bits);
		easy_keep_more(&block, before);
	} else {
		easy_put(&block, before, false, bits);
	}
	before->line_end = ends >> 63;
	before->full = now.full >> 63;
	before->is_begun = true;
	return block.asked;
}

#define EASY_AHEAD 2048 /* bytes: text that will be looked at is asked for, since what was done with that before it may have driven it out of the caches */

static inline void easy_ask_ahead(const char *s)
{
	__builtin_prefetch((const void *)((uintptr_t)s + EASY_AHEAD));
}

#include "text/easy_white.h"

/* Returns the bits whose places are written. */
typedef uint64_t easy_block_function(const struct easy_wide *wide, const char *s, struct easy_before *before, struct easy_bits *bits);

/* Looks at all blocks with the function of a script. */
__attribute__((always_inline)) static inline size_t easy_wide_find(const char *bytes, uint32_t len,
                                                                   const struct easy_sieve *sieve, struct easy_bits *bits,
                                                                   uint32_t *places, bool *leaves_out,
                                                                   easy_block_function *look)
{
	const struct easy_wide wide = easy_begin(sieve);
	struct easy_before before = {.line_end = 1, .end = EASY_ENDS_LINE};
	struct easy_text text;
	uint32_t *out = places, n_rows = 0;
	size_t k = 0;
	easy_open(&text, bytes, len);
	for (size_t part = 0; part < 2; part++) {
		const char *s = text.parts[part].text;
		for (; k < text.parts[part].end; k++, s += CALM_WIDE) {
			easy_ask_ahead(s);
			const uint64_t asked = look(&wide, s, &before, &bits[k]);
			if (bits[k].bad != 0)
				n_rows += easy_rows(s, bits[k].ends, k == 0);
			out = easy_write(asked, (uint32_t)(CALM_WIDE * k), out);
		}
	}
	*leaves_out = easy_rows_are_many(n_rows, bytes, len);
	if (*leaves_out)
		out = easy_white(sieve, bytes, len, bits, out);
	return (size_t)(out - places);
}

#endif
