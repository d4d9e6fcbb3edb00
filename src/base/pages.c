#define _DEFAULT_SOURCE 1 /* madvise */

#include "base/pages.h"

#include <stdint.h>
#include <sys/mman.h>

#include "base/mem.h"

#define LINE ((size_t)64)        /* bytes of a cache line */
#define PAGE ((size_t)4096)      /* bytes of a page; where they have more, the advice may be refused */
#define MANY ((size_t)128 << 10) /* bytes of many pages: what the C library takes from the system as it is */
#define LARGE ((size_t)2 << 20) /* bytes of a large page; where they have others, the advice is worth less */

#ifdef MADV_HUGEPAGE
static void ask_for_large(void *at, size_t n)
{
	/* an advice: if it is not taken, nothing is lost */
	(void)madvise(at, n, MADV_HUGEPAGE);
}
#else
static void ask_for_large(void *at, size_t n)
{
	(void)at;
	(void)n;
}
#endif

/* All pages of what is touched all over soon: one call costs less than half of what a fault for each does. */
#ifdef MADV_POPULATE_WRITE
static void ask_for_all(void *at, size_t n)
{
	const uintptr_t first = ((uintptr_t)at + PAGE - 1) / PAGE * PAGE, end = ((uintptr_t)at + n) / PAGE * PAGE;
	(void)madvise((void *)first, end - first, MADV_POPULATE_WRITE);
}
#else
static void ask_for_all(void *at, size_t n)
{
	(void)at;
	(void)n;
}
#endif

void *pages_alloc_zero(const struct lafz_allocator *mem, size_t n, void **block)
{
	const bool is_default = mem_is_default(mem), is_large = n >= LARGE && is_default;
	const size_t align = is_large ? LARGE : LINE;
	size_t room;
	*block = size_add(n, align - 1, &room) ? mem_alloc_zero(mem, room) : NULL;
	if (!*block)
		return NULL;
	const size_t beyond = (uintptr_t)*block % align;
	void *const at = (char *)*block + (beyond ? align - beyond : 0);
	if (is_large)
		ask_for_large(at, n);
	else if (n >= MANY && is_default)
		ask_for_all(at, n);
	return at;
}
