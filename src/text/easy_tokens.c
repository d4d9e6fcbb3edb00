#include "text/easy_tokens.h"

#include <assert.h>
#include <string.h>

#include "base/numbers.h"
#include "lang.h"
#include "state.h"
#include "text/easy_at.h"
#include "unicode/ucd.h"

void easy_tokens_free(struct easy_tokens *easy, const struct lafz_allocator *mem)
{
	tokens_free(&easy->tokens, mem);
	mem_free(mem, easy->lines.ends);
	mem_free(mem, easy->lines.token_ends);
	mem_free(mem, easy->segments.ptr);
	mem_free(mem, easy->busy.at);
	mem_free(mem, easy->rows);
	mem_free(mem, easy->known);
	mem_free(mem, easy->changes);
	mem_free(mem, easy->sent_ends);
	*easy = (struct easy_tokens){0};
}

/* ---- Which lines are easy ---- */

#define LEAST 1024 /* bytes of a region: of less nothing is saved, and what languages it is in says little of others */
/* Eighths of the bytes of a region that easy lines have at least, if it pays: in Arabic script, and in English, which the scanner has sooner. */
#define EASY 5
#define EASY_ENGLISH 7

static bool is_guessed(const struct lafz_stream *stream)
{
	return stream->run.n_candidates != 1;
}

/*
 * Whether tokens of easy lines in a language are told by their bits, and that pays: in Arabic script, and in English, whose look costs little
 * and whose words are not split. Others that are written in Latin script have the scanner's way, which costs as much as their looks.
 */
static bool pays_in(uint16_t lang)
{
	return lang == LANG_EN || lang_script(lang) == UCD_SCRIPT_ARAB;
}

/* The languages that easy lines may be in, all of the script that the region begins in. */
static size_t find_langs(const struct lafz_stream *stream, const struct window_region *region, uint16_t langs[REST_LOOKS])
{
	const struct easy_guess *const guess = &stream->text.easy_guess;
	size_t n = 0;
	if (!is_guessed(stream)) {
		langs[0] = stream->run.candidates[0];
		return pays_in(langs[0]);
	}
	/* of a page in several languages too few lines are in the one that is looked for */
	if (guess->n_langs == 0 || (guess->is_mixed && !stream->text.rest.pays.is_always))
		return 0;
	const uint8_t script = lang_script(guess->langs[easy_guess_first(guess, region->text, region->len)]);
	for (size_t i = 0; i < guess->n_langs; i++)
		if (lang_script(guess->langs[i]) == script && pays_in(guess->langs[i]))
			langs[n++] = guess->langs[i];
	return n;
}

/* Whether what is asked for lets easy lines be told. */
static bool may_take(const struct lafz_stream *stream)
{
	return stream->text.is_quick && !(stream->options.want & (LAFZ_WANT_GAPS | LAFZ_WANT_EDITS)) &&
	       stream->options.on_invalid != LAFZ_INVALID_FAIL;
}

/* Takes the easy lines out of a region, of which the rest is left, with its segments. 1, or 0: there is no such thing; or less than 0. */
static int take(struct lafz_stream *stream, struct window_region *region)
{
	struct rest *const rest = &stream->text.rest;
	uint16_t langs[REST_LOOKS];
	rest_none(rest);
	if (region->len < LEAST || !may_take(stream) || stream->segmenter.is_inside)
		return 0;
	const size_t n_langs = find_langs(stream, region, langs);
	if (n_langs == 0)
		return 0;
	const struct rest_request request = {
		.text = region->text,
		.len = region->len,
		.is_last = region->is_last,
		.langs = langs,
		.n_langs = n_langs,
		.is_for_tokens = true,
		.eighths = langs[0] == LANG_EN ? EASY_ENGLISH : EASY,
		.longest = stream->options.max_segment,
		.filters = &stream->word.filters,
	};
	const int rc = rest_make(rest, mem_of(stream), &request);
	if (rc != 1)
		return rc;
	region->text = rest->text.ptr;
	region->len = (uint32_t)rest->text.len;
	const struct segmenter before = stream->segmenter;
	const int found = text_find_rest(stream, region);
	if (found == 0)
		stream->segmenter = before;
	return found;
}

