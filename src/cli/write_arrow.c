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

static void add_u32(struct write_arrow *arrow, size_t column, uint64_t number)
{
	const uint32_t value = (uint32_t)number;
	add(arrow, &arrow->columns[column].values, &value, sizeof value);
}

static void add_u64(struct write_arrow *arrow, size_t column, uint64_t number)
{
	add(arrow, &arrow->columns[column].values, &number, sizeof number);
}

static void add_text(struct write_arrow *arrow, size_t column, const char *text, size_t len)
{
	add(arrow, &arrow->columns[column].values, text, len);
	add_end(arrow, &arrow->columns[column]);
}

static void add_name(struct write_arrow *arrow, size_t column, const char *name)
{
	add_text(arrow, column, name, strlen(name));
}

/* A value of a token, which holds ill-formed bytes only if the flags say so. */
static void add_value(struct write_arrow *arrow, size_t column, const char *text, size_t len,
                      uint16_t flags)
{
	if (!(flags & LAFZ_FLAG_REPAIRED)) {
		add_text(arrow, column, text, len);
		return;
	}
	struct bytes *values = &arrow->columns[column].values;
	for (size_t at = 0, n = 0; at < len; at += n) {
		n = repair_good(text + at, len - at);
		add(arrow, values, text + at, n);
		if (n > 0)
			continue;
		(void)repair_look(text + at, len - at, &n);
		add(arrow, values, REPAIR_MARK, REPAIR_MARK_LEN);
	}
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

static void add_row(struct writer *writer, const struct lafz_batch *batch, size_t i)
{
	struct write_arrow *arrow = writer->arrow;
	const uint16_t flags = batch->flags[i];
	const char *lang = lafz_lang_tag(batch->lang[i]);
	size_t len = 0;
	add_text(arrow, COLUMN_DOC, writer->doc.ptr, writer->doc.len);
	add_u32(arrow, COLUMN_PAR, batch->par_base + batch->par[i]);
	add_u32(arrow, COLUMN_SENT, batch->sent_base + batch->sent[i]);
	add_u32(arrow, COLUMN_RUN, batch->run_base + batch->run[i]);
	add_u64(arrow, COLUMN_START, write_offset(batch, batch->start[i]));
	add_u64(arrow, COLUMN_END, write_offset(batch, batch->end[i]));
	add_u64(arrow, COLUMN_CSTART, batch->cbase + batch->cstart[i]);
	add_u64(arrow, COLUMN_CEND, batch->cbase + batch->cend[i]);
	const char *text = write_surface(batch, i, &len);
	add_value(arrow, COLUMN_SURFACE, text, len, flags);
	text = write_norm(batch, i, &len);
	add_value(arrow, COLUMN_NORM, text, len, flags);
	text = write_key(batch, i, &len);
	add_value(arrow, COLUMN_KEY, text, len, flags);
	add_name(arrow, COLUMN_KIND, lafz_kind_name(batch->kind[i]));
	add_name(arrow, COLUMN_SCRIPT, lafz_script_tag(batch->script[i]));
	add_name(arrow, COLUMN_LANG, lang ? lang : "und");
	add(arrow, &arrow->columns[COLUMN_FLAGS].values, &flags, sizeof flags);
	add(arrow, &arrow->columns[COLUMN_CONFIDENCE].values, &batch->confidence[i],
	    sizeof batch->confidence[i]);
	arrow->n_rows++;
}

static bool is_full(const struct write_arrow *arrow)
{
	return arrow->n_rows >= ROWS_MOST || arrow->is_out_of_memory ||
	       arrow->columns[COLUMN_DOC].values.len >= TEXT_MOST ||
	       arrow->columns[COLUMN_SURFACE].values.len >= TEXT_MOST ||
	       arrow->columns[COLUMN_NORM].values.len >= TEXT_MOST ||
	       arrow->columns[COLUMN_KEY].values.len >= TEXT_MOST;
}

static void write_batch(struct writer *writer, const struct lafz_batch *batch)
{
	for (size_t i = 0; i < batch->n && writer->arrow && !writer->sink->has_failed; i++) {
		add_row(writer, batch, i);
		if (is_full(writer->arrow))
			flush_rows(writer);
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
