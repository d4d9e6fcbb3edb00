#include "cli/settle.h"

#include <stdlib.h>
#include <string.h>

#include "cli/args_names.h"
#include "cli/fail.h"
#include "cli/shards.h"
#include "cli/suit.h"

/* Whether a name ends with an ending; what is left of its length is set. */
static bool take_ending(const char *name, size_t *len, const char *ending)
{
	const size_t n = strlen(ending);
	if (*len <= n || memcmp(name + *len - n, ending, n) != 0)
		return false;
	*len -= n;
	return true;
}

/* The length of a name without the ending of its compression. */
static size_t len_unpacked(const char *name)
{
	static const char *const packed[] = {".gz", ".bz2", ".xz", ".zst", ".lz4"};
	size_t len = strlen(name);
	for (size_t i = 0; i < sizeof packed / sizeof *packed; i++)
		if (take_ending(name, &len, packed[i]))
			break;
	return len;
}

/* The format that the name of the output stands for, that of its compression left aside; FORMAT_UNSET: none. */
static enum format format_of_name(const char *name)
{
	static const struct {
		const char *ending;
		enum format format;
	} endings[] = {
		{".txt", FORMAT_TEXT},      {".tsv", FORMAT_TSV},   {".jsonl", FORMAT_JSONL},
		{".ndjson", FORMAT_JSONL},  {".json", FORMAT_JSON}, {".vrt", FORMAT_VRT},
		{".conllu", FORMAT_CONLLU}, {".html", FORMAT_HTML}, {".arrow", FORMAT_ARROW},
		{".htm", FORMAT_HTML},
	};
	if (!name)
		return FORMAT_UNSET;
	size_t len = len_unpacked(name);
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		if (take_ending(name, &len, endings[i].ending))
			return endings[i].format;
	}
	return FORMAT_UNSET;
}

/*
 * The formats of each command, bits of 1 << enum format, and its own. Unset stays with normalize, where it depends on
 * each file.
 */
#define BIT(name) (1u << FORMAT_##name)
static const struct {
	unsigned formats;
	enum format own;
	const char *wrong;
} choices[] = {
	[COMMAND_TOKENS] = {BIT(TEXT) | BIT(TSV) | BIT(JSONL) | BIT(CONLLU) | BIT(VRT) | BIT(SPANS) |
	                            BIT(ARROW),
	                    FORMAT_TEXT,
	                    "tokens: the formats are text, tsv, jsonl, conllu, vrt, spans and arrow"},
	[COMMAND_RUNS] = {BIT(TSV) | BIT(JSONL), FORMAT_TSV, "runs: the formats are tsv and jsonl"},
	[COMMAND_NORMALIZE] = {BIT(TEXT) | BIT(JSONL), FORMAT_UNSET,
	                       "normalize: the formats are text and jsonl"},
	[COMMAND_KEY] = {BIT(TEXT), FORMAT_TEXT, "key: the format is text"},
	[COMMAND_LANGUAGES] = {BIT(TSV), FORMAT_TSV, "languages: the format is tsv"},
	[COMMAND_STATS] = {BIT(TEXT) | BIT(JSON) | BIT(HTML), FORMAT_TEXT,
	                   "stats: the formats are text, json and html"},
	[COMMAND_VERIFY] = {0, FORMAT_UNSET, "verify: has no format"},
	[COMMAND_COUNT] = {BIT(TSV) | BIT(JSONL), FORMAT_TSV, "count: the formats are tsv and jsonl"},
	[COMMAND_VIEW] = {BIT(TEXT) | BIT(HTML), FORMAT_TEXT, "view: the formats are text and html"},
	[COMMAND_DIFF] = {0, FORMAT_UNSET, "diff: has no format"},
};

/* Names that promise what is never written. */
static bool is_strange(const char *name)
{
	static const char *const endings[] = {".csv", ".parquet", ".feather", ".xml"};
	size_t len = name ? len_unpacked(name) : 0;
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (take_ending(name, &len, endings[i]))
			return true;
	return false;
}

/*
 * Whether the command can write the format; without one, that of the output's name, else the command's own. normalize and key
 * write a text whose name may say what it is a text of.
 */
static int settle_format(struct args *args)
{
	const unsigned formats = choices[args->command].formats;
	if (args->command == COMMAND_LANGUAGES && args->n_files > 0)
		return fail_use("languages: takes no file");
	if (args->format != FORMAT_UNSET)
		return formats >> args->format & 1 ? 0 : fail_use("%s", choices[args->command].wrong);
	const enum format named = format_of_name(args->out);
	const bool is_of_text = args->command == COMMAND_NORMALIZE || args->command == COMMAND_KEY || named == FORMAT_TEXT;
	args->format = formats >> named & 1 ? named : choices[args->command].own;
	if (formats && !is_of_text && args->format != named && (named != FORMAT_UNSET || is_strange(args->out)))
		return fail_use("-o %s: %s; say which by -f", args->out, choices[args->command].wrong);
	return 0;
}

static int settle_view(struct args *args)
{
	if (args->command == COMMAND_KEY && args->view && args->view != VIEW_KEY)
		return fail_use("key: the view is key");
	if (args->command == COMMAND_KEY)
		args->view = VIEW_KEY;
	else if (!args->view)
		args->view = args->command == COMMAND_VIEW ? VIEW_SURFACE : VIEW_NORM;
	return 0;
}

