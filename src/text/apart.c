#include "text/apart.h"

#include "lang.h"
#include "norm/fold.h"
#include "state.h"
#include "text/parts.h"
#include "text/same_lang.h"
#include "text/text.h"

/* Whether plain lines are so rare that looking for them does not pay, is told by as many bytes as this. */
#define ENOUGH 4096
/* Eighths of the bytes that plain lines have at least, if it pays: with one language, of Latin or Arabic script, and where languages are guessed. */
#define PLAIN 5
#define PLAIN_ARABIC 4
#define PLAIN_GUESSED 7
#define CHUNK 100 /* what is looked at by itself (text/chunks.h) costs as much as so many bytes of other lines */

static uint32_t least_plain(const struct lafz_stream *stream)
{
	if (stream->run.n_candidates != 1)
		return PLAIN_GUESSED;
	return lang_script(stream->run.candidates[0]) == UCD_SCRIPT_ARAB ? PLAIN_ARABIC : PLAIN;
}

/* Takes account of a region whose lines were told apart. Its easy lines are copied in any case, so they are not counted. */
static void note_share(struct text *text, uint32_t len, uint32_t eighths)
{
	const uint64_t other = text->others.len + CHUNK * text->lines.n_chunks;
	pays_note(&text->pays, len, other < len ? len - (uint32_t)other : 0, ENOUGH, eighths);
}

/* Atoms of plain text, or segments, from first to end. */
static int add_stretch(struct text *text, const struct lafz_allocator *mem, size_t first, size_t end,
                       enum text_stretch_kind kind)
{
	struct text_stretch *const last = text->n_stretches > 0 ? &text->stretches[text->n_stretches - 1] : NULL;
	if (last && last->kind == kind && last->end == first && kind <= TEXT_OTHERS) {
		last->end = (uint32_t)end;
		return LAFZ_OK;
	}
	if (mem_reserve(mem, &text->stretches, &text->stretches_cap, text->n_stretches + 1,
	                sizeof *text->stretches) < 0)
		return LAFZ_ERR_MEMORY;
	text->stretches[text->n_stretches++] = (struct text_stretch){(uint32_t)first, (uint32_t)end, kind};
	return LAFZ_OK;
}

/* Notes that what begins so many bytes behind the start of a segment is among the others. */
static int note_other(struct text *text, const struct lafz_allocator *mem, size_t s, uint32_t start)
{
	if (mem_reserve(mem, &text->other_parts, &text->others_cap, text->n_others + 1, sizeof *text->other_parts) < 0)
		return LAFZ_ERR_MEMORY;
	text->other_parts[text->n_others++] = (struct text_kept_part){(uint32_t)s, start};
	return LAFZ_OK;
}

/* A segment that is no plain line. Blank ones have no tokens. */
static int add_other(struct text *text, const struct lafz_allocator *mem, const struct segments *segments, size_t s)
{
	const struct segment *const segment = &segments->ptr[s];
	if (!segment->is_blank &&
	    (note_other(text, mem, s, 0) < 0 ||
	     buf_append(&text->others, mem, segment->text + segment->start, segment->end - segment->start) < 0))
		return LAFZ_ERR_MEMORY;
	return add_stretch(text, mem, s, s + 1, TEXT_OTHERS);
}

/* A part of a segment; it becomes a line of its own. */
static int add_part(struct text *text, const struct lafz_allocator *mem, const struct text_lines_request *request,
                    const struct segments *segments, size_t s, const struct text_part *part)
{
	const struct segment *const line = &segments->ptr[s];
	const uint32_t start = request->atoms->off[part->first], end = text_parts_text_end(request, line, part);
	const bool is_last = part->end == line->atom_end;
	if (note_other(text, mem, s, start - line->start) < 0 ||
	    buf_append(&text->others, mem, request->text + start, end - start) < 0 ||
	    (!is_last && buf_append(&text->others, mem, "\n", 1) < 0))
		return LAFZ_ERR_MEMORY;
	return add_stretch(text, mem, s, s, is_last ? TEXT_LAST_PART : TEXT_PART);
}

