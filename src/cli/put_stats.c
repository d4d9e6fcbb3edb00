#include "cli/put_stats.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "cli/put.h"
#include "cli/repair.h"

#define LINE_CAP 256
#define TABLE_EDITS 20 /* rows of edits that a table shows */
#define BAR_LEN 40

#if defined(__GNUC__)
#define PRINTF_LIKE __attribute__((format(printf, 2, 3)))
#else
#define PRINTF_LIKE
#endif

static void print(struct sink *sink, const char *format, ...) PRINTF_LIKE;

/* At most LINE_CAP bytes. */
static void print(struct sink *sink, const char *format, ...)
{
	char line[LINE_CAP];
	va_list values;
	va_start(values, format);
	(void)vsnprintf(line, sizeof line, format, values);
	va_end(values);
	sink_string(sink, line);
}

/* "U+0643", or several with a separator between; cps[1] may be 0. */
static void put_cps(struct sink *sink, const uint32_t cps[2], const char *between)
{
	print(sink, "U+%04" PRIX32, cps[0]);
	if (cps[1])
		print(sink, "%sU+%04" PRIX32, between, cps[1]);
}

static const char *rule_of(const struct stats *stats, const struct tally_row *row)
{
	return stats->tally.names.ptr + row->rule;
}

/* ---- JSON ---- */

static void json_numbers(struct sink *sink, const struct stats *stats)
{
	struct stats_sum sums[STATS_SUMS];
	stats_sums(stats, sums);
	/* edits have an object of their own */
	for (size_t i = 0; i + 1 < STATS_SUMS; i++)
		print(sink, "%c\"%s\":%" PRIu64, i > 0 ? ',' : '{', sums[i].name, sums[i].count);
	sink_string(sink, ",\"kinds\":{");
	for (uint8_t kind = 0; kind < STATS_KINDS; kind++)
		print(sink, "%s\"%s\":%" PRIu64, kind > 0 ? "," : "", lafz_kind_name(kind),
		      stats->kinds[kind]);
	sink_byte(sink, '}');
}

static void json_langs(struct sink *sink, const struct stats *stats)
{
	sink_string(sink, ",\"languages\":[");
	for (size_t i = 0; i < stats->n_langs; i++) {
		const struct stats_lang *row = &stats->langs[i];
		print(sink, "%s{\"lang\":\"%s\",\"bytes\":%" PRIu64 ",\"tokens\":%" PRIu64,
		      i > 0 ? "," : "", row->tag, row->bytes, row->tokens);
		print(sink, ",\"edits\":%" PRIu64 "}", row->edits);
	}
	sink_byte(sink, ']');
}

static void json_edits(struct sink *sink, const struct stats *stats)
{
	print(sink, ",\"edits\":{\"count\":%" PRIu64 ",\"by\":[", stats->edits);
	for (size_t i = 0; i < stats->tally.n; i++) {
		const struct tally_row *row = &stats->tally.rows[i];
		print(sink, "%s{\"lang\":\"%s\",\"rule\":\"%s\",\"code_point\":", i > 0 ? "," : "",
		      lafz_lang_tag(row->lang), rule_of(stats, row));
		if (row->cp == REPAIR_NOTHING)
			sink_string(sink, "null");
		else
			print(sink, "\"U+%04" PRIX32 "\"", row->cp);
		print(sink, ",\"count\":%" PRIu64 "}", row->count);
	}
	sink_string(sink, "]}");
}

static void json_confusions(struct sink *sink, const struct stats *stats)
{
	sink_string(sink, ",\"confusions\":[");
	for (size_t i = 0; confusions[i].name; i++) {
		const struct confusion *row = &confusions[i];
		print(sink, "%s{\"name\":\"%s\",\"lang\":\"%s\",\"place\":\"%s\"", i > 0 ? "," : "",
		      row->name, row->lang, confusions_place(row->place));
		sink_string(sink, ",\"code_points\":[\"");
		put_cps(sink, row->cps, "\",\"");
		sink_string(sink, "\"],\"instead_of\":[\"");
		put_cps(sink, row->instead_of, "\",\"");
		print(sink, "\"],\"count\":%" PRIu64 "}", stats->confusions[i]);
	}
	sink_byte(sink, ']');
}

void put_stats_json(struct sink *sink, const struct stats *stats)
{
	json_numbers(sink, stats);
	json_langs(sink, stats);
	json_edits(sink, stats);
	json_confusions(sink, stats);
	sink_string(sink, "}\n");
}

