#include "word/word.h"

#include "lang.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"
#include "word/lists.h"

static int add_token(struct tokens *tokens, const struct lafz_allocator *mem,
                     const struct piece *piece, uint32_t start, uint32_t end)
{
	const int rc = tokens_reserve(tokens, mem, tokens->n + 1);
	if (rc < 0)
		return rc;
	const size_t i = tokens->n++;
	tokens->start[i] = start;
	tokens->end[i] = end;
	tokens->run[i] = piece->run;
	tokens->confidence[i] = piece->confidence;
	tokens->lang[i] = piece->lang;
	tokens->flags[i] = piece->flags;
	tokens->kind[i] = piece->kind;
	tokens->script[i] = piece->script;
	return LAFZ_OK;
}

static bool is_one_char(const char *text, const struct piece *piece, char c)
{
	return piece->end - piece->start == 1 && text[piece->start] == c;
}

/*
 * elision: where a word of French, Italian or Catalan is to be split behind its apostrophe. The
 * offset behind it, or 0.
 */
static uint32_t elision_end(const char *text, const struct piece *piece)
{
	if (!(piece->flags & LAFZ_FLAG_CONTRACTION) || piece->kind != LAFZ_KIND_WORD)
		return 0;
	for (uint32_t at = piece->start; at < piece->end;) {
		const struct utf8 c = utf8_decode(text + at, piece->end - at);
		if (c.cp == '\'' || c.cp == 0x2019)
			return lists_is_elided(piece->lang, text + piece->start, at - piece->start)
			               ? at + c.len
			               : 0;
		at += c.len;
	}
	return 0;
}

/* Whether the letters from start to end have upper case and no lower case. */
static bool is_upper(const char *text, uint32_t start, uint32_t end)
{
	unsigned flags = 0;
	while (start < end) {
		const struct utf8 c = utf8_decode(text + start, end - start);
		flags |= ucd_get(c.cp)->atom_flags;
		start += c.len;
	}
	return flags & ATOM_UPPER && !(flags & ATOM_LOWER);
}

static bool is_capital(const char *text, const struct piece *piece)
{
	return piece->end - piece->start == 1 && piece->flags & LAFZ_FLAG_UPPER &&
	       text[piece->start] != 'I';
}

/*
 * initial: one capital letter with a full stop before a name or a further initial (J. A. Smith), not
 * the pronoun I, and not where a sentence seems to begin.
 */
static bool is_initial(const char *text, const struct piece *piece, const struct piece *end)
{
	const struct piece *next = piece + 2;
	if (!is_capital(text, piece) || next >= end || next->kind != LAFZ_KIND_WORD ||
	    next->script != UCD_SCRIPT_LATN || text[next->start] < 'A' || text[next->start] > 'Z')
		return false;
	if (is_capital(text, next) && next + 1 < end && next[1].start == next->end &&
	    is_one_char(text, next + 1, '.'))
		return true;
	return !lists_is_starter(text + next->start, next->end - next->start);
}

/* abbreviation: whether the full stop right behind the word belongs to it. */
static bool takes_full_stop(const char *text, const struct piece *piece, const struct piece *end)
{
	const struct piece *stop = piece + 1;
	if (piece->kind != LAFZ_KIND_WORD || piece->script != UCD_SCRIPT_LATN || stop >= end ||
	    stop->start != piece->end || !is_one_char(text, stop, '.'))
		return false;
	const char *word = text + piece->start;
	const size_t len = piece->end - piece->start;
	if (lists_needs_number(piece->lang, word, len))
		return stop + 1 < end && stop[1].kind == LAFZ_KIND_NUMBER;
	return lists_is_abbreviation(piece->lang, word, len) || is_initial(text, piece, end);
}

/* digit-suffix: whether the Arabic-script letters right behind the digits stay with them. */
static bool takes_suffix(const char *text, const struct piece *piece, const struct piece *end)
{
	const struct piece *suffix = piece + 1;
	return piece->kind == LAFZ_KIND_NUMBER && suffix < end && suffix->start == piece->end &&
	       suffix->kind == LAFZ_KIND_WORD && suffix->script == UCD_SCRIPT_ARAB &&
	       lists_is_digit_suffix(suffix->lang, text + suffix->start, suffix->end - suffix->start);
}

/*
 * The tokens of one piece, or of that piece and the one behind it; how many pieces that were, or a
 * failure.
 */
static int add_words(const struct lafz_allocator *mem, const char *text, const struct piece *piece,
                     const struct piece *end, struct tokens *tokens)
{
	struct piece joined = *piece;
	if (takes_full_stop(text, piece, end)) {
		joined.flags |= LAFZ_FLAG_ABBREVIATION;
		const int rc = add_token(tokens, mem, &joined, piece->start, piece[1].end);
		return rc < 0 ? rc : 2;
	}
	if (takes_suffix(text, piece, end)) {
		joined.lang = piece[1].lang;
		joined.confidence = piece[1].confidence;
		joined.run = piece[1].run;
		joined.script = piece[1].script;
		joined.flags |= piece[1].flags;
		const int rc = add_token(tokens, mem, &joined, piece->start, piece[1].end);
		return rc < 0 ? rc : 2;
	}
	const uint32_t split = elision_end(text, piece);
	if (split > 0 && split < piece->end) {
		/* the flags of the whole do not hold for its parts */
		struct piece rest_piece = *piece;
		joined.flags &= (uint16_t) ~(LAFZ_FLAG_CONTRACTION | LAFZ_FLAG_UPPER);
		rest_piece.flags = joined.flags;
		if (is_upper(text, piece->start, split))
			joined.flags |= LAFZ_FLAG_UPPER;
		if (is_upper(text, split, piece->end))
			rest_piece.flags |= LAFZ_FLAG_UPPER;
		const int rc = add_token(tokens, mem, &joined, piece->start, split);
		if (rc < 0)
			return rc;
		const int rest = add_token(tokens, mem, &rest_piece, split, piece->end);
		return rest < 0 ? rest : 1;
	}
	const int rc = add_token(tokens, mem, piece, piece->start, piece->end);
	return rc < 0 ? rc : 1;
}

int word_segment(enum lafz_rules rules, const struct lafz_allocator *mem,
                 const struct segment *segment, const struct pieces *pieces, struct tokens *tokens)
{
	if (pieces->n == 0)
		return LAFZ_OK; /* ptr may be NULL */
	const struct piece *end = pieces->ptr + pieces->n;
	for (const struct piece *piece = pieces->ptr; piece < end;) {
		const int n = rules == LAFZ_RULES_DEFAULT
		                      ? add_words(mem, segment->text, piece, end, tokens)
		                      : add_token(tokens, mem, piece, piece->start, piece->end);
		if (n < 0)
			return n;
		piece += n > 0 ? n : 1;
	}
	return LAFZ_OK;
}
