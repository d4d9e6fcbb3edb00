/*
 * The state of a stream, and the way of the data through the stages: window, scan, segments,
 * entities, runs, words, norm, sentences. One region of the window becomes one batch.
 */
#include "stream.h"

#include "base/mem.h"
#include "batch/batch.h"
#include "entity/entity.h"
#include "lang.h"
#include "norm/tables.h"
#include "numbering.h"
#include "options.h"
#include "run/run.h"
#include "scan/scan.h"
#include "segment/segment.h"
#include "window/window.h"
#include "word/word.h"

#include <assert.h>

/* What the last call of lafz_next or lafz_next_batch has handed out. */
enum handed { HANDED_NOTHING, HANDED_TOKEN, HANDED_BATCH };

struct lafz_stream {
	struct lafz_options options;
	const struct scan_kernel *kernel;
	calm_function *calm;
	key_function *key_plain;
	chars_function *count_chars; /* of well-formed text */
	struct window window;
	struct atoms atoms;
	struct segmenter segmenter;
	struct segments segments;
	struct entity_stage entity;
	struct busy busy;
	struct run_stage run;
	struct word_stage word;
	struct batch batch;
	struct lafz_tables *own_tables;   /* owned; options.tables with rows switched on, or NULL */
	const struct lafz_tables *tables; /* of folds; NULL: the built-in ones */

	/*
	 * Numbers of the document: characters before the batch, and the last run, sentence and
	 * paragraph before it (0 if there is none), which the gaps at its start may have.
	 */
	uint64_t cbase, run_base, sent_base, par_base;
	struct numbering numbering; /* counted on from these */

	struct lafz_batch view; /* what was handed out */
	struct lafz_token token;
	size_t next;   /* entry of view that lafz_next hands out next */
	uint32_t used; /* bytes of the region that view stands on, to be taken from the window */
	enum handed handed;
	uint32_t handed_from;    /* bytes of the batch that lafz_next had handed out before */
	struct lafz_edit *edits; /* owned */
	size_t edits_cap;
	uint32_t *source_at; /* owned; of view, if the source is not in UTF-8 */
	size_t source_at_cap;
	bool has_view;
	bool is_fed; /* a chunk is lent and not used up */

	int status; /* sticky failure, or LAFZ_OK */
	uint64_t error_offset;
};

static_assert(_Alignof(struct lafz_stream) <= 8, "what lafz.h asks of an allocator");

static const struct lafz_allocator *mem_of(const struct lafz_stream *stream)
{
	return &stream->options.allocator;
}

static int fail(struct lafz_stream *stream, int status, uint64_t offset)
{
	stream->status = status;
	stream->error_offset = window_source(&stream->window, offset);
	return status;
}

/* The tables of the options, with the rules switched on that the caller names. */
static int set_tables(struct lafz_stream *stream, const struct lafz_options *given)
{
	stream->tables = stream->options.tables;
	if (stream->options.n_folds == 0)
		return LAFZ_OK;
	const int rc = tables_switch_on(&stream->own_tables, stream->options.tables, given->folds,
	                                stream->options.n_folds, mem_of(stream));
	if (rc == LAFZ_OK)
		stream->tables = stream->own_tables;
	return rc;
}

int lafz_open(struct lafz_stream **out, const struct lafz_options *options)
{
	struct lafz_options read;
	const struct scan_kernel *kernel = NULL;
	*out = NULL;
	int rc = options_read(&read, &kernel, options);
	if (rc < 0)
		return rc;
	struct lafz_stream *stream = mem_alloc_zero(&read.allocator, sizeof *stream);
	if (!stream)
		return LAFZ_ERR_MEMORY;
	stream->options = read;
	stream->options.kernel = kernel->name;
	stream->options.folds = NULL;
	stream->options.encoding = NULL;
	stream->kernel = kernel;
	stream->calm = calm_find(kernel->name);
	stream->key_plain = key_find(kernel->name);
	stream->count_chars = chars_find(kernel->name);
	stream->entity.rules = read.rules;
	entity_set_kernel(&stream->entity, kernel);
	stream->word.rules = read.rules;
	run_init(&stream->run, stream->options.languages, stream->options.n_languages);
	run_set_kernel(&stream->run, kernel->name);
	lafz_reset(stream);
	rc = convert_open(&stream->window.convert, read.encoding, mem_of(stream));
	if (rc == LAFZ_OK)
		rc = set_tables(stream, options);
	if (rc < 0) {
		lafz_close(stream);
		return rc;
	}
	*out = stream;
	return LAFZ_OK;
}

