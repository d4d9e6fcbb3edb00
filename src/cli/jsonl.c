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

/* A name with dots, and how far the parser is in it. */
struct path {
	const char *name;
	size_t level;    /* parts whose objects are open */
	bool is_wanted;  /* the value that follows */
	bool is_pending; /* the value that follows has the next part, if it is an object */
};

struct parse {
	struct jsonl *jsonl;
	yajl_handle handle;
	const char *line;
	size_t depth;
	struct path text_path, id_path;
	enum found text, id;
	size_t key_end;  /* in the line: of the key right in the object */
	bool is_dropped; /* its value is not among the fields */
	bool has_object;
	bool has_memory;
};

/* The key stands in an object at this depth, from 1. */
static void step(struct path *path, size_t depth, const char *key, size_t len)
{
	const char *part = path->name;
	path->is_pending = false;
	path->is_wanted = depth == 1 && len == strlen(part) && memcmp(key, part, len) == 0;
	if (path->is_wanted || depth != path->level + 1)
		return;
	for (size_t i = 0; i < path->level; i++)
		part = strchr(part, '.') + 1;
	const size_t part_len = strcspn(part, ".");
	if (len != part_len || memcmp(key, part, len) != 0)
		return;
	path->is_wanted = part[part_len] == '\0';
	path->is_pending = !path->is_wanted;
}

static int on_key(void *ctx, const unsigned char *key, size_t len)
{
	struct parse *parse = ctx;
	const char *name = (const char *)key;
	step(&parse->text_path, parse->depth, name, len);
	step(&parse->id_path, parse->depth, name, len);
	if (parse->depth != 1 || !parse->jsonl->keeps_fields)
		return 1;
	const struct path *text = &parse->text_path;
	struct bytes *fields = &parse->jsonl->fields;
	parse->is_dropped = text->is_wanted || text->is_pending || parse->id_path.is_wanted;
	parse->key_end = yajl_get_bytes_consumed(parse->handle);
	if (parse->is_dropped)
		return 1;
	parse->has_memory = (fields->len == 1 || bytes_append(fields, ",", 1)) &&
	                    json_append_string(fields, name, len) && bytes_append(fields, ":", 1);
	return parse->has_memory;
}

/* A value has ended. One right in the object is kept as it is written. */
static int end_value(struct parse *parse)
{
	if (parse->depth != 1 || parse->is_dropped || !parse->jsonl->keeps_fields)
		return 1;
	const char *value = parse->line + parse->key_end;
	const char *end = parse->line + yajl_get_bytes_consumed(parse->handle);
	value = (const char *)memchr(value, ':', (size_t)(end - value)) + 1;
	while (*value == ' ' || *value == '\t' || *value == '\r')
		value++;
	parse->has_memory = bytes_append_repaired(&parse->jsonl->fields, value,
	                                          (size_t)(end - value));
	return parse->has_memory;
}

static int keep(struct parse *parse, struct bytes *bytes, const char *text, size_t len)
{
	bytes->len = 0;
	parse->has_memory = bytes_append(bytes, text, len);
	return parse->has_memory;
}

/* Takes note that the wanted value is there, if it is. */
static bool is_found(struct path *path, enum found *found, enum found what)
{
	const bool is_wanted = path->is_wanted;
	path->is_wanted = path->is_pending = false;
	if (is_wanted)
		*found = what;
	return is_wanted;
}

/* A line that is no object ends at its first event. */
static int on_string(void *ctx, const unsigned char *string, size_t len)
{
	struct parse *parse = ctx;
	struct jsonl *jsonl = parse->jsonl;
	const char *text = (const char *)string;
	if (parse->depth == 0)
		return 0;
	if (is_found(&parse->text_path, &parse->text, FOUND_STRING) &&
	    !keep(parse, &jsonl->text, text, len))
		return 0;
	if (is_found(&parse->id_path, &parse->id, FOUND_STRING) && !keep(parse, &jsonl->id, text, len))
		return 0;
	return end_value(parse);
}

static int on_other(struct parse *parse)
{
	(void)is_found(&parse->text_path, &parse->text, FOUND_OTHER);
	(void)is_found(&parse->id_path, &parse->id, FOUND_OTHER);
	return parse->depth > 0;
}

static int on_number(void *ctx, const char *number, size_t len)
{
	struct parse *parse = ctx;
	const bool is_id = parse->id_path.is_wanted;
	if (!on_other(parse))
		return 0;
	if (is_id) {
		parse->id = FOUND_STRING;
		if (!keep(parse, &parse->jsonl->id, number, len))
			return 0;
	}
	return end_value(parse);
}

static int on_null(void *ctx)
{
	return on_other(ctx) && end_value(ctx);
}

static int on_boolean(void *ctx, int value)
{
	(void)value;
	return on_null(ctx);
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
	parse->text_path.level += parse->text_path.is_pending;
	parse->id_path.level += parse->id_path.is_pending;
	parse->has_object = parse->has_object || parse->depth == 0;
	(void)on_other(parse);
	parse->depth++;
	return 1;
}

/* The object of the part that was found last lies one deeper than there are such parts. */
static void leave(struct path *path, size_t depth)
{
	if (path->level > 0 && path->level == depth)
		path->level--;
}

static int on_end(void *ctx)
{
	struct parse *parse = ctx;
	parse->depth--;
	leave(&parse->text_path, parse->depth);
	leave(&parse->id_path, parse->depth);
	return end_value(parse);
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

static enum jsonl_answer parse_line(struct jsonl *jsonl, struct parse *parse, char *line, size_t len)
{
	struct bytes *fields = &jsonl->fields;
	fields->len = 0;
	if (jsonl->keeps_fields && !bytes_append(fields, "{", 1))
		return (enum jsonl_answer)fail_say("out of memory");
	const enum json_answer answer = json_parse(line, len, &callbacks, parse, &parse->handle,
	                                           jsonl->error, sizeof jsonl->error);
	if (answer == JSON_NO_MEMORY || !parse->has_memory)
		return (enum jsonl_answer)fail_say("out of memory");
	if (answer == JSON_STOPPED || (answer == JSON_WHOLE && !parse->has_object))
		return broken(jsonl, "not an object");
	if (answer == JSON_BROKEN)
		return JSONL_BROKEN;
	if (jsonl->keeps_fields && !bytes_append(fields, "}", 1))
		return (enum jsonl_answer)fail_say("out of memory");
	return parse->text == FOUND_STRING ? JSONL_RECORD : no_text(jsonl, parse->text);
}

enum jsonl_answer jsonl_read(struct jsonl *jsonl, char *line, size_t len)
{
	struct parse parse = {.jsonl = jsonl,
	                      .line = line,
	                      .text_path = {.name = jsonl->field},
	                      .id_path = {.name = jsonl->id_field},
	                      .has_memory = true};
	const enum jsonl_answer answer = parse_line(jsonl, &parse, line, len);
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
		if (answer == LINES_CUT)
			return broken(jsonl, jsonl->lines.source->error);
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
	bytes_free(&jsonl->fields);
}
