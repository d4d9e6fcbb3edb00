#include "tokens.h"

int tokens_reserve(struct tokens *tokens, const struct lafz_allocator *mem, size_t n)
{
	if (n <= tokens->cap)
		return LAFZ_OK;
	/*
	 * The columns grow one by one; cap follows when all have, so a failure between leaves a
	 * true lower bound.
	 */
	size_t cap = tokens->cap;
#define TOKENS_GROW(type, name)                                                                    \
	cap = tokens->cap;                                                                         \
	if (mem_reserve(mem, &tokens->name, &cap, n, sizeof *tokens->name) < 0)                    \
		return LAFZ_ERR_MEMORY;
	TOKENS_COLUMNS(TOKENS_GROW)
#undef TOKENS_GROW
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
