#include "cli/suit.h"

#include <stdbool.h>
#include <stddef.h>

#include "cli/args_names.h"
#include "cli/fail.h"

#define COMMAND(name) (1u << COMMAND_##name)
#define FORMAT(name) (1u << FORMAT_##name)

#define ALL (~0u)
#define READERS (ALL & ~(COMMAND(LANGUAGES) | COMMAND(VERIFY) | COMMAND(DIFF)))

/*
 * What an option goes with. Of the rows of one option, which stand together, one must hold; the first one has the
 * message, which its name stands before. Options without a row go with all commands, or settle.c asks for more.
 */
static const struct {
	int option;
	unsigned commands, formats; /* bits */
	const char *needs;
} rows[] = {
	{OPTION_AGAINST, COMMAND(VIEW), ALL, "needs the command view"},
	{OPTION_COLOR, COMMAND(VIEW), FORMAT(TEXT), "needs the command view with -f text"},
	{OPTION_COMPACT, COMMAND(TOKENS), FORMAT(JSONL) | FORMAT(SPANS),
	 "needs the command tokens with -f jsonl or spans"},
	{OPTION_EXPLAIN, COMMAND(TOKENS), FORMAT(JSONL), "needs the command tokens with -f jsonl"},
	{OPTION_GAPS, COMMAND(TOKENS), FORMAT(TSV) | FORMAT(JSONL) | FORMAT(ARROW),
	 "needs the command tokens with -f tsv, jsonl or arrow"},
	{OPTION_GOLD, COMMAND(VIEW), ALL, "needs the command view"},
	{OPTION_KEEP_FIELDS, COMMAND(TOKENS) | COMMAND(NORMALIZE), FORMAT(JSONL),
	 "needs the command tokens or normalize with -f jsonl"},
	{OPTION_KEEP_FIELDS, COMMAND(NORMALIZE), FORMAT(UNSET), NULL},
	{OPTION_KINDS, COMMAND(COUNT), ALL, "needs the command count"},
	{OPTION_MAP, COMMAND(NORMALIZE), ALL, "needs the command normalize"},
	{OPTION_MEMORY, COMMAND(COUNT), ALL, "needs the command count"},
	{OPTION_MWT, COMMAND(TOKENS), FORMAT(JSONL) | FORMAT(CONLLU),
	 "needs the command tokens with -f jsonl or conllu"},
	{OPTION_SHARD_SIZE, COMMAND(TOKENS) | COMMAND(RUNS) | COMMAND(NORMALIZE) | COMMAND(KEY), ALL,
	 "needs tokens, runs, normalize or key"},
	{OPTION_TOP, COMMAND(COUNT), ALL, "needs the command count"},
	{OPTION_UTF16, COMMAND(TOKENS), FORMAT(SPANS), "needs the command tokens with -f spans"},
	{OPTION_VALUE, COMMAND(TOKENS), FORMAT(JSONL), "needs the command tokens with -f jsonl"},
	{OPTION_VIEW, COMMAND(TOKENS), FORMAT(TEXT) | FORMAT(VRT),
	 "needs tokens with -f text or vrt, or the command key, count or view"},
	{OPTION_VIEW, COMMAND(KEY) | COMMAND(COUNT) | COMMAND(VIEW), ALL, NULL},
	/* what is read, and how */
	{'e', READERS, ALL, "not with verify, diff and languages, which read no text"},
	{OPTION_FIELD, READERS, ALL, "not with verify, diff and languages, which read no records"},
	{OPTION_ID_FIELD, READERS, ALL, "not with verify, diff and languages, which read no records"},
	{'i', READERS, ALL, "not with verify, diff and languages, which read no text"},
	{'j', READERS, ALL, "not with verify, diff and languages, which have one thread"},
	{'l', READERS, ALL, "not with verify, diff and languages, which read no text"},
	{OPTION_MAX_RATIO, READERS, ALL, "not with verify, diff and languages"},
	{OPTION_MAX_RECORD, ALL & ~COMMAND(LANGUAGES), ALL, "not with languages, which reads nothing"},
	{OPTION_MAX_SEGMENT, READERS, ALL, "not with verify, diff and languages, which read no text"},
	{OPTION_MAX_TOKEN, READERS, ALL, "not with verify, diff and languages, which read no text"},
	{OPTION_ON_ERROR, READERS, ALL, "not with verify, diff and languages, which skip nothing"},
	{OPTION_ON_INVALID, READERS, ALL, "not with verify, diff and languages, which read no text"},
	{'p', READERS, ALL, "not with verify, diff and languages, which read no text"},
	{OPTION_PROGRESS, READERS, ALL, "not with verify, diff and languages"},
	{OPTION_READ_SIZE, ALL & ~COMMAND(LANGUAGES), ALL, "not with languages, which reads nothing"},
	{'r', READERS, ALL, "not with verify, diff and languages"},
	{OPTION_RULES, READERS, ALL, "not with verify, diff and languages, which read no text"},
	{OPTION_UNWRAP, READERS, ALL, "not with verify, diff and languages, which read no text"},
};

