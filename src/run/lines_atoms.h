/*
 * The loop over lines whose words are told by atoms (atoms.h), written once and compiled for each kind of processor like
 * lines_loop.h.
 */
#ifndef LAFZ_RUN_LINES_ATOMS_H
#define LAFZ_RUN_LINES_ATOMS_H

#include "run/lines_scores.h"
#include "run/lines_settle.h"

/* ---- Words ---- */

/* Sets where long words end, among those of the 64 atoms from one on. */
static inline void end_longs(const struct run_atoms *atoms, size_t atom, uint64_t own, uint32_t *ends)
{
	for (uint64_t longs = atoms->sets[atom / 64].longs & own; longs != 0; longs &= longs - 1) {
		const uint64_t below = (longs & (0 - longs)) - 1;
		ends[bits_count(own & below)] = atoms->ends[atom + vectors_lowest(longs)];
	}
}

/* Finds the words of a script among atoms. Returns the first atom that is a word of another script, end if there is none. */
static inline size_t pack_words(const struct run_atoms *atoms, size_t first, size_t end, size_t script,
                                struct lines_words *words)
{
	const size_t begin = first - first % 64;
	uint64_t within = ~(uint64_t)0 << first % 64;
	struct lines_bits *const found = &words->found[LINES_EITHER];
	size_t n = 0;
	words->first = begin;
	words->begin[LINES_EITHER] = 0;
	found->before[0] = 0;
	for (size_t i = begin; i < end; i += 64, within = ~(uint64_t)0) {
		const struct run_atom_sets *const sets = &atoms->sets[i / 64];
		within &= bits_below(end - i);
		const uint64_t own = sets->words[script] & within;
		const uint64_t others = (sets->words[!script] | sets->others) & within;
		if (n + bits_count(own) > LINES_MOST)
			return i;
		vectors_pack(own, sets->threes, atoms->atoms->off + i, words->starts + n, words->ends + n);
		end_longs(atoms, i, own, words->ends + n);
		found->bits[(i - begin) / 64] = own;
		n += bits_count(own);
		found->before[(i - begin) / 64 + 1] = (uint32_t)n;
		if (others != 0)
			return i + vectors_lowest(others);
	}
	return end;
}

/*
 * The same of both scripts; arab has a bit for each word of Arabic script, and n_arab says how many of them are before each 64 atoms, from the
 * first of the 64 on that the first one is among.
 */
static inline size_t pack_words_of_both(const struct run_atoms *atoms, size_t first, size_t end, struct lines_words *words,
                                        uint64_t *arab, uint32_t *n_arab)
{
	const size_t begin = first - first % 64;
	uint64_t within = ~(uint64_t)0 << first % 64;
	struct lines_bits *const found = &words->found[LINES_EITHER];
	size_t n = 0;
	words->first = begin;
	words->begin[LINES_EITHER] = 0;
	found->before[0] = n_arab[0] = 0;
	for (size_t i = begin; i < end; i += 64, within = ~(uint64_t)0) {
		const size_t k = (i - begin) / 64;
		const struct run_atom_sets *const sets = &atoms->sets[i / 64];
		within &= bits_below(end - i);
		const uint64_t own = (sets->words[RUN_ARAB] | sets->words[RUN_LATN]) & within;
		if (n + bits_count(own) > LINES_MOST)
			return i;
		vectors_pack(own, sets->threes, atoms->atoms->off + i, words->starts + n, words->ends + n);
		end_longs(atoms, i, own, words->ends + n);
		found->bits[k] = own;
		arab[k] = sets->words[RUN_ARAB] & within;
		n += bits_count(own);
		found->before[k + 1] = (uint32_t)n;
		n_arab[k + 1] = n_arab[k] + bits_count(arab[k]);
		if ((sets->others & within) != 0)
			return i + vectors_lowest(sets->others & within);
	}
	return end;
}

/* A whole line with few atoms. */
static inline bool is_simple_row(const struct segment *segment)
{
	return segment->is_line_start && segment->is_line_end && segment->atom_end - segment->atom_first <= LINES_ATOMS &&
	       segment->end - segment->start <= PRIOR_REACH;
}

/* Of some atoms: a bit for each word of Arabic script, and how many are before each 64 of them. */
struct line_bits {
	const uint64_t *arab;
	const uint32_t *n_arab;
};

/* Of the lines so far: their words, those of Arabic script, and the script of the last line that has any. */
struct lines_counts {
	size_t word, arab, script;
};

/*
 * A line whose atoms end before one, counted from the first of all. A line without words goes with those before it. False if it
 * has words of both scripts, or if there is no room for another stretch.
 */
static inline bool add_line_of_both(struct lines_words *words, const struct line_bits *bits, struct lines_counts *counts, size_t last,
                                    size_t at)
{
	const struct lines_bits *const found = &words->found[LINES_EITHER];
	const size_t word = bits_before(found->bits, found->before, at), arab = bits_before(bits->arab, bits->n_arab, at);
	const size_t n = word - counts->word, n_arab = arab - counts->arab;
	/* which script it is cannot be foreseen: no branch for it */
	if ((n_arab > 0) & (n_arab < n))
		return false;
	const size_t own = n_arab > 0 ? RUN_ARAB : RUN_LATN;
	const size_t script = n == 0 ? counts->script : own;
	if (!add_to_stretches(words, last, word, script))
		return false;
	*counts = (struct lines_counts){word, arab, script};
	return true;
}

/*
 * Finds the words of the lines from segment s to last, each of which is in one script, and what they are behind. Returns the segment behind
 * these lines, s if there are none. The first lines are as of the script given, if they have no words.
 */
