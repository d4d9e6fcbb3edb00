#include "text/text.h"

#include <assert.h>

#include "lang.h"
#include "norm/fold.h"
#include "state.h"
#include "text/apart.h"
#include "text/put.h"

/*
 * Eighths of the bytes of a region that easy lines have at least, if it pays: with one language, of Turkish, where marks inside lines say less by
 * their bytes, and where languages are guessed; there, of a language whose easy lines hold signs, which then are most of running text.
 */
#define EASY 3u
#define EASY_TURKISH 4u
#define EASY_GUESSED 6u
#define EASY_SIGNS 7u
#define MANY 4096 /* bytes of a region in several languages, at least, whose lines are put together by them */
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
	rest_free(&text->rest, mem);
	text_lines_free(&text->lines, mem);
	mem_free(mem, text->stretches);
	buf_free(&text->others, mem);
	mem_free(mem, text->other_parts);
	text_guess_free(&text->guess, mem);
	easy_guess_free(&text->easy_guess, mem);
	easy_mixed_free(&text->easy_mixed, mem);
	easy_tokens_free(&text->easy_tokens, mem);
	text_kept_free(&text->kept, mem);
	scan_free(&text->atoms, mem);
	mem_free(mem, text->segments.ptr);
}

/* ---- Easy lines ---- */

/* Puts those that stand before a byte of the rest, or in front of that. */
static int put_easy(struct lafz_stream *stream, uint32_t at)
{
	const struct lafz_allocator *const mem = mem_of(stream);
	struct text *const text = &stream->text;
	struct rest *const rest = &text->rest;
	int rc = LAFZ_OK;
	while (rc == LAFZ_OK && rest_has(rest, at)) {
		if (rest_pass_blank(rest)) {
			text->place.is_par_pending = true;
			continue;
		}
		text_meet_tokens(&text->place);
		rc = text_open_line(text, mem);
		if (rc == LAFZ_OK)
			rc = rest_copy(rest, mem, &text->out);
	}
	return rc;
}

/* Whether lines are in several languages, and each of these is looked for. */
static bool is_mixed(const struct lafz_stream *stream)
{
	return stream->text.easy_guess.is_mixed && stream->text.rest.kernel;
}

/* Eighths of the bytes of a region that easy lines have at least, if it is looked for those of a language first. */
static uint32_t least_easy(const struct lafz_stream *stream, uint16_t lang)
{
	if (stream->run.n_candidates == 1)
		return lang == LANG_TR ? EASY_TURKISH : EASY;
	return !stream->text.easy_guess.by_language && easy_holds_signs(lang) ? EASY_SIGNS : EASY_GUESSED;
}

/* Takes the easy lines out of a region, of which the rest is left. 1, or 0: there is no such thing; LAFZ_ERR_MEMORY. */
static int take_easy(struct lafz_stream *stream, struct window_region *region)
{
	struct text *const text = &stream->text;
	struct rest *const rest = &text->rest;
	rest_none(rest);
	text->easy_guess.n_strays = 0;
	if (!text->is_quick || stream->segmenter.is_inside || stream->options.on_invalid == LAFZ_INVALID_FAIL)
		return 0;
	const bool is_guessed = stream->run.n_candidates != 1;
	struct easy_guess *const guess = &text->easy_guess;
	guess->by_language = is_guessed && is_mixed(stream) && region->len >= MANY;
	if (is_guessed && guess->n_langs == 0 && !guess->by_language)
		return 0;
	const size_t first = is_guessed ? easy_guess_first(guess, region->text, region->len) : 0;
	const struct rest_request request = {
		.text = region->text,
		.len = region->len,
		.is_last = region->is_last,
		.langs = is_guessed ? guess->langs : stream->run.candidates,
		.n_langs = is_guessed ? guess->n_langs : 1,
		.first = first,
		.has_parts = !is_guessed,
		.eighths = least_easy(stream, is_guessed ? guess->langs[first] : stream->run.candidates[0]),
		.longest = stream->options.max_segment,
		.filters = &stream->word.filters,
	};
	const int rc = guess->by_language
	                       ? rest_make_wide(rest, mem_of(stream), &request, easy_mixed_sieve(&text->easy_mixed))
	                       : rest_make(rest, mem_of(stream), &request);
	if (rc == 1) {
		region->text = rest->text.ptr;
		region->len = (uint32_t)rest->text.len;
	}
	return rc;
}

