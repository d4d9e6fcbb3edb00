#include "tokens.h"

#include <assert.h>
#include <string.h>

#define PAGE ((size_t)4096)
#define STEP ((size_t)256)

static_assert(TOKENS_N_COLUMNS * STEP <= PAGE, "no two columns begin at one place of a page");

/* A column to be. */
struct room {
	void *at, *block; /* block is what mem_free takes */
};

/*
 * Memory for column k. Nearly all loops go along many columns at once, and those that the allocator gives, all of one size, lie at
 * nearly the same place of a page each: the lines of one token would compete for the few places of one set of the first cache,
 * and a load would wait for the store to another column whose address ends alike. So each column has its place of a page. Where
 * all fit into one page it does not matter.
 */
static bool get_room(struct room *room, const struct lafz_allocator *mem, size_t k, size_t n,
                     size_t size)
{
	size_t bytes = 0;
	if (!size_mul(n, size, &bytes))
		return false;
	const bool is_small = bytes < PAGE;
	if (!size_add(bytes, is_small ? 0 : PAGE - 1, &bytes))
		return false;
	room->block = mem_alloc(mem, bytes);
	if (!room->block)
		return false;
	const size_t beyond = ((uintptr_t)room->block - k * STEP) % PAGE;
	room->at = is_small || beyond == 0 ? room->block : (char *)room->block + (PAGE - beyond);
	return true;
}

int tokens_grow(struct tokens *tokens, const struct lafz_allocator *mem, size_t n)
{
	const size_t cap = mem_capacity(tokens->cap, n);
	/* The columns grow one by one. After a failure their sizes differ, so all are given back. */
	bool has_grown = cap > 0;
	size_t k = 0;
	struct room room = {0};
#define TOKENS_GROW(type, name)                                                                    \
	has_grown = has_grown && get_room(&room, mem, k, cap, sizeof(type));                       \
	if (has_grown) {                                                                           \
		if (tokens->cap > 0)                                                               \
			memcpy(room.at, tokens->name, tokens->cap * sizeof(type));                 \
		mem_free(mem, tokens->blocks[k]);                                                  \
		tokens->blocks[k] = room.block;                                                    \
		tokens->name = room.at;                                                            \
	}                                                                                          \
	k++;
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
	for (size_t k = 0; k < TOKENS_N_COLUMNS; k++)
		mem_free(mem, tokens->blocks[k]);
	*tokens = (struct tokens){0};
}
