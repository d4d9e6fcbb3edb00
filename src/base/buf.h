/*
 * A growing buffer of bytes. A zeroed struct is an empty buffer. The owner of the struct owns the
 * bytes.
 */
#ifndef LAFZ_BASE_BUF_H
#define LAFZ_BASE_BUF_H

#include <stddef.h>
#include <string.h>

#include "base/mem.h"

struct buf {
	char *ptr;
	size_t len, cap;
};

/* Makes room for more bytes behind len. 0 or LAFZ_ERR_MEMORY. */
static inline int buf_reserve(struct buf *buf, const struct lafz_allocator *mem, size_t more)
{
	size_t need = 0;
	if (more <= buf->cap - buf->len)
		return LAFZ_OK;
	if (!size_add(buf->len, more, &need))
		return LAFZ_ERR_MEMORY;
	return mem_reserve(mem, &buf->ptr, &buf->cap, need, 1);
}

/* Appends n bytes. 0 or LAFZ_ERR_MEMORY. */
static inline int buf_append(struct buf *buf, const struct lafz_allocator *mem, const char *bytes,
                             size_t n)
{
	const int rc = buf_reserve(buf, mem, n);
	if (rc < 0)
		return rc;
	if (n > 0)
		memcpy(buf->ptr + buf->len, bytes, n);
	buf->len += n;
	return LAFZ_OK;
}

static inline void buf_free(struct buf *buf, const struct lafz_allocator *mem)
{
	mem_free(mem, buf->ptr);
	*buf = (struct buf){0};
}

#endif
