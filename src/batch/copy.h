/*
 * A changed copy of a batch's text. What does not change is not copied until something in the batch does change; then
 * the text is copied in long stretches with the changes between them, and the offsets of all tokens are right for the
 * copy. A zeroed struct is a valid start.
 */
#ifndef LAFZ_BATCH_COPY_H
#define LAFZ_BATCH_COPY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "batch/change.h"

#define COPY_LETTER 2 /* bytes of a character that takes the place of another one (copy_letters) */

struct copy {
	struct buf buf;     /* owned */
	uint32_t source_at; /* bytes of the source that stand in buf, changed or not */
	bool has_changes;
};

void copy_reset(struct copy *copy);

/* Where the source's byte at will stand in the copy, if nothing changes before it any more. */
static inline uint32_t copy_place(const struct copy *copy, uint32_t at)
{
	return (uint32_t)copy->buf.len + (at - copy->source_at);
}

/* text from start to end stands as n bytes in the copy. LAFZ_OK or LAFZ_ERR_MEMORY. */
int copy_change(struct copy *copy, const struct lafz_allocator *mem, const char *text,
                uint32_t start, uint32_t end, const char *bytes, size_t n);

/*
 * The characters of two bytes at each of n places, by text, and those before them have changed places. They come in order and
 * do not overlap. LAFZ_OK or LAFZ_ERR_MEMORY.
 */
int copy_turn(struct copy *copy, const struct lafz_allocator *mem, const char *text,
              const uint32_t *at, size_t n);

/*
 * Each of n changes puts one character of two bytes in the place of another one, so that the copy grows no longer. They come in order.
 * LAFZ_OK or LAFZ_ERR_MEMORY.
 */
int copy_letters(struct copy *copy, const struct lafz_allocator *mem, const char *text, const struct batch_change *changes, size_t n);

/* After the last change: the rest of the source, if there were changes at all. LAFZ_OK or LAFZ_ERR_MEMORY. */
int copy_finish(struct copy *copy, const struct lafz_allocator *mem, const char *text, uint32_t len);

#endif
