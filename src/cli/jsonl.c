#include "cli/jsonl.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <yajl/yajl_parse.h>

#include "cli/fail.h"

/* ---- Lines ---- */

enum line_answer { LINE_FAILED = -1, LINE_END = 0, LINE_WHOLE = 1, LINE_TOO_LONG = 2 };

/* Takes the next n bytes of what was read. */
static char *take(struct jsonl *jsonl, size_t n)
{
	char *taken = jsonl->rest;
	jsonl->rest += n;
	jsonl->rest_len -= n;
	jsonl->next += n;
	return taken;
}

/* A line that lies in one piece is not copied. Of one that is too long nothing is kept. */
static enum line_answer next_line(struct jsonl *jsonl, char **line, size_t *len)
{
	bool is_long = false;
	jsonl->line.len = 0;
	jsonl->start = jsonl->next;
	for (;;) {
		if (jsonl->rest_len == 0) {
			const int rc = source_read(jsonl->source, &jsonl->rest, &jsonl->rest_len);
			if (rc < 0)
				return LINE_FAILED;
			if (rc == 0)
				break;
		}
		const char *end = memchr(jsonl->rest, '\n', jsonl->rest_len);
		const size_t n = end ? (size_t)(end - jsonl->rest) : jsonl->rest_len;
		char *piece = take(jsonl, end ? n + 1 : n);
		is_long = is_long || n > jsonl->max_record - jsonl->line.len;
		if (end && jsonl->line.len == 0 && !is_long) {
			*line = piece;
			*len = n;
			return LINE_WHOLE;
		}
		if (!is_long && !bytes_append(&jsonl->line, piece, n))
			return (enum line_answer)fail_say("out of memory");
		if (end)
			break;
	}
	if (jsonl->next == jsonl->start)
		return LINE_END;
	*line = jsonl->line.ptr;
	*len = jsonl->line.len;
	return is_long ? LINE_TOO_LONG : LINE_WHOLE;
}

/* White space as JSON has it. */
static bool is_blank(const char *line, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r')
			return false;
	}
	return true;
}

/* ---- Surrogates ---- */

/* The code unit of an escape \uXXXX; 0, which is none of interest, if there is no such escape. */
static unsigned unit_at(const char *text, size_t len)
{
	if (len < 6 || text[0] != '\\' || text[1] != 'u')
		return 0;
	unsigned unit = 0;
	for (size_t i = 2; i < 6; i++) {
		const char digit = text[i];
		unsigned value = 0;
		if (digit >= '0' && digit <= '9')
			value = (unsigned)(digit - '0');
		else if (digit >= 'a' && digit <= 'f')
			value = (unsigned)(digit - 'a') + 10;
		else if (digit >= 'A' && digit <= 'F')
			value = (unsigned)(digit - 'A') + 10;
		else
			return 0;
		unit = unit * 16 + value;
	}
	return unit;
}

static bool is_high(unsigned unit)
{
	return unit >= 0xD800 && unit <= 0xDBFF;
}

static bool is_low(unsigned unit)
{
	return unit >= 0xDC00 && unit <= 0xDFFF;
}

/*
 * Turns each escape of a surrogate without its partner into \ufffd, in place and of the same
 * length. YAJL makes a question mark, ill-formed bytes or a wrong character of it.
 */
static void mend_surrogates(char *line, size_t len)
{
	size_t off = 0;
	while (off < len) {
		const char *slash = memchr(line + off, '\\', len - off);
		if (!slash)
			return;
		off = (size_t)(slash - line);
		const unsigned unit = unit_at(line + off, len - off);
		if (!is_high(unit) && !is_low(unit)) {
			off += 2;
			continue;
		}
		const bool has_partner = is_high(unit) &&
		                         is_low(unit_at(line + off + 6, len - off - 6));
		if (!has_partner)
			memcpy(line + off + 2, "fffd", 4);
		off += has_partner ? 12 : 6;
	}
}

/* ---- Events ---- */

enum found {
	FOUND_NOTHING,
	FOUND_STRING,
	FOUND_OTHER /* a value that is not wanted here */
};

struct parse {
	struct jsonl *jsonl;
	size_t depth;
	bool is_text, is_id; /* the key of the value that follows */
	enum found text, id;
	bool has_object;
	bool has_memory;
};

/* The fields that matter stand right in the object of the line. */
static int on_key(void *ctx, const unsigned char *key, size_t len)
{
	struct parse *parse = ctx;
	const struct jsonl *jsonl = parse->jsonl;
	if (parse->depth != 1)
		return 1;
	parse->is_text = len == strlen(jsonl->field) && memcmp(key, jsonl->field, len) == 0;
	parse->is_id = len == strlen(jsonl->id_field) && memcmp(key, jsonl->id_field, len) == 0;
	return 1;
}

static int keep(struct parse *parse, struct bytes *bytes, const char *text, size_t len)
{
	bytes->len = 0;
	parse->has_memory = bytes_append(bytes, text, len);
	return parse->has_memory;
}

/* A line that is no object ends at its first event. */
static int on_string(void *ctx, const unsigned char *text, size_t len)
{
	struct parse *parse = ctx;
	if (parse->depth != 1)
		return parse->depth > 1;
	if (parse->is_text) {
		parse->text = FOUND_STRING;
		if (!keep(parse, &parse->jsonl->text, (const char *)text, len))
			return 0;
	}
	if (parse->is_id) {
		parse->id = FOUND_STRING;
		return keep(parse, &parse->jsonl->id, (const char *)text, len);
	}
	return 1;
}

