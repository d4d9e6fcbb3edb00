/*
 * A worker: it takes blocks from the ring, of texts and of records, and makes of each what the main thread writes.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli/jobs_ring.h"
#include "cli/jobs_turn.h"
#include "cli/jobs_worker.h"
#include "cli/reserve.h"

#define OUT_SOON ((size_t)512 << 10) /* bytes of output: so few a worker waits for its turn with, of two */
#define BLOCKS_CALM 16 /* but not before so many blocks later */

/* ---- Messages ---- */

void worker_tell(struct block *block, const char *format, ...)
{
	va_list values, copy;
	va_start(values, format);
	va_copy(copy, values);
	const int len = vsnprintf(NULL, 0, format, copy);
	va_end(copy);
	if (len >= 0 && bytes_reserve(&block->messages, (size_t)len + 1)) {
		(void)vsnprintf(block->messages.ptr + block->messages.len, (size_t)len + 1, format,
		                values);
		block->messages.len += (size_t)len + 1;
	} else {
		block->has_lost = true;
	}
	va_end(values);
}

void worker_out_of_memory(struct block *block)
{
	block->has_failed = true;
	worker_tell(block, "out of memory");
}

void worker_tell_record(struct block *block, const struct block_record *record, const char *error,
                        uint64_t off)
{
	worker_tell(block, "%s: %s %" PRIu64 ": %s at byte %" PRIu64 " of its text", block->name,
	            record->counted, record->number, error, off);
}

/* ---- The stream ---- */

const struct format_kind *worker_kind(const struct worker *worker, const struct block *block)
{
	return block_kind(worker->filter->args, block);
}

int worker_choose_stream(struct worker *worker, const char *encoding)
{
	if (strcmp(worker->encoding, encoding) == 0)
		return 0;
	struct lafz_stream *stream = NULL;
	struct lafz_options options = worker->filter->args->options;
	options.want = worker->filter->want;
	if (*encoding)
		options.encoding = encoding;
	if (lafz_open(&stream, &options) < 0)
		return -1;
	lafz_close(worker->stream);
	worker->stream = stream;
	(void)snprintf(worker->encoding, sizeof worker->encoding, "%s", encoding);
	return 0;
}

void worker_note_last(struct worker *worker, const struct lafz_batch *batch)
{
	struct block_numbers *last = &worker->last;
	if (batch->n == 0)
		return;
	const size_t i = batch->n - 1;
	last->run = batch->run_base + (batch->run ? batch->run[i] : 0);
	last->sent = batch->sent_base + (batch->sent ? batch->sent[i] : 0);
	last->par = batch->par_base + batch->par[i];
	last->chars = batch->cbase + (batch->cend ? batch->cend[i] : 0);
	worker->last_end = write_offset(batch, batch->end[i]);
}

static int take_edits(struct worker *worker)
{
	struct writer *writer = &worker->writer;
	writer->edits = NULL;
	writer->n_edits = 0;
	if (!(worker->filter->want & LAFZ_WANT_EDITS))
		return 0;
	return lafz_edits(worker->stream, &writer->edits, &writer->n_edits);
}

struct keep *worker_kept(struct worker *worker, struct block *block)
{
	return worker->is_kept ? &block->keep : &worker->keep;
}

bool worker_keep(struct worker *worker, struct block *block, const struct lafz_batch *batch)
{
	const struct keep_lent lent = {.text = block->text.ptr, .len = block->text.len};
	worker_note_last(worker, batch);
	return take_edits(worker) == 0 &&
	       keep_add(worker_kept(worker, block), batch, worker->writer.edits, worker->writer.n_edits, lent);
}

bool worker_write_wanted(struct worker *worker, const struct block *block,
                         const struct lafz_batch *batch)
{
	if (worker->select.selection)
		batch = select_batch(&worker->select, batch);
	if (!batch)
		return false;
	worker_kind(worker, block)->batch(&worker->writer, batch);
	return true;
}

bool worker_write(struct worker *worker, struct block *block, const struct lafz_batch *batch)
{
	worker_note_last(worker, batch);
	if (take_edits(worker) < 0)
		return false;
	return worker_write_wanted(worker, block, batch);
}

bool worker_skip(struct worker *worker, struct block *block, const struct lafz_batch *batch)
{
	(void)block;
	worker_note_last(worker, batch);
	return true;
}

bool worker_takes_text(const struct worker *worker, const struct block *block)
{
	return !worker->is_kept && filter_takes_text(worker->filter, worker_kind(worker, block));
}

/* worker_drain for such a block. */
static int drain_text(struct worker *worker, struct block *block, bool is_skipped)
{
	const struct lafz_text *text = NULL;
	int rc = 0;
	while ((rc = lafz_next_text(worker->stream, &text)) == LAFZ_TEXT) {
		if (reserve_is_touched())
			return -1;
		worker->last.par = text->par;
		if (!is_skipped)
			worker_kind(worker, block)->text(&worker->writer, text);
	}
	return rc < 0 ? -1 : 0;
}

