#include "cli/view/diff.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/put.h"
#include "cli/stop.h"
#include "cli/view/compare.h"
#include "cli/view/tokens.h"

struct diff {
	struct sink *sink;
	struct tokens files[2];
	struct compare_counts counts;
	struct bytes values[2]; /* owned */
};

/* ---- Rows ---- */

/* Where a region begins and ends: what its tokens cover. */
static void span_of(const struct compare_side sides[2], const struct compare_region *region,
                    uint64_t span[2])
{
	struct compare_token token;
	span[0] = UINT64_MAX;
	span[1] = 0;
	for (size_t k = 0; k < 2; k++) {
		for (size_t i = 0; i < region->n[k]; i++) {
			if (!sides[k].peek(sides[k].ctx, i, &token))
				break;
			span[0] = token.start < span[0] ? token.start : span[0];
			span[1] = token.end > span[1] ? token.end : span[1];
		}
	}
}

static void put_row(struct diff *diff, const uint64_t span[2], const char *what,
                    struct compare_text doc)
{
	char numbers[64];
	snprintf(numbers, sizeof numbers, "%" PRIu64 "\t%" PRIu64 "\t", span[0], span[1]);
	sink_string(diff->sink, numbers);
	sink_string(diff->sink, what);
	for (size_t k = 0; k < 2; k++) {
		sink_byte(diff->sink, '\t');
		put_tsv(diff->sink, diff->values[k].ptr, diff->values[k].len);
	}
	sink_byte(diff->sink, '\t');
	put_tsv(diff->sink, doc.ptr, doc.len);
	sink_byte(diff->sink, '\n');
}

/* A row for each way in which the region differs. */
static bool put_region(struct diff *diff, const struct compare_side sides[2],
                       const struct compare_region *region, struct compare_text doc)
{
	uint64_t span[2];
	span_of(sides, region, span);
	for (unsigned i = 0; i < COMPARE_COUNT; i++) {
		const unsigned what = 1u << i;
		if (!(region->what & what))
			continue;
		for (size_t k = 0; k < 2; k++) {
			diff->values[k].len = 0;
			if (!compare_value(&sides[k], region->n[k], what, &diff->values[k]))
				return false;
		}
		put_row(diff, span, compare_name(what), doc);
	}
	return true;
}

/* ---- Documents ---- */

static bool is_stuck(const struct diff *diff)
{
	return diff->files[0].has_failed || diff->files[1].has_failed || diff->sink->has_failed ||
	       stop_signal();
}

/* The name lives as long as the first of its tokens, so it is copied. */
static bool compare_document(struct diff *diff, struct compare_text name)
{
	const struct compare_side sides[2] = {{tokens_peek, tokens_drop, &diff->files[0]},
	                                      {tokens_peek, tokens_drop, &diff->files[1]}};
	struct compare_region region;
	struct bytes copy = {0};
	bool is_well = bytes_append(&copy, name.ptr, name.len);
	const struct compare_text doc = {copy.ptr, copy.len};
	diff->counts.documents++;
	while (is_well && !is_stuck(diff) && compare_next(sides, &region, &diff->counts)) {
		if (region.what)
			is_well = put_region(diff, sides, &region, doc);
		tokens_drop(&diff->files[0], region.n[0]);
		tokens_drop(&diff->files[1], region.n[1]);
	}
	tokens_skip(&diff->files[0]);
	tokens_skip(&diff->files[1]);
	bytes_free(&copy);
	return is_well;
}

/* A document that only one of the files has. */
static void put_missing(struct diff *diff, size_t k, struct compare_text doc)
{
	const char *values[2] = {k == 0 ? "here" : "-", k == 1 ? "here" : "-"};
	sink_string(diff->sink, "0\t0\tdocument\t");
	sink_string(diff->sink, values[0]);
	sink_byte(diff->sink, '\t');
	sink_string(diff->sink, values[1]);
	sink_byte(diff->sink, '\t');
	put_tsv(diff->sink, doc.ptr, doc.len);
	sink_byte(diff->sink, '\n');
	diff->counts.missing[k]++;
	tokens_skip(&diff->files[k]);
}

/* False if there is no memory. */
static bool compare_documents_of(struct diff *diff)
{
	for (;;) {
		struct compare_text names[2] = {{0}, {0}};
		const bool has[2] = {tokens_document(&diff->files[0], &names[0]),
		                     tokens_document(&diff->files[1], &names[1])};
		if (is_stuck(diff) || (!has[0] && !has[1]))
			return true;
		if (has[0] && has[1] && compare_documents(names[0], names[1])) {
			if (!compare_document(diff, names[0]))
				return false;
			continue;
		}
		/* One that comes later in the other file waits until then. */
		const bool is_later = has[0] && has[1] && tokens_find(&diff->files[1], names[0]);
		const size_t k = !has[0] || is_later ? 1 : 0;
		put_missing(diff, k, names[k]);
	}
}

static void put_counts(const struct diff *diff)
{
	const struct compare_counts *counts = &diff->counts;
	const double sum = (double)(counts->tokens[0] + counts->tokens[1]);
	char line[200];
	snprintf(line, sizeof line,
	         "# documents: %" PRIu64 " in both, %" PRIu64 " only in the first, %" PRIu64
	         " only in the second\n",
	         counts->documents, counts->missing[0], counts->missing[1]);
	sink_string(diff->sink, line);
	snprintf(line, sizeof line,
	         "# tokens: %" PRIu64 " and %" PRIu64 ", %" PRIu64
	         " with the same borders (F1 %.4f)\n",
	         counts->tokens[0], counts->tokens[1], counts->same,
	         sum > 0 ? 2 * (double)counts->same / sum : 1);
	sink_string(diff->sink, line);
	sink_string(diff->sink, "# differences:");
	for (unsigned i = 0; i < COMPARE_COUNT; i++) {
		snprintf(line, sizeof line, " %s %" PRIu64, compare_name(1u << i), counts->by[i]);
		sink_string(diff->sink, line);
	}
	sink_byte(diff->sink, '\n');
}

static enum fail_exit run(struct diff *diff)
{
	sink_string(diff->sink, "#start\tend\twhat\tfirst\tsecond\tdoc\n");
	if (!compare_documents_of(diff)) {
		fail_say("out of memory");
		return EXIT_TROUBLE;
	}
	if (is_stuck(diff))
		return EXIT_TROUBLE;
	put_counts(diff);
	return compare_is_different(&diff->counts) ? EXIT_DIFFERENT : EXIT_DONE;
}

enum fail_exit diff_files(const struct args *args, struct sink *sink)
{
	struct diff diff = {.sink = sink};
	enum fail_exit status = EXIT_TROUBLE;
	if (tokens_open(&diff.files[0], args->files[0], args->read_size, args->max_record, sink) == 0 &&
	    tokens_open(&diff.files[1], args->files[1], args->read_size, args->max_record, sink) == 0)
		status = run(&diff);
	tokens_close(&diff.files[0]);
	tokens_close(&diff.files[1]);
	bytes_free(&diff.values[0]);
	bytes_free(&diff.values[1]);
	return status;
}
