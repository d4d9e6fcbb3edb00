#include "cli/args.h"

#include <getopt.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "cli/args_names.h"
#include "cli/counts.h"
#include "cli/fail.h"
#include "cli/near.h"
#include "cli/settle.h"
#include "cli/source.h"
#include "cli/sum.h"
#include "cli/value.h"

static const struct value_word commands[] = {
	{"tokens", COMMAND_TOKENS},
	{"runs", COMMAND_RUNS},
	{"normalize", COMMAND_NORMALIZE},
	{"key", COMMAND_KEY},
	{"languages", COMMAND_LANGUAGES},
	{"stats", COMMAND_STATS},
	{"verify", COMMAND_VERIFY},
	{"count", COMMAND_COUNT},
	{"view", COMMAND_VIEW},
	{"diff", COMMAND_DIFF},
	{NULL, 0},
};
static const struct value_word profiles[] = {
	{"none", LAFZ_PROFILE_NONE},
	{"nfc", LAFZ_PROFILE_NFC},
	{"standard", LAFZ_PROFILE_STANDARD},
	{NULL, 0},
};
/*
 * The smallest number so large that one record or one read still fits twice into memory on every
 * system.
 */
#define SIZE_LIMIT (SIZE_MAX / 8)
#define JOBS_MOST 1024

static int take_number(struct args *args, int option, const char *value)
{
	if (option == 'j')
		return value_number("--jobs", value, 1, JOBS_MOST, &args->jobs);
	if (option == OPTION_READ_SIZE)
		return value_size("--read-size", value, 1, (size_t)1 << 30, &args->read_size);
	if (option == OPTION_MAX_RATIO)
		return value_number("--max-ratio", value, 0, SIZE_LIMIT, &args->max_ratio);
	if (option == OPTION_MAX_RECORD)
		return value_size("--max-record", value, 1, SIZE_LIMIT, &args->max_record);
	if (option == OPTION_FOLD_CONFIDENCE)
		return value_fraction("--fold-confidence", value, &args->options.fold_confidence);
	size_t size = 0;
	if (option == OPTION_SHARD_SIZE) {
		const int answer = value_size("--shard-size", value, 1, SIZE_LIMIT, &size);
		args->shard_size = size;
		return answer;
	}
	if (option == OPTION_MAX_TOKEN) {
		const int answer = value_size("--max-token", value, LAFZ_MIN_TOKEN,
		                              LAFZ_MAX_SEGMENT, &size);
		args->options.max_token = (uint32_t)size;
		return answer;
	}
	const int rc = value_size("--max-segment", value, LAFZ_MIN_SEGMENT, LAFZ_MAX_SEGMENT, &size);
	args->options.max_segment = (uint32_t)size;
	return rc;
}

/* A word that is no name of a profile is the name of a file with tables, for the standard one. */
static int take_profile(struct args *args, const char *value)
{
	args->tables = NULL;
	for (const struct value_word *word = profiles; word->name; word++) {
		if (strcmp(word->name, value) == 0) {
			args->options.profile = (enum lafz_profile)word->number;
			return 0;
		}
	}
	args->options.profile = LAFZ_PROFILE_STANDARD;
	args->tables = value;
	return *value ? 0 : fail_use("--profile: the name is empty");
}

/* Options without a value. */
static int take_switch(struct args *args, int option)
{
	switch (option) {
	case OPTION_COMPACT:
		args->compact = true;
		return 0;
	case OPTION_EXPLAIN:
		args->explain = true;
		return 0;
	case OPTION_GAPS:
		args->gaps = true;
		return 0;
	case OPTION_KEEP_FIELDS:
		args->keeps_fields = true;
		return 0;
	case OPTION_LOWER:
		args->options.lower = 1;
		return 0;
	case OPTION_MWT:
		args->mwt = true;
		return 0;
	case OPTION_SPLIT_BY_LANG:
		args->selection.by_lang = true;
		return 0;
	case 'r':
		args->is_recursive = true;
		return 0;
	case OPTION_PROGRESS:
		args->progress = true;
		return 0;
	case OPTION_RESUME:
		args->resume = true;
		return 0;
	case OPTION_SANDBOX:
		args->sandbox = true;
		return 0;
	case OPTION_STRIP_MARKS:
		args->options.strip_marks = 1;
		return 0;
	case OPTION_UNIFY_PUNCT:
		args->options.unify_punct = 1;
		return 0;
	case OPTION_UTF16:
		args->utf16 = true;
		return 0;
	case OPTION_VALUE:
		args->value = true;
		return 0;
	default: /* OPTION_UNWRAP */
		args->options.unwrap = 1;
		return 0;
	}
}

