#include "cli/stop.h"

#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>

static const int stop_signals[] = {SIGINT, SIGTERM, SIGHUP};
enum { STOP_COUNT = sizeof stop_signals / sizeof stop_signals[0] };

/* Static, which little is in the filter: a signal handler has nowhere else to write. */
static volatile sig_atomic_t stop_seen;

static void stop_mark(int signal_number)
{
	stop_seen = signal_number;
}

void stop_install(void)
{
	for (size_t i = 0; i < STOP_COUNT; i++) {
		struct sigaction action;
		if (sigaction(stop_signals[i], NULL, &action) != 0 || action.sa_handler == SIG_IGN)
			continue;
		memset(&action, 0, sizeof action);
		action.sa_handler = stop_mark;
		/* No SA_RESTART: a read that waits must come back. */
		action.sa_flags = (int)SA_RESETHAND;
		sigemptyset(&action.sa_mask);
		sigaction(stop_signals[i], &action, NULL);
	}
}

int stop_signal(void)
{
	return (int)stop_seen;
}

void stop_wait(int fd)
{
	if (fd < 0 || fd >= FD_SETSIZE)
		return;
	/*
	 * Blocked from before the mark is looked at until pselect waits: no signal falls in
	 * between.
	 */
	sigset_t blocked, before;
	sigemptyset(&blocked);
	for (size_t i = 0; i < STOP_COUNT; i++)
		sigaddset(&blocked, stop_signals[i]);
	if (sigprocmask(SIG_BLOCK, &blocked, &before) != 0)
		return;
	if (!stop_seen) {
		fd_set readable;
		FD_ZERO(&readable);
		FD_SET(fd, &readable);
		(void)pselect(fd + 1, &readable, NULL, NULL, NULL, &before);
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
}

void stop_die(int signal_number)
{
	signal(signal_number, SIG_DFL);
	sigset_t only;
	sigemptyset(&only);
	sigaddset(&only, signal_number);
	sigprocmask(SIG_UNBLOCK, &only, NULL);
	raise(signal_number);
	abort();
}
