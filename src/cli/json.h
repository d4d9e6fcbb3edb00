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

/* Copies the parser's words about its failure, without their full stop and line end. */
void json_words(yajl_handle handle, char *out, size_t cap);

/*
 * Appends bytes with U+FFFD for each ill-formed subpart, as a string of JSON in quotes. False if
 * there is no memory.
 */
bool json_append_string(struct bytes *out, const char *text, size_t len);

#endif
