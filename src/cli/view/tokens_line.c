#include "cli/view/tokens_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lafz.h>
#include <yajl/yajl_parse.h>

#include "cli/fail.h"
#include "cli/grow.h"
#include "cli/json.h"

enum {
	LINE_DEPTH = 1,  /* inside the object of the line */
	TOKEN_DEPTH = 3, /* inside a token, which is in the array of the line */
	FLAGS_DEPTH = 4
};

enum key {
	KEY_OTHER,
	KEY_DOC,
	KEY_SENT,
	KEY_TOKENS,
	KEY_START,
	KEY_END,
	KEY_SURFACE,
	KEY_NORM,
	KEY_KEY,
	KEY_KIND,
	KEY_LANG,
	KEY_SCRIPT,
	KEY_FLAGS,
	KEY_COUNT
};

static const char *const key_names[KEY_COUNT] = {
	[KEY_DOC] = "doc",     [KEY_SENT] = "sent",     [KEY_TOKENS] = "tokens",
	[KEY_START] = "start", [KEY_END] = "end",       [KEY_SURFACE] = "surface",
	[KEY_NORM] = "norm",   [KEY_KEY] = "key",       [KEY_KIND] = "kind",
	[KEY_LANG] = "lang",   [KEY_SCRIPT] = "script", [KEY_FLAGS] = "flags",
};

/*
 * Strings are put into the line's text while that grows, so what is kept of one is where it is, plus
 * 1; 0: there is none.
 */
struct place {
	size_t at, len;
};

struct row {
	uint64_t start, end;
	struct place values[KEY_COUNT];
	uint16_t flags;
	bool has_start, has_end, has_flags;
};

struct parse {
	struct tokens_line *line;
	size_t depth;
	enum key key, line_key;
	struct place doc;
	struct row row;
	struct row *rows; /* owned */
	size_t n, cap;
	bool has_doc, has_tokens, has_memory;
	const char *fault; /* of a token */
};

/* ---- Values ---- */

static bool keep(struct parse *parse, struct place *place, const char *text, size_t len)
{
	place->at = parse->line->text.len + 1;
	place->len = len;
	parse->has_memory = bytes_append_repaired(&parse->line->text, text, len);
	place->len = parse->line->text.len + 1 - place->at;
	return parse->has_memory;
}

static uint16_t flag_of(const char *text, size_t len)
{
	for (unsigned bit = 1; bit <= UINT16_MAX; bit <<= 1) {
		const char *name = lafz_flag_name((uint16_t)bit);
		if (name && strlen(name) == len && memcmp(name, text, len) == 0)
			return (uint16_t)bit;
	}
	return 0;
}

/* ---- Events ---- */

static int on_key(void *ctx, const unsigned char *key, size_t len)
{
	struct parse *parse = ctx;
	if (parse->depth != LINE_DEPTH && parse->depth != TOKEN_DEPTH)
		return 1;
	parse->key = KEY_OTHER;
	for (enum key i = KEY_DOC; i < KEY_COUNT; i++) {
		if (len == strlen(key_names[i]) && memcmp(key, key_names[i], len) == 0)
			parse->key = i;
	}
	if (parse->depth == LINE_DEPTH)
		parse->line_key = parse->key;
	return 1;
}

static bool is_in_token(const struct parse *parse)
{
	return parse->depth == TOKEN_DEPTH && parse->line_key == KEY_TOKENS;
}

static int on_string(void *ctx, const unsigned char *string, size_t len)
{
	struct parse *parse = ctx;
	const char *text = (const char *)string;
	if (parse->depth == FLAGS_DEPTH && parse->line_key == KEY_TOKENS && parse->key == KEY_FLAGS)
		parse->row.flags |= flag_of(text, len);
	if (parse->depth == LINE_DEPTH && parse->key == KEY_DOC) {
		parse->has_doc = true;
		return keep(parse, &parse->doc, text, len);
	}
	if (is_in_token(parse) && parse->key >= KEY_SURFACE && parse->key <= KEY_SCRIPT)
		return keep(parse, &parse->row.values[parse->key], text, len);
	return parse->depth > 0;
}

