#include "text/easy_guess.h"

#include <string.h>

#include "base/bits.h"
#include "lang.h"
#include "state.h"
#include "text/easy_at.h"
#include "unicode/invisible.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"
#include "word/lists.h"

/* ---- What language they may be in ---- */

#define SAMPLE 64 /* bytes of a region that tell the script of what is looked for first */

size_t easy_guess_first(const struct easy_guess *guess, const char *text, uint32_t len)
{
	size_t n_latin = 0, n_arabic = 0;
	for (uint32_t i = 0; i < len && i < SAMPLE; i++) {
		const unsigned char c = (unsigned char)text[i];
		n_latin += (c | 0x20u) - 'a' < 26;
		n_arabic += 2u * easy_is_arabic(text[i]);
	}
	const uint8_t script = n_arabic > n_latin ? UCD_SCRIPT_ARAB : UCD_SCRIPT_LATN;
	size_t i = 0;
	while (i < guess->n_langs && lang_script(guess->langs[i]) != script)
		i++;
	return i < guess->n_langs ? i : 0;
}

#define FEW 16 /* a language that fewer than one line in so many is in is not looked for */
#define LINES_LEAST 64 /* lines that tell whether many are */
#define MANY_OTHERS 8 /* if one line in so many is in another language than most, many are */

void easy_guess_note(struct easy_guess *guess, const struct run_line *lines, size_t n, size_t n_all)
{
	uint32_t counts[LANG_COUNT] = {0};
	for (size_t i = 0; i < n; i++)
		if (lines[i].n_runs == 1)
			counts[lines[i].lang]++;
	counts[LANG_UND] = 0;
	size_t n_told = 0, n_most = 0;
	for (size_t lang = 0; lang < LANG_COUNT; lang++) {
		n_told += counts[lang];
		n_most = counts[lang] > n_most ? counts[lang] : n_most;
	}
	if (n_all >= LINES_LEAST)
		guess->is_mixed = n_told - n_most > n / MANY_OTHERS;
	guess->n_langs = 0;
	while (guess->n_langs < REST_LOOKS) {
		size_t most = 0;
		for (size_t lang = 0; lang < LANG_COUNT; lang++)
			most = counts[lang] > counts[most] ? lang : most;
		if (counts[most] <= n / FEW)
			break;
		guess->langs[guess->n_langs++] = (uint16_t)most;
		counts[most] = 0;
	}
}

/* ---- The region ---- */

int easy_guess_begin(struct lafz_stream *stream, const struct run_atoms *atoms)
{
	const struct lafz_allocator *const mem = mem_of(stream);
	const struct rest *const rest = &stream->text.rest;
	struct easy_guess *const guess = &stream->text.easy_guess;
	struct byte_lines *const lines = &guess->lines;
	if (byte_lines_make(lines, mem, rest, &stream->segments, atoms) < 0 ||
	    mem_reserve(mem, &guess->runs, &guess->runs_cap, lines->n + 1, sizeof *guess->runs) < 0)
		return LAFZ_ERR_MEMORY;
	guess->bytes = (struct run_bytes){
		.text = rest->source,
		.len = rest->source_len,
		.offset = stream->window.offset,
		.begins = lines->words.begins,
		.ends = lines->words.ends,
		.tokens = lines->tokens,
		.breaks = lines->breaks,
		.stops = lines->stops,
		.starts = lines->starts,
		.kinds = lines->kinds,
		.are_bare = guess->by_language,
	};
	guess->n_rest = guess->n_strays = 0;
	return LAFZ_OK;
}

/* ---- Lines that go to the rest ---- */

/* Whether the line from one byte to another is easy by what a language says, as it is copied then. 1 or 0, or LAFZ_ERR_MEMORY. */
static int take_line(struct lafz_stream *stream, uint16_t lang, uint32_t start, uint32_t end)
{
	const struct lafz_allocator *const mem = mem_of(stream);
	struct rest *const rest = &stream->text.rest;
	struct easy *const probe = &stream->text.easy_guess.probe;
	probe->sieve = easy_sieve_of(&rest->sieves, mem, lang);
	if (!probe->sieve)
		return LAFZ_ERR_MEMORY;
	if (!probe->sieve->is_known)
		return 0;
	probe->kernel = rest->kernel;
	probe->filter = lists_filter(&stream->word.filters, lang);
	if (easy_find(probe, mem, stream->text.easy_guess.bytes.text + start, end - start) < 0)
		return LAFZ_ERR_MEMORY;
	return probe->n_stretches == 1 && probe->stretches[0].is_easy && easy_take_line(rest->easy, probe, start, end, start);
}

