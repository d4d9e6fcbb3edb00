/*
 * Records for the workers: lines of jsonl are parsed by them, those of a WARC file are found here. A
 * record that is very long is worked on here, when all before it is written: many of those at a time
 * would take too much memory.
 */
#include "cli/jobs_main.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/fail.h"
#include "cli/grow.h"
#include "cli/jobs.h"
#include "cli/json.h"
#include "cli/stop.h"
#include "cli/warc.h"

/* ---- Blocks ---- */

static void submit(struct jobs *jobs)
{
	if (!jobs->filling)
		return;
	jobs->filling = NULL;
	jobs_submit(jobs);
}

/* Before a read that would block: what was read is written. */
static void on_wait(void *ctx, const struct source *source)
{
	struct jobs *jobs = ctx;
	submit(jobs);
	jobs_write_meanwhile(jobs, source);
}

static struct block *block_to_fill(struct jobs *jobs)
{
	if (jobs->filling && jobs->filling->text.len >= RECORDS_LEN)
		submit(jobs);
	if (jobs->filling)
		return jobs->filling;
	jobs->filling = jobs_new_block(jobs);
	if (jobs->filling)
		jobs->filling->is_records = true;
	return jobs->filling;
}

static bool append(struct bytes *to, const struct bytes *from, size_t *off, size_t *len)
{
	*off = to->len;
	*len = from ? from->len : 0;
	return !from || bytes_append(to, from->ptr, from->len);
}

/* Adds a record; all of its places are set here. name and fields may be NULL. 0 or -1. */
static int add(struct jobs *jobs, struct block_record record, const char *text, size_t len,
               const struct bytes *name, const struct bytes *fields)
{
	struct block *block = block_to_fill(jobs);
	if (!block)
		return jobs_out_of_memory(jobs);
	struct block_record *records =
		grow_one(block->records, block->n_records, &block->cap_records, sizeof *records);
	if (!records)
		return jobs_out_of_memory(jobs);
	block->records = records;
	record.off = block->text.len;
	record.len = len;
	/* nothing is added to NULL, though all of the record be empty */
	if (!bytes_reserve(&block->text, 1) || !bytes_reserve(&block->names, 1) ||
	    !bytes_append(&block->text, text, len) ||
	    !append(&block->names, name, &record.name_off, &record.name_len) ||
	    !append(&block->names, fields, &record.fields_off, &record.fields_len))
		return jobs_out_of_memory(jobs);
	records[block->n_records++] = record;
	return 0;
}

static int add_broken(struct jobs *jobs, uint64_t number, uint64_t start, const char *error)
{
	const struct block_record record = {.part = BLOCK_BROKEN, .number = number, .start = start};
	return add(jobs, record, error, strlen(error) + 1, NULL, NULL);
}

/* All that was read is written, so that the filter itself can go on. False: it must not. */
static bool settle(struct jobs *jobs)
{
	submit(jobs);
	jobs_settle(jobs);
	return jobs_is_wanted(jobs);
}

static void begin(struct jobs *jobs, struct source *source)
{
	jobs->filling = NULL;
	source->on_wait = on_wait;
	source->on_wait_ctx = jobs;
}

/* ---- jsonl ---- */

static int add_line(struct jobs *jobs, struct jsonl *jsonl, char *line, size_t len)
{
	const struct lines *lines = &jsonl->lines;
	const size_t skip = lines_mark(lines, line, len);
	line += skip;
	len -= skip;
	if (json_is_blank(line, len))
		return 0;
	if (len > RECORD_MOST)
		return settle(jobs) ? filter_line(jobs->filter, jsonl, line, len) : -1;
	const struct block_record record = {
		.part = BLOCK_LINE, .number = lines->number, .start = lines->start};
	return add(jobs, record, line, len, NULL, NULL);
}

int jobs_read_jsonl(struct jobs *jobs, struct source *source)
{
	const struct args *args = jobs->filter->args;
	struct jsonl jsonl = {.lines = {.source = source, .max = args->max_record},
	                      .field = args->field,
	                      .id_field = args->id_field,
	                      .keeps_fields = args->keeps_fields};
	struct lines *lines = &jsonl.lines;
	enum lines_answer answer = LINES_END;
	char *line = NULL;
	size_t len = 0;
	int rc = 0;
	begin(jobs, source);
	while (rc == 0 && jobs_is_wanted(jobs) &&
	       (answer = lines_next(lines, &line, &len)) > LINES_END) {
		if (answer == LINES_WHOLE)
			rc = add_line(jobs, &jsonl, line, len);
		else
			rc = add_broken(jobs, lines->number, lines->start,
			                answer == LINES_CUT ? source->error : "longer than --max-record");
	}
	/* What was read before a failure is written. */
	if (!jobs->is_out_of_memory)
		submit(jobs);
	jsonl_free(&jsonl);
	return answer == LINES_FAILED ? -1 : rc;
}

/* ---- WARC ---- */

static int add_warc(struct jobs *jobs, const struct warc *warc)
{
	const bool keeps_fields = jobs->filter->args->keeps_fields;
	if (keeps_fields && !filter_warc_fields(&jobs->fields, warc))
		return jobs_out_of_memory(jobs);
	if (warc->text.len > RECORD_MOST)
		return settle(jobs) ? filter_warc(jobs->filter, warc,
		                                  keeps_fields ? &jobs->fields : NULL)
		                    : -1;
	char number[32];
	struct bytes name = {.ptr = number};
	name.len = (size_t)snprintf(number, sizeof number, "%" PRIu64, warc->number);
	const struct block_record record = {
		.part = BLOCK_TEXT, .number = warc->number, .start = warc->start};
	return add(jobs, record, warc->text.ptr, warc->text.len, warc->id.len > 0 ? &warc->id : &name,
	           keeps_fields ? &jobs->fields : NULL);
}

int jobs_read_warc(struct jobs *jobs, struct source *source)
{
	struct warc warc = {.lines = {.source = source, .max = jobs->filter->args->max_record}};
	enum warc_answer answer = WARC_END;
	uint64_t n_others = 0;
	int rc = 0;
	begin(jobs, source);
	while (rc == 0 && jobs_is_wanted(jobs) && (answer = warc_next(&warc)) > WARC_END) {
		if (answer == WARC_RECORD)
			rc = add_warc(jobs, &warc);
		else if (answer == WARC_BROKEN)
			rc = add_broken(jobs, warc.number, warc.start, warc.error);
		else
			n_others += !warc_is_info(&warc);
	}
	/* What was read before a failure is written. */
	if (!jobs->is_out_of_memory)
		submit(jobs);
	warc_free(&warc);
	if (n_others > 0 && rc == 0 && !stop_signal()) {
		jobs_settle(jobs);
		/* How many there were before a failure was not counted. */
		if (jobs_is_wanted(jobs))
			filter_say_others(source->name, n_others);
	}
	return answer == WARC_FAILED ? -1 : rc;
}
