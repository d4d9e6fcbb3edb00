/*
 * What of the tokens is wanted, as the command line says it: --only-lang, --min-confidence,
 * --drop-kind, --mask-kind and --split-by-lang.
 */
#ifndef LAFZ_CLI_SELECTION_H
#define LAFZ_CLI_SELECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lafz.h>

#include "cli/bytes.h"

#define SELECTION_KINDS (LAFZ_KIND_OTHER + 1) /* gaps are never selected */
#define SELECTION_MASK 255                    /* the longest mask, in bytes */

/* A zeroed struct selects everything. */
struct selection {
	struct bytes langs; /* --only-lang: a byte a language id, 1 if wanted; empty: all; owned */
	float min_confidence; /* of a run */
	uint32_t dropped;     /* kinds, bit by bit */
	/* By kind; the command line's own, NULL: none. */
	const char *masks[SELECTION_KINDS];
	bool has_masks;
	bool by_lang; /* --split-by-lang */
};

/*
 * The values of the options. Each says what is wrong and returns -1, or returns 0. Options that are
 * given again add to what was there.
 */
int selection_langs(struct selection *selection, const char *value);
int selection_drop(struct selection *selection, const char *value);
int selection_mask(struct selection *selection, const char *value);

/* Names of kinds with commas between, as bits. */
int selection_kinds(const char *option, const char *value, uint32_t *kinds);

/* Whether a token can be left out or masked. */
bool selection_is_on(const struct selection *selection);

/*
 * The path of a language's output: the pattern with the tag in place of its %s. NULL if there is no
 * memory; to be freed.
 */
char *selection_path(const char *pattern, const char *tag);

/* Whether the pattern has one %s and no other. */
bool selection_is_pattern(const char *pattern);

void selection_free(struct selection *selection);

#endif