/* ---- Regions that go the way of the data whole ---- */

/* Makes the text of a segment or a part of one, whose tokens are those from *token to end. */
static int put_tokens(struct lafz_stream *stream, const struct text_norms *norms, size_t *token, size_t end)
{
	struct text *const text = &stream->text;
	int rc = LAFZ_OK;
	if (end > *token) {
		text_meet_tokens(&text->place);
		rc = text_put(text, mem_of(stream), norms, *token, end);
	}
	*token = end;
	return rc;
}

static int put_segment(struct lafz_stream *stream, const struct text_norms *norms, const struct segment *segment,
                       size_t *token, size_t end)
{
	const int rc = put_tokens(stream, norms, token, end);
	stream->text.place.is_par_pending |= segment->ends_paragraph;
	return rc;
}

/* Makes the text of the segments, whose tokens there are. */
static int put_segments(struct lafz_stream *stream, const struct window_region *region)
{
	const struct text_norms norms = text_norms_of(&stream->batch, region->text, region->len);
	size_t token = 0;
	int rc = LAFZ_OK;
	for (size_t s = 0; s < stream->segments.n && rc == LAFZ_OK; s++) {
		rc = put_easy(stream, stream->segments.ptr[s].start);
		if (rc == LAFZ_OK)
			rc = put_segment(stream, &norms, &stream->segments.ptr[s], &token,
			                 stream->batch.segments[s].token_end);
	}
	return rc;
}

/* Norms of the tokens there are. */
static int make_norms(struct lafz_stream *stream, const char *source)
{
	const struct segments *const segments = &stream->segments;
	return stages_texts(stream, source, segments->ptr[segments->n - 1].end);
}

/* ---- Regions of which only some lines do ---- */

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

/* Tokens of lines whose languages were guessed: those parts, or all of the region. */
static int make_kept_tokens(struct lafz_stream *stream, const struct text_kept_part *parts)
{
	struct pieces pieces;
	const int rc = stages_pieces(stream, &pieces);
	if (rc < 0)
		return rc;
	text_kept_give(&stream->text.kept, parts, &stream->segments, &pieces);
	return stages_words(stream, &pieces, true, NULL);
}

/* The tokens of the lines that are not plain, and of parts of lines. */
static int make_others(struct lafz_stream *stream, bool is_guessed)
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
		rc = is_guessed ? make_kept_tokens(stream, text->other_parts) : stages_tokens(stream, true);
	if (rc == LAFZ_OK)
		rc = make_norms(stream, region.text);
	assert(rc < 0 || stream->segments.n == text->n_others);
	swap_back(stream, &aside);
	return rc;
}

/* Where the text of others has come to: segments among them, and tokens. */
struct text_of_others {
	struct text_norms norms;
	size_t other, token;
};

/* Makes the text of a stretch of others. */
static int put_others(struct lafz_stream *stream, const struct text_stretch *stretch, struct text_of_others *now)
{
	const struct batch_segment *const others = stream->batch.segments;
	const struct segment *const segments = stream->segments.ptr;
	int rc = put_easy(stream, segments[stretch->first].start);
	if (rc == LAFZ_OK && stretch->kind == TEXT_PART)
		return put_tokens(stream, &now->norms, &now->token, others[now->other++].token_end);
	const size_t end = stretch->kind == TEXT_LAST_PART ? stretch->first + (size_t)1 : stretch->end;
	for (size_t s = stretch->first; s < end && rc == LAFZ_OK; s++) {
		const size_t token_end = segments[s].is_blank ? now->token : others[now->other++].token_end;
		rc = put_easy(stream, segments[s].start);
		if (rc == LAFZ_OK)
			rc = put_segment(stream, &now->norms, &segments[s], &now->token, token_end);
	}
	return rc;
}

/* Of plain text up to an atom, the atom before which the next easy lines stand. *s is a segment not behind them. */
static size_t before_easy(const struct lafz_stream *stream, size_t end, size_t *s)
{
	const struct segments *const segments = &stream->segments;
	const struct rest *const rest = &stream->text.rest;
	if (rest->next == rest->n_inserts)
		return end;
	while (*s < segments->n && segments->ptr[*s].start < rest->inserts[rest->next].at)
		++*s;
	return *s < segments->n && segments->ptr[*s].atom_first < end ? segments->ptr[*s].atom_first : end;
}

