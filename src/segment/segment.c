#include "segment/segment.h"

#include "unicode/grapheme.h"
#include "unicode/utf8.h"
#include "window/window.h"

void segmenter_region(struct segmenter *segmenter, const char *text, uint32_t len, bool is_last,
                      uint64_t doc_start, struct atoms *atoms)
{
	segmenter->text = text;
	segmenter->len = len;
	segmenter->is_last = is_last;
	segmenter->doc_start = doc_start;
	segmenter->atoms = atoms;
	segmenter->at = segmenter->line = 0;
}

uint32_t segmenter_used(const struct segmenter *segmenter)
{
	return segmenter->atoms->off[segmenter->at];
}

_Static_assert(UCD_ATOM_CR == UCD_ATOM_NEWLINE + 1 && UCD_ATOM_LF == UCD_ATOM_CR + 1,
               "the classes of line ends lie side by side");

static bool is_line_end(uint8_t cls)
{
	return cls >= UCD_ATOM_NEWLINE && cls <= UCD_ATOM_LF;
}

static bool is_white_space(uint8_t cls)
{
	return cls == UCD_ATOM_SPACE || is_line_end(cls);
}

static uint32_t char_at(const struct segmenter *segmenter, size_t atom)
{
	const uint32_t off = segmenter->atoms->off[atom];
	return utf8_decode(segmenter->text + off, segmenter->len - off).cp;
}

/* What was found from the segment's first atom on. */
struct search {
	size_t line_end; /* atom: the line end that closes the segment; atoms->n if there is none */
	size_t content_end; /* atom: the first of that line end, which may have two */
	bool has_content;   /* of the line that atom ends, or of the last one */
	bool is_blank;      /* of everything up to there */
	bool ends_paragraph;
};

/*
 * The first atom from i on that is a line end, atoms->n if there is none. *has_content is set if one before it is more
 * than white space, else left alone.
 */
static size_t next_line_end(const struct atoms *atoms, size_t i, bool *has_content)
{
	for (; i < atoms->n; i += 64 - i % 64) {
		const struct atom_sets *const sets = &atoms->sets[i / 64];
		const uint64_t rest = ~(uint64_t)0 << i % 64, ends = sets->line_end & rest;
		/* without a line end: all bits */
		const uint64_t before = (ends & (0 - ends)) - 1;
		*has_content |= (sets->content & rest & before) != 0;
		if (ends != 0)
			return i / 64 * 64 + (size_t)__builtin_ctzll(ends);
	}
	return atoms->n;
}

/*
 * Finds the line end that closes the segment. A CR that ends the region may be half of a CRLF: it
 * closes nothing unless the document ends with it.
 */
static struct search find_line_end(const struct segmenter *segmenter)
{
	const struct atoms *atoms = segmenter->atoms;
	struct search found = {.has_content = segmenter->is_inside && segmenter->has_content};
	bool is_filled = false; /* more than white space up to here, in any of the lines */
	size_t i = segmenter->at;
	for (;; i++) {
		bool has_content = false;
		i = next_line_end(atoms, i, &has_content);
		found.has_content |= has_content;
		is_filled |= has_content;
		if (i == atoms->n)
			break;
		const uint8_t cls = atoms->cls[i];
		if (cls == UCD_ATOM_CR && i + 1 == atoms->n && !segmenter->is_last) {
			i = atoms->n;
			break;
		}
		if (cls == UCD_ATOM_CR && i + 1 < atoms->n && atoms->cls[i + 1] == UCD_ATOM_LF)
			continue; /* the LF decides for both */
		found.ends_paragraph = !found.has_content ||
		                       (cls == UCD_ATOM_NEWLINE && char_at(segmenter, i) == 0x2029);
		if (!segmenter->by_paragraph || found.ends_paragraph)
			break;
		found.has_content = false;
	}
	found.is_blank = !is_filled;
	found.line_end = i;
	found.content_end = i;
	if (i < atoms->n && i > segmenter->at && atoms->cls[i] == UCD_ATOM_LF &&
	    atoms->cls[i - 1] == UCD_ATOM_CR)
		found.content_end--;
	return found;
}

static bool ends_sentence(uint32_t cp)
{
	return cp == '.' || cp == '!' || cp == '?' || cp == 0x061F || cp == 0x06D4 || cp == 0x2026;
}

/* Where a segment without a line end in max_segment bytes is cut; see segmenter_next. */
static uint32_t find_cut(const struct segmenter *segmenter, bool *inside_word)
{
	const struct atoms *atoms = segmenter->atoms;
	const uint32_t start = atoms->off[segmenter->at];
	const uint32_t most = start + segmenter->max_segment;
	uint32_t space = 0, stop = 0;
	*inside_word = false;
	for (size_t i = segmenter->at; i < atoms->n && atoms->off[i + 1] <= most; i++) {
		if (is_white_space(atoms->cls[i]))
			space = atoms->off[i + 1];
		else if (i + 1 < atoms->n && is_white_space(atoms->cls[i + 1]) &&
		         ends_sentence(char_at(segmenter, i)))
			stop = atoms->off[i + 1];
	}
	if (stop > start)
		return stop;
	if (space > start)
		return space;
	*inside_word = true;
	return start + grapheme_border_before(segmenter->text + start, segmenter->len - start,
	                                      segmenter->max_segment);
}