/* ---- All pieces, in their order ---- */

/* The way through a region. */
struct walk {
	struct lafz_stream *stream;
	struct easy_tokens *easy;
	uint32_t ahead; /* what is next in the rest stands so many bytes further on in the region */
	size_t segment, piece, busy; /* of the rest, to be added next */
	size_t part;                 /* of lines that are not easy */
};

static void add_segments(struct walk *walk, uint32_t start)
{
	const struct rest *const rest = &walk->stream->text.rest;
	const struct easy_lines *const lines = &walk->easy->lines;
	struct segment *const segments = walk->easy->segments.ptr + walk->easy->segments.n;
	const uint64_t offset = walk->stream->window.offset;
	for (size_t i = 0; i < lines->n; i++) {
		segments[i] = (struct segment){
			.text = rest->source,
			.start = start,
			.end = lines->ends[i],
			.readable = rest->source_len,
			.doc_start = offset + start,
			.is_line_start = true,
			.is_line_end = true,
			.piece_end = lines->token_ends[i],
		};
		start = lines->ends[i];
	}
	walk->easy->segments.n += lines->n;
}

/* Whether easy lines are in Latin script. */
static bool is_latin(const struct rest *rest)
{
	return rest->looks[0].easy.sieve->is_latin;
}

/* Pieces of easy lines from one byte to another, or of an easy part. */
static void make(struct walk *walk, uint32_t start, uint32_t end)
{
	const struct rest *const rest = &walk->stream->text.rest;
	struct easy_tokens *const easy = walk->easy;
	const struct easy_making making = {
		.text = rest->source,
		.len = rest->source_len,
		.bits = rest->easy->bits,
		.tokens = &easy->tokens,
		.busy = &easy->busy,
		.is_latin = is_latin(rest),
	};
	easy->lines.n = 0;
	rest->easy->kernel->make(&making, start, end, &easy->lines);
	walk->ahead += end - start;
}

/* Easy lines from one byte to another. */
static void add_easy(struct walk *walk, uint32_t start, uint32_t end)
{
	struct easy_tokens *const easy = walk->easy;
	const size_t first = easy->segments.n;
	make(walk, start, end);
	add_segments(walk, start);
	easy->rows[easy->n_rows++] = (struct easy_row){first, easy->segments.n, false};
}

/* Copies the pieces of the rest before one. */
static void copy_pieces(struct walk *walk, size_t end)
{
	const struct tokens *const from = &walk->stream->batch.tokens;
	struct tokens *const to = &walk->easy->tokens;
	const size_t first = walk->piece, at = to->n, n = end - first;
	numbers_add(to->start + at, from->start + first, n, walk->ahead);
	numbers_add(to->end + at, from->end + first, n, walk->ahead);
	memcpy(to->flags + at, from->flags + first, n * sizeof *to->flags);
	memcpy(to->kind + at, from->kind + first, n * sizeof *to->kind);
	memcpy(to->script + at, from->script + first, n * sizeof *to->script);
	to->n += n;
	walk->piece = end;
}

/* Adds the busy ones of the rest before a piece; behind it are so many more in the region. */
static void copy_busy(struct walk *walk, size_t piece_end, uint32_t shift)
{
	const struct busy *const from = &walk->stream->busy;
	struct busy *const to = &walk->easy->busy;
	for (; walk->busy < from->n && from->at[walk->busy] >> BUSY_BITS < piece_end; walk->busy++)
		to->at[to->n++] = from->at[walk->busy] + (shift << BUSY_BITS);
}