static bool read_number(const char *text, size_t len, uint64_t *out)
{
	uint64_t number = 0;
	for (size_t i = 0; i < len; i++) {
		if (text[i] < '0' || text[i] > '9' || i > 18)
			return false;
		number = number * 10 + (uint64_t)(text[i] - '0');
	}
	*out = number;
	return true;
}

static int on_number(void *ctx, const char *text, size_t len)
{
	struct parse *parse = ctx;
	uint64_t ignored = 0, *out = &ignored;
	if (parse->depth == LINE_DEPTH && parse->key == KEY_SENT)
		out = &parse->line->sent;
	else if (parse->depth == LINE_DEPTH && parse->key == KEY_START)
		out = &parse->line->start;
	else if (parse->depth == LINE_DEPTH && parse->key == KEY_END)
		out = &parse->line->end;
	else if (is_in_token(parse) && parse->key == KEY_START)
		out = &parse->row.start;
	else if (is_in_token(parse) && parse->key == KEY_END)
		out = &parse->row.end;
	if (out == &ignored)
		return parse->depth > 0;
	parse->row.has_start |= out == &parse->row.start;
	parse->row.has_end |= out == &parse->row.end;
	if (!read_number(text, len, out))
		parse->fault = "an offset is no whole number";
	return !parse->fault;
}

static int on_null(void *ctx)
{
	return ((const struct parse *)ctx)->depth > 0;
}

static int on_boolean(void *ctx, int value)
{
	(void)value;
	return on_null(ctx);
}

static int on_start_array(void *ctx)
{
	struct parse *parse = ctx;
	if (parse->depth == LINE_DEPTH && parse->key == KEY_TOKENS)
		parse->has_tokens = true;
	if (is_in_token(parse) && parse->key == KEY_FLAGS)
		parse->row.has_flags = true;
	return parse->depth++ > 0;
}

static int on_start_map(void *ctx)
{
	struct parse *parse = ctx;
	parse->depth++;
	if (is_in_token(parse))
		parse->row = (struct row){0};
	return 1;
}

/* What every token has, in every form of the format. */
static const char *fault_of(const struct row *row)
{
	if (!row->has_start || !row->has_end || row->values[KEY_SURFACE].at == 0 ||
	    row->values[KEY_KIND].at == 0)
		return "a token without start, end, surface and kind";
	return row->start < row->end ? NULL : "a token that ends where it begins";
}

static bool add_row(struct parse *parse)
{
	struct row *rows = grow_one(parse->rows, parse->n, &parse->cap, sizeof *rows);
	if (!rows) {
		parse->has_memory = false;
		return false;
	}
	parse->rows = rows;
	parse->rows[parse->n++] = parse->row;
	return true;
}

static int on_end_map(void *ctx)
{
	struct parse *parse = ctx;
	if (is_in_token(parse)) {
		parse->fault = fault_of(&parse->row);
		if (parse->fault || !add_row(parse))
			return 0;
	}
	parse->depth--;
	return 1;
}

static int on_end_array(void *ctx)
{
	((struct parse *)ctx)->depth--;
	return 1;
}

static const yajl_callbacks callbacks = {
	.yajl_null = on_null,
	.yajl_boolean = on_boolean,
	.yajl_number = on_number,
	.yajl_string = on_string,
	.yajl_start_map = on_start_map,
	.yajl_map_key = on_key,
	.yajl_end_map = on_end_map,
	.yajl_start_array = on_start_array,
	.yajl_end_array = on_end_array,
};

/* ---- Tokens ---- */

static struct compare_text text_of(const struct tokens_line *line, struct place place)
{
	return place.at == 0 ? (struct compare_text){0}
	                     : (struct compare_text){line->text.ptr + place.at - 1, place.len};
}

