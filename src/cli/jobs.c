#include "cli/jobs.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/fail.h"
#include "cli/jobs_block.h"
#include "cli/jobs_cut.h"
#include "cli/json.h"
#include "cli/source.h"
#include "cli/stop.h"

#define BLOCK_LEN ((size_t)128 << 10) /* bytes of text in a block, or about so many of records */
#define BLOCKS_MORE 2                 /* blocks under way that have no worker at the moment */
#define OUT_KEPT ((size_t)8 << 20)    /* bytes of output that a block keeps the memory for */

struct jobs {
	struct filter *filter; /* not owned */
	struct ring ring;
	struct worker *workers; /* owned */
	size_t n_workers, n_started;
	uint64_t file, failed_file; /* counted from 1 */
	bool has_failed;            /* and that was not told yet */
	bool is_over;               /* what is still to come is thrown away */
	/* the text so far */
	const char *name;
	struct bytes text; /* owned: n_history bytes that are in blocks, and what is behind them */
	size_t n_history;
	uint64_t text_start; /* in the document */
	bool is_first, is_open;
};

/* ---- Writing ---- */

/* The empty line between two lines of text that lie in two blocks. */
static void write_border(struct writer *writer, const struct block *block)
{
	const bool is_new = block->is_records || writer->is_new;
	if (!block->has_line)
		return;
	if (writer->has_line && (is_new || writer->par != block->first_par))
		sink_byte(writer->sink, '\n');
	writer->has_line = true;
	writer->is_new = false;
	writer->par = block->last_par;
}

static void say_all(const struct bytes *messages)
{
	for (size_t off = 0; off < messages->len; off += strlen(messages->ptr + off) + 1)
		fail_say("%s", messages->ptr + off);
}

static void write_block(struct jobs *jobs, const struct block *block)
{
	struct filter *filter = jobs->filter;
	if (jobs->is_over || block->file == jobs->failed_file)
		return;
	if (!block->is_records && block->is_first)
		filter->writer.is_new = true;
	if (filter_kind(filter->args, block->is_records) == &write_text)
		write_border(&filter->writer, block);
	sink_pass(filter->sink, &block->out);
	stats_merge(&filter->stats, &block->stats);
	filter->n_skipped += block->n_skipped;
	filter->must_end = filter->must_end || block->must_end;
	const bool is_stuck = filter_is_stuck(filter);
	if (!is_stuck)
		say_all(&block->messages);
	if (!block->has_failed && !is_stuck)
		return;
	jobs->failed_file = block->file;
	jobs->has_failed = true;
	jobs->is_over = is_stuck || filter->sink->is_file || filter->must_end;
}

/* Waits for the oldest block and writes it. */
static void retire(struct jobs *jobs)
{
	struct ring *ring = &jobs->ring;
	struct block *block = &ring->blocks[ring->first % ring->n_blocks];
	pthread_mutex_lock(&ring->lock);
	while (!block->is_done)
		pthread_cond_wait(&ring->changed, &ring->lock);
	pthread_mutex_unlock(&ring->lock);
	write_block(jobs, block);
	ring->first++;
}

static void settle(struct jobs *jobs)
{
	while (jobs->ring.first < jobs->ring.end)
		retire(jobs);
}

/* ---- Blocks ---- */

/* A block to be filled, with its memory; NULL without. */
static struct block *new_block(struct jobs *jobs)
{
	struct ring *ring = &jobs->ring;
	if (ring->end - ring->first == ring->n_blocks)
		retire(jobs);
	struct block *block = &ring->blocks[ring->end % ring->n_blocks];
	if (block->out.cap > OUT_KEPT || block->out.has_failed) {
		free(block->out.buf);
		block->out.buf = NULL;
	}
	stats_free(&block->stats);
	block->out.len = block->text.len = block->messages.len = block->n_lines = 0;
	*block = (struct block){
		.name = jobs->name,
		.file = jobs->file,
		.text = block->text,
		.lines = block->lines,
		.cap_lines = block->cap_lines,
		.out = block->out,
		.messages = block->messages,
	};
	if (!block->out.buf && sink_open_memory(&block->out) < 0)
		return NULL;
	return block;
}

/* The block that new_block has given goes to the workers. */
static void submit(struct ring *ring)
{
	pthread_mutex_lock(&ring->lock);
	ring->end++;
	pthread_cond_broadcast(&ring->changed);
	pthread_mutex_unlock(&ring->lock);
}

static int out_of_memory(struct jobs *jobs)
{
	settle(jobs);
	jobs->is_over = jobs->filter->must_end = jobs->has_failed = true;
	return fail_say("out of memory");
}

/* Whether the file that is read goes on. */
static bool is_wanted(const struct jobs *jobs)
{
	return !jobs->is_over && jobs->failed_file != jobs->file;
}

