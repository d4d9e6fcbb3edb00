/*
 * What the pages for browsers have in common: head, style and program with the policy that lets
 * only these two be used, and text that can end neither an element nor a string.
 */
#ifndef LAFZ_CLI_VIEW_PAGE_H
#define LAFZ_CLI_VIEW_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/put.h"
#include "cli/sink.h"

/* A file of the source, as lines, the last one NULL, and what a policy calls it. */
struct page_file {
	const char *const *lines;
	const char *hash;
};

extern const struct page_file page_style, page_program;
extern const struct page_file report_style;

/* Everything up to the body, which it opens. program may be NULL. */
void page_head(struct sink *sink, const char *title, size_t len, const struct page_file *style,
               const struct page_file *program);

/* The program, if there is one, and the ends. */
void page_tail(struct sink *sink, const struct page_file *program);

/* Text of an element or of an attribute in double quotes; controls are U+FFFD. */
put_function page_text;

/* The inside of a string of JSON inside a script element. */
put_function page_string;

/* A whole number, and a string of JSON with its quotes that ends with NUL. */
void page_number(struct sink *sink, uint64_t number);
void page_quoted(struct sink *sink, const char *text);

#endif
