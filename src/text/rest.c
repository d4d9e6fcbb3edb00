#include "text/rest.h"

#include "lang.h"
#include "text/easy_shares.h"

/* Whether easy lines are so rare that looking for them does not pay, is told by as many bytes as this. */
#define ENOUGH 32768
/* Eighths of the bytes that easy lines and easy parts of others have at least, if these count. */
#define SHARED 7
/* Eighths of the bytes that lines of words alone have at least, if the languages of all are told. */
#define WIDE 4

/* Bytes of easy lines; and of easy parts of others, if these are nearly all of so many: less of that does not pay. */
static uint32_t count_easy(const struct rest *rest, uint32_t len)
{
	const struct easy *const easy = rest->easy;
	uint32_t start = 0, n = 0;
	for (size_t i = 0; i < easy->n_stretches; i++) {
		const struct easy_stretch *const stretch = &easy->stretches[i];
		n += stretch->is_easy ? stretch->end - start : 0;
		start = stretch->end;
	}
	const uint32_t n_shared = n + easy_shares_len(easy);
	return pays_enough(&rest->pays, len, n_shared, SHARED) ? n_shared : n;
}

/* ---- Looks ---- */

/* Looks with a language's sieve. 1, or 0: there are no easy lines in it; LAFZ_ERR_MEMORY. */
static int look(struct rest *rest, const struct lafz_allocator *mem, const struct rest_request *request, size_t i)
{
	struct rest_look *const own = &rest->looks[i];
	struct easy *const easy = &own->easy;
	const uint16_t lang = request->langs[i];
	easy->sieve = easy_sieve_of(&rest->sieves, mem, lang);
	if (!easy->sieve)
		return LAFZ_ERR_MEMORY;
	if (!easy->sieve->is_known)
		return 0;
	easy->filter = lists_filter(request->filters, lang);
	easy->kernel = rest->kernel;
	easy->again.is_always = easy->parts.is_always = rest->pays.is_always;
	easy->is_for_tokens = request->is_for_tokens;
	easy->has_parts = request->has_parts;
	if (easy_find(easy, mem, request->text, request->len) < 0)
		return LAFZ_ERR_MEMORY;
	own->lang = lang;
	own->at = 0;
	return 1;
}

/* Adds what another look says. LAFZ_OK or LAFZ_ERR_MEMORY. */
static int merge(struct rest *rest, const struct lafz_allocator *mem, const struct easy *other, uint32_t len)
{
	if (rest->easy != &rest->merged) {
		rest->merged.kernel = rest->kernel;
		if (easy_copy_bits(&rest->merged, mem, rest->easy, len) < 0)
			return LAFZ_ERR_MEMORY;
		rest->easy = &rest->merged;
		rest->only = LANG_UND;
	}
	easy_merge(&rest->merged, other, len);
	return LAFZ_OK;
}

/* Looks for easy lines in other languages, while these are too few. *found: bytes of easy lines. LAFZ_OK or LAFZ_ERR_MEMORY. */
static int look_on(struct rest *rest, const struct lafz_allocator *mem, const struct rest_request *request, uint32_t *found)
{
	const uint32_t least = request->len / 8 * request->eighths;
	for (size_t i = 0; i < request->n_langs && *found < least; i++) {
		if (i == request->first)
			continue;
		const int rc = look(rest, mem, request, i);
		if (rc < 0 || (rc == 1 && merge(rest, mem, &rest->looks[i].easy, request->len) < 0))
			return LAFZ_ERR_MEMORY;
		*found = count_easy(rest, request->len);
	}
	return LAFZ_OK;
}

/* The look with the language's sieve; NULL: there was none. */
static struct rest_look *look_in(struct rest *rest, uint16_t lang)
{
	for (size_t i = 0; i < REST_LOOKS; i++)
		if (rest->looks[i].lang == lang)
			return &rest->looks[i];
	return NULL;
}

int rest_is_easy_in(struct rest *rest, uint16_t lang, uint32_t start)
{
	struct rest_look *const own = look_in(rest, lang);
	if (!own)
		return -1;
	return easy_is_easy_at(&own->easy, &own->at, start);
}

int rest_take_line(struct rest *rest, uint16_t lang, uint32_t start, uint32_t end)
{
	const int is_easy = rest_is_easy_in(rest, lang, start);
	const struct easy *const own = is_easy == 1 ? &look_in(rest, lang)->easy : rest->easy;
	if (own == rest->easy)
		return is_easy;
	return easy_take_line(rest->easy, own, start, end, 0);
}

/* ---- The rest ---- */

/* Whether a part of a line ends with a byte: the space behind it, which then ends the line that it becomes. */
static inline bool is_part_end(const struct easy *easy, const char *text, uint32_t last)
{
	return text[last] == ' ' && easy->bits[last / 64].ends >> last % 64 & 1;
}

/* Appends a part of a line, as a line of its own. LAFZ_OK or LAFZ_ERR_MEMORY. */
static int append_share(struct rest *rest, const struct lafz_allocator *mem, const struct easy_share *part)
{
	if (buf_append(&rest->text, mem, rest->source + part->start, part->end - part->start) < 0)
		return LAFZ_ERR_MEMORY;
	rest->text.ptr[rest->text.len - 1] = '\n';
	return LAFZ_OK;
}

