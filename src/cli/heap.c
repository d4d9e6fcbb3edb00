#include "cli/heap.h"

#include <stdlib.h>

#if defined(__GLIBC__)
#include <malloc.h>

#define LARGE (256 * 1024)
#define STEP (4 * 1024 * 1024)

void heap_give_back(void)
{
	(void)mallopt(M_MMAP_THRESHOLD, LARGE);
	(void)mallopt(M_TOP_PAD, STEP);
}
#else
/* musl does so anyway. */
void heap_give_back(void)
{
}
#endif
