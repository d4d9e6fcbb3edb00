#include "norm/work.h"

#include "norm/places.h"
#include "unicode/ucd.h"
#include "unicode/utf8.h"

/* ---- Code points and bytes ---- */

/*
 * Twice the bytes are enough for all that follows: a presentation form (3 bytes) makes at most 4 code points, also
 * decomposed; others decompose to at most 3 from 2 bytes and to 4 from more.
 */
int norm_decode(struct norm *norm, const struct lafz_allocator *mem, const char *text, size_t len,
                enum lafz_invalid on_invalid, size_t *n)
{
	size_t room = 0;
	if (!size_mul(len, 2, &room))
		return LAFZ_ERR_MEMORY;
	int rc = mem_reserve(mem, &norm->cps, &norm->cap, room, sizeof *norm->cps);
	if (rc == LAFZ_OK)
		rc = mem_reserve(mem, &norm->alt, &norm->alt_cap, room, sizeof *norm->alt);
	if (rc < 0)
		return rc;
	*n = 0;
	for (size_t off = 0; off < len;) {
		const struct utf8 c = utf8_decode(text + off, len - off);
		if (c.status == UTF8_CHAR || on_invalid != LAFZ_INVALID_DROP)
			norm->cps[(*n)++] = c.cp;
		off += c.len;
	}
	return LAFZ_OK;
}

int norm_encode(const struct lafz_allocator *mem, const uint32_t *cps, size_t n, struct buf *out)
{
	size_t room = 0;
	if (!size_mul(n, UTF8_MAX, &room))
		return LAFZ_ERR_MEMORY;
	const int rc = buf_reserve(out, mem, room);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < n; i++)
		out->len += utf8_encode(cps[i], out->ptr + out->len);
	return LAFZ_OK;
}

/*
 * Whether white space may begin with a byte, which no later byte of a character is: U+0085, U+00A0, U+1680, U+2000 to U+200A and
 * U+2028 and on, U+3000.
 */
static inline bool may_be_space(unsigned char c)
{
	return c <= ' ' || c == 0xC2 || (c >= 0xE1 && c <= 0xE3);
}

bool norm_piece(const char *text, size_t text_len, size_t *len)
{
	const bool is_space = places_is_space(utf8_decode(text, text_len).cp);
	size_t off = 0;
	while (off < text_len) {
		if (!is_space && !may_be_space((unsigned char)text[off])) {
			off++;
			continue;
		}
		const struct utf8 c = utf8_decode(text + off, text_len - off);
		if (places_is_space(c.cp) != is_space)
			break;
		off += c.len;
	}
	*len = off;
	return is_space;
}

int work_room(struct norm *norm, const struct lafz_allocator *mem, size_t n)
{
	int rc = mem_reserve(mem, &norm->cps, &norm->cap, n, sizeof *norm->cps);
	if (rc == LAFZ_OK)
		rc = mem_reserve(mem, &norm->alt, &norm->alt_cap, n, sizeof *norm->alt);
	if (rc == LAFZ_OK && norm->tracing)
		rc = trace_room(norm->tracing, n);
	return rc;
}

int work_decode(struct norm *norm, const struct lafz_allocator *mem, const char *text, size_t len,
                  enum lafz_invalid on_invalid, size_t *n)
{
	const int rc = norm_decode(norm, mem, text, len, on_invalid, n);
	if (rc < 0 || !norm->tracing)
		return rc;
	const size_t room = norm->cap > norm->alt_cap ? norm->cap : norm->alt_cap;
	return trace_begin(norm->tracing, mem, text, len, on_invalid == LAFZ_INVALID_DROP, room);
}

void work_swap(struct norm *norm)
{
	if (norm->tracing)
		trace_swap(norm->tracing);
	uint32_t *const cps = norm->cps;
	const size_t cap = norm->cap;
	norm->cps = norm->alt;
	norm->cap = norm->alt_cap;
	norm->alt = cps;
	norm->alt_cap = cap;
}

/* Nothing from here on is composed with what stands before. */
static bool begins_stretch(uint32_t cp)
{
	return cp < 0x300 || (ucd_get(cp)->ccc == 0 && nfc_is_quick(cp));
}