/*
 * A line that was settled is left where it is, or goes to the rest. 1: it does; 0 or LAFZ_ERR_MEMORY. If its language is not sure, norm
 * folds no letter of it.
 */
static int is_stray(struct lafz_stream *stream, size_t line)
{
	const struct easy_guess *const guess = &stream->text.easy_guess;
	const struct run_line *const runs = &guess->runs[line];
	const uint32_t start = guess->lines.starts[line], end = guess->lines.starts[line + 1];
	if (runs->n_runs != 1 || runs->lang == LANG_UND)
		return 1;
	int is_easy = rest_take_line(&stream->text.rest, runs->lang, start, end);
	if (is_easy < 0)
		is_easy = take_line(stream, runs->lang, start, end);
	if (is_easy < 0)
		return is_easy;
	const bool is_sure = runs->confidence >= stream->options.fold_confidence;
	return !is_easy || !(is_sure || easy_keeps_letters(stream->text.rest.easy, start, end));
}

/* A line goes to the rest. Returns its number among the kept ones. */
static size_t add_stray(struct lafz_stream *stream, size_t line)
{
	struct easy_guess *const guess = &stream->text.easy_guess;
	const uint32_t last = guess->lines.starts[line + 1] - 1;
	stream->text.rest.easy->bits[last / 64].bad |= (uint64_t)1 << last % 64;
	return guess->n_rest + guess->n_strays++;
}

/* Keeps what is said of lines that were settled, where all of them are kept. */
static int keep_lines(struct lafz_stream *stream, size_t line, size_t end)
{
	struct easy_guess *const guess = &stream->text.easy_guess;
	for (; line < end; line++) {
		stream->text.kept.lines[line] = guess->runs[line];
		guess->n_rest += !(guess->lines.kinds[line] & RUN_BYTES_EASY);
	}
	return LAFZ_OK;
}

/* Looks for those among lines that were settled, and keeps what is said of the rest. */
static int see_lines(struct lafz_stream *stream, size_t line, size_t end)
{
	struct easy_guess *const guess = &stream->text.easy_guess;
	struct run_line *const kept = stream->text.kept.lines;
	const uint16_t lang = stream->text.rest.only;
	const float least = stream->options.fold_confidence;
	for (; line < end; line++) {
		const struct run_line *const runs = &guess->runs[line];
		if (!(guess->lines.kinds[line] & RUN_BYTES_EASY)) {
			kept[guess->n_rest + guess->n_strays] = *runs;
			guess->n_rest++;
			continue;
		}
		if (runs->lang == lang && lang != LANG_UND && runs->confidence >= least)
			continue;
		const int rc = is_stray(stream, line);
		if (rc < 0)
			return rc;
		if (rc == 1)
			kept[add_stray(stream, line)] = *runs;
	}
	return LAFZ_OK;
}

/* ---- Lines that are not settled ---- */

static void add_piece(struct pieces *pieces, uint32_t start, uint32_t end, uint8_t kind, uint8_t script)
{
	const size_t i = pieces->n++;
	pieces->start[i] = start;
	pieces->end[i] = end;
	pieces->kind[i] = kind;
	pieces->script[i] = script;
}

/* What is behind the mark or number at a byte: one character, or a row of full stops or digits. */
static uint32_t other_end(const char *text, uint32_t at, uint32_t end)
{
	const uint32_t n = easy_digit_at(text + at);
	uint32_t next = at + utf8_decode(text + at, end - at).len;
	while (next < end && (n > 0 ? easy_digit_at(text + next) == n : text[at] == '.' && text[next] == '.'))
		next += n > 0 ? n : 1;
	return next;
}

