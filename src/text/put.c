#include "text/put.h"

#include <string.h>

#include "unicode/utf8.h"

void text_meet_tokens(struct text_place *place)
{
	place->par += place->is_par_pending && place->has_tokens;
	place->is_par_pending = false;
	place->has_tokens = true;
}

int text_open_line(struct text *text, const struct lafz_allocator *mem)
{
	struct text_place *const place = &text->place;
	const bool is_new = place->has_line && place->par != place->line_par;
	if (!place->is_begun)
		place->first_par = place->par;
	place->is_begun = place->has_line = true;
	place->line_par = place->par;
	return is_new ? buf_append(&text->out, mem, "\n", 1) : LAFZ_OK;
}

/* Appends a norm; U+FFFD for each subpart that is ill-formed. */
static int put_repaired(struct buf *out, const struct lafz_allocator *mem, const char *norm, size_t len)
{
	int rc = LAFZ_OK;
	while (len > 0 && rc == LAFZ_OK) {
		const struct utf8 c = utf8_decode(norm, len);
		rc = c.status == UTF8_CHAR ? buf_append(out, mem, norm, c.len)
		                           : buf_append(out, mem, "\xEF\xBF\xBD", 3);
		norm += c.len;
		len -= c.len;
	}
	return rc;
}

#define STEP 32 /* bytes of a norm that are copied at once, whether they are its own or not */

/* Appends the norm of token i, which is not empty, and a space. */
static int put_norm(struct buf *out, const struct lafz_allocator *mem, const struct text_norms *norms, size_t i)
{
	const char *const norm = norms->text + norms->tokens->norm_off[i];
	const uint32_t len = norms->tokens->norm_len[i];
	const int rc = norms->tokens->flags[i] & LAFZ_FLAG_REPAIRED ? put_repaired(out, mem, norm, len)
	                                                            : buf_append(out, mem, norm, len);
	return rc < 0 ? rc : buf_append(out, mem, " ", 1);
}

#define MANY 64 /* norms between two looks at the room there is */

/*
 * Appends norms of one sentence from token *at on, each with a space behind it, up to one that is empty, long, near the end or
 * ill-formed.
 */
static int put_short_norms(struct buf *out, const struct lafz_allocator *mem, const struct text_norms *norms, size_t *at,
                           size_t end)
{
	/* what is written might be these pointers, for all that is known to a compiler */
	const struct tokens t = *norms->tokens;
	const uint32_t sent = t.sent[*at];
	const size_t most = end - *at < MANY ? end : *at + MANY;
	size_t i = *at;
	if (norms->end - norms->text < STEP)
		return LAFZ_OK;
	const char *const text = norms->text, *const last = norms->end - STEP;
	if (buf_reserve(out, mem, MANY * (STEP + 1) + STEP) < 0)
		return LAFZ_ERR_MEMORY;
	char *dst = out->ptr + out->len;
	for (; i < most && t.sent[i] == sent; i++) {
		const char *const norm = text + t.norm_off[i];
		const size_t len = t.norm_len[i];
		const bool is_odd = (len - 1 >= STEP) | (norm > last) | ((t.flags[i] & LAFZ_FLAG_REPAIRED) != 0);
		if (is_odd)
			break;
		memcpy(dst, norm, STEP);
		dst[len] = ' ';
		dst += len + 1;
	}
	out->len = (size_t)(dst - out->ptr);
	*at = i;
	return LAFZ_OK;
}

int text_put(struct text *text, const struct lafz_allocator *mem, const struct text_norms *norms, size_t first,
             size_t end)
{
	const struct tokens *const t = norms->tokens;
	struct buf *const out = &text->out;
	bool is_open = false;
	int rc = LAFZ_OK;
	for (size_t i = first; i < end && rc == LAFZ_OK;) {
		if (is_open && t->sent[i] != t->sent[i - 1]) {
			out->ptr[out->len - 1] = '\n';
			is_open = false;
		}
		if (t->norm_len[i] == 0) {
			i++;
			continue;
		}
		if (!is_open)
			rc = text_open_line(text, mem);
		is_open = true;
		const size_t at = i;
		if (rc == LAFZ_OK)
			rc = put_short_norms(out, mem, norms, &i, end);
		if (rc == LAFZ_OK && i == at)
			rc = put_norm(out, mem, norms, i++);
	}
	if (is_open && rc == LAFZ_OK)
		out->ptr[out->len - 1] = '\n';
	return rc;
}

struct text_norms text_norms_of(const struct batch *batch, const char *text, size_t len)
{
	const struct copy *const norm = &batch->norm;
	return norm->has_changes ? (struct text_norms){&batch->tokens, norm->buf.ptr, norm->buf.ptr + norm->buf.len}
	                         /* there may be no text at all */
	                         : (struct text_norms){&batch->tokens, text, len > 0 ? text + len : text};
}
