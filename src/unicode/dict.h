/*
 * Words of scripts that are written without spaces, by ICU's dictionaries. The only file that names
 * ICU's break iterators. ICU is not touched before the first such text.
 */
#ifndef LAFZ_UNICODE_DICT_H
#define LAFZ_UNICODE_DICT_H

#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

struct dict {
	void *iterator; /* owned; ICU's */
	uint32_t *ends; /* owned: the ends found last, bytes */
	size_t n, cap;
};

/*
 * Finds the words of len bytes of text: dict->ends gets their ends, n of them, the last one len.
 * Ill-formed bytes are not expected. LAFZ_OK, LAFZ_ERR_MEMORY, LAFZ_ERR_UNICODE.
 */
int dict_words(struct dict *dict, const struct lafz_allocator *mem, const char *text, uint32_t len);

void dict_free(struct dict *dict, const struct lafz_allocator *mem);

#endif