/* Lines of the rest that lie before a byte of the region. */
static void add_rest(struct walk *walk, uint32_t end)
{
	struct lafz_stream *const stream = walk->stream;
	struct easy_tokens *const easy = walk->easy;
	const struct rest *const rest = &stream->text.rest;
	const uint32_t shift = (uint32_t)(easy->tokens.n - walk->piece);
	size_t piece_end = walk->piece;
	for (; walk->segment < stream->segments.n; walk->segment++) {
		const struct segment *const from = &stream->segments.ptr[walk->segment];
		if (from->start + walk->ahead >= end)
			break;
		struct segment *const segment = &easy->segments.ptr[easy->segments.n++];
		piece_end = from->piece_end;
		*segment = *from;
		segment->text = rest->source;
		segment->readable = rest->source_len;
		segment->start += walk->ahead;
		segment->end += walk->ahead;
		segment->doc_start += walk->ahead;
		segment->piece_end += shift;
	}
	copy_busy(walk, piece_end, shift);
	copy_pieces(walk, piece_end);
}

/* ---- Lines of which parts are easy ---- */

static inline void put_busy(struct busy *busy, size_t piece, enum busy_kind kind)
{
	busy->at[busy->n++] = (uint32_t)piece << BUSY_BITS | kind;
}

/* Whether a mark is a single quote, of which rules of words count which are open. */
static inline bool is_single(const char *s)
{
	return *s == '\'' || easy_is_general(s, 0x98) || easy_is_general(s, 0x99);
}

/*
 * Adds the marks from a piece on that rules of sentences look at, since it is not known where in the line sentences end. Rules of words
 * have something to say of a full stop alone that is not put apart: of a title, or one that is not sure.
 */
static void list_marks(struct walk *walk, size_t first)
{
	const struct rest *const rest = &walk->stream->text.rest;
	const struct tokens *const tokens = &walk->easy->tokens;
	struct busy *const busy = &walk->easy->busy;
	const uint8_t *const kinds = tokens->kind, *const end = kinds + tokens->n;
	for (const uint8_t *at = kinds + first; (at = memchr(at, LAFZ_KIND_PUNCT, (size_t)(end - at))) != NULL; at++) {
		const size_t mark = (size_t)(at - kinds);
		const uint32_t start = tokens->start[mark];
		const char *const s = rest->source + start;
		if (*s == ',')
			continue;
		if (*s == '.' && mark > first && !easy_is_apart(rest->easy, start))
			put_busy(busy, mark - 1, BUSY_ANY);
		put_busy(busy, mark, is_single(s) ? BUSY_ANY : BUSY_MARK);
	}
}

static void add_easy_share(struct walk *walk, const struct easy_share *part)
{
	struct easy_tokens *const easy = walk->easy;
	const size_t first = easy->tokens.n, n_busy = easy->busy.n;
	make(walk, part->start, part->end);
	easy->busy.n = n_busy;
	list_marks(walk, first);
}

/* A part that is a line of the rest; a mark at its end ends no line. */
static void add_hard_share(struct walk *walk, const struct easy_share *part)
{
	struct easy_tokens *const easy = walk->easy;
	const struct segment *const from = &walk->stream->segments.ptr[walk->segment++];
	const uint32_t shift = (uint32_t)(easy->tokens.n - walk->piece);
	assert(from->start + walk->ahead == part->start && from->end + walk->ahead == part->end);
	copy_busy(walk, from->piece_end, shift);
	copy_pieces(walk, from->piece_end);
	const size_t n = easy->tokens.n, n_busy = easy->busy.n;
	if (n > 0 && (n_busy == 0 || easy->busy.at[n_busy - 1] >> BUSY_BITS != n - 1))
		put_busy(&easy->busy, n - 1, BUSY_ANY);
}

