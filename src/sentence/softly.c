/*
 * Whether a sentence ends without a mark that ends sentences: at headings, clauses, links in rows and lines across a page.
 */
#include <string.h>

#include "lang.h"
#include "piece.h"
#include "sentence/cues.h"
#include "sentence/rules.h"
#include "unicode/ucd.h"

/* dateline: place, dash, agency and colon in a few words where a sentence begins. */
static bool is_dateline(const struct scan *scan, size_t colon)
{
	enum { LONGEST = 7 };
	size_t n_dashes = 0;
	if (colon - scan->begin > LONGEST || scan_is_dash(scan, scan->begin))
		return false;
	for (size_t i = scan->begin; i < colon; i++) {
		const bool is_dash = scan_is_dash(scan, i) && !scan_is_glued(scan, i);
		if (!is_dash && !scan_is_kind(scan, i, LAFZ_KIND_WORD))
			return false;
		n_dashes += is_dash;
	}
	return n_dashes == 1 && !scan_is_dash(scan, colon - 1);
}

/* speech-dash: behind a comma or colon, the dash before Uyghur speech. */
static bool opens_speech(const struct scan *scan, size_t i)
{
	return scan_is_lang(scan, i, LANG_UG) && scan_is_dash(scan, i) && !scan_is_glued(scan, i + 1) &&
	       !is_said(scan, i);
}

/* colon-capital: an Italian colon before a word with a capital. finite-verb: an Uyghur one. */
static bool ends_with_colon(const struct scan *scan, size_t i, bool is_finite)
{
	if (scan_is_lang(scan, i, LANG_UG))
		return is_finite || opens_speech(scan, i + 1);
	if (scan_is_lang(scan, i, LANG_IT) && scan_is_upper(scan, i + 1))
		return true;
	return is_dateline(scan, i);
}

/*
 * semicolon-starter: before a function word with a capital in languages that have capitals only where a
 * sentence or a name begins; in Uyghur always.
 */
static bool ends_with_semicolon(const struct scan *scan, size_t i)
{
	switch (scan->tokens->lang[i]) {
	case LANG_UG:
		return true;
	case LANG_FR:
	case LANG_ES:
	case LANG_IT:
	case LANG_PT:
	case LANG_CA:
		return scan_is_starter(scan, i + 1) || scan_char(scan, i + 1) == 0xBF;
	default:
		return false;
	}
}

/* ruled-line: a row of asterisks, low lines or the like across the page. */
static bool is_ruled_line(const struct scan *scan, size_t i)
{
	const uint8_t kind = scan->tokens->kind[i];
	if ((kind != LAFZ_KIND_PUNCT && kind != LAFZ_KIND_SYMBOL) || scan_is_glued(scan, i) ||
	    scan_is_glued(scan, i + 1) || scan_len(scan, i) < BUSY_RULE)
		return false;
	const uint32_t cp = scan_char(scan, i);
	return cp > 0 && cp < 0x80 && strchr("*_=~#-", (int)cp) &&
	       scan_bytes(scan, i)[scan_len(scan, i) - 1] == (char)cp;
}

/* Whether up to four words with capitals, from token i on, have a comma or an end mark behind them. */
static bool is_spoken_to(const struct scan *scan, size_t i)
{
	enum { LONGEST = 4 };
	size_t k = i;
	while (k < i + LONGEST && scan_is_upper(scan, k))
		k++;
	return scan_is_comma(scan, k) || scan_mark(scan, k) != MARK_NONE;
}

/* sign-off: Regards, and its like are a sentence before the name of who writes. */
size_t sign_off_end(const struct scan *scan, size_t i)
{
	const struct tokens *const t = scan->tokens;
	bool is_thanks = false;
	if (!scan_is_lang(scan, i, LANG_EN) || t->kind[i] != LAFZ_KIND_WORD ||
	    (!scan_is_comma(scan, i + 1) && !scan_is_comma(scan, i + 2)))
		return i;
	const size_t len = cues_sign_off(scan_bytes(scan, i), t->end[scan->end - 1] - t->start[i], &is_thanks);
	if (len == 0)
		return i;
	size_t next = i;
	while (next < scan->end && t->start[next] < t->start[i] + len)
		next++;
	if (!scan_is_comma(scan, next - 1) || !scan_is_upper(scan, next) || scan_is_starter(scan, next))
		return i;
	return is_thanks && is_spoken_to(scan, next) ? i : next;
}

bool ends_before_rule(const struct scan *scan, size_t i)
{
	return i > scan->first && is_ruled_line(scan, i);
}

bool ordinal_ends(const struct scan *scan, size_t i)
{
	return i > scan->begin && scan_is_kind(scan, i, LAFZ_KIND_NUMBER) &&
	       scan->text[scan->tokens->end[i] - 1] == '.' && scan_is_starter(scan, i + 1);
}

bool ends_softly(const struct scan *scan, size_t i)
{
	const struct tokens *t = scan->tokens;
	const size_t next = i + 1;
	if (next >= scan->end || scan_is_glued(scan, next))
		return false;
	if (is_ruled_line(scan, i) || is_ruled_line(scan, next))
		return true;
	/* link-row: each of a row of links */
	if (t->kind[i] == LAFZ_KIND_URL)
		return t->kind[next] == LAFZ_KIND_URL;
	if (i == scan->begin)
		return false;
	/* emoticon: one of ASCII marks, before a capital */
	if (t->kind[i] == LAFZ_KIND_EMOJI)
		return (unsigned char)scan->text[t->start[i]] < 0x80 && scan_is_upper(scan, next);
	if (t->kind[i] != LAFZ_KIND_PUNCT)
		return false;
	const bool is_word = t->kind[i - 1] == LAFZ_KIND_WORD;
	/* finite-verb: an Uyghur clause that ends with one is a sentence */
	const bool is_finite = is_word && scan_is_lang(scan, i, LANG_UG) &&
	                       cues_is_finite(scan_bytes(scan, i - 1), scan_len(scan, i - 1)) &&
	                       !is_said(scan, next);
	switch (scan_char(scan, i)) {
	case ':':
		return ends_with_colon(scan, i, is_finite);
	case ';':
	case 0x061B:
		return ends_with_semicolon(scan, i);
	case 0x060C:
		return is_finite || opens_speech(scan, next);
	case '-':
		/* hyphen-stop: the Urdu full stop, typed as a hyphen */
		return is_word && scan_is_lang(scan, i, LANG_UR) && !scan_is_glued(scan, i) &&
		       cues_is_auxiliary(scan_bytes(scan, i - 1), scan_len(scan, i - 1));
	default:
		return false;
	}
}
