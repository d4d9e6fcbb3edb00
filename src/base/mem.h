/*
 * All memory of the library comes from here, by the caller's allocator. Nothing else calls malloc.
 * Sizes that are sums or products go through size_add and size_mul first.
 */
#ifndef LAFZ_BASE_MEM_H
#define LAFZ_BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>

#include <lafz.h>

/* The allocator of the C library. */
extern const struct lafz_allocator mem_default;

/* Whether that is it. */
bool mem_is_default(const struct lafz_allocator *mem);

/* n bytes, not zeroed; NULL if there are none. n is at least 1. */
void *mem_alloc(const struct lafz_allocator *mem, size_t n);

/* n zeroed bytes; NULL if there are none. */
void *mem_alloc_zero(const struct lafz_allocator *mem, size_t n);

/*
 * Changes a block of old_n bytes (NULL: none) to n bytes. On failure NULL is returned and the block
 * stays.
 */
void *mem_resize(const struct lafz_allocator *mem, void *ptr, size_t old_n, size_t n);

/* Gives a block back; NULL is legal. */
void mem_free(const struct lafz_allocator *mem, void *ptr);

/* *out = a + b, a * b; false if that does not fit. */
static inline bool size_add(size_t a, size_t b, size_t *out)
{
	return !__builtin_add_overflow(a, b, out);
}

static inline bool size_mul(size_t a, size_t b, size_t *out)
{
	return !__builtin_mul_overflow(a, b, out);
}

/*
 * The capacity to grow to from cap when need entries must fit: doubles, at least 64. 0 if need is
 * more than half of what can be addressed.
 */
size_t mem_capacity(size_t cap, size_t need);

/*
 * Makes room for need entries of size bytes in the array *ptr with room for *cap. Returns 0 or
 * LAFZ_ERR_MEMORY; then nothing has changed. ptr is the address of a pointer to any type.
 */
int mem_reserve(const struct lafz_allocator *mem, void *ptr, size_t *cap, size_t need, size_t size);

#endif
