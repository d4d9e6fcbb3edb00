#include "text/easy_parts.h"

#include <string.h>

#include "lang.h"
#include "sentence/scan.h"
#include "text/easy_at.h"
#include "text/easy_signs.h"

static inline bool is_white(char c)
{
	return (unsigned char)c <= ' ';
}

/* ---- What may be open ---- */

/* Whether a byte may be in a piece with a bracket that is no part of a link or an emoticon. */
static inline bool is_calm(char c)
{
	return (unsigned char)c >= 0x80 || easy_is_digit(c) || (unsigned)(c | 0x20) - 'a' < 26 || easy_is_stop(c) || c == ',' || c == '"' || c == '%';
}

/* Whether a bracket surely is one: it opens behind white space, and closes right behind what is calm since that or an opening one. */
static bool is_sure_bracket(const char *text, uint32_t at)
{
	if (text[at] == '(' || text[at] == '[')
		return is_white(text[at - 1]) && text[at + 1] != ':' && text[at + 1] != '-';
	uint32_t from = at;
	while (is_calm(text[from - 1]))
		from--;
	return from < at && (is_white(text[from - 1]) || text[from - 1] == '(' || text[from - 1] == '[' || text[from - 1] == '\'');
}

/* Whether a mark may stand among some bytes at which a sentence may end: none of commas, but an Uyghur one. */
static bool has_mark(const struct easy *easy, const char *text, uint32_t from, uint32_t end)
{
	const bool has_commas = easy->sieve->lang == LANG_UG;
	for (uint32_t at = from; at < end; at++) {
		const unsigned char c = (unsigned char)text[at], next = (unsigned char)text[at + 1];
		const bool is_calm_ascii = c == ' ' || easy_is_digit(text[at]) || (c | 0x20u) - 'a' < 26 || (c == ',' && !has_commas);
		/* U+061B to U+061F and U+060C are D8 9B to D8 9F and D8 8C, U+06D4 is DB 94; marks of all scripts begin with C2, E2, F0 */
		const bool is_mark = c == 0xC2 || c == 0xE2 || c >= 0xF0 || (c == 0xDB && next == 0x94) ||
		                     (c == 0xD8 && ((next >= 0x9B && next <= 0x9F) || (next == 0x8C && has_commas)));
		if (c < 0x80 ? !is_calm_ascii : is_mark)
			return true;
	}
	return false;
}

/* How many tokens some bytes have at most. */
static uint32_t count_tokens(const struct easy *easy, const char *text, uint32_t from, uint32_t end)
{
	uint32_t n = 0;
	for (uint32_t at = from; at < end; at++) {
		const bool is_inside = easy_is_word_at(easy, at) && easy_is_word_at(easy, at - 1) && text[at] != '\'' && text[at] != '\xE2';
		n += !is_inside && !is_white(text[at]);
	}
	return n;
}

/* Whether a sentence may end inside brackets, of which the first one is behind white space (text/parts.c). */
static bool may_end_inside(const struct easy *easy, const char *text, uint32_t opened, uint32_t closed)
{
	const bool is_bound = opened >= 2 && easy_is_word_at(easy, opened - 2) && !is_white(text[opened + 1]) && count_tokens(easy, text, opened, closed) < SCAN_LONGEST_BRACKET;
	return !is_bound && has_mark(easy, text, opened + 1, closed);
}

/* Whether U+0027, U+2018 or U+2019 at a byte may open a quotation: it is behind no word, nor what is of ASCII and no white space. */
static bool may_open(const struct easy *easy, const char *text, uint32_t at)
{
	const char before = text[at - 1];
	if (text[at] != '\'' && !easy_is_general(text + at, 0x98) && !easy_is_general(text + at, 0x99))
		return false;
	return (unsigned char)before >= 0x80 ? !easy_is_word_at(easy, at - 1) : is_white(before);
}

/* The first curly one that may, of one byte on, or the line's end: lines that hold more may have some that are not bad. */
static uint32_t find_single(const struct easy *easy, const char *text, uint32_t at, uint32_t end)
{
	const char *found = memchr(text + at, 0xE2, end - at);
	while (found && !may_open(easy, text, (uint32_t)(found - text)))
		found = memchr(found + 1, 0xE2, (size_t)(text + end - found - 1));
	return found ? (uint32_t)(found - text) : end;
}

static void note_open(struct easy_parting *parting, const struct easy *easy, const char *text, uint32_t at)
{
	const char c = text[at];
	switch (c) {
	case '\'':
	case '\xE2':
		parting->is_unknown |= may_open(easy, text, at);
		break;
	case '(':
	case '[':
		parting->is_unknown |= parting->wanted != 0 || !is_sure_bracket(text, at);
		parting->wanted = c == '(' ? ')' : ']';
		parting->opened = at;
		break;
	case ')':
	case ']':
		parting->is_unknown |= parting->wanted != c || !is_sure_bracket(text, at) || may_end_inside(easy, text, parting->opened, at);
		parting->wanted = 0;
		break;
	default:
		break;
	}
}

/* ---- Ends ---- */

static inline bool is_end(const struct batch_change *change)
{
	return change->n_from == 1 && change->n_to == 1 && change->to[0] == '\n';
}

