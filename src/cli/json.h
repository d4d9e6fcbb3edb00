/*
 * Lines of JSON, read by YAJL and mended where it would misread them.
 */
#ifndef LAFZ_CLI_JSON_H
#define LAFZ_CLI_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include <yajl/yajl_parse.h>

#include "cli/bytes.h"

/* Whether the line is white space as JSON has it, or empty. */
bool json_is_blank(const char *line, size_t len);

enum json_answer {
	JSON_NO_MEMORY = -1, /* to begin to parse */
	JSON_WHOLE = 0,
	JSON_STOPPED = 1, /* a callback has answered 0 */
	JSON_BROKEN = 2   /* error is set */
};

/*
 * Parses a line with callbacks, which get ctx and find the parser in *handle. Strings need not be
 * well-formed UTF-8; an escape of a surrogate without its partner is U+FFFD, to which the line is
 * changed. What the parser says about its failure goes to error, without full stop and line end.
 */
enum json_answer json_parse(char *line, size_t len, const yajl_callbacks *callbacks, void *ctx,
                            yajl_handle *handle, char *error, size_t cap);

/*
 * Appends bytes with U+FFFD for each ill-formed subpart, as a string of JSON in quotes. False if
 * there is no memory.
 */
bool json_append_string(struct bytes *out, const char *text, size_t len);

#endif
