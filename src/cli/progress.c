#include "cli/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli/fail.h"
#include "cli/stop.h"
#include "cli/terminal.h"

#define SECOND UINT64_C(1000000000)
#define FIRST (SECOND / 2)    /* what takes less time has no line on a terminal */
#define REDRAWN (SECOND / 5)  /* between two lines in place */
#define REPEATED (10 * SECOND) /* between two lines that stay */
#define LINE_CAP 200
#define COLUMNS 80 /* of a terminal that does not say */

static uint64_t now(void)
{
	struct timespec time = {0};
	(void)clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * SECOND + (uint64_t)time.tv_nsec;
}

/* ---- The inputs ---- */

/* False if a read may go on for ever. */
static bool size_of(const char *name, uint64_t *size)
{
	struct stat status;
	const int rc = strcmp(name, "-") == 0 ? fstat(STDIN_FILENO, &status) : stat(name, &status);
	*size = rc == 0 && S_ISREG(status.st_mode) ? (uint64_t)status.st_size : 0;
	/* One that is not there is told of when it is opened. */
	return rc != 0 || S_ISREG(status.st_mode);
}

static void add_total(struct progress *progress, const char *name)
{
	uint64_t size = 0;
	progress->has_total = size_of(name, &size) && progress->has_total;
	progress->total += size;
}

void progress_begin(struct progress *progress, const struct args *args)
{
	/* Where the output itself is read, a line would be in its way, unless it comes at the end. */
	const bool is_last = args->command == COMMAND_STATS || args->command == COMMAND_COUNT;
	const bool is_seen = isatty(STDERR_FILENO) &&
	                     (is_last || args->out || !isatty(STDOUT_FILENO));
	*progress = (struct progress){.is_on = args->progress || is_seen,
	                              .is_asked = args->progress,
	                              .is_redrawn = terminal_can_redraw(STDERR_FILENO),
	                              .has_total = true,
	                              .began = now()};
	progress->next = progress->began + (progress->is_redrawn ? FIRST : REPEATED);
	if (args->n_files == 0 && !args->is_recursive)
		add_total(progress, "-");
	for (size_t i = 0; i < args->n_files; i++)
		add_total(progress, args->files[i]);
}

void progress_pass(struct progress *progress, const char *name)
{
	uint64_t size = 0;
	if (!progress || !size_of(name, &size))
		return;
	progress->total -= size < progress->total ? size : progress->total;
}

/* ---- The line ---- */

/* The end of what was written to a line with room for cap. */
static size_t behind(size_t len, int n, size_t cap)
{
	const size_t room = cap - len - 1;
	if (n < 0)
		return len;
	return len + ((size_t)n < room ? (size_t)n : room);
}

static size_t put_size(char *line, size_t len, uint64_t size)
{
	static const char units[] = "kMGTPE";
	double value = (double)size / 1000;
	size_t unit = 0;
	if (size < 1000)
		return behind(len, snprintf(line + len, LINE_CAP - len, "%" PRIu64 " B", size), LINE_CAP);
	for (; value >= 999.95 && units[unit + 1]; unit++)
		value /= 1000;
	return behind(len, snprintf(line + len, LINE_CAP - len, "%.1f %cB", value, units[unit]),
	              LINE_CAP);
}

static size_t put_time(char *line, size_t len, double seconds)
{
	const uint64_t all = seconds < 1e15 ? (uint64_t)(seconds + 0.5) : UINT64_C(1000000000000000);
	const uint64_t hours = all / 3600, minutes = all / 60 % 60, rest = all % 60;
	char *at = line + len;
	const size_t room = LINE_CAP - len;
	const int n = hours > 0 ? snprintf(at, room, ", %" PRIu64 ":%02" PRIu64 ":%02" PRIu64 " left",
	                                   hours, minutes, rest)
	                        : snprintf(at, room, ", %" PRIu64 ":%02" PRIu64 " left", minutes, rest);
	return behind(len, n, LINE_CAP);
}

static size_t put_count(char *line, size_t len, uint64_t n, const char *what)
{
	return behind(len,
	              snprintf(line + len, LINE_CAP - len, ", %" PRIu64 " %s%s", n, what,
	                       n == 1 ? "" : "s"),
	              LINE_CAP);
}

/* Ends with NUL; returns its length. */
static size_t make_line(const struct progress *progress, uint64_t time, char *line)
{
	const double seconds = (double)(time - progress->began) / (double)SECOND;
	const double rate = seconds > 0 ? (double)progress->bytes / seconds : 0;
	/* A file may have grown. */
	const bool has_total = progress->has_total && progress->bytes <= progress->total;
	size_t len = put_size(line, 0, progress->bytes);
	if (has_total && progress->total > 0) {
		len = behind(len, snprintf(line + len, LINE_CAP - len, " of "), LINE_CAP);
		len = put_size(line, len, progress->total);
		const double part = 100 * (double)progress->bytes / (double)progress->total;
		len = behind(len, snprintf(line + len, LINE_CAP - len, " (%d%%)", (int)part), LINE_CAP);
	}
	len = behind(len, snprintf(line + len, LINE_CAP - len, ", %.1f MB/s", rate / 1e6), LINE_CAP);
	if (has_total && rate > 0)
		len = put_time(line, len, (double)(progress->total - progress->bytes) / rate);
	len = put_count(line, len, progress->documents, "document");
	return put_count(line, len, progress->errors, "error");
}

/* ---- Showing ---- */

/* One that is wider than the terminal could not be drawn over. */
static size_t columns(void)
{
	struct winsize size;
	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 20)
		return COLUMNS;
	return size.ws_col;
}

/* The cursor goes back to the beginning, so that a message overwrites the line. */
static void redraw(struct progress *progress, const char *line, size_t len)
{
	char text[LINE_CAP + 20];
	const size_t most = columns() - 1 - strlen("lafz: ");
	const int n = snprintf(text, sizeof text, "lafz: %.*s\033[K\r", (int)(len < most ? len : most),
	                       line);
	if (write(STDERR_FILENO, text, (size_t)n) == n)
		progress->is_drawn = true;
}

static void show(struct progress *progress, uint64_t time, bool stays)
{
	char line[LINE_CAP];
	const size_t len = make_line(progress, time, line);
	progress->next = time + (progress->is_redrawn ? REDRAWN : REPEATED);
	if (progress->is_redrawn && !stays) {
		redraw(progress, line, len);
		return;
	}
	progress->is_drawn = false;
	fail_say("%s", line);
}

void progress_read(struct progress *progress, uint64_t n)
{
	if (!progress)
		return;
	progress->bytes += n;
	const uint64_t time = progress->is_on ? now() : 0;
	if (time > 0 && time >= progress->next)
		show(progress, time, false);
	progress_poll(progress);
}

void progress_document(struct progress *progress, uint64_t n)
{
	if (progress)
		progress->documents += n;
}

void progress_error(struct progress *progress, uint64_t n)
{
	if (progress)
		progress->errors += n;
}

void progress_poll(struct progress *progress)
{
	if (progress && stop_asked())
		show(progress, now(), true);
}

void progress_end(struct progress *progress)
{
	progress_poll(progress);
	if (progress->is_asked || progress->is_drawn)
		show(progress, now(), true);
}
