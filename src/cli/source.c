#include "cli/source.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/fail.h"
#include "cli/stop.h"

int source_open(struct source *source, const char *name, size_t read_size, struct sink *sink)
{
	*source = (struct source){.name = name, .sink = sink, .cap = read_size, .fd = -1};
	source->fd = strcmp(name, "-") == 0 ? STDIN_FILENO
	                                    : open(name, O_RDONLY | O_NOCTTY | O_CLOEXEC);
	if (source->fd < 0) {
		/* A signal while a named pipe waited for its writer. */
		if (errno == EINTR && stop_signal())
			return -1;
		return fail_say("%s: cannot be opened: %s", name, strerror(errno));
	}
	struct stat status;
	source->is_regular = fstat(source->fd, &status) == 0 && S_ISREG(status.st_mode);
	source->buf = malloc(read_size);
	return source->buf ? 0 : fail_say("out of memory");
}

/* Before a read that would block: what is ready goes out. */
static int wait_for_input(struct source *source)
{
	struct pollfd ready = {.fd = source->fd, .events = POLLIN};
	if (source->is_regular || poll(&ready, 1, 0) != 0)
		return 0;
	if (sink_flush(source->sink) < 0)
		return -1;
	stop_wait(source->fd);
	return 0;
}

int source_read(struct source *source, char **chunk, size_t *len)
{
	for (;;) {
		if (wait_for_input(source) < 0 || stop_signal())
			return -1;
		const ssize_t n = read(source->fd, source->buf, source->cap);
		if (n >= 0) {
			source->off += (uint64_t)n;
			*chunk = source->buf;
			*len = (size_t)n;
			return n > 0;
		}
		if (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK)
			return fail_say("%s: read error at byte %" PRIu64 ": %s", source->name,
			                source->off, strerror(errno));
	}
}

void source_close(struct source *source)
{
	/*
	 * Nothing can be lost by closing what was only read. Standard input is not ours to close.
	 */
	if (source->fd > STDERR_FILENO)
		close(source->fd);
	free(source->buf);
	*source = (struct source){.fd = -1};
}
