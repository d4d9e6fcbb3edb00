/*
 * Pieces: what the entity stage makes of the atoms of a segment without knowing a language. The
 * run stage gives each its language, the word stage turns pieces into tokens. Gaps are not pieces:
 * they are what lies between.
 *
 * Most pieces become tokens as they are, so they are written where the tokens will be.
 */
#ifndef LAFZ_PIECE_H
#define LAFZ_PIECE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lafz.h>

/* The pieces of some segments: parts of the columns of the batch's tokens (tokens.h), which own them. */
struct pieces {
	size_t n;
	uint32_t *start, *end; /* bytes of the batch's text, half open */
	uint32_t *run;         /* number of its run in the segment; set by the run stage */
	float *confidence;     /* of lang, 0 to 1; set by the run stage */
	uint16_t *lang;        /* language id; set by the run stage */
	uint16_t *flags;       /* bits of enum lafz_flag */
	uint8_t *kind;         /* enum lafz_kind */
	uint8_t *script;       /* enum ucd_script of its letters, UCD_SCRIPT_ZYYY without letters */
	uint8_t scripts; /* which scripts words are in, bits of enum piece_script; 0: not known */
	/* set by the run stage: */
	bool is_first_run; /* all have number 0 of a run: no segment has several */
	bool is_one_lang;
	bool is_uniform; /* all have one language and confidence, and number 0 */
};

enum piece_script { PIECE_LATIN = 1, PIECE_ARABIC = 2, PIECE_OTHER = 4 };

/* Those from first to end alone. */
static inline struct pieces pieces_part(const struct pieces *pieces, size_t first, size_t end)
{
	return (struct pieces){
		.n = end - first,
		.start = pieces->start + first,
		.end = pieces->end + first,
		.run = pieces->run + first,
		.confidence = pieces->confidence + first,
		.lang = pieces->lang + first,
		.flags = pieces->flags + first,
		.kind = pieces->kind + first,
		.script = pieces->script + first,
	};
}

/*
 * Pieces that rules of words or sentences have to look at, in order: all but words, commas and curly
 * quotes that are tokens by themselves, and marks that end their segment. The word stage makes of them the tokens that rules of sentences look at.
 */
struct busy {
	uint32_t *at; /* numbers of pieces, each with its kind in the lower BUSY_BITS; owned */
	size_t n, cap;
};

enum busy_kind {
	BUSY_ANY,
	BUSY_MARK,        /* a mark with white space behind it, for which no rule of words asks */
	BUSY_BEFORE_STOP, /* a word right before such a full stop */
	BUSY_CONTRACTION, /* a word of Latin script with an apostrophe inside, for which only rules of elision ask */
	BUSY_KIND = 3
};

#define BUSY_BITS 2

#define BUSY_RULE 5 /* bytes of a row of marks across a page, at least: a sentence ends before it */

/* One of them, while a stage works on it. */
struct piece {
	uint32_t start, end;
	uint32_t run;
	float confidence;
	uint16_t lang, flags;
	uint8_t kind, script;
};

#endif