/*
 * What --compact leaves out. A token has no norm there only if that is the surface; then so is a key
 * that is missing. With a norm and without a key nothing is known of the key: gold has none.
 */
static void fill_in(struct row *row, const struct row *before)
{
	const bool has_norm = row->values[KEY_NORM].at > 0;
	if (!has_norm)
		row->values[KEY_NORM] = row->values[KEY_SURFACE];
	if (!has_norm && row->values[KEY_KEY].at == 0)
		row->values[KEY_KEY] = row->values[KEY_SURFACE];
	row->has_flags = row->has_flags || !has_norm;
	if (before && row->values[KEY_LANG].at == 0)
		row->values[KEY_LANG] = before->values[KEY_LANG];
	if (before && row->values[KEY_SCRIPT].at == 0)
		row->values[KEY_SCRIPT] = before->values[KEY_SCRIPT];
}

static bool is_gap(const struct compare_token *token)
{
	return token->kind.len == 5 && memcmp(token->kind.ptr, "space", 5) == 0;
}

static bool make_tokens(struct parse *parse)
{
	struct tokens_line *line = parse->line;
	if (parse->n > line->cap) {
		struct compare_token *tokens = realloc(line->tokens, parse->n * sizeof *tokens);
		if (!tokens)
			return false;
		line->tokens = tokens;
		line->cap = parse->n;
	}
	for (size_t i = 0; i < parse->n; i++) {
		struct row *row = &parse->rows[i];
		fill_in(row, i > 0 ? &parse->rows[i - 1] : NULL);
		line->tokens[line->n] = (struct compare_token){
			.start = row->start,
			.end = row->end,
			.has_flags = row->has_flags,
			.flags = row->flags,
			.surface = text_of(line, row->values[KEY_SURFACE]),
			.norm = text_of(line, row->values[KEY_NORM]),
			.key = text_of(line, row->values[KEY_KEY]),
			.kind = text_of(line, row->values[KEY_KIND]),
			.lang = text_of(line, row->values[KEY_LANG]),
			.script = text_of(line, row->values[KEY_SCRIPT]),
		};
		line->n += !is_gap(&line->tokens[line->n]);
	}
	return true;
}

static enum tokens_answer judge(struct parse *parse, enum json_answer answer, char *error,
                                size_t cap)
{
	if (answer == JSON_NO_MEMORY || !parse->has_memory)
		return (enum tokens_answer)fail_say("out of memory");
	if (parse->fault)
		snprintf(error, cap, "%s", parse->fault);
	else if (answer == JSON_BROKEN)
		return TOKENS_BROKEN; /* the parser has said why */
	else if (answer == JSON_STOPPED)
		snprintf(error, cap, "not an object");
	else if (!parse->has_doc || !parse->has_tokens)
		snprintf(error, cap, "no line of 'lafz -f jsonl': doc or tokens is missing");
	else
		return make_tokens(parse) ? TOKENS_READ
		                          : (enum tokens_answer)fail_say("out of memory");
	return TOKENS_BROKEN;
}

enum tokens_answer tokens_line_read(struct tokens_line *out, char *line, size_t len, char *error,
                                    size_t cap)
{
	struct parse parse = {.line = out, .has_memory = true};
	out->text.len = out->n = 0;
	out->sent = out->start = out->end = 0;
	/* An empty string has a place too. */
	if (!bytes_reserve(&out->text, 1))
		return (enum tokens_answer)fail_say("out of memory");
	yajl_handle handle = NULL;
	const enum json_answer parsed = json_parse(line, len, &callbacks, &parse, &handle, error, cap);
	const enum tokens_answer answer = judge(&parse, parsed, error, cap);
	out->doc = text_of(out, parse.doc);
	free(parse.rows);
	return answer;
}

void tokens_line_free(struct tokens_line *line)
{
	bytes_free(&line->text);
	free(line->tokens);
	free(line);
}
