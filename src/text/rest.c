#include "text/rest.h"

#include "norm/fold.h"

/* Whether easy lines are so rare that looking for them does not pay, is told by as many bytes as this. */
#define ENOUGH 32768
/* Eighths of the bytes that easy lines have at least, if it pays: with one language, and where languages are guessed. */
#define EASY 1
#define EASY_GUESSED 5

/* Bytes of easy lines. */
static uint32_t count_easy(const struct easy *easy)
{
	uint32_t start = 0, n = 0;
	for (size_t i = 0; i < easy->n_stretches; i++) {
		const struct easy_stretch *const stretch = &easy->stretches[i];
		n += stretch->is_easy ? stretch->end - start : 0;
		start = stretch->end;
	}
	return n;
}

/* ---- Looks ---- */

/* Looks with a language's sieve. 1, or 0: there are no easy lines in it; LAFZ_ERR_MEMORY. */
static int look(struct rest *rest, const struct lafz_allocator *mem, const struct rest_request *request, size_t i)
{
	struct rest_look *const own = &rest->looks[i];
	const uint16_t lang = request->langs[i];
	if (!own->is_made || own->lang != lang) {
		easy_sieve_make(&own->easy.sieve, lang, fold_table(lang));
		own->lang = lang;
		own->is_made = true;
	}
	own->easy.filter = lists_filter(request->filters, lang);
	own->easy.kernel = rest->kernel;
	if (!own->easy.sieve.is_known)
		return 0;
	if (easy_find(&own->easy, mem, request->text, request->len) < 0)
		return LAFZ_ERR_MEMORY;
	own->is_used = true;
	own->at = own->start = 0;
	return 1;
}

/* Begins what looks say together with what the first one says. */
static int begin_merged(struct rest *rest, const struct lafz_allocator *mem, const struct easy *first, uint32_t len)
{
	rest->merged.kernel = rest->kernel;
	if (easy_copy_bits(&rest->merged, mem, first, len) < 0)
		return LAFZ_ERR_MEMORY;
	rest->easy = &rest->merged;
	return LAFZ_OK;
}

/* Looks for easy lines in other languages, while these are too few. */
static int look_on(struct rest *rest, const struct lafz_allocator *mem, const struct rest_request *request, uint32_t least)
{
	for (size_t i = 0; i < request->n_langs && count_easy(rest->easy) < least; i++) {
		if (i == request->first)
			continue;
		const int rc = look(rest, mem, request, i);
		if (rc < 0 ||
		    (rc == 1 && rest->n_used++ == 1 &&
		     begin_merged(rest, mem, &rest->looks[request->first].easy, request->len) < 0))
			return LAFZ_ERR_MEMORY;
		if (rc == 1)
			easy_merge(&rest->merged, &rest->looks[i].easy, request->len);
	}
	return LAFZ_OK;
}

int rest_is_easy_in(struct rest *rest, uint16_t lang, uint32_t start)
{
	for (size_t i = 0; i < REST_LOOKS; i++) {
		struct rest_look *const own = &rest->looks[i];
		if (!own->is_used || own->lang != lang)
			continue;
		while (own->easy.stretches[own->at].end <= start)
			own->at++;
		return own->easy.stretches[own->at].is_easy;
	}
	return -1;
}

/* ---- The rest ---- */

/* Puts the lines that are not easy together. */
static int gather(struct rest *rest, const struct lafz_allocator *mem)
{
	const struct easy *const easy = rest->easy;
	const char *const text = rest->source;
	uint32_t start = 0;
	rest_none(rest);
	rest->text.len = 0;
	if (mem_reserve(mem, &rest->inserts, &rest->cap, easy->n_stretches, sizeof *rest->inserts) < 0)
		return LAFZ_ERR_MEMORY;
	for (size_t i = 0; i < easy->n_stretches; i++) {
		const uint32_t end = easy->stretches[i].end;
		if (easy->stretches[i].is_easy && end > start)
			rest->inserts[rest->n_inserts++] = (struct rest_insert){(uint32_t)rest->text.len, start, end};
		else if (buf_append(&rest->text, mem, text + start, end - start) < 0)
			return LAFZ_ERR_MEMORY;
		start = end;
	}
	return LAFZ_OK;
}

int rest_make(struct rest *rest, const struct lafz_allocator *mem, const struct rest_request *request)
{
	const bool is_whole = request->is_last || (request->len > 0 && request->text[request->len - 1] == '\n');
	rest_none(rest);
	/* no line is longer than the whole text */
	if (!rest->kernel || request->len == 0 || request->len > request->longest || !is_whole)
		return 0;
	if (!pays_look(&rest->pays, request->len))
		return 0;
	for (size_t i = 0; i < REST_LOOKS; i++)
		rest->looks[i].is_used = false;
	int rc = look(rest, mem, request, request->first);
	if (rc != 1)
		return rc;
	const uint32_t eighths = request->is_guessed ? EASY_GUESSED : EASY, least = request->len / 8 * eighths;
	rest->easy = &rest->looks[request->first].easy;
	rest->n_used = 1;
	rest->only = request->langs[request->first];
	rc = look_on(rest, mem, request, least);
	if (rc < 0)
		return rc;
	const uint32_t found = count_easy(rest->easy);
	pays_note(&rest->pays, request->len, found, ENOUGH, eighths);
	if (found < least)
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

void rest_free(struct rest *rest, const struct lafz_allocator *mem)
{
	for (size_t i = 0; i < REST_LOOKS; i++)
		easy_free(&rest->looks[i].easy, mem);
	easy_free(&rest->merged, mem);
	buf_free(&rest->text, mem);
	mem_free(mem, rest->inserts);
	*rest = (struct rest){0};
}
