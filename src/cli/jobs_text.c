#include "cli/jobs_main.h"

#include <stdio.h>
#include <string.h>

#include "cli/fail.h"
#include "cli/jobs.h"
#include "cli/jobs_cut.h"
#include "cli/stop.h"

static size_t unit_of(const struct jobs *jobs)
{
	return jobs->form.unit > 0 ? jobs->form.unit : 1;
}

/*
 * Bytes of the next block. Of two workers one writes while the other makes tokens, so a block may be long without much output that
 * waits for its turn; of more workers more of them write at once. The first blocks are short, so that all workers soon have one.
 * Characters of more than one byte make longer blocks: of what is read again there is more too.
 */
static size_t length_of(const struct jobs *jobs)
{
	const struct format_kind *const kind = filter_kind(jobs->filter->args, jobs->is_record);
	const uint64_t so_far = (jobs->text_start + jobs->n_history) / (TEXT_GROWS * unit_of(jobs));
	size_t most = kind->n_blocks > 0 ? kind->n_blocks : 1;
	if (jobs->is_direct && jobs->n_workers == 2 && most < TEXT_OF_TWO)
		most = TEXT_OF_TWO;
	return TEXT_LEN * unit_of(jobs) * (so_far < 1 ? 1 : so_far < most ? (size_t)so_far : most);
}

/*
 * The text so far, and what it is followed by up to behind, go to the block. What is behind, and as much before it as may have to be
 * read again, stays: in the memory that the block had. What stays begins with a whole unit. False: no memory.
 */
static bool hand_over(struct jobs *jobs, struct block *block, size_t behind)
{
	const size_t before = (jobs->filter->args->options.unwrap ? CUT_HISTORY : 0) + CUT_BEFORE + CUT_MORE;
	const size_t most = before * unit_of(jobs);
	const size_t from = behind > most ? (behind - most) / unit_of(jobs) * unit_of(jobs) : 0;
	if (!bytes_append(&block->text, jobs->text.ptr + from, jobs->text.len - from))
		return false;
	const struct bytes text = jobs->text;
	jobs->text = block->text;
	jobs->n_history = behind - from;
	jobs->text_start += from;
	block->text = text;
	block->text.len = behind;
	return true;
}

/* Of a record, whose text it is. False: no memory. */
static bool set_record(const struct jobs *jobs, struct block *block)
{
	block->is_record = jobs->is_record;
	block->record = jobs->record;
	return !jobs->is_record || jobs_add_names(block, &block->record, jobs->doc, jobs->doc_fields);
}

/* The next block, but for its text. NULL: there was no memory. */
static struct block *begin_block(struct jobs *jobs, bool is_open, bool is_last)
{
	size_t from = jobs->n_history;
	const bool is_inside = !jobs->is_first && !jobs->is_open;
	jobs_submit_records(jobs);
	if (is_inside)
		(void)cut_before(&jobs->form, jobs->text.ptr, from, jobs->text_start == 0,
		                 jobs->filter->args->options.unwrap, &from);
	struct block *block = jobs_new_block(jobs);
	if (!block || !set_record(jobs, block))
		return NULL;
	block->form = jobs->form;
	block->from = from;
	block->n_before = jobs->n_history - from;
	block->start = jobs->text_start + jobs->n_history;
	block->is_first = jobs->is_first;
	block->goes_on = jobs->is_open;
	block->is_open = is_open;
	block->is_last = is_last;
	block->is_stopped = is_last && stop_signal();
	jobs->is_first = false;
	jobs->is_open = is_open;
	return block;
}

/*
 * A block with the next len bytes, which ends at a cut, with the document, or open. It is not
 * submitted yet. NULL: there was no memory, and that was told.
 */
