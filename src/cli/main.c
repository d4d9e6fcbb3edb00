/*
 * lafz: the command-line filter. It uses the library as everybody else does.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <lafz.h>

#include "cli/args.h"
#include "cli/fail.h"
#include "cli/filter.h"
#include "cli/folder.h"
#include "cli/folds.h"
#include "cli/help.h"
#include "cli/jobs.h"
#include "cli/languages.h"
#include "cli/reserve.h"
#include "cli/sandbox.h"
#include "cli/sink.h"
#include "cli/stop.h"
#include "cli/verify.h"
#include "cli/view/diff.h"
#include "cli/view/pager.h"
#include "cli/view/report.h"
#include "cli/view/view.h"

/*
 * If standard input, output or error was closed, the next file opened would take its number and,
 * say, messages would end up in it. In its place goes what fails as a closed one does.
 */
static void fill_standard_fds(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
			(void)open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
	}
}

static const char *input_name(const struct args *args, size_t i)
{
	return args->n_files == 0 ? "-" : args->files[i];
}

static size_t count_inputs(const struct args *args)
{
	return args->n_files == 0 && !args->is_recursive ? 1 : args->n_files;
}

static bool is_same(const struct stat *one, const struct stat *other)
{
	return one->st_dev == other->st_dev && one->st_ino == other->st_ino;
}

/*
 * What is read must not be written: a file that grows while it is read never ends. out is NULL for
 * standard output.
 */
static int check_inputs(const struct args *args, const char *path)
{
	struct stat out, in;
	if (path ? stat(path, &out) != 0 : fstat(STDOUT_FILENO, &out) != 0)
		return 0;
	if (!S_ISREG(out.st_mode))
		return 0;
	/* An output that the shell has just emptied ends at once, if nothing is written before it is read. */
	const bool is_empty = !path && out.st_size == 0;
	for (size_t i = is_empty ? 1 : 0; i < count_inputs(args); i++) {
		const char *name = input_name(args, i);
		if (strcmp(name, "-") == 0 ? fstat(STDIN_FILENO, &in) != 0 : stat(name, &in) != 0)
			continue;
		if (is_same(&in, &out))
			return fail_use("%s: is both input and output", name);
	}
	return 0;
}

/* The folder a file is in, or would be. */
static bool stat_folder(const char *path, struct stat *status)
{
	const char *slash = strrchr(path, '/');
	if (!slash)
		return stat(".", status) == 0;
	char *folder = strndup(path, (size_t)(slash - path) + 1);
	const bool is_there = folder && stat(folder, status) == 0;
	free(folder);
	return is_there;
}

/* Whether two files that do not exist would be one: the same name in the same folder. */
static bool is_same_name(const char *one, const char *other)
{
	const char *slash = strrchr(one, '/'), *other_slash = strrchr(other, '/');
	const char *base = slash ? slash + 1 : one, *other_base = other_slash ? other_slash + 1 : other;
	struct stat folder, other_folder;
	return strcmp(base, other_base) == 0 && stat_folder(one, &folder) &&
	       stat_folder(other, &other_folder) && is_same(&folder, &other_folder);
}

/* Both outputs must not be one file, whether it exists or not. */
static int check_outputs(const struct args *args)
{
	struct stat out, map;
	if (!args->map)
		return 0;
	const bool exists = (args->out ? stat(args->out, &out) : fstat(STDOUT_FILENO, &out)) == 0;
	const bool is_one = exists && stat(args->map, &map) == 0 && S_ISREG(out.st_mode) &&
	                    is_same(&out, &map);
	if (is_one || (args->out && is_same_name(args->out, args->map)))
		return fail_use("%s: is both output and map", args->map);
	return 0;
}

/* The same for the file of each language. */
static int check_split(const struct args *args)
{
	int rc = 0;
	for (uint16_t lang = 0; rc == 0 && lang < lafz_lang_count(); lang++) {
		char *path = selection_path(args->out, lafz_lang_tag(lang));
		rc = path ? check_inputs(args, path) : fail_memory();
		free(path);
	}
	return rc;
}

static int check_files(const struct args *args)
{
	if (args->selection.by_lang)
		return check_split(args);
	if (check_inputs(args, args->out) < 0)
		return -1;
	return args->map && check_inputs(args, args->map) < 0 ? -1 : check_outputs(args);
}

/* Tells how many records were skipped; if none was left, the field is likely to be another one. */
static void say_skipped(const struct args *args, const struct filter *filter)
{
	const uint64_t n = filter->n_skipped;
	if (n == 0)
		return;
	const uint64_t limit = FILTER_MOST_NAMED;
	if (filter->n_named > limit)
		fail_say("%" PRIu64 " records skipped; the first %" PRIu64 " are named", n, limit);
	else
		fail_say("%" PRIu64 " record%s skipped", n, n == 1 ? "" : "s");
	const bool has_records = count_inputs(args) > 0 && filter_input(args, input_name(args, 0)) == INPUT_JSONL;
	/* what a run before has read is not counted */
	if (has_records && filter->progress.documents == 0 && !filter->shards)
		fail_say("no record was read; --field names the field that holds the text, here '%s'", args->field);
}

