/*
 * -f arrow: an IPC stream of record batches, a row a token. Rows are collected over documents until
 * there are enough of them for a batch.
 */
#include "cli/write.h"

#include <stdlib.h>

#include "cli/arrow.h"
#include "cli/fail.h"
#include "cli/repair.h"

#define ROWS_MOST 16384             /* of a record batch */
#define TEXT_MOST ((size_t)1 << 20) /* bytes of one of its columns, before the last row */

enum {
	COLUMN_DOC,
	COLUMN_PAR,
	COLUMN_SENT,
	COLUMN_RUN,
	COLUMN_START,
	COLUMN_END,
	COLUMN_CSTART,
	COLUMN_CEND,
	COLUMN_SURFACE,
	COLUMN_NORM,
	COLUMN_KEY,
	COLUMN_KIND,
	COLUMN_SCRIPT,
	COLUMN_LANG,
	COLUMN_FLAGS,
	COLUMN_CONFIDENCE,
	N_COLUMNS
};

static const struct arrow_field fields[N_COLUMNS] = {
	[COLUMN_DOC] = {"doc", ARROW_UTF8},
	[COLUMN_PAR] = {"par", ARROW_UINT32},
	[COLUMN_SENT] = {"sent", ARROW_UINT32},
	[COLUMN_RUN] = {"run", ARROW_UINT32},
	[COLUMN_START] = {"start", ARROW_UINT64},
	[COLUMN_END] = {"end", ARROW_UINT64},
	[COLUMN_CSTART] = {"cstart", ARROW_UINT64},
	[COLUMN_CEND] = {"cend", ARROW_UINT64},
	[COLUMN_SURFACE] = {"surface", ARROW_UTF8},
	[COLUMN_NORM] = {"norm", ARROW_UTF8},
	[COLUMN_KEY] = {"key", ARROW_UTF8},
	[COLUMN_KIND] = {"kind", ARROW_UTF8},
	[COLUMN_SCRIPT] = {"script", ARROW_UTF8},
	[COLUMN_LANG] = {"lang", ARROW_UTF8},
	[COLUMN_FLAGS] = {"flags", ARROW_UINT16},
	[COLUMN_CONFIDENCE] = {"confidence", ARROW_FLOAT32},
};

struct write_arrow {
	struct arrow_column columns[N_COLUMNS];
	size_t n_rows;
	bool is_out_of_memory;
};

/* ---- Columns ---- */

static void add(struct write_arrow *arrow, struct bytes *out, const void *bytes, size_t n)
{
	if (!bytes_append(out, bytes, n))
		arrow->is_out_of_memory = true;
}

static void add_end(struct write_arrow *arrow, struct arrow_column *column)
{
	const int32_t end = (int32_t)column->values.len;
	add(arrow, &column->offsets, &end, sizeof end);
}

/* A place for n bytes more, NULL if there is no memory. */
static char *room(struct write_arrow *arrow, struct bytes *out, size_t n)
{
	if (bytes_reserve(out, n))
		return out->ptr + out->len;
	arrow->is_out_of_memory = true;
	return NULL;
}

/* Neighbouring tokens of a batch. */
struct rows {
	const struct lafz_batch *batch;
	size_t first, end;
	size_t inner; /* those before it are WRITE_MARGIN bytes or more from the ends of their texts */
};

/* Four numbers at once. (Attributes need the typedefs.) */
typedef uint32_t small_4 __attribute__((vector_size(16)));
typedef uint64_t large_4 __attribute__((vector_size(32)));

static void add_u32(struct write_arrow *arrow, size_t column, const struct rows *rows, uint64_t base,
                    const uint32_t *numbers)
{
	const size_t n = rows->end - rows->first;
	struct bytes *const values = &arrow->columns[column].values;
	char *const dst = room(arrow, values, n * sizeof(uint32_t));
	if (!dst)
		return;
	size_t k = 0;
	for (; n - k >= 4; k += 4) {
		small_4 four;
		memcpy(&four, numbers + rows->first + k, sizeof four);
		four += (uint32_t)base;
		memcpy(dst + k * sizeof(uint32_t), &four, sizeof four);
	}
	for (; k < n; k++) {
		const uint32_t value = (uint32_t)base + numbers[rows->first + k];
		memcpy(dst + k * sizeof value, &value, sizeof value);
	}
	values->len += n * sizeof(uint32_t);
}