/* The line that begins with the next part. */
static void add_line(struct walk *walk)
{
	const struct rest *const rest = &walk->stream->text.rest;
	const struct easy_share *const parts = rest->easy->shares;
	struct easy_tokens *const easy = walk->easy;
	const uint32_t start = parts[walk->part].start;
	uint32_t end;
	do {
		const struct easy_share *const part = &parts[walk->part++];
		(part->is_easy ? add_easy_share : add_hard_share)(walk, part);
		end = part->end;
	} while (rest->source[end - 1] != '\n');
	easy->lines.ends[0] = end;
	easy->lines.token_ends[0] = (uint32_t)easy->tokens.n;
	easy->lines.n = 1;
	const size_t first = easy->segments.n;
	add_segments(walk, start);
	easy->rows[easy->n_rows++] = (struct easy_row){first, first + 1, true};
}

/* Lines that are not easy, up to a byte of the region. */
static void add_hard(struct walk *walk, uint32_t end)
{
	const struct easy *const easy = walk->stream->text.rest.easy;
	while (walk->part < easy->n_shares && easy->shares[walk->part].start < end) {
		add_rest(walk, easy->shares[walk->part].start);
		add_line(walk);
	}
	add_rest(walk, end);
}

static int reserve(struct easy_tokens *easy, const struct lafz_allocator *mem, const struct rest *rest, size_t n_segments, size_t n_pieces)
{
	/* an easy line has two bytes or more, and no more pieces than bytes */
	const size_t n_lines = rest->source_len / 2 + (size_t)EASY_MAKE_SLACK, n_all = n_pieces + rest->source_len + EASY_MAKE_SLACK;
	if (tokens_reserve(&easy->tokens, mem, n_all) < 0 ||
	    mem_reserve(mem, &easy->busy.at, &easy->busy.cap, n_all, sizeof *easy->busy.at) < 0 ||
	    mem_reserve(mem, &easy->lines.ends, &easy->ends_cap, n_lines, sizeof *easy->lines.ends) < 0 ||
	    mem_reserve(mem, &easy->lines.token_ends, &easy->token_ends_cap, n_lines, sizeof *easy->lines.token_ends) < 0 ||
	    mem_reserve(mem, &easy->segments.ptr, &easy->segments.cap, n_segments + n_lines, sizeof *easy->segments.ptr) < 0 ||
	    mem_reserve(mem, &easy->rows, &easy->rows_cap, rest->easy->n_stretches + rest->easy->n_shares, sizeof *easy->rows) < 0)
		return LAFZ_ERR_MEMORY;
	easy->tokens.n = easy->segments.n = easy->busy.n = easy->n_rows = 0;
	return LAFZ_OK;
}

/* What is of all lines takes the place of what is of the rest, or gives it back. */
static void swap(struct lafz_stream *stream)
{
	struct easy_tokens *const easy = &stream->text.easy_tokens;
	const struct tokens tokens = stream->batch.tokens;
	const struct segments segments = stream->segments;
	stream->batch.tokens = easy->tokens;
	stream->segments = easy->segments;
	easy->tokens = tokens;
	easy->segments = segments;
	easy->is_handed = !easy->is_handed;
}

/* The list that was made becomes the stream's. */
static void swap_busy(struct lafz_stream *stream)
{
	struct easy_tokens *const easy = &stream->text.easy_tokens;
	const struct busy busy = stream->busy;
	stream->busy = easy->busy;
	easy->busy = busy;
}

