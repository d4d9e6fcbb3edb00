#include "columns.h"

#include <stdlib.h>
#include <string.h>

#include "run.h"

#define N_KINDS 13
#define N_SCRIPTS 256
#define ROOM 1024 /* entries a column begins with */
#define SHORT 16  /* bytes copied at once where source and room have them: most tokens are shorter */

enum shape { SHAPE_TEXT, SHAPE_NUMBER, SHAPE_REAL, SHAPE_NAME };

static const struct {
	const char *name;
	enum shape shape;
} fields[FIELDS] = {
	[FIELD_SURFACE] = {"surface", SHAPE_TEXT},
	[FIELD_NORM] = {"norm", SHAPE_TEXT},
	[FIELD_KEY] = {"key", SHAPE_TEXT},
	[FIELD_START] = {"start", SHAPE_NUMBER},
	[FIELD_END] = {"end", SHAPE_NUMBER},
	[FIELD_BYTE_START] = {"byte_start", SHAPE_NUMBER},
	[FIELD_BYTE_END] = {"byte_end", SHAPE_NUMBER},
	[FIELD_KIND] = {"kind", SHAPE_NAME},
	[FIELD_SCRIPT] = {"script", SHAPE_NAME},
	[FIELD_LANG] = {"lang", SHAPE_NAME},
	[FIELD_CONFIDENCE] = {"confidence", SHAPE_REAL},
	[FIELD_FLAGS] = {"flags", SHAPE_NUMBER},
	[FIELD_PAR] = {"par", SHAPE_NUMBER},
	[FIELD_SENT] = {"sent", SHAPE_NUMBER},
	[FIELD_RUN] = {"run", SHAPE_NUMBER},
	[FIELD_TOKENS] = {"tokens", SHAPE_NUMBER},
};

enum field field_of(const char *name)
{
	if (strcmp(name, "text") == 0)
		return FIELD_SURFACE;
	enum field field = 0;
	while (field < FIELDS && strcmp(fields[field].name, name) != 0)
		field++;
	return field;
}

/* ---- Memory ---- */

int columns_init(struct columns *columns, size_t rows)
{
	columns->row_ends = calloc(rows + 1, sizeof *columns->row_ends);
	columns->row_langs = calloc(rows + 1, sizeof *columns->row_langs);
	columns->row_sents = calloc(rows + 1, sizeof *columns->row_sents);
	columns->row_valid = calloc(rows / 8 + 1, 1);
	columns->lang_bytes = calloc(lafz_lang_count(), sizeof *columns->lang_bytes);
	if (!columns->row_ends || !columns->row_langs || !columns->row_sents || !columns->row_valid ||
	    !columns->lang_bytes)
		return COLUMNS_NO_MEMORY;
	return COLUMNS_OK;
}

void columns_free(struct columns *columns)
{
	for (size_t i = 0; i < columns->n_columns; i++) {
		free(columns->column[i].values);
		free(columns->column[i].offsets);
	}
	free(columns->row_ends);
	free(columns->row_langs);
	free(columns->row_sents);
	free(columns->row_valid);
	free(columns->lang_bytes);
	*columns = (struct columns){0};
}

/* Room for more bytes of values. */
static int reserve(struct column *column, size_t more)
{
	if (more <= column->cap - column->len)
		return COLUMNS_OK;
	if (more > SIZE_MAX / 2 - column->len)
		return COLUMNS_NO_MEMORY;
	const size_t cap = 2 * (column->len + more) + ROOM;
	void *const grown = realloc(column->values, cap);
	if (!grown)
		return COLUMNS_NO_MEMORY;
	column->values = grown;
	column->cap = cap;
	return COLUMNS_OK;
}

