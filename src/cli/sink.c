#define _XOPEN_SOURCE 700 /* realpath */

#include "cli/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "cli/fail.h"
#include "cli/pack.h"
#include "cli/progress.h"
#include "cli/stop.h"
#include "cli/terminal.h"

#define SINK_CAP (256 * 1024)
#define MEMORY_CAP (2 * SINK_ROOM)
#define MEMORY_HAD (8 * SINK_ROOM) /* untouched, memory costs nothing; to grow is to copy */
#define SINK_NAMES 1000 /* names tried for the temporary file */

/* ---- Opening ---- */

/* Sets sink->temporary to the n-th name beside the target. */
static int name_temporary(struct sink *sink, unsigned n)
{
	const char *slash = strrchr(sink->target, '/');
	const int folder_len = slash ? (int)(slash - sink->target) + 1 : 0;
	const size_t cap = (size_t)folder_len + 64;
	free(sink->temporary);
	sink->temporary = malloc(cap);
	if (!sink->temporary)
		return fail_say("out of memory");
	snprintf(sink->temporary, cap, "%.*s.lafz-%ld-%u", folder_len, sink->target, (long)getpid(),
	         n);
	return 0;
}

static int create_temporary(struct sink *sink)
{
	for (unsigned n = 0; n < SINK_NAMES; n++) {
		if (name_temporary(sink, n) < 0)
			return -1;
		sink->fd = open(sink->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (sink->fd >= 0 || errno != EEXIST)
			break;
	}
	if (sink->fd >= 0)
		return 0;
	const int error = errno;
	/* Not ours: it must not be removed. */
	free(sink->temporary);
	sink->temporary = NULL;
	return fail_say("%s: cannot be created: %s", sink->name, strerror(error));
}

/*
 * A file to be replaced keeps its permissions; one that may not be written is not replaced either.
 */
static int open_over(struct sink *sink, const struct stat *old)
{
	if (access(sink->target, W_OK) != 0)
		return fail_say("%s: cannot be written: %s", sink->name, strerror(errno));
	if (create_temporary(sink) < 0)
		return -1;
	if (fchmod(sink->fd, old->st_mode & 0777) != 0)
		return fail_say("%s: cannot be created: %s", sink->name, strerror(errno));
	return 0;
}

static int open_path(struct sink *sink, const char *path)
{
	struct stat old;
	const bool exists = stat(path, &old) == 0;
	if (exists && !S_ISREG(old.st_mode)) {
		/* A device or a pipe cannot be renamed over. A folder fails here. */
		do {
			progress_poll(sink->progress);
			sink->fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
			/* A signal while a named pipe waited for its reader. */
		} while (sink->fd < 0 && errno == EINTR && !stop_signal());
		if (sink->fd < 0)
			return fail_say("%s: cannot be written: %s", path, strerror(errno));
		return 0;
	}
	sink->is_file = true;
	/* Through a symbolic link: the link stays, what it names is replaced. */
	sink->target = exists ? realpath(path, NULL) : strdup(path);
	if (!sink->target)
		return fail_say("%s: cannot be created: %s", path, strerror(errno));
	return exists ? open_over(sink, &old) : create_temporary(sink);
}

int sink_open(struct sink *sink, const char *path)
{
	*sink = (struct sink){.fd = -1, .name = path ? path : "standard output", .cap = SINK_CAP, .progress = sink->progress};
	if (!path)
		sink->fd = STDOUT_FILENO;
	else if (open_path(sink, path) < 0)
		return -1;
	sink->buf = malloc(sink->cap);
	if (!sink->buf)
		return fail_say("out of memory");
	if (!isatty(sink->fd))
		return 0;
	sink->clean = malloc(3 * sink->cap);
	return sink->clean ? 0 : fail_say("out of memory");
}

void sink_trust(struct sink *sink)
{
	free(sink->clean);
	sink->clean = NULL;
}

int sink_open_memory(struct sink *sink)
{
	*sink = (struct sink){.fd = -1, .name = "memory", .cap = MEMORY_CAP, .had = MEMORY_HAD, .is_memory = true};
	sink->buf = malloc(sink->had);
	return sink->buf ? 0 : -1;
}

/* ---- Writing ---- */

/* Makes room for SINK_ROOM bytes; without memory all is thrown away from here on. */
static int grow(struct sink *sink)
{
	if (sink->cap < sink->had) {
		sink->cap += sink->had - sink->cap < MEMORY_CAP ? sink->had - sink->cap : MEMORY_CAP;
		return 0;
	}
	const size_t cap = sink->cap < SIZE_MAX / 4 ? 2 * sink->cap : 0;
	char *grown = cap > 0 && !sink->has_failed ? realloc(sink->buf, cap) : NULL;
	if (!grown) {
		sink->has_failed = true;
		sink->len = 0;
		return -1;
	}
	sink->buf = grown;
	sink->had = cap;
	sink->cap += MEMORY_CAP;
	return 0;
}

static int write_failed(struct sink *sink)
{
	if (errno == EPIPE && !sink->is_file)
		stop_die(SIGPIPE);
	sink->has_failed = true;
	return fail_say("%s: write error at byte %" PRIu64 ": %s", sink->name, sink->off,
	                strerror(errno));
}

/* Whether what could not be written may be tried again, now or when there is room for it. */
static bool may_go_on(const struct sink *sink, int error)
{
	if (error != EAGAIN && error != EWOULDBLOCK)
		return error == EINTR;
	struct pollfd ready = {.fd = sink->fd, .events = POLLOUT};
	(void)poll(&ready, 1, -1);
	return true;
}

/* Takes account of a write of so many bytes, less than 0: of none. False: no more can be written. */
static bool take_written(struct sink *sink, ssize_t n)
{
	const int error = errno;
	if (!sink->is_shared)
		progress_poll(sink->progress);
	errno = error;
	if (n < 0 && may_go_on(sink, error))
		return true;
	if (n < 0) {
		(void)write_failed(sink);
		return false;
	}
	sink->off += (uint64_t)n;
	return true;
}

static int write_fd(void *ctx, const char *text, size_t len)
{
	struct sink *sink = ctx;
	while (len > 0) {
		const ssize_t n = write(sink->fd, text, len);
		if (!take_written(sink, n))
			return -1;
		text += n < 0 ? 0 : n;
		len -= n < 0 ? 0 : (size_t)n;
	}
	return 0;
}

/* The same of n texts, one behind the other. */
static int write_fd_all(struct sink *sink, struct iovec *texts, size_t n)
{
	for (size_t i = 0; i < n;) {
		const ssize_t written = writev(sink->fd, texts + i, (int)(n - i));
		if (!take_written(sink, written))
			return -1;
		size_t len = written < 0 ? 0 : (size_t)written;
		for (; i < n && len >= texts[i].iov_len; i++)
			len -= texts[i].iov_len;
		if (len > 0) {
			texts[i].iov_base = (char *)texts[i].iov_base + len;
			texts[i].iov_len -= len;
		}
	}
	return 0;
}

static int pack_failed(struct sink *sink, const char *error)
{
	sink->has_failed = true;
	return error ? fail_say("%s: %s", sink->name, error) : -1;
}

static int write_all(struct sink *sink, const char *text, size_t len)
{
	const char *error = NULL;
	sink->n_taken += len;
	if (!sink->pack)
		return write_fd(sink, text, len);
	return pack_put(sink->pack, text, len, &error) < 0 ? pack_failed(sink, error) : 0;
}

int sink_pack(struct sink *sink)
{
	const char *error = NULL;
	if (!pack_is_name(sink->name))
		return 0;
	sink->pack = pack_begin(sink->name, write_fd, sink, &error);
	return sink->pack ? 0 : pack_failed(sink, error);
}

/* What cannot be judged yet stays at the beginning of the buffer. */
static int flush_clean(struct sink *sink, bool is_last)
{
	size_t used = 0;
	const size_t len = terminal_clean(sink->clean, sink->buf, sink->len, is_last, &used);
	const size_t rest = sink->len - used;
	memmove(sink->buf, sink->buf + used, rest);
	sink->len = rest;
	return write_all(sink, sink->clean, len);
}

static int flush(struct sink *sink, bool is_last)
{
	if (sink->is_memory)
		return sink->pass && sink->pass(sink->pass_ctx, sink) ? 0 : grow(sink);
	if (!sink->has_failed && sink->clean)
		return flush_clean(sink, is_last);
	const size_t len = sink->len;
	sink->len = 0;
	if (sink->has_failed)
		return -1;
	return write_all(sink, sink->buf, len);
}

int sink_flush(struct sink *sink)
{
	return flush(sink, false);
}

void sink_put(struct sink *sink, const char *text, size_t len)
{
	/* what is long need not be collected */
	if (len >= SINK_ROOM && !sink->clean && !sink->is_memory) {
		if (sink_flush(sink) == 0)
			(void)write_all(sink, text, len);
		return;
	}
	while (len > 0) {
		const size_t n = len < SINK_ROOM ? len : SINK_ROOM;
		char *dst = sink_room(sink, n);
		memcpy(dst, text, n);
		sink_take(sink, dst + n);
		text += n;
		len -= n;
	}
}

/* What is collected and all parts, which are many bytes, in one step. */
static void write_parts(struct sink *sink, const struct sink_part *parts, size_t n)
{
	struct iovec texts[SINK_PARTS + 1] = {{.iov_base = sink->buf, .iov_len = sink->len}};
	sink->n_taken += sink->len;
	sink->len = 0;
	for (size_t i = 0; i < n; i++) {
		/* writev reads; POSIX has one struct for both ways */
		memcpy(&texts[i + 1].iov_base, &parts[i].text, sizeof parts[i].text);
		texts[i + 1].iov_len = parts[i].len;
		sink->n_taken += parts[i].len;
	}
	(void)write_fd_all(sink, texts, n + 1);
}

void sink_put_parts(struct sink *sink, const struct sink_part *parts, size_t n)
{
	size_t len = 0;
	for (size_t i = 0; i < n; i++)
		len += parts[i].len;
	if (len >= SINK_ROOM && n <= SINK_PARTS && !sink->clean && !sink->is_memory && !sink->pack && !sink->has_failed) {
		write_parts(sink, parts, n);
		return;
	}
	for (size_t i = 0; i < n; i++)
		sink_put(sink, parts[i].text, parts[i].len);
}

void sink_clear(struct sink *sink)
{
	sink->len = 0;
	sink->cap = MEMORY_CAP;
}

void sink_pass(struct sink *sink, const struct sink *from)
{
	if (sink->clean || from->len < SINK_ROOM) {
		sink_put(sink, from->buf, from->len);
		return;
	}
	if (sink_flush(sink) == 0)
		(void)write_all(sink, from->buf, from->len);
}

bool sink_is_plain(const struct sink *sink)
{
	return !sink->clean && !sink->pack;
}

/* ---- Closing ---- */

static int finish_file(struct sink *sink, bool is_whole)
{
	if (!sink->temporary)
		return -1;
	if (is_whole && rename(sink->temporary, sink->target) == 0)
		return 0;
	const int error = errno;
	unlink(sink->temporary);
	if (!is_whole)
		return -1;
	return fail_say("%s: cannot be renamed: %s", sink->name, strerror(error));
}

/* Some file systems tell of a full disk only now. */
static int close_fd(struct sink *sink)
{
	if (sink->fd < 0)
		return -1;
	const bool is_unused = sink->off == 0 && !sink->is_file;
	const int rc = close(sink->fd);
	sink->fd = -1;
	/*
	 * Standard output that was closed from the start matters only if something was to be
	 * written.
	 */
	if (rc == 0 || errno == EINTR || (errno == EBADF && is_unused) || sink->has_failed)
		return 0;
	return fail_say("%s: write error at byte %" PRIu64 ": %s", sink->name, sink->off,
	                strerror(errno));
}

/* The end of what is compressed. */
static int end_pack(struct sink *sink, bool is_whole)
{
	const char *error = NULL;
	const int rc = pack_end(sink->pack, is_whole, &error);
	sink->pack = NULL;
	return rc < 0 ? pack_failed(sink, error) : 0;
}

/* A failure has been told of. */
static int begin_next(struct sink *sink, const char *path)
{
	sink->name = path;
	sink->off = sink->n_taken = 0;
	return open_path(sink, path) < 0 || sink_pack(sink) < 0 ? -1 : 0;
}

int sink_next(struct sink *sink, const char *path)
{
	int rc = flush(sink, true);
	if (end_pack(sink, rc == 0) < 0)
		rc = -1;
	if (close_fd(sink) < 0)
		rc = -1;
	if (sink->is_file && finish_file(sink, rc == 0) < 0)
		rc = -1;
	free(sink->target);
	free(sink->temporary);
	sink->target = sink->temporary = NULL;
	sink->is_file = false;
	if (rc == 0)
		rc = begin_next(sink, path);
	sink->has_failed = sink->has_failed || rc < 0;
	return rc;
}

int sink_close(struct sink *sink, bool is_whole)
{
	int rc = 0;
	/* What will be removed need not be written. */
	if (sink->buf && sink->fd >= 0 && (is_whole || !sink->is_file))
		rc = flush(sink, true);
	if (end_pack(sink, is_whole && rc == 0) < 0)
		rc = -1;
	if (close_fd(sink) < 0)
		rc = -1;
	if (sink->is_file && finish_file(sink, is_whole && rc == 0) < 0)
		rc = -1;
	free(sink->buf);
	free(sink->clean);
	free(sink->target);
	free(sink->temporary);
	*sink = (struct sink){.fd = -1};
	return rc;
}