/* Options of the command count alone. */
static int take_count(struct args *args, int option, const char *value)
{
	if (option == OPTION_TOP)
		return value_count("--top", value, &args->count.top);
	if (option == OPTION_MEMORY)
		return value_size("--memory", value, COUNTS_LEAST, COUNTS_MOST, &args->count.memory);
	args->count.kinds = 0;
	return selection_kinds("--kinds", value, &args->count.kinds);
}

static int take(struct args *args, int option, const char *value)
{
	if (!value)
		return take_switch(args, option);
	switch (option) {
	case 'l':
		return value_languages("--language", value, &args->options);
	case 'e':
		args->options.encoding = value;
		return *value ? 0 : fail_use("--encoding: the name is empty");
	case 'o':
		args->out = strcmp(value, "-") == 0 ? NULL : value;
		return *value ? 0 : fail_use("--output: the name is empty");
	case OPTION_AGAINST:
		args->against = value;
		return 0;
	case OPTION_GOLD:
		args->gold = value;
		return 0;
	case OPTION_FIELD:
		args->field = value;
		return 0;
	case OPTION_ID_FIELD:
		args->id_field = value;
		return 0;
	case OPTION_KINDS:
	case OPTION_MEMORY:
	case OPTION_TOP:
		return take_count(args, option, value);
	case OPTION_ONLY_LANG:
		return selection_langs(&args->selection, value);
	case OPTION_MIN_CONFIDENCE:
		return value_fraction("--min-confidence", value, &args->selection.min_confidence);
	case OPTION_DROP_KIND:
		return selection_drop(&args->selection, value);
	case OPTION_MASK_KIND:
		return selection_mask(&args->selection, value);
	case OPTION_FOLD:
		return value_names("--fold", value, &args->folds);
	case OPTION_MAP:
		args->map = value;
		return *value ? 0 : fail_use("--map: the name is empty");
	case 'p':
		return take_profile(args, value);
	case 'j':
	case OPTION_READ_SIZE:
	case OPTION_MAX_RATIO:
	case OPTION_MAX_RECORD:
	case OPTION_MAX_SEGMENT:
	case OPTION_MAX_TOKEN:
	case OPTION_SHARD_SIZE:
	case OPTION_FOLD_CONFIDENCE:
		return take_number(args, option, value);
	default:
		return args_take_word(args, option, value);
	}
}

/* A long option that is none, or the beginning of several. */
static int refuse_name(const char *word)
{
	const size_t len = strcspn(word, "=");
	const size_t dashes = strspn(word, "-");
	const char *first = NULL;
	struct near near = near_to(word + dashes, len - dashes);
	for (const struct option *option = args_long_options; option->name; option++) {
		near_offer(&near, option->name);
		if (len == dashes || strncmp(option->name, word + dashes, len - dashes) != 0)
			continue;
		if (first)
			return fail_use("'%.*s' may be --%s or --%s", (int)len, word, first, option->name);
		first = option->name;
	}
	if (near.name)
		return fail_use("unknown option '%.*s'; perhaps '--%s'", (int)len, word, near.name);
	return fail_use("unknown option '%.*s'", (int)len, word);
}

/*
 * What getopt could not take. optopt is 0 for a long option that is unknown, or an abbreviation of
 * several.
 */
static int refuse(int answer, const char *word)
{
	if (answer == ':')
		return fail_use("--%s: a value is missing", args_long_name(optopt));
	if (optopt >= OPTION_FIRST)
		return fail_use("--%s: takes no value", args_long_name(optopt));
	if (optopt == 0)
		return refuse_name(word);
	return fail_use("unknown option '-%c'", optopt);
}