/* What add_u64 writes without places, four by four; returns how many. */
static size_t put_fours(char *dst, const uint32_t *numbers, size_t n, uint64_t base)
{
	size_t k = 0;
	for (; n - k >= 4; k += 4) {
		small_4 four;
		memcpy(&four, numbers + k, sizeof four);
		const large_4 large = __builtin_convertvector(four, large_4) + base;
		memcpy(dst + k * sizeof(uint64_t), &large, sizeof large);
	}
	return k;
}

/* places: NULL, or what the numbers stand for. */
static void add_u64(struct write_arrow *arrow, size_t column, const struct rows *rows, uint64_t base,
                    const uint32_t *numbers, const uint32_t *places)
{
	const size_t n = rows->end - rows->first;
	struct bytes *const values = &arrow->columns[column].values;
	char *const dst = room(arrow, values, n * sizeof(uint64_t));
	if (!dst)
		return;
	for (size_t k = places ? 0 : put_fours(dst, numbers + rows->first, n, base); k < n; k++) {
		const uint32_t number = numbers[rows->first + k];
		const uint64_t value = base + (places ? places[number] : number);
		memcpy(dst + k * sizeof value, &value, sizeof value);
	}
	values->len += n * sizeof(uint64_t);
}

/* Values that lie in memory as they do in the column. */
static void add_all(struct write_arrow *arrow, size_t column, const struct rows *rows, const void *values,
                    size_t size)
{
	add(arrow, &arrow->columns[column].values, (const char *)values + rows->first * size,
	    (rows->end - rows->first) * size);
}

/* ---- Columns of text ---- */

/* A text of a token. */
struct value {
	const char *text;
	size_t len;
};

static inline struct value surface_of(const struct writer *writer, const struct lafz_batch *batch, size_t i)
{
	(void)writer;
	return (struct value){batch->text + batch->start[i], batch->end[i] - batch->start[i]};
}

static inline struct value norm_of(const struct writer *writer, const struct lafz_batch *batch, size_t i)
{
	(void)writer;
	return (struct value){batch->norm_text + batch->norm_off[i], batch->norm_len[i]};
}

static inline struct value key_of(const struct writer *writer, const struct lafz_batch *batch, size_t i)
{
	(void)writer;
	return (struct value){batch->key_text + batch->key_off[i], batch->key_len[i]};
}

/* The names lie in places of PUT_STEP bytes or more. */
static inline struct value kind_of(const struct writer *writer, const struct lafz_batch *batch, size_t i)
{
	const struct write_kind *const kind = &writer->kinds[batch->kind[i] % WRITE_KINDS];
	return (struct value){kind->text, kind->len};
}

typedef struct value value_function(const struct writer *writer, const struct lafz_batch *batch, size_t i);

/*
 * Appends a text of each row. Short ones of inner tokens are copied in two steps: what is written behind their end is
 * overwritten by the next. The column has room for them then.
 */
static inline void add_texts(struct writer *writer, size_t column, const struct rows *rows,
                             value_function *value)
{
	struct write_arrow *const arrow = writer->arrow;
	struct bytes *const values = &arrow->columns[column].values;
	struct bytes *const offsets = &arrow->columns[column].offsets;
	const size_t n = rows->end - rows->first;
	const struct lafz_batch batch = *rows->batch; /* no write can change it */
	const size_t first = rows->first, inner = rows->inner;
	size_t total = 0;
	for (size_t i = first; i < rows->end; i++)
		total += value(writer, &batch, i).len;
	char *const begin = room(arrow, values, total + 2 * PUT_STEP);
	char *const ends = room(arrow, offsets, n * sizeof(int32_t));
	if (!begin || !ends)
		return;
	const char *const origin = begin - values->len;
	char *dst = begin;
	for (size_t k = 0; k < n; k++) {
		const struct value of = value(writer, &batch, first + k);
		if (of.len < 2 * PUT_STEP && first + k < inner) {
			memcpy(dst, of.text, PUT_STEP);
			memcpy(dst + PUT_STEP, of.text + PUT_STEP, PUT_STEP);
		} else {
			memcpy(dst, of.text, of.len);
		}
		dst += of.len;
		const int32_t end = (int32_t)(dst - origin);
		memcpy(ends + k * sizeof end, &end, sizeof end);
	}
	values->len += total;
	offsets->len += n * sizeof(int32_t);
}

/* Appends the ends of n rows whose texts were appended, of len bytes each. */
static void add_ends(struct write_arrow *arrow, struct arrow_column *column, size_t len, size_t n)
{
	char *const dst = room(arrow, &column->offsets, n * sizeof(int32_t));
	if (!dst)
		return;
	size_t at = column->values.len - n * len;
	for (size_t k = 0; k < n; k++) {
		at += len;
		const int32_t end = (int32_t)at;
		memcpy(dst + k * sizeof end, &end, sizeof end);
	}
	column->offsets.len += n * sizeof(int32_t);
}

