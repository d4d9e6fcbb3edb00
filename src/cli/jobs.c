#include "cli/jobs.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/fail.h"
#include "cli/heap.h"
#include "cli/jobs_main.h"
#include "cli/jobs_ring.h"

#define BLOCKS_MORE 2             /* blocks under way that have no worker at the moment */
#define BLOCKS_MORE_IN_TURN 4     /* the same where workers write: the main thread makes some each time it is woken */

/* ---- Blocks ---- */

/* Waits for the n oldest blocks, if workers write them, and writes of the oldest what is left and done. */
static void retire(struct jobs *jobs, size_t n)
{
	struct ring *ring = &jobs->ring;
	do {
		progress_poll(&jobs->filter->progress);
	} while (!ring_wait(ring, n));
	bool has_turns = false;
	do {
		jobs_write(jobs, &ring->blocks[ring->first % ring->n_blocks]);
		/* After a failure what a worker makes may have to be thrown away. */
		has_turns = jobs->is_direct && jobs->failed_file == 0 && !jobs->is_over;
	} while (ring_retire(ring, has_turns));
}

void jobs_settle(struct jobs *jobs)
{
	const struct ring *ring = &jobs->ring;
	while (ring->first < ring->end)
		retire(jobs, (size_t)(ring->end - ring->first));
}

struct block *jobs_new_block(struct jobs *jobs)
{
	struct ring *ring = &jobs->ring;
	if (ring->end - ring->first == ring->n_blocks)
		retire(jobs, ring->n_blocks / 2);
	struct block *block = &ring->blocks[ring->end % ring->n_blocks];
	if (block->out.had > OUT_MOST || block->out.has_failed) {
		free(block->out.buf);
		block->out.buf = NULL;
	}
	stats_free(&block->stats);
	keep_clear(&block->keep);
	sink_clear(&block->out);
	block->text.len = block->names.len = block->messages.len = 0;
	*block = (struct block){
		.name = jobs->name,
		.file = jobs->file,
		.text = block->text,
		.records = block->records,
		.cap_records = block->cap_records,
		.names = block->names,
		.keep = block->keep,
		.documents = block->documents,
		.cap_documents = block->cap_documents,
		.out = block->out,
		.messages = block->messages,
	};
	if (!block->out.buf && sink_open_memory(&block->out) < 0)
		return NULL;
	return block;
}

void jobs_submit(struct jobs *jobs)
{
	ring_submit(&jobs->ring);
}

int jobs_out_of_memory(struct jobs *jobs)
{
	jobs_settle(jobs);
	jobs->is_over = jobs->filter->must_end = jobs->has_failed = true;
	jobs->is_out_of_memory = true;
	return fail_say("out of memory");
}

bool jobs_is_wanted(const struct jobs *jobs)
{
	return !jobs->is_over && jobs->failed_file != jobs->file;
}

bool jobs_must_wait(const struct source *source)
{
	struct pollfd ready = {.fd = source->fd, .events = POLLIN};
	return !source->is_regular && poll(&ready, 1, 0) == 0;
}

bool jobs_write_meanwhile(struct jobs *jobs, const struct source *source)
{
	while (jobs->ring.first < jobs->ring.end && jobs_must_wait(source))
		retire(jobs, 1);
	return jobs->ring.first == jobs->ring.end;
}

/* ---- Files ---- */

/* Whether a file is to be read; of others the filter says why not. */
static bool is_fit(const struct jobs *jobs, enum input input)
{
	const bool is_utf8 = input == INPUT_JSONL || input == INPUT_CONLLU;
	return !is_utf8 || !jobs->filter->args->options.encoding;
}

/*
 * A message about a file comes behind those about the files before it. Only opening says something
 * at once; whether it will is tried first.
 */
static bool can_be_opened(const char *name)
{
	return strcmp(name, "-") == 0 || access(name, R_OK) == 0;
}

/* A failure may end the work, and then nothing of what comes later may be written. */
static int answer(struct jobs *jobs, int rc)
{
	if (jobs->has_failed || rc < 0)
		jobs_settle(jobs);
	const bool has_failed = jobs->has_failed;
	jobs->has_failed = false;
	return has_failed || rc < 0 ? -1 : 0;
}

int jobs_file(struct jobs *jobs, const char *name)
{
	const enum input input = filter_input(jobs->filter->args, name);
	struct source source;
	const bool fits = is_fit(jobs, input);
	if (!fits || !can_be_opened(name))
		jobs_settle(jobs);
	if (jobs->is_over)
		return answer(jobs, 0);
	if (!fits)
		return answer(jobs, filter_file(jobs->filter, name));
	jobs->file++;
	jobs->name = name;
	int rc = source_open(&source, name, jobs->filter->args->read_size, jobs->filter->sink);
	source.max_ratio = jobs->filter->args->max_ratio;
	source.is_utf8 = !jobs->filter->args->options.encoding;
	if (rc == 0 && input == INPUT_JSONL)
		rc = jobs_read_jsonl(jobs, &source);
	else if (rc == 0 && input == INPUT_CONLLU)
		rc = jobs_read_conllu(jobs, &source);
	else if (rc == 0 && input == INPUT_WARC)
		rc = jobs_read_warc(jobs, &source);
	else if (rc == 0)
		rc = jobs_read_text(jobs, &source);
	jobs_ahead_close(jobs, &source);
	source_close(&source);
	return answer(jobs, rc);
}