/* Room for the offsets of entries up to n. */
static int reserve_offsets(struct column *column, size_t n)
{
	if (column->offsets && n < column->cap_offsets)
		return COLUMNS_OK;
	const size_t cap = 2 * n + ROOM;
	int32_t *const grown = realloc(column->offsets, cap * sizeof *grown);
	if (!grown)
		return COLUMNS_NO_MEMORY;
	grown[0] = column->offsets ? grown[0] : 0;
	column->offsets = grown;
	column->cap_offsets = cap;
	return COLUMNS_OK;
}

/* ---- Tokens ---- */

/* Texts that lie in one place, an offset and a length, or a start and an end, each. */
struct source {
	const char *text;
	size_t size;                       /* bytes of text */
	const uint32_t *start, *end, *len; /* end or len */
};

static struct source source_of(const struct lafz_batch *batch, enum field field)
{
	if (field == FIELD_NORM)
		return (struct source){batch->norm_text, batch->norm_size, batch->norm_off, NULL, batch->norm_len};
	if (field == FIELD_KEY)
		return (struct source){batch->key_text, batch->key_size, batch->key_off, NULL, batch->key_len};
	return (struct source){batch->text, batch->len, batch->start, batch->end, NULL};
}

static int append_texts(struct column *column, size_t at, const struct lafz_batch *batch)
{
	const struct source source = source_of(batch, column->field);
	size_t total = 0;
	for (size_t i = 0; i < batch->n; i++)
		total += source.len ? source.len[i] : source.end[i] - source.start[i];
	if (column->len + total > INT32_MAX)
		return COLUMNS_TOO_LONG;
	if (reserve(column, total + SHORT) < 0 || reserve_offsets(column, at + batch->n) < 0)
		return COLUMNS_NO_MEMORY;
	char *const dst = column->values;
	int32_t *const ends = column->offsets + at + 1;
	size_t len = column->len;
	for (size_t i = 0; i < batch->n; i++) {
		const char *const text = source.text + source.start[i];
		const size_t n = source.len ? source.len[i] : source.end[i] - source.start[i];
		if (n <= SHORT && source.start[i] + SHORT <= source.size)
			memcpy(dst + len, text, SHORT);
		else
			memcpy(dst + len, text, n);
		len += n;
		ends[i] = (int32_t)len;
	}
	column->len = len;
	return COLUMNS_OK;
}

static int append_numbers(struct column *column, const struct lafz_batch *batch)
{
	if (reserve(column, batch->n * sizeof(int32_t)) < 0)
		return COLUMNS_NO_MEMORY;
	int32_t *const dst = (int32_t *)((char *)column->values + column->len);
	const uint32_t *from = NULL;
	uint64_t base = 0;
	switch (column->field) {
	case FIELD_START: from = batch->cstart; base = batch->cbase; break;
	case FIELD_END: from = batch->cend; base = batch->cbase; break;
	case FIELD_BYTE_START: from = batch->start; base = batch->base; break;
	case FIELD_BYTE_END: from = batch->end; base = batch->base; break;
	case FIELD_PAR: from = batch->par; base = batch->par_base; break;
	case FIELD_SENT: from = batch->sent; base = batch->sent_base; break;
	case FIELD_RUN: from = batch->run; base = batch->run_base; break;
	default: break;
	}
	/* a row has less than 2^31 bytes, and so of everything else */
	if (from)
		for (size_t i = 0; i < batch->n; i++)
			dst[i] = (int32_t)((uint32_t)base + from[i]);
	else
		for (size_t i = 0; i < batch->n; i++)
			dst[i] = batch->flags[i];
	column->len += batch->n * sizeof(int32_t);
	return COLUMNS_OK;
}

static int append_reals(struct column *column, const struct lafz_batch *batch)
{
	const size_t size = batch->n * sizeof(float);
	if (reserve(column, size) < 0)
		return COLUMNS_NO_MEMORY;
	if (size > 0)
		memcpy((char *)column->values + column->len, batch->confidence, size);
	column->len += size;
	return COLUMNS_OK;
}