/* The same text in n rows. */
static void repeat(struct write_arrow *arrow, size_t column, const char *text, size_t len, size_t n)
{
	struct bytes *const values = &arrow->columns[column].values;
	char step[PUT_STEP] = {0};
	size_t total = 0;
	if (__builtin_mul_overflow(len, n, &total) || total > SIZE_MAX / 4) {
		arrow->is_out_of_memory = true;
		return;
	}
	char *dst = room(arrow, values, total + PUT_STEP);
	if (!dst)
		return;
	const bool is_short = len <= PUT_STEP;
	if (len > 0)
		memcpy(step, text, is_short ? len : PUT_STEP);
	for (size_t k = 0; k < n; k++, dst += len) {
		if (is_short)
			memcpy(dst, step, PUT_STEP);
		else
			memcpy(dst, text, len);
	}
	values->len += total;
	add_ends(arrow, &arrow->columns[column], len, n);
}

/* Neighbours mostly have the same. */
static void add_langs(struct write_arrow *arrow, const struct rows *rows)
{
	const uint16_t *const langs = rows->batch->lang;
	for (size_t i = rows->first, end = i; i < rows->end; i = end) {
		while (end < rows->end && langs[end] == langs[i])
			end++;
		const char *const tag = lafz_lang_tag(langs[i]);
		const char *const name = tag ? tag : "und";
		repeat(arrow, COLUMN_LANG, name, strlen(name), end - i);
	}
}

static void add_scripts(struct writer *writer, const struct rows *rows)
{
	struct arrow_column *const column = &writer->arrow->columns[COLUMN_SCRIPT];
	const uint8_t *const scripts = rows->batch->script;
	const size_t n = rows->end - rows->first, len = WRITE_SCRIPT;
	char *dst = room(writer->arrow, &column->values, n * len);
	if (!dst)
		return;
	for (size_t k = 0; k < n; k++)
		dst = (char *)memcpy(dst, writer->scripts[scripts[rows->first + k]], WRITE_SCRIPT) + WRITE_SCRIPT;
	column->values.len += n * len;
	add_ends(writer->arrow, column, len, n);
}

/* A value of a token that holds ill-formed bytes. */
static void add_repaired(struct write_arrow *arrow, size_t column, struct value of)
{
	if (!bytes_append_repaired(&arrow->columns[column].values, of.text, of.len))
		arrow->is_out_of_memory = true;
	add_end(arrow, &arrow->columns[column]);
}

static void clear(struct write_arrow *arrow)
{
	arrow->n_rows = 0;
	for (size_t i = 0; i < N_COLUMNS; i++) {
		arrow->columns[i].values.len = 0;
		arrow->columns[i].offsets.len = 0;
		if (fields[i].type == ARROW_UTF8)
			add_end(arrow, &arrow->columns[i]);
	}
}

/* ---- The stream ---- */

/* As if a write had failed: what follows is thrown away. */
static void fail(struct writer *writer)
{
	if (writer->sink->has_failed)
		return;
	writer->sink->has_failed = true;
	(void)fail_say("out of memory");
}

static void flush_rows(struct writer *writer)
{
	struct write_arrow *arrow = writer->arrow;
	if (arrow->n_rows == 0)
		return;
	if (arrow->is_out_of_memory ||
	    !arrow_batch(writer->sink, fields, arrow->columns, N_COLUMNS, arrow->n_rows))
		fail(writer);
	clear(arrow);
}

static void head(struct writer *writer)
{
	write_prepare(writer, "", "");
	if (!writer->arrow)
		writer->arrow = calloc(1, sizeof *writer->arrow);
	if (!writer->arrow) {
		fail(writer);
		return;
	}
	clear(writer->arrow);
	if (!arrow_schema(writer->sink, fields, N_COLUMNS))
		fail(writer);
}

static void tail(struct writer *writer)
{
	if (!writer->arrow)
		return;
	flush_rows(writer);
	arrow_end(writer->sink);
}

/* Surface, norm and key; if the rows hold ill-formed bytes, it is one row. */
static void add_values(struct writer *writer, const struct rows *rows)
{
	const struct lafz_batch *const batch = rows->batch;
	const size_t i = rows->first;
	if (!(batch->flags[i] & LAFZ_FLAG_REPAIRED)) {
		add_texts(writer, COLUMN_SURFACE, rows, surface_of);
		add_texts(writer, COLUMN_NORM, rows, norm_of);
		add_texts(writer, COLUMN_KEY, rows, key_of);
		return;
	}
	add_repaired(writer->arrow, COLUMN_SURFACE, surface_of(writer, batch, i));
	add_repaired(writer->arrow, COLUMN_NORM, norm_of(writer, batch, i));
	add_repaired(writer->arrow, COLUMN_KEY, key_of(writer, batch, i));
}