/* ---- Workers ---- */

/*
 * Whether the main thread must write: several files, one table of forms, or a format in which a part
 * cannot be written before the part before it.
 */
static bool must_keep(const struct filter *filter)
{
	const struct args *args = filter->args;
	const struct format_kind *kind = filter_kind(args, false);
	const struct format_kind *const free_kinds[] = {
		&write_text,       &write_tsv,          &write_jsonl, &write_conllu, &write_runs_tsv,
		&write_runs_jsonl, &write_normal_text, &write_normal_jsonl, &write_stats,
	};
	if (args->map || args->shard_size > 0 || filter->split.args)
		return true;
	for (size_t i = 0; i < sizeof free_kinds / sizeof free_kinds[0]; i++) {
		if (kind == free_kinds[i])
			return false;
	}
	return true;
}

/* Whether workers write by turns. */
static bool is_direct(const struct jobs *jobs)
{
	return !jobs->is_kept && sink_is_plain(jobs->filter->sink);
}

static int open_worker(struct jobs *jobs, struct worker *worker)
{
	const struct filter *filter = jobs->filter;
	struct lafz_options options = filter->args->options;
	options.want = filter->want;
	*worker = (struct worker){
		.ring = &jobs->ring, .filter = filter, .is_kept = jobs->is_kept, .turn = &jobs->turn};
	/* What the formats have made before all documents. */
	worker->writer = filter->writer;
	worker->writer.arrow = NULL; /* the main writer owns it; no worker writes that format */
	worker->select.selection = filter->select.selection;
	worker->jsonl.field = filter->args->field;
	worker->jsonl.id_field = filter->args->id_field;
	worker->jsonl.keeps_fields = filter->args->keeps_fields;
	if (sink_open_memory(&worker->out) < 0)
		return fail_say("out of memory");
	const int rc = lafz_open(&worker->stream, &options);
	if (rc < 0) {
		free(worker->out.buf);
		return fail_say("%s", lafz_strerror(rc));
	}
	if (pthread_create(&worker->thread, NULL, worker_run, worker) != 0) {
		lafz_close(worker->stream);
		free(worker->out.buf);
		return fail_say("a thread cannot be started");
	}
	return 0;
}

/* Signals are for the main thread, which reads and writes. */
static int open_workers(struct jobs *jobs)
{
	sigset_t all, before;
	sigfillset(&all);
	if (pthread_sigmask(SIG_SETMASK, &all, &before) != 0)
		return fail_say("a thread cannot be started");
	int rc = 0;
	while (rc == 0 && jobs->n_started < jobs->n_workers) {
		rc = open_worker(jobs, &jobs->workers[jobs->n_started]);
		jobs->n_started += rc == 0;
	}
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	return rc;
}

static void close_workers(struct jobs *jobs)
{
	if (jobs->n_started > 0)
		ring_end(&jobs->ring);
	for (size_t i = 0; i < jobs->n_started; i++) {
		struct worker *worker = &jobs->workers[i];
		(void)pthread_join(worker->thread, NULL);
		lafz_close(worker->stream);
		write_free(&worker->writer);
		select_free(&worker->select);
		jsonl_free(&worker->jsonl);
		keep_free(&worker->keep);
		bytes_free(&worker->text);
		free(worker->out.buf);
	}
}

int jobs_open(struct jobs **out, struct filter *filter)
{
	heap_give_back();
	struct jobs *jobs = calloc(1, sizeof *jobs);
	if (!jobs)
		return fail_say("out of memory");
	*jobs = (struct jobs){.filter = filter, .n_workers = filter->args->jobs, .lent_fd = -1, .turn = {.filter = filter}};
	jobs->is_kept = must_keep(filter);
	jobs->is_direct = is_direct(jobs);
	filter->sink->is_shared = jobs->is_direct;
	jobs->workers = calloc(jobs->n_workers, sizeof *jobs->workers);
	const size_t n_more = jobs->is_direct ? BLOCKS_MORE_IN_TURN : BLOCKS_MORE;
	const bool has_memory =
		ring_open(&jobs->ring, jobs->n_workers + n_more, jobs->is_direct) == 0 && jobs->workers;
	if (has_memory && open_workers(jobs) == 0) {
		*out = jobs;
		return 0;
	}
	if (!has_memory)
		fail_say("out of memory");
	(void)jobs_close(jobs);
	return -1;
}

int jobs_close(struct jobs *jobs)
{
	struct ring *ring = &jobs->ring;
	jobs_settle(jobs);
	close_workers(jobs);
	jobs_ahead_end(jobs);
	jobs->filter->sink->is_shared = false;
	for (size_t i = 0; ring->blocks && i < ring->n_blocks; i++) {
		struct block *block = &ring->blocks[i];
		free(block->out.buf);
		free(block->records);
		free(block->documents);
		bytes_free(&block->text);
		bytes_free(&block->names);
		keep_free(&block->keep);
		bytes_free(&block->messages);
		stats_free(&block->stats);
	}
	ring_close(ring);
	free(jobs->workers);
	bytes_free(&jobs->text);
	bytes_free(&jobs->fields);
	const int rc = jobs->has_failed ? -1 : 0;
	free(jobs);
	return rc;
}