/* The same as nfc_compose, stretch by stretch, so that each change has its place. */
static ptrdiff_t compose_traced(struct norm *norm, const struct lafz_allocator *mem, size_t n)
{
	struct trace *const trace = norm->tracing;
	size_t m = 0, end = 0;
	for (size_t i = 0; i < n; i = end) {
		end = i + 1;
		while (end < n && !begins_stretch(norm->cps[end]))
			end++;
		const size_t len = end - i;
		if (len > norm->alt_cap - m)
			return LAFZ_ERR_UNICODE;
		memcpy(norm->alt + m, norm->cps + i, len * sizeof *norm->cps);
		memcpy(trace->alt_at + m, trace->at + i, len * sizeof *trace->at);
		if (nfc_is_composed(norm->cps + i, len)) {
			m += len;
			continue;
		}
		const ptrdiff_t left = nfc_compose(&norm->nfc, mem, norm->alt + m, len,
		                                   norm->alt_cap - m);
		if (left < 0)
			return left;
		const size_t count = (size_t)left;
		if (count != len ||
		    memcmp(norm->alt + m, norm->cps + i, len * sizeof *norm->cps) != 0) {
			for (size_t k = 0; k < count; k++)
				trace->alt_at[m + k] = trace->at[i];
			trace_join(trace, i, end - 1);
			trace_touch(trace, i, TRACE_NFC);
		}
		m += count;
	}
	work_swap(norm);
	return (ptrdiff_t)m;
}

ptrdiff_t work_compose(struct norm *norm, const struct lafz_allocator *mem, size_t n)
{
	if (nfc_is_composed(norm->cps, n))
		return (ptrdiff_t)n;
	if (norm->tracing)
		return compose_traced(norm, mem, n);
	return nfc_compose(&norm->nfc, mem, norm->cps, n, norm->cap);
}

int work_put(struct norm *norm, const struct lafz_allocator *mem, const struct work_whole *whole,
                     size_t off, size_t n, struct buf *out)
{
	const size_t at = out->len;
	const int rc = norm_encode(mem, norm->cps, n, out);
	if (rc < 0 || !norm->tracing)
		return rc;
	const struct trace_result result = {
		.text = whole->text + off,
		.start = off,
		.cps = norm->cps,
		.n = n,
		.out = n > 0 ? out->ptr + at : NULL,
		.out_start = at - whole->begin,
		.names = whole->table ? whole->table->names : NULL,
	};
	return trace_finish(norm->tracing, &result, whole->edits);
}

int work_finish(int rc, const char *text, size_t len, struct buf *out, size_t begin,
                  struct norm_edits *edits, size_t n)
{
	if (rc >= 0 &&
	    (out->len - begin != len || (len > 0 && memcmp(out->ptr + begin, text, len) != 0)))
		return 1;
	out->len = begin;
	if (edits)
		edits->n = n;
	return rc < 0 ? rc : 0;
}

void norm_free(struct norm *norm, const struct lafz_allocator *mem)
{
	mem_free(mem, norm->cps);
	mem_free(mem, norm->alt);
	nfc_free(&norm->nfc, mem);
	trace_free(&norm->trace, mem);
	*norm = (struct norm){0};
}

/* ---- NFC ---- */

/* Well-formed and composed as it is. */
static bool is_composed(const char *text, size_t len)
{
	uint8_t before = 0;
	for (size_t off = 0; off < len;) {
		if ((unsigned char)text[off] < 0x80) {
			before = 0;
			off++;
			continue;
		}
		const struct utf8 c = utf8_decode(text + off, len - off);
		const uint8_t ccc = ucd_get(c.cp)->ccc;
		if (c.status != UTF8_CHAR || (ccc > 0 && ccc < before) || !nfc_is_quick(c.cp))
			return false;
		before = ccc;
		off += c.len;
	}
	return true;
}

static int compose_whole(struct norm *norm, const struct lafz_allocator *mem,
                         const struct work_whole *whole, size_t len, enum lafz_invalid on_invalid,
                         struct buf *out)
{
	size_t n = 0;
	const int rc = work_decode(norm, mem, whole->text, len, on_invalid, &n);
	if (rc < 0)
		return rc;
	const ptrdiff_t left = work_compose(norm, mem, n);
	return left < 0 ? (int)left : work_put(norm, mem, whole, 0, (size_t)left, out);
}

int norm_nfc(struct norm *norm, const struct lafz_allocator *mem, const char *text, size_t len,
             enum lafz_invalid on_invalid, struct buf *out, struct norm_edits *edits)
{
	if (is_composed(text, len))
		return 0;
	norm->tracing = edits ? &norm->trace : NULL;
	const struct work_whole whole = {.text = text, .begin = out->len, .edits = edits};
	const size_t n_edits = edits ? edits->n : 0;
	const int rc = compose_whole(norm, mem, &whole, len, on_invalid, out);
	return work_finish(rc, text, len, out, whole.begin, edits, n_edits);
}
