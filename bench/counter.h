/*
 * What a stretch of work costs: processor time, cycles, instructions. Cycles and instructions come
 * from the processor's counters where the system lets us have them (Linux, perf_event_open). Where
 * it does not, as in most virtual machines, cycles are processor time by the rate of the time stamp
 * counter, which is the processor's nominal rate, and instructions are not known.
 */
#ifndef BENCH_COUNTER_H
#define BENCH_COUNTER_H

#include <stdbool.h>
#include <stdint.h>

struct counter {
	int cycles, instructions; /* file descriptors, owned; -1: not to be had */
	uint64_t began;           /* nanoseconds of this process */
};

struct cost {
	double seconds;
	uint64_t cycles;       /* 0: not known */
	uint64_t instructions; /* 0: not known */
	bool is_counted;       /* cycles were counted, not reckoned from time */
};

/* For this process, from counter_start on; or for the child that it forks next, from its exec on. */
void counter_open(struct counter *counter, bool is_for_child);
void counter_start(struct counter *counter);
/* The cost since counter_start; seconds are those given if not negative. Closes the counter. */
struct cost counter_stop(struct counter *counter, double seconds);

#endif
