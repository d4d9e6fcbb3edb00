#include "text/easy_shares.h"

#include "base/bits.h"
#include "text/easy_again.h"
#include "text/easy_at.h"
#include "text/easy_signs.h"

#define LEAST 32 /* bytes of an easy part: to put less between what is hard costs more than it saves */

/* How many parts a text has at most: one in three of a line is easy, or more. */
static size_t most_shares(uint32_t len)
{
	return 3 * ((size_t)len / LEAST) + 3;
}

/* ---- Bad bytes ---- */

/* What a bad byte says of its line. */
enum found {
	FOUND_HARD,   /* it is not known what the pieces between the white space beside it are */
	FOUND_PIECES, /* they are, but not whether a sentence ends there */
	FOUND_ALL
};

/* A stop behind a word, and what closes behind it, before a space: whether a sentence ends there. */
static enum found end_sentence(struct easy *easy, const char *text, uint32_t mark, uint32_t space, uint32_t len)
{
	const enum text_sure answer = easy_sure_of_mark(easy, text, mark, space, len);
	if (answer == TEXT_SURE_ENDS)
		easy_end_sentence(easy, space);
	/* a full stop that is not sure may belong to the word before it */
	(answer == TEXT_SURE_UNKNOWN ? easy_put_together : easy_put_apart)(easy, mark);
	return answer == TEXT_SURE_UNKNOWN ? FOUND_PIECES : FOUND_ALL;
}

/* A quote that closes behind a stop. */
static enum found look_at_quote(struct easy *easy, const char *text, uint32_t quote, uint32_t len)
{
	const uint32_t space = easy_skip_closers(text, quote, len);
	if (!easy_is_stop(text[quote - 1]) || !easy_is_behind_letter(easy, text, quote - 1) || space == quote || text[space] != ' ')
		return FOUND_HARD;
	return end_sentence(easy, text, quote - 1, space, len);
}

/* dateline: a colon behind a word and before a space, at which a sentence may end behind a dash alone. */
static enum found look_at_colon(const struct easy *easy, const char *text, uint32_t colon)
{
	if (!easy_is_behind_letter(easy, text, colon) || text[colon + 1] != ' ')
		return FOUND_HARD;
	return easy_is_behind_dash(text, colon) ? FOUND_PIECES : FOUND_ALL;
}

static enum found look_at_mark(struct easy *easy, const char *text, uint32_t at, uint32_t len)
{
	/* most by far */
	if (text[at] == '.')
		return easy_is_behind_letter(easy, text, at) && text[at + 1] == ' ' ? end_sentence(easy, text, at, at + 1, len) : FOUND_HARD;
	switch (text[at]) {
	case ' ':
		if (text[at - 1] == ':')
			return FOUND_ALL; /* asked by itself */
		if (!easy_is_stop(text[at - 1]) || !easy_is_behind_letter(easy, text, at - 1))
			return FOUND_HARD;
		return end_sentence(easy, text, at - 1, at, len);
	case '"':
	case '\xE2':
		return look_at_quote(easy, text, at, len);
	case ':':
		return look_at_colon(easy, text, at);
	default:
		return FOUND_HARD;
	}
}

/* line: where its line begins. LF is behind it: nothing is read beyond that. */
static enum found look_at(struct easy *easy, const char *text, uint32_t line, uint32_t at, uint32_t len)
{
	const bool is_space = text[at] == ' ';
	if (is_space && (at == line || text[at - 1] == ' '))
		return FOUND_PIECES;
	if (at < line + 3)
		return FOUND_HARD;
	return look_at_mark(easy, text, at, len);
}

/* ---- Parts ---- */

/* Where what stands between two spaces, of which one is at a byte or behind it, begins. */
static uint32_t start_before(const char *text, uint32_t line, uint32_t at)
{
	while (at > line && text[at - 1] != ' ')
		at--;
	return at;
}

/* The byte behind the space, or LF, from a byte on. */
static uint32_t end_behind(const char *text, uint32_t at)
{
	while (text[at] != ' ' && text[at] != '\n')
		at++;
	return at + 1;
}

/* emoticon: whether an eye that is no first character has a mouth behind it, which a bracket far before it or behind it may make none. */
static bool has_mouth(const char *text, uint32_t eye)
{
	const char mouth = text[eye + 1] == '-' ? text[eye + 2] : text[eye + 1];
	return (text[eye] == ':' || text[eye] == ';') && (mouth == '(' || mouth == ')');
}

/*
 * Whether a text may be part of a line of its own: nothing in it, but LF at the end, ends a line or is a control, and no rule looks farther
 * from it than at the words beside it.
 */
static bool is_one_line(const char *text, uint32_t from, uint32_t to)
{
	for (uint32_t at = from; at < to; at++) {
		const unsigned char c = (unsigned char)text[at];
		if ((c < ' ' && !(c == '\n' && at + 1 == to)) || (has_mouth(text, at) && at > from))
			return false;
		/* U+0085, U+2028, U+2029 */
		if ((c == 0xC2 && (unsigned char)text[at + 1] == 0x85) || easy_is_general(text + at, 0xA8) || easy_is_general(text + at, 0xA9))
			return false;
	}
	return true;
}

/* The way through a line. */
struct line {
	struct easy *easy;
	const char *text;
	uint32_t start, end; /* LF included */
	uint32_t at;         /* of its bytes those before this one are in parts */
	uint32_t hard_end;   /* of what was found to be hard */
	size_t first;        /* of its parts */
	bool has_easy;
};

