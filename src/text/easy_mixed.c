#include "text/easy_mixed.h"

#include "state.h"
#include "word/lists.h"

const struct easy_words_sieve *easy_mixed_sieve(struct easy_mixed *mixed)
{
	if (!mixed->words.is_made)
		easy_words_sieve_make(&mixed->words);
	return &mixed->words;
}

/* ---- Lines by their language ---- */

/* Where lines of a language are put together; *out is NULL if it has no easy ones. LAFZ_OK or LAFZ_ERR_MEMORY. */
static int own_of(struct lafz_stream *stream, uint16_t lang, struct rest_own **out)
{
	const struct lafz_allocator *const mem = mem_of(stream);
	struct rest *const rest = &stream->text.rest;
	struct rest_own **const own = &stream->text.easy_mixed.of[lang];
	*out = NULL;
	if (lang == LANG_UND)
		return LAFZ_OK;
	const struct easy_sieve *const sieve = easy_sieve_of(&rest->sieves, mem, lang);
	if (!sieve)
		return LAFZ_ERR_MEMORY;
	if (!sieve->is_known)
		return LAFZ_OK;
	if (!*own) {
		*own = mem_alloc(mem, sizeof **own);
		if (!*own)
			return LAFZ_ERR_MEMORY;
		**own = (struct rest_own){
			.easy = {
				.kernel = rest->kernel,
				.sieve = sieve,
				.filter = lists_filter(&stream->word.filters, lang),
				.again = {.is_always = rest->pays.is_always},
			}};
	}
	*out = *own;
	return LAFZ_OK;
}

/* Whether a line is one between two LF: one that is not easy may be what CR or U+2029 parts of such a one. */
static inline bool is_whole(const struct byte_lines *lines, const char *text, size_t line)
{
	const uint32_t start = lines->starts[line];
	return lines->kinds[line] & RUN_BYTES_EASY ||
	       ((start == 0 || text[start - 1] == '\n') && text[lines->starts[line + 1] - 1] == '\n');
}

/* The language by which a line is looked at again, if all of it is in one, sure or not. */
static inline uint16_t lang_of(const struct lafz_stream *stream, size_t line)
{
	const struct run_line *const runs = &stream->text.kept.lines[line];
	const bool is_one = runs->n_runs == 1 && is_whole(&stream->text.easy_guess.lines, stream->text.rest.source, line);
	return is_one ? runs->lang : (uint16_t)LANG_UND;
}

/* The lines from one to another are a row, put to those of their language. */
static int add_row(struct lafz_stream *stream, uint16_t lang, size_t line, size_t end)
{
	const uint32_t *const starts = stream->text.easy_guess.lines.starts;
	struct easy_mixed *const mixed = &stream->text.easy_mixed;
	struct mixed_row *const row = &mixed->rows[mixed->n_rows++];
	*row = (struct mixed_row){.line = line, .end = end};
	if (own_of(stream, lang, &row->own) < 0)
		return LAFZ_ERR_MEMORY;
	if (!row->own)
		return LAFZ_OK;
	row->start = (uint32_t)row->own->text.len;
	return buf_append(&row->own->text, mem_of(stream), stream->text.rest.source + starts[line], starts[end] - starts[line]);
}

static int put_together(struct lafz_stream *stream)
{
	const size_t n = stream->text.easy_guess.lines.n;
	struct easy_mixed *const mixed = &stream->text.easy_mixed;
	int rc = mem_reserve(mem_of(stream), &mixed->rows, &mixed->rows_cap, n, sizeof *mixed->rows);
	mixed->n_rows = 0;
	for (size_t lang = 0; lang < LANG_COUNT; lang++)
		if (mixed->of[lang])
			mixed->of[lang]->text.len = 0;
	for (size_t line = 0, end; line < n && rc == LAFZ_OK; line = end) {
		const uint16_t lang = lang_of(stream, line);
		for (end = line + 1; end < n && lang_of(stream, end) == lang;)
			end++;
		rc = add_row(stream, lang, line, end);
	}
	return rc;
}

static int look(struct easy_mixed *mixed, const struct lafz_allocator *mem)
{
	for (size_t lang = 0; lang < LANG_COUNT; lang++) {
		struct rest_own *const own = mixed->of[lang];
		if (!own || own->text.len == 0)
			continue;
		own->at = 0;
		if (easy_find(&own->easy, mem, own->text.ptr, (uint32_t)own->text.len) < 0)
			return LAFZ_ERR_MEMORY;
	}
	return LAFZ_OK;
}

/* ---- The rest ---- */

/* Of the lines that are kept: how many of them stay, and of those whose pieces are kept how many were seen and stay. */
struct staying {
	size_t n, guessed, n_guessed;
};

/* A line goes to the rest. */
static void keep_line(struct text_kept *kept, struct staying *staying, size_t line)
{
	while (staying->guessed < kept->n_guessed && kept->guessed[staying->guessed].line < line)
		staying->guessed++;
	if (staying->guessed < kept->n_guessed && kept->guessed[staying->guessed].line == line) {
		kept->guessed[staying->n_guessed] = kept->guessed[staying->guessed];
		kept->guessed[staying->n_guessed++].line = staying->n;
	}
	kept->lines[staying->n++] = kept->lines[line];
}

