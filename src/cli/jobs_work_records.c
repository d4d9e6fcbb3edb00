/*
 * Blocks of records: whole documents, each read by itself.
 */
#include <inttypes.h>
#include <string.h>

#include "cli/grow.h"
#include "cli/jobs_worker.h"

/* A document, with its bytes where they are: what a line was parsed to, or in the block. */
struct document {
	const char *name, *text;
	size_t name_len, text_len;
	const struct bytes *fields;        /* NULL: they are not kept */
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
		*kept = (struct block_document){record->name_off,   record->name_len,
		                                record->fields_off, record->fields_len,
		                                block->keep.n,      is_cut};
		return true;
	}
	const struct bytes none = {0};
	const struct bytes *fields = document->fields ? document->fields : &none;
	*kept = (struct block_document){
		names->len,  document->name_len, names->len + document->name_len,
		fields->len, block->keep.n,      is_cut};
	return bytes_append(names, document->name, document->name_len) &&
	       bytes_append(names, fields->ptr, fields->len);
}

/* 0, or -1 if the library has failed or there is no memory. */
static int read_document(struct worker *worker, struct block *block, const struct document *document)
{
	take_function *take = worker->is_kept ? worker_keep : worker_write;
	return lafz_feed(worker->stream, document->text, document->text_len) == 0 &&
	                       worker_drain(worker, block, take) == 0 &&
	                       lafz_finish(worker->stream) == 0 &&
	                       worker_drain(worker, block, take) == 0
	               ? 0
	               : -1;
}

static bool begin_record(struct worker *worker, struct block *block, const struct document *document)
{
	lafz_reset(worker->stream);
	if (worker->is_kept)
		return true;
	const struct format_kind *kind = worker_kind(worker, block);
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
	const struct format_kind *kind = worker_kind(worker, block);
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
		worker_out_of_memory(block);
	else
		worker_tell_record(block, document->record, error, off);
	return -1;
}

static int report_broken(struct worker *worker, struct block *block,
                         const struct block_record *record, const char *error)
{
	worker_tell(block, "%s: %s %" PRIu64 " at byte %" PRIu64 ": %s", block->name,
	            record->counted, record->number, record->start, error);
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
	const enum jsonl_answer answer = jsonl_read(jsonl, block->text.ptr + record->off,
	                                            record->len);
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

void worker_broken(struct worker *worker, struct block *block)
{
	for (size_t i = 0; i < block->n_records && !block->has_failed; i++)
		(void)work_record(worker, block, &block->records[i]);
}

void worker_records(struct worker *worker, struct block *block)
{
	worker->writer.has_line = false;
	worker_let_pass(worker, block);
	if (worker_choose_stream(worker, "") < 0) {
		worker_out_of_memory(block);
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
