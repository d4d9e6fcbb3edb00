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

/* Marks that are tokens by themselves, some only before what closes them. */
enum plain_mark { OTHER_MARK, COMMA, STOP, FULL_STOP, QUOTE, BRACKET };

/* What a mark is, if it is one of the commonest. */
static enum plain_mark mark_of(const struct view *view, size_t i)
{
	const uint32_t start = view_start(view, i), len = view->atoms->off[i + 1] - start;
	const unsigned char *const s = (const unsigned char *)view->text + start;
	if (len == 1) {
		switch (s[0]) {
		case ',':
			return COMMA;
		case '.':
			return FULL_STOP;
		case '!':
		case '?':
			return STOP;
		case '(': /* not in an emoticon */
			return i + 1 < view->atoms->n && s[1] != ':' && s[1] != '-' ? BRACKET
			                                                            : OTHER_MARK;
		case ')':
		case '[':
		case ']':
			return BRACKET;
		default:
			return OTHER_MARK;
		}
	}
	if (len == 2) {
		/* the Arabic comma and question mark, the Urdu full stop; guillemets */
		if ((s[0] == 0xD8 && (s[1] == 0x8C || s[1] == 0x9F)) ||
		    (s[0] == 0xDB && s[1] == 0x94))
			return STOP;
		return s[0] == 0xC2 && (s[1] == 0xAB || s[1] == 0xBB) ? QUOTE : OTHER_MARK;
	}
	/* U+201C, U+201D */
	const bool is_quote = len == 3 && s[0] == 0xE2 && s[1] == 0x80 &&
	                      (s[2] == 0x9C || s[2] == 0x9D);
	return is_quote ? QUOTE : OTHER_MARK;
}

struct alone alone_from(const struct view *view, size_t i, size_t end, bool has_smile)
{
	const struct atom_sets sets = atom_sets_at(view->atoms, i);
	const size_t left = end - i;
	const uint32_t n = left < ALONE_MOST ? (uint32_t)left : ALONE_MOST;
	const uint64_t within = ((uint64_t)1 << n) - 1;
	uint64_t kinds[BRACKET + 1] = {0};
	for (uint64_t marks = sets.mark & within; marks != 0; marks &= marks - 1)
		kinds[mark_of(view, i + (size_t)__builtin_ctzll(marks))] |= marks & (0 - marks);

	/* a straight quote counts its like in a sentence, as brackets do; other quotes do not */
	const uint64_t counted = sets.quote | kinds[BRACKET], quotes = counted | kinds[QUOTE];
	/* before white space, a line end or the end, or a quote or bracket */
	const uint64_t is_closed = (~sets.content | quotes) >> 1;
	/* what is no quote behind one would be part of it: a mark or an invisible control */
	const uint64_t is_whole = ~(sets.extends >> 1) & within;
	const uint64_t stops = (kinds[STOP] | kinds[FULL_STOP]) & is_closed;
	const uint64_t marks = (kinds[COMMA] & is_closed) | stops | (quotes & is_whole);
	/* a comma ends a word whatever is behind it: numbers alone have commas inside */
	uint64_t words = sets.word & (is_closed | sets.middle >> 1 | stops >> 1) & within;
	if (has_smile)
		words = drop_smiles(view, i, words);
	return (struct alone){
		.n = n,
		.content = sets.content & within,
		.tokens = words | marks,
		.stops = stops | (counted & is_whole),
		.before = words & (kinds[FULL_STOP] & is_closed) >> 1,
	};
}
