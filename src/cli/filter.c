#include "cli/filter.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "cli/conllu.h"
#include "cli/fail.h"
#include "cli/jsonl.h"
#include "cli/source.h"
#include "cli/stop.h"

/* ---- What is written ---- */

/* What a file holds. */
static enum input input_of(const struct args *args, const char *name)
{
	const char *dot = strrchr(name, '.');
	if (args->input != INPUT_AUTO)
		return args->input;
	if (dot && (strcasecmp(dot, ".jsonl") == 0 || strcasecmp(dot, ".ndjson") == 0))
		return INPUT_JSONL;
	return dot && strcasecmp(dot, ".conllu") == 0 ? INPUT_CONLLU : INPUT_TEXT;
}

static const struct format_kind *kind_of(const struct args *args, bool is_record)
{
	const bool writes_jsonl = args->format == FORMAT_JSONL;
	switch (args->command) {
	case COMMAND_RUNS:
		return writes_jsonl ? &write_runs_jsonl : &write_runs_tsv;
	case COMMAND_NORMALIZE:
		if (args->format == FORMAT_UNSET)
			return is_record ? &write_normal_jsonl : &write_normal_text;
		return writes_jsonl ? &write_normal_jsonl : &write_normal_text;
	case COMMAND_STATS:
		return &write_stats;
	default:
		break;
	}
	if (writes_jsonl)
		return &write_jsonl;
	switch (args->format) {
	case FORMAT_CONLLU:
		return &write_conllu;
	case FORMAT_VRT:
		return &write_vrt;
	case FORMAT_SPANS:
		return &write_spans;
	case FORMAT_ARROW:
		return &write_arrow;
	default:
		return args->format == FORMAT_TSV ? &write_tsv : &write_text;
	}
}

/* Both kinds of normalize want the same, so one stream serves all files. */
static uint32_t want_of(const struct args *args)
{
	const struct format_kind *kind = kind_of(args, false);
	uint32_t want = kind->want;
	if (kind == &write_text && args->view == VIEW_NORM)
		want |= LAFZ_WANT_NORM;
	if (kind == &write_text && args->view == VIEW_KEY)
		want |= LAFZ_WANT_KEY;
	if (args->gaps && (kind == &write_tsv || kind == &write_jsonl || kind == &write_arrow))
		want |= LAFZ_WANT_GAPS;
	if (args->explain || args->map)
		want |= LAFZ_WANT_EDITS;
	return want;
}

int filter_open(struct filter *filter, const struct args *args, struct sink *sink, struct sink *map)
{
	*filter = (struct filter){.args = args, .sink = sink};
	filter->writer.sink = sink;
	filter->writer.args = args;
	filter->writer.stats = &filter->stats;
	filter->map.sink = map;
	filter->want = want_of(args);
	struct lafz_options options = args->options;
	options.want = filter->want;
	return lafz_open(&filter->stream, &options);
}

void filter_close(struct filter *filter)
{
	lafz_close(filter->stream);
	filter->stream = NULL;
	write_free(&filter->writer);
	stats_free(&filter->stats);
}

bool filter_is_stuck(const struct filter *filter)
{
	const struct sink *map = filter->map.sink;
	return filter->sink->has_failed || (map && map->has_failed);
}

/* ---- Documents ---- */

void filter_head(struct filter *filter)
{
	const struct format_kind *kind = kind_of(filter->args, false);
	if (kind->head)
		kind->head(&filter->writer);
}

int filter_tail(struct filter *filter)
{
	const struct format_kind *kind = kind_of(filter->args, false);
	if (kind->tail)
		kind->tail(&filter->writer);
	if (filter->args->command != COMMAND_STATS)
		return 0;
	return stats_write(&filter->stats, filter->sink, filter->args->format == FORMAT_JSON);
}

