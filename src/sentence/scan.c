#include "sentence/scan.h"

#include "lang.h"
#include "sentence/cues.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"

enum { LONGEST_ELIDED = 16 }; /* bytes before an apostrophe */

static bool is_punct(const struct scan *scan, size_t i)
{
	return scan_is_kind(scan, i, LAFZ_KIND_PUNCT);
}

static bool is_word(const struct scan *scan, size_t i)
{
	return scan_is_kind(scan, i, LAFZ_KIND_WORD);
}

enum mark scan_mark_of(uint32_t cp, uint32_t len)
{
	if (cp == '.')
		return len > 1 ? MARK_DOTS : MARK_STOP;
	if (cp < 0x80)
		return cp == '!' || cp == '?' ? MARK_QUESTION : MARK_NONE;
	if (cp == 0x2026)
		return MARK_DOTS;
	if (cp == 0x06D4 && len == 2)
		return MARK_STOP;
	const bool ends = ucd_get(cp)->sb == UCD_SB_STERM || cp == 0x203C ||
	                  (cp >= 0x2047 && cp <= 0x2049);
	return ends ? MARK_QUESTION : MARK_NONE;
}

enum mark scan_mark(const struct scan *scan, size_t i)
{
	if (!is_punct(scan, i))
		return MARK_NONE;
	return scan_mark_of(scan_char(scan, i), scan->tokens->end[i] - scan->tokens->start[i]);
}

bool scan_is_lower(const struct scan *scan, size_t i)
{
	return is_word(scan, i) && ucd_get(scan_char(scan, i))->flags & UCD_LOWER;
}

bool scan_is_upper(const struct scan *scan, size_t i)
{
	return is_word(scan, i) && ucd_get(scan_char(scan, i))->flags & UCD_UPPER;
}

bool scan_is_caseless(const struct scan *scan, size_t i)
{
	return is_word(scan, i) && ucd_get(scan_char(scan, i))->sb == UCD_SB_OLETTER;
}

bool scan_is_letter(const struct scan *scan, size_t i, uint8_t script)
{
	if (!is_word(scan, i) || scan->tokens->script[i] != script)
		return false;
	const uint32_t len = scan->tokens->end[i] - scan->tokens->start[i];
	return utf8_decode(scan->text + scan->tokens->start[i], len).len == len;
}

bool scan_is_starter(const struct scan *scan, size_t i)
{
	if (!scan_is_upper(scan, i))
		return false;
	const uint16_t lang = scan->tokens->lang[i];
	const uint32_t start = scan->tokens->start[i], end = scan->tokens->end[i];
	if (cues_is_starter(lang, scan->text + start, end - start))
		return true;
	/* It's; and an elided article, which the rules search leave with its word */
	for (uint32_t at = start; at < end && at < start + LONGEST_ELIDED;) {
		const struct utf8 c = utf8_decode(scan->text + at, end - at);
		at += c.len;
		if (c.cp == '\'' || c.cp == 0x2019 || c.cp == 0xB4 || c.cp == '`')
			return cues_is_starter(lang, scan->text + start, at - start) ||
			       cues_is_starter(lang, scan->text + start, at - c.len - start);
	}
	return false;
}

bool scan_is_comma(const struct scan *scan, size_t i)
{
	if (!is_punct(scan, i))
		return false;
	const uint32_t cp = scan_char(scan, i);
	return cp == ',' || cp == ';' || cp == ':' || cp == 0x060C || cp == 0x061B;
}

bool scan_is_dash(const struct scan *scan, size_t i)
{
	return is_punct(scan, i) && ucd_get(scan_char(scan, i))->gc == UCD_GC_PD;
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

bool scan_opens_in_urdu(const struct scan *scan, size_t i)
{
	enum { FAR = 64 };
	const bool is_own = scan_is_lang(scan, i, LANG_UR) || scan_is_lang(scan, i, LANG_SD);
	if (!is_own || scan_char(scan, i) != 0x201D || !scan_is_glued(scan, i + 1) || !is_word(scan, i + 1))
		return false;
	for (size_t n = 0, k = i; n < FAR && k > scan->begin; n++) {
		const uint32_t before = scan_char(scan, --k);
		if (before == 0x201C || before == 0x201D)
			return before == 0x201D;
	}
	return true;
}

bool scan_is_closer(const struct scan *scan, size_t i)
{
	if (!is_punct(scan, i))
		return false;
	const uint32_t cp = scan_char(scan, i);
	const uint8_t gc = ucd_get(cp)->gc;
	if (scan_opens_in_urdu(scan, i))
		return false;
	const bool is_free = !scan_is_glued(scan, i + 1);
	if (!scan_is_glued(scan, i)) {
		/*
		 * With a space on both sides a mark closes what is open. A bracket that sticks to
		 * the word behind it is one that opens, typed in the order of the screen.
		 */
		if (cp == 0xBB || cp == 0x203A)
			return is_free || is_spaced_closely(scan, i);
		if (cp == '"' || cp == '\'')
			return is_free && (cp == '"' ? scan->in_quotes : scan->in_quote);
		return is_free && (gc == UCD_GC_PE || gc == UCD_GC_PF);
	}
	if (gc == UCD_GC_PE || gc == UCD_GC_PF || cp == '\'')
		return true;
	/*
	 * straight quotes, and left ones that some languages close with (Urdu with two single ones): not if the
	 * next token sticks to them, unless that is a mark that closes or ends, or a straight one has opened
	 */
	if (cp == 0x2018)
		return is_free || (scan_char(scan, i + 1) == cp && !scan_is_glued(scan, i + 2));
	if (cp == '"' || cp == 0x201C || cp == 0xAB)
		return is_free || scan_mark(scan, i + 1) != MARK_NONE || scan_is_comma(scan, i + 1) ||
		       (cp == '"' && scan->in_quotes);
	return false;
}

bool scan_find_bracket(const struct scan *scan, size_t i, size_t *close)
{
	const uint32_t open = scan_char(scan, i);
	if (!is_punct(scan, i) || (open != '(' && open != '[') || !scan_is_glued(scan, i + 1))
		return false;
	const uint32_t closing = open == '(' ? ')' : ']';
	size_t depth = 1;
	for (size_t k = i + 1; k < scan->end && k <= i + SCAN_LONGEST_BRACKET; k++) {
		const uint32_t cp = scan_char(scan, k);
		depth += cp == open;
		if (cp != closing || !scan_is_glued(scan, k))
			continue;
		if (--depth == 0) {
			*close = k;
			return true;
		}
	}
	return false;
}