/* A map is of UTF-8 and of one text; spans too. */
static int settle_edits(const struct args *args)
{
	if (args->options.encoding && args->map)
		return fail_use("--encoding: cannot be used with --map, which is of UTF-8");
	if (args->options.encoding && args->format == FORMAT_SPANS)
		return fail_use("--encoding: spans are of text in UTF-8");
	if (args->is_recursive && args->n_files == 0)
		return fail_use("--recursive: needs names of files or folders to read");
	if (args->compact && args->utf16)
		return fail_use("--utf16: not with --compact, which leaves such numbers out");
	if (args->map && args->n_files > 1)
		return fail_use("--map: takes one file, since a map is of one text");
	return 0;
}

/* verify and diff compare files, and write what they find to standard output. */
static int settle_compared(const struct args *args)
{
	const bool is_verify = args->command == COMMAND_VERIFY;
	if (!is_verify && args->command != COMMAND_DIFF)
		return 0;
	const char *const name = is_verify ? "verify" : "diff";
	if (is_verify && args->n_files != 3)
		return fail_use("verify: takes three files: ORIGINAL NORMALISED MAP");
	if (!is_verify && args->n_files != 2)
		return fail_use("diff: takes two files of 'lafz -f jsonl'");
	if (args_has(args, 'o'))
		return fail_use("%s: has no -o", name);
	size_t n = 0;
	for (size_t i = 0; i < args->n_files; i++)
		n += strcmp(args->files[i], "-") == 0;
	return n > 1 ? fail_use("%s: standard input can be one file only", name) : 0;
}

/* A page, and what a terminal gets, are written by one thread. */
static int settle_looks(struct args *args)
{
	if (args->command == COMMAND_VIEW || args->format == FORMAT_HTML)
		args->jobs = 1;
	if (args->gold && args->against)
		return fail_use("--gold and --against: one of them");
	return 0;
}

#define SELECTING "--only-lang, --min-confidence, --drop-kind, --mask-kind and --split-by-lang"

/*
 * What is left out must not be missed: gaps, edits and the text of a conllu sentence would tell of
 * it. Runs have no kinds.
 */
static int settle_selection(const struct args *args)
{
	const struct selection *selection = &args->selection;
	const bool has_kinds = selection->dropped != 0 || selection->has_masks;
	const bool is_runs = args->command == COMMAND_RUNS;
	if (!selection_is_on(selection) && !selection->by_lang)
		return 0;
	if (args->command != COMMAND_TOKENS && args->command != COMMAND_KEY && !is_runs &&
	    args->command != COMMAND_COUNT)
		return fail_use(SELECTING " need the command tokens, key, runs or count");
	if (args->command == COMMAND_COUNT && selection->by_lang)
		return fail_use("--split-by-lang: not with count, which has a column for it");
	if (args->format == FORMAT_CONLLU || args->format == FORMAT_SPANS)
		return fail_use(SELECTING " do not go with -f conllu or spans");
	if (args->gaps)
		return fail_use("--gaps: not with " SELECTING);
	if (has_kinds && is_runs)
		return fail_use("--drop-kind and --mask-kind: not with runs, which have no kinds");
	if (selection->has_masks && args->view == VIEW_SURFACE)
		return fail_use("--mask-kind: masks norms and keys, so not with --view surface");
	if (selection->has_masks && args->explain)
		return fail_use("--explain: not with --mask-kind");
	for (size_t kind = 0; kind < SELECTION_KINDS; kind++) {
		if (selection->masks[kind] && selection->dropped >> kind & 1)
			return fail_use("%s: is both dropped and masked",
			                lafz_kind_name((uint8_t)kind));
	}
	if (selection->by_lang && args->format != FORMAT_TEXT && args->format != FORMAT_TSV &&
	    args->format != FORMAT_JSONL)
		return fail_use("--split-by-lang: the formats are text, tsv and jsonl");
	if (selection->by_lang && (!args->out || !selection_is_pattern(args->out)))
		return fail_use(
			"--split-by-lang: needs -o with one %%s in the name, for the language");
	return 0;
}

static int settle_shards(const struct args *args)
{
	if (args->resume && args->shard_size == 0)
		return fail_use("--resume: needs --shard-size");
	if (args->shard_size == 0)
		return 0;
	if (args->map)
		return fail_use("--shard-size: a map is of one file");
	if (!args->out || !shards_is_pattern(args->out))
		return fail_use(
			"--shard-size: needs -o with one number in it, such as out-%%05d.txt");
	return 0;
}

/* LAFZ_KERNEL names a scanner kernel. Unset and empty are the same: the best one. */
static int settle_kernel(struct args *args)
{
	const char *kernel = getenv("LAFZ_KERNEL");
	if (!kernel || *kernel == '\0')
		return 0;
	args->options.kernel = kernel;
	int usable = 0;
	for (size_t i = 0;; i++) {
		const char *name = lafz_kernel(i, &usable);
		if (!name)
			return fail_use("LAFZ_KERNEL: there is no kernel '%s' in this build", kernel);
		if (strcmp(name, kernel) != 0)
			continue;
		return usable ? 0 : fail_use("LAFZ_KERNEL: this processor cannot run '%s'", kernel);
	}
}

int settle(struct args *args)
{
	if (settle_format(args) < 0 || settle_view(args) < 0 || suit(args) < 0 ||
	    settle_compared(args) < 0 || settle_edits(args) < 0 || settle_looks(args) < 0 ||
	    settle_selection(args) < 0 || settle_shards(args) < 0)
		return -1;
	return settle_kernel(args);
}
