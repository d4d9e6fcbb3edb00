#include "cli/filter.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "cli/fail.h"
#include "cli/jsonl.h"
#include "cli/source.h"
#include "cli/stop.h"

/* ---- What is written ---- */

static bool is_jsonl(const struct args *args, const char *name)
{
	if (args->input != INPUT_AUTO)
		return args->input == INPUT_JSONL;
	const char *dot = strrchr(name, '.');
	return dot && (strcasecmp(dot, ".jsonl") == 0 || strcasecmp(dot, ".ndjson") == 0);
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
	return args->format == FORMAT_TSV ? &write_tsv : &write_text;
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
	if (args->gaps && (kind == &write_tsv || kind == &write_jsonl))
		want |= LAFZ_WANT_GAPS;
	if (args->explain || args->map)
		want |= LAFZ_WANT_EDITS;
	return want;
}

int filter_open(struct filter *filter, const struct args *args, struct sink *sink,
                struct sink *map)
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
	kind->batch(writer, batch);
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

/* Says why the library failed, if it did. record is 0 for a text file. Returns -1. */
static int complain(const struct filter *filter, const char *name, uint64_t record)
{
	uint64_t off = 0;
	const char *error = lafz_error(filter->stream, &off);
	if (filter_is_stuck(filter))
		return -1;
	if (record == 0)
		return fail_say("%s: %s at byte %" PRIu64, name, error, off);
	return fail_say("%s: record %" PRIu64 ": %s at byte %" PRIu64 " of its text", name, record,
	                error, off);
}

static int feed(struct filter *filter, const struct format_kind *kind, const char *text, size_t len)
{
	return lafz_feed(filter->stream, text, len) < 0 ? -1 : drain(filter, kind);
}

static int finish(struct filter *filter, const struct format_kind *kind)
{
	return lafz_finish(filter->stream) < 0 ? -1 : drain(filter, kind);
}

static int begin(struct filter *filter, const struct format_kind *kind, const char *doc, size_t len,
                 bool is_record)
{
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
	if (kind->end)
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
		return complain(filter, source->name, 0);
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
	return is_well ? 0 : complain(filter, jsonl->lines.source->name, jsonl->lines.number);
}

static int report_broken(struct filter *filter, const struct jsonl *jsonl)
{
	fail_say("%s: record %" PRIu64 " at byte %" PRIu64 ": %s", jsonl->lines.source->name,
	         jsonl->lines.number, jsonl->lines.start, jsonl->error);
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
			rc = report_broken(filter, &jsonl);
		else
			rc = read_record(filter, kind, &jsonl);
	}
	jsonl_free(&jsonl);
	return rc;
}

int filter_file(struct filter *filter, const char *name)
{
	struct source source;
	int rc = source_open(&source, name, filter->args->read_size, filter->sink);
	if (rc == 0)
		rc = is_jsonl(filter->args, name) ? read_jsonl(filter, &source)
		                                  : read_text(filter, &source);
	source_close(&source);
	return rc;
}
