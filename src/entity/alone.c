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

/*
 * Marks that are tokens by themselves, some only before what closes them, or before white space; and those
 * inside words.
 */
enum plain_mark {
	OTHER_MARK,
	COMMA,
	ARABIC_COMMA,
	STOP,
	FULL_STOP,
	SPACED,
	QUOTE,
	BRACKET,
	OPENING, /* U+2018 */
	APOSTROPHE,
	HYPHEN,
	N_MARKS
};

static const uint8_t marks_of_ascii[128] = {
	[','] = COMMA,   ['.'] = FULL_STOP, ['!'] = STOP,    ['?'] = STOP,
	[':'] = SPACED,  [';'] = SPACED,    ['-'] = HYPHEN,  ['('] = BRACKET,
	[')'] = BRACKET, ['['] = BRACKET,   [']'] = BRACKET,
};

static enum plain_mark mark_of_general(unsigned char last)
{
	switch (last) {
	case 0x93: /* U+2013, U+2014: dashes */
	case 0x94:
		return SPACED;
	case 0x98:
		return OPENING;
	case 0x99: /* U+2019 */
		return APOSTROPHE;
	case 0x9C: /* U+201C, U+201D */
	case 0x9D:
		return QUOTE;
	case 0xA6: /* U+2026 HORIZONTAL ELLIPSIS */
		return STOP;
	default:
		return OTHER_MARK;
	}
}

/* What a mark is that is not ASCII. */
static enum plain_mark mark_of_other(const unsigned char *s)
{
	switch (s[0]) {
	case 0xC2: /* guillemets */
		return s[1] == 0xAB || s[1] == 0xBB ? QUOTE : OTHER_MARK;
	case 0xD8: /* the Arabic comma, semicolon, question mark */
		if (s[1] == 0x8C)
			return ARABIC_COMMA;
		if (s[1] == 0x9F)
			return STOP;
		return s[1] == 0x9B ? SPACED : OTHER_MARK;
	case 0xDB: /* the Urdu full stop */
		return s[1] == 0x94 ? STOP : OTHER_MARK;
	case 0xE2:
		return s[1] == 0x80 ? mark_of_general(s[2]) : OTHER_MARK;
	default:
		return OTHER_MARK;
	}
}

/* What a mark is, if it is one of the commonest. An atom of a mark is one character, and it is well-formed. */
static inline enum plain_mark mark_of(const struct view *view, size_t i)
{
	const unsigned char *const s = (const unsigned char *)view->text + view_start(view, i);
	if (s[0] >= 0x80)
		return mark_of_other(s);
	/* not in an emoticon */
	if (s[0] == '(' && (i + 1 == view->atoms->n || s[1] == ':' || s[1] == '-'))
		return OTHER_MARK;
	return marks_of_ascii[s[0]];
}

/* The mask of the atoms before those of a mask; next has the atoms that follow those of the mask. */
static inline uint64_t before_those(uint64_t mask, uint64_t next)
{
	return mask >> 1 | next << 63;
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

void alone_at(const struct view *view, size_t k, uint64_t within, bool has_smile, struct alone *alone)
{
	const struct atom_sets *const sets = &view->atoms->sets[k], *const next = sets + 1;
	uint64_t kinds[N_MARKS] = {0};
	for (uint64_t marks = sets->mark & within; marks != 0; marks &= marks - 1)
		kinds[mark_of(view, 64 * k + (size_t)__builtin_ctzll(marks))] |= marks & (0 - marks);

	const uint64_t blank = ~sets->content, blank_next = ~next->content;
	/* a straight quote counts its like in a sentence, as brackets do; other quotes do not */
	const uint64_t counted = sets->quote | kinds[BRACKET], quotes = counted | kinds[QUOTE];
	/* before white space, a line end or the end, or a quote or bracket */
	const uint64_t is_spaced = before_those(blank, blank_next);
	/* an apostrophe that closes a quotation or a word, before white space alone */
	const uint64_t apostrophes = sets->apostrophe | kinds[APOSTROPHE];
	const uint64_t closing = apostrophes & is_spaced;
	const uint64_t is_closed = before_those(blank | quotes | closing, blank_next | next->quote);
	const uint64_t is_before_word = before_those(sets->word, next->word);
	/* what is no quote behind one would be part of it: a mark or an invisible control */
	const uint64_t is_whole = ~before_those(sets->extends, next->extends);
	const uint64_t stops = ((kinds[STOP] | kinds[FULL_STOP]) & is_closed) |
	                       (kinds[ARABIC_COMMA] & (is_closed | is_before_word)) |
	                       (kinds[SPACED] & is_spaced);
	const uint64_t singles = closing | (kinds[OPENING] & is_before_word);
	const uint64_t marks = (kinds[COMMA] & (is_closed | is_before_word)) | stops |
	                       (quotes & is_whole) | singles;
	/* a comma ends a word whatever is behind it: numbers alone have commas inside */
	uint64_t words = sets->word &
	                 (is_closed | before_those(sets->middle, next->middle) | stops >> 1) &
	                 within;
	if (has_smile)
		words = drop_smiles(view, 64 * k, words);

	/* behind white space, or a quote that stands there */
	uint64_t begins = blank << 1 | (k > 0 && sets[-1].content >> 63 == 0);
	begins |= (begins & quotes & is_whole) << 1;
	/* don't: before white space, a quote, a comma, or a mark with one of these behind it */
	const uint64_t ends = blank | sets->quote;
	const uint64_t is_over = ends | sets->middle | (sets->mark & ends >> 1);
	const uint64_t contractions = sets->latin & apostrophes >> 1 & sets->latin >> 2 &
	                              is_over >> 3 & begins & within;
	const uint64_t behind = contractions << 1 | contractions << 2;
	uint64_t compounds = 0;
	if (kinds[HYPHEN] != 0 && !has_smile)
		compounds = find_compounds(sets->word & within, kinds[HYPHEN], begins,
		                           blank | ((sets->middle | stops | quotes) & is_spaced));
	*alone = (struct alone){
		.content = sets->content & within,
		.content_next = next->content,
		.tokens = (((words | marks | compounds) & ~behind) | contractions) & within,
		.stops = stops | (counted & is_whole),
		.before = words & sets->latin & ~behind & (kinds[FULL_STOP] & is_closed) >> 1,
		.contractions = contractions,
		.asked = compounds | singles | (words & closing >> 1),
		.behind = behind,
	};
}
