#include "cli/reserve.h"

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/uclean.h>

#define RESERVE_CAP ((size_t)8 << 20) /* several times what a segment can need */

/* In front of each block of ICU. */
union head {
	size_t size;
	max_align_t align;
};

/* Costs nothing while it is not touched. Like stop.c's mark it has to be static: ICU's functions are. */
static union head reserve[RESERVE_CAP / sizeof(union head)];
static atomic_size_t n_used; /* heads of the reserve */
static atomic_bool is_touched;

static bool is_reserved(const union head *head)
{
	const uintptr_t at = (uintptr_t)head, begin = (uintptr_t)reserve;
	return at >= begin && at - begin < sizeof reserve;
}

/* Blocks are never given back: soon the process ends. */
static union head *take(size_t size)
{
	const size_t most = sizeof reserve / sizeof *reserve;
	const size_t n = size / sizeof *reserve + 2;
	atomic_store(&is_touched, true);
	if (n > most)
		return NULL;
	const size_t first = atomic_fetch_add(&n_used, n);
	if (first <= most - n)
		return &reserve[first];
	atomic_fetch_sub(&n_used, n);
	return NULL;
}

static void *U_CALLCONV allocate(const void *ctx, size_t size)
{
	(void)ctx;
	union head *head = size < SIZE_MAX - sizeof *head ? malloc(sizeof *head + size) : NULL;
	if (!head)
		head = take(size);
	if (!head)
		return NULL;
	head->size = size;
	return head + 1;
}

static void U_CALLCONV release(const void *ctx, void *ptr)
{
	(void)ctx;
	if (ptr && !is_reserved((union head *)ptr - 1))
		free((union head *)ptr - 1);
}

static void *U_CALLCONV resize(const void *ctx, void *ptr, size_t size)
{
	void *const block = allocate(ctx, size);
	if (!block || !ptr)
		return block;
	const size_t had = ((union head *)ptr - 1)->size;
	memcpy(block, ptr, had < size ? had : size);
	release(ctx, ptr);
	return block;
}

void reserve_install(void)
{
	UErrorCode error = U_ZERO_ERROR;
	u_setMemoryFunctions(NULL, allocate, resize, release, &error);
}

bool reserve_is_touched(void)
{
	return atomic_load(&is_touched);
}