const char *lafz_encoding(const struct lafz_stream *stream)
{
	return stream->window.convert ? convert_name(stream->window.convert) : "UTF-8";
}

void lafz_close(struct lafz_stream *stream)
{
	if (!stream)
		return;
	const struct lafz_allocator mem = stream->options.allocator;
	window_free(&stream->window, &mem);
	scan_free(&stream->atoms, &mem);
	entity_free(&stream->entity, &mem);
	mem_free(&mem, stream->segments.ptr);
	mem_free(&mem, stream->busy.at);
	run_free(&stream->run, &mem);
	batch_free(&stream->batch, &mem);
	lafz_tables_close(stream->own_tables);
	mem_free(&mem, stream->edits);
	mem_free(&mem, stream->source_at);
	mem_free(&mem, stream);
}

void lafz_reset(struct lafz_stream *stream)
{
	if (!stream)
		return;
	window_reset(&stream->window);
	window_init(&stream->window, stream->options.max_segment, stream->options.unwrap);
	stream->segmenter = (struct segmenter){
		.max_segment = stream->options.max_segment,
		.by_paragraph = stream->options.unwrap,
	};
	run_reset(&stream->run);
	stream->cbase = stream->run_base = stream->sent_base = stream->par_base = 0;
	stream->numbering = (struct numbering){0};
	stream->next = 0;
	stream->used = 0;
	stream->handed = HANDED_NOTHING;
	stream->has_view = false;
	stream->is_fed = false;
	stream->status = LAFZ_OK;
	stream->error_offset = 0;
}

void stream_be_thorough(struct lafz_stream *stream)
{
	stream->run.evidence.is_uncached = true;
	for (size_t s = 0; s < RUN_SCRIPTS; s++)
		stream->run.paths[s].has_lattice = true;
	stream->batch.work.is_thorough = true;
}

/* Takes the batch that was handed out from the window; what pointed into it is no longer valid. */
static void drop_view(struct lafz_stream *stream)
{
	stream->handed = HANDED_NOTHING;
	if (!stream->has_view)
		return;
	window_consume(&stream->window, stream->used);
	struct numbering *const numbering = &stream->numbering;
	stream->cbase += numbering->chars;
	numbering->chars = 0;
	if (numbering->has_tokens) {
		stream->run_base += numbering->runs - 1;
		stream->sent_base += numbering->sents - 1;
		numbering->runs = numbering->sents = 1;
	}
	stream->par_base += numbering->pars;
	numbering->pars = 0;
	stream->used = 0;
	stream->next = 0;
	stream->has_view = false;
}

int lafz_feed(struct lafz_stream *stream, const void *bytes, size_t len)
{
	if (stream->status < 0)
		return stream->status;
	if (stream->is_fed || stream->window.is_finished)
		return fail(stream, LAFZ_ERR_ORDER, stream->window.offset);
	drop_view(stream);
	const int rc = window_feed(&stream->window, bytes, len);
	if (rc < 0)
		return fail(stream, rc, stream->window.offset);
	stream->is_fed = true;
	return LAFZ_OK;
}

int lafz_finish(struct lafz_stream *stream)
{
	if (stream->status < 0)
		return stream->status;
	stream->window.is_finished = true;
	return LAFZ_OK;
}

/* Whether languages are asked for, or told by what is: the rules default cut words by them, sentences use them. */
static bool needs_runs(const struct lafz_options *options)
{
	return options->want & (LAFZ_WANT_RUNS | LAFZ_WANT_SENTS) ||
	       options->rules == LAFZ_RULES_DEFAULT;
}

/* All stages on the segments of a region but norm, which is done for the batch. */
static int add_segments(struct lafz_stream *stream, bool is_valid)
{
	const struct lafz_allocator *mem = mem_of(stream);
	const struct segments *const segments = &stream->segments;
	struct tokens *t = &stream->batch.tokens;
	int rc = tokens_reserve(t, mem, stream->atoms.n + SCAN_SLACK);
	if (rc < 0)
		return rc;
	struct pieces pieces = tokens_pieces(t);
	rc = entity_segments(&stream->entity, mem, segments, &pieces, &stream->busy);
	if (rc == LAFZ_OK && needs_runs(&stream->options))
		rc = run_segments(&stream->run, mem, segments, &pieces);
	else if (rc == LAFZ_OK)
		run_none(segments, &pieces);
	if (rc < 0)
		return rc;
	word_segments(&stream->word, segments, &pieces, &stream->busy, t);
	if (batch_reserve(&stream->batch, mem, segments->n) < 0)
		return LAFZ_ERR_MEMORY;
	const struct numbering_request request = {
		.options = &stream->options,
		.segments = segments,
		.busy = &stream->busy,
		.count_chars = is_valid ? stream->count_chars : chars_count_any,
	};
	numbering_add(&stream->numbering, &request, &stream->batch);
	return LAFZ_OK;
}