static int append_code(struct column *column, uint16_t code)
{
	if (reserve(column, sizeof(int16_t)) < 0)
		return COLUMNS_NO_MEMORY;
	memcpy((char *)column->values + column->len, &code, sizeof code);
	column->len += sizeof code;
	return COLUMNS_OK;
}

static int append_codes(struct column *column, const struct lafz_batch *batch)
{
	if (reserve(column, batch->n * sizeof(int16_t)) < 0)
		return COLUMNS_NO_MEMORY;
	uint16_t *const dst = (uint16_t *)((char *)column->values + column->len);
	for (size_t i = 0; i < batch->n; i++)
		dst[i] = column->field == FIELD_KIND     ? batch->kind[i]
		         : column->field == FIELD_SCRIPT ? batch->script[i]
		                                         : batch->lang[i];
	column->len += batch->n * sizeof(int16_t);
	return COLUMNS_OK;
}

static int append_tokens(struct columns *columns, const struct lafz_batch *batch)
{
	for (size_t c = 0; c < columns->n_columns; c++) {
		struct column *const column = &columns->column[c];
		int rc = COLUMNS_OK;
		switch (fields[column->field].shape) {
		case SHAPE_TEXT: rc = append_texts(column, columns->n, batch); break;
		case SHAPE_NUMBER: rc = append_numbers(column, batch); break;
		case SHAPE_REAL: rc = append_reals(column, batch); break;
		case SHAPE_NAME: rc = append_codes(column, batch); break;
		}
		if (rc < 0)
			return rc;
	}
	columns->n += batch->n;
	return COLUMNS_OK;
}

/* ---- Runs ---- */

static int append_number(struct column *column, uint64_t number)
{
	const int32_t value = (int32_t)number;
	if (reserve(column, sizeof value) < 0)
		return COLUMNS_NO_MEMORY;
	memcpy((char *)column->values + column->len, &value, sizeof value);
	column->len += sizeof value;
	return COLUMNS_OK;
}

static int append_text(struct column *column, size_t at, const char *text, size_t len)
{
	if (column->len + len > INT32_MAX)
		return COLUMNS_TOO_LONG;
	if (reserve(column, len) < 0 || reserve_offsets(column, at + 1) < 0)
		return COLUMNS_NO_MEMORY;
	memcpy((char *)column->values + column->len, text, len);
	column->len += len;
	column->offsets[at + 1] = (int32_t)column->len;
	return COLUMNS_OK;
}

static int append_run_field(struct columns *columns, struct column *column, const struct lafz_batch *batch,
                            size_t first, struct run run)
{
	const uint32_t start = batch->start[first], end = batch->end[run.last];
	switch (column->field) {
	case FIELD_SURFACE: return append_text(column, columns->n, batch->text + start, end - start);
	case FIELD_START: return append_number(column, batch->cbase + batch->cstart[first]);
	case FIELD_END: return append_number(column, batch->cbase + batch->cend[run.last]);
	case FIELD_BYTE_START: return append_number(column, batch->base + start);
	case FIELD_BYTE_END: return append_number(column, batch->base + end);
	case FIELD_TOKENS: return append_number(column, run.last + 1 - first);
	case FIELD_SCRIPT: return append_code(column, run.script);
	case FIELD_LANG: return append_code(column, batch->lang[first]);
	default: break;
	}
	if (reserve(column, sizeof(float)) < 0)
		return COLUMNS_NO_MEMORY;
	memcpy((char *)column->values + column->len, &batch->confidence[first], sizeof(float));
	column->len += sizeof(float);
	return COLUMNS_OK;
}

static int append_runs(struct columns *columns, const struct lafz_batch *batch)
{
	for (size_t first = 0; first < batch->n; columns->n++) {
		const struct run run = run_at(batch, first);
		for (size_t c = 0; c < columns->n_columns; c++) {
			const int rc = append_run_field(columns, &columns->column[c], batch, first, run);
			if (rc < 0)
				return rc;
		}
		first = run.last + 1;
	}
	return COLUMNS_OK;
}

