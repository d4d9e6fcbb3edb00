/*
 * What a page says of all its text together: languages, kinds, edits, and the names of the
 * characters that its tokens have.
 */
#ifndef LAFZ_CLI_VIEW_PAGE_SUMS_H
#define LAFZ_CLI_VIEW_PAGE_SUMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lafz.h>

#include "cli/sink.h"
#include "cli/view/against.h"

#define PAGE_KINDS (LAFZ_KIND_OTHER + 1)

struct page_sums_lang {
	uint64_t bytes, tokens;
};

/* A zeroed struct is a closed one. */
struct page_sums {
	struct page_sums_lang *langs; /* by language id; owned */
	uint64_t kinds[PAGE_KINDS];
	uint64_t n_edits, n_edited; /* edits; tokens that have any */
	uint32_t *seen;             /* a bit for each code point; owned */
};

/* False if there is no memory; page_sums_close is legal after both. */
bool page_sums_open(struct page_sums *sums);
void page_sums_close(struct page_sums *sums);

void page_sums_token(struct page_sums *sums, const struct lafz_batch *batch, size_t i);

/* Takes note of the characters of text. */
void page_sums_see(struct page_sums *sums, const char *text, size_t len);

/* Writes all of it as an object of JSON inside a script element. */
void page_sums_put(struct sink *sink, const struct page_sums *sums, const struct against *against);

#endif
