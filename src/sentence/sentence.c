/*
 * end            a sentence ends behind a mark that ends sentences (. ! ? U+061F U+06D4 U+2026 ...)
 * closer         the quotes and brackets that close behind it belong to it
 * emoticon       and so does an emoticon behind them
 *
 * What follows can say that it goes on (goes_on.c), and some marks and words end a sentence without such a mark
 * (softly.c): each rule has its function there. The rules of one language hold where the tokens there are in it.
 *
 * The cost is linear: each rule looks at a few tokens beside the mark; only a bracket that opens is looked
 * for its end, up to a limit.
 */
#include "sentence/sentence.h"

#include <stdbool.h>

#include "base/fill.h"
#include "sentence/rules.h"
#include "sentence/scan.h"

/* Whether a token is a single curly quote or a long dash. */
static bool is_curly(const unsigned char *s, size_t len)
{
	return len == 3 && s[0] == 0xE2 && s[1] == 0x80 &&
	       (s[2] == 0x93 || s[2] == 0x94 || s[2] == 0x98 || s[2] == 0x99);
}

/* Whether a token is a quote, bracket or comma of ASCII, or such a quote or dash: no sentence ends behind it. */
static bool is_inert(const struct scan *scan, size_t i)
{
	if (!scan_is_kind(scan, i, LAFZ_KIND_PUNCT))
		return false;
	const char c = *scan_bytes(scan, i);
	if (scan_len(scan, i) != 1)
		return is_curly((const unsigned char *)scan_bytes(scan, i), scan_len(scan, i));
	return c == '"' || c == '\'' || c == ',' || c == '(' || c == ')' || c == '[' || c == ']';
}

/*
 * reference: a number or up to three words in square brackets right behind the mark, with a question mark or without: a note of an
 * encyclopedia. What is behind it, or i.
 */
static size_t reference_end(const struct scan *scan, size_t i)
{
	enum { MOST_WORDS = 3 };
	if (scan_char(scan, i) != '[' || !scan_is_glued(scan, i) || !scan_is_glued(scan, i + 1))
		return i;
	size_t j = i + 1;
	while (j <= i + MOST_WORDS && (scan_is_kind(scan, j, LAFZ_KIND_NUMBER) || scan_is_kind(scan, j, LAFZ_KIND_WORD)))
		j++;
	const size_t close = j + (scan_char(scan, j) == '?');
	return j > i + 1 && scan_char(scan, close) == ']' && scan_is_glued(scan, close) ? close + 1 : i;
}

size_t sentence_step(const struct scan *scan, size_t i, bool *ends)
{
	size_t next = i + 1;
	*ends = false;
	if (scan->tokens->flags[i] & LAFZ_FLAG_ABBREVIATION) {
		while (scan_is_closer(scan, next))
			next++;
		*ends = next > i + 1 ? scan_is_upper(scan, next)
		                     : abbreviation_ends(scan, i, i, next);
		return next;
	}
	if (scan_mark(scan, i) == MARK_NONE) {
		*ends = ends_softly(scan, i) || ordinal_ends(scan, i);
		return next;
	}
	while (scan_mark(scan, next) != MARK_NONE)
		next++;
	size_t mark = next - 1;
	for (;; next++) {
		if (scan_mark(scan, next) != MARK_NONE && scan_is_glued(scan, next))
			mark = next;
		else if (!scan_is_closer(scan, next))
			break;
	}
	for (size_t end = reference_end(scan, next); end > next; end = reference_end(scan, next))
		next = end;
	if (!scan_is_kind(scan, next, LAFZ_KIND_EMOJI)) {
		*ends = !goes_on(scan, mark, next);
		return next;
	}
	while (scan_is_kind(scan, next, LAFZ_KIND_EMOJI) || scan_is_closer(scan, next))
		next++;
	*ends = next < scan->end && !is_inner_mark(scan, next) && scan_mark(scan, next) == MARK_NONE;
	return next;
}

/* Takes account of a bracket in the sentence. */
static void note_bracket(struct scan *scan, size_t i, uint32_t cp)
{
	size_t close = 0;
	if (cp == ')' || cp == ']') {
		scan->is_mirrored = scan->depth == 0;
		scan->depth -= scan->depth > 0;
		return;
	}
	if (!scan->is_mirrored) {
		scan->depth++;
		/* bracket: no end inside one that stands in a sentence */
		if (i > scan->begin && i >= scan->bracket_end && scan_find_bracket(scan, i, &close))
			scan->bracket_end = close;
	}
	scan->is_mirrored = false;
}

/* Takes account of the tokens from i to next, which are in the sentence. */
static void note(struct scan *scan, size_t i, size_t next)
{
	for (; i < next; i++) {
		if (!scan_is_kind(scan, i, LAFZ_KIND_PUNCT))
			continue;
		const uint32_t cp = scan_char(scan, i);
		scan->in_quotes ^= cp == '"';
		scan->in_quote ^= cp == '\'';
		if (cp == '(' || cp == ')' || cp == '[' || cp == ']')
			note_bracket(scan, i, cp);
	}
}

