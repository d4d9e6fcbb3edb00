/*
 * The readers of the filter: a file of each kind becomes documents, fed to the stream.
 */
#include "cli/filter.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/conllu.h"
#include "cli/fail.h"
#include "cli/json.h"
#include "cli/jsonl.h"
#include "cli/source.h"
#include "cli/stop.h"
#include "cli/warc.h"

/*
 * The library lends a chunk until it answers MORE, and drain goes on until then: one buffer is
 * enough.
 */
static int read_text(struct filter *filter, struct source *source)
{
	const struct format_kind *kind = filter_kind(filter->args, false);
	if (filter_begin(filter, kind, source->name, strlen(source->name), false) < 0)
		return -1;
	char *chunk = NULL;
	size_t len = 0;
	int rc = 0;
	bool is_well = true;
	while (is_well && (rc = source_read(source, &chunk, &len)) > 0)
		is_well = filter_feed(filter, kind, chunk, len) == 0;
	/* After a read error too: what was read before is written. A signal keeps what is whole. */
	if (is_well && !stop_signal())
		is_well = filter_finish(filter, kind) == 0;
	filter_say_encoding(filter, source->name, lafz_encoding(filter->stream));
	filter_end(filter, kind, is_well);
	if (!is_well)
		return filter_complain(filter, source->name, "", 0);
	return rc == 0 ? filter_check_end(source) : rc;
}

int filter_record(struct filter *filter, const struct jsonl *jsonl)
{
	const struct format_kind *kind = filter_kind(filter->args, true);
	filter->writer.fields = jsonl->keeps_fields ? &jsonl->fields : NULL;
	if (filter_begin(filter, kind, jsonl->id.ptr, jsonl->id.len, true) < 0)
		return -1;
	const bool is_well = filter_feed(filter, kind, jsonl->text.ptr, jsonl->text.len) == 0 &&
	                     filter_finish(filter, kind) == 0;
	filter_end(filter, kind, is_well);
	return is_well ? 0
	               : filter_complain(filter, jsonl->lines.source->name, "record", jsonl->lines.number);
}

int filter_check_end(const struct source *source)
{
	return source->error[0] ? fail_say("%s: %s, behind byte %" PRIu64 " of what they hold",
	                                   source->name, source->error, source->text_off)
	                        : 0;
}

bool filter_names(struct filter *filter)
{
	return filter->n_named++ < FILTER_MOST_NAMED;
}

int filter_broken(struct filter *filter, const char *name, const char *part, uint64_t number,
                  uint64_t start, const char *error)
{
	if (filter->args->fail_on_record || filter_names(filter))
		fail_say("%s: %s %" PRIu64 " at byte %" PRIu64 ": %s", name, part, number, start, error);
	progress_error(&filter->progress, 1);
	filter->must_end = filter->args->fail_on_record;
	if (filter->must_end)
		return -1;
	filter->n_skipped++;
	return 0;
}

static int read_jsonl(struct filter *filter, struct source *source)
{
	struct jsonl jsonl = {.lines = {.source = source, .max = filter->args->max_record},
	                      .field = filter->args->field,
	                      .id_field = filter->args->id_field,
	                      .keeps_fields = filter->args->keeps_fields};
	enum jsonl_answer answer;
	int rc = 0;
	while (rc == 0 && (answer = jsonl_next(&jsonl)) != JSONL_END) {
		if (answer == JSONL_FAILED)
			rc = -1;
		else if (answer == JSONL_BROKEN)
			rc = filter_broken(filter, source->name, "record", jsonl.lines.number,
			                   jsonl.lines.start, jsonl.error);
		else
			rc = filter_record(filter, &jsonl);
	}
	filter->writer.fields = NULL;
	jsonl_free(&jsonl);
	return rc;
}

bool filter_warc_fields(struct bytes *fields, const struct warc *warc)
{
	fields->len = 0;
	return bytes_append(fields, "{\"id\":", 6) &&
	       json_append_string(fields, warc->id.ptr, warc->id.len) &&
	       bytes_append(fields, ",\"uri\":", 7) &&
	       json_append_string(fields, warc->uri.ptr, warc->uri.len) &&
	       bytes_append(fields, ",\"date\":", 8) &&
	       json_append_string(fields, warc->date.ptr, warc->date.len) &&
	       bytes_append(fields, "}", 1);
}

/* A record without an id has its number as its name. */
int filter_warc(struct filter *filter, const struct warc *warc, const struct bytes *fields)
{
	const struct format_kind *kind = filter_kind(filter->args, true);
	filter->writer.fields = fields;
	char number[32];
	const int n = snprintf(number, sizeof number, "%" PRIu64, warc->number);
	const bool has_id = warc->id.len > 0;
	if (filter_begin(filter, kind, has_id ? warc->id.ptr : number, has_id ? warc->id.len : (size_t)n,
	          true) < 0)
		return -1;
	const bool is_well = filter_feed(filter, kind, warc->text.ptr, warc->text.len) == 0 &&
	                     filter_finish(filter, kind) == 0;
	filter_end(filter, kind, is_well);
	return is_well ? 0 : filter_complain(filter, warc->lines.source->name, "record", warc->number);
}

void filter_say_others(const char *name, uint64_t n)
{
	fail_say("%s: %" PRIu64 " record%s of other kinds left out", name, n, n == 1 ? "" : "s");
}

