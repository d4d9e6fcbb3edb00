/*
 * The filter itself, its main function in this process: command line, readers of text, jsonl, CoNLL-U, WARC
 * and compressed data, writers, threads, shards, map and verify. A command line that does not name an output
 * is run twice, the second time with other reads and three threads: status and output must be the same. What
 * is written as JSON must be JSON, and a map must verify.
 *
 * The first line of the input is the command line, the rest is the file `in`, up to a line with the byte 1E
 * alone; what follows is the file `in2`, and behind another such line `in3`. in.jsonl, in.conllu, in.wet and in.txt are `in` too. All
 * lie in a folder of their own, and no argument leads out of it.
 */
#include "fuzz.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <yajl/yajl_parse.h>

#include "cli/args.h"

/* src/cli/main.c, compiled under this name. */
int lafz_main(int argc, char **argv);

/* A sanitizer's report goes where messages went before. */
__attribute__((weak)) void __sanitizer_set_report_fd(void *fd);

#define MOST_ARGS 24
#define MOST_LINE 400

/* ---- A place to run it ---- */

struct place {
	char folder[64];
	char home[4096];
	int messages; /* the standard error of the fuzzer */
	int out;      /* what the filter writes to standard output */
	int null;
	bool is_ready;
};

static struct place place;

static void need(bool is_well, const char *what)
{
	if (!is_well) {
		perror(what);
		abort();
	}
}

/* All files but `keep`, and the links to it. */
static void clear_folder(const char *keep)
{
	DIR *folder = opendir(".");
	need(folder, "opendir");
	for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
		if (!keep || strncmp(entry->d_name, keep, strlen(keep)) != 0)
			(void)unlink(entry->d_name);
	}
	closedir(folder);
}

static void leave_place(void)
{
	if (chdir(place.folder) == 0) {
		clear_folder(NULL);
		(void)rmdir(place.folder);
	}
	(void)!chdir(place.home);
}

static void make_place(void)
{
	static const char *const links[] = {"in.jsonl", "in.conllu", "in.wet", "in.txt"};
	if (place.is_ready)
		return;
	strcpy(place.folder, "/tmp/lafz-fuzz-XXXXXX");
	need(getcwd(place.home, sizeof place.home) && mkdtemp(place.folder) &&
	             chdir(place.folder) == 0,
	     "folder");
	for (size_t i = 0; i < COUNT(links); i++)
		need(symlink("in", links[i]) == 0, "symlink");
	place.messages = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10);
	place.null = open("/dev/null", O_RDWR | O_CLOEXEC);
	FILE *const out = tmpfile();
	need(out && place.null >= 0, "tmpfile");
	place.out = fileno(out);
	if (__sanitizer_set_report_fd && place.messages >= 0)
		__sanitizer_set_report_fd((void *)(intptr_t)place.messages);
	need(chdir(place.home) == 0, "chdir");
	atexit(leave_place);
	place.is_ready = true;
}

static void write_file(const char *name, const char *text, size_t len)
{
	FILE *const file = fopen(name, "wb");
	need(file && fwrite(text, 1, len, file) == len && fclose(file) == 0, name);
}

/* The bytes before the next line with 1E alone, or all. */
static size_t find_end(const char *text, size_t len)
{
	for (size_t i = 0; i + 2 < len; i++) {
		if (memcmp(text + i, "\n\x1E\n", 3) == 0)
			return i;
	}
	return len;
}

/* in, in2 and in3 */
static void write_inputs(const char *text, size_t len)
{
	static const char *const names[] = {"in", "in2", "in3"};
	for (size_t i = 0; i < COUNT(names); i++) {
		const size_t n = i + 1 < COUNT(names) ? find_end(text, len) : len;
		const size_t taken = n < len ? n + 3 : n;
		write_file(names[i], text, n);
		text += taken;
		len -= taken;
	}
}

/* ---- Command lines ---- */

struct line {
	char text[MOST_LINE + 1];
	char *argv[MOST_ARGS + 8];
	int argc;
};

/* Cuts the line at spaces. False: too long, or it leads out of the folder. */
static bool read_line(struct line *line, const char *text, size_t len)
{
	static char name[] = "lafz";
	*line = (struct line){.argv = {name}, .argc = 1};
	if (len > MOST_LINE || memchr(text, 0, len) || memchr(text, '/', len))
		return false;
	memcpy(line->text, text, len);
	for (char *at = line->text; *at;) {
		const size_t n = strcspn(at, " ");
		const bool is_last = at[n] == '\0';
		at[n] = '\0';
		if (n > 0 && (line->argc == MOST_ARGS || strstr(at, "..")))
			return false;
		if (n > 0)
			line->argv[line->argc++] = at;
		at += is_last ? n : n + 1;
	}
	return true;
}

/* Runs the program with its own copy of the arguments, which getopt puts in another order. */
static int run(const struct line *line, struct buf *out)
{
	char *argv[MOST_ARGS + 8];
	memcpy(argv, line->argv, sizeof argv);
	const int in = open("in", O_RDONLY);
	const bool is_loud = getenv("LAFZ_FUZZ_LOUD") != NULL;
	need(ftruncate(place.out, 0) == 0 && lseek(place.out, 0, SEEK_SET) == 0, "out");
	const int before = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 10);
	need(dup2(in, STDIN_FILENO) >= 0 && dup2(place.out, STDOUT_FILENO) >= 0 &&
	             (is_loud || dup2(place.null, STDERR_FILENO) >= 0),
	     "dup2");
	close(in);
	optind = 0;
	const int status = lafz_main(line->argc, argv);
	if (!is_loud && place.messages >= 0)
		(void)dup2(place.messages, STDERR_FILENO);
	(void)dup2(before >= 0 ? before : place.null, STDOUT_FILENO);
	if (before >= 0)
		close(before);
	(void)dup2(place.null, STDIN_FILENO);
	const off_t len = lseek(place.out, 0, SEEK_END);
	need(len >= 0 && buf_reserve(out, &mem_default, (size_t)len) == 0, "out");
	need(pread(place.out, out->ptr, (size_t)len, 0) == (ssize_t)len, "pread");
	out->len = (size_t)len;
	return status;
}

