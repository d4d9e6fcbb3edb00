#include "cli/filter.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "cli/fail.h"
#include "cli/reserve.h"
#include "cli/stop.h"
#include "cli/view/report.h"
#include "cli/view/view.h"

/* ---- What is written ---- */

/* The part of a name that says what a file holds; that of its compression is passed over. */
static const char *suffix_of(const char *name, size_t *len)
{
	static const char *const packings[] = {".gz", ".bz2", ".xz", ".zst", ".lz4"};
	const char *end = name + strlen(name);
	for (size_t i = 0; i < sizeof packings / sizeof *packings; i++) {
		const size_t packing_len = strlen(packings[i]);
		if ((size_t)(end - name) > packing_len &&
		    strcasecmp(end - packing_len, packings[i]) == 0) {
			end -= packing_len;
			break;
		}
	}
	const char *suffix = end;
	while (suffix > name && suffix[-1] != '.' && suffix[-1] != '/')
		suffix--;
	*len = suffix > name && suffix[-1] == '.' ? (size_t)(end - suffix) : 0;
	return suffix;
}

/* What a file holds. */
static enum input input_of(const struct args *args, const char *name)
{
	static const struct {
		const char *suffix;
		enum input input;
	} rows[] = {
		{"jsonl", INPUT_JSONL}, {"ndjson", INPUT_JSONL}, {"conllu", INPUT_CONLLU},
		{"warc", INPUT_WARC},   {"wet", INPUT_WARC},
	};
	if (args->input != INPUT_AUTO)
		return args->input;
	size_t len = 0;
	const char *suffix = suffix_of(name, &len);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (len == strlen(rows[i].suffix) && strncasecmp(suffix, rows[i].suffix, len) == 0)
			return rows[i].input;
	}
	return INPUT_TEXT;
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
	case COMMAND_COUNT:
		return &write_count;
	case COMMAND_STATS:
		return args->format == FORMAT_HTML ? &report_html : &write_stats;
	case COMMAND_VIEW:
		return args->format == FORMAT_HTML ? &view_html : &view_text;
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
	const bool has_view = kind == &write_text || kind == &write_count;
	if (has_view && args->view == VIEW_NORM)
		want |= LAFZ_WANT_NORM;
	if (has_view && args->view == VIEW_KEY)
		want |= LAFZ_WANT_KEY;
	if (args->gaps && (kind == &write_tsv || kind == &write_jsonl || kind == &write_arrow))
		want |= LAFZ_WANT_GAPS;
	if (selection_is_on(&args->selection) || args->selection.by_lang)
		want |= LAFZ_WANT_RUNS;
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
	stats_begin(&filter->stats);
	filter->writer.count = &filter->count;
	count_open(&filter->count, args);
	filter->map.sink = map;
	if (selection_is_on(&args->selection))
		filter->select.selection = &args->selection;
	if (args->selection.by_lang)
		filter->split.args = args;
	progress_begin(&filter->progress, args);
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
	select_free(&filter->select);
	(void)split_close(&filter->split, false);
	stats_free(&filter->stats);
	count_free(&filter->count);
}

enum input filter_input(const struct args *args, const char *name)
{
	return input_of(args, name);
}

const struct format_kind *filter_kind(const struct args *args, bool is_record)
{
	return kind_of(args, is_record);
}

bool filter_must_end(const struct filter *filter)
{
	return stop_signal() || filter_is_stuck(filter) || filter->sink->is_file ||
	       filter->split.args || filter->must_end;
}

bool filter_is_stuck(const struct filter *filter)
{
	const struct sink *map = filter->map.sink;
	const struct viewer *view = filter->writer.view;
	const struct report *report = filter->writer.report;
	return filter->has_failed || filter->count.has_failed || (view && view->has_failed) ||
	       (report && report->has_failed) || filter->sink->has_failed ||
	       filter->split.has_failed || (map && map->has_failed);
}

/* ---- Documents ---- */

void filter_head(struct filter *filter)
{
	const struct format_kind *kind = kind_of(filter->args, false);
	if (kind->head && !filter->split.args)
		kind->head(&filter->writer);
}

int filter_tail(struct filter *filter)
{
	if (filter->args->command == COMMAND_COUNT)
		return count_write(&filter->count, filter->sink);
	if (filter->writer.view && view_finish(filter->writer.view) < 0)
		return -1;
	const struct format_kind *kind = kind_of(filter->args, false);
	if (kind->tail)
		kind->tail(&filter->writer);
	if (filter->args->command != COMMAND_STATS)
		return 0;
	if (filter->writer.report)
		return report_write(filter->writer.report, &filter->stats, filter->sink);
	return stats_write(&filter->stats, filter->sink, filter->args->format == FORMAT_JSON);
}

