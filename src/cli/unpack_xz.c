/* xz and bzip2, whose interfaces are both like zlib's. */
#include <limits.h>
#include <stdint.h>

#include "cli/unpack_formats.h"

/* ---- xz ---- */

/* lzma.h: lzma_stream, with room for what is reserved. */
struct lzma_stream {
	const uint8_t *next_in;
	size_t avail_in;
	uint64_t total_in;
	uint8_t *next_out;
	size_t avail_out;
	uint64_t total_out;
	const void *allocator;
	void *internal;
	void *reserved_pointers[4];
	uint64_t seek_pos, reserved_int;
	size_t reserved_sizes[2];
	int reserved_enums[2];
};

/* lzma_ret */
enum {
	LZMA_OK = 0,
	LZMA_STREAM_END = 1,
	LZMA_MEM_ERROR = 5,
	LZMA_MEMLIMIT_ERROR = 6,
	LZMA_BUF_ERROR = 10
};

enum { LZMA_RUN = 0, LZMA_FINISH = 3 }; /* lzma_action */

#define LZMA_CONCATENATED 8u
#define LZMA_MOST                                                                                  \
	((uint64_t)1 << 30) /* bytes of memory, most of it the window that a file asks for */

struct xz {
	int (*decoder)(struct lzma_stream *stream, uint64_t memory, uint32_t flags);
	int (*code)(struct lzma_stream *stream, int action);
	void (*end)(struct lzma_stream *stream);
	struct lzma_stream stream;
};

static void close_xz(void *state)
{
	struct xz *xz = state;
	if (xz->end)
		xz->end(&xz->stream);
}

static enum unpack_opened open_xz(void *state, void *library)
{
	struct xz *xz = state;
	if (!UNPACK_FIND(xz, decoder, "lzma_stream_decoder") || !UNPACK_FIND(xz, code, "lzma_code") ||
	    !UNPACK_FIND(xz, end, "lzma_end"))
		return UNPACK_NOT_THERE;
	const int rc = xz->decoder(&xz->stream, LZMA_MOST, LZMA_CONCATENATED);
	return rc == LZMA_OK ? UNPACK_OPEN : UNPACK_NOT_OPEN;
}

/* It goes from stream to stream by itself, over the zeros between them, and ends with the file. */
static enum unpack_step step_xz(void *state, struct unpack_ends *ends)
{
	struct xz *xz = state;
	struct lzma_stream *stream = &xz->stream;
	stream->next_in = (const uint8_t *)ends->in;
	stream->avail_in = ends->in_len;
	stream->next_out = (uint8_t *)ends->out;
	stream->avail_out = ends->out_len;
	const int rc = xz->code(stream, ends->is_last ? LZMA_FINISH : LZMA_RUN);
	ends->in += ends->in_len - stream->avail_in;
	ends->in_len = stream->avail_in;
	ends->out += ends->out_len - stream->avail_out;
	ends->out_len = stream->avail_out;
	if (rc == LZMA_MEM_ERROR)
		return UNPACK_NO_MEMORY;
	if (rc == LZMA_MEMLIMIT_ERROR)
		return UNPACK_TOO_LARGE;
	if (rc == LZMA_STREAM_END)
		return UNPACK_END;
	return rc == LZMA_OK || rc == LZMA_BUF_ERROR ? UNPACK_MORE : UNPACK_BROKEN;
}

const struct unpack_kind unpack_xz = {
	.none = "it is compressed by xz, which " LOAD_NAME " was built without",
	.cut = "the xz data are cut off",
	.broken = "the xz data are broken",
	.other = "what follows the xz data is not xz",
	.knows_last = true,
	.size = sizeof(struct xz),
	.open = open_xz,
	.step = step_xz,
	.close = close_xz,
};

/* ---- bzip2 ---- */

/* bzlib.h: bz_stream. */
struct bz_stream {
	const char *next_in;
	unsigned avail_in, total_in_low, total_in_high;
	char *next_out;
	unsigned avail_out, total_out_low, total_out_high;
	void *state, *alloc, *free, *opaque;
};

enum { BZ_OK = 0, BZ_STREAM_END = 4, BZ_MEM_ERROR = -3 };

struct bzip2 {
	int (*init)(struct bz_stream *stream, int verbosity, int is_small);
	int (*decompress)(struct bz_stream *stream);
	int (*end)(struct bz_stream *stream);
	struct bz_stream stream;
	bool is_inside;
};

static void close_bzip2(void *state)
{
	struct bzip2 *bzip2 = state;
	if (bzip2->is_inside)
		(void)bzip2->end(&bzip2->stream);
}

static enum unpack_opened open_bzip2(void *state, void *library)
{
	struct bzip2 *bzip2 = state;
	const bool is_there = UNPACK_FIND(bzip2, init, "BZ2_bzDecompressInit") &&
	                      UNPACK_FIND(bzip2, decompress, "BZ2_bzDecompress") &&
	                      UNPACK_FIND(bzip2, end, "BZ2_bzDecompressEnd");
	return is_there ? UNPACK_OPEN : UNPACK_NOT_THERE;
}

static unsigned at_most(size_t len)
{
	return len < UINT_MAX ? (unsigned)len : UINT_MAX;
}

/* Each stream has a decoder of its own, which says nothing of an end that it was not given. */
static enum unpack_step step_bzip2(void *state, struct unpack_ends *ends)
{
	struct bzip2 *bzip2 = state;
	struct bz_stream *stream = &bzip2->stream;
	if (!bzip2->is_inside) {
		*stream = (struct bz_stream){0};
		if (bzip2->init(stream, 0, 0) != BZ_OK)
			return UNPACK_NO_MEMORY;
		bzip2->is_inside = true;
	}
	const unsigned in_len = at_most(ends->in_len), out_len = at_most(ends->out_len);
	stream->next_in = ends->in;
	stream->avail_in = in_len;
	stream->next_out = ends->out;
	stream->avail_out = out_len;
	const int rc = bzip2->decompress(stream);
	ends->in += in_len - stream->avail_in;
	ends->in_len -= in_len - stream->avail_in;
	ends->out += out_len - stream->avail_out;
	ends->out_len -= out_len - stream->avail_out;
	if (rc == BZ_OK)
		return UNPACK_MORE;
	bzip2->is_inside = false;
	(void)bzip2->end(stream);
	if (rc == BZ_MEM_ERROR)
		return UNPACK_NO_MEMORY;
	return rc == BZ_STREAM_END ? UNPACK_END : UNPACK_BROKEN;
}

const struct unpack_kind unpack_bzip2 = {
	.none = "it is compressed by bzip2, which " LOAD_NAME " was built without",
	.cut = "the bzip2 data are cut off",
	.broken = "the bzip2 data are broken",
	.other = "what follows the bzip2 data is not bzip2",
	.size = sizeof(struct bzip2),
	.open = open_bzip2,
	.step = step_bzip2,
	.close = close_bzip2,
};