/* Appends lines, of those that have parts what is hard; they begin with a part or one behind it. */
static int append_lines(struct rest *rest, const struct lafz_allocator *mem, uint32_t start, uint32_t end, size_t *part)
{
	const struct easy *const easy = rest->easy;
	int rc = LAFZ_OK;
	for (; *part < easy->n_shares && easy->shares[*part].start < end && rc == LAFZ_OK; ++*part) {
		const struct easy_share *const next = &easy->shares[*part];
		rc = buf_append(&rest->text, mem, rest->source + start, next->start - start);
		if (rc == LAFZ_OK && !next->is_easy)
			rc = append_share(rest, mem, next);
		start = next->end;
	}
	return rc == LAFZ_OK ? buf_append(&rest->text, mem, rest->source + start, end - start) : rc;
}

/* Puts the lines that are not easy together. */
static int gather(struct rest *rest, const struct lafz_allocator *mem)
{
	const struct easy *const easy = rest->easy;
	uint32_t start = 0;
	size_t part = 0;
	rest_none(rest);
	rest->text.len = 0;
	if (mem_reserve(mem, &rest->inserts, &rest->cap, easy->n_stretches, sizeof *rest->inserts) < 0)
		return LAFZ_ERR_MEMORY;
	for (size_t i = 0; i < easy->n_stretches; i++) {
		const uint32_t end = easy->stretches[i].end;
		if (easy->stretches[i].is_easy && end > start)
			rest->inserts[rest->n_inserts++] = (struct rest_insert){(uint32_t)rest->text.len, start, end, NULL};
		else if (append_lines(rest, mem, start, end, &part) < 0)
			return LAFZ_ERR_MEMORY;
		else if (end > start && is_part_end(easy, rest->source, end - 1))
			rest->text.ptr[rest->text.len - 1] = '\n';
		start = end;
	}
	return LAFZ_OK;
}

/* Whether it is looked for easy lines. */
static bool begin(struct rest *rest, const struct rest_request *request)
{
	const bool is_whole = request->is_last || (request->len > 0 && request->text[request->len - 1] == '\n');
	rest_none(rest);
	for (size_t i = 0; i < REST_LOOKS; i++)
		rest->looks[i].lang = LANG_UND;
	/* no line is longer than the whole text */
	return rest->kernel && request->len > 0 && request->len <= request->longest && is_whole &&
	       pays_look(&rest->pays, request->len);
}

int rest_make(struct rest *rest, const struct lafz_allocator *mem, const struct rest_request *request)
{
	if (!begin(rest, request))
		return 0;
	int rc = look(rest, mem, request, request->first);
	if (rc != 1)
		return rc;
	rest->easy = &rest->looks[request->first].easy;
	rest->only = request->langs[request->first];
	uint32_t found = count_easy(rest, request->len);
	rc = look_on(rest, mem, request, &found);
	if (rc < 0)
		return rc;
	pays_note(&rest->pays, request->len, found, ENOUGH, request->eighths);
	if (!pays_enough(&rest->pays, request->len, found, request->eighths))
		return 0;
	rest->source = request->text;
	rest->source_len = request->len;
	return gather(rest, mem) < 0 ? LAFZ_ERR_MEMORY : 1;
}

int rest_make_again(struct rest *rest, const struct lafz_allocator *mem)
{
	easy_tell_again(rest->easy, rest->source_len);
	return gather(rest, mem);
}

int rest_make_wide(struct rest *rest, const struct lafz_allocator *mem, const struct rest_request *request,
                   const struct easy_words_sieve *sieve)
{
	if (!begin(rest, request))
		return 0;
	rest->easy = &rest->looks[0].easy;
	rest->easy->kernel = rest->kernel;
	if (easy_find_words(rest->easy, mem, sieve, request->text, request->len) < 0)
		return LAFZ_ERR_MEMORY;
	/* whether it pays is told when the languages are known, but it cannot if there are so few */
	const uint32_t found = count_easy(rest, request->len);
	if (!pays_enough(&rest->pays, request->len, found, WIDE)) {
		pays_note(&rest->pays, request->len, found, ENOUGH, request->eighths);
		return 0;
	}
	rest->only = LANG_UND;
	rest->source = request->text;
	rest->source_len = request->len;
	return gather(rest, mem) < 0 ? LAFZ_ERR_MEMORY : 1;
}

int rest_copy(struct rest *rest, const struct lafz_allocator *mem, struct buf *out)
{
	const struct rest_insert *const insert = &rest->inserts[rest->next++];
	struct rest_own *const own = insert->own;
	return own ? easy_copy(&own->easy, mem, own->text.ptr, insert->start, insert->end, out)
	           : easy_copy(rest->easy, mem, rest->source, insert->start, insert->end, out);
}

void rest_free(struct rest *rest, const struct lafz_allocator *mem)
{
	for (size_t i = 0; i < REST_LOOKS; i++)
		easy_free(&rest->looks[i].easy, mem);
	easy_free(&rest->merged, mem);
	easy_sieves_free(&rest->sieves, mem);
	buf_free(&rest->text, mem);
	mem_free(mem, rest->inserts);
	*rest = (struct rest){0};
}
