#include "cli/jobs_main.h"

#include <string.h>

#include "cli/fail.h"
#include "cli/jobs.h"
#include "cli/jobs_cut.h"
#include "cli/stop.h"

/* Leaves as much of what went to blocks as may have to be read again. */
static void forget(struct jobs *jobs)
{
	const size_t most = CUT_HISTORY + CUT_BEFORE;
	if (jobs->n_history <= 2 * most)
		return;
	const size_t n = jobs->n_history - most;
	memmove(jobs->text.ptr, jobs->text.ptr + n, jobs->text.len - n);
	jobs->text.len -= n;
	jobs->n_history -= n;
	jobs->text_start += n;
}

/* The next len bytes as a block, which ends at a cut, with the document, or open. */
static int add_text(struct jobs *jobs, size_t len, bool is_open, bool is_last)
{
	size_t from = jobs->n_history;
	const bool is_inside = !jobs->is_first && !jobs->is_open;
	if (is_inside)
		(void)cut_before(jobs->text.ptr, from, jobs->text_start == 0,
		                 jobs->filter->args->options.unwrap, &from);
	struct block *block = jobs_new_block(jobs);
	/* nothing is added to NULL, though the document be empty */
	if (!block || !bytes_reserve(&jobs->text, 1) || !bytes_reserve(&block->text, 1) ||
	    !bytes_append(&block->text, jobs->text.ptr + from, jobs->n_history - from + len))
		return jobs_out_of_memory(jobs);
	block->n_before = jobs->n_history - from;
	block->start = jobs->text_start + jobs->n_history;
	block->is_first = jobs->is_first;
	block->goes_on = jobs->is_open;
	block->is_open = is_open;
	block->is_last = is_last;
	block->is_stopped = is_last && stop_signal();
	jobs_submit(jobs);
	jobs->is_first = false;
	jobs->is_open = is_open;
	jobs->n_history += len;
	forget(jobs);
	return 0;
}

/* As many of the next len bytes as end at a cut; all of them, open, if there is none. */
static int cut_text(struct jobs *jobs, size_t len)
{
	const bool unwrap = jobs->filter->args->options.unwrap;
	const size_t cut = cut_find(jobs->text.ptr + jobs->n_history, len, unwrap);
	size_t before = 0;
	const bool is_cut = cut > 0 && cut_before(jobs->text.ptr, jobs->n_history + cut,
	                                          jobs->text_start == 0, unwrap, &before);
	return is_cut ? add_text(jobs, cut, false, false) : add_text(jobs, len, true, false);
}

static size_t rest_of(const struct jobs *jobs)
{
	return jobs->text.len - jobs->n_history;
}

static int read_chunks(struct jobs *jobs, struct source *source)
{
	for (;;) {
		char *chunk = NULL;
		size_t len = 0;
		if (jobs_must_wait(source)) {
			if (rest_of(jobs) > 0 && cut_text(jobs, rest_of(jobs)) < 0)
				return -1;
			jobs_write_meanwhile(jobs, source);
		}
		const int rc = jobs_is_wanted(jobs) ? source_read(source, &chunk, &len) : 0;
		if (rc <= 0)
			return rc;
		if (!bytes_append(&jobs->text, chunk, len))
			return jobs_out_of_memory(jobs);
		while (rest_of(jobs) >= TEXT_LEN) {
			if (cut_text(jobs, TEXT_LEN) < 0)
				return -1;
		}
	}
}

int jobs_read_text(struct jobs *jobs, struct source *source)
{
	jobs->text.len = jobs->n_history = 0;
	jobs->text_start = 0;
	jobs->is_first = true;
	jobs->is_open = false;
	const int rc = read_chunks(jobs, source);
	/* After a read error too: what was read before is written. */
	if (add_text(jobs, rest_of(jobs), false, true) < 0)
		return -1;
	if (rc == 0 && source->error[0]) {
		jobs_settle(jobs);
		return filter_check_end(source);
	}
	return rc;
}
