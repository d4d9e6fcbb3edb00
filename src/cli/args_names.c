#include "cli/args_names.h"

#include <stddef.h>
#include <stdint.h>

/* A leading colon lets getopt tell a missing value from an unknown option. */
const char args_short_options[] = ":e:f:hi:j:l:o:p:r";
const struct option args_long_options[] = {
	{"against", required_argument, NULL, OPTION_AGAINST},
	{"color", required_argument, NULL, OPTION_COLOR},
	{"compact", no_argument, NULL, OPTION_COMPACT},
	{"digits", required_argument, NULL, OPTION_DIGITS},
	{"drop-kind", required_argument, NULL, OPTION_DROP_KIND},
	{"encoding", required_argument, NULL, 'e'},
	{"explain", no_argument, NULL, OPTION_EXPLAIN},
	{"field", required_argument, NULL, OPTION_FIELD},
	{"fold", required_argument, NULL, OPTION_FOLD},
	{"fold-confidence", required_argument, NULL, OPTION_FOLD_CONFIDENCE},
	{"format", required_argument, NULL, 'f'},
	{"gaps", no_argument, NULL, OPTION_GAPS},
	{"gold", required_argument, NULL, OPTION_GOLD},
	{"help", no_argument, NULL, 'h'},
	{"id-field", required_argument, NULL, OPTION_ID_FIELD},
	{"input", required_argument, NULL, 'i'},
	{"jobs", required_argument, NULL, 'j'},
	{"kinds", required_argument, NULL, OPTION_KINDS},
	{"keep-fields", no_argument, NULL, OPTION_KEEP_FIELDS},
	{"language", required_argument, NULL, 'l'},
	{"lower", no_argument, NULL, OPTION_LOWER},
	{"map", required_argument, NULL, OPTION_MAP},
	{"mask-kind", required_argument, NULL, OPTION_MASK_KIND},
	{"max-ratio", required_argument, NULL, OPTION_MAX_RATIO},
	{"max-record", required_argument, NULL, OPTION_MAX_RECORD},
	{"max-segment", required_argument, NULL, OPTION_MAX_SEGMENT},
	{"max-token", required_argument, NULL, OPTION_MAX_TOKEN},
	{"memory", required_argument, NULL, OPTION_MEMORY},
	{"min-confidence", required_argument, NULL, OPTION_MIN_CONFIDENCE},
	{"mwt", no_argument, NULL, OPTION_MWT},
	{"on-error", required_argument, NULL, OPTION_ON_ERROR},
	{"on-invalid", required_argument, NULL, OPTION_ON_INVALID},
	{"only-lang", required_argument, NULL, OPTION_ONLY_LANG},
	{"output", required_argument, NULL, 'o'},
	{"profile", required_argument, NULL, 'p'},
	{"progress", no_argument, NULL, OPTION_PROGRESS},
	{"read-size", required_argument, NULL, OPTION_READ_SIZE},
	{"recursive", no_argument, NULL, 'r'},
	{"resume", no_argument, NULL, OPTION_RESUME},
	{"rules", required_argument, NULL, OPTION_RULES},
	{"sandbox", no_argument, NULL, OPTION_SANDBOX},
	{"shard-size", required_argument, NULL, OPTION_SHARD_SIZE},
	{"split-by-lang", no_argument, NULL, OPTION_SPLIT_BY_LANG},
	{"strip-marks", no_argument, NULL, OPTION_STRIP_MARKS},
	{"top", required_argument, NULL, OPTION_TOP},
	{"unify-punct", no_argument, NULL, OPTION_UNIFY_PUNCT},
	{"unwrap", no_argument, NULL, OPTION_UNWRAP},
	{"utf16", no_argument, NULL, OPTION_UTF16},
	{"value", no_argument, NULL, OPTION_VALUE},
	{"version", no_argument, NULL, OPTION_VERSION},
	{"view", required_argument, NULL, OPTION_VIEW},
	{"zwnj", required_argument, NULL, OPTION_ZWNJ},
	{NULL, 0, NULL, 0},
};

_Static_assert(sizeof args_long_options / sizeof *args_long_options <= 65, "options are bits of a number");

const char *args_long_name(int option)
{
	for (const struct option *row = args_long_options; row->name; row++) {
		if (row->val == option)
			return row->name;
	}
	return "";
}

void args_note(struct args *args, int option)
{
	for (size_t i = 0; args_long_options[i].name; i++) {
		if (args_long_options[i].val == option)
			args->given |= (uint64_t)1 << i;
	}
}

bool args_has(const struct args *args, int option)
{
	for (uint64_t left = args->given; left != 0; left &= left - 1) {
		if (args_long_options[__builtin_ctzll(left)].val == option)
			return true;
	}
	return false;
}
