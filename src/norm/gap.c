/*
 * The norm of gaps: what lies between tokens loses its invisible controls.
 */
#include "norm/norm.h"
#include "norm/places.h"
#include "unicode/utf8.h"

#define ZERO_WIDTH_SPACE 0x200Bu

/* The rule that drops a character from a gap, or TRACE_RULES. */
static unsigned gap_rule(const struct norm_request *request, const struct utf8 *c)
{
	if (c->status != UTF8_CHAR)
		return TRACE_RULES;
	if (c->cp == PLACES_ZWNJ)
		return (request->options & NORM_DROP_ZWNJ) ? TRACE_ZWNJ : TRACE_RULES;
	return places_is_control(c->cp) && c->cp != ZERO_WIDTH_SPACE ? TRACE_CONTROL : TRACE_RULES;
}

int norm_gap(struct norm *norm, const struct lafz_allocator *mem, const struct norm_request *request,
             const char *text, size_t len, struct buf *out, struct norm_edits *edits)
{
	(void)norm;
	if (request->profile != LAFZ_PROFILE_STANDARD)
		return 0;
	const size_t begin = out->len, n_edits = edits ? edits->n : 0;
	size_t kept = 0; /* bytes from here on are not looked at yet */
	int rc = LAFZ_OK;
	for (size_t off = 0, size = 0; off < len && rc == LAFZ_OK; off += size) {
		size = 1;
		if ((unsigned char)text[off] < 0x80)
			continue;
		const struct utf8 c = utf8_decode(text + off, len - off);
		const unsigned rule = gap_rule(request, &c);
		size = c.len;
		if (rule == TRACE_RULES)
			continue;
		rc = buf_append(out, mem, text + kept, off - kept);
		kept = off + size;
		if (rc < 0 || !edits)
			continue;
		const uint32_t place = (uint32_t)(out->len - begin);
		const struct norm_edit edit = {(uint32_t)off, (uint32_t)kept, place, place, 0};
		const char *const name = trace_step_name(rule);
		rc = norm_edits_add(edits, mem, edit, &name, 1);
	}
	if (kept == 0)
		return 0;
	if (rc == LAFZ_OK)
		rc = buf_append(out, mem, text + kept, len - kept);
	if (rc == LAFZ_OK)
		return 1;
	out->len = begin;
	if (edits)
		edits->n = n_edits;
	return rc;
}
