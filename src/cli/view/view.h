/*
 * lafz view: a text to be looked at, in a terminal or as a page for a browser.
 */
#ifndef LAFZ_CLI_VIEW_VIEW_H
#define LAFZ_CLI_VIEW_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/args.h"
#include "cli/view/against.h"
#include "cli/view/rows.h"
#include "cli/write.h"

/* Bytes of tokens, by language id; owned. */
struct view_shares {
	uint64_t *bytes;
	uint64_t total;
};

struct view_page;

/* A zeroed struct is a valid start. */
struct viewer {
	const struct args *args; /* not owned */
	struct against against;
	struct view_shares shares; /* of the document */
	struct rows rows;
	struct sink held; /* what of a document is held back until its legend is known */
	bool is_holding;
	bool has_edits;   /* the document has a token whose norm is another */
	bool has_borders; /* and two that touch */
	bool is_line_new;
	uint64_t n_documents;
	struct view_page *page; /* owned */
	bool has_failed;        /* a message was written */
};

/* NULL with a message: there is no memory, or the other output cannot be read. */
struct viewer *view_open(const struct args *args, struct sink *sink);

/* Writes the ends. 0, or -1 with a message. */
int view_finish(struct viewer *view);

/* NULL is legal. */
void view_close(struct viewer *view);

/* ---- For its formats ---- */

void view_out_of_memory(struct viewer *view);

/* Compares a batch with the other output, if there is one. False: something has failed. */
bool view_compare(struct viewer *view, const struct lafz_batch *batch);

/* The form that is shown of token i. */
const char *view_form(const struct viewer *view, const struct lafz_batch *batch, size_t i,
                      size_t *len);

/* Whether its norm is another than its surface. */
bool view_is_edited(const struct lafz_batch *batch, size_t i);

/* Whether its run goes from right to left. */
bool view_is_rtl(const struct lafz_batch *batch, size_t i);

/* Bytes of a line end at the beginning of a gap; 0: there is none. */
size_t view_line_end(const char *text, size_t len);

bool view_has_line_end(const struct lafz_batch *batch, size_t i);

void view_count(struct viewer *view, const struct lafz_batch *batch);

/* The languages of the document, most first; n of them. */
size_t view_order(const struct view_shares *shares, uint16_t *out, size_t cap);

/* What is kept for a page; NULL if there is no memory. */
struct view_page *view_page_open(void);
void view_page_close(struct view_page *page);

extern const struct format_kind view_text, view_html;

#endif