/* ---- Rows ---- */

/* The bytes of words by language; most tokens have that of the one before. */
static void count_languages(struct columns *columns, const struct lafz_batch *batch)
{
	for (size_t i = 0; i < batch->n;) {
		const uint16_t lang = batch->lang[i];
		uint64_t bytes = 0;
		for (; i < batch->n && batch->lang[i] == lang; i++)
			bytes += batch->kind[i] == LAFZ_KIND_WORD ? batch->end[i] - batch->start[i] : 0;
		columns->lang_bytes[lang] += bytes;
		columns->most = lang > columns->most ? lang : columns->most;
	}
}

int columns_append(struct columns *columns, const struct lafz_batch *batch)
{
	if (columns->n + batch->n > INT32_MAX)
		return COLUMNS_TOO_LONG;
	count_languages(columns, batch);
	if (batch->n > 0)
		columns->sents = (int32_t)(batch->sent_base + batch->sent[batch->n - 1] + 1);
	return columns->are_runs ? append_runs(columns, batch) : append_tokens(columns, batch);
}

void columns_end_row(struct columns *columns, bool is_null)
{
	const uint16_t n_langs = (uint16_t)(columns->most + 1);
	uint16_t most = LAFZ_LANG_UND;
	for (uint16_t lang = 1; lang < n_langs; lang++)
		if (columns->lang_bytes[lang] > columns->lang_bytes[most] ||
		    (most == LAFZ_LANG_UND && columns->lang_bytes[lang] > 0))
			most = lang;
	memset(columns->lang_bytes, 0, n_langs * sizeof *columns->lang_bytes);
	columns->most = LAFZ_LANG_UND;
	const size_t row = columns->n_rows++;
	columns->row_langs[row] = (int16_t)most;
	columns->row_sents[row] = columns->sents;
	columns->row_ends[row + 1] = (int32_t)columns->n;
	columns->sents = 0;
	if (is_null)
		columns->n_null_rows++;
	else
		columns->row_valid[row / 8] |= (uint8_t)(1u << row % 8);
}

/* ---- Arrays ---- */

static const char *name_at(enum field field, size_t code)
{
	if (field == FIELD_KIND)
		return lafz_kind_name((uint8_t)code);
	return field == FIELD_SCRIPT ? lafz_script_tag((uint8_t)code) : lafz_lang_tag((uint16_t)code);
}

static size_t n_names(enum field field)
{
	if (field == FIELD_LANG)
		return lafz_lang_count();
	if (field == FIELD_KIND)
		return N_KINDS;
	/* numbers without a script have the name of the first */
	size_t n = N_SCRIPTS;
	while (n > 1 && strcmp(lafz_script_tag((uint8_t)(n - 1)), lafz_script_tag(0)) == 0)
		n--;
	return n;
}

/* Strings by codes: entry i is the name of codes[i]; without codes, of i. */
static struct node *names_node(enum field field, const uint16_t *codes, size_t n)
{
	struct node *const node = node_new("u", fields[field].name);
	if (!node)
		return NULL;
	size_t total = 0;
	for (size_t i = 0; i < n; i++)
		total += strlen(name_at(field, codes ? codes[i] : i));
	int32_t *const offsets = node->buffers[1] = calloc(n + 1, sizeof *offsets);
	char *dst = node->buffers[2] = malloc(total + 1);
	if (!offsets || !dst) {
		node_free(node);
		return NULL;
	}
	for (size_t i = 0; i < n; i++) {
		const char *const name = name_at(field, codes ? codes[i] : i);
		const size_t len = strlen(name);
		memcpy(dst, name, len);
		dst += len;
		offsets[i + 1] = offsets[i] + (int32_t)len;
	}
	node->length = (int64_t)n;
	node->n_buffers = 3;
	return node;
}