/*
 * What may be run at all, by the program's own reading of the line. argv has room for the arguments and
 * must live as long as args.
 */
static bool is_wanted(const struct line *line, char **argv, struct args *args)
{
	memcpy(argv, line->argv, sizeof line->argv);
	optind = 0;
	(void)dup2(place.null, STDERR_FILENO);
	const enum args_answer answer = args_read(args, line->argc, argv);
	(void)dup2(place.messages, STDERR_FILENO);
	return answer != ARGS_GO || (args->jobs <= 4 && args->read_size <= 1 << 20 &&
	                             args->count.memory <= (size_t)256 << 20 &&
	                             (args->shard_size == 0 || args->shard_size >= 64));
}

/* ---- What must hold ---- */

static void check_json(const struct buf *out)
{
	const yajl_handle handle = yajl_alloc(NULL, NULL, NULL);
	need(handle, "yajl");
	yajl_config(handle, yajl_allow_multiple_values, 1);
	yajl_status status = yajl_parse(handle, (const unsigned char *)out->ptr, out->len);
	if (status == yajl_status_ok && out->len > 0)
		status = yajl_complete_parse(handle);
	MUST(status == yajl_status_ok, "the output is not JSON behind byte %zu",
	     yajl_get_bytes_consumed(handle));
	yajl_free(handle);
}

/* One or two options more: behind the command, which stays first, and before "--". */
static struct line line_with(const struct line *line, char *one, char *other)
{
	struct line with = {.argv = {line->argv[0]}, .argc = 1};
	int i = 1;
	if (line->argc > 1 && line->argv[1][0] != '-')
		with.argv[with.argc++] = line->argv[i++];
	with.argv[with.argc++] = one;
	if (other)
		with.argv[with.argc++] = other;
	while (i < line->argc)
		with.argv[with.argc++] = line->argv[i++];
	return with;
}

/* The same output, however it is read and by however many threads. */
static void check_again(const struct line *line, uint64_t seed, int status, const struct buf *out)
{
	char size[32];
	snprintf(size, sizeof size, "--read-size=%llu", (unsigned long long)(1 + seed % 97));
	static char jobs[] = "-j3";
	struct buf again = {0};
	const struct line other = line_with(line, size, jobs);
	const int rc = run(&other, &again);
	MUST(rc == status, "status %d with %s -j3, not %d", rc, size, status);
	fuzz_same("with other reads and three threads", out, &again);
	fuzz_drop(&again);
}

/* ORIGINAL NORMALISED MAP, of texts: the name of the output may have made JSON of it. */
static void check_map(const struct args *args)
{
	static char name[] = "lafz", verify[] = "verify", files[] = "--";
	struct line line = {
		.argv = {name, verify, files, args->files[0], (char *)args->out, (char *)args->map},
		.argc = 6};
	struct buf out = {0};
	MUST(run(&line, &out) == 0, "the map of a text does not verify");
	fuzz_drop(&out);
}

/* A run that was whole has nothing left to do. */
static void check_resume(const struct line *line)
{
	static char resume[] = "--resume";
	struct buf out = {0};
	const struct line again = line_with(line, resume, NULL);
	MUST(run(&again, &out) == 0, "a run that was whole does not resume");
	fuzz_drop(&out);
}

static bool is_json(const struct args *args)
{
	return args->format == FORMAT_JSONL || args->format == FORMAT_JSON;
}

/* Not so do those that have no threads. */
static bool reads_text(const struct args *args)
{
	return args->command != COMMAND_VERIFY && args->command != COMMAND_DIFF &&
	       args->command != COMMAND_LANGUAGES;
}

static void try_line(const struct line *line, uint64_t seed)
{
	char *argv[MOST_ARGS + 8];
	struct args args;
	struct buf out = {0};
	if (is_wanted(line, argv, &args)) {
		const int status = run(line, &out);
		MUST(status >= 0 && status <= 4, "exit status %d", status);
		const bool has_files = args.out || args.map || args.shard_size > 0;
		if (status != 2 && !has_files && is_json(&args) && args.command != COMMAND_VERIFY)
			check_json(&out);
		if (status != 2 && !has_files && reads_text(&args))
			check_again(line, seed, status, &out);
		if (status == 0 && args.command == COMMAND_NORMALIZE && args.map && args.out &&
		    args.n_files == 1 && args.input != INPUT_JSONL && !is_json(&args))
			check_map(&args);
		const bool is_stream = args.n_files == 0 || strcmp(args.files[0], "-") == 0;
		if (status == 0 && args.shard_size > 0 && !args.resume && !is_stream)
			check_resume(line);
	}
	args_free(&args);
	fuzz_drop(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	const char *const text = (const char *)bytes;
	const char *const end = len > 0 ? memchr(text, '\n', len) : NULL;
	struct line line;
	if (!end || !read_line(&line, text, (size_t)(end - text)))
		return -1;
	make_place();
	need(chdir(place.folder) == 0, "chdir");
	const size_t body = (size_t)(end - text) + 1;
	write_inputs(text + body, len - body);
	try_line(&line, len);
	clear_folder("in");
	need(chdir(place.home) == 0, "chdir");
	return 0;
}
