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
#include "word/lists.h"

/* Lines of one language, wherever they stand in a region, put together and looked at by themselves. */
struct rest_own {
	struct buf text; /* owned */
	struct easy easy;
	size_t at; /* the stretch that was asked for last */
};

/* Easy lines side by side; none: a blank line. */
struct rest_insert {
	uint32_t at;         /* the byte of the rest that they stand before */
	uint32_t start, end; /* bytes of the region, or of the lines they are among */
	struct rest_own *own; /* lines of their language; NULL: the region. Not owned */
};

/* Languages of easy lines that are looked for in one region, at most. */
#define REST_LOOKS 2

/* A look at a region with the sieve of a language. */
struct rest_look {
	struct easy easy;
	uint16_t lang; /* LANG_UND: it was not looked for in this region */
	size_t at;     /* the stretch that was asked for last */
};

struct rest {
	struct easy_sieves sieves;
	struct rest_look looks[REST_LOOKS];
	const struct easy_kernel *kernel; /* NULL: not looked for */
	/* What the looks say together: of one alone, that one's; else with its own bits, places and stretches. */
	struct easy *easy;
	struct easy merged;
	uint16_t only; /* the language that was looked for; LANG_UND: there are several */
	const char *source; /* the region; not owned */
	uint32_t source_len;
	struct buf text;    /* owned */
	struct rest_insert *inserts; /* owned */
	size_t n_inserts, cap, next;
	struct pays pays;
};

struct rest_request {
	const char *text;
	uint32_t len;
	bool is_last; /* of the document; else it ends with LF */
	/* Languages that easy lines may be in, REST_LOOKS at most. The first one is looked for, others while too few lines are easy. */
	const uint16_t *langs;
	size_t n_langs, first;
	bool is_for_tokens; /* lines are not looked at again: how they are cut would not be known of what that finds */
	bool has_parts; /* sentences of hard lines may be easy: it is not asked where lines begin */
	uint32_t eighths; /* of the bytes that easy lines have at least, if it pays */
	uint32_t longest; /* bytes of a line */
	struct lists_filters *filters;
};

/*
 * Takes the easy lines out of a text that begins where a line does. 1: rest->text and the inserts are set; 0: it is to be taken
 * as it is, and there are no inserts; LAFZ_ERR_MEMORY.
 */
int rest_make(struct rest *rest, const struct lafz_allocator *mem, const struct rest_request *request);

/* The same again, after bits of some easy lines were set to bad. LAFZ_OK or LAFZ_ERR_MEMORY. */
int rest_make_again(struct rest *rest, const struct lafz_allocator *mem);

/* No easy lines were taken out. */
static inline void rest_none(struct rest *rest)
{
	rest->n_inserts = rest->next = 0;
}

/* Whether easy lines that are not put yet stand before a byte of the rest or in front of that. */
static inline bool rest_has(const struct rest *rest, uint32_t at)
{
	return rest->next < rest->n_inserts && rest->inserts[rest->next].at <= at;
}

/*
 * Whether the easy line that begins there is easy in a language that was looked for; -1 if that was not. For ascending places.
 */
int rest_is_easy_in(struct rest *rest, uint16_t lang, uint32_t start);

/* The same of the line from one byte to another, which will be copied as in that language if it is easy in it. */
int rest_take_line(struct rest *rest, uint16_t lang, uint32_t start, uint32_t end);

/*
 * The same of a region in several languages, if the kernel has words: lines that hold these alone are taken out before it is known in what
 * language they are.
 */
int rest_make_wide(struct rest *rest, const struct lafz_allocator *mem, const struct rest_request *request,
                   const struct easy_words_sieve *sieve);

/* Whether what stands there next is a blank line, which then is passed. */
static inline bool rest_pass_blank(struct rest *rest)
{
	const struct rest_insert *const insert = &rest->inserts[rest->next];
	rest->next += insert->start == insert->end;
	return insert->start == insert->end;
}

/* Appends the next easy lines, as their language has them. LAFZ_OK or LAFZ_ERR_MEMORY. */
int rest_copy(struct rest *rest, const struct lafz_allocator *mem, struct buf *out);

void rest_free(struct rest *rest, const struct lafz_allocator *mem);

#endif
