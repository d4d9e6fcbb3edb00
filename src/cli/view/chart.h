/*
 * Charts as SVG and the tables beside them. A chart holds no text but its labels and needs neither a
 * program nor styles of its own; what it says is said by the table too.
 */
#ifndef LAFZ_CLI_VIEW_CHART_H
#define LAFZ_CLI_VIEW_CHART_H

#include <stddef.h>
#include <stdint.h>

#include "cli/sink.h"

#define CHART_LANG_NONE 65535

/* A row of a chart. label ends with NUL and lives until the chart is written. */
struct chart_row {
	const char *label;
	const char *more; /* a second column of the table; NULL: there is none */
	uint64_t count;
	uint16_t lang; /* its colour and pattern; CHART_LANG_NONE: those of no language */
};

/* What a chart is about. */
struct chart {
	const char *title;
	const char *head[3]; /* of the columns: label, more (NULL: there is none), count */
	const char *note;    /* NULL: there is none */
	const struct chart_row *rows;
	size_t n;
	uint64_t total; /* of which the rows are shares; 0: no shares are shown */
};

/* For qsort: rows with the largest count first, then by label. */
int chart_most_first(const void *one, const void *other);

/* A whole number with narrow spaces between its thousands. */
void chart_count(struct sink *sink, uint64_t count);

/* Patterns that the charts use, once a page. */
void chart_patterns(struct sink *sink);

/* A bar a row, from left to right. */
void chart_bars(struct sink *sink, const struct chart *chart);

/* A column a row, side by side: for lengths. */
void chart_columns(struct sink *sink, const struct chart *chart);

#endif
