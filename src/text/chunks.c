#include "text/chunks.h"

#include <string.h>

#include "base/bits.h"
#include "entity/entity.h"
#include "entity/view.h"
#include "lang.h"
#include "sentence/scan.h"
#include "unicode/ucd.h"
#include "word/word.h"
#include "word/words.h"

enum { MOST_ATOMS = 32, MOST_PIECES = 2 * MOST_ATOMS };

/* Pieces side by side, those of a chunk and of the next one. */
struct chunk {
	size_t first, end; /* atoms */
	size_t n_own;      /* pieces; those of the next chunk follow */
	struct pieces pieces;
	uint32_t start[MOST_PIECES], piece_end[MOST_PIECES], run[MOST_PIECES];
	uint32_t behind[MOST_PIECES]; /* the atom behind each */
	float confidence[MOST_PIECES];
	uint16_t lang[MOST_PIECES], flags[MOST_PIECES];
	uint8_t kind[MOST_PIECES], script[MOST_PIECES];
};

static inline bool is_content(const struct atoms *atoms, size_t i, size_t n)
{
	return i < n && ATOMS_HAS(atoms, content, i);
}

static inline bool ends_line(const struct text_lines_request *request, size_t i)
{
	return i >= request->n_atoms || ATOMS_HAS(request->atoms, line_end, i);
}

/* The atom behind what sticks together from an atom on. */
static size_t end_of(const struct text_lines_request *request, size_t first)
{
	size_t k = first / 64;
	uint64_t blank = ~request->atoms->sets[k].content & ~bits_below(first % 64);
	while (blank == 0 && 64 * ++k < request->n_atoms)
		blank = ~request->atoms->sets[k].content;
	const size_t end = blank == 0 ? request->n_atoms : 64 * k + (size_t)__builtin_ctzll(blank);
	return end < request->n_atoms ? end : request->n_atoms;
}

/* The first atom of what sticks together with one before it, of MOST_ATOMS at least; else one that is far enough. */
static size_t begin_of(const struct atoms *atoms, size_t atom)
{
	const size_t k = atom / 64;
	const uint64_t blank = ~atoms->sets[k].content & bits_below(atom % 64);
	if (blank != 0)
		return 64 * k + 64 - (size_t)__builtin_clzll(blank);
	size_t first = 64 * k;
	while (first > 0 && ATOMS_HAS(atoms, content, first - 1) && atom - first < MOST_ATOMS)
		first--;
	return first;
}

/* ---- Pieces ---- */

/* Adds the pieces of some atoms, up to so many in all. False if they hold what entity_pieces does not know. */
static bool add_pieces(struct chunk *chunk, const struct text_lines_request *request, size_t first, size_t end,
                       size_t most)
{
	const struct view view = {request->text, request->atoms, first, end};
	const uint8_t script = lang_script(request->lang);
	struct pieces *const pieces = &chunk->pieces;
	size_t n = pieces->n;
	const bool is_known = entity_pieces(&view, most, pieces, chunk->behind);
	for (; n < pieces->n; n++) {
		/* words in another script are in no language */
		const bool is_own = pieces->script[n] == UCD_SCRIPT_ZYYY || pieces->script[n] == script;
		pieces->lang[n] = is_own ? request->lang : (uint16_t)LANG_UND;
		pieces->run[n] = is_own ? 0 : pieces->script[n];
		pieces->confidence[n] = 1;
	}
	return is_known;
}

#define BEHIND 3 /* pieces that rules look at, from a full stop on */

/* Whether rules ask for the word behind a full stop, and that is not in the chunk. Without a branch on the pieces. */
static bool has_stop(const struct text_lines_request *request, const struct chunk *chunk)
{
	const size_t n = chunk->n_own;
	unsigned found = 0;
	for (size_t i = n > BEHIND ? n - BEHIND : 1; i < n; i++)
		found |= (chunk->kind[i] == LAFZ_KIND_PUNCT) & (request->text[chunk->start[i]] == '.') &
		         ((chunk->kind[i - 1] == LAFZ_KIND_WORD) | (chunk->kind[i - 1] == LAFZ_KIND_NUMBER));
	return found != 0;
}

/*
 * decimal-stop: whether a number may begin the chunk with its full stop, or a sign before that, and an Arabic word stands before the white
 * space, where the rule looks and finds none.
 */
