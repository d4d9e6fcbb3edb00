#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void *default_allocate(void *ctx, size_t size)
{
	(void)ctx;
	return malloc(size);
}

static void *default_resize(void *ctx, void *ptr, size_t old_size, size_t size)
{
	(void)ctx;
	(void)old_size;
	return realloc(ptr, size);
}

static void default_release(void *ctx, void *ptr)
{
	(void)ctx;
	free(ptr);
}

const struct lafz_allocator mem_default = {default_allocate, default_resize, default_release, NULL};

bool mem_is_default(const struct lafz_allocator *mem)
{
	return mem->allocate == default_allocate;
}

void *mem_alloc(const struct lafz_allocator *mem, size_t n)
{
	return mem->allocate(mem->ctx, n);
}

void *mem_alloc_zero(const struct lafz_allocator *mem, size_t n)
{
	/* What comes fresh from the system is zeroed: calloc knows that, and touches no page of it. */
	if (mem_is_default(mem))
		return calloc(1, n);
	void *ptr = mem_alloc(mem, n);
	if (ptr)
		memset(ptr, 0, n);
	return ptr;
}

void *mem_resize(const struct lafz_allocator *mem, void *ptr, size_t old_n, size_t n)
{
	if (!ptr)
		return mem_alloc(mem, n);
	return mem->resize(mem->ctx, ptr, old_n, n);
}

void mem_free(const struct lafz_allocator *mem, void *ptr)
{
	if (ptr)
		mem->release(mem->ctx, ptr);
}

size_t mem_capacity(size_t cap, size_t need)
{
	if (need > SIZE_MAX / 2)
		return 0;
	size_t grown = cap < 64 ? 64 : cap;
	while (grown < need)
		grown *= 2;
	return grown;
}

int mem_reserve(const struct lafz_allocator *mem, void *ptr, size_t *cap, size_t need, size_t size)
{
	if (need <= *cap)
		return LAFZ_OK;
	const size_t grown = mem_capacity(*cap, need);
	size_t bytes = 0;
	if (grown == 0 || !size_mul(grown, size, &bytes))
		return LAFZ_ERR_MEMORY;
	void *old = NULL;
	memcpy(&old, ptr, sizeof old);
	void *block = mem_resize(mem, old, *cap * size, bytes);
	if (!block)
		return LAFZ_ERR_MEMORY;
	memcpy(ptr, &block, sizeof block);
	*cap = grown;
	return LAFZ_OK;
}
