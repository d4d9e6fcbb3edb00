#include "cli/heap.h"

#include <stdlib.h>

#if defined(__GLIBC__)
#include <malloc.h>

#define LARGE (256 * 1024)

void heap_give_back(void)
{
	(void)mallopt(M_MMAP_THRESHOLD, LARGE);
	(void)mallopt(M_ARENA_MAX, 1);
}
#else
/* musl does so anyway. */
void heap_give_back(void)
{
}
#endif