/* The sentence ends before token next, unless a bracket is open. */
static void end_sentence(struct scan *scan, size_t next, uint32_t *sent)
{
	if (next <= scan->bracket_end)
		return;
	++*sent;
	scan->begin = next;
	scan->in_quotes = scan->in_quote = false;
	scan->depth = 0;
}

/* Whether it is sure that a sentence ends right behind a token, a mark; for ascending tokens. */
static bool is_sure_end(struct sentence_tokens *segment, size_t i)
{
	const uint32_t end = segment->tokens->end[i];
	if (!segment->ends)
		return false;
	while (*segment->ends < end)
		segment->ends++;
	return *segment->ends == end;
}

/* Moves busy to the end of the segment. */
static void pass_busy(struct sentence_tokens *segment)
{
	while (segment->busy < segment->busy_end && *segment->busy < segment->end)
		segment->busy++;
}

/* The same as sentence_segment, token by token where rules have to look. */
static uint32_t find_sentences(struct sentence_tokens *segment, uint32_t sent)
{
	struct tokens *const tokens = segment->tokens;
	const size_t end = segment->end;
	struct scan scan = {
		.text = segment->text,
		.tokens = tokens,
		.first = segment->first,
		.end = end,
		.begin = segment->first,
		.filters = segment->filters,
	};
	size_t i = segment->first;
	const uint32_t *inert = segment->busy; /* noted as soon as anything looks at what was noted */
	const uint32_t *busy = segment->busy;
	for (; busy < segment->busy_end && *busy < end; busy++) {
		const size_t at = *busy;
		if (at < i || is_inert(&scan, at))
			continue; /* looked at with another one, or later */
		/* words and inert marks end a sentence before a ruled line alone */
		const bool is_ruled = i < at && ends_before_rule(&scan, at);
		if (at + 1 == end && !is_ruled)
			break;
		for (; inert < busy; inert++)
			if (*inert >= i)
				note(&scan, *inert, *inert + 1);
		fill_u32(tokens->sent, i, at, sent);
		if (is_ruled)
			end_sentence(&scan, at, &sent);
		bool ends = is_sure_end(segment, at);
		i = ends ? at + 1 : sentence_step(&scan, at, &ends);
		note(&scan, at, i);
		fill_u32(tokens->sent, at, i, sent);
		if (!ends)
			continue;
		end_sentence(&scan, i, &sent);
		const size_t name = scan.begin == i ? sign_off_end(&scan, i) : i;
		if (name > i) {
			fill_u32(tokens->sent, i, name, sent);
			end_sentence(&scan, name, &sent);
			i = name;
		}
	}
	fill_u32(tokens->sent, i, end, sent);
	segment->busy = busy;
	pass_busy(segment);
	is_sure_end(segment, end - 1); /* those that were not asked for are passed */
	return sent + 1;
}

/* The first token from i on, before end, that begins at a byte or behind it; or end. Where it is among sixteen is told without a branch. */
static size_t token_from(const struct tokens *tokens, size_t i, size_t end, uint32_t at)
{
	for (; end - i >= 16; i += 16) {
		uint32_t n = 0;
		for (size_t k = 0; k < 16; k++)
			n += tokens->start[i + k] < at;
		if (n < 16)
			return i + n;
	}
	while (i < end && tokens->start[i] < at)
		i++;
	return i;
}

/* The same of a segment that is told. */
static uint32_t number_told(struct sentence_tokens *segment, uint32_t sent)
{
	const struct tokens *const tokens = segment->tokens;
	size_t first = segment->first;
	const uint32_t last = tokens->start[segment->end - 1];
	for (; *segment->ends < last; segment->ends++) {
		const size_t i = token_from(tokens, first, segment->end, *segment->ends);
		fill_u32(tokens->sent, first, i, sent++);
		first = i;
	}
	fill_u32(tokens->sent, first, segment->end, sent);
	pass_busy(segment);
	return sent + 1;
}

/* Most segments have nothing to look at but an end mark at their end, which no ruled line is as short as. */
uint32_t sentence_segment(struct sentence_tokens *segment, uint32_t sent)
{
	const uint32_t *const busy = segment->busy;
	const size_t first = segment->first, end = segment->end;
	const struct tokens *const tokens = segment->tokens;
	if (first == end)
		return sent;
	if (segment->is_told)
		return number_told(segment, sent);
	const bool has_mark = busy < segment->busy_end && *busy < end;
	if (!has_mark ||
	    (*busy + 1 == end && tokens->end[end - 1] - tokens->start[end - 1] < BUSY_RULE)) {
		fill_u32(tokens->sent, first, end, sent);
		segment->busy += has_mark;
		return sent + 1;
	}
	return find_sentences(segment, sent);
}
