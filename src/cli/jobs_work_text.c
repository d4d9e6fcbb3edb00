/*
 * Blocks of a text. A worker makes all tokens of a block first and keeps them; then the numbers of the
 * next block are known, and only then are the tokens written: so workers wait for each other's
 * counting, not for their writing. What needs no numbers is written at once. What the main thread
 * must write stays kept.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/jobs_cut.h"
#include "cli/jobs_ring.h"
#include "cli/jobs_worker.h"
#include "cli/source.h"

#define READ_LEAST ((size_t)512 << 10) /* memory for what is read: enough for most blocks, so that it does not grow with them */

/* Whether a format has no number in it that counts from the document's start. */
static bool is_direct(const struct format_kind *kind)
{
	return kind == &write_stats || kind == &write_normal_text || kind == &write_normal_jsonl;
}

/* At a cut. What stands between the last token and a cut is ASCII, in units of a form. */
static struct block_numbers numbers_now(const struct worker *worker, const struct form *form)
{
	struct block_numbers now = worker->last;
	now.chars += (worker->n_fed - worker->last_end) / (form->unit > 0 ? form->unit : 1);
	return now;
}

static int feed(struct worker *worker, struct block *block, const char *text, size_t len,
                take_function *take)
{
	worker->n_fed += len;
	if (lafz_feed(worker->stream, text, len) < 0)
		return -1;
	return worker_drain(worker, block, take);
}

/* White space behind the first line end before a cut goes to the token behind it. */
static bool set_before(struct worker *worker, const struct block *block)
{
	const struct form *form = &block->form;
	const char *text = block->text.ptr + block->from;
	const size_t end = block->n_before, unit = form->unit;
	size_t at = end;
	while (at >= unit && form_unit(form, text, at - unit) <= ' ')
		at -= unit;
	while (at < end && form_unit(form, text, at) != '\n')
		at += unit;
	bool has_memory = true;
	for (at += unit; at < end && has_memory; at += unit) {
		const char space = (char)form_unit(form, text, at);
		has_memory = bytes_append(&worker->writer.conllu.before, &space, 1);
	}
	return has_memory;
}

/* The writer as it stands where the block begins, but for numbers. */
static bool begin_document(struct worker *worker, struct block *block)
{
	struct writer *writer = &worker->writer;
	const struct format_kind *kind = worker_kind(worker, block);
	if (worker->is_kept)
		return true;
	size_t len = 0;
	const char *doc = block_document(block, &len);
	if (!write_document(writer, doc, len, block->is_record))
		return false;
	if (kind->begin)
		kind->begin(writer);
	block->n_documents = block->is_first;
	if (block->is_first)
		return true;
	/* It was begun by the first block. */
	sink_clear(&block->out);
	block->stats.documents = 0;
	writer->conllu.is_new = false;
	return kind != &write_conllu || set_before(worker, block);
}

/* Of a block that nobody has read yet. False: no memory. */
static bool read_text(struct block *block)
{
	const size_t len = block->n_before + block->len;
	block->text.len = 0;
	if (block->text.cap < len)
		bytes_free(&block->text); /* what it holds need not be copied */
	if (!bytes_reserve(&block->text, len < READ_LEAST ? READ_LEAST : len))
		return false;
	block->text.len = source_read_at(block->fd, block->place, block->text.ptr, len, &block->error);
	block->is_short = block->text.len < len;
	if (block->text.len < block->n_before)
		block->n_before = block->text.len;
	return true;
}

/*
 * Begins to read, perhaps in the middle of a document: then behind its byte order mark, if that is not
 * read again anyway. 0 or -1.
 */
static int begin_stream(struct worker *worker, struct block *block)
{
	const int rc = worker_choose_stream(worker, block->form.name);
	lafz_reset(worker->stream);
	if (rc < 0 || (block->is_unread && !read_text(block)))
		return -1; /* which a stream that has not failed itself says of memory */
	worker->last = worker->base = worker->before = (struct block_numbers){0};
	worker->stream_start = block->start - block->n_before;
	worker->last_end = worker->n_fed = 0;
	worker->has_failed = false;
	if (worker->stream_start > 0 && block->form.mark_len > 0) {
		worker->stream_start -= block->form.mark_len;
		if (feed(worker, block, block->form.mark, block->form.mark_len, worker_skip) < 0)
			return -1;
	}
	if (block->n_before > 0 &&
	    feed(worker, block, block->text.ptr + block->from, block->n_before, worker_skip) < 0)
		return -1;
	worker->before = numbers_now(worker, &block->form);
	if (!begin_document(worker, block))
		return -1;
	block->stats.end_char = worker->before.chars;
	return 0;
}

/* A block that goes on counts what it has alone, like any other. */
static void continue_stats(struct worker *worker, struct block *block)
{
	if (worker_kind(worker, block) != &write_stats)
		return;
	write_stats.begin(&worker->writer);
	block->stats.documents = 0;
	block->stats.end_char = worker->last.chars;
}

static int read_block(struct worker *worker, struct block *block, take_function *take)
{
	if (block->goes_on)
		continue_stats(worker, block);
	else if (begin_stream(worker, block) < 0)
		return -1;
	block->par_before = worker->before.par;
	worker_let_pass(worker, block);
	const size_t start = block->from + block->n_before;
	if (feed(worker, block, block->text.ptr + start, block->text.len - start, take) < 0)
		return -1;
	const bool is_end = block->is_short ? block->text.len > start : block->is_last && !block->is_stopped;
	if (!is_end)
		return 0;
	return lafz_finish(worker->stream) < 0 ? -1 : worker_drain(worker, block, take);
}

