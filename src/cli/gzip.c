#include "cli/gzip.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>

/* zlib.h: next_in is const. */
#define ZLIB_CONST
#include <zlib.h>

#define GZIP_ONLY (16 + MAX_WBITS) /* no zlib or raw streams */

struct gzip {
	struct pull pull;
	z_stream z;
	bool is_inside; /* of a member */
};

struct gzip *gzip_open(const struct pull *pull)
{
	struct gzip *gzip = calloc(1, sizeof *gzip);
	if (!gzip)
		return NULL;
	gzip->pull = *pull;
	gzip->is_inside = true;
	if (inflateInit2(&gzip->z, GZIP_ONLY) == Z_OK)
		return gzip;
	free(gzip);
	return NULL;
}

/*
 * Behind a member: another one, or the zeros that fill up the blocks of a tape. 1: inside again; 0:
 * look at the next byte; -1: something else.
 */
static int begin_member(struct gzip *gzip)
{
	if (*gzip->z.next_in == 0) {
		gzip->z.next_in++;
		gzip->z.avail_in--;
		return 0;
	}
	if (*gzip->z.next_in != 0x1F || inflateReset(&gzip->z) != Z_OK)
		return -1;
	gzip->is_inside = true;
	return 1;
}

static int fill(struct gzip *gzip)
{
	char *chunk = NULL;
	size_t len = 0;
	const int rc = gzip->pull.read(gzip->pull.ctx, &chunk, &len);
	if (rc <= 0)
		return rc;
	gzip->z.next_in = (const Bytef *)chunk;
	gzip->z.avail_in = (uInt)len; /* a read is at most 1 GiB */
	return 1;
}

/* What was decoded is handed out before more is read. */
int gzip_read(struct gzip *gzip, char *out, size_t cap, size_t *len, const char **error)
{
	z_stream *z = &gzip->z;
	const uInt room = cap < UINT_MAX ? (uInt)cap : UINT_MAX;
	z->next_out = (Bytef *)out;
	z->avail_out = room;
	while (z->avail_out > 0) {
		if (z->avail_in == 0 && z->avail_out < room)
			break;
		const int rc = z->avail_in > 0 ? 1 : fill(gzip);
		if (rc < 0)
			return -1;
		if (rc == 0) {
			*error = gzip->is_inside ? "the gzip data are cut off" : NULL;
			return 0;
		}
		if (!gzip->is_inside) {
			const int member = begin_member(gzip);
			if (member < 0) {
				*error = "what follows the gzip data is not gzip";
				break;
			}
			if (member == 0)
				continue;
		}
		const int answer = inflate(z, Z_NO_FLUSH);
		if (answer == Z_STREAM_END) {
			gzip->is_inside = false;
		} else if (answer != Z_OK && answer != Z_BUF_ERROR) {
			*error = answer == Z_MEM_ERROR ? "out of memory" : "the gzip data are broken";
			break;
		}
	}
	*len = room - z->avail_out;
	return *len > 0;
}

void gzip_close(struct gzip *gzip)
{
	if (!gzip)
		return;
	(void)inflateEnd(&gzip->z);
	free(gzip);
}