/* Puts the pieces of easy lines and those of the rest, so many, together. */
static int merge(struct lafz_stream *stream, struct pieces *pieces)
{
	const struct rest *const rest = &stream->text.rest;
	struct easy_tokens *const easy = &stream->text.easy_tokens;
	if (reserve(easy, mem_of(stream), rest, stream->segments.n, pieces->n) < 0)
		return stream_fail(stream, LAFZ_ERR_MEMORY, stream->window.offset);
	struct walk walk = {.stream = stream, .easy = easy};
	uint32_t start = 0;
	for (size_t i = 0; i < rest->easy->n_stretches; i++) {
		const uint32_t end = rest->easy->stretches[i].end;
		if (rest->easy->stretches[i].is_easy && end > start)
			add_easy(&walk, start, end);
		else
			add_hard(&walk, end);
		start = end;
	}
	assert(walk.segment == stream->segments.n && walk.piece == pieces->n && walk.busy == stream->busy.n);
	swap(stream);
	swap_busy(stream);
	const size_t n = stream->batch.tokens.n;
	stream->batch.tokens.n = 0;
	const uint8_t scripts = pieces->scripts;
	*pieces = tokens_pieces(&stream->batch.tokens);
	pieces->n = n;
	pieces->scripts = scripts | (is_latin(rest) ? PIECE_LATIN : PIECE_ARABIC);
	return LAFZ_OK;
}

/* ---- Lines that are not easy after all ---- */

/* What is known of a line that was taken for an easy one. */
enum found {
	FOUND_NONE,   /* it is not easy by what its language says */
	FOUND_PIECES, /* what it becomes is not told */
	FOUND_NORM
};

/* Whether it is sure enough in what language a line is that norm goes by its folds, or they change no letter in it. */
static bool is_folded(const struct lafz_stream *stream, const struct segment *segment, float confidence)
{
	return confidence >= stream->options.fold_confidence ||
	       easy_keeps_letters(stream->text.rest.easy, segment->start, segment->end);
}

static enum found find(struct lafz_stream *stream, const struct segment *segment, const struct pieces *pieces)
{
	struct rest *const rest = &stream->text.rest;
	const size_t last = segment->piece_end - (size_t)1;
	const uint16_t lang = pieces->lang[last];
	if (segment->n_runs != 1 || lang == LANG_UND)
		return FOUND_NONE;
	if (lang != rest->only && rest_take_line(rest, lang, segment->start, segment->end) != 1)
		return FOUND_NONE;
	return is_folded(stream, segment, pieces->confidence[last]) ? FOUND_NORM : FOUND_PIECES;
}

/* The way through all lines. */
struct sorting {
	struct lafz_stream *stream;
	const struct pieces *pieces;
	const struct batch_change *change, *changes_end; /* the first one to be looked at */
	struct batch_change *norm; /* to be written next */
	uint32_t *sent_end;        /* the same */
	size_t busy; /* of the list that was made, to be added next */
	size_t part; /* of lines that are not easy, to be looked at next */
};

/* Adds a piece to the list of busy ones. */
static inline void add_busy(struct sorting *now, size_t piece, enum busy_kind kind)
{
	struct busy *const to = &now->stream->text.easy_tokens.busy;
	to->at[to->n++] = (uint32_t)piece << BUSY_BITS | kind;
}

/* Adds the entries before a piece. */
static void keep_busy(struct sorting *now, size_t piece)
{
	const struct busy *const from = &now->stream->busy;
	struct busy *const to = &now->stream->text.easy_tokens.busy;
	for (; now->busy < from->n && from->at[now->busy] >> BUSY_BITS < piece; now->busy++)
		to->at[to->n++] = from->at[now->busy];
}

/* The first piece of a segment. */
static inline size_t first_of(const struct segments *segments, size_t s)
{
	return s > 0 ? segments->ptr[s - 1].piece_end : 0;
}

/* Rules of words are asked at all pieces of a segment. */
static void ask(struct sorting *now, size_t s)
{
	const struct segments *const segments = &now->stream->segments;
	const struct busy *const from = &now->stream->busy;
	const size_t first = first_of(segments, s), end = segments->ptr[s].piece_end;
	keep_busy(now, first);
	while (now->busy < from->n && from->at[now->busy] >> BUSY_BITS < end)
		now->busy++;
	for (size_t i = first; i < end; i++)
		add_busy(now, i, BUSY_ANY);
}

