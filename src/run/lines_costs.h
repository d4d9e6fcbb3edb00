/*
 * What switches cost before the words of a line or segment that are found among its pieces.
 */
#ifndef LAFZ_RUN_LINES_COSTS_H
#define LAFZ_RUN_LINES_COSTS_H

#include "base/bits.h"
#include "run/lines.h"
#include "run/place.h"
#include "run/words.h"

/* Pieces of a segment by itself, number of which is its first one among those whose words are found. */
struct costs_source {
	const struct segment *segment;
	const struct pieces *pieces;
	size_t number;
	size_t script;
};

/* What a switch costs that has some pieces between its words. */
static inline uint8_t costs_across(const struct costs_source *source, size_t first, size_t end)
{
	const uint8_t *const costs = words_costs[source->script];
	uint8_t least = costs[PLACE_INSIDE];
	for (size_t i = first; i < end; i++) {
		const uint8_t cost = costs[place_across(source->segment, source->pieces, i - source->number)];
		least = cost < least ? cost : least;
	}
	return least;
}

/*
 * Sets the costs of the words from piece first on, but before end; the word before them is the piece before next. Few have something else
 * before them than a word. Returns the piece behind the last word.
 */
static inline size_t costs_set(const struct costs_source *source, const struct lines_words *words, size_t first, size_t end, size_t next,
                               uint8_t *costs, size_t n)
{
	const uint64_t *const bits = words->found[source->script].bits;
	const size_t begin = first - (first - words->first) % 64;
	uint64_t within = ~(uint64_t)0 << (first - begin);
	uint8_t *group = costs;
	memset(costs, words_costs[source->script][PLACE_INSIDE], n);
	for (size_t i = begin; i < end; i += 64, within = ~(uint64_t)0) {
		const uint64_t own = bits[(i - words->first) / 64] & within & bits_below(end - i);
		if (own == 0)
			continue;
		for (uint64_t apart = own & ~(own << 1); apart != 0; apart &= apart - 1) {
			const uint64_t before = own & ((apart & (0 - apart)) - 1);
			const size_t from = before != 0 ? i + bits_end(before) : next;
			group[bits_count(before)] = costs_across(source, from, i + vectors_lowest(apart));
		}
		group += bits_count(own);
		next = i + bits_end(own);
	}
	return next;
}

#endif