static int read_warc(struct filter *filter, struct source *source)
{
	struct warc warc = {.lines = {.source = source, .max = filter->args->max_record}};
	struct bytes fields = {0};
	const struct bytes *kept = filter->args->keeps_fields ? &fields : NULL;
	uint64_t n_others = 0;
	enum warc_answer answer = WARC_END;
	int rc = 0;
	while (rc == 0 && (answer = warc_next(&warc)) > WARC_END) {
		if (answer == WARC_OTHER)
			n_others += !warc_is_info(&warc);
		else if (answer == WARC_BROKEN)
			rc = filter_broken(filter, source->name, "record", warc.number, warc.start,
			                   warc.error);
		else if (kept && !filter_warc_fields(&fields, &warc))
			rc = fail_say("out of memory");
		else
			rc = filter_warc(filter, &warc, kept);
	}
	filter->writer.fields = NULL;
	bytes_free(&fields);
	warc_free(&warc);
	if (n_others > 0 && rc == 0 && !stop_signal())
		filter_say_others(source->name, n_others);
	return answer == WARC_FAILED ? -1 : rc;
}

/* A document of a CoNLL-U file, while its sentences are read. */
struct opened {
	const struct format_kind *kind;
	const char *name; /* of the file */
	uint64_t line;    /* where the document begins */
	bool is_open, is_first;
	bool has_newpar; /* before the sentence that comes next */
};

static int complain_opened(const struct filter *filter, const struct opened *opened)
{
	return filter_complain(filter, opened->name, "document at line", opened->line);
}

/* Without # newdoc the document has the name of its file. */
static int open_document(struct filter *filter, struct opened *opened, const struct conllu *conllu)
{
	const bool has_id = conllu->doc_line > 0;
	const char *doc = has_id ? conllu->id.ptr : opened->name;
	const size_t len = has_id ? conllu->id.len : strlen(opened->name);
	opened->line = has_id ? conllu->doc_line : 1;
	opened->is_first = true;
	opened->is_open = filter_begin(filter, opened->kind, doc, len, true) == 0;
	return opened->is_open ? 0 : -1;
}

static int close_document(struct filter *filter, struct opened *opened)
{
	if (!opened->is_open)
		return 0;
	const bool is_well = stop_signal() || filter_finish(filter, opened->kind) == 0;
	filter_end(filter, opened->kind, is_well);
	opened->is_open = false;
	return is_well ? 0 : complain_opened(filter, opened);
}

/* Between the sentences of a document stands a line end, before a paragraph a second one. */
static int read_sentence(struct filter *filter, struct opened *opened, const struct conllu *conllu)
{
	const char *gap = opened->has_newpar ? "\n\n" : "\n";
	if (!opened->is_open && open_document(filter, opened, conllu) < 0)
		return -1;
	const size_t gap_len = opened->is_first ? 0 : strlen(gap);
	const bool is_well = filter_feed(filter, opened->kind, gap, gap_len) == 0 &&
	                     filter_feed(filter, opened->kind, conllu->text.ptr, conllu->text.len) == 0;
	opened->is_first = opened->has_newpar = false;
	if (is_well)
		return 0;
	filter_end(filter, opened->kind, is_well);
	opened->is_open = false;
	return complain_opened(filter, opened);
}

/* A document of which every sentence is broken is not there. */
static int read_conllu(struct filter *filter, struct source *source)
{
	struct opened opened = {.kind = filter_kind(filter->args, true), .name = source->name};
	struct conllu conllu = {.lines = {.source = source, .max = filter->args->max_record}};
	enum conllu_answer answer = CONLLU_END;
	int rc = 0;
	while (rc == 0 && (answer = conllu_next(&conllu)) > CONLLU_END) {
		opened.has_newpar = opened.has_newpar || conllu.is_newpar;
		if (conllu.is_newdoc)
			rc = close_document(filter, &opened);
		/* if it ends the work, what stands before it is whole first */
		if (rc == 0 && answer == CONLLU_BROKEN && filter->args->fail_on_record)
			rc = close_document(filter, &opened);
		if (rc == 0 && answer == CONLLU_BROKEN)
			rc = filter_broken(filter, source->name, "line", conllu.error_line,
			                   conllu.error_start, conllu.error);
		else if (rc == 0)
			rc = read_sentence(filter, &opened, &conllu);
	}
	/* what was read before a failure is written */
	if (close_document(filter, &opened) < 0 || answer == CONLLU_FAILED)
		rc = -1;
	conllu_free(&conllu);
	return rc;
}

int filter_file(struct filter *filter, const char *name)
{
	struct source source;
	int rc = source_open(&source, name, filter->args->read_size, filter->sink);
	source.max_ratio = filter->args->max_ratio;
	source.is_utf8 = !filter->args->options.encoding;
	const enum input input = filter_input(filter->args, name);
	const bool is_utf8 = input == INPUT_JSONL || input == INPUT_CONLLU;
	if (rc == 0 && is_utf8 && filter->args->options.encoding)
		rc = fail_say("%s: --encoding is for text and warc, this is UTF-8", name);
	if (rc == 0 && input == INPUT_JSONL)
		rc = read_jsonl(filter, &source);
	else if (rc == 0 && input == INPUT_CONLLU)
		rc = read_conllu(filter, &source);
	else if (rc == 0 && input == INPUT_WARC)
		rc = read_warc(filter, &source);
	else if (rc == 0)
		rc = read_text(filter, &source);
	source_close(&source);
	return rc;
}
