/*
 * end            a sentence ends behind a mark that ends sentences (. ! ? U+061F U+06D4 U+2026 ...)
 * closer         the quotes and brackets that close behind it belong to it
 *
 * unless what follows says that it goes on:
 *
 * lower-case     a word in lower case, with or without a comma or closing mark before it
 * ellipsis       dots behind a comma
 * abbreviation   the full stop belongs to a word, and the next word does not begin a sentence
 * list-number    digits and a full stop at the beginning of the segment
 * comma          a comma, semicolon or colon right behind the closing marks
 */
#include "sentence/sentence.h"

#include <stdbool.h>

#include "unicode/ucd.h"
#include "unicode/utf8.h"
#include "word/lists.h"

struct scan {
	const char *text;
	const struct tokens *tokens;
	size_t first, end;
};

static uint32_t first_char(const struct scan *scan, size_t i)
{
	const struct tokens *t = scan->tokens;
	return i < scan->end ? utf8_decode(scan->text + t->start[i], t->end[i] - t->start[i]).cp
	                     : '\n';
}

static bool ends_sentence(const struct scan *scan, size_t i)
{
	if (i >= scan->end || scan->tokens->kind[i] != LAFZ_KIND_PUNCT)
		return false;
	const uint32_t cp = first_char(scan, i);
	return ucd_get(cp)->sb == UCD_SB_STERM || cp == '.' || cp == 0x2026 || cp == 0x203C ||
	       cp == 0x2047 || cp == 0x2048 || cp == 0x2049;
}

static bool is_glued(const struct scan *scan, size_t i)
{
	return i > scan->first && i < scan->end && scan->tokens->start[i] == scan->tokens->end[i - 1];
}

/*
 * Whether only a no-break space lies between token i and the one before it, as French has it inside
 * its quotes.
 */
static bool is_spaced_closely(const struct scan *scan, size_t i)
{
	if (i == scan->first || i >= scan->end)
		return false;
	const uint32_t gap = scan->tokens->end[i - 1], len = scan->tokens->start[i] - gap;
	const struct utf8 c = utf8_decode(scan->text + gap, len);
	return c.len == len && (c.cp == 0x00A0 || c.cp == 0x202F);
}

/*
 * Closing brackets and quotes. A quote that does not tell its side closes if it stands right behind
 * what it follows.
 */
static bool is_closer(const struct scan *scan, size_t i)
{
	if (i >= scan->end || scan->tokens->kind[i] != LAFZ_KIND_PUNCT)
		return false;
	const uint32_t cp = first_char(scan, i);
	const uint8_t gc = ucd_get(cp)->gc;
	if (is_spaced_closely(scan, i))
		return cp == 0xBB || cp == 0x203A;
	if (!is_glued(scan, i))
		return false;
	if (gc == UCD_GC_PE || gc == UCD_GC_PF || cp == '\'')
		return true;
	/*
	 * straight quotes, and left ones that some languages close with: not if the next token
	 * sticks to them
	 */
	return (cp == '"' || cp == 0x201C || cp == 0xAB) && !is_glued(scan, i + 1);
}

static bool is_lower(const struct scan *scan, size_t i)
{
	return i < scan->end && scan->tokens->kind[i] == LAFZ_KIND_WORD &&
	       ucd_get(first_char(scan, i))->flags & UCD_LOWER;
}

static bool is_comma(const struct scan *scan, size_t i)
{
	if (i >= scan->end || scan->tokens->kind[i] != LAFZ_KIND_PUNCT)
		return false;
	const uint32_t cp = first_char(scan, i);
	return cp == ',' || cp == ';' || cp == ':' || cp == 0x060C || cp == 0x061B;
}

static bool is_dash(uint32_t cp)
{
	return ucd_get(cp)->gc == UCD_GC_PD;
}

/* Whether a sentence goes on with token i, which follows an end mark and its closing marks. */
static bool goes_on(const struct scan *scan, size_t mark, size_t i)
{
	if (i >= scan->end)
		return true; /* the segment ends: nothing to mark */
	if (is_comma(scan, i) || is_lower(scan, i))
		return true;
	/* lower-case: "... ” - he said", a dash between the quotation and its sentence */
	if (scan->tokens->kind[i] == LAFZ_KIND_PUNCT && is_dash(first_char(scan, i)) &&
	    is_lower(scan, i + 1))
		return true;
	const uint32_t cp = first_char(scan, mark);
	/* ellipsis: dots behind a comma go on; so do dots inside brackets that close behind them */
	const bool is_dots = cp == 0x2026 ||
	                     (cp == '.' && scan->tokens->end[mark] - scan->tokens->start[mark] > 1);
	if (is_dots && mark > scan->first && is_comma(scan, mark - 1))
		return true;
	/* list-number: 3. at the beginning of a segment */
	return mark == scan->first + 1 && scan->tokens->kind[scan->first] == LAFZ_KIND_NUMBER &&
	       is_glued(scan, mark) && (cp == '.' || cp == 0x06D4) &&
	       scan->tokens->end[mark] - scan->tokens->start[mark] <= 2;
}

/* abbreviation: whether the sentence ends with the abbreviation at token i. */
static bool abbreviation_ends(const struct scan *scan, size_t i)
{
	const struct tokens *t = scan->tokens;
	if (i + 1 >= scan->end || scan->text[t->end[i] - 1] != '.' ||
	    lists_is_title(scan->text + t->start[i], t->end[i] - t->start[i]))
		return false;
	/* a single capital is an initial; it stays with the name */
	if (t->end[i] - t->start[i] == 2)
		return false;
	const size_t next = i + 1;
	return t->kind[next] == LAFZ_KIND_WORD &&
	       ucd_get(first_char(scan, next))->flags & UCD_UPPER &&
	       lists_is_starter(scan->text + t->start[next], t->end[next] - t->start[next]);
}

/*
 * Looks whether the sentence ends behind token i. The token to go on with, past all that was looked
 * at; *ends: a sentence begins with it.
 */
static size_t step(const struct scan *scan, size_t i, bool *ends)
{
	size_t next = i + 1;
	*ends = false;
	if (scan->tokens->flags[i] & LAFZ_FLAG_ABBREVIATION) {
		while (is_closer(scan, next))
			next++;
		if (next > i + 1)
			*ends = next < scan->end &&
			        ucd_get(first_char(scan, next))->flags & UCD_UPPER;
		else
			*ends = abbreviation_ends(scan, i);
		return next;
	}
	if (!ends_sentence(scan, i))
		return next;
	while (ends_sentence(scan, next) && !is_dash(first_char(scan, next)))
		next++;
	size_t mark = next - 1;
	for (; is_closer(scan, next) || (ends_sentence(scan, next) && is_glued(scan, next)); next++)
		if (ends_sentence(scan, next))
			mark = next;
	*ends = !goes_on(scan, mark, next);
	return next;
}

uint32_t sentence_segment(const char *text, struct tokens *tokens, size_t first, uint32_t sent)
{
	const struct scan scan = {text, tokens, first, tokens->n};
	if (first == tokens->n)
		return sent;
	for (size_t i = first; i < tokens->n;) {
		bool ends = false;
		const size_t next = step(&scan, i, &ends);
		for (; i < next; i++)
			tokens->sent[i] = sent;
		sent += ends;
	}
	return sent + 1;
}