/* The first ill-formed atom of a segment; false if there is none. */
static bool find_ill_formed(const struct segment *segment, uint32_t *off)
{
	for (size_t i = segment->atom_first; i < segment->atom_end; i++) {
		if (segment->atoms->cls[i] == UCD_ATOM_ILLFORMED) {
			*off = segment->atoms->off[i];
			return true;
		}
	}
	return false;
}

/*
 * Finds the closed segments of a region. One that is ill-formed and must not be is left to the next batch, so
 * that those before it are handed out: if there are none, the failure.
 */
static int find_segments(struct lafz_stream *stream, bool may_fail)
{
	struct segments *const segments = &stream->segments;
	segments->n = 0;
	for (;;) {
		if (segments->n == segments->cap &&
		    mem_reserve(mem_of(stream), &segments->ptr, &segments->cap, segments->n + 1,
		                sizeof *segments->ptr) < 0)
			return fail(stream, LAFZ_ERR_MEMORY, stream->window.offset);
		if (!may_fail)
			segments->n += segmenter_lines(&stream->segmenter, segments->ptr + segments->n,
			                               segments->cap - segments->n);
		if (segments->n == segments->cap)
			continue;
		const struct segmenter before = may_fail ? stream->segmenter : (struct segmenter){0};
		struct segment *const segment = &segments->ptr[segments->n];
		if (!segmenter_next(&stream->segmenter, segment))
			return LAFZ_OK;
		uint32_t bad = 0;
		if (may_fail && find_ill_formed(segment, &bad)) {
			if (segments->n == 0)
				return fail(stream, LAFZ_ERR_ILLFORMED, stream->window.offset + bad);
			stream->segmenter = before;
			return LAFZ_OK;
		}
		segments->n++;
	}
}

/*
 * All stages on one region. On success *used is the bytes of the segments that are closed; 0 if
 * there are none.
 */
static int add_region(struct lafz_stream *stream, const struct window_region *region, uint32_t *used)
{
	const uint64_t offset = stream->window.offset;
	*used = 0;
	if (scan_reserve(&stream->atoms, mem_of(stream), region->len) < 0)
		return fail(stream, LAFZ_ERR_MEMORY, offset);
	const uint32_t n_ill = stream->kernel->scan(region->text, region->len, &stream->atoms);
	stream->kernel->sets(&stream->atoms);
	entity_region(&stream->entity, region->text, region->len);
	segmenter_region(&stream->segmenter, region->text, region->len, region->is_last, offset,
	                 &stream->atoms);
	batch_begin(&stream->batch);
	int rc = find_segments(stream, n_ill > 0 && stream->options.on_invalid == LAFZ_INVALID_FAIL);
	if (rc < 0 || stream->segments.n == 0)
		return rc;
	rc = add_segments(stream, n_ill == 0);
	if (rc < 0)
		return fail(stream, rc, offset);
	*used = stream->segments.ptr[stream->segments.n - 1].end;
	return LAFZ_OK;
}

static void set_view(struct lafz_stream *stream, const char *text, uint32_t len)
{
	const uint32_t want = stream->options.want;
	const struct tokens *t = want & LAFZ_WANT_GAPS ? &stream->batch.with_gaps
	                                               : &stream->batch.tokens;
	const struct copy *norm = &stream->batch.norm, *key = &stream->batch.key;
	stream->view = (struct lafz_batch){
		.n = t->n,
		.base = stream->window.offset,
		.cbase = stream->cbase,
		.run_base = stream->run_base,
		.sent_base = stream->sent_base,
		.par_base = stream->par_base,
		.text = text,
		.len = len,
		.start = t->start,
		.end = t->end,
		.par = t->par,
		.kind = t->kind,
		.script = t->script,
		.flags = t->flags,
	};
	struct lafz_batch *view = &stream->view;
	if (want & LAFZ_WANT_CHARS) {
		view->cstart = t->cstart;
		view->cend = t->cend;
	}
	if (want & LAFZ_WANT_RUNS) {
		view->run = t->run;
		view->lang = t->lang;
		view->confidence = t->confidence;
	}
	if (want & LAFZ_WANT_SENTS)
		view->sent = t->sent;
	if (want & LAFZ_WANT_NORM) {
		view->norm_off = t->norm_off;
		view->norm_len = t->norm_len;
		view->norm_text = norm->has_changes ? norm->buf.ptr : text;
		view->norm_size = norm->has_changes ? norm->buf.len : len;
	}
	if (want & LAFZ_WANT_KEY) {
		view->key_off = t->key_off;
		view->key_len = t->key_len;
		view->key_text = key->has_changes ? key->buf.ptr : text;
		view->key_size = key->has_changes ? key->buf.len : len;
	}
}