/* What the looks say of easy lines side by side, from one segment to another; of which norm is told, too, or not. */
static void take_changes(struct sorting *now, size_t first, size_t end, bool is_known)
{
	struct segment *const segments = now->stream->segments.ptr;
	size_t s = first;
	while (now->change < now->changes_end && now->change->at < segments[first].start)
		now->change++;
	for (; now->change < now->changes_end && now->change->at < segments[end - 1].end; now->change++) {
		const struct batch_change *const change = now->change;
		const bool is_end = change->to[0] == '\n';
		while (segments[s].end <= change->at)
			s++;
		segments[s].is_told |= is_end;
		*now->sent_end = change->at;
		now->sent_end += is_end;
		*now->norm = *change;
		now->norm += is_known && change->n_from > 0 && !is_end;
	}
}

/* Lines, from one segment to another, are easy, and norm is known. LAFZ_OK or LAFZ_ERR_MEMORY. */
static int add_known(struct sorting *now, size_t first, size_t end)
{
	struct easy_tokens *const easy = &now->stream->text.easy_tokens;
	const struct segment *const segments = now->stream->segments.ptr;
	if (first == end)
		return LAFZ_OK;
	take_changes(now, first, end, true);
	if (mem_reserve(mem_of(now->stream), &easy->known, &easy->known_cap, easy->n_known + 1, sizeof *easy->known) < 0)
		return LAFZ_ERR_MEMORY;
	easy->known[easy->n_known++] = (struct batch_known){segments[first].start, segments[end - 1].end, first, end};
	return LAFZ_OK;
}

/* Where it is sure that sentences end in easy parts of a line; if that is not in the language that was looked for, all rules are asked. */
static void take_ends(struct sorting *now, size_t s)
{
	struct lafz_stream *const stream = now->stream;
	const struct easy *const easy = stream->text.rest.easy;
	const struct segment *const segment = &stream->segments.ptr[s];
	const bool is_own = !is_guessed(stream) || find(stream, segment, now->pieces) != FOUND_NONE;
	if (!is_own)
		ask(now, s);
	for (; now->part < easy->n_shares && easy->shares[now->part].start < segment->end; now->part++) {
		const struct easy_share *const part = &easy->shares[now->part];
		while (now->change < now->changes_end && now->change->at < part->start)
			now->change++;
		for (; now->change < now->changes_end && now->change->at < part->end; now->change++) {
			*now->sent_end = now->change->at;
			now->sent_end += is_own && part->is_easy && now->change->to[0] == '\n';
		}
	}
}

/* Sorts out which lines side by side are easy in the language that they are in. LAFZ_OK or LAFZ_ERR_MEMORY. */
static int sort_row(struct sorting *now, const struct easy_row *row)
{
	struct lafz_stream *const stream = now->stream;
	size_t first = row->first;
	int rc = LAFZ_OK;
	if (row->has_hard) {
		take_ends(now, first);
		return LAFZ_OK;
	}
	/* a language that is set is that of all */
	for (size_t s = is_guessed(stream) ? first : row->end; s < row->end && rc == LAFZ_OK; s++) {
		const enum found found = find(stream, &stream->segments.ptr[s], now->pieces);
		if (found == FOUND_NORM)
			continue;
		rc = add_known(now, first, s);
		if (found == FOUND_PIECES)
			take_changes(now, s, s + 1, false);
		else
			ask(now, s);
		stream->text.easy_tokens.n_strays += found == FOUND_NONE;
		first = s + 1;
	}
	return rc < 0 ? rc : add_known(now, first, row->end);
}