/* Makes the text of a stretch of plain text, parted where easy lines stand between its lines. */
static int put_plain(struct lafz_stream *stream, const struct text_lines_request *request,
                     const struct text_stretch *stretch, size_t *s, struct text_next *next)
{
	const struct lafz_allocator *const mem = mem_of(stream);
	struct text *const text = &stream->text;
	int rc = LAFZ_OK;
	for (size_t from = stretch->first; from < stretch->end && rc == LAFZ_OK;) {
		rc = put_easy(stream, request->atoms->off[from]);
		const size_t end = before_easy(stream, stretch->end, s);
		text_meet_tokens(&text->place);
		if (rc == LAFZ_OK)
			rc = text_open_line(text, mem);
		if (rc == LAFZ_OK)
			rc = text_lines_copy(&text->lines, mem, request, from, end, next, &text->out);
		from = end;
	}
	return rc;
}

/* Makes the text of all stretches. */
static int put_stretches(struct lafz_stream *stream, const struct text_lines_request *request)
{
	struct text *const text = &stream->text;
	struct text_of_others others = {text_norms_of(&stream->batch, text->others.ptr, text->others.len), 0, 0};
	struct text_next next = {0};
	size_t s = 0;
	int rc = LAFZ_OK;
	for (size_t i = 0; i < text->n_stretches && rc == LAFZ_OK; i++) {
		const struct text_stretch *const stretch = &text->stretches[i];
		rc = stretch->kind == TEXT_PLAIN ? put_plain(stream, request, stretch, &s, &next)
		                                 : put_others(stream, stretch, &others);
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
	const struct segments *const segments = &stream->segments;
	return (struct text_lines_request){
		.text = region->text,
		.room = region->len,
		.atoms = &stream->atoms,
		.n_atoms = segments->n > 0 ? segments->ptr[segments->n - 1].atom_end : 0,
		.has_smile = stream->entity.has_smile,
		.filters = &stream->word.filters,
		.sift = stream->sift,
		.norm = &stream->batch.work,
	};
}

/*
 * All stages on a region whose segments were found; but plain lines are copied, if they are more than half of it. is_told:
 * their languages are guessed already.
 */
static int make_lines(struct lafz_stream *stream, const struct window_region *region, bool is_told)
{
	const struct segments *const segments = &stream->segments;
	const bool is_guessed = stream->run.n_candidates != 1;
	struct text_lines_request request = request_of(stream, region);
	int rc = text_tell_apart(stream, &request, is_told);
	if (rc < 0)
		return rc;
	if (stream->text.others.len > segments->ptr[segments->n - 1].end / 2)
		return put_whole(stream, region, is_guessed ? make_kept_tokens(stream, NULL) : stages_tokens(stream, true));
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

/* Makes the text of a region without its easy lines. *used is the bytes of its closed segments. */
static int make_rest(struct lafz_stream *stream, const struct window_region *region, uint32_t *used)
{
	struct text *const text = &stream->text;
	uint32_t n_ill = 0;
	int rc = stages_find(stream, region, stream->window.offset, &n_ill);
	if (rc < 0 || stream->segments.n == 0)
		return rc;
	if (text->is_quick && region->len >= text->least && n_ill == 0 && are_lines(&stream->segments) &&
	    pays_look(&text->pays, region->len))
		rc = make_lines(stream, region, false);
	else
		rc = put_whole(stream, region, stages_tokens(stream, n_ill == 0));
	*used = stream->segments.ptr[stream->segments.n - 1].end;
	return rc;
}

/* ---- The rest where languages are guessed ---- */

int text_find_rest(struct lafz_stream *stream, const struct window_region *region)
{
	uint32_t n_ill = 0;
	stream->segments.n = 0;
	if (region->len == 0)
		return 1;
	const int rc = stages_find(stream, region, stream->window.offset, &n_ill);
	return rc < 0 ? rc : n_ill == 0 && stream->segments.n > 0 && are_lines(&stream->segments);
}

/* Lines that turned out not to be easy are put back. */
static int put_strays_back(struct lafz_stream *stream, struct window_region *region)
{
	struct rest *const rest = &stream->text.rest;
	const size_t n = stream->segments.n + stream->text.easy_guess.n_strays;
	if (rest_make_again(rest, mem_of(stream)) < 0)
		return LAFZ_ERR_MEMORY;
	region->text = rest->text.ptr;
	region->len = (uint32_t)rest->text.len;
	const int rc = text_find_rest(stream, region);
	assert(rc < 0 || (rc == 1 && stream->segments.n == n));
	(void)n;
	return rc < 0 ? rc : LAFZ_OK;
}

/* The rest becomes that of the lines that are not easy in their own language. */
static int take_by_language(struct lafz_stream *stream, struct window_region *region)
{
	const struct rest *const rest = &stream->text.rest;
	if (easy_mixed_take(stream) < 0)
		return LAFZ_ERR_MEMORY;
	region->text = rest->text.ptr;
	region->len = (uint32_t)rest->text.len;
	const int rc = text_find_rest(stream, region);
	assert(rc < 0 || rc == 1);
	return rc < 0 ? rc : LAFZ_OK;
}

/*
 * Tells the languages of all lines of a region, whose rest becomes that of the lines that are not easy in theirs. 1, or 0: it
 * is to be taken as it is; or less than 0.
 */
static int guess_rest(struct lafz_stream *stream, struct window_region *region)
{
	struct text *const text = &stream->text;
	const struct segmenter before = stream->segmenter;
	int rc = text_find_rest(stream, region);
	if (rc != 1) {
		stream->segmenter = before;
		rest_none(&text->rest);
		return rc;
	}
	const struct text_lines_request request = request_of(stream, region);
	rc = text_guess(stream, &request);
	const bool by_language = text->easy_guess.by_language;
	if (rc == LAFZ_OK)
		easy_guess_end(&text->easy_guess);
	if (rc == LAFZ_OK && (by_language || text->easy_guess.n_strays > 0)) {
		stream->segmenter = before;
		rc = by_language ? take_by_language(stream, region) : put_strays_back(stream, region);
	}
	return rc < 0 ? rc : 1;
}

/* Makes the text of a rest that guess_rest left. */
static int make_guessed_rest(struct lafz_stream *stream, const struct window_region *region, uint32_t *used)
{
	struct text *const text = &stream->text;
	*used = region->len;
	return region->len >= text->least && pays_look(&text->pays, region->len)
	               ? make_lines(stream, region, true)
	               : put_whole(stream, region, make_kept_tokens(stream, NULL));
}

/* Makes the text of a region. *used is the bytes of its closed segments. */
static int make_text(struct lafz_stream *stream, const struct window_region *region, uint32_t *used)
{
	const bool is_guessed = stream->run.n_candidates != 1;
	struct window_region rest = *region;
	*used = 0;
	stream->text.out.len = 0;
	stream->text.place.is_begun = false;
	int easy = take_easy(stream, &rest);
	if (easy == 1 && is_guessed) {
		easy = guess_rest(stream, &rest);
		if (easy == 0)
			rest = *region;
	}
	int rc = easy < 0 ? easy : LAFZ_OK;
	if (rc == LAFZ_OK && rest.len > 0)
		rc = (easy == 1 && is_guessed ? make_guessed_rest : make_rest)(stream, &rest, used);
	if (rc == LAFZ_OK && easy == 1) {
		assert(*used == rest.len);
		*used = region->len;
		rc = put_easy(stream, UINT32_MAX);
	}
	if (rc < 0)
		return stream->status < 0 ? rc : stream_fail(stream, rc, stream->window.offset);
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

/*
 * Bytes of a region. With one language, and where those of each language are put together, little is made of easy lines, and the others
 * are the more together the longer the region is: that it begins costs them less. A region that may hold a line too long to be a segment has no easy lines.
 */
static size_t region_len(const struct lafz_stream *stream)
{
	const size_t longest = stream->options.max_segment;
	const bool is_one = stream->run.n_candidates == 1 || (is_mixed(stream) && stream->text.rest.pays.passed == 0);
	const bool is_long = stream->text.is_quick && is_one && stream->text.rest.kernel && longest >= 2 * (size_t)WINDOW_REGION;
	return is_long ? 2 * (size_t)WINDOW_REGION : WINDOW_REGION;
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
		int rc = window_region(&stream->window, mem_of(stream), region_len(stream), &region);
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
