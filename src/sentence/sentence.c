/*
 * end            a sentence ends behind a mark that ends sentences (. ! ? U+061F U+06D4 U+2026 ...)
 * closer         the quotes and brackets that close behind it belong to it
 * emoticon       and so does an emoticon behind them
 *
 * What follows can say that it goes on, and some marks and words end a sentence without such a mark: each
 * rule has its function below. The rules of one language hold where the tokens there are in it.
 *
 * The cost is linear: each rule looks at a few tokens beside the mark; only a bracket that opens is looked
 * for its end, up to a limit.
 */
#include "sentence/sentence.h"

#include <stdbool.h>
#include <string.h>

#include "base/fill.h"
#include "lang.h"
#include "sentence/cues.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"
#include "word/lists.h"

/* The bytes of a token, and how many. */
static const char *bytes_of(const struct scan *scan, size_t i)
{
	return scan->text + scan->tokens->start[i];
}

static size_t len_of(const struct scan *scan, size_t i)
{
	return scan->tokens->end[i] - scan->tokens->start[i];
}

static bool is_lang(const struct scan *scan, size_t i, uint16_t lang)
{
	return i < scan->end && scan->tokens->lang[i] == lang;
}

/* ---- Behind a full stop ---- */

/*
 * Whether a word in front of a full stop looks like one cut short: a letter alone, full stops inside, or no
 * vowel in it and not all capitals.
 */
static bool looks_abbreviated(const struct scan *scan, size_t i)
{
	const struct tokens *t = scan->tokens;
	if (!scan_is_kind(scan, i, LAFZ_KIND_WORD) || t->script[i] != UCD_SCRIPT_LATN)
		return false;
	if (len_of(scan, i) == 1 || memchr(bytes_of(scan, i), '.', len_of(scan, i)))
		return true;
	for (uint32_t at = t->start[i]; at < t->end[i]; at++) {
		const unsigned char c = (unsigned char)scan->text[at];
		/* what is not ASCII counts as a vowel: mostly it is one */
		if (c >= 0x80 || strchr("aeiouyAEIOUY", c))
			return false;
	}
	return !(t->flags[i] & LAFZ_FLAG_UPPER);
}

/* Whether a full stop behind these digits makes an ordinal in German or Turkish. */
static bool has_ordinal_digits(const struct scan *scan, size_t i)
{
	enum { LONGEST = 3 };
	return scan_is_kind(scan, i, LAFZ_KIND_NUMBER) && len_of(scan, i) <= LONGEST &&
	       cues_has_ordinals(scan->tokens->lang[i]);
}

/* Whether a word is a Turkish number, which is an ordinal with a full stop and a word in lower case behind it. */
static bool is_numeral(const struct scan *scan, size_t i)
{
	return is_lang(scan, i, LANG_TR) && scan_is_kind(scan, i, LAFZ_KIND_WORD) &&
	       cues_is_numeral(bytes_of(scan, i), len_of(scan, i));
}

/* Whether the sentence goes on behind a mark, before a word in lower case that follows at once. */
static bool goes_on_lower(const struct scan *scan, size_t mark, size_t next)
{
	const uint16_t lang = scan->tokens->lang[mark];
	switch (scan_mark(scan, mark)) {
	case MARK_STOP:
		if (scan_is_glued(scan, next))
			return true;
		if (mark == scan->begin)
			return false;
		if (!scan_is_glued(scan, mark)) /* . . . is an ellipsis */
			return scan_mark(scan, mark - 1) != MARK_NONE;
		return has_ordinal_digits(scan, mark - 1) || is_numeral(scan, mark - 1) ||
		       looks_abbreviated(scan, mark - 1);
	case MARK_QUESTION:
		/* a name may have an exclamation mark */
		return (lang != LANG_EN && lang != LANG_ID) ||
		       (scan_char(scan, mark) == '!' && mark > scan->begin &&
		        scan_is_upper(scan, mark - 1));
	default:
		return true;
	}
}

/* ordinal: digits with a full stop before a word that does not begin a sentence. */
static bool is_ordinal(const struct scan *scan, size_t mark, size_t next)
{
	return has_ordinal_digits(scan, mark - 1) && scan_is_kind(scan, next, LAFZ_KIND_WORD) &&
	       !scan_is_starter(scan, next);
}

/* initial: a letter with a full stop before a name, a number or one letter more. */
static bool is_initial(const struct scan *scan, size_t mark, size_t next)
{
	const size_t letter = mark - 1;
	if (scan_is_letter(scan, letter, UCD_SCRIPT_ARAB))
		return scan_is_kind(scan, next, LAFZ_KIND_WORD) ||
		       scan_is_kind(scan, next, LAFZ_KIND_NUMBER);
	if (!scan_is_letter(scan, letter, UCD_SCRIPT_LATN) || scan_char(scan, letter) == 'I')
		return false;
	if (is_lang(scan, letter, LANG_TR) && scan_is_lower(scan, letter))
		return false; /* a pronoun */
	/* a unit ends a sentence as other words do */
	if (letter > scan->begin && scan_is_kind(scan, letter - 1, LAFZ_KIND_NUMBER))
		return false;
	return scan_is_kind(scan, next, LAFZ_KIND_NUMBER) ||
	       (scan_is_upper(scan, next) && !scan_is_starter(scan, next));
}

