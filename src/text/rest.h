/*
 * A region without its easy lines (text/easy.h): the others are a text of their own, which goes the way of the data, and the easy
 * ones are put where they stand between them.
 */
#ifndef LAFZ_TEXT_REST_H
#define LAFZ_TEXT_REST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "text/easy.h"
#include "text/pays.h"

/* Easy lines side by side. */
struct rest_insert {
	uint32_t at;         /* the byte of the rest that they stand before */
	uint32_t start, end; /* bytes of the region */
};

struct rest {
	struct easy easy;
	uint16_t lang; /* that the sieve is of, if it has been made */
	bool is_made;
	const char *source; /* the region; not owned */
	struct buf text;    /* owned */
	struct rest_insert *inserts; /* owned */
	size_t n_inserts, cap, next;
	uint32_t taken; /* bytes of easy lines */
	struct pays pays;
};

struct rest_request {
	const char *text;
	uint32_t len;
	bool is_last; /* of the document; else it ends with LF */
	uint16_t lang;
	uint32_t longest; /* bytes of a line */
	const struct fold_table *table; /* of the language */
	const uint64_t *filter; /* of its words that a full stop may belong to (word/lists.h) */
};

/*
 * Takes the easy lines out of a text that begins where a line does. 1: rest->text and the inserts are set; 0: it is to be taken
 * as it is, and there are no inserts; LAFZ_ERR_MEMORY.
 */
int rest_make(struct rest *rest, const struct lafz_allocator *mem, const struct rest_request *request);

/* No easy lines were taken out. */
static inline void rest_none(struct rest *rest)
{
	rest->n_inserts = rest->next = 0;
	rest->taken = 0;
}

/* Whether easy lines that are not put yet stand before a byte of the rest or in front of that. */
static inline bool rest_has(const struct rest *rest, uint32_t at)
{
	return rest->next < rest->n_inserts && rest->inserts[rest->next].at <= at;
}

void rest_free(struct rest *rest, const struct lafz_allocator *mem);

#endif
