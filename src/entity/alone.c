#include "entity/alone.h"

#include <string.h>

bool alone_has_smile(const char *text, uint32_t len)
{
	const char *const end = text + len;
	for (const char *d = text; (d = memchr(d, 'D', (size_t)(end - d))) != NULL; d++)
		if (d > text && (d[-1] | 0x20) == 'x')
			return true;
	return false;
}

/* Of words from atom i on, those that can be no emoticon. */
static uint64_t drop_smiles(const struct view *view, size_t i, uint64_t words)
{
	uint64_t kept = words;
	for (; words != 0; words &= words - 1) {
		const size_t word = i + (size_t)__builtin_ctzll(words);
		if (view->atoms->off[word + 1] - view_start(view, word) == 2 &&
		    (view->text[view_start(view, word)] | 0x20) == 'x')
			kept &= ~(words & (0 - words));
	}
	return kept;
}

enum plain_mark { OTHER_MARK, COMMA, FULL_STOP, STOP };

/* What a mark with white space or a quote behind it is, if it is one of the commonest. */
static enum plain_mark mark_of(const struct view *view, size_t i)
{
	const unsigned char *const s = (const unsigned char *)view->text + view_start(view, i);
	const uint32_t len = view->atoms->off[i + 1] - view_start(view, i);
	if (len == 1) {
		if (s[0] == '.')
			return FULL_STOP;
		return s[0] == ',' ? COMMA : s[0] == '!' || s[0] == '?' ? STOP : OTHER_MARK;
	}
	/* the Arabic comma and question mark, the Urdu full stop */
	const bool is_plain = len == 2 && ((s[0] == 0xD8 && (s[1] == 0x8C || s[1] == 0x9F)) ||
	                                   (s[0] == 0xDB && s[1] == 0x94));
	return is_plain ? STOP : OTHER_MARK;
}

struct alone alone_from(const struct view *view, size_t i, size_t end, bool has_smile)
{
	const struct atom_sets sets = atom_sets_at(view->atoms, i);
	const size_t left = end - i;
	const uint32_t n = left < ALONE_MOST ? (uint32_t)left : ALONE_MOST;
	const uint64_t within = ((uint64_t)1 << n) - 1;
	/* before white space, a line end or the end, or a straight quote */
	const uint64_t is_closed = (~sets.content | sets.quote) >> 1;
	/* what is no quote behind it would be part of it: a mark or an invisible control */
	const uint64_t quotes = sets.quote & ~(sets.extends >> 1) & within;
	uint64_t marks = quotes, stops = quotes, full_stops = 0;
	for (uint64_t may = sets.mark & is_closed & within; may != 0; may &= may - 1) {
		const uint64_t own = may & (0 - may);
		const enum plain_mark mark = mark_of(view, i + (size_t)__builtin_ctzll(may));
		marks |= mark != OTHER_MARK ? own : 0;
		stops |= mark >= FULL_STOP ? own : 0;
		full_stops |= mark == FULL_STOP ? own : 0;
	}
	/* a comma ends a word whatever is behind it: numbers alone have commas inside */
	uint64_t words = sets.word & (is_closed | sets.middle >> 1 | marks >> 1) & within;
	if (has_smile)
		words = drop_smiles(view, i, words);
	return (struct alone){
		.n = n,
		.content = sets.content & within,
		.tokens = words | marks,
		.stops = stops,
		.before = words & full_stops >> 1,
	};
}
