/*
 * Sentences of UAX #29, Unicode 15.0 (SB3 to SB998), for the rules uax29: one pass over the characters
 * of a segment. A border inside a word moves to the word's end.
 */
#include "sentence/sentence.h"

#include <stdbool.h>

#include "unicode/ucd.h"
#include "unicode/utf8.h"

/* How far the pass is behind a mark that may end a sentence: SATerm Close* Sp*. */
enum phase { NO_MARK, AT_MARK, IN_CLOSE, IN_SPACE };

struct pass {
	const char *text;
	uint32_t end;
	enum phase phase;
	bool is_full_stop; /* the mark is an ATerm */
	bool after_cased;  /* an Upper or Lower is right before it (SB7) */
	uint8_t before;    /* the class before, extenders and format characters left out (SB5) */
	uint32_t decisive; /* where the next character stands that decides SB8; found so far */
	uint8_t decides;   /* its class */
};

static bool is_mark(uint8_t sb) /* SATerm */
{
	return sb == UCD_SB_STERM || sb == UCD_SB_ATERM;
}

static bool is_separator(uint8_t sb) /* ParaSep */
{
	return sb == UCD_SB_SEP || sb == UCD_SB_CR || sb == UCD_SB_LF;
}

/* The class of the next letter, mark or separator from off on; Other if there is none. */
static uint8_t find_decisive(struct pass *pass, uint32_t off)
{
	if (pass->decisive >= off && pass->decisive != 0)
		return pass->decides;
	pass->decides = UCD_SB_OTHER;
	for (pass->decisive = off; pass->decisive < pass->end;) {
		const uint32_t at = pass->decisive;
		const struct utf8 c = utf8_decode(pass->text + at, pass->end - at);
		const uint8_t sb = ucd_get(c.cp)->sb;
		if (sb == UCD_SB_OLETTER || sb == UCD_SB_UPPER || sb == UCD_SB_LOWER ||
		    is_separator(sb) || is_mark(sb)) {
			pass->decides = sb;
			break;
		}
		pass->decisive += c.len;
	}
	return pass->decides;
}

/* Whether a sentence may begin with the character of class sb at off, seen that a mark is open. */
static bool begins_sentence(struct pass *pass, uint8_t sb, uint32_t off)
{
	if (pass->phase == AT_MARK && pass->is_full_stop) {
		if (sb == UCD_SB_NUMERIC) /* SB6 */
			return false;
		if (pass->after_cased && sb == UCD_SB_UPPER) /* SB7 */
			return false;
	}
	if (pass->is_full_stop && find_decisive(pass, off) == UCD_SB_LOWER) /* SB8 */
		return false;
	return sb != UCD_SB_SCONTINUE && !is_mark(sb); /* SB8a; SB11 */
}

/* One character. Whether a sentence begins with it. */
static bool step(struct pass *pass, uint8_t sb, uint32_t off)
{
	bool begins = false;
	if (is_separator(pass->before) && !(pass->before == UCD_SB_CR && sb == UCD_SB_LF)) {
		begins = true; /* SB4 */
		pass->phase = NO_MARK;
	} else if (sb == UCD_SB_EXTEND || sb == UCD_SB_FORMAT) {
		return false; /* SB5 */
	} else if (pass->phase != NO_MARK) {
		if (is_separator(sb) || sb == UCD_SB_SP) { /* SB9, SB10 */
			pass->phase = IN_SPACE;
			pass->before = sb;
			return false;
		}
		if (sb == UCD_SB_CLOSE && pass->phase != IN_SPACE) { /* SB9 */
			pass->phase = IN_CLOSE;
			pass->before = sb;
			return false;
		}
		begins = begins_sentence(pass, sb, off);
		pass->phase = NO_MARK;
	}
	if (is_mark(sb)) {
		pass->phase = AT_MARK;
		pass->is_full_stop = sb == UCD_SB_ATERM;
		pass->after_cased = pass->before == UCD_SB_UPPER || pass->before == UCD_SB_LOWER;
	}
	pass->before = sb;
	return begins;
}

uint32_t sentence_uax29(const struct sentence_tokens *segment, uint32_t start, uint32_t end,
                        uint32_t sent)
{
	const char *const text = segment->text;
	struct tokens *const tokens = segment->tokens;
	struct pass pass = {.text = text, .end = end, .before = UCD_SB_OTHER};
	bool is_pending = false, has_tokens = false;
	size_t i = segment->first;
	for (uint32_t off = start; off < end && i < segment->end;) {
		const struct utf8 c = utf8_decode(text + off, end - off);
		is_pending = step(&pass, ucd_get(c.cp)->sb, off) || is_pending;
		if (tokens->start[i] == off) {
			sent += is_pending && has_tokens;
			is_pending = false;
			has_tokens = true;
			tokens->sent[i] = sent;
		}
		off += c.len;
		if (tokens->end[i] <= off && has_tokens && tokens->start[i] < off)
			i++;
	}
	return sent + has_tokens;
}
