/*
 * What stands between the words of a line: among its pieces, or, where it has none, among its atoms, or its bytes.
 */
#ifndef LAFZ_RUN_LINES_BETWEEN_H
#define LAFZ_RUN_LINES_BETWEEN_H

#include <stdbool.h>

#include "base/bits.h"
#include "run/atoms.h"
#include "run/lines.h"
#include "run/lines_words.h"
#include "run/place.h"
#include "run/words.h"
#include "unicode/invisible.h"

/* A line among those whose words are found. */
struct line {
	const struct segment *segment; /* NULL if its words were found by bytes */
	uint64_t doc_start;            /* its offset in the document */
	size_t first, end; /* pieces, or atoms; first: the number of a line of bytes */
	size_t word, word_end;
};

/* Where the words are from. */
enum line_from { LINE_PIECES, LINE_ATOMS, LINE_BYTES };

struct line_source {
	enum line_from from;
	const struct pieces *pieces;
	const struct run_atoms *atoms;
	const struct run_bytes *bytes;
};

/* ---- Atoms ---- */

/* The first atom from one on that a piece begins with; there is one. */
static inline size_t between_token(const struct run_atoms *atoms, size_t atom)
{
	size_t k = atom / 64;
	uint64_t tokens = atoms->sets[k].tokens & ~(uint64_t)0 << atom % 64;
	while (tokens == 0)
		tokens = atoms->sets[++k].tokens;
	return 64 * k + vectors_lowest(tokens);
}

static inline bool between_is_word(const struct run_atoms *atoms, size_t script, size_t atom)
{
	return atoms->sets[atom / 64].words[script] >> atom % 64 & 1;
}

/* No dearer than the place is. */
static inline enum place between_place(const struct run_atoms *atoms, size_t atom)
{
	const struct run_atom_sets *const sets = &atoms->sets[atom / 64];
	if (sets->stops >> atom % 64 & 1)
		return PLACE_SENTENCE;
	return sets->breaks >> atom % 64 & 1 ? PLACE_QUOTE : PLACE_INSIDE;
}

/* Whether a switch between two words of a line may cost less than inside of a row of words. */
static inline bool between_has_break(const struct run_atoms *atoms, const struct line *line, size_t script)
{
	const size_t from = line->first, n = line->end - from;
	const struct run_atom_sets *const sets = &atoms->sets[from / 64];
	const uint64_t words = atom_join(sets[0].words[script], sets[1].words[script], from) & bits_below(n);
	/* behind the first word, of which this and those before it are taken off */
	const uint64_t breaks = atom_join(sets[0].breaks, sets[1].breaks, from) & ~(words ^ (words - 1));
	return n > 64 || (breaks != 0 && (breaks & (0 - breaks)) < words);
}

/* ---- Bytes ---- */

static inline bool between_is_easy(const struct run_bytes *bytes, const struct line *line)
{
	return (bytes->kinds[line->first] & RUN_BYTES_EASY) != 0;
}

/* Whether a token that is no word stands there. */
static inline bool between_has_token(const struct run_bytes *bytes, const struct line *line, uint32_t from, uint32_t to)
{
	if (!between_is_easy(bytes, line))
		return bits_any(bytes->tokens, from, to);
	/* spaces and controls, or marks among them */
	while (from < to && (bytes->text[from] == ' ' || invisible_begins(bytes->text + from)))
		from += bytes->text[from] == ' ' ? 1 : INVISIBLE_LEN;
	return from < to;
}

/*
 * What two words of an easy line are switched between at; no dearer than the place is. Between them are spaces, commas, digits, colons and stops,
 * or one hyphen right between them; else what may be a quote or a dash. U+060C, U+061B, U+061F and U+06D4 are D8 8C, D8 9B, D8 9F and DB 94.
 */
static inline enum place between_easy_place(const struct run_bytes *bytes, uint32_t from, uint32_t to)
{
	enum place place = PLACE_INSIDE;
	for (uint32_t at = from; at < to; at++) {
		const unsigned char c = (unsigned char)bytes->text[at];
		const bool is_comma = c == ' ' || c == ',' || c == 0xD8 || c == 0x8C || c == 0x9B || c == 0xDB;
		if (is_comma || (c >= '0' && c <= '9') || (c == '-' && to - from == 1))
			continue;
		if (c != '.' && c != '?' && c != '!' && c != ':' && c != 0x9F && c != 0x94)
			return PLACE_QUOTE;
		place = PLACE_SENTENCE;
	}
	return place;
}

#define BETWEEN(a, b, c) ((uint32_t)(a) << 8 | (uint32_t)(b) << 16 | (uint32_t)(c) << 24)

/*
 * Of up to eight words of an easy line, from one on but before end: a bit for each that has something else before it than most: one or two spaces,
 * a comma and a space, or a hyphen.
 */
static inline uint32_t between_others(const struct lines_words *words, const struct run_bytes *bytes, size_t w, size_t end)
{
	const uint32_t all = (uint32_t)bits_below(end - w < 8 ? end - w : 8);
	if (bytes->len - words->ends[end - 2] < sizeof(uint32_t))
		return all;
	const vectors_wide spans = vectors_spans(bytes->text, words->ends + w - 1, words->starts + w, end - w);
	const vectors_wide spaces = (vectors_wide)((spans == BETWEEN(0, 0, ' ')) | (spans == BETWEEN(0, ' ', ' ')));
	const vectors_wide commas = (vectors_wide)((spans == BETWEEN(0, ',', ' ')) | (spans == BETWEEN(0xD8, 0x8C, ' ')));
	const vectors_wide hyphens = (vectors_wide)(spans == BETWEEN(0, 0, '-'));
	return all & ~vectors_signs(spaces | commas | hyphens);
}