/* The pieces of a line: words, numbers and marks. */
static void make_pieces(const struct run_bytes *bytes, uint8_t script, uint32_t start, uint32_t end, struct pieces *pieces)
{
	for (uint32_t at = start, next; at < end; at = next) {
		const uint32_t space = easy_space_at(bytes->text + at);
		next = at + (space > 0 ? space : 1);
		if (bits_has(bytes->begins, at)) {
			while (!bits_has(bytes->ends, next))
				next++;
			add_piece(pieces, at, next, LAFZ_KIND_WORD, script);
		} else if (invisible_begins(bytes->text + at)) {
			next = at + INVISIBLE_LEN;
		} else if (space == 0 && (unsigned char)bytes->text[at] > ' ') {
			const bool is_number = easy_digit_at(bytes->text + at) > 0;
			next = other_end(bytes->text, at, end);
			add_piece(pieces, at, next, is_number ? LAFZ_KIND_NUMBER : LAFZ_KIND_PUNCT, UCD_SCRIPT_ZYYY);
		}
	}
}

/* An easy line is told by its pieces. */
static int guess_line(struct lafz_stream *stream, size_t line, const struct pieces *pieces)
{
	const struct lafz_allocator *const mem = mem_of(stream);
	struct easy_guess *const guess = &stream->text.easy_guess;
	const struct run_bytes *const bytes = &guess->bytes;
	const struct segment own = {
		.text = bytes->text,
		.start = bytes->starts[line],
		.end = bytes->starts[line + 1],
		.readable = bytes->len,
		.doc_start = bytes->offset + bytes->starts[line],
		.is_line_start = true,
		.is_line_end = true,
	};
	struct pieces made = pieces_part(pieces, pieces->n, pieces->n);
	make_pieces(bytes, bytes->kinds[line] == RUN_BYTES_EASY_ARAB ? UCD_SCRIPT_ARAB : UCD_SCRIPT_LATN, own.start, own.end, &made);
	const int n_runs = run_guess(&stream->run, mem, &own, &made);
	if (n_runs < 0)
		return n_runs;
	guess->runs[line] = (struct run_line){(uint32_t)n_runs, made.confidence[0], made.lang[0]};
	if (guess->by_language)
		return text_kept_add(&stream->text.kept, mem, line, (uint32_t)n_runs, &made, own.start);
	const int rc = is_stray(stream, line);
	return rc == 1 ? text_kept_add(&stream->text.kept, mem, add_stray(stream, line), (uint32_t)n_runs, &made,
	                               own.start)
	               : rc;
}

/* ---- The lines ---- */

int easy_guess_lines(struct lafz_stream *stream, const struct pieces *pieces, size_t *line)
{
	struct easy_guess *const guess = &stream->text.easy_guess;
	for (;;) {
		const size_t first = *line;
		const int asks = run_bytes(&stream->run, mem_of(stream), &guess->bytes, guess->lines.n, guess->runs, line);
		int rc = asks < 0 ? asks : (guess->by_language ? keep_lines : see_lines)(stream, first, *line);
		if (rc < 0 || asks == LAFZ_OK)
			return rc;
		if (!(guess->lines.kinds[*line] & RUN_BYTES_EASY)) {
			/* what it is in is kept elsewhere */
			guess->runs[*line] = (struct run_line){0};
			guess->number = guess->by_language ? *line : guess->n_rest + guess->n_strays;
			return RUN_ASKS;
		}
		rc = guess_line(stream, (*line)++, pieces);
		if (rc < 0)
			return rc;
	}
}

#define MANY 4 /* if one line of so many goes to the rest, most may be in another language */

void easy_guess_end(struct easy_guess *guess)
{
	if (guess->by_language || guess->n_strays > guess->lines.n / MANY)
		easy_guess_note(guess, guess->runs, guess->lines.n, guess->lines.n);
}

void easy_guess_free(struct easy_guess *guess, const struct lafz_allocator *mem)
{
	byte_lines_free(&guess->lines, mem);
	mem_free(mem, guess->runs);
	easy_free(&guess->probe, mem);
	*guess = (struct easy_guess){0};
}
