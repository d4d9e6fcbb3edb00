#define _DEFAULT_SOURCE 1 /* madvise */

#include "base/pages.h"

#include <stdint.h>
#include <sys/mman.h>

#include "base/mem.h"

#define LINE ((size_t)64)        /* bytes of a cache line */
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

void *pages_alloc_zero(const struct lafz_allocator *mem, size_t n, void **block)
{
	const bool is_large = n >= LARGE && mem_is_default(mem);
	const size_t align = is_large ? LARGE : LINE;
	size_t room;
	*block = size_add(n, align - 1, &room) ? mem_alloc_zero(mem, room) : NULL;
	if (!*block)
		return NULL;
	const size_t beyond = (uintptr_t)*block % align;
	void *const at = (char *)*block + (beyond ? align - beyond : 0);
	if (is_large)
		ask_for_large(at, n);
	return at;
}
