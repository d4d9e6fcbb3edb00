#include "window/window.h"

#include <string.h>

#include "unicode/ascii.h"

#define WINDOW_PIECE 16384 /* bytes that are converted at a time */

void window_init(struct window *window, uint32_t max_segment, bool by_paragraph)
{
	window->limit = max_segment + WINDOW_SLACK;
	window->by_paragraph = by_paragraph;
}

int window_feed(struct window *window, const char *bytes, size_t len)
{
	const uint64_t most = INT64_MAX;
	if (len > most - window->offset || window->tail.len > most - window->offset - len)
		return LAFZ_ERR_LIMIT;
	if (window->convert) {
		window->lent = bytes;
		window->lent_len = len;
		return LAFZ_OK;
	}
	window->chunk = bytes;
	window->chunk_len = len;
	return LAFZ_OK;
}

/* No byte comes behind those of the chunk. */
static bool is_at_end(const struct window *window)
{
	return window->is_finished && (!window->convert || window->is_converted);
}

/* The chunk is used up: converts the next piece of what was lent. LAFZ_MORE: there is none. */
static int convert_next(struct window *window, const struct lafz_allocator *mem)
{
	const size_t len = window->lent_len < WINDOW_PIECE ? window->lent_len : WINDOW_PIECE;
	const bool is_end = window->is_finished && len == window->lent_len;
	if (!window->convert || window->is_converted || (len == 0 && !is_end))
		return LAFZ_MORE;
	const int rc = convert_bytes(window->convert, mem, window->lent, len, is_end,
	                             &window->chunk, &window->chunk_len);
	/* nothing is added to NULL, which is lent if nothing was */
	window->lent = len > 0 ? window->lent + len : window->lent;
	window->lent_len -= len;
	window->is_converted = is_end;
	return rc;
}

/*
 * Whether the line that ends with the LF at text[at] is blank: back to the line end before it there
 * is only white space of ASCII. Wider white space does not count here: then the region just grows,
 * and the segment stage decides.
 */
static bool ends_blank_line(const char *text, size_t at)
{
	while (at > 0) {
		const char c = text[--at];
		if (c == '\n')
			return true;
		if (c != ' ' && c != '\t' && c != '\r')
			return false;
	}
	return true;
}

/* Small documents are looked through to their beginning, so eight bytes at a time. */
static const char *find_last(const char *text, size_t len, char byte)
{
	const uint64_t eight = ASCII_ONES * (unsigned char)byte;
	while (len >= 8) {
		const uint64_t other = ascii_load(text + len - 8) ^ eight;
		if ((other - ASCII_ONES) & ~other & ASCII_HIGH)
			break; /* a byte of other is 0 */
		len -= 8;
	}
	while (len > 0)
		if (text[--len] == byte)
			return text + len;
	return NULL;
}

/* Length of the longest front of len bytes that ends where a region may end; 0 if there is none. */
static size_t last_border(const struct window *window, const char *text, size_t len)
{
	const char *lf = find_last(text, len, '\n');
	while (lf && window->by_paragraph && !ends_blank_line(text, (size_t)(lf - text)))
		lf = find_last(text, (size_t)(lf - text), '\n');
	return lf ? (size_t)(lf - text) + 1 : 0;
}

static void set_region(struct window_region *region, const char *text, size_t len, bool is_last,
                       bool is_full)
{
	*region = (struct window_region){
		.text = text, .len = (uint32_t)len, .is_last = is_last, .is_full = is_full};
}

/* Moves n bytes from the chunk to the tail. */
static int take(struct window *window, const struct lafz_allocator *mem, size_t n)
{
	const int rc = buf_append(&window->tail, mem, window->chunk, n);
	if (rc < 0)
		return rc;
	window->chunk += n;
	window->chunk_len -= n;
	return LAFZ_OK;
}

/*
 * Looks for a border in the tail, behind what was searched before. Its length, 0 if there is none.
 */
static size_t border_in_tail(struct window *window)
{
	const char *text = window->tail.ptr;
	const size_t len = window->tail.len;
	while (window->searched < len) {
		const char *lf = memchr(text + window->searched, '\n', len - window->searched);
		if (!lf)
			break;
		window->searched = (size_t)(lf - text) + 1;
		if (!window->by_paragraph || ends_blank_line(text, window->searched - 1))
			return window->searched;
	}
	window->searched = len;
	return 0;
}

