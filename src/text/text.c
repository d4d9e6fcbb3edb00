#include "text/text.h"

#include <assert.h>

#include "lang.h"
#include "norm/fold.h"
#include "state.h"
#include "text/put.h"
#include "text/same_lang.h"

#define LITTLE 256 /* bytes: to go the way of the data twice costs more than plain lines save */

void text_init(struct lafz_stream *stream)
{
	const struct lafz_options *const o = &stream->options;
	const bool changes = o->strip_marks || o->unify_punct || o->lower || o->drop_zwnj || o->digits != LAFZ_DIGITS_KEEP;
	stream->text.is_quick = o->rules == LAFZ_RULES_DEFAULT && o->profile == LAFZ_PROFILE_STANDARD &&
	                        !changes && !stream->tables && !o->unwrap && o->max_token >= o->max_segment;
	stream->text.least = LITTLE;
}

void text_reset(struct text *text)
{
	text->place = (struct text_place){0};
}

void text_free(struct text *text, const struct lafz_allocator *mem)
{
	buf_free(&text->out, mem);
	text_lines_free(&text->lines, mem);
	mem_free(mem, text->stretches);
	buf_free(&text->others, mem);
	text_kept_free(&text->kept, mem);
	scan_free(&text->atoms, mem);
	mem_free(mem, text->segments.ptr);
}

/* ---- Regions that go the way of the data whole ---- */

/* Makes the text of a segment, whose tokens are those from *token to end. */
static int put_segment(struct lafz_stream *stream, const struct text_norms *norms, const struct segment *segment,
                       size_t *token, size_t end)
{
	struct text *const text = &stream->text;
	int rc = LAFZ_OK;
	if (end > *token) {
		text_meet_tokens(&text->place);
		rc = text_put(text, mem_of(stream), norms, *token, end);
	}
	text->place.is_par_pending |= segment->ends_paragraph;
	*token = end;
	return rc;
}

/* Makes the text of the segments, whose tokens there are. */
static int put_segments(struct lafz_stream *stream, const struct window_region *region)
{
	const struct text_norms norms = text_norms_of(&stream->batch, region->text, region->len);
	size_t token = 0;
	int rc = LAFZ_OK;
	for (size_t s = 0; s < stream->segments.n && rc == LAFZ_OK; s++)
		rc = put_segment(stream, &norms, &stream->segments.ptr[s], &token,
		                 stream->batch.segments[s].token_end);
	return rc;
}

/* Norms of the tokens there are. */
static int make_norms(struct lafz_stream *stream, const char *source)
{
	const struct segments *const segments = &stream->segments;
	return stages_texts(stream, source, segments->ptr[segments->n - 1].end);
}

/* ---- Regions of which only some lines do ---- */

/* Whether plain lines are so rare that looking for them does not pay, is told by as many bytes as this. */
#define ENOUGH 4096
#define PASSED 15 /* times as many are not looked at then */

/* Takes account of a region whose lines were told apart. */
static void note_share(struct text *text, uint32_t len)
{
	text->seen += len;
	text->other += text->others.len;
	if (text->seen < ENOUGH)
		return;
	if (text->other > text->seen / 2)
		text->passed = PASSED * text->seen;
	text->seen = text->other = 0;
}

static int add_stretch(struct text *text, const struct lafz_allocator *mem, size_t end, bool is_plain)
{
	if (text->n_stretches > 0 && text->stretches[text->n_stretches - 1].is_plain == is_plain) {
		text->stretches[text->n_stretches - 1].end = (uint32_t)end;
		return LAFZ_OK;
	}
	if (mem_reserve(mem, &text->stretches, &text->stretches_cap, text->n_stretches + 1,
	                sizeof *text->stretches) < 0)
		return LAFZ_ERR_MEMORY;
	text->stretches[text->n_stretches++] = (struct text_stretch){(uint32_t)end, is_plain};
	return LAFZ_OK;
}

