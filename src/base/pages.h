/*
 * Large tables that are looked at all over. On pages of the usual size most looks cost a walk through the tables of
 * pages as well; Linux puts memory on large ones where it is asked to. What is too small for these gets all its pages at once, which
 * costs less than a fault for each.
 */
#ifndef LAFZ_BASE_PAGES_H
#define LAFZ_BASE_PAGES_H

#include <stddef.h>

#include <lafz.h>

/*
 * n zeroed bytes that begin with a cache line; NULL if there are none. *block is what mem_free takes. Memory of a caller's
 * allocator is left on the pages it has.
 */
void *pages_alloc_zero(const struct lafz_allocator *mem, size_t n, void **block);

#endif