static int write_batch(struct filter *filter, const struct format_kind *kind,
                       const struct lafz_batch *batch)
{
	struct writer *writer = &filter->writer;
	if (filter->want & LAFZ_WANT_EDITS) {
		if (lafz_edits(filter->stream, &writer->edits, &writer->n_edits) < 0)
			return -1;
	}
	if (!filter->shards)
		kind->batch(writer, batch);
	else if (shards_batch(filter->shards, kind, batch) < 0)
		return -1;
	if (filter->map.sink)
		map_batch(&filter->map, writer, batch);
	return filter_is_stuck(filter) ? -1 : 0;
}

/*
 * Writes all that the stream can say now. 0 or -1; what the library has to complain about is said
 * by the caller.
 */
static int drain(struct filter *filter, const struct format_kind *kind)
{
	const struct lafz_batch *batch = NULL;
	int rc = 0;
	while ((rc = lafz_next_batch(filter->stream, &batch)) == LAFZ_BATCH) {
		if (write_batch(filter, kind, batch) < 0)
			return -1;
	}
	return rc < 0 ? -1 : 0;
}

/*
 * Says why the library failed, if it did: in a text file, or in a part of a file that is told by
 * its number (0: there is none). Returns -1.
 */
static int complain(const struct filter *filter, const char *name, const char *part, uint64_t number)
{
	uint64_t off = 0;
	const char *error = lafz_error(filter->stream, &off);
	if (filter_is_stuck(filter))
		return -1;
	if (number == 0)
		return fail_say("%s: %s at byte %" PRIu64, name, error, off);
	return fail_say("%s: %s %" PRIu64 ": %s at byte %" PRIu64 " of its text", name, part,
	                number, error, off);
}

static int feed(struct filter *filter, const struct format_kind *kind, const char *text, size_t len)
{
	if (filter->is_passing)
		return 0;
	return lafz_feed(filter->stream, text, len) < 0 ? -1 : drain(filter, kind);
}

static int finish(struct filter *filter, const struct format_kind *kind)
{
	if (filter->is_passing)
		return 0;
	return lafz_finish(filter->stream) < 0 ? -1 : drain(filter, kind);
}

static int begin(struct filter *filter, const struct format_kind *kind, const char *doc, size_t len,
                 bool is_record)
{
	enum shards_answer answer = SHARDS_WRITE;
	if (filter->shards)
		answer = shards_document(filter->shards, kind);
	if (answer == SHARDS_FAILED)
		return -1;
	filter->is_passing = answer == SHARDS_PASS;
	if (filter->is_passing)
		return 0;
	lafz_reset(filter->stream);
	if (!write_document(&filter->writer, doc, len, is_record))
		return fail_say("out of memory");
	map_begin(&filter->map);
	if (kind->begin)
		kind->begin(&filter->writer);
	return 0;
}

static void end(struct filter *filter, const struct format_kind *kind)
{
	if (kind->end && !filter->is_passing)
		kind->end(&filter->writer);
}

/*
 * The library lends a chunk until it answers MORE, and drain goes on until then: one buffer is
 * enough.
 */
static int read_text(struct filter *filter, struct source *source)
{
	const struct format_kind *kind = kind_of(filter->args, false);
	if (begin(filter, kind, source->name, strlen(source->name), false) < 0)
		return -1;
	char *chunk = NULL;
	size_t len = 0;
	int rc = 0;
	bool is_well = true;
	while (is_well && (rc = source_read(source, &chunk, &len)) > 0)
		is_well = feed(filter, kind, chunk, len) == 0;
	/* After a read error too: what was read before is written. A signal keeps what is whole. */
	if (is_well && !stop_signal())
		is_well = finish(filter, kind) == 0;
	end(filter, kind);
	if (!is_well)
		return complain(filter, source->name, "", 0);
	return rc;
}