/* A segment that is no plain line. Blank ones have no tokens. The pieces have their runs; NULL: they are not found yet. */
static int add_other(struct text *text, const struct lafz_allocator *mem, const struct segments *segments, size_t s,
                     const struct pieces *pieces)
{
	const struct segment *const segment = &segments->ptr[s];
	const size_t first = s == 0 ? 0 : segment[-1].piece_end;
	if (!segment->is_blank) {
		text->n_others++;
		if (buf_append(&text->others, mem, segment->text + segment->start,
		               segment->end - segment->start) < 0 ||
		    (pieces && text_kept_add(&text->kept, mem, segment, pieces, first) < 0))
			return LAFZ_ERR_MEMORY;
	}
	return add_stretch(text, mem, s + 1, false);
}

/* No segment is told apart yet. */
static int begin_lines(struct text *text, const struct lafz_allocator *mem, size_t n_atoms)
{
	text->n_stretches = text->n_others = text->others.len = 0;
	text->kept.n_pieces = text->kept.n = 0;
	return text_lines_begin(&text->lines, mem, n_atoms);
}

/* Tells apart the segments from s to end, in whose language the request is and with which it ends. */
static int tell_apart(struct lafz_stream *stream, const struct text_lines_request *request, size_t s, size_t end,
                      const struct pieces *pieces)
{
	const struct lafz_allocator *const mem = mem_of(stream);
	const struct segments *const segments = &stream->segments;
	struct text *const text = &stream->text;
	int rc = text_lines_mark(&text->lines, mem, request, segments->ptr[s].atom_first);
	for (; s < end && rc == LAFZ_OK; s++) {
		const struct segment *const first = &segments->ptr[s];
		const size_t from = s;
		uint32_t stop = 0;
		rc = text_lines_stop(&text->lines, mem, request, first->atom_first, first->start, &stop);
		if (rc < 0)
			break;
		while (s < end && segments->ptr[s].end <= stop)
			s++;
		/* a line of the document's end without a line end */
		if (s == end && request->text[request->len - 1] != '\n')
			s--;
		if (s > from)
			rc = add_stretch(text, mem, s, true);
		if (rc == LAFZ_OK && s < end)
			rc = add_other(text, mem, segments, s, pieces);
	}
	return rc;
}

/* The language of lines, which end with that segment. */
static void set_language(struct lafz_stream *stream, struct text_lines_request *request, uint16_t lang,
                         const struct segment *last)
{
	request->lang = lang;
	request->table = fold_table(lang);
	request->sieve = batch_sieve(&stream->batch, lang, request->table);
	request->len = last->end;
	request->n_atoms = last->atom_end;
}

/* The same for all segments, row by row. No line is plain that is in several languages, or in none. */
static int tell_rows_apart(struct lafz_stream *stream, struct text_lines_request *request, const struct pieces *pieces)
{
	const struct segments *const segments = &stream->segments;
	struct text_same_lang row;
	int rc = LAFZ_OK;
	for (size_t s = 0; s < segments->n && rc == LAFZ_OK; s = row.end) {
		row = text_same_lang_at(segments, pieces, stream->options.fold_confidence, s);
		if (row.lang != LANG_UND) {
			set_language(stream, request, row.lang, &segments->ptr[row.end - 1]);
			rc = tell_apart(stream, request, s, row.end, pieces);
			continue;
		}
		for (; s < row.end && rc == LAFZ_OK; s++)
			rc = add_other(&stream->text, mem_of(stream), segments, s, pieces);
	}
	return rc;
}

/* What the others take the place of while they go the way of the data. */
struct aside {
	struct atoms atoms;
	struct segments segments;
	struct segmenter segmenter;
};

static void swap(struct lafz_stream *stream, struct aside *aside)
{
	struct text *const text = &stream->text;
	*aside = (struct aside){stream->atoms, stream->segments, stream->segmenter};
	stream->atoms = text->atoms;
	stream->segments = text->segments;
	stream->segmenter = (struct segmenter){.max_segment = stream->options.max_segment};
}

static void swap_back(struct lafz_stream *stream, const struct aside *aside)
{
	struct text *const text = &stream->text;
	text->atoms = stream->atoms;
	text->segments = stream->segments;
	stream->atoms = aside->atoms;
	stream->segments = aside->segments;
	stream->segmenter = aside->segmenter;
}

