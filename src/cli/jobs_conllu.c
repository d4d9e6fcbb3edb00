/*
 * Documents of CoNLL-U files for the workers. Their sentences are put together here; a document that
 * is short is a record like others, a long one a text that is cut.
 */
#include "cli/jobs_main.h"

#include <string.h>

#include "cli/conllu.h"
#include "cli/jobs.h"
#include "cli/stop.h"

/* A document while its sentences are read; its text is that of jobs. */
struct opened {
	const char *file; /* its name; not owned */
	struct bytes doc; /* owned */
	struct block_record record;
	bool has_newpar; /* before the sentence that comes next */
};

/* Without # newdoc the document has the name of its file. */
static int open_document(struct jobs *jobs, struct opened *opened, const struct conllu *conllu)
{
	const bool has_id = conllu->doc_line > 0;
	const char *doc = has_id ? conllu->id.ptr : opened->file;
	opened->doc.len = 0;
	if (!bytes_append(&opened->doc, doc, has_id ? conllu->id.len : strlen(doc)))
		return jobs_out_of_memory(jobs);
	opened->record = (struct block_record){.part = BLOCK_TEXT,
	                                       .counted = "document at line",
	                                       .number = has_id ? conllu->doc_line : 1};
	jobs_text_begin_record(jobs, opened->record, &opened->doc, NULL);
	return 0;
}

/* What a signal has cut off is no whole record. */
static int close_document(struct jobs *jobs, const struct opened *opened)
{
	if (!jobs->is_inside)
		return 0;
	if (!jobs->is_first || jobs->text.len > RECORDS_LEN || stop_signal())
		return jobs_text_end(jobs);
	jobs->is_inside = false;
	return jobs_add(jobs, opened->record, jobs->text.ptr, jobs->text.len, &opened->doc, NULL);
}

/* Between the sentences of a document stands a line end, before a paragraph a second one. */
static int add_sentence(struct jobs *jobs, struct opened *opened, const struct conllu *conllu)
{
	const char *gap = opened->has_newpar ? "\n\n" : "\n";
	const bool is_first = !jobs->is_inside;
	if (is_first && open_document(jobs, opened, conllu) < 0)
		return -1;
	opened->has_newpar = false;
	if (!is_first && jobs_text_add(jobs, gap, strlen(gap)) < 0)
		return -1;
	return jobs_text_add(jobs, conllu->text.ptr, conllu->text.len);
}

/* Behind the text that was read so far. */
static int add_broken(struct jobs *jobs, const struct conllu *conllu)
{
	const struct block_record record = {
		.counted = "line", .number = conllu->error_line, .start = conllu->error_start};
	return jobs->is_inside ? jobs_text_broken(jobs, record, conllu->error)
	                       : jobs_add_broken(jobs, record, conllu->error);
}

/* A document of which every sentence is broken is not there. */
int jobs_read_conllu(struct jobs *jobs, struct source *source)
{
	struct opened opened = {.file = source->name};
	struct conllu conllu = {.lines = {.source = source, .max = jobs->filter->args->max_record}};
	enum conllu_answer answer = CONLLU_END;
	int rc = 0;
	jobs_records_begin(jobs, source);
	while (rc == 0 && jobs_is_wanted(jobs) && (answer = conllu_next(&conllu)) > CONLLU_END) {
		opened.has_newpar = opened.has_newpar || conllu.is_newpar;
		if (conllu.is_newdoc)
			rc = close_document(jobs, &opened);
		if (rc == 0)
			rc = answer == CONLLU_BROKEN ? add_broken(jobs, &conllu)
			                             : add_sentence(jobs, &opened, &conllu);
	}
	/* What was read before a failure is written. */
	if (!jobs->is_out_of_memory && close_document(jobs, &opened) == 0)
		jobs_submit_records(jobs);
	bytes_free(&opened.doc);
	conllu_free(&conllu);
	return answer == CONLLU_FAILED ? -1 : rc;
}
