#include "cli/edit.h"

#include <stdio.h>
#include <string.h>

#include "cli/fail.h"
#include "cli/json.h"

enum key {
	KEY_OTHER,
	KEY_DOC,
	KEY_START,
	KEY_END,
	KEY_NORM_START,
	KEY_NORM_END,
	KEY_SOURCE,
	KEY_SOURCE_HEX,
	KEY_TEXT,
	KEY_COUNT
};

static const char *const key_names[KEY_COUNT] = {
	[KEY_DOC] = "doc",
	[KEY_START] = "start",
	[KEY_END] = "end",
	[KEY_NORM_START] = "norm_start",
	[KEY_NORM_END] = "norm_end",
	[KEY_SOURCE] = "source",
	[KEY_SOURCE_HEX] = "source_hex",
	[KEY_TEXT] = "text",
};

/* Without one of these a line is no edit; of source and source_hex there must be one. */
static const enum key needed[] = {KEY_START, KEY_END, KEY_NORM_START, KEY_NORM_END, KEY_TEXT};

struct parse {
	struct edit *edit;
	size_t depth;
	enum key key; /* of the value that follows */
	bool has[KEY_COUNT];
	bool has_object, is_wrong; /* is_wrong: the value of key is not what it must be */
	bool has_memory;
};

/* ---- Values ---- */

static bool read_number(uint64_t *out, const char *text, size_t len)
{
	uint64_t number = 0;
	if (len == 0 || len > 19)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		number = number * 10 + (uint64_t)(text[i] - '0');
	}
	*out = number;
	return true;
}

static int hex_digit(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	if (digit >= 'a' && digit <= 'f')
		return digit - 'a' + 10;
	return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

static int keep_hex(struct parse *parse, const char *text, size_t len)
{
	struct bytes *source = &parse->edit->source;
	source->len = 0;
	parse->has_memory = bytes_reserve(source, len / 2);
	parse->is_wrong = len % 2 != 0;
	for (size_t i = 0; i + 1 < len && parse->has_memory && !parse->is_wrong; i += 2) {
		const int high = hex_digit(text[i]), low = hex_digit(text[i + 1]);
		parse->is_wrong = high < 0 || low < 0;
		source->ptr[source->len++] = (char)(high * 16 + low);
	}
	return parse->has_memory && !parse->is_wrong;
}

static int keep(struct parse *parse, struct bytes *bytes, const char *text, size_t len)
{
	bytes->len = 0;
	parse->has_memory = bytes_append(bytes, text, len);
	return parse->has_memory;
}

static uint64_t *number_of(struct parse *parse)
{
	switch (parse->key) {
	case KEY_START:
		return &parse->edit->start;
	case KEY_END:
		return &parse->edit->end;
	case KEY_NORM_START:
		return &parse->edit->norm_start;
	case KEY_NORM_END:
		return &parse->edit->norm_end;
	default:
		return NULL;
	}
}

/* ---- Events ---- */

/* A line that is no object ends at its first event. */
static bool is_value_wanted(struct parse *parse)
{
	if (parse->depth != 1 || parse->key == KEY_OTHER)
		return false;
	parse->has[parse->key] = true;
	return true;
}

static int on_key(void *ctx, const unsigned char *key, size_t len)
{
	struct parse *parse = ctx;
	if (parse->depth != 1)
		return 1;
	parse->key = KEY_OTHER;
	for (enum key i = KEY_DOC; i < KEY_COUNT; i++) {
		if (len == strlen(key_names[i]) && memcmp(key, key_names[i], len) == 0)
			parse->key = i;
	}
	return 1;
}

static int on_string(void *ctx, const unsigned char *text, size_t len)
{
	struct parse *parse = ctx;
	const char *string = (const char *)text;
	if (!is_value_wanted(parse))
		return parse->depth > 0;
	switch (parse->key) {
	case KEY_SOURCE:
		return keep(parse, &parse->edit->source, string, len);
	case KEY_TEXT:
		return keep(parse, &parse->edit->text, string, len);
	case KEY_SOURCE_HEX:
		return keep_hex(parse, string, len);
	default:
		parse->is_wrong = parse->key != KEY_DOC;
		return !parse->is_wrong;
	}
}

static int on_number(void *ctx, const char *text, size_t len)
{
	struct parse *parse = ctx;
	if (!is_value_wanted(parse))
		return parse->depth > 0;
	uint64_t *number = number_of(parse);
	parse->is_wrong = parse->key != KEY_DOC && !(number && read_number(number, text, len));
	return !parse->is_wrong;
}

static int on_other(struct parse *parse)
{
	if (!is_value_wanted(parse))
		return parse->depth > 0;
	parse->is_wrong = parse->key != KEY_DOC;
	return !parse->is_wrong;
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
	if (parse->depth > 0 && !on_other(parse))
		return 0;
	parse->has_object = true;
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

/* ---- The whole ---- */

/* What is wrong with a line that is JSON, or NULL. */
static const char *fault_of(const struct parse *parse)
{
	const struct edit *edit = parse->edit;
	if (parse->has[KEY_DOC])
		return "an edit of a record; verify takes the map of a text";
	for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
		if (!parse->has[needed[i]])
			return "a field of an edit is missing";
	}
	if (parse->has[KEY_SOURCE] == parse->has[KEY_SOURCE_HEX])
		return "not one of the fields 'source' and 'source_hex'";
	if (edit->end < edit->start || edit->end - edit->start != edit->source.len)
		return "the source is not as long as start and end say";
	if (edit->norm_end < edit->norm_start || edit->norm_end - edit->norm_start != edit->text.len)
		return "the text is not as long as norm_start and norm_end say";
	return NULL;
}

static enum edit_answer judge(const struct parse *parse, enum json_answer answer, char *error,
                              size_t cap)
{
	if (answer == JSON_NO_MEMORY || !parse->has_memory)
		return (enum edit_answer)fail_say("out of memory");
	if (parse->is_wrong)
		snprintf(error, cap, "the field '%s' has a value it cannot have",
		         key_names[parse->key]);
	else if (!parse->has_object && answer != JSON_BROKEN)
		snprintf(error, cap, "not an object");
	else if (answer == JSON_WHOLE && fault_of(parse))
		snprintf(error, cap, "%s", fault_of(parse));
	else if (answer == JSON_WHOLE)
		return EDIT_READ;
	return EDIT_BROKEN;
}

enum edit_answer edit_read(struct edit *edit, char *line, size_t len, char *error, size_t cap)
{
	struct parse parse = {.edit = edit, .has_memory = true};
	yajl_handle handle = NULL;
	const enum json_answer answer = json_parse(line, len, &callbacks, &parse, &handle, error, cap);
	return judge(&parse, answer, error, cap);
}

void edit_free(struct edit *edit)
{
	bytes_free(&edit->source);
	bytes_free(&edit->text);
}
