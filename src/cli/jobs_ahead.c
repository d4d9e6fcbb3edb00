/*
 * Blocks of a file that workers read by themselves: what a worker reads is then in its own core's cache, and the main thread reads no
 * more than it needs to find where a block may end. That is for the middle of a regular file; its beginning, its end, and what has no
 * place to cut near a block's end are read by the main thread like what comes through a pipe.
 */
#include "cli/jobs_main.h"

#include <unistd.h>

#include "cli/jobs.h"
#include "cli/jobs_cut.h"

/* Units in front of a block's end in which a place to cut is looked for: first in few, then in more. */
static const size_t looks[] = {4096, 32768};

/*
 * Reads what lies before end, an offset in the document, and looks for a cut in it. What was read up to the cut is then in the window,
 * which begins at *start; false: there is none, or it could not be read, and then whoever reads on will say why.
 */
static bool find_cut(struct jobs *jobs, const struct source *source, uint64_t end, size_t look, uint64_t *start)
{
	const struct form *form = &jobs->form;
	const bool unwrap = jobs->filter->args->options.unwrap;
	const size_t before = (CUT_BEFORE + CUT_MORE) * form->unit;
	const size_t len = before + look * form->unit;
	size_t from = 0;
	int error = 0;
	jobs->window.len = 0;
	*start = end - len;
	if (!bytes_reserve(&jobs->window, len) ||
	    source_read_at(source->fd, source->first + *start, jobs->window.ptr, len, &error) < len)
		return false;
	jobs->window.len = cut_find(form, jobs->window.ptr, len, unwrap);
	return jobs->window.len >= before &&
	       cut_before(form, jobs->window.ptr, jobs->window.len, false, unwrap, &from);
}

bool jobs_ahead_find(struct jobs *jobs, const struct source *source, size_t len)
{
	const uint64_t place = jobs->text_start + jobs->n_history, end = place + len;
	uint64_t start = 0;
	if (jobs->is_first || jobs->is_open || jobs->form.unit == 0 || !source_has(source, end))
		return false;
	for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
		if ((CUT_BEFORE + CUT_MORE + looks[i]) * jobs->form.unit > len)
			return false;
		if (!find_cut(jobs, source, end, looks[i], &start))
			continue;
		jobs->window_start = start;
		return start + jobs->window.len > source->off;
	}
	return false;
}

int jobs_ahead_take(struct jobs *jobs, struct source *source, struct block *block)
{
	const struct bytes text = jobs->text;
	const uint64_t end = jobs->window_start + jobs->window.len;
	block->is_unread = true;
	block->fd = source->fd;
	block->place = source->first + block->start - block->n_before;
	block->from = 0;
	block->len = (size_t)(end - block->start);
	jobs->text = jobs->window;
	jobs->window = text;
	jobs->text_start = jobs->window_start;
	jobs->n_history = jobs->text.len;
	jobs->is_lent = true;
	return source_go_on(source, end);
}

/* ---- The file, which stays open while workers may read it ---- */

static void close_lent(struct jobs *jobs)
{
	if (jobs->lent_fd > STDERR_FILENO)
		close(jobs->lent_fd);
	jobs->lent_fd = -1;
}

void jobs_ahead_close(struct jobs *jobs, struct source *source)
{
	if (jobs->is_lent && jobs->lent_fd >= 0 && jobs->ring.first < jobs->lent_until)
		jobs_settle(jobs);
	if (jobs->lent_fd >= 0 && jobs->ring.first >= jobs->lent_until)
		close_lent(jobs);
	if (jobs->is_lent && jobs->ring.first < jobs->ring.end) {
		jobs->lent_fd = source->fd;
		jobs->lent_until = jobs->ring.end;
		source->fd = -1;
	}
	jobs->is_lent = false;
}

void jobs_ahead_end(struct jobs *jobs)
{
	close_lent(jobs);
	bytes_free(&jobs->window);
}