static bool is_behind_arabic(const struct text_lines_request *request, const struct chunk *chunk)
{
	const struct atoms *const atoms = request->atoms;
	const size_t first = chunk->first, stop = first + (atoms->code[first] != '.');
	if (first < 2 || atoms->script[first - 2] != UCD_SCRIPT_ARAB || stop + 1 >= chunk->end)
		return false;
	const bool is_begun = ATOMS_HAS(atoms, word, first) || atoms->cls[first] == UCD_ATOM_NUMERIC;
	return !is_begun && atoms->code[stop] == '.' && atoms->cls[stop + 1] == UCD_ATOM_NUMERIC;
}

static bool find_pieces(struct chunk *chunk, const struct text_lines_request *request)
{
	chunk->pieces = (struct pieces){
		.start = chunk->start,
		.end = chunk->piece_end,
		.run = chunk->run,
		.confidence = chunk->confidence,
		.lang = chunk->lang,
		.flags = chunk->flags,
		.kind = chunk->kind,
		.script = chunk->script,
	};
	if (is_behind_arabic(request, chunk) || !add_pieces(chunk, request, chunk->first, chunk->end, MOST_PIECES))
		return false;
	chunk->n_own = chunk->pieces.n;
	const size_t next = chunk->end + 1;
	if (!has_stop(request, chunk) || ends_line(request, chunk->end) || ends_line(request, next))
		return true;
	const size_t end = end_of(request, next);
	return end - next <= MOST_ATOMS && add_pieces(chunk, request, next, end, chunk->n_own + BEHIND);
}

/* ---- Tokens ---- */

struct token {
	size_t first, end; /* atoms */
	uint16_t flags;
	uint8_t kind;
};

enum neighbour { NEIGHBOUR_NONE, NEIGHBOUR_OWN, NEIGHBOUR_UNKNOWN };

/* The word next to the chunk in its line, in one direction or the other: whether it is in the language. */
static enum neighbour find_neighbour(const struct text_lines *lines, const struct text_lines_request *request, size_t atom,
                                     bool is_before)
{
	enum { FARTHEST = 64 };
	const struct atoms *const atoms = request->atoms;
	const bool is_latin = lang_script(request->lang) == UCD_SCRIPT_LATN;
	for (size_t n = 0; n < FARTHEST; n++) {
		if (is_before ? atom == 0 || ATOMS_HAS(atoms, line_end, atom - 1) : ends_line(request, atom))
			return NEIGHBOUR_NONE;
		const size_t i = is_before ? --atom : atom++;
		if (bits_has(lines->hard, i) || bits_has(lines->ends.odd, i))
			return NEIGHBOUR_UNKNOWN;
		if (ATOMS_HAS(atoms, word, i))
			return ATOMS_HAS(atoms, latin, i) == is_latin ? NEIGHBOUR_OWN : NEIGHBOUR_UNKNOWN;
	}
	return NEIGHBOUR_UNKNOWN;
}

/* Whether a number of the chunk is surely in the language: its words before and behind are, one of them at least. */
static bool has_own_numbers(const struct text_lines *lines, const struct text_lines_request *request,
                            const struct chunk *chunk)
{
	const enum neighbour before = find_neighbour(lines, request, chunk->first, true);
	const enum neighbour behind = find_neighbour(lines, request, chunk->end, false);
	return before != NEIGHBOUR_UNKNOWN && behind != NEIGHBOUR_UNKNOWN && before + behind > NEIGHBOUR_NONE;
}

/* Whether there are numbers with a mark between them. */
static bool has_number_row(const struct chunk *chunk, const struct words *words)
{
	for (size_t i = 2; i < chunk->n_own; i++)
		if (words->kind[i] == LAFZ_KIND_NUMBER && words->kind[i - 1] == LAFZ_KIND_PUNCT &&
		    words->kind[i - 2] == LAFZ_KIND_NUMBER)
			return true;
	return false;
}

/* Whether rules may ask for more than the pieces that are there at one of them: whether a quotation is open, or what stands before. */
static bool asks_for_more(uint16_t lang, const struct words *words, size_t i)
{
	const uint32_t cp = words->kind[i] == LAFZ_KIND_PUNCT ? words_char(words, i) : 0;
	if (cp == '\'' || cp == 0x2018 || cp == 0x2019)
		return true;
	if (cp != '.' || i == 0)
		return false;
	/* leads_to_ordinal, is_behind_letter */
	return (lists_has_ordinal_dots(lang) &&
	        (words->kind[i - 1] == LAFZ_KIND_NUMBER ||
	         lists_is_roman(lang, words_at(words, i - 1), words_len(words, i - 1)))) ||
	       (i == 1 && lists_has_letter_rows(lang) &&
	        words_first(words, words->start[0], words->end[0]) == words_char(words, 0));
}