/*
 * A tail is there: the region must be put together. Takes line by line from the chunk, up to the
 * first border, so that what follows can be offered where it lies.
 */
static int region_with_tail(struct window *window, const struct lafz_allocator *mem,
                            struct window_region *region)
{
	for (;;) {
		const size_t border = border_in_tail(window);
		if (border > 0) {
			set_region(region, window->tail.ptr, border, false, false);
			return LAFZ_TOKEN;
		}
		const size_t room = window->limit - window->tail.len;
		size_t n = window->chunk_len < room ? window->chunk_len : room;
		if (n == 0)
			break;
		const char *lf = memchr(window->chunk, '\n', n);
		if (lf)
			n = (size_t)(lf - window->chunk) + 1;
		const int rc = take(window, mem, n);
		if (rc < 0)
			return rc;
	}
	const bool is_full = window->tail.len == window->limit;
	if (!is_full && !is_at_end(window))
		return LAFZ_MORE;
	set_region(region, window->tail.ptr, window->tail.len, !is_full, is_full);
	return LAFZ_TOKEN;
}

static int find_region(struct window *window, const struct lafz_allocator *mem, size_t enough, struct window_region *region)
{
	if (window->tail.len > 0)
		return region_with_tail(window, mem, region);
	if (window->chunk_len == 0)
		return is_at_end(window) ? LAFZ_OK : LAFZ_MORE;

	/* a small document as a whole: nothing comes that the rest behind its last border would have to wait for */
	if (window->chunk_len < window->limit && is_at_end(window)) {
		set_region(region, window->chunk, window->chunk_len, true, false);
		return LAFZ_TOKEN;
	}
	const size_t len = window->chunk_len < window->limit ? window->chunk_len : window->limit;
	const size_t most = len < enough ? len : enough;
	size_t border = last_border(window, window->chunk, most);
	if (border == 0 && len > most)
		border = last_border(window, window->chunk, len);
	if (border > 0) {
		set_region(region, window->chunk, border, false, false);
		return LAFZ_TOKEN;
	}
	if (len == window->limit) {
		set_region(region, window->chunk, len, false, true);
		return LAFZ_TOKEN;
	}
	const int rc = take(window, mem, len);
	return rc < 0 ? rc : LAFZ_MORE;
}

int window_region(struct window *window, const struct lafz_allocator *mem, size_t enough, struct window_region *region)
{
	for (;;) {
		int rc = find_region(window, mem, enough, region);
		if (rc != LAFZ_MORE)
			return rc;
		rc = convert_next(window, mem);
		if (rc != LAFZ_OK)
			return rc;
	}
}

int window_keep(struct window *window, const struct lafz_allocator *mem,
                const struct window_region *region)
{
	if (window->tail.len > 0)
		return LAFZ_OK; /* border_in_tail goes on behind the border it found */
	const int rc = take(window, mem, region->len);
	window->searched = window->tail.len;
	return rc;
}

void window_consume(struct window *window, uint32_t n)
{
	window->offset += n;
	if (window->convert)
		convert_drop(window->convert, n);
	if (window->tail.len == 0) {
		window->chunk += n;
		window->chunk_len -= n;
		return;
	}
	window->searched = 0;
	window->tail.len -= n;
	memmove(window->tail.ptr, window->tail.ptr + n, window->tail.len);
}

uint64_t window_source(const struct window *window, uint64_t offset)
{
	if (!window->convert)
		return offset;
	return convert_source(window->convert, (size_t)(offset - window->offset));
}

void window_reset(struct window *window)
{
	if (window->convert)
		convert_reset(window->convert);
	window->lent = NULL;
	window->lent_len = 0;
	window->is_converted = false;
	window->chunk = NULL;
	window->chunk_len = 0;
	window->tail.len = 0;
	window->searched = 0;
	window->offset = 0;
	window->is_finished = false;
}

void window_free(struct window *window, const struct lafz_allocator *mem)
{
	buf_free(&window->tail, mem);
	convert_close(window->convert, mem);
	*window = (struct window){0};
}
