/*
 * Two rows of tokens of one text, side by side: where their borders differ, and how tokens with the
 * same borders differ. Each side hands out its tokens one by one, so neither is ever whole in
 * memory.
 */
#ifndef LAFZ_CLI_VIEW_COMPARE_H
#define LAFZ_CLI_VIEW_COMPARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/bytes.h"

/* How things differ. Bits. */
enum compare_what {
	COMPARE_TOKENS = 1, /* borders */
	COMPARE_SENTENCES = 2,
	COMPARE_SURFACE = 4, /* the texts are not the same */
	COMPARE_KIND = 8,
	COMPARE_LANG = 16,
	COMPARE_SCRIPT = 32,
	COMPARE_NORM = 64,
	COMPARE_KEY = 128,
	COMPARE_FLAGS = 256
};
#define COMPARE_COUNT 9

/* The name of one bit. */
const char *compare_name(unsigned what);

struct compare_text {
	const char *ptr; /* NULL: not known, and so not compared; not owned */
	size_t len;
};

struct compare_token {
	uint64_t start, end;
	bool is_first;  /* of its sentence */
	bool has_flags; /* flags are known */
	uint16_t flags;
	struct compare_text surface, norm, key, kind, lang, script; /* well-formed */
};

/*
 * peek sets the i-th of the tokens that come next; false if there are not so many. What it sets
 * lives until drop, which passes over n tokens.
 */
struct compare_side {
	bool (*peek)(void *ctx, size_t i, struct compare_token *out);
	void (*drop)(void *ctx, size_t n);
	void *ctx;
};

/* So many tokens of either side, with the same borders if that is one each and what says so. */
struct compare_region {
	size_t n[2];
	unsigned what; /* bits of enum compare_what; 0: no difference */
};

struct compare_counts {
	uint64_t tokens[2];
	uint64_t same;                  /* have the same borders */
	uint64_t by[COMPARE_COUNT];     /* regions by bit of enum compare_what */
	uint64_t documents, missing[2]; /* in both; only in one */
};

/*
 * Looks at what comes next on both sides, and counts it. False if both have ended. The caller drops
 * the tokens of the region.
 */
bool compare_next(const struct compare_side sides[2], struct compare_region *region,
                  struct compare_counts *counts);

/* Whether anything was found. */
bool compare_is_different(const struct compare_counts *counts);

/*
 * Whether two documents are the same by their names: equal, folders in front aside; standard input
 * is any.
 */
bool compare_documents(struct compare_text one, struct compare_text other);

/* The part of a name of a file behind its folders. */
struct compare_text compare_base(struct compare_text name);

/*
 * Appends what one side has for a difference in a region: the surfaces with a space between, the
 * value, the names of flags, or "begins" and "-" for sentences.
 */
bool compare_value(const struct compare_side *side, size_t n, unsigned what, struct bytes *out);

#endif