int filter_batch(struct filter *filter, const struct format_kind *kind,
                 const struct lafz_batch *batch)
{
	struct writer *writer = &filter->writer;
	if (reserve_is_touched()) {
		filter->has_failed = true;
		return fail_say("out of memory");
	}
	if (filter->is_passing)
		return 0;
	if (filter->select.selection)
		batch = select_batch(&filter->select, batch);
	if (!batch) {
		filter->has_failed = true;
		return fail_say("out of memory");
	}
	if (filter->split.args)
		return split_batch(&filter->split, kind, writer, batch);
	if (!filter->shards)
		kind->batch(writer, batch);
	else if (shards_batch(filter->shards, kind, batch) < 0)
		return -1;
	if (filter->map.sink)
		map_batch(&filter->map, writer, batch);
	return filter_is_stuck(filter) ? -1 : 0;
}

bool filter_takes_text(const struct filter *filter, const struct format_kind *kind)
{
	return kind->text && filter->args->view == VIEW_NORM && !filter->select.selection &&
	       !filter->split.args && !filter->shards && !filter->map.sink &&
	       filter->want == (LAFZ_WANT_NORM | LAFZ_WANT_SENTS);
}

/* drain for these. */
static int drain_text(struct filter *filter, const struct format_kind *kind)
{
	const struct lafz_text *text = NULL;
	int rc = 0;
	while ((rc = lafz_next_text(filter->stream, &text)) == LAFZ_TEXT) {
		if (reserve_is_touched()) {
			filter->has_failed = true;
			return fail_say("out of memory");
		}
		kind->text(&filter->writer, text);
		if (filter_is_stuck(filter))
			return -1;
		progress_poll(&filter->progress);
	}
	return rc < 0 ? -1 : 0;
}

/*
 * Writes all that the stream can say now. 0 or -1; what the library has to complain about is said
 * by the caller.
 */
static int drain(struct filter *filter, const struct format_kind *kind)
{
	if (filter_takes_text(filter, kind))
		return drain_text(filter, kind);
	struct writer *writer = &filter->writer;
	const struct lafz_batch *batch = NULL;
	int rc = 0;
	while ((rc = lafz_next_batch(filter->stream, &batch)) == LAFZ_BATCH) {
		if (filter->want & LAFZ_WANT_EDITS &&
		    lafz_edits(filter->stream, &writer->edits, &writer->n_edits) < 0)
			return -1;
		if (filter_batch(filter, kind, batch) < 0)
			return -1;
		progress_poll(&filter->progress);
	}
	return rc < 0 ? -1 : 0;
}

int filter_complain(const struct filter *filter, const char *name, const char *part, uint64_t number)
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

int filter_feed(struct filter *filter, const struct format_kind *kind, const char *text, size_t len)
{
	if (filter->is_passing)
		return 0;
	return lafz_feed(filter->stream, text, len) < 0 ? -1 : drain(filter, kind);
}

int filter_finish(struct filter *filter, const struct format_kind *kind)
{
	if (filter->is_passing)
		return 0;
	return lafz_finish(filter->stream) < 0 ? -1 : drain(filter, kind);
}

int filter_begin(struct filter *filter, const struct format_kind *kind, const char *doc, size_t len,
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
	progress_document(&filter->progress, 1);
	lafz_reset(filter->stream);
	if (!write_document(&filter->writer, doc, len, is_record))
		return fail_say("out of memory");
	map_begin(&filter->map);
	if (filter->split.args)
		split_begin(&filter->split);
	else if (kind->begin)
		kind->begin(&filter->writer);
	return 0;
}

void filter_end(struct filter *filter, const struct format_kind *kind, bool is_well)
{
	filter->writer.is_cut = !is_well;
	if (filter->split.args)
		split_end(&filter->split, kind);
	else if (kind->end && !filter->is_passing)
		kind->end(&filter->writer);
}

void filter_say_encoding(const struct filter *filter, const char *name, const char *encoding)
{
	const struct args *args = filter->args;
	if (encoding && args->progress && args->options.encoding && !filter->is_passing &&
	    strcmp(args->options.encoding, "auto") == 0)
		fail_say("%s: read as %s", name, encoding);
}