/* ---- Text ---- */

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
	struct block *block = new_block(jobs);
	/* nothing is added to NULL, though the document be empty */
	if (!block || !bytes_reserve(&jobs->text, 1) || !bytes_reserve(&block->text, 1) ||
	    !bytes_append(&block->text, jobs->text.ptr + from, jobs->n_history - from + len))
		return out_of_memory(jobs);
	block->n_before = jobs->n_history - from;
	block->start = jobs->text_start + jobs->n_history;
	block->is_first = jobs->is_first;
	block->goes_on = jobs->is_open;
	block->is_open = is_open;
	block->is_last = is_last;
	block->is_stopped = is_last && stop_signal();
	submit(&jobs->ring);
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

/* Whether a read would block. Then what is there is written in the meantime. */
static bool must_wait(const struct source *source)
{
	struct pollfd ready = {.fd = source->fd, .events = POLLIN};
	return !source->is_regular && poll(&ready, 1, 0) == 0;
}

static void write_meanwhile(struct jobs *jobs, const struct source *source)
{
	while (jobs->ring.first < jobs->ring.end && must_wait(source))
		retire(jobs);
}

static int read_chunks(struct jobs *jobs, struct source *source)
{
	for (;;) {
		char *chunk = NULL;
		size_t len = 0;
		if (must_wait(source)) {
			if (rest_of(jobs) > 0 && cut_text(jobs, rest_of(jobs)) < 0)
				return -1;
			write_meanwhile(jobs, source);
		}
		const int rc = is_wanted(jobs) ? source_read(source, &chunk, &len) : 0;
		if (rc <= 0)
			return rc;
		if (!bytes_append(&jobs->text, chunk, len))
			return out_of_memory(jobs);
		while (rest_of(jobs) >= BLOCK_LEN) {
			if (cut_text(jobs, BLOCK_LEN) < 0)
				return -1;
		}
	}
}

static int read_text(struct jobs *jobs, struct source *source)
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
		settle(jobs);
		return filter_check_end(source);
	}
	return rc;
}

/* ---- Records ---- */

static bool add_line(struct block *block, const struct block_line *line, const char *text)
{
	if (block->n_lines == block->cap_lines) {
		const size_t cap = block->cap_lines > 0 ? 2 * block->cap_lines : 64;
		struct block_line *lines = realloc(block->lines, cap * sizeof *lines);
		if (!lines)
			return false;
		block->lines = lines;
		block->cap_lines = cap;
	}
	block->lines[block->n_lines] = *line;
	block->lines[block->n_lines++].off = block->text.len;
	return bytes_append(&block->text, text, line->len);
}

/* Whether the next line is not there yet and cannot be had at once. */
static bool must_wait_for_line(const struct lines *lines)
{
	const bool has_line = lines->rest_len > 0 && memchr(lines->rest, '\n', lines->rest_len);
	return !has_line && must_wait(lines->source);
}

/* Fills the block with lines. 1, 0 at the end of the file, -1 after a failure. */
static int fill_block(struct lines *lines, struct block *block, bool *is_out_of_memory)
{
	while (block->text.len < BLOCK_LEN) {
		char *text = NULL;
		size_t len = 0;
		if (block->n_lines > 0 && must_wait_for_line(lines))
			return 1;
		const enum lines_answer answer = lines_next(lines, &text, &len);
		if (answer == LINES_FAILED)
			return -1;
		if (answer == LINES_END || answer == LINES_CUT)
			return 0;
		struct block_line line = {.number = lines->number, .start = lines->start};
		line.is_too_long = answer == LINES_TOO_LONG;
		if (!line.is_too_long) {
			const size_t skip = lines_mark(lines, text, len);
			text += skip;
			line.len = len - skip;
			if (json_is_blank(text, line.len))
				continue;
		}
		*is_out_of_memory = !add_line(block, &line, text);
		if (*is_out_of_memory)
			return -1;
	}
	return 1;
}

static int read_records(struct jobs *jobs, struct source *source)
{
	struct lines lines = {.source = source, .max = jobs->filter->args->max_record};
	bool is_out_of_memory = false;
	int rc = 1;
	while (rc > 0 && is_wanted(jobs)) {
		if (must_wait_for_line(&lines))
			write_meanwhile(jobs, source);
		struct block *block = new_block(jobs);
		is_out_of_memory = !block;
		if (!block)
			break;
		block->is_records = true;
		rc = fill_block(&lines, block, &is_out_of_memory);
		/* What was read before a failure is written. */
		if (block->n_lines > 0 && !is_out_of_memory)
			submit(&jobs->ring);
	}
	const bool is_cut = lines.is_cut;
	const uint64_t number = lines.number, start = lines.start;
	lines_free(&lines);
	if (is_out_of_memory)
		return out_of_memory(jobs);
	if (!is_cut || rc < 0)
		return rc < 0 ? -1 : 0;
	settle(jobs);
	return filter_broken(jobs->filter, source->name, "record", number, start, source->error);
}

/* ---- Files ---- */

