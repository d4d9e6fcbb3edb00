/*
 * A worker. Of a text it makes all tokens of a block first and keeps them; then the numbers of the
 * next block are known, and only then are the tokens written: so workers wait for each other's
 * counting, not for their writing. What needs no numbers is written at once. What the main thread
 * must write stays kept.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli/grow.h"
#include "cli/jobs_block.h"
#include "cli/jobs_cut.h"
#include "cli/reserve.h"

#if defined(__GNUC__)
#define PRINTF_LIKE __attribute__((format(printf, 2, 3)))
#else
#define PRINTF_LIKE
#endif

/* ---- Messages ---- */

static void tell(struct block *block, const char *format, ...) PRINTF_LIKE;

/* Keeps a message for the main thread, which writes them in the order of the input. */
static void tell(struct block *block, const char *format, ...)
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

static void run_out_of_memory(struct block *block)
{
	block->has_failed = true;
	tell(block, "out of memory");
}

/* ---- The ring ---- */

/* The next block in their order; NULL when there will be no more. */
static struct block *take_block(struct worker *worker, uint64_t *index)
{
	struct ring *ring = worker->ring;
	struct block *block = NULL;
	pthread_mutex_lock(&ring->lock);
	for (;;) {
		const bool is_mine = !ring->chain || ring->chain == worker;
		if (ring->next < ring->end && is_mine)
			break;
		if (ring->next == ring->end && ring->is_ending)
			goto done;
		pthread_cond_wait(&ring->changed, &ring->lock);
	}
	*index = ring->next++;
	block = &ring->blocks[*index % ring->n_blocks];
	ring->chain = block->is_open ? worker : NULL;
	pthread_cond_broadcast(&ring->changed);
done:
	pthread_mutex_unlock(&ring->lock);
	return block;
}

static void finish_block(struct ring *ring, struct block *block)
{
	pthread_mutex_lock(&ring->lock);
	block->is_done = true;
	pthread_cond_broadcast(&ring->changed);
	pthread_mutex_unlock(&ring->lock);
}

/* What stands before a block that is not the first of its document. */
static struct block_numbers wait_for_base(struct ring *ring, uint64_t index)
{
	pthread_mutex_lock(&ring->lock);
	const struct block_base *base = &ring->bases[(index - 1) % (ring->n_blocks + 1)];
	while (!base->is_set || base->index != index - 1)
		pthread_cond_wait(&ring->changed, &ring->lock);
	const struct block_numbers numbers = base->numbers;
	pthread_mutex_unlock(&ring->lock);
	return numbers;
}

static void set_base(struct ring *ring, uint64_t index, const struct block_numbers *numbers)
{
	pthread_mutex_lock(&ring->lock);
	ring->bases[index % (ring->n_blocks + 1)] = (struct block_base){
		.index = index, .is_set = true, .numbers = *numbers};
	pthread_cond_broadcast(&ring->changed);
	pthread_mutex_unlock(&ring->lock);
}

/* ---- Text ---- */

const struct format_kind *block_kind(const struct args *args, const struct block *block)
{
	return filter_kind(args, block->is_records || block->is_record);
}

const char *block_document(const struct block *block, size_t *len)
{
	*len = block->is_record ? block->record.name_len : strlen(block->name);
	return block->is_record ? block->names.ptr + block->record.name_off : block->name;
}

struct bytes block_fields(const struct block *block)
{
	if (!block->is_record)
		return (struct bytes){0};
	return (struct bytes){.ptr = block->names.ptr + block->record.fields_off,
	                      .len = block->record.fields_len};
}

static const struct format_kind *kind_of(const struct worker *worker, const struct block *block)
{
	return block_kind(worker->filter->args, block);
}

/* Whether a format has no number in it that counts from the document's start. */
static bool is_direct(const struct format_kind *kind)
{
	return kind == &write_stats || kind == &write_normal_text || kind == &write_normal_jsonl;
}