/* Goes on after a file that cannot be read, but not if the output would be thrown away. */
static enum fail_exit read_files(const struct args *args, struct filter *filter)
{
	enum fail_exit status = EXIT_DONE;
	struct jobs *jobs = NULL;
	if (args->jobs > 1 && jobs_open(&jobs, filter) < 0)
		return EXIT_TROUBLE;
	for (size_t i = 0; i < count_inputs(args); i++) {
		const char *name = input_name(args, i);
		/* What was read of the file before belongs to it. */
		if (jobs && filter->shards)
			jobs_settle(jobs);
		if (filter->shards && !shards_file(filter->shards, i, &filter->n_skipped)) {
			progress_pass(&filter->progress, name);
			continue;
		}
		if ((jobs ? jobs_file(jobs, name) : filter_file(filter, name)) == 0)
			continue;
		status = EXIT_TROUBLE;
		/* A broken record that ends everything was counted as such. */
		progress_error(&filter->progress, !filter->must_end && !stop_signal());
		if (filter_must_end(filter))
			break;
	}
	if (jobs && jobs_close(jobs) < 0)
		status = EXIT_TROUBLE;
	say_skipped(args, filter);
	if (status == EXIT_DONE && filter->n_skipped > 0)
		return EXIT_SKIPPED;
	return status;
}

/* With a map, which is whole only if the output was written up to its end. */
static enum fail_exit write_files(const struct args *args, struct filter *filter, struct sink *map)
{
	if (args->map && sink_open(map, args->map) < 0)
		return EXIT_TROUBLE;
	if (filter->shards && filter->shards->is_done)
		return read_files(args, filter);
	filter_head(filter);
	const enum fail_exit status = read_files(args, filter);
	if (stop_signal())
		return status;
	if (filter_tail(filter) < 0 || (args->map && sink_flush(filter->sink) < 0))
		return EXIT_TROUBLE;
	return status;
}

static bool is_whole(enum fail_exit status)
{
	return !stop_signal() && (status == EXIT_DONE || status == EXIT_SKIPPED);
}

/* To several files, of which none is open at the end. */
static enum fail_exit write_shards(const struct args *args, struct filter *filter)
{
	struct shards *shards = filter->shards;
	struct sink *sink = filter->sink;
	enum fail_exit status = (enum fail_exit)shards_open(shards, args, &filter->writer);
	if (status == EXIT_DONE)
		status = write_files(args, filter, NULL);
	if (shards_finish(shards, is_whole(status), filter->n_skipped) < 0)
		status = status == EXIT_USE ? EXIT_USE : EXIT_TROUBLE;
	*sink = (struct sink){.fd = -1, .progress = sink->progress};
	shards_close(shards);
	return status;
}

static enum fail_exit write_report(const struct args *args, struct filter *filter)
{
	enum fail_exit status = EXIT_TROUBLE;
	filter->writer.report = report_open(args);
	if (filter->writer.report && sink_open(filter->sink, args->out) == 0 &&
	    (!args->out || sink_pack(filter->sink) == 0))
		status = write_files(args, filter, NULL);
	report_close(filter->writer.report);
	filter->writer.report = NULL;
	return status;
}

/* What is made for a terminal has no control character but those of colours. */
static enum fail_exit write_view(const struct args *args, struct filter *filter)
{
	struct sink *sink = filter->sink;
	enum fail_exit status = EXIT_TROUBLE;
	filter->writer.view = view_open(args, sink);
	if (filter->writer.view && sink_open(sink, args->out) == 0 &&
	    (!args->out || sink_pack(sink) == 0)) {
		if (args->format == FORMAT_TEXT)
			sink_trust(sink);
		status = write_files(args, filter, NULL);
	}
	view_close(filter->writer.view);
	filter->writer.view = NULL;
	return status;
}

static enum fail_exit run_filter(const struct args *args, struct sink *sink)
{
	struct filter filter;
	struct sink map = {.fd = -1};
	enum fail_exit status = EXIT_TROUBLE;
	const int rc = filter_open(&filter, args, sink, args->map ? &map : NULL);
	if (rc == LAFZ_ERR_OPTION && args->options.encoding &&
	    strcmp(args->options.encoding, "auto") == 0)
		fail_use("--encoding: ICU's detector (libicui18n) cannot be loaded");
	else if (rc == LAFZ_ERR_OPTION && args->options.encoding)
		fail_use("--encoding: there is none of the name '%s'", args->options.encoding);
	else if (rc < 0)
		fail_say("%s", lafz_strerror(rc));
	if (rc == LAFZ_ERR_OPTION)
		status = EXIT_USE;
	struct shards shards = {0};
	sink->progress = &filter.progress;
	if (rc == 0 && args->shard_size > 0) {
		filter.shards = &shards;
		status = write_shards(args, &filter);
	} else if (rc == 0 && args->command == COMMAND_VIEW) {
		status = write_view(args, &filter);
	} else if (rc == 0 && args->command == COMMAND_STATS && args->format == FORMAT_HTML) {
		status = write_report(args, &filter);
	} else if (rc == 0 && sink_open(sink, args->selection.by_lang ? NULL : args->out) == 0 &&
	           (!args->out || args->selection.by_lang || sink_pack(sink) == 0)) {
		status = write_files(args, &filter, &map);
	}
	if (map.name && sink_close(&map, is_whole(status)) < 0)
		status = EXIT_TROUBLE;
	if (split_close(&filter.split, is_whole(status)) < 0)
		status = EXIT_TROUBLE;
	if (rc == 0)
		progress_end(&filter.progress);
	sink->progress = NULL;
	filter_close(&filter);
	return status;
}