static int read_record(struct filter *filter, const struct format_kind *kind,
                       const struct jsonl *jsonl)
{
	if (begin(filter, kind, jsonl->id.ptr, jsonl->id.len, true) < 0)
		return -1;
	const bool is_well = feed(filter, kind, jsonl->text.ptr, jsonl->text.len) == 0 &&
	                     finish(filter, kind) == 0;
	end(filter, kind);
	return is_well ? 0
	               : complain(filter, jsonl->lines.source->name, "record", jsonl->lines.number);
}

/* part is what number counts in the file. */
static int report_broken(struct filter *filter, const char *name, const char *part, uint64_t number,
                         uint64_t start, const char *error)
{
	fail_say("%s: %s %" PRIu64 " at byte %" PRIu64 ": %s", name, part, number, start, error);
	filter->must_end = filter->args->fail_on_record;
	if (filter->must_end)
		return -1;
	filter->n_skipped++;
	return 0;
}

static int read_jsonl(struct filter *filter, struct source *source)
{
	const struct format_kind *kind = kind_of(filter->args, true);
	struct jsonl jsonl = {.lines = {.source = source, .max = filter->args->max_record},
	                      .field = filter->args->field,
	                      .id_field = filter->args->id_field};
	enum jsonl_answer answer;
	int rc = 0;
	while (rc == 0 && (answer = jsonl_next(&jsonl)) != JSONL_END) {
		if (answer == JSONL_FAILED)
			rc = -1;
		else if (answer == JSONL_BROKEN)
			rc = report_broken(filter, source->name, "record", jsonl.lines.number,
			                   jsonl.lines.start, jsonl.error);
		else
			rc = read_record(filter, kind, &jsonl);
	}
	jsonl_free(&jsonl);
	return rc;
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
	return complain(filter, opened->name, "document at line", opened->line);
}

/* Without # newdoc the document has the name of its file. */
static int open_document(struct filter *filter, struct opened *opened, const struct conllu *conllu)
{
	const bool has_id = conllu->doc_line > 0;
	const char *doc = has_id ? conllu->id.ptr : opened->name;
	const size_t len = has_id ? conllu->id.len : strlen(opened->name);
	opened->line = has_id ? conllu->doc_line : 1;
	opened->is_first = true;
	opened->is_open = begin(filter, opened->kind, doc, len, true) == 0;
	return opened->is_open ? 0 : -1;
}

static int close_document(struct filter *filter, struct opened *opened)
{
	if (!opened->is_open)
		return 0;
	const bool is_well = stop_signal() || finish(filter, opened->kind) == 0;
	end(filter, opened->kind);
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
	const bool is_well = feed(filter, opened->kind, gap, gap_len) == 0 &&
	                     feed(filter, opened->kind, conllu->text.ptr, conllu->text.len) == 0;
	opened->is_first = opened->has_newpar = false;
	if (is_well)
		return 0;
	end(filter, opened->kind);
	opened->is_open = false;
	return complain_opened(filter, opened);
}

/* A document of which every sentence is broken is not there. */
static int read_conllu(struct filter *filter, struct source *source)
{
	struct opened opened = {.kind = kind_of(filter->args, true), .name = source->name};
	struct conllu conllu = {.lines = {.source = source, .max = filter->args->max_record}};
	enum conllu_answer answer = CONLLU_END;
	int rc = 0;
	while (rc == 0 && (answer = conllu_next(&conllu)) > CONLLU_END) {
		opened.has_newpar = opened.has_newpar || conllu.is_newpar;
		if (conllu.is_newdoc)
			rc = close_document(filter, &opened);
		if (rc == 0 && answer == CONLLU_BROKEN)
			rc = report_broken(filter, source->name, "line", conllu.error_line,
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
	const enum input input = input_of(filter->args, name);
	if (rc == 0 && input == INPUT_JSONL)
		rc = read_jsonl(filter, &source);
	else if (rc == 0 && input == INPUT_CONLLU)
		rc = read_conllu(filter, &source);
	else if (rc == 0)
		rc = read_text(filter, &source);
	source_close(&source);
	return rc;
}
