/*
 * Records for the workers: lines of jsonl are parsed by them, those of a WARC file are found here. A
 * record that is very long is parsed here and cut as a text is: many of those at a time would take
 * too much memory.
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

void jobs_submit_records(struct jobs *jobs)
{
	if (!jobs->filling)
		return;
	jobs->filling = NULL;
	jobs_submit(jobs);
}

/* Before a read that would block: what was read is written. */
static bool on_wait(void *ctx, const struct source *source)
{
	struct jobs *jobs = ctx;
	jobs_submit_records(jobs);
	return (!jobs->is_inside || jobs_text_flush(jobs) == 0) && jobs_write_meanwhile(jobs, source);
}

static struct block *block_to_fill(struct jobs *jobs)
{
	if (jobs->filling && jobs->filling->text.len >= RECORDS_LEN)
		jobs_submit_records(jobs);
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

bool jobs_add_names(struct block *block, struct block_record *record, const struct bytes *doc,
                    const struct bytes *fields)
{
	/* nothing is added to NULL, though all of the record be empty */
	return bytes_reserve(&block->names, 1) &&
	       append(&block->names, doc, &record->name_off, &record->name_len) &&
	       append(&block->names, fields, &record->fields_off, &record->fields_len);
}

static int add_to(struct jobs *jobs, struct block *block, struct block_record record,
                  const struct bytes *doc, const struct bytes *fields)
{
	struct block_record *records =
		grow_one(block->records, block->n_records, &block->cap_records, sizeof *records);
	if (!records)
		return jobs_out_of_memory(jobs);
	block->records = records;
	if (!bytes_reserve(&block->text, 1) || !jobs_add_names(block, &record, doc, fields))
		return jobs_out_of_memory(jobs);
	records[block->n_records++] = record;
	return 0;
}

int jobs_add(struct jobs *jobs, struct block_record record, const char *text, size_t len,
             const struct bytes *doc, const struct bytes *fields)
{
	struct block *block = block_to_fill(jobs);
	if (!block)
		return jobs_out_of_memory(jobs);
	record.off = block->text.len;
	record.len = len;
	if (!bytes_append(&block->text, text, len))
		return jobs_out_of_memory(jobs);
	return add_to(jobs, block, record, doc, fields);
}

int jobs_add_broken_to(struct jobs *jobs, struct block *block, struct block_record record,
                       const char *error)
{
	char why[WARC_ERROR_CAP]; /* none is longer */
	const int n = snprintf(why, sizeof why, "%s", error);
	const struct bytes name = {.ptr = why,
	                           .len = (size_t)n < sizeof why ? (size_t)n + 1 : sizeof why};
	record.part = BLOCK_BROKEN;
	return add_to(jobs, block, record, &name, NULL);
}

int jobs_add_broken(struct jobs *jobs, struct block_record record, const char *error)
{
	struct block *block = block_to_fill(jobs);
	return block ? jobs_add_broken_to(jobs, block, record, error) : jobs_out_of_memory(jobs);
}

/* All that was read is written, so that the filter itself can go on. False: it must not. */
static bool settle(struct jobs *jobs)
{
	jobs_submit_records(jobs);
	jobs_settle(jobs);
	return jobs_is_wanted(jobs);
}

/* A record as a text by itself. */
static int add_long(struct jobs *jobs, struct block_record record, const struct bytes *text,
                    const struct bytes *doc, const struct bytes *fields)
{
	jobs_text_begin_record(jobs, record, doc, fields);
	return jobs_text_add(jobs, text->ptr, text->len) < 0 ? -1 : jobs_text_end(jobs);
}

/* Those of a long record stand in each of its blocks. */
static bool are_long(const struct bytes *fields)
{
	return fields && fields->len > RECORD_MOST;
}

void jobs_records_begin(struct jobs *jobs, struct source *source)
{
	jobs->filling = NULL;
	jobs->is_inside = false;
	source->on_wait = on_wait;
	source->on_wait_ctx = jobs;
}

/* ---- jsonl ---- */

static int add_long_line(struct jobs *jobs, struct jsonl *jsonl, struct block_record record,
                         char *line, size_t len)
{
	const struct bytes *fields = jsonl->keeps_fields ? &jsonl->fields : NULL;
	const enum jsonl_answer answer = jsonl_read(jsonl, line, len);
	if (answer == JSONL_BROKEN)
		return jobs_add_broken(jobs, record, jsonl->error);
	if (answer != JSONL_RECORD)
		return -1;
	if (are_long(fields))
		return settle(jobs) ? filter_record(jobs->filter, jsonl) : -1;
	record.part = BLOCK_TEXT;
	return add_long(jobs, record, &jsonl->text, &jsonl->id, fields);
}

static int add_line(struct jobs *jobs, struct jsonl *jsonl, char *line, size_t len)
{
	const struct lines *lines = &jsonl->lines;
	const size_t skip = lines_mark(lines, line, len);
	line += skip;
	len -= skip;
	if (json_is_blank(line, len))
		return 0;
	const struct block_record record = {.part = BLOCK_LINE,
	                                    .counted = "record",
	                                    .number = lines->number,
	                                    .start = lines->start};
	return len > RECORD_MOST ? add_long_line(jobs, jsonl, record, line, len)
	                         : jobs_add(jobs, record, line, len, NULL, NULL);
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
	jobs_records_begin(jobs, source);
	while (rc == 0 && jobs_is_wanted(jobs) &&
	       (answer = lines_next(lines, &line, &len)) > LINES_END) {
		const struct block_record record = {
			.counted = "record", .number = lines->number, .start = lines->start};
		if (answer == LINES_WHOLE)
			rc = add_line(jobs, &jsonl, line, len);
		else
			rc = jobs_add_broken(jobs, record,
			                     answer == LINES_CUT ? source->error
			                                         : "longer than --max-record");
	}
	/* What was read before a failure is written. */
	if (!jobs->is_out_of_memory)
		jobs_submit_records(jobs);
	jsonl_free(&jsonl);
	return answer == LINES_FAILED ? -1 : rc;
}

/* ---- WARC ---- */

static int add_warc(struct jobs *jobs, const struct warc *warc)
{
	const struct bytes *fields = jobs->filter->args->keeps_fields ? &jobs->fields : NULL;
	if (fields && !filter_warc_fields(&jobs->fields, warc))
		return jobs_out_of_memory(jobs);
	char number[32];
	struct bytes name = {.ptr = number};
	name.len = (size_t)snprintf(number, sizeof number, "%" PRIu64, warc->number);
	const struct bytes *doc = warc->id.len > 0 ? &warc->id : &name;
	const struct block_record record = {
		.part = BLOCK_TEXT, .counted = "record", .number = warc->number, .start = warc->start};
	if (warc->text.len <= RECORD_MOST)
		return jobs_add(jobs, record, warc->text.ptr, warc->text.len, doc, fields);
	if (are_long(fields))
		return settle(jobs) ? filter_warc(jobs->filter, warc, fields) : -1;
	return add_long(jobs, record, &warc->text, doc, fields);
}

int jobs_read_warc(struct jobs *jobs, struct source *source)
{
	struct warc warc = {.lines = {.source = source, .max = jobs->filter->args->max_record}};
	enum warc_answer answer = WARC_END;
	uint64_t n_others = 0;
	int rc = 0;
	jobs_records_begin(jobs, source);
	while (rc == 0 && jobs_is_wanted(jobs) && (answer = warc_next(&warc)) > WARC_END) {
		const struct block_record record = {
			.counted = "record", .number = warc.number, .start = warc.start};
		if (answer == WARC_RECORD)
			rc = add_warc(jobs, &warc);
		else if (answer == WARC_BROKEN)
			rc = jobs_add_broken(jobs, record, warc.error);
		else
			n_others += !warc_is_info(&warc);
	}
	/* What was read before a failure is written. */
	if (!jobs->is_out_of_memory)
		jobs_submit_records(jobs);
	warc_free(&warc);
	if (n_others > 0 && rc == 0 && !stop_signal()) {
		jobs_settle(jobs);
		/* How many there were before a failure was not counted. */
		if (jobs_is_wanted(jobs))
			filter_say_others(source->name, n_others);
	}
	return answer == WARC_FAILED ? -1 : rc;
}
