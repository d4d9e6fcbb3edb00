#include "unicode/dict.h"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

static int status_of(UErrorCode error)
{
	return error == U_MEMORY_ALLOCATION_ERROR ? LAFZ_ERR_MEMORY : LAFZ_ERR_UNICODE;
}

static int add(struct dict *dict, const struct lafz_allocator *mem, uint32_t end)
{
	const int rc = mem_reserve(mem, &dict->ends, &dict->cap, dict->n + 1, sizeof *dict->ends);
	if (rc < 0)
		return rc;
	dict->ends[dict->n++] = end;
	return LAFZ_OK;
}

int dict_words(struct dict *dict, const struct lafz_allocator *mem, const char *text, uint32_t len)
{
	UErrorCode error = U_ZERO_ERROR;
	dict->n = 0;
	if (!dict->iterator) {
		dict->iterator = ubrk_open(UBRK_WORD, "en", NULL, 0, &error);
		if (U_FAILURE(error))
			return status_of(error);
	}
	UText *utext = utext_openUTF8(NULL, text, len, &error);
	if (U_FAILURE(error))
		return status_of(error);
	int rc = LAFZ_OK;
	ubrk_setUText(dict->iterator, utext, &error);
	if (U_FAILURE(error)) {
		rc = status_of(error);
		goto close;
	}
	for (int32_t end = ubrk_next(dict->iterator); end != UBRK_DONE && rc == LAFZ_OK;
	     end = ubrk_next(dict->iterator))
		rc = add(dict, mem, (uint32_t)end);
	if (rc == LAFZ_OK && (dict->n == 0 || dict->ends[dict->n - 1] != len))
		rc = add(dict, mem, len);
close:
	utext_close(utext);
	return rc;
}

void dict_free(struct dict *dict, const struct lafz_allocator *mem)
{
	if (dict->iterator)
		ubrk_close(dict->iterator);
	mem_free(mem, dict->ends);
	*dict = (struct dict){0};
}