static struct block *make_block(struct jobs *jobs, size_t len, bool is_open, bool is_last)
{
	struct block *block = begin_block(jobs, is_open, is_last);
	/* nothing is added to NULL, though the document be empty */
	if (!block || !bytes_reserve(&jobs->text, 1) || !bytes_reserve(&block->text, 1) ||
	    !hand_over(jobs, block, jobs->n_history + len)) {
		(void)jobs_out_of_memory(jobs);
		return NULL;
	}
	return block;
}

static int add_text(struct jobs *jobs, size_t len, bool is_open, bool is_last)
{
	if (!make_block(jobs, len, is_open, is_last))
		return -1;
	jobs_submit(jobs);
	return 0;
}

/* Where the last cut in the next len bytes is, 0 if there is none. */
static size_t find_cut(const struct jobs *jobs, size_t len)
{
	const struct form *form = &jobs->form;
	const bool unwrap = jobs->filter->args->options.unwrap;
	if (form->unit == 0)
		return 0;
	/* blocks that are open end anywhere */
	const size_t skip = (form->unit - jobs->n_history % form->unit) % form->unit;
	const size_t from = jobs->n_history + skip;
	const size_t n = skip < len ? cut_find(form, jobs->text.ptr + from, len - skip, unwrap) : 0;
	size_t before = 0;
	if (n == 0 ||
	    !cut_before(form, jobs->text.ptr, from + n, jobs->text_start == 0, unwrap, &before))
		return 0;
	return skip + n;
}

/* As many of the next len bytes as end at a cut; all of them, open, if there is none. */
static int cut_text(struct jobs *jobs, size_t len)
{
	const size_t cut = find_cut(jobs, len);
	return cut > 0 ? add_text(jobs, cut, false, false) : add_text(jobs, len, true, false);
}

/* ---- The form ---- */

/* Asks the library, with the stream that is nobody's while workers work. NULL: it cannot know yet. */
static const char *guess(struct jobs *jobs)
{
	struct lafz_stream *stream = jobs->filter->stream;
	const struct lafz_batch *batch = NULL;
	lafz_reset(stream);
	if (lafz_feed(stream, jobs->text.ptr, jobs->text.len) < 0 ||
	    lafz_next_batch(stream, &batch) < 0)
		return NULL;
	return lafz_encoding(stream);
}

/* Before the first block. What a document is in that has not come far enough will never be known here. */
static void look(struct jobs *jobs)
{
	const char *encoding = jobs->filter->args->options.encoding;
	if (jobs->has_looked)
		return;
	jobs->has_looked = true;
	const bool is_guessed = encoding && strcmp(encoding, "auto") == 0;
	if (is_guessed)
		encoding = guess(jobs);
	if (!encoding && is_guessed)
		return;
	form_find(&jobs->form, encoding, jobs->text.ptr, jobs->text.len);
	if (is_guessed && jobs->form.unit > 0)
		(void)snprintf(jobs->form.name, sizeof jobs->form.name, "%s", encoding);
	lafz_reset(jobs->filter->stream); /* what it was fed will move */
}

/* ---- A document ---- */

static size_t rest_of(const struct jobs *jobs)
{
	return jobs->text.len - jobs->n_history;
}

static void begin(struct jobs *jobs)
{
	jobs->text.len = jobs->n_history = 0;
	jobs->text_start = 0;
	jobs->is_first = jobs->is_inside = true;
	jobs->is_open = jobs->has_looked = false;
	jobs->form = (struct form){0};
}

void jobs_text_begin(struct jobs *jobs)
{
	begin(jobs);
	jobs->is_record = false;
}

void jobs_text_begin_record(struct jobs *jobs, struct block_record record, const struct bytes *doc,
                            const struct bytes *fields)
{
	begin(jobs);
	jobs->is_record = true;
	jobs->record = record;
	jobs->doc = doc;
	jobs->doc_fields = fields;
}

/* Makes blocks of what is enough for them. */
static int cut_blocks(struct jobs *jobs)
{
	if (rest_of(jobs) >= TEXT_LEN)
		look(jobs);
	for (size_t length; rest_of(jobs) >= (length = length_of(jobs));) {
		if (cut_text(jobs, length) < 0)
			return -1;
	}
	return 0;
}