/* Their tokens; languages that were guessed are kept. */
static int make_other_tokens(struct lafz_stream *stream, bool is_kept)
{
	struct pieces pieces;
	int rc = stages_pieces(stream, &pieces);
	if (rc == LAFZ_OK && is_kept)
		text_kept_give(&stream->text.kept, &stream->segments, &pieces);
	else if (rc == LAFZ_OK)
		rc = stages_runs(stream, &pieces);
	return rc == LAFZ_OK ? stages_words(stream, &pieces, true) : rc;
}

/* The tokens of the lines that are not plain. */
static int make_others(struct lafz_stream *stream, bool is_kept)
{
	struct text *const text = &stream->text;
	const struct window_region region = {
		.text = text->others.ptr,
		.len = (uint32_t)text->others.len,
		.is_last = true,
	};
	struct aside aside;
	uint32_t n_ill = 0;
	if (text->n_others == 0)
		return LAFZ_OK;
	swap(stream, &aside);
	int rc = stages_find(stream, &region, stream->window.offset, &n_ill);
	if (rc == LAFZ_OK)
		rc = make_other_tokens(stream, is_kept);
	if (rc == LAFZ_OK)
		rc = make_norms(stream, region.text);
	assert(rc < 0 || stream->segments.n == text->n_others);
	swap_back(stream, &aside);
	return rc;
}

/* Makes the text of a stretch of others, whose first token is *token and first segment among the others *other. */
static int put_others(struct lafz_stream *stream, size_t s, size_t end, size_t *other, size_t *token)
{
	const struct buf *const others = &stream->text.others;
	const struct text_norms norms = text_norms_of(&stream->batch, others->ptr, others->len);
	int rc = LAFZ_OK;
	for (; s < end && rc == LAFZ_OK; s++) {
		const struct segment *const segment = &stream->segments.ptr[s];
		const size_t token_end = segment->is_blank ? *token
		                                           : stream->batch.segments[(*other)++].token_end;
		rc = put_segment(stream, &norms, segment, token, token_end);
	}
	return rc;
}

/* Makes the text of all stretches. */
static int put_stretches(struct lafz_stream *stream, const struct text_lines_request *request)
{
	const struct lafz_allocator *const mem = mem_of(stream);
	const struct segment *const segments = stream->segments.ptr;
	struct text *const text = &stream->text;
	size_t other = 0, token = 0, s = 0;
	struct text_next next = {0};
	int rc = LAFZ_OK;
	for (size_t i = 0; i < text->n_stretches && rc == LAFZ_OK; i++) {
		const struct text_stretch *const stretch = &text->stretches[i];
		if (stretch->is_plain) {
			text_meet_tokens(&text->place);
			rc = text_open_line(text, mem);
			if (rc == LAFZ_OK)
				rc = text_lines_copy(&text->lines, mem, request, segments[s].atom_first,
				                     segments[stretch->end - 1].atom_end, &next,
				                     &text->out);
		} else {
			rc = put_others(stream, s, stretch->end, &other, &token);
		}
		s = stretch->end;
	}
	return rc;
}

/* The text of a region whose tokens there are, unless that failed. */
static int put_whole(struct lafz_stream *stream, const struct window_region *region, int rc)
{
	if (rc == LAFZ_OK)
		rc = make_norms(stream, region->text);
	return rc < 0 ? rc : put_segments(stream, region);
}

/* What lines of a region are told by, but for their language. */
static struct text_lines_request request_of(struct lafz_stream *stream, const struct window_region *region)
{
	return (struct text_lines_request){
		.text = region->text,
		.room = region->len,
		.atoms = &stream->atoms,
		.has_smile = stream->entity.has_smile,
		.filters = &stream->word.filters,
		.sift = stream->sift,
		.norm = &stream->batch.work,
	};
}