__attribute__((noinline)) static size_t find_atoms_of_both(struct evidence *evidence, struct lines_words *words,
                                                           const struct segments *segments,
                                                           const struct run_atoms *atoms, size_t s, size_t last,
                                                           size_t script)
{
	uint64_t arab[2 * LINES_ATOMS / 64 + 2];
	uint32_t n_arab[2 * LINES_ATOMS / 64 + 3];
	const struct segment *const ptr = segments->ptr;
	const size_t stop = pack_words_of_both(atoms, ptr[s].atom_first, ptr[last - 1].atom_end, words, arab, n_arab);
	const struct line_bits bits = {arab, n_arab};
	const size_t begin = s;
	struct lines_counts counts = {.script = script};
	words->n_stretches = 0;
	for (; s < last && ptr[s].atom_end <= stop; s++)
		if (!add_line_of_both(words, &bits, &counts, s + 1, ptr[s].atom_end - words->first))
			break;
	if (s == begin)
		return s;
	words->n = counts.word;
	keep_line_end(words, &ptr[s - 1]);
	score_stretches(evidence, words, ptr[begin].text);
	return s;
}

/*
 * Finds the words of some lines from segment s on, each of which is in one script, and what they are behind. Most are in the script
 * given. Returns the segment behind these lines, s if there are none.
 */
__attribute__((always_inline)) static inline size_t find_atoms(struct evidence *evidence, struct lines_words *words,
                                                               const struct segments *segments,
                                                               const struct run_atoms *atoms, size_t s, size_t script)
{
	const struct segment *const ptr = segments->ptr;
	const size_t first = ptr[s].atom_first, n = segments->n;
	size_t last = s;
	while (last < n && ptr[last].atom_first - first < LINES_ATOMS && is_simple_row(&ptr[last]))
		last++;
	if (last == s)
		return s;
	if (are_of_both(words) || pack_words(atoms, first, ptr[last - 1].atom_end, script, words) < ptr[last - 1].atom_end)
		return find_atoms_of_both(evidence, words, segments, atoms, s, last, script);
	words->n = words_before(words, LINES_EITHER, ptr[last - 1].atom_end);
	keep_line_end(words, &ptr[last - 1]);
	set_stretch(words, last, script);
	score_words(evidence, words, ptr[s].text, script);
	return last;
}

__attribute__((noinline)) static size_t find_arab_atoms(struct evidence *evidence, struct lines_words *words,
                                                        const struct segments *segments, const struct run_atoms *atoms,
                                                        size_t s)
{
	return find_atoms(evidence, words, segments, atoms, s, RUN_ARAB);
}

__attribute__((noinline)) static size_t find_latn_atoms(struct evidence *evidence, struct lines_words *words,
                                                        const struct segments *segments, const struct run_atoms *atoms,
                                                        size_t s)
{
	return find_atoms(evidence, words, segments, atoms, s, RUN_LATN);
}

static inline size_t find_script_atoms(struct run_stage *stage, const struct segments *segments,
                                       const struct run_atoms *atoms, size_t s, size_t script)
{
	return (script == RUN_ARAB ? find_arab_atoms : find_latn_atoms)(&stage->evidence, stage->words, segments, atoms, s);
}

/* ---- Lines ---- */

/* Settles the lines from *s to last, a stretch whose words are found. *s: the first one that is not. */
__attribute__((always_inline)) static inline void settle_atoms(struct run_stage *stage, const struct segments *segments,
                                                               const struct run_atoms *atoms, struct run_line *lines,
                                                               size_t *s, size_t last, size_t script)
{
	const struct line_source source = {.from = LINE_ATOMS, .atoms = atoms};
	size_t i = *s;
	struct line line = {.word_end = words_before(stage->words, LINES_EITHER, segments->ptr[i].atom_first)};
	for (; i < last; i++) {
		const struct segment *const segment = &segments->ptr[i];
		line.segment = segment;
		line.doc_start = segment->doc_start;
		line.first = segment->atom_first;
		line.end = segment->atom_end;
		line.word = line.word_end;
		line.word_end = words_before(stage->words, LINES_EITHER, line.end);
		lines[i].n_runs = !segment->is_blank;
		if (segment->is_blank)
			continue;
		if (line.word_end - line.word > LINES_PIECES ||
		    !settle(stage, &source, &line, script, &lines[i].lang, &lines[i].confidence))
			break;
	}
	*s = i;
}

/* Lines in one script each, together. */
static inline int run_atom_lines(struct run_stage *stage, const struct lafz_allocator *mem, const struct segments *segments,
                                 struct run_atoms *atoms, struct run_line *lines, size_t *s)
{
	while (*s < segments->n) {
		if (*s >= atoms->last) {
			memo_grow(&stage->evidence.memo, mem);
			atoms->last = find_script_atoms(stage, segments, atoms, *s, stage->script);
			if (atoms->last == *s)
				return RUN_ASKS;
		}
		if (prior_reserve(&stage->prior, mem, atoms->last - *s) < 0)
			return LAFZ_ERR_MEMORY;
		const struct lines_stretch *const stretch = stretch_of(stage->words, *s);
		stage->script = stretch->script;
		if (stage->script == RUN_ARAB)
			settle_atoms(stage, segments, atoms, lines, s, stretch->last, RUN_ARAB);
		else
			settle_atoms(stage, segments, atoms, lines, s, stretch->last, RUN_LATN);
		if (*s < stretch->last)
			return RUN_ASKS;
	}
	return LAFZ_OK;
}

#endif