/* Where the bytes of the view come from. */
static void set_source(struct lafz_stream *stream, uint32_t len)
{
	convert_offsets(stream->window.convert, len, stream->source_at);
	stream->view.base = window_source(&stream->window, stream->window.offset);
	stream->view.source_at = stream->source_at;
}

/* The offset in the source of a place in the view. */
static uint64_t source_of(const struct lafz_batch *view, uint32_t at)
{
	return view->base + (view->source_at ? view->source_at[at] : at);
}

/* Norm and key of the batch, and its gaps; then it is ready to be handed out. */
static int finish_batch(struct lafz_stream *stream, const char *text, uint32_t len)
{
	const struct batch_request request = {
		.mem = mem_of(stream),
		.options = &stream->options,
		.tables = stream->tables,
		.calm = stream->calm,
		.key_plain = stream->key_plain,
		.text = text,
		.len = len,
	};
	int rc = LAFZ_OK;
	/* no token is longer than its segment */
	if (stream->options.max_token < stream->options.max_segment)
		rc = batch_cut(&stream->batch, &request);
	if (rc == LAFZ_OK && stream->options.want & LAFZ_WANT_NORM)
		rc = batch_norm(&stream->batch, &request);
	if (rc == LAFZ_OK && stream->options.want & LAFZ_WANT_KEY)
		rc = batch_key(&stream->batch, &request);
	if (rc == LAFZ_OK && stream->options.want & LAFZ_WANT_GAPS)
		rc = batch_gaps(&stream->batch, &request);
	if (rc == LAFZ_OK && stream->window.convert)
		rc = mem_reserve(mem_of(stream), &stream->source_at, &stream->source_at_cap,
		                 (size_t)len + 1, sizeof *stream->source_at);
	if (rc < 0)
		return fail(stream, rc, stream->window.offset);
	set_view(stream, text, len);
	if (stream->window.convert)
		set_source(stream, len);
	stream->used = len;
	stream->has_view = true;
	return LAFZ_BATCH;
}

/* Makes the next batch: BATCH, MORE, OK or a failure. */
static int make_batch(struct lafz_stream *stream)
{
	drop_view(stream);
	for (;;) {
		struct window_region region;
		int rc = window_region(&stream->window, mem_of(stream), &region);
		if (rc < 0)
			return fail(stream, rc, stream->window.offset);
		if (rc != LAFZ_TOKEN) {
			stream->is_fed = false;
			return rc;
		}
		uint32_t used = 0;
		rc = add_region(stream, &region, &used);
		if (rc < 0)
			return rc;
		if (used > 0)
			return finish_batch(stream, region.text, used);
		rc = window_keep(&stream->window, mem_of(stream), &region);
		if (rc < 0)
			return fail(stream, rc, stream->window.offset);
	}
}

/* Moves the columns of a batch on by the n tokens that lafz_next has handed out. */
static void skip_entries(struct lafz_batch *view, size_t n)
{
	view->n -= n;
	view->start += n;
	view->end += n;
	view->par += n;
	view->kind += n;
	view->script += n;
	view->flags += n;
#define SKIP(column) view->column = view->column ? view->column + n : NULL
	SKIP(cstart);
	SKIP(cend);
	SKIP(run);
	SKIP(sent);
	SKIP(lang);
	SKIP(confidence);
	SKIP(norm_off);
	SKIP(norm_len);
	SKIP(key_off);
	SKIP(key_len);
#undef SKIP
}

int lafz_next_batch(struct lafz_stream *stream, const struct lafz_batch **batch)
{
	*batch = NULL;
	if (stream->status < 0)
		return stream->status;
	if (stream->has_view && stream->next > 0 && stream->next < stream->view.n) {
		stream->handed_from = stream->view.end[stream->next - 1];
		skip_entries(&stream->view, stream->next);
		stream->next = stream->view.n;
		stream->handed = HANDED_BATCH;
		*batch = &stream->view;
		return LAFZ_BATCH;
	}
	const int rc = make_batch(stream);
	if (rc == LAFZ_BATCH) {
		stream->next = stream->view.n;
		stream->handed = HANDED_BATCH;
		stream->handed_from = 0;
		*batch = &stream->view;
	}
	return rc;
}

