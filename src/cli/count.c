#include "cli/count.h"

#include "cli/fail.h"
#include "cli/progress.h"
#include "cli/put.h"
#include "cli/stop.h"
#include "cli/write.h"

void count_open(struct count *count, const struct args *args)
{
	*count = (struct count){.args = args,
	                        .counts = {.memory = args->count.memory, .order = counts_by_form}};
}

void count_free(struct count *count)
{
	counts_free(&count->counts);
	bytes_free(&count->form);
}

/* ---- Counting ---- */

static const char *form_of(const struct lafz_batch *batch, size_t i, enum view view, size_t *len)
{
	if (view == VIEW_SURFACE)
		return write_surface(batch, i, len);
	return view == VIEW_KEY ? write_key(batch, i, len) : write_norm(batch, i, len);
}

/* A token whose form is empty (ill-formed bytes that are dropped) has nothing to be counted by. */
static int add(struct count *count, const struct lafz_batch *batch, size_t i)
{
	size_t len = 0;
	const char *form = form_of(batch, i, count->args->view, &len);
	if (batch->flags[i] & LAFZ_FLAG_REPAIRED) {
		count->form.len = 0;
		if (!bytes_append_repaired(&count->form, form, len))
			return fail_say("out of memory");
		form = count->form.ptr;
		len = count->form.len;
	}
	if (len == 0)
		return 0;
	const struct spill_row row = {
		.count = 1, .form = form, .len = (uint32_t)len, .lang = batch->lang[i]};
	return counts_add(&count->counts, &row);
}

static void count_batch(struct writer *writer, const struct lafz_batch *batch)
{
	struct count *count = writer->count;
	const uint32_t kinds = count->args->count.kinds;
	for (size_t i = 0; !count->has_failed && i < batch->n; i++) {
		if (kinds >> batch->kind[i] & 1)
			count->has_failed = add(count, batch, i) < 0;
	}
}

const struct format_kind write_count = {
	.want = LAFZ_WANT_RUNS, /* and the view's own */
	.batch = count_batch,
};

/* ---- Writing ---- */

/* The rows that are written. */
struct rows {
	struct sink *sink;
	uint64_t n, most;
	bool is_json, is_done;
};

static void write_tsv_row(struct sink *sink, const char *count, const struct spill_row *row)
{
	sink_string(sink, count);
	sink_byte(sink, '\t');
	sink_string(sink, lafz_lang_tag(row->lang));
	sink_byte(sink, '\t');
	put_tsv(sink, row->form, row->len);
	sink_byte(sink, '\n');
}

static void write_json_row(struct sink *sink, const char *count, const struct spill_row *row)
{
	sink_string(sink, "{\"count\":");
	sink_string(sink, count);
	sink_string(sink, ",\"lang\":\"");
	sink_string(sink, lafz_lang_tag(row->lang));
	sink_string(sink, "\",\"form\":\"");
	put_json(sink, row->form, row->len);
	sink_string(sink, "\"}\n");
}

static int write_row(void *ctx, const struct spill_row *row)
{
	struct rows *rows = ctx;
	progress_poll(rows->sink->progress);
	char count[PUT_DECIMAL_ROOM];
	struct put_high none = {0};
	rows->is_done = rows->n == rows->most;
	if (rows->is_done || rows->sink->has_failed || stop_signal())
		return -1;
	rows->n++;
	*put_decimal(count, &none, row->count) = '\0';
	if (rows->is_json)
		write_json_row(rows->sink, count, row);
	else
		write_tsv_row(rows->sink, count, row);
	return 0;
}

/* Rows with their sums, in the order of forms, on their way to the order of counts. */
static int add_row(void *ctx, const struct spill_row *row)
{
	return stop_signal() ? -1 : counts_add(ctx, row);
}

/*
 * Without anything on disk the table is sorted by count. Otherwise what the first merge sums goes
 * through a second one; both have a part of the memory, that of the table being free again.
 */
int count_take(struct counts *counts, spill_take *take, void *ctx)
{
	struct counts sums = {.memory = counts->memory / 2, .order = counts_by_count};
	if (counts->spill.n == 0) {
		counts->order = counts_by_count;
		return counts_take(counts, take, ctx);
	}
	counts->memory /= 4;
	int rc = counts_take(counts, add_row, &sums);
	if (rc == 0)
		rc = counts_take(&sums, take, ctx);
	counts_free(&sums);
	return rc;
}

int count_write(struct count *count, struct sink *sink)
{
	struct rows rows = {.sink = sink,
	                    .most = count->args->count.top,
	                    .is_json = count->args->format == FORMAT_JSONL};
	if (count->has_failed)
		return -1;
	if (!rows.is_json)
		sink_string(sink, "#count\tlang\tform\n");
	const int rc = count_take(&count->counts, write_row, &rows);
	return rows.is_done || rc == 0 ? 0 : -1;
}
