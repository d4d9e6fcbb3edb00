/*
 * The norm of tokens and gaps: right spelling in the letters of the run's language (doc/design.md, Normalisation). Takes
 * one token or gap of a closed segment and what is known about it; keeps nothing between calls but memory. Tokens in
 * which nothing can change are settled by looking at bytes. Linear.
 */
#ifndef LAFZ_NORM_NORM_H
#define LAFZ_NORM_NORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lafz.h>

#include "base/buf.h"
#include "base/mem.h"
#include "norm/trace.h"
#include "unicode/nfc.h"

/* Memory to work in. A zeroed struct is a valid start. */
struct norm {
	uint32_t *cps, *alt; /* owned; code points of a piece, before and after a step */
	size_t cap, alt_cap;
	struct nfc nfc;
	struct trace trace;
	struct trace *tracing; /* trace, or NULL: no edits are asked for */
	bool is_thorough;      /* no short looks at bytes: all goes the long way, for tests */
};

/* The options of the profile standard that are off by default; bits. */
enum norm_option {
	NORM_STRIP_MARKS = 1,
	NORM_UNIFY_PUNCT = 2,
	NORM_LOWER = 4,
	NORM_DROP_ZWNJ = 8,
	NORM_ASCII_DIGITS = 16,
	NORM_NATIVE_DIGITS = 32
};

/* What is known about a token or gap. */
struct norm_request {
	enum lafz_profile profile;
	enum lafz_invalid on_invalid; /* FAIL is the caller's to see to; here it replaces */
	uint16_t lang;   /* language id; LAFZ_LANG_UND: only what all languages share */
	uint8_t kind;    /* enum lafz_kind */
	uint8_t script;  /* enum ucd_script of its letters */
	uint8_t options; /* bits of enum norm_option */
	const struct lafz_tables *tables; /* of folds; NULL: the built-in ones */
};

/*
 * Appends the norm of a token to out if it differs from the source. Returns 1 if it did, 0 if the
 * norm is the source and nothing was appended, or LAFZ_ERR_MEMORY or LAFZ_ERR_UNICODE (out and
 * edits are then as before).
 *
 * edits may be NULL. Otherwise the edits that make the norm of the source are appended, in its
 * order; their offsets in the norm count from where it begins in out.
 *
 * Places in a word are counted in pieces between white space, should a token hold any. A piece that
 * would become empty stays as it is.
 */
int norm_token(struct norm *norm, const struct lafz_allocator *mem,
               const struct norm_request *request, const char *text, size_t len, struct buf *out,
               struct norm_edits *edits);

/* The same for a gap: invisible controls are dropped, but not U+200B, which separates. */
int norm_gap(struct norm *norm, const struct lafz_allocator *mem, const struct norm_request *request,
             const char *text, size_t len, struct buf *out, struct norm_edits *edits);

/* The same for any text: ill-formed bytes are mended and the rest is composed (NFC). */
int norm_nfc(struct norm *norm, const struct lafz_allocator *mem, const char *text, size_t len,
             enum lafz_invalid on_invalid, struct buf *out, struct norm_edits *edits);

void norm_free(struct norm *norm, const struct lafz_allocator *mem);

/*
 * For norm and key: decodes text to norm->cps and makes room in norm->alt, both for twice as many code points as text
 * has bytes. *n gets the count. 0 or LAFZ_ERR_MEMORY.
 */
int norm_decode(struct norm *norm, const struct lafz_allocator *mem, const char *text, size_t len,
                enum lafz_invalid on_invalid, size_t *n);

/* Appends code points as UTF-8. 0 or LAFZ_ERR_MEMORY. */
int norm_encode(const struct lafz_allocator *mem, const uint32_t *cps, size_t n, struct buf *out);

/*
 * The first piece of text: *len gets its bytes; the result tells whether it is white space or a row of other
 * characters. len is at least 1.
 */
bool norm_piece(const char *text, size_t text_len, size_t *len);

#endif
