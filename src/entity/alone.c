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

/* The mask of the atoms before those of a mask; next has the atoms that follow those of the mask. */
static inline uint64_t before_those(uint64_t mask, uint64_t next)
{
	return mask >> 1 | next << 63;
}

/* The last atom of all, if it is of the 64 from one on. */
static inline uint64_t last_atom(const struct atoms *atoms, size_t first)
{
	const size_t last = atoms->n - 1 - first;
	return last < 64 ? (uint64_t)1 << last : 0;
}

/*
 * Words with a hyphen between each, from one that begins behind white space up to white space or a mark before it: all but
 * the last word. No link is in such a stretch.
 */
static uint64_t find_compounds(uint64_t words, uint64_t hyphens, uint64_t begins, uint64_t ends)
{
	const uint64_t inner = hyphens & words << 1 & words >> 1;
	const uint64_t heads = words & inner >> 1, parts = heads | inner | (words & inner << 1);
	uint64_t found = 0;
	for (uint64_t left = heads & begins; left != 0; left &= left - 1) {
		const uint64_t first = left & (0 - left), whole = parts & ~(parts + first);
		const uint64_t last = (whole + first) >> 1; /* 0 if it goes on behind the 64 */
		if (last << 1 & ends && (whole & words & ~heads) == last)
			found |= whole & ~last;
	}
	return found;
}

void alone_find(const struct view *view, const struct atom_sets *sets, size_t first, uint64_t within, bool has_smile,
                struct alone *alone)
{
	const struct atom_sets *const next = sets + 1;
	/* an opening one may begin an emoticon */
	const uint64_t smiles = before_those(sets->colon | sets->hyphen, next->colon | next->hyphen) |
	                        last_atom(view->atoms, first);
	const uint64_t brackets = sets->bracket & ~(sets->paren & smiles) & within;
	const uint64_t blank = ~sets->content, blank_next = ~next->content;
	/* a straight quote counts its like in a sentence, as brackets do; other quotes do not */
	const uint64_t counted = sets->quote | brackets, quotes = counted | (sets->curly & within);
	/* before white space, a line end or the end, or a quote or bracket */
	const uint64_t is_spaced = before_those(blank, blank_next);
	/* an apostrophe that closes a quotation or a word, before white space alone */
	const uint64_t closing = sets->apostrophe & is_spaced;
	const uint64_t is_closed = before_those(blank | quotes | closing, blank_next | next->quote);
	const uint64_t is_before_word = before_those(sets->word, next->word);
	/* what is no quote behind one would be part of it: a mark or an invisible control */
	const uint64_t is_whole = ~before_those(sets->extends, next->extends);
	const uint64_t stops = ((sets->stop | sets->full_stop) & is_closed) |
	                       (sets->arabic_comma & (is_closed | is_before_word)) |
	                       (sets->spaced & is_spaced);
	const uint64_t singles = closing | (sets->opening & is_before_word);
	const uint64_t marks = (sets->comma & (is_closed | is_before_word)) | stops |
	                       (quotes & is_whole) | singles;
	/* the first of the next atoms, if it is such a stop */
	const uint64_t stop_next = (next->stop | next->full_stop) & (blank_next | next->quote) >> 1 & 1;
	/* a comma ends a word whatever is behind it: numbers alone have commas inside */
	uint64_t words = sets->word &
	                 (is_closed | before_those(sets->middle, next->middle) |
	                  before_those(stops, stop_next)) &
	                 within;
	if (has_smile)
		words = drop_smiles(view, first, words);

	/* behind white space, or a quote that stands there */
	uint64_t begins = blank << 1 | (first == 0 || sets[-1].content >> 63 == 0);
	begins |= (begins & quotes & is_whole) << 1;
	/* don't: before white space, a quote, a comma, or a mark with one of these behind it */
	const uint64_t ends = blank | sets->quote;
	const uint64_t is_over = ends | sets->middle | (sets->mark & ends >> 1);
	const uint64_t contractions = sets->latin & sets->apostrophe >> 1 & sets->latin >> 2 &
	                              is_over >> 3 & begins & within;
	const uint64_t behind = contractions << 1 | contractions << 2;
	uint64_t compounds = 0;
	if (sets->hyphen != 0 && !has_smile)
		compounds = find_compounds(sets->word & within, sets->hyphen, begins,
		                           blank | ((sets->middle | stops | quotes) & is_spaced));
	*alone = (struct alone){
		.content = sets->content & within,
		.tokens = (((words | marks | compounds) & ~behind) | contractions) & within,
		.stops = (stops | (counted & is_whole)) &
		         ~before_those(sets->last & blank, next->last & blank_next),
		.before = words & sets->latin & ~behind &
		          before_those(sets->full_stop & is_closed, next->full_stop & stop_next),
		.contractions = contractions,
		.asked = compounds | singles | (words & closing >> 1),
		.behind = behind,
	};
}