static int reserve_lists(struct lafz_stream *stream, size_t n_pieces)
{
	const struct lafz_allocator *const mem = mem_of(stream);
	struct easy_tokens *const easy = &stream->text.easy_tokens;
	const size_t n_changes = stream->text.rest.easy->n_changes + 1;
	easy->busy.n = easy->n_known = easy->n_strays = 0;
	if (mem_reserve(mem, &easy->busy.at, &easy->busy.cap, stream->busy.n + n_pieces, sizeof *easy->busy.at) < 0 ||
	    mem_reserve(mem, &easy->changes, &easy->changes_cap, n_changes, sizeof *easy->changes) < 0 ||
	    mem_reserve(mem, &easy->sent_ends, &easy->sent_ends_cap, n_changes, sizeof *easy->sent_ends) < 0)
		return LAFZ_ERR_MEMORY;
	return LAFZ_OK;
}

/* The same of all lines that were taken out; and what norm and rules have to know of them. */
static int sort_out(struct lafz_stream *stream, const struct pieces *pieces)
{
	struct easy_tokens *const easy = &stream->text.easy_tokens;
	const struct easy *const found = stream->text.rest.easy;
	int rc = reserve_lists(stream, pieces->n);
	struct sorting now = {stream, pieces, found->changes, found->changes + found->n_changes, easy->changes, easy->sent_ends, 0, 0};
	for (size_t i = 0; i < easy->n_rows && rc == LAFZ_OK; i++)
		rc = sort_row(&now, &easy->rows[i]);
	if (rc < 0)
		return stream_fail(stream, rc, stream->window.offset);
	keep_busy(&now, pieces->n);
	swap_busy(stream);
	*now.norm = (struct batch_change){.at = UINT32_MAX};
	*now.sent_end = UINT32_MAX;
	stream->batch.known = easy->known;
	stream->batch.n_known = easy->n_known;
	stream->batch.turns = found->places;
	stream->batch.changes = easy->changes;
	return LAFZ_OK;
}

#define MANY 4 /* if one line of so many is not easy after all, most may be in another language */

int easy_tokens_make(struct lafz_stream *stream, const struct window_region *region)
{
	struct window_region rest = *region;
	struct pieces pieces = {0};
	/* each has its own memory, that of the rest is little */
	if (stream->text.easy_tokens.is_handed)
		swap(stream);
	int rc = take(stream, &rest);
	if (rc != 1)
		return rc < 0 && stream->status == LAFZ_OK ? stream_fail(stream, rc, stream->window.offset) : rc;
	batch_begin(&stream->batch);
	stream->busy.n = 0;
	rc = stream->segments.n > 0 ? stages_pieces(stream, &pieces) : LAFZ_OK;
	if (rc == LAFZ_OK)
		rc = merge(stream, &pieces);
	if (rc == LAFZ_OK)
		rc = stages_runs(stream, &pieces);
	if (rc == LAFZ_OK)
		rc = sort_out(stream, &pieces);
	if (rc == LAFZ_OK)
		rc = stages_words(stream, &pieces, true, stream->text.easy_tokens.sent_ends);
	if (rc < 0)
		return rc;
	if (stream->text.easy_tokens.n_strays > stream->segments.n / MANY)
		easy_tokens_note(stream);
	return 1;
}

/* ---- Languages of other regions ---- */

#define SAMPLES 32 /* lines that are looked at */

void easy_tokens_note(struct lafz_stream *stream)
{
	const struct segments *const segments = &stream->segments;
	const struct tokens *const tokens = &stream->batch.tokens;
	if (segments->ptr[segments->n - 1].end < LEAST || !is_guessed(stream) || !may_take(stream))
		return;
	struct run_line lines[SAMPLES] = {{0}};
	const size_t step = segments->n / SAMPLES + 1;
	size_t n = 0;
	for (size_t s = 0; s < segments->n; s += step) {
		const struct segment *const segment = &segments->ptr[s];
		if (segment->n_runs == 1)
			lines[n++] = (struct run_line){.n_runs = 1, .lang = tokens->lang[segment->token_end - 1]};
	}
	easy_guess_note(&stream->text.easy_guess, lines, n, segments->n);
}
