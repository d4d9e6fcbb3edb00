#include "cli/stop.h"

#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>

static const int stop_signals[] = {SIGINT, SIGTERM, SIGHUP};
enum { STOP_COUNT = sizeof stop_signals / sizeof stop_signals[0] };

/* Static, which little is in the filter: a signal handler has nowhere else to write. */
static volatile sig_atomic_t stop_seen, stop_usr1;

static void stop_mark(int signal_number)
{
	stop_seen = signal_number;
}

static void stop_mark_usr1(int signal_number)
{
	(void)signal_number;
	stop_usr1 = 1;
}

/* No SA_RESTART: a read that waits must come back. */
static void install(int signal_number, void (*handler)(int), int flags)
{
	struct sigaction action;
	if (sigaction(signal_number, NULL, &action) != 0 || action.sa_handler == SIG_IGN)
		return;
	memset(&action, 0, sizeof action);
	action.sa_handler = handler;
	action.sa_flags = flags;
	sigemptyset(&action.sa_mask);
	sigaction(signal_number, &action, NULL);
}

void stop_install(void)
{
	for (size_t i = 0; i < STOP_COUNT; i++)
		install(stop_signals[i], stop_mark, (int)SA_RESETHAND);
}

void stop_install_asked(void)
{
	install(SIGUSR1, stop_mark_usr1, 0);
}

void stop_ignore_asked(void)
{
	signal(SIGUSR1, SIG_IGN);
}

bool stop_asked(void)
{
	const bool is_asked = stop_usr1 != 0;
	/* Before the line is made: one that comes in the meantime asks for another. */
	stop_usr1 = 0;
	return is_asked;
}

int stop_signal(void)
{
	return (int)stop_seen;
}

bool stop_wait(int fd)
{
	if (fd < 0 || fd >= FD_SETSIZE)
		return false;
	/*
	 * Blocked from before the mark is looked at until pselect waits: no signal falls in
	 * between.
	 */
	sigset_t blocked, before;
	sigemptyset(&blocked);
	for (size_t i = 0; i < STOP_COUNT; i++)
		sigaddset(&blocked, stop_signals[i]);
	sigaddset(&blocked, SIGUSR1);
	if (sigprocmask(SIG_BLOCK, &blocked, &before) != 0)
		return false;
	if (!stop_seen && !stop_usr1) {
		fd_set readable;
		FD_ZERO(&readable);
		FD_SET(fd, &readable);
		(void)pselect(fd + 1, &readable, NULL, NULL, NULL, &before);
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	return true;
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
