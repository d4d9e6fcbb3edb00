/*
 * lafz stats: what the documents consist of, and what was changed in them. Memory grows with the
 * number of different edits, not with the length of the input.
 */
#ifndef LAFZ_CLI_STATS_H
#define LAFZ_CLI_STATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lafz.h>

#include "cli/confusions.h"
#include "cli/sink.h"
#include "cli/tally.h"

#define STATS_KINDS (LAFZ_KIND_OTHER + 1) /* gaps are not counted */

struct stats_lang {
	const char *tag; /* set when it is sorted */
	uint64_t bytes, tokens, edits;
};

/* A zeroed struct has counted nothing. */
struct stats {
	uint64_t documents, bytes, characters, sentences, tokens;
	uint64_t repairs; /* ill-formed subparts */
	uint64_t kinds[STATS_KINDS];
	/* By language id; sorted, n_langs of them, those that were met. Owned. */
	struct stats_lang *langs;
	size_t n_langs;
	uint64_t edits;
	struct tally tally; /* of edits by language, rule and code point */
	uint64_t confusions[CONFUSIONS_MOST];
	uint64_t end_char;  /* of the document so far */
	uint64_t last_sent; /* number of the sentence before, plus 1; 0: none */
	bool is_out_of_memory;
	uint64_t began; /* nanoseconds of a clock; see stats_begin */
};

/* Begins to measure the time, which only a table on a terminal shows. */
void stats_begin(struct stats *stats);

/* Seconds since then. */
double stats_seconds(const struct stats *stats);

/*
 * Puts languages and edits in the order they are shown in; counting is over then. 0, or -1 with a
 * message if there was no memory to count them.
 */
int stats_sort(struct stats *stats);

/*
 * Writes the numbers, as a table or as an object of JSON; counting is over then. 0, or -1 with a
 * message if there was no memory to count them.
 */
int stats_write(struct stats *stats, struct sink *sink, bool is_json);

/* Adds what was counted behind it, of the same document or of later ones. */
void stats_merge(struct stats *stats, const struct stats *more);

void stats_free(struct stats *stats);

/* What is counted of all together, by the names it is shown with. */
#define STATS_SUMS 7
struct stats_sum {
	const char *name;
	uint64_t count;
};

/* The sums in the order in which they are shown everywhere, edits last. */
void stats_sums(const struct stats *stats, struct stats_sum sums[STATS_SUMS]);

#endif