/* The atom that begins at a place, from one on. */
static size_t atom_at(const struct atoms *atoms, size_t atom, uint32_t at)
{
	while (atoms->off[atom] < at)
		atom++;
	return atom;
}

/* The pieces as rules of words look at them. */
static struct words words_of(const struct chunk *chunk, const struct text_lines_request *request)
{
	return (struct words){
		.text = request->text,
		.total = chunk->pieces.n,
		.limit = chunk->pieces.n,
		.start = chunk->start,
		.end = chunk->piece_end,
		.run = chunk->run,
		.confidence = chunk->confidence,
		.lang = chunk->lang,
		.flags = chunk->pieces.flags,
		.kind = chunk->kind,
		.script = chunk->script,
		.filters = request->filters,
	};
}

/* Notes a token that is more or less than a piece, as the stage of words does: from start on, up to a piece. */
static void note_last(struct words *words, uint32_t start, size_t end)
{
	words->last = (struct piece){
		.start = words->start[end - 1],
		.end = words->end[end - 1],
		.lang = words->lang[end - 1],
		.kind = words->kind[end - 1],
	};
	words->last_start = start;
	words->behind = end;
}

/* Makes tokens of the chunk's pieces; how many, 0 if a rule may know better. */
static size_t find_tokens(const struct text_lines *lines, const struct chunk *chunk,
                          const struct text_lines_request *request, struct token tokens[MOST_PIECES])
{
	const struct atoms *const atoms = request->atoms;
	struct words words = words_of(chunk, request);
	size_t n = 0, atom = chunk->first;
	/* hyphen, decimal-slash */
	if ((lists_joins_hyphens(request->lang) || request->lang == LANG_FA) && has_number_row(chunk, &words) &&
	    !has_own_numbers(lines, request, chunk))
		return 0;
	for (size_t piece = 0, end = 0; piece < chunk->n_own; piece = end) {
		const uint32_t elided = elision_end(&words, piece), hours = hour_end(&words, piece);
		const bool is_split = elided + hours > 0;
		const uint32_t start = is_split ? elided + hours : words.start[piece];
		uint16_t flags = 0;
		end = words_match(&words, piece, start, &flags);
		/* Indonesian marks a full stop */
		if (end > chunk->n_own || (flags & LAFZ_FLAG_ABBREVIATION && end == piece + 1))
			return 0;
		for (size_t i = piece; i < end; i++) {
			if (asks_for_more(request->lang, &words, i))
				return 0;
			flags |= words.flags[i];
		}
		if (is_split) {
			const size_t split = atom_at(atoms, atom, start);
			tokens[n++] = (struct token){atom, split, 0, words.kind[piece]};
			atom = split;
		}
		const size_t behind = chunk->behind[end - 1];
		const bool is_joined = end > piece + 1 || hours > 0;
		tokens[n++] = (struct token){atom, behind, flags,
		                             is_joined ? (uint8_t)LAFZ_KIND_OTHER : words.kind[piece]};
		atom = behind;
		if (end > piece + 1 || is_split)
			note_last(&words, start, end);
	}
	return n;
}

/* ---- What rules of sentences see in them ---- */

/* What the atoms of a chunk are, from its first one on. */
struct seen {
	uint64_t word, hyphen, stop, full_stop, spaced, arabic_comma;
	uint64_t joint; /* what words may be joined of: these, hyphens, apostrophes, full stops */
	uint64_t inner; /* what rules of sentences may look for inside a token */
};

static struct seen look_at(const struct atoms *atoms, const struct chunk *chunk)
{
	const struct atom_sets sets = atom_sets_at(atoms, chunk->first);
	return (struct seen){
		.word = sets.word,
		.hyphen = sets.hyphen,
		.stop = sets.stop,
		.full_stop = sets.full_stop,
		.spaced = sets.spaced,
		.arabic_comma = sets.arabic_comma,
		.joint = sets.word | sets.hyphen | sets.apostrophe | sets.full_stop,
		.inner = sets.quote | sets.bracket | sets.curly | sets.stop,
	};
}

static inline uint32_t first_char(const struct text_lines_request *request, size_t atom)
{
	const char *const s = request->text + request->atoms->off[atom];
	const uint32_t len = request->atoms->off[atom + 1] - request->atoms->off[atom];
	return (unsigned char)*s < 0x80 ? (unsigned char)*s : utf8_decode(s, len).cp;
}