/* The lines from one to another go to the rest. */
static int add_rest(struct lafz_stream *stream, struct staying *staying, size_t line, size_t end)
{
	struct rest *const rest = &stream->text.rest;
	const uint32_t *const starts = stream->text.easy_guess.lines.starts;
	const int rc = buf_append(&rest->text, mem_of(stream), rest->source + starts[line], starts[end] - starts[line]);
	for (; line < end; line++)
		keep_line(&stream->text.kept, staying, line);
	return rc;
}

/* Whether a line of a row is easy. If its language is not sure, norm folds no letter. For ascending lines. */
static bool stays(const struct lafz_stream *stream, const struct mixed_row *row, size_t line)
{
	const uint32_t *const starts = stream->text.easy_guess.lines.starts;
	const uint32_t ahead = starts[row->line] - row->start, start = starts[line] - ahead, end = starts[line + 1] - ahead;
	if (!easy_is_easy_at(&row->own->easy, &row->own->at, start))
		return false;
	return stream->text.kept.lines[line].confidence >= stream->options.fold_confidence ||
	       easy_keeps_letters(&row->own->easy, start, end);
}

/* Blank lines end a paragraph. One that the text ends with may go on. */
static inline bool is_blank(const struct lafz_stream *stream, size_t line)
{
	const struct byte_lines *const lines = &stream->text.easy_guess.lines;
	return run_bytes_is_blank(lines->kinds[line]) && stream->text.rest.source[lines->starts[line + 1] - 1] == '\n';
}

static inline void insert(struct rest *rest, uint32_t start, uint32_t end, struct rest_own *own)
{
	rest->inserts[rest->n_inserts++] = (struct rest_insert){(uint32_t)rest->text.len, start, end, own};
}

/* Parts a row in no language into blank lines and those that go to the rest. */
static int part_none(struct lafz_stream *stream, struct staying *staying, const struct mixed_row *row)
{
	int rc = LAFZ_OK;
	for (size_t line = row->line; line < row->end && rc == LAFZ_OK; line++) {
		if (is_blank(stream, line))
			insert(&stream->text.rest, 0, 0, NULL);
		else
			rc = add_rest(stream, staying, line, line + 1);
	}
	return rc;
}

/* Parts a row into easy lines and those that go to the rest. */
static int part_row(struct lafz_stream *stream, struct staying *staying, const struct mixed_row *row)
{
	struct rest *const rest = &stream->text.rest;
	const uint32_t *const starts = stream->text.easy_guess.lines.starts;
	if (!row->own)
		return part_none(stream, staying, row);
	const uint32_t ahead = starts[row->line] - row->start;
	int rc = LAFZ_OK;
	for (size_t line = row->line, next; line < row->end && rc == LAFZ_OK; line = next) {
		const bool own = stays(stream, row, line);
		next = line + 1;
		while (next < row->end && stays(stream, row, next) == own)
			next++;
		if (own)
			insert(rest, starts[line] - ahead, starts[next] - ahead, row->own);
		else
			rc = add_rest(stream, staying, line, next);
	}
	return rc;
}

/* Whether looking for easy lines pays is told by as many bytes as this, and by the eighths of the bytes that they have. */
#define ENOUGH 32768
#define EASY 6

int easy_mixed_take(struct lafz_stream *stream)
{
	const struct lafz_allocator *const mem = mem_of(stream);
	struct rest *const rest = &stream->text.rest;
	struct easy_mixed *const mixed = &stream->text.easy_mixed;
	struct staying staying = {0};
	if (put_together(stream) < 0 || look(mixed, mem) < 0 ||
	    mem_reserve(mem, &rest->inserts, &rest->cap, stream->text.easy_guess.lines.n, sizeof *rest->inserts) < 0)
		return LAFZ_ERR_MEMORY;
	rest_none(rest);
	rest->text.len = 0;
	for (size_t i = 0; i < mixed->n_rows; i++)
		if (part_row(stream, &staying, &mixed->rows[i]) < 0)
			return LAFZ_ERR_MEMORY;
	stream->text.kept.n_guessed = staying.n_guessed;
	pays_note(&rest->pays, rest->source_len, rest->source_len - (uint32_t)rest->text.len, ENOUGH, EASY);
	return LAFZ_OK;
}

void easy_mixed_free(struct easy_mixed *mixed, const struct lafz_allocator *mem)
{
	for (size_t lang = 0; lang < LANG_COUNT; lang++) {
		struct rest_own *const own = mixed->of[lang];
		if (!own)
			continue;
		buf_free(&own->text, mem);
		easy_free(&own->easy, mem);
		mem_free(mem, own);
	}
	mem_free(mem, mixed->rows);
	*mixed = (struct easy_mixed){0};
}
