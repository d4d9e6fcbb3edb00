/*
 * Why a norm differs from its source. While a piece is worked on, every character knows the source
 * character it came from, and every step notes which source characters it has touched. At the end
 * this gives the edits: stretches of the source, what stands there instead, and the names of the
 * rules. Filled only if edits are asked for. Linear.
 *
 * Source characters that a step has mixed (marks put in order, letters joined) are joined: they are
 * one edit. So a character needs to know one source character only, and these never go back from
 * one joined stretch to the one before.
 */
#ifndef LAFZ_NORM_TRACE_H
#define LAFZ_NORM_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/mem.h"

/* The steps that are no rows of a table; their names are in trace.c and src/norm/FORMAT.md. */
enum trace_rule {
	TRACE_REPAIR,
	TRACE_FORM,
	TRACE_FORM_MARK,
	TRACE_CONTROL,
	TRACE_NFC,
	TRACE_MARKS,
	TRACE_TATWEEL,
	TRACE_ZWNJ,
	TRACE_PUNCT,
	TRACE_DIGITS,
	TRACE_LOWER,
	TRACE_FOLDS, /* and on: the rules of a table by their number */
	TRACE_RULES = TRACE_FOLDS + 256
};

/* A changed stretch of a text. */
struct norm_edit {
	uint32_t start, end;         /* bytes of the source; never empty */
	uint32_t out_start, out_end; /* bytes of the norm that stand for them; may be empty */
	uint32_t rules;              /* where their names lie in norm_edits.names, NUL-terminated */
};

#define NORM_EDITS_RECENT 64
#define TRACE_NAME 32 /* bytes of the name of a rule with its end, at most */

/* Edits of one text or of several. A zeroed struct is a valid start. */
struct norm_edits {
	struct norm_edit *ptr; /* owned */
	size_t n, cap;
	struct buf names; /* owned; lists of names, split by one space */
	/* Where some lists lie, plus 1, so that most are there once. */
	uint32_t recent[NORM_EDITS_RECENT];
};

/* Forgets the edits and their names; keeps the memory. */
void norm_edits_reset(struct norm_edits *edits);

/* Appends an edit whose rules are names[0] to names[n - 1]. LAFZ_OK or LAFZ_ERR_MEMORY. */
int norm_edits_add(struct norm_edits *edits, const struct lafz_allocator *mem,
                   struct norm_edit edit, const char *const *names, size_t n);

void norm_edits_free(struct norm_edits *edits, const struct lafz_allocator *mem);

/* The name of a step. */
const char *trace_step_name(enum trace_rule step);

struct trace_touch {
	uint32_t source; /* number of a source character */
	uint32_t next;   /* the next touch of the same stretch, plus 1 */
	uint16_t rule;   /* enum trace_rule */
};

struct trace {
	/*
	 * For each character under work the number of its source character; a step that does not
	 * work in place writes alt_at. Owned; their room is not less than that of norm's arrays.
	 */
	uint32_t *at, *alt_at;
	size_t at_cap, alt_cap;
	/*
	 * For each source character: where it begins, and one for the end; the first one it is
	 * joined with; the first and last touch of the stretch that begins with it, plus 1. Owned.
	 */
	uint32_t *off, *root, *head, *tail;
	size_t off_cap, root_cap, head_cap, tail_cap;
	size_t n;
	struct trace_touch *touches; /* owned; in the order of the steps */
	size_t n_touches, touches_cap;
	const struct lafz_allocator *mem;
	bool is_out_of_memory; /* looked at once, at the end */
};

/*
 * Begins with a piece that was decoded: one character under work for each of the source, but none
 * for ill-formed bytes if drop_ill is set. room is what the arrays at and alt_at must hold. LAFZ_OK
 * or LAFZ_ERR_MEMORY, also for a piece of 4 GiB.
 */
int trace_begin(struct trace *trace, const struct lafz_allocator *mem, const char *text, size_t len,
                bool drop_ill, size_t room);

/* Makes at and alt_at hold n entries. LAFZ_OK or LAFZ_ERR_MEMORY. */
int trace_room(struct trace *trace, size_t n);

/* A rule has changed the character at i, or dropped it. */
void trace_touch(struct trace *trace, size_t i, unsigned rule);

/* The characters from first to last have been mixed. */
void trace_join(struct trace *trace, size_t first, size_t last);

/* at and alt_at change places. */
void trace_swap(struct trace *trace);

/* What was made of a piece. */
struct trace_result {
	const char *text;    /* the piece */
	size_t start;        /* where it begins in the whole text */
	const uint32_t *cps; /* its norm, n characters */
	size_t n;
	const char *out;                 /* the same as bytes */
	size_t out_start;                /* where they begin in the whole norm */
	const char (*names)[TRACE_NAME]; /* of the rules from TRACE_FOLDS on */
};

/* Appends the edits of the piece. LAFZ_OK or LAFZ_ERR_MEMORY. */
int trace_finish(struct trace *trace, const struct trace_result *result, struct norm_edits *edits);

void trace_free(struct trace *trace, const struct lafz_allocator *mem);

/* For steps in place: the character at i is kept, or dropped by a rule. trace may be NULL. */
static inline void trace_keep(struct trace *trace, size_t to, size_t i)
{
	if (trace)
		trace->at[to] = trace->at[i];
}

static inline void trace_drop(struct trace *trace, size_t i, unsigned rule)
{
	if (trace)
		trace_touch(trace, i, rule);
}

#endif