/* Whether blocks can be made of a file; all else is read as without workers. */
static bool is_fit(const struct jobs *jobs, enum input input)
{
	const struct args *args = jobs->filter->args;
	const struct format_kind *kind = filter_kind(args, input != INPUT_TEXT);
	const struct format_kind *const fit[] = {
		&write_text,        &write_tsv,          &write_jsonl,
		&write_conllu,      &write_runs_tsv,     &write_runs_jsonl,
		&write_normal_text, &write_normal_jsonl, &write_stats,
	};
	/* The files of languages are written in order; forms are counted in one table. */
	if (args->map || args->shard_size > 0 || args->keeps_fields || args->options.encoding ||
	    jobs->filter->split.args || (input != INPUT_TEXT && input != INPUT_JSONL))
		return false;
	for (size_t i = 0; i < sizeof fit / sizeof fit[0]; i++) {
		if (kind == fit[i])
			return true;
	}
	return false;
}

/*
 * A message about a file comes behind those about the files before it. Only opening says something
 * at once; whether it will is tried first.
 */
static bool can_be_opened(const char *name)
{
	return strcmp(name, "-") == 0 || access(name, R_OK) == 0;
}

static int answer(struct jobs *jobs, int rc)
{
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
		settle(jobs);
	if (jobs->is_over)
		return answer(jobs, 0);
	if (!fits)
		return answer(jobs, filter_file(jobs->filter, name));
	jobs->file++;
	jobs->name = name;
	int rc = source_open(&source, name, jobs->filter->args->read_size, jobs->filter->sink);
	source.max_ratio = jobs->filter->args->max_ratio;
	if (rc == 0)
		rc = input == INPUT_JSONL ? read_records(jobs, &source) : read_text(jobs, &source);
	source_close(&source);
	/* A failure may end the work, and then nothing of what comes later may be written. */
	if (rc < 0)
		settle(jobs);
	return answer(jobs, rc);
}

/* ---- Workers ---- */

static int open_worker(struct jobs *jobs, struct worker *worker)
{
	const struct filter *filter = jobs->filter;
	struct lafz_options options = filter->args->options;
	options.want = filter->want;
	*worker = (struct worker){.ring = &jobs->ring, .filter = filter};
	/* What the formats have made before all documents. */
	worker->writer = filter->writer;
	worker->writer.arrow = NULL; /* the main writer owns it; no worker writes that format */
	worker->select.selection = filter->select.selection;
	worker->jsonl.field = filter->args->field;
	worker->jsonl.id_field = filter->args->id_field;
	const int rc = lafz_open(&worker->stream, &options);
	if (rc < 0)
		return fail_say("%s", lafz_strerror(rc));
	if (pthread_create(&worker->thread, NULL, worker_run, worker) != 0) {
		lafz_close(worker->stream);
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
	struct ring *ring = &jobs->ring;
	pthread_mutex_lock(&ring->lock);
	ring->is_ending = true;
	pthread_cond_broadcast(&ring->changed);
	pthread_mutex_unlock(&ring->lock);
	for (size_t i = 0; i < jobs->n_started; i++) {
		struct worker *worker = &jobs->workers[i];
		(void)pthread_join(worker->thread, NULL);
		lafz_close(worker->stream);
		write_free(&worker->writer);
		select_free(&worker->select);
		jsonl_free(&worker->jsonl);
		keep_free(&worker->keep);
	}
}

int jobs_open(struct jobs **out, struct filter *filter)
{
	struct jobs *jobs = calloc(1, sizeof *jobs);
	if (!jobs)
		return fail_say("out of memory");
	struct ring *ring = &jobs->ring;
	*jobs = (struct jobs){.filter = filter, .n_workers = filter->args->jobs};
	ring->n_blocks = jobs->n_workers + BLOCKS_MORE;
	pthread_mutex_init(&ring->lock, NULL);
	pthread_cond_init(&ring->changed, NULL);
	ring->blocks = calloc(ring->n_blocks, sizeof *ring->blocks);
	ring->bases = calloc(ring->n_blocks + 1, sizeof *ring->bases);
	jobs->workers = calloc(jobs->n_workers, sizeof *jobs->workers);
	const bool has_memory = ring->blocks && ring->bases && jobs->workers;
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
	settle(jobs);
	close_workers(jobs);
	for (size_t i = 0; ring->blocks && i < ring->n_blocks; i++) {
		struct block *block = &ring->blocks[i];
		free(block->out.buf);
		free(block->lines);
		bytes_free(&block->text);
		bytes_free(&block->messages);
		stats_free(&block->stats);
	}
	free(ring->blocks);
	free(ring->bases);
	free(jobs->workers);
	bytes_free(&jobs->text);
	pthread_cond_destroy(&ring->changed);
	pthread_mutex_destroy(&ring->lock);
	const int rc = jobs->has_failed ? -1 : 0;
	free(jobs);
	return rc;
}