/* title: a title of another language before a name; or a word that has a number behind it. */
static bool is_title(const struct scan *scan, size_t mark, size_t next)
{
	const size_t word = mark - 1;
	if (!scan_is_kind(scan, word, LAFZ_KIND_WORD))
		return false;
	if (scan_is_kind(scan, next, LAFZ_KIND_NUMBER))
		return cues_takes_number(bytes_of(scan, word), len_of(scan, word));
	if (!scan_is_upper(scan, word) || !scan_is_upper(scan, next) || scan_is_starter(scan, next))
		return false;
	return cues_is_title(bytes_of(scan, word), len_of(scan, word)) ||
	       looks_abbreviated(scan, word);
}

/*
 * list-number: 3. or a. where a sentence begins.
 */
static bool is_list_number(const struct scan *scan, size_t mark)
{
	const size_t number = mark - 1;
	if (scan_is_kind(scan, number, LAFZ_KIND_NUMBER))
		return number == scan->begin || scan_char(scan, number - 1) == ';';
	return number == scan->begin && scan_is_letter(scan, number, UCD_SCRIPT_LATN);
}

/* postscript: P.S. and N.B. where a sentence begins, with the full stops or without. */
static bool is_postscript(const struct scan *scan, size_t i)
{
	return i == scan->begin && cues_is_postscript(bytes_of(scan, i), len_of(scan, i));
}

/*
 * abbreviation: whether the sentence ends with one, before token next. The rules search leave the full stop
 * a token of its own, so word and mark may be the same token or not.
 */
static bool abbreviation_ends(const struct scan *scan, size_t word, size_t mark, size_t next)
{
	const char *const text = bytes_of(scan, word);
	const size_t len = scan->tokens->end[mark] - scan->tokens->start[word];
	if (is_postscript(scan, word))
		return false;
	if (text[len - 1] != '.' || lists_is_title(text, len) || !scan_is_upper(scan, next))
		return false;
	return scan_is_starter(scan, next) || cues_ends_list(text, len);
}

/* The same for a word of a list with a full stop that is a token of its own. */
static bool is_abbreviation(const struct scan *scan, size_t mark, size_t next)
{
	const size_t word = mark - 1;
	if (!scan_is_kind(scan, word, LAFZ_KIND_WORD) ||
	    scan->tokens->script[word] != UCD_SCRIPT_LATN ||
	    !lists_is_abbreviation(scan->tokens->lang[word], bytes_of(scan, word), len_of(scan, word)))
		return false;
	return !abbreviation_ends(scan, word, mark, next);
}

/* Whether one full stop right behind a token belongs to it rather than to a sentence. */
static bool is_stop_of_token(const struct scan *scan, size_t mark, size_t next)
{
	if (mark == scan->begin || scan_mark(scan, mark) != MARK_STOP || !scan_is_glued(scan, mark))
		return false;
	return is_list_number(scan, mark) || is_ordinal(scan, mark, next) ||
	       is_initial(scan, mark, next) || is_postscript(scan, mark - 1) ||
	       is_title(scan, mark, next) || is_abbreviation(scan, mark, next);
}

/* ---- Behind any mark ---- */

/* Whether the sentence begins with the mark, or with a bracket and it. */
static bool begins_with(const struct scan *scan, size_t mark)
{
	const uint32_t cp = scan_char(scan, scan->begin);
	return mark == scan->begin || (mark == scan->begin + 1 && (cp == '(' || cp == '['));
}

/* ellipsis: dots where a sentence begins, behind a comma, before what sticks to them, and in Persian and Arabic before a word. */
static bool is_pause(const struct scan *scan, size_t mark, size_t next)
{
	if (scan_mark(scan, mark) != MARK_DOTS)
		return false;
	if (begins_with(scan, mark) || (mark > scan->begin && scan_is_comma(scan, mark - 1)))
		return true;
	if (scan_is_glued(scan, next) && !scan_is_upper(scan, next) && !scan_is_caseless(scan, next))
		return true;
	/* not those behind another mark */
	return (is_lang(scan, mark, LANG_FA) || is_lang(scan, mark, LANG_AR)) &&
	       scan_is_caseless(scan, next) && scan_mark(scan, mark - 1) == MARK_NONE;
}

/* said: speech without quotes and the word for saying it, in Uyghur behind a dash or a low line too. */
static bool is_said(const struct scan *scan, size_t next)
{
	while (is_lang(scan, next, LANG_UG) &&
	       (scan_is_dash(scan, next) || scan_char(scan, next) == '_'))
		next++;
	return scan_is_kind(scan, next, LAFZ_KIND_WORD) &&
	       cues_is_saying(scan->tokens->lang[next], bytes_of(scan, next), len_of(scan, next));
}

