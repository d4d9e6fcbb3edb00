/*
 * -f arrow: an IPC stream of record batches, a row a token. Rows are collected over documents until
 * there are enough of them for a batch.
 */
#include "cli/write.h"

#include <stdlib.h>

#include "cli/arrow.h"
#include "cli/arrow_kept.h"
#include "cli/fail.h"

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
	struct write_arrow *const arrow = writer->arrow;
	if (arrow->n_rows == 0)
		return;
	if (!arrow_write(writer, fields))
		fail(writer);
	arrow_clear(arrow);
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
	arrow_clear(writer->arrow);
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

/* ---- Rows ---- */

/* A batch of records is full behind the row that reaches one of the limits. */
static bool is_full(const struct write_arrow *arrow)
{
	return arrow->n_rows >= ARROW_ROWS_MOST || arrow->is_out_of_memory || arrow->doc.values.len >= ARROW_TEXT_MOST ||
	       arrow->surface.values.len >= ARROW_TEXT_MOST || arrow_norm_len(arrow) >= ARROW_TEXT_MOST ||
	       arrow->key.values.len >= ARROW_TEXT_MOST;
}

/* How many rows from token i on can be added at once, asked one by one: up to a limit, or beside ill-formed bytes. */
static size_t count_one_by_one(const struct writer *writer, const struct lafz_batch *batch, size_t i)
{
	const struct write_arrow *const arrow = writer->arrow;
	size_t doc = arrow->doc.values.len, surface = arrow->surface.values.len;
	size_t norm = arrow_norm_len(arrow), key = arrow->key.values.len;
	size_t left = ARROW_ROWS_MOST - arrow->n_rows, n = 1;
	bool is_last = batch->flags[i] & LAFZ_FLAG_REPAIRED;
	while (!is_last) {
		doc += writer->doc.len;
		surface += batch->end[i] - batch->start[i];
		norm += batch->norm_len[i];
		key += batch->key_len[i];
		is_last = --left == 0 || (doc | surface | norm | key) >= ARROW_TEXT_MOST ||
		          i + 1 == batch->n || (batch->flags[i + 1] & LAFZ_FLAG_REPAIRED);
		n += !is_last;
		i += !is_last;
	}
	return n;
}

/* Whether a record batch has room for n rows without reaching another limit than that of their number. */
static bool have_room(const struct writer *writer, const struct arrow_sums *sums, size_t n)
{
	const struct write_arrow *const arrow = writer->arrow;
	return writer->doc.len < ARROW_TEXT_MOST && arrow->doc.values.len + n * writer->doc.len < ARROW_TEXT_MOST &&
	       arrow->surface.values.len + sums->surface < ARROW_TEXT_MOST &&
	       arrow_norm_len(arrow) + sums->norm < ARROW_TEXT_MOST &&
	       arrow->key.values.len + sums->key < ARROW_TEXT_MOST;
}

/* What n rows hold at most: their texts lie one behind the other, and nothing is in two of them. */
static struct arrow_sums bound(const struct lafz_batch *batch, size_t i, size_t n)
{
	const size_t last = i + n - 1;
	return (struct arrow_sums){
		.surface = batch->end[last] - batch->start[i],
		.norm = batch->norm_off[last] + batch->norm_len[last] - batch->norm_off[i],
		.key = batch->key_off[last] + batch->key_len[last] - batch->key_off[i],
	};
}

/*
 * The same; mostly these are all that are left in the batch or in the record batch, as a look at the first and the last one tells, but
 * where masks stand for tokens: they are not in their order. What they hold at most goes to sums.
 */
static size_t count_rows(const struct writer *writer, const struct lafz_batch *batch, size_t i, bool has_repaired,
                         struct arrow_sums *sums)
{
	const struct arrow_loops *const loops = arrow_loops_of(writer);
	const size_t left = ARROW_ROWS_MOST - writer->arrow->n_rows;
	size_t n = batch->n - i < left ? batch->n - i : left;
	if (!has_repaired && !writer->args->selection.has_masks) {
		*sums = bound(batch, i, n);
		if (have_room(writer, sums, n))
			return n;
	}
	if (!has_repaired) {
		*sums = loops->sum(batch, i, n);
		if (have_room(writer, sums, n))
			return n;
	}
	n = count_one_by_one(writer, batch, i);
	*sums = loops->sum(batch, i, n);
	return n;
}

static void write_batch(struct writer *writer, const struct lafz_batch *batch)
{
	const size_t n_inner = write_count_inner(batch);
	const bool has_repaired = arrow_loops_of(writer)->flags(batch->flags, batch->n) & LAFZ_FLAG_REPAIRED;
	struct arrow_rows rows = {.batch = batch};
	for (; rows.first < batch->n && writer->arrow && !writer->sink->has_failed; rows.first += rows.n) {
		struct arrow_sums sums;
		rows.n = count_rows(writer, batch, rows.first, has_repaired, &sums);
		rows.n_inner = n_inner > rows.first ? n_inner - rows.first : 0;
		arrow_keep(writer, &rows, &sums);
		if (is_full(writer->arrow))
			flush_rows(writer);
	}
}

const struct format_kind write_arrow = {
	.want = LAFZ_WANT_ALL,
	.may_cut = true,
	.head = head,
	.batch = write_batch,
	.tail = tail,
};
