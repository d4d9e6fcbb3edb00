/*
 * Segments: lines, or paragraphs with unwrap, or pieces of them of at most max_segment bytes.
 * Everything after this stage sees one closed segment and knows nothing about chunks.
 */
#ifndef LAFZ_SEGMENT_SEGMENT_H
#define LAFZ_SEGMENT_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "scan/atom.h"

struct segment {
	const char *text;          /* the text of the batch; all offsets are into it */
	const struct atoms *atoms; /* the atoms of the batch */
	size_t atom_first, atom_end;
	uint32_t start, end; /* bytes, the line end included */
	uint32_t readable;   /* bytes of text; those behind end are other segments' */
	uint64_t doc_start;  /* offset of start in the document */
	bool is_line_start; /* false: the piece before it belongs to the same line (or paragraph) */
	bool is_line_end;   /* it ends with its line (or paragraph, or the document) */
	bool is_cut;        /* it ends at a cluster border because of max_segment */
	bool is_blank;      /* white space and line ends alone */
	bool is_told;        /* sentences end inside it, and it is known where (struct numbering_request) */
	bool ends_paragraph; /* blank from its line's start to its line end, or ends with U+2029 */
	/* What later stages make of it, among those of all segments of the region. */
	uint32_t piece_end; /* the piece behind its last one; set by the entity stage */
	uint32_t token_end; /* the same for tokens; set by the word stage */
	uint32_t n_runs;    /* set by the run stage */
};

/* The segments of a region that are closed, in order: what the stages work on. */
struct segments {
	struct segment *ptr; /* owned */
	size_t n, cap;
};

/*
 * Cuts one region (window/window.h) into segments. The counts that go on from region to region,
 * within a line or paragraph that was cut, are kept; zero is a valid start of a document.
 */
struct segmenter {
	uint32_t max_segment;
	bool by_paragraph;
	bool is_inside; /* the next segment goes on with the line (or paragraph) of the last one */
	bool has_content; /* the line so far holds more than white space */
	/* the region */
	struct atoms *atoms;
	const char *text;
	uint64_t doc_start; /* offset of the region in the document */
	uint32_t len;
	bool is_last;
	size_t at;   /* first atom of the next segment */
	size_t line; /* the first one of atoms->line_ends from there on */
};

void segmenter_region(struct segmenter *segmenter, const char *text, uint32_t len, bool is_last,
                      uint64_t doc_start, struct atoms *atoms);

/*
 * The next closed segment of the region; false if the rest of the region has none yet. Closes at a
 * line end; where max_segment bytes hold no line end, after the last full stop (or ! ? U+061F
 * U+06D4 U+2026) before white space, else after the last white space, else at a cluster border
 * (is_cut). Such a segment is the last one of its region, whatever follows it: the rest must be
 * scanned anew.
 */
bool segmenter_next(struct segmenter *segmenter, struct segment *segment);

/*
 * The next segments of the region, at most so many, as far as they are lines that an LF ends and nothing else: the same
 * as segmenter_next has, which most texts need for the last one of a region alone. Returns how many.
 */
size_t segmenter_lines(struct segmenter *segmenter, struct segment *segments, size_t most);

/* Whether they were all handed out. */
static inline bool segmenter_is_done(const struct segmenter *segmenter)
{
	return segmenter->at == segmenter->atoms->n;
}

/* Bytes of the region in the segments handed out. */
uint32_t segmenter_used(const struct segmenter *segmenter);

#endif
