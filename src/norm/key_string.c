/*
 * The key of any string, without a stream (lafz_key): piece by piece, on the stack but for pieces that it has no room for.
 */
#include "norm/key.h"

#include "unicode/utf8.h"

#include <string.h>

#define PIECE_CHARS 1024 /* characters of a piece that are worked on without allocating */
#define PIECE_ROOM                                                                                 \
	(4 * PIECE_CHARS) /* a character makes at most four; also bytes of that many characters */

/* Where lafz_key writes: counts on when the room is used up. */
struct sink {
	char *out;
	size_t cap, len;
	bool full;
};

static void sink_put(struct sink *sink, const char *bytes, uint32_t n)
{
	sink->full |= sink->len + n > sink->cap;
	if (!sink->full)
		memcpy(sink->out + sink->len, bytes, n);
	sink->len += n;
}

static void sink_text(struct sink *sink, const char *text, size_t len)
{
	for (size_t off = 0; off < len;) {
		const uint32_t n = utf8_decode(text + off, len - off).len;
		sink_put(sink, text + off, n);
		off += n;
	}
}

/* One piece, or a part of one, n characters; cps and work have room for four times as many. */
static void key_part(const char *text, size_t len, uint32_t *cps, uint32_t *work, struct sink *sink)
{
	char bytes[UTF8_MAX];
	size_t n = 0;
	const size_t fast = key_fast(text, len, (char *)work); /* at most four bytes a character */
	if (fast != KEY_NOT_FAST) {
		sink_text(sink, (const char *)work, fast);
		return;
	}
	for (size_t off = 0; off < len; n++) {
		const struct utf8 c = utf8_decode(text + off, len - off);
		cps[n] = c.cp;
		off += c.len;
	}
	const ptrdiff_t left = key_piece(cps, n, work);
	for (ptrdiff_t i = 0; i < left; i++)
		sink_put(sink, bytes, utf8_encode(cps[i], bytes));
}

/* The bytes of at most n characters. */
static size_t bytes_of(const char *text, size_t len, size_t n)
{
	size_t off = 0;
	for (size_t i = 0; i < n && off < len; i++)
		off += utf8_decode(text + off, len - off).len;
	return off;
}

/* A piece that the stack has no room for. False if there is no memory. */
static bool key_long(const char *text, size_t len, struct sink *sink)
{
	size_t room = 0;
	if (!size_mul(len, 4 * sizeof(uint32_t),
	              &room)) /* two arrays, each twice the bytes, as norm_decode */
		return false;
	uint32_t *const cps = mem_alloc(&mem_default, room);
	if (!cps)
		return false;
	key_part(text, len, cps, cps + 2 * len, sink);
	mem_free(&mem_default, cps);
	return true;
}

size_t lafz_key(const char *text, size_t len, char *out, size_t cap)
{
	uint32_t cps[PIECE_ROOM], work[PIECE_ROOM];
	struct sink sink = {out, cap, 0, false};
	for (size_t off = 0, piece = 0; off < len; off += piece) {
		const bool is_space = norm_piece(text + off, len - off, &piece);
		const size_t most = bytes_of(text + off, piece, PIECE_CHARS);
		if (most < piece && !is_space && key_long(text + off, piece, &sink))
			continue;
		for (size_t begin = 0, part = most; begin < piece; begin += part) {
			part = bytes_of(text + off + begin, piece - begin, PIECE_CHARS);
			key_part(text + off + begin, part, cps, work, &sink);
		}
	}
	return sink.len;
}