/* Numbers as they are in the document. */
static void shift_kept(const struct worker *worker, struct keep *keep)
{
	const struct block_numbers *base = &worker->base;
	for (size_t i = 0; i < keep->n; i++) {
		struct kept *kept = &keep->rows[i];
		struct lafz_batch *batch = &kept->batch;
		batch->base += worker->stream_start;
		batch->cbase += base->chars;
		batch->run_base += base->run;
		batch->sent_base += base->sent;
		batch->par_base += base->par;
		for (size_t k = 0; k < kept->n_edits; k++) {
			kept->edits[k].start += worker->stream_start;
			kept->edits[k].end += worker->stream_start;
		}
	}
}

/* False if there is no memory. */
static bool write_kept(struct worker *worker, const struct block *block)
{
	struct writer *writer = &worker->writer;
	for (size_t i = 0; i < worker->keep.n; i++) {
		const struct kept *kept = &worker->keep.rows[i];
		writer->edits = kept->edits;
		writer->n_edits = kept->n_edits;
		if (!worker_write_wanted(worker, block, &kept->batch))
			return false;
	}
	return true;
}

/* Behind what could be read, which is written as if the file ended there. */
static void complain_short(struct block *block)
{
	const uint64_t off = block->start - block->n_before + block->text.len;
	block->has_failed = true;
	worker_tell(block, "%s: read error at byte %" PRIu64 ": %s", block->name, off,
	            block->error ? strerror(block->error) : "the file has become shorter");
}

static void complain(const struct worker *worker, struct block *block)
{
	uint64_t off = 0;
	const char *error = lafz_error(worker->stream, &off);
	block->has_failed = true;
	off += worker->stream_start;
	if (strcmp(error, lafz_strerror(LAFZ_OK)) == 0)
		worker_out_of_memory(block);
	else if (block->is_record)
		worker_tell_record(block, &block->record, error, off);
	else
		worker_tell(block, "%s: %s at byte %" PRIu64, block->name, error, off);
}

/*
 * Unsigned numbers wrap: what is added may be less than nothing, where the stream had more lines
 * before the block than the document has.
 */
static void subtract(struct block_numbers *from, const struct block_numbers *what)
{
	from->run -= what->run;
	from->sent -= what->sent;
	from->par -= what->par;
	from->chars -= what->chars;
}

static void add(struct block_numbers *to, const struct block_numbers *what)
{
	to->run += what->run;
	to->sent += what->sent;
	to->par += what->par;
	to->chars += what->chars;
}

/* The base of a stream that has read n_before bytes of the block before. */
static void find_base(struct worker *worker, const struct block_numbers *truth)
{
	worker->base = *truth;
	subtract(&worker->base, &worker->before);
	worker->writer.par = truth->par;
}

static void hand_on(struct worker *worker, const struct block *block, bool has_failed)
{
	struct block_numbers numbers = numbers_now(worker, &block->form);
	if (block->is_open)
		return;
	add(&numbers, &worker->base);
	numbers.has_failed = has_failed;
	ring_set_base(worker->ring, worker->index, &numbers);
}

/* What the stream itself has found, in a text of one block, it names as it was found. */
static void note_encoding(const struct worker *worker, struct block *block)
{
	const char *wanted = worker->filter->args->options.encoding;
	const bool is_named = block->form.name[0];
	const char *name = is_named ? block->form.name : lafz_encoding(worker->stream);
	if (wanted && strcmp(wanted, "auto") == 0 && name)
		(void)snprintf(block->encoding, sizeof block->encoding, "%s", name);
}

static void end_block(struct worker *worker, struct block *block, bool is_well)
{
	const struct format_kind *kind = worker_kind(worker, block);
	const bool is_end = block->is_last || block->is_short || !is_well;
	worker->writer.is_cut = !is_well;
	if (is_end && kind->end && !block_is_ended_late(block, kind))
		kind->end(&worker->writer);
	block->has_line = worker->writer.has_line;
	block->first_par = worker->writer.first_par;
	block->last_par = worker->writer.par;
}

/* What the main thread is to say of the block. */
static void tell(const struct worker *worker, struct block *block, bool is_well)
{
	if (!is_well || block->is_last || block->is_short)
		note_encoding(worker, block);
	if (!is_well)
		complain(worker, block);
	else if (block->is_short)
		complain_short(block);
}

void worker_text(struct worker *worker, struct block *block)
{
	const bool is_inside = !block->is_first && !block->goes_on;
	const bool is_text = worker_takes_text(worker, block);
	const bool is_now = !worker->is_kept && is_direct(worker_kind(worker, block));
	const struct bytes fields = block_fields(block);
	struct keep *kept = worker_kept(worker, block);
	keep_clear(kept);
	if (block->goes_on && worker->has_failed) {
		hand_on(worker, block, true);
		return;
	}
	block->is_text = is_text;
	worker->writer.has_line = false;
	worker->writer.fields = fields.len > 0 ? &fields : NULL;
	const bool is_well = read_block(worker, block, is_now ? worker_write : worker_keep) == 0;
	worker->has_failed = !is_well;
	block->par_behind = worker->last.par;
	if (is_inside && !is_text) {
		const struct block_numbers truth = ring_wait_for_base(worker->ring, worker->index);
		if (truth.has_failed) {
			worker->has_failed = true;
			sink_clear(&block->out);
			keep_clear(kept);
			hand_on(worker, block, true);
			return;
		}
		find_base(worker, &truth);
	}
	if (!is_text)
		hand_on(worker, block, !is_well || block->is_short);
	shift_kept(worker, kept);
	if (!worker->is_kept && !write_kept(worker, block))
		worker_out_of_memory(block);
	if (!worker->is_kept)
		end_block(worker, block, is_well);
	tell(worker, block, is_well);
}