/* Takes the codes; NULL frees them too. */
static struct node *codes_node(struct columns *columns, enum field field, uint16_t *codes, size_t n)
{
	struct node *node;
	if (columns->has_names) {
		node = names_node(field, codes, n);
		free(codes);
		return node;
	}
	node = node_new("s", fields[field].name);
	if (!node) {
		free(codes);
		return NULL;
	}
	node->length = (int64_t)n;
	node->n_buffers = 2;
	node->buffers[1] = codes;
	node->dictionary = names_node(field, NULL, n_names(field));
	if (node->dictionary)
		return node;
	node_free(node);
	return NULL;
}

static const char *text_format(const struct columns *columns, enum field field)
{
	const bool is_binary = (field == FIELD_SURFACE && columns->is_binary) ||
	                       (field == FIELD_NORM && columns->keeps_bytes);
	return is_binary ? "z" : "u";
}

static struct node *column_node(struct columns *columns, struct column *column)
{
	const enum shape shape = fields[column->field].shape;
	if (shape == SHAPE_NAME) {
		uint16_t *const codes = column->values;
		column->values = NULL;
		return codes_node(columns, column->field, codes, columns->n);
	}
	const bool is_text = shape == SHAPE_TEXT;
	if (is_text && reserve_offsets(column, columns->n) < 0)
		return NULL;
	const char *const name = columns->are_runs && is_text ? "text" : fields[column->field].name;
	struct node *const node =
		node_new(is_text ? text_format(columns, column->field) : shape == SHAPE_REAL ? "f" : "i", name);
	if (!node)
		return NULL;
	node->length = (int64_t)columns->n;
	node->n_buffers = is_text ? 3 : 2;
	node->buffers[1] = is_text ? (void *)column->offsets : column->values;
	node->buffers[2] = is_text ? column->values : NULL;
	column->offsets = is_text ? NULL : column->offsets;
	column->values = NULL;
	return node;
}

/* A child, or NULL, goes to a node, or NULL. False if either was NULL: then both are freed. */
static bool adopt(struct node **node, struct node *child)
{
	if (*node && child) {
		(*node)->children[(*node)->n_children++] = child;
		return true;
	}
	node_free(*node);
	node_free(child);
	*node = NULL;
	return false;
}

static struct node *struct_node(const char *name, size_t n)
{
	struct node *const node = node_new("+s", name);
	if (!node)
		return NULL;
	node->length = (int64_t)n;
	node->n_buffers = 1;
	return node;
}

static struct node *list_node(struct columns *columns)
{
	struct node *item = struct_node("item", columns->n);
	for (size_t c = 0; c < columns->n_columns; c++)
		if (!adopt(&item, column_node(columns, &columns->column[c])))
			return NULL;
	struct node *list = node_new("+l", columns->are_runs ? "runs" : "tokens");
	if (!adopt(&list, item))
		return NULL;
	list->length = (int64_t)columns->n_rows;
	list->null_count = (int64_t)columns->n_null_rows;
	list->n_buffers = 2;
	list->buffers[0] = columns->row_valid;
	list->buffers[1] = columns->row_ends;
	columns->row_valid = NULL;
	columns->row_ends = NULL;
	return list;
}

static struct node *sents_node(struct columns *columns)
{
	struct node *const node = node_new("i", "sents");
	if (!node)
		return NULL;
	node->length = (int64_t)columns->n_rows;
	node->n_buffers = 2;
	node->buffers[1] = columns->row_sents;
	columns->row_sents = NULL;
	return node;
}

struct node *columns_node(struct columns *columns)
{
	struct node *node = struct_node("", columns->n_rows);
	if (!adopt(&node, list_node(columns)))
		return NULL;
	uint16_t *const langs = (uint16_t *)columns->row_langs;
	columns->row_langs = NULL;
	if (!adopt(&node, codes_node(columns, FIELD_LANG, langs, columns->n_rows)))
		return NULL;
	if (!adopt(&node, sents_node(columns)))
		return NULL;
	return node;
}