static void set_token(struct lafz_stream *stream, size_t i)
{
	const struct lafz_batch *view = &stream->view;
	struct lafz_token *token = &stream->token;
	*token = (struct lafz_token){
		.start = source_of(view, view->start[i]),
		.end = source_of(view, view->end[i]),
		.par = view->par_base + view->par[i],
		.surface = view->text + view->start[i],
		.surface_len = view->end[i] - view->start[i],
		.kind = view->kind[i],
		.script = view->script[i],
		.flags = view->flags[i],
	};
	if (view->cstart) {
		token->cstart = view->cbase + view->cstart[i];
		token->cend = view->cbase + view->cend[i];
	}
	if (view->run) {
		token->run = view->run_base + view->run[i];
		token->lang = view->lang[i];
		token->confidence = view->confidence[i];
	}
	if (view->sent)
		token->sent = view->sent_base + view->sent[i];
	if (view->norm_off) {
		token->norm = view->norm_text + view->norm_off[i];
		token->norm_len = view->norm_len[i];
	}
	if (view->key_off) {
		token->key = view->key_text + view->key_off[i];
		token->key_len = view->key_len[i];
	}
}

int lafz_next(struct lafz_stream *stream, const struct lafz_token **token)
{
	*token = NULL;
	if (stream->status < 0)
		return stream->status;
	while (!stream->has_view || stream->next >= stream->view.n) {
		const int rc = make_batch(stream);
		if (rc != LAFZ_BATCH)
			return rc;
	}
	set_token(stream, stream->next++);
	stream->handed = HANDED_TOKEN;
	*token = &stream->token;
	return LAFZ_TOKEN;
}

/* The first edit that begins at start or behind it. */
static size_t find_edit(const struct batch *batch, uint32_t start)
{
	size_t low = 0, high = batch->n_edits;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (batch->edits[middle].start < start)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void set_edit(struct lafz_stream *stream, struct lafz_edit *out, const struct batch_edit *edit)
{
	const struct lafz_batch *view = &stream->view;
	*out = (struct lafz_edit){
		.start = source_of(view, edit->start),
		.end = source_of(view, edit->end),
		.source = view->text + edit->start,
		.source_len = edit->end - edit->start,
		.text = view->norm_text + edit->norm_off,
		.text_len = edit->norm_len,
		.rules = stream->batch.edits_of_one.names.ptr + edit->rules,
		.lang = edit->lang,
		.kind = edit->kind,
	};
}

int lafz_edits(struct lafz_stream *stream, const struct lafz_edit **edits, size_t *n)
{
	*edits = NULL;
	*n = 0;
	if (stream->status < 0)
		return stream->status;
	if (!(stream->options.want & LAFZ_WANT_EDITS) || stream->handed == HANDED_NOTHING)
		return fail(stream, LAFZ_ERR_ORDER, stream->window.offset);
	const struct lafz_batch *view = &stream->view;
	uint32_t from = stream->handed_from, to = (uint32_t)view->len;
	if (stream->handed == HANDED_TOKEN) {
		from = view->start[stream->next - 1];
		to = view->end[stream->next - 1];
	}
	const size_t first = find_edit(&stream->batch, from);
	const size_t count = find_edit(&stream->batch, to) - first;
	if (mem_reserve(mem_of(stream), &stream->edits, &stream->edits_cap, count,
	                sizeof *stream->edits) < 0)
		return fail(stream, LAFZ_ERR_MEMORY, view->base + from);
	for (size_t i = 0; i < count; i++)
		set_edit(stream, &stream->edits[i], &stream->batch.edits[first + i]);
	*edits = stream->edits;
	*n = count;
	return LAFZ_OK;
}

const char *lafz_error(const struct lafz_stream *stream, uint64_t *offset)
{
	if (offset)
		*offset = stream->error_offset;
	return lafz_strerror(stream->status);
}

int lafz_tokenize(const char *text, size_t len, const struct lafz_options *options,
                  lafz_callback *callback, void *ctx)
{
	struct lafz_stream *stream = NULL;
	const struct lafz_token *token = NULL;
	int rc = lafz_open(&stream, options);
	if (rc == LAFZ_OK)
		rc = lafz_feed(stream, text, len);
	if (rc == LAFZ_OK)
		rc = lafz_finish(stream);
	int answer = 0;
	while (rc >= LAFZ_OK && answer == 0) {
		rc = lafz_next(stream, &token);
		if (rc != LAFZ_TOKEN)
			break;
		answer = callback(ctx, token);
	}
	lafz_close(stream);
	return answer != 0 ? answer : rc;
}
