/*
 * What reading a line of JSON needs beside the parser.
 */
#ifndef LAFZ_CLI_JSON_H
#define LAFZ_CLI_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include <yajl/yajl_parse.h>

#include "cli/bytes.h"

/* Whether the line is white space as JSON has it, or empty. */
bool json_is_blank(const char *line, size_t len);

/*
 * Turns each escape of a surrogate without its partner into \ufffd, in place and of the same
 * length. YAJL makes a question mark, ill-formed bytes or a wrong character of it.
 */
void json_mend(char *line, size_t len);

struct json_text {
	const char *line;
	size_t len;
	char *error; /* JSON_BROKEN: gets the parser's words, without their full stop and line end */
	size_t error_cap;
};

enum json_status {
	JSON_NO_MEMORY = -1,
	JSON_READ = 0,
	JSON_LEFT = 1, /* a callback has returned 0 */
	JSON_BROKEN = 2
};

/*
 * Parses a line, whose strings need not be well-formed. *handle is the parser, for the callbacks. A
 * callback must own nothing while it runs that would be lost if there is no memory behind it.
 */
enum json_status json_parse(const struct json_text *text, const yajl_callbacks *callbacks, void *ctx,
                            yajl_handle *handle);

/*
 * Appends bytes with U+FFFD for each ill-formed subpart, as a string of JSON in quotes. False if
 * there is no memory.
 */
bool json_append_string(struct bytes *out, const char *text, size_t len);

#endif