/* A sentence may end at a change; if nothing is open a part may end there. */
static void note_end(const struct easy_parting *parting, struct easy *easy, const struct batch_change *change)
{
	if (is_end(change) && parting->wanted == 0 && !parting->is_unknown && change->at < parting->single)
		easy->bits[change->at / 64].ends |= (uint64_t)1 << change->at % 64;
}

bool easy_parting_ends(struct easy_parting *parting, struct easy *easy, uint32_t at)
{
	const size_t before = parting->change + parting->mended;
	for (; parting->change < easy->n_changes && easy->changes[parting->change].at < at; parting->change++)
		note_end(parting, easy, &easy->changes[parting->change]);
	for (; parting->mended < easy->n_mended && easy->mended[parting->mended].at < at; parting->mended++)
		note_end(parting, easy, &easy->mended[parting->mended]);
	const bool ends = parting->change + parting->mended > before;
	parting->has_ends |= ends;
	return ends;
}

bool easy_parting_begin(struct easy_parting *parting, const struct easy *easy, const char *text, uint32_t at, uint32_t end)
{
	const uint32_t start = easy_line_start(easy, at);
	if (start == 0)
		return false;
	parting->start = start;
	while (parting->change < easy->n_changes && easy->changes[parting->change].at < start)
		parting->change++;
	parting->mended = easy->n_mended;
	parting->wanted = 0;
	parting->is_unknown = parting->has_ends = false;
	parting->single = easy->sieve->has_more ? find_single(easy, text, start, end) : UINT32_MAX;
	return true;
}

bool easy_parting_note(struct easy_parting *parting, struct easy *easy, const char *text, uint32_t at)
{
	const bool ends = easy_parting_ends(parting, easy, at);
	note_open(parting, easy, text, at);
	return ends;
}

bool easy_parting_ends_behind(const struct easy_parting *parting, const struct easy *easy, uint32_t at)
{
	size_t i = parting->change;
	while (i < easy->n_changes && easy->changes[i].at < at && !is_end(&easy->changes[i]))
		i++;
	return i < easy->n_changes && easy->changes[i].at < at;
}

/*
 * Whether nothing is bad from a word on that is before a space: in what stands right before that, back to white space, or, where marks or
 * digits stand there by themselves, a little farther.
 */
static bool is_known_before(const struct easy *easy, const char *text, uint32_t space)
{
	enum { MOST = 3 };
	uint32_t at = space;
	for (size_t n = 0; n < MOST && at > 0 && !is_white(text[at - 1]); n++, at--) {
		bool has_word = false;
		for (; at > 0 && !is_white(text[at - 1]); at--) {
			if (easy_is_bad(easy, at - 1))
				return false;
			has_word |= easy_is_word_at(easy, at - 1);
		}
		if (has_word)
			return true;
		if (at < 2 || text[at - 1] != ' ')
			return false;
	}
	return false;
}

/* Bytes of a double quote that may open. */
static inline uint32_t quote_at(const char *s)
{
	if (*s == '"')
		return 1;
	return easy_opens(s) ? 2 : easy_is_general(s, 0x9C) ? 3 : 0;
}

/* Whether a word, which a quote may open, begins at a byte, and nothing up to white space is bad. */
static bool is_known_behind(const struct easy *easy, const char *text, uint32_t at)
{
	const uint32_t word = at + quote_at(text + at);
	if (!easy_is_word_at(easy, word) || text[word] == '\'' || text[word] == '\xE2')
		return false;
	while (!is_white(text[at]) && !easy_is_bad(easy, at))
		at++;
	return !easy_is_bad(easy, at);
}

/* ---- The line ---- */

/* Whether the parts on both sides of a space can go different ways. If not it ends none. */
static bool keep_end(struct easy *easy, const char *text, uint32_t space)
{
	if (!easy_is_bad(easy, space) && is_known_before(easy, text, space) && is_known_behind(easy, text, space + 1))
		return true;
	easy->bits[space / 64].ends &= ~((uint64_t)1 << space % 64);
	return false;
}

/* Ends the easy part from one byte on, behind which something bad begins at another, as late as can be. Returns where it ends; from: nowhere. */
static uint32_t end_easy(struct easy *easy, const char *text, uint32_t from, uint32_t bad)
{
	while (bad > from && !keep_end(easy, text, bad - 1))
		bad = easy_line_start(easy, bad - 1);
	return bad > from ? bad : from;
}

uint32_t easy_parting_end(struct easy_parting *parting, struct easy *easy, const char *text, uint32_t end)
{
	const uint32_t start = parting->start;
	uint32_t n_easy = 0, run = start; /* where parts of one kind, side by side, begin */
	bool is_bad = false;
	easy_parting_ends(parting, easy, end);
	for (uint32_t from = start, bad = start; from <= end;) {
		const uint32_t behind = easy_line_end(easy, from, end) + 1;
		if (bad <= from)
			bad = easy_next_of(easy->bits, easy_bad_of, from, end + 1);
		if (bad < behind && !is_bad) {
			n_easy += end_easy(easy, text, run, from) - run;
			is_bad = true;
		} else if (bad >= behind && is_bad && keep_end(easy, text, from - 1)) {
			run = from;
			is_bad = false;
		}
		from = behind;
	}
	return n_easy + (is_bad ? 0 : end + 1 - run);
}
