#include "cli/jobs_main.h"

#include <string.h>

#include "cli/fail.h"

/* The first ones are of the records that were skipped, as a failure ends the block. */
static void say_all(struct filter *filter, const struct block *block)
{
	const struct bytes *messages = &block->messages;
	uint64_t n = 0;
	for (size_t off = 0; off < messages->len; off += strlen(messages->ptr + off) + 1)
		if (n++ >= block->n_skipped || filter_names(filter))
			fail_say("%s", messages->ptr + off);
}

/* ---- What the workers have kept ---- */

/* The batches from first to end. 0, or -1: what comes is not written. */
static int write_batches(struct jobs *jobs, const struct block *block, size_t first, size_t end)
{
	struct filter *filter = jobs->filter;
	const struct format_kind *kind = block_kind(filter->args, block);
	for (size_t i = first; i < end; i++) {
		const struct kept *kept = &block->keep.rows[i];
		filter->writer.edits = kept->edits;
		filter->writer.n_edits = kept->n_edits;
		if (filter_batch(filter, kind, &kept->batch) < 0)
			return -1;
	}
	return 0;
}

static int write_one(struct jobs *jobs, const struct block *block, size_t first,
                          const struct block_document *document)
{
	struct filter *filter = jobs->filter;
	const struct format_kind *kind = filter_kind(filter->args, true);
	const char *names = block->names.ptr;
	const struct bytes fields = {.ptr = block->names.ptr + document->fields_off,
	                             .len = document->fields_len};
	filter->writer.fields = document->fields_len > 0 ? &fields : NULL;
	int rc = filter_begin(filter, kind, names + document->name_off, document->name_len, true);
	if (rc == 0) {
		rc = write_batches(jobs, block, first, document->n_kept);
		filter_end(filter, kind, rc == 0 && !document->is_cut);
	}
	filter->writer.fields = NULL;
	return rc;
}

static int write_text_kept(struct jobs *jobs, const struct block *block, const struct format_kind *kind)
{
	struct filter *filter = jobs->filter;
	const struct bytes fields = block_fields(block);
	size_t len = 0;
	const char *doc = block_document(block, &len);
	filter->writer.fields = fields.len > 0 ? &fields : NULL;
	if (block->is_first && filter_begin(filter, kind, doc, len, block->is_record) < 0)
		return -1;
	const int rc = write_batches(jobs, block, 0, block->keep.n);
	if (block->is_last || block->has_failed)
		filter_end(filter, kind, rc == 0 && !block->has_failed);
	filter->writer.fields = NULL;
	return rc;
}

static int write_kept(struct jobs *jobs, const struct block *block)
{
	struct filter *filter = jobs->filter;
	const struct format_kind *kind = block_kind(filter->args, block);
	size_t first = 0;
	for (size_t i = 0; i < block->n_documents_kept; i++) {
		if (write_one(jobs, block, first, &block->documents[i]) < 0)
			return -1;
		first = block->documents[i].n_kept;
	}
	if (block->is_records)
		return 0;
	return write_text_kept(jobs, block, kind);
}

/* A record that has had no line in any of its blocks, as write_jsonl ends it. */
static int end_late(struct jobs *jobs, const struct block *block)
{
	struct filter *filter = jobs->filter;
	const struct format_kind *kind = block_kind(filter->args, block);
	const struct bytes fields = block_fields(block);
	size_t len = 0;
	const char *doc = block_document(block, &len);
	jobs->has_line = (jobs->has_line && !block->is_first) || block->has_line;
	if (!block_is_ended_late(block, kind) || !block->is_last || jobs->has_line || block->has_failed)
		return 0;
	if (!write_document(&filter->writer, doc, len, true)) {
		filter->has_failed = true;
		return fail_say("out of memory");
	}
	filter->writer.fields = fields.len > 0 ? &fields : NULL;
	filter->writer.is_cut = false;
	kind->begin(&filter->writer);
	kind->end(&filter->writer);
	filter->writer.fields = NULL;
	return 0;
}

/* ---- Blocks ---- */

void jobs_write(struct jobs *jobs, struct block *block)
{
	struct filter *filter = jobs->filter;
	if (jobs->is_over || block->file == jobs->failed_file)
		return;
	const bool is_well = !jobs->is_kept || write_kept(jobs, block) == 0;
	if (!jobs->is_kept && !block->is_passed) {
		turn_pass(&jobs->turn, block);
		turn_end(&jobs->turn, block);
	}
	const bool is_ended = jobs->is_kept || end_late(jobs, block) == 0;
	stats_merge(&filter->stats, &block->stats);
	filter->n_skipped += block->n_skipped;
	progress_document(&filter->progress, block->n_documents);
	progress_error(&filter->progress, block->n_skipped + block->must_end);
	filter->must_end = filter->must_end || block->must_end;
	/* the sink is another thread's when a worker has written the block */
	const bool is_stuck = !block->is_passed && filter_is_stuck(filter);
	if (!block->is_record && block->encoding[0] && !is_stuck)
		filter_say_encoding(filter, block->name, block->encoding);
	if (!is_stuck)
		say_all(filter, block);
	if (!is_stuck && block->has_lost)
		fail_say("out of memory");
	if (is_well && is_ended && !block->has_failed && !is_stuck)
		return;
	jobs->failed_file = block->file;
	jobs->has_failed = true;
	jobs->is_over = is_stuck || filter->sink->is_file || filter->must_end;
}
