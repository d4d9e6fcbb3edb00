#include "text/rest.h"

/* Whether easy lines are so rare that looking for them does not pay, is told by as many bytes as this. */
#define ENOUGH 32768
#define FEW 8 /* one byte in so many */

static void set_language(struct rest *rest, const struct rest_request *request)
{
	rest->easy.filter = request->filter;
	if (rest->is_made && rest->lang == request->lang)
		return;
	easy_sieve_make(&rest->easy.sieve, request->lang, request->table);
	rest->lang = request->lang;
	rest->is_made = true;
}

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

/* Puts the lines that are not easy together. */
static int gather(struct rest *rest, const struct lafz_allocator *mem, const char *text)
{
	const struct easy *const easy = &rest->easy;
	uint32_t start = 0;
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
	rest->source = text;
	return 1;
}

int rest_make(struct rest *rest, const struct lafz_allocator *mem, const struct rest_request *request)
{
	const bool is_whole = request->is_last || (request->len > 0 && request->text[request->len - 1] == '\n');
	rest_none(rest);
	/* no line is longer than the whole text */
	if (!rest->easy.kernel || request->len == 0 || request->len > request->longest || !is_whole)
		return 0;
	if (!pays_look(&rest->pays, request->len))
		return 0;
	set_language(rest, request);
	if (!rest->easy.sieve.is_known)
		return 0;
	if (easy_find(&rest->easy, mem, request->text, request->len) < 0)
		return LAFZ_ERR_MEMORY;
	const uint32_t found = count_easy(&rest->easy);
	pays_note(&rest->pays, request->len, found, ENOUGH, 8 / FEW);
	if (found < request->len / FEW)
		return 0;
	rest->taken = found;
	return gather(rest, mem, request->text);
}

void rest_free(struct rest *rest, const struct lafz_allocator *mem)
{
	easy_free(&rest->easy, mem);
	buf_free(&rest->text, mem);
	mem_free(mem, rest->inserts);
	*rest = (struct rest){0};
}