/* All stages on a region whose segments were found; but plain lines are copied, if they are more than half of it. */
static int make_lines(struct lafz_stream *stream, const struct window_region *region)
{
	const struct segments *const segments = &stream->segments;
	const struct segment *const last = &segments->ptr[segments->n - 1];
	const bool is_guessed = stream->run.n_candidates != 1;
	struct text_lines_request request = request_of(stream, region);
	struct text *const text = &stream->text;
	struct pieces pieces;
	int rc = begin_lines(text, mem_of(stream), last->atom_end);
	if (rc == LAFZ_OK && is_guessed)
		rc = stages_pieces(stream, &pieces);
	if (rc == LAFZ_OK && is_guessed)
		rc = stages_runs(stream, &pieces);
	if (rc == LAFZ_OK && is_guessed) {
		rc = tell_rows_apart(stream, &request, &pieces);
	} else if (rc == LAFZ_OK) {
		set_language(stream, &request, stream->run.candidates[0], last);
		rc = tell_apart(stream, &request, 0, segments->n, NULL);
	}
	if (rc == LAFZ_OK)
		rc = text_lines_end(&text->lines, mem_of(stream));
	if (rc < 0)
		return rc;
	note_share(text, last->end);
	if (text->others.len > last->end / 2)
		return put_whole(stream, region, is_guessed ? stages_words(stream, &pieces, true) : stages_tokens(stream, true));
	rc = make_others(stream, is_guessed);
	return rc < 0 ? rc : put_stretches(stream, &request);
}

/* ---- The call ---- */

/* Whether all segments are lines. */
static bool are_lines(const struct segments *segments)
{
	const struct segment *const first = &segments->ptr[0], *const last = &segments->ptr[segments->n - 1];
	return first->is_line_start && last->is_line_end;
}

/* Makes the text of a region. *used is the bytes of its closed segments. */
static int make_text(struct lafz_stream *stream, const struct window_region *region, uint32_t *used)
{
	uint32_t n_ill = 0;
	*used = 0;
	stream->text.out.len = 0;
	stream->text.place.is_begun = false;
	int rc = stages_find(stream, region, stream->window.offset, &n_ill);
	if (rc < 0 || stream->segments.n == 0)
		return rc;
	struct text *const text = &stream->text;
	if (text->is_quick && text->passed == 0 && region->len >= text->least && n_ill == 0 && are_lines(&stream->segments)) {
		rc = make_lines(stream, region);
	} else {
		text->passed -= text->passed < region->len ? text->passed : region->len;
		rc = put_whole(stream, region, stages_tokens(stream, n_ill == 0));
	}
	if (rc < 0)
		return stream->status < 0 ? rc : stream_fail(stream, rc, stream->window.offset);
	*used = stream->segments.ptr[stream->segments.n - 1].end;
	return LAFZ_OK;
}

static void set_view(struct text *text)
{
	text->view = (struct lafz_text){
		.text = text->out.ptr,
		.len = text->out.len,
		.first_par = text->place.first_par,
		.last_par = text->place.line_par,
		.par = text->place.par,
	};
}

int lafz_next_text(struct lafz_stream *stream, const struct lafz_text **text)
{
	const uint32_t want = LAFZ_WANT_NORM | LAFZ_WANT_SENTS;
	*text = NULL;
	if (stream->status < 0)
		return stream->status;
	if ((stream->options.want & want) != want || stream->output == OUTPUT_TOKENS)
		return stream_fail(stream, LAFZ_ERR_ORDER, stream->window.offset);
	stream->output = OUTPUT_TEXT;
	for (;;) {
		struct window_region region;
		int rc = window_region(&stream->window, mem_of(stream), &region);
		if (rc < 0)
			return stream_fail(stream, rc, stream->window.offset);
		if (rc != LAFZ_TOKEN) {
			stream_end_chunk(stream);
			return rc;
		}
		uint32_t used = 0;
		rc = make_text(stream, &region, &used);
		if (rc < 0)
			return rc;
		if (used == 0)
			rc = window_keep(&stream->window, mem_of(stream), &region);
		else
			window_consume(&stream->window, used);
		if (rc < 0)
			return stream_fail(stream, rc, stream->window.offset);
		if (stream->text.out.len > 0) {
			set_view(&stream->text);
			*text = &stream->text.view;
			return LAFZ_TEXT;
		}
	}
}
