/*
 * How the numbers of lafz stats are written.
 */
#ifndef LAFZ_CLI_PUT_STATS_H
#define LAFZ_CLI_PUT_STATS_H

#include "cli/sink.h"
#include "cli/stats.h"

/* Tables for people; on a terminal with a bar for each language. */
void put_stats_table(struct sink *sink, const struct stats *stats);

/* An object of JSON on one line. */
void put_stats_json(struct sink *sink, const struct stats *stats);

#endif
