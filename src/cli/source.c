#include "cli/source.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/fail.h"
#include "cli/progress.h"
#include "cli/stop.h"

#define LINE 64 /* bytes that a cache holds together, on most processors */

int source_open(struct source *source, const char *name, size_t read_size, struct sink *sink)
{
	*source = (struct source){.name = name, .sink = sink, .cap = read_size, .fd = -1};
	source->max_ratio = SOURCE_RATIO;
	do {
		progress_poll(sink->progress);
		source->fd = strcmp(name, "-") == 0 ? STDIN_FILENO
		                                    : open(name, O_RDONLY | O_NOCTTY | O_CLOEXEC);
		/* A signal while a named pipe waited for its writer. */
	} while (source->fd < 0 && errno == EINTR && !stop_signal());
	if (source->fd < 0) {
		if (errno == EINTR)
			return -1;
		return fail_say("%s: cannot be opened: %s", name, strerror(errno));
	}
	struct stat status;
	source->is_regular = fstat(source->fd, &status) == 0 && S_ISREG(status.st_mode);
	const off_t first = source->is_regular ? lseek(source->fd, 0, SEEK_CUR) : 0;
	source->first = first > 0 ? (uint64_t)first : 0;
	/* the system copies to where a line of the cache begins some hundredths faster */
	source->buf = aligned_alloc(LINE, (read_size + SOURCE_MAGIC + LINE - 1) / LINE * LINE);
	return source->buf ? 0 : fail_say("out of memory");
}

/* Before a read that would block: what is ready goes out. */
static int wait_for_input(struct source *source)
{
	struct pollfd ready = {.fd = source->fd, .events = POLLIN};
	while (!source->is_regular && !stop_signal() && poll(&ready, 1, 0) == 0) {
		if (source->on_wait && !source->on_wait(source->on_wait_ctx, source))
			continue;
		if (sink_flush(source->sink) < 0)
			return -1;
		if (!stop_wait(source->fd))
			return 0;
		progress_poll(source->sink->progress);
	}
	return 0;
}

/* One read of up to cap bytes to dst. As source_read. */
static int read_file(struct source *source, char *dst, size_t cap, size_t *len)
{
	for (;;) {
		if (wait_for_input(source) < 0 || stop_signal())
			return -1;
		const ssize_t n = read(source->fd, dst, cap);
		if (n >= 0) {
			source->off += (uint64_t)n;
			progress_read(source->sink->progress, (uint64_t)n);
			*len = (size_t)n;
			return n > 0;
		}
		if (errno == EISDIR)
			return fail_say("%s: is a folder; -r reads the files in it", source->name);
		if (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK)
			return fail_say("%s: read error at byte %" PRIu64 ": %s", source->name,
			                source->off, strerror(errno));
	}
}

/* ---- Compression ---- */

enum packing { PACKING_NONE, PACKING_UNSURE, PACKING_GZIP, PACKING_OTHER };

struct magic {
	const char *bytes; /* a question mark is any byte */
	size_t len;
	enum packing packing;
	enum unpack_format format;
};

static const struct magic magics[] = {
	{"\x1F\x8B\x08", 3, PACKING_GZIP, UNPACK_BZIP2 /* none */},
	{"BZh?\x31\x41\x59\x26\x53\x59", 10, PACKING_OTHER, UNPACK_BZIP2},
	{"BZh?\x17\x72\x45\x38\x50\x90", 10, PACKING_OTHER, UNPACK_BZIP2}, /* of nothing */
	{"\xFD"
         "7zXZ\0",
         6, PACKING_OTHER, UNPACK_XZ},
	{"\x28\xB5\x2F\xFD", 4, PACKING_OTHER, UNPACK_ZSTD},
	{"\x04\x22\x4D\x18", 4, PACKING_OTHER, UNPACK_LZ4},
};

static bool begins(const struct magic *magic, const char *text, size_t len)
{
	for (size_t i = 0; i < len && i < magic->len; i++) {
		if (text[i] != magic->bytes[i] && magic->bytes[i] != '?')
			return false;
	}
	return true;
}

static enum packing packing_of(const char *text, size_t len, enum unpack_format *format)
{
	for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
		if (!begins(&magics[i], text, len))
			continue;
		*format = magics[i].format;
		return len < magics[i].len ? PACKING_UNSURE : magics[i].packing;
	}
	return PACKING_NONE;
}

/* What the decoders read. */
static int pull_file(void *ctx, char **chunk, size_t *len)
{
	struct source *source = ctx;
	*chunk = source->buf;
	*len = source->head_len;
	source->head_len = 0;
	return *len > 0 ? 1 : read_file(source, source->buf, source->cap, len);
}

static void set_error(struct source *source, const char *error)
{
	snprintf(source->error, sizeof source->error, "%s", error);
}

static int open_decoder(struct source *source, enum packing packing, enum unpack_format format)
{
	const struct pull pull = {.read = pull_file, .ctx = source};
	const char *error = NULL;
	source->text = malloc(source->cap);
	if (!source->text)
		return fail_say("out of memory");
	if (packing == PACKING_GZIP) {
		source->gzip = gzip_open(&pull);
		return source->gzip ? 0 : fail_say("out of memory");
	}
	if (unpack_open(&source->unpack, format, &pull, &error) == 0)
		return 0;
	return fail_say("%s: %s", source->name, error);
}

