/* syscall */
#define _DEFAULT_SOURCE
#include "counter.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#ifdef __linux__
#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#endif

#define TRIAL_NS 20000000u /* how long the rate of the time stamp counter is measured */

static uint64_t nanoseconds(clockid_t clock)
{
	struct timespec at;
	clock_gettime(clock, &at);
	return (uint64_t)at.tv_sec * 1000000000u + (uint64_t)at.tv_nsec;
}

/* ---- Cycles reckoned from time ---- */

#if defined(__x86_64__) || defined(__i386__)
static double rate_of_time_stamps(void)
{
	const uint64_t began = nanoseconds(CLOCK_MONOTONIC), first = __builtin_ia32_rdtsc();
	uint64_t now = began;
	while (now - began < TRIAL_NS)
		now = nanoseconds(CLOCK_MONOTONIC);
	return (double)(__builtin_ia32_rdtsc() - first) / (double)(now - began) * 1e9;
}
#else
static double rate_of_time_stamps(void)
{
	return 0;
}
#endif

/* ---- The processor's counters ---- */

#ifdef __linux__
static int open_event(uint64_t config, bool is_for_child)
{
	struct perf_event_attr attr;
	memset(&attr, 0, sizeof attr);
	attr.type = PERF_TYPE_HARDWARE;
	attr.size = sizeof attr;
	attr.config = config;
	attr.disabled = 1;
	attr.inherit = is_for_child;
	attr.enable_on_exec = is_for_child;
	attr.exclude_hv = 1;
	long fd = syscall(SYS_perf_event_open, &attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
	if (fd < 0) {
		attr.exclude_kernel = 1;
		fd = syscall(SYS_perf_event_open, &attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
	}
	return (int)fd;
}

void counter_open(struct counter *counter, bool is_for_child)
{
	*counter = (struct counter){
		.cycles = open_event(PERF_COUNT_HW_CPU_CYCLES, is_for_child),
		.instructions = open_event(PERF_COUNT_HW_INSTRUCTIONS, is_for_child),
	};
}

static void enable(int fd)
{
	if (fd >= 0)
		ioctl(fd, PERF_EVENT_IOC_ENABLE, 0);
}
#else
void counter_open(struct counter *counter, bool is_for_child)
{
	(void)is_for_child;
	*counter = (struct counter){.cycles = -1, .instructions = -1};
}

static void enable(int fd)
{
	(void)fd;
}
#endif

/* 0: the counter did not count. */
static uint64_t read_and_close(int fd)
{
	uint64_t n = 0;
	if (fd < 0)
		return 0;
	if (read(fd, &n, sizeof n) != (ssize_t)sizeof n)
		n = 0;
	close(fd);
	return n;
}

void counter_start(struct counter *counter)
{
	enable(counter->cycles);
	enable(counter->instructions);
	counter->began = nanoseconds(CLOCK_PROCESS_CPUTIME_ID);
}

struct cost counter_stop(struct counter *counter, double seconds)
{
	const uint64_t now = nanoseconds(CLOCK_PROCESS_CPUTIME_ID);
	struct cost cost = {
		.seconds = seconds < 0 ? (double)(now - counter->began) * 1e-9 : seconds,
		.cycles = read_and_close(counter->cycles),
		.instructions = read_and_close(counter->instructions),
	};
	cost.is_counted = cost.cycles > 0;
	if (!cost.is_counted)
		cost.cycles = (uint64_t)(cost.seconds * rate_of_time_stamps());
	return cost;
}
