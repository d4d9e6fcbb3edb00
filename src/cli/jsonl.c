#include "cli/jsonl.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <yajl/yajl_parse.h>

#include "cli/fail.h"
#include "cli/json.h"

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

static enum jsonl_answer refused(struct jsonl *jsonl, yajl_handle handle)
{
	json_words(handle, jsonl->error, sizeof jsonl->error);
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

enum jsonl_answer jsonl_read(struct jsonl *jsonl, char *line, size_t len)
{
	json_mend(line, len);
	struct parse parse = {.jsonl = jsonl, .has_memory = true};
	const yajl_handle handle = yajl_alloc(&callbacks, NULL, &parse);
	if (!handle)
		return (enum jsonl_answer)fail_say("out of memory");
	const enum jsonl_answer answer = parse_line(jsonl, handle, &parse, line, len);
	yajl_free(handle);
	if (answer != JSONL_RECORD || parse.id == FOUND_STRING)
		return answer;
	char number[32];
	const int n = snprintf(number, sizeof number, "%" PRIu64, jsonl->lines.number);
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
		const enum lines_answer answer = lines_next(&jsonl->lines, &line, &len);
		if (answer == LINES_FAILED)
			return JSONL_FAILED;
		if (answer == LINES_END)
			return JSONL_END;
		if (answer == LINES_TOO_LONG)
			return broken(jsonl, "longer than --max-record");
		const size_t skip = lines_mark(&jsonl->lines, line, len);
		if (!json_is_blank(line + skip, len - skip))
			return jsonl_read(jsonl, line + skip, len - skip);
	}
}

void jsonl_free(struct jsonl *jsonl)
{
	lines_free(&jsonl->lines);
	bytes_free(&jsonl->text);
	bytes_free(&jsonl->id);
}