/* Ends the atoms at off, inside one if need be: what follows is scanned anew. */
static void cut_atoms(struct segmenter *segmenter, uint32_t off)
{
	struct atoms *atoms = segmenter->atoms;
	size_t i = segmenter->at;
	while (atoms->off[i + 1] < off)
		i++;
	atoms->off[i + 1] = off;
	atoms->n = i + 1;
	atom_sets_end(atoms, atoms->n);
}

static bool is_blank_between(const struct atoms *atoms, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!is_white_space(atoms->cls[i]))
			return false;
	return true;
}

/* Whether the line that atom end would go on with holds more than white space so far. */
static bool line_has_content(const struct segmenter *segmenter, size_t end)
{
	const struct atoms *atoms = segmenter->atoms;
	for (size_t i = end; i-- > segmenter->at;) {
		if (is_line_end(atoms->cls[i]))
			return false;
		if (atoms->cls[i] != UCD_ATOM_SPACE)
			return true;
	}
	return segmenter->is_inside && segmenter->has_content;
}

/*
 * The line from atom first to end, which an LF ends. Written in place: a struct that is returned is copied in larger parts
 * than it was written in, for which processors wait.
 */
static inline void set_line(struct segment *segment, const struct segmenter *segmenter,
                            size_t first, size_t end, bool is_blank)
{
	const uint32_t *const off = segmenter->atoms->off;
	*segment = (struct segment){
		.text = segmenter->text,
		.atoms = segmenter->atoms,
		.atom_first = first,
		.atom_end = end,
		.start = off[first],
		.end = off[end],
		.readable = segmenter->len,
		.doc_start = segmenter->doc_start + off[first],
		.is_line_start = true,
		.is_line_end = true,
		.is_blank = is_blank,
		.ends_paragraph = is_blank,
	};
}

/* Notes that a segment ends with an atom. */
static inline void set_last(struct atoms *atoms, size_t atom)
{
	atoms->sets[atom / 64].last |= (uint64_t)1 << atom % 64;
}

size_t segmenter_lines(struct segmenter *segmenter, struct segment *segments, size_t most)
{
	struct atoms *const atoms = segmenter->atoms;
	const size_t left = atoms->n_line_ends - segmenter->line;
	const size_t count = left < most ? left : most;
	size_t n = 0, at = segmenter->at;
	if (segmenter->is_inside || segmenter->by_paragraph || at == atoms->n)
		return 0;
	for (; n < count; n++) {
		const size_t end = atoms->line_ends[segmenter->line + n];
		if (atoms->cls[end] != UCD_ATOM_LF ||
		    atoms->off[end] - atoms->off[at] > segmenter->max_segment)
			break;
		/* hardly a line begins with white space */
		const bool may_be_blank = end == at || atoms->cls[at] == UCD_ATOM_SPACE;
		set_line(&segments[n], segmenter, at, end + 1,
		         may_be_blank && is_blank_between(atoms, at, end));
		set_last(atoms, end);
		at = end + 1;
	}
	segmenter->at = at;
	segmenter->line += n;
	return n;
}

bool segmenter_next(struct segmenter *segmenter, struct segment *segment)
{
	struct atoms *atoms = segmenter->atoms;
	if (segmenter_is_done(segmenter))
		return false;
	const uint32_t start = atoms->off[segmenter->at];
	const struct search found = find_line_end(segmenter);
	const bool has_end = found.line_end < atoms->n;
	const uint32_t content_end = has_end ? atoms->off[found.content_end] : segmenter->len;
	const bool fits = content_end - start <= segmenter->max_segment;

	if (!has_end && !segmenter->is_last &&
	    segmenter->len - start < segmenter->max_segment + WINDOW_SLACK)
		return false;

	*segment = (struct segment){
		.text = segmenter->text,
		.atoms = atoms,
		.atom_first = segmenter->at,
		.start = start,
		.readable = segmenter->len,
		.doc_start = segmenter->doc_start + start,
		.is_line_start = !segmenter->is_inside,
	};
	if (fits && (has_end || segmenter->is_last)) {
		segment->atom_end = has_end ? found.line_end + 1 : atoms->n;
		segment->is_line_end = true;
		segment->is_blank = found.is_blank;
		segment->ends_paragraph = has_end && found.ends_paragraph;
		segmenter->is_inside = false;
		segmenter->has_content = false;
	} else {
		cut_atoms(segmenter, find_cut(segmenter, &segment->is_cut));
		segment->atom_end = atoms->n;
		segment->is_blank = is_blank_between(atoms, segmenter->at, atoms->n);
		segmenter->has_content = line_has_content(segmenter, atoms->n);
		segmenter->is_inside = true;
	}
	segment->end = atoms->off[segment->atom_end];
	segmenter->at = segment->atom_end;
	while (segmenter->line < atoms->n_line_ends && atoms->line_ends[segmenter->line] < segmenter->at)
		segmenter->line++;
	set_last(atoms, segment->atom_end - 1);
	return true;
}