/* A token as rules of sentences see it. */
struct sight {
	uint64_t own;   /* its atoms */
	uint64_t first; /* the first of them */
	bool is_one;    /* there is no other */
	bool is_seen;   /* it is what its atoms look like to text_ends_ask: a word, number or mark */
};

/* Whether a mark is what it looks like: U+2010 and its like are dashes, too. */
static bool is_mark_as_seen(const struct text_lines_request *request, const struct token *token, const struct seen *seen,
                            const struct sight *sight)
{
	if (!sight->is_one || sight->first & seen->word || request->atoms->cls[token->first] == UCD_ATOM_NUMERIC)
		return false;
	return (sight->first & (seen->hyphen | seen->spaced)) != 0 ||
	       ucd_get(first_char(request, token->first))->gc != UCD_GC_PD;
}

static struct sight sight_of(const struct text_lines_request *request, const struct chunk *chunk,
                             const struct token *token, const struct seen *seen)
{
	const size_t first = token->first - chunk->first, end = token->end - chunk->first;
	struct sight sight = {
		.own = bits_below(end) & ~bits_below(first),
		.first = (uint64_t)1 << first,
		.is_one = first + 1 == end,
	};
	if (token->kind == LAFZ_KIND_NUMBER)
		sight.is_seen = request->atoms->cls[token->first] == UCD_ATOM_NUMERIC;
	else if (token->kind == LAFZ_KIND_PUNCT)
		sight.is_seen = is_mark_as_seen(request, token, seen, &sight);
	else if (token->kind == LAFZ_KIND_WORD || token->kind == LAFZ_KIND_OTHER) /* joined */
		sight.is_seen = (sight.own & ~seen->joint) == 0 && (sight.first & seen->word) != 0 &&
		                ((sight.own & ~(sight.own >> 1) & seen->full_stop) != 0) ==
		                        ((token->flags & LAFZ_FLAG_ABBREVIATION) != 0);
	return sight;
}

/* Whether norm may change an atom of a token: it leaves links as they are, marks that change places too. */
static bool has_unusual(const struct atoms *atoms, const struct token *token)
{
	unsigned flags = 0;
	for (size_t i = token->first; i < token->end; i++)
		flags |= atoms->flags[i];
	return (flags & ATOM_UNUSUAL) != 0;
}

/* Whether rules of sentences may look at a token in a way that is not known here; or quotes and brackets are inside it. */
static bool is_unknown(const struct text_lines *lines, const struct text_lines_request *request, const struct token *token,
                       const struct seen *seen, const struct sight *sight)
{
	const struct atoms *const atoms = request->atoms;
	const uint32_t len = atoms->off[token->end] - atoms->off[token->first];
	if (!sight->is_one && ((sight->own & seen->inner) != 0 || has_unusual(atoms, token)))
		return true;
	switch (token->kind) {
	case LAFZ_KIND_WORD:
	case LAFZ_KIND_OTHER:
		return token->flags & LAFZ_FLAG_ABBREVIATION && !sight->is_seen;
	case LAFZ_KIND_NUMBER:
		return request->text[atoms->off[token->end] - 1] == '.';
	case LAFZ_KIND_PUNCT: /* a mark that ends sentences and is not among those that are asked about */
		if (!(sight->first & (seen->stop | seen->full_stop)) &&
		    scan_mark_of(first_char(request, token->first), len) != MARK_NONE)
			return true;
		/* fall through */
	case LAFZ_KIND_SYMBOL: /* ruled-line; rows of stops are known to text/rows.h */
		return len >= BUSY_RULE || (!sight->is_one && (sight->first & seen->full_stop) != 0);
	case LAFZ_KIND_URL: /* link-row */
		return !is_content(atoms, token->end, request->n_atoms) && !ends_line(request, token->end) &&
		       !ends_line(request, token->end + 1) &&
		       (!ATOMS_HAS(atoms, word, token->end + 1) || bits_has(lines->hard, token->end + 1));
	case LAFZ_KIND_DATE:
	case LAFZ_KIND_TIME:
	case LAFZ_KIND_EMAIL:
	case LAFZ_KIND_MENTION:
	case LAFZ_KIND_HASHTAG:
		return false;
	default:
		return true;
	}
}

/* Whether a token is of none of the kinds that rules look for before a full stop. */
static bool is_inert(const struct token *token)
{
	return token->kind == LAFZ_KIND_SYMBOL || token->kind == LAFZ_KIND_DATE || token->kind == LAFZ_KIND_TIME ||
	       token->kind == LAFZ_KIND_URL || token->kind == LAFZ_KIND_EMAIL;
}

