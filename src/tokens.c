#include "tokens.h"

int tokens_grow(struct tokens *tokens, const struct lafz_allocator *mem, size_t n)
{
	/* The columns grow one by one. After a failure their sizes differ, so all are given back. */
	size_t cap = tokens->cap;
	bool has_grown = true;
#define TOKENS_GROW(type, name)                                                                    \
	cap = tokens->cap;                                                                         \
	has_grown = has_grown &&                                                                   \
	            mem_reserve(mem, &tokens->name, &cap, n, sizeof *tokens->name) == LAFZ_OK;
	TOKENS_COLUMNS(TOKENS_GROW)
#undef TOKENS_GROW
	if (!has_grown) {
		tokens_free(tokens, mem);
		return LAFZ_ERR_MEMORY;
	}
	tokens->cap = cap;
	return LAFZ_OK;
}

void tokens_free(struct tokens *tokens, const struct lafz_allocator *mem)
{
#define TOKENS_RELEASE(type, name) mem_free(mem, tokens->name);
	TOKENS_COLUMNS(TOKENS_RELEASE)
#undef TOKENS_RELEASE
	*tokens = (struct tokens){0};
}
