/*
 * The window: the chunk the caller lent, plus the unfinished tail of what was lent before. Knows
 * bytes only. If the source is not in UTF-8, the chunk is a piece of it, converted. It offers regions: stretches of bytes that begin where a segment begins and that are
 * worth scanning, because they end with a line end, or are so long that a segment in them must be
 * closed, or are the rest of the document. A region lies in the caller's memory where it can; only
 * a tail is copied, at most once a byte.
 */
#ifndef LAFZ_WINDOW_WINDOW_H
#define LAFZ_WINDOW_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "window/convert.h"

/*
 * Bytes of a region beyond max_segment: room for the longest line end and a whole character after a
 * cut.
 */
#define WINDOW_SLACK 8

struct window {
	const char *chunk; /* the caller's */
	size_t chunk_len;  /* bytes of it not yet taken */
	struct buf tail;   /* owned: bytes of earlier chunks, then taken from this one */
	size_t searched;   /* bytes of the tail known to hold no border */
	uint64_t offset;   /* of the region's first byte in the document */
	uint32_t limit;    /* longest region: max_segment + WINDOW_SLACK */
	bool by_paragraph; /* regions end behind a blank line, not behind any line */
	bool is_finished;
	struct convert *convert; /* owned; NULL: what is fed is UTF-8 */
	const char *lent;        /* the caller's bytes that are not converted yet */
	size_t lent_len;
	bool is_converted; /* up to the end of the document */
};

struct window_region {
	const char *text;
	uint32_t len;
	bool is_last; /* it ends with the document */
	bool is_full; /* it ends because it is as long as a region may be */
};

void window_init(struct window *window, uint32_t max_segment, bool by_paragraph);

/*
 * Lends a chunk. The chunk before must be used up. LAFZ_OK, or LAFZ_ERR_LIMIT beyond 2^63 - 1
 * bytes.
 */
int window_feed(struct window *window, const char *bytes, size_t len);

/*
 * Bytes of a region, if it can end there: what all stages make of it should stay in the cache. That is many times its bytes where it becomes
 * columns of tokens, which whoever they are for writes elsewhere again.
 */
#define WINDOW_REGION 32768
#define WINDOW_REGION_OF_TOKENS 16384

/*
 * The next region, which ends within enough bytes if it can. LAFZ_TOKEN: *region is set. LAFZ_MORE: the chunk is used up (its rest has been
 * copied). LAFZ_OK: the document is at its end. LAFZ_ERR_MEMORY: nothing has changed.
 */
int window_region(struct window *window, const struct lafz_allocator *mem, size_t enough, struct window_region *region);

/*
 * Keeps the region last offered, which is not the last one and not full, because no segment in it
 * is closed: the next one is longer. LAFZ_OK or LAFZ_ERR_MEMORY.
 */
int window_keep(struct window *window, const struct lafz_allocator *mem,
                const struct window_region *region);

/* Takes n bytes from the front of the region last offered. */
void window_consume(struct window *window, uint32_t n);

/* The offset in the source of a place in the document, at its front or behind it. */
uint64_t window_source(const struct window *window, uint64_t offset);

void window_reset(struct window *window);
void window_free(struct window *window, const struct lafz_allocator *mem);

#endif