static int on_other(struct parse *parse)
{
	if (parse->depth != 1)
		return parse->depth > 1;
	if (parse->is_text)
		parse->text = FOUND_OTHER;
	if (parse->is_id)
		parse->id = FOUND_OTHER;
	return 1;
}

static int on_number(void *ctx, const char *number, size_t len)
{
	struct parse *parse = ctx;
	if (!on_other(parse))
		return 0;
	if (parse->depth != 1 || !parse->is_id)
		return 1;
	parse->id = FOUND_STRING;
	return keep(parse, &parse->jsonl->id, number, len);
}

static int on_null(void *ctx)
{
	return on_other(ctx);
}

static int on_boolean(void *ctx, int value)
{
	(void)value;
	return on_other(ctx);
}

static int on_start_array(void *ctx)
{
	struct parse *parse = ctx;
	if (!on_other(parse))
		return 0;
	parse->depth++;
	return 1;
}

static int on_start_map(void *ctx)
{
	struct parse *parse = ctx;
	if (parse->depth == 0)
		parse->has_object = true;
	else
		(void)on_other(parse);
	parse->depth++;
	return 1;
}

static int on_end(void *ctx)
{
	struct parse *parse = ctx;
	parse->depth--;
	return 1;
}

static const yajl_callbacks callbacks = {
	.yajl_null = on_null,
	.yajl_boolean = on_boolean,
	.yajl_number = on_number,
	.yajl_string = on_string,
	.yajl_start_map = on_start_map,
	.yajl_map_key = on_key,
	.yajl_end_map = on_end,
	.yajl_start_array = on_start_array,
	.yajl_end_array = on_end,
};

/* ---- Records ---- */

static enum jsonl_answer broken(struct jsonl *jsonl, const char *why)
{
	snprintf(jsonl->error, sizeof jsonl->error, "%s", why);
	return JSONL_BROKEN;
}

static enum jsonl_answer no_text(struct jsonl *jsonl, enum found found)
{
	if (found == FOUND_NOTHING)
		snprintf(jsonl->error, sizeof jsonl->error, "there is no field '%s'", jsonl->field);
	else
		snprintf(jsonl->error, sizeof jsonl->error, "the field '%s' is not a string",
		         jsonl->field);
	return JSONL_BROKEN;
}

/* Copies the parser's words without their full stop and line end. */
static enum jsonl_answer refused(struct jsonl *jsonl, yajl_handle handle)
{
	unsigned char *words = yajl_get_error(handle, 0, NULL, 0);
	const char *text = words ? (const char *)words : "parse error";
	snprintf(jsonl->error, sizeof jsonl->error, "%.*s", (int)strcspn(text, ".\n"), text);
	if (words)
		yajl_free_error(handle, words);
	return JSONL_BROKEN;
}

static enum jsonl_answer parse_line(struct jsonl *jsonl, yajl_handle handle, struct parse *parse,
                                    const char *line, size_t len)
{
	yajl_config(handle, yajl_dont_validate_strings, 1);
	yajl_status status = yajl_parse(handle, (const unsigned char *)line, len);
	if (status == yajl_status_ok)
		status = yajl_complete_parse(handle);
	if (!parse->has_memory)
		return (enum jsonl_answer)fail_say("out of memory");
	if (status == yajl_status_client_canceled || (status == yajl_status_ok && !parse->has_object))
		return broken(jsonl, "not an object");
	if (status != yajl_status_ok)
		return refused(jsonl, handle);
	return parse->text == FOUND_STRING ? JSONL_RECORD : no_text(jsonl, parse->text);
}

static enum jsonl_answer read_record(struct jsonl *jsonl, char *line, size_t len)
{
	mend_surrogates(line, len);
	struct parse parse = {.jsonl = jsonl, .has_memory = true};
	const yajl_handle handle = yajl_alloc(&callbacks, NULL, &parse);
	if (!handle)
		return (enum jsonl_answer)fail_say("out of memory");
	const enum jsonl_answer answer = parse_line(jsonl, handle, &parse, line, len);
	yajl_free(handle);
	if (answer != JSONL_RECORD || parse.id == FOUND_STRING)
		return answer;
	char number[32];
	const int n = snprintf(number, sizeof number, "%" PRIu64, jsonl->number);
	jsonl->id.len = 0;
	if (!bytes_append(&jsonl->id, number, (size_t)n))
		return (enum jsonl_answer)fail_say("out of memory");
	return JSONL_RECORD;
}

enum jsonl_answer jsonl_next(struct jsonl *jsonl)
{
	for (;;) {
		char *line = NULL;
		size_t len = 0;
		const enum line_answer answer = next_line(jsonl, &line, &len);
		jsonl->number++;
		if (answer == LINE_FAILED)
			return JSONL_FAILED;
		if (answer == LINE_END)
			return JSONL_END;
		if (answer == LINE_TOO_LONG)
			return broken(jsonl, "longer than --max-record");
		/* U+FEFF at the beginning of the file is a byte order mark. */
		const size_t skip = jsonl->start == 0 && len >= 3 &&
		                                    memcmp(line, "\xEF\xBB\xBF", 3) == 0
		                            ? 3
		                            : 0;
		if (!is_blank(line + skip, len - skip))
			return read_record(jsonl, line + skip, len - skip);
	}
}

void jsonl_free(struct jsonl *jsonl)
{
	bytes_free(&jsonl->line);
	bytes_free(&jsonl->text);
	bytes_free(&jsonl->id);
}