static enum fail_exit run_verify(const struct args *args, struct sink *sink)
{
	if (sink_open(sink, NULL) < 0)
		return EXIT_TROUBLE;
	return verify_files(args, sink);
}

static enum fail_exit run_diff(const struct args *args, struct sink *sink)
{
	if (sink_open(sink, NULL) < 0)
		return EXIT_TROUBLE;
	return diff_files(args, sink);
}

/* What a terminal gets goes through a pager, which hides it; so it is asked before. */
static void look_at_terminal(struct args *args, struct pager *pager)
{
	args->has_color = args->color == COLOR_ALWAYS ||
	                  (args->color == COLOR_AUTO && !args->out && pager_wants_color());
	args->columns = pager_width();
	if (args->columns < ROWS_LEAST)
		args->columns = ROWS_LEAST;
	if (!args->out && args->format == FORMAT_TEXT)
		pager_begin(pager);
	args->is_paged = pager->pid != 0;
}

/* What is written without reading anything. */
static enum fail_exit run_report(const struct args *args, enum args_answer answer, struct sink *sink)
{
	if (sink_open(sink, answer == ARGS_GO ? args->out : NULL) < 0)
		return EXIT_TROUBLE;
	if (answer == ARGS_HELP) {
		for (size_t i = 0; help_part(i); i++)
			sink_string(sink, help_part(i));
	} else if (answer == ARGS_VERSION) {
		languages_versions(sink);
	} else {
		languages_list(sink);
	}
	if (reserve_is_touched()) {
		(void)fail_say("out of memory");
		return EXIT_TROUBLE;
	}
	return EXIT_DONE;
}

/* All that needs args, which have been read. */
static enum fail_exit run(struct args *args, enum args_answer answer, struct sink *sink)
{
	if (answer != ARGS_GO || args->command == COMMAND_LANGUAGES)
		return run_report(args, answer, sink);
	if (args->command == COMMAND_VERIFY)
		return run_verify(args, sink);
	if (args->command == COMMAND_DIFF)
		return run_diff(args, sink);
	struct folds folds;
	enum fail_exit status = folds_open(&folds, args);
	if (status == EXIT_DONE)
		status = run_filter(args, sink);
	folds_close(&folds);
	return status;
}

/* -r: args gets the files of its folders, of which there may be none. */
static int expand_folders(struct args *args, struct folder *folder)
{
	if (folder_list(folder, args->files, args->n_files) < 0)
		return -1;
	args->files = folder->names;
	args->n_files = folder->n;
	return 0;
}

int main(int argc, char **argv)
{
	struct args args;
	struct sink sink = {.fd = -1};
	stop_install_asked();
	fill_standard_fds();
	reserve_install();
	const enum args_answer answer = args_read(&args, argc, argv);
	const bool is_filter = answer == ARGS_GO && args.command != COMMAND_LANGUAGES;
	if (!is_filter || args.command == COMMAND_VERIFY || args.command == COMMAND_DIFF)
		stop_ignore_asked();
	struct folder folder = {0};
	if (is_filter && args.is_recursive && expand_folders(&args, &folder) < 0) {
		folder_free(&folder);
		args_free(&args);
		return EXIT_TROUBLE;
	}
	const int rc = is_filter ? check_files(&args) : 0;
	if (answer == ARGS_WRONG || answer == ARGS_NO_MEMORY || rc < 0) {
		folder_free(&folder);
		args_free(&args);
		return answer == ARGS_NO_MEMORY || rc == FAIL_MEMORY ? EXIT_TROUBLE : EXIT_USE;
	}
	struct pager pager = {0};
	if (is_filter && args.command == COMMAND_VIEW)
		look_at_terminal(&args, &pager);
	stop_install();
	enum fail_exit status = EXIT_USE;
	if (!args.sandbox || sandbox_enter(&args) == 0)
		status = run(&args, answer, &sink);
	folder_free(&folder);
	args_free(&args);
	if (sink.name && sink_close(&sink, is_whole(status)) < 0 && status != EXIT_USE)
		status = EXIT_TROUBLE;
	pager_end(&pager);
	if (stop_signal())
		stop_die(stop_signal());
	return (int)status;
}