/* The cheapest place that a switch between two words of an easy line may be at. */
static inline enum place between_cheapest_easy(const struct lines_words *words, const struct run_bytes *bytes, const struct line *line)
{
	enum place cheapest = PLACE_INSIDE;
	for (size_t w = line->word + 1; w < line->word_end; w += 8) {
		for (uint32_t others = between_others(words, bytes, w, line->word_end); others != 0; others &= others - 1) {
			const size_t i = w + vectors_lowest(others);
			const enum place place = between_easy_place(bytes, words->ends[i - 1], words->starts[i]);
			if (place == PLACE_QUOTE)
				return place;
			cheapest = place > cheapest ? place : cheapest;
		}
	}
	return cheapest;
}

/* The cheapest place that a switch between two words of a line may be at, or a cheaper one. */
static inline enum place between_cheapest(const struct lines_words *words, const struct run_bytes *bytes, const struct line *line)
{
	if (between_is_easy(bytes, line))
		return bytes->are_bare ? PLACE_INSIDE : between_cheapest_easy(words, bytes, line);
	return bits_any(bytes->breaks, words->starts[line->word], words->starts[line->word_end - 1]) ? PLACE_QUOTE : PLACE_INSIDE;
}

/* What two words are switched between at; no dearer than the place is. */
static inline enum place between_bytes_place(const struct run_bytes *bytes, const struct line *line, uint32_t from, uint32_t to)
{
	if (between_is_easy(bytes, line))
		return between_easy_place(bytes, from, to);
	enum place place = PLACE_INSIDE;
	for (uint32_t at = from; at < to; at++) {
		if (!bits_has(bytes->breaks, at))
			continue;
		if (!bits_has(bytes->stops, at))
			return PLACE_QUOTE;
		place = PLACE_SENTENCE;
	}
	return place;
}

/* ---- Any of them ---- */

/* The piece, or atom, of the first word of a line; that of the next one is known by it. Among bytes it is nothing. */
static inline size_t between_first(const struct lines_words *words, const struct line_source *source, const struct line *line,
                                   size_t script)
{
	if (source->from == LINE_BYTES)
		return 0;
	if (source->from == LINE_PIECES)
		return words->pieces[line->word];
	size_t atom = between_token(source->atoms, line->first);
	while (!between_is_word(source->atoms, script, atom))
		atom = between_token(source->atoms, atom + 1);
	return atom;
}

/* From a word's piece, or atom, to that of the next one, word w. Whether no piece stands between them. */
static inline bool between_go_on(const struct lines_words *words, const struct line_source *source, const struct line *line,
                                 size_t script, size_t w, size_t *at)
{
	const size_t before = *at;
	if (source->from == LINE_BYTES)
		return !between_has_token(source->bytes, line, words->ends[w - 1], words->starts[w]);
	if (source->from == LINE_PIECES) {
		*at = words->pieces[w];
		return *at == before + 1;
	}
	*at = between_token(source->atoms, before + 1);
	if (between_is_word(source->atoms, script, *at))
		return true;
	while (!between_is_word(source->atoms, script, *at))
		*at = between_token(source->atoms, *at + 1);
	return false;
}

/* What no switch costs less than: it is dear where there are words alone, but for the last piece, which stands between none. */
__attribute__((always_inline)) static inline uint32_t cheapest(const struct lines_words *words, const struct line_source *source, const struct line *line,
                                size_t script)
{
	if (source->from == LINE_BYTES)
		return words_costs[script][between_cheapest(words, source->bytes, line)];
	if (source->from == LINE_ATOMS)
		return words_costs[script][between_has_break(source->atoms, line, script) ? PLACE_QUOTE : PLACE_INSIDE];
	const size_t n_others = line->end - line->first - (line->word_end - line->word);
	const size_t n_last = !bits_has(words->found[script].bits, line->end - 1 - words->first);
	return words_costs[script][n_others == n_last ? PLACE_INSIDE : PLACE_QUOTE];
}

/*
 * The same or less, at hardly any cost: of easy lines of words alone it is that. Of other lines in Latin letters or bytes few gain what the
 * cheapest switch of all costs; of Arabic script among pieces and atoms too many do for a branch.
 */
static inline uint32_t cheapest_of_all(const struct line_source *source, const struct line *line, size_t script)
{
	if (source->from == LINE_BYTES)
		return words_costs[script][source->bytes->are_bare && between_is_easy(source->bytes, line) ? PLACE_INSIDE : PLACE_QUOTE];
	return script == RUN_LATN ? words_costs[script][PLACE_QUOTE] : 0;
}

/*
 * What a switch before a word behind the first one costs, or less, of words that are no pieces. *at: the atom of the word before it; it
 * becomes that of the word.
 */
__attribute__((always_inline)) static inline uint32_t switch_cost(const struct lines_words *words, const struct line_source *source,
                                                                  const struct line *line, size_t script, size_t w, size_t *at)
{
	const uint8_t *const costs = words_costs[script];
	uint32_t cost = costs[PLACE_INSIDE];
	if (source->from == LINE_BYTES)
		return costs[between_bytes_place(source->bytes, line, words->ends[w - 1], words->starts[w])];
	size_t i = *at + 1;
	while (!between_is_word(source->atoms, script, i = between_token(source->atoms, i))) {
		const uint32_t across = costs[between_place(source->atoms, i++)];
		cost = across < cost ? across : cost;
	}
	*at = i;
	return cost;
}

#endif