int jobs_text_add(struct jobs *jobs, const char *text, size_t len)
{
	while (len > 0) {
		const size_t n = len < TEXT_LEN ? len : TEXT_LEN;
		if (!bytes_append(&jobs->text, text, n))
			return jobs_out_of_memory(jobs);
		text += n;
		len -= n;
		if (cut_blocks(jobs) < 0)
			return -1;
	}
	return 0;
}

int jobs_text_flush(struct jobs *jobs)
{
	if (rest_of(jobs) == 0)
		return 0;
	look(jobs);
	return cut_text(jobs, rest_of(jobs));
}

/* If that ends the work, so does the document. */
int jobs_text_broken(struct jobs *jobs, struct block_record record, const char *error)
{
	const bool is_last = jobs->filter->args->fail_on_record;
	struct block *block = make_block(jobs, rest_of(jobs), !is_last, is_last);
	jobs->is_inside = !is_last;
	if (!block || jobs_add_broken_to(jobs, block, record, error) < 0)
		return -1;
	jobs_submit(jobs);
	return 0;
}

int jobs_text_end(struct jobs *jobs)
{
	jobs->is_inside = false;
	return add_text(jobs, rest_of(jobs), false, true);
}

/* ---- A file ---- */

/* A block that its worker reads. */
static int add_unread(struct jobs *jobs, struct source *source)
{
	struct block *block = stop_signal() ? NULL : begin_block(jobs, false, false);
	if (!block)
		return stop_signal() ? -1 : jobs_out_of_memory(jobs);
	if (jobs_ahead_take(jobs, source, block) < 0)
		return -1;
	jobs_submit(jobs);
	return 0;
}

/* What is not compressed is read to where blocks are made of it. As source_read, but no memory is told of and ends the work. */
static int read_some(struct jobs *jobs, struct source *source)
{
	char *chunk = NULL;
	size_t len = 0;
	if (!source_is_direct(source)) {
		const int rc = source_read(source, &chunk, &len);
		return rc <= 0 ? rc : jobs_text_add(jobs, chunk, len) < 0 ? -1 : 1;
	}
	const size_t length = length_of(jobs), wanted = length - rest_of(jobs);
	if (jobs_ahead_find(jobs, source, length))
		return add_unread(jobs, source) < 0 ? -1 : 1;
	const size_t n = wanted < source->cap ? wanted : source->cap;
	if (!bytes_reserve(&jobs->text, n))
		return jobs_out_of_memory(jobs);
	const int rc = source_read_to(source, jobs->text.ptr + jobs->text.len, n, &len);
	jobs->text.len += len;
	return rc <= 0 ? rc : cut_blocks(jobs) < 0 ? -1 : 1;
}

static int read_chunks(struct jobs *jobs, struct source *source)
{
	for (;;) {
		if (jobs_must_wait(source)) {
			if (jobs_text_flush(jobs) < 0)
				return -1;
			(void)jobs_write_meanwhile(jobs, source);
		}
		const int rc = jobs_is_wanted(jobs) ? read_some(jobs, source) : 0;
		if (rc <= 0)
			return rc;
	}
}

/* Someone else may have read what was there. The text so far stays: what is read goes behind it. */
static bool on_wait(void *ctx, const struct source *source)
{
	return jobs_write_meanwhile(ctx, source);
}

int jobs_read_text(struct jobs *jobs, struct source *source)
{
	source->on_wait = on_wait;
	source->on_wait_ctx = jobs;
	jobs_text_begin(jobs);
	const int rc = read_chunks(jobs, source);
	/* After a read error too: what was read before is written. */
	if (jobs_text_end(jobs) < 0)
		return -1;
	if (rc == 0 && source->error[0]) {
		jobs_settle(jobs);
		return filter_check_end(source);
	}
	return rc;
}