/* Whether rules of sentences are to be asked about a token. */
static bool is_asked(const struct text_lines_request *request, const struct token *token, const struct seen *seen,
                     const struct sight *sight)
{
	const struct atoms *const atoms = request->atoms;
	if (token->kind != LAFZ_KIND_PUNCT)
		return (token->flags & LAFZ_FLAG_ABBREVIATION) != 0 && atoms->code[token->end - 1] == '.';
	if (ends_line(request, token->end))
		return false;
	const uint64_t soft = seen->spaced | seen->arabic_comma | (request->lang == LANG_UR ? seen->hyphen : 0);
	return (sight->first & (seen->stop | seen->full_stop)) != 0 ||
	       ((sight->first & soft) != 0 && !is_content(atoms, token->end, request->n_atoms));
}

/* Of atoms, from the first of the chunk on. */
struct marks {
	uint64_t glued, odd, asked;
};

/* Finds what is to be noted of the tokens. False if not all is known of them, as rules of sentences see them. */
static bool find_marks(const struct text_lines *lines, const struct text_lines_request *request,
                       const struct chunk *chunk, const struct token *tokens, size_t n, struct marks *marks)
{
	const struct seen seen = look_at(request->atoms, chunk);
	bool may_precede_stop = true; /* the token before, if there is one */
	*marks = (struct marks){0};
	for (size_t i = 0; i < n; i++) {
		const struct token *const token = &tokens[i];
		const struct sight sight = sight_of(request, chunk, token, &seen);
		const bool is_stop = token->kind == LAFZ_KIND_PUNCT && (sight.first & (seen.full_stop | seen.stop)) != 0;
		if ((is_stop && !may_precede_stop) || is_unknown(lines, request, token, &seen, &sight))
			return false;
		may_precede_stop = sight.is_seen || is_inert(token);
		marks->glued |= sight.first & ~(uint64_t)1;
		marks->odd |= sight.is_seen ? 0 : sight.own;
		marks->asked |= is_asked(request, token, &seen, &sight) ? sight.first : 0;
	}
	return true;
}

/* Puts bits in the places of those of a mask, from an atom on. */
static inline void put_bits(uint64_t *bits, size_t atom, uint64_t within, uint64_t set)
{
	const size_t shift = atom % 64;
	uint64_t *const low = bits + atom / 64;
	low[0] = (low[0] & ~(within << shift)) | set << shift;
	if (shift > 0 && within >> (64 - shift) != 0)
		low[1] = (low[1] & ~(within >> (64 - shift))) | set >> (64 - shift);
}

static void put_marks(struct text_lines *lines, const struct chunk *chunk, const struct marks *marks)
{
	const uint64_t within = bits_below(chunk->end - chunk->first);
	put_bits(lines->hard, chunk->first, within, 0);
	put_bits(lines->glued, chunk->first, within, marks->glued);
	put_bits(lines->ends.odd, chunk->first, within, marks->odd);
	put_bits(lines->ends.asked, chunk->first, within, marks->asked);
}

/* Looks at the chunk of an atom. The atom behind it. */
static size_t settle(struct text_lines *lines, const struct text_lines_request *request, size_t atom)
{
	const struct atoms *const atoms = request->atoms;
	struct token tokens[MOST_PIECES];
	struct marks marks;
	struct chunk chunk;
	chunk.first = begin_of(atoms, atom);
	chunk.end = end_of(request, atom);
	lines->n_chunks++;
	if (chunk.end - chunk.first > MOST_ATOMS || !find_pieces(&chunk, request))
		return chunk.end;
	const size_t n = find_tokens(lines, &chunk, request, tokens);
	if (n > 0 && find_marks(lines, request, &chunk, tokens, n, &marks))
		put_marks(lines, &chunk, &marks);
	return chunk.end;
}

void text_chunks_settle(struct text_lines *lines, const struct text_lines_request *request, size_t atom)
{
	for (size_t k = atom / 64; 64 * k < request->n_atoms; k++) {
		uint64_t left = lines->hard[k] & bits_below(request->n_atoms - 64 * k);
		if (64 * k < atom)
			left &= ~bits_below(atom % 64);
		while (left != 0) {
			atom = settle(lines, request, 64 * k + (size_t)__builtin_ctzll(left));
			left &= atom / 64 == k ? ~bits_below(atom % 64) : 0;
		}
	}
}