static int suit_rows(const struct args *args)
{
	const size_t n = sizeof rows / sizeof *rows;
	for (size_t i = 0; i < n;) {
		const size_t first = i;
		bool holds = !args_has(args, rows[i].option);
		do {
			holds = holds || (rows[i].commands >> args->command & rows[i].formats >> args->format & 1);
			i++;
		} while (i < n && !rows[i].needs);
		if (!holds)
			return fail_use("--%s: %s", args_long_name(rows[first].option), rows[first].needs);
	}
	return 0;
}

/* Whether a norm, or what was done for it, can be seen in the output. */
static bool shows_norms(const struct args *args)
{
	switch (args->command) {
	case COMMAND_TOKENS:
		return args->format != FORMAT_SPANS &&
		       (args->format != FORMAT_TEXT || args->view == VIEW_NORM);
	case COMMAND_COUNT:
		return args->view == VIEW_NORM;
	case COMMAND_NORMALIZE:
	case COMMAND_STATS:
	case COMMAND_VIEW:
		return true;
	default:
		return false;
	}
}

/* What changes norms, of which the profiles nfc and none know nothing. Keys are the same with all of them. */
static int suit_norms(const struct args *args)
{
	static const int options[] = {OPTION_DIGITS,      OPTION_FOLD,        OPTION_FOLD_CONFIDENCE, OPTION_LOWER,
	                              OPTION_STRIP_MARKS, OPTION_UNIFY_PUNCT, OPTION_ZWNJ};
	if (args->view == VIEW_KEY)
		return 0;
	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		if (!args_has(args, options[i]))
			continue;
		if (!shows_norms(args))
			return fail_use("--%s: changes norms, which this output does not show", args_long_name(options[i]));
		if (args->options.profile != LAFZ_PROFILE_STANDARD)
			return fail_use("--%s: needs the profile standard, or one of a file", args_long_name(options[i]));
	}
	return 0;
}

/* What an input that is named does not have. */
static int suit_input(const struct args *args)
{
	const bool is_text = args->input == INPUT_TEXT, is_conllu = args->input == INPUT_CONLLU;
	const bool is_warc = args->input == INPUT_WARC;
	if ((is_text || is_conllu || is_warc) && args_has(args, OPTION_FIELD))
		return fail_use("--field: needs records of JSON, so not another --input");
	if ((is_text || is_conllu || is_warc) && args_has(args, OPTION_ID_FIELD))
		return fail_use("--id-field: needs records of JSON, so not another --input");
	if ((is_text || is_conllu) && args_has(args, OPTION_KEEP_FIELDS))
		return fail_use("--keep-fields: needs records, so --input jsonl or warc");
	if ((is_conllu || args->input == INPUT_JSONL) && args->options.encoding)
		return fail_use("--encoding: is for text and warc; jsonl and conllu are UTF-8");
	return 0;
}

int suit(const struct args *args)
{
	if (suit_rows(args) < 0 || suit_norms(args) < 0)
		return -1;
	return suit_input(args);
}
