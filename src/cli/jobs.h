/*
 * The filter with several workers (-j). The main thread reads, cuts what it has read into blocks, and
 * writes what the workers have made of them, in the order of the input. A block is a part of a text
 * (jobs_cut.h) or some records. At most so many blocks are under way that memory stays bounded.
 */
#ifndef LAFZ_CLI_JOBS_H
#define LAFZ_CLI_JOBS_H

#include "cli/filter.h"

struct jobs;

/* Starts filter->args->jobs workers. 0, or -1 with a message. */
int jobs_open(struct jobs **out, struct filter *filter);

/*
 * As filter_file, but what is told may be a failure of an earlier file, and one of this file may be
 * told later.
 */
int jobs_file(struct jobs *jobs, const char *name);

/* Waits until all that was read is written. */
void jobs_settle(struct jobs *jobs);

/* Writes all that is still to come and ends the workers. 0, or -1 as jobs_file. */
int jobs_close(struct jobs *jobs);

#endif