/* alternative: the second half of an Arabic or Uyghur question, which begins with "or". */
static bool is_alternative(const struct scan *scan, size_t mark, size_t next)
{
	return scan_mark(scan, mark) == MARK_QUESTION && scan_is_kind(scan, next, LAFZ_KIND_WORD) &&
	       cues_is_or(scan->tokens->lang[next], bytes_of(scan, next), len_of(scan, next));
}

/* comma: marks that only go on. */
static bool is_inner_mark(const struct scan *scan, size_t i)
{
	return scan_is_comma(scan, i) ||
	       (scan_is_kind(scan, i, LAFZ_KIND_PUNCT) && scan_char(scan, i) == '/') ||
	       (scan_is_dash(scan, i) && scan_is_glued(scan, i) && scan_is_glued(scan, i + 1));
}

/*
 * Whether a sentence goes on with token next, which follows an end mark and its closing marks; mark
 * is the last end mark.
 */
static bool goes_on(const struct scan *scan, size_t mark, size_t next)
{
	if (next >= scan->end)
		return true; /* the segment ends: nothing to mark */
	if (is_inner_mark(scan, next) || is_said(scan, next) || is_pause(scan, mark, next) ||
	    is_alternative(scan, mark, next))
		return true;
	/* lower-case: "... ” - he said", a dash between the quotation and its sentence */
	if (scan_is_dash(scan, next) && scan_is_lower(scan, next + 1))
		return true;
	if (scan_is_lower(scan, next))
		return next > mark + 1 || goes_on_lower(scan, mark, next);
	return next == mark + 1 && is_stop_of_token(scan, mark, next);
}

/* ---- Without an end mark ---- */

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
	return is_lang(scan, i, LANG_UG) && scan_is_dash(scan, i) && !scan_is_glued(scan, i + 1) &&
	       !is_said(scan, i);
}

/* colon-capital: an Italian colon before a word with a capital. finite-verb: an Uyghur one. */
static bool ends_with_colon(const struct scan *scan, size_t i, bool is_finite)
{
	if (is_lang(scan, i, LANG_UG))
		return is_finite || opens_speech(scan, i + 1);
	if (is_lang(scan, i, LANG_IT) && scan_is_upper(scan, i + 1))
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
	    scan_is_glued(scan, i + 1) || len_of(scan, i) < BUSY_RULE)
		return false;
	const uint32_t cp = scan_char(scan, i);
	return cp > 0 && cp < 0x80 && strchr("*_=~#-", (int)cp) &&
	       bytes_of(scan, i)[len_of(scan, i) - 1] == (char)cp;
}

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
	const char c = *bytes_of(scan, i);
	if (len_of(scan, i) != 1)
		return is_curly((const unsigned char *)bytes_of(scan, i), len_of(scan, i));
	return c == '"' || c == '\'' || c == ',' || c == '(' || c == ')' || c == '[' || c == ']';
}

/* Whether a sentence ends before a token because it is such a line. */
static bool ends_before_rule(const struct scan *scan, size_t i)
{
	return i > scan->first && is_ruled_line(scan, i);
}

/* Whether a number that has its full stop with it ends the sentence, as a word with a capital tells. */
static bool ordinal_ends(const struct scan *scan, size_t i)
{
	return i > scan->begin && scan_is_kind(scan, i, LAFZ_KIND_NUMBER) &&
	       scan->text[scan->tokens->end[i] - 1] == '.' && scan_is_starter(scan, i + 1);
}

/* Whether a sentence ends with a token that is no end mark. */
static bool ends_softly(const struct scan *scan, size_t i)
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
	const bool is_finite = is_word && is_lang(scan, i, LANG_UG) &&
	                       cues_is_finite(bytes_of(scan, i - 1), len_of(scan, i - 1)) &&
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
		return is_word && is_lang(scan, i, LANG_UR) && !scan_is_glued(scan, i) &&
		       cues_is_auxiliary(bytes_of(scan, i - 1), len_of(scan, i - 1));
	default:
		return false;
	}
}

/* ---- The sentence ---- */

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
		bool ends = false;
		i = sentence_step(&scan, at, &ends);
		note(&scan, at, i);
		fill_u32(tokens->sent, at, i, sent);
		if (ends)
			end_sentence(&scan, i, &sent);
	}
	fill_u32(tokens->sent, i, end, sent);
	while (busy < segment->busy_end && *busy < end)
		busy++;
	segment->busy = busy;
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
	const bool has_mark = busy < segment->busy_end && *busy < end;
	if (!has_mark ||
	    (*busy + 1 == end && tokens->end[end - 1] - tokens->start[end - 1] < BUSY_RULE)) {
		fill_u32(tokens->sent, first, end, sent);
		segment->busy += has_mark;
		return sent + 1;
	}
	return find_sentences(segment, sent);
}