static void note_last(struct worker *worker, const struct lafz_batch *batch)
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

/* At a cut. What stands between the last token and a cut is ASCII, in units of a form. */
static struct block_numbers numbers_now(const struct worker *worker, const struct form *form)
{
	struct block_numbers now = worker->last;
	now.chars += (worker->n_fed - worker->last_end) / (form->unit > 0 ? form->unit : 1);
	return now;
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

/* How a batch is taken. False if there is no memory. */
typedef bool take_function(struct worker *worker, struct block *block,
                           const struct lafz_batch *batch);

static bool skip_batch(struct worker *worker, struct block *block, const struct lafz_batch *batch)
{
	(void)block;
	note_last(worker, batch);
	return true;
}

static bool keep_batch(struct worker *worker, struct block *block, const struct lafz_batch *batch)
{
	const struct keep_lent lent = {.text = block->text.ptr, .len = block->text.len};
	note_last(worker, batch);
	return take_edits(worker) == 0 &&
	       keep_add(&block->keep, batch, worker->writer.edits, worker->writer.n_edits, lent);
}

/* What is wanted of a batch goes to the writer. False if there is no memory. */
static bool write_wanted(struct worker *worker, const struct block *block,
                         const struct lafz_batch *batch)
{
	if (worker->select.selection)
		batch = select_batch(&worker->select, batch);
	if (!batch)
		return false;
	kind_of(worker, block)->batch(&worker->writer, batch);
	return true;
}

static bool write_batch(struct worker *worker, struct block *block, const struct lafz_batch *batch)
{
	note_last(worker, batch);
	if (take_edits(worker) < 0)
		return false;
	return write_wanted(worker, block, batch);
}

/* Whether a block is written without its batches; one that the main thread writes is not. */
static bool takes_text(const struct worker *worker, const struct block *block)
{
	return !worker->is_kept && filter_takes_text(worker->filter, kind_of(worker, block));
}

/* drain for such a block. */
static int drain_text(struct worker *worker, struct block *block, bool is_skipped)
{
	const struct lafz_text *text = NULL;
	int rc = 0;
	while ((rc = lafz_next_text(worker->stream, &text)) == LAFZ_TEXT) {
		if (reserve_is_touched())
			return -1;
		worker->last.par = text->par;
		if (!is_skipped)
			kind_of(worker, block)->text(&worker->writer, text);
	}
	return rc < 0 ? -1 : 0;
}

/* Takes all that the stream can say now. 0 or -1. */
static int drain(struct worker *worker, struct block *block, take_function *take)
{
	if (takes_text(worker, block))
		return drain_text(worker, block, take == skip_batch);
	const struct lafz_batch *batch = NULL;
	int rc = 0;
	while ((rc = lafz_next_batch(worker->stream, &batch)) == LAFZ_BATCH) {
		if (reserve_is_touched() || !take(worker, block, batch))
			return -1;
	}
	return rc < 0 ? -1 : 0;
}

static int feed(struct worker *worker, struct block *block, const char *text, size_t len,
                take_function *take)
{
	worker->n_fed += len;
	if (lafz_feed(worker->stream, text, len) < 0)
		return -1;
	return drain(worker, block, take);
}

/* White space behind the first line end before a cut goes to the token behind it. */
static bool set_before(struct worker *worker, const struct block *block)
{
	const struct form *form = &block->form;
	const char *text = block->text.ptr;
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
	const struct format_kind *kind = kind_of(worker, block);
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
	block->out.len = 0;
	block->stats.documents = 0;
	writer->conllu.is_new = false;
	return kind != &write_conllu || set_before(worker, block);
}

/*
 * Takes a stream for an encoding that was guessed, empty: with all options as they are. There is one at
 * a time, since its memory grows with the words it has seen. 0 or -1.
 */
static int choose_stream(struct worker *worker, const char *encoding)
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

/*
 * Begins to read, perhaps in the middle of a document: then behind its byte order mark, if that is not
 * read again anyway. 0 or -1.
 */
static int begin_stream(struct worker *worker, struct block *block)
{
	const int rc = choose_stream(worker, block->form.name);
	lafz_reset(worker->stream);
	if (rc < 0)
		return -1; /* which a stream that has not failed itself says of memory */
	worker->last = worker->base = worker->before = (struct block_numbers){0};
	worker->stream_start = block->start - block->n_before;
	worker->last_end = worker->n_fed = 0;
	worker->has_failed = false;
	if (worker->stream_start > 0 && block->form.mark_len > 0) {
		worker->stream_start -= block->form.mark_len;
		if (feed(worker, block, block->form.mark, block->form.mark_len, skip_batch) < 0)
			return -1;
	}
	if (block->n_before > 0 &&
	    feed(worker, block, block->text.ptr, block->n_before, skip_batch) < 0)
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
	if (kind_of(worker, block) != &write_stats)
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
	if (feed(worker, block, block->text.ptr + block->n_before,
	         block->text.len - block->n_before, take) < 0)
		return -1;
	if (!block->is_last || block->is_stopped)
		return 0;
	return lafz_finish(worker->stream) < 0 ? -1 : drain(worker, block, take);
}

/* Numbers as they are in the document. */
static void shift_kept(const struct worker *worker, struct block *block)
{
	const struct block_numbers *base = &worker->base;
	for (size_t i = 0; i < block->keep.n; i++) {
		struct kept *kept = &block->keep.rows[i];
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
	for (size_t i = 0; i < block->keep.n; i++) {
		const struct kept *kept = &block->keep.rows[i];
		writer->edits = kept->edits;
		writer->n_edits = kept->n_edits;
		if (!write_wanted(worker, block, &kept->batch))
			return false;
	}
	return true;
}

static void tell_record(struct block *block, const struct block_record *record, const char *error,
                        uint64_t off)
{
	tell(block, "%s: %s %" PRIu64 ": %s at byte %" PRIu64 " of its text", block->name,
	     record->counted, record->number, error, off);
}

static void complain(const struct worker *worker, struct block *block)
{
	uint64_t off = 0;
	const char *error = lafz_error(worker->stream, &off);
	block->has_failed = true;
	off += worker->stream_start;
	if (strcmp(error, lafz_strerror(LAFZ_OK)) == 0)
		run_out_of_memory(block);
	else if (block->is_record)
		tell_record(block, &block->record, error, off);
	else
		tell(block, "%s: %s at byte %" PRIu64, block->name, error, off);
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

static void hand_on(struct worker *worker, const struct block *block, uint64_t index, bool has_failed)
{
	struct block_numbers numbers = numbers_now(worker, &block->form);
	if (block->is_open)
		return;
	add(&numbers, &worker->base);
	numbers.has_failed = has_failed;
	set_base(worker->ring, index, &numbers);
}

/* Whether a document of several blocks has had a line the main thread alone knows. */
bool block_is_ended_late(const struct block *block, const struct format_kind *kind)
{
	return kind == &write_jsonl && block->is_record && !block->is_first;
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
	const struct format_kind *kind = kind_of(worker, block);
	const bool is_end = block->is_last || !is_well;
	worker->writer.is_cut = !is_well;
	if (is_end && kind->end && !block_is_ended_late(block, kind))
		kind->end(&worker->writer);
	block->has_line = worker->writer.has_line;
	block->first_par = worker->writer.first_par;
	block->last_par = worker->writer.par;
}

static void work_text(struct worker *worker, struct block *block, uint64_t index)
{
	const bool is_inside = !block->is_first && !block->goes_on;
	const bool is_text = takes_text(worker, block);
	const bool is_now = !worker->is_kept && is_direct(kind_of(worker, block));
	const struct bytes fields = block_fields(block);
	if (block->goes_on && worker->has_failed) {
		hand_on(worker, block, index, true);
		return;
	}
	worker->writer.has_line = false;
	worker->writer.fields = fields.len > 0 ? &fields : NULL;
	const bool is_well = read_block(worker, block, is_now ? write_batch : keep_batch) == 0;
	worker->has_failed = !is_well;
	const uint64_t last_par = worker->writer.par; /* as the stream counts, if it is text */
	if (is_inside) {
		const struct block_numbers truth = wait_for_base(worker->ring, index);
		if (truth.has_failed) {
			worker->has_failed = true;
			block->out.len = 0;
			keep_clear(&block->keep);
			hand_on(worker, block, index, true);
			return;
		}
		find_base(worker, &truth);
	}
	hand_on(worker, block, index, !is_well);
	if (is_text) {
		worker->writer.first_par += worker->base.par;
		worker->writer.par = last_par + worker->base.par;
	}
	shift_kept(worker, block);
	if (!worker->is_kept && !write_kept(worker, block))
		run_out_of_memory(block);
	if (!worker->is_kept)
		end_block(worker, block, is_well);
	if (!is_well || block->is_last)
		note_encoding(worker, block);
	if (!is_well)
		complain(worker, block);
}

/* ---- Records ---- */

/* A document, with its bytes where they are: what a line was parsed to, or in the block. */
struct document {
	const char *name, *text;
	size_t name_len, text_len;
	const struct bytes *fields; /* NULL: they are not kept */
	const struct block_record *record; /* its name and fields are in the names of the block */
};

static bool keep_document(struct block *block, const struct document *document, bool is_cut)
{
	struct bytes *names = &block->names;
	struct block_document *documents = grow_one(block->documents, block->n_documents_kept,
	                                              &block->cap_documents, sizeof *documents);
	if (!documents)
		return false;
	block->documents = documents;
	struct block_document *kept = &documents[block->n_documents_kept++];
	const struct block_record *record = document->record;
	if (record->part == BLOCK_TEXT) {
		*kept = (struct block_document){record->name_off, record->name_len,
		                                record->fields_off, record->fields_len,
		                                block->keep.n, is_cut};
		return true;
	}
	const struct bytes none = {0};
	const struct bytes *fields = document->fields ? document->fields : &none;
	*kept = (struct block_document){names->len, document->name_len,
	                                names->len + document->name_len, fields->len,
	                                block->keep.n, is_cut};
	return bytes_append(names, document->name, document->name_len) &&
	       bytes_append(names, fields->ptr, fields->len);
}

/* 0, or -1 if the library has failed or there is no memory. */
static int read_document(struct worker *worker, struct block *block, const struct document *document)
{
	take_function *take = worker->is_kept ? keep_batch : write_batch;
	return lafz_feed(worker->stream, document->text, document->text_len) == 0 &&
	                       drain(worker, block, take) == 0 &&
	                       lafz_finish(worker->stream) == 0 &&
	                       drain(worker, block, take) == 0
	               ? 0
	               : -1;
}

static bool begin_record(struct worker *worker, struct block *block, const struct document *document)
{
	lafz_reset(worker->stream);
	if (worker->is_kept)
		return true;
	const struct format_kind *kind = kind_of(worker, block);
	block->n_documents++;
	worker->writer.fields = document->fields;
	if (!write_document(&worker->writer, document->name, document->name_len, true))
		return false;
	if (kind->begin)
		kind->begin(&worker->writer);
	return true;
}

static bool end_record(struct worker *worker, struct block *block, const struct document *document,
                       bool is_cut)
{
	if (worker->is_kept)
		return keep_document(block, document, is_cut);
	worker->writer.is_cut = is_cut;
	const struct format_kind *kind = kind_of(worker, block);
	if (kind->end)
		kind->end(&worker->writer);
	return true;
}

static int write_record(struct worker *worker, struct block *block, const struct document *document)
{
	bool has_memory = begin_record(worker, block, document);
	const bool is_well = has_memory && read_document(worker, block, document) == 0;
	has_memory = has_memory && end_record(worker, block, document, !is_well);
	if (is_well && has_memory)
		return 0;
	uint64_t off = 0;
	const char *error = lafz_error(worker->stream, &off);
	block->has_failed = true;
	if (!has_memory || strcmp(error, lafz_strerror(LAFZ_OK)) == 0)
		run_out_of_memory(block);
	else
		tell_record(block, document->record, error, off);
	return -1;
}

static int report_broken(struct worker *worker, struct block *block,
                         const struct block_record *record, const char *error)
{
	tell(block, "%s: %s %" PRIu64 " at byte %" PRIu64 ": %s", block->name, record->counted,
	     record->number, record->start, error);
	if (worker->filter->args->fail_on_record) {
		block->must_end = block->has_failed = true;
		return -1;
	}
	block->n_skipped++;
	return 0;
}

static int work_line(struct worker *worker, struct block *block, const struct block_record *record)
{
	struct jsonl *jsonl = &worker->jsonl;
	jsonl->lines.number = record->number;
	const enum jsonl_answer answer = jsonl_read(jsonl, block->text.ptr + record->off, record->len);
	if (answer == JSONL_BROKEN)
		return report_broken(worker, block, record, jsonl->error);
	if (answer != JSONL_RECORD) {
		block->has_failed = true;
		return -1;
	}
	const struct document document = {.name = jsonl->id.ptr,
	                                  .name_len = jsonl->id.len,
	                                  .text = jsonl->text.ptr,
	                                  .text_len = jsonl->text.len,
	                                  .fields = jsonl->keeps_fields ? &jsonl->fields : NULL,
	                                  .record = record};
	return write_record(worker, block, &document);
}

static int work_record(struct worker *worker, struct block *block, const struct block_record *record)
{
	if (record->part == BLOCK_LINE)
		return work_line(worker, block, record);
	const char *text = block->text.ptr + record->off;
	const struct bytes fields = {.ptr = block->names.ptr + record->fields_off,
	                             .len = record->fields_len};
	if (record->part == BLOCK_BROKEN)
		return report_broken(worker, block, record, block->names.ptr + record->name_off);
	const struct document document = {.name = block->names.ptr + record->name_off,
	                                  .name_len = record->name_len,
	                                  .text = text,
	                                  .text_len = record->len,
	                                  .fields = fields.len > 0 ? &fields : NULL,
	                                  .record = record};
	return write_record(worker, block, &document);
}

/* Behind a text that is well. */
static void work_broken(struct worker *worker, struct block *block)
{
	for (size_t i = 0; i < block->n_records && !block->has_failed; i++)
		(void)work_record(worker, block, &block->records[i]);
}

static void work_records(struct worker *worker, struct block *block)
{
	worker->writer.has_line = false;
	if (choose_stream(worker, "") < 0) {
		run_out_of_memory(block);
		return;
	}
	for (size_t i = 0; i < block->n_records; i++) {
		if (work_record(worker, block, &block->records[i]) < 0)
			break;
	}
	worker->writer.fields = NULL;
	block->has_line = worker->writer.has_line;
	block->first_par = worker->writer.first_par;
	block->last_par = worker->writer.par;
}

void *worker_run(void *ctx)
{
	struct worker *worker = ctx;
	struct block *block = NULL;
	uint64_t index = 0;
	while ((block = take_block(worker, &index)) != NULL) {
		worker->writer.sink = &block->out;
		worker->writer.stats = &block->stats;
		if (block->is_records) {
			work_records(worker, block);
		} else {
			work_text(worker, block, index);
			worker->writer.fields = NULL;
			work_broken(worker, block);
		}
		if (block->out.has_failed && !block->has_failed)
			run_out_of_memory(block);
		finish_block(worker->ring, block);
	}
	return NULL;
}
