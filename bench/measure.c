/*
 * Runs a command on a file, its output thrown away, and writes what it cost, as one line:
 *
 *	wall-seconds processor-seconds cycles instructions peak-KiB counted|reckoned
 *
 * Cycles and instructions: counter.h. Exit: that of the command, 125 if it could not be run.
 *
 *	measure INPUT COMMAND [ARGUMENT]...
 */
/* wait4 */
#define _DEFAULT_SOURCE
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "counter.h"

enum { TROUBLE = 125 };

static double seconds_of(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec * 1e-6;
}

static double now(void)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

static void run(const char *input, char **command)
{
	const int in = open(input, O_RDONLY), out = open("/dev/null", O_WRONLY);
	if (in < 0 || out < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0) {
		perror(input);
		_exit(TROUBLE);
	}
	close(in);
	close(out);
	execvp(command[0], command);
	perror(command[0]);
	_exit(TROUBLE);
}

int main(int argc, char **argv)
{
	struct counter counter;
	struct rusage usage;
	int status = 0;
	if (argc < 3) {
		fprintf(stderr, "usage: measure INPUT COMMAND [ARGUMENT]...\n");
		return TROUBLE;
	}
	counter_open(&counter, true);
	const double began = now();
	const pid_t child = fork();
	if (child == 0)
		run(argv[1], argv + 2);
	if (child < 0 || wait4(child, &status, 0, &usage) != child) {
		perror("measure");
		return TROUBLE;
	}
	const double wall = now() - began;
	const double busy = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
	const struct cost cost = counter_stop(&counter, busy);
	printf("%.6f %.6f %" PRIu64 " %" PRIu64 " %ld %s\n", wall, busy, cost.cycles,
	       cost.instructions, usage.ru_maxrss, cost.is_counted ? "counted" : "reckoned");
	return WIFEXITED(status) ? WEXITSTATUS(status) : TROUBLE;
}
