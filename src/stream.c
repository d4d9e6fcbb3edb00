/*
 * Streams: how they are opened, fed, ended, begun anew and closed.
 */
#include "stream.h"

#include <assert.h>

#include "lang.h"
#include "options.h"
#include "state.h"

static_assert(_Alignof(struct lafz_stream) <= 8, "what lafz.h asks of an allocator");

int stream_fail(struct lafz_stream *stream, int status, uint64_t offset)
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
	stream->sift = sift_find(kernel->name);
	stream->text.rest.kernel = easy_kernel_find(kernel->name);
	stream->key_wide = key_wide_find(kernel->name);
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
	text_init(stream);
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
	text_free(&stream->text, &mem);
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
	stream->output = OUTPUT_OPEN;
	text_reset(&stream->text);
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
	stream->text.is_quick = false;
}

void stream_tell_lines(struct lafz_stream *stream)
{
	stream->text.least = 0;
	stream->text.pays.is_always = true;
	stream->text.rest.pays.is_always = true;
}

void stream_scan_all(struct lafz_stream *stream)
{
	stream->text.is_quick = false;
}

void stream_drop_view(struct lafz_stream *stream)
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
		return stream_fail(stream, LAFZ_ERR_ORDER, stream->window.offset);
	stream_drop_view(stream);
	const int rc = window_feed(&stream->window, bytes, len);
	if (rc < 0)
		return stream_fail(stream, rc, stream->window.offset);
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
