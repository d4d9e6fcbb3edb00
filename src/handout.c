/*
 * What a stream hands out: tokens, batches, and why their norms differ.
 */
#include "state.h"

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
	const int rc = stages_texts(stream, text, len);
	if (rc < 0)
		return rc;
	if (stream->window.convert &&
	    mem_reserve(mem_of(stream), &stream->source_at, &stream->source_at_cap, (size_t)len + 1,
	                sizeof *stream->source_at) < 0)
		return stream_fail(stream, LAFZ_ERR_MEMORY, stream->window.offset);
	set_view(stream, text, len);
	if (stream->window.convert)
		set_source(stream, len);
	stream->used = len;
	stream->has_view = true;
	return LAFZ_BATCH;
}

/*
 * All stages on one region. On success *used is the bytes of the segments that are closed; 0 if
 * there are none.
 */
static int add_region(struct lafz_stream *stream, const struct window_region *region, uint32_t *used)
{
	uint32_t n_ill = 0;
	*used = 0;
	int rc = easy_tokens_make(stream, region);
	if (rc == 1) {
		*used = region->len;
		return LAFZ_OK;
	}
	if (rc == LAFZ_OK)
		rc = stages_find(stream, region, stream->window.offset, &n_ill);
	if (rc < 0 || stream->segments.n == 0)
		return rc;
	rc = stages_tokens(stream, n_ill == 0);
	if (rc < 0)
		return rc;
	easy_tokens_note(stream);
	*used = stream->segments.ptr[stream->segments.n - 1].end;
	return LAFZ_OK;
}

/* Makes the next batch: BATCH, MORE, OK or a failure. */
static int make_batch(struct lafz_stream *stream)
{
	if (stream->output == OUTPUT_TEXT)
		return stream_fail(stream, LAFZ_ERR_ORDER, stream->window.offset);
	stream->output = OUTPUT_TOKENS;
	stream_drop_view(stream);
	for (;;) {
		struct window_region region;
		int rc = window_region(&stream->window, mem_of(stream), WINDOW_REGION_OF_TOKENS, &region);
		if (rc < 0)
			return stream_fail(stream, rc, stream->window.offset);
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
			return stream_fail(stream, rc, stream->window.offset);
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
		return stream_fail(stream, LAFZ_ERR_ORDER, stream->window.offset);
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
		return stream_fail(stream, LAFZ_ERR_MEMORY, view->base + from);
	for (size_t i = 0; i < count; i++)
		set_edit(stream, &stream->edits[i], &stream->batch.edits[first + i]);
	*edits = stream->edits;
	*n = count;
	return LAFZ_OK;
}