static void add_rows(struct writer *writer, const struct rows *rows)
{
	struct write_arrow *const arrow = writer->arrow;
	const struct lafz_batch *const batch = rows->batch;
	const uint32_t *const source_at = batch->source_at;
	struct rows names = *rows;
	names.inner = names.end; /* names can be read in steps everywhere */
	repeat(arrow, COLUMN_DOC, writer->doc.ptr, writer->doc.len, rows->end - rows->first);
	add_u32(arrow, COLUMN_PAR, rows, batch->par_base, batch->par);
	add_u32(arrow, COLUMN_SENT, rows, batch->sent_base, batch->sent);
	add_u32(arrow, COLUMN_RUN, rows, batch->run_base, batch->run);
	add_u64(arrow, COLUMN_START, rows, batch->base, batch->start, source_at);
	add_u64(arrow, COLUMN_END, rows, batch->base, batch->end, source_at);
	add_u64(arrow, COLUMN_CSTART, rows, batch->cbase, batch->cstart, NULL);
	add_u64(arrow, COLUMN_CEND, rows, batch->cbase, batch->cend, NULL);
	add_values(writer, rows);
	add_texts(writer, COLUMN_KIND, &names, kind_of);
	add_scripts(writer, rows);
	add_langs(arrow, rows);
	add_all(arrow, COLUMN_FLAGS, rows, batch->flags, sizeof *batch->flags);
	add_all(arrow, COLUMN_CONFIDENCE, rows, batch->confidence, sizeof *batch->confidence);
	arrow->n_rows += rows->end - rows->first;
}

/* A batch of records is full behind the row that reaches one of the limits. */
static bool is_full(const struct write_arrow *arrow)
{
	return arrow->n_rows >= ROWS_MOST || arrow->is_out_of_memory ||
	       arrow->columns[COLUMN_DOC].values.len >= TEXT_MOST ||
	       arrow->columns[COLUMN_SURFACE].values.len >= TEXT_MOST ||
	       arrow->columns[COLUMN_NORM].values.len >= TEXT_MOST ||
	       arrow->columns[COLUMN_KEY].values.len >= TEXT_MOST;
}

/* Where the rows from token i on end that can be added at once: at a limit, or beside ill-formed bytes. */
static size_t rows_end(const struct writer *writer, const struct lafz_batch *batch, size_t i)
{
	const struct arrow_column *const columns = writer->arrow->columns;
	size_t doc = columns[COLUMN_DOC].values.len, surface = columns[COLUMN_SURFACE].values.len;
	size_t norm = columns[COLUMN_NORM].values.len, key = columns[COLUMN_KEY].values.len;
	size_t left = ROWS_MOST - writer->arrow->n_rows;
	bool is_last = batch->flags[i] & LAFZ_FLAG_REPAIRED;
	while (!is_last) {
		doc += writer->doc.len;
		surface += batch->end[i] - batch->start[i];
		norm += batch->norm_len[i];
		key += batch->key_len[i];
		is_last = --left == 0 || (doc | surface | norm | key) >= TEXT_MOST ||
		          i + 1 == batch->n || (batch->flags[i + 1] & LAFZ_FLAG_REPAIRED);
		i += !is_last;
	}
	return i + 1;
}

static void write_batch(struct writer *writer, const struct lafz_batch *batch)
{
	struct rows rows = {.batch = batch, .inner = write_count_inner(batch)};
	while (rows.first < batch->n && writer->arrow && !writer->sink->has_failed) {
		rows.end = rows_end(writer, batch, rows.first);
		add_rows(writer, &rows);
		if (is_full(writer->arrow))
			flush_rows(writer);
		rows.first = rows.end;
	}
}

void write_arrow_free(struct write_arrow *arrow)
{
	if (!arrow)
		return;
	for (size_t i = 0; i < N_COLUMNS; i++) {
		bytes_free(&arrow->columns[i].offsets);
		bytes_free(&arrow->columns[i].values);
	}
	free(arrow);
}

const struct format_kind write_arrow = {
	.want = LAFZ_WANT_ALL,
	.may_cut = true,
	.head = head,
	.batch = write_batch,
	.tail = tail,
};