/* Reads until it is clear what the file is. As source_read; buf has the beginning. */
static int look(struct source *source)
{
	enum packing packing = PACKING_UNSURE;
	enum unpack_format format = UNPACK_BZIP2;
	source->is_known = true;
	while (packing == PACKING_UNSURE) {
		size_t n = 0;
		const int rc = read_file(source, source->buf + source->head_len, source->cap, &n);
		if (rc < 0)
			return -1;
		source->head_len += n;
		if (rc == 0)
			return source->head_len > 0;
		packing = packing_of(source->buf, source->head_len, &format);
	}
	if (packing == PACKING_NONE)
		return 1;
	return open_decoder(source, packing, format) < 0 ? -1 : 1;
}

/* Whether len bytes more are too many for what was read. */
static bool is_bomb(const struct source *source, size_t len)
{
	const uint64_t n = source->text_off + len;
	return source->max_ratio > 0 && n > SOURCE_FREE && n / source->max_ratio >= source->off;
}

static int decode(struct source *source, size_t *len)
{
	const char *error = NULL;
	*len = 0;
	if (source->error[0])
		return 0;
	const int rc = source->gzip ? gzip_read(source->gzip, source->text, source->cap, len, &error)
	                            : unpack_read(source->unpack, source->text, source->cap, len,
	                                          &error);
	if (error)
		set_error(source, error);
	if (rc > 0 && is_bomb(source, *len)) {
		set_error(source, "the compressed data expand by more than --max-ratio");
		*len = 0;
		return 0;
	}
	return rc;
}

/* Of UTF-16, which makes no sense as UTF-8; it is not guessed, so that what is read does not hang on two bytes. */
static void look_for_mark(const struct source *source, const char *text, size_t len)
{
	if (len >= 2 && (memcmp(text, "\xFF\xFE", 2) == 0 || memcmp(text, "\xFE\xFF", 2) == 0))
		fail_say("%s: begins with the byte order mark of UTF-16 but is read as UTF-8 (--encoding=auto)",
		         source->name);
}

/* Of a page for browsers, whose tags would be counted as words. */
static void look_for_html(const struct source *source, const char *text, size_t len)
{
	static const char *const beginnings[] = {"<!doctype html", "<html"};
	size_t at = len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	while (at < len && strchr(" \t\r\n", text[at]) && text[at])
		at++;
	for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
		const size_t n = strlen(beginnings[i]);
		if (len - at >= n && strncasecmp(text + at, beginnings[i], n) == 0)
			fail_say("%s: begins as a page of HTML does; its tags are read as text", source->name);
	}
}

static void look_at_beginning(const struct source *source, const char *text, size_t len)
{
	look_for_mark(source, text, len);
	look_for_html(source, text, len);
}

int source_read(struct source *source, char **chunk, size_t *len)
{
	*len = 0;
	int rc = source->is_known ? 1 : look(source);
	if (rc <= 0)
		return rc;
	if (source->gzip || source->unpack) {
		*chunk = source->text;
		rc = decode(source, len);
	} else {
		rc = pull_file(source, chunk, len);
	}
	if (source->text_off == 0 && source->is_utf8)
		look_at_beginning(source, *chunk, *len);
	source->text_off += *len;
	return rc;
}

bool source_is_direct(const struct source *source)
{
	return source->is_known && !source->gzip && !source->unpack && source->head_len == 0;
}

int source_read_to(struct source *source, char *dst, size_t cap, size_t *len)
{
	*len = 0;
	const int rc = read_file(source, dst, cap < source->cap ? cap : source->cap, len);
	source->text_off += *len;
	return rc;
}

bool source_has(const struct source *source, uint64_t off)
{
	struct stat status;
	return source->is_regular && source_is_direct(source) && fstat(source->fd, &status) == 0 &&
	       status.st_size > 0 && source->first + off <= (uint64_t)status.st_size;
}

size_t source_read_at(int fd, uint64_t place, char *dst, size_t len, int *error)
{
	size_t n = 0;
	*error = 0;
	while (n < len) {
		const ssize_t more = pread(fd, dst + n, len - n, (off_t)(place + n));
		if (more < 0 && errno == EINTR)
			continue;
		if (more < 0)
			*error = errno;
		if (more <= 0)
			return n;
		n += (size_t)more;
	}
	return n;
}

int source_go_on(struct source *source, uint64_t off)
{
	if (lseek(source->fd, (off_t)(source->first + off), SEEK_SET) < 0)
		return fail_say("%s: read error at byte %" PRIu64 ": %s", source->name, source->off, strerror(errno));
	progress_read(source->sink->progress, off - source->off);
	source->off = source->text_off = off;
	return 0;
}

void source_close(struct source *source)
{
	/*
	 * Nothing can be lost by closing what was only read. Standard input is not ours to close.
	 */
	if (source->fd > STDERR_FILENO)
		close(source->fd);
	gzip_close(source->gzip);
	unpack_close(source->unpack);
	free(source->text);
	free(source->buf);
	*source = (struct source){.fd = -1};
}