/* A segment that is no plain line, the first byte of which that no plain line holds is at stop: what is plain in it, and what is not. */
static int add_parts(struct text *text, const struct lafz_allocator *mem, const struct text_lines_request *request,
                     const struct segments *segments, size_t s, uint32_t stop)
{
	const struct segment *const line = &segments->ptr[s];
	size_t from = line->atom_first;
	int rc = LAFZ_OK;
	while (from < line->atom_end && rc == LAFZ_OK) {
		/* at the document's end a line may have no line end */
		const bool is_ended = request->text[line->end - 1] == '\n';
		if (stop >= line->end && is_ended)
			return add_stretch(text, mem, from, line->atom_end, TEXT_PLAIN);
		const struct text_part part = text_parts_find(&text->lines, request, line, from,
		                                              stop < line->end ? stop : line->end - 1);
		if (part.first == line->atom_first && part.end == line->atom_end)
			return add_other(text, mem, segments, s);
		if (part.first > from)
			rc = add_stretch(text, mem, from, part.first, TEXT_PLAIN);
		if (rc == LAFZ_OK)
			rc = add_part(text, mem, request, segments, s, &part);
		from = part.end;
		if (rc == LAFZ_OK && from < line->atom_end)
			rc = text_lines_stop(&text->lines, mem, request, from, request->atoms->off[from], &stop);
	}
	return rc;
}

/* No segment is told apart yet. */
static int begin_lines(struct text *text, const struct lafz_allocator *mem, size_t n_atoms)
{
	text->n_stretches = text->n_others = text->others.len = 0;
	return text_lines_begin(&text->lines, mem, n_atoms);
}

/* Tells apart the segments from s to end, in whose language the request is and with which it ends. */
static int tell_apart(struct lafz_stream *stream, const struct text_lines_request *request, size_t s, size_t end)
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
			rc = add_stretch(text, mem, first->atom_first, segments->ptr[s - 1].atom_end, TEXT_PLAIN);
		if (rc == LAFZ_OK && s < end)
			rc = add_parts(text, mem, request, segments, s, stop);
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
static int tell_rows_apart(struct lafz_stream *stream, struct text_lines_request *request)
{
	const struct segments *const segments = &stream->segments;
	struct text_same_lang row;
	int rc = LAFZ_OK;
	for (size_t s = 0; s < segments->n && rc == LAFZ_OK; s = row.end) {
		row = text_same_lang_at(stream->text.kept.lines, segments->n, stream->options.fold_confidence, s);
		if (row.lang != LANG_UND) {
			set_language(stream, request, row.lang, &segments->ptr[row.end - 1]);
			rc = tell_apart(stream, request, s, row.end);
			continue;
		}
		for (; s < row.end && rc == LAFZ_OK; s++)
			rc = add_other(&stream->text, mem_of(stream), segments, s);
	}
	return rc;
}

int text_tell_apart(struct lafz_stream *stream, struct text_lines_request *request, bool is_told)
{
	const struct lafz_allocator *const mem = mem_of(stream);
	const struct segments *const segments = &stream->segments;
	const struct segment *const last = &segments->ptr[segments->n - 1];
	const bool is_guessed = stream->run.n_candidates != 1;
	struct text *const text = &stream->text;
	int rc = begin_lines(text, mem, last->atom_end);
	if (rc == LAFZ_OK && is_guessed && !is_told) {
		rc = text_guess(stream, request);
		request->alone = text->guess.alone;
		if (rc == LAFZ_OK)
			easy_guess_note(&text->easy_guess, text->kept.lines, segments->n, segments->n);
	}
	if (rc == LAFZ_OK && is_guessed) {
		rc = tell_rows_apart(stream, request);
	} else if (rc == LAFZ_OK) {
		set_language(stream, request, stream->run.candidates[0], last);
		rc = tell_apart(stream, request, 0, segments->n);
	}
	if (rc == LAFZ_OK)
		rc = text_lines_end(&text->lines, mem);
	if (rc == LAFZ_OK)
		note_share(text, last->end, least_plain(stream));
	return rc;
}
