/*
 * lafz: the command-line filter. It uses the library as everybody else does.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <lafz.h>

#include "cli/args.h"
#include "cli/fail.h"
#include "cli/filter.h"
#include "cli/languages.h"
#include "cli/sink.h"
#include "cli/stop.h"

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
	return args->n_files == 0 ? 1 : args->n_files;
}

/* What is read must not be written: a file that grows while it is read never ends. */
static int check_inputs(const struct args *args)
{
	struct stat out, in;
	if (args->out ? stat(args->out, &out) != 0 : fstat(STDOUT_FILENO, &out) != 0)
		return 0;
	/* An output that has just been emptied by the shell ends at once. */
	if (!S_ISREG(out.st_mode) || (!args->out && out.st_size == 0))
		return 0;
	for (size_t i = 0; i < count_inputs(args); i++) {
		const char *name = input_name(args, i);
		if (strcmp(name, "-") == 0 ? fstat(STDIN_FILENO, &in) != 0 : stat(name, &in) != 0)
			continue;
		if (in.st_dev == out.st_dev && in.st_ino == out.st_ino)
			return fail_use("%s: is both input and output", name);
	}
	return 0;
}

/* Goes on after a file that cannot be read, but not if the output would be thrown away. */
static enum fail_exit read_files(const struct args *args, struct filter *filter)
{
	enum fail_exit status = EXIT_DONE;
	for (size_t i = 0; i < count_inputs(args); i++) {
		if (filter_file(filter, input_name(args, i)) == 0)
			continue;
		status = EXIT_TROUBLE;
		if (stop_signal() || filter->sink->has_failed || filter->sink->is_file ||
		    filter->must_end)
			break;
	}
	if (filter->n_skipped > 0)
		fail_say("%" PRIu64 " record%s skipped", filter->n_skipped,
		         filter->n_skipped == 1 ? "" : "s");
	if (status == EXIT_DONE && filter->n_skipped > 0)
		return EXIT_SKIPPED;
	return status;
}

static enum fail_exit run_filter(const struct args *args, struct sink *sink)
{
	struct filter filter;
	enum fail_exit status = EXIT_TROUBLE;
	const int rc = filter_open(&filter, args, sink);
	if (rc < 0)
		fail_say("%s", lafz_strerror(rc));
	if (rc == LAFZ_ERR_OPTION)
		status = EXIT_USE;
	if (rc == 0 && sink_open(sink, args->out) == 0) {
		filter_head(&filter);
		status = read_files(args, &filter);
	}
	filter_close(&filter);
	return status;
}

/* What is written without reading anything. */
static enum fail_exit run_report(const struct args *args, enum args_answer answer, struct sink *sink)
{
	if (sink_open(sink, answer == ARGS_GO ? args->out : NULL) < 0)
		return EXIT_TROUBLE;
	if (answer == ARGS_HELP)
		sink_string(sink, args_help());
	else if (answer == ARGS_VERSION)
		languages_versions(sink);
	else
		languages_list(sink);
	return EXIT_DONE;
}

int main(int argc, char **argv)
{
	struct args args;
	struct sink sink = {.fd = -1};
	fill_standard_fds();
	const enum args_answer answer = args_read(&args, argc, argv);
	if (answer == ARGS_WRONG)
		return EXIT_USE;
	const bool is_report = answer != ARGS_GO || args.command == COMMAND_LANGUAGES;
	if (!is_report && check_inputs(&args) < 0)
		return EXIT_USE;
	stop_install();
	enum fail_exit status = is_report ? run_report(&args, answer, &sink)
	                                  : run_filter(&args, &sink);
	const int signal_number = stop_signal();
	const bool is_whole = !signal_number && (status == EXIT_DONE || status == EXIT_SKIPPED);
	if (sink_close(&sink, is_whole) < 0 && status != EXIT_USE)
		status = EXIT_TROUBLE;
	if (signal_number)
		stop_die(signal_number);
	return (int)status;
}