static void add_share(struct line *line, uint32_t end, bool is_easy)
{
	line->easy->shares[line->easy->n_shares++] = (struct easy_share){line->at, end, is_easy};
	line->has_easy |= is_easy;
	line->at = end;
}

/* The bytes up to one are hard from another one on; an easy part is as long as it pays, or there is none. */
static void add_hard(struct line *line, uint32_t from, uint32_t end)
{
	const bool has_before = line->easy->n_shares > line->first;
	if (from >= line->at + LEAST) {
		add_share(line, from, true);
	} else if (has_before) {
		line->easy->n_shares--;
		line->at = line->easy->shares[line->easy->n_shares].start;
	}
	add_share(line, end, false);
}

/*
 * What stands between two spaces is hard at a byte, and what is beside it goes with it: a few rules look at the words before and behind
 * (rock 'n' roll), nothing that would be part of the space begins a part, and what follows a sentence end that is sure is known. False if
 * it may be no line of its own.
 */
static bool add_hard_at(struct line *line, uint32_t at)
{
	const char *const text = line->text;
	const uint32_t start = start_before(text, line->start, at), end = end_behind(text, at);
	uint32_t before = start, behind = end;
	line->hard_end = end;
	if (!is_one_line(text, start, end))
		return false;
	while (before > line->start && text[before - 1] == ' ')
		before--;
	before = start_before(text, line->start, before);
	while (behind < line->end && text[behind] == ' ')
		behind++;
	behind = behind < line->end ? end_behind(text, behind) : line->end;
	add_hard(line, before > line->at ? before : line->at, behind);
	return true;
}

/* What is left of the line is easy, or joins what is hard. */
static void end_line(struct line *line)
{
	const bool has_before = line->easy->n_shares > line->first;
	if (line->at == line->end)
		return;
	if (line->end >= line->at + LEAST)
		add_share(line, line->end, true);
	else if (has_before)
		line->easy->shares[line->easy->n_shares - 1].end = line->end;
}

/* No byte of a line is bad. */
static void set_good(struct easy *easy, uint32_t from, uint32_t to)
{
	for (size_t k = from / 64; 64 * k < to; k++)
		easy->bits[k].bad &= ~bits_between(k, from, to);
}

/* Bytes of easy parts, from one on, that count: beside each something is hard, which costs about as much as LEAST. */
static uint32_t count_from(const struct easy *easy, size_t first)
{
	uint32_t n = 0;
	for (size_t i = first; i < easy->n_shares; i++)
		n += easy->shares[i].is_easy ? easy->shares[i].end - easy->shares[i].start - LEAST : 0;
	return n;
}

/* A line with bad bytes, of which the first one is given. Returns how many of its bytes become easy. */
static uint32_t find_in_line(struct line *line, uint32_t first, uint32_t len)
{
	struct easy *const easy = line->easy;
	const size_t n_changes = easy->n_changes;
	const bool is_short = line->end - line->start < LEAST;
	bool is_sure = true, is_whole = false;
	for (uint32_t at = first; at < line->end && !is_whole; at = easy_next_of(easy->bits, easy_bad_of, at + 1, line->end)) {
		if (at < line->hard_end)
			continue;
		const enum found found = look_at(easy, line->text, line->start, at, len);
		is_sure &= found == FOUND_ALL;
		is_whole = is_short ? !is_sure : found == FOUND_HARD && !add_hard_at(line, at);
	}
	if (is_sure) {
		set_good(easy, line->start, line->end);
		return line->end - line->start;
	}
	if (!is_whole)
		end_line(line);
	if (is_whole || !line->has_easy) {
		easy->n_shares = line->first;
		easy->n_changes = n_changes;
	}
	return count_from(easy, line->first);
}

/* Whether too few bytes become easy to pay, of as many as this; eighths of them that do at least, if it pays. */
#define ENOUGH 2048
#define GOOD 6

static bool pays(const struct easy *easy, uint32_t n_seen, uint32_t n_good)
{
	return easy->again.is_always || n_seen < ENOUGH || n_good >= n_seen / 8 * GOOD;
}

int easy_find_shares(struct easy *easy, const struct lafz_allocator *mem, const char *text, uint32_t len)
{
	easy->n_shares = 0;
	if (!easy->sieve->has_more)
		return LAFZ_OK;
	if (mem_reserve(mem, &easy->shares, &easy->shares_cap, most_shares(len), sizeof *easy->shares) < 0)
		return LAFZ_ERR_MEMORY;
	uint32_t n_seen = 0, n_good = 0;
	for (uint32_t at = easy_next_of(easy->bits, easy_bad_of, 0, len); at < len && pays(easy, n_seen, n_good);) {
		const uint32_t start = easy_line_start(easy, at), end = easy_line_end(easy, at, len) + 1;
		if (end > len)
			break; /* no LF ends it */
		struct line line = {easy, text, start, end, start, start, easy->n_shares, false};
		n_good += find_in_line(&line, at, len);
		n_seen += end - start;
		at = easy_next_of(easy->bits, easy_bad_of, end, len);
	}
	return LAFZ_OK;
}

uint32_t easy_shares_len(const struct easy *easy)
{
	return count_from(easy, 0);
}
