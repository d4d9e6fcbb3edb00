/*
 * The names of all options, as getopt wants them.
 */
#ifndef LAFZ_CLI_ARGS_NAMES_H
#define LAFZ_CLI_ARGS_NAMES_H

#include <getopt.h>
#include <stdbool.h>

#include "cli/args.h"

enum {
	OPTION_FIRST = 256, /* behind all letters */
	OPTION_AGAINST,
	OPTION_COLOR,
	OPTION_COMPACT,
	OPTION_DIGITS,
	OPTION_DROP_KIND,
	OPTION_EXPLAIN,
	OPTION_FIELD,
	OPTION_FOLD,
	OPTION_FOLD_CONFIDENCE,
	OPTION_GAPS,
	OPTION_GOLD,
	OPTION_ID_FIELD,
	OPTION_KINDS,
	OPTION_KEEP_FIELDS,
	OPTION_LOWER,
	OPTION_MAP,
	OPTION_MASK_KIND,
	OPTION_MAX_RATIO,
	OPTION_MAX_RECORD,
	OPTION_MAX_SEGMENT,
	OPTION_MAX_TOKEN,
	OPTION_MEMORY,
	OPTION_MIN_CONFIDENCE,
	OPTION_MWT,
	OPTION_ON_ERROR,
	OPTION_ON_INVALID,
	OPTION_ONLY_LANG,
	OPTION_PROGRESS,
	OPTION_READ_SIZE,
	OPTION_RESUME,
	OPTION_RULES,
	OPTION_SANDBOX,
	OPTION_SPLIT_BY_LANG,
	OPTION_SHARD_SIZE,
	OPTION_STRIP_MARKS,
	OPTION_TOP,
	OPTION_UNIFY_PUNCT,
	OPTION_UNWRAP,
	OPTION_UTF16,
	OPTION_VALUE,
	OPTION_VERSION,
	OPTION_VIEW,
	OPTION_ZWNJ
};

extern const char args_short_options[];
extern const struct option args_long_options[];

/* The long name of an option. */
const char *args_long_name(int option);

/* Notes that an option was given. */
void args_note(struct args *args, int option);

/* Whether an option was given. */
bool args_has(const struct args *args, int option);

/* Takes an option whose value is one of several words (args_words.c). 0, or negative with a message. */
int args_take_word(struct args *args, int option, const char *value);

#endif