int worker_drain(struct worker *worker, struct block *block, take_function *take)
{
	if (worker_takes_text(worker, block))
		return drain_text(worker, block, take == worker_skip);
	const struct lafz_batch *batch = NULL;
	int rc = 0;
	while ((rc = lafz_next_batch(worker->stream, &batch)) == LAFZ_BATCH) {
		if (reserve_is_touched() || !take(worker, block, batch))
			return -1;
	}
	return rc < 0 ? -1 : 0;
}

/* ---- Blocks ---- */

/*
 * Whether to wait for the turn. Of two workers one makes tokens best while the other writes: then hardly anything has to be collected.
 * A wait brings them there, and mostly they stay for many blocks; where writing takes more time than the tokens it would only hold up,
 * so it is not done often.
 */
static bool must_wait(struct worker *worker, const struct sink *out)
{
	if (out->cap >= OUT_MOST)
		return true;
	if (worker->filter->args->jobs != 2 || out->cap < OUT_SOON || worker->index < worker->next_wait)
		return false;
	worker->next_wait = worker->index + BLOCKS_CALM;
	return true;
}

/*
 * What is made of a block whose turn it is goes out piece by piece: it stays in the core's cache, and nobody else need look at it.
 * Of other blocks it is collected, but not without end.
 */
static bool pass_in_turn(void *ctx, struct sink *out)
{
	struct worker *worker = ctx;
	if (out->has_failed || !ring_has_turn(worker->ring, worker->index, must_wait(worker, out)))
		return false;
	struct block *block = worker->block;
	block->has_line = worker->writer.has_line;
	block->first_par = worker->writer.first_par;
	turn_pass(worker->turn, block);
	sink_clear(out);
	return true;
}

/*
 * The worker's own memory for output goes to the block, and comes back if all of it could be passed on: then it is in the core's
 * cache, and only blocks that wait for their turn need some of their own.
 */
static void swap_out(struct worker *worker, struct block *block)
{
	const struct sink out = worker->out;
	worker->out = block->out;
	block->out = out;
}

/* The same with memory for what it reads; blocks that the main thread writes must keep it. */
static void swap_text(struct worker *worker, struct block *block)
{
	const struct bytes text = worker->text;
	if (!block->is_unread || worker->is_kept)
		return;
	worker->text = block->text;
	block->text = text;
}

void worker_let_pass(struct worker *worker, struct block *block)
{
	block->out.pass = pass_in_turn;
	block->out.pass_ctx = worker;
}

/* What is left to do when a worker has ended a block. */
static enum block_rest rest_of(const struct worker *worker, const struct block *block, bool is_passed)
{
	const bool is_told = block->has_failed || block->must_end || block->has_lost || block->messages.len > 0 || block->encoding[0];
	const bool is_ended_late = block->is_last && block_is_ended_late(block, worker_kind(worker, block));
	if (is_told || is_ended_late || worker->is_kept)
		return REST_TOLD;
	/* the sink is another thread's while it is not this block's turn */
	if (is_passed)
		return worker->filter->sink->has_failed ? REST_TOLD : REST_NONE;
	return REST_OUTPUT;
}

/* The block is ended; the worker whose turn it is writes those behind it, too, that only wait for that. */
static void finish(struct worker *worker, struct block *block, bool is_passed)
{
	uint64_t index = worker->index;
	enum block_rest rest = rest_of(worker, block, is_passed);
	if (rest == REST_NONE)
		turn_end(worker->turn, block);
	while ((block = ring_finish(worker->ring, &index, rest)) != NULL) {
		turn_pass(worker->turn, block);
		sink_clear(&block->out);
		rest = rest_of(worker, block, true);
		if (rest == REST_NONE)
			turn_end(worker->turn, block);
	}
}

/* Makes of a block what is to be written. */
static void work(struct worker *worker, struct block *block)
{
	worker->block = block;
	block->out.pass = NULL;
	worker->writer.sink = &block->out;
	worker->writer.stats = &block->stats;
	if (block->is_records) {
		worker_records(worker, block);
	} else {
		worker_text(worker, block);
		worker->writer.fields = NULL;
		worker_broken(worker, block);
	}
	if (block->out.has_failed && !block->has_failed)
		worker_out_of_memory(block);
}

void *worker_run(void *ctx)
{
	struct worker *worker = ctx;
	struct block *block = NULL;
	while ((block = ring_take(worker, &worker->index)) != NULL) {
		swap_out(worker, block);
		swap_text(worker, block);
		work(worker, block);
		swap_text(worker, block);
		const bool is_passed = block->out.pass && pass_in_turn(worker, &block->out);
		if (is_passed)
			swap_out(worker, block);
		finish(worker, block, is_passed);
	}
	return NULL;
}
