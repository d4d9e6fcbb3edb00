/*
 * The way of the data through the stages: scan, segments, entities, runs, words, sentences; norm and key. One region of the
 * window becomes one batch.
 */
#include "state.h"

/* Whether languages are asked for, or told by what is: the rules default cut words by them, sentences use them. */
static bool needs_runs(const struct lafz_options *options)
{
	return options->want & (LAFZ_WANT_RUNS | LAFZ_WANT_SENTS) ||
	       options->rules == LAFZ_RULES_DEFAULT;
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
			return stream_fail(stream, LAFZ_ERR_MEMORY, stream->window.offset);
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
				return stream_fail(stream, LAFZ_ERR_ILLFORMED, stream->window.offset + bad);
			stream->segmenter = before;
			return LAFZ_OK;
		}
		segments->n++;
		if (segmenter_is_done(&stream->segmenter))
			return LAFZ_OK;
	}
}

int stages_find(struct lafz_stream *stream, const struct window_region *region, uint64_t offset, uint32_t *n_ill)
{
	if (scan_reserve(&stream->atoms, mem_of(stream), region->len) < 0)
		return stream_fail(stream, LAFZ_ERR_MEMORY, stream->window.offset);
	*n_ill = stream->kernel->scan(region->text, region->len, &stream->atoms);
	stream->kernel->sets(&stream->atoms);
	entity_region(&stream->entity, region->text, region->len);
	segmenter_region(&stream->segmenter, region->text, region->len, region->is_last, offset,
	                 &stream->atoms);
	return find_segments(stream, *n_ill > 0 && stream->options.on_invalid == LAFZ_INVALID_FAIL);
}

int stages_pieces(struct lafz_stream *stream, struct pieces *pieces)
{
	const struct lafz_allocator *const mem = mem_of(stream);
	struct tokens *const t = &stream->batch.tokens;
	batch_begin(&stream->batch);
	int rc = tokens_reserve(t, mem, stream->atoms.n + SCAN_SLACK);
	if (rc == LAFZ_OK) {
		*pieces = tokens_pieces(t);
		rc = entity_segments(&stream->entity, mem, &stream->segments, pieces, &stream->busy);
	}
	return rc < 0 ? stream_fail(stream, rc, stream->window.offset) : LAFZ_OK;
}

int stages_runs(struct lafz_stream *stream, struct pieces *pieces)
{
	int rc = LAFZ_OK;
	if (needs_runs(&stream->options))
		rc = run_segments(&stream->run, mem_of(stream), &stream->segments, pieces);
	else
		run_none(&stream->segments, pieces);
	return rc < 0 ? stream_fail(stream, rc, stream->window.offset) : LAFZ_OK;
}

int stages_words(struct lafz_stream *stream, const struct pieces *pieces, bool is_valid, const uint32_t *ends)
{
	const struct segments *const segments = &stream->segments;
	word_segments(&stream->word, segments, pieces, &stream->busy, &stream->batch.tokens);
	if (batch_reserve(&stream->batch, mem_of(stream), segments->n) < 0)
		return stream_fail(stream, LAFZ_ERR_MEMORY, stream->window.offset);
	const struct numbering_request request = {
		.options = &stream->options,
		.segments = segments,
		.busy = &stream->busy,
		.count_chars = is_valid ? stream->count_chars : chars_count_any,
		.filters = &stream->word.filters,
		.ends = ends,
	};
	numbering_add(&stream->numbering, &request, &stream->batch);
	return LAFZ_OK;
}

int stages_tokens(struct lafz_stream *stream, bool is_valid)
{
	struct pieces pieces;
	int rc = stages_pieces(stream, &pieces);
	if (rc == LAFZ_OK)
		rc = stages_runs(stream, &pieces);
	return rc == LAFZ_OK ? stages_words(stream, &pieces, is_valid, NULL) : rc;
}

int stages_texts(struct lafz_stream *stream, const char *text, uint32_t len)
{
	const struct batch_request request = {
		.mem = mem_of(stream),
		.options = &stream->options,
		.tables = stream->tables,
		.calm = stream->calm,
		.key_wide = stream->key_wide,
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
	return rc < 0 ? stream_fail(stream, rc, stream->window.offset) : LAFZ_OK;
}