/* ---- Tables ---- */

/* The time is no property of the text, so what goes to a file or a program is without it. */
static void put_speed(struct sink *sink, const struct stats *stats)
{
	const double seconds = stats_seconds(stats);
	if (seconds <= 0)
		return;
	print(sink, "%-12s %12.1f\n", "seconds", seconds);
	print(sink, "%-12s %12.1f\n", "MB/s", (double)stats->bytes / 1e6 / seconds);
}

static void table_numbers(struct sink *sink, const struct stats *stats)
{
	struct stats_sum sums[STATS_SUMS];
	stats_sums(stats, sums);
	for (size_t i = 0; i < STATS_SUMS; i++)
		print(sink, "%-12s %12" PRIu64 "\n", sums[i].name, sums[i].count);
	if (sink->clean)
		put_speed(sink, stats);
	if (stats->tokens > 0)
		print(sink, "\n%-12s %12s\n", "KIND", "TOKENS");
	for (uint8_t kind = 0; kind < STATS_KINDS; kind++) {
		if (stats->kinds[kind] > 0)
			print(sink, "%-12s %12" PRIu64 "\n", lafz_kind_name(kind),
			      stats->kinds[kind]);
	}
}

/* count of most as so many marks, one at least. */
static void put_bar(struct sink *sink, uint64_t count, uint64_t most)
{
	const double share = most > 0 ? (double)count / (double)most : 0;
	const int len = (int)(share * BAR_LEN + 0.5);
	sink_string(sink, "  #");
	for (int i = 1; i < len; i++)
		sink_byte(sink, '#');
}

static void table_langs(struct sink *sink, const struct stats *stats)
{
	print(sink, "\n%-12s %12s %12s %12s\n", "LANGUAGE", "BYTES", "TOKENS", "EDITS");
	for (size_t i = 0; i < stats->n_langs; i++) {
		const struct stats_lang *row = &stats->langs[i];
		print(sink, "%-12s %12" PRIu64 " %12" PRIu64 " %12" PRIu64, row->tag, row->bytes,
		      row->tokens, row->edits);
		if (sink->clean)
			put_bar(sink, row->bytes, stats->langs[0].bytes);
		sink_byte(sink, '\n');
	}
}

/* The most frequent ones of all languages; JSON has them all. */
static void table_edits(struct sink *sink, const struct stats *stats)
{
	const size_t n = stats->tally.n < TABLE_EDITS ? stats->tally.n : TABLE_EDITS;
	print(sink, "\n%-12s %12s  %-10s %s\n", "LANGUAGE", "EDITS", "OF", "BY RULE");
	for (size_t i = 0; i < n; i++) {
		const struct tally_row *row = &stats->tally.rows[i];
		char cp[16] = "ill-formed";
		if (row->cp != REPAIR_NOTHING)
			(void)snprintf(cp, sizeof cp, "U+%04" PRIX32, row->cp);
		print(sink, "%-12s %12" PRIu64 "  %-10s %s\n", lafz_lang_tag(row->lang), row->count,
		      cp, rule_of(stats, row));
	}
	if (n < stats->tally.n)
		print(sink, "and %zu more (-f json)\n", stats->tally.n - n);
}

static void table_confusions(struct sink *sink, const struct stats *stats)
{
	print(sink, "\n%-12s %12s  %s\n", "LANGUAGE", "NOT EDITED", "PERHAPS MEANT");
	for (size_t i = 0; confusions[i].name; i++) {
		const struct confusion *row = &confusions[i];
		if (stats->confusions[i] == 0)
			continue;
		print(sink, "%-12s %12" PRIu64 "  ", row->lang, stats->confusions[i]);
		put_cps(sink, row->cps, " ");
		sink_string(sink, " for ");
		put_cps(sink, row->instead_of, " or ");
		print(sink, " (%s)\n", row->name);
	}
}

static bool has_confusions(const struct stats *stats)
{
	for (size_t i = 0; confusions[i].name; i++) {
		if (stats->confusions[i] > 0)
			return true;
	}
	return false;
}

void put_stats_table(struct sink *sink, const struct stats *stats)
{
	table_numbers(sink, stats);
	if (stats->n_langs > 0)
		table_langs(sink, stats);
	if (stats->tally.n > 0)
		table_edits(sink, stats);
	if (has_confusions(stats))
		table_confusions(sink, stats);
}
