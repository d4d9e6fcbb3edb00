/* zstd, and lz4 in frames, whose interfaces are of one kind. */
#include "cli/unpack_formats.h"

/* ---- zstd ---- */

/* zstd.h: ZSTD_inBuffer and ZSTD_outBuffer. */
struct zstd_in {
	const void *src;
	size_t size, pos;
};

struct zstd_out {
	void *dst;
	size_t size, pos;
};

/* zstd_errors.h: codes that are there for good. A window is 128 MiB at most unless more is allowed. */
enum { ZSTD_WINDOW_TOO_LARGE = 16, ZSTD_MEMORY_ALLOCATION = 64 };

struct zstd {
	void *(*create)(void);
	size_t (*free)(void *stream);
	size_t (*decompress)(void *stream, struct zstd_out *out, struct zstd_in *in);
	unsigned (*is_error)(size_t code);
	int (*error_of)(size_t code); /* an enum ZSTD_ErrorCode */
	void *stream;
};

static void close_zstd(void *state)
{
	struct zstd *zstd = state;
	if (zstd->stream)
		(void)zstd->free(zstd->stream);
}

static enum unpack_opened open_zstd(void *state, void *library)
{
	struct zstd *zstd = state;
	if (!UNPACK_FIND(zstd, create, "ZSTD_createDStream") ||
	    !UNPACK_FIND(zstd, free, "ZSTD_freeDStream") ||
	    !UNPACK_FIND(zstd, decompress, "ZSTD_decompressStream") ||
	    !UNPACK_FIND(zstd, is_error, "ZSTD_isError") ||
	    !UNPACK_FIND(zstd, error_of, "ZSTD_getErrorCode"))
		return UNPACK_NOT_THERE;
	zstd->stream = zstd->create();
	return zstd->stream ? UNPACK_OPEN : UNPACK_NOT_OPEN;
}

/* Frames follow each other without more ado: 0 is the end of one. */
static enum unpack_step step_zstd(void *state, struct unpack_ends *ends)
{
	struct zstd *zstd = state;
	struct zstd_in in = {.src = ends->in, .size = ends->in_len};
	struct zstd_out out = {.dst = ends->out, .size = ends->out_len};
	const size_t rc = zstd->decompress(zstd->stream, &out, &in);
	ends->in += in.pos;
	ends->in_len -= in.pos;
	ends->out += out.pos;
	ends->out_len -= out.pos;
	if (!zstd->is_error(rc))
		return rc == 0 ? UNPACK_END : UNPACK_MORE;
	switch (zstd->error_of(rc)) {
	case ZSTD_WINDOW_TOO_LARGE:
		return UNPACK_TOO_LARGE;
	case ZSTD_MEMORY_ALLOCATION:
		return UNPACK_NO_MEMORY;
	default:
		return UNPACK_BROKEN;
	}
}

const struct unpack_kind unpack_zstd = {
	.none = "it is compressed by zstd, which " LOAD_NAME " was built without",
	.cut = "the zstd data are cut off",
	.broken = "the zstd data are broken",
	.other = "what follows the zstd data is not zstd",
	.size = sizeof(struct zstd),
	.open = open_zstd,
	.step = step_zstd,
	.close = close_zstd,
};

/* ---- lz4 ---- */

struct lz4 {
	size_t (*create)(void **context, unsigned version);
	size_t (*free)(void *context);
	size_t (*decompress)(void *context, void *out, size_t *out_len, const void *in,
	                     size_t *in_len, const void *options);
	unsigned (*is_error)(size_t code);
	void *context;
};

#define LZ4F_VERSION 100 /* lz4frame.h: of the interface, for good */

static void close_lz4(void *state)
{
	struct lz4 *lz4 = state;
	if (lz4->context)
		(void)lz4->free(lz4->context);
}

static enum unpack_opened open_lz4(void *state, void *library)
{
	struct lz4 *lz4 = state;
	if (!UNPACK_FIND(lz4, create, "LZ4F_createDecompressionContext") ||
	    !UNPACK_FIND(lz4, free, "LZ4F_freeDecompressionContext") ||
	    !UNPACK_FIND(lz4, decompress, "LZ4F_decompress") ||
	    !UNPACK_FIND(lz4, is_error, "LZ4F_isError"))
		return UNPACK_NOT_THERE;
	const bool is_open = !lz4->is_error(lz4->create(&lz4->context, LZ4F_VERSION));
	return is_open && lz4->context ? UNPACK_OPEN : UNPACK_NOT_OPEN;
}

static enum unpack_step step_lz4(void *state, struct unpack_ends *ends)
{
	struct lz4 *lz4 = state;
	size_t in_len = ends->in_len, out_len = ends->out_len;
	const size_t rc = lz4->decompress(lz4->context, ends->out, &out_len, ends->in, &in_len, NULL);
	if (lz4->is_error(rc))
		return UNPACK_BROKEN;
	ends->in += in_len;
	ends->in_len -= in_len;
	ends->out += out_len;
	ends->out_len -= out_len;
	return rc == 0 ? UNPACK_END : UNPACK_MORE;
}

const struct unpack_kind unpack_lz4 = {
	.none = "it is compressed by lz4, which " LOAD_NAME " was built without",
	.cut = "the lz4 data are cut off",
	.broken = "the lz4 data are broken",
	.other = "what follows the lz4 data is not lz4",
	.size = sizeof(struct lz4),
	.open = open_lz4,
	.step = step_lz4,
	.close = close_lz4,
};