static const struct value_word *find_command(const char *name)
{
	const struct value_word *word = commands;
	while (word->name && strcmp(word->name, name) != 0)
		word++;
	return word->name ? word : NULL;
}

/* The first argument is a command if it is exactly the name of one. */
static bool take_command(struct args *args, int argc, char **argv)
{
	const struct value_word *const word = argc < 2 ? NULL : find_command(argv[1]);
	if (word)
		args->command = (enum command)word->number;
	return word != NULL;
}

/*
 * A first word that is no file either was most likely meant as a command, and so was a command behind options; the file is
 * told of when its turn comes.
 */
static void look_for_command(const struct args *args, const char *first)
{
	const char *const file = args->n_files > 0 ? args->files[0] : "";
	const size_t len = strspn(file, "abcdefghijklmnopqrstuvwxyz");
	if (len == 0 || file[len] != '\0' || access(file, F_OK) == 0)
		return;
	struct near near = near_to(file, len);
	for (const struct value_word *word = commands; word->name; word++)
		near_offer(&near, word->name);
	if (file != first && find_command(file))
		(void)fail_say("'%s' is a command only before all options, so it is taken for a file", file);
	else if (file == first && near.name)
		(void)fail_say("'%s' is none of the commands, perhaps '%s', so it is taken for a file", file, near.name);
	else if (file == first && (strcmp(file, "help") == 0 || strcmp(file, "version") == 0))
		(void)fail_say("'%s' is none of the commands, perhaps '--%s', so it is taken for a file", file, file);
	else if (file == first)
		(void)fail_say("'%s' is none of the commands, so it is taken for a file", file);
}

/* Options that the output does not depend on are left out, so that a run may go on without them. */
static uint64_t sum_option(uint64_t sum, int option, const char *value)
{
	if (option == 'j' || option == OPTION_PROGRESS || option == OPTION_READ_SIZE ||
	    option == OPTION_RESUME)
		return sum;
	const char letter[] = {(char)option, '\0'};
	sum = sum_string(sum, option < OPTION_FIRST ? letter : args_long_name(option));
	return sum_string(sum, value ? value : "");
}

enum args_answer args_read(struct args *args, int argc, char **argv)
{
	*args = (struct args){.field = "text",
	                      .id_field = "id",
	                      .read_size = 131072,
	                      .max_record = (size_t)64 << 20,
	                      .max_ratio = SOURCE_RATIO,
	                      .count = {UINT64_MAX, 1u << LAFZ_KIND_WORD, (size_t)256 << 20}};
	lafz_options_init(&args->options, sizeof args->options);
	const char *first = argc > 1 ? argv[1] : "";
	const bool has_command = take_command(args, argc, argv);
	if (has_command) {
		argc--;
		argv++;
	}
	const char command[] = {(char)('a' + args->command), '\0'};
	args->sum = sum_string(SUM_BEGIN, command);
	opterr = 0;
	for (;;) {
		const int option = getopt_long(argc, argv, args_short_options, args_long_options, NULL);
		if (option == -1)
			break;
		if (option == 'h')
			return ARGS_HELP;
		if (option == OPTION_VERSION)
			return ARGS_VERSION;
		const bool is_refused = option == '?' || option == ':';
		args->sum = sum_option(args->sum, option, optarg);
		args_note(args, option);
		const int rc = is_refused ? refuse(option, argv[optind - 1])
		                          : take(args, option, optarg);
		if (rc < 0)
			return rc == FAIL_MEMORY ? ARGS_NO_MEMORY : ARGS_WRONG;
	}
	args->files = argv + optind;
	args->n_files = (size_t)(argc - optind);
	if (settle(args) < 0)
		return ARGS_WRONG;
	if (!has_command)
		look_for_command(args, first);
	return ARGS_GO;
}

void args_free(struct args *args)
{
	bytes_free(&args->folds);
	selection_free(&args->selection);
}
